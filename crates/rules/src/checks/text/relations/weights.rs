//! Weights and shares of a whole: weights of a score add up to 100, points of parts to the full mark, printed shares
//! of opposite or graded parts to 100 %.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show, show_sum};
use crate::checks::text::words::has_any;

const WEIGHTS: &str = "weights";
const SHARES: &str = "share-sum";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in &doc.blocks {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            if here.len() >= 2 {
                weights(doc, &sentence, here, sink);
                points(doc, &sentence, here, sink);
                shares(doc, here, sink);
            }
        }
    }
}

/// 第三方占比55%、街道占比20%….
fn weights(doc: &Doc, sentence: &Range<usize>, here: &[Claim], sink: &mut Sink<'_>) {
    if let Some(run) = run_of_weights(doc, here) {
        return add_up(doc, &run, Decimal::ONE_HUNDRED, "各部分权重", WEIGHTS, Severity::Error, sink);
    }
    let words = doc.slice(sentence);
    let about = here.iter().filter(|c| c.class() == "分").count() >= 3
        || has_any(
            words,
            &[
                "权重",
                "加权",
                "总分",
                "评分",
                "评估分",
                "得分",
                "计分",
                "分值",
                "评估结果",
                "评估成绩",
                "综合评定",
                "百分制",
                "评价",
                "评估采用",
            ],
        );
    if !about || words.contains('×') || words.contains('=') {
        return;
    }
    let percents: Vec<&Claim> = here.iter().filter(|c| c.number.percent && !c.number.vague).collect();
    let marked = has_any(words, &["占", "权重", "占比", "比重", "比例", "加权"]);
    let bracketed = percents.iter().all(|c| c.depth > 0 && doc.text[c.number.span.end..].starts_with('）'));
    let scored = here.iter().filter(|c| c.class() == "分").count() >= percents.len();
    let marked = marked || bracketed && scored;
    let upto = percents.last().map_or(sentence.end, |p| p.number.span.end);
    let words = doc.slice(&(sentence.start..upto));
    let others = has_any(
        words,
        &["满意度", "满意率", "完成率", "覆盖率", "达标率", "得分率", "扣", "不少于", "低于", "超过"],
    );
    if percents.len() < 3 || !marked || others {
        return;
    }
    let percents = for_each(doc, &percents);
    add_up(doc, &percents, Decimal::ONE_HUNDRED, "各方权重", WEIGHTS, Severity::Error, sink);
}

/// Weights with those said once for several (街道办事处与服务对象各占10%) as often as they count.
fn for_each<'a>(doc: &Doc, percents: &[&'a Claim]) -> Vec<&'a Claim> {
    let mut out = Vec::new();
    let mut from = percents.first().map_or(0, |c| c.sentence.start);
    for c in percents {
        let names = doc.slice(&(from..c.number.span.start));
        let names = names.rsplit(['，', '；', '：']).next().unwrap_or(names);
        let each = names.trim_end_matches(['占', '为', '计']).ends_with('各');
        let times = if each { 1 + names.matches(['与', '和', '及', '、']).count() } else { 1 };
        out.extend(std::iter::repeat_n(*c, times));
        from = c.number.span.end;
    }
    out
}

/// 权重分别为40%、40%、20%: said to be weights, whatever else the sentence speaks of.
fn run_of_weights<'a>(doc: &Doc, here: &'a [Claim]) -> Option<Vec<&'a Claim>> {
    let first = here.iter().position(|c| {
        let left = doc.slice(&c.left).trim_end_matches(['为', '是', '：']).trim_end_matches("分别");
        c.number.percent && left.ends_with("权重")
    })?;
    let joined = |w: &[Claim]| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start));
        w[1].number.percent && matches!(gap, "、" | "和" | "及" | "与" | "、和")
    };
    let more = here[first..].windows(2).take_while(|w| joined(w)).count();
    let run: Vec<&Claim> = here[first..=first + more].iter().collect();
    (run.len() >= 3 && run.iter().all(|c| !c.number.vague)).then_some(run)
}

fn add_up(
    doc: &Doc,
    parts: &[&Claim],
    whole: Decimal,
    what: &str,
    rule: &'static str,
    severity: Severity,
    sink: &mut Sink<'_>,
) {
    sink.tried();
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    let sum: Decimal = values.iter().sum();
    let places = parts.iter().map(|p| p.number.decimals).max().unwrap_or(0);
    let slack = if places == 0 && rule == WEIGHTS {
        Decimal::ZERO
    } else {
        Decimal::new(parts.len() as i64, places) / Decimal::TWO
    };
    if (sum - whole).abs() <= slack {
        return;
    }
    let message =
        format!("{what}{}，不等于{}，相差{}", show_sum(&values), show(whole), show((sum - whole).abs()));
    let spans: Vec<_> = parts.iter().map(|p| p.wide()).collect();
    let _ = doc;
    sink.add(rule, severity, message, (show(sum), show(whole)), &spans);
}

/// 满分1000分，其中A700分、B200分、C100分.
fn points(doc: &Doc, sentence: &Range<usize>, here: &[Claim], sink: &mut Sink<'_>) {
    let Some(at) = here.iter().position(|c| {
        let left = doc.slice(&c.left);
        c.class() == "分"
            && ((c.number.value % Decimal::TEN).is_zero() || left == "满分")
            && c.exact()
            && ([
                "满分",
                "总分",
                "满分为",
                "总分为",
                "总分值",
                "总分值为",
                "满分共",
                "分值共",
                "评分总计",
                "分值总计",
                "共计",
                "总计",
            ]
            .iter()
            .any(|w| left.ends_with(w))
                || doc.slice(&c.right).starts_with("制") && c.number.value >= Decimal::ONE_HUNDRED)
    }) else {
        return;
    };
    let bracketed: Vec<&Claim> = here[..at]
        .iter()
        .filter(|c| c.class() == "分" && c.exact() && c.depth == here[at].depth + 1)
        .collect();
    if bracketed.len() >= 3 {
        return add_up(doc, &bracketed, here[at].number.value, "各部分分值", WEIGHTS, Severity::Error, sink);
    }
    if let Some(parts) = before_full_mark(doc, here, at) {
        return add_up(doc, &parts, here[at].number.value, "各部分分值", WEIGHTS, Severity::Error, sink);
    }
    let words = doc.slice(&(here[at].number.span.end..sentence.end));
    if !has_any(words, &["其中", "包括", "分为", "由", "分别", "：", "（", "，"]) {
        return;
    }
    let depth = here.get(at + 1).map_or(0, |c| c.depth);
    let parts: Vec<&Claim> = here[at + 1..]
        .iter()
        .filter(|c| {
            c.class() == "分"
                && c.exact()
                && c.depth == depth
                && !doc.slice(&c.left).ends_with("满分")
                && !doc.slice(&c.left).ends_with("总分")
        })
        .collect();
    // 其中项目管理19.4分（满分20分）: what was got.
    let got = |p: &&Claim| doc.text[p.number.span.end..].starts_with("（满分");
    let graded = has_any(words, &["优秀", "合格", "得分", "得"]) || parts.iter().any(got);
    if parts.len() >= 2 && !graded {
        add_up(doc, &parts, here[at].number.value, "各部分分值", WEIGHTS, Severity::Error, sink);
    }
}

/// 基础保障20分、队伍建设15分、…群众评价15分，满分100分: a list right before the full mark that nearly makes it.
fn before_full_mark<'a>(doc: &Doc, here: &'a [Claim], at: usize) -> Option<Vec<&'a Claim>> {
    let full = &here[at];
    let joined = |i: &usize| {
        let (a, b) = (&here[*i], &here[*i + 1]);
        let gap = doc.slice(&(a.number.span.end..b.number.span.start));
        let name = gap.trim_start_matches(['、', '，', '和']);
        a.class() == "分"
            && a.exact()
            && a.depth == full.depth
            && name.len() < gap.len()
            && (2..=12).contains(&name.chars().count())
            && name.chars().all(char::is_alphanumeric)
    };
    let from = (0..at).rev().take_while(joined).last()?;
    let parts: Vec<&Claim> = here[from..at].iter().collect();
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    let near =
        (sum - full.number.value).abs() <= Decimal::from(20) || one_digit_apart(sum, full.number.value);
    let marked = doc.slice(&full.left) == "满分" || doc.slice(&full.left) == "满分为";
    (marked && parts.len() >= 3 && near).then_some(parts)
}

/// 非常满意占62.5%、满意占30%、一般占7.5%.
fn shares(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let percents: Vec<&Claim> = here
        .iter()
        .filter(|c| {
            c.number.percent
                && !c.number.vague
                && (doc.slice(&c.left).ends_with('占')
                    || doc.slice(&c.left).ends_with("占比")
                    || doc.slice(&c.left).ends_with("占比为")
                    || c.depth > 0 && doc.slice(&c.left).is_empty()
                    || doc.slice(&c.left).contains("满意")
                    || ["占总数的", "占全年的", "占总量的", "占全部的"]
                        .iter()
                        .any(|w| doc.slice(&c.left).ends_with(w)))
        })
        .collect();
    if percents.len() < 2 {
        return;
    }
    let depth = percents[0].depth;
    let names: Vec<String> = percents
        .iter()
        .map(|c| {
            let from = here.iter().rev().find(|n| {
                n.number.span.end <= c.left.start
                    && !n.number.percent
                    && c.left.start - n.number.span.end <= 6
            });
            let label = if c.label.trim_matches(['占', '比']).is_empty() {
                from.map_or("", |n| &n.label)
            } else {
                &c.label
            };
            label.trim_end_matches(['占', '比']).trim_end_matches("其中").to_owned()
        })
        .collect();
    let sum: Decimal = percents.iter().map(|p| p.number.value).sum();
    let satisfied = names.len() >= 3
        && names.iter().filter(|n| n.contains("满意") || n.contains("一般")).count() == names.len();
    // 在14个小组中抽查5份，占35.7%；在43场活动中抽查9份，占20.9%: each of a whole of its own.
    let own_wholes = percents.windows(2).filter(|pair| {
        let between = doc.slice(&(pair[0].number.span.end..pair[1].number.span.start));
        between.contains('在') && between.contains('中')
    });
    if own_wholes.count() > 0 {
        return;
    }
    let near = (sum - Decimal::ONE_HUNDRED).abs() <= Decimal::from(if satisfied { 60 } else { 15 });
    let grades = super::family::partition(&names) || satisfied;
    if near && grades && percents.iter().all(|p| p.depth == depth) {
        add_up(doc, &percents, Decimal::ONE_HUNDRED, "各部分占比", SHARES, Severity::Error, sink);
    }
}
