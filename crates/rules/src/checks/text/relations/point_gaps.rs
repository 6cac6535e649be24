//! Two rates told with what lies between them: 满意率为89.5%，距90%的目标值尚差0.5个百分点; 目标为100%，实际96.9%，差3.1个百分点. And a share of a named sum of money: 支出112.80
//! 万元，占首期到账经费的94.0%, with 首期款120万元 elsewhere.

use rust_decimal::Decimal;

use super::said::rate_is_not;
use super::told_again::overlap;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart, percent_of, show};

/// Most shares looked up: each reads the whole text.
const MOST: usize = 60;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for three in claims.all.windows(3) {
        let [a, b, gap] = three else { continue };
        let rates = [a, b].iter().all(|c| c.number.percent && !c.number.vague && c.segment == gap.segment);
        let left = doc.slice(&gap.left);
        let differs = ["差", "尚差", "还差", "相差"].iter().any(|w| left.ends_with(w));
        let before = doc.slice(&(a.number.span.end..b.number.span.start));
        let beside = doc.slice(&(b.number.span.end..gap.number.span.start));
        let against = before.ends_with('距')
            || before.ends_with("距离")
            || before.contains("实际")
            || before.contains("目标");
        let plain = before.chars().count() <= 10 && beside.chars().count() <= 10;
        if rates && gap.class() == "点" && gap.exact() && differs && against && plain {
            held(doc, (a, b, gap), sink);
        }
    }
    let shares = claims.all.iter().enumerate().filter(|(_, c)| {
        c.number.percent
            && !c.number.vague
            && c.number.decimals > 0
            && doc.blocks[c.block].kind == Kind::Paragraph
    });
    let of = shares.filter_map(|(i, c)| Some((i, c, whole_named(doc, c)?)));
    for (i, share, whole) in of.take(MOST) {
        of_money(doc, claims, (i, share), whole, sink);
    }
}

fn held(doc: &Doc, (a, b, gap): (&Claim, &Claim, &Claim), sink: &mut Sink<'_>) {
    let (x, y, said) = (a.number.value, b.number.value, gap.number.value);
    let apart = (x - y).abs();
    let slip = one_digit_apart(apart, said)
        || [(x, y), (y, x)]
            .iter()
            .any(|(v, w)| [*w + said, *w - said].iter().any(|t| one_digit_apart(*t, *v)));
    sink.tried();
    if apart == said || !slip || sink.said(&[gap.wide().start, gap.span().start]) {
        return;
    }
    let message =
        format!("{}%与{}%相差{}，文中为“{}”", show(x), show(y), show(apart), doc.slice(&gap.wide()));
    let spans = [gap.wide(), a.wide(), b.wide()];
    sink.add("difference", Severity::Error, message, (show(said), show(apart)), &spans);
}

/// 占首期到账经费的: the name of a whole.
fn whole_named<'a>(doc: &'a Doc, c: &Claim) -> Option<&'a str> {
    let left = doc.slice(&c.left);
    let named = left.strip_prefix('占').and_then(|w| w.strip_suffix('的'));
    named.filter(|w| {
        (3..=9).contains(&w.chars().count())
            && ["经费", "预算", "款", "资金", "金额", "支出"].iter().any(|e| w.ends_with(e))
    })
}

fn of_money(doc: &Doc, claims: &Claims, (i, share): (usize, &Claim), whole: &str, sink: &mut Sink<'_>) {
    let before = claims.all[..i].iter().rev().take(4);
    let Some(part) = before
        .filter(|c| c.segment == share.segment || c.sentence == share.sentence)
        .find(|c| c.class() == "元" && c.exact())
    else {
        return;
    };
    let (p, decimals, a) = (share.number.value, share.number.decimals, part.number.value);
    let money = || {
        claims
            .all
            .iter()
            .filter(|c| c.class() == "元" && c.exact() && c.number.value >= a && c.span() != part.span())
    };
    sink.tried();
    if claims.values.iter().filter(|v| **v >= a).any(|w| is_share(p, decimals, a, *w)) {
        return;
    }
    let named = |c: &&Claim| overlap(doc.slice(&c.left), whole);
    let slip = |c: &&Claim| {
        percent_of(a, c.number.value).is_some_and(|right| one_digit_apart(right.round_dp(decimals), p))
    };
    let slips: Vec<&Claim> = money().filter(named).filter(slip).collect();
    let one = slips.first().filter(|f| slips.iter().all(|c| c.number.value == f.number.value));
    if let Some(whole) = one.filter(|_| !sink.said(&[share.wide().start, share.span().start])) {
        rate_is_not(doc, sink, share, &[part, whole], whole.number.value);
    }
}

/// What is due of the noun of a row, told for each of so many: 每名社工个案8个、社区活动12场, with 160 and 240 planned in the table.
pub(super) fn each_of_rows(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph && doc.slice(&b.span).contains('每'))
    {
        for part in doc.pieces(block.body..block.span.end, &['。', '；']) {
            let here = claims.within(&part);
            let words = doc.slice(&part);
            let list =
                words.rfind('每').filter(|_| words.matches('每').count() == 1).map(|at| part.start + at);
            let list: Vec<&Claim> =
                here.iter().filter(|c| list.is_some_and(|at| c.number.span.start > at)).collect();
            if list.len() >= 3 && list.iter().all(|c| c.exact() && !c.number.percent) {
                planned(doc, claims, &list, sink);
            }
        }
    }
}

/// Each of a list and the planned cell of its row: all but one are so many times.
fn planned(doc: &Doc, claims: &Claims, list: &[&Claim], sink: &mut Sink<'_>) {
    let bare = |label: &str| label.split('（').next().unwrap_or_default().to_owned();
    for grid in super::listing::grids(doc, claims).iter().take(MOST) {
        let Some(column) = (1..grid.columns)
            .find(|k| super::grid::is_target(grid.header(*k)) || grid.header(*k).contains("计划"))
        else {
            continue;
        };
        let cell = |c: &Claim| {
            let left = doc.slice(&c.left);
            let tail = |label: &str| {
                (2..=4).any(|n| {
                    let from = left.char_indices().rev().nth(n - 1).map(|(i, _)| &left[i..]);
                    from.is_some_and(|words| label.starts_with(words))
                })
            };
            let of = |r: &&super::grid::Row| {
                let label = bare(&r.label);
                !r.total && label.chars().count() >= 2 && (left.ends_with(&label) || tail(&label))
            };
            let row = grid.rows.iter().find(of)?;
            row.cells[column].clone()
        };
        let pairs: Vec<(&Claim, super::grid::Value)> =
            list.iter().filter_map(|c| Some((*c, cell(c)?))).collect();
        if pairs.len() < 3 || pairs.len() != list.len() {
            continue;
        }
        let times = |(c, v): &(&Claim, super::grid::Value)| {
            v.value.checked_div(c.number.value).filter(|n| n.fract().is_zero())
        };
        let mut all: Vec<Decimal> = pairs.iter().filter_map(times).collect();
        all.sort_unstable();
        let n = all.windows(2).find(|w| w[0] == w[1] && w[0] > Decimal::ONE).map(|w| w[0]);
        let Some(n) = n.filter(|n| all.iter().filter(|m| *m == n).count() + 1 >= pairs.len()) else {
            continue;
        };
        sink.tried();
        for (c, v) in pairs.iter().filter(|p| times(p) != Some(n)) {
            let right = v.value / n;
            if one_digit_apart(right, c.number.value) || one_digit_apart(c.number.value * n, v.value) {
                let message = format!(
                    "{}×{}={}，表格中为{}",
                    show(c.number.value),
                    show(n),
                    show(c.number.value * n),
                    show(v.value)
                );
                sink.add(
                    "average",
                    Severity::Warning,
                    message,
                    (show(c.number.value), show(right)),
                    &[c.wide(), v.span.clone()],
                );
            }
        }
        return;
    }
}
