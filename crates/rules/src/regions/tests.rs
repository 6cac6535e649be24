//! Codes, files as they are sent, and what differs from them.

use kernel::Id;
use rust_xlsxwriter::{Format, Workbook};

use super::{Change, Faulty, Known, Level, Listed, RegionCode, compare, parse, read, short_name, town_of};

#[test]
fn codes_are_held_to_their_form() {
    let check = |text: &str, expected: Result<Level, &str>| match (RegionCode::parse(text), expected) {
        (Ok(code), Ok(level)) => assert_eq!(code.level(), level, "{text}"),
        (Err(what), Err(part)) => assert!(what.contains(part), "{text}: {what}"),
        (found, _) => panic!("{text}: {found:?}"),
    };
    check("440000000000", Ok(Level::Province));
    check("440100000000", Ok(Level::City));
    check("440105000000", Ok(Level::County));
    check("440105001000", Ok(Level::Town));
    check("440105001001", Ok(Level::Village));
    check(" 440105 001 001 ", Ok(Level::Village));
    check("441900003000", Ok(Level::Town));
    check("44010500100", Err("是 11 位"));
    check("4401050010011", Err("是 13 位"));
    check("", Err("是 0 位"));
    check("44010500100X", Err("里有“X”"));
    check("４４0105001001", Err("只能是数字"));
    check("990105001001", Err("不是任何省"));
    check("000000000000", Err("不是任何省"));
}

#[test]
fn names_lose_the_words_for_what_they_are() {
    let check = |name: &str, expected: &str| assert_eq!(short_name(name), expected, "{name}");
    check("晓港东社区居民委员会", "晓港东");
    check("晓港东社区居委会", "晓港东");
    check("晓港东社区", "晓港东");
    check("晓港东", "晓港东");
    check("东风村村民委员会", "东风村");
    check("社区", "社区");
    check("居委会", "居委会");
}

fn lines(listed: &Listed) -> Vec<String> {
    listed.regions.iter().map(|region| format!("{} {}", region.code.as_str(), region.name)).collect()
}

#[test]
fn a_table_in_text_is_read_with_what_is_wrong_beside_it() {
    let text = "示例区区划名单,\n统计用区划代码,名称\n440199001000,示例街道\n440199001002,西一社区居委会\n\
                440199001001,东一社区居委会\n44019900100,少一位\n440199001001,又一个东一\n440199001003,\n\
                abc,没有代码\n,\n统计用区划代码,名称\n440199001004,东二社区居委会\n注：以上由统计部门发布,\n";
    let listed = read(text.as_bytes(), "名单.csv").unwrap();
    assert_eq!(
        lines(&listed),
        [
            "440199001000 示例街道",
            "440199001001 东一社区居委会",
            "440199001002 西一社区居委会",
            "440199001004 东二社区居委会",
        ]
    );
    let faulty: Vec<(usize, &str)> = listed.faulty.iter().map(|one| (one.row, one.what.as_str())).collect();
    assert_eq!(
        faulty,
        [
            (6, "区划代码要 12 位数字，“44019900100”是 11 位"),
            (7, "440199001001 已在第 5 行出现过"),
            (8, "440199001003 没有名称"),
            (9, "区划代码“abc”里有“a”，只能是数字"),
        ]
    );
    let gbk = encoding_rs::GB18030.encode(text).0.into_owned();
    assert_eq!(lines(&read(&gbk, "名单.csv").unwrap()), lines(&listed));
    let without = read("440199001001,东一\n440199001002,西一\n".as_bytes(), "a.csv").unwrap();
    assert_eq!(lines(&without).len(), 2, "a list may come without a heading");
    let error = read("序号,姓名\n1,示例甲\n".as_bytes(), "a.csv").unwrap_err();
    assert_eq!(error.code, "regions_without_heading");
    assert_eq!(read(b"", "a.csv").unwrap_err().code, "book_empty");
}

#[test]
fn a_workbook_with_a_merged_heading_and_codes_as_numbers_is_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = Format::new();
    sheet.merge_range(0, 0, 0, 3, "示例区村居区划名单（2024 年）", &format).unwrap();
    sheet.merge_range(1, 0, 2, 0, "序号", &format).unwrap();
    sheet.merge_range(1, 1, 1, 2, "区划", &format).unwrap();
    sheet.write(2, 1, "区划代码（12位）").unwrap();
    sheet.write(2, 2, "名 称").unwrap();
    sheet.merge_range(1, 3, 2, 3, "城乡分类代码", &format).unwrap();
    for (row, (code, name)) in
        [(440_199_001_000_f64, "示例街道"), (440_199_001_001_f64, "东一社区居委会")].into_iter().enumerate()
    {
        let row = u32::try_from(row).unwrap() + 3;
        sheet.write(row, 0, row - 2).unwrap();
        sheet.write(row, 1, code).unwrap();
        sheet.write(row, 2, name).unwrap();
        sheet.write(row, 3, 111).unwrap();
    }
    sheet.write(5, 1, "440199001002").unwrap();
    sheet.write(5, 2, "西一社区居委会").unwrap();
    let listed = read(&book.save_to_buffer().unwrap(), "名单.xlsx").unwrap();
    assert_eq!(
        lines(&listed),
        ["440199001000 示例街道", "440199001001 东一社区居委会", "440199001002 西一社区居委会"]
    );
    assert_eq!(listed.faulty, []);
}

fn known(n: u8, name: &str, code: Option<&str>) -> Known {
    Known { id: Id::derived(0, &[&[n]]), name: name.into(), code: code.map(str::to_owned) }
}

#[test]
fn what_differs_is_new_renamed_or_gone() {
    let listed = parse(
        "440199001000 示例街道\n440199001001 东一社区居委会\n440199001002 新西社区居委会\n\
         440199001003 北一社区居委会\n440199001004 南一社区居委会\n440199002001 别街社区居委会",
    );
    assert_eq!(listed.faulty, Vec::<Faulty>::new());
    let all = [
        known(1, "东一", Some("440199001001")),
        known(2, "西一", Some("440199001002")),
        known(3, "北一", None),
        known(4, "旧村", Some("440199001009")),
        known(5, "无码", None),
        known(6, "南一", Some("440199001008")),
    ];
    let changes = compare(&listed, "440199001", &all);
    let shown: Vec<String> = changes
        .all
        .iter()
        .map(|change| match change {
            Change::New(region) => format!("+{}", region.short_name()),
            Change::Renamed(one, region) => format!("{}>{}", one.name, region.short_name()),
            Change::Gone(one) => format!("-{}", one.name),
        })
        .collect();
    assert_eq!(shown, ["西一>新西", "北一>北一", "+南一", "-旧村", "-无码", "-南一"]);
    assert_eq!(changes.same, 1);
    let applied = compare(&listed, "440199002", &[known(1, "别街", Some("440199002001"))]);
    assert_eq!((applied.all.len(), applied.same), (0, 1));
}

#[test]
fn the_town_is_found_or_asked_for() {
    let check = |text: &str, street: &str, codes: &[Option<&str>], expected: Option<&str>| {
        let all: Vec<Known> = codes.iter().map(|code| known(1, "x", *code)).collect();
        let town = town_of(&parse(text), street, &all);
        assert_eq!(town.as_deref().ok(), expected, "{street} {codes:?}");
    };
    let two = "440199001000 示例街\n440199001001 a\n440199002000 别街\n440199002001 b";
    check(two, "示例街", &[], Some("440199001"));
    check(two, "别街", &[None], Some("440199002"));
    check(two, "没有的街", &[], None);
    check(two, "没有的街", &[Some("440199001007"), None], Some("440199001"));
    check(two, "示例街", &[Some("440199001007"), Some("440199002007")], None);
    check("440199001001 a\n440199001002 b", "什么街", &[], Some("440199001"));
    check("440199000000 区", "什么街", &[], None);
    check("440199001000 示例街\n440299001000 示例街", "示例街", &[], None);
}
