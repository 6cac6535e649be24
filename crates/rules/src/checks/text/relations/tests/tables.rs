//! Tables: totals, percents, computed columns, tables against the text.

use super::expect;

fn table(rows: &[&str]) -> String {
    let mut lines =
        vec![rows[0].to_owned(), rows[0].chars().map(|c| if c == '|' { '|' } else { '-' }).collect()];
    lines.extend(rows[1..].iter().map(|r| (*r).to_owned()));
    lines.join("\n")
}

#[test]
fn completion_columns() {
    let rows = |percent: &str| {
        table(&[
            "|指标|单位|指标量|完成量|完成率|",
            "|电话访问|人次|6000|6300|105%|",
            &format!("|入户探访|户次|1400|1260|{percent}|"),
        ])
    };
    expect(&[
        (&rows("90%"), &[]),
        (&rows("91%"), &["table-percent: 1260÷1400=90%，表中为91%"]),
        (&format!("社工站完成电话访问6300人次。\n\n{}", rows("90%")), &[]),
        (&format!("社工站完成电话访问6800人次。\n\n{}", rows("90%")), &["repeated: 6300（1处"]),
        (
            &format!("社工站完成电话访问6300人次，完成率106%。\n\n{}", rows("90%")),
            &["completion: 6300÷6000=105%"],
        ),
    ]);
}

#[test]
fn totals() {
    let rows = |total: &str, three: &str| {
        table(&[
            "|片区|户数|人数|合计|",
            "|东|10|20|30|",
            "|西|11|21|32|",
            &format!("|南|12|22|{three}|"),
            &format!("|合计|{total}|63|96|"),
        ])
    };
    expect(&[
        (&rows("33", "34"), &[]),
        (&rows("34", "34"), &["table-total: 10+11+12=33，合计为34", "table-computed: 34+63=97，表中为96"]),
        (&rows("33", "35"), &["table-computed: 12+22=34，表中为35", "table-total: 30+32+35=97，合计为96"]),
    ]);
}

#[test]
fn tables_of_plain_text() {
    expect(&[
        (
            "指标名称 目标值 完成值 完成率\n个案 40 42 105%\n小组 14 14 100%\n活动 32 40 126%",
            &["table-percent: 40÷32=125%"],
        ),
        (
            "站点\t管理\t质量\t总分\n东街\t27.5\t36.8\t64.3\n西街\t26.0\t35.2\t61.2\n南街\t25.0\t30.0\t56.0",
            &["table-computed: 25+30=55"],
        ),
        ("项目\t满分\t得分\n组织管理\n制度\t10\t9\n人员\t20\t17\n服务成效\n产出\t70\t60\n合计\t100\t86", &[]),
        (
            "项目\t满分\t得分\n组织管理\n制度\t10\t9\n人员\t20\t17\n服务成效\n产出\t70\t60\n合计\t100\t87",
            &["table-total: 9+17+60=86"],
        ),
        (
            "项目 满分 得分\n组织管理\n制度 10 9\n人员 20 17\n服务成效\n产出 70 60\n合计 100 87",
            &["table-total: 9+17+60=86"],
        ),
    ]);
}
