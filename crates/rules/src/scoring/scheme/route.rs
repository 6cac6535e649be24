//! The way of the report: who hands the draft and the final report on to whom. Without one in the file the evaluator hands
//! both to everybody.

use kernel::{diesel, words};
use toml::Spanned;

use super::check::Check;
use super::raw::RawHop;
use super::{Party, Scheme, ScoredBy};

words! {
    /// What is handed on.
    pub enum Paper {
        /// The draft, to be answered.
        Draft = "draft" "初稿",
        /// The final report.
        Final = "final" "终稿",
    }
}

words! {
    /// Who hands the report on, and who receives it.
    pub enum Recipient {
        /// The third party that writes it; it has both from the beginning.
        Evaluator = "evaluator" "评估机构",
        /// The station that is evaluated.
        Station = "station" "社工站",
        /// The street office that buys the service.
        StreetOffice = "street_office" "街道办事处（镇人民政府）",
        /// Professional supervision.
        SupervisionCentre = "supervision_centre" "督导中心",
        /// The district bureau of civil affairs.
        DistrictBureau = "district_bureau" "区民政局",
    }
}

/// One step of the report's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hop {
    /// What is handed on.
    pub of: Paper,
    /// By whom.
    pub from: Recipient,
    /// To whom.
    pub to: Recipient,
}

impl Recipient {
    /// Who stands behind a party; nobody where the evaluator answers for it itself.
    #[must_use]
    pub fn of(by: ScoredBy) -> Option<Self> {
        match by {
            ScoredBy::StreetOffice => Some(Self::StreetOffice),
            ScoredBy::SupervisionCentre => Some(Self::SupervisionCentre),
            ScoredBy::DistrictBureau => Some(Self::DistrictBureau),
            ScoredBy::Panel | ScoredBy::EvaluatorStaff => None,
        }
    }
}

impl Scheme {
    /// The way of a paper in words: 评估机构送区民政局，区民政局转社工站.
    #[must_use]
    pub fn way(&self, paper: Paper) -> String {
        let hops = self.route.iter().filter(|hop| hop.of == paper);
        let word = |hop: &Hop| {
            let verb = if hop.from == Recipient::Evaluator { "送" } else { "转" };
            format!("{}{verb}{}", hop.from.label(), hop.to.label())
        };
        hops.map(word).collect::<Vec<_>>().join("，")
    }
}

impl Check<'_> {
    pub(super) fn route(&mut self, raw: Vec<RawHop>, parties: &[Party]) -> Vec<Hop> {
        let mut answering = vec![Recipient::Station];
        for to in parties.iter().filter_map(|party| Recipient::of(party.by)) {
            if !answering.contains(&to) {
                answering.push(to);
            }
        }
        if raw.is_empty() {
            let hop = |of: Paper| {
                let direct = move |to: &Recipient| Hop { of, from: Recipient::Evaluator, to: *to };
                answering.iter().map(direct).collect::<Vec<_>>()
            };
            return Paper::ALL.iter().flat_map(|of| hop(*of)).collect();
        }
        let mut route: Vec<Hop> = Vec::new();
        let mut place = 0..0;
        for hop in raw {
            place = hop.to.span();
            if let Some(hop) = self.hop(&hop, &route) {
                route.push(hop);
            }
        }
        for paper in Paper::ALL {
            for to in
                answering.iter().filter(|to| !route.iter().any(|hop| hop.of == *paper && hop.to == **to))
            {
                let what = format!("{}送不到{}", paper.label(), to.label());
                let remedy = format!("加一段 [[route]]：of = \"{paper}\"、to = \"{to}\"，并写由谁转交。");
                self.refuse("route_misses", &place, what, remedy);
            }
        }
        route
    }

    fn hop(&mut self, raw: &RawHop, before: &[Hop]) -> Option<Hop> {
        let of = self.word("unknown_paper", "送达的文本", &raw.of)?;
        let from = self.word("unknown_recipient", "转交人", &raw.from)?;
        let to: Recipient = self.word("unknown_recipient", "收件人", &raw.to)?;
        let has = |who: Recipient| {
            who == Recipient::Evaluator || before.iter().any(|hop| hop.of == of && hop.to == who)
        };
        let refused = |spanned: &Spanned<String>, code, what: String, remedy: &str| {
            (spanned.span(), code, what, remedy.to_owned())
        };
        let wrong = if has(to) {
            let what = format!("{}已经有{}，不必再送", to.label(), of.label());
            refused(&raw.to, "route_twice", what, "删去这一段。")
        } else if !has(from) {
            let what = format!("{}这时还没有收到{}，不能转交", from.label(), of.label());
            refused(&raw.from, "route_before", what, "把送给它的一段写在前面，或改由评估机构送。")
        } else {
            return Some(Hop { of, from, to });
        };
        let (span, code, what, remedy) = wrong;
        self.refuse(code, &span, what, remedy);
        None
    }
}
