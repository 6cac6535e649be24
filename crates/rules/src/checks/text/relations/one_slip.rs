//! Whether one slip of the pen explains that a printed quotient is not that of the numbers beside it, and rows of numbers parted by 、.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::lex::Number;
use crate::checks::text::math::{mistaken, one_digit_into, prints_as};

/// A printed quotient and the numbers it is of: 100 × 14 ÷ 240 = 5.83%.
pub(super) struct Quotient<'a> {
    pub(super) of: &'a Number,
    pub(super) over: &'a Number,
    pub(super) printed: &'a Number,
    /// A hundred for a percent.
    pub(super) times: Decimal,
}

impl Quotient<'_> {
    pub(super) fn right(&self) -> Option<Decimal> {
        self.of.value.checked_mul(self.times)?.checked_div(self.over.value)
    }

    /// 84.00万元 ÷ 8 = 10.50万元: in the unit that is printed.
    fn unit(&self) -> Decimal {
        let plain = Decimal::new(1, self.printed.decimals);
        self.printed.scale.checked_div(plain).filter(|u| *u > Decimal::ZERO).unwrap_or(Decimal::ONE)
    }

    pub(super) fn fits(&self) -> bool {
        let unit = self.unit();
        self.right().is_some_and(|r| prints_as(r / unit, self.printed.value / unit, self.printed.decimals))
    }

    /// The quotient as it should have been printed.
    pub(super) fn shown(&self) -> Option<Decimal> {
        let way = RoundingStrategy::MidpointAwayFromZero;
        let unit = self.unit();
        self.right().map(|r| (r / unit).round_dp_with_strategy(self.printed.decimals, way) * unit)
    }

    /// Its digits changed round or one of them wrong.
    pub(super) fn is_misprinted(&self) -> bool {
        let unit = self.unit();
        self.shown()
            .is_some_and(|s| mistaken((s / unit).normalize(), (self.printed.value / unit).normalize()))
    }

    /// The same of the number that is divided, or of the one it is divided by.
    pub(super) fn is_of_misprinted(&self) -> bool {
        let half = self.printed.scale / Decimal::TWO;
        let (low, high) = (self.printed.value - half, self.printed.value + half);
        let over = |p: Decimal| p.checked_mul(self.over.value)?.checked_div(self.times);
        let of = |p: Decimal| self.of.value.checked_mul(self.times)?.checked_div(p);
        let (a, b) = (self.of, self.over);
        over(low).zip(over(high)).is_some_and(|r| one_digit_into(a.value, a.decimals, r))
            || of(high).zip(of(low)).is_some_and(|r| one_digit_into(b.value, b.decimals, r))
    }
}

/// How many numbers of one unit stand in a row from here, parted by 、 and what they count: 江埠62人、柳浦48人.
pub(super) fn row_len(doc: &Doc, here: &[Claim]) -> usize {
    let Some(first) = here.first().filter(|c| !c.number.vague && !c.class().is_empty()) else { return 0 };
    let joined = |w: &[Claim]| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start.max(w[0].number.span.end)));
        let parted = gap.contains('、') || gap.is_empty();
        !w[1].number.vague
            && w[1].class() == first.class()
            && w[1].depth == first.depth
            && parted
            && !gap.contains(['，', '。', '；', '：'])
            && gap.chars().count() <= 24
    };
    1 + here.windows(2).take_while(|w| joined(w)).count()
}

/// The rows of at least so many numbers in a sentence, in order.
pub(super) fn rows<'a>(doc: &Doc, here: &'a [Claim], least: usize) -> Vec<&'a [Claim]> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < here.len() {
        let n = row_len(doc, &here[at..]).max(1);
        if n >= least {
            out.push(&here[at..at + n]);
        }
        at += n;
    }
    out
}

pub(super) fn sum(row: &[Claim]) -> Decimal {
    row.iter().map(|c| c.number.value).sum()
}

/// Whether one slip in some numbers, or in what they should add up to, keeps them from it.
pub(super) fn sum_slips(row: &[Claim], told: Decimal) -> bool {
    let all = sum(row);
    let apart = told - all;
    mistaken(told.normalize(), all.normalize())
        || row.iter().any(|c| {
            let right = c.number.value + apart;
            right > Decimal::ZERO
                && c.number.value >= Decimal::TEN
                && mistaken(c.number.value.normalize(), right.normalize())
        })
}
