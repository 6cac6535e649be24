//! So much in all and so much a year: 合同总金额256.8万元，每年85.6万元. A whole number of years, or one digit of either is wrong.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "average";
/// Most pairs looked at, and most years.
const MOST: usize = 20;
const YEARS: i64 = 6;
const TOTALS: &[&str] = &["总额", "总金额", "总经费", "合同金额", "项目总经费", "资金总额", "总投入", "总价"];
const EACH: &[&str] = &["每年", "年均", "每年度", "每个年度", "每服务年度"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let money = |c: &Claim| c.class() == "元" && c.exact() && !c.other_period;
    let pairs = claims.all.windows(2).filter(|pair| {
        let [all, each] = pair else { return false };
        let names = |c: &Claim, words: &[&str]| {
            let left = doc.slice(&c.left).trim_end_matches(['为', '共', '是', '约']);
            words.iter().any(|w| left.ends_with(w))
        };
        money(all)
            && money(each)
            && all.sentence == each.sentence
            && doc.blocks[all.block].kind == Kind::Paragraph
            && names(all, TOTALS)
            && names(each, EACH)
    });
    for pair in pairs.take(MOST) {
        judge(doc, (&pair[0], &pair[1]), sink);
    }
}

fn judge(doc: &Doc, (all, each): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let (total, yearly) = (all.number.value, each.number.value);
    let Some(times) = total.checked_div(yearly) else { return };
    sink.tried();
    if times.fract().is_zero() {
        return;
    }
    let slip = |n: &i64| {
        let n = Decimal::from(*n);
        let each = total.checked_div(n).filter(|each| each.round_dp(2) == *each);
        each.is_some_and(|each| one_digit_apart(each, yearly)) || one_digit_apart(yearly * n, total)
    };
    let Some(years) = (2..=YEARS).find(slip) else { return };
    let right = total / Decimal::from(years);
    let message =
        format!("{}÷{years}={}，文中为“{}”", show(total), show(right.round_dp(2)), doc.slice(&each.wide()));
    let said = (show(yearly), show(right.round_dp(2)));
    sink.add(RULE, Severity::Warning, message, said, &[each.wide(), all.wide()]);
}
