//! What sheets declare, held against records, counting fields and the database's own constraints.

use std::collections::BTreeSet;
use std::path::Path;

use crate::sheets::column::{Fill, Holds, Since};
use crate::sheets::sheet::{Placed, Sheet};
use crate::sheets::values::kept;

fn each_sheet(check: impl Fn(&'static Sheet)) {
    assert!(crate::SHEETS.all().len() > 30);
    for sheet in crate::SHEETS.all() {
        check(sheet);
    }
}

/// The type of a record's field without what says that it may be absent.
fn type_of(sheet: &Sheet, field: &str) -> Option<String> {
    let found = sheet.ops.fields.iter().find(|(name, _)| *name == field);
    found.map(|(_, holds)| {
        let holds = holds.replace(' ', "");
        let inner = holds.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>'));
        inner.map_or(holds.clone(), str::to_owned)
    })
}

#[test]
fn each_field_of_a_record_has_one_column() {
    each_sheet(|sheet| {
        let columns: Vec<&str> = sheet.columns.iter().map(|column| column.name).collect();
        let once: BTreeSet<&str> = columns.iter().copied().collect();
        assert_eq!(once.len(), columns.len(), "{} has a column twice", sheet.kind());
        let fields: BTreeSet<&str> = sheet.ops.fields.iter().map(|(name, _)| *name).collect();
        assert!(once.is_subset(&fields), "{}: {:?}", sheet.kind(), once.difference(&fields));
        if sheet.page.is_none() {
            // A correction would empty what has no column.
            assert_eq!(once, fields, "{}", sheet.kind());
        }
    });
}

#[test]
fn a_column_holds_what_its_field_holds() {
    each_sheet(|sheet| {
        for column in sheet.columns {
            let (of, holds) = (format!("{}.{}", sheet.kind(), column.name), sheet.holds(column));
            let fits = match type_of(sheet, column.name).unwrap().as_str() {
                "NaiveDate" => matches!(holds, Holds::Date),
                "bool" => matches!(holds, Holds::Flag),
                "Fen" => matches!(holds, Holds::Money),
                "i32" => matches!(holds, Holds::Whole(most) if most <= i64::from(i32::MAX)),
                "i64" => matches!(holds, Holds::Whole(_)),
                "String" => matches!(holds, Holds::Text(_) | Holds::Long),
                "Id" => matches!(holds, Holds::Refers(_)),
                "Sealed<String>" => matches!(holds, Holds::Phone),
                _ => matches!(holds, Holds::Word(_)),
            };
            assert!(fits, "{of} does not hold what its field does: {holds:?}");
            assert!(!sheet.label_of(column).is_empty(), "{of} has no word for people");
            if let Holds::Refers(kind) = holds {
                assert!(crate::SHEETS.of_kind(kind).is_some(), "{of} refers to {kind}, which has no sheet");
            }
            if let Holds::Word(words) = holds {
                assert!(words().iter().all(|(word, label)| !word.is_empty() && !label.is_empty()), "{of}");
            }
        }
    });
}

#[test]
fn what_a_sheet_names_are_columns_of_its_own() {
    each_sheet(|sheet| {
        let of = sheet.kind();
        assert!(!sheet.titled.is_empty(), "{of} has no name");
        for name in sheet.titled {
            assert!(sheet.column(name).is_some(), "{of} is named by {name}");
        }
        if let Some(dated) = sheet.dated {
            let date = sheet.column(dated).map(|column| sheet.holds(column));
            assert!(matches!(date, Some(Holds::Date)), "{of} is dated by {dated}");
            // Where a day may be missing, the two databases put it at different ends.
            assert!(
                sheet.column(dated).is_some_and(|column| sheet.must(column)),
                "{of}.{dated} may be missing"
            );
        }
        if let Some(counted) = sheet.counted {
            assert_eq!((counted.name, counted.table), (of, sheet.ops.table));
        }
        if let Placed::With(reference) = sheet.placed {
            let column = sheet.column(reference).unwrap();
            assert!(matches!(sheet.holds(column), Holds::Refers(_)) && sheet.must(column), "{of}");
        }
    });
}

#[test]
fn what_fills_a_column_fits_it() {
    each_sheet(|sheet| {
        for column in sheet.columns {
            let of = format!("{}.{}", sheet.kind(), column.name);
            match column.fill {
                Fill::Asked => {}
                Fill::Today => assert!(matches!(sheet.holds(column), Holds::Date), "{of}"),
                Fill::With(value) | Fill::Always(value) => {
                    let read = kept(sheet.holds(column), value);
                    assert_eq!(read.as_ref().map(Option::as_deref), Ok(Some(value)), "{of}");
                }
                Fill::Follows(reference, field) => {
                    let Some(Holds::Refers(kind)) = sheet.column(reference).map(|one| sheet.holds(one))
                    else {
                        panic!("{of} follows {reference}");
                    };
                    let from = crate::SHEETS.of_kind(kind).unwrap();
                    assert_eq!(type_of(from, field), type_of(sheet, column.name), "{of}");
                }
            }
        }
    });
}

#[test]
fn days_stand_to_days() {
    each_sheet(|sheet| {
        let is_date = |sheet: &Sheet, name: &str| {
            sheet.column(name).is_some_and(|column| matches!(sheet.holds(column), Holds::Date))
        };
        for column in sheet.columns.iter().filter(|column| column.past || column.since.is_some()) {
            let of = format!("{}.{}", sheet.kind(), column.name);
            assert!(is_date(sheet, column.name), "{of} is no day");
            match column.since {
                None => {}
                Some(Since::Column(first)) => assert!(is_date(sheet, first), "{of}"),
                Some(Since::Of(reference, field)) => {
                    let Some(Holds::Refers(kind)) = sheet.column(reference).map(|one| sheet.holds(one))
                    else {
                        panic!("{of} has to do with {reference}");
                    };
                    assert!(is_date(crate::SHEETS.of_kind(kind).unwrap(), field), "{of}");
                }
            }
        }
    });
}

/// What the database refuses, the form has said before: `x_after_y` is a column with `since`.
#[test]
fn what_the_database_refuses_of_days_the_form_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let mut found = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for rest in text.split("CONSTRAINT ").skip(1) {
            let name = rest.split_whitespace().next().unwrap();
            let sheet = crate::SHEETS
                .all()
                .iter()
                .find(|sheet| sheet.page.is_none() && name.starts_with(&format!("{}_", sheet.ops.table)));
            let Some((sheet, pair)) = sheet.zip(name.split_once("_after_")) else { continue };
            let later = pair.0.trim_start_matches(&format!("{}_", sheet.ops.table)).to_owned();
            let column = sheet.column(&later).unwrap();
            assert_eq!(column.since, sheet.column(pair.1).map(|first| Since::Column(first.name)), "{name}");
            found += 1;
        }
    }
    assert!(found >= 6, "{found} constraints");
}

/// Why a sheet names no columns in which records that look alike are the same.
const UNLIKE: &[(&str, &str)] = &[
    ("household", "entered on the pages of files, where somebody of the same number or name is told"),
    ("person", "the same"),
    ("area", "its code is its own: the database refuses a second one"),
    ("community", "the same"),
    ("service_point", "the same"),
];

#[test]
fn each_sheet_says_what_looks_alike() {
    each_sheet(|sheet| {
        let of = sheet.kind();
        assert_ne!(sheet.like.is_empty(), UNLIKE.iter().all(|(kind, _)| *kind != of), "{of}");
        for name in sheet.like.iter().filter(|name| **name != "worker_id") {
            let column = sheet.column(name).unwrap_or_else(|| panic!("{of}.{name}"));
            let holds = sheet.holds(column);
            assert!(
                !matches!(holds, Holds::Phone | Holds::Flag | Holds::Money | Holds::Whole(_)),
                "{of}.{name}"
            );
        }
    });
}

#[test]
fn addresses_are_one_for_each_sheet() {
    let mut seen = BTreeSet::new();
    each_sheet(|sheet| assert!(sheet.page.is_some() || !sheet.path.contains('/'), "{}", sheet.path));
    for sheet in crate::SHEETS.all().iter().filter(|sheet| sheet.page.is_none()) {
        assert!(seen.insert(sheet.href()), "{} twice", sheet.href());
        assert!(!["new", "edit", "withdraw", "grid"].contains(&sheet.path));
        let part = crate::PARTS.iter().any(|part| part.name == sheet.slice());
        assert!(part, "{} is no part of the site", sheet.slice());
        assert!(!sheet.label.is_empty() && !sheet.note.is_empty(), "{}", sheet.kind());
    }
}
