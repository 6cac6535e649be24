//! The forms of access as the router gives them, so that their wording is seen.

use super::super::testing::{everywhere, in_station};
use super::super::{Role, accounts};
use super::{PASSWORD, SECRET, led, on_both, station};

/// The main part of a page, with what is different every time left out.
fn main_of(page: &str) -> String {
    let main = super::between(page, "<main class=\"page\" id=\"main\" tabindex=\"-1\">", "</main>");
    let (mut shown, mut run) = (String::new(), String::new());
    for sign in main.chars().chain(['\n']) {
        if sign.is_ascii_hexdigit() || sign == '-' && !run.is_empty() {
            run.push(sign);
            continue;
        }
        shown.push_str(if run.len() >= 32 { "…" } else { &run });
        run.clear();
        shown.push(sign);
    }
    shown
}

#[test]
fn the_forms_of_access_are_worded_as_agreed() {
    on_both(|world| {
        station::fill(world.database, 1, "zhanyi", 1);
        let user = world.person("yi", None, &[in_station(Role::Worker, station::id(1, 0))]);
        let made = world.database.write(&kernel::Actor::Console, |tx| accounts::invite(tx, user));
        let way = format!("/invitation/{}", made.unwrap());
        let out = world.browser();
        let roles = [everywhere(Role::SystemAdmin), everywhere(Role::SecurityAdmin)];
        world.person("admin", Some(SECRET), &roles);
        let browser = world.browser();
        browser.enter("admin", PASSWORD);
        let second = browser.get("/sign-in/second?next=/account").body;
        let second_again = browser.post("/sign-in/second", &[("code", "1"), ("next", "/account")]).body;
        assert_eq!(led(&browser.post("/sign-in/second", &[("code", &world.code())])), "/");
        let grant = format!("/access/{user}/grant");
        let pages = [
            ("form_sign_in", out.get("/sign-in?next=/account").body),
            ("form_sign_in_again", out.enter("yi", "x").body),
            ("form_second", second),
            ("form_second_again", second_again),
            ("form_invitation", out.get(&way).body),
            ("form_password", browser.get("/account/password").body),
            ("form_new", browser.get("/access/new").body),
            ("form_new_again", browser.form("/access/new", &[("name", "甲")]).body),
            ("form_grant", browser.get(&grant).body),
            ("form_grant_again", browser.form(&grant, &[]).body),
        ];
        for (name, page) in pages {
            insta::assert_snapshot!(name, main_of(&page));
        }
    });
}
