//! The site as the office reaches it: over TLS, with accounts, stopped with grace.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use changgang::accounts;
use kernel::Clock;

use super::server::{Browser, Server};
use super::{copy, run};

const SENTENCE: &str = "a sentence nobody guesses";

#[test]
fn from_an_empty_folder_to_a_signed_in_administrator_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("data");
    let path = dir.to_str().unwrap();
    let server = Server::start(path, &["--tls", "self", "--tls-name", "kapok.example"]);
    let (cert, key) = (dir.join("tls/cert.pem"), dir.join("tls/key.pem"));
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(server.said.contains(&fingerprint(&cert)), "{}", server.said);
    let browser = Browser::new(&["--cacert", cert.to_str().unwrap()]);
    let at = |end: &str| format!("{}{end}", server.url);
    assert!(browser.ask(&at("/access"), &[]).location().starts_with("/sign-in?next="));
    let invitation = at(&server.invitation("admin"));
    assert!(browser.ask(&invitation, &[]).text.contains("登录名：admin"));
    let short = browser.ask(&invitation, &[("password", "short"), ("again", "short")]);
    assert_eq!(short.status, 422);
    let set = browser.ask(&invitation, &[("password", SENTENCE), ("again", SENTENCE)]);
    assert_eq!((set.status, set.location()), (303, "/sign-in"));
    assert_eq!(browser.ask(&invitation, &[]).status, 404, "it is used up");
    let entered = browser.ask(&at("/sign-in"), &[("name", "admin"), ("password", SENTENCE)]);
    assert_eq!(entered.location(), "/sign-in/second?next=%2F");
    let cookie = entered.text.lines().find(|line| line.starts_with("set-cookie:")).unwrap().to_owned();
    for part in ["__Host-kapok_login=", "Secure", "HttpOnly", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let set_up = browser.ask(&at("/sign-in/second"), &[]).text;
    let secret: String =
        set_up.split("secret=").nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect();
    let code = platform::access::second_code(&secret, Clock::System.now()).unwrap();
    let codes = browser.ask(&at("/sign-in/second"), &[("code", &code)]);
    assert!(codes.text.contains("恢复码"), "{}", codes.text);
    let accounts = browser.ask(&at("/access"), &[]);
    assert_eq!(accounts.status, 200);
    assert!(accounts.text.contains("安全管理员") && accounts.text.contains("未设密码"));
    let (said, code, took) = server.stop();
    assert_eq!((said.trim(), code), ("已停止", Some(0)));
    assert!(took < Duration::from_secs(9), "{took:?}");
    the_certificate_is_kept(path, &cert);
}

/// Started again the same certificate is shown and no account is made; another name, and it is made anew.
fn the_certificate_is_kept(dir: &str, cert: &Path) {
    let before = std::fs::read(cert).unwrap();
    let again = Server::start(dir, &["--tls", "self"]);
    assert_eq!(std::fs::read(cert).unwrap(), before);
    assert!(!again.said.contains("invitation") && again.said.contains(&fingerprint(cert)), "{}", again.said);
    drop(again);
    let renamed = Server::start(dir, &["--tls", "self", "--tls-name", "other.example"]);
    assert_ne!(std::fs::read(cert).unwrap(), before);
    assert!(renamed.said.contains("重新制作"), "{}", renamed.said);
    let own = format!("{dir}/tls/cert.pem,{dir}/tls/key.pem");
    drop(renamed);
    let files = Server::start(dir, &["--tls", &own]);
    let browser = Browser::new(&["--cacert", cert.to_str().unwrap()]);
    assert_eq!(browser.ask(&format!("{}/sign-in", files.url), &[]).status, 200);
}

fn fingerprint(cert: &Path) -> String {
    let output =
        Command::new("openssl").args(["x509", "-noout", "-fingerprint", "-sha256", "-in"]).arg(cert).output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    text.trim().rsplit('=').next().unwrap().to_owned()
}

#[test]
fn a_certificate_that_is_nearly_over() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    let (cert, key) = (folder.path().join("tls/cert.pem"), folder.path().join("tls/key.pem"));
    std::fs::create_dir(folder.path().join("tls")).unwrap();
    let machine = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let names = format!("subjectAltName=DNS:localhost,IP:127.0.0.1,DNS:{}", machine.trim().to_lowercase());
    let make = |days: &str| {
        let mut openssl = Command::new("openssl");
        openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]);
        openssl.args(["-subj", "/CN=Kapok", "-days", days, "-addext", &names]);
        assert!(openssl.arg("-out").arg(&cert).arg("-keyout").arg(&key).output().unwrap().status.success());
        std::fs::read(&cert).unwrap()
    };
    let files = format!("{},{}", cert.display(), key.display());
    let check = |days: &str, kept: bool| {
        let before = make(days);
        let own = Server::start(dir, &["--tls", &files]);
        assert_eq!(!own.said.contains("请尽快更换"), kept, "{days} days: {}", own.said);
        drop(own);
        drop(Server::start(dir, &["--tls", "self"]));
        assert_eq!(std::fs::read(&cert).unwrap() == before, kept, "{days} days");
    };
    check("29", false);
    check("32", true);
}

#[test]
fn certificates_that_do_not_serve() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    drop(Server::start(dir, &["--tls", "self"]));
    let other = folder.path().join("other");
    drop(Server::start(other.to_str().unwrap(), &["--tls", "self"]));
    let refused = |files: &str, words: &[&str]| {
        run(&["serve", "--dir", dir, "--listen", "127.0.0.1:0", "--tls", files]).refused(words);
    };
    let (cert, key) = (format!("{dir}/tls/cert.pem"), format!("{dir}/tls/key.pem"));
    refused(&format!("{cert},{dir}/nowhere.pem"), &["nowhere.pem", "没有这个文件"]);
    refused(&format!("{key},{key}"), &[&key, "没有证书", "BEGIN CERTIFICATE"]);
    refused(&format!("{cert},{cert}"), &[&cert, "没有私钥"]);
    refused(&format!("{cert},{dir}/other/tls/key.pem"), &["不能一起用", "是不是一对"]);
    refused("cert.pem", &["self", "证书.pem,私钥.pem"]);
    run(&["serve", "--dir", dir, "--tls-name", "a"]).refused(&["--tls"]);
}

#[test]
fn every_role_of_the_sample_signs_in() {
    let (_folder, dir) = copy();
    let server = Server::start(&dir, &[]);
    assert!(!server.said.contains("invitation"), "the sample has its accounts: {}", server.said);
    let keys = db::Keys::from_file(Path::new(&format!("{dir}/kapok.key")), false).unwrap();
    let place = db::Place::File(format!("{dir}/kapok.db").into());
    let database = db::Database::open(&place, keys, Clock::System).unwrap();
    let all = database.read(accounts::accounts).unwrap();
    assert_eq!(all.len(), 13);
    for account in all {
        let browser = Browser::new(&[]);
        let code = account.code(Clock::System.now());
        browser.sign_in(&server.url, account.name, &account.password, code.as_deref());
        let own = browser.ask(&format!("{}/account", server.url), &[]);
        assert_eq!(own.status, 200, "{}", account.name);
        for part in [account.display_name.as_str(), account.role.label(), changgang::NOTICE] {
            assert!(own.text.contains(part), "{}: {part}", account.name);
        }
        let reads = platform::access::roles_of("indicators.read").contains(&account.role);
        let board = browser.ask(&format!("{}/indicators", server.url), &[]);
        assert_eq!(board.status, if reads { 200 } else { 403 }, "{}", account.name);
    }
}

/// Whoever reads the log gets no door opened by it: neither by the link of an invitation nor by what is asked for.
#[test]
fn the_log_names_the_page_and_not_the_address() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, log) = (folder.path().join("data"), folder.path().join("log"));
    let server = Server::logged(dir.to_str().unwrap(), &log);
    let browser = Browser::new(&[]);
    let invitation = server.invitation("admin");
    let token = invitation.rsplit('/').next().unwrap().to_owned();
    let at = |end: &str| format!("{}{end}", server.url);
    assert_eq!(browser.ask(&at(&invitation), &[]).status, 200);
    assert_eq!(browser.ask(&at(&format!("{invitation}/x")), &[]).status, 303);
    let asked = "/clients/0192d3f0-0000-7000-8000-000000000001?q=110105194912310021";
    assert_eq!(browser.ask(&at(asked), &[]).status, 303);
    assert_eq!(browser.ask(&at("/sign-in"), &[("name", "admin"), ("password", SENTENCE)]).status, 422);
    assert_eq!(browser.ask(&at(&invitation), &[("password", SENTENCE), ("again", SENTENCE)]).status, 303);
    server.stop();
    let log = std::fs::read_to_string(&log).unwrap();
    for part in ["/invitation/{token}", "no route", "/sign-in", "status=303"] {
        assert!(log.contains(part), "no {part} in {log}");
    }
    for part in [token.as_str(), SENTENCE, "110105194912310021", "0192d3f0"] {
        assert!(!log.contains(part), "{part} stands in the log: {log}");
    }
}
