//! Lists that nearly make a number said before them: where all but one digit of one part fits, that digit is likely a
//! slip. For lists that no word (其中, 合计) closes; a sum printed anywhere in the text is left alone.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::closed::{is_total, list_like};
use super::family::{opposite, partition};
use super::remainder::some_by_name;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show, show_sum};
use crate::checks::text::words::has_any;

const SUM: &str = "total";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let labels = labels(doc, claims);
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let mut before: Vec<&Claim> = Vec::new();
        totals(doc, claims, &labels, claims.within(&(block.body..block.span.end)), sink);
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            for class in classes(here) {
                let all: Vec<&Claim> = here.iter().filter(|c| is_part(doc, c, class)).collect();
                let done = all.iter().filter(|c| !c.target).count();
                let list: Vec<&Claim> = all.iter().copied().filter(|c| !c.target || done == 0).collect();
                if !adds_up(&all) {
                    one_list(doc, claims, &list, &before, sink);
                }
            }
            before.extend(here);
        }
    }
}

type Labels<'a> = BTreeMap<(&'a str, &'static str), Vec<&'a Claim>>;

/// Counts of running text by what they count.
fn labels<'a>(doc: &Doc, claims: &'a Claims) -> Labels<'a> {
    let mut out: Labels<'_> = BTreeMap::new();
    let counts = claims.all.iter().filter(|c| {
        let plain = c.exact() && !c.target && !c.other_period && !c.is_mean(doc);
        plain && c.depth == 0 && c.label.chars().count() >= 2 && doc.blocks[c.block].kind != Kind::Cell
    });
    for c in counts {
        out.entry((c.label.as_str(), c.class())).or_default().push(c);
    }
    out
}

/// 五大领域共开展个案55个、小组28个: against the counts of the same name in the paragraphs before, one each.
fn totals(doc: &Doc, claims: &Claims, labels: &Labels<'_>, here: &[Claim], sink: &mut Sink<'_>) {
    const BACK: usize = 16;
    for whole in here.iter().filter(|c| c.exact() && !c.target) {
        let said = doc.slice(&(whole.segment.start..whole.number.span.start));
        let label: String = whole
            .label
            .chars()
            .skip_while(|c| "各大个类五四三二六七八九两领域片区条线".contains(*c))
            .collect();
        if !has_any(said, &["共", "合计", "总计", "累计"]) || label.chars().count() < 2 {
            continue;
        }
        let Some(list) = labels.get(&(label.as_str(), whole.class())) else { continue };
        let to = list.partition_point(|c| c.block < whole.block);
        let mut parts: Vec<&Claim> = Vec::new();
        for c in list[..to].iter().rev().take(BACK).take_while(|c| c.block + BACK >= whole.block) {
            if parts.last().is_some_and(|last| last.block == c.block) {
                parts.pop();
            }
            parts.push(c);
        }
        let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
        let (total, apart) = (whole.number.value, sum - whole.number.value);
        let slip = parts.iter().any(|p| one_digit_apart(p.number.value, p.number.value - apart))
            || one_digit_apart(total, sum);
        // 九月入户30次。到9月底，累计入户187次: the paragraph's own count is one of them.
        let own = list[to..].iter().take_while(|c| c.number.span.start < whole.number.span.start);
        let with_own = own.into_iter().any(|c| c.number.value + sum == total);
        if parts.len() >= 3
            && !with_own
            && !apart.is_zero()
            && slip
            && claims.values.binary_search(&sum).is_err()
        {
            parts.reverse();
            report(doc, whole, &parts, sink);
        }
    }
}

/// Some of the numbers in a row make another of them: the list has its total inside.
fn adds_up(list: &[&Claim]) -> bool {
    let list = &list[..list.len().min(16)];
    (0..list.len()).any(|i| {
        let mut sum = list[i].number.value;
        list[i + 1..].iter().any(|c| {
            sum += c.number.value;
            list.iter().any(|t| t.number.value == sum)
        })
    })
}

fn classes(here: &[Claim]) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = here.iter().map(Claim::class).collect();
    out.sort_unstable();
    out.dedup();
    out.retain(|c| {
        matches!(
            *c,
            "人" | "户" | "份" | "个" | "人次" | "次" | "小时" | "篇" | "支" | "家" | "元" | "项" | "件"
        )
    });
    out
}

fn is_part(doc: &Doc, c: &Claim, class: &str) -> bool {
    c.class() == class && c.exact() && !c.is_mean(doc) && !c.other_period
}

fn one_list(doc: &Doc, claims: &Claims, list: &[&Claim], before: &[&Claim], sink: &mut Sink<'_>) {
    // 南、西两个点各3人: more than it says.
    if list.iter().any(|c| doc.slice(&c.left).ends_with('各')) {
        return;
    }
    if let (Some(first), Some(last)) = (list.first(), list.last())
        && some_by_name(doc.slice(&(first.sentence.start..last.left.start.max(first.sentence.start))))
    {
        return;
    }
    // 前测轻度24人、中度19人，后测轻度28人、中度17人: one list told twice.
    let twice = list.iter().enumerate().any(|(i, c)| {
        c.label.chars().count() >= 2
            && list[..i].iter().any(|o| {
                let (a, b) = (o.label.as_str(), c.label.as_str());
                let told_of = |long: &str, short: &str| {
                    long.strip_suffix(short).is_some_and(|of| of.ends_with(['前', '后', '测', '期']))
                };
                a == b || told_of(a, b) || told_of(b, a)
            })
    });
    if twice {
        return;
    }
    let rest = list.last().is_some_and(|c| is_rest(doc, c));
    if !((3..=14).contains(&list.len()) || list.len() == 2 && rest) {
        return;
    }
    if list.iter().map(|c| c.number.value).sum::<Decimal>() < Decimal::from(20) {
        return;
    }
    let sum = |from: usize, to: usize| list[from..to].iter().map(|c| c.number.value).sum::<Decimal>();
    let n = list.len();
    // 个案42个，其中老年个案20个；小组12个，其中老年小组5个: parts of two wholes.
    if list.iter().skip(2).any(|c| doc.slice(&c.left).starts_with("其中")) {
        return;
    }
    if list.last().is_some_and(|l| {
        doc.text[l.number.span.end..].starts_with('等') || doc.text[l.right.end..].starts_with('等')
    }) {
        return;
    }
    let small = Decimal::from(20);
    let beside =
        |v: Decimal| before.iter().chain(list).any(|c| c.number.value == v && c.class() == list[0].class());
    let known = |v: Decimal| if v > small { claims.values.binary_search(&v).is_ok() } else { beside(v) };
    let sums = [sum(0, n), sum(1, n), sum(0, n - 1)];
    if sums.iter().any(|s| known(*s)) {
        return;
    }
    let head = list[0];
    let tail = &list[1..];
    let names: Vec<String> = tail.iter().map(|p| p.label.clone()).collect();
    if (n >= 4 || n == 3 && (rest || opposite(&names))) && fits(doc, head, tail) {
        return report(doc, head, tail, sink);
    }
    let near =
        before.iter().rev().filter(|c| c.class() == head.class() && c.exact() && !c.is_mean(doc)).take(6);
    // Three neighbours of which none says that they are all prove nothing.
    let names: Vec<String> = list.iter().map(|p| p.label.clone()).collect();
    let lead = doc.slice(&(head.sentence.start..head.left.start));
    let split = has_any(lead, &["按", "分为", "包括", "类别", "由", "："]);
    let together = n != 3 || rest || split || partition(&names);
    if let Some(whole) = near.copied().filter(|_| together).find(|w| fits(doc, w, list)) {
        return report(doc, whole, list, sink);
    }
    let usual =
        claims.often.iter().filter(|(class, _)| *class == head.class() || class.is_empty()).map(|(_, v)| *v);
    let words = doc.slice(&head.sentence);
    let crossing = has_any(words, &["重叠", "交叉", "多选", "兼有", "其中", "同时"]);
    let together =
        (n >= 4 || partition(&names)) && !crossing && list.iter().all(|c| c.segment == head.segment);
    let telling = |v: &Decimal| *v >= Decimal::ONE_HUNDRED || n >= 4 && *v >= Decimal::from(50);
    for value in usual.filter(|_| together).filter(telling) {
        let stated = claims.all.iter().find(|c| {
            (c.class() == head.class() || c.class().is_empty()) && c.number.value == value && c.exact()
        });
        if let Some(whole) = stated.filter(|w| fits(doc, w, list)) {
            return report(doc, whole, list, sink);
        }
    }
}

/// The second of two parts says that it is the rest of a whole.
fn is_rest(doc: &Doc, c: &Claim) -> bool {
    const REST: &[&str] = &[
        "流失", "未", "无效", "剩余", "余下", "余", "尚", "仍", "在案", "在办", "未拨", "跟进", "转介",
        "其他", "其余", "女", "退出", "男", "缺", "不",
    ];
    let left = doc.slice(&c.left);
    REST.iter().any(|w| left.starts_with(w) || left.ends_with(w))
}

/// The parts stand in one list, none says that it overlaps the others, and one digit would make the sum right.
fn fits(doc: &Doc, whole: &Claim, parts: &[&Claim]) -> bool {
    const OVERLAP: &[&str] = &[
        "党员", "持证", "独居", "高龄", "残疾", "重点", "骨干", "退休", "低保", "特困", "孤寡", "本科",
        "以上", "达标", "新增", "累计", "应", "实",
    ];
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    let total = whole.number.value;
    let (apart, largest) = (sum - total, parts.iter().map(|p| p.number.value).max().unwrap_or_default());
    let words: Vec<String> = parts.iter().map(|p| doc.slice(&p.left).to_owned()).collect();
    let flows = [
        "年末",
        "期末",
        "离职",
        "年初",
        "期初",
        "净",
        "收入",
        "结余",
        "入职",
        "新聘",
        "现有",
        "应",
        "实到",
        "实际",
        "累计",
        "新增",
        "达标",
        "启动时",
        "流出",
        "流入",
        "变为",
        "离开",
        "加入",
    ];
    // 49份中有47份: the one lies in the other.
    // 个案27个抽9个；小组17个抽6个: some of each.
    if words
        .iter()
        .any(|w| w.starts_with("中有") || w.starts_with('抽') || flows.iter().any(|f| w.contains(f)))
    {
        return false;
    }
    if apart.abs() * Decimal::TWO > total {
        return false;
    }
    let mixed = parts.len() < 4 && words.iter().any(|w| has_any(w, OVERLAP));
    let closed = parts.iter().any(|p| is_total(doc, p)) || parts.iter().any(|p| p.depth != parts[0].depth);
    let labelled = |p: &&&Claim| {
        !doc.slice(&p.left).is_empty()
            || doc.text[..p.left.start].ends_with(|c: char| c.is_alphanumeric())
            || doc.text[..p.left.start].ends_with(['）', '”'])
    };
    let named = parts.iter().filter(labelled).count() + 1 >= parts.len();
    let counted_noun = |p: &&Claim| doc.slice(&p.left).chars().count() < 2 && !doc.slice(&p.right).is_empty();
    let behind = parts.iter().filter(|p| counted_noun(p)).count();
    if behind > 0 && behind < parts.len() {
        return false;
    }
    let near = parts
        .windows(2)
        .all(|w| doc.slice(&(w[0].number.span.end..w[1].number.span.start)).chars().count() <= 24);
    if mixed
        || closed
        || !named
        || !near
        || total <= largest
        || whole.number.vague
        || apart.is_zero()
        || !list_like(doc, parts)
    {
        return false;
    }
    parts.iter().any(|p| one_digit_apart(p.number.value, p.number.value - apart))
        || one_digit_apart(total, sum)
}

fn report(doc: &Doc, whole: &Claim, parts: &[&Claim], sink: &mut Sink<'_>) {
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    let sum: Decimal = values.iter().sum();
    sink.tried();
    let message = format!(
        "{}，文中另有{}，相差{}（“{}”），可能有一个数字写错",
        show_sum(&values),
        show(whole.number.value),
        show((sum - whole.number.value).abs()),
        doc.slice(&whole.wide())
    );
    let spans: Vec<_> = std::iter::once(whole.wide()).chain(parts.iter().map(|p| p.wide())).collect();
    sink.add(SUM, Severity::Warning, message, (show(whole.number.value), show(sum)), &spans);
}
