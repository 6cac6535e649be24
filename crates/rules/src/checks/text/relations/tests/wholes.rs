//! Lists and their wholes: totals in brackets and behind, breakdowns that no word opens, what is left over, the total row of
//! a table told in the text.

use super::expect;

#[test]
fn totals_in_brackets_and_behind() {
    expect(&[
        ("持证社工15名（中级2名，助理13名）。", &[]),
        ("持证社工15名（中级4名，助理13名）。", &["total: 4+13=17，文中为15"]),
        ("净增15名（新增18名，退出3名）。", &[]),
        ("内部督导12次、外部督导24次，全年督导共36次。", &[]),
        ("内部督导12次、外部督导25次，全年督导共36次。", &["total: 12+25=37，文中为36"]),
        ("小组62个、活动185场、个案246个，三项共计493项。", &[]),
        ("小组62个、活动158场、个案246个，三项共计493项。", &["total: 62+158+246=466"]),
        ("非常满意241人、比较满意138人、一般19人。前两项合计379人。", &[]),
        ("非常满意241人、比较满意138人、一般19人。前两项合计397人。", &["total: 241+138=379"]),
    ]);
}

#[test]
fn breakdowns_that_no_word_opens() {
    let students =
        |first: &str| format!("学员45名。类别：智力{first}名，精神14名，肢体5名。性别：男27名，女18名。");
    let volunteers = "志愿者64名，由大学生38名、居民20名、党员6名组成。";
    expect(&[
        (&students("26"), &[]),
        (&students("28"), &["total: 28+14+5=47，文中另有45"]),
        (volunteers, &[]),
        (&volunteers.replace("20名", "30名"), &["total: 38+30+6=74"]),
        // Parts that may lie inside each other.
        ("服务老人64名。独居38名、高龄20名、残疾26名。", &[]),
        // A list that 等 leaves open.
        ("链接单位64家。学校18家、医院20家、商户16家等。", &[]),
    ]);
}

#[test]
fn what_is_not_done_beside_what_is() {
    expect(&[
        ("在册3803户。建档3575户，尚有228户未建档。", &[]),
        ("在册3803户。建档3575户，尚有328户未建档。", &["balance: 3575+328=3903"]),
        ("拨打240户。接通206户，未接通34户。", &[]),
        ("服务户籍80名、未成年24名。", &[]),
    ]);
}

#[test]
fn the_total_row_told_in_the_text() {
    let told = |n: &str| {
        format!(
            "全年应检{n}人次。\n\n| 街道 | 应检（人次） |\n|---|---|\n| 甲街道 | 1208 |\n| 乙街道 | 1880 |\n| 合计 | 3088 |"
        )
    };
    expect(&[(&told("3088"), &[]), (&told("3080"), &["repeated: 表格合计为3088"]), (&told("1250"), &[])]);
}
