//! Parts bound to their whole whatever stands between: 持证17名，持证率为65.4%，其中社会工作师4名、助理社会工作师13名; 322份有效问卷中，女性201人、男性121人;
//! 12个镇街，其中街道4个、镇8个; 未访到的11户中，外出务工7户、拒访4户. A part is named by the words since the last sign or those behind it; shares and ages
//! stand beside. Where other parts may lie outside, only what is one off, or two digits changed round, is spoken of.

use rust_decimal::Decimal;

use super::bound_lists::{SIGNS, is_part, name, run, tail};
use super::said::{not_the_sum, one_digit_off};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::is_share;
use crate::checks::text::words::has_any;

const RULE: &str = "total";
/// People and households of one kind may be of another as well.
const OVERLAP: &[&str] = &[
    "党员",
    "独居",
    "残疾",
    "低保",
    "骨干",
    "空巢",
    "失能",
    "高龄",
    "重点",
    "特困",
    "兼职",
    "退休",
    "新增",
    "涉及",
    "取得",
    "获得",
    "研究生",
    "硕士",
    "留守",
    "困境",
    "持证",
    "心理咨询",
    "专业",
];
const LEVELS: &[&str] = &["社会工作师", "中级", "初级", "高级", "助理"];
const TERRITORY: &[&str] =
    &["街道", "镇", "乡", "民族乡", "社区", "村", "行政村", "居委会", "城市社区", "农村社区", "建制村"];

/// How a whole leads to its parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// 按…分, 由…组成, a colon, a bracket: the parts are all there are.
    All,
    /// 其中, …中.
    Among,
    /// Nothing but a comma.
    Bare,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        let mut before: &[Claim] = &[];
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            let mut from = 0;
            while from < here.len() {
                let run = run(doc, here, from);
                if run.len() >= 2 {
                    judge(doc, (before, here), &run, sink);
                    closed_behind(doc, here, &run, sink);
                    from = run.last().copied().unwrap_or(from);
                }
                from += 1;
            }
            before = here;
        }
    }
}

/// People answer papers, and households are visited: 322份有效问卷中，女性201人.
fn same_kind(doc: &Doc, whole: &Claim, part: &Claim) -> bool {
    let asked = || {
        let words = doc.slice(&(whole.segment.start..part.number.span.start));
        has_any(words, &["问卷", "样本", "受访", "答复", "调查"])
    };
    whole.class() == part.class()
        || matches!((whole.class(), part.class()), ("份" | "户", "人") | ("人", "份" | "户")) && asked()
}

/// The last number of its kind before a list, and how it leads to it.
fn whole_of<'a>(
    doc: &Doc,
    (before, here): (&'a [Claim], &'a [Claim]),
    first: usize,
) -> Option<(&'a Claim, Lead)> {
    let part = &here[first];
    let usable = |c: &&Claim| {
        c.exact()
            // 除3人暂无证书外: without them.
            && !doc.slice(&c.left).starts_with('除')
            && same_kind(doc, c, part)
            && (!c.target || name(doc, c).ends_with('共'))
            && !c.is_mean(doc)
            && c.depth <= part.depth
    };
    let own = here[..first]
        .iter()
        .rev()
        .find(|c| c.class() == part.class() && !c.number.percent && c.depth <= part.depth || usable(c));
    let own = own.filter(|c| !doc.slice(&c.left).starts_with('除'));
    if own.is_none() && here[..first].iter().any(|c| doc.slice(&c.left).starts_with('除')) {
        return None;
    }
    let Some(whole) = own else {
        // The sentence before tells the only number of that kind.
        let words = doc.slice(&(part.sentence.start..part.number.span.start));
        let led = ["其中", "按", "从"].iter().any(|w| words.starts_with(w));
        let all: Vec<&Claim> = before.iter().filter(usable).collect();
        let lead = if words.starts_with("其中") { Lead::Among } else { Lead::All };
        return match all.as_slice() {
            [one] if led => Some((*one, lead)),
            _ => None,
        };
    };
    // 总体评价为非常满意39人，满意16人: the first of the degrees.
    if !usable(&whole) || doc.slice(&whole.left).ends_with("满意") {
        return None;
    }
    let between = doc.slice(&(whole.number.span.end..part.number.span.start.max(whole.number.span.end)));
    lead(between, whole.depth < part.depth).map(|lead| (whole, lead))
}

fn lead(between: &str, bracket: bool) -> Option<Lead> {
    const OTHER: &[&str] =
        &["同比", "比上", "较上", "另", "新增", "增加", "减少", "上年", "去年", "抽取", "抽查", "不含", "除"];
    if between.contains('。') || has_any(between, OTHER) {
        return None;
    }
    let pieces: Vec<&str> = between.split(SIGNS).collect();
    let (last, led) = pieces.split_last()?;
    let lead = led.last().copied().unwrap_or_default();
    let all = |w: &str| {
        (w.starts_with('按') || w.starts_with('从'))
            && (w.ends_with('分') || w.ends_with('看') || w.ends_with("划分"))
            || w.contains('按') && w.ends_with('分')
            || ["分为", "分别为", "分别是"].iter().any(|x| w.ends_with(x))
    };
    if bracket {
        return (led.len() == 1).then_some(Lead::All);
    }
    if last.starts_with("其中") || last.starts_with("包括") || last.starts_with("含") {
        return Some(Lead::Among);
    }
    match led {
        [_] if all(lead) || between.contains('：') => Some(Lead::All),
        [_] if lead.ends_with(['中', '里', '内']) => Some(Lead::Among),
        [_] if between.contains('，') => Some(Lead::Bare),
        [.., _] if all(lead) && led.len() == 2 => Some(Lead::All),
        _ => None,
    }
}

/// Whether a list ends where its last part does.
fn ends(doc: &Doc, here: &[Claim], last: usize) -> bool {
    let c = &here[last];
    let behind = tail(doc, c);
    let rest =
        doc.slice(&(c.number.span.end + behind.len()..c.segment.end.max(c.number.span.end + behind.len())));
    let more =
        ["，另", "，还", "，其余", "，其他", "，余", "、", "，以及"].iter().any(|w| rest.starts_with(w));
    let kin = here[last + 1..].iter().any(|o| {
        o.class() == c.class()
            && o.depth == c.depth
            && o.segment == c.segment
            && !has_any(name(doc, o), &["共", "合计", "总计", "每"])
            && is_part(doc, o, false)
    });
    !behind.contains('等') && !more && !kin
}

fn judge(doc: &Doc, near: (&[Claim], &[Claim]), run: &[usize], sink: &mut Sink<'_>) {
    let here = near.1;
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    // 12个镇街，镇8个、街道4个: a list that a comma leads to may hold its own whole.
    let tries = whole_of(doc, near, *first).map(|w| (w.0, w.1, run));
    let inner = || {
        let (head, rest) = run.split_first().filter(|(h, _)| {
            let left = doc.slice(&here[**h].left);
            // 总体评价为非常满意39人，满意16人: the first of the degrees.
            !left.starts_with('除') && !left.contains("满意")
        })?;
        let between = doc.slice(&(here[*head].number.span.end..here[*rest.first()?].number.span.start));
        let lead = lead(between, false).filter(|_| between.contains('，') && rest.len() >= 2)?;
        Some((&here[*head], lead, rest))
    };
    let Some((whole, lead, run)) = tries.or_else(inner) else { return };
    let parts: Vec<&Claim> = run.iter().map(|k| &here[*k]).collect();
    if name(doc, parts[0]).contains('每') || !ends(doc, here, *last) {
        return;
    }
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    let v = whole.number.value;
    // 58人次取得证书，29人次推荐就业，就业占取证50%: the one lies in the other.
    let inside = here.iter().skip(last + 1).take(2).any(|c| {
        c.number.percent
            && parts.iter().any(|a| {
                let of = |b: &&Claim| {
                    a.number.value < b.number.value
                        && is_share(c.number.value, c.number.decimals, a.number.value, b.number.value)
                };
                parts.iter().any(of) && !is_share(c.number.value, c.number.decimals, a.number.value, v)
            })
    });
    if inside {
        return;
    }
    sink.tried();
    // Another number of the sentences is their sum; those who have a certificate are fewer than all.
    let levels = parts.iter().all(|p| LEVELS.iter().any(|w| name(doc, p).starts_with(w)));
    let kin = || near.0.iter().chain(here).filter(|c| c.exact() && c.class() == parts[0].class());
    let told = !levels && kin().any(|c| c.number.value == sum && (!c.target || whole.target))
        || explained(&parts, v)
        || here[*last..].iter().skip(1).any(|c| {
            c.class() == parts[0].class()
                && sum + c.number.value == v
                && !doc.slice(&(parts[0].sentence.start..c.number.span.start)).contains('每')
        });
    let starts: Vec<usize> = std::iter::once(whole)
        .chain(parts.iter().copied())
        .flat_map(|c| [c.wide().start, c.span().start])
        .collect();
    if sum == v || told || sink.said(&starts) {
        return;
    }
    if one_digit_off(v, &parts) && speaks(doc, here, (whole, lead), &parts, sum) {
        not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &parts);
    }
}

/// Some of the first parts make the whole, or a part is made of those that follow it: 站本部3人，为站长1人、副站长1人、行政专员1人; 片区社工11人.
fn explained(parts: &[&Claim], whole: Decimal) -> bool {
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    let sums = |from: usize| {
        values[from..].iter().scan(Decimal::ZERO, |sum, v| {
            *sum += v;
            Some(*sum)
        })
    };
    sums(0).skip(1).any(|sum| sum == whole)
        || (0..values.len()).any(|i| sums(i + 1).skip(1).any(|sum| sum == values[i] && values.len() > 3))
}

/// Whether the parts must make the whole, or are too near to it to miss it.
fn speaks(doc: &Doc, here: &[Claim], (whole, lead): (&Claim, Lead), parts: &[&Claim], sum: Decimal) -> bool {
    let v = whole.number.value;
    let apart = v - sum;
    let names: Vec<&str> = parts.iter().map(|p| name(doc, p)).collect();
    // 其中58人完成复评，转介6人: one told by what they did, one by its name.
    let done = parts.last().is_some_and(|p| tail(doc, p).starts_with('未'));
    if !done && names.iter().any(|n| n.is_empty()) && names.iter().any(|n| !n.is_empty()) {
        return false;
    }
    let any = |list: &[&str]| names.iter().any(|n| list.iter().any(|w| n.contains(w)));
    // 15人中，中级5人，助理7人，未持证3人: with those who have none they are all.
    let none = names.last().is_some_and(|n| n.starts_with(['未', '无']) && n.contains('证'));
    if none
        && parts.len() >= 3
        && any(&["社会工作师", "中级", "助理"])
        && doc.slice(&whole.right).ends_with('中')
    {
        return apart.abs() * Decimal::from(3) <= v.max(sum);
    }
    if any(&["证", "社会工作师"]) || names.iter().all(|n| LEVELS.iter().any(|w| n.starts_with(w))) {
        // 5人，其中社会工作师1人、助理社会工作师3人: the fifth has none, unless the whole has one.
        let until = parts[0].number.span.start;
        let own = doc.slice(&(whole.segment.start.min(until)..until));
        let from = whole.wide().start;
        let said = has_any(own, &["持证", "证书", "资格"]);
        let near = doc.slice(&(from.min(until)..until)).split("其中").next().unwrap_or_default();
        // 取得社会工作师证书2名 is a level, and no whole of levels.
        let level = has_any(name(doc, whole), LEVELS);
        return !level && said && has_any(near, &["持", "证", "资格", "取得"]) && !near.contains('未');
    }
    let bands =
        parts.len() >= 3 && names.iter().all(|n| n.contains('岁')) && names[names.len() - 1].contains("以上");
    if bands && apart.abs() * Decimal::from(3) <= v.max(sum) {
        return true;
    }
    if closed(doc, whole, parts, &names) || shares_are_all(here, parts) {
        return true;
    }
    let unit = parts.iter().map(|p| p.number.scale).min().unwrap_or(Decimal::ONE);
    let swapped = apart.abs() % Decimal::from(9) == Decimal::ZERO && apart.abs() * Decimal::TEN <= v;
    let near = apart.abs() == unit || swapped && v > Decimal::from(20);
    let overlap = any(OVERLAP) || doc.slice(&whole.sentence).contains("重复");
    let most = v.max(sum);
    match lead {
        Lead::All if !overlap => apart.abs() * Decimal::from(3) <= most || near,
        Lead::Among if !overlap => near || sum > v,
        Lead::All | Lead::Among => parts.len() >= 3 && near,
        Lead::Bare => {
            let total = name(doc, whole).contains(['共', '总']) || name(doc, whole).ends_with("合计");
            !overlap && (parts.len() >= 3 && near || total && apart.abs() * Decimal::from(3) <= most)
        }
    }
}

/// Both sexes, all kinds of places, done and not done, or ages that go on from each other.
fn closed(doc: &Doc, whole: &Claim, parts: &[&Claim], names: &[&str]) -> bool {
    let kind = |(n, p): (&&str, &&Claim)| {
        let own = if n.is_empty() { tail(doc, p) } else { n };
        TERRITORY.contains(&own)
    };
    let sexes =
        names.len() == 2 && names.iter().any(|n| n.contains('男')) && names.iter().any(|n| n.contains('女'));
    let day = matches!(names, [a, b] if a.starts_with(['日', '白']) && b.contains(['夜', '晚']));
    let territory = names.iter().zip(parts).all(kind);
    let not = match names {
        [a, b] => {
            let bare = |n: &str| n.replace(['已', '的'], "");
            b.contains('未') && bare(b).replace('未', "") == bare(a)
        }
        _ => false,
    };
    let ages = names.iter().filter(|n| n.contains('岁')).count() == names.len()
        && names.first().is_some_and(|n| n.contains("以下"));
    let within = whole.sentence == parts[0].sentence || ages;
    within && (sexes || day || territory || not || ages)
}

/// 分别占62.4%和37.6% behind the list: the shares of all.
fn shares_are_all(here: &[Claim], parts: &[&Claim]) -> bool {
    let from = parts[0].number.span.start;
    let shares: Vec<Decimal> = here
        .iter()
        .filter(|c| c.number.span.start > from && c.number.percent && !c.number.vague)
        .map(|c| c.number.value)
        .collect();
    let sum: Decimal = shares.iter().sum();
    shares.len() == parts.len() && (sum - Decimal::ONE_HUNDRED).abs() <= Decimal::new(3, 1)
}

/// 每站抽查个案档案60份、小组档案30份…，合计130份; 由1名站长、3名社工和1名助理组成，共5人; 中级5名、初级9名，持证人员共14名.
fn closed_behind(doc: &Doc, here: &[Claim], run: &[usize], sink: &mut Sink<'_>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let Some(whole) = here.get(last + 1) else { return };
    let parts: Vec<&Claim> = run.iter().map(|k| &here[*k]).collect();
    let own = name(doc, whole);
    let total = matches!(own, "共" | "合计" | "总计" | "共计" | "共有" | "共开案")
        || own.starts_with('共')
        || own.contains("持证") && own.contains(['共', '计']);
    let lead = doc.slice(&(whole.segment.start..here[*first].number.span.start.max(whole.segment.start)));
    let piece = lead.rsplit(SIGNS).next().unwrap_or_default();
    let behind = tail(doc, parts[parts.len() - 1]);
    let names = || parts.iter().all(|p| has_any(name(doc, p), LEVELS));
    let led = piece.contains('每')
        || piece.ends_with('由') && behind.ends_with("组成")
        || own.contains("持证") && names()
        || own.starts_with("合计") && names();
    // 结案102个，结案率81.0%，尚在跟进24个，共开案126个.
    let rest = parts.len() == 2
        && own.starts_with('共')
        && ["尚", "未", "仍", "在"].iter().any(|w| name(doc, parts[1]).starts_with(w));
    let led = led || rest && here.first().is_some_and(|c| c.number.span == parts[0].number.span);
    let kin = whole.exact() && whole.class() == parts[0].class() && whole.segment == parts[0].segment;
    let starts: Vec<usize> = [whole.wide().start, whole.span().start].to_vec();
    sink.tried();
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    if total
        && led
        && kin
        && sum != whole.number.value
        && one_digit_off(whole.number.value, &parts)
        && !sink.said(&starts)
    {
        not_the_sum(doc, sink, (RULE, Severity::Warning), whole, &parts);
    }
}
