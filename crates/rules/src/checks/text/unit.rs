//! Units: the measure words of reports and which of them count the same kind of thing.

use std::sync::LazyLock;

use super::by_char::ByChar;

/// A measure word as written, and the class in which values may be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) word: &'static str,
    pub(super) class: &'static str,
}

/// Longest words first inside each group, so that 人次 is not read as 人.
const UNITS: &[(&str, &[&str])] = &[
    ("人次", &["人次", "人/次", "人·次", "名次"]),
    ("户次", &["户次"]),
    ("人月", &["人月", "人·月"]),
    ("人天", &["人天", "人日"]),
    ("次", &["场次", "次", "场", "回", "通"]),
    ("篇", &["篇次", "篇", "条次", "条", "则"]),
    ("月", &["个月"]),
    ("季", &["个季度"]),
    ("小时", &["个小时", "小时", "学时", "课时", "个课时", "个学时"]),
    ("天", &["个工作日", "天"]),
    ("点", &["个百分点"]),
    ("个", &["个", "例", "宗", "起"]),
    ("人", &["名", "位", "人"]),
    ("户", &["户"]),
    ("份", &["份"]),
    ("节", &["节"]),
    ("支", &["支"]),
    ("项", &["项"]),
    ("家", &["家"]),
    ("元", &["元"]),
    ("分", &["分"]),
    ("分钟", &["分钟"]),
    ("年", &["周年", "年"]),
    ("岁", &["周岁", "岁"]),
    ("周", &["周"]),
    ("平方米", &["平方米", "㎡"]),
    ("类", &["类"]),
    ("期", &["期"]),
    ("对", &["对"]),
    ("栋", &["栋"]),
    ("件", &["件次", "件"]),
    ("单", &["单"]),
    ("案", &["案"]),
    ("笔", &["笔"]),
    ("餐", &["餐次", "餐"]),
    ("床", &["张床", "床"]),
    ("座", &["座"]),
    ("枚", &["枚"]),
    ("幅", &["幅"]),
    ("面", &["面"]),
    ("封", &["封"]),
    ("本", &["本"]),
    ("册", &["册"]),
    ("张", &["张"]),
    ("套", &["套"]),
    ("批", &["批"]),
    ("台", &["台"]),
    ("间", &["间"]),
    ("处", &["处"]),
    ("所", &["所"]),
    ("只", &["只"]),
    ("层", &["层"]),
    ("部", &["部"]),
    ("组", &["组"]),
    ("队", &["队"]),
    ("轮", &["轮"]),
    ("届", &["届"]),
    ("门", &["门"]),
    ("款", &["款"]),
    ("块", &["块"]),
    ("方", &["方面"]),
    ("阶段", &["阶段"]),
    ("环节", &["环节"]),
    ("等级", &["等级"]),
    ("片区", &["片区"]),
    ("维度", &["维度"]),
    ("种", &["种"]),
    ("台次", &["台次"]),
    ("盒", &["盒"]),
    ("袋", &["袋"]),
    ("公斤", &["公斤"]),
    ("公里", &["公里"]),
    ("吨", &["吨"]),
    ("亩", &["亩"]),
];

/// The measure word at the start of `text`, the longest that fits.
pub(super) fn unit_at(text: &str) -> Option<Unit> {
    let known = BY_FIRST.get(text.chars().next()?);
    known.iter().find(|u| text.starts_with(u.word)).copied().filter(|u| !other_word(u, text))
}

/// The measure words by first character, longest first.
static BY_FIRST: LazyLock<ByChar<Unit>> = LazyLock::new(|| {
    let all = UNITS.iter().flat_map(|(class, words)| words.iter().map(move |word| Unit { word, class }));
    let mut out = ByChar::new(all.map(|u| (u.word.chars().next().unwrap_or_default(), u)));
    for words in out.lists_mut() {
        words.sort_by_key(|u| std::cmp::Reverse(u.word.len()));
    }
    out
});

/// A measure word that here begins another word: 分别, 分类, 人均, 个别, 项目, 家庭, 年度, 节日…
fn other_word(unit: &Unit, text: &str) -> bool {
    let rest = &text[unit.word.len()..];
    let starts = |list: &[&str]| list.iter().any(|w| rest.starts_with(w));
    match unit.word {
        "分" => starts(&["别", "类", "级", "层", "析", "组", "布", "散"]) && !rest.starts_with("组成"),
        "人" => starts(&["均", "员", "民", "才", "户分离"]),
        "个" => starts(&["别", "性"]),
        "项" => rest.starts_with("目"),
        "家" => starts(&["庭", "属", "访", "长"]),
        "年" => starts(&["龄", "度"]),
        "节" => rest.starts_with("日"),
        "次" => rest.starts_with("序"),
        "层" => starts(&["级", "面"]),
        "部" => starts(&["门", "分"]),
        "期" => starts(&["间", "末"]),
        "周" => starts(&["期", "边", "围", "密", "末"]),
        "面" => starts(&["向", "临"]),
        "组" => rest.starts_with("织"),
        "对" => starts(&["象", "于", "一"]),
        "所" => starts(&["有", "在", "示", "列", "述", "载", "见", "反", "显"]),
        "类" => rest.starts_with("别"),
        "本" => starts(&["站", "项目", "周期"]),
        "位" => starts(&["一体"]),
        "单" => starts(&["位", "独", "亲", "价", "元", "项", "一", "个", "身", "次"]),
        "案" => starts(&["例", "件", "主", "卷"]),
        "餐" => starts(&["厅", "饮", "馆", "具"]),
        "床" => starts(&["边", "位"]),
        "座" => starts(&["谈", "位"]),
        _ => false,
    }
}
