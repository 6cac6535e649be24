//! One part whose unit is not that of the others, and with which they make the whole: its unit is a slip.

use rust_decimal::Decimal;

use super::closed::{is_total, list_like};
use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};

const RULE: &str = "unit-odd";
/// Smaller lists come to a number by chance.
const LEAST: i64 = 12;
/// Units that count houses of any kind.
pub(super) const HOUSES: &[&str] = &["家", "所", "间", "处", "个"];
/// Most items of a list.
const MOST: usize = 30;

/// All but one part have the whole's unit, and with that one they make the whole: its unit is a slip.
pub(super) fn odd_unit(doc: &Doc, whole: &Claim, here: &[Claim], depth: u32, sink: &mut Sink<'_>) {
    let list: Vec<&Claim> =
        here.iter().filter(|c| c.depth == depth && c.exact() && c.number.unit.is_some()).take(30).collect();
    for end in 2..=list.len() {
        let parts = &list[..end];
        let odd: Vec<&&Claim> = parts.iter().filter(|c| c.class() != whole.class()).collect();
        let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
        let house = |c: &Claim| c.number.unit.is_some_and(|u| HOUSES.contains(&u.word));
        if let [odd] = odd.as_slice()
            && parts.len() >= 3
            && !(house(whole) && house(odd))
            && list_like(doc, parts)
            && doc.slice(&odd.right) == doc.slice(&parts[usize::from(parts[0].class() == odd.class())].right)
            && sum == whole.number.value
            && sum >= Decimal::from(LEAST)
            && !odd.number.chinese
        {
            let unit = whole.number.unit.map_or("", |u| u.word);
            let message = format!("“{}”的单位与总数及其他各部分（{unit}）不同", doc.slice(&odd.wide()));
            sink.add(
                RULE,
                Severity::Warning,
                message,
                (doc.slice(&odd.number.span).to_owned(), unit.to_owned()),
                &[odd.wide(), whole.wide()],
            );
            return;
        }
    }
}

/// 东堤社区148份，西堤社区132户，…合计612户: with the one of another unit the others make the whole, so its unit is a slip.
pub(super) fn one_of_another_unit(doc: &Doc, whole: &Claim, before: &[Claim], sink: &mut Sink<'_>) -> bool {
    let item =
        |c: &&Claim| c.depth == whole.depth && c.exact() && c.number.unit.is_some() && !is_total(doc, c);
    let list: Vec<&Claim> = before.iter().rev().take_while(item).take(MOST).collect();
    let mut sum = Decimal::ZERO;
    let length = 1 + list
        .iter()
        .take_while(|c| {
            sum += c.number.value;
            sum < whole.number.value
        })
        .count();
    let list = &list[..length.min(list.len())];
    let mut odd = list.iter().filter(|c| c.class() != whole.class());
    let (Some(odd), None) = (odd.next(), odd.next()) else { return false };
    // 企业6家、学校2所: houses of several kinds.
    let house = |c: &Claim| c.number.unit.is_some_and(|u| HOUSES.contains(&u.word));
    if house(whole)
        || house(odd)
        || sum != whole.number.value
        || list.len() < 3
        || !list_like(doc, &list.iter().rev().copied().collect::<Vec<_>>())
    {
        return false;
    }
    let unit = whole.number.unit.map_or("", |u| u.word);
    let message = format!("“{}”的单位与合计及其他各部分（{unit}）不同", doc.slice(&odd.wide()));
    let said = (doc.slice(&odd.number.span).to_owned(), unit.to_owned());
    sink.add(RULE, Severity::Warning, message, said, &[odd.wide(), whole.wide()]);
    true
}
