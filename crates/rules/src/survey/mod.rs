//! The satisfaction survey 满意度调查: the questionnaire as data, what somebody answered, what all the answers come to.
//!
//! Pure. The method of the intervals, and what keeps answers apart from persons: `docs/decisions/0014-answers.md`.
//! Not here: who is asked (`sampling`), and where answers are kept.

mod cells;
mod check;
mod closed;
mod fill;
mod interval;
mod questionnaire;
mod raw;
#[cfg(test)]
mod tests;

pub use cells::{SMALLEST, shown};
pub use closed::{AreaResult, Closed, Entry, QuestionResult, Stats, closed};
pub use fill::{DECLINED, Filled, Points, UNKNOWN};
pub use interval::{Interval, mean, of_share, share};
pub use questionnaire::{Asks, Choice, Dimension, Question, Questionnaire, Scale, When};
