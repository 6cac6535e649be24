//! Amending, correcting and withdrawing one indicator.

use axum::extract::Path;
use chrono::NaiveDate;
use db::{Record as _, Tx};
use web::form::Reading;
use web::{Fault, Form, Link, Page, render};

use super::super::policy::Indicators;
use super::super::store::IndicatorTarget;
use super::offers::{MOST, whole};
use super::pages::rule_of;
use super::routes::address;
use crate::access::{Correct, Withdraw, permit};
use crate::contracts::{self, Contract};
use crate::shell::{App, Field, FormPage, Group, Submitted, Trouble, form_key};

/// Where a form stands: the indicator with its version, and its contract.
struct Stand {
    version: i32,
    target: IndicatorTarget,
    contract: Contract,
}

/// An indicator that may be changed; one that may not is not there.
fn stand(tx: &mut Tx<'_>, app: &App, id: &str) -> Result<Stand, Trouble> {
    let unknown = || {
        let fault = Fault::not_found("unknown_target", "没有这项指标", "请从“协议指标”里选；作废的不再显示");
        Trouble::from(fault.near([Link::new("/indicators/targets", "协议指标")]))
    };
    let id = id.parse().map_err(|_| unknown())?;
    match IndicatorTarget::last(tx.conn(), id)? {
        Some((stamp, target)) if !stamp.voided && app.scope().whole(target.station_id) => {
            let now = tx.at();
            let contract = contracts::contract(tx, target.contract_id, now)?;
            Ok(Stand { version: stamp.version, target, contract })
        }
        _ => Err(unknown()),
    }
}

pub(super) async fn form(app: App, Path(id): Path<String>) -> Page {
    render(&page(&app, id).await?)
}

async fn page(app: &App, id: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let Stand { version, target, contract } = stand(tx, app, &id)?;
        let amended = target.amended_on.map(|day| day.to_string()).unwrap_or_default();
        let fields = [
            Field::text("target", "指标量").value(target.target.to_string()),
            Field::date("amended_on", "从哪天起（可不填）")
                .value(amended)
                .hint("签了补充协议的填生效那天，以前的日子仍按原来的指标量算；只改错字的留空"),
            Field::text("name", "名称").value(&target.name).hint("照协议里的写法"),
            Field::text("unit", "单位").value(&target.unit),
            Field::text("heading", "分类").value(&target.heading).hint("相邻的同一分类列在一起"),
            Field::text("position", "次序").value(target.position.to_string()),
            Field::hidden("version", version.to_string()),
        ];
        let frame = app.frame("indicators", &format!("改指标：{}", target.name), None);
        let action = format!("/indicators/targets/{id}/edit");
        let mut page =
            FormPage::new(frame, action, form_key()?, vec![Group::new("", fields)]).from(crumbs(&contract));
        let rule = rule_of(&target, &app.site().library.catalogue);
        page.intro = format!("{rule}规则在签订时已定；要换规则，作废这一项再加。原来的内容会留着");
        Ok(page)
    })
    .await
}

fn crumbs(contract: &Contract) -> [Link; 2] {
    [Link::new("/indicators", "指标进度"), Link::new(address(contract), "协议指标")]
}

pub(super) async fn write(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let Stand { target, contract, .. } = stand(tx, app, &to)?;
            let row = read(form, &target, &contract)?;
            if row != target {
                let seen = form.text("version").parse().unwrap_or(0);
                permit::<Correct<Indicators>>(app.asker(), target.station_id)?
                    .correct_from(tx, &row, seen)?;
            }
            Ok(address(&contract))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, id).await?.refused(&form, wrong),
    }
}

/// The indicator as a form says it; its rule stays.
fn read(form: &Form, now: &IndicatorTarget, contract: &Contract) -> Result<IndicatorTarget, Trouble> {
    let mut reading = Reading::of(form);
    let target = whole(form.text("target"));
    if target.is_none() {
        reading.wrong("target", format!("指标量填 1 到 {MOST} 的整数"));
    }
    let (name, unit) = (reading.text("name", "名称", 60), reading.text("unit", "单位", 10));
    let heading = reading.text("heading", "分类", 30);
    let position = reading.whole("position", "次序", 0, 10_000).and_then(|place| i32::try_from(place).ok());
    let amended_on = reading.optional_date("amended_on", "起始日期");
    if let Some(what) = amended_on.and_then(|day| outside(day, contract)) {
        reading.wrong("amended_on", what);
    }
    let read = (|| {
        Some(IndicatorTarget {
            target: target?,
            name: name?,
            unit: unit?,
            heading: heading?,
            position: position?,
            amended_on,
            ..now.clone()
        })
    })();
    Ok(reading.done(read)?)
}

/// What is wrong with a day from which an amendment is to hold.
fn outside(day: NaiveDate, contract: &Contract) -> Option<String> {
    let (starts, ends) = (contract.starts_on, contract.ends_on);
    let inside = starts < day && day <= ends;
    (!inside).then(|| format!("{day} 不在协议期内：填 {starts} 之后、{ends} 以前的一天；只改错字的留空"))
}

pub(super) async fn withdraw_form(app: App, Path(id): Path<String>) -> Page {
    render(&withdraw_page(&app, id).await?)
}

async fn withdraw_page(app: &App, id: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let Stand { target, contract, .. } = stand(tx, app, &id)?;
        let fields = [Field::text("reason", "作废的理由").hint("例如 选错了规则、补充协议取消了这一项")];
        let frame = app.frame("indicators", &format!("作废指标：{}", target.name), None);
        let action = format!("/indicators/targets/{id}/withdraw");
        let mut page =
            FormPage::new(frame, action, form_key()?, vec![Group::new("", fields)]).from(crumbs(&contract));
        page.intro = "作废后进度里不再有这一项；已经出的报告不变，历史仍可查".to_owned();
        page.submit = "作废";
        Ok(page)
    })
    .await
}

pub(super) async fn withdraw(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let Stand { target, contract, .. } = stand(tx, app, &to)?;
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "作废的理由", 200);
            let reason = reading.done(reason)?;
            permit::<Withdraw<Indicators>>(app.asker(), target.station_id)?
                .withdraw::<IndicatorTarget>(tx, target.id, &reason)?;
            Ok(address(&contract))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => withdraw_page(&app, id).await?.refused(&form, wrong),
    }
}
