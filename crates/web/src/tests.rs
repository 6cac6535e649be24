//! Requests through a small router, and the formulas.

use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse as _};
use axum::routing::get;
use axum::{Router, http};
use rust_decimal::Decimal;

use crate::testing::{Client, faults_of};
use crate::{
    Asset, Assets, Fault, Hosts, Limits, Link, Page, Paging, Query, Target, Workers, in_time, number, protect,
};

#[test]
fn numbers_are_grouped() {
    let check = |input: &str, expected: &str| {
        assert_eq!(number::grouped(input.parse::<Decimal>().unwrap()), expected, "{input}");
    };
    check("0", "0");
    check("69.00", "69");
    check("94.90", "94.9");
    check("8642", "8,642");
    check("999", "999");
    check("1000", "1,000");
    check("2400000", "2,400,000");
    check("79052.65", "79,052.65");
    check("-1234.5", "−1,234.5");
    check("-0.0", "0");
}

#[test]
fn queries_become_types_once() {
    let check = |query: &str, expected: Result<Option<&str>, &str>| {
        let date = Query::parse(query).date("as_of");
        let date = date.map(|day| day.map(|day| day.to_string())).map_err(|fault| fault.remedy);
        match expected {
            Ok(day) => assert_eq!(date, Ok(day.map(str::to_owned)), "{query}"),
            Err(part) => assert!(date.unwrap_err().contains(part), "{query}"),
        }
    };
    check("", Ok(None));
    check("as_of=", Ok(None));
    check("as_of=2024-12-31", Ok(Some("2024-12-31")));
    check("x=1&as_of=2024%2D12-31", Ok(Some("2024-12-31")));
    for wrong in ["2024-12-32", "31.12.2024", "2024-1-5", "12024-12-31", "0001-01-01", "昨天", "+2024-1-01"]
    {
        check(&format!("as_of={wrong}"), Err("as_of=2024-12-31"));
    }
}

#[test]
fn words_and_pages_name_what_there_is() {
    let words = [("area", 1), ("month", 2)];
    assert_eq!(Query::parse("by=month").word("by", &words), Ok(Some(2)));
    assert_eq!(Query::parse("").word("by", &words), Ok(None));
    assert_eq!(Query::parse("by=moon").word("by", &words).unwrap_err().remedy, "可以填：area、month");
    let check = |text: &str, expected: Option<usize>| {
        assert_eq!(Query::parse(text).page().ok(), expected, "{text}");
    };
    check("", Some(1));
    check("page=3", Some(3));
    check("page=0", None);
    check("page=-1", None);
    check("page=99999999999999999999", None);
}

#[test]
fn pages_cover_a_list_once() {
    let check = |number, total, expected: Option<(std::ops::Range<usize>, usize)>| {
        let paging = Paging::new(number, 50, total).ok();
        assert_eq!(paging.map(|page| (page.range(), page.last())), expected, "{number} of {total}");
    };
    check(1, 0, Some((0..0, 1)));
    check(2, 0, None);
    check(1, 50, Some((0..50, 1)));
    check(2, 50, None);
    check(2, 51, Some((50..51, 2)));
    check(0, 51, None);
    let middle = Paging::new(2, 50, 150).unwrap();
    assert_eq!((middle.previous(), middle.next()), (Some(1), Some(3)));
}

#[test]
fn addresses_are_escaped() {
    let target = Target::new(&["figures", "a/b?c"]).with("station", "昌岗").with("by", "area");
    assert_eq!(target.href(), "/figures/a%2Fb%3Fc?station=%E6%98%8C%E5%B2%97&by=area");
    assert_eq!(target.with("by", "month").without("station").href(), "/figures/a%2Fb%3Fc?by=month");
    assert_eq!(Target::new(&["figures"]).with_some("page", None::<usize>).href(), "/figures");
}

#[test]
fn every_answer_is_protected() {
    let client = client();
    for path in ["/", "/missing", "/bad", "/broken", "/panic"] {
        let answer = client.get(path);
        assert_eq!(answer.header("content-security-policy"), crate::CONTENT_SECURITY_POLICY, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
    }
}

#[test]
fn faults_are_framed_and_keep_inner_detail_to_themselves() {
    let check = |path: &str, status: StatusCode, part: &str| {
        let answer = client().get(path);
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains(part), "{path}: {}", answer.body);
        assert!(!answer.body.contains("secret"), "{path}");
    };
    check("/missing", StatusCode::NOT_FOUND, "没有这个地址");
    check("/bad", StatusCode::BAD_REQUEST, "near=/good");
    check("/broken", StatusCode::INTERNAL_SERVER_ERROR, "运行日志");
    check("/panic", StatusCode::INTERNAL_SERVER_ERROR, "运行日志");
    check(&format!("/?{}", "a".repeat(5000)), StatusCode::URI_TOO_LONG, "地址太长");
    let answer = client().ask(Method::POST, "/", &[]);
    assert_eq!((answer.status, answer.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"));
}

#[test]
fn only_the_names_of_this_machine_are_answered() {
    let check = |host: &str, status: StatusCode| {
        assert_eq!(client().ask(Method::GET, "/", &[("host", host)]).status, status, "{host}");
    };
    check("127.0.0.1:8080", StatusCode::OK);
    check("localhost", StatusCode::OK);
    check("LocalHost:80", StatusCode::OK);
    check("[::1]:8080", StatusCode::OK);
    check("evil.example:8080", StatusCode::MISDIRECTED_REQUEST);
    check("127.0.0.1.evil.example", StatusCode::MISDIRECTED_REQUEST);
    check("192.168.1.2", StatusCode::MISDIRECTED_REQUEST);
    check("", StatusCode::MISDIRECTED_REQUEST);
}

#[test]
fn who_has_the_page_is_not_sent_it_again() {
    let client = client();
    let first = client.get("/");
    let again = client.ask(Method::GET, "/", &[("if-none-match", first.header("etag"))]);
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let other = client.ask(Method::GET, "/", &[("if-none-match", "W/\"other\"")]);
    assert_eq!((other.status, other.body), (StatusCode::OK, first.body));
}

#[test]
fn pages_are_compressed_for_those_who_can() {
    let client = client();
    let plain = client.get("/");
    let packed = client.ask(Method::GET, "/", &[("accept-encoding", "gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.bytes.len() < plain.bytes.len() / 4, "{} bytes", packed.bytes.len());
}

#[test]
fn assets_are_kept_for_good_under_the_address_of_their_content() {
    let (client, assets) = (client(), assets());
    let href = assets.href("a.css");
    assert!(href.starts_with("/assets/a.") && href.ends_with(".css"), "{href}");
    let answer = client.get(&href);
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "p { color: red }"));
    assert!(answer.header("cache-control").contains("immutable"));
    assert_eq!(client.get("/assets/a.css").status, StatusCode::NOT_FOUND);
}

#[test]
fn workers_are_bounded_and_survive_a_panic() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let workers = Workers::new(1);
    let broken = runtime.block_on(workers.run(|| -> Result<(), Fault> { panic!("secret") }));
    assert_eq!(broken.unwrap_err().status, StatusCode::INTERNAL_SERVER_ERROR);
    let good = runtime.block_on(workers.run(|| Ok::<_, Fault>(2)));
    assert_eq!(good, Ok(2));
}

#[test]
fn what_takes_too_long_is_ended_with_a_page_that_says_so() {
    let waits = || async {
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
        Html("late")
    };
    let now = std::time::Duration::ZERO;
    let router = Router::new()
        .route("/usual", get(waits).layer(in_time(now)))
        .route("/long", get(waits))
        .route("/quick", get(|| async { Html("here") }));
    let limits = Limits { long: now, ..Limits::default() };
    let client = Client::new(protect(
        router,
        limits,
        Hosts::Local,
        |fault: &Fault, _: &_| Some(fault.what.clone()),
        |_: &str| None,
    ));
    for path in ["/usual", "/long"] {
        let answer = client.get(path);
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(!answer.body.is_empty(), "{path}");
    }
    assert_eq!(client.get("/quick").body, "here");
}

#[test]
fn markup_that_breaks_a_rule_is_found() {
    let check = |html: &str, part: &str| {
        let faults = faults_of(html);
        if part.is_empty() {
            assert_eq!(faults, Vec::<String>::new(), "{html}");
        } else {
            assert!(faults.iter().any(|fault| fault.contains(part)), "{html}: {faults:?}");
        }
    };
    check("<!doctype html><p id=\"a\">x<br><svg><path d=\"M0 0\"/></svg></p>", "");
    check("<p><b></p></b>", "closes");
    check("<p>", "never closed");
    check("<p style=\"color:red\"></p>", "not allowed");
    check("<p onclick=\"x()\"></p>", "not allowed");
    check("<script></script>", "not allowed");
    check("<script type=\"module\" src=\"/elsewhere.js\"></script>", "not allowed");
    check("<script type=\"module\" src=\"/assets/a.js\"></script>", "");
    check("<p id=\"a\"></p><p id=\"a\"></p>", "twice");
    check("<a href=\"#\">x</a>", "nowhere");
    check("<a href=\"https://example.org/\">x</a>", "elsewhere");
    check("<a href=x>x</a>", "not quoted");
}

fn client() -> Client {
    let router = Router::new()
        .route("/", get(|| async { Html("<p>".to_owned() + &"红棉".repeat(500) + "</p>") }))
        .route("/bad", get(bad))
        .route("/broken", get(|| async { Page::Err(Fault::internal("secret")) }))
        .route("/panic", get(panics))
        .route(Assets::PATH, assets().handler());
    let frame = |fault: &Fault, _: &http::Extensions| {
        let near: String = fault.near.iter().map(|link| format!("near={} ", link.href)).collect();
        Some(format!("<p>{}。{}。{near}</p>", fault.what, fault.remedy))
    };
    Client::new(protect(router, Limits::default(), Hosts::Local, frame, |_: &str| None))
}

async fn bad() -> Page {
    Err(Fault::bad_request("bad", "读不懂", "请改").near([Link::new("/good", "好")]))
}

async fn panics() -> Page {
    if http::Method::GET.is_safe() {
        panic!("secret");
    }
    Ok("".into_response())
}

fn assets() -> Assets {
    Assets::new(&[Asset { name: "a.css", content_type: "text/css", content: b"p { color: red }" }])
}

#[test]
fn an_uploaded_file_is_served_as_what_it_is_and_under_its_name() {
    let name = |name: &str, shown| {
        let headers = crate::served(name, "image/png", (shown, false));
        assert_eq!(headers[http::header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(headers[http::header::CONTENT_SECURITY_POLICY].to_str().unwrap().ends_with("; sandbox"));
        headers[http::header::CONTENT_DISPOSITION].to_str().unwrap().to_owned()
    };
    for (given, shown, expected) in [
        ("a-b_1.png", true, "inline; filename=\"a-b_1.png\"; filename*=UTF-8''a-b_1.png"),
        ("签到.png", false, "attachment; filename=\"__.png\"; filename*=UTF-8''%E7%AD%BE%E5%88%B0.png"),
        (
            "a\"; x=\r\n\\.png",
            false,
            "attachment; filename=\"a___x____.png\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0A%5C.png",
        ),
    ] {
        assert_eq!(name(given, shown), expected);
    }
    let viewer = crate::served("a.pdf", "application/pdf", (true, true));
    let policy = viewer[http::header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox allow-scripts"), "{policy}");
}
