//! A score above its full marks: 社会影响6.4/6, and a row of a table with 分值 6 and 得分 8.5.

use rust_decimal::Decimal;

use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const RULE: &str = "score-parts";
/// Most tables looked at.
const MOST: usize = 40;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for grid in grids(doc, claims).iter().take(MOST) {
        let named = |words: &[&str]| {
            let mut found = (0..grid.columns).filter(|c| {
                let header = grid.header(*c).split('（').next().unwrap_or_default();
                words.contains(&header)
            });
            found.next().filter(|_| found.next().is_none())
        };
        let (Some(full), Some(score)) =
            (named(&["分值", "满分", "标准分"]), named(&["得分", "实得分", "评分"]))
        else {
            continue;
        };
        for row in &grid.rows {
            let (Some(full), Some(score)) = (&row.cells[full], &row.cells[score]) else { continue };
            sink.tried();
            if score.value > full.value && !score.percent && !full.percent {
                let message =
                    format!("“{}”得{}分，超过分值{}分", row.label, show(score.value), show(full.value));
                let said = (show(score.value), format!("不超过{}", show(full.value)));
                let spans = [score.span.clone(), full.span.clone()];
                sink.add(RULE, Severity::Error, message, said, &spans);
            }
        }
    }
    for pair in claims.all.windows(2) {
        of_full(doc, (&pair[0], &pair[1]), sink);
    }
}

/// 分级探访9.0/10: of a list of such.
fn of_full(doc: &Doc, (score, full): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let between = doc.slice(&(score.number.span.end..full.number.span.start.max(score.number.span.end)));
    let plain = |c: &Claim| c.number.unit.is_none() && !c.number.percent && c.number.value > Decimal::ZERO;
    // 6/15 may be a day, and 24/7 all the time: points have a decimal.
    // 50%/86.4/43.2: weight, score and what it makes.
    let chained = doc.text[..score.number.span.start].ends_with('/')
        || doc.text[full.number.span.end..].starts_with('/');
    if between != "/" || chained || !plain(score) || !plain(full) || score.number.decimals == 0 {
        return;
    }
    sink.tried();
    if score.number.value > full.number.value {
        let words = doc.slice(&(score.number.span.start..full.number.span.end));
        let message = format!("“{words}”：得分超过满分");
        let said = (show(score.number.value), format!("不超过{}", show(full.number.value)));
        sink.add(RULE, Severity::Error, message, said, &[score.wide(), full.span()]);
    }
}
