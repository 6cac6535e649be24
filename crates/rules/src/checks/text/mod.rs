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
mod run;
mod sound;
mod stem;
mod synonyms;
mod unit;
mod words;

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

use claim::Claims;
use doc::Doc;

/// Sets every statement of a report against the others, and gives the findings in the order of the text.
/// Time grows linearly with the text.
pub fn check(text: &Text) -> Report {
    let doc = Doc::new(text);
    let claims = Claims::read(&doc);
    run::relations(&doc, &claims).into_report(claims.len())
}
