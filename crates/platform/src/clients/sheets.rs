//! How the records of this slice are listed, entered and exchanged.

use db::{DbResult, Tx};
use kernel::Id;

use super::fields::KINDS;
use super::model::{Residence, Sex};
use super::store::{Household, Person};
use super::{find, search};
use crate::access::Scope;
use crate::sheets::{Column, Placed, Sheet, Whose};

/// The sheets; files are entered on the pages of this slice, and other sheets refer to them.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        counted: Some(&KINDS[0]),
        dated: Some("opened_on"),
        titled: &["file_number"],
        page: Some(("", "/clients/")),
        find: Some(households),
        ..Sheet::of::<Household>(
            "households",
            "家户档案",
            &[
                Column::text("file_number", "档案号"),
                Column::text("building", "街巷和楼号"),
                Column::word("residence", "人户情况", Residence::list),
                Column::date("opened_on", "建档日期"),
                Column::date("closed_on", "销档日期").since("opened_on"),
                Column::text("platform_id", "平台编号"),
                Column::text("housing", "住房"),
                Column::text("closed_reason", "销档原因"),
            ],
        )
    },
    Sheet {
        counted: Some(&KINDS[1]),
        dated: Some("filed_on"),
        titled: &["name", "household_id"],
        placed: Placed::With("household_id"),
        whose: Whose::Nobody,
        page: Some(("household_id", "/clients/")),
        find: Some(persons),
        ..Sheet::of::<Person>(
            "persons",
            "服务对象",
            &[
                Column::refers("household_id", "户", "household"),
                Column::text("name", "姓名"),
                Column::word("sex", "性别", Sex::list),
                Column::date("born_on", "出生日期"),
                Column::date("filed_on", "建档日期"),
                Column::date("closed_on", "销档日期").since("filed_on"),
            ],
        )
    },
];

fn households(tx: &mut Tx<'_>, scope: &Scope, text: &str) -> DbResult<Vec<Id>> {
    search::search(tx, scope, text)
}

/// Persons by name, also beside their file number, and by everything that finds a file.
fn persons(tx: &mut Tx<'_>, scope: &Scope, text: &str) -> DbResult<Vec<Id>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut households: Option<Vec<Id>> = None;
    for word in &words {
        let found = search::search(tx, scope, word)?;
        // Each word narrows what the ones before it found.
        households = Some(match households {
            Some(before) => found.into_iter().filter(|id| before.contains(id)).collect(),
            None => found,
        });
    }
    let households = households.unwrap_or_default();
    let of = find::persons_of(tx, &households)?;
    // In the order of how well their households fit.
    let persons = households.iter().filter_map(|household| of.get(household)).flatten();
    let all: Vec<&Person> = persons.filter(|person| person.closed_on.is_none()).collect();
    let named: Vec<Id> =
        all.iter().filter(|one| words.contains(&one.name.as_str())).map(|one| one.id).collect();
    Ok(if named.is_empty() { all.iter().map(|one| one.id).collect() } else { named })
}
