//! How much of the money was spent, against every sum of the text it can be of: 支出235.20万元…预算执行率为98.0%, of 240万元 told chapters before.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, mistaken, percent_of, show, show_percent};
use crate::checks::text::words::has_any;

const RULE: &str = "rate";
const RATES: &[&str] = &["执行率", "支出率", "使用率", "支出进度", "执行进度"];
const SPENT: &[&str] = &["支出", "使用", "列支", "开支", "花出", "花了", "实支"];
/// Words before a sum that money can be of.
const BASES: &[&str] =
    &["合同", "协议", "预算", "总额", "到账", "到位", "拨付", "经费", "资金", "总价", "金额", "安排", "收入"];
/// Sums looked at.
const MOST: usize = 60;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, rate) in claims.all.iter().enumerate().filter(|(_, c)| is_rate(doc, c)) {
        judge(doc, claims, i, rate, sink);
    }
}

fn is_rate(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left).trim_end_matches(['为', '达', '到', '约', '是', '的']);
    c.number.percent
        && c.number.decimals > 0
        && !c.number.vague
        && !c.target
        && !c.other_period
        && doc.blocks[c.block].kind == Kind::Paragraph
        && RATES.iter().any(|w| left.ends_with(w))
}

fn judge(doc: &Doc, claims: &Claims, i: usize, rate: &Claim, sink: &mut Sink<'_>) {
    // 尚有1.01万元未使用，执行率46.8%: of another sum.
    if has_any(doc.slice(&rate.sentence), &["未使用", "尚有", "未支出"]) {
        return;
    }
    let money = |c: &&Claim| c.class() == "元" && c.exact() && c.number.value > Decimal::ZERO;
    let begins = doc.blocks[rate.block].body;
    let here: Vec<&Claim> = claims.all[..i]
        .iter()
        .rev()
        .take_while(|c| c.number.span.start >= begins)
        .take(MOST)
        .filter(money)
        .collect();
    let spent = |c: &&&Claim| has_any(doc.slice(&c.left), SPENT) && !c.other_period;
    let Some(part) = here.iter().rev().find(spent) else { return };
    sink.tried();
    let (p, decimals) = (rate.number.value, rate.number.decimals);
    // Any sum of the paragraph may be what was spent, and any of the text what it is of.
    let ulp = Decimal::new(1, decimals);
    let fits = |c: &&Claim| {
        let of = |p: Decimal| c.number.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(p);
        let range = of(p + ulp).zip(of((p - ulp / Decimal::TWO).max(ulp)));
        range.is_none_or(|range| claims.printed(range))
    };
    if here.iter().any(fits) {
        return;
    }
    let base = |c: &&Claim| has_any(doc.slice(&c.left), BASES) && c.number.value >= part.number.value;
    let bases = here.iter().copied().chain(claims.all.iter().filter(money)).filter(base).take(MOST);
    let shares =
        bases.filter_map(|b| Some((b, percent_of(part.number.value, b.number.value)?.round_dp(decimals))));
    let slip = |(b, share): &(&Claim, Decimal)| {
        mistaken(*share, p) && is_share(*share, decimals, part.number.value, b.number.value)
    };
    let mut slips = shares.filter(slip);
    let Some((whole, share)) = slips.next() else { return };
    if sink.said(&[rate.wide().start, rate.span().start]) {
        return;
    }
    let message = format!(
        "{}÷{}={}，文中为“{}”",
        show(part.number.value),
        show(whole.number.value),
        show_percent(share),
        doc.slice(&rate.wide())
    );
    let said = (format!("{}%", show(p)), format!("{}%", show(share)));
    sink.add(RULE, Severity::Warning, message, said, &[rate.wide(), part.wide(), whole.wide()]);
}
