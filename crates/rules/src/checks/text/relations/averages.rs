//! Averages: 平均每节8.6人次, 人均4次, 站均45场, 月均6480人次, 每个小组6节. The total and the number it is divided by may
//! stand in the sentence, in its paragraph or, when named (每名访员: 8名访员), anywhere; what any of them explains is left
//! alone.

mod slip;
mod usual;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use self::slip::{same_kind, sums_in};
use super::each::{MONTHS, Over, over};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{prints_as, show};
use crate::checks::text::words::has_any;

const AVERAGE: &str = "average";
/// Claims looked at on each side of an average.
const NEAR: usize = 24;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let (counted, months) = (usual::counted_nouns(doc, claims), slip::months_told(claims));
    let sites = slip::sites_told(doc);
    for (i, mean) in claims.all.iter().enumerate() {
        if doc.blocks[mean.block].kind == Kind::Cell
            || mean.number.percent
            || mean.target
            || mean.class().is_empty()
            // 每位老人筛查1次: a rule, and no mean.
            || mean.number.value == Decimal::ONE && !doc.slice(&mean.left).contains("均")
            // 每组6节的18个: what kind of group.
            || doc.slice(&mean.right).starts_with('的')
            // 六人直接平均是88.2分，仅供参考: another mean than that of the rule.
            || doc.slice(&mean.left).contains("直接平均")
            || mean.class() == "元" && doc.slice(&mean.left).starts_with("每年")
        {
            continue;
        }
        if let Some(over) = over(doc.slice(&mean.left)).filter(|o| o.mean || !mean.number.vague) {
            Average { doc, claims, mean, over, counted: &counted, months: &months, sites }.judge(i, sink);
        }
    }
}

struct Average<'a> {
    doc: &'a Doc,
    claims: &'a Claims,
    mean: &'a Claim,
    over: Over,
    counted: &'a BTreeMap<&'a str, Vec<&'a Claim>>,
    /// Numbers of months told anywhere.
    months: &'a [&'a Claim],
    /// How many stations the text speaks of: 四站.
    sites: Option<Decimal>,
}

impl<'a> Average<'a> {
    fn judge(&self, i: usize, sink: &mut Sink<'_>) {
        let all = &self.claims.all;
        if self.is_one_of_several(i) {
            return;
        }
        let near = &all[i.saturating_sub(NEAR)..(i + NEAR / 2).min(all.len())];
        let own = |c: &&Claim| c.block == self.mean.block;
        let before =
            |c: &&Claim| c.block + 1 == self.mean.block && self.doc.blocks[c.block].kind == Kind::Paragraph;
        let block: Vec<&Claim> = near.iter().filter(own).collect();
        let wide: Vec<&Claim> = near.iter().filter(|c| own(c) || before(c)).collect();
        let here: Vec<&Claim> = block.iter().copied().filter(|c| c.sentence == self.mean.sentence).collect();
        let totals: Vec<&Claim> = block
            .iter()
            .copied()
            .filter(|c| self.is_total(c) && c.number.value != self.mean.number.value)
            .collect();
        if self.over.class == "站" && self.of_sites(&totals, sink) {
            return;
        }
        let stated = totals.iter().any(|c| c.sentence == self.mean.sentence);
        if !stated && slip::of_row(self.doc, self.claims, self.mean) {
            return;
        }
        let counts: Vec<&Claim> = wide.iter().copied().filter(|c| self.is_count(c)).collect();
        let mut named = self.named();
        named.retain(|c| self.over.mean || c.block == self.mean.block);
        if totals.is_empty() || counts.is_empty() && named.is_empty() && self.over.class != "月" {
            return self.of_usual(&totals, sink);
        }
        sink.tried();
        let sums = sums_in(&totals, self.mean);
        // 上半年17场，下半年19场，全年2304人次，场均64.0人次: over all of them.
        let counted = sums_in(&counts, self.mean);
        let together = counted.iter().any(|n| totals.iter().any(|t| self.fits(t.number.value, *n)));
        let summed = together
            || sums.iter().any(|t| counts.iter().chain(&named).any(|n| self.fits(*t, n.number.value)));
        // 对象最少，仅228人…，每名114人: the least of all may be what the mean is of.
        let extreme = block.iter().filter(|c| self.may_be_total(c) && self.is_extreme(c));
        let of_one =
            extreme.take(4).any(|t| counts.iter().any(|n| self.fits(t.number.value, n.number.value)));
        let explained = summed
            || of_one
            || totals.iter().any(|t| {
                counts.iter().chain(&named).any(|n| self.fits(t.number.value, n.number.value))
                    || self
                        .months()
                        .iter()
                        .chain(if self.over.class == "月" { &[6, 12][..] } else { &[] })
                        .any(|n| self.fits(t.number.value, Decimal::from(*n)))
                    || !counts.iter().any(|c| c.sentence == self.mean.sentence)
                        && named.is_empty()
                        && self.printed(t)
            });
        // 由278人增加到436人；累计15260小时，人均35小时: what it grew to is another period's by its words only.
        let grown = block
            .iter()
            .filter(|c| c.class() == self.over.class && c.exact() && c.number.value > Decimal::ONE);
        let grown =
            grown.take(NEAR).any(|n| totals.iter().any(|t| self.fits(t.number.value, n.number.value)));
        if grown || explained || !stated && named.iter().chain(&counts).any(|n| self.whole_printed(n)) {
            return;
        }
        self.report(&here, &totals, &counts, &named, sink);
    }

    /// The total nearest to the average and the count it must be over.
    fn report(
        &self,
        here: &[&'a Claim],
        totals: &[&'a Claim],
        counts: &[&'a Claim],
        named: &[&'a Claim],
        sink: &mut Sink<'_>,
    ) {
        let in_sentence = |c: &&&Claim| here.iter().any(|h| h.span() == c.span());
        let before = |c: &Claim| c.number.span.start < self.mean.number.span.start;
        let local = |list: &[&'a Claim]| -> Vec<&'a Claim> {
            let found: Vec<&Claim> = list.iter().filter(in_sentence).copied().collect();
            if found.iter().any(|c| before(c)) {
                return found.into_iter().filter(|c| before(c)).collect();
            }
            // 每个小组6节，共48节: what follows counts only where it says so, or is what each one is of.
            let says = |c: &&Claim| {
                // 平均每个社区53.83户，其中新市片区合计215户.
                let end = self.mean.number.span.end;
                let some = self.doc.slice(&(end..c.number.span.start.max(end))).contains("其中");
                !some
                    && (!same_kind(c.class(), self.mean.class())
                        || self.doc.slice(&c.left).contains(['共', '总', '计']))
            };
            found.into_iter().filter(says).collect()
        };
        let local_totals = local(totals);
        // 探访1570人次（上门1142人次，电话428人次），平均每户…: of all of them.
        let sum: Decimal = local_totals.iter().map(|c| c.number.value).sum();
        if local_totals.len() != 1 && self.slip(&local_totals, totals, counts, named, sink) {
            return;
        }
        let total = match local_totals.as_slice() {
            [all, .., _] if local_totals.len() > 2 && all.number.value * Decimal::TWO == sum => *all,
            [.., last] => *last,
            [] => match totals {
                [only] if before(only) => *only,
                _ => return,
            },
        };
        if let Some(months) = self.months().first().filter(|_| counts.is_empty()) {
            return self.say(total, Decimal::from(*months), &[], Severity::Error, sink);
        }
        if counts.is_empty() && self.over.class == "月" {
            let words = self.doc.slice(&(self.mean.segment.start..self.mean.number.span.start));
            let year = words.rsplit(['，', '。']).next().is_some_and(|w| w.contains("全年"));
            let known = if year { &[12][..] } else { &[12, 6, 3, 9][..] };
            let mut months = known.iter().map(|n| Decimal::from(*n));
            if months.clone().any(|n| self.fits(total.number.value, n)) {
                return;
            }
            let months = months.find(|n| self.nearly(total.number.value, *n));
            return months.map_or((), |n| self.say(total, n, &[], Severity::Warning, sink));
        }
        let here_counts = local(counts);
        let Some((count, sure)) = self.count_of(total, &here_counts, counts, named) else {
            let all: Decimal = here_counts.iter().map(|c| c.number.value).sum();
            // 个别督导72次、团体督导12次，合计84次: with their own sum they are no list.
            let summed =
                here_counts.windows(3).any(|w| w[0].number.value + w[1].number.value == w[2].number.value);
            if here_counts.len() >= 2 && !summed && self.may_be_slip(total, all) {
                self.say(total, all, &[], Severity::Warning, sink);
            } else if here_counts.is_empty() && counts.len() != 1 {
                self.usual(total, sink);
            }
            return;
        };
        if count.span() != total.span() {
            let severity =
                if sure && count.block == self.mean.block { Severity::Error } else { Severity::Warning };
            self.say(total, count.number.value, &[count.wide()], severity, sink);
        }
    }

    /// The count that the average must be over, and whether words or place make it sure.
    fn count_of(
        &self,
        total: &Claim,
        here: &[&'a Claim],
        counts: &[&'a Claim],
        named: &[&'a Claim],
    ) -> Option<(&'a Claim, bool)> {
        let guess = |list: &[&'a Claim]| {
            let near = |c: &&&Claim| self.nearly(total.number.value, c.number.value);
            let mut found = list.iter().filter(near);
            let one = *found.next()?;
            found.all(|c| c.number.value == one.number.value).then_some((one, false))
        };
        let with_noun = here.iter().rfind(|c| self.has_noun(c));
        match (with_noun, here, named) {
            (Some(one), _, _) => Some((*one, true)),
            (None, [one], []) => Some((*one, true)),
            (None, [_, _, ..], []) if guess(here).is_some() => guess(here),
            (None, _, [one]) => Some((*one, true)),
            (None, [_, .., _], []) if self.over.noun.is_empty() && self.over.mean => {
                let mut slips = here.iter().filter(|c| self.may_be_slip(total, c.number.value));
                slips.next().filter(|_| slips.next().is_none()).map(|c| (*c, false))
            }
            (None, [], _) => match counts {
                [only] if matches!(self.over.class, "人" | "户" | "节" | "次") => Some((*only, false)),
                list => guess(list).or_else(|| guess(named)),
            },
            _ => None,
        }
    }

    fn say(
        &self,
        total: &Claim,
        count: Decimal,
        place: &[std::ops::Range<usize>],
        severity: Severity,
        sink: &mut Sink<'_>,
    ) {
        let Some(right) = total.number.value.checked_div(count) else { return };
        let shown = right.round_dp(self.mean.number.decimals.max(2));
        let message = format!(
            "{}÷{}={}，文中为“{}”",
            show(total.number.value),
            show(count),
            show(shown),
            self.doc.slice(&self.mean.wide())
        );
        let said = (show(self.mean.number.value), show(shown));
        sink.add(AVERAGE, severity, message, said, &[&[self.mean.wide(), total.wide()], place].concat());
    }

    fn fits(&self, total: Decimal, count: Decimal) -> bool {
        let Some(exact) = total.checked_div(count) else { return false };
        // 按登记人数平均，每人33.1小时: printed with a decimal it is a mean all the same.
        if !self.over.mean && !self.mean.number.vague && self.mean.number.decimals == 0 {
            return exact == self.mean.number.value;
        }
        let (m, decimals) = (self.mean.number.value, self.mean.number.decimals);
        let slack = if self.mean.number.vague { self.mean.number.scale } else { Decimal::ZERO };
        let coarse = self.mean.number.scale > Decimal::ONE
            && (exact - m).abs() <= self.mean.number.scale / Decimal::TWO;
        prints_as(exact, m, decimals) || coarse || !slack.is_zero() && (exact - m).abs() <= slack
    }

    /// The quotient is so close to the average that one digit of it may be wrong.
    fn nearly(&self, total: Decimal, count: Decimal) -> bool {
        let (m, Some(exact)) = (self.mean.number.value, total.checked_div(count)) else { return false };
        let apart = (exact - m).abs();
        apart <= m * Decimal::new(15, 2) || exact.fract().is_zero() && apart <= self.mean.number.scale
    }

    /// A total counts what the average counts, and is no average itself.
    fn is_total(&self, c: &Claim) -> bool {
        self.may_be_total(c) && !self.is_extreme(c)
    }

    fn may_be_total(&self, c: &Claim) -> bool {
        let end = c.number.span.end;
        let gap = self.doc.slice(&(end..self.mean.left.start.max(end)));
        let beside = gap.ends_with('（') && gap.chars().count() <= 6;
        // 分别为52、48、46、44、40小时: one of a list. 3月至6月14人: as many in a month.
        let listed = c.is_in_bare_list(self.doc);
        // 满意4分、一般3分: what an answer counts.
        let scale = c.class() == "分" && self.doc.slice(&c.left).ends_with("满意");
        !listed
            && !scale
            && !self.doc.slice(&c.left).ends_with('月')
            && c.exact()
            && c.span() != self.mean.span()
            && (!c.target || beside)
            && !c.other_period
            && c.number.value >= self.mean.number.value
            // 51.1人次 is a mean, whatever stands before it.
            && (c.number.decimals == 0 || matches!(c.class(), "元" | "小时" | "分" | "天" | "年" | "平方米"))
            && (same_kind(c.class(), self.mean.class()) || self.is_noun_of_mean(c))
            && !c.is_mean(self.doc)
    }

    /// 累计培训课时648个，场均24个课时: counted by a measure word, with the mean's unit before it.
    fn is_noun_of_mean(&self, c: &Claim) -> bool {
        let word = self.mean.number.unit.map_or("", |u| u.word.trim_start_matches('个'));
        word.chars().count() >= 2 && c.class() == "个" && self.doc.slice(&c.left).ends_with(word)
    }

    /// 走访最多的是沿江站，1020户次: of one, and no total.
    fn is_extreme(&self, c: &Claim) -> bool {
        let words = self.doc.slice(&(c.segment.start..c.number.span.start));
        let words = words.rfind('。').map_or(words, |i| &words[i..]);
        has_any(words, &["最多", "最少", "最高", "最低", "最大", "最小"])
    }

    fn is_count(&self, c: &Claim) -> bool {
        let class = self.over.class;
        let site = class == "站"
            && matches!(c.class(), "个" | "家")
            && self.doc.slice(&c.right).chars().take(7).any(|c| c == '站')
            && !self.doc.text[..c.left.start].ends_with('、');
        let visits = class == "人"
            && c.class() == "人次"
            && self.over.noun.is_empty()
            && c.segment == self.mean.segment;
        let case = class == "案"
            && matches!(c.class(), "个" | "人" | "例")
            && self.doc.slice(&(c.left.start..c.right.end)).contains('案');
        let same = c.class() == class || site || visits || case;
        same && c.exact()
            && c.span() != self.mean.span()
            && c.number.value > Decimal::ONE
            && !c.other_period
            && !c.is_mean(self.doc)
    }

    fn has_noun(&self, c: &Claim) -> bool {
        let noun = self.over.noun.as_str();
        let (left, right) = (self.doc.slice(&c.left), self.doc.slice(&c.right));
        !noun.is_empty()
            && (!right.is_empty() && noun.starts_with(right)
                || right.starts_with(noun)
                || right.ends_with(noun)
                || left.ends_with(noun)
                || left.chars().count() >= 2 && noun.starts_with(left.trim_start_matches("开展")))
    }

    /// Counts anywhere in the text whose noun the average names.
    fn named(&self) -> Vec<&'a Claim> {
        let noun = if self.over.class == "站" { "站" } else { self.over.noun.as_str() };
        if self.over.class == "月" {
            return self.months.to_vec();
        }
        if noun.is_empty() {
            return Vec::new();
        }
        let site = self.over.class == "站";
        let start: String = noun.chars().take(2).collect();
        let mut out: Vec<&Claim> = Vec::new();
        if site {
            let sites = self.counted.iter().filter(|(k, _)| k.chars().take(7).any(|c| c == '站'));
            out.extend(sites.take(60).flat_map(|(_, list)| list).filter(|c| self.is_count(c)));
        } else if start.chars().count() >= 2 {
            let keys =
                self.counted.range(start.as_str()..).take_while(|(k, _)| k.starts_with(&start)).take(40);
            out.extend(keys.flat_map(|(_, list)| list).filter(|c| self.is_count(c)));
        }
        let mut seen: BTreeMap<Decimal, Vec<&Claim>> = BTreeMap::new();
        for c in out {
            seen.entry(c.number.value).or_default().push(c);
        }
        let single = seen.len() == 1;
        let usual = seen.values().max_by_key(|l| l.len()).filter(|l| single || l.len() >= 2).map(|l| l[0]);
        match usual {
            Some(usual) if single || self.over.class == "站" => vec![usual],
            _ => seen.values().map(|l| l[0]).collect(),
        }
    }

    /// Months of a period said in the paragraph: 1-8月, 半年, 全年.
    fn months(&self) -> Vec<u32> {
        let words = self.doc.slice(&self.doc.blocks[self.mean.block].span);
        let mut out = Vec::new();
        if self.over.class != "月" {
            return out;
        }
        if let Some(pattern) = MONTHS.as_ref() {
            for found in pattern.captures_iter(words).take(6) {
                let (a, b) = (found[1].parse::<u32>().unwrap_or(0), found[2].parse::<u32>().unwrap_or(0));
                out.extend((b + 1).checked_sub(a));
            }
        }
        out
    }
}
