//! So many for each, and all of them: 每站30名，8个站共240名; 48万元（每校12万元）; 按每站30名的标准抽取240名. The two make a whole number of sites, and
//! that is the number the text or a table gives.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};

const RULE: &str = "average";
const SITES: &[&str] = &[
    "每站",
    "每个站",
    "每个站点",
    "每校",
    "每所学校",
    "每镇",
    "每乡",
    "每个社区",
    "每村",
    "每街道",
    "每家机构",
];
/// Most sites a text may speak of.
const MOST: i64 = 60;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut counts: Option<BTreeSet<Decimal>> = None;
    for pair in claims.all.windows(2) {
        let [a, b] = pair else { continue };
        let asked = |c: &Claim| matches!(c.class(), "人" | "份");
        let same = a.class() == b.class() || asked(a) && asked(b);
        let kin = a.exact() && b.exact() && same && !a.class().is_empty();
        if !kin || a.segment != b.segment || doc.blocks[a.block].kind == Kind::Cell {
            continue;
        }
        // 每站30名, 每站随机抽取50份.
        let each = |c: &Claim| {
            let left = doc.slice(&c.left);
            SITES.iter().any(|w| left.rsplit_once(w).is_some_and(|(_, verb)| verb.chars().count() <= 4))
        };
        let gap = doc.slice(&(a.number.span.end..b.number.span.start));
        let standard = each(a)
            && ["标准抽取", "标准随机抽取", "，共抽取", "，共", "站共", "站共计", "站合计"]
                .iter()
                .any(|w| gap.ends_with(w));
        let bracket = each(b) && gap.ends_with(doc.slice(&b.left)) && gap.starts_with('（');
        // 1个站点共0.5万元（每站0.5万元）: how many there are stands before.
        let told = |c: &Claim| {
            let before = claims.within(&(c.segment.start..c.left.start));
            before.last().is_some_and(|n| n.exact() && n.number.value * b.number.value == a.number.value)
        };
        if bracket && told(a) {
            continue;
        }
        let (one, all) = match (standard, bracket) {
            (true, _) => (a, b),
            (_, true) => (b, a),
            _ => continue,
        };
        let known = counts.get_or_insert_with(|| sites(doc, claims));
        judge(doc, (one, all), known, sink);
    }
}

/// How many sites the text and the rows of its tables give.
fn sites(doc: &Doc, claims: &Claims) -> BTreeSet<Decimal> {
    let most = Decimal::from(MOST);
    let told = claims.all.iter().filter(|c| {
        c.exact()
            && c.number.value <= most
            && matches!(c.class(), "个" | "家" | "所" | "站" | "片")
            && c.number.value > Decimal::ONE
    });
    let rows = grids(doc, claims)
        .iter()
        .map(|g| Decimal::from(g.rows.iter().filter(|r| !r.total && !r.mean).count()));
    told.map(|c| c.number.value).chain(rows.filter(|n| *n > Decimal::ONE)).collect()
}

fn judge(doc: &Doc, (one, all): (&Claim, &Claim), known: &BTreeSet<Decimal>, sink: &mut Sink<'_>) {
    let (m, total) = (one.number.value, all.number.value);
    let Some(n) = total.checked_div(m) else { return };
    sink.tried();
    if known.contains(&n) || known.is_empty() {
        return;
    }
    let slip = known.iter().find(|n| {
        let right = **n * m;
        let each = total / **n;
        one_digit_apart(right, total)
            || one_digit_apart(each.round_dp(one.number.decimals), m) && (each * **n == total)
    });
    let Some(n) = slip else { return };
    let right = *n * m;
    let message = format!("{}×{}={}，文中为“{}”", show(m), show(*n), show(right), doc.slice(&all.wide()));
    sink.add(RULE, Severity::Warning, message, (show(total), show(right)), &[one.wide(), all.wide()]);
}
