//! Making one file of two, with a preview of what moves.

use axum::Extension;
use axum::extract::Path;
use db::Tx;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Page, Query, render};

use super::super::file::{File, Later};
use super::super::merge::Moves;
use super::super::store::Household;
use super::super::{find, merge as merging};
use super::{after, crumbs, hold_visits, household};
use crate::sheets::Sheets;
use crate::shell::{App, Field, FormPage, Group, Leads, Trouble, form_key};

pub(super) async fn form(app: App, Path(id): Path<String>, query: Query) -> Page {
    let other = query.text("other").unwrap_or_default().to_owned();
    render(&page(&app, id, other).await?)
}

async fn page(app: &App, id: String, other: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let found = other_file(tx, app, &row, &other).ok();
        let mut fields = vec![
            Field::text("other", "并进来的档案号")
                .value(&other)
                .hint("那一份的人和资料都移到这一份，那一份作废"),
        ];
        let mut intro = format!("保留 {}", row.file_number);
        if let Some(file) = &found {
            intro = preview(&row, file, &other, &merging::moves(tx, &row, file)?);
            fields.push(Field::text("reason", "为什么合并").hint("记入审计，例如：同一户建了两份"));
            fields.push(Field::hidden("sure", file.household.id.to_string()));
        }
        let frame = app.frame("clients", "合并档案", None);
        let groups = vec![Group::new("", fields)];
        let mut page =
            FormPage::new(frame, format!("/clients/{id}/merge"), form_key()?, groups).from(crumbs(&row));
        page.intro = intro;
        page.submit = if found.is_some() { "合并" } else { "先看看会移什么" };
        Ok(page)
    })
    .await
}

/// What becomes of the other file, in words.
fn preview(into: &Household, other: &File, number: &str, moves: &Moves) -> String {
    let moved: Vec<String> = moves.moved.iter().map(|(what, count)| format!("{what} {count}")).collect();
    let mut words =
        format!("保留 {}；从 {number}（{}）移来：{}", into.file_number, other.title(), moved.join("、"));
    if moves.levels > 0 {
        words.push_str(&format!("。服务等级以保留的这一份为准，那一份的 {} 段作废", moves.levels));
    }
    if moves.delisted > 0 {
        words.push_str(&format!("。应建档名册只留一条，移出 {} 条", moves.delisted));
    }
    words
}

/// Two files are not merged while what a telephone sent for the one that ends waits to be accepted.
fn nothing_waits(tx: &mut Tx<'_>, later: Later, other: &File) -> Result<(), Trouble> {
    let waiting = (later.waiting)(tx, other.household.id)?;
    if waiting == 0 {
        return Ok(());
    }
    let what =
        format!("那一份还有 {waiting} 条手机送来的记录等着接受：先到“手机离线记录”里接受或退回，再合并");
    Err(vec![Wrong { field: "other".into(), what }].into())
}

fn other_file(tx: &mut Tx<'_>, app: &App, into: &Household, number: &str) -> Result<File, Trouble> {
    let wrong = |what: &str| Trouble::Wrong(vec![Wrong { field: "other".into(), what: what.to_owned() }]);
    if number.is_empty() {
        return Err(wrong("填要并进来的档案号"));
    }
    let found = find::by_number(tx, into.station_id, number)?;
    let found = found.ok_or_else(|| wrong("本站没有这个档案号：核对后再填"))?;
    if found.id == into.id {
        return Err(wrong("这就是现在这一份：填另一份的档案号"));
    }
    let (_, row) = find::household(tx, &app.scope(), found.id.as_str())
        .map_err(|_| wrong("本站没有这个档案号：核对后再填"))?;
    Ok(File::load(tx, row)?)
}

pub(super) async fn merge(
    app: App,
    Path(id): Path<String>,
    Extension(later): Extension<Later>,
    Extension(sheets): Extension<Sheets>,
    form: Form,
) -> Page {
    let (to, other) = (id.clone(), form.text("other").to_owned());
    let number = other.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let file = other_file(tx, app, &row, &number)?;
            if form.text("sure") != file.household.id.as_str() {
                // Nothing is moved before it was seen what would be.
                let seen = web::Target::new(&["clients", &to, "merge"]).with("other", &number);
                return Ok(Leads::silently(seen.href()));
            }
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "为什么合并", 200);
            let reason = reading.done(reason)?;
            hold_visits(tx, file.household.id)?;
            nothing_waits(tx, later, &file)?;
            let (asker, today) = (app.asker(), app.site().today);
            merging::merge(tx, asker, sheets, (&row, &file), (&reason, today))?;
            Ok(Leads::saying(format!("/clients/{to}"), "已合并"))
        })
        .await?;
    after(submitted, &form, page(&app, id, other)).await
}
