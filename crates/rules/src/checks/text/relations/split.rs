//! A whole told to be split: 分三期按40%、40%、20%拨付; 由三部分构成：专家组得分占70%，…占20%，…占10%; 权重分别为15分、25分、35分、25分，满分100分.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "weights";
/// Most lists looked at, and how far off a sum is that one digit may have made.
const MOST: usize = 60;
const OFF: i64 = 30;
/// Words before a list of shares that are all there are.
const PARTED: &[&str] =
    &["期按", "笔按", "次按", "资助额的", "合同额的", "合同金额的", "部分构成", "部分组成", "权重分别为"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut at = 0;
    let mut left = MOST;
    while at < claims.all.len() && left > 0 {
        let first = &claims.all[at];
        let fits = |c: &Claim| {
            let share = c.number.percent || c.class() == "分" && first.class() == "分";
            share
                && !c.number.vague
                && c.number.percent == first.number.percent
                && c.sentence == first.sentence
        };
        let list: Vec<&Claim> = claims.all[at..].iter().take_while(|c| fits(c)).collect();
        at += list.len().max(1);
        if list.len() >= 3 && doc.blocks[first.block].kind == Kind::Paragraph {
            left -= 1;
            judge(doc, &list, sink);
        }
    }
}

fn judge(doc: &Doc, list: &[&Claim], sink: &mut Sink<'_>) {
    let lead = doc.slice(&(list[0].sentence.start..list[0].number.span.start));
    let lead = lead.rsplit('；').next().unwrap_or_default();
    let list = match list.iter().position(|c| doc.slice(&c.left).contains("满分")) {
        Some(full) if list[full].number.value == Decimal::ONE_HUNDRED => &list[..full],
        _ => list,
    };
    if list.len() < 3 || !has_any(lead, PARTED) {
        return;
    }
    let values: Vec<Decimal> = list.iter().map(|c| c.number.value).collect();
    let sum: Decimal = values.iter().sum();
    sink.tried();
    let apart = Decimal::ONE_HUNDRED - sum;
    let slip = values.iter().any(|v| one_digit_apart(*v, *v + apart));
    let starts: Vec<usize> = list.iter().flat_map(|c| [c.span().start, c.wide().start]).collect();
    if sink.said(&starts) || apart.is_zero() || apart.abs() > Decimal::from(OFF) || !slip {
        return;
    }
    let unit = if list[0].number.percent { "%" } else { "" };
    let message = format!("各部分合计{}{unit}，不等于100{unit}", show_sum(&values));
    let spans: Vec<_> = list.iter().map(|c| c.span()).collect();
    sink.add(RULE, Severity::Error, message, (format!("{sum}{unit}"), format!("100{unit}")), &spans);
}
