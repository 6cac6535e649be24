//! What can go wrong while a page is made, and what the reader is told of it.

use axum::http::StatusCode;
use db::DbError;
use kernel::Problem;
use web::Fault;
use web::form::Wrong;

use super::meanwhile;

/// A fault of the request, or something the database or the rules said.
#[derive(Debug)]
pub enum Trouble {
    /// Something for the reader.
    Fault(Box<Fault>),
    /// Something the database or a rule said.
    Db(DbError),
    /// Fields of a form that have to be mended.
    Wrong(Vec<Wrong>),
}

impl From<Vec<Wrong>> for Trouble {
    fn from(wrong: Vec<Wrong>) -> Self {
        Self::Wrong(wrong)
    }
}

impl From<db::diesel::result::Error> for Trouble {
    fn from(error: db::diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
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

/// What is asked for and not there, or not allowed, is the reader's to mend; everything else is ours, and its words
/// stay in the log.
impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Fault(fault) => *fault,
            Trouble::Db(DbError::Problem(problem)) => match status(&problem) {
                Some(status) => Self::of(status, &problem),
                None => Self::internal(problem),
            },
            Trouble::Db(error) => Self::internal(error),
            Trouble::Wrong(wrong) => {
                let (status, code) = if meanwhile::overtaken(&wrong) {
                    (StatusCode::CONFLICT, "changed_meanwhile")
                } else {
                    (StatusCode::UNPROCESSABLE_ENTITY, "wrong_fields")
                };
                let what: Vec<String> = wrong.into_iter().map(|wrong| wrong.what).collect();
                Self::new(status, code, what.join("；"), "请改好后重新提交")
            }
        }
    }
}

/// The status of a problem that the reader can do something about.
fn status(problem: &Problem) -> Option<StatusCode> {
    match problem.code {
        "no_contract" => Some(StatusCode::NOT_FOUND),
        "forbidden" | "out_of_scope" => Some(StatusCode::FORBIDDEN),
        "withdrawn" | "changed_meanwhile" => Some(StatusCode::CONFLICT),
        code if code.starts_with("unknown_") => Some(StatusCode::NOT_FOUND),
        _ => None,
    }
}
