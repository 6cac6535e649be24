//! A station: what everything else of a site hangs on. Whoever keeps the accounts of the whole city enters, corrects and withdraws it.

use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use chrono::NaiveDate;
use db::{Record as _, Sealed, Tx};
use kernel::Problem;
use web::form::Reading;
use web::{Fault, Form, Link, Page, render};

use super::super::find;
use super::super::policy::Areas;
use super::super::settled::Settled;
use super::super::store::Station;
use super::{PART, station, withdrawing};
use crate::access::{Correct, Enter, Scope, Withdraw, new_id, new_secret, permit};
use crate::shell::{App, Field, FormPage, Group, Leads, Submitted, Trouble, form_key, form_version};

/// The column that seals the key of a station's pseudonyms.
const PSEUDONYM_KEY: &str = "stations.pseudonym_key";

pub(super) async fn form(app: App) -> Page {
    render(&page(&app)?)
}

fn page(app: &App) -> Result<FormPage, Fault> {
    whole(app)?;
    let mut fields = fields(None);
    let code =
        Field::text("code", "代码").hint("小写英文字母和数字，用在地址和命令里，定了不再改，例如 shilijie");
    fields.insert(1, code);
    let frame = app.frame("areas", "加社工站", None);
    let page = FormPage::new(frame, "/areas/new", form_key()?, vec![Group::new("", fields)]);
    Ok(page.from([Link::new("/areas", PART.label)]))
}

/// What is asked of a station but for its code, with what is known of it.
fn fields(known: Option<&Station>) -> Vec<Field> {
    let known = |of: fn(&Station) -> String| known.map(of).unwrap_or_default();
    vec![
        Field::text("name", "名称").hint("例如：示例街社工服务站").value(known(|one| one.name.clone())),
        Field::text("district", "区")
            .hint("例如：海珠区；同一个区要写得一样，按区、镇街授的权跟着它走")
            .value(known(|one| one.district.clone())),
        Field::text("street", "镇街").hint("例如：示例街").value(known(|one| one.street.clone())),
        Field::text("address", "地址").value(known(|one| one.address.clone())),
        Field::date("operated_since", "从哪天开始运营").value(known(|one| one.operated_since.to_string())),
    ]
}

/// Only whoever reaches everything: a new station is in nobody's scope yet.
fn whole(app: &App) -> Result<(), Fault> {
    if app.scope() == Scope::everything() {
        return Ok(());
    }
    let what = "加、改、作废社工站要有全市的范围";
    Err(Fault::new(StatusCode::FORBIDDEN, "out_of_scope", what, "请由全市的系统管理员办理"))
}

pub(super) async fn create(app: App, form: Form) -> Page {
    whole(&app)?;
    let submitted =
        app.submit(&form, |tx, app, form| enter(tx, app, form).map(|()| "/areas".to_owned())).await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app)?.refused(&form, wrong),
    }
}

fn enter(tx: &mut Tx<'_>, app: &App, form: &Form) -> Result<(), Trouble> {
    let mut reading = Reading::of(form);
    let code = reading.text("code", "代码", 30);
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit();
    let now = tx.at();
    if let Some(code) = &code {
        if !code.chars().all(plain) {
            reading.wrong("code", "代码只用小写英文字母和数字，例如 shilijie");
        } else if find::all_stations(tx, now)?.iter().any(|station| station.code == *code) {
            reading.wrong("code", format!("代码 {code} 已经用过：换一个"));
        }
    }
    let said = said(&mut reading);
    let (code, said) = reading.done(code.zip(said))?;
    let id = new_id(now)?;
    let pseudonym_key = Sealed::new(tx.keys(), PSEUDONYM_KEY, &id, &new_secret()?)
        .map_err(|error| Problem::new("sealed", error.to_string(), "请核对密钥文件"))?;
    let station = said.of(Station {
        id,
        station_id: id,
        area_id: None,
        community_id: None,
        worker_id: None,
        code,
        name: String::new(),
        district: String::new(),
        street: String::new(),
        address: String::new(),
        operated_since: now.day(),
        pseudonym_key,
    });
    Ok(permit::<Enter<Areas>>(app.asker(), id)?.append(tx, &[station])?)
}

/// What a form says of a station.
struct Said {
    name: String,
    district: String,
    street: String,
    address: String,
    operated_since: NaiveDate,
}

impl Said {
    /// The station with this said of it.
    fn of(self, station: Station) -> Station {
        let Self { name, district, street, address, operated_since } = self;
        Station { name, district, street, address, operated_since, ..station }
    }
}

fn said(reading: &mut Reading<'_>) -> Option<Said> {
    let name = reading.text("name", "名称", 60);
    let (district, street) = (reading.text("district", "区", 30), reading.text("street", "镇街", 30));
    let address = reading.text("address", "地址", 80);
    let operated_since = reading.date("operated_since", "开始运营的日期");
    Some(Said {
        name: name?,
        district: district?,
        street: street?,
        address: address?,
        operated_since: operated_since?,
    })
}

pub(super) async fn edit_form(app: App, Path(code): Path<String>) -> Page {
    render(&edit_page(&app, code).await?)
}

async fn edit_page(app: &App, code: String) -> Result<FormPage, Fault> {
    whole(app)?;
    app.read(move |tx, app| {
        let station = station(tx, app, &code)?;
        let mut fields = fields(Some(&station));
        fields.push(Field::version(version(tx, &station)?));
        let frame = app.frame("areas", &format!("改社工站 {}", station.name), None);
        let action = format!("/areas/{code}/edit");
        let mut page = FormPage::new(frame, action, form_key()?, vec![Group::new("", fields)])
            .from([Link::new("/areas", PART.label)]);
        page.intro = format!("代码 {code} 定了不再改。已经出的报告仍写当时的名称");
        Ok(page)
    })
    .await
}

fn version(tx: &mut Tx<'_>, station: &Station) -> Result<i32, Trouble> {
    Ok(Station::last(tx.conn(), station.id)?.map_or(0, |(stamp, _)| stamp.version))
}

pub(super) async fn edit(app: App, Path(code): Path<String>, form: Form) -> Page {
    whole(&app)?;
    let of = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let station = station(tx, app, &of)?;
            let mut reading = Reading::of(form);
            let said = said(&mut reading);
            let said = reading.done(said)?;
            let correct = permit::<Correct<Areas>>(app.asker(), station.id)?;
            correct.correct_from(tx, &said.of(station), form_version(form))?;
            Ok("/areas".to_owned())
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => edit_page(&app, code).await?.refused(&form, wrong),
    }
}

pub(super) async fn withdraw_form(app: App, Path(code): Path<String>) -> Page {
    render(&withdraw_page(&app, code).await?)
}

async fn withdraw_page(app: &App, code: String) -> Result<FormPage, Fault> {
    whole(app)?;
    app.read(move |tx, app| {
        let station = station(tx, app, &code)?;
        let title = format!("作废社工站 {}", station.name);
        let intro = "只有还没有任何记录的站可以作废：加错的、加重了的";
        withdrawing(app, &title, format!("/areas/{code}/withdraw"), ("例如 录入时重复", intro))
    })
    .await
}

pub(super) async fn withdraw(
    app: App,
    Extension(settled): Extension<Settled>,
    Path(code): Path<String>,
    form: Form,
) -> Page {
    whole(&app)?;
    let of = code.clone();
    let submitted = app
        .submit_alone(&form, move |tx, app, form| {
            let station = station(tx, app, &of)?;
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "作废的理由", 200);
            if (settled.anything)(tx, station.id)? {
                let what =
                    "站里还有记录，不能作废：先作废它的片区、社区和别的记录；不再服务的站，停用它的账号即可";
                reading.wrong("reason", what);
            }
            let reason = reading.done(reason)?;
            permit::<Withdraw<Areas>>(app.asker(), station.id)?
                .withdraw::<Station>(tx, station.id, &reason)?;
            Ok(Leads::saying("/areas", "已作废"))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => withdraw_page(&app, code).await?.refused(&form, wrong),
    }
}
