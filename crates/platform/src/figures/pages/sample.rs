//! The pages of figures from samples, so that the templates are seen without a database.

use askama::Template as _;
use rules::counting::{Field, FieldType};
use web::testing::faults_of;

use super::breakdown::BreakdownRow;
use super::field::{self, Cell};
use super::one::{Operand, RecordRow, Records};
use super::{Choices, FigurePage, IndexPage, IndexRow, Theme};
use crate::shell::Frame;

fn choices() -> Choices {
    Choices {
        action: "/figures".to_owned(),
        stations: vec![],
        kept: vec![("scope", "area:dong".to_owned())],
        station: Some("shili".to_owned()),
        as_of: "2024-12-31".to_owned(),
        bounds: ("2024-06-21".to_owned(), "2025-06-20".to_owned()),
        rounds: vec![
            ("/figures".to_owned(), "截至 2024-12-31".to_owned(), true),
            ("/figures?round=a".to_owned(), "中期评估（截至 2024-12-31）".to_owned(), false),
        ],
    }
}

impl IndexPage {
    /// One theme with a value and without one.
    pub(crate) fn sample() -> Self {
        let row = |value: Option<(String, String)>| IndexRow {
            href: "/figures/home_visits".to_owned(),
            name: "入户探访".to_owned(),
            code: "home_visits".to_owned(),
            value,
            missing: "按轮次统计",
            rule: "统计“探访记录”的条数，条件：方式为“入户探访”。".to_owned(),
        };
        let rows = vec![row(Some(("949".to_owned(), "个".to_owned()))), row(None)];
        Self {
            frame: Frame::sample("figures", "数字与记录"),
            period: "2024-06-21 至 2024-12-31".to_owned(),
            choices: choices(),
            count: 2,
            themes: vec![Theme { id: "theme-0".to_owned(), name: "协议指标".to_owned(), rows }],
        }
    }
}

impl FigurePage {
    /// A figure of an area with parts, operands and records, so that every branch of the template is taken.
    pub(crate) fn sample() -> Self {
        Self {
            frame: Frame::sample("figures", "入户探访"),
            index: "/figures?station=shili".to_owned(),
            name: "入户探访".to_owned(),
            code: "home_visits".to_owned(),
            place: Some(("东片区".to_owned(), "/figures/home_visits".to_owned())),
            value: Some(("949".to_owned(), "个".to_owned())),
            missing: "未列",
            rounds: vec![("/figures/home_visits?round=a".to_owned(), "中期评估".to_owned())],
            period: "2024-06-21 至 2024-12-31".to_owned(),
            choices: choices(),
            rule: "统计“探访记录”的条数。".to_owned(),
            source: "按现在所知的记录".to_owned(),
            digest: "0f".repeat(32),
            operands: vec![operand(Some(("949".to_owned(), "个".to_owned()))), operand(None)],
            by: vec![("/figures/home_visits?by=area#h-parts".to_owned(), "片区", true)],
            by_name: "片区",
            parts: vec![part(Some("/figures/home_visits?scope=area:dong".to_owned())), part(None)],
            parts_note: "各部分各自算出，不能相加。",
            records: Some(records()),
        }
    }
}

fn operand(value: Option<(String, String)>) -> Operand {
    Operand { href: "/figures/visits".to_owned(), name: "探访".to_owned(), value, missing: "未列" }
}

fn part(href: Option<String>) -> BreakdownRow {
    BreakdownRow { name: "东片区".to_owned(), value: "949".to_owned(), href, width: "100.00".to_owned() }
}

fn records() -> Records {
    Records {
        kind: "探访记录",
        total: "949".to_owned(),
        seen: Some("120".to_owned()),
        date: Some("探访日期"),
        columns: vec![("方式", ""), ("分钟", "num")],
        rows: vec![RecordRow {
            id: "0f1e2d3c4b".to_owned(),
            date: Some("2024-12-31".to_owned()),
            area: "东片区".to_owned(),
            community: "东一社区".to_owned(),
            worker: "样本乙".to_owned(),
            cells: vec![
                Cell { text: "入户<探访>".to_owned(), class: "", label: "方式" },
                Cell { text: "30".to_owned(), class: "num", label: "分钟" },
            ],
        }],
        first: 51,
        last: 51,
        page: (2, 3),
        previous: Some("/figures/home_visits?page=1#h-records".to_owned()),
        next: Some("/figures/home_visits?page=3#h-records".to_owned()),
    }
}

#[test]
fn pages_render_from_samples() {
    let pages = [IndexPage::sample().render().unwrap(), FigurePage::sample().render().unwrap()];
    for html in &pages {
        assert_eq!(faults_of(html), Vec::<String>::new());
        assert!(!html.contains("<探访>"), "words are escaped");
    }
    insta::assert_snapshot!("figure", pages[1]);
}

#[test]
fn a_field_reads_as_people_write_it() {
    static WORD: Field = Field::new("kind", "方式", FieldType::Word(|| vec![("home", "入户探访")]));
    static MONEY: Field = Field::new("amount", "金额", FieldType::Money);
    static HALVES: Field = Field::new("halves", "半月", FieldType::Halves);
    static FLAG: Field = Field::new("answered", "接通", FieldType::Flag);
    static PERSON: Field = Field::new("person_id", "服务对象", FieldType::Reference);
    let check = |field: &'static Field, value: Option<&str>, expected: &str| {
        assert_eq!(field::cell(field, value).text, expected, "{value:?}");
    };
    check(&WORD, Some("home"), "入户探访");
    check(&WORD, Some("other"), "other");
    check(&WORD, None, "未填");
    check(&MONEY, Some("7905265"), "79,052.65");
    check(&HALVES, Some("13"), "6.5");
    check(&FLAG, Some("true"), "是");
    check(&FLAG, Some("false"), "否");
    check(&PERSON, Some("0123456789abcdef0123456789abcdef"), "0123456789");
}
