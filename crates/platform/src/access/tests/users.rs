//! The accounts of all: opening and closing them, giving roles, and that nobody reaches beyond their own ground.

use kernel::Id;

use super::super::testing::{everywhere, in_station};
use super::super::{NewGrant, Role};
use super::{Browser, PASSWORD, SECRET, World, between, led, on_both, station};

/// Somebody who keeps accounts or rights, signed in with both factors.
fn admin<'w>(world: &'w World<'_>, name: &str, grants: &[NewGrant]) -> (Id, Browser<'w>) {
    let user = world.person(name, Some(SECRET), grants);
    let browser = world.browser();
    browser.enter(name, PASSWORD);
    assert_eq!(led(&browser.post("/sign-in/second", &[("code", &world.code())])), "/", "{name}");
    (user, browser)
}

/// The addresses of the buttons that take a role away.
fn ends(page: &str) -> Vec<String> {
    let parts = page.split("action=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    parts.filter(|path| path.contains("/grants/")).collect()
}

#[test]
fn an_account_is_opened_invited_closed_and_opened_again() {
    on_both(|world| {
        let (own, browser) = admin(world, "xitong", &[everywhere(Role::SystemAdmin)]);
        let make = |name: &str| {
            let answer = browser.form("/access/new", &[("name", name), ("display_name", "样本乙")]);
            (led(&answer), answer.body)
        };
        assert!(make("").1.contains("填登录名"));
        assert!(make("张三").1.contains("不能用"));
        assert!(make("Xitong").1.contains("已经有人用"));
        let path = make("Yang.Ben").0;
        assert!(browser.get("/access").body.contains("yang.ben"));
        assert!(browser.get(&path).body.contains("没有角色的账号登录后什么也看不到"));
        let page = browser.form(&format!("{path}/invite"), &[]);
        assert_eq!(page.header("cache-control"), "no-store");
        let way = between(&page.body, "<p class=\"id link\">", "</p>").to_owned();
        let theirs = world.browser();
        let set = theirs.post(&way, &[("password", "榕树下有 7 张石凳"), ("again", "榕树下有 7 张石凳")]);
        assert_eq!(led(&set), "/sign-in");
        let enter = || led(&world.browser().enter("yang.ben", "榕树下有 7 张石凳"));
        assert_eq!(led(&theirs.enter("yang.ben", "榕树下有 7 张石凳")), "/");
        assert_eq!((theirs.led("/"), theirs.led("/account")), ("403".into(), "200".into()), "no role yet");
        assert_eq!(led(&browser.form(&format!("{path}/close"), &[])), path);
        assert_eq!(theirs.led("/account"), "/sign-in?next=%2Faccount");
        assert_eq!(enter(), "422");
        assert!(browser.get(&path).body.contains("已停用"));
        assert_eq!(led(&browser.form(&format!("{path}/open"), &[])), path);
        assert_eq!(enter(), "/");
        for act in ["close", "open"] {
            assert_eq!(browser.form(&format!("/access/{own}/{act}"), &[]).status, 400, "not one's own");
        }
        assert_eq!(browser.led(&format!("{path}/grant")), "403", "roles are another's to give");
    });
}

#[test]
fn a_role_holds_from_its_first_day_until_it_is_ended() {
    on_both(|world| {
        station::fill(world.database, 1, "zhanyi", 1);
        let (own, browser) = admin(world, "anquan", &[everywhere(Role::SecurityAdmin)]);
        let user = world.person("yi", None, &[]);
        let theirs = world.signed_in("yi");
        let path = format!("/access/{user}/grant");
        let here = station::id(1, 0);
        let give = |place: &str, from: &str, to: &str| {
            let fields = [("role", "worker"), ("place", place), ("from_on", from), ("to_on", to)];
            let answer = browser.form(&path, &fields);
            (led(&answer), answer.body)
        };
        let whole = format!("station:{here}:{here}");
        assert!(browser.get(&format!("{path}?station=zhanyi")).body.contains(&whole));
        assert!(give("", "2024-12-31", "").1.contains("选范围"));
        assert!(give(&whole, "2024-12-31", "2024-12-31").1.contains("截止日期要在起始日期之后"));
        assert!(give(&whole, "昨天", "").1.contains("要写成年-月-日"));
        for nowhere in [
            "station:x:y".to_owned(),
            "city".replace("city", "moon"),
            format!("station:{here}:{}", station::id(1, 1)),
            format!("area:{here}:{}", station::id(1, 11)),
            format!("area:{here}:{}", station::id(2, 1)),
            "district:没有这个区".to_owned(),
            "street:示例区:没有这条街".to_owned(),
            "street:示例区".to_owned(),
        ] {
            assert!(give(&nowhere, "2024-12-31", "").1.contains("选范围"), "{nowhere}");
        }
        assert_eq!(theirs.led("/indicators"), "403");
        assert_eq!(give(&whole, "2025-01-01", "2025-01-03").0, format!("/access/{user}"));
        assert_eq!(theirs.led("/indicators"), "403", "it begins tomorrow");
        world.pass(13 * 60);
        let theirs = world.signed_in("yi");
        assert_eq!(theirs.led("/indicators"), "200");
        let (_, browser) = admin(world, "anquan.er", &[everywhere(Role::SecurityAdmin)]);
        let buttons = ends(&browser.get(&format!("/access/{user}")).body);
        assert_eq!(led(&browser.form(&buttons[0], &[])), format!("/access/{user}"));
        assert_eq!(theirs.led("/indicators"), "403", "at once, without signing in again");
        assert_eq!(browser.form(&format!("/access/{own}/grants/none/end"), &[]).status, 404);
        let (me, mine) = admin(world, "anquan.san", &[everywhere(Role::SecurityAdmin)]);
        let fields = [("role", "city"), ("place", "city"), ("from_on", "2025-01-01")];
        let answer = mine.form(&format!("/access/{me}/grant"), &fields);
        assert!(answer.status == 403 && answer.body.contains("不能给自己授予角色"), "{}", answer.body);
    });
}

#[test]
fn an_administrator_of_one_station_reaches_no_further() {
    on_both(|world| {
        station::fill(world.database, 1, "zhanyi", 1);
        station::fill(world.database, 2, "zhaner", 1);
        let (one, two) = (station::id(1, 0), station::id(2, 0));
        let here = world.person("here", None, &[in_station(Role::Worker, one)]);
        let there = world.person("there", None, &[in_station(Role::Worker, two)]);
        let both = [in_station(Role::Worker, one), everywhere(Role::City)];
        let above = world.person("above", None, &both);
        let roles = [in_station(Role::SystemAdmin, one), in_station(Role::SecurityAdmin, one)];
        let (_, browser) = admin(world, "zhangli", &roles);
        let list = browser.get("/access").body;
        assert!(
            list.contains("示例here") && list.contains("示例above") && !list.contains("示例there"),
            "{list}"
        );
        let status = |path: &str, fields: &[(&str, &str)]| browser.form(path, fields).status.as_u16();
        assert_eq!(browser.led(&format!("/access/{there}")), "404");
        for (act, inside) in [("close", 303), ("open", 303), ("invite", 200)] {
            assert_eq!(status(&format!("/access/{here}/{act}"), &[]), inside, "{act}");
            assert_eq!(status(&format!("/access/{there}/{act}"), &[]), 404, "{act}");
            assert_eq!(status(&format!("/access/{above}/{act}"), &[]), 403, "{act} of one who is more");
        }
        let give = |user: Id, place: &str| {
            let fields = [("role", "worker"), ("place", place), ("from_on", "2024-12-31")];
            status(&format!("/access/{user}/grant"), &fields)
        };
        assert_eq!(give(here, &format!("station:{one}:{one}")), 303);
        assert_eq!(give(here, &format!("area:{one}:{}", station::id(1, 1))), 303);
        assert_eq!(give(there, &format!("station:{one}:{one}")), 404, "an account that is not seen");
        for place in [
            format!("station:{two}:{two}"),
            format!("area:{two}:{}", station::id(2, 1)),
            "city".to_owned(),
            "district:示例区".to_owned(),
            "street:示例区:示例街".to_owned(),
        ] {
            assert_eq!(give(here, &place), 403, "{place}");
        }
        assert_eq!(
            give(here, &format!("area:{one}:{}", station::id(2, 1))),
            422,
            "another's area as one's own"
        );
        let ended = ends(&browser.get(&format!("/access/{above}")).body);
        let statuses: Vec<u16> = ended.iter().map(|path| status(path, &[])).collect();
        assert!(statuses.contains(&303) && statuses.contains(&403), "{statuses:?}");
        let choices = browser.get(&format!("/access/{here}/grant")).body;
        assert!(
            choices.contains("zhanyi") && !choices.contains("zhaner") && !choices.contains("全市"),
            "{choices}"
        );
    });
}
