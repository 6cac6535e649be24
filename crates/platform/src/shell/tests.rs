//! Requests through the router, on both databases.

pub(crate) mod count;
pub(crate) mod station;

use db::testing::{Fresh, each, sqlite};
use web::testing::{Answer, faults_of};

use axum::http::StatusCode;
use station::{NOW, client, fill, site};

use crate::access::Role;
use crate::access::testing::{everywhere, signed_in};

/// Every address of the site with something behind it, for a station `shili` and its round.
const PAGES: [&str; 12] = [
    "/indicators",
    "/indicators?station=shili&as_of=2024-09-30",
    "/figures",
    "/figures?station=shili&as_of=2024-12-31&round=shili-mid",
    "/figures/large_activities",
    "/figures/large_activities?scope=area:dong&by=month&page=2",
    "/figures/large_activity_attendances.completion?by=worker",
    "/figures/staff.retention_percent?scope=community:xiyi",
    "/figures/report.expert_count",
    "/reports",
    "/reports/shili-mid",
    "/checks",
];

fn on_both(test: impl Fn(&Fresh)) {
    each(NOW, |fresh| {
        fill(&fresh.database, 1, "shili", 120);
        test(fresh);
    });
}

fn good(answer: &Answer, path: &str) {
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
    assert!(answer.body.len() < 150_000, "{path}: {} bytes", answer.body.len());
    assert!(answer.body.contains("<html lang=\"zh-CN\">"), "{path}");
    assert_eq!(
        answer.body.matches("示例数据：人物全部虚构").count(),
        2,
        "{path}: top and footer say it is a sample"
    );
}

#[test]
fn every_page_is_sound_and_says_that_it_is_a_sample() {
    on_both(|fresh| {
        let client = client(&fresh.database);
        for path in PAGES {
            good(&client.get(path), path);
        }
    });
}

#[test]
fn no_link_leads_nowhere() {
    let fresh = sqlite(NOW);
    fill(&fresh.database, 1, "shili", 60);
    let client = client(&fresh.database);
    let mut seen = std::collections::BTreeSet::new();
    for path in PAGES {
        let body = client.get(path).body;
        for part in body.split("href=\"").skip(1) {
            let href = part.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
            let href = href.split('#').next().unwrap().to_owned();
            if !href.is_empty() && seen.insert(href.clone()) {
                assert!(client.get(&href).status.is_success() || href == "/", "{path} links to {href}");
            }
        }
    }
    assert!(seen.len() > 40, "{} links", seen.len());
}

#[test]
fn the_board_shows_each_indicator_with_its_arithmetic() {
    on_both(|fresh| {
        let body = client(&fresh.database).get("/indicators").body;
        for part in [
            "合同期 2024-06-21 至 2025-06-20 · 经费 240 万元 · 数据截至 2024-12-31",
            "194 / 365 天，余 171 天",
            "2 项协议指标",
            "大型社区活动实际 120 次",
            "2,400%",
            "已完成，请核对",
            "领先",
            "要看的一件事",
            "已是指标量的 24 倍",
        ] {
            assert!(body.contains(part), "{part}");
        }
    });
}

#[test]
fn a_tight_indicator_says_what_is_left() {
    let fresh = sqlite(NOW);
    fill(&fresh.database, 1, "shili", 108);
    let body = client(&fresh.database).get("/indicators").body;
    for part in
        ["贴线", "余下 171 天还要做 92 次，每月约 16.4 次；到目前每月 16.9 次。", "只领先 0.8 个百分点"]
    {
        assert!(body.contains(part), "{part}");
    }
}

#[test]
fn one_click_leads_from_a_number_to_its_records() {
    on_both(|fresh| {
        let client = client(&fresh.database);
        let board = client.get("/indicators").body;
        let href = "/figures/large_activities?station=shili&#38;as_of=2024-12-31";
        assert!(board.contains(href), "the board links to the figure");
        let page = client.get(&href.replace("&#38;", "&"));
        for part in [
            "<b>120</b>",
            "社区活动 120 条，这里是第 1 至 50 条",
            "样本乙",
            "东片区",
            "东一社区",
            "第 1 / 3 页",
            "规模为“大型”",
        ] {
            assert!(page.body.contains(part), "{part}");
        }
    });
}

#[test]
fn a_part_of_the_station_is_counted_alone() {
    on_both(|fresh| {
        let client = client(&fresh.database);
        let check = |path: &str, value: &str| {
            let body = client.get(path).body;
            assert!(body.contains(&format!("<b>{value}</b>")), "{path}");
        };
        check("/figures/large_activities?scope=area:dong", "80");
        check("/figures/large_activities?scope=area:xi", "40");
        check("/figures/large_activities?scope=community:dongyi", "40");
        check("/figures/large_activities?as_of=2024-06-30", "0");
        check("/figures/large_activity_attendances.completion", "2,400");
        let retention = client.get("/figures/staff.retention_percent").body;
        assert!(retention.contains("不能按片区分列"), "a share of what belongs to no area has no parts");
    });
}

#[test]
fn what_cannot_be_answered_says_why_and_where_to_go() {
    on_both(|fresh| {
        let client = client(&fresh.database);
        let check = |path: &str, status: u16, parts: &[&str]| {
            let answer = client.get(path);
            assert_eq!(answer.status.as_u16(), status, "{path}");
            assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
            for part in parts {
                assert!(answer.body.contains(part), "{path}: {part}");
            }
        };
        check("/nothing", 404, &["没有这个地址", "/indicators", "指标进度"]);
        check("/figures/large_activites", 404, &["large_activities", "没有代码为"]);
        assert!(
            !client.get("/figures/large_activites").body.contains("large_activities.target"),
            "targets are no help"
        );
        check("/figures/%E7%94%B5%E8%AF%9D", 404, &["没有代码为“电话”的数字"]);
        check("/indicators?station=shil", 404, &["没有代码为“shil”的社工站", "station=shili"]);
        check("/indicators?as_of=2024-13-01", 400, &["as_of", "as_of=2024-12-31"]);
        check("/indicators?as_of=2024-06-20", 404, &["最早的一份从 2024-06-21 开始"]);
        check("/figures/large_activities?by=moon", 400, &["area、community、worker、month"]);
        check("/figures/large_activities?scope=area:nowhere", 400, &["area:dong"]);
        check("/figures/large_activities?page=4", 404, &["没有第 4 页", "page=3"]);
        check("/figures/large_activities?page=x", 400, &["page=2"]);
        check("/figures?round=none", 404, &["没有代码为“none”的评估轮次"]);
        check("/figures?round=shili-mid&as_of=2024-11-30", 400, &["as_of=2024-12-31"]);
        check("/reports/none", 404, &["没有代码为“none”的评估轮次", "/reports"]);
        check("/reports/shili-mid/report.pdf", 404, &["kapok report --round shili-mid"]);
        check("/reports/shili-mid/..%2F..%2Fetc%2Fpasswd", 404, &["没有这个文件"]);
        check("/reports/shili-mid/report.exe", 404, &["没有这个文件"]);
    });
}

#[test]
fn an_empty_database_says_how_to_begin() {
    each(NOW, |fresh| {
        let answer = client(&fresh.database).get("/indicators");
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.body.contains("kapok demo"), "{}", answer.body);
    });
}

#[test]
fn the_menu_stands_under_headings_and_the_bar_of_a_phone_leads_to_the_rest() {
    let fresh = sqlite(NOW);
    fill(&fresh.database, 1, "shili", 1);
    let body = client(&fresh.database).get("/indicators").body;
    let place = |part: &str| body.find(part).unwrap_or_else(|| panic!("{part}"));
    let headings = ["家户与服务", "队伍与资源", "协议与指标", "评估</p>", "系统</p>"];
    assert!(headings.map(place).is_sorted(), "the headings in their order");
    let bar = &body[place("底部导航")..];
    assert_eq!(bar.matches("<a href").count(), 5, "four parts and the rest");
    assert!(bar.contains("href=\"/#parts\""));
    assert!(body.contains("href=\"/\"") && !body.contains("href=\"/home"));
}

#[test]
fn the_files_of_a_report_are_handed_out_and_no_others() {
    let fresh = sqlite(NOW);
    fill(&fresh.database, 1, "shili", 1);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("report.pdf"), b"%PDF-1.7").unwrap();
    std::fs::write(folder.path().join("secret.txt"), b"secret").unwrap();
    let mut site = site(&fresh.database);
    site.report_dir = Some(folder.path().to_owned());
    let cookie = signed_in(&fresh.database, "reader", &[everywhere(Role::City)]);
    let client = web::testing::Client::new(crate::router(site)).with_cookie(cookie);
    let status = |path: &str| client.get(path).status.as_u16();
    assert_eq!(status("/reports/shili-mid/report.pdf"), 404, "without a manifest it is nobody's report");
    manifest(folder.path(), "shili-mid");
    let answer = client.get("/reports/shili-mid/report.pdf");
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "%PDF-1.7"));
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"report.pdf\"");
    assert!(answer.header("content-security-policy").contains("sandbox"));
    assert_eq!(status("/reports/shili-mid/secret.txt"), 404);
    assert_eq!(status("/reports/shili-mid/report.docx"), 404, "it was not made");
    assert!(client.get("/reports/shili-mid").body.contains("/reports/shili-mid/report.pdf"));
    manifest(folder.path(), "other-mid");
    assert_eq!(status("/reports/shili-mid/report.pdf"), 404, "the files are another round's");
}

pub(crate) fn manifest(folder: &std::path::Path, round: &str) {
    let text = format!(
        "{{\"form\": \"{}\", \"round\": \"{round}\", \"previous_round\": null, \"station\": \"shili\", \"sample\": null, \
         \"contract\": {{\"code\": \"a\", \"starts_on\": \"2024-06-21\", \"ends_on\": \"2025-06-20\"}}, \
         \"records_until\": \"2024-12-31\", \"known_at\": 1, \"files\": [], \"figures\": [], \
         \"result\": {{\"experts\": [], \"areas\": [], \"scores\": [], \"parties\": [], \"outcome\": {{}}}}, \
         \"rules\": \"\", \"targets\": [], \"scheme\": \"\"}}",
        crate::reports::manifest::FORM
    );
    std::fs::write(folder.join("manifest.json"), text).unwrap();
}
