//! Reading what people send.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::super::{State, read};
use super::{codes, day, id_text, read_table, today, workbook};

const HEADING: &[&str] =
    &["序号", "姓名", "身份证号", "档案号", "社区", "对象类别", "跟进级别", "状态", "变更日期", "联系电话"];

#[test]
fn a_plain_table() {
    let id = id_text(1);
    let roster = read_table(&[
        HEADING,
        &[
            "1",
            "示例甲",
            &id,
            "CG-001",
            "示例东社区",
            "独居老人、残疾",
            "二级",
            "正常",
            "",
            "13800138000/020-84321234",
        ],
    ]);
    assert_eq!((roster.rows.len(), roster.faulty.len(), roster.notes.len()), (1, 0, 0), "{roster:#?}");
    let row = &roster.rows[0];
    assert_eq!(row.at.to_string(), "“名册”第 2 行");
    assert_eq!(row.id_number.as_ref().unwrap().as_str(), id);
    assert_eq!(row.born_on, Some(day("1950-03-08")));
    assert_eq!(
        row.categories().unwrap().iter().map(String::as_str).collect::<Vec<_>>(),
        ["disabled", "elder_alone"]
    );
    assert_eq!((row.level(), row.state, row.changed_on), (Some("two"), State::Active, None));
    assert_eq!(row.phone.as_ref().unwrap().to_string(), "13800138000");
}

/// Merged titles, a heading over two rows, blank rows, merged communities, real dates, day numbers, text dates, hidden
/// rows, a repeated heading, a sum, a remark.
#[test]
fn a_workbook_as_people_send_it() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let dates = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet().set_name("示例东").unwrap();
    sheet.merge_range(0, 0, 0, 8, "示例街兜底对象名册（2024 年 12 月）", &plain).unwrap();
    sheet.merge_range(3, 0, 4, 0, "序号", &plain).unwrap();
    sheet.merge_range(3, 1, 3, 3, "基本信息", &plain).unwrap();
    sheet.merge_range(3, 4, 4, 4, "所属社区", &plain).unwrap();
    sheet.merge_range(3, 5, 4, 5, "变更日期", &plain).unwrap();
    sheet.merge_range(3, 6, 4, 6, "备注", &plain).unwrap();
    for (column, heading) in [(1, "姓 名*"), (2, "证件号码（18位）"), (3, "人员\n类别")] {
        sheet.write_string(4, column, heading).unwrap();
    }
    sheet.merge_range(6, 4, 9, 4, "示例东社区", &plain).unwrap();
    for (row, name) in [(6, "示例甲"), (7, "样本乙"), (8, "假设丙"), (9, "示例丁")] {
        sheet.write_number(row, 0, f64::from(row) - 5.0).unwrap();
        sheet.write_string(row, 1, name).unwrap();
        let id = id_text(row as usize);
        let wide: String = id.chars().map(|letter| char::from_u32(letter as u32 + 0xfee0).unwrap()).collect();
        sheet.write_string(row, 2, if row == 7 { &wide } else { &id }).unwrap();
        sheet.write_string(row, 3, "低保户").unwrap();
    }
    sheet.write_with_format(6, 5, ExcelDateTime::from_ymd(2024, 6, 21).unwrap(), &dates).unwrap();
    sheet.write_number(7, 5, 45464).unwrap();
    sheet.write_string(8, 5, "2024年6月21日").unwrap();
    sheet.write_number(9, 5, 20_240_621).unwrap();
    sheet.set_row_hidden(8).unwrap();
    for (column, heading) in [(1, "姓名"), (2, "证件号码"), (3, "人员类别")] {
        sheet.write_string(11, column, heading).unwrap();
    }
    sheet.write_number(12, 0, 5).unwrap();
    sheet.merge_range(13, 0, 13, 3, "合计：4 人", &plain).unwrap();
    sheet.merge_range(14, 0, 14, 8, "填表人：示例员", &plain).unwrap();
    book.add_worksheet().set_name("说明").unwrap().write_string(0, 0, "本表每月更新").unwrap();
    let hidden = book.add_worksheet().set_name("旧").unwrap();
    hidden.write_string(0, 0, "姓名").unwrap().set_hidden(true);
    let roster = read(&book.save_to_buffer().unwrap(), "示例.xlsx", &codes(), today()).unwrap();
    assert_eq!(roster.faulty, [], "none is faulty");
    let names: Vec<&str> = roster.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["示例甲", "样本乙", "假设丙", "示例丁"]);
    for (row, n) in roster.rows.iter().zip(6..) {
        assert_eq!(row.community.as_deref(), Some("示例东社区"), "{}", row.name);
        assert_eq!(row.changed_on, Some(day("2024-06-21")), "{}", row.name);
        assert_eq!(row.id_number.as_ref().unwrap().as_str(), id_text(n as usize));
        assert_eq!(row.at.number, n + 1);
    }
    let notes = roster.notes.join("\n");
    for part in ["“旧”是隐藏的", "“说明”没有找到表头", "没有用到：备注", "3 行是重复的表头、合计或说明"]
    {
        assert!(notes.contains(part), "{part}: {notes}");
    }
}

/// In text a heading over two rows has lost its merged cells; the numbering keeps to the lines of the file.
#[test]
fn tables_in_text() {
    let id = id_text(1);
    let table = format!(
        "名册,,,\r\n\r\n姓名,证件,,社区\r\n,身份证号,档案号,\r\n示例甲,\t{id},001,示例东\r\n\r\n样本乙,,002,\r\n"
    );
    let check = |bytes: &[u8], how: &str| {
        let roster =
            read(bytes, "名册.csv", &codes(), today()).unwrap_or_else(|problem| panic!("{how}: {problem}"));
        let rows: Vec<_> = roster.rows.iter().map(|row| (row.name.as_str(), row.at.number)).collect();
        assert_eq!(rows, [("示例甲", 5), ("样本乙", 7)], "{how}");
        assert_eq!(roster.rows[0].id_number.as_ref().unwrap().as_str(), id, "{how}");
        assert_eq!(roster.rows[0].file_number.as_deref(), Some("001"), "leading zeros stay: {how}");
        assert_eq!(roster.rows[0].community.as_deref(), Some("示例东"), "{how}");
    };
    check(table.as_bytes(), "UTF-8");
    check(format!("\u{feff}{table}").as_bytes(), "UTF-8 with a mark");
    check(&encoding_rs::GBK.encode(&table).0, "GBK");
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    check(&wide, "UTF-16");
    check(table.replace('\t', "'").replace(',', "\t").as_bytes(), "tabs");
    check(table.replace(',', ";").as_bytes(), "semicolons");
}

#[test]
fn an_old_workbook() {
    let roster = read(include_bytes!("roster.xls"), "名册.xls", &codes(), today()).unwrap();
    assert_eq!(roster.faulty, []);
    let rows: Vec<_> = roster.rows.iter().map(|row| (row.name.as_str(), row.community.as_deref())).collect();
    assert_eq!(
        rows,
        [("示例甲", Some("示例东社区")), ("样本乙", Some("示例东社区"))],
        "merged cells reach down"
    );
    assert!(roster.rows.iter().all(|row| row.changed_on == Some(day("2024-06-21"))), "{roster:#?}");
}

#[test]
fn faulty_cells_keep_the_row_apart() {
    let good = id_text(1);
    let wrong = format!("{}{}", &good[..17], if good.ends_with('0') { '1' } else { '0' });
    let check = |column: usize, text: &str, code: &str, place: &str| {
        let mut cells =
            ["1", "示例甲", &good, "CG-1", "示例东", "低保", "一级", "正常", "2024.6.21", "13800138000"];
        cells[column] = text;
        let roster = read_table(&[HEADING, &["0", "样本乙", &id_text(2)], &cells]);
        assert_eq!((roster.rows.len(), roster.faulty.len()), (1, 1), "{text}");
        let [problem] = roster.faulty[0].problems.as_slice() else { panic!("{:?}", roster.faulty) };
        assert_eq!(problem.problem.code, code, "{text}");
        assert_eq!((problem.column.as_str(), problem.found.as_str()), (&place[..1], text));
        let said = problem.to_string();
        assert!(
            said.starts_with(&format!("“名册”第 3 行 {} 列（{}）：", &place[..1], &place[1..])),
            "{said}"
        );
        assert!(!problem.problem.remedy.is_empty());
    };
    check(1, "", "name_empty", "B姓名");
    check(2, &wrong, "id_check_digit", "C身份证号");
    check(2, "110105491231002", "id_15", "C身份证号");
    check(2, &id_text(1).replace("19500308", "20500308"), "id_future", "C身份证号");
    check(2, "4.40105E+17", "id_scientific", "C身份证号");
    check(5, "低保、高龄", "unknown_word", "F对象类别");
    check(6, "七级", "unknown_word", "G跟进级别");
    check(7, "待定", "unknown_word", "H状态");
    check(8, "2025.1.1", "date_future", "I变更日期");
    check(8, "2024.6", "date_without_day", "I变更日期");
    check(9, "84321234", "phone_area_code", "J联系电话");
}

#[test]
fn a_number_that_the_spreadsheet_has_rounded() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["姓名", "身份证号", "档案号"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    sheet.write_string(1, 0, "示例甲").unwrap();
    sheet.write_number(1, 1, 440_105_195_003_080_016.0).unwrap();
    sheet.write_string(2, 0, "样本乙").unwrap();
    sheet.write_number(2, 2, 20_240_001).unwrap();
    let roster = read(&book.save_to_buffer().unwrap(), "名册.xlsx", &codes(), today()).unwrap();
    assert_eq!(roster.faulty[0].problems[0].problem.code, "id_as_number");
    assert_eq!(roster.rows[0].file_number.as_deref(), Some("20240001"));
}

#[test]
fn rows_of_one_person_are_one() {
    let id = id_text(1);
    let roster = read_table(&[
        HEADING,
        &["1", "示例甲", &id, "CG-1", "示例东", "低保", "一级"],
        &["2", "示例甲", &id, "", "示例东社区", "独居", ""],
        &["3", "示例甲", &id, "", "示例西", "残疾", "", "退出", "2024.5.1"],
        &["4", "样本乙", &id_text(2), "CG-2", "", "低保"],
        &["5", "样本丙", &id_text(2), "CG-3", "", "低保"],
    ]);
    let [row] = roster.rows.as_slice() else { panic!("{roster:#?}") };
    assert_eq!(
        row.categories().unwrap().iter().map(String::as_str).collect::<Vec<_>>(),
        ["elder_alone", "minimum_living"]
    );
    assert_eq!((row.state, row.changed_on, row.also_at.len()), (State::Active, None, 2));
    let said: Vec<&str> = roster.remarks.iter().map(|remark| remark.problem.code).collect();
    assert_eq!(said, ["same_person", "same_person_differs"]);
    assert!(roster.remarks[1].to_string().contains("社区不同"), "{}", roster.remarks[1]);
    let apart: Vec<_> =
        roster.faulty.iter().map(|faulty| (faulty.row.at.number, faulty.problems[0].problem.code)).collect();
    assert_eq!(apart, [(5, "same_number_other_name"), (6, "same_number_other_name")]);
}

#[test]
fn headings_and_their_synonyms() {
    let check = |headings: &[&str], name: &str, notes: &str| {
        let roster = read_table(&[headings, &["户主甲", "示例乙", "示例东", "低保", "13800138000"]]);
        let row = &roster.rows[0];
        assert_eq!((row.name.as_str(), row.community.as_deref()), (name, Some("示例东")), "{headings:?}");
        assert!(row.categories().is_some() && row.phone.is_some(), "{headings:?}");
        assert_eq!(roster.notes.join(""), notes, "{headings:?}");
    };
    check(&["户主姓名", "姓名", "社区", "类别", "电话"], "示例乙", "工作表“名册”的这些列没有用到：户主姓名");
    check(
        &["户主", "备注", "社区/村居", "对象类别/类型", "联系电话1"],
        "户主甲",
        "工作表“名册”的这些列没有用到：备注",
    );
    check(&["NO.", "服务对象 姓名", "所属社区（村居）", "*人员类别", "手机号码(必填)"], "示例乙", "");
    check(&["序号", "姓　名", "社区／村", "困难类型【可多选】", "电话/手机"], "示例乙", "");
}

#[test]
fn a_column_for_each_category() {
    let check = |table: &[&[&str]], expected: Option<&[&str]>, ignored: &str| {
        let roster = read_table(table);
        let read =
            roster.rows[0].categories().map(|codes| codes.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(read.as_deref(), expected, "{table:?}");
        assert!(roster.notes.join("").ends_with(ignored), "{:?}", roster.notes);
    };
    let headings: &[&str] = &["姓名", "社区", "低保", "残疾人", "独居老人"];
    check(&[headings, &["示例甲", "东", "√", "", "是"]], Some(&["elder_alone", "minimum_living"]), "");
    check(
        &[headings, &["示例甲", "东", "否", "", ""], headings, &["示例乙", "东", "1", "", ""]],
        Some(&[]),
        "说明，没有读",
    );
    // A kind of disability is no tick, and two columns are not a list of categories.
    check(&[headings, &["示例甲", "东", "√", "肢体四级", "√"]], None, "没有用到：低保、残疾人、独居老人");
    check(&[&["姓名", "社区", "低保", "残疾人"], &["示例甲", "东", "√", ""]], None, "没有用到：低保、残疾人");
}

#[test]
fn rows_without_a_number_of_their_own() {
    let check = |rows: &[[&str; 4]], expected: &[(&str, u32)], said: &[&str]| {
        let mut table: Vec<&[&str]> = vec![&["姓名", "身份证号", "档案号", "社区"]];
        table.extend(rows.iter().map(<[&str; 4]>::as_slice));
        let roster = read_table(&table);
        let read: Vec<_> = roster.rows.iter().map(|row| (row.name.as_str(), row.at.number)).collect();
        assert_eq!(read, expected, "{rows:?}");
        let codes: Vec<_> = roster.remarks.iter().map(|remark| remark.problem.code).collect();
        assert_eq!(codes, said, "{:?}", roster.remarks);
    };
    let (a, b) = (&*id_text(1), &*id_text(2));
    check(&[["示例甲", "", "1", "东"], ["示例甲", "", "1", "东"]], &[("示例甲", 2)], &["same_person"]);
    check(
        &[["示例甲", "", "1", "东"], ["样本乙", "", "2", "东"], ["示例甲", a, "1", "东"]],
        &[("示例甲", 2), ("样本乙", 3)],
        &["same_person"],
    );
    check(&[["示例甲", a, "1", "东"], ["示例甲", b, "1", "东"]], &[("示例甲", 2), ("示例甲", 3)], &[]);
    check(&[["示例甲", "", "", "东"], ["示例甲", "", "", "东"]], &[("示例甲", 2), ("示例甲", 3)], &[]);
    check(&[["示例甲", "", "1", "东"], ["示例乙", "", "1", "东"]], &[("示例甲", 2), ("示例乙", 3)], &[]);
    check(
        &[["示例甲", a, "1", "东"], ["样本乙", b, "1", "西"]],
        &[("示例甲", 2), ("样本乙", 3)],
        &["file_number_twice"],
    );
}

#[test]
fn doubtful_cells_are_remarked_on() {
    let check = |cells: [&str; 5], expected: &[&str]| {
        let roster = read_table(&[&["姓名", "身份证号", "出生日期", "性别", "类别"], &cells]);
        assert_eq!((roster.rows.len(), roster.faulty.len()), (1, 0), "{cells:?} {:?}", roster.faulty);
        let said: Vec<&str> = roster.remarks.iter().map(|remark| remark.problem.code).collect();
        assert_eq!(said, expected, "{cells:?}");
    };
    let (woman, man) = (id_text(2), id_text(1));
    check(["示例甲", &woman, "1950-03-08", "女", "独居"], &[]);
    check(["示例甲", &man, "1950.3.8", "男", "困境儿童"], &["age_unfit"]);
    check(["示例甲", &woman, "1950-08-03", "男", "独居"], &["born_on_differs", "sex_differs"]);
    check(["示例甲", "无", "2010-08-03", "男", "独居、困境儿童"], &["age_unfit"]);
    check(["示例甲", "—", "", "", ""], &[]);
}

#[test]
fn files_that_cannot_be_used() {
    let check = |bytes: &[u8], code: &str, says: &str| {
        let problem = read(bytes, "名册.xlsx", &codes(), today()).expect_err(says);
        assert_eq!(problem.code, code, "{problem}");
        assert!(
            problem.to_string().starts_with("名册.xlsx：") && problem.to_string().contains(says),
            "{problem}"
        );
    };
    check(b"", "book_empty", "空的");
    check(b"PK\x03\x04 not a workbook", "book_unreadable", "密码");
    check(&[0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3], "book_unreadable", "密码");
    check("<html><table><tr><td>姓名</td></tr></table>".as_bytes(), "book_html", "另存为");
    check(&workbook(&[&["街道", "人数"], &["示例街", "3"]]), "roster_without_heading", "姓名");
    check(&[0, 1, 2, 3], "book_unreadable", "打不开");
    let long = "姓名,社区\n".to_owned() + &"\n".repeat(100_001) + "示例甲,示例东\n";
    check(long.as_bytes(), "book_too_long", "100000 行");
}
