//! What a result is made from, and the check that it is all there and within bounds.
//!
//! Not who may give a score or when: that is the round's.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Problem, trimmed};
use rust_decimal::Decimal;

use super::scheme::{Item, Scheme};

/// Everything that was scored in one round. The order of each list is of no account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inputs {
    /// Codes of the experts of the panel, without those recused.
    pub experts: Vec<String>,
    /// Codes of the station's areas, for items scored by area.
    pub areas: Vec<String>,
    /// One score of every expert for every item, for an item scored by area one for each area.
    pub scores: Vec<ItemScore>,
    /// One score of every party but the one that the panel scores for.
    pub parties: Vec<PartyScore>,
    /// Deductions that were found.
    pub deductions: Vec<Deducted>,
    /// Bonuses that were found.
    pub bonuses: Vec<Added>,
    /// Vetoes that were found.
    pub vetoes: Vec<Vetoed>,
}

/// One expert's score of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemScore {
    /// The expert's code.
    pub expert: String,
    /// The item's code; for an item scored by area `item@area`.
    pub item: String,
    /// Points, 0 to the item's points.
    pub score: Decimal,
}

/// The score of a party that gives it as one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyScore {
    /// The party's code; never that of the panel's party.
    pub party: String,
    /// 0 to the party's full marks.
    pub score: Decimal,
}

/// A deduction that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deducted {
    /// The scheme's code.
    pub code: String,
    /// How many times.
    pub times: u32,
    /// What was found.
    pub note: String,
}

/// A bonus that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The scheme's code.
    pub code: String,
    /// How many times.
    pub times: u32,
    /// What was found.
    pub note: String,
}

/// A veto that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vetoed {
    /// The scheme's code.
    pub code: String,
    /// What was found.
    pub note: String,
}

/// Scores by (expert, item or `item@area`), checked to be complete.
pub(super) type Cells<'a> = BTreeMap<(&'a str, &'a str), Decimal>;

/// The cells of an item: its code, or one code for each area.
pub(super) fn cells_of(item: &Item, areas: &[String]) -> Vec<(Option<String>, String)> {
    if !item.per_area {
        return vec![(None, item.code.clone())];
    }
    let sorted: BTreeSet<_> = areas.iter().collect();
    sorted.into_iter().map(|area| (Some(area.clone()), format!("{}@{area}", item.code))).collect()
}

/// All that is missing, unknown, double or out of bounds.
pub(super) fn checked<'a>(scheme: &Scheme, inputs: &'a Inputs) -> Result<Cells<'a>, Vec<Problem>> {
    let mut problems = panel(scheme, inputs);
    let points = points_of_cells(scheme, inputs);
    let mut cells = Cells::new();
    for given in &inputs.scores {
        match score_problem(scheme, inputs, &points, given) {
            Some(problem) => problems.push(problem),
            None if cells.insert((given.expert.as_str(), given.item.as_str()), given.score).is_some() => {
                let what = format!("专家“{}”对“{}”评了两次分", given.expert, given.item);
                problems.push(Problem::new("duplicate_score", what, "只保留一个分数。"));
            }
            None => {}
        }
    }
    problems.extend(missing_scores(scheme, inputs, &points, &cells));
    problems.extend(party_problems(scheme, inputs));
    if problems.is_empty() { Ok(cells) } else { Err(problems) }
}

/// The quorum, and each expert and area once.
fn panel(scheme: &Scheme, inputs: &Inputs) -> Vec<Problem> {
    let mut problems = Vec::new();
    let experts: BTreeSet<_> = inputs.experts.iter().collect();
    if experts.len() < scheme.aggregation.quorum {
        let what = format!("只有 {} 名专家评分，少于最少人数 {}", experts.len(), scheme.aggregation.quorum);
        problems.push(Problem::new("below_quorum", what, "补足专家并完成评分后再出结果。"));
    }
    if experts.len() < inputs.experts.len() {
        problems.push(Problem::new("duplicate_expert", "专家名单里有重复的代码", "每名专家只列一次。"));
    }
    let areas: BTreeSet<_> = inputs.areas.iter().collect();
    if areas.len() < inputs.areas.len() {
        problems.push(Problem::new("duplicate_area", "片区名单里有重复的代码", "每个片区只列一次。"));
    }
    if areas.is_empty() && scheme.items().any(|(_, item)| item.per_area) {
        let what = "指标体系有按片区评分的项，但没有给出片区";
        problems.push(Problem::new("no_areas", what, "给出服务站的片区代码。"));
    }
    problems
}

/// Full points of each cell.
fn points_of_cells(scheme: &Scheme, inputs: &Inputs) -> BTreeMap<String, Decimal> {
    let cells =
        |item: &Item| cells_of(item, &inputs.areas).into_iter().map(|(_, code)| code).collect::<Vec<_>>();
    scheme.items().flat_map(|(_, item)| cells(item).into_iter().map(|code| (code, item.points))).collect()
}

/// What is wrong with one given score by itself.
fn score_problem(
    scheme: &Scheme,
    inputs: &Inputs,
    points: &BTreeMap<String, Decimal>,
    given: &ItemScore,
) -> Option<Problem> {
    let whose = format!("专家“{}”对“{}”的评分 {}", given.expert, given.item, trimmed(given.score));
    if !inputs.experts.contains(&given.expert) {
        return Some(Problem::new(
            "unknown_expert",
            whose + "：此人不在专家组",
            "删去此分，或先把专家列入专家组。",
        ));
    }
    let Some(most) = points.get(&given.item) else {
        let remedy = "改成指标体系里的项目代码；按片区评分的写“代码@片区”。";
        return Some(Problem::new("unknown_item", whose + "：指标体系没有这一项", remedy));
    };
    let most = *most;
    bounds(&whose, given.score, most, scheme.rounding.entry_decimals)
}

/// A score from 0 to `most`, with no more decimals than the scheme allows.
pub(super) fn bounds(whose: &str, score: Decimal, most: Decimal, decimals: u32) -> Option<Problem> {
    if score > most {
        let what = format!("{whose}超过满分 {}", trimmed(most));
        return Some(Problem::new(
            "score_above_points",
            what,
            format!("改为 0 到 {} 之间的分数。", trimmed(most)),
        ));
    }
    if score < Decimal::ZERO {
        return Some(Problem::new("score_negative", format!("{whose}小于 0"), "改为 0 或更高的分数。"));
    }
    (score.normalize().scale() > decimals).then(|| {
        let what = format!("{whose}的小数位多于 {decimals} 位");
        Problem::new("score_too_fine", what, format!("最多写 {decimals} 位小数。"))
    })
}

/// Every expert scores every cell.
fn missing_scores(
    scheme: &Scheme,
    inputs: &Inputs,
    points: &BTreeMap<String, Decimal>,
    cells: &Cells<'_>,
) -> Vec<Problem> {
    let given: BTreeSet<_> =
        inputs.scores.iter().map(|score| (score.expert.as_str(), score.item.as_str())).collect();
    let names: BTreeMap<_, _> =
        scheme.items().map(|(_, item)| (item.code.as_str(), item.name.as_str())).collect();
    let mut problems = Vec::new();
    for expert in &inputs.experts {
        for cell in points.keys() {
            // A score that was given but refused has its own problem.
            let key = (expert.as_str(), cell.as_str());
            if cells.contains_key(&key) || given.contains(&key) {
                continue;
            }
            let name = cell.split('@').next().and_then(|item| names.get(item)).copied().unwrap_or_default();
            let what = format!("专家“{expert}”没有给“{name}”（{cell}）评分");
            problems.push(Problem::new("score_missing", what, "请该专家补评；不以零分或平均分代替。"));
        }
    }
    problems
}

/// Every other party once and within bounds; deductions and vetoes that the scheme knows.
fn party_problems(scheme: &Scheme, inputs: &Inputs) -> Vec<Problem> {
    let mut problems = Vec::new();
    for given in &inputs.parties {
        let party = scheme.parties.iter().find(|party| party.code == given.party);
        let name = party.map_or(given.party.as_str(), |party| party.name.as_str());
        let whose = format!("{name}的评分 {}", trimmed(given.score));
        let Some(party) = scheme.others().find(|party| party.code == given.party) else {
            problems.push(Problem::new(
                "unexpected_party",
                whose + "：不由这一方直接给总分",
                "删去这个分数。",
            ));
            continue;
        };
        if inputs.parties.iter().filter(|other| other.party == given.party).count() > 1 {
            problems.push(Problem::new("duplicate_party", whose + "：这一方给了两次分", "只保留一个分数。"));
        } else {
            problems.extend(bounds(&whose, given.score, party.out_of, scheme.rounding.entry_decimals));
        }
    }
    problems.extend(missing_parties(scheme, inputs));
    problems.extend(unknown_measures(scheme, inputs));
    problems
}

fn missing_parties(scheme: &Scheme, inputs: &Inputs) -> Vec<Problem> {
    if scheme.aggregation.missing_party == super::MissingParty::Reweigh {
        return Vec::new();
    }
    let missing =
        scheme.others().filter(|party| !inputs.parties.iter().any(|given| given.party == party.code));
    missing
        .map(|party| {
            let what = format!("{}（{}）还没有评分", party.name, party.code.as_str());
            Problem::new("party_missing", what, "等这一方评分后再出总分。")
        })
        .collect()
}

fn unknown_measures(scheme: &Scheme, inputs: &Inputs) -> Vec<Problem> {
    let deductions = inputs.deductions.iter().map(|given| {
        (
            "unknown_deduction",
            "扣分",
            &given.code,
            scheme.deductions.iter().any(|known| known.code == given.code),
        )
    });
    let bonuses = inputs.bonuses.iter().map(|given| {
        ("unknown_bonus", "加分", &given.code, scheme.bonuses.iter().any(|known| known.code == given.code))
    });
    let vetoes = inputs.vetoes.iter().map(|given| {
        ("unknown_veto", "否决", &given.code, scheme.vetoes.iter().any(|known| known.code == given.code))
    });
    deductions
        .chain(bonuses)
        .chain(vetoes)
        .filter(|(_, _, _, known)| !known)
        .map(|(code, kind, given, _)| {
            let what = format!("指标体系没有代码为“{given}”的{kind}事项");
            Problem::new(code, what, "改成指标体系里的代码，或先发布含有它的新版本。")
        })
        .collect()
}
