//! A whole told in two units, and its parts in the same two: 培训13次、累计61.5学时，其中内训8次24学时，外训5次37.5学时. Where the parts make
//! the whole in one unit they make it in the other.

use rust_decimal::Decimal;

use super::parts::compare;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::one_digit_apart;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, pair) in claims.all.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let usable = |c: &Claim| c.exact() && !c.class().is_empty() && !c.is_mean(doc);
        if a.sentence != b.sentence || a.class() == b.class() || !usable(a) || !usable(b) {
            continue;
        }
        if doc.blocks[a.block].kind == Kind::Cell {
            continue;
        }
        let rest = &claims.all[i + 2..];
        let led = rest.first().is_some_and(|c| {
            c.sentence == a.sentence && doc.slice(&(b.number.span.end..c.number.span.start)).contains("其中")
        });
        if !led {
            continue;
        }
        let parts: Vec<&[Claim]> = rest
            .chunks_exact(2)
            .take(20)
            .take_while(|p| {
                p[0].class() == a.class()
                    && p[1].class() == b.class()
                    && p.iter().all(|c| usable(c) && c.sentence == a.sentence && c.depth == a.depth)
            })
            .collect();
        if parts.len() >= 2 {
            judge(doc, (a, b), &parts, sink);
        }
    }
}

fn judge(doc: &Doc, (a, b): (&Claim, &Claim), parts: &[&[Claim]], sink: &mut Sink<'_>) {
    let column = |k: usize| -> Vec<&Claim> { parts.iter().map(|p| &p[k]).collect() };
    let sum = |list: &[&Claim]| list.iter().map(|c| c.number.value).sum::<Decimal>();
    let (first, second) = (column(0), column(1));
    sink.tried();
    let fits = (sum(&first) == a.number.value, sum(&second) == b.number.value);
    let (whole, list) = match fits {
        (true, false) => (b, second),
        (false, true) => (a, first),
        _ => return,
    };
    let apart = whole.number.value - sum(&list);
    let slip = one_digit_apart(sum(&list), whole.number.value)
        || list.iter().any(|c| one_digit_apart(c.number.value, c.number.value + apart));
    if slip {
        compare(doc, whole, &list, Severity::Error, sink);
    }
}
