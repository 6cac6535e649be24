//! The sample station 昌岗街: records made from a seed, from which every published figure comes out.
//!
//! The station's name and its published figures are real; every person, note, score and answer is invented.
//! The same seed gives the same records, with the same ids, contents and moments; only the keys of the database,
//! and with them sealed values and keyed hashes, differ from one database to the next.

pub mod accounts;
mod activities;
mod aid;
mod book;
mod calendar;
mod casework;
mod dice;
mod evaluation;
mod facts;
mod ground;
mod groups;
mod hotline;
mod id_number;
mod joint_work;
mod notes;
mod opinions;
mod partners;
mod people;
mod plan;
mod plans;
mod promises;
mod publicity;
#[cfg(test)]
mod report_tests;
mod staff;
mod survey;
mod targets;
#[cfg(test)]
mod tests;
mod visits;
mod volunteers;
mod words;

use chrono::NaiveDate;
use db::{Database, DbResult, Keys, Sealed, Tx};
use kernel::{Actor, Id, Moment, Problem};

use book::Book;
use facts::Facts;
use plan::Plan;

/// The station's code.
pub const STATION: &str = "changgang";
/// The round's code.
pub const ROUND: &str = "changgang-2024-mid";
/// The round before, of which only its concerns and one figure are in the sample.
pub const PREVIOUS_ROUND: &str = "changgang-2023-final";
/// The contract's code.
pub const CONTRACT: &str = "changgang-2024";
/// The sample's own today: the last day whose records its report counts.
pub const SAMPLE_TODAY: NaiveDate = calendar::END;
/// What every page and file made from the sample says.
pub const NOTICE: &str = "示例数据：社工站的名称和已公布的数字是真实的，其余内容（人物、记录、评语、专家、各方评分和答复）均为虚构，所列机构以“示例”命名。";

/// Where the sample's report differs from the published one, and why.
pub const PUBLISHED_DIFFERENCES: &str = include_str!("../published-differences.txt");

/// From which everything in the sample follows.
const SEED: &str = "changgang-2024";

/// What was known when the report was issued counts in the round: the end of 2025-04-10. Not an earlier moment,
/// since the survey, the panel and the scores are records like others, and the report prints figures of them too.
const KNOWN_UNTIL: Moment = Moment::from_micros(1_744_300_799_999_999);

/// Makes the sample station with the counting rules of the public example. All of it or, after a failure, nothing;
/// `progress` hears, in Chinese, what is being done.
///
/// # Errors
/// The station is already there, or what the database says.
pub fn make(database: &Database, progress: &mut dyn FnMut(&str)) -> DbResult<()> {
    make_with(database, include_str!("../../../schemes/guangzhou-rules.toml"), progress)
}

/// Makes the sample station with other counting rules, given as the text of their file, for its indicators.
///
/// # Errors
/// An indicator has no rule, the station is already there, or what the database says.
pub fn make_with(database: &Database, rules: &str, progress: &mut dyn FnMut(&str)) -> DbResult<()> {
    make_and(database, rules, progress, |_| Ok(()))
}

/// The same, and something else in the same transaction: both happen or neither.
///
/// # Errors
/// As [`make_with`], or what `also` says.
pub fn make_and(
    database: &Database,
    rules: &str,
    progress: &mut dyn FnMut(&str),
    also: impl FnOnce(&mut Tx<'_>) -> DbResult<()>,
) -> DbResult<()> {
    progress("正在编造示例社工站的记录");
    let (book, station) = written(database.keys(), rules)?;
    progress("正在写入数据库");
    database.write(&Actor::Console, |tx| {
        let began = tx.at();
        book.write(tx, station)?;
        // The records keep the moments of their days; what is done with them from here on is done now.
        tx.set_at(began);
        platform::clients::index_station(tx, station)?;
        also(tx)
    })
}

/// Every row, by the day on which it became known, and the station's id.
fn written(keys: &Keys, rules: &str) -> DbResult<(Book, Id)> {
    let facts: Facts = facts::read("examples/changgang/facts.toml", include_str!("../facts.toml"))?;
    let mut book = Book::default();
    let ground = ground::make(&mut book, keys, &facts)?;
    let team = staff::make(&mut book, &ground);
    let people = people::make(&mut book, keys, &ground, &team)?;
    let plan = Plan { keys, rules, facts, ground, team, people };
    visits::make(&mut book, &plan);
    promises::make(&mut book);
    casework::make(&mut book, &plan);
    groups::make(&mut book, &plan);
    activities::make(&mut book, &plan);
    hotline::make(&mut book, &plan);
    aid::make(&mut book, &plan);
    publicity::make(&mut book, &plan);
    opinions::make(&mut book, &plan);
    joint_work::make(&mut book, &plan);
    volunteers::make(&mut book, &plan)?;
    partners::make(&mut book, &plan);
    targets::make(&mut book, &plan)?;
    survey::make(&mut book, &plan);
    evaluation::make(&mut book, &plan)?;
    Ok((book, plan.ground.station))
}

/// Seals a personal value for its column and row.
fn seal(keys: &Keys, column: &str, row: Id, value: &str) -> DbResult<Sealed<String>> {
    Sealed::new(keys, column, &row, value)
        .map_err(|error| Problem::new("not_sealed", error.to_string(), "请检查系统的随机数来源").into())
}
