//! What is kept of a file: nothing lost, and no number whole in what is shown.

use rules::roster::read;

use super::Content;
use crate::library::Library;

#[test]
fn what_is_kept_reads_as_what_was_read() {
    let today = "2024-12-31".parse().unwrap();
    let codes = Library::load(None).unwrap().codes;
    let table = "姓名,身份证号,档案号,户编号,社区,地址,类别,级别,电话,人户情况,状态,变更日期\n\
                 示例甲,11010519491231002X,CG-1,H1,示例东社区,示例路1号301房,独居,一级,020-84321234-802,户在人在,迁出,2024-05-06\n\
                 样本乙,110105194912310021,CG-2,,示例西,,,,,,,\n";
    let roster = read(table.as_bytes(), "名册.csv", &codes, today).unwrap();
    let kept = Content::from_json(&Content::of(roster.clone()).to_json().unwrap()).unwrap();
    let again = kept.roster(today);
    assert_eq!((again.rows.len(), again.faulty.len()), (1, 1));
    assert_eq!(again.rows, roster.rows);
    assert_eq!(again.faulty[0].row, roster.faulty[0].row);
    assert_eq!(again.rows[0].phone.as_ref().unwrap().to_string(), "020-84321234-802");
    assert_eq!(kept.problems[0].row, 3);
    assert!(!format!("{:?}", kept.problems).contains("110105194912310021"), "{:?}", kept.problems);
}

#[test]
fn a_cell_of_ten_megabytes_is_cut_and_its_row_not_used() {
    let today = "2024-12-31".parse().unwrap();
    let codes = Library::load(None).unwrap().codes;
    let table = format!(
        "姓名,档案号,社区,地址\n示例甲,CG-1,示例东,{}\n样本乙,CG-2,示例西,示例路\n",
        "长".repeat(10 << 20)
    );
    let content = Content::of(read(table.as_bytes(), "名册.csv", &codes, today).unwrap());
    assert_eq!(content.counts(), (1, 1));
    assert!(content.problems[0].what.contains("地址超过 200 字"), "{:?}", content.problems);
    assert!(content.to_json().unwrap().len() < 10_000);
}
