//! What tables and other paragraphs say, told again in the text: values, rates, halves, extremes, names.

use super::expect;

const MONEY: &str = "| 站点 | 合同金额（万元） | 支出（万元） | 执行率 |\n|---|---|---|---|\n| 甲河站 | 24.00 | 23.12 | 96.3% |\n| 乙山站 | 16.00 | 15.44 | 96.5% |\n| 合计 | 40.00 | 38.56 | 96.4% |\n\n";

#[test]
fn totals_and_rows_told_again() {
    let told = |words: &str| format!("{MONEY}{words}");
    expect(&[
        (&told("标段资金支出38.56万元，执行率96.4%。"), &[]),
        (&told("标段资金支出35.56万元。"), &["repeated: 表格中为38.56"]),
        (&told("标段资金执行率96.9%。"), &["repeated: 表格中为96.4"]),
        (&told("甲河站支出23.12万元。"), &[]),
        (&told("甲河站支出23.72万元。"), &["repeated: 表格中为23.12"]),
        (&told("上年甲河站支出23.72万元。"), &[]),
        ("账面支出178463.20元。\n\n活动丰富。\n\n中期经费支出178463.20元。", &[]),
        ("账面支出178463.20元。\n\n活动丰富。\n\n中期经费支出178433.20元。", &["repeated: 只差一个数字"]),
    ]);
}

#[test]
fn rates_told_again() {
    let item = "小组：全年10组，中期完成4组，进度40%。";
    let survey = "| 站点 | 发放（份） | 回收（份） | 有效（份） |\n|---|---|---|---|\n| 甲河站 | 60 | 58 | 56 |\n| 乙山站 | 80 | 77 | 75 |\n| 合计 | 140 | 135 | 131 |\n\n";
    expect(&[
        (&format!("小组进度为40%，落后于时间。\n\n{item}"), &[]),
        (&format!("小组进度为60%，落后于时间。\n\n{item}"), &["repeated: 另一处为“进度40%”"]),
        (&format!("{survey}问卷回收率96.4%，有效率97.0%。"), &[]),
        (&format!("{survey}问卷回收率94.4%，有效率97.0%。"), &["rate: 135÷140=96.43%"]),
        ("服务对象满意率94.2%。\n\n各片不同。\n\n总体满意率94.2%。", &[]),
        (
            "服务对象满意率94.8%。\n\n各片不同。\n\n总体满意率94.2%。",
            &["repeated: 另一处为“总体满意率94.2%”"],
        ),
    ]);
}

#[test]
fn numbers_that_point_back() {
    expect(&[
        ("重点家庭合计456户。\n\n已为上述456户家庭建档。", &[]),
        ("重点家庭合计456户。\n\n已为上述457户家庭建档。", &["repeated: 前文为“重点家庭合计456户”"]),
        ("在册861户。\n\n从862户名册中随机抽取。", &["repeated: 前文为“在册861户”"]),
        ("60岁及以上238户，在册231户。", &[]),
    ]);
}

#[test]
fn values_in_the_order_of_names() {
    let table = "| 指标 | 目标 | 完成 | 完成率 |\n|---|---|---|---|\n| 走访 | 400 | 410 | 102.5% |\n| 个案 | 52 | 56 | 107.7% |\n| 小组 | 19 | 20 | 105.3% |\n\n";
    let told =
        |second: &str| format!("{table}走访、个案、小组三类指标的完成率依次为102.5%、{second}%和105.3%。");
    expect(&[(&told("107.7"), &[]), (&told("170.7"), &["repeated: 表格中为107.7"])]);
}

#[test]
fn halves_months_and_extremes() {
    let halves = |first: &str| {
        format!(
            "入户探访上半年{first}户次、下半年675户次。\n\n| 指标 | 目标 | 实际 |\n|---|---|---|\n| 入户探访（户次） | 1200 | 1287 |\n| 电话关怀（人次） | 2400 | 2531 |"
        )
    };
    let months = |third: &str, high: &str| {
        format!(
            "志愿服务时长{high}月最高，7月最低。\n\n| 月份 | 探访 | 志愿服务 |\n|---|---|---|\n| 7月 | 142 | 88 |\n| 8月 | 156 | 104 |\n| {third}月 | 171 | 121 |\n| 10月 | 168 | 133 |"
        )
    };
    let spread = |apart: &str| {
        format!(
            "| 站点 | 得分 |\n|---|---|\n| 甲河站 | 93.4 |\n| 乙山站 | 90.8 |\n| 丙田站 | 77.6 |\n\n最高分与最低分相差{apart}分。"
        )
    };
    expect(&[
        (&halves("612"), &[]),
        (&halves("613"), &["total: 613+675=1288，表格中为1287"]),
        (&months("9", "10"), &[]),
        (&months("6", "10"), &["duplicate-name: “6月”与前后不相接"]),
        (&months("9", "8"), &["table-extreme: 不是这个月"]),
        (&spread("15.8"), &[]),
        (&spread("18.8"), &["difference: 最高与最低相差15.8"]),
    ]);
}

#[test]
fn captions_and_full_marks() {
    let caption = |n: &str| {
        format!(
            "表3 总体评价（N={n}）\n\n| 评价 | 人数 |\n|---|---|\n| 满意 | 98 |\n| 一般 | 38 |\n| 不满意 | 7 |"
        )
    };
    let marks = |full: &str| {
        format!(
            "评估满分{full}分。\n\n| 指标 | 分值 | 得分 |\n|---|---|---|\n| 组织 | 30 | 27.5 |\n| 服务 | 70 | 62.5 |\n| 合计 | 100 | 90.0 |"
        )
    };
    expect(&[
        (&caption("143"), &[]),
        (&caption("144"), &["table-total: 合计143，标题为N=144"]),
        (&marks("100"), &[]),
        (&marks("300"), &["score-parts: 满分合计为100"]),
    ]);
}

#[test]
fn rows_of_due_done_and_rate() {
    let table = |rate: &str| {
        format!(
            "| 指标 | 项目 | 甲河 | 乙山 | 丙田 |\n|---|---|---|---|---|\n| 走访 | 目标 | 1000 | 1200 | 800 |\n|  | 完成 | 1104 | 1217 | 786 |\n|  | 完成率 | 110.4% | {rate}% | 98.3% |"
        )
    };
    expect(&[(&table("101.4"), &[]), (&table("104.4"), &["table-percent: 1217÷1200=101.42%"])]);
}

#[test]
fn names_spelled_another_way() {
    let list = "南片4个社区，即青年路、启秀、桃坞、盘香沟。";
    let streets = "服务4个街道，分别是虞河湾街道、潍柴西街道、胶济街道、白浪桥街道。";
    expect(&[
        (&format!("{list}\n\n在盘香沟试点。"), &[]),
        (&format!("{list}\n\n在盘乡沟试点。"), &["name-variant: “盘乡沟”与“盘香沟”"]),
        (&format!("{list}\n\n对启绣等社区重访。"), &["name-variant: “启绣”与“启秀”"]),
        (&format!("{streets}\n\n虞河弯街道一位居民。"), &["name-variant: “虞河弯”与“虞河湾”"]),
        (
            "由株洲市拾光社会工作服务中心承接。\n\n株洲市拾广社会工作服务中心盖章。",
            &["name-variant: 拾广社会工作服务中心”与"],
        ),
    ]);
}

#[test]
fn counts_of_what_has_a_name() {
    let told =
        |last: &str| format!("辖区有困境儿童37名。\n\n为37名困境儿童建档。\n\n为{last}名困境儿童送学。");
    let sites = |last: &str| {
        format!("评估组对全县8个站开展评估。\n\n全县8个站配备社工26名。\n\n全年{last}个站共走访9864人次。")
    };
    expect(&[
        (&told("37"), &[]),
        (&told("73"), &["repeated: 另2处为37"]),
        (&sites("8"), &[]),
        (&sites("9"), &["repeated: 另2处为“评估组对全县8个站”"]),
    ]);
}
