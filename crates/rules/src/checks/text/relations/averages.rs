//! Averages against total and count in the same sentence, and stocks: income − expense = balance.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{prints_as, show};

const AVERAGE: &str = "average";
const BALANCE: &str = "balance";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in &doc.blocks {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            if here.len() >= 3 {
                averages(doc, here, sink);
                balance(doc, here, sink);
            }
        }
    }
}

/// The class that an average is taken over: 平均每节, 人均, 户均, 场均.
fn over(words: &str) -> Option<&'static str> {
    const OVER: &[(&str, &str)] = &[
        ("平均每节", "节"), ("每节平均", "节"), ("平均每场", "次"), ("场均", "次"), ("每场平均", "次"), ("平均每次", "次"), ("次均", "次"), ("平均每个小组", "个"), ("平均每个个案", "个"),
        ("人均", "人"), ("平均每人", "人"), ("平均每名社工", "人"), ("户均", "户"), ("平均每户", "户"), ("平均每个", "个"), ("平均每月", "月"), ("月均", "月"), ("每月平均", "月"), ("平均每个社区", "个"), ("平均每支", "支"), ("平均每名", "人"), ("平均每年", "年"), ("年均", "年"), ("平均每篇", "篇"),
    ];
    OVER.iter().filter(|(w, _)| words.contains(w)).max_by_key(|(w, _)| w.len()).map(|(_, c)| *c)
}

fn averages(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for (i, mean) in here.iter().enumerate() {
        let Some(class) = over(doc.slice(&mean.left)) else { continue };
        let before: Vec<&Claim> = here[..i].iter().filter(|c| c.exact() && c.depth == mean.depth && !c.target && over(doc.slice(&c.left)).is_none()).collect();
        let counts: Vec<&&Claim> = before.iter().filter(|c| c.class() == class).collect();
        let totals: Vec<&&Claim> = before.iter().filter(|c| c.class() == mean.class() && c.class() != class).collect();
        let ([.., count], [.., total]) = (counts.as_slice(), totals.as_slice()) else { continue };
        if count.number.value.is_zero() || mean.class().is_empty() || counts.len() > 1 && totals.len() > 1 && counts.len() != totals.len() {
            continue;
        }
        sink.tried();
        let Some(right) = total.number.value.checked_div(count.number.value) else { continue };
        let (m, decimals) = (mean.number.value, mean.number.decimals);
        let slack = if mean.number.vague { Decimal::ONE } else { Decimal::ZERO };
        let fits = |total: &Claim, count: &Claim| count.number.value != Decimal::ZERO && prints_as(total.number.value / count.number.value, m, decimals);
        if fits(total, count) || (right - m).abs() <= slack || totals.iter().any(|t| counts.iter().any(|c| fits(t, c))) {
            continue;
        }
        let shown = right.round_dp(decimals.max(2));
        let message = format!("{}÷{}={}，文中为“{}”", show(total.number.value), show(count.number.value), show(shown), doc.slice(&mean.wide()));
        sink.add(AVERAGE, Severity::Error, message, (show(m), show(shown)), &[mean.wide(), total.wide(), count.wide()]);
    }
}

fn balance(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let find = |words: &[&str]| {
        let mut found = here.iter().filter(|c| c.class() == "元" && c.exact() && words.iter().any(|w| doc.slice(&c.left).contains(w)));
        let first = found.next();
        if found.next().is_some() { None } else { first }
    };
    let left = find(&["结余", "余额", "剩余", "结存"]);
    let opening = find(&["上年结余", "上期结余", "期初", "年初结余", "原有"]);
    let income = find(&["收入", "到账", "拨付", "筹集", "筹得", "募集", "筹款", "预算", "到位"]);
    let expense = find(&["支出", "使用", "支付", "开支"]);
    let (Some(left), Some(income), Some(expense), None) = (left, income, expense, opening) else { return };
    sink.tried();
    let right = income.number.value - expense.number.value;
    if right == left.number.value || (right - left.number.value).abs() <= (left.number.scale.max(income.number.scale)) / Decimal::TWO {
        return;
    }
    let message = format!(
        "{}-{}={}，文中结余为{}，相差{}",
        show(income.number.value), show(expense.number.value), show(right), show(left.number.value), show((right - left.number.value).abs()),
    );
    sink.add(BALANCE, Severity::Error, message, (show(left.number.value), show(right)), &[left.wide(), income.wide(), expense.wide()]);
}
