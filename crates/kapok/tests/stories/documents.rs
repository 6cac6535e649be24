//! A file attached in the site goes along with a backup, comes back, opens after the key was changed, and is missed
//! when it is gone.

use std::path::{Path, PathBuf};

use super::server::{Browser, Server};
use super::{copy, run};

const TEXT: &str = "示例街低保批复，2024 年第 7 号";

/// The only file in a folder of sealed files.
fn only_file(folder: &str) -> PathBuf {
    let inside = |path: &Path| std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    let first: Vec<PathBuf> = inside(Path::new(folder));
    let files: Vec<PathBuf> = first.iter().flat_map(|path| inside(path)).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}

/// What stands between two texts.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split(before)
        .nth(1)
        .unwrap_or_else(|| panic!("{before} is not in {text}"))
        .split(after)
        .next()
        .unwrap()
}

fn manager(server: &Server) -> Browser {
    let browser = Browser::new(&[]);
    browser.sign_in(&server.url, "station_manager", "sample-passphrase-03", None);
    browser
}

/// Attaches a text to the first household there is, and gives the address of its file.
fn attach(server: &Server, folder: &Path) -> String {
    let browser = manager(server);
    let at = |path: &str| format!("{}{path}", server.url);
    let list = browser.ask(&at("/clients"), &[]).text;
    let household = between(between(&list, "<tbody", "</tbody>"), "href=\"/clients/", "\"").to_owned();
    let form = browser.ask(&at(&format!("/documents/new?kind=household&id={household}")), &[]).text;
    let hidden = |name: &str| between(&form, &format!("name=\"{name}\" value=\""), "\"").to_owned();
    let path = folder.join("批复.txt");
    std::fs::write(&path, TEXT).unwrap();
    let sent = browser.upload(
        &at("/documents/new"),
        &[
            ("_token", &hidden("_token")),
            ("_key", &hidden("_key")),
            ("subject_kind", "household"),
            ("subject_id", &household),
            ("kind", "certificate"),
            ("file", &format!("@{}", path.display())),
        ],
    );
    assert_eq!((sent.status, sent.location()), (303, format!("/clients/{household}#documents").as_str()));
    let page = browser.ask(&at(&format!("/clients/{household}")), &[]).text;
    format!("/documents/{}/file", between(&page, "<b><a href=\"/documents/", "\""))
}

#[test]
fn a_file_outlives_a_backup_and_another_key_and_is_missed_when_gone() {
    let (folder, dir) = copy();
    let server = Server::start(&dir, &[]);
    let file = attach(&server, folder.path());
    drop(server);
    let verified = run(&["documents", "verify", "--dir", &dir]);
    assert_eq!(
        (verified.code, verified.out.contains("全部相符")),
        (0, true),
        "{}{}",
        verified.out,
        verified.err
    );
    let kept = only_file(&format!("{dir}/files"));
    assert!(!String::from_utf8_lossy(&std::fs::read(&kept).unwrap()).contains("低保"), "it is sealed");

    let (backup, to) = (format!("{dir}/../one.kapok"), format!("{dir}/../restored"));
    let made = run(&["backup", &backup, "--dir", &dir]);
    assert_eq!((made.code, made.out.contains("1 份上传的文件")), (0, true), "{}{}", made.out, made.err);
    let elsewhere = format!("{dir}/../elsewhere");
    let key = format!("{dir}/kapok.key");
    let place = ["--dir", &to, "--key", &key, "--files", &elsewhere];
    let restored = run(&[&["restore", &backup][..], &place].concat());
    assert_eq!(restored.code, 0, "{}{}", restored.out, restored.err);
    only_file(&elsewhere);
    assert_eq!(run(&[&["documents", "verify"][..], &place].concat()).code, 0);

    assert_eq!(run(&["key", "rotate", "--dir", &dir]).code, 0);
    let server = Server::start(&dir, &[]);
    let browser = manager(&server);
    let shown = browser.ask(&format!("{}{file}", server.url), &[]);
    assert!(shown.status == 200 && shown.text.ends_with(TEXT), "{}", shown.text);

    std::fs::remove_file(&kept).unwrap();
    let missed = run(&["documents", "verify", "--dir", &dir, "--format", "json"]);
    assert_eq!(missed.code, 1);
    let faults = &missed.json()["faults"];
    assert_eq!(
        (faults[0]["kind"].as_str(), faults[0]["title"].as_str()),
        (Some("content_missing"), Some("批复"))
    );
    let without = run(&["backup", &format!("{dir}/../two.kapok"), "--dir", &dir]);
    assert_eq!((without.code, without.out.contains("备份里缺 1 份上传的文件")), (1, true), "{}", without.out);
}
