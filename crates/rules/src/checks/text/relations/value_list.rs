//! Lists of scores or rates in a sentence, and what is said of them: how many (5位专家的评分分别为…), their mean, and how far
//! the highest lies from the lowest.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{prints_as, show, slips_into};
use crate::checks::text::words::has_any;

/// Most values of a list.
const MOST: usize = 40;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let mut last: Option<&[Claim]> = None;
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            for (i, c) in here.iter().enumerate() {
                let own = run_before(doc, &here[..i], c);
                // 制度建设平均8.11分、团队管理平均12.17分: a list of means is not of the values before it.
                let means = here.iter().filter(|o| doc.slice(&o.left).contains("平均")).count() > 1;
                let list = match last {
                    _ if own.len() >= 3 => own,
                    Some(last) if !means => run_before(doc, last, c),
                    _ => Vec::new(),
                };
                if list.len() >= 3 {
                    mean(doc, c, &list, here.get(i.saturating_sub(1)).filter(|_| i > 0), sink);
                    apart(doc, c, &list, sink);
                }
            }
            said_count(doc, here, sink);
            last = Some(here);
        }
    }
}

/// Values of the claim's kind that stand in a row: 岩塘镇站93.2分、桐子街道站91.4分…; 学生满意度96.2%，家长满意度94.5%….
fn run_before<'a>(doc: &Doc, here: &'a [Claim], of: &Claim) -> Vec<&'a Claim> {
    let kind = |c: &Claim| {
        c.number.percent == of.number.percent
            && (c.class() == of.class() || of.class() == "点" && c.number.percent)
            && (c.class().is_empty() || matches!(c.class(), "分" | "%"))
            && !c.number.vague
            && !c.other_period
    };
    let mut out: Vec<&Claim> = Vec::new();
    for c in here.iter().rev().take(MOST) {
        // 三方总分由高到低依次为镇政府92.0分: the words before 依次为 name the list.
        let left = doc.slice(&c.left);
        let own = ["依次为", "分别为", "依次是", "分别是"].iter().find_map(|w| left.split_once(w));
        let own = own.map_or(left, |(_, name)| name);
        let named = has_any(own, &["平均", "相差", "权重", "总分", "合计", "满分", "最高分", "最低分"]);
        let named = named || matches!(own, "最高" | "最低");
        if !kind(c) || named {
            if out.is_empty() && !of.number.percent && of.class() == "分" && c.class() != "分" {
                continue;
            }
            if c.exact() && of.number.percent && matches!(c.class(), "人" | "份") && !out.is_empty() {
                continue;
            }
            if out.is_empty() {
                continue;
            }
            break;
        }
        if let Some(next) = out.last() {
            let gap = doc.slice(&(c.number.span.end..next.number.span.start));
            if gap.chars().count() > 30 {
                break;
            }
        }
        out.push(c);
    }
    out.reverse();
    out
}

/// 平均得分85.3分, 三项平均满意度为94.7%, 三方平均96.2%.
fn mean(doc: &Doc, c: &Claim, list: &[&Claim], before: Option<&Claim>, sink: &mut Sink<'_>) {
    let left = doc.slice(&c.left).trim_end_matches(['为', '是', '达']);
    let ends = ["平均", "平均分", "平均得分", "均分", "平均满意度", "平均满意率", "平均为"];
    let words = ends.iter().any(|w| left.ends_with(w));
    let other = has_any(left, &["每", "上", "较", "比", "高于", "低于", "全市", "全区", "全县", "加权"]);
    // 去掉一个最高分和一个最低分后，平均88.8分: of the others.
    let taken = doc.slice(&(c.sentence.start..c.number.span.start));
    // 问卷平均分, 后测平均分: of all who answered.
    let whole = has_any(left, &["问卷", "前测", "后测"]);
    let taken = whole || has_any(taken, &["去掉", "剔除", "扣除", "除去"]);
    if !words || taken || other || c.number.vague || c.other_period {
        return;
    }
    let said =
        left.chars().next().and_then(|d| "两三四五六七八九".chars().position(|x| x == d)).map(|n| n + 2);
    let said = said.or_else(|| {
        let n = before.filter(|b| {
            matches!(b.class(), "项" | "个" | "家" | "方") && b.number.span.end <= c.left.start
        })?;
        usize::try_from(n.number.value).ok()
    });
    if said.is_some_and(|n| n != list.len()) {
        return;
    }
    sink.tried();
    let sum: Decimal = list.iter().map(|v| v.number.value).sum();
    let n = Decimal::from(list.len());
    let (m, decimals) = (c.number.value, c.number.decimals);
    let half = Decimal::new(5, decimals + 1);
    let exact = sum / n;
    if prints_as(exact, m, decimals) {
        return;
    }
    let slip = slips_into(m, decimals, (exact - half, exact + half))
        || list.iter().any(|v| {
            let rest = sum - v.number.value;
            slips_into(v.number.value, v.number.decimals, ((m - half) * n - rest, (m + half) * n - rest))
        });
    if !slip {
        return;
    }
    let right = exact.round_dp(decimals.max(2));
    let message = format!("{}个数的平均数为{}，文中为“{}”", list.len(), show(right), doc.slice(&c.wide()));
    let spans: Vec<_> = std::iter::once(c.wide()).chain(list.iter().map(|v| v.wide())).collect();
    sink.add("average", Severity::Error, message, (show(m), show(right)), &spans);
}

/// 最高分与最低分相差20.3分, 首位与末位相差7.6分: of the list.
fn apart(doc: &Doc, c: &Claim, list: &[&Claim], sink: &mut Sink<'_>) {
    let words = doc.slice(&(c.sentence.start..c.number.span.start));
    let clause = words.rfind(['，', '；']).map_or(words, |i| &words[i + '，'.len_utf8()..]);
    let ends = ["相差", "差距为", "差距", "极差", "极差为", "差值为"].iter().any(|w| clause.ends_with(w));
    let of_list = clause.contains("最高") && clause.contains("最低")
        || clause.contains("首位") && clause.contains("末位")
        || clause.contains("首末")
        || clause.contains("极差");
    if !ends || !of_list || c.number.vague {
        return;
    }
    let values = || list.iter().map(|v| v.number.value);
    let (Some(high), Some(low)) = (values().max(), values().min()) else { return };
    sink.tried();
    let right = high - low;
    if right != c.number.value {
        let message =
            format!("{}-{}={}，文中为“{}”", show(high), show(low), show(right), doc.slice(&c.wide()));
        sink.add("difference", Severity::Error, message, (show(c.number.value), show(right)), &[c.wide()]);
    }
}

/// 5位专家的评分分别为88分、90分、86分、91分、85分: as many values as said.
fn said_count(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for (i, said) in here.iter().enumerate() {
        let counts = matches!(said.class(), "人" | "个" | "家" | "项" | "所") && said.exact();
        let Some(first) = here.get(i + 1).filter(|_| counts) else { continue };
        let lead = doc.slice(&(said.number.span.end..first.number.span.start));
        let led = has_any(lead, &["分别为", "分别是", "依次为", "依次是"]);
        let scores = first.class() == "分" && !lead.contains(['。', '；']) && lead.chars().count() <= 24;
        if !led || !scores || doc.slice(&said.left).contains(['每', '各']) {
            continue;
        }
        let joined = |w: &[Claim]| {
            let gap = doc.slice(&(w[0].number.span.end..w[1].left.start.max(w[0].number.span.end)));
            w[1].class() == "分" && w[1].depth == w[0].depth && matches!(gap, "、" | "，" | "和" | "；" | "")
        };
        let plain = |c: &Claim| {
            let left = doc.slice(&c.left);
            !has_any(left, &["平均", "均分", "最", "去", "得分为", "总分", "合计", "相差", "其中", "满分"])
        };
        let rest = &here[i + 1..];
        let length = 1 + rest.windows(2).take_while(|w| joined(w) && plain(&w[1])).count();
        let n = Decimal::from(length);
        sink.tried();
        if length >= 3 && said.number.value != n && (said.number.value - n).abs() <= Decimal::TWO {
            let message = format!("文中说{}，随后列出{length}个得分", doc.slice(&said.span()));
            sink.add(
                "count-names",
                Severity::Error,
                message,
                (show(said.number.value), show(n)),
                &[said.wide(), first.wide()],
            );
        }
    }
}
