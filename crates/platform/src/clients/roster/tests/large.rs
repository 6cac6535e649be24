//! Two thousand rows against five thousand files: read, shown, applied in one transaction, undone.

use std::time::{Duration, Instant};

use db::testing::each;

use super::*;

/// Numbers beyond what three digits tell apart: another day of birth for each thousand.
fn person(n: usize) -> String {
    let first = format!("440105195003{:02}{:03}", 1 + n / 1000, n % 1000);
    let number = format!("{first}{}", check_digit(&first).unwrap());
    line(n, &[(1, &number)])
}

#[test]
fn two_thousand_rows_against_five_thousand_files() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let timed = |what: &str, most: u64, work: &dyn Fn() -> String| {
            let begun = Instant::now();
            let done = work();
            let taken = begun.elapsed();
            println!("{what}: {taken:?}");
            assert!(taken < Duration::from_secs(most), "{what} took {taken:?}");
            done
        };
        let all = import(&who, "1", (0..5000).map(person));
        timed("5,000 new files", 60, &|| {
            applied(&who, &all, "new");
            String::new()
        });
        // Limits several times what it takes on two idle cores: 2 s to read and compare, 10 s to apply.
        let lines: Vec<String> = (0..2000).map(|n| person(n).replace(",二级,", ",一级,")).collect();
        let page = timed("2,000 rows read", 8, &|| import(&who, "2", lines.clone()));
        let body = timed("the page", 8, &|| who.good(&page));
        assert_eq!(counts(&body)[0], ("全部".to_owned(), 5000), "{:?}", counts(&body));
        assert_eq!(body.matches("name=\"d\"").count(), 100, "a hundred at once");
        assert!(body.contains("第 1 / 50 页"));
        timed("2,000 applied", 30, &|| {
            applied(&who, &format!("{page}?kind=level_changed"), "level_changed");
            String::new()
        });
        assert_eq!(counts(&who.good(&page))[0].1, 3000, "those who left are for another day");
        timed("undone", 30, &|| {
            undo(&who, &page);
            String::new()
        });
    });
}
