//! A new station: what everything else of a site hangs on. Whoever keeps the accounts of the whole city enters it.

use axum::http::StatusCode;
use db::{Sealed, Tx};
use kernel::Problem;
use web::form::Reading;
use web::{Fault, Form, Link, Page, render};

use super::super::find;
use super::super::policy::Areas;
use super::super::store::Station;
use super::PART;
use crate::access::{Enter, Scope, new_id, new_secret, permit};
use crate::shell::{App, Field, FormPage, Group, Submitted, Trouble, form_key};

/// The column that seals the key of a station's pseudonyms.
const PSEUDONYM_KEY: &str = "stations.pseudonym_key";

pub(super) async fn form(app: App) -> Page {
    render(&page(&app)?)
}

fn page(app: &App) -> Result<FormPage, Fault> {
    whole(app)?;
    let fields = [
        Field::text("name", "名称").hint("例如：示例街社工服务站"),
        Field::text("code", "代码").hint("小写英文字母和数字，用在地址和命令里，定了不再改，例如 shilijie"),
        Field::text("district", "区").hint("例如：海珠区；同一个区要写得一样"),
        Field::text("street", "镇街").hint("例如：示例街"),
        Field::text("address", "地址"),
        Field::date("operated_since", "从哪天开始运营"),
    ];
    let frame = app.frame("areas", "加社工站", None);
    let page = FormPage::new(frame, "/areas/new", form_key()?, vec![Group::new("", fields)]);
    Ok(page.from([Link::new("/areas", PART.label)]))
}

/// Only whoever reaches everything: a new station is in nobody's scope yet.
fn whole(app: &App) -> Result<(), Fault> {
    if app.scope() == Scope::everything() {
        return Ok(());
    }
    let what = "加社工站要有全市的范围";
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
    let name = reading.text("name", "名称", 60);
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
    let (district, street) = (reading.text("district", "区", 30), reading.text("street", "镇街", 30));
    let (address, since) =
        (reading.text("address", "地址", 80), reading.date("operated_since", "开始运营的日期"));
    let (Some(name), Some(code), Some(district), Some(street), Some(address), Some(operated_since), true) =
        (name, code, district, street, address, since, reading.wrong.is_empty())
    else {
        return Err(reading.wrong.into());
    };
    let id = new_id(now)?;
    let pseudonym_key = Sealed::new(tx.keys(), PSEUDONYM_KEY, &id, &new_secret()?)
        .map_err(|error| Problem::new("sealed", error.to_string(), "请核对密钥文件"))?;
    let station = Station {
        id,
        station_id: id,
        area_id: None,
        community_id: None,
        worker_id: None,
        code,
        name,
        district,
        street,
        address,
        operated_since,
        pseudonym_key,
    };
    Ok(permit::<Enter<Areas>>(app.asker(), id)?.append(tx, &[station])?)
}
