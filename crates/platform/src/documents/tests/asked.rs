//! Requests: from the form to the file in the browser, and who is told that there is nothing.

use axum::http::Method;
use db::testing::each;

use super::*;
use crate::access::Reach;

#[test]
fn a_file_is_attached_shown_corrected_and_withdrawn() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let form = who.good(&format!("/documents/new?kind=household&id={}", household_id(1)));
        for part in ["附在：单示例 户", "enctype=\"multipart/form-data\"", "签到表", "不超过 20 MB"]
        {
            assert!(form.contains(part), "lacks {part}: {form}");
        }
        let document = who.attach(&said(household_id(1)), ("低保证 (1).PNG", PNG));
        let page = who.good(&document);
        for part in
            ["低保证", "证明", "单示例 户", "PNG 图片", "2024-12-31", &format!("src=\"{document}/file\"")]
        {
            assert!(page.contains(part), "lacks {part}: {page}");
        }
        let file = who.client.get(&format!("{document}/file"));
        assert_eq!((file.status.as_u16(), file.bytes.as_slice()), (200, PNG));
        for (name, value) in [
            ("content-type", "image/png"),
            ("x-content-type-options", "nosniff"),
            (
                "content-security-policy",
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
            ),
            ("cache-control", "private, no-cache"),
            (
                "content-disposition",
                "inline; filename=\"_____1_.PNG\"; filename*=UTF-8''%E4%BD%8E%E4%BF%9D%E8%AF%81%20%281%29.PNG",
            ),
        ] {
            assert_eq!(file.header(name), value, "{name}");
        }
        let known = [("if-none-match", file.header("etag"))];
        let again = who.client.ask(Method::GET, &format!("{document}/file"), &known);
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));

        let edit = format!("{document}/edit");
        assert!(who.good(&edit).contains("value=\"低保证\""));
        let fields = [("title", "低保批复"), ("kind", "agreement"), ("signed", "yes"), ("version", "1")];
        assert_eq!(who.post(&edit, &fields).header("location"), document);
        let page = who.good(&document);
        assert!(page.contains("低保批复") && page.contains("签名没有日期"), "{page}");
        // Somebody who still sees the first version is shown both.
        let stale = who
            .post(&edit, &fields.map(|(name, value)| (name, if name == "title" { "另一名" } else { value })));
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("现在是“低保批复”，您填的是“另一名”"), "{}", stale.body);
        assert!(stale.body.contains("name=\"version\" value=\"2\""), "{}", stale.body);

        let withdraw = format!("{document}/withdraw");
        assert!(who.good(&withdraw).contains("低保批复"));
        let without = who.post(&withdraw, &[("reason", "")]);
        assert_eq!(without.status, 422);
        let done = who.post(&withdraw, &[("reason", "传错了人")]);
        assert_eq!(done.header("location"), format!("/clients/{}#documents", household_id(1)));
        assert_eq!(who.attached(), Vec::<String>::new());
        for path in ["", "/file", "/edit", "/withdraw"] {
            let gone = who.client.get(&format!("{document}{path}"));
            assert_eq!(gone.status, 404, "{path}");
            assert!(gone.body.contains("没有这份文件"), "{path}: {}", gone.body);
        }
    });
}

#[test]
fn what_a_browser_must_not_show_is_saved() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let text = who.attach(&said(household_id(1)), ("a.txt", "低保".as_bytes()));
        let file = who.client.get(&format!("{text}/file"));
        assert_eq!(file.header("content-type"), "text/plain");
        assert!(file.header("content-disposition").starts_with("attachment;"));
        assert!(!who.good(&text).contains("<img"));
        // A name that lies about its content is put right.
        let pdf = who.attach(&said(household_id(1)), ("协议.exe", PDF));
        let file = who.client.get(&format!("{pdf}/file"));
        assert_eq!(file.header("content-type"), "application/pdf");
        assert!(file.header("content-security-policy").contains("sandbox"));
        assert!(
            file.header("content-disposition").ends_with(".exe.pdf"),
            "{}",
            file.header("content-disposition")
        );
    });
}

/// What is sent otherwise, and the file.
type Changes = &'static [(&'static str, &'static str)];
type File = Option<(&'static str, &'static [u8])>;

#[test]
fn what_is_wrong_is_said_at_once_beside_its_field() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let with = |changes: &[(&'static str, &str)]| {
            let mut fields = said(household_id(1));
            for (name, value) in changes {
                fields.retain(|(known, _)| known != name);
                fields.push((name, (*value).to_owned()));
            }
            fields
        };
        let cases: &[(Changes, File, &[&str])] = &[
            (&[("kind", "")], None, &["选一份文件", "选种类", "要改 2 处"]),
            (&[("kind", "consent")], Some(("a.png", PNG)), &["同意书要选有没有签名"]),
            (
                &[("signed", "no"), ("signed_on", "2024-12-01")],
                Some(("a.png", PNG)),
                &["请在“签名”里选“有签名”"],
            ),
            (
                &[("signed", "yes"), ("signed_on", "2025-01-01")],
                Some(("a.png", PNG)),
                &["不能晚于今天（2024-12-31）"],
            ),
            (
                &[],
                Some(("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")),
                &["这是网页或 SVG 图形", "PDF"],
            ),
            (&[], Some(("a.png", b"<html><script>alert(1)</script>")), &["这是网页或 SVG 图形"]),
            (
                &[],
                Some(("a.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff")),
                &["认不出这个文件是什么", "可以附"],
            ),
            (&[], Some(("empty.png", b"")), &["文件是空的"]),
        ];
        for (changes, file, expected) in cases {
            let answer = who.send(&with(changes), *file);
            assert_eq!(answer.status, 422, "{changes:?} {file:?}");
            for words in *expected {
                assert!(answer.body.contains(words), "{changes:?} lacks {words}: {}", answer.body);
            }
            assert_eq!(web::testing::faults_of(&answer.body), Vec::<String>::new());
        }
        let long = vec![0; (20 << 20) + 1];
        let answer = who.send(&said(household_id(1)), Some(("long.png", &long)));
        assert_eq!(answer.status, 413);
        assert!(answer.body.contains("文件超过 20 MB"), "{}", answer.body);
        assert_eq!(who.attached(), Vec::<String>::new());
        assert!(!fresh.database.contents().unwrap().folder().exists(), "nothing refused was kept");
        // Sent from no page of this login.
        let forged = Somebody { token: "0".repeat(64), client: who.client };
        assert_eq!(forged.send(&said(household_id(1)), Some(("a.png", PNG))).status, 403);
    });
}

#[test]
fn a_form_sent_twice_attaches_once() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let number = key();
        for _ in 0..2 {
            let answer = who.send_as(&number, &said(household_id(1)), Some(("a.png", PNG)));
            assert_eq!(answer.status, 303, "{}", answer.body);
        }
        assert_eq!(who.attached().len(), 1);
    });
}

#[test]
fn whoever_may_not_read_the_record_finds_no_document() {
    each(NOW, |fresh| {
        ground(fresh);
        let document = manager(&fresh.database).attach(&said(household_id(1)), ("a.png", PNG));
        let in_area = |role: Role, area: u32| NewGrant {
            reach: Reach::Area,
            place: Some(station::id(1, area)),
            ..in_station(role, station::id(1, 0))
        };
        let cases = [
            ("another station", in_station(Role::StationManager, station::id(2, 0)), [404; 4]),
            ("another area", in_area(Role::Worker, 2), [404, 404, 404, 403]),
            ("this area", in_area(Role::Worker, 1), [200, 200, 200, 403]),
            ("its lead", in_area(Role::AreaLead, 1), [200; 4]),
            ("reads no households", in_station(Role::Evaluator, station::id(1, 0)), [404; 4]),
            ("reads no documents", in_station(Role::SystemAdmin, station::id(1, 0)), [403; 4]),
        ];
        for (name, grant, expected) in cases {
            let who = somebody(&fresh.database, "asker", &[grant]);
            let status = |path: &str| who.client.get(&format!("{document}{path}")).status.as_u16();
            assert_eq!(["", "/file", "/edit", "/withdraw"].map(status), expected, "{name}");
            let sent = who.send(&said(household_id(1)), Some(("a.txt", name.as_bytes()))).status.as_u16();
            let attached = if expected[2] == 200 { 303 } else { expected[0] };
            assert_eq!(sent, attached, "{name}");
        }
        let contents = fresh.database.contents().unwrap();
        let kept = |text: &str| contents.has(&crate::documents::tests::kept::hash(text.as_bytes()));
        assert!(kept("this area") && !kept("another station"), "a stranger leaves nothing in the folder");
        // The copy that a browser kept is not called good for somebody else.
        let stranger = somebody(&fresh.database, "asker", &[in_station(Role::Worker, station::id(2, 0))]);
        let known = [("if-none-match", "*")];
        assert_eq!(stranger.client.ask(Method::GET, &format!("{document}/file"), &known).status, 404);
    });
}

#[test]
fn an_address_that_names_nothing_is_not_found() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let own = household_id(1);
        let document = who.attach(&said(own), ("a.png", PNG));
        let id = document.rsplit('/').next().unwrap();
        for query in [
            String::new(),
            format!("?kind=household&id={}", household_id(2)),
            format!("?kind=person&id={own}"),
            format!("?kind=nothing&id={own}"),
            format!("?kind=document&id={id}"),
            "?kind=household&id=1".into(),
            "?kind=%27&id=%00".into(),
        ] {
            assert_eq!(who.client.get(&format!("/documents/new{query}")).status, 404, "{query}");
        }
        for path in ["/documents/1", "/documents/1/file", &format!("/documents/{own}"), "/documents/%00/file"]
        {
            assert_eq!(who.client.get(path).status, 404, "{path}");
        }
    });
}

#[test]
fn the_persons_documents_stand_on_the_households_page() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let page = who.good(&format!("/clients/{}", household_id(1)));
        let person = station::id(1, 502);
        let link = format!("/documents/new?kind=person&#38;id={person}");
        assert!(page.contains(&link) && page.contains("给 示例小 附上文件"), "{page}");
        let mut fields = said(person);
        fields[0].1 = "person".into();
        who.attach(&fields, ("a.png", PNG));
        let page = who.good(&format!("/clients/{}", household_id(1)));
        assert!(page.contains("示例小 · 2024-12-31 上传"), "{page}");
        // A record of a sheet: it leads back to its page, where the document stands, and its history tells of it.
        let activity =
            [("subject_kind", "activity".to_owned()), ("subject_id", station::id(1, 1000).to_string())];
        let fields: Vec<_> = activity.into_iter().chain([("kind", "photo".to_owned())]).collect();
        let answer = who.send(&fields, Some(("现场.png", PNG)));
        let record = format!("/activities/events/{}", station::id(1, 1000));
        assert_eq!(answer.header("location"), format!("{record}#documents"), "{}", answer.body);
        let page = who.good(&record);
        assert!(page.contains("附上文件“现场”（照片）"), "{page}");
        let to = format!("/documents/{}", &page.split("<b><a href=\"/documents/").nth(1).unwrap()[..36]);
        let page = who.good(&to);
        assert!(page.contains("<h1>现场</h1>") && page.contains("社区活动"), "{page}");
        // An evaluator reads activities, and so their documents.
        let evaluator = somebody(&fresh.database, "asker", &[in_station(Role::Evaluator, station::id(1, 0))]);
        evaluator.good(&to);
        assert_eq!(evaluator.client.get(&format!("{to}/edit")).status, 404);
    });
}

#[test]
fn a_page_asks_as_often_for_many_documents_as_for_few() {
    let asked = |documents: usize| {
        crate::shell::tests::count::statements(
            || db::testing::sqlite(NOW),
            |fresh, begin| {
                ground(fresh);
                let who = manager(&fresh.database);
                for _ in 0..documents {
                    who.send(&said(household_id(1)), Some(("a.png", PNG)));
                }
                begin();
                assert_eq!(who.attached().len(), documents);
            },
        )
    };
    assert_eq!(asked(1), asked(9));
}

/// The lines that opening files left in a station's chain: who, and which document.
fn opened(database: &Database) -> Vec<(String, Option<Id>)> {
    let query =
        db::AuditQuery { verb: Some("documents.open".into()), limit: 50, ..db::AuditQuery::default() };
    let (lines, _) = database.read(|tx| tx.audit_search(&query)).unwrap();
    assert!(lines.iter().all(|line| line.chain == station::id(1, 0)), "in the chain of the station");
    lines.into_iter().map(|line| (line.line.actor, line.line.record_id)).collect()
}

#[test]
fn opening_a_file_about_people_leaves_a_line_once_in_some_minutes() {
    let micros: &'static std::sync::atomic::AtomicI64 =
        Box::leak(Box::new(std::sync::atomic::AtomicI64::new(1_735_617_600_000_000)));
    each(Clock::Manual(micros), |fresh| {
        let pass = |minutes: i64| {
            micros.fetch_add(minutes * 60_000_000, std::sync::atomic::Ordering::SeqCst);
        };
        ground(fresh);
        pass(1);
        let (who, other) = (manager(&fresh.database), manager(&fresh.database));
        let (stranger, outside) = (
            somebody(&fresh.database, "stranger", &[in_station(Role::StationManager, station::id(2, 0))]),
            Client::new(crate::router(station::site(&fresh.database))),
        );
        let document = who.attach(&said(household_id(1)), ("低保证.PNG", PNG));
        let file = format!("{document}/file");
        pass(1);
        who.good(&document);
        assert_eq!(opened(&fresh.database), [], "its page is no look at the file");
        let get = |who: &Somebody| who.client.get(&file).status.as_u16();
        assert_eq!((get(&who), get(&who)), (200, 200));
        assert_eq!(opened(&fresh.database).len(), 1, "a page asks for its file again and again");
        assert_eq!(get(&other), 200);
        assert_eq!(opened(&fresh.database).len(), 2, "each person has a line");
        assert_eq!((get(&stranger), outside.get(&file).status.as_u16()), (404, 303));
        assert_eq!(opened(&fresh.database).len(), 2, "whoever saw nothing left none");
        pass(6);
        assert_eq!(get(&who), 200);
        let lines = opened(&fresh.database);
        assert_eq!(lines.len(), 3, "some minutes later it is another look");
        let id: Id = document.rsplit('/').next().unwrap().parse().unwrap();
        assert!(lines.iter().all(|(_, record)| *record == Some(id)), "{lines:?}");
        // What tells of a place tells of nobody.
        let station = vec![
            ("subject_kind", "station".to_owned()),
            ("subject_id", station::id(1, 0).to_string()),
            ("kind", "certificate".into()),
            ("title", "场地照片".into()),
        ];
        assert_eq!(who.send(&station, Some(("a.png", PNG))).status, 303);
        let page = who.good(&format!("/documents/of/station/{}", station::id(1, 0)));
        let of = page.split("href=\"/documents/").skip(1).map(|rest| &rest[..36]);
        let place = of.filter(|id| id.parse::<Id>().is_ok()).last().unwrap();
        assert_eq!(who.client.get(&format!("/documents/{place}/file")).status, 200);
        assert_eq!(opened(&fresh.database).len(), 3);
    });
}
