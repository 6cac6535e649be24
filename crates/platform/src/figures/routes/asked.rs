//! What a page is asked for: which station, up to which day or for which round. Shared by the pages of figures and
//! of the parts below them.

use chrono::NaiveDate;
use db::{DbError, DbResult, Tx};
use kernel::{Id, Moment, Period};
use rules::counting::{Basis, Figure, RuleSet, Test};
use web::{Fault, Link, Query, Target};

use super::super::{At, Scope};
use crate::areas::{self, Station};
use crate::contracts::{self, Contract};
use crate::library::Library;
use crate::shell::{App, Standing, Trouble};

/// What parts further down the list tell the pages above them. The whole of it is put together in `lib.rs`.
#[derive(Clone, Copy)]
pub struct Later {
    /// The rules that hold for a station at a day: those of its contract before those of the library.
    pub rules: fn(&mut Tx<'_>, &Library, &At) -> DbResult<RuleSet>,
    /// The station and the basis of a round.
    pub round: fn(&mut Tx<'_>, &str) -> DbResult<At>,
    /// The rounds of a station, the latest first.
    pub rounds: fn(&mut Tx<'_>, Id, Moment) -> DbResult<Vec<RoundLink>>,
}

/// A round, as pages above the evaluation may name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundLink {
    /// Its code.
    pub code: String,
    /// Its name for people: 中期评估.
    pub name: String,
    /// The last day whose records count in it.
    pub records_until: NaiveDate,
}

/// What was asked for, parsed.
#[derive(Debug, Clone)]
pub struct Asked {
    station: Option<String>,
    day: Option<NaiveDate>,
    today: NaiveDate,
    round: Option<String>,
}

/// Where the answer stands: the station, the days, the rules.
#[derive(Debug, Clone)]
pub struct Stand {
    /// The station.
    pub station: Station,
    /// Every station: code and name.
    pub stations: Vec<(String, String)>,
    /// Its contract.
    pub contract: Contract,
    /// The contract's days.
    pub period: Period,
    /// Where and when is counted.
    pub at: At,
    /// By which rules.
    pub rules: RuleSet,
    /// The station's rounds.
    pub rounds: Vec<RoundLink>,
    asked_for_day: bool,
}

impl Asked {
    /// Reads `station`, `as_of` and `round`.
    ///
    /// # Errors
    /// The day is not a date.
    pub fn parse(query: &Query, today: NaiveDate) -> Result<Self, Fault> {
        let text = |name| query.text(name).map(str::to_owned);
        Ok(Self { station: text("station"), day: query.date("as_of")?, today, round: text("round") })
    }

    /// Finds what was asked for among the stations that whoever asks may see; without a station the first one.
    ///
    /// # Errors
    /// There is no such station or round, no contract by that day, or the day is not the round's.
    pub fn stand(&self, tx: &mut Tx<'_>, app: &App, later: Later) -> Result<Stand, Trouble> {
        let (known_at, library) = (tx.at(), &app.site().library);
        let scope = app.scope();
        let mut all = areas::all_stations(tx, known_at)?;
        all.retain(|station| scope.reaches(station.id));
        let stations: Vec<_> = all.iter().map(|one| (one.code.clone(), one.name.clone())).collect();
        let round = match &self.round {
            Some(code) => Some((later.round)(tx, code).map_err(|error| Self::no_round(error, code))?),
            None => None,
        };
        let station = match &round {
            Some(at) => all.into_iter().find(|station| station.id == at.station),
            None => all.into_iter().find(|one| self.station.as_ref().is_none_or(|code| one.code == *code)),
        };
        let station = station.ok_or_else(|| self.unknown(&stations))?;
        let day = round.as_ref().map_or_else(|| self.day.unwrap_or(self.today), |at| at.basis.cut_off);
        let contract = contracts::in_force(tx, station.id, day, known_at)?;
        let period = contract.period()?;
        let at = round.unwrap_or_else(|| At {
            station: station.id,
            basis: Basis::of(period, day),
            known_at,
            written_at: known_at,
            scope: Scope::Station,
        });
        self.same_day(&at)?;
        let rules = (later.rules)(tx, library, &at)?;
        let rounds = (later.rounds)(tx, station.id, known_at)?;
        Ok(Stand {
            station,
            stations,
            contract,
            period,
            at,
            rules,
            rounds,
            asked_for_day: self.day.is_some(),
        })
    }

    /// The words of the command line name every round there is; a page tells of none that one may not see.
    fn no_round(error: DbError, code: &str) -> Trouble {
        match error {
            DbError::Problem(problem) if problem.code == "unknown_round" => {
                let what = format!("没有代码为“{}”的评估轮次", code.chars().take(40).collect::<String>());
                Fault::not_found("unknown_round", what, "请核对代码，或从评估报告里选").into()
            }
            other => other.into(),
        }
    }

    fn same_day(&self, at: &At) -> Result<(), Fault> {
        let cut_off = at.basis.cut_off;
        match (&self.round, self.day) {
            (Some(round), Some(day)) if day != cut_off => {
                let what = format!("轮次 {round} 的数据截至 {cut_off}，不是 {day}");
                let remedy = format!("参数 as_of 去掉，或写 as_of={cut_off}");
                Err(Fault::bad_request("other_day", what, remedy))
            }
            _ => Ok(()),
        }
    }

    fn unknown(&self, stations: &[(String, String)]) -> Fault {
        let near = stations.iter().map(|(code, name)| {
            Link::new(Target::new(&["indicators"]).with("station", code).href(), format!("{name}（{code}）"))
        });
        match &self.station {
            Some(code) if !stations.is_empty() => Fault::not_found(
                "unknown_station",
                format!("没有代码为“{}”的社工站", code.chars().take(40).collect::<String>()),
                "请核对代码，或从下面选一个",
            )
            .near(near),
            _ => Fault::not_found("no_station", "还没有社工站", "先录入社工站，或用 kapok demo 造一个示例"),
        }
    }
}

impl Stand {
    /// The last day counted.
    #[must_use]
    pub fn cut_off(&self) -> NaiveDate {
        self.at.basis.cut_off
    }

    /// The code of the round at hand.
    #[must_use]
    pub fn round(&self) -> Option<&str> {
        self.at.basis.round.as_deref()
    }

    /// The address of a figure, counted on the same basis.
    #[must_use]
    pub fn figure(&self, code: &str) -> Target {
        self.on_basis(Target::new(&["figures", code]))
    }

    /// An address with the station, the day and the round at hand.
    #[must_use]
    pub fn on_basis(&self, target: Target) -> Target {
        let target = target.with("station", &self.station.code).with("as_of", self.cut_off());
        target.with_some("round", self.round())
    }

    /// What the frame shows.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            code: self.station.code.clone(),
            name: self.station.name.clone(),
            as_of: self.asked_for_day.then(|| self.cut_off()),
        }
    }

    /// Whether a figure is counted by rounds and there is none at hand: its value then says nothing.
    #[must_use]
    pub fn lacks_round(&self, code: &str) -> bool {
        let basis = &self.at.basis;
        self.rules.roots(code).iter().flat_map(|rule| &rule.conditions).any(|condition| {
            matches!(condition.test, Test::ThisRound | Test::PreviousRound)
                && basis.round(&condition.test).is_none()
        })
    }

    /// A figure's value as printed: digits and unit apart; `None` where it is missing.
    #[must_use]
    pub fn printed(&self, code: &str, value: Option<rust_decimal::Decimal>) -> Option<(String, String)> {
        let unit = self.rules.get(code).map_or("", Figure::unit);
        let value = value.filter(|_| !self.lacks_round(code))?;
        Some((web::number::grouped(value), unit.to_owned()))
    }
}
