//! What outsiders' reports showed: short names, people by their posts, what is drawn, what each has, quarters, marks by name, and
//! what words make of a table's rows.

use super::expect;

#[test]
fn short_names_and_persons() {
    let named =
        |short: &str| format!("项目由澜溪市禾光社会工作服务中心（以下简称“{short}”）承接，{short}已备案。");
    let person = |name: &str| {
        format!("领域主管依次为谭嘉明、冯晓桐、卢俊贤。\n\n## 建议\n\n建议由主管{name}牵头，本月内完成整改。")
    };
    expect(&[
        (&named("禾光中心"), &[]),
        (&named("和光中心"), &["name-variant: 简称“和光中心”"]),
        (&person("卢俊贤"), &[]),
        (&person("卢俊闲"), &["name-variant: “卢俊闲”与“卢俊贤”"]),
        (&person("卢国伟"), &[]),
    ]);
}

#[test]
fn people_by_their_posts() {
    let staff = |n: &str, last: &str| {
        format!("站点配备专职人员{n}名，分别为主管冉若渠，社工谭溪桥、向晚舟{last}，另由财务人员兼任会计。")
    };
    let team = |n: &str| format!("评估组共{n}人，由组长厉秋野和成员边若谷、阮知微、郎庭树组成。");
    let post = |names: &str| {
        format!(
            "项目配备工作人员5人，其中主管1人、专职社工3人、兼职财务1人。主管为韦青禾，专职社工为{names}，兼职财务为覃小芸。"
        )
    };
    expect(&[
        (&staff("4", "、覃牧云"), &[]),
        (&staff("4", ""), &["count-names: 列出姓名的是3人"]),
        (&team("4"), &[]),
        (&team("5"), &["count-names: 列出姓名的是4人"]),
        (&post("黄梓萱、蒙丽沙、陆远帆"), &[]),
        (&post("黄梓萱、陆远帆"), &["count-names: 列出姓名的是2人"]),
    ]);
}

#[test]
fn names_that_follow_a_count() {
    let villages =
        |names: &str| format!("项目在乡镇实施：巴稔镇3个村，为{names}；渠晚乡2个村，为渠晚村、内屯村。");
    let nouns = |names: &str| format!("镇辖社区2个、行政村3个。社区为枫林社区、河湾社区；行政村为{names}。");
    let teams =
        |n: &str| format!("现有{n}支志愿服务队，分别是银龄互助队28人、青禾伴读队23人、巧手缝补队25人。");
    expect(&[
        (&villages("弄排村、坡塘村、那良村"), &[]),
        (&villages("弄排村、坡塘村"), &["count-names: 列出的是2个"]),
        (&villages("弄排村、坡塘村、弄排村"), &["duplicate-name: “弄排村”出现两次"]),
        (&nouns("大塘村、青石村、柳荫村"), &[]),
        (&nouns("大塘村、青石村"), &["count-names: 列出的是2个"]),
        (&teams("3"), &[]),
        (&teams("4"), &["count-names: 列出的是3个"]),
    ]);
}

#[test]
fn what_is_drawn() {
    let files =
        |n: &str| format!("档案方面，从17个小组中抽取6个，比例{n}%；从66场活动中抽取12场，比例18.2%。");
    let groups = |n: &str| format!("小组档案抽取9份，占全部18个小组的{n}%。");
    expect(&[
        (&files("35.3"), &[]),
        (&files("35.4"), &["rate: 6÷17=35.29%"]),
        (&groups("50.0"), &[]),
        (&groups("45.0"), &["rate: 9÷18=50%"]),
    ]);
}

#[test]
fn how_long_it_has_run() {
    let opened = |long: &str| format!("社工站于2021年10月挂牌，至2024年12月底已运行{long}。");
    let half = |n: &str| format!("本次评估上半年即1月至6月共{n}个月的服务。");
    let draft = |day: &str| format!("征求意见稿于2025年3月14日送达，两周后即3月{day}日正式出具。");
    let stages = |month: &str| {
        format!("分两个阶段：2025年2月17日至2月28日为准备阶段；{month}月3日至3月14日为实施阶段。")
    };
    expect(&[
        (&opened("3年3个月"), &[]),
        (&opened("4年3个月"), &["duration: 共3年3个月"]),
        (&half("6"), &[]),
        (&half("5"), &["duration: 1月至6月共6个月"]),
        (&draft("28"), &[]),
        (&draft("29"), &["date-order: 2025年3月28日"]),
        (&stages("3"), &[]),
        (&stages("2"), &["date-order: 后一阶段"]),
    ]);
}

#[test]
fn what_there_was_and_what_came() {
    let stock = |came: &str, rate: &str| {
        format!("上一周期末全站有注册志愿者412人，本期新增{came}人，达到475人，增长{rate}%。")
    };
    expect(&[
        (&stock("63", "15.3"), &[]),
        (&stock("64", "15.3"), &["balance: 412+64=476"]),
        (&stock("63", "15.4"), &["rate: 63÷412=15.29%"]),
    ]);
}

#[test]
fn so_many_for_each() {
    let village = |n: &str| format!("按每个村{n}份发放，24个村共发放120份。");
    let sites = |n: &str| format!("按协议，每站年度应完成个案12个、小组6个，7个站合计个案{n}个、小组42个。");
    let files = |n: &str| format!("查阅走访记录120份，其中4个社工点各{n}份。");
    let year = |n: &str| format!("全年组织内部培训12次，每季度{n}次。");
    let lead = |n: &str| format!("外聘督导每月到站1次，每次3小时，半年共督导6次{n}小时。");
    let hours = |n: &str| format!("按14名社工、每人每年{n}小时核定，全年合计28000小时。");
    expect(&[
        (&village("5"), &[]),
        (&village("6"), &["average: 120÷24=5"]),
        (&sites("84"), &[]),
        (&sites("82"), &["average: 12×7=84"]),
        (&files("30"), &[]),
        (&files("25"), &["average: 25×4=100"]),
        (&files("40"), &["average: 40×4=160"]),
        (&year("3"), &[]),
        (&year("4"), &["average: 4×4=16"]),
        (&lead("18"), &[]),
        (&lead("19"), &["average: 3×6=18"]),
        (&hours("2000"), &[]),
        (&hours("2001"), &["average: 2001×14=28014"]),
    ]);
}

#[test]
fn parts_of_a_year() {
    let text = |n: &str, more: &str| {
        format!(
            "全年入户探访10284人次。探访台账显示10284人次均有记录。\n\n入户探访四个季度依次为2436、{n}、2745和2522人次，三季度较一季度增加{more}人次，增幅12.7%。"
        )
    };
    expect(&[
        (&text("2581", "309"), &[]),
        (&text("2582", "309"), &["total: 2436+2582+2745+2522=10285"]),
        (&text("2581", "308"), &["difference: 由2436到2745"]),
    ]);
}

#[test]
fn marks_by_name() {
    let report = |mark: &str, off: &str, rate: &str| {
        format!(
            "评价设决策、过程、效益三类指标，分值依次为15分、45分和40分，满分100分。\n\n决策类得13.5分，过程类得40.7分，效益类得34.8分，得分率依次为90.0%、{rate}%和87.0%。\n\n## （一）决策情况\n\n项目立项5分得{mark}分，绩效目标5分得4.0分，资金投入5分得4.5分。效益类扣{off}分。"
        )
    };
    expect(&[
        (&report("5.0", "5.2", "90.4"), &[]),
        (&report("3.0", "5.2", "90.4"), &["score-parts: 3+4+4.5=11.5，“决策”为13.5"]),
        (&report("5.0", "5.3", "90.4"), &["score-parts: 满分减得分为5.2"]),
        (&report("5.0", "5.2", "90.5"), &["rate: 40.7÷45=90.44%"]),
    ]);
}

#[test]
fn what_words_make_of_rows() {
    let table = "| 指标 | 年度指标 | 中期应完成 | 实际完成 |\n|---|---|---|---|\n| 个案（个） | 80 | 40 | 48 |\n| 小组（个） | 36 | 18 | 17 |\n| 探访（户次） | 3600 | 1800 | 1932 |";
    let more = |n: &str| format!("{table}\n\n个案超出中期要求8个，探访多完成{n}户次；小组尚差1个。");
    let due = |n: &str| format!("{table}\n\n下半年须完成小组{n}个、探访1668户次方能达到年度要求。");
    let places = "| 社区 | 探访（户次） | 服务人次 |\n|---|---|---|\n| 荔园 | 342 | 2982 |\n| 新桥 | 165 | 1290 |\n| 海角 | 183 | 1416 |";
    let two = |n: &str| format!("{places}\n\n新桥、海角两个社区服务人次合计{n}人次，场地不足。");
    let plan = |n: &str| format!("志愿者培训计划40场、实际38场，少{n}场。");
    expect(&[
        (&more("132"), &[]),
        (&more("133"), &["difference: 相差132"]),
        (&due("19"), &[]),
        (&due("10"), &["difference: 相差19"]),
        (&two("2706"), &[]),
        (&two("2707"), &["total: 得2706"]),
        (&plan("2"), &[]),
        (&plan("3"), &["difference: 40与38相差2"]),
    ]);
}

#[test]
fn the_order_of_a_table_and_its_extremes() {
    let table = "| 站点 | 总分 | 执行率 |\n|---|---|---|\n| 槐市站 | 91.5 | 97.0% |\n| 柳涧站 | 86.2 | 95.0% |\n| 石梁站 | 85.2 | 93.0% |";
    let order = |a: &str, b: &str| format!("{table}\n\n按总分由高到低，依次为槐市站、{a}、{b}。");
    let least = |n: &str| format!("{table}\n\n各站中，石梁站执行率最低，仅{n}%。");
    expect(&[
        (&order("柳涧站", "石梁站"), &[]),
        (&order("石梁站", "柳涧站"), &["table-rank: “石梁站”（85.2）与“柳涧站”"]),
        (&least("93.0"), &[]),
        (&least("92.0"), &["table-extreme: 表中为93"]),
    ]);
}

#[test]
fn parts_in_a_sentence_of_their_own() {
    let poor = |n: &str| format!("在册特困人员236人、留守儿童187人。特困人员中集中供养58人、分散供养{n}人。");
    let places = |n: &str| format!("石枫镇下辖13个村（居），其中社区3个、行政村{n}个。");
    let rest = |n: &str| format!("走访覆盖社区95个，覆盖率{n}%，尚有3个未覆盖。");
    let which = |n: &str| {
        format!(
            "凭证中7份附件不全，涉及1.26万元。其中标段一2份0.38万元，标段二1份0.21万元，标段三{n}份0.67万元。"
        )
    };
    let share =
        |n: &str| format!("建档904人，包括低保对象274人、残疾人412人、独居老人218人。其中残疾人占{n}%。");
    expect(&[
        (&poor("178"), &[]),
        (&poor("187"), &["total: 58+187=245"]),
        (&places("10"), &[]),
        (&places("11"), &["total: 3+11=14"]),
        (&rest("96.9"), &[]),
        (&rest("96.0"), &["rate: 95÷98=96.94%"]),
        (&which("4"), &[]),
        (&which("5"), &["total: 2+1+5=8"]),
        (&share("45.6"), &[]),
        (&share("46.5"), &["rate: 412÷904=45.58%"]),
    ]);
}

#[test]
fn words_misspelt() {
    expect(&[
        ("该指标分值15分，得分13.5分。", &[]),
        ("该指标分值15分，等分13.5分。", &["phrase: “等分”疑为“得分”"]),
        ("场地划分为三等分，均已挂牌。", &[]),
        ("按五分制评价评价，服务态度较好。", &["doubled: “评价评价”"]),
        ("评估组共5人人。", &["doubled: “人人”"]),
    ]);
}

#[test]
fn words_of_the_field_misspelt() {
    expect(&[
        ("各项指标的完成率均达标，志愿者参与较多。", &[]),
        ("各项指标的完成完成率均达标。", &["doubled: “完成完成”"]),
        ("志愿者者参与较多。", &[]),
        ("共有志愿者者，多为退休居民。", &["doubled: “志愿者者”"]),
        ("评估组组织座谈，评估组组长主持。", &[]),
        ("由评估组组，完成走访。", &["doubled: “评估组组”"]),
        ("驻片片社工每周上门。", &["doubled: “驻片片社工”"]),
        ("几个个案服务已经结案。", &[]),
        ("经费来自政府购服务。", &["phrase: “政府购服务”疑为“政府购买服务”"]),
        ("社工面向服务对，提供转介。", &["phrase: “服务对”疑为“服务对象”"]),
        ("社工开展服务对接。", &[]),
        ("当地民局负责监管。", &["phrase: “民局”疑为“民政局”"]),
    ]);
}
