//! Files sent to the site, and the places of findings in their text.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use db::testing::{Fresh, sqlite};
use kernel::{Clock, Moment};
use rules::checks::text::{Severity, Text, check};
use web::testing::{Answer, Client, faults_of};

use super::marks::{Shown, span};
use crate::access::Role;
use crate::access::testing::{everywhere, form_token, signed_in};
use crate::library::Library;
use crate::shell::Site;
use web::upload::MAX_BYTES;

const NOW: Clock = Clock::Fixed(Moment::from_micros(1_735_617_600_000_000));
const WRONG: &str = "# 示例街社工服务站评估报告\n\n示例街建档情况如下。\n\n全站建档1917户，其中东片区 555 户，西片区537户，南片区447户，北片区376户。\n";
const RIGHT: &str = "# 示例街社工服务站评估报告\n\n全站建档1915户，其中东片区 555 户，西片区537户，南片区447户，北片区376户。\n";
const BOUNDARY: &str = "----kapok-test";

struct Asked {
    _fresh: Fresh,
    token: String,
    client: Client,
}

fn asked() -> Asked {
    let fresh = sqlite(NOW);
    let site = Site {
        database: fresh.database.clone(),
        library: Arc::new(Library::load(None).unwrap()),
        today: "2024-12-31".parse().unwrap(),
        sample_notice: Some("示例数据：人物全部虚构".into()),
        address: None,
        report_dir: None,
        only_local: true,
        secure: false,
    };
    let cookie = signed_in(&fresh.database, "worker", &[everywhere(Role::Worker)]);
    let token = form_token(&fresh.database, &cookie);
    Asked { client: Client::new(crate::router(site)).with_cookie(cookie), token, _fresh: fresh }
}

impl Asked {
    fn post(&self, name: &str, content: &[u8]) -> Answer {
        self.post_from(name, content, &[("origin", "http://127.0.0.1:8080")])
    }

    fn post_from(&self, name: &str, content: &[u8], headers: &[(&str, &str)]) -> Answer {
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n{}\r\n\
             --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n",
            self.token
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        self.raw(headers, &body)
    }

    fn raw(&self, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let headers: Vec<_> = headers.iter().copied().chain([("content-type", kind.as_str())]).collect();
        self.client.send(Method::POST, "/checks", &headers, body.to_vec())
    }
}

fn sound(answer: &Answer, status: StatusCode) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(faults_of(&answer.body), Vec::<String>::new());
    assert_eq!(answer.body.matches("示例数据：人物全部虚构").count(), 2, "top and footer say it is a sample");
    assert_eq!(answer.header("content-security-policy"), web::CONTENT_SECURITY_POLICY);
}

#[test]
fn the_form_says_what_is_read_and_that_nothing_is_kept() {
    let answer = asked().client.get("/checks");
    sound(&answer, StatusCode::OK);
    for part in [
        "method=\"post\" action=\"/checks\" enctype=\"multipart/form-data\"",
        ".docx、.pdf、.md、.txt，不超过 20 MB",
        "不保存文件",
        "completion-list",
        "各片区之和应等于全站总数",
        "aria-current=\"page\"",
        "文字核验",
    ] {
        assert!(answer.body.contains(part), "{part}");
    }
}

#[test]
fn a_wrong_sum_is_shown_and_marked() {
    let answer = asked().post("示例报告.md", WRONG.as_bytes());
    sound(&answer, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    for part in [
        "示例报告.md",
        "1915",
        "id=\"finding-1\"",
        "必须改",
        "<li id=\"line-5\">",
        "href=\"#line-5\"",
        "<mark>全站建档1917户</mark><a class=\"back\" href=\"#finding-1\"",
        "<mark>其中东片区 555 户</mark>",
        "依据的规则",
    ] {
        assert!(answer.body.contains(part), "{part} in {}", answer.body);
    }
}

#[test]
fn every_link_inside_the_page_leads_somewhere() {
    let body = asked().post("a.md", WRONG.as_bytes()).body;
    let links: Vec<&str> = body.split("href=\"#").skip(1).filter_map(|part| part.split('"').next()).collect();
    assert!(links.len() > 4, "{links:?}");
    for link in links {
        assert!(body.contains(&format!("id=\"{link}\"")), "{link}");
    }
}

#[test]
fn a_text_without_contradiction_says_so() {
    let answer = asked().post("a.txt", RIGHT.as_bytes());
    sound(&answer, StatusCode::OK);
    for (part, there) in [
        ("没有发现不能同时成立的话", true),
        ("不说明它们属实", true),
        ("<mark>", false),
        ("finding-1", false),
    ] {
        assert_eq!(answer.body.contains(part), there, "{part}");
    }
}

#[test]
fn what_cannot_be_read_brings_the_form_again() {
    let asked = asked();
    let again = |name: &str, content: &[u8], part: &str| {
        let answer = asked.post(name, content);
        sound(&answer, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(part), "{name}: {part} in {}", answer.body);
        assert!(answer.body.contains("aria-invalid=\"true\""), "{name}");
        assert!(answer.body.contains("type=\"file\""), "{name}");
        assert_eq!(answer.header("cache-control"), "no-store", "{name}");
    };
    again("", b"", "先选一份报告");
    again("报告.doc", b"\xd0\xcf\x11\xe0", "「报告.doc」不是可核验的文件");
    again("a.docx", b"no archive", "不是有效的 DOCX");
    again("a.pdf", b"%PDF-1.7\nbroken", "文件");
    again("a.txt", b"  \n", "没有可读的文字");
    again("a<b>.exe", b"x", "「a&#60;b&#62;.exe」");
}

#[test]
fn a_form_that_is_none_is_refused() {
    let asked = asked();
    let headers = [("origin", "http://127.0.0.1:8080"), ("content-type", "text/plain")];
    let plain = asked.client.send(Method::POST, "/checks", &headers, b"x".to_vec());
    sound(&plain, StatusCode::BAD_REQUEST);
    assert!(plain.body.contains("文件没有传完整"));
    let broken =
        asked.raw(&headers[..1], b"------kapok-test\r\nContent-Disposition: form-data; name=\"file\"");
    sound(&broken, StatusCode::BAD_REQUEST);
    let other = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n{}\r\n--{BOUNDARY}--\r\n",
        asked.token
    );
    sound(&asked.raw(&headers[..1], other.as_bytes()), StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn what_is_too_large_is_said() {
    let asked = asked();
    let answer = asked.post("a.txt", &vec![b'a'; MAX_BYTES + 1]);
    sound(&answer, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("文件超过 20 MB，没有处理"), "{}", answer.body);
    assert_eq!(
        asked.post("a.exe", &vec![b'a'; MAX_BYTES]).status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "not too large"
    );
    let headers = [("origin", "http://127.0.0.1:8080"), ("content-length", "70000000")];
    assert_eq!(asked.raw(&headers, b"").status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn only_our_own_pages_may_send_a_file() {
    let asked = asked();
    let check = |headers: &[(&str, &str)], expected: u16| {
        let answer = asked.post_from("a.md", WRONG.as_bytes(), headers);
        assert_eq!(answer.status.as_u16(), expected, "{headers:?}");
        if expected == 403 {
            sound(&answer, StatusCode::FORBIDDEN);
            assert!(answer.body.contains("不是从本站的页面来的") && !answer.body.contains("<mark>"));
        }
    };
    check(&[], 200);
    check(&[("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "same-origin")], 200);
    check(&[("origin", "http://LOCALHOST:8080"), ("host", "localhost:8080")], 200);
    check(&[("sec-fetch-site", "none")], 200);
    check(&[("referer", "http://127.0.0.1:8080/checks?station=shili")], 200);
    check(&[("origin", "http://127.0.0.1:8081")], 403);
    check(&[("origin", "https://127.0.0.1:8080.example.org")], 403);
    check(&[("origin", "http://127.0.0.1:8080@example.org")], 403);
    check(&[("origin", "null")], 403);
    check(&[("origin", "file://127.0.0.1:8080")], 403);
    check(&[("referer", "http://example.org/127.0.0.1:8080")], 403);
    check(&[("origin", "http://example.org"), ("referer", "http://127.0.0.1:8080/checks")], 403);
    check(&[("sec-fetch-site", "cross-site")], 403);
    check(&[("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "same-site")], 403);
}

#[test]
fn hostile_words_stay_words() {
    let text = "\u{feff}<script>alert(1)</script>东片区建档555户，西片区建档537户，<img src=x onerror=alert(1)>共计1917户。\n\n其中<b>男</b>5名、\"女\"6名，共12名。\n\n</li></ol><a href=\"//example.org\">本次评估的等分数为XX分</a>\n";
    let answer = asked().post("<script>x.md", text.as_bytes());
    sound(&answer, StatusCode::OK);
    assert!(answer.body.contains("&#60;script&#62;alert(1)"), "{}", answer.body);
    for part in ["<script", "<img", "<b>男", "example.org\">本"] {
        assert!(!answer.body.contains(part), "{part}");
    }
    assert!(answer.body.contains("<mark>"), "there is a finding in it: {}", answer.body);
}

#[test]
fn a_long_text_shows_what_was_found_and_its_neighbours() {
    let filler = "本站持续开展社区服务，居民反映良好。\n".repeat(4_000);
    let text = format!("{filler}{WRONG}前后各一行。\n{filler}");
    let answer = asked().post("long.md", text.as_bytes());
    sound(&answer, StatusCode::OK);
    assert!(answer.body.len() < 60_000, "{} bytes", answer.body.len());
    for (part, there) in [
        ("全文较长，这里只列有发现的行和前后各一行", true),
        ("<li class=\"gap\">", true),
        ("<li id=\"line-4005\">", true),
        ("<li id=\"line-4006\">", true),
        ("<li id=\"line-9\">", false),
        ("<mark>全站建档1917户</mark>", true),
    ] {
        assert_eq!(answer.body.contains(part), there, "{part}");
    }
}

#[test]
fn a_page_stays_small_whatever_is_found() {
    let text = "共计9户，其中东片区建档5户、西片区建档5户。等分数为XX分。\n\n".repeat(3_000);
    let answer = asked().post("many.md", text.as_bytes());
    sound(&answer, StatusCode::OK);
    assert!(answer.body.contains("条没有列出"));
    assert!(answer.body.len() < 600_000, "{} bytes", answer.body.len());
    let one_line = "其中东片区建档5户、西片区建档5户，共计9户，等分数为XX分。".repeat(3_000);
    let answer = asked().post("line.md", one_line.as_bytes());
    sound(&answer, StatusCode::OK);
    assert!(answer.body.len() < 600_000, "{} bytes", answer.body.len());
}

#[test]
fn words_are_found_again_in_the_line() {
    let check = |line: &str, column: u32, excerpt: &str, expected: &str| {
        assert_eq!(&line[span(line, column, excerpt)], expected, "{line} {column} {excerpt}");
    };
    check("共计1917户。", 3, "1917户", "1917户");
    check("共计 1 917 户。", 4, "1917户", "1 917 户");
    check("共计１９１７户（含）。", 3, "1917户", "１９１７户");
    check("共计 **1917** 户", 6, "1917户", "1917** 户");
    check("东、西 , 南，北", 1, "东、西，南", "东、西 , 南");
    check("时间(2024 - 2025)", 3, "（2024-2025）", "(2024 - 2025)");
    check("home visit 12 次", 1, "home visit12次", "home visit 12 次");
    check("\u{feff}一二三", 2, "二", "二");
    check("到行尾", 2, "行尾\n下一行", "行尾");
    check("短", 9, "没有", "");
    check("", 1, "x", "");
    check("等分数", 1, "等分数", "等分数");
}

#[test]
fn every_mark_of_a_report_is_what_the_finding_quotes() {
    let plain = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let text = Text::from_plain(WRONG);
    let report = check(&text);
    assert!(report.findings.iter().any(|one| one.severity == Severity::Error));
    for place in report.findings.iter().flat_map(|one| &one.locations) {
        let line = &text.lines[place.line as usize - 1].text;
        assert_eq!(plain(&line[span(line, place.column, &place.excerpt)]), plain(&place.excerpt));
    }
    let listed: Vec<_> = report.findings.iter().map(|one| (one, &one.locations[..])).collect();
    let shown = Shown::of(&text, &listed);
    for line in &shown.lines {
        let words: String = line.pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(words, text.lines[line.number - 1].text, "marking changes no word");
    }
}
