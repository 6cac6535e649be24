//! One's own account: other logins, the password, and forms that no page of this login made.

use axum::http::Method;

use super::super::Role;
use super::super::testing::everywhere;
use super::{PASSWORD, SECRET, WRONG, between, key, led, on_both};

const NEW: &str = "榕树下有 7 张石凳";

/// The addresses of the buttons that end a login.
fn ends(page: &str) -> Vec<String> {
    let forms = page.split("action=\"/account/logins/").skip(1);
    forms.map(|rest| format!("/account/logins/{}", rest.split('"').next().unwrap())).collect()
}

#[test]
fn one_sees_ones_logins_and_ends_them_one_by_one() {
    on_both(|world| {
        world.person("jia", None, &[]);
        world.person("yi", None, &[]);
        let (here, there, third) = (world.signed_in("jia"), world.signed_in("jia"), world.signed_in("jia"));
        let stranger = world.signed_in("yi");
        let page = here.get("/account").body;
        assert!(page.contains("3 处") && page.matches("这里").count() == 1, "{page}");
        let buttons = ends(&page);
        assert_eq!(buttons.len(), 2, "none for this one");
        assert_eq!(stranger.form(&buttons[0], &[]).status, 404, "another's login is not there");
        assert_eq!(here.form("/account/logins/none/end", &[]).status, 404);
        let states = || [there.led("/account"), third.led("/account")].map(|to| to == "200");
        assert_eq!(states(), [true, true]);
        assert_eq!(led(&here.form(&buttons[0], &[])), "/account");
        assert_eq!(states().into_iter().filter(|open| *open).count(), 1, "one of them is out");
        assert_eq!(here.form(&buttons[0], &[]).status, 404, "it has ended already");
        assert_eq!(led(&here.form(&buttons[1], &[])), "/account");
        assert_eq!(states(), [false, false]);
        assert_eq!((here.led("/account"), stranger.led("/account")), ("200".into(), "200".into()));
    });
}

#[test]
fn a_new_password_ends_every_other_login() {
    on_both(|world| {
        world.person("jia", None, &[]);
        let (here, there) = (world.signed_in("jia"), world.signed_in("jia"));
        let change = |now: &str, new: &str, again: &str, part: &str| {
            let answer = here.form("/account/password", &[("now", now), ("password", new), ("again", again)]);
            assert!(answer.status == 422 && answer.body.contains(part), "{}", answer.body);
            assert!(!answer.body.contains(NEW), "no password stands in a page");
        };
        change(WRONG, NEW, NEW, "现在的密码不对");
        change(PASSWORD, "短", "短", "10 到 128");
        change(PASSWORD, "我叫 jia，住在江边", "我叫 jia，住在江边", "不要有登录名");
        change(PASSWORD, NEW, WRONG, "两次填的密码不一样");
        assert_eq!(there.led("/account"), "200");
        let sent = [("now", PASSWORD), ("password", NEW), ("again", NEW)];
        assert_eq!(led(&here.form("/account/password", &sent)), "/account");
        assert_eq!((here.led("/account"), there.led("/account") == "200"), ("200".into(), false));
        assert_eq!(led(&world.browser().enter("jia", PASSWORD)), "422");
        assert_eq!(led(&world.browser().enter("jia", NEW)), "/");
        (0..5).for_each(|_| change(WRONG, NEW, NEW, "现在的密码不对"));
        change(NEW, PASSWORD, PASSWORD, "暂时锁定");
    });
}

#[test]
fn recovery_codes_are_for_those_who_have_a_second_factor() {
    on_both(|world| {
        world.person("jia", None, &[]);
        assert_eq!(world.signed_in("jia").form("/account/recovery", &[]).status, 400);
    });
}

#[test]
fn a_form_that_no_page_of_this_login_made_is_refused() {
    on_both(|world| {
        world.person("jia", None, &[]);
        let (here, other) = (world.signed_in("jia"), world.signed_in("jia"));
        let page = here.get("/account").body;
        assert_eq!(between(&page, "name=\"_token\" value=\"", "\""), here.token());
        assert_ne!(here.token(), other.token());
        let button = ends(&page).remove(0);
        let (token, number) = (here.token(), key());
        let send = |fields: &[(&str, &str)]| here.post(&button, fields).status.as_u16();
        assert_eq!(send(&[("_key", &number)]), 403, "without a token");
        assert_eq!(send(&[("_key", &number), ("_token", "")]), 403);
        assert_eq!(send(&[("_key", &number), ("_token", &other.token())]), 403, "another login's");
        assert_eq!(send(&[("_token", &token)]), 400, "without a number");
        assert_eq!(send(&[("_key", "short"), ("_token", &token)]), 400);
        let body = format!("_token={token}&_key={number}").into_bytes();
        let from = |headers: &[(&str, &str)]| {
            let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
            all.extend_from_slice(headers);
            here.client.send(Method::POST, &button, &all, body.clone()).status.as_u16()
        };
        assert_eq!(from(&[("origin", "https://elsewhere.example")]), 403);
        assert_eq!(from(&[("origin", "null")]), 403);
        assert_eq!(from(&[("sec-fetch-site", "cross-site")]), 403);
        assert_eq!(from(&[("referer", "http://elsewhere.example/a")]), 403);
        assert_eq!(other.led("/account"), "200", "nothing of that was done");
        assert_eq!(from(&[("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "same-origin")]), 303);
        assert_ne!(other.led("/account"), "200");
    });
}

#[test]
fn a_form_sent_twice_writes_once() {
    on_both(|world| {
        world.person("admin", Some(SECRET), &[everywhere(Role::SystemAdmin)]);
        let browser = world.browser();
        browser.enter("admin", PASSWORD);
        browser.post("/sign-in/second", &[("code", &world.code())]);
        let number = key();
        let make = |number: &str, name: &str| {
            led(&browser.form_with_key("/access/new", number, &[("name", name), ("display_name", "样本乙")]))
        };
        let first = make(&number, "yi");
        assert!(first.starts_with("/access/"), "{first}");
        assert_eq!(make(&number, "yi"), first, "led to where the first one led");
        assert_eq!(make(&number, "bing"), first, "a number is used up, whatever is sent with it");
        assert_eq!(make(&key(), "yi"), "422", "a new form is a new wish");
        assert_eq!(make("0123456789abcdef-wrong-once", ""), "422");
        assert!(
            make("0123456789abcdef-wrong-once", "ding").starts_with("/access/"),
            "what was refused may come again"
        );
        let (number, together) = (key(), std::sync::Barrier::new(3));
        let cookie = browser.client.cookie().unwrap();
        let one = || {
            let same =
                super::Browser { client: world.browser().client.with_cookie(&cookie), ..world.browser() };
            together.wait();
            let fields = [("name", "wu"), ("display_name", "假设丙")];
            led(&same.form_with_key("/access/new", &number, &fields))
        };
        let all: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(&one)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(all[0].starts_with("/access/") && all.iter().all(|to| *to == all[0]), "at once: {all:?}");
        let list = browser.get("/access").body;
        assert!(list.contains(">yi<") && list.contains(">ding<") && !list.contains(">bing<"), "{list}");
    });
}
