//! Report check: reads any evaluation report's text and says which of its statements cannot all be true.
//!
//! Bytes or text in, findings out. It knows the field's words (建档, 应到, 完成率…) and no station, no city and no
//! particular report. It does not judge the work, the style or the truth of a single statement: a finding always
//! sets statements of the same text against each other, against arithmetic or against the calendar.

pub mod read;

mod by_char;
mod claim;
mod claiming;
mod date;
mod doc;
mod explain;
mod finding;
mod label;
mod lex;
mod lists;
mod math;
mod names;
mod plans;
mod relations;
mod sound;
mod stem;
mod synonyms;
mod unit;

#[cfg(test)]
mod generated;
#[cfg(test)]
mod judged;
#[cfg(test)]
mod marked;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod mutation;
#[cfg(test)]
mod tests;

pub use explain::{RULES, explain};
pub use finding::{Finding, Location, Report, Severity};
pub use read::{Line, LineKind, ReadError, Text, read};

use std::ops::Range;

use claim::Claims;
use doc::Doc;
use finding::Sink;

/// Sets every statement of a report against the others, and gives the findings in the order of the text.
/// Time grows linearly with the text.
pub fn check(text: &Text) -> Report {
    let doc = Doc::new(text);
    let claims = Claims::read(&doc);
    let explained = |finding: &Finding, at: &[Range<usize>]| relations::explained(&doc, &claims, finding, at);
    // What is taken back keeps nobody silent.
    let mut sink = first(&doc, &claims).without(explained);
    for relation in relations::AFTER {
        relation.run(&doc, &claims, &mut sink);
    }
    sink.without(explained).into_report(claims.len())
}

/// From so many claims on, two threads share the relations: a report of 200 pages holds more than ten thousand.
const LONG: usize = 2_000;

/// What the relations say that ask of no other; the same whether one thread or two go through them.
fn first<'a>(doc: &'a Doc, claims: &'a Claims) -> Sink<'a> {
    let half = |from: usize| {
        let mut sink = Sink::new(doc, claims);
        for relation in relations::FIRST.iter().skip(from).step_by(2) {
            relation.run(doc, claims, &mut sink);
        }
        sink
    };
    let (mut sink, other) = if claims.len() < LONG {
        (half(0), half(1))
    } else {
        std::thread::scope(|threads| {
            let other = threads.spawn(|| half(1));
            let own = half(0);
            (own, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    };
    sink.join(other);
    sink
}
