//! Finding contracts.

use chrono::NaiveDate;
use db::{DbResult, Tx};
use diesel::prelude::*;
use kernel::{Id, Moment, Period, Problem};

use super::store::{Contract, ContractCategory, contract_categories, contracts};

impl Contract {
    /// The contract's days.
    ///
    /// # Errors
    /// It ends before it starts; a constraint of the database keeps such a contract out.
    pub fn period(&self) -> Result<Period, Problem> {
        Period::new(self.starts_on, self.ends_on).ok_or_else(|| {
            Problem::new("contract_backwards", "服务协议的结束日期早于开始日期", "请更正协议")
                .at(self.code.clone())
        })
    }
}

/// The contract of this id.
///
/// # Errors
/// There is none.
pub fn contract(tx: &mut Tx<'_>, id: Id, known_at: Moment) -> DbResult<Contract> {
    let found = Contract::known(known_at).filter(contracts::id.eq(id)).first(tx.conn()).optional()?;
    found.ok_or_else(|| {
        Problem::new("unknown_contract", "没有这份服务协议", "请核对编号").at(id.to_string()).into()
    })
}

/// The contract of a station that a day belongs to: the last one begun by then.
///
/// # Errors
/// None had begun; the answer says when the first one begins.
pub fn in_force(tx: &mut Tx<'_>, station: Id, day: NaiveDate, known_at: Moment) -> DbResult<Contract> {
    let all: Vec<Contract> = Contract::known(known_at)
        .filter(contracts::station_id.eq(station))
        .order(contracts::starts_on)
        .load(tx.conn())?;
    let first = all.first().map(|contract| contract.starts_on);
    all.into_iter().rev().find(|contract| contract.starts_on <= day).ok_or_else(|| {
        let (what, remedy) = match first {
            Some(first) => (
                format!("{day} 还没有服务协议，最早的一份从 {first} 开始"),
                format!("请用 {first} 或以后的日期"),
            ),
            None => ("这个社工站还没有服务协议".to_owned(), "请先录入服务协议".to_owned()),
        };
        Problem::new("no_contract", what, remedy).into()
    })
}

/// The contracts of some stations, or of all without any given; the latest first.
///
/// # Errors
/// What the database says.
pub fn contracts_of(tx: &mut Tx<'_>, stations: Option<Vec<Id>>, known_at: Moment) -> DbResult<Vec<Contract>> {
    let mut all = Contract::known(known_at);
    if let Some(stations) = stations {
        all = all.filter(contracts::station_id.eq_any(stations));
    }
    Ok(all.order((contracts::starts_on.desc(), contracts::code)).load(tx.conn())?)
}

/// How many categories of people a contract names.
///
/// # Errors
/// What the database says.
pub fn count_categories(tx: &mut Tx<'_>, contract: Id) -> DbResult<usize> {
    let now = tx.at();
    let of = ContractCategory::known(now).filter(contract_categories::contract_id.eq(contract));
    let all: Vec<ContractCategory> = of.load(tx.conn())?;
    Ok(all.len())
}
