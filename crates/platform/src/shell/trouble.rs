//! What can go wrong while a page is made, and what the reader is told of it.

use axum::http::StatusCode;
use db::DbError;
use kernel::Problem;
use web::Fault;

/// A fault of the request, or something the database or the rules said.
#[derive(Debug)]
pub enum Trouble {
    /// Something for the reader.
    Fault(Box<Fault>),
    /// Something the database or a rule said.
    Db(DbError),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

impl From<DbError> for Trouble {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::Db(problem.into())
    }
}

/// What is asked for and not there is the reader's to mend; everything else is ours, and its words stay in the log.
impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Fault(fault) => *fault,
            Trouble::Db(DbError::Problem(problem)) if missing(&problem) => {
                Self::of(StatusCode::NOT_FOUND, &problem)
            }
            Trouble::Db(error) => Self::internal(error),
        }
    }
}

fn missing(problem: &Problem) -> bool {
    matches!(
        problem.code,
        "unknown_station" | "unknown_round" | "unknown_figure" | "unknown_place" | "no_contract"
    )
}
