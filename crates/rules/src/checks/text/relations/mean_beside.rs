//! A mean right behind its total: 小组总节数78节，平均每个小组6.5节; 第一阶段1180小时，月均196.7小时; and a mean of what the paragraph counts most of (按建档户
//! 平均，每户15.2小时). Where no count of the text gives it, one digit of the mean or of the total would.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::each::{Over, over};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, one_digit_into, prints_as, show};

const RULE: &str = "average";
/// Most means: each reads the counts of its kind.
const MOST: usize = 80;
/// Counts of one kind kept.
const KEPT: usize = 200;
/// Numbers looked at for them.
const LOOKED: usize = 4_000;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let means = claims.all.iter().enumerate().filter_map(|(i, c)| {
        let usable = doc.blocks[c.block].kind == Kind::Paragraph
            && !c.number.percent
            && !c.number.vague
            && !c.target
            && !c.other_period
            && !c.class().is_empty();
        let left = doc.slice(&c.left);
        let before = doc.slice(&(c.sentence.start..c.left.start));
        let said = before.ends_with("平均，");
        let over = over(left).filter(|o| usable && (o.mean || said || left.starts_with("折合每")))?;
        Some((i, c, over, said))
    });
    for (i, mean, over, said) in means.take(MOST) {
        let beside = i.checked_sub(1).map(|j| &claims.all[j]).filter(|t| is_total(doc, t, mean));
        let block = &doc.blocks[mean.block];
        let largest = || {
            let here = claims.within(&(block.body..mean.number.span.start));
            let kin = here
                .iter()
                .filter(|t| same_kind(t.class(), mean.class()) && t.exact() && !t.target && !t.is_mean(doc));
            kin.max_by_key(|t| t.number.value)
        };
        // 探访1570人次（上门1142人次，电话428人次），平均每户3.84次: of the larger one before, which the sentence tells.
        let larger = |t: &Claim| {
            let here = claims.within(&(mean.sentence.start..t.number.span.start));
            here.iter().any(|o| o.exact() && o.class() == t.class() && o.number.value > t.number.value)
        };
        let beside = beside.filter(|t| !larger(t));
        let total = beside.or_else(|| if said { largest() } else { None });
        if let Some(total) = total.filter(|t| t.number.value > Decimal::TEN) {
            judge(doc, claims, (mean, &over), total, sink);
        }
    }
}

/// The number right before a mean, of its kind and larger.
fn is_total(doc: &Doc, total: &Claim, mean: &Claim) -> bool {
    let gap = doc.slice(&(total.number.span.end..mean.left.start.max(total.number.span.end)));
    total.exact()
        && !total.is_in_bare_list(doc)
        // 合同金额84.00万元，折合每名社工10.50万元: so it is told of a target too.
        && (!total.target || doc.slice(&mean.left).starts_with("折合"))
        && !total.other_period
        && same_kind(total.class(), mean.class())
        && total.sentence == mean.sentence
        && gap.chars().count() <= 12
        && !gap.contains('；')
        && !total.is_mean(doc)
}

fn same_kind(total: &str, mean: &str) -> bool {
    total == mean || mean == "次" && matches!(total, "户次" | "人次") || mean == "人" && total == "人次"
}

fn judge(doc: &Doc, claims: &Claims, (mean, over): (&Claim, &Over), total: &Claim, sink: &mut Sink<'_>) {
    let (m, decimals, t) = (mean.number.value, mean.number.decimals, total.number.value);
    let kin = |c: &Claim| {
        c.class() == over.class
            || matches!(
                (over.class, c.class()),
                ("站", "个" | "家" | "站") | ("次", "人次") | ("案", "个") | ("户", "份") | ("人", "份")
            )
    };
    let all = claims.all.iter().filter(|c| c.number.value > Decimal::ONE && !c.number.percent);
    let mut counts: BTreeSet<Decimal> =
        all.take(LOOKED).filter(|c| kin(c)).map(|c| c.number.value).take(KEPT).collect();
    if over.class == "月" {
        counts.extend([3, 6, 9, 12].map(Decimal::from));
    }
    // 188.5万元, of 7 sites 26.93万元: to the last digit of its own unit.
    let near = |q: Decimal| mean.class() == "元" && (q - m).abs() * Decimal::TWO <= mean.number.scale;
    let fits = |n: Decimal| t.checked_div(n).is_some_and(|q| prints_as(q, m, decimals) || near(q));
    sink.tried();
    // Any number printed may be the count: 每户 of 263 files, 每人 of 12 that a table holds.
    let printed = !m.is_zero()
        && t.checked_div(m).is_some_and(|n| {
            let n = n.round();
            fits(n) && claims.values.binary_search(&n).is_ok()
        });
    if printed || counts.iter().any(|n| fits(*n)) || sink.said(&[mean.span().start, mean.wide().start]) {
        return;
    }
    let half = Decimal::new(5, decimals + 1);
    let own = claims.within(&(doc.blocks[mean.block].body..mean.number.span.start));
    let near = own
        .iter()
        .rev()
        .filter(|c| c.exact() && kin(c) && c.number.value > Decimal::ONE)
        .map(|c| c.number.value);
    let usual = claims.often.iter().filter(|(class, _)| *class == over.class).map(|(_, n)| *n);
    let months = counts.iter().copied().filter(|_| over.class == "月");
    let digits = show(m).replace('.', "").len();
    let slip = |n: Decimal| {
        let Some(q) = t.checked_div(n) else { return false };
        let exact = q.round_dp(decimals);
        let of_mean = digits >= 2 && one_digit_apart(exact, m) && (digits >= 3 || exact == q);
        let of_total = t >= Decimal::ONE_HUNDRED
            && one_digit_into(t, total.number.decimals, ((m - half) * n, (m + half) * n));
        // 12 groups of 6.5 are 78 and not 79.
        let whole = m.checked_mul(n).is_some_and(|w| w.fract().is_zero() && one_digit_apart(w, t));
        of_mean || of_total || whole && t >= Decimal::TEN
    };
    let Some(n) = near.chain(usual).chain(months).find(|n| slip(*n)) else { return };
    let Some(right) = t.checked_div(n) else { return };
    let shown = right.round_dp(decimals.max(2));
    let message = format!("{}÷{}={}，文中为“{}”", show(t), show(n), show(shown), doc.slice(&mean.wide()));
    sink.add(RULE, Severity::Warning, message, (show(m), show(shown)), &[mean.wide(), total.wide()]);
}
