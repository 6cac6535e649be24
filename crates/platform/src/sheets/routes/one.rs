//! A record: what it says, what belongs to it, what it said before.

use db::{DbResult, Stamp, Tx};
use kernel::{Id, Moment};
use web::{Fault, Link, Page, render, unkept};

use super::super::column::{Column, Holds};
use super::super::names::{Names, place};
use super::super::pages::{Belonging, Change, Fact, OnePage};
use super::super::sheet::{Row, Sheet, Sheets, Whose};
use super::list::{load, sought, tabs, text_of};
use crate::access::Scope;
use crate::shell::{App, Trouble, form_key};
use db::list::Condition;

/// How many of the records that belong to one stand on its page.
const SHOWN: usize = 60;

/// A record that may be seen, with its version.
///
/// # Errors
/// There is none, or none that may be seen: both in the same words.
pub(super) fn standing(
    tx: &mut Tx<'_>,
    sheet: &'static Sheet,
    scope: &Scope,
    id: &str,
) -> Result<(Stamp, Row), Trouble> {
    let unknown = || Fault::not_found("unknown_record", "没有这条记录", "请从列表里找；作废的记录不再显示");
    let id: Id = id.parse().map_err(|_| unknown())?;
    match (sheet.ops.last)(tx, id)? {
        Some((stamp, row)) if !stamp.voided && scope.covers(place(sheet, &row)) => Ok((stamp, row)),
        _ => Err(unknown().into()),
    }
}

pub(super) async fn show(app: App, sheets: Sheets, sheet: &'static Sheet, id: String) -> Page {
    let page = app.read(move |tx, app| {
        let (stamp, row) = standing(tx, sheet, &app.scope(), &id)?;
        let versions = (sheet.ops.versions)(tx, row.base.id)?;
        let all: Vec<(&Sheet, &Row)> = versions.iter().map(|(_, row)| (sheet, row)).collect();
        let at = tx.at();
        let names = Names::in_rows(tx, sheets, app.asker(), at, &all)?;
        let title = names.title(sheet, &row);
        let attached = (sheets.attachments.of)(tx, app.asker(), sheet, &row)?;
        Ok(OnePage {
            frame: app.frame(sheet.slice(), &title, None),
            crumbs: vec![Link::new(sheet.href(), sheet.label)],
            tabs: tabs(sheets, sheet),
            label: sheet.label,
            title,
            facts: facts(sheet, sheets, &row, &names),
            recorded: versions.first().map(|(first, _)| first.from.minute()).unwrap_or_default(),
            changes: changes(sheet, &versions, &names, attached.told),
            attached: attached.panel,
            belonging: belonging(tx, app, sheets, sheet, &row)?,
            href: sheet.href_of(&row),
            beside: sheet
                .one_link
                .map(|(label, end)| Link::new(format!("{}{end}", sheet.href_of(&row)), label)),
            again: format!("{}/new?{}", sheet.href(), same_again(sheet, &row)),
            may_add: app.asker().scope(sheet.ops.record).covers(place(sheet, &row)),
            may_correct: app.asker().scope(sheet.ops.correct).covers(place(sheet, &row)),
            may_withdraw: app.asker().scope(sheet.ops.withdraw).covers(place(sheet, &row)),
            key: form_key()?,
            version: stamp.version,
        })
    });
    unkept(render(&page.await?))
}

/// What a next record would have in common with this one.
fn same_again(sheet: &Sheet, row: &Row) -> String {
    let refers = |column: &&Column| column.is_asked() && matches!(sheet.holds(column), Holds::Refers(_));
    let mut pairs: Vec<String> = sheet
        .columns
        .iter()
        .filter(refers)
        .filter(|column| row.values.contains_key(column.name))
        .map(|column| format!("{}={}", column.name, row.text(column.name)))
        .collect();
    pairs.extend(row.base.community_id.map(|id| format!("community_id={id}")));
    pairs.join("&")
}

pub(super) fn facts(sheet: &'static Sheet, sheets: Sheets, row: &Row, names: &Names) -> Vec<Fact> {
    let mut facts: Vec<Fact> = sheet
        .columns
        .iter()
        .filter(|column| column.is_asked())
        .map(|column| {
            let href = match sheet.holds(column) {
                Holds::Refers(kind) if names.opens(row.text(column.name)) => {
                    linked(sheets, kind, row.text(column.name))
                }
                _ => None,
            };
            let long = matches!(sheet.holds(column), Holds::Long);
            Fact { label: sheet.label_of(column), text: text_of(sheet, column, row, names), href, long }
        })
        .collect();
    let of = |id: Option<Id>| id.map(|id| names.of(id.as_str()).to_owned()).unwrap_or_default();
    if matches!(sheet.whose, Whose::DoneBy | Whose::About) {
        facts.push(Fact { label: "社工", text: of(row.base.worker_id), href: None, long: false });
    }
    let place = of(row.base.community_id.or(row.base.area_id));
    if !place.is_empty() {
        facts.push(Fact { label: "社区", text: place, href: None, long: false });
    }
    facts
}

/// The page of a record that another refers to; people's pages are those of their households and are not linked here.
fn linked(sheets: Sheets, kind: &str, id: &str) -> Option<String> {
    let sheet = sheets.of_kind(kind)?;
    match sheet.page {
        None => Some(format!("{}/{id}", sheet.href())),
        Some(("", before)) => Some(format!("{before}{id}")),
        Some(_) => None,
    }
}

/// Where two versions of a record differ: the word for the field, what each says.
#[must_use]
pub fn differing(
    sheet: &'static Sheet,
    before: &Row,
    after: &Row,
    names: &Names,
) -> Vec<(&'static str, String, String)> {
    let mut fields = Vec::new();
    for column in sheet.columns.iter().filter(|column| column.is_asked()) {
        if before.text(column.name) != after.text(column.name) {
            let text = |row| text_of(sheet, column, row, names);
            let (mut was, mut is) = (text(before), text(after));
            if was == is {
                // What is sealed says only that it is there.
                (was, is) = (format!("{was}（原来的）"), format!("{is}（另一个）"));
            }
            fields.push((sheet.label_of(column), was, is));
        }
    }
    let of = |id: Option<Id>| id.map(|id| names.of(id.as_str()).to_owned()).unwrap_or_default();
    let (was, is) = (before.base, after.base);
    let placed: [(_, Option<Id>, Option<Id>); 3] = [
        ("社工", was.worker_id, is.worker_id),
        ("社区", was.community_id, is.community_id),
        // Where there is a community, the area goes with it.
        (
            "片区",
            was.area_id.filter(|_| was.community_id.is_none()),
            is.area_id.filter(|_| is.community_id.is_none()),
        ),
    ];
    for (label, was, is) in placed.into_iter().filter(|(_, was, is)| was != is) {
        fields.push((label, of(was), of(is)));
    }
    fields
}

/// What each later version changed, and what was done beside the record, the latest first.
fn changes(
    sheet: &'static Sheet,
    versions: &[(Stamp, Row)],
    names: &Names,
    beside: Vec<(Moment, String)>,
) -> Vec<Change> {
    let told = |(at, told)| Change { at, told, fields: Vec::new() };
    let mut changes: Vec<Change> = beside.into_iter().map(told).collect();
    for pair in versions.windows(2) {
        let [(_, before), (stamp, after)] = pair else { continue };
        let fields = differing(sheet, before, after, names);
        changes.push(Change { at: stamp.from, told: String::new(), fields });
    }
    changes.sort_by_key(|change| std::cmp::Reverse(change.at));
    changes
}

/// The records that refer to this one, sheet by sheet.
fn belonging(
    tx: &mut Tx<'_>,
    app: &App,
    sheets: Sheets,
    sheet: &'static Sheet,
    row: &Row,
) -> DbResult<Vec<Belonging>> {
    let mut all = Vec::new();
    for (other, column) in sheets.referring_to(sheet.kind()) {
        let scope = app.asker().scope(other.ops.read);
        if scope.is_empty() {
            continue;
        }
        let condition = Condition::Is(column.name, row.base.id.to_string());
        let sought = sought(tx, other, &scope, vec![condition]);
        let total = sought.count(tx)?;
        let rows = load(tx, other, &sought, 0, SHOWN)?;
        let every: Vec<(&Sheet, &Row)> = rows.iter().map(|row| (other, row)).collect();
        let at = tx.at();
        let names = Names::in_rows(tx, sheets, app.asker(), at, &every)?;
        let shown: Vec<&Column> =
            other.columns.iter().filter(|shown| shown.listed && shown.name != column.name).collect();
        let rows = rows
            .iter()
            .map(|row| {
                let text = shown.iter().map(|column| text_of(other, column, row, &names));
                let text = text.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
                Link::new(other.href_of(row), text)
            })
            .collect();
        let may_add = app.asker().may(other.ops.record);
        let href = format!("{}?{}={}", other.href(), column.name, row.base.id);
        let new = format!("{}/new?{}={}", other.href(), column.name, row.base.id);
        all.push(Belonging { label: other.label, total, rows, href, new, may_add });
    }
    Ok(all)
}
