//! The table of deliveries. All SQL on it is here.

use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};
use rules::scoring::{Paper, Recipient};

use super::model::{Gone, Kept};
use crate::access::display_names;

diesel::table! {
    deliveries (round, paper, recipient) {
        round -> Text,
        paper -> Text,
        recipient -> Text,
        station_id -> Text,
        sent_by -> Text,
        sent_at -> BigInt,
        received_by -> Nullable<Text>,
        received_at -> Nullable<BigInt>,
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = deliveries)]
struct Row {
    round: String,
    paper: Paper,
    recipient: Recipient,
    station_id: Id,
    sent_by: Id,
    sent_at: Moment,
    received_by: Option<Id>,
    received_at: Option<Moment>,
}

/// The steps gone in a round, in their order.
pub(super) fn gone(tx: &mut Tx<'_>, round: &str) -> DbResult<Vec<Gone>> {
    let own = deliveries::table.filter(deliveries::round.eq(round));
    let order = (deliveries::sent_at, deliveries::recipient);
    let rows: Vec<Row> = own.order(order).select(Row::as_select()).load(tx.conn())?;
    let gone = |row: Row| Gone {
        paper: row.paper,
        recipient: row.recipient,
        sent_by: row.sent_by,
        sent_at: row.sent_at,
        received: row.received_by.zip(row.received_at),
    };
    Ok(rows.into_iter().map(gone).collect())
}

/// The steps that a paper had gone at a moment, as they are kept with the round.
///
/// # Errors
/// What the database says.
pub(in crate::evaluation) fn kept(
    tx: &mut Tx<'_>,
    round: &str,
    paper: Paper,
    at: Moment,
) -> DbResult<Vec<Kept>> {
    let mut gone = gone(tx, round)?;
    gone.retain(|one| one.paper == paper && one.sent_at <= at);
    for one in &mut gone {
        one.received = one.received.filter(|(_, received)| *received <= at);
    }
    let people = gone.iter().flat_map(|one| [Some(one.sent_by), one.received.map(|(by, _)| by)]);
    let names = display_names(tx, people.flatten().collect::<Vec<Id>>())?;
    Ok(gone.iter().map(|one| one.kept(&names)).collect())
}

/// The rounds of some stations, or of all without any given, whose final report went a step since a moment.
pub(in crate::evaluation) fn under_way(
    tx: &mut Tx<'_>,
    stations: Option<Vec<Id>>,
    since: Moment,
) -> DbResult<Vec<String>> {
    let mut all = deliveries::table
        .filter(deliveries::paper.eq(Paper::Final).and(deliveries::sent_at.ge(since)))
        .into_boxed();
    if let Some(stations) = stations {
        all = all.filter(deliveries::station_id.eq_any(stations));
    }
    Ok(all.select(deliveries::round).distinct().order(deliveries::round).load(tx.conn())?)
}

/// Hands a paper on.
pub(super) fn send(
    tx: &mut Tx<'_>,
    (round, station_id): (&str, Id),
    (paper, recipient): (Paper, Recipient),
    by: Id,
) -> DbResult<()> {
    let row = Row {
        round: round.to_owned(),
        paper,
        recipient,
        station_id,
        sent_by: by,
        sent_at: tx.at(),
        received_by: None,
        received_at: None,
    };
    diesel::insert_into(deliveries::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Signs for a paper; false where that was done before, or nothing was sent.
pub(super) fn receive(
    tx: &mut Tx<'_>,
    round: &str,
    (paper, recipient): (Paper, Recipient),
    by: Id,
) -> DbResult<bool> {
    let at = tx.at();
    let own = deliveries::table
        .filter(deliveries::round.eq(round).and(deliveries::paper.eq(paper)))
        .filter(deliveries::recipient.eq(recipient).and(deliveries::received_at.is_null()));
    let signed = (deliveries::received_by.eq(Some(by)), deliveries::received_at.eq(Some(at)));
    Ok(diesel::update(own).set(signed).execute(tx.conn())? == 1)
}
