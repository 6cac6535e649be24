//! What this part tells of a household on its file.

use std::collections::BTreeMap;

use db::{DbResult, Tx};
use kernel::{Id, Moment};

use super::find;
use super::store::{Call, Ticket};
use crate::clients::{Happening, Told};

/// Calls with a household and whoever lives in it, each with what its ticket says.
///
/// # Errors
/// What the database says.
pub fn on_file(tx: &mut Tx<'_>, household: Id, persons: &[Id], at: Moment) -> DbResult<Vec<Happening>> {
    let calls = find::of_household(tx, household, persons, at)?;
    let ids: Vec<Id> = calls.iter().map(|call| call.id).collect();
    let tickets = find::tickets_of(tx, &ids, at)?;
    let mut tickets: BTreeMap<Id, Ticket> = tickets.into_iter().map(|one| (one.call_id, one)).collect();
    Ok(calls.into_iter().map(|call| happening(&call, tickets.remove(&call.id))).collect())
}

fn happening(call: &Call, ticket: Option<Ticket>) -> Happening {
    let filled = ticket.as_ref().is_some_and(|ticket| ticket.filled_on.is_some());
    let (reason, action) = ticket.map_or((None, None), |ticket| (ticket.reason, ticket.action));
    let text = [("事由", reason), ("处理", action)];
    let answered =
        if call.answered { format!("接通 {}", lasted(call.seconds)) } else { "未接通".to_owned() };
    Happening {
        kind: Told::Hotline,
        on: call.called_on,
        what: format!("热线{}", call.direction.label()),
        face: false,
        worker: call.worker_id,
        facts: if filled { answered } else { format!("{answered} · 工单未填") },
        text: text.into_iter().filter_map(|(heading, words)| Some((heading, words?))).collect(),
    }
}

/// Seconds as people say them.
fn lasted(seconds: i32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} 秒"),
        (minutes, 0) => format!("{minutes} 分钟"),
        (minutes, seconds) => format!("{minutes} 分 {seconds} 秒"),
    }
}
