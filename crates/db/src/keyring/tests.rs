//! After a rotation everything opens with the new key and nothing with the old one, also when it was cut short.

use kernel::Clock;
use tempfile::TempDir;

use super::{rotate, rotate_file};
use crate::testing::{self, TEST_KEY};
use crate::tests::{NOON, id};
use crate::{AuditQuery, Database, DbError, DbResult, Event, Keys, Place, Sealed, WHOLE, backup, files};

const CLOCK: Clock = Clock::Fixed(NOON);
const PHONE: &str = "persons.phone";

fn code<T>(result: DbResult<T>) -> &'static str {
    match result {
        Err(DbError::Problem(problem)) => problem.code,
        Err(_) => "database",
        Ok(_) => "done",
    }
}

fn open(place: &Place, key: [u8; 32]) -> DbResult<Database> {
    Database::open(place, Keys::new(key), CLOCK)
}

fn leave_a_line(database: &Database) {
    let event = Event { verb: "notes.look", detail: Some("秘密".into()), ..Event::default() };
    database.write(&kernel::Actor::Console, |tx| tx.event(WHOLE, event)).unwrap();
}

#[test]
fn what_was_sealed_before_opens_after_and_the_old_key_is_refused() {
    testing::each(CLOCK, |fresh| {
        let sealed = Sealed::new(fresh.database.keys(), PHONE, &id(1), "13900000000").unwrap();
        let lookup = fresh.database.keys().lookup(PHONE, "13900000000");
        leave_a_line(&fresh.database);
        let mut before = TEST_KEY;
        for after in [[8; 32], [9; 32], TEST_KEY] {
            rotate(&fresh.place, &Keys::new(before), &Keys::new(after), CLOCK).unwrap();
            assert_eq!(code(open(&fresh.place, before)), "key_wrong");
            let database = open(&fresh.place, after).unwrap();
            assert_eq!(sealed.open(database.keys(), PHONE, &id(1)).unwrap(), "13900000000");
            assert_eq!(database.keys().lookup(PHONE, "13900000000"), lookup);
            leave_a_line(&database);
            assert_eq!(database.read(|tx| tx.verify_audit()).unwrap(), []);
            before = after;
        }
        let query = AuditQuery { verb: Some("keys.".into()), limit: 9, ..AuditQuery::default() };
        let (lines, total) = fresh.database.read(|tx| tx.audit_search(&query)).unwrap();
        let prints = [[9; 32], TEST_KEY].map(|key| Keys::new(key).fingerprint());
        assert_eq!((lines[0].chain, total), (WHOLE, 3));
        assert_eq!(lines[0].detail, Some(serde_json::json!({ "fingerprint": prints })));
    });
}

/// So the file's key alone, once it was changed, opens nothing in a later copy of the database.
#[test]
fn a_new_database_has_a_data_key_of_its_own_and_an_older_one_the_files() {
    testing::each(CLOCK, |fresh| {
        let file = Keys::new(TEST_KEY);
        let sealed = Sealed::new(fresh.database.keys(), PHONE, &id(1), "13900000000").unwrap();
        assert!(sealed.open(&file, PHONE, &id(1)).is_err());
        let wrapped = |database: &Database| database.read(|tx| tx.setting("data_key")).unwrap().unwrap();
        assert!(file.unwrap_key(&wrapped(&fresh.database)).is_some());
        rotate(&fresh.place, &file, &Keys::new([8; 32]), CLOCK).unwrap();
        assert!(file.unwrap_key(&wrapped(&fresh.database)).is_none());

        let forget = |tx: &mut crate::Tx<'_>| -> DbResult<()> {
            diesel::RunQueryDsl::execute(
                diesel::sql_query("DELETE FROM settings WHERE name = 'data_key'"),
                tx.conn(),
            )?;
            tx.set_setting("key_fingerprint", &Keys::new(TEST_KEY).fingerprint())
        };
        fresh.database.write(&kernel::Actor::Console, forget).unwrap();
        let older = open(&fresh.place, TEST_KEY).unwrap();
        assert_eq!(older.keys().fingerprint(), file.fingerprint());
        let sealed = Sealed::new(older.keys(), PHONE, &id(1), "13900000000").unwrap();
        rotate(&fresh.place, &file, &Keys::new([8; 32]), CLOCK).unwrap();
        let rotated = open(&fresh.place, [8; 32]).unwrap();
        assert_eq!(sealed.open(rotated.keys(), PHONE, &id(1)).unwrap(), "13900000000");
    });
}

#[test]
fn programs_that_open_a_new_database_at_once_agree_on_its_key() {
    let folder = TempDir::new().unwrap();
    let file = Place::File(folder.path().join("kapok.db"));
    for place in [file, Place::Url(testing::postgres_address("at_once"))] {
        // The schema first: only the key is at stake.
        let mut conn = crate::database::connect(&place).unwrap();
        crate::migrate::run(&mut conn, NOON).unwrap();
        let prints: Vec<String> = std::thread::scope(|scope| {
            let open = || open(&place, TEST_KEY).unwrap().keys().fingerprint();
            let threads: Vec<_> = (0..6).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(prints.iter().all(|print| *print == prints[0]), "{prints:?}");
    }
}

#[test]
fn a_rotation_that_cannot_be_changes_nothing() {
    testing::each(CLOCK, |fresh| {
        let turn = |old, new| code(rotate(&fresh.place, &Keys::new(old), &Keys::new(new), CLOCK));
        assert_eq!(turn(TEST_KEY, TEST_KEY), "key_same");
        assert_eq!(turn([1; 32], [2; 32]), "key_wrong");
        assert_eq!(code(open(&fresh.place, TEST_KEY)), "done");
        assert_eq!(turn(TEST_KEY, [3; 32]), "done");
        let damage = |tx: &mut crate::Tx<'_>| tx.set_setting("data_key", "00ff");
        fresh.database.write(&kernel::Actor::Console, damage).unwrap();
        assert_eq!(code(open(&fresh.place, [3; 32])), "data_key_damaged");
    });
}

#[test]
fn a_backup_opens_with_the_key_of_its_time() {
    testing::each(CLOCK, |fresh| {
        leave_a_line(&fresh.database);
        let saved = |database: &Database| {
            let mut bytes = Vec::new();
            backup::backup(database, &mut bytes, &mut |_, _| {}).map(|_| bytes)
        };
        let old = saved(&fresh.database).unwrap();
        rotate(&fresh.place, &Keys::new(TEST_KEY), &Keys::new([8; 32]), CLOCK).unwrap();
        assert_eq!(code(saved(&fresh.database)), "key_rotated", "opened before the rotation");
        let new = saved(&open(&fresh.place, [8; 32]).unwrap()).unwrap();
        for (number, (bytes, key, other)) in
            [(&old, TEST_KEY, [8; 32]), (&new, [8; 32], TEST_KEY)].into_iter().enumerate()
        {
            let folder = TempDir::new().unwrap();
            let file = Place::File(folder.path().join("kapok.db"));
            let name = format!("rotated_{number}_{}", matches!(fresh.place, Place::File(_)));
            for place in [file, Place::Url(testing::postgres_address(&name))] {
                let restore = |key| {
                    backup::restore(&mut &bytes[..], (&place, None), &Keys::new(key), CLOCK, &mut |_, _| {})
                };
                assert_eq!(code(restore(other)), "key_wrong");
                assert_eq!(restore(key).unwrap().faults, []);
                let database = open(&place, key).unwrap();
                let (lines, _) = database
                    .read(|tx| {
                        tx.audit_search(&AuditQuery {
                            verb: Some("notes".into()),
                            limit: 1,
                            ..AuditQuery::default()
                        })
                    })
                    .unwrap();
                assert_eq!(lines[0].detail, Some("秘密".into()));
            }
        }
    });
}

#[test]
fn a_key_file_is_changed_and_a_crash_in_between_is_explained_and_mended() {
    for crashed in ["no", "before the database", "after the database"] {
        let folder = TempDir::new().unwrap();
        let key = folder.path().join("kapok.key");
        let place = Place::File(folder.path().join("kapok.db"));
        let old = Keys::from_file(&key, true).unwrap();
        let sealed = {
            let database = Database::open(&place, old.clone(), CLOCK).unwrap();
            Sealed::new(database.keys(), PHONE, &id(1), "13900000000").unwrap()
        };
        let beside = files::with_suffix(&key, ".new");
        if crashed != "no" {
            let new = Keys::from_file(&beside, true).unwrap();
            if crashed == "after the database" {
                rotate(&place, &old, &new, CLOCK).unwrap();
                let opened = Database::open(&place, Keys::from_file(&key, false).unwrap(), CLOCK);
                let Err(DbError::Problem(problem)) = opened else { panic!("opened with the old key") };
                assert_eq!(problem.code, "key_rotation_unfinished");
                assert!(problem.to_string().contains("kapok.key.new"), "{problem}");
            } else {
                Database::open(&place, Keys::from_file(&key, false).unwrap(), CLOCK).unwrap();
            }
        }
        let expected = Keys::from_file(&beside, false).map(|new| new.fingerprint()).ok();
        let new = rotate_file(&place, &key, CLOCK).unwrap();
        assert!(expected.is_none_or(|expected| expected == new.fingerprint()), "{crashed}");
        assert_ne!(new.fingerprint(), old.fingerprint());
        assert!(!beside.exists());
        let kept = files::with_suffix(&key, &format!(".old-{}", old.fingerprint()));
        assert_eq!(Keys::from_file(&kept, false).unwrap().fingerprint(), old.fingerprint());
        let database = Database::open(&place, Keys::from_file(&key, false).unwrap(), CLOCK).unwrap();
        assert_eq!(sealed.open(database.keys(), PHONE, &id(1)).unwrap(), "13900000000");
        assert_eq!(code(Database::open(&place, old, CLOCK)), "key_wrong", "{crashed}");
    }
}

#[cfg(unix)]
#[test]
fn every_key_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let key = folder.path().join("kapok.key");
    let place = Place::File(folder.path().join("kapok.db"));
    Database::open(&place, Keys::from_file(&key, true).unwrap(), CLOCK).unwrap();
    rotate_file(&place, &key, CLOCK).unwrap();
    let keys = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap());
    let keys: Vec<_> = keys.filter(|entry| entry.file_name().to_string_lossy().contains(".key")).collect();
    assert_eq!(keys.len(), 2);
    for entry in keys {
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
    }
}
