//! Dates, periods, the report's own dates.

use super::expect;

#[test]
fn single_dates() {
    expect(&[
        ("2024年2月29日开会。", &[]),
        ("2025年2月29日开会。", &["date-invalid: 2025年2月29日"]),
        ("2025年3月25日（星期二）开会。", &[]),
        ("2025年3月25日（星期三）开会。", &["weekday: 是星期二，文中为星期三"]),
    ]);
}

#[test]
fn periods() {
    expect(&[
        ("项目合同期为2024年6月21日至2025年6月20日，为期一年。", &[]),
        ("项目合同期为2024年6月21日至2025年5月20日，为期一年。", &["duration: 共11个月"]),
        ("项目合同期为2024年6月21日至2025年6月2日。", &["period-length: 不是整月"]),
        ("活动于2024年6月21日至2024年5月20日举行。", &["date-order: 起止日期颠倒"]),
        ("2025年2月18日至19日开展了为期两天的评估。", &[]),
        ("2025年2月18日至19日开展了为期三天的评估。", &["duration: 共2天"]),
        ("服务周期为２０２４年１月至２０２４年６月，为期半年。", &[]),
    ]);
}

#[test]
fn report_dates() {
    let report = |text: &str, cut: &str, signed: &str| {
        format!(
            "评估日期：2025年3月25日\n\n{text}，评估中心组织5位专家对社工站开展了中期评估工作。\n\n截至{cut}，社工站共有社工20名。\n\n示例评估中心\n\n{signed}"
        )
    };
    let (day, cut, signed) = ("2025年3月25日", "2024年12月31日", "2025年4月1日");
    expect(&[
        (&report(day, cut, signed), &[]),
        (&report("2025年3月26日", cut, signed), &["date-differs: 评估日期两处不同"]),
        (&report(day, "2025年12月31日", signed), &["date-order: 晚于评估日期"]),
        (&report(day, cut, "2025年3月1日"), &["date-order: 落款日期"]),
    ]);
}

#[test]
fn years_of_running() {
    let report = |n: &str| {
        format!("于2012年5月开始，由示例中心负责运营。\n\n评估日期：2025年3月25日\n\n已顺利运营{n}年时间。")
    };
    expect(&[
        (&report("12"), &[]),
        (&report("十二"), &[]),
        (&report("13"), &[]),
        (&report("10"), &["duration: 共12年零10个月，文中为“已顺利运营10年”"]),
    ]);
}
