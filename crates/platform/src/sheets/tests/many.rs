//! However much there is, the pages of every sheet stay small and ask the database as often: lists and records, with all
//! that hangs on them.

use std::collections::BTreeMap;

use super::*;
use crate::sheets::testing::entered_with;
use crate::shell::tests::count::each_counted;

/// What stands in every text: as long as names of activities and sources get.
const TEXT: &str = "样本街道办事处与样本社区居民委员会联合举办的样本节庆主题便民服务暨政策宣传活动第一场";
/// The most that a page has, in bytes.
const LARGEST: usize = 150 << 10;
/// Kinds of which there is one for each day, worker or code.
const ONCE: &[&str] = &["attendance", "attendance_due", "contract", "programme"];

/// How often each list and each record's page asks, with so many records of every kind that all refer to the same ones.
fn asked(records: usize) -> BTreeMap<String, usize> {
    each_counted(
        || db::testing::sqlite(NOW),
        |fresh, count| {
            ground(fresh);
            let who = manager(fresh, 1);
            let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
            let made = Made { text: TEXT, ..made(person, home) };
            let mut pages = Vec::new();
            for sheet in crate::SHEETS.all().iter().copied().filter(|sheet| sheet.page.is_none()) {
                let fields = fields(fresh, &made, sheet);
                let times = if ONCE.contains(&sheet.kind()) { 1 } else { records };
                let enter = |tx: &mut db::Tx<'_>| {
                    let rows: Vec<_> = (0..times).map(|_| entered_with(tx, sheet, &fields)).collect();
                    Ok::<_, db::DbError>(rows[0].base.id)
                };
                let first = fresh.database.write(&Actor::Console, enter).unwrap();
                pages.push((sheet.href(), sheet.href()));
                pages.push((format!("{}/{{id}}", sheet.href()), format!("{}/{first}", sheet.href())));
                pages.push((format!("{}/new", sheet.href()), format!("{}/new", sheet.href())));
                // What the records refer to: everything that was entered here hangs on it.
                for (name, value) in &fields {
                    if let crate::sheets::Holds::Refers(kind) = sheet.holds_of(name)
                        && let Some(of) = crate::SHEETS.of_kind(kind).filter(|of| of.page.is_none())
                    {
                        pages.push((
                            format!("{} of {}", of.href(), sheet.href()),
                            format!("{}/{value}", of.href()),
                        ));
                    }
                }
            }
            pages.push(("/clients/{id}".to_owned(), format!("/clients/{home}")));
            let of_page = |(name, path): (String, String)| {
                let mut size = 0;
                let statements = count(&mut || size = who.good(&path).len());
                assert!(size < LARGEST, "{name}: {size} bytes");
                (name, statements)
            };
            pages.into_iter().map(of_page).collect()
        },
    )
}

#[test]
fn no_page_grows_with_what_is_stored() {
    let (few, many) = (asked(2), asked(55));
    assert!(few.len() > 100, "{}", few.len());
    let grown: Vec<String> = few
        .iter()
        .filter(|(name, statements)| many[*name] > **statements)
        .map(|(name, statements)| format!("{name}: {statements} and {}", many[name]))
        .collect();
    assert_eq!(grown, Vec::<String>::new());
}
