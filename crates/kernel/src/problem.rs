//! What went wrong, said so that a person can mend it and a program can tell it apart.

use std::fmt;

/// A problem with what somebody gave us. The words are Chinese, the code is stable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable code for programs, for example `unknown_station`.
    pub code: &'static str,
    /// What happened.
    pub what: String,
    /// Where: a file and line, a field, a row; empty when `what` already says it.
    pub place: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    /// A problem that is not tied to a place.
    #[must_use]
    pub fn new(code: &'static str, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code, what: what.into(), place: String::new(), remedy: remedy.into() }
    }

    /// The same problem, at a place.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = place.into();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}：", self.place)?;
        }
        write!(f, "{}。{}", self.what.trim_end_matches('。'), self.remedy)
    }
}

impl std::error::Error for Problem {}
