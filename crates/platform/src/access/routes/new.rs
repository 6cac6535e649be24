//! A new account.

use kernel::Id;
use web::form::Reading;
use web::{Fault, Form, Link, Page, Query, render};

use super::super::{accounts, store};
use super::worker::{free, named};
use crate::shell::{App, Field, FormPage, Group, Kind, Submitted, Trouble, form_key};

/// What a form begins with: the worker whose account it is to be.
pub(super) async fn form(app: App, query: Query) -> Page {
    render(&page(&app, query.text("worker").map(str::to_owned)).await?)
}

async fn page(app: &App, worker: Option<String>) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let free = free(tx, app, None)?;
        let worker = worker.filter(|id| free.iter().any(|(_, known, _)| known.as_str() == id));
        let name = free.iter().find(|(_, id, _)| worker.as_deref() == Some(id.as_str()));
        let fields = [
            Field::text("name", "登录名").hint("英文字母、数字或 . _ - @，例如 zhang.san"),
            Field::text("display_name", "姓名").value(name.map_or("", |(.., name)| name)),
            Field::new("worker", "对应的社工（可不填）", Kind::Pick(named(tx, app, &free)?))
                .value(worker.clone().unwrap_or_default())
                .hint("选了以后，他登记的记录默认写在自己名下"),
        ];
        let frame = app.frame("access", "开账号", None);
        let page = FormPage::new(frame, "/access/new", form_key()?, vec![Group::new("", fields)]);
        Ok(page.from([Link::new("/access", "账号与角色")]))
    })
    .await
}

pub(super) async fn create(app: App, form: Form) -> Page {
    let submitted = app
        .submit(&form, |tx, app, form| {
            let mut reading = Reading::of(form);
            let (name, display) =
                (reading.text("name", "登录名", 40), reading.text("display_name", "姓名", 40));
            let worker: Option<Id> = match form.text("worker") {
                "" => None,
                text => {
                    tx.hold(store::HELD)?;
                    let free = free(tx, app, None)?;
                    let found = free.iter().find(|(_, id, _)| id.as_str() == text).map(|(_, id, _)| *id);
                    if found.is_none() {
                        reading.wrong("worker", "这名社工不在您的范围里，或已有账号：换一个，或留空");
                    }
                    found
                }
            };
            let (Some(name), Some(display), true) = (name, display, reading.wrong.is_empty()) else {
                return Err(reading.wrong.into());
            };
            match accounts::add_user(tx, &name, &display, worker) {
                Ok(id) => Ok(format!("/access/{id}")),
                Err(db::DbError::Problem(problem)) => {
                    reading.wrong("name", format!("{}。{}", problem.what, problem.remedy));
                    Err(Trouble::from(reading.wrong))
                }
                Err(error) => Err(error.into()),
            }
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, None).await?.refused(&form, wrong),
    }
}
