//! Statements of ordinary reports that one sentence, or a sentence and its table, proves.

use super::expect;

#[test]
fn months_in_a_row() {
    let mean = |k: &str| {
        format!(
            "按月份看，3月88户次，4月105户次，5月121户次，6月118户次，7月124户次，8月128户次，月均{k}户次。"
        )
    };
    let sum = |april: &str| {
        format!("走访372户次，1月54、2月41、3月68、4月{april}、5月66、6月73，除了2月别的月份都在50户次往上。")
    };
    expect(&[
        (&mean("114"), &[]),
        (&mean("141"), &["average: "]),
        (&sum("70"), &[]),
        (&sum("77"), &["total: 54+41+68+77+66+73=379，文中为372"]),
        ("走访372户次，其中1月54、2月41、3月68。", &[]),
        ("走访163户次，11月54、12月41、1月68，月均54户次。", &[]),
    ]);
}

#[test]
fn a_unit_that_stands_before_its_counts() {
    let visitors =
        |clinic: &str| format!("到场人次1318，其中节日类604，政策宣讲429，义诊{clinic}，场均57.3人次。");
    expect(&[
        (&visitors("285"), &[]),
        (&visitors("258"), &["total: 604+429+258=1291，文中为1318"]),
        ("到场人次1318，其中节日类604，政策宣讲429。", &[]),
    ]);
}

#[test]
fn what_is_still_due() {
    let left = |k: &str| format!("督导全年24次，已做10次，下半程尚需完成{k}次，建议提前排定日期。");
    expect(&[(&left("14"), &[]), (&left("12"), &["balance: 24-10=14，文中为12"])]);
}

#[test]
fn people_by_post_and_name() {
    let staff =
        |n: &str| format!("社工站配备专职社工{n}名，分别是站长黎舟敏，社工邬秋桐、谈家蓉、艾晓旻、郝立棠。");
    let rate =
        |p: &str| format!("专职社工5名，其中持中级证书者1名，持助理证书者3名，尚未取证者1名，持证率{p}。");
    expect(&[
        (&staff("5"), &[]),
        (&staff("6"), &["count-names: 文中说“社工站配备专职社工6名”"]),
        ("站上现有4个人，主任郯凤霞，社工祁海涛、卞文静、解小雨。", &[]),
        ("站上现有5个人，主任郯凤霞，社工祁海涛、卞文静、解小雨。", &["count-names: 列出4人，文中为5人"]),
        (&rate("80.0%"), &[]),
        (&rate("85.0%"), &["rate: 4÷5=80%，文中为85%"]),
    ]);
}

#[test]
fn who_comes_first_in_a_table_of_one_column() {
    let first = |name: &str| {
        format!(
            "| 社区 | 户次 |\n|---|---|\n| 莲花堤 | 112 |\n| 柳林 | 96 |\n| 老船厂 | 131 |\n| 合计 | 339 |\n\n{name}探访量居首。"
        )
    };
    expect(&[(&first("老船厂"), &[]), (&first("莲花堤"), &["table-extreme: "])]);
}
