//! The tables of the register. All SQL on them is here.

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Problem};
use rules::recusal::{self, Tie, TieKind};

diesel::table! {
    experts (id) {
        id -> Text,
        user_id -> Text,
        name -> Text,
        organisation -> Text,
        qualification -> Text,
        skills -> Text,
        phone_hash -> Text,
        address_hash -> Text,
        made_by -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    expert_ties (id) {
        id -> Text,
        expert_id -> Text,
        kind -> Text,
        organisation -> Text,
        detail -> Text,
        from_on -> Nullable<Date>,
        until_on -> Nullable<Date>,
    }
}

/// An expert of the register.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = experts)]
pub(in crate::evaluation) struct Expert {
    pub(in crate::evaluation) id: Id,
    pub(in crate::evaluation) user_id: Id,
    pub(in crate::evaluation) name: String,
    pub(in crate::evaluation) organisation: String,
    pub(in crate::evaluation) qualification: String,
    /// Fields of knowledge, with 、 between.
    pub(in crate::evaluation) skills: String,
    /// Keyed hash of the telephone number; empty when not given.
    pub(in crate::evaluation) phone_hash: String,
    /// Keyed hash of the address; empty when not given.
    pub(in crate::evaluation) address_hash: String,
    pub(in crate::evaluation) made_by: String,
    pub(in crate::evaluation) made_at: Moment,
}

/// One tie of an expert.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = expert_ties)]
pub(in crate::evaluation) struct ExpertTie {
    pub(in crate::evaluation) id: Id,
    pub(in crate::evaluation) expert_id: Id,
    pub(in crate::evaluation) kind: TieKind,
    pub(in crate::evaluation) organisation: String,
    pub(in crate::evaluation) detail: String,
    pub(in crate::evaluation) from_on: Option<NaiveDate>,
    pub(in crate::evaluation) until_on: Option<NaiveDate>,
}

/// The whole register, by name.
pub(in crate::evaluation) fn all(tx: &mut Tx<'_>) -> DbResult<Vec<Expert>> {
    Ok(experts::table.order((experts::name, experts::id)).select(Expert::as_select()).load(tx.conn())?)
}

/// Some of it.
pub(in crate::evaluation) fn some(tx: &mut Tx<'_>, ids: Vec<Id>) -> DbResult<Vec<Expert>> {
    let some = experts::table.filter(experts::id.eq_any(ids));
    Ok(some.order((experts::name, experts::id)).select(Expert::as_select()).load(tx.conn())?)
}

/// One expert.
pub(in crate::evaluation) fn one(tx: &mut Tx<'_>, id: &str) -> DbResult<Expert> {
    let found = experts::table.filter(experts::id.eq(id)).select(Expert::as_select()).first(tx.conn());
    let unknown = || Problem::new("unknown_expert", "专家库里没有这位专家", "请从专家库里选").into();
    found.optional()?.ok_or_else(unknown)
}

/// Puts an expert into the register.
pub(in crate::evaluation) fn add(tx: &mut Tx<'_>, expert: &Expert) -> DbResult<()> {
    diesel::insert_into(experts::table).values(expert).execute(tx.conn())?;
    Ok(())
}

/// Writes an expert as they now are.
pub(in crate::evaluation) fn update(tx: &mut Tx<'_>, expert: &Expert) -> DbResult<()> {
    diesel::update(experts::table.filter(experts::id.eq(expert.id))).set(expert).execute(tx.conn())?;
    Ok(())
}

/// The ties of an expert, the latest first.
pub(in crate::evaluation) fn ties(tx: &mut Tx<'_>, expert: Id) -> DbResult<Vec<ExpertTie>> {
    let own = expert_ties::table.filter(expert_ties::expert_id.eq(expert));
    let order = (expert_ties::from_on.desc(), expert_ties::id);
    Ok(own.order(order).select(ExpertTie::as_select()).load(tx.conn())?)
}

/// Notes a tie.
pub(in crate::evaluation) fn tie(tx: &mut Tx<'_>, tie: &ExpertTie) -> DbResult<()> {
    diesel::insert_into(expert_ties::table).values(tie).execute(tx.conn())?;
    Ok(())
}

/// An expert as the rule of recusal reads them.
pub(in crate::evaluation) fn as_rule_reads(tx: &mut Tx<'_>, expert: &Expert) -> DbResult<recusal::Expert> {
    let ties = ties(tx, expert.id)?.into_iter().map(|tie| Tie {
        kind: tie.kind,
        organisation: tie.organisation,
        from: tie.from_on,
        until: tie.until_on,
    });
    Ok(recusal::Expert {
        name: expert.name.clone(),
        organisation: expert.organisation.clone(),
        ties: ties.collect(),
        phone: expert.phone_hash.clone(),
        address: expert.address_hash.clone(),
    })
}
