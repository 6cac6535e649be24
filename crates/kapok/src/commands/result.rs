//! `kapok result`: from the experts' scores to the grade, every step.

use kernel::trimmed;
use platform::evaluation;
use rules::scoring::Outcome;

use crate::args::{Format, ResultArgs};
use crate::output;
use crate::place;
use crate::trouble::Trouble;

/// Runs the command.
pub fn run(args: &ResultArgs) -> Result<bool, Trouble> {
    let opened = place::open(&args.place)?;
    let outcome = opened.database.read(|tx| {
        let now = tx.at();
        let round = evaluation::round(tx, &args.round, now)?;
        let scheme = evaluation::scheme_of(tx, &opened.library, &round)?;
        evaluation::outcome(tx, &round, &scheme)
    })?;
    match args.format {
        Format::Json => output::json(&outcome)?,
        Format::Text => output::print(&text(&outcome)),
    }
    Ok(false)
}

fn text(outcome: &Outcome) -> String {
    let items = outcome.items.iter().map(|item| {
        let scores: Vec<String> = item.scores.iter().map(|given| trimmed(given.score)).collect();
        vec![
            item.code.clone(),
            item.name.clone(),
            trimmed(item.points),
            scores.join("  "),
            trimmed(item.aggregate),
        ]
    });
    let sections = outcome
        .sections
        .iter()
        .map(|section| vec![section.name.clone(), trimmed(section.points), trimmed(section.score)]);
    let parties = outcome.parties.iter().map(|party| {
        vec![
            party.name.clone(),
            trimmed(party.score),
            format!("{}%", trimmed(party.weight)),
            trimmed(party.weighted),
        ]
    });
    format!(
        "{}\n{}\n{}\n总分 {}，等级 {}",
        output::table(&["代码", "评分项", "分值", "各专家评分", "合成"], &[2, 4], items.collect()),
        output::table(&["板块", "分值", "得分"], &[1, 2], sections.collect()),
        output::table(&["评分方", "得分", "权重", "计入总分"], &[1, 2, 3], parties.collect()),
        trimmed(outcome.total),
        outcome.grade,
    )
}
