//! What was done, what was asked, and the rate: 合计72次、132小时。合同要求120小时，完成率110.0%.

use rust_decimal::Decimal;

use super::one_slip::Quotient;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, show, show_percent};
use crate::checks::text::words::has_any;

const RULE: &str = "completion";
/// Words of what was asked, and of the rate.
const ASKED: &[&str] = &["要求", "约定", "目标", "指标", "任务", "计划", "应"];
const RATES: &[&str] = &["完成率", "完成率为", "完成率达", "完成比例", "完成比例为", "达成率", "达成率为"];
/// Numbers before the target among which the one that was done stands.
const NEAR: usize = 4;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, two) in claims.all.windows(2).enumerate() {
        let [asked, rate] = two else { continue };
        let told = rate.number.percent && !rate.number.vague && RATES.contains(&doc.slice(&rate.left));
        let kin = asked.sentence == rate.sentence && !asked.class().is_empty() && !asked.number.percent;
        let prose = doc.blocks[asked.block].kind == Kind::Paragraph;
        // 比指标少1场，完成率83.3%: what is missing.
        let asks = |left: &str| has_any(left, ASKED) && !left.contains(['比', '少', '多', '超', '差']);
        if told && kin && prose && asks(doc.slice(&asked.left)) && asked.depth == rate.depth {
            judge(doc, &claims.all[i.saturating_sub(NEAR)..i], (asked, rate), sink);
        }
    }
}

fn judge(doc: &Doc, before: &[Claim], (asked, rate): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let of = |c: &&Claim| {
        c.block == asked.block
            && c.exact()
            && c.class() == asked.class()
            && !has_any(doc.slice(&c.left), ASKED)
    };
    let done: Vec<&Claim> = before.iter().rev().filter(of).collect();
    let fits =
        |c: &&Claim| is_share(rate.number.value, rate.number.decimals, c.number.value, asked.number.value);
    let Some(last) = done.first().filter(|_| !done.iter().any(fits)) else { return };
    sink.tried();
    let quotient = Quotient {
        of: &last.number,
        over: &asked.number,
        printed: &rate.number,
        times: Decimal::ONE_HUNDRED,
    };
    let Some(right) = quotient.right().filter(|_| quotient.is_misprinted() || quotient.is_of_misprinted())
    else {
        return;
    };
    let starts: Vec<usize> =
        [rate, *last, asked].iter().flat_map(|c| [c.wide().start, c.span().start]).collect();
    if !sink.said(&starts) {
        let (a, b) = (show(last.number.value), show(asked.number.value));
        let message = format!("{a}÷{b}={}，文中为“{}”", show_percent(right), doc.slice(&rate.wide()));
        let said = (format!("{}%", show(rate.number.value)), show_percent(right));
        sink.add(RULE, Severity::Warning, message, said, &[rate.wide(), last.wide(), asked.wide()]);
    }
}
