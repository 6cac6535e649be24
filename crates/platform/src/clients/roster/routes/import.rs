//! The page of one import: what has to be mended in the file, then the differences.

use std::collections::BTreeMap;

use axum::extract::Path;
use db::Tx;
use kernel::Id;
use rules::roster::Difference;
use web::{Page, Paging, Query, Target, render};

use super::super::super::routes::unkept;
use super::super::super::{file, find};
use super::super::content::Content;
use super::super::pages::{DifferenceShown, GroupShown, ImportPage, KindShown, PAGE, counted, few};
use super::super::store::{self, Import, State};
use super::seen::{Narrowed, Seen, fingerprint, rows};
use crate::shell::{App, Trouble, form_key};

pub(super) async fn show(app: App, Path(id): Path<String>, query: Query) -> Page {
    let number = query.page()?;
    let narrowed = Narrowed {
        kind: query.text("kind").filter(|kind| !kind.is_empty()).map(str::to_owned),
        community: query.text("community").and_then(|id| id.parse().ok()),
    };
    let page = app.read(move |tx, app| page(tx, app, &id, &narrowed, number, Vec::new())).await?;
    unkept(render(&page))
}

/// The page, with why what was asked for was not done.
///
/// # Errors
/// There is no such import or page, or what the database says.
pub(super) fn page(
    tx: &mut Tx<'_>,
    app: &App,
    id: &str,
    narrowed: &Narrowed,
    number: usize,
    wrong: Vec<String>,
) -> Result<ImportPage, Trouble> {
    let import = store::import(tx, &app.scope(), id)?;
    if import.state == State::Undone {
        return Ok(ImportPage { wrong, ..undone(tx, app, import)? });
    }
    let seen = Seen::load(tx, app, &import)?;
    let target = target(&import, narrowed);
    let meant = seen.narrowed(narrowed);
    let paging = Paging::new(number, PAGE, meant.len())?;
    let community = narrowed.community.and_then(|id| {
        let known = seen.book.communities.values().find(|one| one.id == id)?;
        Some((known.id.to_string(), known.name.clone()))
    });
    let everywhere = Narrowed { kind: None, ..narrowed.clone() };
    let kinds = kinds(&seen, &everywhere, narrowed, &target);
    let groups = groups(&seen, &meant, &meant[paging.range()]);
    let mut page = bare(tx, app, import, &seen.content)?;
    (page.kinds, page.groups, page.paging) = (kinds, groups, paging);
    (page.community, page.target, page.wrong) = (community, target, wrong);
    Ok(page)
}

fn target(import: &Import, narrowed: &Narrowed) -> Target {
    Target::new(&["clients", "roster", import.id.as_str()])
        .with_some("kind", narrowed.kind.clone())
        .with_some("community", narrowed.community)
}

/// All that does not depend on the files.
fn bare(tx: &mut Tx<'_>, app: &App, import: Import, content: &Content) -> Result<ImportPage, Trouble> {
    let ((problems, more_problems), (remarks, more_remarks)) =
        (few(&content.problems), few(&content.remarks));
    let now = tx.at();
    let station = crate::areas::station(tx, import.station_id, now)?;
    Ok(ImportPage {
        list: Target::new(&["clients", "roster"]).with("station", station.code).href(),
        frame: app.frame("clients", &import.file_name, None),
        made_at: import.made_at.minute(),
        key: form_key()?,
        applied: store::applied(tx, &[import.id])?.into_values().sum(),
        problems,
        more_problems,
        remarks,
        more_remarks,
        notes: content.notes.clone(),
        kinds: Vec::new(),
        groups: Vec::new(),
        community: None,
        paging: Paging::new(1, PAGE, 0)?,
        target: Target::new(&["clients", "roster", import.id.as_str()]),
        left: Vec::new(),
        wrong: Vec::new(),
        import,
    })
}

fn kinds(seen: &Seen, everywhere: &Narrowed, narrowed: &Narrowed, target: &Target) -> Vec<KindShown> {
    let all: Vec<Difference> = seen.narrowed(everywhere).into_iter().cloned().collect();
    let one = |(code, label, count): (&'static str, &'static str, usize)| KindShown {
        label,
        count,
        href: target.clone().with("kind", code).href(),
        current: narrowed.kind.as_deref() == Some(code),
    };
    let whole = KindShown {
        label: "全部",
        count: all.len(),
        href: target.clone().without("kind").href(),
        current: narrowed.kind.is_none(),
    };
    [whole].into_iter().chain(counted(&all).into_iter().map(one)).collect()
}

/// The differences of a page by kind; counts are those of all pages.
fn groups(seen: &Seen, meant: &[&Difference], shown: &[&Difference]) -> Vec<GroupShown> {
    let rows = rows(&seen.roster);
    let mut groups: Vec<GroupShown> = Vec::new();
    for one in shown {
        if groups.last().is_none_or(|group| group.code != one.kind.code()) {
            let of_kind: Vec<&Difference> =
                meant.iter().filter(|other| other.kind.code() == one.kind.code()).copied().collect();
            let free = of_kind.iter().filter(|other| seen.free(other));
            groups.push(GroupShown {
                code: one.kind.code(),
                label: one.kind.label(),
                count: of_kind.len(),
                free: free.clone().count(),
                seen: fingerprint(free.copied()),
                sides: one.kind.code() == "conflict",
                rows: Vec::new(),
            });
        }
        let row = one.row.as_ref().and_then(|at| rows.get(at)).copied();
        if let Some(group) = groups.last_mut() {
            group.rows.push(DifferenceShown::of(one, row, seen.obstacles.get(&one.key).cloned()));
        }
    }
    groups
}

/// The page of an import that is undone: what was left, by name.
fn undone(tx: &mut Tx<'_>, app: &App, import: Import) -> Result<ImportPage, Trouble> {
    let content = Content::from_json(&store::content(tx, &import)?)?;
    let left = store::left(tx, import.id)?;
    let mut page = bare(tx, app, import, &content)?;
    let mut households: BTreeMap<Id, Vec<&'static str>> = BTreeMap::new();
    for (record, kind) in &left {
        if let Some((household, label)) = find::household_of(tx, kind, *record)? {
            households.entry(household).or_default().push(label);
        }
    }
    let ids: Vec<Id> = households.keys().copied().collect();
    let persons = find::persons_of(tx, &ids)?;
    for (id, mut labels) in households {
        labels.sort_unstable();
        labels.dedup();
        let title = persons.get(&id).map_or_else(|| "空档案".to_owned(), |members| file::title(members));
        page.left.push((format!("{title}：{}", labels.join("、")), format!("/clients/{id}")));
    }
    Ok(page)
}
