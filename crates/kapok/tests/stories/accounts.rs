//! Accounts, routes and the audit log from the command line.

use serde_json::{Value, json};

use super::server::{Browser, Server};
use super::{copy, dir, run};

fn list(dir: &str) -> Vec<Value> {
    run(&["user", "list", "--dir", dir, "--format", "json"]).json().as_array().unwrap().clone()
}

#[test]
fn the_sample_names_its_accounts() {
    let again = run(&["demo", "--dir", dir()]);
    for part in ["supervision_centre", "sample-passphrase-13", "第二道验证的密钥", "只在示例数据库里有"]
    {
        assert!(again.out.contains(part), "{part}: {}", again.out);
    }
    assert_eq!(again.out.matches("sample-passphrase-").count(), 13);
    assert_eq!(list(dir()).len(), 13);
}

/// A sample from before there were accounts gets them when the demo is run again; one's own stay.
#[test]
fn an_older_sample_gets_its_accounts() {
    let (_folder, dir) = copy();
    let keys = db::Keys::from_file(std::path::Path::new(&format!("{dir}/kapok.key")), false).unwrap();
    let place = db::Place::File(format!("{dir}/kapok.db").into());
    let database = db::Database::open(&place, keys, kernel::Clock::System).unwrap();
    let emptied: Result<(), db::DbError> = database.write(&kernel::Actor::Console, |tx| {
        for table in ["grants", "users"] {
            use db::diesel::RunQueryDsl as _;
            db::diesel::sql_query(format!("DELETE FROM {table}")).execute(tx.conn())?;
        }
        Ok(())
    });
    emptied.unwrap();
    drop(database);
    assert_eq!(list(&dir), Vec::<Value>::new());
    let own =
        ["user", "add", "own", "--display-name", "示例甲", "--role", "city", "--scope", "city", "--dir"];
    assert_eq!(run(&[&own[..], &[&dir]].concat()).code, 0);
    assert_eq!(run(&["demo", "--dir", &dir]).code, 0);
    assert_eq!(list(&dir).len(), 14);
}

#[test]
fn an_account_is_added_and_used() {
    let (_folder, dir) = copy();
    let added = run(&[
        "user",
        "add",
        "Jia",
        "--display-name",
        "示例甲",
        "--role",
        "worker",
        "--scope",
        "community:changgang/xiaoxi",
        "--from",
        "2024-06-21",
        "--to",
        "2099-01-01",
        "--site",
        "https://kapok.example:8443/",
        "--dir",
        &dir,
    ]);
    assert_eq!(added.code, 0, "{}", added.err);
    let token = added.out.split("https://kapok.example:8443/invitation/").nth(1).unwrap().trim().to_owned();
    let entry = list(&dir).into_iter().find(|user| user["name"] == "jia").unwrap();
    let grant = json!({
        "role": "worker", "reach": "community", "place": "昌岗街社工服务站 晓西社区",
        "from": "2024-06-21", "to": "2099-01-01", "holds": true,
    });
    assert_eq!((&entry["state"], &entry["grants"]), (&json!("invited"), &json!([grant])));
    let server = Server::start(&dir, &[]);
    let sentence = "another sentence nobody guesses";
    let (browser, link) = (Browser::new(&[]), format!("{}/invitation/{token}", server.url));
    assert_eq!(browser.ask(&link, &[("password", sentence), ("again", sentence)]).status, 303);
    browser.sign_in(&server.url, "jia", sentence, None);
    assert_eq!(browser.ask(&format!("{}/indicators", server.url), &[]).status, 200);
    assert_eq!(browser.ask(&format!("{}/access", server.url), &[]).status, 403);
    let invited = run(&["user", "invite", "jia", "--dir", &dir]);
    let fresh =
        invited.out.split("/invitation/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    assert_ne!(fresh, token);
    assert_eq!(browser.ask(&format!("{}/invitation/{fresh}", server.url), &[]).status, 200);
}

#[test]
fn accounts_that_cannot_be_added() {
    let (_folder, dir) = copy();
    let add = |name: &str, role: &str, scope: &str, more: &[&str]| {
        let start = ["user", "add", name, "--display-name", "示例甲", "--role", role, "--scope", scope];
        run(&[&start[..], more, &["--dir", &dir]].concat())
    };
    add("甲", "worker", "city", &[]).refused(&["甲", "不能用", "zhang.san"]);
    add("worker", "worker", "city", &[]).refused(&["worker", "已经有人用"]);
    add("jia", "boss", "city", &[]).refused(&["boss", "worker 社工"]);
    add("jia", "worker", "town:x", &[]).refused(&["town:x", "community:站代码/社区代码"]);
    add("jia", "worker", "area:changgang", &[]).refused(&["area:changgang", "area:站代码/片区代码"]);
    add("jia", "worker", "station:nowhere", &[]).refused(&["nowhere", "changgang"]);
    add("jia", "worker", "area:changgang/x", &[]).refused(&["“x”", "xiaogang 晓港片区"]);
    add("jia", "worker", "community:changgang/x", &[]).refused(&["“x”", "qinghui"]);
    add("jia", "worker", "district:天河区", &[]).refused(&["天河区", "district:海珠区"]);
    add("jia", "worker", "street:海珠区/x", &[]).refused(&["海珠区/x", "street:海珠区/昌岗街"]);
    add("jia", "worker", "city", &["--from", "2024-02-01", "--to", "2024-02-01"]).refused(&["--to", "之后"]);
    run(&["user", "invite", "nobody", "--dir", &dir]).refused(&["nobody", "station_manager"]);
    run(&["user"]).refused(&["kapok user", "add、invite、list"]);
    assert_eq!(list(&dir).len(), 13, "a refusal left an account");
}

#[test]
fn routes_say_what_they_need() {
    let routes = run(&["routes", "--format", "json"]).json();
    let routes = routes.as_array().unwrap();
    let one = |method: &str, path: &str| {
        let found = routes.iter().find(|route| route["method"] == method && route["path"] == path);
        found.unwrap_or_else(|| panic!("{method} {path}")).clone()
    };
    assert_eq!(
        one("GET", "/access"),
        json!({"method": "GET", "path": "/access", "needs": "access.read", "writes": false, "audits": false, "public": false})
    );
    // Readings that leave a line: what is taken away, and what is opened that tells of people.
    for path in ["/transfer/{kind}/export", "/documents/{document}/file"] {
        let route = one("GET", path);
        assert_eq!((&route["writes"], &route["audits"]), (&json!(false), &json!(true)), "{path}");
    }
    assert!(run(&["routes"]).out.contains("只留审计"));
    assert_eq!(one("GET", "/assets/{file}")["public"], json!(true));
    assert_eq!(one("POST", "/sign-in")["public"], json!(true));
    assert_eq!(one("POST", "/sign-out")["writes"], json!(true));
    for route in routes.iter().filter(|route| route["public"] == true) {
        let path = route["path"].as_str().unwrap();
        let app = [
            "/app/",
            "/app/worker.js",
            "/app/manifest.webmanifest",
            "/api/v1/openapi.json",
            "/api/v1/quarantine",
            "/reports/seals/{seal}",
            "/assets/{file}",
        ];
        let entrance = path.starts_with("/sign-in") || path.starts_with("/invitation/");
        assert!(entrance || app.contains(&path), "{path} is public");
    }
    assert!(run(&["routes"]).out.contains("不用登录"));
}

#[test]
fn a_touched_audit_log_does_not_verify() {
    let (_folder, dir) = copy();
    let verify = || run(&["audit", "verify", "--dir", &dir, "--format", "json"]);
    let before = verify();
    assert_eq!((before.code, &before.json()["faults"]), (0, &json!([])));
    assert_eq!(before.json()["chains"], json!(2));
    let keys = db::Keys::from_file(std::path::Path::new(&format!("{dir}/kapok.key")), false).unwrap();
    let place = db::Place::File(format!("{dir}/kapok.db").into());
    let database = db::Database::open(&place, keys, kernel::Clock::System).unwrap();
    let touched: Result<(), db::DbError> = database.write(&kernel::Actor::Console, |tx| {
        use db::diesel::RunQueryDsl as _;
        let sql = "UPDATE audit_log SET verb = 'visits.record' WHERE verb = 'access.users' AND seq = 1";
        assert_eq!(db::diesel::sql_query(sql).execute(tx.conn())?, 1);
        Ok(())
    });
    touched.unwrap();
    let after = verify();
    assert_eq!((after.code, &after.json()["faults"][0]["kind"]), (1, &json!("altered")));
    let text = run(&["audit", "verify", "--dir", &dir]);
    assert!(text.out.contains("审计链第 1 行被改动过") && text.out.contains("有 1 处不符"), "{}", text.out);
}
