//! The board from a sample, so that the template is seen without a database.

use web::testing::faults_of;

use super::*;
use crate::indicators::pages::rows::IndicatorRow;

impl BoardPage {
    /// Two indicators, one met and one unknown; one area; a name that must be escaped.
    pub(crate) fn sample() -> Self {
        let number = |text: &str| Some((text.to_owned(), "/figures/registry.files".to_owned()));
        let files = |name: &str| FileRow {
            name: name.to_owned(),
            due: number("99"),
            made: number("98"),
            coverage: "98.99%".to_owned(),
            others: vec![("人数", number("100")), ("入户", None), ("电访", number("1,000"))],
        };
        Self {
            frame: Frame::sample("indicators", "指标进度"),
            meta: "合同期 2024-06-21 至 2025-06-20 · 经费 240 万元 · 数据截至 2024-12-31".to_owned(),
            choices: Choices {
                action: "/indicators".to_owned(),
                stations: vec![
                    ("yi".into(), "示例一站".into(), true),
                    ("er".into(), "示例<二>站".into(), false),
                ],
                kept: vec![],
                station: None,
                as_of: "2024-12-31".to_owned(),
                bounds: ("2024-06-21".to_owned(), "2025-06-20".to_owned()),
                rounds: vec![],
            },
            targets: "/indicators/targets".to_owned(),
            reports: vec![("/reports/shili-mid#annex1".to_owned(), "中期评估报告与附件".to_owned())],
            summary: vec![Summary {
                label: "时间进度",
                value: "53.2%".to_owned(),
                unit: "",
                note: "194 / 365 天".to_owned(),
            }],
            watch_title: watch::title(0),
            watch: vec![],
            count: 2,
            elapsed: "53.2%".to_owned(),
            groups: vec![Group { heading: "个案".to_owned(), rows: vec![met(), unknown()] }],
            formula: "预计期末 = 实际 ÷ 194 天 × 365 天".to_owned(),
            files: vec![FileGroup { area: files("东片区"), communities: vec![files("东一")] }],
            files_sum: files("全站合计"),
            files_meta: "1 个片区，1 个社区".to_owned(),
            files_note: Some("差 2 户".to_owned()),
            agreed: "20".to_owned(),
            staff: vec![StaffRow {
                name: "持证 & 在岗".to_owned(),
                value: None,
                href: "/figures/staff.certified".to_owned(),
                share: String::new(),
            }],
            rules: vec![("接案".to_owned(), "统计“个案”的条数。".to_owned())],
        }
    }
}

fn met() -> IndicatorRow {
    IndicatorRow {
        name: "接案 <b>".to_owned(),
        unit: "个".to_owned(),
        actual: Some(("120".to_owned(), "/figures/case_intakes".to_owned())),
        target: ("100".to_owned(), "/figures/case_intakes.target".to_owned()),
        completion: Some(("120%".to_owned(), "/figures/case_intakes.completion".to_owned())),
        bar: String::new(),
        forecast: Forecast::Met,
        left: Left::Nothing("已达标"),
        amended: None,
        parts: vec![("片区", "/figures/case_intakes?by=area#h-parts".to_owned())],
        tag: ("t-ok", "已完成"),
    }
}

fn unknown() -> IndicatorRow {
    IndicatorRow {
        actual: None,
        completion: None,
        forecast: Forecast::Unknown,
        left: Left::Weekly("2.1".to_owned(), "最迟 2025-06-10 动手".to_owned()),
        amended: Some("2024-10-01 起".to_owned()),
        tag: ("", "无数据"),
        ..met()
    }
}

#[test]
fn the_board_renders_from_a_sample() {
    let html = BoardPage::sample().render().unwrap();
    assert_eq!(faults_of(&html), Vec::<String>::new());
    assert!(html.contains("没有贴线、落后或超出一倍的指标。"));
    assert!(html.contains("接案 &#60;b&#62;") && !html.contains("接案 <b>"), "names are escaped");
    insta::assert_snapshot!(html);
}
