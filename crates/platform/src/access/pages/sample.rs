//! The pages of access from samples, so that the templates are seen without a database.

use askama::Template as _;
use kernel::{Id, Moment, Problem};
use web::testing::faults_of;

use super::{
    AccountPage, CodesPage, Frame, Grant, GrantLine, InvitedPage, Login, SetUpPage, User, UserLine, UserPage,
    UsersPage,
};
use crate::access::{Reach, Role};

const NOW: Moment = Moment::from_micros(1_735_617_600_000_000);

fn id(n: u8) -> Id {
    Id::derived(0, &[&[n]])
}

fn user(password: Option<&str>, closed: bool) -> User {
    User {
        id: id(1),
        name: "yang.ben".into(),
        display_name: "样本<乙>".into(),
        worker_id: None,
        password: password.map(str::to_owned),
        second: None,
        second_set: !closed,
        second_step: 0,
        recovery: "a b c".into(),
        failures: 0,
        locked_until: Moment::from_micros(if closed { i64::MAX } else { 0 }),
        made_at: NOW,
        disabled_at: closed.then_some(NOW),
    }
}

fn grant(role: Role, to_on: Option<&str>) -> Grant {
    Grant {
        id: id(2),
        user_id: id(1),
        role,
        reach: Reach::Station,
        district: None,
        street: None,
        station_id: Some(id(3)),
        place_id: Some(id(3)),
        from_on: "2024-06-21".parse().unwrap(),
        to_on: to_on.map(|day| day.parse().unwrap()),
        made_by: "console".into(),
        made_at: NOW,
    }
}

fn frame(title: &str) -> Frame {
    Frame::sample("access", title)
}

impl SetUpPage {
    fn sample(wrong: Option<&Problem>) -> Self {
        let address = "otpauth://totp/Kapok:yang.ben?secret=JBSWY3DPEHPK3PXP&issuer=Kapok";
        Self::new(
            frame("设置第二道验证"),
            "/sign-in/second",
            "JBSWY3DPEHPK3PXP",
            address,
            "/a?b=\"c\"",
            wrong,
        )
    }
}

impl AccountPage {
    fn sample(second_set: bool) -> Self {
        let login = |n: &str| Login {
            id: n.into(),
            user_id: id(1),
            complete: true,
            made_at: NOW,
            seen_at: NOW,
            ended_at: None,
            address: "10.0.0.7".into(),
            agent: "Browser \"<1>\"".into(),
        };
        let user = User { second_set, ..user(Some("x"), false) };
        let grants = [grant(Role::Worker, None), grant(Role::AreaLead, None)];
        Self::of(frame("我的账号"), &user, &grants, vec![login("0a"), login("0b")], "0a", "0123".into())
    }
}

impl UserPage {
    fn sample(closed: bool, may: bool) -> Self {
        let day = NOW.day();
        let lines = vec![
            GrantLine::of(&grant(Role::Worker, None), "示例街社工服务站".into(), day),
            GrantLine::of(&grant(Role::Expert, Some("2024-07-01")), "示例区 & 邻区".into(), day),
        ];
        let lines = if closed { vec![] } else { lines };
        Self::of(
            frame("样本乙"),
            &user(Some("x"), closed),
            lines,
            "0123".into(),
            (may, may),
            may.then(|| "样本<乙>".into()),
            NOW,
        )
    }
}

#[test]
fn every_page_renders_from_a_sample() {
    let wrong = Problem::new("wrong_code", "验证码不对，或已经用过", "等下一个");
    let users = vec![
        UserLine::of(&user(Some("x"), false), vec!["社工", "站长"]),
        UserLine::of(&user(None, false), vec![]),
        UserLine::of(&user(None, true), vec![]),
    ];
    let codes = vec!["0a1b-2c3d-4e5f".to_owned(), "ffff-0000-1111".to_owned()];
    let invited = InvitedPage {
        frame: frame("登录链接"),
        name: "样本<乙>".into(),
        path: format!("/invitation/{}", "0f".repeat(32)),
        back: id(1).to_string(),
    };
    let pages = [
        ("set_up", SetUpPage::sample(None).render()),
        ("set_up_again", SetUpPage::sample(Some(&wrong)).render()),
        ("codes", CodesPage { frame: frame("恢复码"), codes, next: "/a?b=c".into() }.render()),
        ("account", AccountPage::sample(true).render()),
        ("account_one_factor", AccountPage::sample(false).render()),
        (
            "users",
            UsersPage { frame: frame("账号与角色"), lines: users, may_add: true, may_devices: true }.render(),
        ),
        ("user", UserPage::sample(false, true).render()),
        ("user_closed", UserPage::sample(true, true).render()),
        ("user_read_only", UserPage::sample(false, false).render()),
        ("invited", invited.render()),
    ];
    for (name, page) in pages {
        let html = page.unwrap();
        assert_eq!(faults_of(&html), Vec::<String>::new(), "{name}");
        insta::assert_snapshot!(name, html);
    }
}
