//! A large roster takes no noticeable time, also unoptimised.

use std::time::{Duration, Instant};

use super::super::{FilePerson, Roster, Row, coverage, reconcile};
use super::{codes, file, keys, row, today};

#[test]
fn two_thousand_rows_against_five_thousand_files() {
    let mut files: Vec<FilePerson> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for n in 0..5000 {
        let mut row = row(n % 999, &format!("示例{n}"));
        (row.platform_id, row.file_number) = (Some(format!("P{n}")), Some(format!("CG{n}")));
        let mut file = file(&row, n);
        file.id_key = Some(format!("key {n}"));
        files.push(file);
        if n < 2000 {
            row.id_number = None;
            rows.push(row);
        }
    }
    let roster = Roster { rows, ..Roster::default() };
    let begun = Instant::now();
    let found = reconcile(&roster, &files, &codes(), keys(), today()).len();
    let counted = coverage(&roster, &files, keys());
    let taken = begun.elapsed();
    assert_eq!((found, counted.total.persons_made), (3000, 2000), "3000 have left");
    assert!(taken < Duration::from_secs(3), "{taken:?}: ten times what it takes on two busy cores");
}
