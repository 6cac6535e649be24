//! Backup and restore of the sample, and what stands in their way: nothing is half restored.

use std::path::Path;
use std::process::Command;

use super::server::{Browser, Server};
use super::{copy, finished, no_mounts, opened, run};

/// A backup of a copy of the sample, made while its site runs.
struct Kept {
    _folder: tempfile::TempDir,
    dir: String,
    file: String,
    key: String,
}

fn kept() -> Kept {
    let (folder, dir) = copy();
    let file = folder.path().join("one.kapok").to_str().unwrap().to_owned();
    let server = Server::start(&dir, &[]);
    let browser = Browser::new(&[]);
    browser.sign_in(&server.url, "worker", "sample-passphrase-01", None);
    let made = run(&["backup", &file, "--dir", &dir]);
    assert_eq!(made.code, 0, "{}", made.err);
    let key = std::fs::read_to_string(format!("{dir}/kapok.key")).unwrap();
    let fingerprint =
        db::Keys::from_file(Path::new(&format!("{dir}/kapok.key")), false).unwrap().fingerprint();
    for part in ["one.kapok", "密钥文件另外保管", "不要和备份放在一起", &fingerprint] {
        assert!(made.out.contains(part), "{}\nlacks {part}", made.out);
    }
    assert!(!made.out.contains(key.trim()), "the key itself is printed");
    assert_eq!(browser.ask(&format!("{}/indicators", server.url), &[]).status, 200);
    Kept { _folder: folder, key: format!("{dir}/kapok.key"), dir, file }
}

#[test]
fn a_backup_is_restored_and_its_report_still_verifies() {
    let kept = kept();
    let to = format!("{}/../restored", kept.dir);
    let restored = run(&["restore", &kept.file, "--dir", &to, "--key", &kept.key]);
    assert_eq!(restored.code, 0, "{}{}", restored.out, restored.err);
    std::fs::copy(&kept.key, format!("{to}/kapok.key")).unwrap();
    let manifest = format!("{}/report/manifest.json", kept.dir);
    let verified = run(&["verify", &manifest, "--dir", &to]);
    assert_eq!((verified.code, verified.out.contains("全部相符")), (0, true), "{}", verified.out);
    assert_eq!(run(&["audit", "verify", "--dir", &to]).code, 0);
    let server = Server::start(&to, &[]);
    let browser = Browser::new(&[]);
    browser.sign_in(&server.url, "station_manager", "sample-passphrase-03", None);
    assert_eq!(browser.ask(&format!("{}/indicators", server.url), &[]).status, 200);
    run(&["restore", &kept.file, "--dir", &to]).refused(&["kapok.db"]);
    run(&["backup", &kept.file, "--dir", &kept.dir]).refused(&["已经有这个文件", "不会被覆盖"]);
}

#[test]
fn what_cannot_be_restored_leaves_nothing() {
    let kept = kept();
    let to = format!("{}/../nothing", kept.dir);
    let refused = |file: &str, key: &str, words: &[&str]| {
        run(&["restore", file, "--dir", &to, "--key", key]).refused(words);
        assert!(!Path::new(&to).exists(), "{words:?} left something");
    };
    let write = |name: &str, bytes: &[u8]| {
        let path = format!("{}/../{name}", kept.dir);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let whole = std::fs::read(&kept.file).unwrap();
    let other = write("other.key", "0123456789abcdef".repeat(4).as_bytes());
    refused(&kept.file, &other, &["密钥"]);
    refused(&kept.file, "/nowhere/kapok.key", &["/nowhere/kapok.key", "--key"]);
    refused("/nowhere/one.kapok", &kept.key, &["/nowhere/one.kapok", "没有这个文件"]);
    refused(&write("cut.kapok", &whole[..whole.len() / 2]), &kept.key, &["不完整"]);
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 1;
    refused(&write("altered.kapok", &altered), &kept.key, &["改动"]);
    refused(&write("text.kapok", "不是备份".as_bytes()), &kept.key, &["备份"]);
}

#[test]
fn after_a_rotation_the_old_key_opens_only_what_is_old() {
    let kept = kept();
    let old = std::fs::read_to_string(&kept.key).unwrap();
    let rotated = run(&["key", "rotate", "--dir", &kept.dir]);
    assert_eq!(rotated.code, 0, "{}", rotated.err);
    assert_ne!(std::fs::read_to_string(&kept.key).unwrap(), old);
    let names = std::fs::read_dir(&kept.dir).unwrap().map(|entry| entry.unwrap().file_name());
    let beside = names.map(|name| name.to_string_lossy().into_owned()).find(|name| name.contains(".old-"));
    let beside = format!("{}/{}", kept.dir, beside.unwrap());
    assert_eq!(std::fs::read_to_string(&beside).unwrap(), old);
    assert_eq!(run(&["user", "list", "--dir", &kept.dir]).code, 0);
    run(&["user", "list", "--dir", &kept.dir, "--key", &beside]).refused(&["密钥"]);
    let to = format!("{}/../of-then", kept.dir);
    run(&["restore", &kept.file, "--dir", &to, "--key", &kept.key]).refused(&["密钥"]);
    assert_eq!(run(&["restore", &kept.file, "--dir", &to, "--key", &beside]).code, 0);
    run(&["key", "rotate", "--dir", "/nowhere"]).refused(&["/nowhere", "没有数据库"]);
}

/// Backup and restore on a file system of two megabytes, where the sandbox lets one be mounted; the last has room for the
/// database and none for the files that come back.
#[test]
fn a_full_disk() {
    let kept = kept();
    let small = format!("{}/../small", kept.dir);
    std::fs::create_dir(&small).unwrap();
    let large: Vec<u8> = (0..3u32 << 20).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    opened(&kept.dir).contents().unwrap().put(&large).unwrap();
    let files = format!("{}/../files.kapok", kept.dir);
    assert_eq!(run(&["backup", &files, "--dir", &kept.dir]).code, 0);
    let beside = format!("{}/../beside", kept.dir);
    for command in [
        format!("backup {small}/full.kapok --dir {}", kept.dir),
        format!("restore {} --dir {small}/data --key {}", kept.file, kept.key),
        format!("restore {files} --dir {beside} --files {small}/files --key {}", kept.key),
    ] {
        let script = format!(
            "mount -t tmpfs -o size=2m tmpfs {small} && {kapok} {command}; code=$?; find {small} -type f; exit $code",
            kapok = env!("CARGO_BIN_EXE_kapok"),
        );
        let run = finished(
            Command::new("unshare").args(["--mount", "--map-root-user", "sh", "-c", &script]).output(),
        );
        if no_mounts(&run) {
            return;
        }
        run.refused(&["磁盘已满"]);
        assert!(run.out.is_empty(), "{command} left {}", run.out);
        assert!(!Path::new(&beside).exists(), "{command} left a database");
    }
}
