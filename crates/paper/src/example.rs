//! A small but complete document for tests and for the benchmark: every kind of block, a chart of 15 rows, a table that
//! runs over a page, and the characters that renderings must not take for their own. Every person in it is invented.

use chrono::NaiveDate;
use paper::charts::Bar;
use paper::model::{Cell, Chart, Column, Cover, Document, Inline, Meta, Table};
use rust_decimal::Decimal;

/// Characters with a meaning in Typst, HTML, Word or Excel, and Chinese quotation marks.
pub(crate) const SIGNS: &str = r##"# $ \ [ ] * _ < > & " ' = @ ` ~ {} // /* “双” ‘单’ 《书》 —— ……"##;

/// The document.
pub(crate) fn document() -> Document {
    let mut document = Document::new(meta(), cover());
    document
        .paragraph("示例街社工服务站中期报告，是评估人员通过实地考察、访谈、查阅资料等形式，对服务站项目服务进行调查、分析和判断形成的文书。服务站可以将此报告作为参考，进行服务完善和提升。")
        .section(1, "中期评估背景");
    background(&mut document);
    document.section(1, "评估总结").section(2, "服务进度情况");
    progress(&mut document);
    document.section(2, "项目管理").section(3, "值得肯定的地方").section(4, "人员配置");
    document
        .paragraph([
            Inline::strong("人员配置与专业资质方面，"),
            Inline::text("截至2024年12月，服务站平均每月配置社工"),
            Inline::figure("21", "workers_average", "records.html?figure=workers_average&to=2024-12-31"),
            Inline::text("人。负责人示例甲自2024年4月起任职，资质和资历符合相关要求。"),
        ])
        .section(3, "需要关注的地方")
        .paragraph(
            "持续在岗14人，稳岗率为70%，相较上一评估周期有所下降。建议机构加强人员队伍建设，提高社工稳定性。",
        )
        .paragraph(format!("原样印出的字符：{SIGNS}"))
        .signature(vec!["评估专家（签名）".into()], "广州市示例评估中心", day(2025, 4, 10))
        .annex("附件1", "各项指标完成情况")
        .table(indicators())
        .annex("附件2", "探访安排")
        .table(visits())
        .page_break()
        .note("本页由示例数据生成。");
    document
}

/// The same with more of a body, some 25 pages with one chart.
pub(crate) fn long() -> Document {
    let mut document = document();
    for part in 0..9 {
        document.section(1, "服务质量").section(2, "值得肯定的地方");
        for area in ["片区甲", "片区乙", "片区丙", "片区丁"] {
            document.section(3, area).paragraph([
                Inline::text("片区进一步深化了社区需求调研工作，综合采用资料分析、访谈等多种调研方法，系统聚焦困难群众和特殊群体的个性化需求与社区公共问题，累计完成探访"),
                Inline::figure(format!("{}", 271 + part), "home_visits", "records.html#home_visits"),
                Inline::text("人次。基于调研结果，各社工点均形成针对性的调研报告和年度服务计划，建议社工增加探访的频率，并围绕生理状况、心理状态、社会交往情况等多维度沟通，提升跟进质量。"),
            ]);
        }
    }
    document
}

fn meta() -> Meta {
    Meta {
        title: "2024—2025年度示例街社工服务站中期评估报告".into(),
        subject: "示例街社工服务站中期评估".into(),
        author: "广州市示例评估中心".into(),
        language: "zh-CN".into(),
        date: day(2025, 4, 10),
        identifier: "example-2025-midterm".into(),
        sample_notice: Some("样例：数据为虚构，不得作为评估结论".into()),
    }
}

fn cover() -> Cover {
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Cover {
        title_lines: vec!["2024—2025年度示例街社工服务站".into(), "中期评估报告".into()],
        facts: vec![
            fact("项目监督方", "广州市示例区民政局"),
            fact("项目购买方", "广州市示例区示例街道办事处"),
            fact("项目承办方", "广州市样本社会工作服务中心"),
            fact("项目评估方", "广州市示例评估中心"),
            fact("评估日期", "2025年3月25日"),
        ],
        notice: Some("清单校验码 3f9a…c21e".into()),
        contents: true,
    }
}

fn background(document: &mut Document) {
    document
        .paragraph("2025年3月25日，评估中心组织5位评估专家及1名工作人员展开了中期评估工作，主要完成了以下几方面的工作：")
        .list(true, ["听取介绍。由项目负责人介绍运营及服务情况、各项指标完成情况。", "实地观察。", "查阅资料。"])
        .section(2, "评估依据")
        .list(false, ["《社会工作服务项目绩效评估指南》", "《广州市社工服务站管理办法》"])
        .paragraph([
            Inline::text("评估总分为100分，90分以上为优秀。各项指标见"),
            Inline::link("附件1", "#annex1"),
            Inline::text("，办法全文见"),
            Inline::link("公开网页", "https://example.org/rules?a=1&b=2"),
            Inline::text("。"),
        ]);
}

fn progress(document: &mut Document) {
    let figure = |text: &str, code: &str| Inline::figure(text, code, format!("records.html#{code}"));
    document
        .paragraph([
            Inline::text("服务站共完成电话访问"),
            figure("8642", "phone_visits"),
            Inline::text("个，入户探访"),
            figure("949", "home_visits"),
            Inline::text("个，分别完成协议指标量的"),
            figure("414.29%", "phone_visits_completion"),
            Inline::text("、"),
            figure("94.9%", "home_visits_completion"),
            Inline::text("。"),
        ])
        .note("以上数据由服务站提供，各指标完成情况见附件1。")
        .chart(Chart::progress(
            "chart-progress",
            "图1 协议指标完成进度（截至2024年12月31日）",
            elapsed(),
            bars(),
        ))
        .paragraph("从以上数据可知，各项工作指标完成情况良好。");
}

fn indicators() -> Table {
    let columns = vec![
        Column::text("指标", 5),
        Column::number("实际", 3),
        Column::number("指标量", 3),
        Column::number("完成率", 3),
    ];
    let mut table = Table::new("table-indicators", "表1 各项指标完成情况", columns);
    let mut group = "";
    for &(name, label, unit, actual, target, rate) in &INDICATORS {
        if name != group {
            table.group(name);
            group = name;
        }
        let code = format!("indicator_{actual}_{target}");
        table.sub(vec![
            Cell::text(label),
            Cell::number(actual, format!("{actual} {unit}")).counted(&code, format!("records.html#{code}")),
            Cell::number(target, target.to_string()),
            Cell::percent(Decimal::new(rate, 2), format!("{}%", Decimal::new(rate, 2).normalize())),
        ]);
    }
    table.total(vec![Cell::text("已完成"), Cell::number(6, "6 项"), Cell::number(15, "15"), Cell::Empty]);
    table.note("完成率＝实际÷指标量，四舍五入到两位小数。");
    table
}

fn visits() -> Table {
    let columns = vec![
        Column::number("序号", 2),
        Column::text("服务对象", 4),
        Column::centre("日期", 4),
        Column::number("用时", 3).unit("分钟"),
        Column::text("备注", 6),
    ];
    let mut table = Table::new("table-visits", "表2 探访安排：一页以上", columns);
    for number in 1..=45_u32 {
        let remark = if number == 1 {
            "=1+1"
        } else {
            "按服务等级探访，记录生理、心理和社会三个方面"
        };
        table.row(vec![
            Cell::number(number, number.to_string()),
            Cell::text(format!("样本{number}")),
            Cell::date(day(2024, 1 + number % 12, 1 + number % 28)),
            Cell::number(
                Decimal::new(i64::from(20 + number / 2) * 10 + 5, 1),
                format!("{}.5", 20 + number / 2),
            ),
            Cell::text(remark),
        ]);
    }
    table
}

fn bars() -> Vec<Bar> {
    let elapsed = elapsed();
    let bar = |&(group, label, unit, actual, target, rate): &Indicator| {
        let completion = Decimal::new(rate, 2);
        let ahead = completion - elapsed;
        Bar {
            group: Some(group.to_owned()),
            label: label.to_owned(),
            actual: format!("{actual} {unit}"),
            target: target.to_string(),
            completion,
            completion_text: format!("{}%", completion.normalize()),
            elapsed,
            forecast: (completion < Decimal::ONE_HUNDRED)
                .then(|| completion * Decimal::from(365) / Decimal::from(194)),
            tight: ahead >= Decimal::ZERO && ahead < Decimal::from(5),
        }
    };
    INDICATORS.iter().map(bar).collect()
}

fn elapsed() -> Decimal {
    Decimal::new(5315, 2)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Group, name, unit, actual, target, completion in hundredths of a percent.
type Indicator = (&'static str, &'static str, &'static str, i64, i64, i64);

const INDICATORS: [Indicator; 15] = [
    ("电访与探访", "电话访问", "个", 8642, 2086, 41429),
    ("电访与探访", "入户探访", "个", 949, 1000, 9490),
    ("个案", "专业个案接案", "个", 69, 100, 6900),
    ("个案", "专业个案服务", "节", 371, 500, 7420),
    ("个案", "专业个案结案", "个", 56, 104, 5385),
    ("小组", "小组", "个", 9, 15, 6000),
    ("小组", "小组节数", "节", 56, 90, 6222),
    ("小组", "小组服务人次", "人次", 560, 540, 10370),
    ("社区活动", "大型社区活动", "次", 18, 30, 6000),
    ("社区活动", "大型活动服务人次", "人次", 2922, 3000, 9740),
    ("社区活动", "中小型社区活动", "次", 6, 6, 10000),
    ("社区活动", "中小型活动服务人次", "人次", 160, 120, 13333),
    ("志愿者", "新登记志愿者", "名", 116, 50, 23200),
    ("志愿者", "培育志愿者骨干", "名", 14, 20, 7000),
    ("志愿者", "发展志愿者队伍", "支", 2, 2, 10000),
];
