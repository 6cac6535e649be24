//! From the file to the scheme: everything that is wrong is said at once, with file, line and remedy.
//! The items are in `items`, grades, vetoes, deductions and bonuses in `grades`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use kernel::{Problem, trimmed};
use rust_decimal::Decimal;
use toml::Spanned;

use super::raw::{RawAggregation, RawParty, RawRounding, RawScheme};
use super::{Aggregation, Averaging, Party, Rounding, Scheme, ScoredBy, Silence, Stage};
use crate::scoring::source::{Number, Source, nearest};

/// Decimals and size beyond which sums could leave the 28 digits of a decimal; no scheme comes near.
const MOST_DECIMALS: u32 = 4;
const LARGEST: Decimal = Decimal::ONE_THOUSAND;

/// The scheme, or all that is wrong with it.
pub(super) fn checked(source: Source<'_>, known: Vec<&str>, raw: RawScheme) -> Result<Scheme, Vec<Problem>> {
    let mut check = Check { source, known, problems: Vec::new() };
    let rounding = check.rounding(raw.rounding);
    let full = check.full(raw.full.as_ref());
    let grades = check.grades(raw.grade, full);
    let aggregation = check.aggregation(raw.aggregation);
    let parties = check.parties(raw.party, full);
    let panel = parties.iter().find(|party| party.by == ScoredBy::Panel);
    let out_of = panel.map_or(Decimal::ONE_HUNDRED, |party| party.out_of);
    let scheme = Scheme {
        code: raw.code,
        version: raw.version,
        name: raw.name,
        note: raw.note,
        full,
        aggregation,
        sections: check.sections(raw.section, out_of),
        experts_named: raw.experts_named.unwrap_or(true),
        feedback_days: check.days("feedback_days", "反馈期限", raw.feedback_days).unwrap_or(7),
        receipt_days: check.days("receipt_days", "签收和转交的期限", raw.receipt_days),
        silence: check.silence(raw.silence.as_ref()),
        route: check.route(raw.route, &parties),
        parties,
        vetoes: check.vetoes(raw.veto, &grades),
        deductions: check.deductions(raw.deduction, &rounding),
        bonuses: check.bonuses(raw.bonus, &rounding),
        rounding,
        grades,
    };
    if check.problems.is_empty() { Ok(scheme) } else { Err(check.problems) }
}

/// The file, the figures that exist, and the problems so far.
pub(super) struct Check<'a> {
    pub(super) source: Source<'a>,
    pub(super) known: Vec<&'a str>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn rounding(&mut self, raw: RawRounding) -> Rounding {
        for places in [&raw.decimals, &raw.entry_decimals] {
            if *places.get_ref() > MOST_DECIMALS {
                let what = format!("保留 {} 位小数太多", places.get_ref());
                self.refuse(
                    "too_many_decimals",
                    &places.span(),
                    what,
                    format!("写 0 到 {MOST_DECIMALS} 之间的整数。"),
                );
            }
        }
        let at: Vec<Stage> =
            raw.at.iter().filter_map(|stage| self.word("unknown_stage", "取整环节", stage)).collect();
        if at.contains(&Stage::Total) && !at.contains(&Stage::Weighted) {
            let what = "总分取整而各方加权分不取整，印出的各方加权分加起来会不等于总分";
            let remedy = "在 at 里加上 \"weighted\"，或去掉 \"total\"。";
            self.refuse("total_rounded_alone", &raw.decimals.span(), what, remedy);
        }
        Rounding { decimals: raw.decimals.into_inner(), at, entry_decimals: raw.entry_decimals.into_inner() }
    }

    fn aggregation(&mut self, raw: RawAggregation) -> Aggregation {
        let averaging = self.word("unknown_averaging", "合成方法", &raw.rule).unwrap_or(Averaging::Mean);
        let least = if averaging == Averaging::TrimmedMean { 3 } else { 1 };
        if *raw.quorum.get_ref() < least {
            let what = format!("专家最少人数 {} 太少，“{averaging}”至少要 {least} 名", raw.quorum.get_ref());
            self.refuse(
                "quorum_too_small",
                &raw.quorum.span(),
                what,
                format!("把 quorum 改为 {least} 或更大。"),
            );
        }
        let missing = self.word("unknown_missing_party", "缺方处理", &raw.missing_party);
        Aggregation {
            averaging,
            quorum: raw.quorum.into_inner(),
            missing_party: missing.unwrap_or(super::MissingParty::Refuse),
            discuss_above_percent: self.share(&raw.discuss_above_percent),
        }
    }

    /// Full marks, 100 where nothing is written.
    fn full(&mut self, raw: Option<&Number>) -> Decimal {
        let Some(number) = raw else { return Decimal::ONE_HUNDRED };
        let full = self.points(number);
        if full.is_zero() {
            self.refuse("no_points", &number.span(), "满分是 0", "写大于 0 的满分，例如 100。");
        }
        full
    }

    /// Days until something is done, where they are written.
    fn days(&mut self, code: &'static str, label: &str, raw: Option<Spanned<u32>>) -> Option<u32> {
        let days = raw?;
        if !(1..=60).contains(days.get_ref()) {
            let what = format!("{label}是 {} 天", days.get_ref());
            self.refuse(code, &days.span(), what, "写 1 到 60 之间的整数。");
        }
        Some(days.into_inner())
    }

    /// What silence means, waiting where nothing is written.
    fn silence(&mut self, raw: Option<&Spanned<String>>) -> Silence {
        let word = raw.and_then(|raw| self.word("unknown_silence", "逾期未反馈的处理", raw));
        word.unwrap_or(Silence::Wait)
    }

    fn parties(&mut self, raw: Vec<RawParty>, full: Decimal) -> Vec<Party> {
        self.unique("party", raw.iter().map(|party| &party.code));
        let mut parties = Vec::new();
        let mut place = 0..0;
        for party in raw {
            place = party.weight.span();
            let weight = self.points(&party.weight);
            let out_of = self.full(party.out_of.as_ref());
            if let Some(by) = self.word("unknown_scorer", "评分人", &party.by) {
                parties.push(Party { code: party.code.into_inner(), name: party.name, by, weight, out_of });
            }
        }
        let sum: Decimal = parties.iter().map(|party| party.weight).sum();
        if sum != full {
            let (sum, full) = (trimmed(sum), trimmed(full));
            let what = format!("各方权重合计 {sum}，不是 {full}");
            self.refuse("weights_not_full", &place, what, format!("调整各方的 weight，使合计等于 {full}。"));
        }
        let panels = parties.iter().filter(|party| party.by == ScoredBy::Panel).count();
        if panels != 1 {
            let what = format!("由专家组评分的有 {panels} 方，应当正好一方");
            self.refuse("not_one_panel", &place, what, "只在一段 [[party]] 里写 by = \"panel\"。");
        }
        parties
    }

    /// Notes a problem at a place in the file.
    pub(super) fn refuse(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.problems.push(Problem::new(code, what, remedy).at(self.source.place(span)));
    }

    /// One of a closed list of words, or a problem that names them all.
    pub(super) fn word<T: FromStr<Err = String>>(
        &mut self,
        code: &'static str,
        kind: &str,
        written: &Spanned<String>,
    ) -> Option<T> {
        match written.get_ref().parse() {
            Ok(word) => Some(word),
            Err(names) => {
                self.refuse(code, &written.span(), format!("{kind}：{names}"), "改成其中一个。");
                None
            }
        }
    }

    /// A number of points or a weight: not negative, not absurd.
    pub(super) fn points(&mut self, number: &Number) -> Decimal {
        let value = match self.source.decimal(number) {
            Ok(value) => value,
            Err(problem) => {
                self.problems.push(problem);
                return Decimal::ZERO;
            }
        };
        if value.is_sign_negative() || value > LARGEST || value.normalize().scale() > MOST_DECIMALS {
            let what = format!("{} 超出范围", trimmed(value));
            let remedy = format!("写 0 到 {LARGEST} 之间、最多 {MOST_DECIMALS} 位小数的数。");
            self.refuse("out_of_range", &number.span(), what, remedy);
            return Decimal::ZERO;
        }
        value
    }

    /// A number of percent, 0 to 100.
    pub(super) fn share(&mut self, number: &Number) -> Decimal {
        let value = self.points(number);
        if value > Decimal::ONE_HUNDRED {
            let what = format!("百分比 {} 大于 100", trimmed(value));
            self.refuse("share_above_100", &number.span(), what, "写 0 到 100 之间的数。");
        }
        value
    }

    /// The figure's code, which must exist.
    pub(super) fn figure(&mut self, written: &Spanned<String>) -> String {
        let code = written.get_ref();
        if !self.known.contains(&code.as_str()) {
            let remedy = match nearest(code, self.known.iter().copied()) {
                Some(near) => format!("改成已有的计数规则代码；是不是“{near}”？"),
                None => "改成已有的计数规则代码（见 schemes/ 里的计数规则）。".to_owned(),
            };
            self.refuse("unknown_figure", &written.span(), format!("没有代码为“{code}”的数据"), remedy);
        }
        code.clone()
    }

    /// Each code once.
    pub(super) fn unique<'c>(&mut self, kind: &str, codes: impl Iterator<Item = &'c Spanned<String>>) {
        let mut seen = BTreeMap::new();
        for code in codes {
            if let Some(first) = seen.insert(code.get_ref().as_str(), code.span()) {
                let what =
                    format!("{kind} 的代码“{}”重复，先见于 {}", code.get_ref(), self.source.place(&first));
                self.refuse("duplicate_code", &code.span(), what, "给其中一个换代码。");
            }
        }
    }
}
