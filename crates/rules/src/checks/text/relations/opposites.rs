//! Parts that need no 其中 to be all: X and 非X, the four quarters, what stands behind N个…中, 男 and 女, 已结案 and 在跟进.

use rust_decimal::Decimal;

use super::closed::is_total;
use super::family::family;
use super::odd_unit::odd_unit;
use super::of_which::is_among;
use super::parts::compare;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::one_digit_apart;
use crate::checks::text::words::has_any;

/// X and 非X with their total named before, as in 实到135…持证实到98.5…非持证实到36.5.
pub(super) fn opposites(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for negative in here {
        let Some(positive_label) = negative.label.strip_prefix('非') else { continue };
        let Some(positive) =
            here.iter().find(|c| c.label == positive_label && c.class() == negative.class() && c.exact())
        else {
            continue;
        };
        let common = |c: &Claim| {
            !c.label.is_empty() && c.label.len() < positive_label.len() && positive_label.ends_with(&*c.label)
        };
        let whole = here.iter().find(|c| {
            common(c)
                && c.class() == negative.class()
                && c.exact()
                && c.number.span.start < positive.number.span.start
        });
        let led = doc.slice(&(positive.sentence.start..positive.number.span.start)).contains("其中");
        if let Some(whole) = whole.filter(|_| !led && negative.exact()) {
            compare(doc, whole, &[positive, negative], Severity::Error, sink);
        }
    }
}

/// The words of a count, or those before the bracket behind which it stands: 第一季度（9-11月）14场.
fn clause_of<'a>(doc: &'a Doc, c: &Claim) -> &'a str {
    let left = doc.slice(&c.left);
    let before = doc.slice(&(c.sentence.start..c.left.start));
    let Some(open) = before.strip_suffix('）').and_then(|b| b.rfind('（')).filter(|_| left.is_empty())
    else {
        return left;
    };
    let words = &before[..open];
    words
        .rfind(['，', '；', '：', '、'])
        .map_or(words, |i| words[i..].trim_start_matches(['，', '；', '：', '、']))
}

/// 全年41场，第一季度9场，第二季度12场，第三季度11场，第四季度9场: a whole series behind its total.
pub(super) fn series(doc: &Doc, claims: &Claims, here: &[Claim], sink: &mut Sink<'_>) {
    const SERIES: &[&[&str]] = &[
        &["第一季度", "第二季度", "第三季度", "第四季度"],
        &["一季度", "二季度", "三季度", "四季度"],
        &["上半年", "下半年"],
        &["第一阶段", "第二阶段", "第三阶段"],
        &["第一阶段", "第二阶段"],
    ];
    for names in SERIES {
        let third = names.len() == 2 && here.iter().any(|c| clause_of(doc, c).starts_with("第三"));
        if third {
            continue;
        }
        let part = |(n, name): (usize, &&str)| {
            let found = here.iter().filter(|c| {
                let left = clause_of(doc, c);
                c.exact()
                    && (left.starts_with(name)
                        || n == 0
                            && (left.ends_with(name)
                                || left.strip_prefix("其中").is_some_and(|l| l.starts_with(name))))
            });
            let list: Vec<&Claim> = found.collect();
            if let [one] = list.as_slice() { Some(*one) } else { None }
        };
        let Some(parts) = names.iter().enumerate().map(part).collect::<Option<Vec<&Claim>>>() else {
            continue;
        };
        let class = parts[0].class();
        let ordered = parts.windows(2).all(|w| w[0].number.span.start < w[1].number.span.start);
        if !ordered || class.is_empty() || parts.iter().any(|p| p.class() != class) {
            continue;
        }
        let body = doc.blocks[parts[0].block].body;
        let earlier = claims.within(&(body..parts[0].number.span.start));
        let usable =
            |c: &&Claim| c.class() == class && c.exact() && !c.target && !c.is_mean(doc) && !c.other_period;
        let own = here.iter().filter(|c| c.number.span.start < parts[0].number.span.start);
        let before = own.rev().find(usable).or_else(|| {
            let largest = parts.iter().map(|p| p.number.value).max()?;
            earlier.iter().rev().take(8).filter(usable).find(|c| c.number.value > largest)
        });
        let last = parts[parts.len() - 1];
        let behind = here.iter().find(|c| {
            c.number.span.start > last.number.span.start
                && c.class() == class
                && c.exact()
                && doc.slice(&c.left).starts_with("全年")
        });
        let whole = behind.or(before);
        let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
        let item =
            |w: &Claim| w.number.value < parts.iter().map(|p| p.number.value).max().unwrap_or_default();
        if let Some(whole) = whole.filter(|w| !item(w) || claims.values.binary_search(&sum).is_err()) {
            compare(doc, whole, &parts, Severity::Error, sink);
        }
    }
}

/// 6项指标中，5项达标、1项未达标; 117名人员中，已就业96名，未就业21名: two opposite parts of what is named with 中.
pub(super) fn split(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for (i, whole) in here.iter().enumerate() {
        let among = doc.text[whole.right.end..].starts_with('中') || doc.slice(&whole.right).ends_with('中');
        if !among || !whole.exact() || whole.class().is_empty() {
            continue;
        }
        let parts: Vec<&Claim> = here[i + 1..]
            .iter()
            .take_while(|c| !doc.slice(&(whole.number.span.end..c.number.span.start)).contains("其中"))
            // 期初7名员工中有2名离职，另新招3名，期末8名: no part of them.
            .take_while(|c| !doc.slice(&c.left).starts_with("另") && !doc.slice(&c.left).starts_with("期末"))
            // 3名社工中仅1人持证，柘溪镇4名社工中2人持证: another whole.
            .take_while(|c| c.class() != whole.class() || !is_among(doc, c))
            .filter(|c| {
                c.class() == whole.class() && c.exact() && c.depth == whole.depth && !is_total(doc, c)
            })
            .collect();
        odd_unit(doc, whole, &here[i + 1..], whole.depth, sink);
        by_segment(doc, whole, &parts, sink);
        let names: Vec<String> = parts.iter().map(|p| p.label.clone()).collect();
        let rest = names.last().is_some_and(|n| ["其他", "其它", "其余"].iter().any(|w| n.starts_with(w)));
        let beside = parts.iter().all(|p| p.segment == whole.segment);
        if parts.len() >= 3 && (family(&names) || rest && beside) {
            compare(doc, whole, &parts, Severity::Error, sink);
        }
        more_than_all(doc, whole, &parts, sink);
        let [a, b] = parts.as_slice() else { continue };
        let near = |c: &Claim| {
            let end = doc.text[c.number.span.end..]
                .char_indices()
                .nth(8)
                .map_or(c.sentence.end, |(i, _)| c.number.span.end + i);
            let words = doc.slice(&(c.left.start..end.min(c.sentence.end).max(c.left.start)));
            let cut = words
                .char_indices()
                .skip(1)
                .find(|(_, c)| matches!(c, '、' | '，' | '；'))
                .map_or(words.len(), |x| x.0);
            words[..cut].to_owned()
        };
        let (first, second) = (near(a), near(b));
        let negative = |w: &str| has_any(w, &["未", "不", "低于", "没有", "非"]);
        let alike = [
            "达标",
            "就业",
            "合格",
            "完成",
            "达到",
            "满意",
            "参加",
            "接听",
            "达成",
            "时间进度",
            "持证",
            "建档",
        ]
        .iter()
        .any(|w| {
            first.contains(w) && (second.contains(w) || second.contains("低于") || second.contains("未"))
        });
        let sexes = doc.slice(&a.left).starts_with('男') && doc.slice(&b.left).starts_with('女');
        if sexes || alike && negative(&first) != negative(&second) {
            compare(doc, whole, &[a, b], Severity::Error, sink);
        }
    }
}

/// 20名社工中，社会工作师5名、助理社会工作师11名、未持证6名: one list right behind whose parts are more than all.
fn more_than_all(doc: &Doc, whole: &Claim, parts: &[&Claim], sink: &mut Sink<'_>) {
    const OVERLAP: &[&str] = &[
        "党员", "女", "独居", "高龄", "残疾", "重点", "骨干", "在校", "退休", "低保", "特困", "孤寡", "持有",
        "以上", "参加", "曾", "多选", "接受",
    ];
    let list: Vec<&Claim> = parts.iter().copied().take_while(|p| p.segment == whole.segment).collect();
    let joined = list
        .windows(2)
        .all(|w| doc.slice(&(w[0].number.span.end..w[1].left.start.max(w[0].number.span.end))) == "、");
    let plain = list.iter().all(|p| {
        let words = doc.slice(&p.left);
        !words.is_empty() && !has_any(words, OVERLAP)
    });
    let sum: Decimal = list.iter().map(|p| p.number.value).sum();
    let apart = sum - whole.number.value;
    let slip = list.iter().any(|p| {
        p.number.value > whole.number.value && one_digit_apart(p.number.value, p.number.value - apart)
    });
    if list.len() >= 3 && (joined || slip) && plain && sum > whole.number.value {
        compare(doc, whole, &list, Severity::Warning, sink);
    }
}

/// 12人中，本科10人，大专2人；30岁以下8人，30岁以上4人: each part of the sentence divides the whole, but for one.
fn by_segment(doc: &Doc, whole: &Claim, parts: &[&Claim], sink: &mut Sink<'_>) {
    let mut groups: Vec<Vec<&Claim>> = Vec::new();
    for part in parts {
        match groups.last_mut() {
            Some(group) if group[0].segment == part.segment => group.push(part),
            _ => groups.push(vec![part]),
        }
    }
    const FLOWS: &[&str] = &["离职", "入职", "新聘", "新增", "补充", "调入", "调出", "退出"];
    let flows = |g: &[&Claim]| g.iter().any(|c| has_any(doc.slice(&c.left), FLOWS));
    groups.retain(|g| g.len() >= 2 && !flows(g));
    let sum = |g: &Vec<&Claim>| g.iter().map(|p| p.number.value).sum::<Decimal>();
    let fits = groups.iter().filter(|g| sum(g) == whole.number.value).count();
    if fits == 0 || fits + 1 < groups.len() {
        return;
    }
    for group in groups.iter().filter(|g| sum(g) != whole.number.value) {
        compare(doc, whole, group, Severity::Error, sink);
    }
}

/// 男性7名，女性19名; 结案38个…仍在服务14个: two opposites whose total stands before them in the paragraph.
pub(super) fn pairs(doc: &Doc, claims: &Claims, start: usize, here: &[Claim], sink: &mut Sink<'_>) {
    const PAIRS: &[(&[&str], &[&str])] = &[
        (&["男性", "男"], &["女性", "女"]),
        (&["女性", "女"], &["男性", "男"]),
        (
            &["已结案", "结案"],
            &["仍在服务", "在跟进", "跟进中", "未结案", "尚有", "仍在跟进", "在案", "在办", "在服务"],
        ),
        (&["已"], &["尚有", "仍有", "未", "尚未"]),
        (CERTIFIED, UNCERTIFIED),
    ];
    for pair in here.windows(2).chain(here.windows(3)) {
        let (Some(a), Some(b)) = (pair.first(), pair.last()) else { continue };
        let middle = pair.len() == 3 && !pair[1].number.percent;
        if middle
            || a.class() != b.class()
            || a.class().is_empty()
            || !a.exact()
            || !b.exact()
            || a.depth != b.depth
        {
            continue;
        }
        let opens = |words: &[&str], c: &Claim| {
            words.iter().any(|w| doc.slice(&c.left).starts_with(w) || doc.slice(&c.left).ends_with(w))
        };
        if !PAIRS.iter().any(|(x, y)| opens(x, a) && opens(y, b)) {
            continue;
        }
        sink.tried();
        let sum = a.number.value + b.number.value;
        if right_behind(doc, here, a, b, sum, sink) {
            continue;
        }
        if claims.values.binary_search(&sum).is_ok() {
            continue;
        }
        let before = claims.within(&(start..a.number.span.start));
        let larger = |c: &&Claim| {
            c.class() == a.class()
                && c.exact()
                && !c.target
                && !c.other_period
                && c.number.value > a.number.value.max(b.number.value)
        };
        let marked = |c: &&Claim| {
            let left = doc.slice(&c.left);
            has_any(left, &["共", "总", "配备", "现有", "开案", "接案", "个案", "应", "有", "立案", "完成"])
                || doc.slice(&c.right).starts_with("个案") && !is_among(doc, c)
        };
        let whole = before.iter().rev().take(10).filter(larger).find(marked);
        let asked = |c: &&Claim| {
            c.class() == "份"
                && c.exact()
                && ["有效问卷", "有效样本"].iter().any(|w| doc.slice(&c.left).ends_with(w))
        };
        let of_survey = doc.slice(&(a.sentence.start..a.number.span.start)).contains("受访");
        let at = claims.all.partition_point(|c| c.number.span.start < a.number.span.start);
        let papers = || claims.all[at.saturating_sub(60)..at].iter().rfind(asked);
        // 男性户主137户…女性户主326户 of 263: one of the two may be larger than all.
        let whole = whole.or_else(|| {
            let sexes = doc.slice(&a.left).starts_with(['男', '女']);
            let kin = |c: &&Claim| c.class() == a.class() && c.exact() && !c.target && !c.other_period;
            let (x, y) = (a.number.value, b.number.value);
            before.iter().rev().take(10).filter(kin).find(|c| {
                let all = c.number.value;
                sexes && (all > x && one_digit_apart(all - x, y) || all > y && one_digit_apart(all - y, x))
            })
        });
        let whole = whole.or_else(|| if of_survey && a.class() == "人" { papers() } else { None });
        if let Some(whole) = whole {
            compare(doc, whole, &[a, b], Severity::Error, sink);
        }
    }
}

const CERTIFIED: &[&str] = &["有证", "持证"];
const UNCERTIFIED: &[&str] = &["待考", "无证", "未持证", "未取证", "尚未取证"];

/// 在岗6名，男性1名、女性5名: the sexes stand right behind a number of people, of whom they are all.
fn right_behind(doc: &Doc, here: &[Claim], a: &Claim, b: &Claim, sum: Decimal, sink: &mut Sink<'_>) -> bool {
    let sexes = |c: &Claim| doc.slice(&c.left).chars().find(|c| matches!(c, '男' | '女'));
    let starts = |c: &Claim, words: &[&str]| words.iter().any(|w| doc.slice(&c.left).starts_with(w));
    let certified = starts(a, CERTIFIED) && starts(b, UNCERTIFIED);
    let pair = certified || matches!((sexes(a), sexes(b)), (Some(x), Some(y)) if x != y);
    let kin = |c: &&Claim| {
        c.number.span.end <= a.number.span.start && c.class() == a.class() && c.exact() && c.depth <= a.depth
    };
    let Some(whole) = here.iter().rfind(kin).filter(|_| pair) else { return false };
    let gap = doc.slice(&(whole.number.span.end..a.number.span.start));
    let all = here.iter().any(|c| kin(&c) && !c.target && c.number.value == sum);
    if gap.chars().count() > 14 || gap.contains(['；', '、']) || all {
        return false;
    }
    compare(doc, whole, &[a, b], Severity::Error, sink);
    true
}
