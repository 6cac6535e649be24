//! Means, medians, shares that make a whole, multiples and sums of money, and numbers that only look like parts or totals.

use super::expect;

#[test]
fn means_and_medians() {
    let days = |mean: &str, median: &str| {
        format!(
            "时长从最短的62天到最长的132天，由短到长依次为62、71、80、95、132天，累计440天，平均{mean}天，中位数{median}天。"
        )
    };
    let degrees = |mean: &str| {
        format!(
            "非常满意97人，满意58人，一般8人，不满意2人。若以非常满意5分、满意4分、一般3分、不满意2分折算，均分为{mean}分。"
        )
    };
    let table = "| 指标 | 单位 | 完成值 |\n|---|---|---|\n| 入户探访 | 户次 | 2664 |\n| 个案服务 | 个 | 26 |\n| 社区活动 | 场 | 36 |\n\n";
    let month = |mean: &str| format!("{table}入户探访全年平均每月{mean}户次。");
    expect(&[
        (&days("88.0", "80"), &[]),
        (&days("88.1", "80"), &["average: 5个数的平均数为88"]),
        (&days("88.0", "81"), &["average: 5个数的中位数为80"]),
        (&degrees("4.52"), &[]),
        (&degrees("4.53"), &["average: ÷165=4.52"]),
        (&month("222"), &[]),
        (&month("422"), &["average: 2664÷12=222"]),
    ]);
}

#[test]
fn wholes_of_shares_multiples_and_instalments() {
    let visits =
        |phone: &str| format!("实际探访7784人次。其中，入户6383人次，占82.0%；电话{phone}人次，占18.0%。");
    let levels = |files: &str| {
        format!(
            "| 对象 | 级别 | 建档人数 | 应探访（人次） |\n|---|---|---|---|\n| 留守儿童 | 一级 | 63 | 756 |\n| 留守儿童 | 二级 | {files} | 1440 |\n| 留守老人 | 一级 | 116 | 1392 |\n| 留守老人 | 二级 | 372 | 2232 |\n"
        )
    };
    let paid = |last: &str| format!("合同金额24万元。前两期款项均已到账，共19.2万元，尾款{last}万元待拨付。");
    let sites = |all: &str| format!("全县5个站点。每站随机抽取50份，共{all}份。");
    expect(&[
        (&visits("1401"), &[]),
        (&visits("1402"), &["total: 6383+1402=7785"]),
        (&levels("240"), &[]),
        (&levels("241"), &["table-computed: 241×6=1446"]),
        (&paid("4.8"), &[]),
        (&paid("4.9"), &["balance: 192000+49000=241000"]),
        (&sites("250"), &[]),
        (&sites("251"), &["average: 251÷5=50.2"]),
    ]);
}

#[test]
fn people_and_rows_by_their_names() {
    let staff = |name: &str| {
        format!(
            "| 姓名 | 岗位 | 学时 |\n|---|---|---|\n| 罗婉君 | 社工 | 10 |\n| 田雨欣 | 社工 | 12 |\n\n{name}因家庭原因离职。"
        )
    };
    let rows = |name: &str| {
        format!(
            "| 指标 | 目标 | 完成 |\n|---|---|---|\n| 专业督导 | 24 | 22 |\n| 培训学时 | 96 | 90 |\n\n未达标的是{name}。"
        )
    };
    expect(&[
        (&staff("罗婉君"), &[]),
        (&staff("罗婉均"), &["name-variant: “罗婉均”与“罗婉君”"]),
        (&rows("培训学时"), &[]),
        (&rows("培训学识"), &["name-variant: “培训学识”与“培训学时”"]),
    ]);
}

#[test]
fn marks_and_lengths() {
    let marks = |full: &str, got: &str| {
        format!(
            "专家组平均分83.80分由三个维度构成：项目管理{got}分（满分30分，得分率91.0%）、服务产出25.50分（满分{full}分）、服务成效31.00分（满分40分，得分率77.5%）。"
        )
    };
    expect(&[
        (&marks("30", "27.30"), &[]),
        (&marks("40", "27.30"), &["weights: 不等于100"]),
        ("岗位自2024年3月11日起空缺，到4月15日止，长达36天。", &[]),
        ("岗位自2024年3月11日起空缺，到4月15日止，长达56天。", &["duration: 共36天"]),
        ("一度辍学23天（2024年3月4日至3月26日，首尾计入）。", &[]),
        ("一度辍学43天（2024年3月4日至3月26日，首尾计入）。", &["duration: 共23天"]),
    ]);
}

#[test]
fn what_only_looks_alike() {
    expect(&[
        ("共访谈23人。\n\n从26份个案中抽取12份，抽取比例为46.2%。\n\n新开个案26个。", &[]),
        ("受访居民中女性92人、男性73人，女性占55.8%。", &[]),
        ("老人占到近六成（59.3%）。", &[]),
        ("老人占到六成（59.3%）。", &["arithmetic: 应为60%"]),
        ("社工10名，持社工师证的2名，持助理证的5名，尚未持证的3名，持证率70.0%。", &[]),
        ("两站都办了8场，总人次少34，场均50.3人次。", &[]),
        (
            "对象最少的仅228人。社工一律是2名，马江镇574人，每名负责287人，是梅塘街道（每名114人）的2.5倍。",
            &[],
        ),
        ("全部指标11项，9项达到或超过目标，达标率81.8%；其中宣讲恰好完成，其余8项超额。", &[]),
    ]);
}
