//! The second factor: setting it up, its codes, recovery codes, and what answers before it is given.

use axum::http::Method;
use kernel::Actor;

use super::super::testing::everywhere;
use super::super::{Role, accounts, second_code};
use super::{Browser, PASSWORD, SECRET, World, between, led, on_both};

const PAGE: &str = "/sign-in/second";

/// The secret that the page of setting up shows.
fn shown_secret(page: &str) -> String {
    between(page, "<dd class=\"id\">", "</dd>").replace(' ', "")
}

fn recovery_codes(page: &str) -> Vec<String> {
    page.split("<li class=\"id\">").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

/// Somebody who has given the password only.
fn halfway<'w>(world: &'w World<'_>, name: &str) -> Browser<'w> {
    let browser = world.browser();
    let answer = browser.post("/sign-in", &[("name", name), ("password", PASSWORD), ("next", "/account")]);
    assert_eq!(led(&answer), "/sign-in/second?next=%2Faccount", "{}", answer.body);
    browser
}

fn give(browser: &Browser<'_>, code: &str) -> String {
    led(&browser.post(PAGE, &[("code", code), ("next", "/account")]))
}

#[test]
fn whoever_evaluates_supervises_or_administers_sets_up_a_second_factor() {
    on_both(|world| {
        for role in Role::ALL {
            let name = role.as_str().replace('_', ".");
            world.person(&name, None, &[everywhere(*role)]);
            let to = led(&world.browser().enter(&name, PASSWORD));
            let must = !["worker", "area.lead", "station.manager", "operator", "street.office"]
                .contains(&name.as_str());
            assert_eq!(to != "/", must, "{name} is led to {to}");
        }
        let browser = halfway(world, "evaluator");
        let page = browser.get("/sign-in/second?next=%2Faccount").body;
        let secret = shown_secret(&page);
        assert!(page.contains("<svg role=\"img\"") && page.contains("otpauth://totp/"), "{page}");
        assert_eq!(give(&browser, "000000"), "422");
        assert_eq!(shown_secret(&browser.get(PAGE).body), secret, "a wrong code makes no new secret");
        let before = browser.client.cookie().unwrap();
        let answer = browser.post(PAGE, &[("code", &second_code(&secret, world.now()).unwrap())]);
        assert_eq!(answer.header("cache-control"), "no-store");
        let codes = recovery_codes(&answer.body);
        assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), 10, "{}", answer.body);
        assert_ne!(browser.client.cookie().unwrap(), before, "a new standing, a new cookie");
        assert!(browser.get("/account").body.contains("恢复码还剩 10 个"));
        let old = Browser { client: world.browser().client.with_cookie(before), ..world.browser() };
        assert_eq!(old.led("/account"), "/sign-in?next=%2Faccount");
        let stored = world.database.read(|tx| super::super::store::user_by_name(tx, "evaluator"));
        let stored = format!("{:?}", stored.unwrap().unwrap());
        assert!(!stored.contains(&secret) && codes.iter().all(|code| !stored.contains(code)), "{stored}");
    });
}

#[test]
fn a_code_counts_once_and_a_recovery_code_once() {
    on_both(|world| {
        world.person("jia", Some(SECRET), &[everywhere(Role::Expert)]);
        let code = world.code();
        assert_eq!(give(&halfway(world, "jia"), &code), "/account");
        assert_eq!(give(&halfway(world, "jia"), &code), "422", "the same code again");
        world.pass(1);
        let spaced = format!(" {} {} ", &world.code()[..3], &world.code()[3..]);
        let browser = halfway(world, "jia");
        assert_eq!(give(&browser, &spaced), "/account");
        let codes = recovery_codes(&browser.form("/account/recovery", &[]).body);
        assert_eq!(give(&halfway(world, "jia"), &codes[3].to_uppercase()), "/account");
        assert_eq!(give(&halfway(world, "jia"), &codes[3]), "422", "used up");
        assert_eq!(give(&halfway(world, "jia"), &codes[4].replace('-', "")), "/account");
        assert!(browser.get("/account").body.contains("恢复码还剩 8 个"));
        let newer = recovery_codes(&browser.form("/account/recovery", &[]).body);
        assert_eq!(give(&halfway(world, "jia"), &codes[5]), "422", "new ones replace all of the old");
        assert_eq!(give(&halfway(world, "jia"), &newer[0]), "/account");
        for nonsense in ["", " ", "-", "000-000", "１２３４５６"] {
            world.pass(16);
            assert_eq!(give(&halfway(world, "jia"), nonsense), "422", "{nonsense:?}");
        }
    });
}

#[test]
fn before_the_second_factor_nothing_else_answers() {
    on_both(|world| {
        world.person("jia", Some(SECRET), &[everywhere(Role::SystemAdmin)]);
        let browser = halfway(world, "jia");
        for path in ["/", "/account", "/access", "/figures/none?station=x", "/no/such/page", "/%F0%9F"] {
            for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
                let answer = browser.client.ask(method.clone(), path, &[("accept", "application/json")]);
                assert_eq!(led(&answer), PAGE, "{method} {path}");
            }
        }
        let page = browser.get("/sign-in/second?next=%2Faccount");
        assert!(page.body.contains("name=\"code\"") && !page.body.contains("otpauth"), "{}", page.body);
        assert!(!page.body.contains("示例jia"), "who it is stays out of the frame");
        let again = browser.post(PAGE, &[("code", "1"), ("next", "/account")]).body;
        assert!(again.contains("name=\"next\" value=\"/account\""), "a wrong code does not lose the way");
        assert_eq!(led(&world.browser().get(PAGE)), "/sign-in", "without a password there is no second page");
        world.pass(10);
        assert_eq!(browser.led("/account"), "/sign-in?next=%2Faccount", "ten minutes are enough");
        assert_eq!(give(&browser, &world.code()), "/sign-in");
    });
}

#[test]
fn wrong_codes_lock_the_account_like_wrong_passwords() {
    on_both(|world| {
        world.person("jia", Some(SECRET), &[everywhere(Role::Expert)]);
        let browser = halfway(world, "jia");
        (0..5).for_each(|_| assert_eq!(give(&browser, "000000"), "422"));
        assert_eq!(give(&browser, &world.code()), "422", "locked");
        assert_eq!(led(&world.browser().enter("jia", PASSWORD)), "422");
        world.pass(15);
        assert_eq!(give(&halfway(world, "jia"), &world.code()), "/account");
    });
}

#[test]
fn a_role_that_asks_for_it_is_asked_for_at_once() {
    on_both(|world| {
        let user = world.person("jia", None, &[everywhere(Role::Worker)]);
        let (browser, other) = (world.signed_in("jia"), world.signed_in("jia"));
        assert_eq!(browser.led("/account"), "200");
        let more = |tx: &mut db::Tx<'_>| accounts::grant(tx, user, &everywhere(Role::Evaluator));
        world.database.write(&Actor::Console, more).unwrap();
        assert_eq!(browser.led("/account"), PAGE, "the login from before does not do");
        let secret = shown_secret(&browser.get(PAGE).body);
        assert_eq!(give(&browser, &second_code(&secret, world.now()).unwrap()), "200");
        assert_eq!(browser.led("/account"), "200");
        assert_eq!(other.led("/account"), "/sign-in?next=%2Faccount", "what had one factor ends");
    });
}
