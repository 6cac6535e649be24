//! Versions, the audit chain, sealing, keys and migrations, on both databases.

use diesel::RunQueryDsl as _;
use diesel::prelude::*;
use diesel::sql_query;
use kernel::{Actor, Clock, Id, Moment};

use crate::testing::{self, Fresh};
use crate::{Database, DbError, DbResult, Keys, Place, Record as _, Sealed, migrate};

crate::record! {
    /// A record for tests alone.
    pub struct Note("note") in notes {
        /// Its text.
        pub text: String [Text],
        /// How many.
        pub count: Option<i32> [Nullable<Integer>],
        /// A personal value.
        pub phone: Option<Sealed<String>> [Nullable<Binary>],
    }
}

pub(crate) const NOON: Moment = Moment::from_micros(1_735_617_600_000_000);

pub(crate) fn id(n: u8) -> Id {
    Id::derived(0, &[&[n]])
}

pub(crate) fn note(n: u8, station: u8, text: &str) -> Note {
    Note {
        id: id(n),
        station_id: id(station),
        area_id: None,
        community_id: None,
        worker_id: None,
        text: text.into(),
        count: Some(n.into()),
        phone: None,
    }
}

pub(crate) fn each(test: impl Fn(&Database)) {
    testing::each(Clock::Fixed(NOON), |Fresh { database, .. }| {
        let create = "CREATE TABLE notes (id TEXT NOT NULL REFERENCES records (id), version INTEGER NOT NULL, \
            known_from BIGINT NOT NULL, known_until BIGINT NOT NULL, voided BOOLEAN NOT NULL, station_id TEXT NOT NULL, \
            area_id TEXT, community_id TEXT, worker_id TEXT, text TEXT NOT NULL, count INTEGER, phone BLOB, PRIMARY KEY (id, version))";
        write(database, |tx| Ok(sql_query(create).execute(tx.conn()).map(drop)?)).unwrap();
        test(database);
    });
}

pub(crate) fn write<T>(
    database: &Database,
    work: impl FnOnce(&mut crate::Tx<'_>) -> DbResult<T>,
) -> DbResult<T> {
    database.write(&Actor::Console, work)
}

fn texts(database: &Database, at: Moment) -> Vec<String> {
    let read = |tx: &mut crate::Tx<'_>| Ok(Note::known(at).order(notes::id).load::<Note>(tx.conn())?);
    let rows: DbResult<Vec<Note>> = database.read(read);
    rows.unwrap().into_iter().map(|note| note.text).collect()
}

#[test]
fn a_list_shows_what_is_within() {
    each(|database| {
        let mut inside = note(3, 8, "area");
        inside.area_id = Some(id(80));
        let mut community = note(4, 8, "community");
        community.community_id = Some(id(81));
        let rows = [note(1, 9, "one"), note(2, 8, "two"), inside, community];
        write(database, |tx| tx.append("notes.record", &rows)).unwrap();
        let check = |within: crate::Within, expected: &[&str]| {
            let read = |tx: &mut crate::Tx<'_>| {
                Ok::<_, DbError>(Note::visible(NOON, &within).order(notes::id).load::<Note>(tx.conn())?)
            };
            let mut texts: Vec<String> =
                database.read(read).unwrap().into_iter().map(|row| row.text).collect();
            texts.sort();
            assert_eq!(texts, expected, "{within:?}");
        };
        let none = crate::Within::default;
        check(none(), &[]);
        check(crate::Within { everything: true, ..none() }, &["area", "community", "one", "two"]);
        check(crate::Within { stations: vec![id(9)], ..none() }, &["one"]);
        check(
            crate::Within { areas: vec![id(80)], communities: vec![id(81)], ..none() },
            &["area", "community"],
        );
    });
}

#[test]
fn a_correction_and_a_withdrawal_keep_what_was_known() {
    each(|database| {
        let later = |n| Moment::from_micros(NOON.micros() + n);
        write(database, |tx| tx.append("notes.record", &[note(1, 9, "first")])).unwrap();
        write(database, |tx| {
            tx.set_at(later(10));
            tx.correct("notes.correct", &note(1, 9, "second"))
        })
        .unwrap();
        write(database, |tx| {
            tx.set_at(later(20));
            tx.withdraw::<Note>("notes.withdraw", id(1), "重复")
        })
        .unwrap();
        for (at, expected) in [(-1, &[][..]), (0, &["first"]), (9, &["first"]), (10, &["second"]), (20, &[])]
        {
            assert_eq!(texts(database, later(at)), expected, "at {at}");
        }
        let again = write(database, |tx| tx.withdraw::<Note>("notes.withdraw", id(1), "重复"));
        assert!(matches!(again, Err(DbError::Problem(problem)) if problem.code == "withdrawn"));
        let unknown = write(database, |tx| tx.correct("notes.correct", &note(2, 9, "x")));
        assert!(matches!(unknown, Err(DbError::Problem(problem)) if problem.code == "unknown_record"));
    });
}

#[test]
fn two_corrections_of_one_moment_keep_their_order() {
    each(|database| {
        write(database, |tx| {
            tx.append("notes.record", &[note(1, 9, "a")])?;
            tx.correct("notes.correct", &note(1, 9, "b"))?;
            tx.correct("notes.correct", &note(1, 9, "c"))
        })
        .unwrap();
        assert_eq!(texts(database, NOON), ["a"]);
        assert_eq!(texts(database, Moment::from_micros(NOON.micros() + 2)), ["c"]);
    });
}

#[test]
fn a_failed_transaction_leaves_nothing() {
    each(|database| {
        let result = write(database, |tx| {
            tx.append("notes.record", &[note(1, 9, "a")])?;
            tx.append("notes.record", &[note(1, 9, "the same id")])
        });
        assert!(result.is_err());
        assert_eq!(texts(database, NOON), Vec::<String>::new());
        let lines = database.read(|tx| tx.audit_lines(id(9))).unwrap();
        assert_eq!(lines, (vec![], None));
    });
}

#[test]
fn thousands_of_rows_go_in_together() {
    each(|database| {
        let rows: Vec<Note> = (0..2500u32)
            .map(|n| Note { id: Id::derived(0, &[&n.to_be_bytes()]), ..note(0, 9, "many") })
            .collect();
        write(database, |tx| tx.append("notes.import", &rows)).unwrap();
        assert_eq!(texts(database, NOON).len(), 2500);
        let (lines, broken) = database.read(|tx| tx.audit_lines(id(9))).unwrap();
        assert_eq!((lines.len(), lines[0].records, broken), (1, 2500, None));
    });
}

#[test]
fn the_audit_chain_shows_every_kind_of_tampering() {
    for (tamper, first_broken) in [
        ("UPDATE audit_log SET actor = 'someone' WHERE seq = 2", 2),
        ("UPDATE audit_log SET reason = 'other' WHERE seq = 3", 3),
        ("DELETE FROM audit_log WHERE seq = 2", 2),
        ("DELETE FROM audit_log WHERE seq = 3", 3),
        ("UPDATE audit_log SET seq = CASE seq WHEN 1 THEN 2 ELSE 1 END WHERE seq < 0", 0),
    ] {
        each(|database| {
            write(database, |tx| tx.append("notes.record", &[note(1, 9, "a"), note(2, 8, "other station")]))
                .unwrap();
            write(database, |tx| tx.correct("notes.correct", &note(1, 9, "b"))).unwrap();
            write(database, |tx| tx.withdraw::<Note>("notes.withdraw", id(1), "误记")).unwrap();
            write(database, |tx| Ok(sql_query(tamper).execute(tx.conn()).map(drop)?)).unwrap();
            let (_, broken) = database.read(|tx| tx.audit_lines(id(9))).unwrap();
            assert_eq!(broken.unwrap_or(0), first_broken, "{tamper}");
        });
    }
}

#[test]
fn a_sealed_value_opens_only_where_it_was_sealed() {
    let keys = Keys::new(testing::TEST_KEY);
    let sealed = Sealed::new(&keys, "persons.phone", &id(1), "13900000000").unwrap();
    let check = |keys: &Keys, column: &str, row: u8, expected: Option<&str>| {
        assert_eq!(sealed.open(keys, column, &id(row)).ok().as_deref(), expected, "{column} {row}");
    };
    check(&keys, "persons.phone", 1, Some("13900000000"));
    check(&keys, "persons.name", 1, None);
    check(&keys, "persons.phone", 2, None);
    check(&Keys::new([8; 32]), "persons.phone", 1, None);
    assert_eq!(format!("{sealed:?}"), "Sealed(…)");
    assert_ne!(sealed, Sealed::new(&keys, "persons.phone", &id(1), "13900000000").unwrap());
    assert_eq!(keys.lookup("persons.phone", "1"), keys.lookup("persons.phone", "1"));
    assert_ne!(keys.lookup("persons.phone", "1"), keys.lookup("persons.name", "1"));
}

#[test]
fn another_key_or_a_newer_database_is_refused() {
    testing::each(Clock::Fixed(NOON), |fresh| {
        let code = |keys: Keys| match Database::open(&fresh.place, keys, Clock::Fixed(NOON)) {
            Err(DbError::Problem(problem)) => problem.code,
            _ => "opened",
        };
        assert_eq!(code(Keys::new([8; 32])), "key_wrong");
        assert_eq!(code(Keys::new(testing::TEST_KEY)), "opened");
        let newer = "INSERT INTO schema_migrations (version, name, applied_at) VALUES (9999, 'later', 0)";
        write(&fresh.database, |tx| Ok(sql_query(newer).execute(tx.conn()).map(drop)?)).unwrap();
        assert_eq!(code(Keys::new(testing::TEST_KEY)), "database_newer");
    });
}

#[test]
fn an_unreachable_database_says_so() {
    let place = Place::File("/nowhere/at/all/kapok.db".into());
    let Err(error) = Database::open(&place, Keys::new([1; 32]), Clock::Fixed(NOON)) else { panic!("opened") };
    assert!(error.to_string().contains("打不开数据库"), "{error}");
}

#[test]
fn key_files_are_made_once_and_refused_when_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kapok.key");
    assert_eq!(Keys::from_file(&path, false).err().unwrap().code, "key_missing");
    let made = Keys::from_file(&path, true).unwrap().fingerprint();
    assert_eq!(Keys::from_file(&path, true).unwrap().fingerprint(), made);
    std::fs::write(&path, "too short").unwrap();
    assert_eq!(Keys::from_file(&path, true).err().unwrap().code, "key_malformed");
}

#[test]
fn migrations_are_numbered_in_order() {
    for (number, migration) in (1..).zip(migrate::MIGRATIONS) {
        assert!(migration.name.starts_with(&format!("{number:04}_")), "{}", migration.name);
    }
    assert_eq!(Note::TABLE, "notes");
}

#[derive(QueryableByName)]
pub(crate) struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub(crate) count: i64,
}

/// A database as an older program left it, at every earlier version, is brought up to date with what is in it.
#[test]
fn an_older_database_is_brought_up_to_date() {
    use diesel::Connection as _;
    use diesel::connection::SimpleConnection as _;

    let folder = tempfile::tempdir().unwrap();
    for older in [1, 2, migrate::MIGRATIONS.len() - 1] {
        let file = folder.path().join(format!("{older}.db"));
        let (path, url) = (file.display().to_string(), testing::postgres_address(&format!("older_{older}")));
        for (place, address) in [(Place::File(file), path), (Place::Url(url.clone()), url)] {
            let mut conn = crate::AnyConnection::establish(&address).unwrap();
            migrate::bring_to(&mut conn, older, NOON).unwrap();
            conn.batch_execute("INSERT INTO records (id, kind, station_id) VALUES ('r', 'station', 's')")
                .unwrap();
            drop(conn);
            let database = Database::open(&place, Keys::new(testing::TEST_KEY), Clock::Fixed(NOON)).unwrap();
            let count = |sql: &str| {
                let read =
                    |tx: &mut crate::Tx<'_>| Ok::<_, DbError>(sql_query(sql).get_result::<Count>(tx.conn())?);
                database.read(read).unwrap().count
            };
            assert_eq!(count("SELECT COUNT(*) AS count FROM records"), 1, "version {older}");
            let all = i64::try_from(migrate::MIGRATIONS.len()).unwrap();
            assert_eq!(count("SELECT COUNT(*) AS count FROM schema_migrations"), all);
            assert_eq!(count("SELECT COUNT(*) AS count FROM rectifications"), 0);
        }
    }
}

/// What was claimed and verified of a rectification item before its steps were kept stands as steps.
#[test]
fn the_last_claim_and_verification_of_an_item_become_steps() {
    use diesel::Connection as _;
    use diesel::connection::SimpleConnection as _;

    let task = |item: &str, status: &str, claimed: &str, verified: &str| {
        format!(
            "INSERT INTO records (id, kind, station_id) VALUES ('{item}', 'rectification', 's'); \
             INSERT INTO rectifications (id, version, known_from, known_until, voided, station_id, round, code, \
             section, concern, action, status, proof) VALUES ('{item}', 1, 0, 9223372036854775807, FALSE, 's', 'r', \
             'c', 'x', 'x', '', '{status}', ''); \
             INSERT INTO rectification_tasks (item_id, station_id, suggestion, owner, plan, claimed, done, proof, comment, \
             claimed_at, verified_at, opinion, reopened) VALUES ('{item}', 's', '', '', '', {}, 'done', 'proof', \
             'comment', {claimed}, {verified}, 'opinion', 0);",
            if claimed == "NULL" { "NULL" } else { "'partly'" }
        )
    };
    let rows = [
        "INSERT INTO records (id, kind, station_id) VALUES ('s', 'station', 's');".to_owned(),
        task("planned", "open", "NULL", "NULL"),
        task("claimed", "open", "5", "NULL"),
        task("done", "done", "NULL", "7"),
        task("back", "open", "NULL", "8"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let (file, url) = (folder.path().join("48.db"), testing::postgres_address("steps_48"));
    let path = file.display().to_string();
    for (place, address) in [(Place::File(file), path), (Place::Url(url.clone()), url)] {
        let mut conn = crate::AnyConnection::establish(&address).unwrap();
        migrate::bring_to(&mut conn, 48, NOON).unwrap();
        conn.batch_execute(&rows.concat()).unwrap();
        drop(conn);
        let database = Database::open(&place, Keys::new(testing::TEST_KEY), Clock::Fixed(NOON)).unwrap();
        let count = |which: &str| {
            let sql = format!("SELECT COUNT(*) AS count FROM rectification_steps WHERE {which}");
            let read =
                |tx: &mut crate::Tx<'_>| Ok::<_, DbError>(sql_query(sql).get_result::<Count>(tx.conn())?);
            database.read(read).unwrap().count
        };
        for (which, expected) in [
            ("item_id = 'planned'", 0),
            ("item_id = 'claimed' AND kind = 'claimed' AND status = 'partly' AND made_at = 5", 1),
            ("item_id = 'claimed'", 1),
            ("item_id = 'done' AND number = 1 AND words = 'done' AND proof = 'proof' AND made_at = 7", 1),
            (
                "item_id = 'done' AND number = 2 AND kind = 'verified' AND status = 'done' AND words = 'opinion'",
                1,
            ),
            ("item_id = 'back' AND number = 2 AND kind = 'sent_back' AND status IS NULL", 1),
            ("due_on IS NULL AND made_by IS NULL", 5),
        ] {
            assert_eq!(count(which), expected, "{which}");
        }
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let fresh = testing::sqlite(Clock::Fixed(NOON));
    let programme = |n: u32| {
        format!("INSERT INTO records (id, kind, station_id) VALUES ('{n}-{}', 'note', 's')", "x".repeat(500))
    };
    write(&fresh.database, |tx| Ok(sql_query(programme(0)).execute(tx.conn()).map(drop)?)).unwrap();
    let full = write(&fresh.database, |tx| {
        // SQLite's own way to a full disk: no page beyond those there are.
        sql_query("PRAGMA max_page_count = 1").execute(tx.conn())?;
        for n in 1..2000 {
            sql_query(programme(n)).execute(tx.conn())?;
        }
        Ok(())
    });
    assert!(full.unwrap_err().to_string().contains("磁盘已满"));
    let count: DbResult<Count> = fresh
        .database
        .read(|tx| Ok(sql_query("SELECT COUNT(*) AS count FROM records").get_result(tx.conn())?));
    assert_eq!(count.unwrap().count, 1);
}

#[test]
fn what_is_held_is_written_by_one_at_a_time() {
    each(|database| {
        let counted = |tx: &mut crate::Tx<'_>| {
            Ok::<u32, DbError>(tx.setting("counted")?.map_or(0, |text| text.parse().unwrap()))
        };
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| {
                    for _ in 0..20 {
                        let one_more = |tx: &mut crate::Tx<'_>| {
                            tx.hold("counter")?;
                            let before = counted(tx)?;
                            tx.set_setting("counted", &(before + 1).to_string())
                        };
                        write(database, one_more).unwrap();
                    }
                });
            }
        });
        assert_eq!(database.read(counted).unwrap(), 80, "none is lost");
    });
}

#[test]
fn what_freezes_waits_for_those_who_write() {
    each(|database| {
        let (begun, ends) = (std::sync::Barrier::new(2), std::sync::Barrier::new(2));
        let frozen = std::thread::scope(|threads| {
            threads.spawn(|| {
                let slow = |tx: &mut crate::Tx<'_>| {
                    begun.wait();
                    ends.wait();
                    std::thread::sleep(std::time::Duration::from_millis(50));
                    tx.set_setting("frozen", "in")
                };
                write(database, slow).unwrap();
            });
            begun.wait();
            let freezing = threads.spawn(|| {
                ends.wait();
                let look = |tx: &mut crate::Tx<'_>| tx.setting("frozen");
                database.write_alone(&Actor::Console, look).unwrap()
            });
            freezing.join().unwrap()
        });
        assert_eq!(frozen.as_deref(), Some("in"), "nothing that had begun comes later");
    });
}
