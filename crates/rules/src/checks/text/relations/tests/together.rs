//! Numbers that stand together: lists right behind their whole, two units, states, certificates, products, what is taken off.

use super::expect;

#[test]
fn lists_right_behind_their_whole() {
    expect(&[
        ("站点配备8人，中级社工师1人、助理社工师5人、其他专业背景2人，持证6人。", &[]),
        (
            "站点配备8人，中级社工师1人、助理社工师5人、其他专业背景3人，持证6人。",
            &["total: 1+5+3=9，文中为8"],
        ),
        ("站点配备8人，中级社工师1人、助理社工师5人、其他专业背景2人，持证7人。", &["total: 1+5=6，文中为7"]),
        ("链接单位12家，学校3家、医院5家、商户3家等。", &[]),
        ("在岗6名，男性1名、女性5名。", &[]),
        ("在岗6名，男性1名、女性6名。", &["total: 1+6=7，文中为6"]),
        ("持证社工5名，中级2名、助理3名，女性4名、党员2名。", &[]),
    ]);
}

#[test]
fn states_and_two_units() {
    let training =
        |hours: &str| format!("参加培训13次、累计{hours}学时，其中机构内训8次24学时，外部培训5次37.5学时。");
    expect(&[
        ("共提出9条意见，已完成整改6条，正在推进2条，尚未启动1条。", &[]),
        ("共提出9条意见，已完成整改6条，正在推进3条，尚未启动1条。", &["total: 6+3+1=10，文中为9"]),
        (&training("61.5"), &[]),
        (&training("81.5"), &["total: 24+37.5=61.5，文中为81.5"]),
    ]);
}

#[test]
fn products() {
    expect(&[
        ("全年12次，每次3小时，合计36小时。", &[]),
        ("全年13次，每次3小时，合计36小时。", &["average: 36÷13=2.77"]),
        ("17个村和1个社区各聘1名联络员，联络员总数18名。", &[]),
        ("17个村和1个社区各聘1名联络员，联络员总数19名。", &["average: 18×1=18"]),
        ("站点配备8人。中期6个月应在岗48人月。", &[]),
        ("站点配备8人。中期6个月应在岗58人月。", &["average: 8×6=48"]),
    ]);
}

#[test]
fn what_is_taken_off_and_put_on() {
    let scores = |last: &str| {
        format!("小计88.6分。\n\n因获媒体报道加1.0分，因就业指标未完成扣0.5分，最终得分{last}分。")
    };
    let money = |left: &str| format!("拨付首期231600元。\n\n账面支出178463.20元。\n\n首期款结余{left}元。");
    expect(&[
        ("同意受访178户，剔除代答的6户，得到有效记录172户。", &[]),
        ("同意受访178户，剔除代答的7户，得到有效记录172户。", &["sample-sum: 178-7=171"]),
        (&scores("89.1"), &[]),
        (&scores("89.2"), &["score-parts: 加减后为89.1"]),
        (&money("53136.80"), &[]),
        (&money("53136.81"), &["balance: 231600-178463.2=53136.8"]),
    ]);
}

#[test]
fn sums_over_paragraphs() {
    let groups = |last: &str| {
        format!("甲小组6节。\n\n乙小组6节。\n\n丙小组5节。\n\n丁小组{last}节。\n\n上述4个小组合计24节。")
    };
    let fields =
        |last: &str| format!("中期开案12例。\n\n本领域开案5例。\n\n本领域开案4例。\n\n本领域开案{last}例。");
    expect(&[
        (&groups("7"), &[]),
        (&groups("8"), &["total: 6+6+5+8=25"]),
        (&fields("3"), &[]),
        (&fields("4"), &["area-total: 5+4+4=13"]),
        ("小组完成12个。两阶段分别为3个和9个。", &[]),
        ("小组完成12个。两阶段分别为4个和9个。", &["total: 4+9=13"]),
    ]);
}

#[test]
fn shares_of_two_lists_and_proportions() {
    let lists = |share: &str| {
        format!(
            "有效记录中，东片68份、南片61份、西片43份。表示满意的，东片64份（94.1%），南片59份（{share}%），西片39份（90.7%）。"
        )
    };
    let paid = |ratio: &str| format!("按{ratio}分三次拨付，首款50%、中期款30%、尾款20%。");
    expect(&[
        (&lists("96.7"), &[]),
        (&lists("97.7"), &["rate: 59÷61=96.72%"]),
        (&paid("5:3:2"), &[]),
        (&paid("5:4:2"), &["ratio: 5占45.45%"]),
    ]);
}

#[test]
fn ranges_that_follow_each_other() {
    let ages = |from: &str| format!("按年龄分，40岁以下41户，{from}至59岁78户，60岁及以上144户。");
    expect(&[
        (&ages("40"), &[]),
        (&ages("41"), &[]),
        (&ages("46"), &["total: 没有首尾相接"]),
        ("3年以下的4人，3至5年的6人，5年以上的2人。", &[]),
    ]);
}

#[test]
fn means_beside_their_totals() {
    let families = |mean: &str| {
        format!("建档263户。\n\n全年服务4000小时。按建档户平均，每户获得{mean}小时服务。\n\n对263户回访。")
    };
    expect(&[
        ("开办小组12个。小组总节数78节，平均每个小组6.5节。", &[]),
        ("开办小组12个。小组总节数76节，平均每个小组6.5节。", &["average: 76÷12=6.33"]),
        (&families("15.2"), &[]),
        (&families("15.7"), &["average: 4000÷263=15.21"]),
        ("全县8个站。评估组按每站30名的标准抽取240名。", &[]),
        ("全县8个站。评估组按每站30名的标准抽取250名。", &["average: 30×8=240"]),
    ]);
}

#[test]
fn shares_and_amounts_of_one_whole() {
    let paid = |second: &str| {
        format!(
            "合同总额186万元。首期按合同总额的50%拨付93万元，中期按{second}%拨付55.8万元，末期按20%拨付37.2万元。"
        )
    };
    expect(&[(&paid("30"), &[]), (&paid("40"), &["rate: 558000÷1860000=30%"])]);
}

#[test]
fn two_parts_behind_of_which() {
    expect(&[
        ("驻站社工26名，其中站长8名、一线社工18名。", &[]),
        ("驻站社工26名，其中站长9名、一线社工18名。", &["total: 9+18=27，文中为26"]),
        ("驻站社工26名，其中党员9名、站长18名。", &[]),
    ]);
}

#[test]
fn changes_in_order_and_folded_scores() {
    let grown = |second: &str| {
        format!(
            "上年同期家访702人次、个案12个、活动19场，本期分别增加87人次、5个、3场，增幅为12.4%、{second}%和15.8%。"
        )
    };
    let folded = |part: &str| format!("专家评审占60%，乡镇评价占40%。专家评审86.4分，折合{part}分。");
    expect(&[
        (&grown("41.7"), &[]),
        (&grown("47.7"), &["difference: 5÷12=41.67%"]),
        (&folded("51.84"), &[]),
        (&folded("51.48"), &["score-parts: 60%×86.4=51.84"]),
    ]);
}

#[test]
fn ages_make_up_a_whole() {
    let ages = |last: &str| format!("服务儿童734名。按年龄，6岁以下83名，6至12岁391名，13岁以上{last}名。");
    expect(&[(&ages("260"), &[]), (&ages("261"), &["total: 83+391+261=735"])]);
}
