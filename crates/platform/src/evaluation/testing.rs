//! Rounds for tests, as far as a test needs them.

use db::Database;
use kernel::{Actor, Id};

pub(crate) use super::delivery::testing::{delivered, delivered_count, sent};
use super::experts::store::{self as experts, Expert, ExpertTie};
use super::panel::testing as panel;
use super::rounds::testing::pin;
use super::sample::testing as sample;
use super::schemes::testing as schemes;
use super::{Evaluation, PanelRole, Round, RoundKind, Stage};
use crate::access::{Asker, Correct, Enter, new_id, permit};
use crate::shell::tests::station;
use rules::recusal::TieKind;

/// A round with an invited expert who is not cleared, and something to rule on.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) round: String,
    pub(crate) expert: Id,
    pub(crate) seat: Id,
    pub(crate) challenge: Id,
    /// Somebody in the sample of its survey.
    pub(crate) drawn: Id,
}

/// The code of the round that [`round`] makes.
pub(crate) fn code(station: &str) -> String {
    format!("{station}-panel")
}

/// A round of the station `number` in this stage, tied to an adopted scheme, with nobody on its panel.
pub(crate) fn empty_round(database: &Database, number: u32, station_code: &str, stage: Stage) -> Round {
    let scheme = schemes::adopted(database);
    let made = database.write(&Actor::Console, |tx| {
        let round = Round {
            id: new_id(tx.at())?,
            station_id: station::id(number, 0),
            area_id: None,
            community_id: None,
            worker_id: None,
            code: code(station_code),
            contract_id: station::id(number, 6),
            kind: RoundKind::Final,
            stage,
            scheme: "guangzhou-2024".into(),
            previous: None,
            records_until: "2024-12-31".parse().unwrap(),
            evaluated_on: "2025-03-25".parse().unwrap(),
            known_at: tx.at().micros(),
            evaluator: "示例评估机构".into(),
            supervision_centre: "示例督导中心".into(),
        };
        let permit = permit::<Enter<Evaluation>>(&Asker::Console, round.station_id)?;
        permit.append(tx, std::slice::from_ref(&round))?;
        pin(tx, &round.code, scheme)?;
        Ok::<_, db::DbError>(round)
    });
    made.unwrap()
}

/// Ties a round to the version of its scheme that waits for no answer after the last day.
pub(crate) fn waits_no_more(database: &Database, round: &Round) {
    let scheme = schemes::silent(database);
    database.write(&Actor::Console, |tx| pin(tx, &round.code, scheme)).unwrap();
}

/// The verbs of what was done at a station, the latest first.
pub(crate) fn verbs(database: &Database, station: Id) -> Vec<String> {
    let lines = database.read(|tx| {
        let query = db::AuditQuery { chains: Some(vec![station]), limit: 400, ..Default::default() };
        tx.audit_search(&query)
    });
    lines.unwrap().0.into_iter().map(|entry| entry.line.verb).collect()
}

/// The round after one, in this stage.
pub(crate) fn next_round(database: &Database, before: &Round, stage: Stage) -> Round {
    let scheme = schemes::adopted(database);
    let made = database.write(&Actor::Console, |tx| {
        let round = Round {
            id: new_id(tx.at())?,
            code: format!("{}-next", before.code),
            stage,
            previous: Some(before.code.clone()),
            ..before.clone()
        };
        let permit = permit::<Enter<Evaluation>>(&Asker::Console, round.station_id)?;
        permit.append(tx, std::slice::from_ref(&round))?;
        pin(tx, &round.code, scheme)?;
        Ok::<_, db::DbError>(round)
    });
    made.unwrap()
}

/// Moves a round to a stage, whatever is missing.
pub(crate) fn move_to(database: &Database, round: &Round, stage: Stage) {
    let moved = database.write(&Actor::Console, |tx| {
        let now = tx.at();
        let mut last = super::find::round(tx, &round.code, now)?;
        last.stage = stage;
        last.known_at = now.micros();
        permit::<Correct<Evaluation>>(&Asker::Console, round.station_id)?.correct(tx, &last)
    });
    moved.unwrap();
}

/// An expert of the register for an account.
pub(crate) fn expert(database: &Database, user: Id, name: &str, organisation: &str) -> Id {
    let made = database.write(&Actor::Console, |tx| {
        let expert = Expert {
            id: new_id(tx.at())?,
            user_id: user,
            name: name.into(),
            organisation: organisation.into(),
            qualification: "高级社会工作师".into(),
            skills: "服务质量".into(),
            phone_hash: String::new(),
            address_hash: String::new(),
            made_by: "console".into(),
            made_at: tx.at(),
        };
        experts::add(tx, &expert)?;
        Ok::<_, db::DbError>(expert.id)
    });
    made.unwrap()
}

/// A tie of an expert that still lasts.
pub(crate) fn tie(database: &Database, expert: Id, kind: TieKind, organisation: &str) {
    let made = database.write(&Actor::Console, |tx| {
        let tie = ExpertTie {
            id: new_id(tx.at())?,
            expert_id: expert,
            kind,
            organisation: organisation.into(),
            detail: String::new(),
            from_on: Some("2023-01-01".parse().unwrap()),
            until_on: None,
        };
        experts::tie(tx, &tie)
    });
    made.unwrap();
}

/// A round on site with an expert invited and somebody else's request to rule on. `by` invites.
pub(crate) fn round(database: &Database, number: u32, station_code: &str, by: Id) -> Made {
    let round = empty_round(database, number, station_code, Stage::OnSite);
    let expert = expert(database, by, "里面的专家", "示例大学");
    let seat = panel::invited(database, &round, expert, PanelRole::Expert, by);
    let challenge = panel::challenged(database, &round, seat);
    let drawn = sample::drawn(database, &round, by);
    Made { round: round.code, expert, seat, challenge, drawn }
}

/// A seat for an account in a round, invited and no more.
pub(crate) fn seat(database: &Database, code: &str, user: Id) -> Id {
    let round = found(database, code);
    let known = database.read(experts::all).unwrap().into_iter().find(|expert| expert.user_id == user);
    let expert = known.map_or_else(|| expert(database, user, "某专家", "示例大学"), |known| known.id);
    panel::invited(database, &round, expert, PanelRole::Expert, user)
}

/// A cleared seat for an account.
pub(crate) fn cleared(database: &Database, code: &str, user: Id, by: Id) {
    let seat = seat(database, code, user);
    let round = found(database, code);
    panel::cleared(database, &round, seat, by);
}

/// A seat of an account that ended with what the data shows.
pub(crate) fn recused(database: &Database, code: &str, user: Id, by: Id) {
    cleared(database, code, user, by);
    let round = found(database, code);
    panel::ended(database, &round, seat(database, code, user));
}

fn found(database: &Database, code: &str) -> Round {
    let round = database.read(|tx| {
        let now = tx.at();
        super::find::round(tx, code, now)
    });
    round.unwrap()
}

/// Scores of three experts and of every party, so that a round has a result.
pub(crate) fn scored(database: &Database, round: &Round) {
    let scheme = crate::library::Library::load(None).unwrap().scheme;
    let made = database.write(&Actor::Console, |tx| {
        let permit = permit::<Enter<Evaluation>>(&Asker::Console, round.station_id)?;
        let (mut members, mut scores, mut parties) = (Vec::new(), Vec::new(), Vec::new());
        for place in 1..=3 {
            let expert = format!("e{place}");
            members.push(super::PanelMember {
                id: new_id(tx.at())?,
                station_id: round.station_id,
                area_id: None,
                community_id: None,
                worker_id: None,
                round: round.code.clone(),
                code: expert.clone(),
                name: "某专家".into(),
                organisation: "示例大学".into(),
                role: PanelRole::Expert,
                skill: "服务质量".into(),
            });
            for (_, item) in scheme.items() {
                let cells = match item.per_area {
                    true => vec![format!("{}@dong", item.code), format!("{}@xi", item.code)],
                    false => vec![item.code.clone()],
                };
                for item in cells {
                    scores.push(super::ExpertScore {
                        id: new_id(tx.at())?,
                        station_id: round.station_id,
                        area_id: None,
                        community_id: None,
                        worker_id: None,
                        round: round.code.clone(),
                        expert: expert.clone(),
                        item,
                        score: 200,
                        sealed_on: round.evaluated_on,
                    });
                }
            }
        }
        for party in scheme.others() {
            parties.push(super::PartyScore {
                id: new_id(tx.at())?,
                station_id: round.station_id,
                area_id: None,
                community_id: None,
                worker_id: None,
                round: round.code.clone(),
                party: party.code.as_str().into(),
                score: 8000,
                sealed_on: round.evaluated_on,
            });
        }
        permit.append(tx, &members)?;
        permit.append(tx, &scores)?;
        permit.append(tx, &parties)
    });
    made.unwrap();
}

/// A finding of a round: a concern.
pub(crate) fn finding(database: &Database, code: &str) -> Id {
    found_in(database, code, super::FindingKind::Concern)
}

/// Another, which is a strength.
pub(crate) fn strength(database: &Database, code: &str) -> Id {
    found_in(database, code, super::FindingKind::Strength)
}

fn found_in(database: &Database, code: &str, kind: super::FindingKind) -> Id {
    let concern = kind == super::FindingKind::Concern;
    let round = found(database, code);
    let made = database.write(&Actor::Console, |tx| {
        let finding = super::Finding {
            id: new_id(tx.at())?,
            station_id: round.station_id,
            area_id: None,
            community_id: None,
            worker_id: None,
            round: round.code.clone(),
            code: if concern { "f1" } else { "f2" }.into(),
            kind,
            section: "service_quality".into(),
            area_code: None,
            position: 1,
            text: if concern { "文书不齐" } else { "走访扎实。" }.into(),
            suggestion: concern.then(|| "补齐".into()),
            evidence: "抽查".into(),
            returns: None,
            owner: None,
            due_on: None,
        };
        permit::<Enter<Evaluation>>(&Asker::Console, round.station_id)?
            .append(tx, std::slice::from_ref(&finding))?;
        Ok::<_, db::DbError>(finding.id)
    });
    made.unwrap()
}
