//! The first factor: words, counting, cookies, how long a login lasts, invitations, and where one is led.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordVerifier as _};
use kernel::Actor;
use web::testing::Client;

use super::super::testing::{everywhere, form_token};
use super::super::{Role, accounts, password};
use super::{PASSWORD, WRONG, World, between, led, on_both, station};

const ANY_WORDS: &str = "登录名或密码不对，或账号暂时锁定";

/// Every refusal in the same words, with nothing of the password in them and no cookie.
fn refusal(world: &World<'_>, name: &str, password: &str) -> String {
    let answer = world.browser().enter(name, password);
    assert_eq!(answer.status, 422, "{name}");
    assert!(answer.body.contains(ANY_WORDS) && !answer.body.contains(password), "{}", answer.body);
    assert_eq!(answer.header("set-cookie"), "");
    answer.body.replace(name, "NAME")
}

#[test]
fn a_wrong_name_a_wrong_password_and_a_lock_are_said_in_the_same_words() {
    on_both(|world| {
        world.person("jia", None, &[]);
        let gone = world.person("yi", None, &[]);
        let close = |tx: &mut db::Tx<'_>| {
            let mut user = super::super::store::user(tx, gone)?;
            user.disabled_at = Some(tx.at());
            super::super::store::update_user(tx, &user)
        };
        world.database.write(&Actor::Console, close).unwrap();
        let known = refusal(world, "jia", WRONG);
        for (name, password) in [("nobody.here", WRONG), ("yi", PASSWORD), ("", WRONG), ("甲", WRONG)] {
            let other = refusal(world, name, password);
            if !name.is_empty() {
                assert_eq!(known, other, "{name}");
            }
        }
        (0..4).for_each(|_| drop(refusal(world, "jia", WRONG)));
        assert_eq!(known, refusal(world, "jia", PASSWORD), "locked");
    });
}

#[test]
fn a_name_without_an_account_takes_as_much_work_as_one_with() {
    let (nobodys, kept) = (password::NOBODYS, password::kept(PASSWORD).unwrap());
    let cost = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");
    assert_eq!(cost(nobodys), cost(&kept));
    assert!(cost(&kept).starts_with("$argon2id$v=19$"), "{kept}");
    let hash = PasswordHash::new(nobodys).unwrap();
    assert_eq!(hash.hash.unwrap().len(), PasswordHash::new(&kept).unwrap().hash.unwrap().len());
    let wrong = Argon2::default().verify_password(b"x", &hash).unwrap_err();
    assert!(matches!(wrong, argon2::password_hash::Error::PasswordInvalid), "{wrong}");
    assert!(!password::matches(PASSWORD, None) && password::matches(PASSWORD, Some(&kept)));
}

#[test]
fn five_failures_lock_an_account_for_a_quarter_of_an_hour() {
    on_both(|world| {
        world.person("jia", None, &[]);
        (0..4).for_each(|_| drop(refusal(world, "jia", WRONG)));
        assert_eq!(led(&world.browser().enter("JIA ", PASSWORD)), "/", "four are not five");
        (0..5).for_each(|_| drop(refusal(world, "jia", WRONG)));
        refusal(world, "jia", PASSWORD);
        world.pass(14);
        // What is tried meanwhile does not lengthen it.
        (0..6).for_each(|_| drop(refusal(world, "jia", PASSWORD)));
        world.pass(1);
        assert_eq!(led(&world.browser().enter("jia", PASSWORD)), "/");
    });
}

#[test]
fn what_fails_at_one_moment_is_counted_each() {
    on_both(|world| {
        world.person("jia", None, &[]);
        std::thread::scope(|threads| {
            for _ in 0..5 {
                threads.spawn(|| drop(refusal(world, "jia", WRONG)));
            }
        });
        refusal(world, "jia", PASSWORD);
    });
}

#[test]
fn an_address_from_which_too_much_failed_is_not_listened_to() {
    on_both(|world| {
        world.person("jia", None, &[]);
        let (here, there) = (world.browser_at([10, 0, 0, 1]), world.browser_at([10, 0, 0, 2]));
        for n in 0..30 {
            assert_eq!(here.enter(&format!("name{n}"), WRONG).status, 422);
        }
        let answer = here.enter("jia", PASSWORD);
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("从这个地址登录失败的次数太多"), "{}", answer.body);
        assert_eq!(led(&there.enter("jia", PASSWORD)), "/", "from elsewhere it goes on");
        world.pass(16);
        assert_eq!(led(&here.enter("jia", PASSWORD)), "/");
    });
}

#[test]
fn passwords_are_held_to_rules() {
    let check = |given: &str, part: &str| {
        let wrong = password::wrong(given, "zhang.san").unwrap_or_default();
        assert!(if part.is_empty() { wrong.is_empty() } else { wrong.contains(part) }, "{given}: {wrong}");
    };
    check(PASSWORD, "10 到 128");
    check("榕树下有 7 张石凳", "");
    check("榕树下 7 张", "10 到 128");
    check(&"榕树下有张石凳".repeat(20), "10 到 128");
    check("aaaaaaaabbbb", "不同的字符太少");
    check("我是 Zhang.San 本人啊", "不要有登录名");
    check("Password2024", "太常见");
    check("my password is a long sentence", "");
}

#[test]
fn signing_in_leads_to_an_address_of_this_site_and_no_other() {
    on_both(|world| {
        world.person("jia", None, &[]);
        let check = |next: &str, expected: &str| {
            let browser = world.browser();
            let sent = [("name", "jia"), ("password", PASSWORD), ("next", next)];
            assert_eq!(led(&browser.post("/sign-in", &sent)), expected, "{next:?}");
        };
        check("", "/");
        check("/account?a=1&b=%E7%94%B2", "/account?a=1&b=%E7%94%B2");
        for elsewhere in [
            "https://elsewhere.example/",
            "//elsewhere.example/",
            "/\\elsewhere.example",
            "\\\\elsewhere.example",
            "/\t/elsewhere.example",
            "/\n/elsewhere.example",
            "javascript:alert(1)",
            "elsewhere",
            "/甲",
            " //elsewhere.example",
        ] {
            check(elsewhere, "/");
        }
        let asked = world.browser().get("/figures?station=a");
        assert_eq!(led(&asked), "/sign-in?next=%2Ffigures%3Fstation%3Da");
        let form = world.browser().get(asked.header("location")).body;
        assert!(form.contains("name=\"next\" value=\"/figures?station=a\""), "{form}");
    });
}

#[test]
fn the_cookie_is_for_this_site_and_no_script() {
    on_both(|world| {
        world.person("jia", None, &[]);
        let parts = |secure: bool| {
            let mut site = station::site(world.database);
            site.secure = secure;
            let client = Client::new(crate::router(site));
            let answer = client.post("/sign-in", &[("name", "jia"), ("password", PASSWORD)]);
            assert_eq!(answer.header("cache-control"), "no-store");
            let cookie = answer.header("set-cookie").to_owned();
            client.keep(&answer);
            let token = form_token(world.database, &client.cookie().unwrap());
            let left = client.post("/sign-out", &[("_token", &token)]);
            (cookie, client.get("/sign-in").header("strict-transport-security").to_owned(), left)
        };
        let (plain, none, left) = parts(false);
        assert!(plain.starts_with("kapok_login=") && !plain.contains("Secure"), "{plain}");
        assert_eq!(none, "", "without TLS there is nothing to hold a browser to");
        assert!(left.header("set-cookie").starts_with("kapok_login=; "), "{:?}", left.headers);
        assert_eq!(left.header("clear-site-data"), "\"cache\"");
        let (secure, always, left) = parts(true);
        assert!(secure.starts_with("__Host-kapok_login=") && secure.contains("; Secure"), "{secure}");
        assert!(left.header("set-cookie").starts_with("__Host-kapok_login=; "), "{:?}", left.headers);
        assert!(left.header("set-cookie").contains("Secure"), "else browsers do not take it away");
        assert!(always.starts_with("max-age="), "{always}");
        for cookie in [plain, secure] {
            for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
                assert!(cookie.contains(part), "{part} in {cookie}");
            }
            assert!(!cookie.contains("Domain") && !cookie.contains("Max-Age"), "{cookie}");
        }
    });
}

#[test]
fn a_login_ends_unused_after_two_hours_and_in_any_case_after_twelve() {
    on_both(|world| {
        world.person("jia", None, &[]);
        let browser = world.signed_in("jia");
        world.pass(119);
        assert_eq!(browser.led("/account"), "200");
        world.pass(119);
        assert_eq!(browser.led("/account"), "200", "using it kept it");
        world.pass(121);
        assert_eq!(browser.led("/account"), "/sign-in?next=%2Faccount");
        let browser = world.signed_in("jia");
        for _ in 0..11 {
            world.pass(60);
            assert_eq!(browser.led("/account"), "200");
        }
        world.pass(60);
        assert_eq!(browser.led("/account"), "/sign-in?next=%2Faccount");
    });
}

#[test]
fn signing_out_ends_the_login_not_only_the_cookie() {
    on_both(|world| {
        world.person("jia", None, &[]);
        let browser = world.signed_in("jia");
        let kept = browser.client.cookie().unwrap();
        assert_eq!(browser.form("/sign-out", &[]).status, 303);
        assert_eq!(browser.client.cookie(), None);
        let thief = super::Browser { client: world.browser().client.with_cookie(kept), ..world.browser() };
        assert_eq!(thief.led("/account"), "/sign-in?next=%2Faccount");
    });
}

#[test]
fn an_invitation_is_good_once_and_for_three_days() {
    on_both(|world| {
        let user = world.person("jia", None, &[everywhere(Role::Worker)]);
        let invite = || {
            let made = world.database.write(&Actor::Console, |tx| accounts::invite(tx, user));
            format!("/invitation/{}", made.unwrap())
        };
        let (first, second) = (invite(), invite());
        let browser = world.browser();
        let page = browser.get(&first);
        assert!(page.body.contains("登录名：jia"), "{}", page.body);
        let set = |path: &str, new: &str, again: &str| {
            let answer = browser.post(path, &[("password", new), ("again", again)]);
            (led(&answer), answer.body)
        };
        assert!(set(&first, "短", "短").1.contains("10 到 128"));
        assert!(set(&first, "榕树下有 7 张石凳", "榕树下有 8 张石凳").1.contains("两次填的密码不一样"));
        let before = world.signed_in("jia");
        assert_eq!(set(&first, "榕树下有 7 张石凳", "榕树下有 7 张石凳").0, "/sign-in");
        assert_eq!(before.led("/account"), "/sign-in?next=%2Faccount", "logins from before end");
        for path in [&first, &second] {
            assert_eq!(browser.led(path), "404", "one password uses up every invitation");
            assert_eq!(set(path, "榕树下有 9 张石凳", "榕树下有 9 张石凳").0, "404");
        }
        assert_eq!(led(&browser.enter("jia", "榕树下有 7 张石凳")), "/");
        let third = invite();
        world.pass(3 * 24 * 60);
        assert_eq!(browser.led(&third), "404");
        assert_eq!(browser.led("/invitation/none"), "404");
    });
}

#[test]
fn every_step_leaves_a_line_in_the_audit() {
    on_both(|world| {
        let user = world.person("jia", None, &[]);
        (0..5).for_each(|_| drop(refusal(world, "jia", WRONG)));
        refusal(world, "nobody", WRONG);
        world.pass(16);
        let browser = world.browser_at([10, 0, 0, 7]);
        browser.enter("jia", PASSWORD);
        browser.form("/sign-out", &[]);
        let (lines, fault) = world.database.read(|tx| tx.audit_lines(db::WHOLE)).unwrap();
        assert_eq!(fault, None);
        let verbs: Vec<&str> = lines.iter().map(|line| line.verb.as_str()).collect();
        let count = |verb: &str| verbs.iter().filter(|known| **known == verb).count();
        assert_eq!(
            (count("access.sign_in_failed"), count("access.locked"), count("access.sign_in")),
            (6, 1, 1),
            "{verbs:?}"
        );
        let last = lines.last().unwrap();
        assert_eq!((last.verb.as_str(), last.actor.as_str()), ("access.sign_out", user.as_str()));
        assert_eq!(last.origin.as_deref(), Some("10.0.0.7"));
        let said = format!("{lines:?}");
        assert!(!said.contains(WRONG) && !said.contains(PASSWORD));
        assert_eq!(between("a<b>c", "<", ">"), "b");
    });
}
