//! The table of kept texts of reports. All SQL on it is here.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};

use super::model::VersionKind;
use super::text::ReportText;
use crate::access::new_id;
use crate::evaluation::Round;

diesel::table! {
    report_versions (id) {
        id -> Text,
        station_id -> Text,
        round -> Text,
        number -> Integer,
        kind -> Text,
        content -> Text,
        kept_by -> Text,
        keeper -> Text,
        kept_at -> BigInt,
    }
}

/// A kept text, without its content.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = report_versions)]
pub(super) struct Version {
    /// From 1.
    pub(super) number: i32,
    pub(super) kind: VersionKind,
    /// The name of whoever kept it.
    pub(super) keeper: String,
    pub(super) kept_at: Moment,
}

/// What was kept of a round, the first first.
pub(super) fn versions_of(tx: &mut Tx<'_>, round: &Round) -> DbResult<Vec<Version>> {
    let own = report_versions::table
        .filter(report_versions::round.eq(&round.code).and(report_versions::station_id.eq(round.station_id)));
    Ok(own.order(report_versions::number).select(Version::as_select()).load(tx.conn())?)
}

/// The text of one version.
pub(super) fn text_of(tx: &mut Tx<'_>, round: &Round, number: i32) -> DbResult<Option<ReportText>> {
    let own = report_versions::table
        .filter(report_versions::round.eq(&round.code).and(report_versions::station_id.eq(round.station_id)));
    let content: Option<String> = own
        .filter(report_versions::number.eq(number))
        .select(report_versions::content)
        .first(tx.conn())
        .optional()?;
    content.map(|content| parsed(&content)).transpose()
}

/// The text of the draft as it was sent.
pub(super) fn draft_of(tx: &mut Tx<'_>, round: &Round) -> DbResult<Option<ReportText>> {
    let versions = versions_of(tx, round)?;
    match versions.iter().rfind(|one| one.kind == VersionKind::Draft) {
        Some(draft) => text_of(tx, round, draft.number),
        None => Ok(None),
    }
}

/// Keeps the text of the draft that is sent, unless it is the one kept when the stage began.
pub(super) fn sent(tx: &mut Tx<'_>, round: &Round, text: &ReportText, by: (Id, &str)) -> DbResult<()> {
    if draft_of(tx, round)?.as_ref() == Some(text) {
        return Ok(());
    }
    keep(tx, round, VersionKind::Draft, text, by)
}

/// Keeps a text.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    round: &Round,
    kind: VersionKind,
    text: &ReportText,
    (by, name): (Id, &str),
) -> DbResult<()> {
    let number = versions_of(tx, round)?.last().map_or(1, |last| last.number + 1);
    let content = serde_json::to_string(text)
        .map_err(|error| Problem::new("json", error.to_string(), "这是程序错误，请报告给维护者"))?;
    let row = (
        report_versions::id.eq(new_id(tx.at())?),
        report_versions::station_id.eq(round.station_id),
        report_versions::round.eq(&round.code),
        report_versions::number.eq(number),
        report_versions::kind.eq(kind),
        report_versions::content.eq(content),
        report_versions::kept_by.eq(by),
        report_versions::keeper.eq(name),
        report_versions::kept_at.eq(tx.at()),
    );
    diesel::insert_into(report_versions::table).values(row).execute(tx.conn())?;
    Ok(())
}

fn parsed(content: &str) -> DbResult<ReportText> {
    let unreadable = |error: serde_json::Error| {
        Problem::new("kept_text_unreadable", error.to_string(), "请从备份里取回这一版")
    };
    Ok(serde_json::from_str(content).map_err(unreadable)?)
}
