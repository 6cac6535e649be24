//! Workbooks through the router, on both databases: a long file with faults of every kind is read on trial, shown,
//! brought in, sent again, and undone.

use axum::http::{Method, StatusCode};
use db::testing::{Fresh, each, postgres, sqlite};
use kernel::Id;
use paper::grid::{Cell, Column, Grid, Sheet, Value, render};
use rules::book;
use web::testing::Answer;

use crate::access::Role;
use crate::access::testing::in_station;
use crate::clients::tests::{NOW, NUMBER, Somebody, ground, id, made, manager, somebody};

fn send(who: &Somebody, kind: &str, key: &str, name: &str, content: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (field, value) in [("_token", who.token.as_str()), ("_key", &format!("{key:0>20}"))] {
        let part = format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    body.extend(head.into_bytes());
    body.extend(content);
    body.extend(b"\r\n--x--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=x"), ("origin", "http://127.0.0.1:8080")];
    who.client.send(Method::POST, &format!("/transfer/{kind}"), &headers, body)
}

#[test]
fn what_people_send_is_read() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let rows = [
            "2024年下半年活动登记表,,,,,,",
            "",
            "活动名称 *,规模,举办日期,地点,状态,参加人次,社区（必填）",
            "重阳敬老,大型,2024.10.11,示例广场,已举办,１６２,示例东",
            "",
            "中秋游园,中小型,2024年9月17日,示例广场,已举办,26人,示例西",
            "坏的一行,特大,昨天,示例广场,已举办,很多,没有的社区",
        ];
        let answer = send(&who, "activity", "1", "活动.csv", rows.join("\n").as_bytes());
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let page = who.good(answer.header("location"));
        for part in ["3 行", "2 条", "第 7 行", "特大", "大型、中小型、常态化", "没有的社区", "年-月-日"]
        {
            assert!(page.contains(part), "no {part} in {page}");
        }
        let apply = format!("{}/apply", answer.header("location"));
        let refused = who.post(&apply, "2", &[("rows", "all")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("没有导入"), "{}", refused.body);
        assert!(who.good("/activities").contains("还没有记录"), "half written");
        let done = who.post(&apply, "3", &[("rows", "good")]);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let list = who.good("/activities");
        assert!(list.contains("重阳敬老") && list.contains("162") && !list.contains("坏的一行"), "{list}");
        let twice = who.post(&apply, "4", &[("rows", "good")]);
        assert_eq!(twice.status, StatusCode::CONFLICT, "the same import a second time");
    });
}

#[test]
fn a_file_that_is_no_workbook_is_refused() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        for (content, said) in [
            ("", "空的"),
            ("<html>", "网页"),
            ("甲,乙\n1,2\n", "没有找到表头"),
            ("活动名称,规模\n甲,大型\n", "缺少必填的列"),
        ] {
            let answer = send(&who, "activity", "1", "a.csv", content.as_bytes());
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{content}");
            assert!(answer.body.contains(said), "{content}: {}", answer.body);
        }
        assert_eq!(send(&who, "household", "1", "a.csv", b"a").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn nobody_brings_in_or_takes_out_what_is_not_theirs() {
    each(NOW, |fresh| {
        ground(fresh);
        let (who, other) = (manager(fresh, 1), manager(fresh, 2));
        let rows = "活动名称,规模,举办日期,地点,状态,参加人次,点算依据,社区\n重阳敬老,大型,2024-10-11,广场,已举办,162,签到表,示例东\n";
        let answer = send(&who, "activity", "1", "a.csv", rows.as_bytes());
        let import = answer.header("location").to_owned();
        assert_eq!(other.client.get(&import).status, StatusCode::NOT_FOUND, "somebody else's import");
        who.post(&format!("{import}/apply"), "2", &[]);
        let taken = |who: &Somebody| {
            let bytes = who.client.ask(Method::GET, "/transfer/activity/export", &[]);
            assert_eq!(bytes.status, StatusCode::OK);
            bytes.bytes.clone()
        };
        let text = |bytes: &[u8]| {
            let (sheets, _) = book::sheets(bytes, "a.xlsx").unwrap();
            sheets[0].rows.iter().flatten().map(book::Cell::text).collect::<Vec<_>>().join(" ")
        };
        let (mine, theirs) = (taken(&who), taken(&other));
        assert!(text(&mine).contains("重阳敬老") && !text(&theirs).contains("重阳敬老"));
        // What was taken out comes back and changes nothing; from another station it may not come back at all.
        let answer = send(&who, "activity", "3", "a.xlsx", &mine);
        let page = who.good(answer.header("location"));
        assert!(page.contains("<dt>和已有的相同</dt><dd>1 条"), "{page}");
        let answer = send(&other, "activity", "4", "a.xlsx", &mine);
        let page = other.good(answer.header("location"));
        assert!(page.contains("没有您可以改的这条记录"), "{page}");
        let bureau = somebody(fresh, "bureau", &[in_station(Role::DistrictBureau, id(1))]);
        assert_eq!(bureau.client.get("/transfer/activity").status, StatusCode::FORBIDDEN);
        assert_eq!(bureau.client.get("/transfer/visit/export").status, StatusCode::NOT_FOUND);
        assert_eq!(bureau.client.get("/transfer/activity/export").status, StatusCode::OK);
    });
}

/// Twenty-five ways of being wrong: which column, and what stands in it.
fn faults(strange: Id, withdrawn: Id) -> Vec<(usize, String)> {
    let long = "长".repeat(4_001);
    let cases: [(usize, &str); 25] = [
        (0, ""),
        (0, "查无此人"),
        (0, "单示例"),
        (0, "示例东-9999"),
        (1, ""),
        (1, "视频"),
        (1, "home visit"),
        (2, ""),
        (2, "2024-02-30"),
        (2, "上周三"),
        (2, "2024-06"),
        (2, "24-6-21"),
        (2, "2024-13-01"),
        (3, ""),
        (3, "-5"),
        (3, "半小时"),
        (3, "601"),
        (3, "30.5"),
        (4, &long),
        (5, &long),
        (6, &long),
        (7, &long),
        (8, "也许"),
        (9, "不是编号"),
        (9, strange.as_str()),
    ];
    let mut all: Vec<(usize, String)> = cases.iter().map(|(at, text)| (*at, (*text).to_owned())).collect();
    all[24].1 = strange.to_string();
    all[23].1 = withdrawn.to_string();
    all
}

/// The heads of the visits' workbook.
fn visit_heads() -> Vec<&'static str> {
    let sheet = crate::SHEETS.of_kind("visit").unwrap();
    let names = [
        "person_id",
        "kind",
        "visited_on",
        "minutes",
        "physical",
        "psychological",
        "social",
        "follow_up",
        "greeting_only",
    ];
    names.iter().map(|name| sheet.label_of(sheet.column(name).unwrap())).chain(["编号"]).collect()
}

fn visits(fresh: &Fresh, rows: usize) {
    ground(fresh);
    let (who, other) = (manager(fresh, 1), manager(fresh, 2));
    let numbers = [NUMBER, "110105195001010020", "110105195101010028"];
    for (at, number) in numbers.iter().enumerate() {
        made(&who, id(11), &format!("示例东-000{at}"), number);
    }
    made(&other, id(21), "别站-0001", "110105195201010025");
    let visit = |who: &Somebody, person: &str, key: &str| {
        let sent = [("person_id", person), ("kind", "home"), ("visited_on", "2024-07-01"), ("minutes", "30")];
        let answer = who.post("/visits/visits/new", key, &sent);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.header("location").to_owned()
    };
    let id_of = |path: &str| path.rsplit('/').next().unwrap().parse::<Id>().unwrap();
    let strange = id_of(&visit(&other, "别站-0001", "v1"));
    let withdrawn = visit(&who, "单示例 示例东-0001", "v2");
    assert_eq!(
        who.post(&format!("{withdrawn}/withdraw"), "v3", &[("reason", "试")]).status,
        StatusCode::SEE_OTHER
    );
    let faults = faults(strange, id_of(&withdrawn));
    let faulty = rows / 1000 * 15;
    let good = |n: usize| {
        [
            format!("单示例 示例东-000{}", n % 3),
            if n.is_multiple_of(2) { "入户探访" } else { "电话访问" }.to_owned(),
            format!("2024-{:02}-{:02}", 7 + n % 6, 1 + n % 28),
            (10 + n % 50).to_string(),
            format!("血压平稳，第 {n} 次"),
            "情绪平稳".to_owned(),
            "子女每周来".to_owned(),
            String::new(),
            "否".to_owned(),
            String::new(),
        ]
    };
    let workbook = |faulty: usize| {
        let row = |n: usize| {
            let mut row = good(n);
            if n < faulty {
                let (at, text) = &faults[n % faults.len()];
                row[*at].clone_from(text);
            }
            row.map(|text| Cell::from(if text.is_empty() { Value::Empty } else { Value::Text(text) })).into()
        };
        let column = |head: &&str| Column { head: (*head).to_owned(), width: 12.0, ..Column::default() };
        let columns = visit_heads().iter().map(column).collect();
        let sheet = Sheet { name: "探访".into(), columns, rows: (0..rows).map(row).collect() };
        render(&Grid { sheets: vec![sheet] }).unwrap()
    };
    let sent = workbook(faulty);
    let answer = send(&who, "visit", "1", "探访.xlsx", &sent);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let import = answer.header("location").to_owned();
    let page = finished(&who, &import);
    let counted = |page: &str, what: &str, n: usize| {
        assert!(
            page.contains(&format!("<dt>{what}</dt><dd>{n} 条")),
            "{what} {n}: {}",
            page.chars().skip(3000).take(6000).collect::<String>()
        );
    };
    counted(&page, "新记录", rows - faulty);
    assert!(page.contains(&format!("{faulty} 行</span>")), "{faulty} faulty rows");
    assert!(page.len() < 150 << 10, "a page of {} bytes", page.len());
    let marked = who.client.ask(Method::GET, &format!("{import}/marked"), &[]);
    let (sheets, _) = book::sheets(&marked.bytes, "marked.xlsx").unwrap();
    let told = sheets[0].rows.iter().filter(|row| row.len() > 10 && !row[10].is_empty()).count();
    assert_eq!(told, faulty + 1, "each faulty row says what to mend, and the head");
    let done = who.post(&format!("{import}/apply"), "2", &[("rows", "good")]);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    finished(&who, &import);
    assert!(who.good("/visits").contains(&format!("{} 条", rows - faulty)));
    // The whole file, mended: what came in before is not entered twice.
    let answer = send(&who, "visit", "3", "探访.xlsx", &workbook(0));
    let again = answer.header("location").to_owned();
    let page = finished(&who, &again);
    counted(&page, "新记录", faulty);
    counted(&page, "和已有的相同", rows - faulty);
    who.post(&format!("{again}/apply"), "4", &[]);
    finished(&who, &again);
    assert!(who.good("/visits").contains(&format!("{rows} 条")));
    let undone = who.post(&format!("{import}/undo"), "5", &[]);
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    finished(&who, &import);
    assert!(who.good("/visits").contains(&format!("{faulty} 条")), "only what the second file brought");
    counted(&who.good(&import), "撤销", rows - faulty);
}

/// The page of an import once the work on it is done.
fn finished(who: &Somebody, import: &str) -> String {
    loop {
        let page = who.good(import);
        if !page.contains("<progress") {
            return page;
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}

#[test]
fn twenty_thousand_visits_come_in_are_mended_and_undone() {
    // The long one on SQLite; the same with a tenth on PostgreSQL, where it is the round trips that take the time.
    visits(&sqlite(NOW), 20_000);
    visits(&postgres(NOW), 2_000);
}
