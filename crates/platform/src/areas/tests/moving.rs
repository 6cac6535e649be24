//! A community moves with all that lies in it, and stays while somebody lives there; on both databases.

use std::collections::BTreeSet;

use db::DbResult;
use db::diesel::sql_types::Text;
use db::diesel::{QueryableByName, RunQueryDsl as _, sql_query};
use db::testing::{Fresh, each};
use kernel::{Actor, Id};

use crate::access::testing::in_station;
use crate::access::{Asker, Enter, NewGrant, Reach, Role, permit};
use crate::areas::{Area, Areas};
use crate::clients::tests::{NOW, NUMBER, Somebody, ground, id, made, manager, somebody};
use crate::settled::{HOLDS, STAYS, records};

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Rows that are no records and say where they lie.
const OTHERS: &[(&str, &str)] = &[("app_quarantine", "moved by app::go_along")];

#[test]
fn every_table_that_says_where_a_row_lies_is_thought_of() {
    let fresh = db::testing::sqlite(kernel::Clock::System);
    let sql = "SELECT DISTINCT t.name AS name FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c \
               WHERE t.schema = 'main' AND t.type = 'table' AND c.name IN ('area_id', 'community_id')";
    let tables: DbResult<Vec<Found>> = fresh.database.read(|tx| Ok(sql_query(sql).load(tx.conn())?));
    let tables: BTreeSet<String> = tables.unwrap().into_iter().map(|found| found.name).collect();
    let of_records: BTreeSet<&str> = records().map(|ops| ops.table).collect();
    let named: BTreeSet<&str> = STAYS.iter().chain(OTHERS).map(|(table, _)| *table).collect();
    assert!(tables.len() > 50, "{tables:?}");
    for table in &tables {
        assert!(
            of_records.contains(table.as_str()) || named.contains(table.as_str()),
            "rows of {table} say where they lie, and nothing moves them along with their community: make it a record of a \
             slice, or name it with its reason in settled.rs"
        );
    }
    for table in named {
        assert!(tables.contains(table), "{table} is named in settled.rs and is nowhere else");
    }
    for (kind, _, over) in HOLDS {
        let ops = records().find(|ops| ops.kind == *kind).unwrap();
        assert!(ops.fields.iter().any(|(name, _)| name == over), "{kind} has no {over}");
    }
}

/// A second area beside the one that there is.
fn west(fresh: &Fresh) -> Id {
    let west = id(15);
    let done: DbResult<()> = fresh.database.write(&Actor::Console, |tx| {
        let area = Area {
            id: west,
            station_id: id(1),
            area_id: None,
            community_id: None,
            worker_id: None,
            code: "xi".into(),
            name: "西片区".into(),
            position: 2,
        };
        permit::<Enter<Areas>>(&Asker::Console, id(1))?.append(tx, &[area])
    });
    done.unwrap();
    west
}

fn of_area(fresh: &Fresh, name: &str, area: Id) -> Somebody {
    let grant = NewGrant { reach: Reach::Area, place: Some(area), ..in_station(Role::Worker, id(1)) };
    somebody(fresh, name, &[grant])
}

/// Sends the form of a community with another area.
fn moved(who: &Somebody, key: &str, area: Id, version: &str) -> (u16, String) {
    let fields = [
        ("area", area.as_str()),
        ("name", "示例东"),
        ("code", "c1"),
        ("position", "1"),
        ("version", version),
    ];
    let answer = who.post(&format!("/areas/one/community/{}", id(11)), key, &fields);
    (answer.status.as_u16(), answer.body)
}

#[test]
fn what_lies_in_a_community_goes_along_into_its_new_area() {
    each(NOW, |fresh| {
        ground(fresh);
        let (west, who) = (west(fresh), manager(fresh, 1));
        let file = made(&who, id(11), "示例东-0001", NUMBER);
        let stays = made(&who, id(12), "示例西-0001", "110105195001010020");
        let visit = [
            ("person_id", "单示例 示例东-0001"),
            ("kind", "home"),
            ("visited_on", "2024-07-01"),
            ("minutes", "30"),
        ];
        let answer = who.post("/visits/visits/new", "v", &visit);
        assert_eq!(answer.status, 303, "{}", answer.body);
        let visit = answer.header("location").to_owned();
        let (old, new) = (of_area(fresh, "old", id(10)), of_area(fresh, "new", west));
        let sees = |who: &Somebody, path: &str| who.client.get(path).status.as_u16();
        assert_eq!((sees(&old, &file), sees(&new, &file)), (200, 404));
        let before = fresh.database.read(|tx| tx.audit_heads()).unwrap();

        let (status, body) = moved(&who, "m1", west, "1");
        assert_eq!(status, 303, "{body}");
        for path in [&file, &visit] {
            assert_eq!((sees(&old, path), sees(&new, path)), (404, 200), "{path}");
        }
        assert!(
            new.good("/clients").contains("示例东-0001") && !old.good("/clients").contains("示例东-0001")
        );
        assert_eq!((sees(&old, &stays), sees(&new, &stays)), (200, 404), "the other community stays");
        assert!(new.good(&file).contains("独居加低保"), "the file is whole");
        // In one transaction, each with its line, as whoever moved it.
        let query = db::AuditQuery { chains: Some(vec![id(1)]), limit: 500, ..db::AuditQuery::default() };
        let (lines, total) = fresh.database.read(|tx| tx.audit_search(&query)).unwrap();
        let head = before.iter().find(|head| head.chain == id(1)).unwrap().seq;
        let added: Vec<_> = lines.iter().filter(|line| line.seq > head).collect();
        assert!(total - head > 5, "{total} lines, {head} before");
        assert!(
            added
                .iter()
                .all(|one| (one.line.at, &one.line.actor) == (added[0].line.at, &added[0].line.actor))
        );
        assert_ne!(added[0].line.actor, "console");
        for verb in ["areas.correct", "clients.correct", "visits.correct"] {
            assert!(added.iter().any(|one| one.line.verb == verb), "no {verb} among {added:?}");
        }
        assert_eq!(fresh.database.read(|tx| tx.verify_audit()).unwrap(), []);
        // Refused, nothing goes along: somebody else moved it meanwhile.
        assert_eq!(moved(&who, "m2", id(10), "1").0, 409);
        assert_eq!((sees(&old, &file), sees(&new, &file)), (404, 200));
    });
}

#[test]
fn ground_on_which_somebody_lives_is_not_given_up() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let file = made(&who, id(11), "示例东-0001", NUMBER);
        let withdraw = |key: &str| {
            let path = format!("/areas/one/community/{}/withdraw", id(11));
            let answer = who.post(&path, key, &[("reason", "合并")]);
            (answer.status.as_u16(), answer.body)
        };
        let (status, body) = withdraw("w1");
        assert!(status == 422 && body.contains("社区里还有1 户家户档案：先改到别的社区"), "{body}");
        // The official list no longer has it: refused too, and nothing of what else was ticked is written.
        let list = "440199001000 示例街\n440199001002 示例西\n440199001009 示例北";
        let gone = format!("gone:{}", id(11));
        let ticked = [("list", list), ("apply", gone.as_str()), ("apply", "new:440199001009")];
        let answer = who.post("/areas/one/import/apply", "i1", &ticked);
        assert_eq!(answer.status, 422, "{}", answer.body);
        for part in ["“示例东”", "1 户家户档案", "先改到别的社区", "什么都没有写入"]
        {
            assert!(answer.body.contains(part), "no {part} in {}", answer.body);
        }
        assert!(!who.good("/areas").contains("示例北"), "half of it was written");
        // The file is closed: its history stays, and nobody lives there.
        let closed = [("closed_on", "2024-12-01"), ("reason", "moved_out"), ("version", "1")];
        let answer = who.post(&format!("{file}/close"), "c1", &closed);
        assert_eq!(answer.status, 303, "{}", answer.body);
        let (status, body) = withdraw("w2");
        assert_eq!(status, 303, "{body}");
        assert!(who.good(&file).contains("单示例"), "what was there is still read");
    });
}

#[test]
fn a_station_is_corrected_and_withdrawn_by_the_whole_city_alone() {
    each(NOW, |fresh| {
        ground(fresh);
        let city = somebody(fresh, "city", &[crate::access::testing::everywhere(Role::SystemAdmin)]);
        let own = somebody(fresh, "own", &[in_station(Role::SystemAdmin, id(1))]);
        let page = city.good("/areas/one/edit");
        assert!(page.contains("name=\"version\" value=\"1\""), "{page}");
        let fields = [
            ("name", "新名社工站"),
            ("district", "另一区"),
            ("street", "另一街"),
            ("address", "示例路二号"),
            ("operated_since", "2024-02-01"),
            ("version", "1"),
        ];
        let send = |who: &Somebody, key: &str| who.post("/areas/one/edit", key, &fields).status.as_u16();
        assert_eq!(send(&own, "e1"), 403);
        assert_eq!(send(&city, "e2"), 303);
        assert!(city.good("/areas").contains("新名社工站") && city.good("/areas").contains("另一区 另一街"));
        assert_eq!(send(&city, "e3"), 409, "somebody else was here");
        assert_eq!(city.post("/areas/one/edit", "e4", &[("name", ""), ("version", "2")]).status, 422);
        assert_eq!(city.client.get("/areas/nowhere/edit").status, 404);

        let withdraw = |who: &Somebody, code: &str, key: &str| {
            who.post(&format!("/areas/{code}/withdraw"), key, &[("reason", "加重了")])
        };
        let refused = withdraw(&city, "one", "w1");
        assert!(refused.status == 422 && refused.body.contains("站里还有记录"), "{}", refused.body);
        crate::testing::station(&fresh.database, id(9), "empty");
        assert_eq!(withdraw(&own, "empty", "w2").status, 403);
        assert!(city.good("/areas/empty/withdraw").contains("作废社工站"));
        assert_eq!(withdraw(&city, "empty", "w3").status, 303);
        assert_eq!(city.client.get("/areas/empty/edit").status, 404);
    });
}
