//! Persons of the stored sample: numbers, ages, categories, levels, plans.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::RunQueryDsl as _;
use kernel::full_years;
use platform::clients::{Person, Sex};
use serde_json::Value;

use super::{date_of, id_of, known, rows, sample};
use crate::id_number::check;
use crate::words::names::{NAMES, name};

#[test]
fn identity_numbers_are_valid_and_of_nobody_twice() {
    for number in ["11010519491231002X", "440524188001010014"] {
        assert_eq!(check(&number[..17]), number.chars().last().unwrap(), "{number}");
    }
    let database = &sample().database;
    let persons: Vec<Person> =
        database.read(|tx| Ok::<_, db::DbError>(Person::known(crate::KNOWN_UNTIL).load(tx.conn())?)).unwrap();
    let mut numbers = BTreeSet::new();
    for person in &persons {
        let number = person.id_number.open(database.keys(), "persons.id_number", &person.id).unwrap();
        assert_eq!(number[..6], *"440105");
        assert_eq!(number[6..14], person.born_on.format("%Y%m%d").to_string());
        assert_eq!(number[16..17].parse::<u32>().unwrap() % 2 == 1, person.sex == Sex::Male, "{number}");
        assert_eq!(check(&number[..17]), number.chars().last().unwrap(), "{number}");
        assert_eq!(person.id_number_hash, database.keys().lookup("persons.id_number", &number));
        if let Some(phone) = &person.phone {
            let phone = phone.open(database.keys(), "persons.phone", &person.id).unwrap();
            assert_eq!((&phone[..7], phone.len()), ("1900000", 11));
            let tail =
                database.keys().lookup(&format!("persons.phone_tail:{}", person.station_id), &phone[7..]);
            assert_eq!(person.phone_tail_hash.as_deref(), Some(tail.as_str()));
        }
        assert!(numbers.insert(number));
    }
    assert_eq!(numbers.len(), 2118 + 14);
}

#[test]
fn elder_categories_need_sixty_years() {
    let born: BTreeMap<&str, NaiveDate> = rows("persons", &[])
        .into_iter()
        .map(|row| (row["id"].as_str().unwrap(), date_of(row, "born_on").unwrap()))
        .collect();
    let elder: BTreeMap<&str, bool> = rows("contract_categories", &[])
        .into_iter()
        .map(|row| (row["code"].as_str().unwrap(), row["elder"].as_bool().unwrap()))
        .collect();
    let mut persons = BTreeSet::new();
    let mut categories = BTreeSet::new();
    for row in rows("person_categories", &[]) {
        let (person, category) = (row["person_id"].as_str().unwrap(), row["category"].as_str().unwrap());
        let age = full_years(born[person], date_of(row, "from_on").unwrap());
        assert!(!elder[category] || age >= 60, "{age} {category}");
        assert!(
            !category.contains("child_") && !category.ends_with("_child") || age < 16,
            "{age} {category}"
        );
        persons.insert(person);
        categories.insert(category);
    }
    assert_eq!((persons.len(), categories.len()), (born.len(), 17));
    assert!(rows("person_categories", &[]).len() > born.len(), "some are in two");
}

#[test]
fn levels_of_open_files() {
    let standing = rows("service_levels", &[("to_on", Value::Null)]);
    let count = |level: &str, xiaogang: bool| {
        let area = id_of("areas", "xiaogang");
        let fits = |row: &&&Value| row["level"] == level && (row["area_id"] == area) == xiaogang;
        standing.iter().filter(fits).count()
    };
    for (level, xiaogang, rest) in [("one", 17, 43), ("two", 35, 85), ("three", 503, 1232)] {
        assert_eq!((count(level, true), count(level, false)), (xiaogang, rest), "{level}");
    }
    let households: BTreeSet<&str> =
        standing.iter().map(|row| row["household_id"].as_str().unwrap()).collect();
    assert_eq!(households.len(), 1915);
}

#[test]
fn everybody_has_a_plan_and_every_file_somebody() {
    let column = |table: &str, field: &str| -> BTreeSet<&str> {
        known()[table].iter().map(|row| row[field].as_str().unwrap()).collect()
    };
    assert_eq!(column("personal_plans", "person_id"), column("persons", "id"));
    assert_eq!(column("persons", "household_id"), column("households", "id"));
    assert_eq!(column("households", "file_number").len(), 1915 + 14);
    for plan in &known()["personal_plans"] {
        let reviewed = date_of(plan, "review_on").unwrap() <= crate::SAMPLE_TODAY;
        assert_eq!(plan["outcome"].is_null(), !reviewed, "{plan}");
    }
}

#[test]
fn names_say_that_they_are_invented_and_differ() {
    assert_eq!((0..NAMES).map(name).collect::<BTreeSet<_>>().len(), NAMES);
    for table in ["persons", "workers", "volunteers"] {
        for row in &known()[table] {
            let name = row["name"].as_str().unwrap();
            let prefixes = ["示例", "样本", "假设", "虚拟", "模拟", "范例"];
            assert!(prefixes.iter().any(|prefix| name.starts_with(prefix)), "{name}");
        }
    }
}
