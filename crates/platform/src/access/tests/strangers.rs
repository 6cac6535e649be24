//! Whoever is not signed in learns one thing: that one has to sign in. Whatever the address, the method, the body.

use axum::http::Method;
use web::testing::Answer;

use super::{led, on_both, station};

/// Beside the routes there are: what somebody looking for a way in would try.
const ODD: &[&str] = &[
    "/",
    "/no/such/page",
    "/access/",
    "/access/..",
    "/access/00000000-0000-0000-0000-000000000000",
    "/access/%00",
    "/access/%F0%9F%92%A9",
    "/access/%2e%2e%2fetc%2fpasswd",
    "/figures/'%20OR%201=1--?station=%27&as_of=never&page=-1",
    "/figures/%FF%FE",
    "/reports/shili-mid/report.pdf",
    "/reports/..%2F..%2Fetc/passwd",
    "/sign-in/second/more",
    "/sign-in/",
    "/sign-out",
    "/invitation/",
    "/invitation/a/b",
    "/assets",
    "//elsewhere.example/",
    "/account?as_of=9999-99-99",
];

/// 303 to the way in for a reading, 401 for everything else and for programs; nothing in it of what there is.
fn turned_away(answer: &Answer, method: &Method, shown: &str) {
    let to = led(answer);
    if shown.starts_with("/api/") {
        // Programs are told in their own form, whatever the method.
        assert_eq!(to, "401", "{method} {shown}: {}", answer.body);
        let kind = answer.header("content-type");
        assert!(*method == Method::HEAD || kind == "application/problem+json", "{method} {shown}: {kind}");
    } else if [Method::GET, Method::HEAD].contains(method) {
        assert!(to == "/sign-in" || to.starts_with("/sign-in?next="), "{method} {shown}: {to}");
        assert!(to.is_ascii() && !to.contains("//"), "{method} {shown}: {to}");
    } else {
        assert_eq!(to, "401", "{method} {shown}: {}", answer.body);
        assert!(answer.body.contains("还没有登录，或登录已过期"), "{method} {shown}");
    }
    assert!(!answer.body.contains("zhanyi") && !answer.body.contains("示例街"), "{method} {shown}");
    assert_eq!(answer.header("content-security-policy"), web::CONTENT_SECURITY_POLICY, "{method} {shown}");
}

#[test]
fn without_signing_in_every_address_says_only_that() {
    on_both(|world| {
        station::fill(world.database, 1, "zhanyi", 1);
        let routes = crate::routes();
        let mut paths: Vec<String> = routes
            .iter()
            .filter(|route| route.needs != crate::shell::Needs::Nothing)
            .map(|route| route.path.replace(['{', '}'], ""))
            .collect();
        paths.extend(ODD.iter().map(|path| (*path).to_owned()));
        let browser = world.browser();
        for path in &paths {
            for method in [
                Method::GET,
                Method::HEAD,
                Method::POST,
                Method::PUT,
                Method::PATCH,
                Method::DELETE,
                Method::OPTIONS,
            ] {
                turned_away(&browser.client.ask(method.clone(), path, &[]), &method, path);
            }
            let json = browser.client.ask(Method::GET, path, &[("accept", "application/json")]);
            turned_away(&json, &Method::POST, path);
        }
        assert!(paths.len() > 30, "{} addresses", paths.len());
    });
}

#[test]
fn without_signing_in_no_body_is_read() {
    on_both(|world| {
        let browser = world.browser();
        let long = vec![b'a'; 200 << 10];
        let far_too_long = vec![b'a'; (64 << 20) + 1];
        let bodies: [(&str, Vec<u8>); 6] = [
            ("application/x-www-form-urlencoded", b"_token=&_key=&%FF%00=%".to_vec()),
            ("application/x-www-form-urlencoded", long.clone()),
            ("application/json", b"{\"a\":[[[[[[".to_vec()),
            ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=".to_vec()),
            ("multipart/form-data", long),
            ("", far_too_long),
        ];
        for (kind, body) in bodies {
            for path in ["/access/new", "/checks", "/account/password", "/no/such/page", "/figures"] {
                let length = body.len().to_string();
                let headers = [("content-type", kind), ("content-length", length.as_str())];
                let answer = browser.client.send(Method::POST, path, &headers, body.clone());
                turned_away(&answer, &Method::POST, path);
            }
        }
    });
}

#[test]
fn a_cookie_that_nobody_was_given_is_no_cookie() {
    on_both(|world| {
        for cookie in
            ["kapok_login=", "kapok_login=0", "kapok_login=a; kapok_login=b", "kapok_login=%00", "x=y", ""]
        {
            let client = world.browser().client.with_cookie(cookie);
            turned_away(&client.get("/account"), &Method::GET, cookie);
        }
    });
}

#[test]
fn the_way_in_answers_nothing_else_either() {
    on_both(|world| {
        let browser = world.browser();
        assert_eq!(browser.led("/sign-in"), "200");
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            assert_eq!(browser.client.ask(method, "/sign-in", &[]).status, 405);
        }
        let long = format!("name={}&password=x", "a".repeat(70_000));
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let answer = browser.client.send(Method::POST, "/sign-in", &kind, long.into_bytes());
        assert_eq!(answer.status, 413, "a form is 64 KiB at most");
        let strange = browser.client.send(Method::POST, "/sign-in", &kind, b"%FF=%FE&name&&=".to_vec());
        assert_eq!(strange.status, 422);
        let page = browser.get("/sign-in").body;
        assert!(!page.contains("/access") && !page.contains("/figures"), "there is no menu: {page}");
    });
}

/// What is refused before anybody is asked who they are, as docs/decisions/0008-access.md says: an address that is too long, a
/// form from a page of elsewhere, and another name for this machine. Each looks at nothing but the request's head, and says
/// the same of what is there and of what is not.
#[test]
fn three_refusals_come_before_the_question_who_is_asking_and_say_nothing() {
    on_both(|world| {
        station::fill(world.database, 1, "zhanyi", 1);
        let browser = world.browser();
        let long = "a".repeat(4097);
        let check = |method: Method, headers: &[(&str, &str)], query: &str, status: u16| {
            let bodies: Vec<String> = ["/access", "/clients/zhanyi", "/no/such/page"]
                .iter()
                .map(|path| {
                    let answer = browser.client.ask(method.clone(), &format!("{path}{query}"), headers);
                    assert_eq!(answer.status.as_u16(), status, "{method} {path} {headers:?}");
                    assert_eq!(answer.header("content-security-policy"), web::CONTENT_SECURITY_POLICY);
                    answer.body
                })
                .collect();
            assert!(bodies.iter().all(|body| *body == bodies[0]), "{status} tells what is there: {bodies:?}");
            assert!(!bodies[0].contains("zhanyi") && !bodies[0].contains("示例街"), "{}", bodies[0]);
        };
        check(Method::GET, &[], &format!("?{long}"), 414);
        check(Method::POST, &[], &format!("?{long}"), 414);
        check(Method::POST, &[("origin", "https://elsewhere.example")], "", 403);
        check(Method::POST, &[("origin", "null")], "", 403);
        check(Method::POST, &[("sec-fetch-site", "cross-site")], "", 403);
        check(Method::GET, &[("host", "elsewhere.example")], "", 421);
        check(
            Method::POST,
            &[("host", "elsewhere.example"), ("origin", "http://elsewhere.example")],
            "",
            421,
        );
        // A reading from elsewhere is a link that somebody followed: it is asked to sign in like any other.
        let followed = browser.client.ask(Method::GET, "/access", &[("sec-fetch-site", "cross-site")]);
        turned_away(&followed, &Method::GET, "/access");
        let nearly = format!("/access?{}", "a".repeat(4096 - "/access".len()));
        turned_away(&browser.client.get(&nearly), &Method::GET, "/access");
    });
}
