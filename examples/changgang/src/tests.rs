//! The stored sample, read back.

use std::time::Instant;

use chrono::NaiveTime;
use db::testing::{Fresh, sqlite};
use kernel::{Clock, Moment};

use crate::calendar::day;

fn clock() -> Clock {
    Clock::Fixed(Moment::at(day(2025, 5, 6), NaiveTime::MIN))
}

fn made() -> Fresh {
    let fresh = sqlite(clock());
    let started = Instant::now();
    crate::make(&fresh.database, &mut |step| println!("{:?} {step}", started.elapsed())).unwrap();
    println!("{:?} done", started.elapsed());
    fresh
}

#[test]
fn it_is_made() {
    made();
}
