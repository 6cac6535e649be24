//! What each relation costs, for whoever looks for the slow one.

use std::time::{Duration, Instant};

use super::super::claim::Claims;
use super::super::doc::Doc;
use super::super::finding::Sink;
use super::super::{Text, relations};
use super::FIXTURES;

/// Times of reading and of every relation on 200 pages of several reports, on one thread and the dearest first.
/// The first time holds what is built once in a process, so the second is told.
#[test]
#[ignore = "prints: cargo test --release -p rules --lib relation_times -- --ignored --nocapture"]
fn relation_times() {
    let several: String = FIXTURES.iter().map(|(_, text, _)| *text).collect();
    let text: String = several.repeat(20).chars().take(200_000).collect();
    let text = Text::from_plain(&text);
    let once = timed(&text);
    let again = timed(&text);
    for (time, name) in again.iter().rev() {
        println!("{:8.2} ms  {name}", time.as_secs_f64() * 1e3);
    }
    let sum = |rows: &[(Duration, &str)]| rows.iter().map(|(time, _)| time.as_secs_f64() * 1e3).sum::<f64>();
    println!("{:8.2} ms  together, the first time {:.2} ms", sum(&again), sum(&once));
}

/// What each step takes, on one thread, the dearest last.
fn timed(text: &Text) -> Vec<(Duration, &'static str)> {
    let mut rows = Vec::new();
    let from = Instant::now();
    let doc = Doc::new(text);
    rows.push((from.elapsed(), "blocks"));
    let from = Instant::now();
    let claims = Claims::read(&doc);
    rows.push((from.elapsed(), "claims"));
    let mut sink = Sink::new(&doc, &claims);
    for relation in relations::FIRST.iter().chain(relations::AFTER) {
        let from = Instant::now();
        relation.run(&doc, &claims, &mut sink);
        rows.push((from.elapsed(), relation.name));
    }
    let from = Instant::now();
    sink.without(|finding, at| relations::explained(&doc, &claims, finding, at));
    rows.push((from.elapsed(), "what is taken back"));
    rows.sort();
    rows
}
