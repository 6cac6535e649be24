//! What changed between two versions: each kind of change once, and nothing for none.

use super::small;
use crate::scoring::compare;

/// Each expected line: place, what, before, after; `-` for nothing.
fn check(changes: &[(&str, &str)], expected: &[[&str; 4]]) {
    let found = compare(&small(&[]), &small(changes));
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let found: Vec<_> = found
        .into_iter()
        .map(|change| [change.place, change.what.to_owned(), or_dash(change.before), or_dash(change.after)])
        .collect();
    assert_eq!(found, expected, "{changes:?}");
}

#[test]
fn every_change_is_named_with_both_values() {
    check(&[], &[]);
    check(&[("version = \"1\"", "version = \"2\"")], &[]);
    check(
        &[("weight = 60", "weight = 70"), ("weight = 40", "weight = 30")],
        &[["评分方 · 评估机构", "权重", "60", "70"], ["评分方 · 街道", "权重", "40", "30"]],
    );
    check(&[("rule = \"mean\"", "rule = \"median\"")], &[["总则", "合成方法", "算术平均", "中位数"]]);
    check(&[("from = 90", "from = 88.5")], &[["等级 · 优秀", "分数线", "90", "88.5"]]);
    check(
        &[("points = 0.5", "points = 1")],
        &[["扣分 · 逾期", "情形与分值", "每次每次 0.5 分", "每次每次 1 分"]],
    );
    check(
        &[("share = 50", "share = 60")],
        &[[
            "工作 · 档案",
            "评分规则",
            "按 registry.coverage_percent 的数值：达到 0 得 0 分，达到 80 得 20 分，达到 100 得 40 分。专家可以另评，须说明理由。",
            "按 registry.coverage_percent 的数值：达到 0 得 0 分，达到 80 得 24 分，达到 100 得 40 分。专家可以另评，须说明理由。",
        ]],
    );
}

#[test]
fn what_is_new_and_what_is_gone_stand_alone() {
    let found = compare(&small(&[]), &small(&[("name = \"满意\"", "name = \"满意度\"")]));
    let gone: Vec<_> = found.iter().filter(|change| change.after.is_none()).collect();
    let new: Vec<_> = found.iter().filter(|change| change.before.is_none()).collect();
    assert!(gone.iter().all(|change| change.place == "成效 · 满意"), "{gone:?}");
    assert!(new.iter().all(|change| change.place == "成效 · 满意度"), "{new:?}");
    assert_eq!((gone.len(), new.len()), (6, 6));
}
