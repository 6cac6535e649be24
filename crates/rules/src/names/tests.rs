//! Case tables of names, and that what is typed finds what is stored.

use proptest::prelude::*;

use super::{Word, query, terms};

/// As the index answers: a phrase by adjacent tokens, a prefix by any token; all words.
fn finds(name: &str, typed: &str) -> bool {
    let terms = terms(name);
    let words = query(typed);
    !words.is_empty()
        && words.iter().all(|word| match word {
            Word::Phrase(tokens) => terms.windows(tokens.len()).any(|window| window == tokens.as_slice()),
            Word::Prefix(start) => terms.iter().any(|term| term.starts_with(start)),
        })
}

#[test]
fn tokens_of_a_name() {
    let check = |name: &str, expected: &str| assert_eq!(terms(name).join(" "), expected, "{name}");
    check("周小明", "周 小 明 zhou xiao ming zhouxiaoming zxm zhouxm xiaoming xm xiaom m");
    check("Maria Lopez", "maria lopez marialopez ml marial l");
    check("", "");
    check(" ·—", "");
}

#[test]
fn surnames_are_read_as_surnames_first() {
    let check = |name: &str, joined: &str| {
        let first = terms(name).into_iter().find(|term| term.len() > "yangben".len() && term.is_ascii());
        assert_eq!(first.as_deref(), Some(joined), "{name}");
    };
    check("单样本", "shanyangben");
    check("解样本", "xieyangben");
    check("曾样本", "zengyangben");
    check("区样本", "ouyangben");
    check("仇样本", "qiuyangben");
    check("查样本", "zhayangben");
    check("冼样本", "xianyangben");
    check("尉迟样本", "yuchiyangben");
    check("万俟样本", "moqiyangben");
    check("吕样本", "lvyangben");
    check("欧阳样本", "ouyangyangben");
}

#[test]
fn what_is_typed() {
    let phrase = |tokens: &str| Word::Phrase(tokens.split(' ').map(str::to_owned).collect());
    let prefix = |start: &str| Word::Prefix(start.to_owned());
    let check = |typed: &str, expected: &[Word]| assert_eq!(query(typed), expected, "{typed}");
    check("小明", &[phrase("小 明")]);
    check("周 小明", &[phrase("周"), phrase("小 明")]);
    check("Zhou Xiao", &[prefix("zhou"), prefix("xiao")]);
    check("ｚｘｍ", &[prefix("zxm")]);
    check("周xm", &[phrase("周"), prefix("xm")]);
    check("１３８", &[prefix("138")]);
    check("xi'an", &[prefix("xian")]);
    check("LÜ lv", &[prefix("lv")]);
    check("zhōu", &[prefix("zhou")]);
    check("阿依·示例", &[phrase("阿 依"), phrase("示 例")]);
    check("周周", &[phrase("周 周")]);
    check("", &[]);
    check("%_*\"（）", &[]);
}

#[test]
fn what_is_typed_finds_the_name() {
    let check =
        |name: &str, typed: &str, expected: bool| assert_eq!(finds(name, typed), expected, "{name} {typed}");
    for typed in
        ["周", "小明", "周小明", "zhou", "zhouxiaom", "zxm", "xm", "zhou xm", "zhouxm", "周xm", "xiao ming"]
    {
        check("周小明", typed, true);
    }
    for typed in ["明小", "周明", "xz", "zhang", "小 红", "138"] {
        check("周小明", typed, false);
    }
    check("单样本", "dan", true);
    check("单样本", "shan yang", true);
    check("张乐", "zhangle", true);
    check("张乐", "zhangyue", true);
    check("吕示例", "lyu", true);
    check("阿依古丽·示例", "阿依古丽", true);
    check("阿依古丽·示例", "shili", true);
    check("José Example", "jose", true);
    check("𠮷田示例", "田示", true);
}

proptest! {
    #[test]
    fn any_name_is_found_by_itself_and_its_pinyin(name in "[一-龥]{1,6}") {
        prop_assert!(finds(&name, &name));
        let joined = terms(&name).into_iter().filter(|term| term.is_ascii()).max_by_key(String::len);
        prop_assert!(joined.is_none_or(|joined| finds(&name, &joined)));
        prop_assert!(terms(&name).len() < 200, "an index entry stays small");
    }

    #[test]
    fn nothing_typed_makes_it_fall_over(text in "\\PC{0,40}") {
        let _ = (terms(&text), query(&text));
    }
}
