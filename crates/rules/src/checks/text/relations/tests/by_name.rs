//! What tables and text say of the same names: quotients of two columns, differences of rows, ranks, growth, the year
//! before, headings, digests.

use super::expect;

const SITES: &str = "|站点|村居数|专职社工（人）|\n|---|---|---|\n|河口街道站|9|5|\n|云岭镇站|12|4|\n|竹沟镇站|11|3|\n|石门镇站|8|4|\n";

#[test]
fn quotients_of_two_columns() {
    let told =
        |last: &str| format!("{SITES}\n河口每名社工对应1.8个村居，云岭3.0个，竹沟3.7个，石门则有{last}个。");
    let visits = |mean: &str| {
        format!(
            "{SITES}\n|站点|走访（户次）|社工人均（户次）|\n|---|---|---|\n|河口街道站|2150|430.0|\n|云岭镇站|1932|483.0|\n|竹沟镇站|1386|{mean}|\n|石门镇站|1764|441.0|\n"
        )
    };
    expect(&[
        (&told("2.0"), &[]),
        (&told("2.1"), &["average: “石门”：8÷4=2"]),
        (&visits("462.0"), &[]),
        (&visits("463.0"), &["average: “竹沟”：1386÷3=462"]),
    ]);
}

#[test]
fn differences_and_rates_by_header() {
    let table = "|站点|基础保障|队伍建设|任务完成|群众评价|\n|---|---|---|---|---|\n|河口街道站|17.80|12.60|26.60|13.69|\n|云岭镇站|17.00|13.00|27.40|14.06|\n|竹沟镇站|15.30|10.40|21.00|12.38|\n";
    let behind = |n: &str| {
        format!(
            "{table}\n河口在任务完成上落后0.80分，队伍建设落后0.40分，群众评价落后{n}分，只有基础保障高出0.80分。"
        )
    };
    let rates = |n: &str| {
        format!(
            "基础保障20分、队伍建设15分、任务完成30分、群众评价15分。\n\n{table}\n各维度得分率依次为：基础保障83.5%，队伍建设80.0%，任务完成{n}%，群众评价89.2%。"
        )
    };
    expect(&[
        (&behind("0.37"), &[]),
        (&behind("0.38"), &["average: “群众评价”：14.06与13.69相差0.37"]),
        (&rates("83.3"), &[]),
        (&rates("83.4"), &["average: “任务完成”：25÷30=83.3%"]),
    ]);
}

#[test]
fn ranks() {
    let table = |n: &str| {
        format!(
            "|指标|河口|云岭|竹沟|石门|\n|---|---|---|---|---|\n|走访|1|3|2|4|\n|结案率|4|3|1|{n}|\n|满意率|1|2|2|4|\n|执行率|1|3|2|4|\n"
        )
    };
    let sums = |n: &str| format!("{}\n四项名次之和，河口为7，云岭为11，竹沟为7，石门为{n}。", table("2"));
    expect(&[
        (&table("2"), &[]),
        (&table("3"), &["table-rank: 表格“结案率”一行的名次为4、3、1、3"]),
        (&sums("14"), &[]),
        (&sums("15"), &["table-total: 表格中4+2+4+4=14"]),
    ]);
}

#[test]
fn growth_and_the_year_before() {
    let table = |n: &str| {
        format!(
            "|站点|本年度（户次）|上年度（户次）|增幅（%）|\n|---|---|---|---|\n|河口街道站|2150|1980|8.6|\n|云岭镇站|1932|1650|17.1|\n|竹沟镇站|1386|1440|{n}|\n|合计|5468|5070|7.9|\n"
        )
    };
    let told = |n: &str| format!("{}\n走访总量比上年度增加{n}户次。", table("-3.8"));
    expect(&[
        (&table("-3.8"), &[]),
        (&table("-3.9"), &["table-percent: 表格“竹沟镇站”一行：（1386-1440）÷1440=-3.75%"]),
        (&table("3.8"), &[]),
        (&told("398"), &[]),
        (&told("388"), &["difference: 表格“合计”一行5468与5070相差398"]),
        ("上年度走访8117户次。\n\n走访由8117户次增至9410户次。", &[]),
        ("上年度走访8117户次。\n\n走访由8118户次增至9410户次。", &["repeated: “走访由8118户次”"]),
    ]);
}

#[test]
fn headings_against_the_table() {
    let text = |rank: &str, grade: &str| {
        format!(
            "|名次|站点|得分|等级|\n|---|---|---|---|\n|1|河口街道站|92.4|优秀|\n|2|云岭镇站|88.5|良好|\n|3|竹沟镇站|72.6|合格|\n\n### 6.2 云岭镇站（第{rank}名，{grade}）\n\n云岭镇站由上年的第三名升至第二名。"
        )
    };
    expect(&[
        (&text("2", "良好"), &[]),
        (&text("3", "良好"), &["table-rank: “云岭”的名次表格中为2"]),
        (&text("2", "优秀"), &["grade-score: “云岭”的等级表格中为“良好”"]),
    ]);
}

#[test]
fn a_digest() {
    let digest = |n: &str| {
        format!(
            "在册兜底服务对象1080户，全年走访9410户次，受理工单484件，志愿者620人。\n\n附录\n　　在册对象　　1080户\n　　走访　　{n}户次\n　　受理工单　　484件\n　　志愿者　　620人"
        )
    };
    expect(&[(&digest("9410"), &[]), (&digest("9411"), &["repeated: “走访9411户次”"])]);
}
