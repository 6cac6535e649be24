//! Sealing and opening what is personal, and the keyed hashes by which it is found. The one place that names the
//! columns they are bound to.

use db::{DbResult, Keys, Sealed};
use kernel::{Id, Problem};
use rules::identity::{IdNumber, Phone, masked, masked_id_number, masked_phone};

use super::store::{Contact, Household, Person};

/// The columns that are sealed: each value is bound to its column and row.
pub(super) const DOOR: &str = "households.door";
pub(super) const ID_NUMBER: &str = "persons.id_number";
pub(super) const PHONE: &str = "persons.phone";
pub(super) const CONTACT_NAME: &str = "client_contacts.name";
pub(super) const CONTACT_PHONE: &str = "client_contacts.phone";
pub(super) const GUARDIAN: &str = "consents.guardian";

/// The keyed hash of an identity number, for exact search.
#[must_use]
pub fn id_number_hash(keys: &Keys, number: &str) -> String {
    keys.lookup(ID_NUMBER, number)
}

/// The keyed hash of the last four digits of a telephone number; comparable within a station only.
#[must_use]
pub fn phone_tail_hash(keys: &Keys, station: Id, number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let tail = &digits[digits.len().saturating_sub(4)..];
    keys.lookup(&format!("persons.phone_tail:{station}"), tail)
}

/// The lookup hashes of a record whose sealed values are known in clear: what a database with another key needs anew.
pub fn look_up(
    keys: &Keys,
    kind: &str,
    station: Id,
    clear: &dyn Fn(&str) -> String,
) -> Vec<(&'static str, String)> {
    if kind != <Person as db::Record>::KIND {
        return Vec::new();
    }
    let mut hashes = vec![("id_number_hash", id_number_hash(keys, &clear("id_number")))];
    let phone = clear("phone");
    if !phone.is_empty() {
        hashes.push(("phone_tail_hash", phone_tail_hash(keys, station, &phone)));
    }
    hashes
}

/// Seals a text for a column of a row.
///
/// # Errors
/// The system gives no chance.
pub(super) fn seal(keys: &Keys, column: &str, row: Id, text: &str) -> DbResult<Sealed<String>> {
    Ok(Sealed::new(keys, column, &row, text).map_err(|error| sealed(&error))?)
}

/// Opens a sealed text.
///
/// # Errors
/// The keys are not those it was sealed with, or it was altered.
pub(super) fn open(keys: &Keys, column: &str, row: Id, sealed_text: &Sealed<String>) -> DbResult<String> {
    Ok(sealed_text.open(keys, column, &row).map_err(|error| sealed(&error))?)
}

fn sealed(error: &db::SealError) -> Problem {
    Problem::new("sealed", error.to_string(), "请核对密钥文件")
}

/// The numbers of a person as shown: whole, or masked.
///
/// # Errors
/// The keys are not those they were sealed with.
pub(super) fn numbers(keys: &Keys, person: &Person, whole: bool) -> DbResult<(String, Option<String>)> {
    let number = open(keys, ID_NUMBER, person.id, &person.id_number)?;
    let phone = person.phone.as_ref().map(|phone| open(keys, PHONE, person.id, phone)).transpose()?;
    if whole {
        return Ok((number, phone));
    }
    Ok((masked_id_number(&number), phone.map(|phone| masked_phone(&phone))))
}

/// Where a household lives: the building plain, the door whole or not at all.
///
/// # Errors
/// The keys are not those it was sealed with.
pub(super) fn address(keys: &Keys, household: &Household, whole: bool) -> DbResult<String> {
    if !whole {
        return Ok(format!("{} ***", household.building));
    }
    Ok(format!("{} {}", household.building, open(keys, DOOR, household.id, &household.door)?))
}

/// A contact's name and number as shown.
///
/// # Errors
/// The keys are not those they were sealed with.
pub(super) fn contact(keys: &Keys, contact: &Contact, whole: bool) -> DbResult<(String, String)> {
    let name = open(keys, CONTACT_NAME, contact.id, &contact.name)?;
    let phone = open(keys, CONTACT_PHONE, contact.id, &contact.phone)?;
    if whole { Ok((name, phone)) } else { Ok((masked(&name, 1, 0), masked_phone(&phone))) }
}

/// What a person's row holds of a number and a telephone.
pub(super) struct SealedNumbers {
    pub(super) id_number: Sealed<String>,
    pub(super) id_number_hash: String,
    pub(super) phone: Option<Sealed<String>>,
    pub(super) phone_tail_hash: Option<String>,
}

/// Seals both for a person's row.
///
/// # Errors
/// The system gives no chance.
pub(super) fn seal_numbers(
    keys: &Keys,
    (person, station): (Id, Id),
    number: &IdNumber,
    phone: Option<&Phone>,
) -> DbResult<SealedNumbers> {
    let phone = phone.map(Phone::key);
    Ok(SealedNumbers {
        id_number: seal(keys, ID_NUMBER, person, number.as_str())?,
        id_number_hash: id_number_hash(keys, number.as_str()),
        phone: phone.as_deref().map(|phone| seal(keys, PHONE, person, phone)).transpose()?,
        phone_tail_hash: phone.as_deref().map(|phone| phone_tail_hash(keys, station, phone)),
    })
}
