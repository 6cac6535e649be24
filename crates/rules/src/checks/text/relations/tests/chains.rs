//! Numbers that follow each other by what they are: handed out, returned and valid; closed and open; a whole that is split.

use super::expect;

#[test]
fn questionnaires_and_their_rates() {
    let of = |valid: &str, rate: &str| {
        format!("问卷发放80份，回收74份，有效{valid}份，回收率{rate}%，有效率97.3%。")
    };
    expect(&[
        (&of("72", "92.5"), &[]),
        (&of("78", "92.5"), &["rate: 78÷74=105.41%"]),
        (&of("72", "95.2"), &["rate: 74÷80=92.5%"]),
    ]);
}

#[test]
fn cases_closed_and_open() {
    let of = |whole: &str, open: &str| format!("{whole}已结案13个、在服务{open}个，结案率59.1%。");
    expect(&[
        (&of("", "9"), &[]),
        (&of("", "8"), &["rate: 13÷21=61.9%"]),
        (&of("22个个案中，", "8"), &["balance: 22-13=9"]),
        ("92个个案中，结案81个、转介5个、继续跟进6个，结案率88.0%。", &[]),
    ]);
}

#[test]
fn a_whole_that_is_split() {
    let paid = |last: &str| format!("项目经费分三期按40%、40%、{last}%拨付。");
    let parts = |second: &str| {
        format!("综合得分由三部分构成：专家组得分占70%，购买方评价占{second}%，服务对象满意度占10%。")
    };
    expect(&[
        (&paid("20"), &[]),
        (&paid("30"), &["weights: 各部分合计40+40+30=110%，不等于100%"]),
        (&parts("20"), &[]),
        (&parts("25"), &["weights: 70+25+10=105%"]),
    ]);
}

#[test]
fn so_much_a_year_and_marks_above_the_full_ones() {
    let money = |year: &str| format!("合同总金额256.8万元，每年{year}万元。");
    let list = |marks: &str| format!("服务成效：服务对象改变7.9/9；社会影响{marks}/6。");
    let table = |marks: &str| {
        format!(
            "| 指标 | 分值 | 得分 |\n|---|---|---|\n| 产出成本 | 6 | {marks} |\n| 产出质量 | 10 | 9.1 |\n| 产出时效 | 6 | 5.4 |\n"
        )
    };
    expect(&[
        (&money("85.6"), &[]),
        (&money("86.5"), &["average: 2568000÷3=856000"]),
        (&list("5.4"), &[]),
        (&list("6.4"), &["score-parts: “6.4/6”：得分超过满分"]),
        (&table("5.8"), &[]),
        (&table("8.5"), &["score-parts: “产出成本”得8.5分，超过分值6分"]),
    ]);
}

#[test]
fn months_a_station_has_run() {
    let of = |long: &str| {
        format!("社工站于2021年5月挂牌运营，截至2024年10月底已连续运营{long}。\n\n评估日期：2024年11月20日")
    };
    expect(&[
        (&of("3年6个月"), &[]),
        (&of("4年6个月"), &["duration: 自2021年5月"]),
        (&of("三年半"), &[]),
        (&of("四年半"), &["duration: 自2021年5月"]),
    ]);
}
