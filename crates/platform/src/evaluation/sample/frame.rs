//! Committing to a seed, and freezing the frame. The seed comes first: then neither is made to fit the other.

use std::collections::BTreeMap;

use db::{DbError, DbResult, Sealed, Tx};
use kernel::{Id, Moment, Problem};
use rules::codes::{Codes, List};
use rules::sampling::{Belongs, Member, Seed, belongs, commitment, frame_digest};

use super::model::StrataBy;
use super::refused;
use super::store::{self, MemberRow, Sample};
use crate::access::{new_id, new_secret};
use crate::clients::Surveyed;
use crate::evaluation::rounds::note;
use crate::evaluation::{Round, Stage};
use crate::figures::Names;
use crate::library::QuestionnaireFile;
use crate::shell::Trouble;
use crate::{areas, clients};

/// Why nobody of a household is in the frame that the roster lists and no file was made for; these are households.
pub(super) const WITHOUT_FILE: &str = "名册上有、还没有建档的户";
/// The column the seed is sealed for.
const SEED: &str = "samples.seed";

/// Takes a seed by chance, seals it, and shows its SHA-256.
pub(super) fn commit(tx: &mut Tx<'_>, round: &Round, by: Id) -> Result<(), Trouble> {
    if round.stage > Stage::OnSite {
        return Err(refused("seed", format!("这一轮已到“{}”，不再抽样", round.stage.label())));
    }
    if store::sample_of(tx, &round.code)?.is_some() {
        return Err(refused("seed", "这一轮已经承诺过种子；一轮只有一个，不能换"));
    }
    let (id, secret) = (new_id(tx.at())?, new_secret()?);
    let shown = commitment(&Seed::parse(&secret)?);
    let sample = Sample {
        id,
        station_id: round.station_id,
        round: round.code.clone(),
        commitment: shown.clone(),
        seed: Sealed::new(tx.keys(), SEED, &id, &secret).map_err(|error| sealed(&error))?,
        committed_by: by,
        committed_at: tx.at(),
        strata_by: None,
        cut_off: None,
        frame_digest: None,
        left_out: None,
        frozen_by: None,
        frozen_at: None,
        wanted: None,
        allocation: None,
        drawn_by: None,
        drawn_at: None,
        published_by: None,
        published_at: None,
        questionnaire: None,
        closed_by: None,
        closed_at: None,
        wiped_at: None,
        result: None,
    };
    store::add(tx, &sample)?;
    note(tx, round, "surveys.seed", Some(shown))
}

/// The seed of a sample in clear.
pub(super) fn seed_of(tx: &Tx<'_>, sample: &Sample) -> DbResult<String> {
    sample.seed.open(tx.keys(), SEED, &sample.id).map_err(|error| sealed(&error))
}

fn sealed(error: &db::SealError) -> DbError {
    Problem::new("sealed", error.to_string(), "请核对密钥文件").into()
}

/// Freezes the frame: everybody who belongs on the day of the cut-off, as the records were known when the round came on site.
pub(super) fn freeze(
    tx: &mut Tx<'_>,
    round: &Round,
    (codes, asked): (&Codes, &QuestionnaireFile),
    by: Id,
    strata: StrataBy,
) -> Result<(), Trouble> {
    let mut sample = store::hold(tx, &round.code).map_err(|error| said(error, "strata_by"))?;
    if round.stage != Stage::OnSite {
        return Err(refused("strata_by", "实地评估开始、记录冻结以后才能冻结名单"));
    }
    if sample.frozen_at.is_some() {
        return Err(refused("strata_by", "名单已经冻结，不能再改"));
    }
    let (station, known_at) = (round.station_id, Moment::from_micros(round.known_at));
    let names = Names::load(tx, station, known_at)?;
    let areas: BTreeMap<Id, String> =
        areas::areas(tx, station, known_at)?.into_iter().map(|area| (area.id, area.name)).collect();
    let mut members = Vec::new();
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    for one in clients::surveyed(tx, station, known_at, round.records_until)? {
        let guarded = match belongs(&one.standing, round.records_until) {
            Belongs::Yes => false,
            Belongs::ThroughGuardian => true,
            Belongs::No(why) => {
                *left_out.entry(why).or_default() += 1;
                continue;
            }
        };
        // A pseudonym of this round alone: it meets no other that is published.
        let pseudonym = names.pseudonym(&format!("sample:{}:{}", round.code, one.person));
        let stratum = stratum(&one, strata, &areas, codes);
        members.push(MemberRow { sample_id: sample.id, pseudonym, person_id: one.person, stratum, guarded });
    }
    let without_file = clients::listed_without_file(tx, station, known_at, round.records_until)?;
    if without_file > 0 {
        left_out.insert(WITHOUT_FILE, without_file);
    }
    let digest = frame_digest(&as_members(&members));
    store::add_members(tx, &members)?;
    sample.strata_by = Some(strata);
    sample.questionnaire = Some(asked.text.clone());
    sample.cut_off = Some(round.records_until);
    sample.frame_digest = Some(digest.clone());
    sample.left_out = Some(serde_json::json!(left_out).to_string());
    sample.frozen_by = Some(by);
    sample.frozen_at = Some(tx.at());
    store::save(tx, &sample)?;
    let (code, version) = (&asked.questionnaire.code, &asked.questionnaire.version);
    let words = format!("{} 人，SHA-256 {digest}；问卷 {code} {version} 版", members.len());
    note(tx, round, "surveys.frame", Some(words))
}

fn stratum(one: &Surveyed, by: StrataBy, areas: &BTreeMap<Id, String>, codes: &Codes) -> String {
    match by {
        StrataBy::None => String::new(),
        StrataBy::Area => {
            one.area.and_then(|id| areas.get(&id).cloned()).unwrap_or_else(|| "未分片区".to_owned())
        }
        // Whoever is in several categories stands in the first of the list.
        StrataBy::Category => codes
            .list(List::Categories)
            .iter()
            .find(|code| one.categories.contains(&code.code))
            .map_or_else(|| "其他".to_owned(), |code| code.label.clone()),
    }
}

/// The frame as the rules take it.
pub(super) fn as_members(rows: &[MemberRow]) -> Vec<Member> {
    rows.iter().map(|row| Member { id: row.pseudonym.clone(), stratum: row.stratum.clone() }).collect()
}

/// A problem that the reader can mend, as a wrong field.
pub(super) fn said(error: DbError, field: &str) -> Trouble {
    match error {
        DbError::Problem(Problem { code, what, remedy, .. }) if code.contains("sample") => {
            let remedy = if remedy.is_empty() { String::new() } else { format!("：{remedy}") };
            refused(field, format!("{what}{remedy}"))
        }
        other => other.into(),
    }
}
