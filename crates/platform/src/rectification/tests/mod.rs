//! Rectification through the router, on both databases: from a concern to what somebody else has verified, and what follows.

mod begun;
mod board;
mod item;
mod returns;

use std::sync::atomic::{AtomicI64, Ordering};

use db::Database;

use crate::evaluation::testing::{self, empty_round};
use crate::evaluation::{Round, Stage};
use crate::testing::Desk;

const RECORD: &str = "rectification.record";
const PLANNED: &str = "rectification.planned";
const CLAIMED: &str = "rectification.claimed";
const VERIFIED: &str = "rectification.verified";
const REOPENED: &str = "rectification.reopened";

/// A round of the first station that is over, with one concern and no items.
fn over(database: &Database, micros: &AtomicI64) -> Round {
    let round = empty_round(database, 1, "yizhan", Stage::Drafting);
    micros.fetch_add(1_000_000, Ordering::SeqCst);
    testing::finding(database, &round.code);
    testing::move_to(database, &round, Stage::Issued);
    round
}

/// The pages of the items that the board shows, in its order.
fn shown(board: &str) -> Vec<String> {
    let links = board.split("<a class=\"go\" href=\"").skip(1);
    links.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let value = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    value.split('"').next().unwrap_or_default().to_owned()
}

fn claim(status: &'static str, done: &'static str) -> [(&'static str, &'static str); 4] {
    [("status", status), ("done", done), ("proof", "抽查表"), ("comment", "逐份核对")]
}

/// What somebody says of the claim that they see.
fn verdict(desk: &Desk<'_>, one: &str, word: &str, opinion: &str) {
    let claimed = hidden(&desk.get(one), "claimed");
    let fields = [("verdict", word), ("opinion", opinion), ("claimed", claimed.as_str())];
    assert_eq!(desk.wrote(&format!("{one}/verify"), &fields, VERIFIED), one);
}
