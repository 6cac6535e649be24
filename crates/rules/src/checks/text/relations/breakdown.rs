//! Breakdowns: lists of like counts that split a whole told before them, with no word that says so: 学员45名。类别：智力26名，
//! 精神14名，肢体5名。性别：男27名，女18名. Spoken of only where one digit would make the list the whole, and where something
//! shows that the list leaves nothing out: its shares make 100 %, another list splits the same whole, its names are one
//! family, or it stands right behind the whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::closed::is_total;
use super::family::{common_suffix, partition};
use super::kinds::one_noun;
use super::shares::{has_share, is_item, same_kind};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "total";
/// Claims looked back for the whole.
const NEAR: usize = 14;
/// Lists on either side that may split the same whole.
const SIBLINGS: usize = 4;
/// Words of parts that may lie inside each other.
const OVERLAP: &[&str] = &[
    "党员",
    "独居",
    "高龄",
    "骨干",
    "在校",
    "退休",
    "孤寡",
    "空巢",
    "持有",
    "新增",
    "以上",
    "其中",
    "重点",
    "参加",
    "曾",
    "多选",
    "接受",
    "少数民族",
    "最",
    "平均",
    "每",
    "均",
    "计划",
    "上年",
    "去年",
    "享受",
    "同时",
    "发放",
    "回收",
    "有效",
    "离职",
    "入职",
    "既",
    "涉及",
    "各",
];

/// Like counts next to each other.
struct List<'a> {
    parts: Vec<&'a Claim>,
    /// Shares printed behind the parts.
    shares: Vec<Decimal>,
    names: Vec<String>,
    sum: Decimal,
    /// Place of its first part among all claims.
    at: usize,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let lists = lists(doc, claims);
    for (i, list) in lists.iter().enumerate() {
        let around = &lists[i.saturating_sub(SIBLINGS)..(i + SIBLINGS + 1).min(lists.len())];
        judge(doc, claims, list, around, sink);
    }
}

fn lists<'a>(doc: &Doc, claims: &'a Claims) -> Vec<List<'a>> {
    let mut out = Vec::new();
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            // 每人最多可选两项: nobody is counted once.
            if has_any(doc.slice(&sentence), &["多选", "可选"]) {
                continue;
            }
            let segments = doc.pieces(sentence.clone(), &['；']);
            let single =
                |s: &Range<usize>| claims.within(s).iter().filter(|c| !c.number.percent).count() == 1;
            if segments.len() >= 3 && segments[1..].iter().all(single) {
                lists_in(doc, claims, &sentence, &mut out);
                continue;
            }
            for segment in segments {
                lists_in(doc, claims, &segment, &mut out);
            }
        }
    }
    out
}

/// Runs of one class and depth in a part of a sentence; a whole that opens a run is no part of it.
fn lists_in<'a>(doc: &Doc, claims: &'a Claims, segment: &Range<usize>, out: &mut Vec<List<'a>>) {
    let here = claims.within(segment);
    let base = claims.all.partition_point(|c| c.number.span.start < segment.start);
    let mut run: Vec<usize> = Vec::new();
    let mut shares: Vec<Decimal> = Vec::new();
    for (i, c) in here.iter().enumerate() {
        if c.number.percent {
            shares.push(c.number.value);
            continue;
        }
        let goes_on = run.last().is_some_and(|l| {
            let last = &here[*l];
            let gap = doc.slice(&(last.number.span.end..c.number.span.start));
            last.class() == c.class()
                && one_noun(doc, last, c)
                && last.depth == c.depth
                && gap.chars().count() <= 30
                && !has_any(gap, &["其中", "因此", "所以", "统计为", "，故", "划分为", "分为", "划为"])
        });
        if !goes_on || !usable(doc, c) {
            close(doc, here, base, &mut run, &mut shares, out);
        }
        if usable(doc, c) {
            run.push(i);
        }
    }
    close(doc, here, base, &mut run, &mut shares, out);
}

fn usable(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left);
    c.exact()
        && !c.class().is_empty()
        && !matches!(c.class(), "分" | "点" | "岁" | "年" | "月" | "天" | "分钟" | "周" | "季")
        && !c.target
        && !c.other_period
        && !is_total(doc, c)
        && !c.is_mean(doc)
        && !left.ends_with('月')
        // 比合同目标25例多1例: how many more. 3个片区的个案数: where they are.
        && !left.starts_with(['多', '少'])
        && !left.starts_with("比")
        // 9人中1人没有证书: what one is of.
        && !doc.text[c.number.span.end..].starts_with('中')
        && !(doc.slice(&c.right).contains('的') || doc.text[c.right.end..].starts_with('的'))
        // 按18人计，离职率为22.2%: what a rate is of.
        && !(left.starts_with(['按', '以']) && doc.text[c.number.span.end..].starts_with(['计', '为']))
        // 31人中有30人，12人中有11人: each with some of its own.
        && !left.starts_with("中有")
        && !doc.text[c.number.span.end..].starts_with("中有")
        && left.chars().count() <= 16
}

fn close<'a>(
    doc: &Doc,
    here: &'a [Claim],
    base: usize,
    run: &mut Vec<usize>,
    shares: &mut Vec<Decimal>,
    out: &mut Vec<List<'a>>,
) {
    let mut run = std::mem::take(run);
    let shares = std::mem::take(shares);
    let value = |i: usize| here[i].number.value;
    let rest = || run[1..].iter().map(|i| value(*i));
    if run.len() >= 3
        && rest().all(|v| v < value(run[0]))
        && (opens(doc, &here[run[0]], &here[run[1]])
            || rest().sum::<Decimal>() == value(run[0]) && !is_item(doc, &here[run[0]]))
    {
        run.remove(0);
    }
    // 完成52人，流失6人，流失原因为迁出2人、解除3人、重新收治1人: what is behind one of them splits that one.
    let nested = (1..run.len().saturating_sub(2))
        .any(|k| run[k + 1..].iter().map(|i| value(*i)).sum::<Decimal>() == value(run[k]));
    if nested || !(2..=14).contains(&run.len()) {
        return;
    }
    let parts: Vec<&Claim> = run.iter().map(|i| &here[*i]).collect();
    let names: Vec<String> = parts.iter().map(|p| name_of(doc, p)).collect();
    let sum = parts.iter().map(|p| p.number.value).sum();
    out.push(List { parts, shares, names, sum, at: base + run[0] });
}

/// 志愿者64名，由大学生38名…: more stands between a whole and its parts than between parts, or its words say 共 or 总.
fn opens(doc: &Doc, whole: &Claim, first: &Claim) -> bool {
    let gap = doc.slice(&(whole.number.span.end..first.number.span.start));
    let marks = ["，含", "：", "，由", "，包括", "，其中", "中，", "，按", "，分"];
    let bracket = gap.contains('（') && !gap.contains('）');
    let total = doc.slice(&whole.left).replace("总体", "").contains(['共', '总', '计']);
    !gap.starts_with('、') && (total || bracket || has_any(gap, &marks))
}

/// What stands before a count, with the words before its bracket: A类（特困老年人）312人.
fn name_of(doc: &Doc, c: &Claim) -> String {
    let left = doc.slice(&c.left);
    let left =
        ["其中", "含", "包括", "由", "分别为", "有"].iter().fold(left, |l, w| l.strip_prefix(w).unwrap_or(l));
    if left.is_empty() { doc.slice(&c.right).to_owned() } else { left.to_owned() }
}

/// Whether something says that the parts are all.
struct Shown {
    shares: bool,
    family: bool,
    rest: bool,
    behind: bool,
}

fn judge(doc: &Doc, claims: &Claims, list: &List<'_>, around: &[List<'_>], sink: &mut Sink<'_>) {
    let first = list.parts[0];
    let from = list.at.saturating_sub(NEAR);
    let before: Vec<&Claim> = claims.all[from..list.at]
        .iter()
        .filter(|c| same_kind(c.class(), first.class()) && c.exact() && !c.is_mean(doc) && !c.target)
        .filter(|c| c.block + 4 >= first.block && doc.blocks[c.block].kind == Kind::Paragraph)
        .filter(|c| doc.blocks[c.block..=first.block].iter().all(|b| b.kind != Kind::Heading))
        // 31人中有30人: a part already.
        .filter(|c| !c.is_some_of(doc, claims))
        // 良好4个，占57.1%; 其中附件不全4笔: an item, and no whole.
        .filter(|c| !has_share(doc, claims, c) && !is_item(doc, c))
        // 比发放的33份少5份; 无人接听16个，空号或停机21个: something compared, the last of another list. 计3个；: what closes names.
        .filter(|c| {
            !doc.slice(&c.left).starts_with(['比', '较', '按'])
                // 超过临界值的人从12位减少到5位: what it was.
                && !doc.slice(&c.left).ends_with('从')
                && !doc.slice(&c.left).contains("净增")
                && !doc.text[c.right.end..].starts_with('；')
        })
        .filter(|c| {
            let in_list = |o: &&List<'_>| {
                o.at != list.at
                    && o.parts.windows(2).any(|w| {
                        let gap =
                            doc.slice(&(w[0].number.span.end..w[1].left.start.max(w[0].number.span.end)));
                        w[1].number.span == c.number.span && gap.starts_with(['，', '、'])
                    })
            };
            !around.iter().any(|o| in_list(&o))
        })
        // 非常满意28人，满意20人: the first of the degrees. 已走过7个年头: years.
        .filter(|c| {
            !doc.tail(c.sentence.start..c.left.end, 14).contains("满意")
                && !doc.slice(&c.right).starts_with("年头")
        })
        .filter(|c| list.parts.iter().all(|p| p.number.value != c.number.value))
        // 抽查档案20份，其中一级8份、二级7份、三级5份；个案卷宗7份、小组卷宗5份: its own parts make it already.
        .filter(|c| {
            c.segment == first.segment
                || !around
                    .iter()
                    .any(|o| o.parts[0].segment == c.segment && o.sum == c.number.value && o.at != list.at)
                || c.sentence != first.sentence
        })
        // 同期参评的其他五家: without those that were told before.
        .filter(|c| !has_any(doc.slice(&c.left), &["其他", "其余", "其它"]))
        .collect();
    let mut sorted: Vec<Decimal> = list.parts.iter().map(|p| p.number.value).collect();
    sorted.sort_unstable();
    // One part may be larger than the whole: it is the one that is wrong.
    let most = sorted[..sorted.len() - 1].iter().copied().max().unwrap_or_default();
    let wholes: Vec<&Claim> =
        before.iter().copied().filter(|c| c.number.value > most && one_noun(doc, c, first)).collect();
    let after = claims.all[list.at..].iter().skip(list.parts.len()).take(NEAR);
    let near =
        before.iter().copied().chain(after).any(|c| c.class() == first.class() && c.number.value == list.sum);
    let far = list.sum >= Decimal::ONE_HUNDRED && claims.values.binary_search(&list.sum).is_ok();
    sink.tried();
    let said = claims.within(&first.sentence).iter().any(|c| c.exact() && c.number.value == list.sum);
    let last = list.parts[list.parts.len() - 1];
    let rest = doc.slice(&(last.right.end..last.sentence.end.max(last.right.end)));
    let made_of = rest.starts_with("组成") || rest.starts_with("构成");
    let open = ["其余", "另有", "等"].iter().any(|w| rest.starts_with(w) || rest.contains("其余"))
        || doc.slice(&last.right).ends_with('等');
    // 按片区看，甲1人、乙1人，合计5人: the list has its total. 其余为民政干部6人、社工10人: what is left of a whole.
    let closing = claims.all[list.at..].get(list.parts.len());
    let closed =
        closing.is_some_and(|c| is_total(doc, c) && c.number.value == list.sum && c.block == first.block);
    let left_over = ["其余", "余下", "剩余"].iter().any(|w| doc.slice(&first.left).starts_with(w));
    if closed || left_over {
        return;
    }
    let overlap = !made_of && list.names.iter().any(|n| has_any(n, OVERLAP));
    // 中级5人，助理10人，持证15人: the last is the sum of the others.
    let total = list.parts.len() >= 3 && sorted[sorted.len() - 1] * Decimal::TWO == list.sum;
    if overlap || open || total || said && list.parts.len() == 2 {
        return;
    }
    let shown = Shown {
        shares: list.shares.len() == list.parts.len()
            && (list.shares.iter().sum::<Decimal>() - Decimal::ONE_HUNDRED).abs() <= Decimal::ONE,
        family: partition(&list.names) || one_kind(&list.names),
        rest: list.names.last().is_some_and(|n| ["其他", "其它", "其余"].iter().any(|w| n.starts_with(w))),
        behind: wholes.last().is_some_and(|w| right_behind(doc, w, list)),
    };
    let twin = |w: &Claim| {
        around.iter().any(|o| {
            o.at != list.at
                && o.parts[0].class() == first.class()
                && (o.sum == w.number.value || o.sum == list.sum)
                && o.parts.iter().all(|p| p.span() != w.span())
                && list.sum >= Decimal::TEN
        })
    };
    let told = wholes.iter().rev().take(4).find(|w| {
        let pair = list.parts.len() == 2 && w.segment != first.segment && !list.names[0].starts_with('男');
        let enough = !pair && (shown.shares || shown.rest || shown.family || twin(w));
        let kin = |c: &&Claim| c.exact() && c.class() == first.class() && c.block == first.block;
        let beside = claims.all[from..list.at].iter().filter(kin).any(|c| c.number.value == list.sum)
            || before.iter().any(|c| c.class() == first.class() && c.number.value == list.sum);
        let right = shown.behind && !beside && wholes.last().is_some_and(|l| l.span() == w.span());
        slip(w.number.value, list) && (right && w.number.value != list.sum || enough && !near && !far)
    });
    if let Some(whole) = told {
        return say(doc, whole.number.value, Some(whole), list, shown.shares && shown.behind, sink);
    }
    let told = claims.values.binary_search(&list.sum).is_ok();
    if !near
        && !far
        && !told
        && (shown.shares || shown.rest)
        && wholes.iter().all(|w| w.number.value != list.sum)
    {
        let usual = claims.often.iter().filter(|(c, _)| *c == first.class() || c.is_empty()).map(|(_, v)| *v);
        let mut found = usual.filter(|v| *v > most && *v > Decimal::from(30) && slip(*v, list));
        if let (Some(whole), None) = (found.next(), found.next()) {
            say(doc, whole, None, list, false, sink);
        }
    }
}

/// 老年人小组22个，儿童小组25个，妇女小组10个; 小学生、初中生、高中生: three or more names with one ending.
fn one_kind(names: &[String]) -> bool {
    names.len() >= 3 && names.iter().all(|n| n.chars().count() >= 2) && !common_suffix(names).is_empty()
}

/// The list begins where the words of the whole end, and ends with its part of the sentence.
fn right_behind(doc: &Doc, whole: &Claim, list: &List<'_>) -> bool {
    let (Some(first), Some(last)) = (list.parts.first(), list.parts.last()) else { return false };
    let gap = doc.slice(&(whole.number.span.end..first.left.start.max(whole.number.span.end)));
    let near = gap.chars().count() <= 14 && !gap.contains("其中") && !gap.contains('；');
    let even = list.parts.windows(2).all(|w| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].left.start.max(w[0].number.span.end)));
        let gap = gap.strip_prefix(doc.slice(&w[0].right)).unwrap_or(gap);
        matches!(gap, "、" | "，" | "和" | "及")
    });
    let short = list.names.iter().all(|n| (1..=8).contains(&n.chars().count()));
    let rest = doc.slice(&(last.right.end..last.segment.end.max(last.right.end)));
    let open = rest.starts_with('等');
    near && even && short && !open && list.parts.len() >= 3
}

/// One digit of the whole or of one part would make them equal.
fn slip(whole: Decimal, list: &List<'_>) -> bool {
    let apart = whole - list.sum;
    // Of one digit any is another: only what is a few off is a slip then.
    let few = |v: Decimal, most: i64| v >= Decimal::TEN || apart.abs() <= Decimal::from(most);
    list.sum < whole * Decimal::TWO
        && few(whole, 2)
        && (one_digit_apart(whole, list.sum)
            || list.parts.iter().any(|p| {
                let right = p.number.value + apart;
                right > Decimal::ZERO && few(p.number.value, 4) && one_digit_apart(right, p.number.value)
            }))
}

fn say(doc: &Doc, stated: Decimal, whole: Option<&Claim>, list: &List<'_>, sure: bool, sink: &mut Sink<'_>) {
    let values: Vec<Decimal> = list.parts.iter().map(|p| p.number.value).collect();
    let at = whole.or(list.parts.first().copied()).map_or(0..0, Claim::wide);
    let message = format!(
        "{}，文中为{}，相差{}（“{}”）",
        show_sum(&values),
        show(stated),
        show((list.sum - stated).abs()),
        doc.slice(&at),
    );
    let severity = if sure { Severity::Error } else { Severity::Warning };
    let spans: Vec<_> =
        whole.map(Claim::wide).into_iter().chain(list.parts.iter().map(|p| p.wide())).collect();
    sink.add(RULE, severity, message, (show(stated), show(list.sum)), &spans);
}
