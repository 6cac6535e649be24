//! Making one file of two, with a preview of what moves.

use axum::extract::Path;
use db::Tx;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Page, Query, render};

use super::super::file::File;
use super::super::{find, merge as merging};
use super::{after, crumbs, household};
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
            let moved: Vec<String> = merging::moves(file)
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(what, count)| format!("{what} {count}"))
                .collect();
            intro = format!(
                "保留 {}；从 {}（{}）移来：{}",
                row.file_number,
                other,
                file.title(),
                moved.join("、")
            );
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

fn other_file(
    tx: &mut Tx<'_>,
    app: &App,
    into: &super::super::store::Household,
    number: &str,
) -> Result<File, Trouble> {
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

pub(super) async fn merge(app: App, Path(id): Path<String>, form: Form) -> Page {
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
            merging::merge(tx, app.asker(), &row, &file, &reason)?;
            Ok(Leads::saying(format!("/clients/{to}"), "已合并"))
        })
        .await?;
    after(submitted, &form, page(&app, id, other)).await
}
