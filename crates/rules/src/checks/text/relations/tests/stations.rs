//! Tables of many stations and lists that are tables in words: weighted scores, ranks, grades, means, highest and
//! lowest, counts of rows, sums of items.

use super::expect;

const WEIGHTS: &str = "综合得分由专家评审、购买方评价两部分构成，权重依次为60%、40%。\n\n综合得分≥90分为优，80≤得分<90分为良，60≤得分<80分为中，得分<60分为差。\n\n";

fn table(third: &str, told: &str) -> String {
    format!(
        "{WEIGHTS}|排名|站点|专家评审|购买方评价|综合得分|等次|\n|---|---|---|---|---|---|\n|1|东街|95.0|90.0|93.00|优|\n|2|西街|90.0|85.0|88.00|良|\n{third}\n|4|北街|80.0|70.0|76.00|中|\n||平均分|87.50|80.00|84.50|-|\n\n{told}"
    )
}

#[test]
fn score_tables() {
    let third = "|3|南街|85.0|75.0|81.00|良|";
    expect(&[
        (&table(third, "优1个、良2个、中1个。得分最高的是东街站（93.00分）。"), &[]),
        (&table("|3|南街|85.0|75.0|81.00|中|", ""), &["grade-score: 按文中分数段为“良”"]),
        (
            &table("|3|南街|85.0|75.0|80.10|良|", ""),
            &["table-computed: =81，表中为80.1", "table-mean: 应为84.28"],
        ),
        (&table("|4|南街|85.0|75.0|81.00|良|", ""), &["table-rank: 应排第3，表中为第4"]),
        (&table(third, "优1个、良3个、中1个。"), &["count-names: “良”的有2个"]),
        (&table(third, "综合得分最高的是西街站。"), &["table-extreme: 最高为93"]),
        (&table(third, "综合得分最高的是东街站（94.00分）。"), &["table-extreme: 表中为93"]),
        (&table(third, "东街站比西街站高5分。"), &[]),
        (&table(third, "东街站比西街站高6分。"), &["difference: 93与88相差5"]),
    ]);
}

#[test]
fn shares_in_tables() {
    let rows = |share: &str| {
        format!(
            "|评价|人数|占比|\n|---|---|---|\n|非常满意|68|60.71%|\n|满意|38|{share}|\n|一般|5|4.46%|\n|不满意|1|0.89%|\n|合计|112|100%|"
        )
    };
    let degrees = |share: &str| {
        format!(
            "|维度|非常满意|满意|一般|不满意|满意度|\n|---|---|---|---|---|---|\n|设施|122|96|18|4|90.8%|\n|态度|150|82|7|1|{share}|\n|活动|118|100|18|4|90.8%|"
        )
    };
    expect(&[
        (&rows("33.93%"), &[]),
        (&rows("33.39%"), &["table-percent: 38÷112=33.93%"]),
        (&degrees("96.7%"), &[]),
        (&degrees("97.6%"), &["table-percent: 232÷240=96.67%"]),
    ]);
}

#[test]
fn lists_in_words() {
    let list = |third: &str, told: &str| {
        format!(
            "1.岭头社工点：服务对象182人，走访852户次。\n2.石涌社工点：服务对象165人，走访774户次。\n3.新墟社工点：服务对象{third}人，走访690户次。\n\n{told}"
        )
    };
    expect(&[
        (&list("148", "3个社工点服务对象合计495人，走访合计2316户次。"), &[]),
        (&list("184", "3个社工点服务对象合计495人，走访合计2316户次。"), &["area-total: =531，文中为495"]),
        (&list("148", "4个社工点服务对象合计495人。"), &["count-names: 列出3个社工点"]),
        (&list("148", "服务对象最多的是石涌社工点。"), &["table-extreme: 最高为182"]),
        (&list("148", "领头社工点表现突出。"), &["name-variant: “领头社工点”与“岭头社工点”"]),
    ]);
}
