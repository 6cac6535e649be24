//! What one may do here: record, correct and withdraw, each by a permit.

use super::store::{Case, CaseClosure, CaseSession};

crate::part! {
    /// The right to write casework.
    pub Casework = "casework" owns Case, CaseSession, CaseClosure
}
