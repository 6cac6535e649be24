//! A large roster takes no noticeable time, also unoptimised.

use std::time::{Duration, Instant};

use super::super::{FilePerson, Roster, Row, coverage, read, reconcile};
use super::{codes, file, id_text, keys, row, today, workbook};

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
    let codes = codes();
    let begun = Instant::now();
    let found = reconcile(&roster, &files, &codes, keys(), today()).len();
    let counted = coverage(&roster, &files, keys());
    let taken = begun.elapsed();
    assert_eq!((found, counted.total.persons_made), (3000, 2000), "3000 have left");
    assert!(taken < Duration::from_secs(1), "{taken:?}: five times what it takes on two busy cores");
}

#[test]
fn two_thousand_rows_are_read() {
    let mut table: Vec<Vec<String>> =
        vec![["姓名", "身份证号", "档案号", "社区", "类别", "级别", "电话"].map(str::to_owned).into()];
    for n in 0..2000 {
        let id = if n < 1000 { id_text(n) } else { String::new() };
        let cells = [
            format!("示例{n}"),
            id,
            format!("CG{n}"),
            "示例东社区".into(),
            "低保、独居".into(),
            "二级".into(),
        ];
        table.push(cells.into_iter().chain([format!("138{n:08}")]).collect());
    }
    let table: Vec<Vec<&str>> = table.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let bytes = workbook(&table.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let codes = codes();
    let begun = Instant::now();
    let roster = read(&bytes, "名册.xlsx", &codes, today()).unwrap();
    let taken = begun.elapsed();
    assert_eq!((roster.rows.len(), roster.faulty.len()), (2000, 0), "{:?}", roster.faulty.first());
    assert!(taken < Duration::from_secs(3), "{taken:?}: several times what it takes on two busy cores");
}
