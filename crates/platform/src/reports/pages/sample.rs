//! The pages of reports from samples, so that the templates are seen without a database.

use askama::Template as _;
use web::testing::faults_of;

use super::{IssuedRow, KeptRow, RoundPage, RoundRow, RoundsPage, size};
use crate::figures::Choices;
use crate::shell::Frame;

impl RoundsPage {
    /// One round, or none.
    pub(crate) fn sample(rounds: usize) -> Self {
        let row = |_| RoundRow {
            href: "/reports/shili-mid".to_owned(),
            code: "shili-mid".to_owned(),
            name: "中期评估".to_owned(),
            stage: "出具报告",
            records_until: "2024-12-31".to_owned(),
            evaluated_on: "2025-03-25".to_owned(),
            evaluator: "示例评估机构 & 合作方".to_owned(),
        };
        let choices = Choices {
            action: "/reports".to_owned(),
            stations: vec![],
            kept: vec![],
            station: None,
            as_of: "2024-12-31".to_owned(),
            bounds: ("2024-06-21".to_owned(), "2025-06-20".to_owned()),
            rounds: vec![],
        };
        Self {
            frame: Frame::sample("reports", "评估报告"), choices, rounds: (0..rounds).map(row).collect()
        }
    }
}

impl RoundPage {
    /// A round with its report, or with what keeps it from being written.
    pub(crate) fn sample(report: Result<String, String>) -> Self {
        Self {
            changes: "/reports/changgang-2024-mid/changes".into(),
            wording: Some("/reports/changgang-2024-mid/wording".into()),
            frame: Frame::sample("reports", "中期评估报告"),
            title: "中期评估".to_owned(),
            meta: "shili-mid · 出具报告".to_owned(),
            kept: vec![KeptRow {
                href: "/reports/shili-mid/report.pdf".to_owned(),
                name: "report.pdf",
                label: "PDF，签章用",
                size: size(1_500_000),
            }],
            report,
            address: "/reports/shili-mid".to_owned(),
            issued: vec![IssuedRow {
                paper: "初稿",
                at: "2025-03-28 10:00".to_owned(),
                seal: "3fa2".repeat(16),
                files: vec![(
                    "/reports/shili-mid/issued/draft/report.pdf".into(),
                    "report.pdf".into(),
                    "PDF",
                    size(9),
                )],
            }],
            open: Some(rules::scoring::Paper::Final),
            key: "k".repeat(32),
        }
    }
}

#[test]
fn pages_render_from_samples() {
    let check = |html: String, part: &str| {
        assert_eq!(faults_of(&html), Vec::<String>::new());
        assert!(html.contains(part), "{part}: {html}");
    };
    check(RoundsPage::sample(1).render().unwrap(), "href=\"/reports/shili-mid\"");
    check(RoundsPage::sample(0).render().unwrap(), "还没有评估轮次");
    check(RoundPage::sample(Ok("<article><h1>报告</h1></article>".into())).render().unwrap(), "<article>");
    check(RoundPage::sample(Err("缺 <评分>".into())).render().unwrap(), "缺 &#60;评分&#62;");
}

#[test]
fn lengths_are_short() {
    let check = |bytes: u64, expected: &str| assert_eq!(size(bytes), expected, "{bytes}");
    check(0, "1 KB");
    check(319_488, "312 KB");
    check(1_500_000, "1.4 MB");
}
