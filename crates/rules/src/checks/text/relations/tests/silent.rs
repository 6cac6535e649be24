//! Texts that hold and were once spoken of, each beside one that does not hold.

use super::expect;

#[test]
fn brackets_means_and_samples_are_no_totals() {
    let activities = |small: &str| {
        format!("社区活动26次，完成合同量（24次）的108.33%，其中大型活动4次、中小型活动{small}次。")
    };
    let areas = "东片区，本片区建档270户318人。\n\n西片区，本片区建档249户297人。\n\n南片区，本片区建档138户171人。\n\n";
    let told = |words: &str| format!("{areas}全站建档657户786人。\n\n{words}");
    let homes = |third: &str| {
        format!("重点家庭共357户，社区平均119户。具体为：桥头社区143户、水口溪社区118户、渝航社区{third}户。")
    };
    expect(&[
        (&activities("22"), &[]),
        (&told("评估机构从建档名册中抽取130人进行调查。"), &[]),
        (&told("抽查档案60份，8份存在错漏。"), &[]),
        (&homes("96"), &[]),
        (&homes("98"), &["total: 143+118+98=359"]),
        ("男506户、女263户，另有孤老58户、病残15户，合计769户。", &[]),
    ]);
}

#[test]
fn some_of_them_and_those_who_were_asked() {
    expect(&[
        ("个案52个，结案43个、续案9个。\n\n9个续案中有3个已跨年度。", &[]),
        ("访谈16人，含居民6人、干部5人、社工3人、街道人员2人。\n\n五名社工全年登记工时。", &[]),
    ]);
}

#[test]
fn shares_printed_beside_counts() {
    let rows = |last: &str| {
        format!(
            "| 村 | 户籍人口（人） | 60岁以上（人） | 老年人口占比 |\n|---|---|---|---|\n| 甲岭村 | 1583 | 438 | 27.7% |\n| 乙垭村 | 1127 | 361 | 32.0% |\n| 丙溪村 | 1306 | 397 | 30.4% |\n| 丁坪社区 | 3215 | {last} | 18.8% |\n"
        )
    };
    let money = "三年支出47.22万元。\n\n| 年度 | 支出（万元） |\n|---|---|\n| 2022年 | 14.62 |\n| 2023年 | 14.87 |\n| 2024年 | 17.73 |\n| 合计 | 47.22 |\n\n2024年支出中，人员11.88万元（67.0%），办公0.82万元（4.6%），督导0.53万元（3.0%）。";
    expect(&[(&rows("603"), &[]), (money, &[])]);
}

#[test]
fn targets_before_their_rates() {
    let listed = |groups: &str| {
        format!(
            "合同规定2024年入户走访1800户次、个案15个、小组{groups}个，实际完成比分别为102.6%、106.7%和112.5%。"
        )
    };
    let bracket = |rate: &str| format!("入户探访1001人次，完成合同量（900人次）的{rate}%。");
    expect(&[
        (&listed("8"), &[]),
        (&listed("7"), &["completion: 没有整数完成量"]),
        (&format!("{}\n\n全年个案16个。", listed("8")), &[]),
        (&bracket("111.22"), &[]),
        (&bracket("111.32"), &["completion: 1001÷900=111.22%"]),
    ]);
}

#[test]
fn several_counts_and_numbers_that_do_not_belong_together() {
    expect(&[
        ("社区活动上半年17场，下半年19场，全年受益2304人次，场均64.0人次。", &[]),
        ("社区活动上半年17场，下半年19场，全年受益2304人次，场均64.1人次。", &["average: 2304÷36=64"]),
        ("到账资金399600元，使用319200元，结余80400元。", &[]),
        ("到账资金399600元，使用319200元，结余80300元。", &["balance: 399600-319200=80400"]),
        ("预算结余80400元，支出399600元。", &[]),
    ]);
}

#[test]
fn steps_of_an_evaluation() {
    let list = |visit: &str, last: &str| {
        format!(
            "1. 2024年12月30日，评估方发出评估通知。\n\n2. 2025年1月10日前，受评方报送自评报告。\n\n3. {visit}，评估组现场评估。\n\n4. 2025年1月22日，提交报告初稿；{last}，反馈期满，无异议，定稿。"
        )
    };
    expect(&[
        (&list("2025年1月15日", "2025年1月26日"), &[]),
        (&list("2025年1月25日", "2025年1月26日"), &["date-order: “初稿”2025年1月22日早于"]),
        (&list("2025年1月15日", "2025年1月16日"), &["date-order: “书面反馈”2025年1月16日早于"]),
        ("现场评估于2025年1月21日至22日完成。报告初稿于1月27日交站点核阅，2月10日收到书面反馈。", &[]),
    ]);
}

#[test]
fn what_other_numbers_near_by_explain() {
    let grown = |rate: &str| {
        format!("资源链接71380元，由现金28600元和物资折价42780元构成，较上年度的64300元增长{rate}。")
    };
    expect(&[
        ("受访居民中女性92人、男性73人，女性占55.8%。", &[]),
        (&grown("11.0%"), &[]),
        (&grown("12.0%"), &["difference: 增长"]),
    ]);
}

#[test]
fn what_a_table_and_its_sentence_say_otherwise() {
    let money = |left: &str| {
        format!(
            "| 科目 | 预算 | 支出 | 结余 |\n|---|---|---|---|\n| 人员经费 | 292000 | 286740 | 5260 |\n| 活动费 | 70000 | 71862 | 超支1862 |\n| 培训费 | 20000 | 18400 | {left} |\n| 合计 | 382000 | 377002 | 4998 |\n\n以人员经费结余最多，人员经费执行率最低，仅81.13%。"
        )
    };
    let rated = |low: &str| {
        format!(
            "| 板块 | 满分 | 得分 | 得分率（%） |\n|---|---|---|---|\n| 组织建设 | 15 | 13.40 | 89.33 |\n| 制度财务 | 20 | 17.10 | 85.50 |\n| 社会效益 | 10 | 8.80 | 88.00 |\n\n得分率最高的板块是组织建设，最低的是{low}。"
        )
    };
    let weighted = |each: &str| {
        format!("综合得分加权：专家评审权重60%，区民政局权重20%，街道办事处与服务对象各占{each}%。")
    };
    expect(&[
        (&money("1600"), &[]),
        (&money("1700"), &["table-computed: 20000-18400=1600", "table-total: "]),
        (&rated("制度财务"), &[]),
        (&rated("社会效益"), &["table-extreme: "]),
        (&weighted("10"), &[]),
        (&weighted("20"), &["weights: 各方权重60+20+20+20=120"]),
    ]);
}
