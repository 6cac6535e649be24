//! Every kind of record has a page on which its documents stand, are attached and are opened; once.

use db::testing::each;

use super::*;
use crate::sheets::testing::Made;
use crate::{SHEETS, SLICES};

fn attached_to(who: &Somebody, kind: &str, id: Id) -> String {
    let fields = [
        ("subject_kind", kind.to_owned()),
        ("subject_id", id.to_string()),
        ("kind", "photo".to_owned()),
        ("title", format!("照片 {kind}")),
    ];
    let answer = who.send(&fields, Some(("a.png", PNG)));
    assert_eq!(answer.status, 303, "{kind}: {}", answer.body);
    answer.header("location").to_owned()
}

fn stands_once(who: &Somebody, page: &str, kind: &str) -> String {
    let body = who.good(page);
    assert_eq!(body.matches("id=\"documents\"").count(), 1, "{kind}: {page}");
    assert!(body.contains(&format!("照片 {kind}")), "{kind}: {body}");
    let link = body.split("<b><a href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(who.client.get(&format!("{link}/file")).bytes, PNG, "{kind}");
    body
}

#[test]
fn each_sheets_records_have_their_documents() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let made = Made {
            station: station::id(1, 0),
            area: station::id(1, 1),
            community: station::id(1, 11),
            worker: station::id(1, 5),
            person: station::id(1, 501),
            household: household_id(1),
            text: "样本",
        };
        for sheet in SHEETS.all().iter().filter(|sheet| sheet.page.is_none()) {
            let write = |tx: &mut db::Tx<'_>| Ok::<_, db::DbError>(made.entered(tx, sheet));
            let row = fresh.database.write(&Actor::Console, write).unwrap();
            let page = sheet.href_of(&row);
            let blank = who.good(&page);
            let attach = format!("/documents/new?kind={}&#38;id={}", sheet.kind(), row.base.id);
            assert!(blank.contains(&attach), "{}: {blank}", sheet.kind());
            let to = attached_to(&who, sheet.kind(), row.base.id);
            assert_eq!(to, format!("{page}#documents"), "{}", sheet.kind());
            let body = stands_once(&who, &page, sheet.kind());
            assert!(
                body.contains(&format!("附上文件“照片 {}”（照片）", sheet.kind())),
                "its history: {body}"
            );
        }
    });
}

#[test]
fn what_has_no_page_of_its_own_has_one_for_its_documents() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let areas = who.good("/areas");
        let places = [("station", 0), ("area", 1), ("community", 11)];
        for (kind, n) in places {
            let page = format!("/documents/of/{kind}/{}", station::id(1, n));
            assert!(areas.contains(&page), "{kind}: {areas}");
            assert_eq!(attached_to(&who, kind, station::id(1, n)), format!("{page}#documents"));
            stands_once(&who, &page, kind);
        }
        let targets = who.good("/indicators/targets");
        let link = targets.split("/documents/of/indicator_target/").nth(1).unwrap();
        let id: Id = link[..36].parse().unwrap();
        attached_to(&who, "indicator_target", id);
        stands_once(&who, &format!("/documents/of/indicator_target/{id}"), "indicator_target");
        for (kind, id) in [("area", station::id(2, 1)), ("document", id), ("nothing", id)] {
            assert_eq!(who.client.get(&format!("/documents/of/{kind}/{id}")).status, 404, "{kind}");
        }
    });
}

/// What shows that a concern was put right is attached to its item, by whoever may write it.
#[test]
fn proof_stands_on_the_page_of_a_rectification_item() {
    each(NOW, |fresh| {
        ground(fresh);
        let item = crate::rectification::testing::item(&fresh.database, station::id(1, 0));
        let page = format!("/rectification/{item}");
        let reader =
            somebody(&fresh.database, "bureau", &[in_station(Role::DistrictBureau, station::id(1, 0))]);
        let link = format!("/documents/new?kind=rectification&#38;id={item}");
        assert!(!reader.good(&page).contains(&link), "who only reads attaches nothing");
        let who = manager(&fresh.database);
        assert!(who.good(&page).contains(&link));
        who.good(&link.replace("&#38;", "&"));
        assert_eq!(attached_to(&who, "rectification", item), format!("{page}#documents"));
        for one in [&who, &reader] {
            stands_once(one, &page, "rectification");
        }
        let outside = crate::rectification::testing::item(&fresh.database, station::id(2, 0));
        let answer = who.client.get(&format!("/documents/new?kind=rectification&id={outside}"));
        assert_eq!(answer.status, 404);
    });
}

/// Whatever a slice keeps, its records lead to a page that shows documents.
#[test]
fn every_record_leads_to_a_page_with_documents() {
    let fresh = db::testing::sqlite(NOW);
    ground(&fresh);
    let everything = somebody(
        &fresh.database,
        "everything",
        &[Role::StationManager, Role::Evaluator].map(|role| in_station(role, station::id(1, 0))),
    );
    let records = fresh.database.read(|tx| tx.record_ids(station::id(1, 0))).unwrap();
    for (id, kind) in records {
        let find = |tx: &mut db::Tx<'_>| (crate::subjects::SUBJECTS.find)(tx, &Asker::Console, &kind, id);
        let subject = fresh.database.read(find).unwrap().unwrap();
        assert!(SLICES.iter().any(|slice| slice.name == subject.part), "{kind}");
        let body = everything.good(&subject.href);
        assert_eq!(body.matches("id=\"documents\"").count(), 1, "{kind}: {}", subject.href);
    }
}

/// The audit log names the record, so that whoever looks for it finds what was done beside it.
#[test]
fn the_audit_log_names_the_record() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let document = who.attach(&said(household_id(1)), ("a.png", PNG));
        who.post(&format!("{document}/withdraw"), &[("reason", "传错了人")]);
        let found = fresh.database.read(|tx| {
            let query =
                db::AuditQuery { record_id: Some(household_id(1)), limit: 20, ..db::AuditQuery::default() };
            Ok::<_, db::DbError>(tx.audit_search(&query)?.0)
        });
        let found: Vec<(String, String, Option<String>)> =
            found.unwrap().into_iter().map(|one| (one.line.verb, one.line.kind, one.line.reason)).collect();
        let line = |verb: &str, reason: Option<&str>| {
            (verb.to_owned(), "household".to_owned(), reason.map(str::to_owned))
        };
        assert!(found.contains(&line("documents.record", None)), "{found:?}");
        assert!(found.contains(&line("documents.withdraw", Some("传错了人"))), "{found:?}");
        let page = who.good(&format!("/clients/{}", household_id(1)));
        assert!(page.contains("附上文件“低保证”（证明）") && page.contains("作废文件“低保证”"), "{page}");
    });
}
