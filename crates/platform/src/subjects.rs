//! What documents are attached to: any record of any slice, put together for [`documents`] and for
//! [`sheets`](crate::sheets), which both know no other slices.

use askama::Template as _;
use db::{DbResult, Tx};
use kernel::{Id, Problem};

use crate::access::{Asker, Place};
use crate::documents::{self, Subject, Subjects, Whose};
use crate::sheets::{Attached, Attachments, Names, Row, Sheet};
use crate::{SHEETS, SLICES, Slice, clients, rectification};

/// Given to the site when it is put together.
pub const SUBJECTS: Subjects = Subjects { find };

/// What is kept beside the records of sheets.
pub const ATTACHMENTS: Attachments = Attachments { of: attached, follow: documents::follow };

/// The slice of documents: they are attached to other records, not to one another.
const DOCUMENTS: &str = "documents";

/// The fields by which a record without a sheet is called, the first that it has.
const CALLED: &[&str] = &["name", "title", "code"];

fn find(tx: &mut Tx<'_>, asker: &Asker, kind: &str, id: Id) -> DbResult<Option<Subject>> {
    for slice in SLICES.iter().filter(|slice| slice.name != DOCUMENTS) {
        let Some(place) = (slice.place_of)(tx, kind, id)? else { continue };
        let own = clients::named(tx, kind, id)?;
        let own = own.map_or_else(|| rectification::named(tx, kind, id), |own| Ok(Some(own)))?;
        let (label, href) = match own {
            Some(named) => named,
            None => named(tx, asker, slice, kind, id)?,
        };
        return Ok(Some(Subject { id, place, part: slice.name, label, href }));
    }
    Ok(None)
}

/// What a record is called and the page with its documents: its own where it is of a sheet with pages.
fn named(tx: &mut Tx<'_>, asker: &Asker, slice: &Slice, kind: &str, id: Id) -> DbResult<(String, String)> {
    let alone = format!("/documents/of/{kind}/{id}");
    let Some(sheet) = SHEETS.of_kind(kind) else {
        let ops = slice.records.iter().find(|ops| ops.kind == kind);
        let row = ops.map(|ops| (ops.last)(tx, id)).transpose()?.flatten().map(|(_, row)| row);
        let called = row.and_then(|row| {
            CALLED.iter().map(|field| row.text(field).to_owned()).find(|text| !text.is_empty())
        });
        return Ok((with_kind(label(slice, kind), called.as_deref().unwrap_or_default()), alone));
    };
    let Some((_, row)) = (sheet.ops.last)(tx, id)? else { return Ok((sheet.label.to_owned(), alone)) };
    let names = Names::of_rows(tx, SHEETS, asker, sheet, std::slice::from_ref(&row))?;
    let href = if sheet.page.is_none() { sheet.href_of(&row) } else { alone };
    Ok((with_kind(sheet.label, names.of(id.as_str())), href))
}

fn with_kind(kind: &str, name: &str) -> String {
    if name.is_empty() || name == kind { kind.to_owned() } else { format!("{kind} {name}") }
}

/// The word for a kind of record; for those that counting rules do not know, that of their slice.
fn label(slice: &Slice, kind: &str) -> &'static str {
    slice.kinds.iter().find(|known| known.name == kind).map_or(slice.label, |known| known.label)
}

/// The documents of a record of a sheet, for its page.
fn attached(tx: &mut Tx<'_>, asker: &Asker, sheet: &Sheet, row: &Row) -> DbResult<Attached> {
    let base = row.base;
    let place = Place { station: base.station_id, area: base.area_id, community: base.community_id };
    let whose = Whose { kind: sheet.kind(), id: base.id, part: sheet.slice(), place };
    let mut documents = documents::panel_of(tx, asker, whose, &[])?;
    let told = documents.take_history().into_iter().map(|one| (one.at, one.what)).collect();
    let panel = documents
        .render()
        .map_err(|error| Problem::new("template", error.to_string(), "这是程序错误，请报告给维护者"))?;
    Ok(Attached { panel, told })
}
