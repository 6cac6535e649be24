//! Tampering with every part of a chain is found and named; details, events and looking for lines.

use diesel::sql_query;
use diesel::{QueryableByName, RunQueryDsl as _};
use kernel::{Actor, Id, Moment};
use serde_json::{Value, json};

use super::{AuditEntry, AuditHead, AuditQuery, Event, FaultKind, WHOLE};
use crate::tests::{NOON, Note, each, id, note, write};
use crate::{AnyConnection, Database, DbError, DbResult, Sealed, migrate, testing};

/// First line, number of lines, kind.
type Expected = (i64, i64, FaultKind);

fn run(database: &Database, sql: &[&str]) {
    write(database, |tx| sql.iter().try_for_each(|sql| Ok(sql_query(*sql).execute(tx.conn()).map(drop)?)))
        .unwrap();
}

fn faults(database: &Database) -> Vec<(Id, i64, i64, FaultKind)> {
    let faults = database.read(|tx| tx.verify_audit()).unwrap();
    faults.into_iter().map(|fault| (fault.chain, fault.seq, fault.lines, fault.kind)).collect()
}

fn search(database: &Database, query: &AuditQuery) -> (Vec<AuditEntry>, i64) {
    database.read(|tx| tx.audit_search(query)).unwrap()
}

/// Six lines on station 9, one on station 8.
fn six_lines(database: &Database) {
    write(database, |tx| tx.append("notes.record", &[note(1, 9, "a"), note(2, 8, "other station")])).unwrap();
    for text in ["b", "c", "d", "e"] {
        write(database, |tx| tx.correct("notes.correct", &note(1, 9, text))).unwrap();
    }
    write(database, |tx| tx.withdraw::<Note>("notes.withdraw", id(1), "误记")).unwrap();
}

#[test]
fn every_kind_of_tampering_is_found_and_named() {
    use FaultKind::{Altered, CutOff, HeadAltered, HeadMissing, Missing, Reordered};
    let station = id(9);
    let at = |seq: i64| format!("WHERE station_id = '{station}' AND seq = {seq}");
    let swap = |a: i64, b: i64| {
        [(a, -1), (b, a), (-1, b)].map(|(from, to)| format!("UPDATE audit_log SET seq = {to} {}", at(from)))
    };
    let update = |what: &str, seq| vec![format!("UPDATE audit_log SET {what} {}", at(seq))];
    let delete =
        |seqs: &[i64]| seqs.iter().map(|seq| format!("DELETE FROM audit_log {}", at(*seq))).collect();
    let head = |what: &str| vec![format!("{what} WHERE station_id = '{station}'")];
    let table: Vec<(Vec<String>, Vec<Expected>)> = vec![
        (vec![], vec![]),
        (update("actor = 'someone'", 2), vec![(2, 1, Altered)]),
        (update("at = at + 1", 3), vec![(3, 1, Altered)]),
        (update("origin = '10.0.0.9'", 4), vec![(4, 1, Altered)]),
        (update("origin = NULL, detail = NULL", 4), vec![(4, 1, Altered)]),
        (update("detail = NULL", 1), vec![(1, 1, Altered)]),
        (update("reason = NULL", 6), vec![(6, 1, Altered)]),
        (update("mac = 'ff'", 3), vec![(3, 1, Altered)]),
        (update("mac = 'ff'", 6), vec![(6, 1, Altered)]),
        ([update("verb = 'x'", 2), update("verb = 'x'", 4)].concat(), vec![(2, 2, Altered)]),
        (delete(&[1]), vec![(1, 1, Missing)]),
        (delete(&[2, 3, 5]), vec![(2, 3, Missing)]),
        (swap(2, 5).to_vec(), vec![(2, 2, Reordered)]),
        (swap(2, 3).to_vec(), vec![(2, 2, Reordered)]),
        (swap(1, 2).to_vec(), vec![(1, 2, Reordered)]),
        (swap(5, 6).to_vec(), vec![(5, 2, Reordered)]),
        ([update("verb = 'x'", 1), swap(3, 5).to_vec()].concat(), vec![(1, 1, Altered), (3, 2, Reordered)]),
        (delete(&[6]), vec![(6, 1, CutOff)]),
        (delete(&[1, 2, 3, 4, 5, 6]), vec![(1, 6, CutOff)]),
        (head("UPDATE audit_heads SET mac = 'ff'"), vec![(6, 1, HeadAltered)]),
        (head("UPDATE audit_heads SET seq = 4"), vec![(6, 1, HeadAltered)]),
        (head("DELETE FROM audit_heads"), vec![(6, 1, HeadMissing)]),
    ];
    each(|database| {
        for (tamper, expected) in &table {
            run(
                database,
                &[
                    "DELETE FROM audit_log",
                    "DELETE FROM audit_heads",
                    "DELETE FROM notes",
                    "DELETE FROM records",
                ],
            );
            six_lines(database);
            run(database, &tamper.iter().map(String::as_str).collect::<Vec<_>>());
            let expected: Vec<_> =
                expected.iter().map(|(seq, lines, kind)| (station, *seq, *lines, *kind)).collect();
            assert_eq!(faults(database), expected, "{tamper:?}");
        }
    });
}

#[test]
fn two_chains_cannot_pass_for_each_other() {
    each(|database| {
        write(database, |tx| tx.append("notes.record", &[note(1, 9, "a"), note(2, 8, "b")])).unwrap();
        for table in ["audit_log", "audit_heads"] {
            for (from, to) in [(id(9), id(7)), (id(8), id(9)), (id(7), id(8))] {
                run(
                    database,
                    &[&format!("UPDATE {table} SET station_id = '{to}' WHERE station_id = '{from}'")],
                );
            }
        }
        let (eight, nine) = (id(8).min(id(9)), id(8).max(id(9)));
        assert_eq!(faults(database), [(eight, 1, 1, FaultKind::Altered), (nine, 1, 1, FaultKind::Altered)]);
    });
}

#[test]
fn a_tail_cut_off_with_its_head_shows_against_heads_kept_elsewhere() {
    each(|database| {
        six_lines(database);
        let kept: Vec<AuditHead> = database.read(|tx| tx.audit_heads()).unwrap();
        let ends: Vec<(Id, i64)> = kept.iter().map(|head| (head.chain, head.seq)).collect();
        let mut expected = vec![(id(8), 1), (id(9), 6)];
        expected.sort();
        assert_eq!(ends, expected);
        let check = || database.read(|tx| tx.verify_heads(&kept)).unwrap();
        assert_eq!(check(), []);
        let nine = format!("WHERE station_id = '{}'", id(9));
        run(
            database,
            &[
                &format!("DELETE FROM audit_log {nine} AND seq > 4"),
                &format!(
                    "UPDATE audit_heads SET seq = 4, mac = (SELECT mac FROM audit_log {nine} AND seq = 4) {nine}"
                ),
            ],
        );
        assert_eq!(faults(database), []);
        assert_eq!((check()[0].seq, check()[0].kind), (6, FaultKind::CutOff));
        let words = check()[0].to_string();
        assert!(words.contains("从第 6 行起末尾被截去"), "{words}");
    });
}

/// A line as a program without origins, details and chain ids wrote it.
#[test]
fn lines_from_before_origins_still_verify() {
    let folder = tempfile::tempdir().unwrap();
    let (file, url) = (folder.path().join("old.db"), testing::postgres_address("old_audit"));
    let keys = crate::Keys::new(testing::TEST_KEY);
    for place in [crate::Place::File(file.clone()), crate::Place::Url(url)] {
        let address = match &place {
            crate::Place::File(file) => file.display().to_string(),
            crate::Place::Url(url) => url.clone(),
        };
        let mut conn = <AnyConnection as diesel::Connection>::establish(&address).unwrap();
        migrate::bring_to(&mut conn, 20, NOON).unwrap();
        let mut mac = String::new();
        for seq in 1..=2i64 {
            let (one, at) = (1i64.to_be_bytes(), NOON.micros().to_be_bytes());
            let parts: [&[u8]; 10] = [
                mac.as_bytes(),
                &seq.to_be_bytes(),
                &at,
                b"console",
                b"notes.record",
                b"note",
                b"",
                &one,
                b"ab",
                b"",
            ];
            mac = crate::keys::encode(&crate::keys::mac(&keys.derive("audit"), &parts));
            let line = format!(
                "INSERT INTO audit_log VALUES ('{}', {seq}, {}, 'console', 'notes.record', 'note', NULL, 1, 'ab', NULL, '{mac}')",
                id(9),
                NOON.micros()
            );
            sql_query(line).execute(&mut conn).unwrap();
        }
        let head = format!("INSERT INTO audit_heads VALUES ('{}', 2, '{mac}')", id(9));
        sql_query(head).execute(&mut conn).unwrap();
        // Its key is the file's: it is from before there were data keys.
        crate::sql::set_setting(&mut conn, "key_fingerprint", &keys.fingerprint()).unwrap();
        drop(conn);
        let database = Database::open(&place, keys.clone(), kernel::Clock::Fixed(NOON)).unwrap();
        write(&database, |tx| tx.event(id(9), Event { verb: "notes.look", ..Event::default() })).unwrap();
        assert_eq!(faults(&database), []);
        run(&database, &["UPDATE audit_log SET actor = 'other' WHERE seq = 2"]);
        assert_eq!(faults(&database), [(id(9), 2, 1, FaultKind::Altered)]);
    }
}

#[test]
fn a_detail_says_what_changed_and_shows_nothing_sealed() {
    each(|database| {
        let phone = |number| Sealed::new(database.keys(), "notes.phone", &id(1), number).ok();
        let version = |text: &str, number| Note { phone: phone(number), ..note(1, 9, text) };
        write(database, |tx| tx.append("notes.record", &[version("a", "13900000001")])).unwrap();
        write(database, |tx| tx.correct("notes.correct", &version("b", "13900000001"))).unwrap();
        write(database, |tx| tx.correct("notes.correct", &version("b", "13900000002"))).unwrap();
        write(database, |tx| tx.correct("notes.correct", &Note { count: None, ..note(1, 9, "b") })).unwrap();
        write(database, |tx| tx.withdraw::<Note>("notes.withdraw", id(1), "误记")).unwrap();
        write(database, |tx| tx.append("notes.import", &[note(2, 9, "x"), note(3, 9, "y")])).unwrap();
        let (entries, total) = search(database, &AuditQuery { limit: 10, ..AuditQuery::default() });
        let details: Vec<Value> =
            entries.iter().rev().map(|entry| entry.detail.clone().unwrap_or_default()).collect();
        let expected = [
            json!({"text": [null, "a"], "count": [null, 1], "phone": [null, "…"]}),
            json!({"text": ["a", "b"]}),
            json!({"phone": ["…", "…"]}),
            json!({"count": [1, null], "phone": ["…", null]}),
            Value::Null,
            Value::Null,
        ];
        assert_eq!((details, total), (expected.to_vec(), 6));
        assert!(
            entries
                .iter()
                .all(|entry| entry.line.origin.as_deref() == Some("console") && !entry.detail_broken)
        );
        // At rest nothing of it is in clear, and a detail opens at its own line only.
        let raw = entries[5].line.detail.as_ref().unwrap();
        assert!(!raw.bytes().windows(4).any(|bytes| bytes == b"text"));
        let first = "(SELECT detail FROM audit_log WHERE seq = 1)";
        run(database, &[&format!("UPDATE audit_log SET detail = {first} WHERE seq = 2")]);
        let (entries, _) = search(database, &AuditQuery { limit: 10, ..AuditQuery::default() });
        assert_eq!((entries[4].detail_broken, &entries[4].detail), (true, &None));
    });
}

#[test]
fn events_stand_in_the_chains_and_a_reading_transaction_refuses_them() {
    each(|database| {
        let unmask = || Event {
            verb: "access.unmask",
            kind: "person",
            record_id: Some(id(1)),
            reason: Some("核对身份".into()),
            detail: Some(json!({"field": "phone"})),
        };
        let user = Actor::User(id(5));
        let event = |tx: &mut crate::Tx<'_>| -> DbResult<()> {
            tx.set_origin(Some("192.0.2.7".into()));
            tx.event(id(9), unmask())?;
            tx.event(WHOLE, Event { verb: "access.sign_in", kind: "user", ..Event::default() })
        };
        database.write(&user, event).unwrap();
        assert_eq!(faults(database), []);
        let (entries, total) =
            search(database, &AuditQuery { limit: 10, actor: Some(user.code()), ..AuditQuery::default() });
        let whole = entries.iter().find(|entry| entry.chain == WHOLE).unwrap();
        let station = entries.iter().find(|entry| entry.chain == id(9)).unwrap();
        assert_eq!((total, whole.seq, whole.line.records, whole.line.digest.as_str()), (2, 1, 0, ""));
        assert_eq!(station.detail, Some(json!({"field": "phone"})));
        assert_eq!(
            (station.line.reason.as_deref(), station.line.origin.as_deref()),
            (Some("核对身份"), Some("192.0.2.7"))
        );
        let lost: DbResult<()> = database.read(|tx| tx.event(id(9), unmask()));
        assert!(matches!(lost, Err(DbError::Problem(problem)) if problem.code == "event_unwritten"));
    });
}

#[test]
fn lines_are_found_by_everything_one_may_ask() {
    each(|database| {
        six_lines(database);
        write(database, |tx| {
            tx.set_at(Moment::from_micros(NOON.micros() + 50));
            tx.event(WHOLE, Event { verb: "access.sign_in", kind: "user", ..Event::default() })
        })
        .unwrap();
        let all = AuditQuery { limit: 100, ..AuditQuery::default() };
        let check = |query: AuditQuery, expected: (usize, i64)| {
            let (entries, total) = search(database, &query);
            assert_eq!((entries.len(), total), expected, "{query:?}");
        };
        let later = Moment::from_micros(NOON.micros() + 1);
        check(all.clone(), (8, 8));
        check(AuditQuery { chains: Some(vec![id(9)]), ..all.clone() }, (6, 6));
        check(AuditQuery { chains: Some(vec![id(8), WHOLE]), ..all.clone() }, (2, 2));
        check(AuditQuery { chains: Some(vec![]), ..all.clone() }, (0, 0));
        check(AuditQuery { verb: Some("notes.".into()), ..all.clone() }, (7, 7));
        check(AuditQuery { verb: Some("notes.correct".into()), ..all.clone() }, (4, 4));
        check(AuditQuery { verb: Some("Notes.".into()), ..all.clone() }, (0, 0));
        check(AuditQuery { verb: Some("notes%".into()), ..all.clone() }, (0, 0));
        check(AuditQuery { record_id: Some(id(2)), ..all.clone() }, (1, 1));
        check(AuditQuery { actor: Some("nobody".into()), ..all.clone() }, (0, 0));
        check(AuditQuery { from: Some(later), ..all.clone() }, (1, 1));
        check(AuditQuery { to: Some(NOON), ..all.clone() }, (7, 7));
        check(AuditQuery { offset: 6, limit: 5, ..all.clone() }, (2, 8));
        check(AuditQuery { limit: -1, offset: -1, ..all.clone() }, (0, 8));
        assert_eq!(search(database, &all).0[0].line.verb, "access.sign_in");
    });
}

#[test]
fn a_long_chain_is_verified_page_by_page() {
    each(|database| {
        write(database, |tx| {
            (0..2500).try_for_each(|_| tx.event(id(9), Event { verb: "notes.look", ..Event::default() }))
        })
        .unwrap();
        assert_eq!(faults(database), []);
        run(database, &["UPDATE audit_log SET actor = 'other' WHERE seq > 990 AND seq < 2100"]);
        assert_eq!(faults(database), [(id(9), 991, 1109, FaultKind::Altered)]);
    });
}

/// The plan of a search must not scan the log.
#[test]
fn looking_for_lines_uses_indexes() {
    #[derive(QueryableByName)]
    struct Plan {
        #[diesel(sql_type = diesel::sql_types::Text)]
        detail: String,
    }
    let fresh = testing::sqlite(kernel::Clock::Fixed(NOON));
    for (condition, index) in [
        ("1 = 1", "audit_log_by_time"),
        ("station_id = 'a'", "audit_log_by_station"),
        ("actor = 'a'", "audit_log_by_actor"),
        ("record_id = 'a'", "audit_log_by_record"),
    ] {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT * FROM audit_log WHERE {condition} ORDER BY at DESC, seq DESC, station_id DESC LIMIT 5"
        );
        let plan: DbResult<Vec<Plan>> = fresh.database.read(|tx| Ok(sql_query(sql).load(tx.conn())?));
        let plan: Vec<String> = plan.unwrap().into_iter().map(|step| step.detail).collect();
        assert!(
            plan.iter().any(|step| step.contains(index))
                && !plan.iter().any(|step| step.contains("TEMP B-TREE")),
            "{plan:?}"
        );
    }
}
