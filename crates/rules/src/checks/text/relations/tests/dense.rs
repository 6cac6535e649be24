//! Dense prose, in which one paragraph holds the averages, differences, growth and money of a whole chapter.

use super::expect;

#[test]
fn what_only_looks_alike_is_silent() {
    expect(&[
        // An amount that begins like a year.
        ("活动费用分摊到35项，每项平均2069.00元。", &[]),
        ("全年服务共2011.12小时。", &[]),
        // Words that hold others.
        ("就物资链接这一项，联系爱心企业9家。", &[]),
        ("开展村务公开，推进行村级换届。督导训练两期。", &[]),
        ("累计开展资链接12次。", &["phrase: 疑为“资源链接”之误"]),
        // Two numbers in words are no names.
        ("现行制度三十一项，本年度新订四项、修订七项，两者合计十一项。", &[]),
        // One of them in words.
        (
            "发放问卷160份，有效问卷152份，选择“非常满意”的97份、“满意”的46份、“一般”的8份、“不满意”的一份。",
            &[],
        ),
        // The rates of two items.
        ("助餐98640人次，完成率102.75%；助洁21730人次，完成率98.77%；助浴6285人次，完成率104.75%。", &[]),
        // The last of one list is no whole of the next.
        ("学历构成为硕士1人、本科4人、大专1人；专业构成为社会工作3人、社会学1人、其他专业2人。", &[]),
        ("督导72次、12次，合计84次；培训18场、9场，共27场，累计培训课时648个，场均24个课时。", &[]),
    ]);
}
