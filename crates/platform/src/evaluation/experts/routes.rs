//! The pages of the register: the list, an expert, a new one, their ties.

use axum::extract::Path;
use axum::routing::{get, post};
use db::{Event, Tx, WHOLE};
use kernel::Id;
use rules::recusal::TieKind;
use web::form::{Reading, Wrong};
use web::{Form, Link, Page, render};

use super::VERB;
use super::pages::{ListPage, OnePage};
use super::store::{self, Expert, ExpertTie};
use crate::access::{self, new_id};
use crate::evaluation::panel;
use crate::shell::{App, Field, FormPage, Group, Needs, Route, Submitted, Trouble, form_key};
use crate::staff;

pub(in crate::evaluation) fn routes() -> Vec<Route> {
    const KEEPS: Needs = Needs::Verb(VERB);
    vec![
        Route::get("/evaluation/experts", KEEPS, get(list)),
        Route::get("/evaluation/experts/new", KEEPS, get(form)),
        Route::post("/evaluation/experts/new", KEEPS, post(add)),
        Route::get("/evaluation/experts/{expert}", KEEPS, get(show)),
        Route::get("/evaluation/experts/{expert}/edit", KEEPS, get(edit)),
        Route::post("/evaluation/experts/{expert}/edit", KEEPS, post(change)),
        Route::post("/evaluation/experts/{expert}/ties", KEEPS, post(tie)),
    ]
}

async fn list(app: App) -> Page {
    let page = app.read(|tx, app| {
        let loads = panel::loads(tx)?;
        let load = |expert: Expert| {
            let load = loads.get(&expert.id).copied().unwrap_or_default();
            (expert, load)
        };
        let experts = store::all(tx)?.into_iter().map(load).collect();
        Ok(ListPage::of(app.frame("evaluation", "专家库", None), experts))
    });
    render(&page.await?)
}

async fn show(app: App, Path(id): Path<String>) -> Page {
    let page = app.read(move |tx, app| {
        let expert = store::one(tx, &id)?;
        let account = access::user_of(tx, expert.user_id)?.name;
        let ties = store::ties(tx, expert.id)?;
        let frame = app.frame("evaluation", &expert.name, None);
        Ok(OnePage::of(frame, expert, account, ties, form_key()?))
    });
    render(&page.await?)
}

async fn form(app: App) -> Page {
    render(&page(&app, None).await?)
}

async fn edit(app: App, Path(id): Path<String>) -> Page {
    render(&page(&app, Some(id)).await?)
}

async fn page(app: &App, id: Option<String>) -> Result<FormPage, web::Fault> {
    app.read(move |tx, app| {
        let old = id.map(|id| store::one(tx, &id)).transpose()?;
        let value = |of: fn(&Expert) -> &String| old.as_ref().map(|old| of(old).clone()).unwrap_or_default();
        let mut fields = Vec::new();
        if old.is_none() {
            fields
                .push(Field::text("account", "登录名").hint("系统管理员开设的账号；准入后才看得到所评的站"));
        }
        fields.extend([
            Field::text("name", "姓名").value(value(|old| &old.name)),
            Field::text("organisation", "现工作单位").value(value(|old| &old.organisation)),
            Field::text("qualification", "资质")
                .value(value(|old| &old.qualification))
                .hint("职称、证书、年资"),
            Field::text("skills", "专长").value(value(|old| &old.skills)).hint("几项之间用顿号隔开"),
        ]);
        let kept = if old.is_some() { "留空则不改；" } else { "" };
        let hint = format!("{kept}只存一个不可还原的比对码，用来发现与站内人员相同");
        let private =
            [Field::text("phone", "电话").hint(hint.clone()), Field::text("address", "住址").hint(hint)];
        let groups = vec![Group::new("", fields), Group::new("只用于核对回避", private)];
        let (title, action, mut crumbs) = match &old {
            None => ("加专家", "/evaluation/experts/new".to_owned(), vec![]),
            Some(old) => {
                let own = format!("/evaluation/experts/{}", old.id);
                ("改专家资料", format!("{own}/edit"), vec![Link::new(own, old.name.clone())])
            }
        };
        crumbs.insert(0, Link::new("/evaluation/experts", "专家库"));
        Ok(FormPage::new(app.frame("evaluation", title, None), action, form_key()?, groups).from(crumbs))
    })
    .await
}

/// What was sent, over what stood before.
fn read(tx: &Tx<'_>, form: &Form, old: Expert) -> Result<Expert, Vec<Wrong>> {
    let mut reading = Reading::of(form);
    let name = reading.text("name", "姓名", 40);
    let organisation = reading.text("organisation", "现工作单位", 80);
    let qualification = reading.text("qualification", "资质", 200);
    let skills = reading.text("skills", "专长", 200);
    let phone = reading.optional("phone", "电话", 40);
    let address = reading.optional("address", "住址", 120);
    let hash = |of: fn(&db::Keys, &str) -> String, sent: Option<String>, old: String| match sent {
        Some(sent) => of(tx.keys(), &sent),
        None => old,
    };
    let read = (|| {
        Some(Expert {
            name: name?,
            organisation: organisation?,
            qualification: qualification?,
            skills: skills?,
            phone_hash: hash(staff::phone_hash, phone, old.phone_hash.clone()),
            address_hash: hash(staff::address_hash, address, old.address_hash.clone()),
            ..old
        })
    })();
    reading.done(read)
}

async fn add(app: App, form: Form) -> Page {
    let submitted = app
        .submit(&form, |tx, app, form| {
            let wrong =
                |what: &str| Trouble::from(vec![Wrong { field: "account".into(), what: what.into() }]);
            let user = access::user_by_name(tx, &form.text("account").to_lowercase())?;
            let user = user.ok_or_else(|| wrong("没有这个登录名：请系统管理员先开账号"))?;
            if store::all(tx)?.iter().any(|known| known.user_id == user.id) {
                return Err(wrong("这个账号已经在专家库里"));
            }
            let (made_by, made_at) = (app.asker().actor().code(), tx.at());
            let blank = Expert {
                id: new_id(tx.at())?,
                user_id: user.id,
                name: String::new(),
                organisation: String::new(),
                qualification: String::new(),
                skills: String::new(),
                phone_hash: String::new(),
                address_hash: String::new(),
                made_by,
                made_at,
            };
            let expert = read(tx, form, blank)?;
            store::add(tx, &expert)?;
            note(tx, "evaluation.expert_added", expert.id)?;
            Ok(format!("/evaluation/experts/{}", expert.id))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, None).await?.refused(&form, wrong),
    }
}

async fn change(app: App, Path(id): Path<String>, form: Form) -> Page {
    let own = id.clone();
    let submitted = app
        .submit(&form, move |tx, _, form| {
            let old = store::one(tx, &own)?;
            let expert = read(tx, form, old)?;
            store::update(tx, &expert)?;
            note(tx, "evaluation.expert_changed", expert.id)?;
            Ok(format!("/evaluation/experts/{own}"))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, Some(id)).await?.refused(&form, wrong),
    }
}

async fn tie(app: App, Path(id): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, _, form| {
            let expert = store::one(tx, &id)?;
            let mut reading = Reading::of(form);
            let kind = reading.word::<TieKind>("kind", "关系");
            let organisation = reading.text("organisation", "单位", 80);
            let detail = reading.optional("detail", "说明", 200).unwrap_or_default();
            let from_on = reading.optional_date("from_on", "起始日期");
            let until_on = reading.optional_date("until_on", "结束日期");
            if from_on.zip(until_on).is_some_and(|(from, until)| until < from) {
                reading.wrong("until_on", "结束日期不能早于起始日期");
            }
            let id = new_id(tx.at())?;
            let read = (|| {
                let (kind, organisation) = (kind?, organisation?);
                Some(ExpertTie { id, expert_id: expert.id, kind, organisation, detail, from_on, until_on })
            })();
            store::tie(tx, &reading.done(read)?)?;
            note(tx, "evaluation.expert_tie", expert.id)?;
            Ok(format!("/evaluation/experts/{}", expert.id))
        })
        .await?;
    submitted.led()
}

fn note(tx: &mut Tx<'_>, verb: &'static str, id: Id) -> Result<(), Trouble> {
    Ok(tx.event(WHOLE, Event { verb, kind: "expert", record_id: Some(id), reason: None, detail: None })?)
}
