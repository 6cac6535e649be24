//! Which scheme a round uses. All SQL on that table is here.

use std::borrow::Cow;

use db::{DbError, DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Problem};
use rules::counting::Figure;
use rules::scoring::Scheme;

use crate::evaluation::Round;
use crate::evaluation::schemes;
use crate::library::{Library, SchemeFile};

diesel::table! {
    round_schemes (round) {
        round -> Text,
        scheme_id -> Text,
    }
}

/// Ties a round to an adopted version of a scheme, instead of one it was tied to before.
pub(in crate::evaluation) fn pin(tx: &mut Tx<'_>, round: &str, scheme: Id) -> DbResult<()> {
    diesel::delete(round_schemes::table.filter(round_schemes::round.eq(round))).execute(tx.conn())?;
    let row = (round_schemes::round.eq(round), round_schemes::scheme_id.eq(scheme));
    diesel::insert_into(round_schemes::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The version that a round is tied to.
pub(super) fn pinned(tx: &mut Tx<'_>, round: &str) -> DbResult<Option<Id>> {
    let own = round_schemes::table.filter(round_schemes::round.eq(round));
    Ok(own.select(round_schemes::scheme_id).first(tx.conn()).optional()?)
}

/// The scheme of a round: the version it is tied to, word for word as it was adopted; for a round of a sample, which is
/// tied to none, the file of its code.
///
/// # Errors
/// There is no such file, or the adopted text can no longer be read.
pub fn scheme_file_of<'l>(
    tx: &mut Tx<'_>,
    library: &'l Library,
    round: &Round,
) -> DbResult<Cow<'l, SchemeFile>> {
    let Some(pinned) = pinned(tx, &round.code)? else {
        let file = library.schemes.iter().find(|file| file.scheme.code == round.scheme);
        return match file {
            Some(file) => Ok(Cow::Borrowed(file)),
            None => Err(other_scheme(round, library)),
        };
    };
    let (code, text) = schemes::text_of(tx, pinned)?;
    let known: Vec<&str> = library.rules.iter().map(Figure::code).collect();
    let scheme = Scheme::parse(&code, &text, &known);
    let scheme = scheme.map_err(|mut problems| DbError::Problem(problems.remove(0)))?;
    Ok(Cow::Owned(SchemeFile { file: code, text, scheme }))
}

/// The same without its text.
///
/// # Errors
/// As [`scheme_file_of`].
pub fn scheme_of(tx: &mut Tx<'_>, library: &Library, round: &Round) -> DbResult<Scheme> {
    Ok(scheme_file_of(tx, library, round)?.into_owned().scheme)
}

fn other_scheme(round: &Round, library: &Library) -> DbError {
    let there: Vec<&str> = library.schemes.iter().map(|file| file.scheme.code.as_str()).collect();
    let what = format!("轮次 {} 用的是指标体系 {}，没有这份文件", round.code, round.scheme);
    Problem::new("unknown_scheme", what, format!("现有：{}；请补上该轮次所用的文件", there.join("、"))).into()
}
