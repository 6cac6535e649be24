//! `kapok audit verify` on a database that somebody wrote to past the program: with a file kept elsewhere, and without.

use db::diesel::{RunQueryDsl as _, sql_query};
use db::{DbError, WHOLE};
use kernel::{Actor, Id};
use serde_json::Value;

use super::{copy, opened, run};

/// Past the program: no line is left.
fn tamper(dir: &str, statements: &[String]) {
    let database = opened(dir);
    let done: Result<(), DbError> = database.write(&Actor::Console, |tx| {
        for statement in statements {
            sql_query(statement.as_str()).execute(tx.conn())?;
        }
        Ok(())
    });
    done.unwrap();
}

/// The station's chain and its last line.
fn end(dir: &str) -> (Id, i64) {
    let heads = opened(dir).read(|tx| tx.audit_heads()).unwrap();
    let station = heads.iter().filter(|head| head.chain != WHOLE).max_by_key(|head| head.seq).unwrap();
    (station.chain, station.seq)
}

/// What verifying says with these options: the exit code, and the text.
fn said(dir: &str, more: &[&str]) -> (i32, String) {
    let run = run(&[&["audit", "verify", "--dir", dir], more].concat());
    assert!(run.code < 2, "{}", run.err);
    (run.code, run.out)
}

fn cut(chain: Id, to: i64) -> Vec<String> {
    let of = format!("WHERE station_id = '{chain}'");
    vec![
        format!("DELETE FROM audit_log {of} AND seq > {to}"),
        format!(
            "UPDATE audit_heads SET seq = {to}, mac = (SELECT mac FROM audit_log {of} AND seq = {to}) {of}"
        ),
    ]
}

#[test]
fn a_cut_tail_is_found_by_itself_and_named_against_a_file() {
    let (folder, dir) = copy();
    let heads = folder.path().join("heads.json").to_str().unwrap().to_owned();
    let backup = folder.path().join("one.kapok").to_str().unwrap().to_owned();
    let written = run(&["audit", "heads", "--dir", &dir]);
    assert_eq!(written.code, 0, "{}", written.err);
    std::fs::write(&heads, &written.out).unwrap();
    assert_eq!(run(&["backup", &backup, "--dir", &dir]).code, 0);
    for against in [&[][..], &["--against", &heads], &["--against", &backup]] {
        let (code, text) = said(&dir, against);
        assert_eq!((code, text.contains("全部相符")), (0, true), "{text}");
    }
    let (chain, last) = end(&dir);
    tamper(&dir, &cut(chain, last - 3));
    let (code, alone) = said(&dir, &[]);
    assert_eq!(code, 1);
    assert!(alone.contains(chain.as_str()) && alone.contains("末尾被截去过"), "{alone}");
    for file in [&heads, &backup] {
        let (code, text) = said(&dir, &["--against", file]);
        assert_eq!(code, 1);
        let lines = format!("站点 {chain} 的审计链末尾被截去，缺第 {}–{last} 行", last - 2);
        assert!(text.contains(&lines) && text.contains(file), "{text}\nlacks {lines}");
    }
    let json = run(&["audit", "verify", "--dir", &dir, "--against", &heads, "--format", "json"]).json();
    assert_eq!(json["faults"][0]["kind"], "cut_off");
    assert_eq!(json["faults"][0]["ranges"], serde_json::json!([[last - 2, last]]));
    run(&["audit", "verify", "--dir", &dir, "--against", "/nowhere"]).refused(&["/nowhere", "读不了"]);
    let report = format!("{dir}/report/manifest.json");
    run(&["audit", "verify", "--dir", &dir, "--against", &report]).refused(&["没有审计链的链尾"]);
}

#[test]
fn a_chain_deleted_altogether_is_found() {
    let (folder, dir) = copy();
    let heads = folder.path().join("heads.json").to_str().unwrap().to_owned();
    std::fs::write(&heads, run(&["audit", "heads", "--dir", &dir]).out).unwrap();
    let (chain, last) = end(&dir);
    let gone =
        ["audit_log", "audit_heads"].map(|table| format!("DELETE FROM {table} WHERE station_id = '{chain}'"));
    tamper(&dir, &gone);
    let (code, text) = said(&dir, &[]);
    assert_eq!(code, 1);
    assert!(text.contains(&format!("站点 {chain} 的审计链整条被删去")), "{text}");
    let (code, text) = said(&dir, &["--against", &heads]);
    assert_eq!(code, 1);
    assert!(text.contains(&format!("整条被删去，缺第 1–{last} 行")), "{text}");
    assert!(text.contains("有 1 处不符"), "told once: {text}");
}

#[test]
fn altered_lines_are_named_one_by_one() {
    let (_folder, dir) = copy();
    let (chain, _) = end(&dir);
    let alter = |seq: i64| {
        format!("UPDATE audit_log SET actor = 'nobody' WHERE station_id = '{chain}' AND seq = {seq}")
    };
    tamper(&dir, &[alter(2), alter(4), alter(5)]);
    let (code, text) = said(&dir, &[]);
    assert_eq!(code, 1);
    assert!(text.contains("第 2、4–5 行被改动过"), "{text}");
    let json: Value = run(&["audit", "verify", "--dir", &dir, "--format", "json"]).json();
    assert_eq!(json["faults"][0]["ranges"], serde_json::json!([[2, 2], [4, 5]]));
    assert_eq!((&json["faults"][0]["seq"], &json["faults"][0]["lines"]), (&2.into(), &3.into()));
}
