//! An average of which one digit is wrong: the only total and count near by whose quotient it nearly is.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Average;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::doc::Kind;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::{can_be_counted, chinese};
use crate::checks::text::math::{one_digit_apart, one_digit_into};
use crate::checks::text::relations::listing::grids;
use crate::checks::text::relations::quotients::stem;

impl<'a> Average<'a> {
    /// Whether the mean is of a list of its own or of the count right before it: 每站抽查个案档案3份、小组档案2份; 个别8次（每次1小时）、团体8次（每次3小时）;
    /// 1个站点共20000元（每站20000元）.
    pub(super) fn is_one_of_several(&self, i: usize) -> bool {
        let all = &self.claims.all;
        let next = all.get(i + 1).filter(|c| c.class() == self.mean.class() && c.exact());
        let listed = next.is_some_and(|c| {
            let gap =
                self.doc.slice(&(self.mean.number.span.end..c.left.start.max(self.mean.number.span.end)));
            gap == "、" && !self.doc.slice(&c.left).contains(['共', '计'])
        });
        let other = all[..i].iter().rev().take(4).any(|c| {
            let bracketed = c.depth > 0 && self.mean.depth > 0 && c.sentence == self.mean.sentence;
            bracketed
                && c.class() == self.mean.class()
                && self.doc.slice(&c.left) == self.doc.slice(&self.mean.left)
        });
        // 1个站点共20000元（每站20000元）: the count and the total right before the bracket.
        let own = i.checked_sub(2).map(|j| (&all[j], &all[j + 1])).filter(|_| self.mean.depth > 0);
        let bracketed = own.is_some_and(|(n, t)| {
            t.exact()
                && n.exact()
                && t.class() == self.mean.class()
                && self.fits(t.number.value, n.number.value)
        });
        listed || other || bracketed
    }

    /// One digit of the average would make it that of one total of the sentence, else of the largest of its paragraph.
    pub(super) fn slip(
        &self,
        here: &[&'a Claim],
        totals: &[&'a Claim],
        counts: &[&'a Claim],
        named: &[&'a Claim],
        sink: &mut Sink<'_>,
    ) -> bool {
        let largest = totals.iter().filter(|t| t.number.span.start < self.mean.number.span.start);
        let far = self.of_object(counts, named);
        let far = if far.is_empty() {
            largest.max_by_key(|t| t.number.value).copied().into_iter().collect()
        } else {
            far
        };
        let here = whole_of(here);
        let list = if here.is_empty() { &far[..] } else { &here[..] };
        let mut over: Vec<Decimal> = counts.iter().chain(named).map(|c| c.number.value).collect();
        if self.over.class == "月" {
            over.extend([12, 6].map(Decimal::from));
        }
        let Some((total, count)) = mean_slip(self.mean, list, &over) else { return false };
        self.say(total, count, &[], Severity::Warning, sink);
        true
    }

    /// 四站巡访7232户次，站均1808户次: the number of stations that the text speaks of settles it.
    pub(super) fn of_sites(&self, totals: &[&'a Claim], sink: &mut Sink<'_>) -> bool {
        let Some(n) = self.sites else { return false };
        sink.tried();
        if totals.iter().any(|t| self.fits(t.number.value, n)) {
            return true;
        }
        let before = |t: &&&Claim| {
            t.sentence == self.mean.sentence && t.number.span.end <= self.mean.number.span.start
        };
        let Some(total) = totals.iter().rfind(before) else { return false };
        if self.may_be_slip(total, n) {
            self.say(total, n, &[], Severity::Warning, sink);
        }
        true
    }

    /// One digit of the average or of the total would make it the mean over so many.
    pub(super) fn may_be_slip(&self, total: &Claim, n: Decimal) -> bool {
        let m = self.mean.number.value;
        let Some(exact) = total.number.value.checked_div(n) else { return false };
        let half = self.mean.number.scale / Decimal::TWO;
        let (Some(low), Some(high)) = ((m - half).checked_mul(n), (m + half).checked_mul(n)) else {
            return false;
        };
        one_digit_apart(exact.round_dp(self.mean.number.decimals), m)
            || one_digit_into(total.number.value, total.number.decimals, (low, high))
    }

    /// Total and average give a whole number that the text prints: it may be the count.
    pub(super) fn printed(&self, total: &Claim) -> bool {
        if self.over.mean && self.mean.number.value > Decimal::ZERO {
            let Some(n) = total.number.value.checked_div(self.mean.number.value) else { return true };
            let n = n.round();
            return self.fits(total.number.value, n) && self.claims.values.binary_search(&n).is_ok();
        }
        false
    }

    /// Count times average is a printed total.
    pub(super) fn whole_printed(&self, count: &Claim) -> bool {
        let half = self.mean.number.scale / Decimal::TWO;
        let times = |m: Decimal| m.checked_mul(count.number.value);
        match (times(self.mean.number.value - half), times(self.mean.number.value + half)) {
            (Some(low), Some(high)) => self.mean.number.decimals > 0 && self.claims.printed((low, high)),
            _ => true,
        }
    }

    /// 社工人均探访300人次: the largest count of 探访 in the text, unless some count of it explains the average.
    fn of_object(&self, counts: &[&'a Claim], named: &[&'a Claim]) -> Vec<&'a Claim> {
        let left = self.doc.slice(&self.mean.left);
        let object = left.rfind('均').map_or("", |i| &left[i + '均'.len_utf8()..]);
        let object =
            ["开展", "举办", "完成", "服务", "承担"].iter().fold(object, |o, w| o.trim_start_matches(w));
        if object.chars().count() < 2 {
            return Vec::new();
        }
        let of = |c: &&Claim| {
            let words = self.doc.slice(&(c.left.start..c.right.end));
            self.is_total(c) && words.contains(object) && self.doc.blocks[c.block].kind != Kind::Cell
        };
        let found: Vec<&Claim> = self.claims.all.iter().filter(of).take(40).collect();
        let fits = |t: &&Claim| counts.iter().chain(named).any(|n| self.fits(t.number.value, n.number.value));
        if found.iter().any(fits) {
            return Vec::new();
        }
        found.into_iter().max_by_key(|c| c.number.value).into_iter().collect()
    }
}

/// 授课54节：生命教育18节、情绪管理24节、预防欺凌12节: a total whose parts stand beside it is the only total.
fn whole_of<'a>(totals: &[&'a Claim]) -> Vec<&'a Claim> {
    let sum: Decimal = totals.iter().map(|t| t.number.value).sum();
    let whole = totals.iter().find(|t| totals.len() >= 3 && t.number.value * Decimal::TWO == sum);
    whole.map_or_else(|| totals.to_vec(), |w| vec![*w])
}

/// `None` where the average has fewer than two digits, or several totals or counts could be meant.
fn mean_slip<'a>(mean: &Claim, totals: &[&'a Claim], counts: &[Decimal]) -> Option<(&'a Claim, Decimal)> {
    let m = mean.number.value;
    let step = if mean.number.scale > Decimal::ZERO { mean.number.scale } else { Decimal::ONE };
    let digits = m.checked_div(step)?.round().to_string().len();
    if digits < 2 {
        return None;
    }
    let mut found: Vec<(&Claim, Decimal)> = Vec::new();
    for total in totals {
        for count in counts.iter().filter(|c| **c > Decimal::ONE) {
            let exact = total.number.value.checked_div(*count)?;
            let right = exact.checked_div(step)?.round().checked_mul(step)?;
            // Of two digits only a quotient without rest says enough.
            let telling = digits >= 3 || right == exact;
            if telling
                && one_digit_apart(right, m)
                && !found.iter().any(|f| f.1 == *count && f.0.span() == total.span())
            {
                found.push((total, *count));
            }
        }
    }
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Numbers of months that the text gives anywhere: 合同期18个月, 中期6个月.
pub(super) fn months_told(claims: &Claims) -> Vec<&Claim> {
    const MOST: usize = 8;
    let mut seen: Vec<&Claim> = Vec::new();
    let months = claims.all.iter().filter(|c| c.class() == "月" && c.exact());
    for c in months.filter(|c| c.number.value > Decimal::ONE) {
        if seen.len() < MOST && seen.iter().all(|s| s.number.value != c.number.value) {
            seen.push(c);
        }
    }
    seen
}

/// The number of stations named most often by far: 四站, 8站.
pub(super) fn sites_told(doc: &Doc) -> Option<Decimal> {
    const MOST: usize = 400;
    let mut seen: BTreeMap<Decimal, usize> = BTreeMap::new();
    for (at, _) in doc.text.match_indices('站').take(MOST) {
        let before = &doc.text[..at];
        let numeral = |c: char| "两二三四五六七八九十".contains(c);
        let run = before.len() - before.trim_end_matches(|c: char| numeral(c) || c.is_ascii_digit()).len();
        let (lead, number) = before.split_at(before.len() - run);
        if !lead.ends_with(['第', '同', '.', '-'])
            && let Some(n) = number.parse().ok().or_else(|| chinese(number)).filter(can_be_counted)
        {
            *seen.entry(n).or_default() += 1;
        }
    }
    let (n, times) = seen.iter().max_by_key(|s| s.1)?;
    let others: usize = seen.values().sum::<usize>() - times;
    (*times >= 3 && *times > others).then_some(*n)
}

/// 甲站平均每个村居238.9户次: of a row of some table, and not of all.
pub(super) fn of_row(doc: &Doc, claims: &Claims, mean: &Claim) -> bool {
    let left = doc.slice(&mean.left);
    let name = left.find(['平', '每', '均']).map_or("", |at| &left[..at]);
    let names = |label: &str| label.starts_with(name) || stem(label) == Some(name);
    name.chars().count() >= 2
        && grids(doc, claims)
            .iter()
            .take(40)
            .any(|g| g.rows.len() >= 3 && g.rows.iter().take(60).any(|r| names(&r.label)))
}

/// Sums of neighbouring totals in the sentence of an average: 站长18人、社工27人、骨干54人，每站5.5人.
pub(super) fn sums_in(totals: &[&Claim], mean: &Claim) -> Vec<Decimal> {
    let here: Vec<&&Claim> = totals.iter().filter(|t| t.sentence == mean.sentence).take(8).collect();
    let mut out = Vec::new();
    for (i, first) in here.iter().enumerate() {
        let mut sum = first.number.value;
        for t in &here[i + 1..] {
            sum += t.number.value;
            out.push(sum);
        }
    }
    out
}

/// 户均2次 from 户次: a mean of visits drops the household.
pub(super) fn same_kind(total: &str, mean: &str) -> bool {
    total == mean || mean == "次" && matches!(total, "户次" | "人次") || mean == "人" && total == "人次"
}
