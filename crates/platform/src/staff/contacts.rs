//! Telephones and addresses of those who work at a station, kept as keyed hashes alone: nobody can read them, and the panel
//! of an evaluation is told where an expert has the same.

use std::collections::BTreeMap;

use axum::extract::Path;
use db::{DbResult, Event, Keys, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment};
use web::{Fault, Form, Link, Page, Query, render};

use super::find::workers_of;
use super::policy::Staff;
use crate::access::{Enter, Place, permit};
use crate::shell::{App, Field, FormPage, Group, Standing, Submitted, Trouble, form_key};

diesel::table! {
    worker_contacts (worker_id) {
        worker_id -> Text,
        station_id -> Text,
        phone_hash -> Text,
        address_hash -> Text,
        changed_at -> BigInt,
    }
}

/// What can be compared of a worker.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = worker_contacts)]
struct Kept {
    worker_id: Id,
    station_id: Id,
    phone_hash: String,
    address_hash: String,
    changed_at: Moment,
}

/// The most workers of one form.
const MOST: usize = 60;

/// The names of the fields, worker by worker.
const NAMES: [(&str, &str); MOST] = [
    ("phone0", "address0"),
    ("phone1", "address1"),
    ("phone2", "address2"),
    ("phone3", "address3"),
    ("phone4", "address4"),
    ("phone5", "address5"),
    ("phone6", "address6"),
    ("phone7", "address7"),
    ("phone8", "address8"),
    ("phone9", "address9"),
    ("phone10", "address10"),
    ("phone11", "address11"),
    ("phone12", "address12"),
    ("phone13", "address13"),
    ("phone14", "address14"),
    ("phone15", "address15"),
    ("phone16", "address16"),
    ("phone17", "address17"),
    ("phone18", "address18"),
    ("phone19", "address19"),
    ("phone20", "address20"),
    ("phone21", "address21"),
    ("phone22", "address22"),
    ("phone23", "address23"),
    ("phone24", "address24"),
    ("phone25", "address25"),
    ("phone26", "address26"),
    ("phone27", "address27"),
    ("phone28", "address28"),
    ("phone29", "address29"),
    ("phone30", "address30"),
    ("phone31", "address31"),
    ("phone32", "address32"),
    ("phone33", "address33"),
    ("phone34", "address34"),
    ("phone35", "address35"),
    ("phone36", "address36"),
    ("phone37", "address37"),
    ("phone38", "address38"),
    ("phone39", "address39"),
    ("phone40", "address40"),
    ("phone41", "address41"),
    ("phone42", "address42"),
    ("phone43", "address43"),
    ("phone44", "address44"),
    ("phone45", "address45"),
    ("phone46", "address46"),
    ("phone47", "address47"),
    ("phone48", "address48"),
    ("phone49", "address49"),
    ("phone50", "address50"),
    ("phone51", "address51"),
    ("phone52", "address52"),
    ("phone53", "address53"),
    ("phone54", "address54"),
    ("phone55", "address55"),
    ("phone56", "address56"),
    ("phone57", "address57"),
    ("phone58", "address58"),
    ("phone59", "address59"),
];

/// The hash of a telephone number, comparable between stations and experts; signs and blanks do not count.
#[must_use]
pub fn phone_hash(keys: &Keys, phone: &str) -> String {
    keys.lookup("recusal.phone", &plain(phone))
}

/// The same of an address.
#[must_use]
pub fn address_hash(keys: &Keys, address: &str) -> String {
    keys.lookup("recusal.address", &plain(address))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The hashes of telephones and of addresses of those who work at a station.
///
/// # Errors
/// What the database says.
pub fn hashes_of(tx: &mut Tx<'_>, station: Id) -> DbResult<(Vec<String>, Vec<String>)> {
    let kept = kept(tx, station)?;
    let some = |of: fn(&Kept) -> &String| {
        kept.iter().map(of).filter(|hash| !hash.is_empty()).cloned().collect::<Vec<_>>()
    };
    Ok((some(|one| &one.phone_hash), some(|one| &one.address_hash)))
}

fn kept(tx: &mut Tx<'_>, station: Id) -> DbResult<Vec<Kept>> {
    let own = worker_contacts::table.filter(worker_contacts::station_id.eq(station));
    Ok(own.order(worker_contacts::worker_id).select(Kept::as_select()).load(tx.conn())?)
}

pub(super) async fn form(app: App, query: Query) -> Page {
    render(&page(&app, query.text("station").unwrap_or_default().to_owned()).await?)
}

/// The station that is asked for, else the first of those whose staff one may record.
fn station(tx: &mut Tx<'_>, app: &App, code: &str) -> Result<crate::access::StationPlace, Trouble> {
    let scope = app.scope();
    let mut all = (app.ground().stations)(tx)?;
    all.retain(|one| scope.covers(Place::station(one.id)));
    let place = all.iter().position(|one| one.code == code).unwrap_or(0);
    if all.is_empty() || (!code.is_empty() && all[place].code != code) {
        let fault = Fault::not_found("unknown_station", "没有这个社工站", "请从社工页进入");
        return Err(fault.near([Link::new("/staff/workers", "社工")]).into());
    }
    Ok(all.swap_remove(place))
}

async fn page(app: &App, code: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let station = station(tx, app, &code)?;
        let known: BTreeMap<Id, Kept> =
            kept(tx, station.id)?.into_iter().map(|one| (one.worker_id, one)).collect();
        let now = tx.at();
        let groups = workers_of(tx, station.id, now)?
            .into_iter()
            .filter(|worker| worker.left_on.is_none())
            .take(MOST)
            .enumerate()
            .map(|(place, worker)| {
                let own = known.get(&worker.id);
                let hint = |there: bool| if there { "已存，留空则不改" } else { "还没有" };
                let phone = own.is_some_and(|one| !one.phone_hash.is_empty());
                let address = own.is_some_and(|one| !one.address_hash.is_empty());
                let (phone_name, address_name) = NAMES[place];
                Group::new(
                    worker.name,
                    [
                        Field::text(phone_name, "电话").hint(hint(phone)),
                        Field::text(address_name, "住址").hint(hint(address)),
                    ],
                )
            })
            .collect();
        let standing = Standing { code: station.code.clone(), name: station.name, as_of: None };
        let frame = app.frame("staff", "人员的电话和住址比对码", Some(standing));
        let action = format!("/staff/contacts/{}", station.code);
        let page = FormPage::new(frame, action, form_key()?, groups);
        let intro =
            "只存不可还原的比对码，用来发现评估专家与站内人员相同的电话或住址；谁也读不出原文".to_owned();
        Ok(FormPage { intro, ..page.from([Link::new("/staff/workers", "社工")]) })
    })
    .await
}

pub(super) async fn save(app: App, Path(code): Path<String>, form: Form) -> Page {
    let to = code.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let station = station(tx, app, &to)?;
            permit::<Enter<Staff>>(app.asker(), station.id)?;
            let known: BTreeMap<Id, Kept> =
                kept(tx, station.id)?.into_iter().map(|one| (one.worker_id, one)).collect();
            let now = tx.at();
            let workers = workers_of(tx, station.id, now)?;
            let here = workers.into_iter().filter(|worker| worker.left_on.is_none()).take(MOST);
            for (worker, (phone_name, address_name)) in here.zip(NAMES) {
                let (phone, address) = (form.text(phone_name), form.text(address_name));
                if phone.is_empty() && address.is_empty() {
                    continue;
                }
                let old = known.get(&worker.id);
                let of = |sent: &str, hash: fn(&Keys, &str) -> String, old: Option<&String>| match sent {
                    "" => old.cloned().unwrap_or_default(),
                    sent => hash(tx.keys(), sent),
                };
                let row = Kept {
                    worker_id: worker.id,
                    station_id: station.id,
                    phone_hash: of(phone, phone_hash, old.map(|one| &one.phone_hash)),
                    address_hash: of(address, address_hash, old.map(|one| &one.address_hash)),
                    changed_at: now,
                };
                let own = worker_contacts::table.filter(worker_contacts::worker_id.eq(worker.id));
                diesel::delete(own).execute(tx.conn())?;
                diesel::insert_into(worker_contacts::table).values(&row).execute(tx.conn())?;
                let event = Event {
                    verb: "staff.contacts",
                    kind: "worker",
                    record_id: Some(worker.id),
                    reason: None,
                    detail: None,
                };
                tx.event(station.id, event)?;
            }
            Ok(format!("/staff/contacts?station={to}"))
        })
        .await?;
    match submitted {
        Submitted::Done(answer) => Ok(answer),
        Submitted::Wrong(wrong) => page(&app, code).await?.refused(&form, wrong),
    }
}
