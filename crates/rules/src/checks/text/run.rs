//! In which order the relations speak, and on how many threads: what is found is the same on one and on two.

use std::ops::Range;

use super::claim::Claims;
use super::doc::Doc;
use super::finding::{Finding, Sink};
use super::relations::{self, Relation};

/// From so many bytes on, two threads share the work: a report of 200 pages holds 600,000.
const LONG: usize = 50_000;

/// So many of the relations that ask of no other take as long as the rest of them, and so many of the later ones.
const HALF: usize = 18;
const EARLY: usize = 20;

/// Two pieces of work, on two threads where the text is long.
pub(super) fn both<A, B: Send>(
    doc: &Doc,
    one: impl FnOnce() -> A,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if doc.text.len() < LONG {
        return (one(), other());
    }
    std::thread::scope(|threads| {
        let other = threads.spawn(other);
        let one = one();
        (one, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Everything that is found.
pub(super) fn relations<'a>(doc: &'a Doc, claims: &'a Claims) -> Sink<'a> {
    let explained = |finding: &Finding, at: &[Range<usize>]| relations::explained(doc, claims, finding, at);
    // What is taken back keeps nobody silent.
    let sink = first(doc, claims).without(explained);
    after(doc, claims, sink).without(explained)
}

/// What the relations say that ask of no other; where two say as much of a place, the one before the other is heard.
fn first<'a>(doc: &'a Doc, claims: &'a Claims) -> Sink<'a> {
    let (one, other) = relations::FIRST.split_at(HALF);
    let half = |relations: &[Relation]| {
        let mut sink = Sink::new(doc, claims);
        for relation in relations {
            relation.run(doc, claims, &mut sink);
        }
        sink
    };
    let (mut sink, other) = both(doc, || half(one), || half(other));
    sink.join(other);
    sink
}

/// What the relations say that keep silent where another has spoken, each of those before it.
///
/// In a long text the second half of them goes ahead on what is known before the first half speaks. Whatever is found
/// meanwhile, each of them counts as it went ahead until one would have heard another answer: from there on they are asked again.
fn after<'a>(doc: &'a Doc, claims: &'a Claims, mut sink: Sink<'a>) -> Sink<'a> {
    let (early, late) = relations::AFTER.split_at(EARLY);
    let run = |relations: &[Relation], sink: &mut Sink<'a>| {
        for relation in relations {
            relation.run(doc, claims, sink);
        }
    };
    if doc.text.len() < LONG {
        run(relations::AFTER, &mut sink);
        return sink;
    }
    let mut ahead = sink.ahead();
    let ((), steps) = both(
        doc,
        || run(early, &mut sink),
        || {
            let step = |relation: &Relation| {
                relation.run(doc, claims, &mut ahead);
                ahead.step()
            };
            late.iter().map(step).collect::<Vec<_>>()
        },
    );
    for (done, step) in steps.into_iter().enumerate() {
        if !sink.follow(step) {
            run(&late[done..], &mut sink);
            break;
        }
    }
    sink
}

#[cfg(test)]
mod tests {
    use super::super::{Report, Text, marked};
    use super::*;

    fn in_turn(text: &Text) -> Report {
        let doc = Doc::new(text);
        let claims = Claims::read(&doc);
        let explained =
            |finding: &Finding, at: &[Range<usize>]| relations::explained(&doc, &claims, finding, at);
        let mut sink = Sink::new(&doc, &claims);
        for turn in [relations::FIRST, relations::AFTER] {
            for relation in turn {
                relation.run(&doc, &claims, &mut sink);
            }
            sink = sink.without(explained);
        }
        sink.into_report(claims.len())
    }

    /// Reports with all their slips, several in a text: relations of both halves speak.
    #[test]
    fn two_threads_find_what_one_finds() {
        for several in marked::wrong().chunks(16).step_by(2) {
            let text = Text::from_plain(&several.concat());
            assert!(several.concat().len() > LONG);
            assert_eq!(super::super::check(&text), in_turn(&text));
        }
    }
}
