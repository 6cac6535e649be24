//! `kapok figure`: one figure, its records, its breakdown.

use std::collections::BTreeMap;

use db::DbError;
use kernel::{Moment, number, trimmed};
use platform::figures::{At, Detail, Listed, Names, Part, Scope};
use platform::indicators::rule_set;
use platform::{areas, contracts, evaluation, indicators, staff};
use rules::counting::{self, Basis, RuleSet, read_out};
use serde_json::{Map, Value, json};

use crate::args::{By, FigureArgs, Format};
use crate::output;
use crate::place::{self, Opened};
use crate::trouble::Trouble;

/// What the command prints from.
struct Found {
    set: RuleSet,
    at: At,
    names: Names,
    detail: Detail,
    workers: BTreeMap<String, String>,
}

/// Runs the command.
pub fn run(args: &FigureArgs) -> Result<bool, Trouble> {
    let opened = place::open(&args.place)?;
    let found = load(&opened, args)?;
    match args.format {
        Format::Json => output::json(&found.object(args))?,
        Format::Text => output::print(&found.text(args)),
    }
    Ok(false)
}

fn load(opened: &Opened, args: &FigureArgs) -> Result<Found, Trouble> {
    let as_of = args.as_of.unwrap_or(opened.today);
    let found = opened.database.read(|tx| {
        let now = tx.at();
        let station = areas::station_by_code(tx, &args.station, now)?;
        let contract = contracts::in_force(tx, station.id, as_of, now)?;
        let board = indicators::board(tx, &opened.library.catalogue, station.id, as_of, now)?;
        let targets = indicators::targets(tx, contract.id, as_of, now)?;
        let mut basis = Basis::of(contract.period()?, as_of);
        let rounds = evaluation::rounds_of(tx, station.id, now)?;
        if let Some(round) = rounds.iter().find(|round| round.contract_id == contract.id) {
            basis = evaluation::with_round(basis, round);
        }
        let at = At { station: station.id, basis, known_at: now, written_at: now, scope: Scope::Station };
        let names = Names::load(tx, station.id, now)?;
        let set = rule_set(&opened.library, &board, &targets);
        let detail = Detail::load(tx, &set, &args.rule, &at, &names)?;
        let workers = workers(tx, station.id, now)?;
        Ok::<_, DbError>(Found { set, at, names, detail, workers })
    })?;
    Ok(found)
}

fn workers(
    tx: &mut db::Tx<'_>,
    station: kernel::Id,
    now: Moment,
) -> Result<BTreeMap<String, String>, DbError> {
    Ok(staff::workers_of(tx, station, now)?
        .into_iter()
        .map(|worker| (worker.id.to_string(), worker.name))
        .collect())
}

impl Found {
    fn object(&self, args: &FigureArgs) -> Value {
        let mut object = Map::new();
        object.insert("rule".into(), json!(self.detail.code));
        object.insert("name".into(), json!(self.detail.name));
        object.insert("value".into(), self.detail.value.map_or(Value::Null, number));
        object.insert("unit".into(), json!(self.detail.unit));
        object.insert("digest".into(), json!(self.detail.digest));
        object.insert("as_of".into(), json!(self.at.basis.cut_off));
        if let Some(by) = args.by {
            let row = |part: &Part| {
                json!({
                    "key": part.key,
                    "name": self.part_name(by, part),
                    "value": part.value.map_or(Value::Null, number),
                    "records": part.records,
                })
            };
            object.insert("rows".into(), self.parts(by).iter().map(row).collect());
        }
        if args.list {
            object.insert(
                "records".into(),
                self.records().map(|(kind, listed)| record(kind, listed)).collect(),
            );
        }
        Value::Object(object)
    }

    fn text(&self, args: &FigureArgs) -> String {
        let figure = self.set.get(&self.detail.code);
        let value = self.detail.value.map_or_else(|| "未列".to_owned(), trimmed);
        let mut text = format!(
            "{}（{}）：{value} {}\n统计期：{}\n规则：{}\n散列：{}",
            self.detail.name,
            self.detail.code,
            self.detail.unit,
            self.at.period(),
            figure.map(|figure| read_out(&self.set, figure)).unwrap_or_default(),
            self.detail.digest,
        );
        if let Some(by) = args.by {
            let row = |part: &Part| {
                let value = part.value.map_or_else(|| "未列".to_owned(), trimmed);
                vec![self.part_name(by, part), value, part.records.to_string()]
            };
            let rows = self.parts(by).iter().map(row).collect();
            text.push_str(&format!(
                "\n{}",
                output::table(&["分列", &self.detail.unit, "记录数"], &[1, 2], rows)
            ));
        }
        if args.list {
            let row = |(kind, listed): (&str, &Listed)| {
                let fields: Vec<String> =
                    listed.row.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
                vec![kind.to_owned(), listed.id.to_string(), fields.join(" ")]
            };
            text.push_str(&format!(
                "\n{}",
                output::table(&["记录", "编号", "字段"], &[], self.records().map(row).collect())
            ));
        }
        text
    }

    fn parts(&self, by: By) -> Vec<Part> {
        let by = match by {
            By::Area => counting::By::Area,
            By::Community => counting::By::Community,
            By::Worker => counting::By::Worker,
            By::Month => counting::By::Month,
        };
        self.detail.by(&self.set, &self.at, by)
    }

    fn part_name(&self, by: By, part: &Part) -> String {
        let Some(key) = &part.key else { return "（未注明）".to_owned() };
        match by {
            By::Area | By::Community => self.names.name(key).unwrap_or(key).to_owned(),
            By::Worker => self.workers.get(key).unwrap_or(key).clone(),
            By::Month => key.clone(),
        }
    }

    fn records(&self) -> impl Iterator<Item = (&str, &Listed)> {
        self.detail
            .records
            .iter()
            .flat_map(|(rule, listed)| listed.iter().map(|listed| (rule.kind.name, listed)))
    }
}

fn record(kind: &str, listed: &Listed) -> Value {
    json!({
        "record": kind,
        "id": listed.id,
        "area": listed.row.area,
        "community": listed.row.community,
        "worker": listed.row.worker,
        "fields": listed.row.fields,
        "digest": counting::row_digest(&listed.row),
    })
}
