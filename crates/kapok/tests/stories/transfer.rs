//! A station as a folder of workbooks: out of one database, into an empty one of the other engine, and the same figures.

use super::{copy, dir, opened, run};

/// One of each way of counting: records, sums, distinct people, halves, money, ratios, shares of others.
const RULES: [&str; 10] = [
    "phone_visits",
    "home_visits",
    "group_attendances",
    "large_activity_attendances",
    "volunteer_backbones",
    "contract.funding_yuan",
    "station.years_operated",
    "registry.coverage_percent",
    "staff.retention_percent",
    "outcome.inbound_answer_percent",
];

#[test]
fn a_station_goes_to_the_other_engine_with_the_same_digests() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let out = out.to_str().unwrap();
    let (_from, from) = copy();
    let whole = ["--unmask", "--reason", "迁到新服务器"];
    let asked = ["export", "--dir", &from, "--station", "changgang", "--out", out];
    let taken = run(&[&asked[..], &whole].concat());
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert!(taken.out.contains("visit.xlsx  9591 条"), "{}", taken.out);
    run(&[&asked[..], &whole].concat()).refused(&["文件夹里已有文件"]);
    assert_eq!(exports(&from), [Some("迁到新服务器".to_owned())], "one line, with its reason");

    let fresh = db::testing::postgres_address("transfer");
    let other = folder.path().join("other");
    let at = ["--database-url", fresh.as_str(), "--dir", other.to_str().unwrap()];
    let brought = run(&[&["import", out], &at[..]].concat());
    assert_eq!(brought.code, 0, "{}", brought.err);
    for rule in RULES {
        let figure = |place: &[&str]| {
            let asked =
                ["figure", "--station", "changgang", rule, "--as-of", "2024-12-31", "--format", "json"];
            run(&[&asked, place].concat()).json()
        };
        assert_eq!(figure(&at), figure(&["--dir", dir()]), "{rule}");
    }
    let indicators = |place: &[&str]| {
        let asked = ["indicators", "--station", "changgang", "--as-of", "2024-12-31", "--format", "json"];
        run(&[&asked, place].concat()).json()
    };
    assert_eq!(indicators(&at), indicators(&["--dir", dir()]));

    // A second time nothing is written twice, and nothing half: the station is there already.
    run(&[&["import", out], &at[..]].concat()).refused(&[]);
    assert_eq!(indicators(&at), indicators(&["--dir", dir()]));
    let (_copy, there) = copy();
    run(&["import", there.as_str(), "--dir", &there]).refused(&["没有可以导入的表格"]);
}

/// The reasons of the lines that exports of the whole station left; none for one with masked numbers.
fn exports(dir: &str) -> Vec<Option<String>> {
    let database = opened(dir);
    let query =
        db::AuditQuery { verb: Some("transfer.export_whole".into()), limit: 9, ..db::AuditQuery::default() };
    let (lines, _) = database.read(|tx| tx.audit_search(&query)).unwrap();
    lines.into_iter().map(|entry| entry.line.reason).collect()
}

#[test]
fn numbers_are_masked_unless_somebody_says_why() {
    let (folder, dir) = copy();
    let out = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let export = |to: &str, more: &[&str]| {
        run(&[&["export", "--dir", &dir, "--station", "changgang", "--out", to], more].concat())
    };
    export(&out("a"), &["--unmask"]).refused(&["--reason"]);
    export(&out("a"), &["--reason", "试"]).refused(&["--unmask"]);
    export(&out("a"), &["--unmask", "--reason", " "]).refused(&["理由"]);
    assert_eq!(exports(&dir), Vec::<Option<String>>::new());

    let (masked, whole) = (out("masked"), out("whole"));
    let said = export(&masked, &[]);
    assert!(said.out.contains("已遮盖") && said.out.contains("--unmask"), "{}", said.out);
    assert_eq!(export(&whole, &["--unmask", "--reason", "迁移"]).code, 0);
    assert_eq!(exports(&dir), [Some("迁移".to_owned()), None]);
    let (shown, clear) = (personal(&masked), personal(&whole));
    assert!(clear.len() > 1000, "{} numbers in clear", clear.len());
    assert_eq!(shown, Vec::<String>::new(), "the default shows numbers whole");
    assert!(cells(&masked, "person").iter().any(|cell| cell.contains("****")));

    let other = out("other");
    run(&["import", &masked, "--dir", &other]).refused(&["遮盖", "--unmask", "什么都没有写入"]);
    assert_eq!(run(&["import", &whole, "--dir", &out("another")]).code, 0);
}

/// Every cell of a kind's workbook as text.
fn cells(folder: &str, kind: &str) -> Vec<String> {
    use calamine::Reader as _;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(format!("{folder}/{kind}.xlsx")).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().flatten().map(ToString::to_string).collect()
}

/// Identity numbers and mobile numbers that stand whole in a cell of any file.
fn personal(folder: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let kinds = files.map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
    let all = kinds.flat_map(|kind| cells(folder, &kind));
    let runs = all.flat_map(|cell| {
        let runs = cell.split(|sign: char| !sign.is_ascii_alphanumeric());
        runs.map(str::to_owned).collect::<Vec<_>>()
    });
    let digits = |run: &str| run.bytes().all(|byte| byte.is_ascii_digit());
    runs.filter(|run| {
        (run.len() == 11 && run.starts_with('1') && digits(run)) || (run.len() == 18 && digits(&run[..17]))
    })
    .collect()
}
