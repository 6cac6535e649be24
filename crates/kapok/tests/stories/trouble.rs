//! Bad input: each refusal names what, where and the remedy, with exit code 2, and nothing already there is lost.

use std::path::Path;
use std::process::Command;

use super::{copy, dir, finished, kapok, no_mounts, run};

#[test]
fn wrong_arguments() {
    run(&[]).refused(&["要做什么"]);
    run(&["indicatrs"]).refused(&["indicatrs", "indicators"]);
    run(&["indicators", "--dir", dir()]).refused(&["缺少", "--station"]);
    run(&["indicators", "--dir", dir(), "--station", "nowhere"]).refused(&["nowhere", "changgang"]);
    run(&["indicators", "--dir", dir(), "--station", "changgang", "--as-of", "2024-13-01"])
        .refused(&["2024-13-01", "2024-12-31"]);
    run(&["indicators", "--dir", dir(), "--station", "changgang", "--as-of", "2019-01-01"])
        .refused(&["2024-06-21"]);
    run(&["figure", "--dir", dir(), "--station", "changgang", "home_visit"])
        .refused(&["home_visit", "home_visits"]);
    run(&["figure", "--dir", dir(), "--station", "changgang", "home_visits", "--by", "street"])
        .refused(&["street", "area"]);
    run(&["result", "--dir", dir(), "--round", "x"]).refused(&["x", "changgang-2024-mid"]);
    run(&[
        "report",
        "--dir",
        dir(),
        "--round",
        "changgang-2024-mid",
        "--out",
        "/tmp/never",
        "--formats",
        "odt",
    ])
    .refused(&["odt", "pdf"]);
    run(&["verify", "/nowhere/manifest.json"]).refused(&["/nowhere/manifest.json", "没有这个文件"]);
    run(&["serve", "--dir", dir(), "--listen", "0.0.0.0:8080"]).refused(&[
        "0.0.0.0:8080",
        "127.0.0.1",
        "--tls self",
    ]);
    assert_eq!(run(&["--help"]).code, 0);
    assert!(run(&["figure", "--help"]).out.contains("例子"));
}

#[test]
fn no_database_and_no_key() {
    let empty = tempfile::tempdir().unwrap();
    let path = empty.path().to_str().unwrap();
    run(&["indicators", "--dir", path, "--station", "changgang"]).refused(&[path, "没有数据库"]);
    assert_eq!(std::fs::read_dir(path).unwrap().count(), 0, "a refusal left files");
    let (_folder, dir) = copy();
    std::fs::rename(format!("{dir}/kapok.key"), format!("{dir}/elsewhere.key")).unwrap();
    run(&["indicators", "--dir", &dir, "--station", "changgang"]).refused(&["kapok.key", "找不到密钥"]);
    assert!(!Path::new(&format!("{dir}/kapok.key")).exists(), "a new key was made for an old database");
    std::fs::write(format!("{dir}/kapok.key"), "0".repeat(64)).unwrap();
    run(&["indicators", "--dir", &dir, "--station", "changgang"]).refused(&["密钥不是这个数据库的"]);
    std::fs::rename(format!("{dir}/elsewhere.key"), format!("{dir}/kapok.key")).unwrap();
    assert_eq!(run(&["indicators", "--dir", &dir, "--station", "changgang"]).code, 0);
}

#[test]
fn bad_rules_and_schemes() {
    let (_folder, dir) = copy();
    let check = |file: &str, from: &str, to: &str, words: &[&str]| {
        let path = format!("{dir}/schemes/{file}");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} lacks {from}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        run(&["result", "--dir", &dir, "--round", "changgang-2024-mid"]).refused(&[&[file], words].concat());
        std::fs::write(&path, text).unwrap();
    };
    check(
        "guangzhou-rules.toml",
        "record = \"visit\"",
        "record = \"visits\"",
        &["第 7 行", "visits", "visit"],
    );
    check("guangzhou-rules.toml", "kind = \"phone\"", "kind = \"telephone\"", &["telephone", "home、phone"]);
    check("guangzhou-2024.toml", "weight = 55", "weight = 54", &["100"]);
    check("guangzhou-2024.toml", "code = \"third_party\"", "code = third_party", &["第"]);
    assert_eq!(run(&["result", "--dir", &dir, "--round", "changgang-2024-mid"]).code, 0);
}

#[test]
fn a_database_of_a_newer_version() {
    let (_folder, dir) = copy();
    let keys = db::Keys::from_file(Path::new(&format!("{dir}/kapok.key")), false).unwrap();
    let database =
        db::Database::open(&db::Place::File(format!("{dir}/kapok.db").into()), keys, kernel::Clock::System);
    db::testing::pretend_newer(&database.unwrap());
    run(&["indicators", "--dir", &dir, "--station", "changgang"]).refused(&["较新版本", "请升级"]);
}

#[test]
fn a_missing_font_is_named() {
    let empty = tempfile::tempdir().unwrap();
    let out = empty.path().join("out");
    let arguments =
        ["report", "--dir", dir(), "--round", "changgang-2024-mid", "--out", out.to_str().unwrap()];
    let fonts = empty.path().join("fonts");
    std::fs::create_dir(&fonts).unwrap();
    let refused = finished(kapok().args(arguments).env("KAPOK_FONTS", &fonts).output());
    refused.refused(&["fonts-noto-cjk", "Noto Serif CJK SC", fonts.to_str().unwrap()]);
    assert!(!out.exists(), "half a report was written");
}

/// As another user than the folder's owner: root would be let through.
fn as_nobody(arguments: &[&str]) -> Command {
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=65534", "--regid=65534", "--clear-groups", env!("CARGO_BIN_EXE_kapok")])
        .args(arguments);
    command
}

#[test]
fn a_folder_one_may_not_write() {
    let folder = tempfile::tempdir().unwrap();
    let locked = folder.path().join("locked");
    std::fs::create_dir(&locked).unwrap();
    let mode = |mode| std::os::unix::fs::PermissionsExt::from_mode(mode);
    std::fs::set_permissions(folder.path(), mode(0o755)).unwrap();
    std::fs::set_permissions(&locked, mode(0o555)).unwrap();
    let path = locked.join("demo");
    let arguments = ["demo", "--dir", path.to_str().unwrap()];
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let output = if is_root { as_nobody(&arguments).output() } else { kapok().args(arguments).output() };
    finished(output).refused(&[path.to_str().unwrap(), "没有权限"]);
}

/// A file system of two megabytes, where the sandbox lets one be mounted.
#[test]
fn a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let small = folder.path().join("small");
    std::fs::create_dir(&small).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=2m tmpfs {small} && {kapok} demo --dir {small}/demo; code=$?; ls {small}/demo/report 2>/dev/null; exit $code",
        small = small.display(),
        kapok = env!("CARGO_BIN_EXE_kapok"),
    );
    let run =
        finished(Command::new("unshare").args(["--mount", "--map-root-user", "sh", "-c", &script]).output());
    if no_mounts(&run) {
        return;
    }
    run.refused(&["磁盘已满"]);
    assert!(run.out.is_empty(), "half a report was left: {}", run.out);
}

/// A folder without the key, as on a new machine: no key is made for a database that has one.
#[test]
fn a_server_of_another_key_gets_no_new_one() {
    let url = db::testing::postgres_address("other_key");
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let at = |folder: &tempfile::TempDir| folder.path().to_str().unwrap().to_owned();
    drop(super::server::Server::start(&at(&first), &["--database-url", &url]));
    assert!(first.path().join("kapok.key").exists(), "a fresh database gets its key");
    let started = run(&["serve", "--dir", &at(&second), "--database-url", &url, "--listen", "127.0.0.1:0"]);
    started.refused(&["找不到密钥文件", "kapok.key", "放回此处"]);
    assert!(!second.path().join("kapok.key").exists(), "a new key was made for an old database");
    let away = "postgres://kapok@127.0.0.1:1/none";
    run(&["serve", "--dir", &at(&second), "--database-url", away, "--listen", "127.0.0.1:0"])
        .refused(&["打不开数据库"]);
    assert!(!second.path().join("kapok.key").exists(), "a key was made for a database that nobody reached");
    // With the key it starts, and makes no second pair of administrators.
    std::fs::copy(first.path().join("kapok.key"), second.path().join("kapok.key")).unwrap();
    let again = super::server::Server::start(&at(&second), &["--database-url", &url]);
    assert!(!again.said.contains("invitation"), "{}", again.said);
}
