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
        ("到账资金399600元，使用319200元，结余80400元。", &[]),
        ("到账资金399600元，使用319200元，结余80300元。", &["balance: 399600-319200=80400"]),
        ("预算结余80400元，支出399600元。", &[]),
    ]);
}
