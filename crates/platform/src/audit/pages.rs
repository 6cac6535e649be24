//! What the pages of the audit log show: one struct for each template.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use db::{AuditEntry, AuditFault, AuditHead, WHOLE};
use kernel::Id;
use web::{Fault, Paging, Query};

use super::detail::{Changed, changed};
use super::{routes, words};
use crate::access::StationPlace;
use crate::shell::Frame;

#[cfg(test)]
mod sample;

/// What was asked for, parsed.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// A login name, `console` or `visitor`.
    pub(super) who: Option<String>,
    /// The beginning of a verb.
    pub(super) verb: Option<String>,
    /// A record.
    pub(super) record: Option<Id>,
    /// A station's code; `all` for what belongs to none.
    pub(super) chain: Option<String>,
    /// The first day.
    pub(super) from: Option<NaiveDate>,
    /// The last day.
    pub(super) to: Option<NaiveDate>,
}

impl Asked {
    /// Reads `who`, `verb`, `record`, `station`, `from` and `to`.
    ///
    /// # Errors
    /// A day is not a date, the record no id, or the last day comes before the first.
    pub(super) fn parse(query: &Query) -> Result<Self, Fault> {
        let text = |name| query.text(name).map(|text| text.trim().replace('\0', ""));
        let record = match query.text("record").map(str::trim) {
            None => None,
            Some(id) => Some(id.parse().map_err(|_| {
                Fault::bad_request("bad_record", "记录编号读不懂", "编号是 36 个字符，可以从记录的页面上抄")
            })?),
        };
        let (from, to) = (query.date("from")?, query.date("to")?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            let what = "截止日期在起始日期之前";
            return Err(Fault::bad_request("bad_days", what, "请把两个日期对调，或只填一个"));
        }
        Ok(Self { who: text("who"), verb: text("verb"), record, chain: text("station"), from, to })
    }
}

/// The lines that were asked for, newest first.
#[derive(Template)]
#[template(path = "audit/templates/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    asked: Asked,
    from: String,
    to: String,
    record: String,
    /// Each with its code and name.
    stations: Vec<(String, String)>,
    verbs: Vec<(String, String)>,
    lines: Vec<Line>,
    total: usize,
    page: (usize, usize),
    previous: Option<String>,
    next: Option<String>,
}

impl ListPage {
    pub(super) fn of(
        frame: Frame,
        asked: Asked,
        stations: &[StationPlace],
        lines: Vec<Line>,
        paging: Paging,
    ) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let to_page = |number: Option<usize>| number.map(|number| routes::address(&asked, number));
        Self {
            frame,
            from: day(asked.from),
            to: day(asked.to),
            record: asked.record.map(|id| id.to_string()).unwrap_or_default(),
            stations: stations.iter().map(|one| (one.code.clone(), one.name.clone())).collect(),
            verbs: words::verbs(),
            total: paging.total,
            page: (paging.number, paging.last()),
            previous: to_page(paging.previous()),
            next: to_page(paging.next()),
            lines,
            asked,
        }
    }

    /// Whether one of a list is what was asked for.
    fn chosen(asked: Option<&String>, value: &str) -> bool {
        asked.is_some_and(|asked| asked == value)
    }
}

/// One line.
pub(super) struct Line {
    when: String,
    who: String,
    origin: String,
    verb: String,
    kind: String,
    record: Option<Id>,
    records: i64,
    reason: Option<String>,
    chain: String,
    seq: i64,
    changed: Vec<Changed>,
    broken: bool,
}

impl Line {
    pub(super) fn of(
        entry: AuditEntry,
        names: &BTreeMap<Id, String>,
        stations: &BTreeMap<Id, String>,
    ) -> Self {
        let line = entry.line;
        let who = match line.actor.as_str() {
            "console" => "命令行".to_owned(),
            "visitor" => "未登录".to_owned(),
            id => id.parse().ok().and_then(|id| names.get(&id)).cloned().unwrap_or(line.actor),
        };
        let chain =
            if entry.chain == WHOLE { "全库".to_owned() } else { of_station(entry.chain, stations) };
        Self {
            when: line.at.minute(),
            who,
            origin: line.origin.unwrap_or_default(),
            verb: words::verb(&line.verb),
            kind: words::kind(&line.kind),
            record: line.record_id,
            records: line.records,
            reason: line.reason,
            chain,
            seq: entry.seq,
            changed: entry.detail.map(|detail| changed(&line.kind, &detail)).unwrap_or_default(),
            broken: entry.detail_broken,
        }
    }
}

fn of_station(id: Id, stations: &BTreeMap<Id, String>) -> String {
    stations.get(&id).cloned().unwrap_or_else(|| id.to_string())
}

/// What verifying the chains found.
#[derive(Template)]
#[template(path = "audit/templates/verified.html")]
pub(super) struct VerifiedPage {
    frame: Frame,
    /// Each chain's name and how many lines it has.
    chains: Vec<(String, i64)>,
    faults: Vec<String>,
}

impl VerifiedPage {
    pub(super) fn of(
        frame: Frame,
        chains: &[AuditHead],
        faults: &[AuditFault],
        stations: &BTreeMap<Id, String>,
    ) -> Self {
        let name = |chain: Id| if chain == WHOLE { "全库".to_owned() } else { of_station(chain, stations) };
        let said = |fault: &AuditFault| fault.to_string().replace(fault.chain.as_str(), &name(fault.chain));
        Self {
            frame,
            chains: chains.iter().map(|head| (name(head.chain), head.seq)).collect(),
            faults: faults.iter().map(said).collect(),
        }
    }
}
