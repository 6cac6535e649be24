//! Tampering with every part of a chain is found and named; details, events and looking for lines.

use diesel::sql_query;
use diesel::{QueryableByName, RunQueryDsl as _};
use kernel::{Actor, Id, Moment};
use serde_json::{Value, json};

use super::{AuditEntry, AuditHead, AuditQuery, Event, FaultKind, WHOLE};
use crate::tests::{NOON, Note, each, id, note, write};
use crate::{AnyConnection, Database, DbError, DbResult, Sealed, migrate, testing};

/// The runs of lines, and the kind.
type Expected = (&'static [(i64, i64)], FaultKind);

fn run(database: &Database, sql: &[&str]) {
    write(database, |tx| sql.iter().try_for_each(|sql| Ok(sql_query(*sql).execute(tx.conn()).map(drop)?)))
        .unwrap();
}

/// A fault: its chain, the runs of lines, and the kind.
type Told = (Id, Vec<(i64, i64)>, FaultKind);

fn faults(database: &Database) -> Vec<Told> {
    let faults = database.read(|tx| tx.verify_audit()).unwrap();
    faults.into_iter().map(|fault| (fault.chain, fault.at.runs, fault.kind)).collect()
}

/// An empty log, as after a first start.
fn emptied(database: &Database) {
    let tables = ["audit_log", "audit_heads", "notes", "records"];
    for table in tables {
        run(database, &[&format!("DELETE FROM {table}")]);
    }
    run(database, &["DELETE FROM settings WHERE name = 'audit_chains'"]);
    super::begin(database).unwrap();
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
    use FaultKind::{
        Altered, ChainMissing, CutOff, HeadAltered, HeadMissing, HeadUnsealed, Missing, Reordered,
    };
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
        (update("actor = 'someone'", 2), vec![(&[(2, 2)], Altered)]),
        (update("at = at + 1", 3), vec![(&[(3, 3)], Altered)]),
        (update("origin = '10.0.0.9'", 4), vec![(&[(4, 4)], Altered)]),
        (update("origin = NULL, detail = NULL", 4), vec![(&[(4, 4)], Altered)]),
        (update("detail = NULL", 1), vec![(&[(1, 1)], Altered)]),
        (update("reason = NULL", 6), vec![(&[(6, 6)], Altered)]),
        (update("mac = 'ff'", 3), vec![(&[(3, 3)], Altered)]),
        (update("mac = 'ff'", 6), vec![(&[(6, 6)], Altered)]),
        ([update("verb = 'x'", 2), update("verb = 'x'", 4)].concat(), vec![(&[(2, 2), (4, 4)], Altered)]),
        ([update("verb = 'x'", 2), update("verb = 'x'", 3)].concat(), vec![(&[(2, 3)], Altered)]),
        (delete(&[1]), vec![(&[(1, 1)], Missing)]),
        (delete(&[2, 3, 5]), vec![(&[(2, 3), (5, 5)], Missing)]),
        (swap(2, 5).to_vec(), vec![(&[(2, 2), (5, 5)], Reordered)]),
        (swap(2, 3).to_vec(), vec![(&[(2, 3)], Reordered)]),
        (swap(1, 2).to_vec(), vec![(&[(1, 2)], Reordered)]),
        (swap(5, 6).to_vec(), vec![(&[(5, 6)], Reordered)]),
        (
            [update("verb = 'x'", 1), swap(3, 5).to_vec()].concat(),
            vec![(&[(1, 1)], Altered), (&[(3, 3), (5, 5)], Reordered)],
        ),
        (delete(&[6]), vec![(&[(6, 6)], CutOff)]),
        (delete(&[1, 2, 3, 4, 5, 6]), vec![(&[(1, 6)], CutOff)]),
        (head("UPDATE audit_heads SET mac = 'ff'"), vec![(&[(6, 6)], HeadAltered)]),
        (head("UPDATE audit_heads SET seq = 4"), vec![(&[(6, 6)], HeadAltered)]),
        (head("UPDATE audit_heads SET seal = NULL"), vec![(&[(6, 6)], HeadUnsealed)]),
        (head("DELETE FROM audit_heads"), vec![(&[(6, 6)], HeadMissing)]),
        (cut_to_four(), vec![(&[(4, 4)], HeadUnsealed)]),
        ([delete(&[1, 2, 3, 4, 5, 6]), head("DELETE FROM audit_heads")].concat(), vec![(&[], ChainMissing)]),
    ];
    each(|database| {
        for (tamper, expected) in &table {
            emptied(database);
            six_lines(database);
            run(database, &tamper.iter().map(String::as_str).collect::<Vec<_>>());
            let expected: Vec<_> =
                expected.iter().map(|(runs, kind)| (station, runs.to_vec(), *kind)).collect();
            assert_eq!(faults(database), expected, "{tamper:?}");
            // Going on makes nothing good: what was wrong with an end or a whole chain is still told. Where the next number is
            // taken nothing more is written at all.
            let went_on: DbResult<()> =
                write(database, |tx| tx.event(station, Event { verb: "notes.look", ..Event::default() }));
            assert!(went_on.is_ok() || tamper.iter().any(|sql| sql.contains("audit_heads")), "{tamper:?}");
            assert_eq!(faults(database).is_empty(), expected.is_empty(), "after {tamper:?}");
        }
    });
}

/// A tail cut off together with the note of where the chain ended, which is moved to the line before.
fn cut_to_four() -> Vec<String> {
    let nine = format!("WHERE station_id = '{}'", id(9));
    vec![
        format!("DELETE FROM audit_log {nine} AND seq > 4"),
        format!(
            "UPDATE audit_heads SET seq = 4, mac = (SELECT mac FROM audit_log {nine} AND seq = 4) {nine}"
        ),
    ]
}

#[test]
fn many_lines_in_each_others_place_are_told_from_altered_ones() {
    each(|database| {
        let events = |tx: &mut crate::Tx<'_>| {
            (0..60i64).try_for_each(|n| {
                let detail = Some(json!({ "n": n }));
                tx.event(id(9), Event { verb: "notes.look", detail, ..Event::default() })
            })
        };
        write(database, events).unwrap();
        // Lines 5 to 44 the other way round, and one of those after them altered.
        run(
            database,
            &[
                "UPDATE audit_log SET seq = -seq WHERE seq BETWEEN 5 AND 44",
                "UPDATE audit_log SET seq = 49 + seq WHERE seq < 0",
                "UPDATE audit_log SET actor = 'other' WHERE seq = 50",
            ],
        );
        let expected =
            [(id(9), vec![(5, 44)], FaultKind::Reordered), (id(9), vec![(50, 50)], FaultKind::Altered)];
        assert_eq!(faults(database), expected);
    });
}

/// The numbers as they are said.
#[test]
fn the_lines_concerned_are_said_one_by_one() {
    let said = |numbers: &[i64]| {
        let mut ranges = super::Ranges::default();
        numbers.iter().for_each(|number| ranges.add(*number, *number));
        ranges.to_string()
    };
    assert_eq!(said(&[2, 4]), "第 2、4 行");
    assert_eq!(said(&[2, 3, 4, 7]), "第 2–4、7 行");
    let many: Vec<i64> = (1..=500).map(|number| number * 2).collect();
    assert!(said(&many).ends_with("38、40 行等共 500 行"), "{}", said(&many));
}

#[test]
fn the_register_of_chains_is_bound_and_cannot_be_put_back() {
    each(|database| {
        let setting = || database.read(|tx| tx.setting("audit_chains")).unwrap().unwrap();
        write(database, |tx| tx.append("notes.record", &[note(1, 9, "a")])).unwrap();
        let old = setting();
        write(database, |tx| tx.append("notes.record", &[note(2, 8, "b")])).unwrap();
        let now = setting();
        let (eight, none) = (id(8), Vec::new());
        for (value, expected) in [
            (now.clone(), vec![]),
            (old.clone(), vec![(eight, none.clone(), FaultKind::ChainUnknown)]),
            (now.replace(&format!(" {eight}"), ""), vec![(WHOLE, none.clone(), FaultKind::RegisterAltered)]),
            (String::new(), vec![(WHOLE, none.clone(), FaultKind::RegisterAltered)]),
        ] {
            write(database, |tx| tx.set_setting("audit_chains", &value)).unwrap();
            assert_eq!(faults(database), expected, "{value}");
        }
        // Taken away altogether, it is made anew as the database is opened, and a line says when.
        assert_eq!(database.read(|tx| tx.audit_anchored()).unwrap(), []);
        run(database, &["DELETE FROM settings WHERE name = 'audit_chains'"]);
        super::begin(database).unwrap();
        super::begin(database).unwrap();
        assert_eq!(faults(database), []);
        assert_eq!(database.read(|tx| tx.audit_anchored()).unwrap(), [NOON]);
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
        let mut expected: Vec<Told> = [id(8), id(9)]
            .into_iter()
            .flat_map(|chain| {
                [FaultKind::Altered, FaultKind::HeadUnsealed].map(|kind| (chain, vec![(1, 1)], kind))
            })
            .collect();
        expected.sort_by_key(|(chain, ..)| *chain);
        assert_eq!(faults(database), expected);
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
        // Whoever kept the seal of the time when the chain had four lines puts it back: nothing in the database shows it.
        run(database, &cut_to_four().iter().map(String::as_str).collect::<Vec<_>>());
        let four: String = database
            .read(|tx| {
                let head = tx.audit_heads()?.into_iter().find(|head| head.chain == id(9)).unwrap();
                Ok::<_, DbError>(super::anchor::seal_of(tx.keys(), id(9), 4, &head.mac))
            })
            .unwrap();
        run(database, &[&format!("UPDATE audit_heads SET seal = '{four}' WHERE station_id = '{}'", id(9))]);
        assert_eq!(faults(database), []);
        assert_eq!((&check()[0].at.runs[..], check()[0].kind), (&[(5, 6)][..], FaultKind::CutOff));
        let words = check()[0].to_string();
        assert!(words.contains("末尾被截去，缺第 5–6 行"), "{words}");
        run(database, &[&format!("DELETE FROM audit_log WHERE station_id = '{}'", id(8))]);
        run(database, &[&format!("DELETE FROM audit_heads WHERE station_id = '{}'", id(8))]);
        let gone = check().into_iter().find(|fault| fault.chain == id(8)).unwrap();
        assert!(gone.to_string().contains("整条被删去，缺第 1 行"), "{gone}");
    });
}

#[test]
fn a_file_of_heads_is_bound_to_its_database_and_its_content() {
    each(|database| {
        six_lines(database);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("heads.json");
        let written = database.read(|tx| tx.heads_file()).unwrap();
        let save = |value: &Value| std::fs::write(&file, value.to_string()).unwrap();
        save(&written);
        let kept = database.kept_heads(&file).unwrap();
        assert_eq!((kept.heads.len(), kept.at, kept.proven), (2, NOON, true));
        let refused = |value: &Value, code: &str| {
            save(value);
            match database.kept_heads(&file) {
                Err(DbError::Problem(problem)) => assert_eq!(problem.code, code),
                other => panic!("{other:?}"),
            }
        };
        let mut altered = written.clone();
        altered["heads"].as_array_mut().unwrap().pop();
        refused(&altered, "heads_altered");
        let mut foreign = written;
        foreign["database"] = json!("0123456789abcdef");
        refused(&foreign, "heads_foreign");
        refused(&json!([]), "heads_unknown");
        // A backup carries them too, and one whose header was altered is none.
        let backup = folder.path().join("backup");
        crate::backup::backup_to_file(database, &backup, &mut |_, _| {}).unwrap();
        assert_eq!(database.kept_heads(&backup).unwrap().heads, kept.heads);
        let bytes = std::fs::read(&backup).unwrap();
        let text = bytes.iter().position(|byte| *byte == b'}').unwrap();
        let mut bytes = bytes;
        let at = (0..text).rev().find(|at| bytes[*at].is_ascii_digit()).unwrap();
        bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
        std::fs::write(&backup, &bytes).unwrap();
        assert!(database.kept_heads(&backup).is_err(), "an altered header is believed");
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
        assert_eq!(faults(&database), [(id(9), vec![(2, 2)], FaultKind::Altered)]);
        assert_eq!(database.read(|tx| tx.audit_anchored()).unwrap(), [NOON], "sealed when it was opened");
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
            json!({"text": ["b", null]}),
            json!({"ids": [null, [id(2), id(3)]]}),
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
        // Of what was told without a name neither id nor content is kept, be it one or several.
        write(database, |tx| tx.append_nameless("notes.count", &[note(4, 9, "z")])).unwrap();
        write(database, |tx| tx.append_nameless("notes.count", &[note(5, 9, "z"), note(6, 9, "z")])).unwrap();
        let counted = AuditQuery { verb: Some("notes.count".into()), limit: 9, ..AuditQuery::default() };
        for entry in search(database, &counted).0 {
            assert_eq!((entry.line.record_id, entry.line.detail), (None, None));
        }
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
        assert_eq!(faults(database), [(id(9), vec![(991, 2099)], FaultKind::Altered)]);
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
