//! The report of the sample's round, whole: its text as agreed, and the published figures in it.

use std::sync::OnceLock;

use chrono::NaiveTime;
use db::testing::sqlite;
use kernel::{Clock, Moment};
use paper::model::Document;
use paper::text;
use platform::library::Library;
use platform::reports::{Facts, compose, figures_in};

use crate::calendar::day;

fn document() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let fresh = sqlite(Clock::Fixed(Moment::at(day(2025, 5, 6), NaiveTime::MIN)));
        crate::make(&fresh.database, &mut |_| {}).unwrap();
        let library = Library::load(None).unwrap();
        let facts = fresh.database.read(|tx| Facts::load(tx, &library, crate::ROUND, Some("示例数据")));
        let href = |code: &str, place: Option<&str>| match place {
            Some(place) => format!("records.html#{code}@{place}"),
            None => format!("records.html#{code}"),
        };
        compose(&facts.unwrap(), &library.scheme, &href).unwrap()
    })
}

#[test]
fn the_report_reads_as_agreed() {
    insta::assert_snapshot!(text::render(document()));
}

#[test]
fn it_says_what_the_published_report_says() {
    let text = text::render(document());
    let said = [
        "2024—2025 年度海珠区昌岗街社工服务站\n中期评估报告",
        "评估日期：2025年3月25日",
        "评估专家5名、工作人员1名",
        "服务22个社区，分为4个片区",
        "服务经费240万元",
        "平均每月在岗社工21名，其中持证社工15名（社会工作师2名，助理社会工作师13名），非持证社工6名",
        "电话访问8642个、入户探访949个，完成率依次为414.29%、94.9%。",
        "完成率依次为69%、74.2%、53.85%。",
        "完成率依次为60%、62.22%、103.7%。",
        "完成率依次为60%、97.4%、100%、133.33%。",
        "完成率依次为232%、70%、100%。",
        "15项协议指标中，已完成的6项，领先于时间进度的8项，贴近时间进度的1项（专业个案结案）。",
        "全站合计\t1,915\t1,915\t100%\t2,118\t949\t8,642",
        "合计\t6.5\t130\t135\t78\t98.5\t36.5",
        "总分为84.48分，等级为良好",
        "总分：46.20 + 17.20 + 12.78 + 8.30 = 84.48。",
    ];
    for sentence in said {
        assert!(text.contains(sentence), "“{sentence}” is not in\n{text}");
    }
    assert!(!text.contains("未列"), "a figure is missing in\n{text}");
}

#[test]
fn every_figure_of_the_board_is_printed() {
    let printed = figures_in(document());
    for code in ["phone_visits", "home_visits.completion", "volunteer_teams.target", "registry.households"] {
        assert!(printed.contains(&(code.to_owned(), None)), "{code}");
    }
    assert!(printed.contains(&("registry.files".to_owned(), Some("xigangxi".to_owned()))));
}

#[test]
fn nothing_in_it_contradicts_anything_else() {
    let bytes = paper::docx::render(document()).unwrap();
    let text = rules::checks::text::read(&bytes, "report.docx").unwrap();
    let report = rules::checks::text::check(&text);
    assert!(report.claims > 500, "only {} claims were read", report.claims);
    assert_eq!(report.findings, []);
}
