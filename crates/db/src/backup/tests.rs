//! A backup gives back every row on either database, and a file that is not whole gives back nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, sql_query};
use kernel::{Clock, Id, Moment, Problem};
use tempfile::TempDir;

use super::files_back::FilesBack;
use super::{Restored, backup, backup_to_file, catalogue, dump, load, read_header, restore};
use crate::chunks::OpenReader;
use crate::search::Word;
use crate::tests::{NOON, id, write};
use crate::{
    AnyConnection, Database, DbError, DbResult, Event, Keys, Place, Sealed, Tx, WHOLE, contents, migrate,
    testing,
};

mod with_files;

crate::record! {
    /// The columns of a household, which have every type there is.
    pub struct Household("household") in households {
        /// Its number.
        pub file_number: String [Text],
        /// Its building.
        pub building: String [Text],
        /// Its door.
        pub door: Sealed<String> [Binary],
        /// Who lives there.
        pub residence: String [Text],
        /// From when.
        pub opened_on: NaiveDate [Date],
        /// Until when.
        pub closed_on: Option<NaiveDate> [Nullable<Date>],
    }
}

const CLOCK: Clock = Clock::Fixed(NOON);

fn keys() -> Keys {
    Keys::new(testing::TEST_KEY)
}

fn number(n: u32) -> Id {
    Id::derived(0, &[b"household", &n.to_be_bytes()])
}

fn household(keys: &Keys, n: u32, building: &str) -> Household {
    Household {
        id: number(n),
        station_id: id(9),
        area_id: None,
        community_id: None,
        worker_id: None,
        file_number: format!("CG-{n:05}"),
        building: building.into(),
        door: Sealed::new(keys, "households.door", &number(n), "1201 房").unwrap(),
        residence: "present".into(),
        opened_on: NaiveDate::from_ymd_opt(2024, 2, 29).unwrap(),
        closed_on: n.is_multiple_of(2).then(|| NaiveDate::from_ymd_opt(2024, 12, 31).unwrap()),
    }
}

/// 2,100 rows of every type and with every awkward character, corrections, events, the search index.
fn fill(database: &Database) {
    write(database, |tx| {
        let station =
            format!("INSERT INTO records (id, kind, station_id) VALUES ('{0}', 'station', '{0}')", id(9));
        sql_query(station).execute(tx.conn())?;
        let many: Vec<Household> = (0..2100).map(|n| household(tx.keys(), n, "东街")).collect();
        tx.append("clients.import", &many)?;
        tx.index("household", number(1), id(9), &["示例甲".into(), "shilijia".into()])?;
        tx.set_setting("awkward", "\"引号\" \\ 反斜线 \u{1}\t\n😀 [1,2] {} ' ; 𠮷 1e5 0012 true null")?;
        tx.set_setting("empty", "")
    })
    .unwrap();
    write(database, |tx| tx.correct("clients.correct", &household(database.keys(), 1, "西\"街\n[2]")))
        .unwrap();
    write(database, |tx| tx.withdraw::<Household>("clients.withdraw", number(2), "误记")).unwrap();
    write(database, |tx| tx.event(WHOLE, Event { verb: "access.sign_in", kind: "user", ..Event::default() }))
        .unwrap();
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

/// Every row of every table, in an order of its own; the place a column has in its table is left out.
fn content(database: &Database) -> BTreeMap<String, Vec<String>> {
    let read = |tx: &mut Tx<'_>| -> DbResult<_> {
        let mut content = BTreeMap::new();
        for mut table in catalogue::tables(tx.conn())? {
            table.columns.sort_by(|a, b| a.name.cmp(&b.name));
            let rows: Vec<Row> = sql_query(table.rows_as_json(tx.conn())).load(tx.conn())?;
            let parse = |row: Row| serde_json::from_str::<serde_json::Value>(&row.line).unwrap().to_string();
            let mut lines: Vec<String> = rows.into_iter().map(parse).collect();
            lines.sort();
            content.insert(table.name, lines);
        }
        Ok(content)
    };
    database.read(read).unwrap()
}

fn saved(database: &Database) -> Vec<u8> {
    let mut bytes = Vec::new();
    backup(database, &mut bytes, &mut |_, _| {}).unwrap();
    bytes
}

fn restored(bytes: &[u8], place: &Place, keys: &Keys) -> DbResult<Restored> {
    restore(&mut &bytes[..], (place, place.files().as_deref()), keys, CLOCK, &mut |_, _| {})
}

fn opened(place: &Place) -> Database {
    Database::open(place, keys(), CLOCK).unwrap()
}

fn code<T>(result: DbResult<T>) -> String {
    match result {
        Err(DbError::Problem(problem)) => problem.code.into(),
        Err(other) => other.to_string(),
        Ok(_) => "done".into(),
    }
}

/// A place in a folder of its own, and one in an empty PostgreSQL database.
fn places(folder: &Path, name: &str) -> [Place; 2] {
    [Place::File(folder.join(format!("{name}.db"))), Place::Url(testing::postgres_address(name))]
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn nothing_in(place: &Place) -> bool {
    match place {
        Place::File(file) => files(file.parent().unwrap()).is_empty(),
        Place::Url(url) => {
            let mut conn = AnyConnection::establish(url).unwrap();
            catalogue::tables(&mut conn).unwrap().is_empty()
        }
    }
}

#[test]
fn every_row_comes_back_on_either_database() {
    let folder = TempDir::new().unwrap();
    let first = testing::sqlite(CLOCK);
    fill(&first.database);
    let expected = content(&first.database);
    assert_eq!(expected["households"].len(), 2102);
    assert!(!expected.contains_key("search_terms_data"), "the index itself is not in a backup");
    let mut bytes = saved(&first.database);
    let [file, url] = places(folder.path(), "there");
    let back = Place::File(folder.path().join("back.db"));
    let again = Place::Url(testing::postgres_address("again"));
    for place in [&url, &back, &again, &file] {
        let done = restored(&bytes, place, &keys()).unwrap();
        assert_eq!(done.faults, []);
        let database = opened(place);
        for (table, rows) in content(&database) {
            assert!(rows == expected[&table], "{table} differs in {place:?}");
        }
        let found = database.read(|tx| tx.search("household", &Word::parse("示例"), None, 9)).unwrap();
        assert_eq!(found, [number(1)]);
        // Sealed values open, and the last moment there is has kept its last microsecond.
        let known = Household::visible(
            Moment::from_micros(NOON.micros() + 1),
            &crate::Within { everything: true, ..crate::Within::default() },
        );
        let known: Vec<Household> = database.read(|tx| Ok::<_, DbError>(known.load(tx.conn())?)).unwrap();
        assert_eq!(known.len(), 2099);
        assert_eq!(known[0].door.open(database.keys(), "households.door", &known[0].id).unwrap(), "1201 房");
        let of_nine = format!("SELECT seal AS line FROM audit_heads WHERE station_id = '{}'", id(9));
        let seal: Row =
            database.read(|tx| Ok::<_, DbError>(sql_query(of_nine).get_result(tx.conn())?)).unwrap();
        let seal = seal.line;
        // It goes on from there: chains, numbers of entries, references.
        let more = |tx: &mut Tx<'_>| {
            tx.append("clients.record", &[household(tx.keys(), 9999, "北街")])?;
            tx.index("household", number(9999), id(9), &["样本".into()])
        };
        write(&database, more).unwrap();
        assert_eq!(database.read(|tx| tx.verify_audit()).unwrap(), []);
        let orphan = Household { station_id: id(77), ..household(database.keys(), 8888, "x") };
        assert!(write(&database, |tx| tx.append("clients.record", &[orphan])).is_err());
        let undo = |tx: &mut Tx<'_>| -> DbResult<()> {
            for table in ["households", "records"] {
                sql_query(format!("DELETE FROM {table} WHERE id = '{}'", number(9999))).execute(tx.conn())?;
            }
            tx.unindex("household", number(9999))?;
            sql_query(format!("DELETE FROM audit_log WHERE station_id = '{}' AND seq = 4", id(9)))
                .execute(tx.conn())?;
            let head = done.header.heads.iter().find(|head| head.chain == id(9)).unwrap();
            sql_query(format!(
                "UPDATE audit_heads SET seq = 3, mac = '{}', seal = '{seal}' WHERE station_id = '{}'",
                head.mac,
                id(9)
            ))
            .execute(tx.conn())?;
            Ok(())
        };
        write(&database, undo).unwrap();
        bytes = saved(&database);
    }
}

#[test]
fn the_header_says_what_is_in_the_file_and_progress_is_told() {
    testing::each(CLOCK, |fresh| {
        fill(&fresh.database);
        let (mut bytes, mut told) = (Vec::new(), Vec::new());
        let header = backup(&fresh.database, &mut bytes, &mut |done, of| told.push((done, of))).unwrap();
        assert_eq!(read_header(&mut &bytes[..]).unwrap(), header);
        assert_eq!((header.schema, header.moment()), (migrate::MIGRATIONS.len() as u64, NOON));
        assert_eq!(header.key, keys().fingerprint());
        assert!(header.rows.contains(&("households".into(), 2102)));
        assert_eq!(header.heads, fresh.database.read(|tx| tx.audit_heads()).unwrap());
        assert_eq!(told.last(), Some(&(header.total(), header.total())));
        assert!(told.len() > 3, "{told:?}");
        for clear in ["东街", "CG-00001", "clients.import"] {
            assert!(!bytes.windows(clear.len()).any(|part| part == clear.as_bytes()), "{clear} is in clear");
        }
    });
}

/// A state is one state: what is written while the backup runs is not in it.
#[test]
fn a_backup_holds_one_state() {
    testing::each(CLOCK, |fresh| {
        fill(&fresh.database);
        let before = content(&fresh.database);
        let other = fresh.database.clone();
        let (mut bytes, mut n) = (Vec::new(), 50_000);
        backup(&fresh.database, &mut bytes, &mut |_, _| {
            n += 1;
            write(&other, |tx| tx.append("clients.record", &[household(other.keys(), n, "同时")])).unwrap();
        })
        .unwrap();
        assert!(n > 50_001, "nothing was written meanwhile");
        let folder = TempDir::new().unwrap();
        let place = Place::File(folder.path().join("state.db"));
        restored(&bytes, &place, &keys()).unwrap();
        assert!(content(&opened(&place)) == before);
    });
}

#[test]
fn a_file_that_is_not_whole_restores_nothing() {
    let fresh = testing::sqlite(CLOCK);
    fill(&fresh.database);
    let bytes = saved(&fresh.database);
    let body = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).unwrap().0 + 1;
    let chunk = 5 + u32::from_be_bytes(bytes[body + 1..body + 5].try_into().unwrap()) as usize;
    assert!(bytes.len() > body + 2 * chunk, "the sample has three chunks");
    let flipped = |at: usize| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        bytes
    };
    let header = |from: &str, to: &str| {
        let text = String::from_utf8_lossy(&bytes[..body]).replacen(from, to, 1);
        [text.as_bytes(), &bytes[body..]].concat()
    };
    let swapped = [
        &bytes[..body],
        &bytes[body + chunk..body + 2 * chunk],
        &bytes[body..body + chunk],
        &bytes[body + 2 * chunk..],
    ];
    let mut ended_early = bytes[..body + chunk].to_vec();
    ended_early[body] = 1;
    let cases = [
        ("nothing", Vec::new(), "backup_cut"),
        ("cut in the first line", bytes[..5].to_vec(), "backup_cut"),
        ("cut in the header", bytes[..body - 9].to_vec(), "backup_cut"),
        ("cut after the header", bytes[..body].to_vec(), "backup_cut"),
        ("cut in a chunk", bytes[..body + 99].to_vec(), "backup_cut"),
        ("cut between chunks", bytes[..body + chunk].to_vec(), "backup_cut"),
        ("cut before the last byte", bytes[..bytes.len() - 1].to_vec(), "backup_cut"),
        ("ended early", ended_early, "backup_altered"),
        ("something after the end", [&bytes[..], b"x"].concat(), "backup_altered"),
        ("another file", b"SQLite format 3\0 and so on".to_vec(), "backup_unknown"),
        ("altered first chunk", flipped(body + 20), "backup_altered"),
        ("altered mark of the last", flipped(body), "backup_altered"),
        ("altered later chunk", flipped(body + chunk + 300), "backup_altered"),
        ("altered last byte", flipped(bytes.len() - 1), "backup_altered"),
        ("chunks swapped", swapped.concat(), "backup_altered"),
        ("a chunk left out", [&bytes[..body], &bytes[body + chunk..]].concat(), "backup_altered"),
        ("another moment", header(&NOON.micros().to_string(), "1735617600000001"), "backup_altered"),
        ("another count", header("[\"households\",2102]", "[\"households\",2101]"), "backup_altered"),
        ("no JSON", header("{", "["), "backup_altered"),
        ("another key", header(&keys().fingerprint(), "0123456789abcdef"), "key_wrong"),
        ("a newer format", header("\"format\":2", "\"format\":3"), "backup_newer"),
        ("a newer schema", header("\"schema\":", "\"schema\":9"), "backup_newer"),
    ];
    let folder = TempDir::new().unwrap();
    for place in places(folder.path(), "whole") {
        for (name, bytes, expected) in &cases {
            assert_eq!(code(restored(bytes, &place, &keys())), *expected, "{name}");
            assert!(nothing_in(&place), "{name} left something");
        }
        assert_eq!(code(restored(&bytes, &place, &Keys::new([8; 32]))), "key_wrong");
        assert!(nothing_in(&place));
    }
}

#[test]
fn a_place_that_holds_something_is_left_alone() {
    testing::each(CLOCK, |fresh| {
        fill(&fresh.database);
        let bytes = saved(&fresh.database);
        let before = content(&fresh.database);
        assert_eq!(code(restored(&bytes, &fresh.place, &keys())), "target_not_empty");
        assert!(content(&fresh.database) == before);
    });
    // A log that an earlier database left behind would be played into the restored one.
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("kapok.db-wal"), "old").unwrap();
    let bytes = saved(&testing::sqlite(CLOCK).database);
    let place = Place::File(folder.path().join("kapok.db"));
    assert_eq!(code(restored(&bytes, &place, &keys())), "target_not_empty");
}

#[test]
fn a_full_disk_leaves_nothing_behind() {
    let fresh = testing::sqlite(CLOCK);
    fill(&fresh.database);
    let mut full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    assert_eq!(code(backup(&fresh.database, &mut full, &mut |_, _| {})), "disk_full");
    let bytes = saved(&fresh.database);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("kapok.db");
    let pages = |conn: &mut AnyConnection| -> DbResult<()> {
        migrate::bring_to(conn, migrate::MIGRATIONS.len(), NOON)?;
        // SQLite's own way to a full disk: no page beyond those there are.
        conn.batch_execute("PRAGMA max_page_count = 1")?;
        let mut from = &bytes[..];
        let (header, hash) = super::header::read(&mut from)?;
        let rows = OpenReader::new(from, header.seal(&keys(), hash)?);
        load::fill(conn, &mut FilesBack::to(None)?, &header, rows, &mut |_, _| {})
    };
    assert_eq!(code(super::restore::in_file(&path, pages).map_err(super::faults::restoring)), "disk_full");
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn a_backup_file_is_whole_or_not_there() {
    let fresh = testing::sqlite(CLOCK);
    fill(&fresh.database);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("一月.kapok");
    backup_to_file(&fresh.database, &path, &mut |_, _| {}).unwrap();
    assert_eq!(files(folder.path()), std::slice::from_ref(&path));
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(code(backup_to_file(&fresh.database, &path, &mut |_, _| {})), "backup_exists");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    let nowhere = folder.path().join("none/b.kapok");
    assert_eq!(code(backup_to_file(&fresh.database, &nowhere, &mut |_, _| {})), "backup_unwritable");
    let place = Place::File(folder.path().join("kapok.db"));
    restored(&bytes, &place, &keys()).unwrap();
    assert_eq!(files(folder.path()).len(), 2, "only the database was added");
}

#[test]
fn a_backup_of_an_older_program_is_brought_up_to_date() {
    let folder = TempDir::new().unwrap();
    for older in [1, 6, 20] {
        for (which, place) in places(folder.path(), &format!("from_{older}")).into_iter().enumerate() {
            let mut conn = AnyConnection::establish(&place.address()).unwrap();
            migrate::bring_to(&mut conn, older, NOON).unwrap();
            conn.batch_execute("INSERT INTO records (id, kind, station_id) VALUES ('r', 'station', 's')")
                .unwrap();
            let mut bytes = Vec::new();
            let keys = keys();
            let mut tx = Tx::reading(&mut conn, &keys, NOON);
            dump::write(&mut tx, (&keys, None), &mut bytes, &mut |_, _| {}).unwrap();
            for place in places(folder.path(), &format!("to_{older}_{which}")) {
                assert_eq!(restored(&bytes, &place, &keys).unwrap().header.schema, older as u64);
                let all = content(&opened(&place));
                assert_eq!(all["records"], [r#"["r","station","s"]"#]);
                assert_eq!(all["schema_migrations"].len(), migrate::MIGRATIONS.len());
                assert!(all.contains_key("search_entries"));
            }
        }
    }
}

#[test]
fn records_that_point_nowhere_are_refused_and_old_tampering_is_told() {
    let fresh = testing::sqlite(CLOCK);
    fill(&fresh.database);
    let folder = TempDir::new().unwrap();
    write(&fresh.database, |tx| {
        Ok(tx.conn().batch_execute("UPDATE audit_log SET actor = 'x' WHERE seq = 2")?)
    })
    .unwrap();
    let bytes = saved(&fresh.database);
    for place in places(folder.path(), "told") {
        let faults = restored(&bytes, &place, &keys()).unwrap().faults;
        assert_eq!(faults.iter().map(|fault| (fault.chain, fault.seq())).collect::<Vec<_>>(), [(id(9), 2)]);
    }
    let mut conn = AnyConnection::establish(&fresh.place.address()).unwrap();
    conn.batch_execute(
        "PRAGMA foreign_keys = OFF; UPDATE households SET area_id = 'nowhere' WHERE version = 1",
    )
    .unwrap();
    let bytes = saved(&fresh.database);
    let empty = TempDir::new().unwrap();
    for place in places(empty.path(), "orphan") {
        assert_eq!(code(restored(&bytes, &place, &keys())), "restore_references");
        assert!(nothing_in(&place));
    }
}
