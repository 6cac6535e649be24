//! The demo: the same bytes wherever and whenever it runs, nothing changed by a second run, PostgreSQL as well.

use std::collections::BTreeMap;
use std::path::Path;

use db::{Database, DbError, Keys, Place};
use kernel::{Actor, Clock};

use super::{dir, finished, kapok, run, sample};

/// Withdraws a record of a demo, as somebody would after the report was issued.
pub(super) fn withdraw(dir: &str, kind: &str, id: &str) {
    let keys = Keys::from_file(Path::new(&format!("{dir}/kapok.key")), false).unwrap();
    let place = Place::File(format!("{dir}/kapok.db").into());
    let database = Database::open(&place, keys, Clock::System).unwrap();
    let withdrawn: Result<(), DbError> = database.write(&Actor::Console, |tx| {
        let now = tx.at();
        let station = platform::areas::station_by_code(tx, "changgang", now)?;
        platform::withdraw(
            tx,
            &platform::access::Asker::Console,
            station.id,
            kind,
            id.parse().unwrap(),
            "误记",
        )
    });
    withdrawn.unwrap();
}

#[test]
fn another_process_in_another_zone_writes_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other");
    let made = finished(
        kapok()
            .args(["demo", "--dir", other.to_str().unwrap()])
            .env("TZ", "America/Los_Angeles")
            .env("LC_ALL", "C")
            .env("HOME", folder.path())
            .output(),
    );
    assert_eq!(made.code, 0, "{}", made.err);
    let (here, there) = (files(&sample().join("report")), files(&other.join("report")));
    assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
    for name in ["report.pdf", "report.docx", "report.html", "annexes.xlsx", "manifest.json", "records.jsonl"]
    {
        assert!(here.contains_key(name), "{name} is missing");
    }
    for (name, bytes) in here {
        assert!(bytes == there[&name], "{name} differs");
    }
}

#[test]
fn run_again_it_changes_nothing() {
    let before = (files(&sample()), files(&sample().join("report")));
    let again = run(&["demo", "--dir", dir()]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.out.contains("414.29%"));
    let after = (files(&sample()), files(&sample().join("report")));
    assert!(before == after, "a second run changed something");
}

#[test]
fn the_same_on_postgresql() {
    let fresh = db::testing::postgres_address("demo");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let at = ["--database-url", fresh.as_str(), "--dir", path];
    let made = run(&[&["demo"], &at[..]].concat());
    assert_eq!(made.code, 0, "{}", made.err);
    let figure = |place: &[&str]| {
        run(&[&["figure", "--station", "changgang", "phone_visits", "--format", "json"], place].concat())
            .json()
    };
    assert_eq!(figure(&at), figure(&["--dir", dir()]));
    for name in ["records.jsonl", "manifest.json", "report.html"] {
        let read = |folder: &Path| std::fs::read(folder.join("report").join(name)).unwrap();
        assert!(read(folder.path()) == read(&sample()), "{name} differs between the databases");
    }
    let manifest = format!("{path}/report/manifest.json");
    assert_eq!(run(&[&["verify", manifest.as_str()], &at[..]].concat()).code, 0);
}

#[test]
fn every_file_says_that_it_is_a_sample() {
    let notice = "示例数据";
    for name in ["report.html", "records.html", "manifest.json"] {
        let text = std::fs::read_to_string(sample().join("report").join(name)).unwrap();
        assert!(text.contains(notice), "{name}");
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        // SQLite keeps its write-ahead files for as long as somebody reads.
        .filter(|path| path.is_file() && !path.to_string_lossy().contains(".db-"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect()
}
