//! The smaller records of a file corrected or withdrawn: contacts, needs, risks; a consent revoked.
//! Not here: entering them (`more`).

use axum::extract::Path;
use db::{DbResult, Record, Tx};
use kernel::Id;
use web::form::Reading;
use web::{Fault, Form, Page, render};

use super::super::forms::{self, ContactForm, NeedForm, RiskForm};
use super::super::personal::{self, CONTACT_NAME, CONTACT_PHONE, seal};
use super::super::policy::Clients;
use super::super::store::{Consent, Contact, Household, Need, RiskAssessment};
use super::more::{member, members};
use super::{after, crumbs, household};
use crate::access::{Correct, Owned, Withdraw, permit};
use crate::shell::{App, Field, FormPage, Group, Leads, Trouble, form_key, form_version};

/// A kind of record that hangs on a household and is corrected on pages of its own.
pub(super) trait Small: Owned<Part = Clients> + Record + Send + 'static {
    /// The word for it.
    const LABEL: &'static str;
    /// Its part of the address.
    const PATH: &'static str;

    /// Its household.
    fn household(&self) -> Id;
    /// The fields, with what stands in them.
    ///
    /// # Errors
    /// What the database says.
    fn fields(&self, tx: &mut Tx<'_>, app: &App, row: &Household) -> Result<Vec<Group>, Trouble>;
    /// The record with what a form says.
    ///
    /// # Errors
    /// Something is wrong with what the form says.
    fn corrected(self, tx: &mut Tx<'_>, app: &App, row: &Household, form: &Form) -> Result<Self, Trouble>;
}

impl Small for Contact {
    const LABEL: &'static str = "紧急联系人";
    const PATH: &'static str = "contacts";

    fn household(&self) -> Id {
        self.household_id
    }

    fn fields(&self, tx: &mut Tx<'_>, _: &App, _: &Household) -> Result<Vec<Group>, Trouble> {
        let (name, phone) = personal::contact(tx.keys(), self, false)?;
        Ok(forms::contact_fields(Some((&self.relation, name, phone))))
    }

    fn corrected(self, tx: &mut Tx<'_>, _: &App, _: &Household, form: &Form) -> Result<Self, Trouble> {
        let mut reading = Reading::of(form);
        let read = ContactForm::read(form, &mut reading, false);
        let read = reading.done(read)?;
        let sealed = |column, text: Option<String>| -> DbResult<_> {
            text.map(|text| seal(tx.keys(), column, self.id, &text)).transpose()
        };
        let (name, phone) = (sealed(CONTACT_NAME, read.name)?, sealed(CONTACT_PHONE, read.phone)?);
        Ok(Self {
            relation: read.relation,
            name: name.unwrap_or_else(|| self.name.clone()),
            phone: phone.unwrap_or_else(|| self.phone.clone()),
            ..self
        })
    }
}

impl Small for Need {
    const LABEL: &'static str = "需求";
    const PATH: &'static str = "needs";

    fn household(&self) -> Id {
        self.household_id
    }

    fn fields(&self, tx: &mut Tx<'_>, app: &App, row: &Household) -> Result<Vec<Group>, Trouble> {
        Ok(forms::need_fields(members(tx, row)?, app.site().today, Some(self)))
    }

    fn corrected(self, tx: &mut Tx<'_>, _: &App, row: &Household, form: &Form) -> Result<Self, Trouble> {
        let mut reading = Reading::of(form);
        let read = NeedForm::read(&mut reading);
        let read = reading.done(read)?;
        let (urgency, met_on) = (read.urgency, read.met_on);
        let person_id = member(tx, row, read.person)?;
        Ok(Self { person_id, found_on: read.found_on, need: read.need, urgency, met_on, ..self })
    }
}

impl Small for RiskAssessment {
    const LABEL: &'static str = "风险评估";
    const PATH: &'static str = "risks";

    fn household(&self) -> Id {
        self.household_id
    }

    fn fields(&self, tx: &mut Tx<'_>, app: &App, row: &Household) -> Result<Vec<Group>, Trouble> {
        Ok(forms::risk_fields(members(tx, row)?, app.site().today, Some(self)))
    }

    fn corrected(self, tx: &mut Tx<'_>, _: &App, row: &Household, form: &Form) -> Result<Self, Trouble> {
        let mut reading = Reading::of(form);
        let read = RiskForm::read(form, &mut reading);
        let read = reading.done(read)?;
        Ok(Self {
            person_id: member(tx, row, read.person)?,
            assessed_on: read.assessed_on,
            level: read.level,
            kinds: read.kinds,
            note: read.note,
            review_on: read.review_on,
            ..self
        })
    }
}

/// A record of a household, with its version.
fn of<R: Owned<Part = Clients>>(
    tx: &mut Tx<'_>,
    row: &Household,
    id: &str,
    household: fn(&R) -> Id,
) -> Result<(i32, R), Trouble> {
    let last = id.parse().ok().map(|id| R::last(tx.conn(), id)).transpose()?.flatten();
    let own = last.filter(|(stamp, record)| !stamp.voided && household(record) == row.id);
    let unknown = || Fault::not_found("unknown_record", "这份档案里没有这一条", "请回到档案看现在的内容");
    let (stamp, record) = own.ok_or_else(unknown)?;
    Ok((stamp.version, record))
}

pub(super) async fn edit_form<R: Small>(app: App, Path((id, record)): Path<(String, String)>) -> Page {
    render(&edit_page::<R>(&app, id, record).await?)
}

async fn edit_page<R: Small>(app: &App, id: String, record: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (version, one) = of::<R>(tx, &row, &record, R::household)?;
        let mut groups = one.fields(tx, app, &row)?;
        groups[0].fields.push(Field::version(version));
        let frame = app.frame("clients", &format!("改{}", R::LABEL), None);
        let action = format!("/clients/{id}/{}/{record}", R::PATH);
        Ok(FormPage::new(frame, action, form_key()?, groups).from(crumbs(&row)))
    })
    .await
}

pub(super) async fn edit<R: Small>(app: App, Path((id, record)): Path<(String, String)>, form: Form) -> Page {
    let (to, which) = (id.clone(), record.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let (_, one) = of::<R>(tx, &row, &which, R::household)?;
            let corrected = one.corrected(tx, app, &row, form)?;
            let correct = permit::<Correct<Clients>>(app.asker(), row.station_id)?;
            correct.correct_from(tx, &corrected, form_version(form))?;
            Ok(format!("/clients/{to}"))
        })
        .await?;
    after(submitted, &form, edit_page::<R>(&app, id, record)).await
}

pub(super) async fn withdraw_form<R: Small>(app: App, Path((id, record)): Path<(String, String)>) -> Page {
    render(&withdraw_page::<R>(&app, id, record).await?)
}

async fn withdraw_page<R: Small>(app: &App, id: String, record: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        of::<R>(tx, &row, &record, R::household)?;
        let frame = app.frame("clients", &format!("作废{}", R::LABEL), None);
        super::withdrawing(frame, format!("/clients/{id}/{}/{record}/withdraw", R::PATH), &row)
    })
    .await
}

pub(super) async fn withdraw<R: Small>(
    app: App,
    Path((id, record)): Path<(String, String)>,
    form: Form,
) -> Page {
    let (to, which) = (id.clone(), record.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let (_, one) = of::<R>(tx, &row, &which, R::household)?;
            let mut reading = Reading::of(form);
            let reason = reading.text("reason", "作废的理由", 200);
            let reason = reading.done(reason)?;
            permit::<Withdraw<Clients>>(app.asker(), row.station_id)?.withdraw::<R>(tx, one.id(), &reason)?;
            Ok(Leads::saying(format!("/clients/{to}"), format!("{}已作废", R::LABEL)))
        })
        .await?;
    after(submitted, &form, withdraw_page::<R>(&app, id, record)).await
}

pub(super) async fn revoke_form(app: App, Path((id, consent)): Path<(String, String)>) -> Page {
    render(&revoke_page(&app, id, consent).await?)
}

/// A consent that holds.
fn held(tx: &mut Tx<'_>, app: &App, row: &Household, id: &str) -> Result<(i32, Consent), Trouble> {
    let (version, consent) = of::<Consent>(tx, row, id, |consent| consent.household_id)?;
    if consent.until_on.is_some_and(|until| until <= app.site().today) {
        let what = "这份同意书已经不再有效";
        return Err(Fault::not_found("unknown_consent", what, "请回到档案看现在的同意书").into());
    }
    Ok((version, consent))
}

async fn revoke_page(app: &App, id: String, consent: String) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let (_, row) = household(tx, app, &id)?;
        let (version, one) = held(tx, app, &row, &consent)?;
        let mut groups = forms::revoking(app.site().today);
        groups[0].fields.push(Field::version(version));
        let frame = app.frame("clients", "撤回同意", None);
        let action = format!("/clients/{id}/consents/{consent}/revoke");
        let mut page = FormPage::new(frame, action, form_key()?, groups).from(crumbs(&row));
        page.intro = format!("{} 签的同意书。本人（不满 14 岁的由监护人）可以随时撤回", one.signed_on);
        page.submit = "撤回";
        Ok(page)
    })
    .await
}

/// A consent that is taken back holds no longer from a day on; it stays in the history.
pub(super) async fn revoke(app: App, Path((id, consent)): Path<(String, String)>, form: Form) -> Page {
    let (to, which) = (id.clone(), consent.clone());
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let (_, row) = household(tx, app, &to)?;
            let (_, one) = held(tx, app, &row, &which)?;
            let mut reading = Reading::of(form);
            let day = forms::read_revoking(&mut reading, one.signed_on, app.site().today);
            let day = reading.done(day)?;
            let revoked = Consent { until_on: Some(day), ..one };
            permit::<Correct<Clients>>(app.asker(), row.station_id)?.correct_from(
                tx,
                &revoked,
                form_version(form),
            )?;
            Ok(Leads::saying(format!("/clients/{to}"), "同意已撤回"))
        })
        .await?;
    after(submitted, &form, revoke_page(&app, id, consent)).await
}
