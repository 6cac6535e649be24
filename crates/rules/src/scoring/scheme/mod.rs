//! An evaluation scheme 评估指标体系: who scores with which weight, for what, and how it becomes a grade.
//!
//! Only the parsed and checked scheme. The file's shape is in `raw`, what may be wrong with it in `check`, the
//! sums in [`super::aggregate`].

mod check;
mod grades;
mod items;
mod raw;
mod route;

// `diesel` only because `words!` gives each word its stored form; nothing here stores anything.
use kernel::{Problem, diesel, half_up, words};
use rust_decimal::Decimal;

pub use route::{Hop, Paper, Recipient};

use super::source::Source;

words! {
    /// Who enters a party's score 评分人; the panel's comes out of its experts' scores of the items.
    pub enum ScoredBy {
        /// The panel of experts, item by item.
        Panel = "panel" "专家组逐项评分",
        /// The street office that buys the service.
        StreetOffice = "street_office" "街道办事处（镇人民政府）",
        /// Professional supervision.
        SupervisionCentre = "supervision_centre" "督导中心",
        /// The district bureau of civil affairs.
        DistrictBureau = "district_bureau" "区民政局",
        /// The evaluator's staff, from sheets that the party filled in: residents' committees, partners.
        EvaluatorStaff = "evaluator_staff" "评估机构工作人员据该方填写的评分表录入",
    }
}

words! {
    /// How an item is scored.
    pub enum RuleName {
        /// Judgement within the described levels.
        Expert = "expert" "专家评分",
        /// A figure through a stepwise rule; the expert may depart from it with a reason.
        Measured = "measured" "按数据测算",
        /// So many of the entries are met.
        Checklist = "checklist" "逐条核对",
        /// The satisfaction of those asked, in percent.
        Survey = "survey" "满意度调查",
    }
}

words! {
    /// How the experts' scores of one item become one.
    pub enum Averaging {
        /// The mean of all.
        Mean = "mean" "算术平均",
        /// One highest and one lowest left out, the mean of the rest.
        TrimmedMean = "trimmed_mean" "去掉一个最高分和一个最低分后平均",
        /// The middle one, or the mean of the two in the middle.
        Median = "median" "中位数",
    }
}

words! {
    /// The steps at which a scheme may round, in their order.
    pub enum Stage {
        /// An item's aggregate.
        Item = "item" "单项得分",
        /// A section's sum.
        Section = "section" "板块得分",
        /// A party's score out of 100.
        Party = "party" "各方得分",
        /// A party's score times its weight.
        Weighted = "weighted" "加权得分",
        /// The total, and with it the grade.
        Total = "total" "总分",
    }
}

words! {
    /// What happens when a party other than the third party gave no score.
    pub enum MissingParty {
        /// There is no total until it does.
        Refuse = "refuse" "缺一方不出总分",
        /// The weights of those present are scaled to 100.
        Reweigh = "reweigh" "按到齐各方的权重折算",
    }
}

words! {
    /// What it means that a party says nothing to the draft until the last day.
    pub enum Silence {
        /// The report waits for its answer all the same.
        Wait = "wait" "等到答复为止",
        /// The report no longer waits; the silence is told as such, never as an agreement.
        NoObjection = "no_objection" "不再等候，记为逾期未反馈",
    }
}

/// A checked scheme. Its parts keep the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Stable code, for example `guangzhou-2024`.
    pub code: String,
    /// Version; a scheme in use never changes, it gets a new version.
    pub version: String,
    /// Name for people.
    pub name: String,
    /// Where it comes from and which of its parts are an example.
    pub note: String,
    /// Where and how results are rounded.
    pub rounding: Rounding,
    /// How scores are put together.
    pub aggregation: Aggregation,
    /// Full marks of the total 总分满分: mostly 100.
    pub full: Decimal,
    /// The parties; their weights sum to `full`, and exactly one is scored by the panel.
    pub parties: Vec<Party>,
    /// The panel's sections; their points sum to its party's `out_of`.
    pub sections: Vec<Section>,
    /// Whether the station learns the experts' names 专家是否对社工站实名; otherwise it sees their codes and employers.
    pub experts_named: bool,
    /// Within how many days of its sending a party answers the draft 反馈期限.
    pub feedback_days: u32,
    /// Within how many days of its sending a paper is signed for, and of its receipt handed on 签收和转交的期限; as long as
    /// it takes where there is none.
    pub receipt_days: Option<u32>,
    /// What silence after the last day means 逾期未反馈.
    pub silence: Silence,
    /// The way of the draft and of the final report, in its order.
    pub route: Vec<Hop>,
    /// The grades from the highest down; the last one starts at 0.
    pub grades: Vec<Grade>,
    /// What takes the grade down whatever the total.
    pub vetoes: Vec<Veto>,
    /// What is taken off the total.
    pub deductions: Vec<Deduction>,
    /// What is added to the total.
    pub bonuses: Vec<Bonus>,
}

/// Rounding, always half up (away from zero at the midpoint, 四舍五入).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounding {
    /// Decimals kept.
    pub decimals: u32,
    /// The stages that are rounded; every other stays exact.
    pub at: Vec<Stage>,
    /// Most decimals that a score may be entered with.
    pub entry_decimals: u32,
}

/// How scores are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregation {
    /// From the experts' scores of an item to its aggregate.
    pub averaging: Averaging,
    /// Fewest experts for a result.
    pub quorum: usize,
    /// When a party gave no score.
    pub missing_party: MissingParty,
    /// Scores of one item further apart than this share of its points (percent) are discussed.
    pub discuss_above_percent: Decimal,
}

/// A scoring party 评估方; its score counts `weight ÷ out_of` of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Stable code, for example `purchaser`.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Who enters its score.
    pub by: ScoredBy,
    /// Its share of the total, in points of `full`.
    pub weight: Decimal,
    /// Its own full marks: mostly 100.
    pub out_of: Decimal,
}

/// A section of what the panel scores (一级指标).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Stable code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Full points; its items sum to them.
    pub points: Decimal,
    /// Its groups (二级指标), where the scheme has three levels; their points sum to the section's.
    pub groups: Vec<Group>,
    /// What is scored.
    pub items: Vec<Item>,
}

/// The middle one of three levels: items of a section that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Stable code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Full points; its items sum to them.
    pub points: Decimal,
}

/// One thing that experts score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Stable code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Code of its group, where the section has groups.
    pub group: Option<String>,
    /// Full points.
    pub points: Decimal,
    /// Scored once for each area of the station; an expert's score is then the mean over the areas.
    pub per_area: bool,
    /// What the expert is asked.
    pub asks: String,
    /// The levels described, from best to worst.
    pub levels: Vec<String>,
    /// The evidence asked for.
    pub evidence: Vec<String>,
    /// How it is scored.
    pub rule: Rule,
}

/// How an item is scored, with what that needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Judgement within the levels.
    Expert,
    /// A figure through steps.
    Measured {
        /// Code of the counting rule.
        figure: String,
        /// Ascending; the first starts at 0.
        steps: Vec<Step>,
    },
    /// Entries met, each worth the same.
    Checklist {
        /// What must be there.
        entries: Vec<String>,
    },
    /// Satisfaction in percent.
    Survey {
        /// Code of the figure.
        figure: String,
    },
}

/// From this value of the figure on, this share of the points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Lower bound, inclusive, in the figure's unit.
    pub from: Decimal,
    /// Percent of the item's points.
    pub share: Decimal,
}

/// A grade 等级.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// `excellent`, `good`, `qualified`, `unqualified`.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Lower bound of the total, inclusive.
    pub from: Decimal,
}

/// A veto 一票否决.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Veto {
    /// Stable code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// On what ground.
    pub ground: String,
    /// Code of the grade that the result cannot exceed.
    pub grade: String,
}

/// A deduction 扣分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    /// Stable code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// On what ground.
    pub ground: String,
    /// Points off the total, each time.
    pub points: Decimal,
}

/// A bonus 加分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bonus {
    /// Stable code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// On what ground.
    pub ground: String,
    /// Points added to the total, each time.
    pub points: Decimal,
    /// Most that it adds, however often.
    pub most: Decimal,
}

impl Scheme {
    /// The scheme in a TOML `text`; `file` is only named in messages, `known_figures` are the codes a rule may
    /// measure.
    ///
    /// # Errors
    /// Everything that is wrong with the scheme, in Chinese with file, line and remedy.
    pub fn parse<S: AsRef<str>>(file: &str, text: &str, known_figures: &[S]) -> Result<Self, Vec<Problem>> {
        let source = Source::new(file, text);
        let raw = source.read().map_err(|problem| vec![problem])?;
        let known = known_figures.iter().map(AsRef::as_ref).collect();
        check::checked(source, known, raw)
    }

    /// The grade of a total: taken from the total **as the scheme prints it**, so that the two on the page never
    /// contradict each other. Where the scheme rounds the total to two decimals, 89.995 prints as 90.00 and is
    /// excellent; where it does not round it, 89.995 is good. `None` below 0 and above the full marks.
    #[must_use]
    pub fn grade_of(&self, total: Decimal) -> Option<&Grade> {
        let rounds = self.rounding.at.contains(&Stage::Total);
        let printed = if rounds { half_up(total, self.rounding.decimals) } else { total };
        let grade = self.grades.iter().find(|grade| printed >= grade.from)?;
        (printed <= self.full).then_some(grade)
    }

    /// The party that the panel scores for; without one (which no checked scheme is) nothing.
    #[must_use]
    pub fn panel(&self) -> Option<&Party> {
        self.parties.iter().find(|party| party.by == ScoredBy::Panel)
    }

    /// The parties that give their score as one number, in the order of the file.
    pub fn others(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(|party| party.by != ScoredBy::Panel)
    }

    /// Every item with its section, in the order of the file.
    pub fn items(&self) -> impl Iterator<Item = (&Section, &Item)> {
        self.sections.iter().flat_map(|section| section.items.iter().map(move |item| (section, item)))
    }
}

impl Item {
    /// The score that the rule proposes, half up to `decimals`: `actual` is the figure's value, for a checklist
    /// the number of entries met. `None` for an expert's judgement. A proposal only: the expert decides.
    #[must_use]
    pub fn proposed(&self, actual: Decimal, decimals: u32) -> Option<Decimal> {
        let (share, of) = match &self.rule {
            Rule::Expert => return None,
            Rule::Measured { steps, .. } => {
                (steps.iter().rev().find(|step| actual >= step.from)?.share, Decimal::ONE_HUNDRED)
            }
            Rule::Survey { .. } => (actual, Decimal::ONE_HUNDRED),
            Rule::Checklist { entries } => (actual, Decimal::from(entries.len())),
        };
        let points = self.points * share.clamp(Decimal::ZERO, of);
        Some(half_up(points.checked_div(of)?, decimals))
    }
}

impl Rule {
    /// The rule's name in the file.
    #[must_use]
    pub fn name(&self) -> RuleName {
        match self {
            Self::Expert => RuleName::Expert,
            Self::Measured { .. } => RuleName::Measured,
            Self::Checklist { .. } => RuleName::Checklist,
            Self::Survey { .. } => RuleName::Survey,
        }
    }
}
