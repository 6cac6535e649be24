//! What must hold for every roster.

use proptest::prelude::*;

use super::super::{FilePerson, Roster, Row, coverage, reconcile};
use super::{codes, file, keys, row, today};
use crate::codes::List;

const NAMES: [&str; 5] = ["示例甲", "样本乙", "假设丙", "范例丁", "虚拟戊"];
const PLACES: [&str; 3] = ["示例东", "示例西社区", "样本中居委会"];

/// Rows and files that say the same: households of one or two, several categories, some without one key or the other.
fn agreeing() -> impl Strategy<Value = (Vec<Row>, Vec<FilePerson>)> {
    proptest::collection::vec((0usize..5, 0usize..3, 0usize..3, any::<bool>(), any::<[bool; 4]>()), 0..30)
        .prop_map(|people| {
            let (mut rows, mut files): (Vec<Row>, Vec<FilePerson>) = (Vec::new(), Vec::new());
            for (n, (name, place, missing, joins, categories)) in people.into_iter().enumerate() {
                let mut row = row(n, NAMES[name]);
                row.community = Some(PLACES[place].to_owned());
                let all = ["elder_alone", "disabled", "minimum_living", "elder_disabled"];
                let chosen = all
                    .into_iter()
                    .zip(categories)
                    .filter(|(_, chosen)| *chosen)
                    .map(|(code, _)| code.to_owned());
                row.codes.insert(List::Categories, chosen.collect());
                let mut file = file(&row, n);
                file.community.clone_from(&row.community);
                match missing {
                    0 => row.platform_id = None,
                    1 => row.id_number = None,
                    _ => (row.phone, row.file_number) = (None, None),
                }
                if let (true, Some(before)) = (joins && row.file_number.is_some(), files.last()) {
                    file.household.clone_from(&before.household);
                }
                rows.push(row);
                files.push(file);
            }
            (rows, files)
        })
}

fn found(rows: Vec<Row>, files: &[FilePerson]) -> Vec<(String, String)> {
    let roster = Roster { rows, ..Roster::default() };
    let differences = reconcile(&roster, files, &codes(), keys(), today());
    differences.into_iter().map(|difference| (difference.key, difference.sentence)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_roster_made_from_the_files_gives_no_difference((rows, files) in agreeing()) {
        prop_assert_eq!(found(rows.clone(), &files), []);
        let roster = Roster { rows, ..Roster::default() };
        let counted = coverage(&roster, &files, keys());
        prop_assert_eq!(counted.total.persons_due, files.len());
        prop_assert_eq!(counted.total.persons_made, files.len());
        prop_assert_eq!(counted.total.households_due, counted.total.households_made);
        prop_assert_eq!(counted.beyond + counted.undecided, 0);
    }

    #[test]
    fn the_order_of_rows_and_files_makes_no_difference(
        ((rows, files), (others, _), turn) in (agreeing(), agreeing(), 0usize..30)
    ) {
        // Some persons of another list under the same numbers: every kind of disagreement.
        let half = rows.len() / 2;
        let mut mixed: Vec<Row> = rows.into_iter().take(half).chain(others).collect();
        let first = found(mixed.clone(), &files);
        let counted = |rows: &[Row]| coverage(&Roster { rows: rows.to_vec(), ..Roster::default() }, &files, keys()).total;
        let coverage_first = counted(&mixed);
        mixed.reverse();
        if !mixed.is_empty() {
            let by = turn % mixed.len();
            mixed.rotate_left(by);
        }
        let mut turned = files.clone();
        turned.reverse();
        prop_assert_eq!(&found(mixed.clone(), &turned), &first);
        prop_assert_eq!(counted(&mixed), coverage_first);
        let mut keys: Vec<&String> = first.iter().map(|(key, _)| key).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), first.len(), "one key, one difference");
    }

    #[test]
    fn no_bytes_make_reading_fall_over(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,80}") {
        let _ = super::super::read(&bytes, "x", &codes(), today());
        let table = format!("姓名,身份证号,社区,变更日期,类别\n{text}\n");
        let _ = super::super::read(table.as_bytes(), "x.csv", &codes(), today());
    }
}

/// An old workbook with any few bytes changed is read or refused; it ends neither the test nor the process.
#[test]
fn damaged_workbooks_are_read_or_refused() {
    let whole = include_bytes!("roster.xls");
    let (mut chance, codes, mut refused) = (12345_u64, codes(), 0);
    for _ in 0..400 {
        let mut damaged = whole.to_vec();
        for _ in 0..4 {
            // Knuth's multiplier: any fixed sequence will do.
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = usize::try_from(chance >> 33).unwrap() % damaged.len();
            damaged[at] = chance.to_le_bytes()[3];
        }
        refused += usize::from(super::super::read(&damaged, "x.xls", &codes, today()).is_err());
    }
    assert!((1..400).contains(&refused), "{refused}");
}

/// The record of the sheet's size, made to claim 65,536 × 65,535 cells and then a first row after the last.
#[test]
fn a_workbook_that_claims_too_much_is_refused() {
    let whole = include_bytes!("roster.xls").to_vec();
    let at = whole.windows(4).position(|bytes| bytes == [0x00, 0x02, 0x0e, 0x00]).unwrap() + 4;
    let check = |size: [u8; 12], refused: bool| {
        let mut claimed = whole.clone();
        claimed[at..at + 12].copy_from_slice(&size);
        assert_eq!(super::super::read(&claimed, "x.xls", &codes(), today()).is_err(), refused, "{size:?}");
    };
    check([0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 5, 0], false);
    check([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff], true);
    check([0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 5, 0], true);
    check([9, 0, 0, 0, 5, 0, 0, 0, 0, 0, 5, 0], true);
}
