//! Repeats: one quantity, of one scope and one period, stated twice with different values, in the body, in tables and
//! in annexes. Labels must be the same after evening out; one unknown word keeps two claims apart.

mod quantity;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;

pub(super) use self::quantity::is_change;
use self::quantity::{asked, is_quantity};
use super::general::too_general;
use super::grid::{CellClaim, cell_claims};
use super::surveys::{SURVEY, Surveys};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "repeated";
/// Numbers before a sentence among which a whole of it may stand.
const NEAR: usize = 6;

/// One statement of a quantity.
struct Stated {
    value: Decimal,
    decimals: u32,
    /// What one of its last digit is worth.
    step: Decimal,
    span: Range<usize>,
    /// Says that it is the whole: 共, 累计, a table, a list with completion rates.
    firm: bool,
    /// What the other cells of its row say.
    row: Vec<Decimal>,
    /// Words before the list in which it is an item.
    lead: Option<String>,
}

type Key = (String, String, Option<String>, Option<String>, bool);

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut groups: BTreeMap<Key, Vec<Stated>> = BTreeMap::new();
    let surveys = Surveys::read(doc);
    for claim in claims.all.iter().filter(|c| is_quantity(doc, claims, c)) {
        let around = doc.slice(&(claim.left.start..claim.right.end));
        let stock =
            !around.contains('新') && has_any(around, &["登记", "注册", "在册"]) && claim.class() == "人";
        let key = (
            match (stock, asked(doc, claim)) {
                (true, _) => format!("{}累计", claim.label),
                (false, true) => format!("{}受访", claim.label),
                (false, false) => claim.label.clone(),
            },
            claim.class().into(),
            claim.area.clone(),
            claim.place.clone(),
            claim.target,
        );
        groups.entry(key).or_default().push(Stated {
            value: claim.number.value,
            decimals: claim.number.decimals,
            step: claim.number.scale,
            span: claim.wide(),
            firm: firm_words(doc.slice(&(claim.segment.start..claim.number.span.end))),
            row: Vec::new(),
            lead: if claim.number.percent {
                own_base(claims, claim).or_else(|| of_place(doc, claim))
            } else {
                let own = bare_flow(doc, claims, claim).or_else(|| of_section(doc, claim));
                let own = own.or_else(|| of_term(doc, claim));
                own.or_else(|| surveys.name_of(doc, claims, claim)).or_else(|| lead_of(doc, claims, claim))
            },
        });
    }
    cells(doc, claims, &mut groups);
    for (key, group) in &groups {
        if group.len() >= 2 && !each_in_its_own_sum(claims, group) {
            judge(doc, key, group, sink);
        }
    }
}

/// The cells of tables, under the unit of the text where the table does not say one.
fn cells(doc: &Doc, claims: &Claims, groups: &mut BTreeMap<Key, Vec<Stated>>) {
    for cell in cell_claims(doc, claims) {
        let CellClaim { label, mut class, area, place, target, mut value, decimals, mut step, span, row } =
            cell;
        if class.is_empty() {
            let low = (label.clone(), String::new(), None, None, false);
            let mut same = groups
                .range(low..)
                .take_while(|(k, _)| k.0 == label)
                .filter(|(k, _)| k.2 == area && k.3 == place && k.4 == target);
            match (same.next(), same.next()) {
                (Some((key, _)), None) => class.clone_from(&key.1),
                _ => continue,
            }
            if decimals > 0
                && !label.contains('均')
                && !matches!(class.as_str(), "元" | "分" | "小时" | "%" | "平方米")
            {
                continue;
            }
            if class == "元" && doc.text.contains("单位：万元") {
                value = value.checked_mul(Decimal::from(10_000)).unwrap_or(value);
                step *= Decimal::from(10_000);
            }
        }
        let stated = Stated { value, decimals, step, span, firm: true, row, lead: None };
        groups.entry((label, class, area, place, target)).or_default().push(stated);
    }
}

/// Money in and out by its bare name: 支出71300元 belongs to the receipts right before it.
fn bare_flow(doc: &Doc, claims: &Claims, claim: &Claim) -> Option<String> {
    const FLOWS: &[&str] = &["支出", "收入", "结余", "余额", "使用"];
    if claim.class() != "元" || !FLOWS.contains(&doc.slice(&claim.left)) {
        return None;
    }
    let block = &doc.blocks[claim.block];
    let before = claims.within(&(block.body..claim.number.span.start));
    let source = before.iter().rev().find(|c| c.class() == "元" && !FLOWS.contains(&doc.slice(&c.left)))?;
    Some(format!("元{}", source.number.value))
}

/// A mean under the heading of one station: 人均巡访483户次 of one, 462户次 of another.
fn of_section(doc: &Doc, claim: &Claim) -> Option<String> {
    const SITES: &[&str] = &["站", "点", "社区", "街道", "村", "中心", "片区", "镇", "乡"];
    let above = doc.above(claim.block).next()?;
    let name = doc.body(&doc.blocks[above]).split(['（', '：', '，', '。']).next().unwrap_or_default();
    let site = SITES.iter().any(|w| name.ends_with(w)) && name.chars().count() <= 16;
    (site && claim.is_mean(doc)).then(|| format!("§{above}"))
}

/// 春季学期应开20次, 秋季学期应开70次: of the term that the words before it in its sentence name last.
fn of_term(doc: &Doc, claim: &Claim) -> Option<String> {
    const TERMS: &[&str] = &["春季学期", "秋季学期", "上学期", "下学期", "寒假", "暑假", "寒假期间", "暑期"];
    let before = doc.slice(&(claim.sentence.start..claim.left.start));
    let last = TERMS.iter().filter_map(|t| Some((before.rfind(t)?, t))).max();
    last.map(|(_, term)| format!("期{term}"))
}

/// A rate whose sentence gives people of its own: another sentence may speak of other people.
fn own_base(claims: &Claims, claim: &Claim) -> Option<String> {
    let people =
        claims.within(&claim.sentence).iter().any(|c| matches!(c.class(), "人" | "份" | "户") && c.exact());
    people.then(|| claim.sentence.start.to_string())
}

/// 沙坞镇仅开展1个小组，出勤率为90.0%: a rate behind the name of a place.
fn of_place(doc: &Doc, claim: &Claim) -> Option<String> {
    let before = doc.slice(&(claim.sentence.start..claim.left.start));
    let named = has_any(before, &["镇", "乡", "街道", "社区", "村", "片区"]);
    named.then(|| claim.sentence.start.to_string())
}

/// An item of a list of like counts whose words are nothing but its name: what the list counts stands before the list.
fn lead_of(doc: &Doc, claims: &Claims, claim: &Claim) -> Option<String> {
    let here = claims.within(&claim.segment);
    let joined = |a: &Claim, b: &Claim| {
        let gap = doc.slice(&(a.number.span.end..b.left.start.max(a.number.span.end)));
        let gap =
            gap.find('）').filter(|_| gap.starts_with('（')).map_or(gap, |i| &gap[i + '）'.len_utf8()..]);
        a.class() == b.class() && a.depth == b.depth && matches!(gap, "、" | "，")
    };
    let here: Vec<&Claim> = here.iter().filter(|c| !(c.number.percent && c.depth > claim.depth)).collect();
    let at = here.iter().position(|c| c.span() == claim.span())?;
    let first = (1..=at).rev().take_while(|i| joined(here[i - 1], here[*i])).last().map_or(at, |i| i - 1);
    let last =
        (at..here.len() - 1).take_while(|i| joined(here[*i], here[i + 1])).last().map_or(at, |i| i + 1);
    let name = doc.slice(&claim.right).is_empty() && doc.slice(&claim.left).chars().count() <= 4;
    (last > first && name).then(|| {
        let lead = doc.slice(&(claim.segment.start..here[first].left.start));
        lead.chars().rev().filter(|c| c.is_alphabetic()).take(4).collect()
    })
}

fn firm_words(words: &str) -> bool {
    has_any(words, &["共", "累计", "总", "截至", "目前", "现有", "下辖", "辖"])
}

/// Whether the first is printed with decimals and is the other in 万元.
fn in_ten_thousands(a: &Stated, b: &Stated) -> bool {
    a.decimals > 0 && a.value.checked_mul(Decimal::from(10_000)) == Some(b.value)
}

/// 抽取60户，电话访问38户，入户22户; 访问51户，其中电话访问30户，入户21户: each value makes another printed whole with those beside it.
fn each_in_its_own_sum(claims: &Claims, group: &[Stated]) -> bool {
    let wholes: Vec<Option<Decimal>> = group.iter().map(|s| own_sum(claims, &s.span)).collect();
    let mut known = BTreeMap::new();
    wholes
        .iter()
        .zip(group)
        .all(|(whole, s)| whole.is_some_and(|whole| *known.entry(whole).or_insert(s.value) == s.value))
}

/// The whole of its paragraph that a count makes with the next or the one before it.
fn own_sum(claims: &Claims, span: &Range<usize>) -> Option<Decimal> {
    let of = claims.within(span).last()?;
    let kin = |c: &&Claim| c.exact() && c.class() == of.class();
    let here: Vec<&Claim> = claims.within(&of.sentence).iter().filter(kin).collect();
    let at = here.iter().position(|c| c.span() == of.span())?;
    let before = claims.all[..claims.all.partition_point(|c| c.number.span.start < of.sentence.start)].iter();
    let before = before.rev().take(NEAR).filter(|c| c.block == of.block).filter(kin);
    let printed: Vec<Decimal> = before.chain(here.iter().copied()).map(|c| c.number.value).collect();
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|i| here.get(i));
    beside.map(|c| c.number.value + of.number.value).find(|sum| printed.contains(sum))
}

fn judge(doc: &Doc, key: &Key, group: &[Stated], sink: &mut Sink<'_>) {
    let general = too_general(&key.0);
    let group: Vec<&Stated> = group.iter().filter(|s| !general || s.firm).collect();
    if group.len() < 2 || general && key.1 != "个" && key.0 != "得分" {
        return;
    }
    sink.tried();
    let agrees = |a: &Stated, b: &Stated| {
        let decimals = a.decimals.min(b.decimals);
        a.value == b.value
            || a.lead.is_some() && b.lead.is_some() && a.lead != b.lead
            || a.row.contains(&b.value)
            // 53.27 in a table of 万元 that does not say so.
            || in_ten_thousands(a, b)
            || in_ten_thousands(b, a)
            // 47.2万元 and 472200元.
            || a.step != b.step && a.step.max(b.step) > Decimal::ONE
                && (a.value - b.value).abs() <= a.step.max(b.step) / Decimal::TWO
            || b.row.contains(&a.value)
            || a.decimals != b.decimals
                && a.value
                    .round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
                    == b.value.round_dp_with_strategy(
                        decimals,
                        rust_decimal::RoundingStrategy::MidpointAwayFromZero,
                    )
    };
    if group.iter().all(|s| agrees(s, group[0])) {
        return;
    }
    let based: BTreeSet<Decimal> = group.iter().filter(|s| s.lead.is_some()).map(|s| s.value).collect();
    let surveys = group.iter().all(|s| s.lead.as_ref().is_none_or(|l| l.starts_with(SURVEY)));
    if (key.1 == "%" || surveys) && based.len() >= 2 && group.iter().all(|s| based.contains(&s.value)) {
        return;
    }
    // 派驻社工8名 and 派驻社工6名: of two houses. One digit makes any two of these alike, so their words must say that they are the whole.
    let small = |s: &&Stated| s.value < Decimal::TEN && s.decimals == 0;
    if group.iter().all(small) && !group.iter().all(|s| s.firm) && key.0.chars().count() < 5 {
        return;
    }
    // 5个小组各开展6节，4个小组各开展7节: two things of one sentence.
    let one_sentence = group.windows(2).all(|w| {
        let between = doc.slice(&(w[0].span.end.min(w[1].span.start)..w[1].span.start.max(w[0].span.end)));
        !between.contains(['。', '\n'])
    });
    if one_sentence && group.iter().any(|s| !s.firm) {
        return;
    }
    // 19份个案档案抽查10份: all and those that were looked at, in one breath.
    if let [a, b] = group.as_slice() {
        let between = doc.slice(
            &(a.span.end.min(b.span.end)..a.span.start.max(b.span.start).max(a.span.end.min(b.span.end))),
        );
        if between.chars().count() <= 4 && !between.contains(['，', '。', '；', '\n']) {
            return;
        }
    }
    let mut by_value: BTreeMap<Decimal, Vec<&Stated>> = BTreeMap::new();
    for s in &group {
        by_value.entry(s.value).or_default().push(s);
    }
    if by_value.len() > 2 {
        return;
    }
    // 钢铁街道人均服务46人，纺织街道人均服务22人: each of its own.
    let beside = group.windows(2).any(|w| {
        let between = doc.slice(&(w[0].span.start..w[1].span.end.max(w[0].span.start)));
        w[0].value != w[1].value && !between.contains(['\n', '。'])
    });
    let mean = group.iter().any(|s| doc.slice(&s.span).contains('均'));
    if mean && beside {
        return;
    }
    let mut values: Vec<(&Decimal, &Vec<&Stated>)> = by_value.iter().collect();
    values.sort_by_key(|(_, s)| (s.len(), std::cmp::Reverse(s[0].span.start)));
    let list: Vec<String> = by_value
        .iter()
        .map(|(v, s)| format!("{}（{}处，如“{}”）", show(*v), s.len(), doc.slice(&s[0].span)))
        .collect();
    let message = format!("同一数量前后不一致：{}", list.join("；"));
    let spans: Vec<_> = values.iter().flat_map(|(_, s)| s.iter().map(|s| s.span.clone())).collect();
    let stated = show(*values[0].0);
    let expected = values.last().map_or_else(String::new, |v| show(*v.0));
    sink.add(RULE, Severity::Error, message, (stated, format!("{expected}，或改正另一处")), &spans);
}
