//! A person of a household: new, corrected, and the categories.

use axum::extract::Path;
use db::Tx;
use kernel::Id;
use rules::codes::List;
use rules::identity::Sex;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Page, render};

use super::super::duplicates::{self, Duplicate};
use super::super::forms::{self, ConsentForm, PersonForm, PersonPresent};
use super::super::personal::{GUARDIAN, PHONE, numbers, phone_tail_hash, seal, seal_numbers};
use super::super::policy::Clients;
use super::super::store::{Consent, Household, Person, PersonCategory};
use super::super::{find, search};
use super::{after, crumbs, household};
use crate::access::{Correct, Enter, new_id, permit};
use crate::shell::{App, Field, FormPage, Group, Kind, Submitted, Trouble, form_key, form_version};

/// Where the records of a household belong.
pub(super) struct Belongs {
    pub(super) station: Id,
    pub(super) area: Option<Id>,
    pub(super) community: Option<Id>,
}

impl Belongs {
    pub(super) fn to(household: &Household) -> Self {
        Self { station: household.station_id, area: household.area_id, community: household.community_id }
    }
}

/// All that a form of a new person says.
pub(super) struct Read {
    person: PersonForm,
    categories: Vec<String>,
    consent: Option<ConsentForm>,
}

impl Read {
    /// Reads person, categories and, where the form has it, consent; `None` when something is wrong.
    pub(super) fn of(
        form: &Form,
        reading: &mut Reading<'_>,
        app: &App,
        new: bool,
        with_consent: bool,
    ) -> Option<Self> {
        let (codes, today) = (&app.site().library.codes, app.site().today);
        let person = PersonForm::read(form, reading, codes, today, new)?;
        let born_on = person.id_number.as_ref().map(|number| number.born_on());
        let categories = forms::read_categories(form, reading, codes, born_on, today);
        let child = born_on.is_some_and(|born| forms::is_child(born, today));
        let consent = if with_consent { ConsentForm::read(reading, child) } else { None };
        Some(Self { person, categories, consent })
    }

    /// Writes the person and what belongs to it.
    pub(super) fn enter(self, tx: &mut Tx<'_>, app: &App, household: &Household) -> Result<Id, Trouble> {
        let Some(number) = &self.person.id_number else {
            return Err(vec![Wrong { field: "id_number".into(), what: "填身份证号".into() }].into());
        };
        no_other(tx, app, &self.person, household, None)?;
        let (id, today) = (new_id(tx.at())?, app.site().today);
        let belongs = Belongs::to(household);
        let sealed = seal_numbers(tx.keys(), (id, belongs.station), number, self.person.phone.as_ref())?;
        let person = Person {
            id,
            station_id: belongs.station,
            area_id: belongs.area,
            community_id: belongs.community,
            worker_id: household.worker_id,
            household_id: household.id,
            name: self.person.name,
            sex: number.sex(),
            born_on: number.born_on(),
            id_number: sealed.id_number,
            id_number_hash: sealed.id_number_hash,
            phone: sealed.phone,
            phone_tail_hash: sealed.phone_tail_hash,
            filed_on: household.opened_on.max(if household.closed_on.is_none() {
                household.opened_on
            } else {
                today
            }),
            closed_on: None,
            relation: Some(self.person.relation),
            platform_id: self.person.platform_id,
            care: self.person.care,
            marriage: self.person.marriage,
            subsidies: self.person.subsidies,
            closed_reason: None,
        };
        let enter = permit::<Enter<Clients>>(app.asker(), belongs.station)?;
        enter.append(tx, std::slice::from_ref(&person))?;
        for category in self.categories {
            enter.append(tx, &[held(tx, household, id, category, person.filed_on)?])?;
        }
        if let Some(consent) = self.consent {
            enter.append(tx, &[agreed(tx, household, id, consent)?])?;
        }
        Ok(id)
    }
}

/// A category of a person from a day on.
fn held(
    tx: &Tx<'_>,
    household: &Household,
    person: Id,
    category: String,
    from_on: chrono::NaiveDate,
) -> Result<PersonCategory, Trouble> {
    let belongs = Belongs::to(household);
    Ok(PersonCategory {
        id: new_id(tx.at())?,
        station_id: belongs.station,
        area_id: belongs.area,
        community_id: belongs.community,
        worker_id: household.worker_id,
        person_id: person,
        household_id: household.id,
        category,
        from_on,
        to_on: None,
    })
}

/// A consent as a record.
pub(super) fn agreed(
    tx: &Tx<'_>,
    household: &Household,
    person: Id,
    consent: ConsentForm,
) -> Result<Consent, Trouble> {
    let (id, belongs) = (new_id(tx.at())?, Belongs::to(household));
    let (guardian, guardian_relation) = consent.guardian.unzip();
    Ok(Consent {
        id,
        station_id: belongs.station,
        area_id: belongs.area,
        community_id: belongs.community,
        worker_id: household.worker_id,
        household_id: household.id,
        person_id: person,
        signed_on: consent.signed_on,
        until_on: consent.until_on,
        guardian: guardian.map(|name| seal(tx.keys(), GUARDIAN, id, &name)).transpose()?,
        guardian_relation,
    })
}

/// Refuses somebody who already has a file; asks about somebody who looks the same.
fn no_other(
    tx: &mut Tx<'_>,
    app: &App,
    person: &PersonForm,
    household: &Household,
    but: Option<Id>,
) -> Result<(), Trouble> {
    let Some(number) = &person.id_number else { return Ok(()) };
    let found = duplicates::find(tx, &app.scope(), (&person.name, number), household.community_id, but)?;
    let wrong = match found {
        None => return Ok(()),
        Some(Duplicate::Same(other)) => {
            let number = find::household(tx, &app.scope(), other.household_id.as_str());
            let number = number.map(|(_, row)| row.file_number).unwrap_or_default();
            (
                "id_number",
                format!("这个身份证号已有档案：{}，档案号 {number}。打开那份档案，不要重复建", other.name),
            )
        }
        Some(Duplicate::Elsewhere) => {
            let what = "这个身份证号在别处已有档案，您看不到那一份。请站长查：在本站的，从那一户“移到另一户”；\
                        在别的社工站的，等那边“销档”后再建";
            ("id_number", what.to_owned())
        }
        Some(Duplicate::Namesake(_)) if person.another => return Ok(()),
        Some(Duplicate::Namesake(other)) => {
            let what = format!(
                "同一社区已有同名同生日的人（{}，{}）：核对是不是同一个人",
                other.name, other.born_on
            );
            ("another", what)
        }
    };
    Err(vec![Wrong { field: wrong.0.into(), what: wrong.1 }].into())
}

/// Where a form of a person leads: on, or to itself, with the question whether it is another of the same name and
/// birthday where that was asked.
pub(super) async fn after_asking<F>(submitted: Submitted, form: &Form, page: F) -> Page
where
    F: Future<Output = Result<FormPage, Fault>>,
{
    let asks = |wrong: &[Wrong]| wrong.iter().any(|wrong| wrong.field == "another");
    match submitted {
        Submitted::Wrong(wrong) if asks(&wrong) => {
            let mut page = page.await?;
            let yes = vec![("yes".to_owned(), "核对过了，不是同一个人".to_owned())];
            let field = Field::new("another", "同名同生日", Kind::Ticks(yes));
            page.groups.insert(0, Group::new("请核对", [field]));
            page.refused(form, wrong)
        }
        submitted => after(submitted, form, page).await,
    }
}

pub(super) async fn new_form(app: App, Path(id): Path<String>) -> Page {
    render(&new_page(&app, id).await?)
}

async fn new_page(app: &App, id: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (codes, today) = (&app.site().library.codes, app.site().today);
        let mut groups =
            forms::person_fields(codes, "成员", &PersonPresent { new: true, ..PersonPresent::default() });
        groups.push(Group::new("类别", [forms::category_field(codes, "")]));
        groups.extend(forms::consent_fields(today));
        let frame = app.frame("clients", "加成员", None);
        Ok(FormPage::new(frame, format!("/clients/{id}/persons/new"), form_key()?, groups).from(crumbs(&row)))
    })
    .await
}

pub(super) async fn create(app: App, Path(id): Path<String>, form: Form) -> Page {
    let to = id.clone();
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let mut reading = Reading::of(form);
            let read = Read::of(form, &mut reading, app, true, true);
            let read = reading.done(read)?;
            read.enter(tx, app, &row)?;
            search::index_household(tx, &row)?;
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after_asking(submitted, &form, new_page(&app, id)).await
}

pub(super) async fn edit_form(app: App, Path((id, person)): Path<(String, String)>) -> Page {
    render(&edit_page(&app, id, person).await?)
}

async fn edit_page(app: &App, id: String, person: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (seen, one) = find::person(tx, row.id, &person)?;
        let (id_number, phone) = numbers(tx.keys(), &one, false)?;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let now = PersonPresent {
            name: one.name.clone(),
            relation: text(&one.relation),
            care: text(&one.care),
            marriage: text(&one.marriage),
            subsidies: text(&one.subsidies),
            platform_id: text(&one.platform_id),
            id_number,
            phone: phone.unwrap_or_default(),
            new: false,
        };
        let mut groups = forms::person_fields(&app.site().library.codes, "本人", &now);
        groups[0].fields.push(Field::version(seen));
        let frame = app.frame("clients", &format!("改 {} 的资料", one.name), None);
        let action = format!("/clients/{id}/persons/{person}");
        Ok(FormPage::new(frame, action, form_key()?, groups).from(crumbs(&row)))
    })
    .await
}

pub(super) async fn edit(app: App, Path((id, person)): Path<(String, String)>, form: Form) -> Page {
    let (to, whom) = (id.clone(), person.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let (_, one) = find::person(tx, row.id, &whom)?;
            let mut reading = Reading::of(form);
            let read =
                PersonForm::read(form, &mut reading, &app.site().library.codes, app.site().today, false);
            let read = reading.done(read)?;
            no_other(tx, app, &read, &row, Some(one.id))?;
            let corrected = corrected(tx, &one, read)?;
            let correct = permit::<Correct<Clients>>(app.asker(), row.station_id)?;
            correct.correct_from(tx, &corrected, form_version(form))?;
            search::index_household(tx, &row)?;
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after_asking(submitted, &form, edit_page(&app, id, person)).await
}

/// A person with what a form says; numbers left empty stay as they are.
fn corrected(tx: &Tx<'_>, one: &Person, read: PersonForm) -> Result<Person, Trouble> {
    let mut person = Person {
        name: read.name,
        relation: Some(read.relation),
        care: read.care,
        marriage: read.marriage,
        subsidies: read.subsidies,
        platform_id: read.platform_id,
        ..one.clone()
    };
    let keys = tx.keys();
    if let Some(number) = &read.id_number {
        let sealed = seal_numbers(keys, (one.id, one.station_id), number, None)?;
        let (born_on, sex): (_, Sex) = (number.born_on(), number.sex());
        (person.id_number, person.id_number_hash) = (sealed.id_number, sealed.id_number_hash);
        (person.born_on, person.sex) = (born_on, sex);
    }
    if let Some(phone) = &read.phone {
        let phone = phone.key();
        person.phone = Some(seal(keys, PHONE, one.id, &phone)?);
        person.phone_tail_hash = Some(phone_tail_hash(keys, one.station_id, &phone));
    }
    Ok(person)
}

pub(super) async fn categories_form(app: App, Path((id, person)): Path<(String, String)>) -> Page {
    render(&categories_page(&app, id, person).await?)
}

async fn categories_page(app: &App, id: String, person: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (_, one) = find::person(tx, row.id, &person)?;
        let today = app.site().today;
        let held = current(tx, &row, one.id, today)?;
        let held: Vec<&str> = held.iter().map(|category| category.category.as_str()).collect();
        let codes = &app.site().library.codes;
        let day = Field::date("from_on", "从哪天起变").value(today.to_string());
        let groups = vec![Group::new("对象类别", [forms::category_field(codes, &held.join(",")), day])];
        let frame = app.frame("clients", &format!("{} 的对象类别", one.name), None);
        let action = format!("/clients/{id}/persons/{person}/categories");
        Ok(FormPage::new(frame, action, form_key()?, groups).from(crumbs(&row)))
    })
    .await
}

fn current(
    tx: &mut Tx<'_>,
    row: &Household,
    person: Id,
    day: chrono::NaiveDate,
) -> Result<Vec<PersonCategory>, Trouble> {
    let mut all = find::categories_of(tx, &[row.id])?;
    all.retain(|category| category.person_id == person && super::super::file::holds(category, day));
    Ok(all)
}

/// What is ticked no longer ends on the day, what is newly ticked begins on it.
pub(super) async fn categories(app: App, Path((id, person)): Path<(String, String)>, form: Form) -> Page {
    let (to, whom) = (id.clone(), person.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let (_, one) = find::person(tx, row.id, &whom)?;
            let mut reading = Reading::of(form);
            let day = reading.date("from_on", "日期");
            let codes = &app.site().library.codes;
            let wanted = forms::read_categories(
                form,
                &mut reading,
                codes,
                Some(one.born_on),
                day.unwrap_or(app.site().today),
            );
            let day = reading.done(day)?;
            let held_now = current(tx, &row, one.id, day)?;
            let correct = permit::<Correct<Clients>>(app.asker(), row.station_id)?;
            for ended in held_now.iter().filter(|category| !wanted.contains(&category.category)) {
                correct.correct(tx, &PersonCategory { to_on: Some(day), ..ended.clone() })?;
            }
            let enter = permit::<Enter<Clients>>(app.asker(), row.station_id)?;
            let known = |code: &String| held_now.iter().any(|category| category.category == *code);
            for code in
                wanted.iter().filter(|code| !known(code) && codes.get(List::Categories, code).is_some())
            {
                enter.append(tx, &[held(tx, &row, one.id, code.clone(), day)?])?;
            }
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after(submitted, &form, categories_page(&app, id, person)).await
}
