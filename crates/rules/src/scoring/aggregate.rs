//! From scores to the total and the grade. Exact: quotients are carried undivided (see `ratio`) and rounded half
//! up only at the stages that the scheme names; so the order of the inputs cannot matter.

use std::collections::BTreeSet;

use kernel::Problem;
use rust_decimal::Decimal;

use super::inputs::{Cells, Inputs, cells_of, checked};
use super::outcome::{
    AreaScore, BonusOutcome, DeductionOutcome, ExpertScore, GroupOutcome, ItemOutcome, Outcome, PartyOutcome,
    SchemeUsed, SectionOutcome, VetoOutcome,
};
use super::ratio::Ratio;
use super::scheme::{Averaging, Grade, Group, Item, Party, Scheme, ScoredBy, Section, Stage};

/// The result of a round under a scheme: items by the scheme's averaging, sections and the panel's party as sums,
/// parties by weight, less deductions, plus bonuses; the grade from the printed total, limited by vetoes.
///
/// # Errors
/// Everything that is missing, unknown or out of bounds, in Chinese, each with a stable code.
pub fn aggregate(scheme: &Scheme, inputs: &Inputs) -> Result<Outcome, Vec<Problem>> {
    let cells = checked(scheme, inputs)?;
    let panel = panel(scheme, inputs, &cells);
    let (parties, base, weighted) = parties(scheme, inputs, panel.score);
    let deductions = deductions(scheme, inputs);
    let taken: Decimal = deductions.iter().map(|deduction| deduction.taken).sum();
    let bonuses = bonuses(scheme, inputs);
    let added: Decimal = bonuses.iter().map(|bonus| bonus.added).sum();
    let sum = weighted.plus(Ratio::whole(added - taken)).after(Stage::Total, &scheme.rounding).value();
    let total = sum.clamp(Decimal::ZERO, scheme.full);
    let vetoes = vetoes(scheme, inputs);
    let grade = grade(scheme, total, &vetoes).ok_or_else(|| {
        let what = format!("总分 {total} 没有对应的等级");
        vec![Problem::new("no_grade", what, "检查指标体系的等级是否从 0 分起。")]
    })?;
    Ok(Outcome {
        scheme: used(scheme, base),
        experts: sorted(&inputs.experts),
        parties,
        sections: panel.sections,
        groups: panel.groups,
        items: panel.items,
        weighted_total: weighted.value(),
        deductions,
        bonuses,
        vetoes,
        total,
        grade: grade.name.clone(),
        grade_code: grade.code.clone(),
    })
}

/// The panel's steps.
struct Panel {
    items: Vec<ItemOutcome>,
    groups: Vec<GroupOutcome>,
    sections: Vec<SectionOutcome>,
    score: Ratio,
}

fn panel(scheme: &Scheme, inputs: &Inputs, cells: &Cells<'_>) -> Panel {
    let mut steps = Panel { items: Vec::new(), groups: Vec::new(), sections: Vec::new(), score: Ratio::ZERO };
    for section in &scheme.sections {
        let mut scores = Vec::new();
        for item in &section.items {
            let (outcome, score) = item_outcome(scheme, section, item, inputs, cells);
            steps.items.push(outcome);
            scores.push((item.group.as_deref(), score));
        }
        steps.groups.extend(groups(section, &scores));
        let sum: Ratio = scores.into_iter().map(|(_, score)| score).sum();
        let sum = sum.after(Stage::Section, &scheme.rounding);
        steps.score = steps.score.plus(sum);
        steps.sections.push(SectionOutcome {
            code: section.code.clone(),
            name: section.name.clone(),
            points: section.points,
            score: sum.value(),
        });
    }
    steps
}

fn groups(section: &Section, scores: &[(Option<&str>, Ratio)]) -> Vec<GroupOutcome> {
    let score = |code: &str| {
        let own = scores.iter().filter(|(group, _)| *group == Some(code));
        own.map(|(_, score)| *score).sum::<Ratio>().value()
    };
    let group = |group: &Group| GroupOutcome {
        code: group.code.clone(),
        name: group.name.clone(),
        section: section.code.clone(),
        points: group.points,
        score: score(&group.code),
    };
    section.groups.iter().map(group).collect()
}

fn item_outcome(
    scheme: &Scheme,
    section: &Section,
    item: &Item,
    inputs: &Inputs,
    cells: &Cells<'_>,
) -> (ItemOutcome, Ratio) {
    let given: Vec<_> = sorted(&inputs.experts)
        .into_iter()
        .map(|expert| expert_score(item, &expert, &inputs.areas, cells))
        .collect();
    let averaging = scheme.aggregation.averaging;
    let ratios = given.iter().map(|(_, ratio)| *ratio).collect();
    let aggregate = average(averaging, ratios).after(Stage::Item, &scheme.rounding);
    let outcome = ItemOutcome {
        code: item.code.clone(),
        name: item.name.clone(),
        section: section.code.clone(),
        group: item.group.clone(),
        points: item.points,
        rule: item.rule.name().as_str(),
        scores: given.into_iter().map(|(score, _)| score).collect(),
        aggregation: averaging.as_str(),
        aggregate: aggregate.value(),
    };
    (outcome, aggregate)
}

/// One expert's score of an item: as given, or the mean over the areas.
fn expert_score(item: &Item, expert: &str, areas: &[String], cells: &Cells<'_>) -> (ExpertScore, Ratio) {
    let given: Vec<_> = cells_of(item, areas)
        .into_iter()
        .filter_map(|(area, cell)| Some((area, *cells.get(&(expert, cell.as_str()))?)))
        .collect();
    let sum: Ratio = given.iter().map(|(_, score)| Ratio::whole(*score)).sum();
    let score = sum.over(given.len());
    let areas =
        given.into_iter().filter_map(|(area, score)| area.map(|area| AreaScore { area, score })).collect();
    (ExpertScore { expert: expert.to_owned(), score: score.value(), areas }, score)
}

/// The scores of one item as one. Ties at the ends of a trimmed mean leave out one score each, not all equal ones.
fn average(averaging: Averaging, mut scores: Vec<Ratio>) -> Ratio {
    scores.sort_by(Ratio::compare);
    let count = scores.len();
    let kept = match averaging {
        Averaging::Mean => 0..count,
        Averaging::TrimmedMean => 1..count.saturating_sub(1),
        Averaging::Median => count.saturating_sub(1) / 2..count / 2 + 1,
    };
    let kept = scores.get(kept).unwrap_or_default();
    kept.iter().copied().sum::<Ratio>().over(kept.len())
}

/// The parties that scored, the sum of their weights, and the sum of their weighted scores.
fn parties(scheme: &Scheme, inputs: &Inputs, panel: Ratio) -> (Vec<PartyOutcome>, Decimal, Ratio) {
    let given = |code: &str| inputs.parties.iter().find(|given| given.party == code);
    let score = |party: &Party| match party.by {
        ScoredBy::Panel => Some(panel),
        _ => given(&party.code).map(|given| Ratio::whole(given.score)),
    };
    let present: Vec<_> = scheme.parties.iter().filter_map(|party| Some((party, score(party)?))).collect();
    let base: Decimal = present.iter().map(|(party, _)| party.weight).sum();
    let mut sum = Ratio::ZERO;
    let mut outcomes = Vec::new();
    for (party, score) in present {
        let score = score.after(Stage::Party, &scheme.rounding);
        let share = score.share(party.weight * scheme.full, base * party.out_of);
        let weighted = share.after(Stage::Weighted, &scheme.rounding);
        sum = sum.plus(weighted);
        outcomes.push(PartyOutcome {
            code: party.code.clone(),
            name: party.name.clone(),
            weight: party.weight,
            out_of: party.out_of,
            score: score.value(),
            weighted: weighted.value(),
        });
    }
    (outcomes, base, sum)
}

/// In the order of the scheme, so that the order in which they were found is of no account.
fn deductions(scheme: &Scheme, inputs: &Inputs) -> Vec<DeductionOutcome> {
    let mut outcomes = Vec::new();
    for known in &scheme.deductions {
        for given in inputs.deductions.iter().filter(|given| given.code == known.code) {
            outcomes.push(DeductionOutcome {
                code: known.code.clone(),
                name: known.name.clone(),
                points: known.points,
                times: given.times,
                taken: known.points * Decimal::from(given.times),
                note: given.note.clone(),
            });
        }
    }
    outcomes
}

/// In the order of the scheme; however often one was earned, it adds no more than the scheme allows.
fn bonuses(scheme: &Scheme, inputs: &Inputs) -> Vec<BonusOutcome> {
    let mut outcomes = Vec::new();
    for known in &scheme.bonuses {
        let mut left = known.most;
        let mut given: Vec<_> = inputs.bonuses.iter().filter(|given| given.code == known.code).collect();
        given.sort_by(|one, other| (one.times, &one.note).cmp(&(other.times, &other.note)));
        for given in given {
            let added = (known.points * Decimal::from(given.times)).min(left);
            left -= added;
            outcomes.push(BonusOutcome {
                code: known.code.clone(),
                name: known.name.clone(),
                points: known.points,
                times: given.times,
                added,
                note: given.note.clone(),
            });
        }
    }
    outcomes
}

fn vetoes(scheme: &Scheme, inputs: &Inputs) -> Vec<VetoOutcome> {
    let mut outcomes = Vec::new();
    for known in &scheme.vetoes {
        for given in inputs.vetoes.iter().filter(|given| given.code == known.code) {
            outcomes.push(VetoOutcome {
                code: known.code.clone(),
                name: known.name.clone(),
                grade_code: known.grade.clone(),
                note: given.note.clone(),
            });
        }
    }
    outcomes
}

/// The total's grade, or the lowest that a veto allows. The total itself stays, so that both can be seen.
fn grade<'s>(scheme: &'s Scheme, total: Decimal, vetoes: &[VetoOutcome]) -> Option<&'s Grade> {
    let by_total = scheme.grade_of(total)?;
    let limits =
        vetoes.iter().filter_map(|veto| scheme.grades.iter().find(|grade| grade.code == veto.grade_code));
    limits.chain([by_total]).min_by(|one, other| one.from.cmp(&other.from))
}

fn used(scheme: &Scheme, weight_base: Decimal) -> SchemeUsed {
    SchemeUsed {
        code: scheme.code.clone(),
        version: scheme.version.clone(),
        name: scheme.name.clone(),
        aggregation: scheme.aggregation.averaging.as_str(),
        decimals: scheme.rounding.decimals,
        full: scheme.full,
        rounded_at: scheme.rounding.at.iter().map(|stage| stage.as_str()).collect(),
        weight_base,
    }
}

fn sorted(codes: &[String]) -> Vec<String> {
    codes.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}
