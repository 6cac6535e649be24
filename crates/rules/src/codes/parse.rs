//! From TOML to code lists, every mistake with its line and what it could have been.

use std::collections::BTreeMap;

use kernel::Problem;
use serde::Deserialize;
use toml::Spanned;

use super::{Code, Codes, List, plain};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    name: String,
    version: String,
    #[serde(default)]
    groups: Vec<Spanned<RawCode>>,
    #[serde(default)]
    categories: Vec<Spanned<RawCode>>,
    #[serde(default)]
    service_levels: Vec<Spanned<RawCode>>,
    #[serde(default)]
    residence: Vec<Spanned<RawCode>>,
    #[serde(default)]
    roster_states: Vec<Spanned<RawCode>>,
    #[serde(default)]
    self_care: Vec<Spanned<RawCode>>,
    #[serde(default)]
    housing: Vec<Spanned<RawCode>>,
    #[serde(default)]
    marriage: Vec<Spanned<RawCode>>,
    #[serde(default)]
    subsidies: Vec<Spanned<RawCode>>,
    #[serde(default)]
    relations: Vec<Spanned<RawCode>>,
    #[serde(default)]
    closing_reasons: Vec<Spanned<RawCode>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCode {
    code: Spanned<String>,
    label: Spanned<String>,
    #[serde(default)]
    also: Vec<Spanned<String>>,
    group: Option<Spanned<String>>,
    min_age: Option<Spanned<u32>>,
    under_age: Option<Spanned<u32>>,
}

/// The lists of a file, or all that is wrong with it.
pub(super) fn codes(file: &str, text: &str) -> Result<Codes, Vec<Problem>> {
    let raw: RawFile = toml::from_str(text).map_err(|error| vec![not_toml(file, text, &error)])?;
    let codes =
        Codes { name: raw.name, version: raw.version, lists: BTreeMap::new(), words: BTreeMap::new() };
    let mut parser = Parser { file, text, codes, problems: Vec::new() };
    // The groups come first: categories name them.
    for (list, entries) in [
        (List::Groups, raw.groups),
        (List::Categories, raw.categories),
        (List::ServiceLevels, raw.service_levels),
        (List::Residence, raw.residence),
        (List::RosterStates, raw.roster_states),
        (List::SelfCare, raw.self_care),
        (List::Housing, raw.housing),
        (List::Marriage, raw.marriage),
        (List::Subsidies, raw.subsidies),
        (List::Relations, raw.relations),
        (List::ClosingReasons, raw.closing_reasons),
    ] {
        parser.list(list, entries);
    }
    if parser.problems.is_empty() { Ok(parser.codes) } else { Err(parser.problems) }
}

struct Parser<'p> {
    file: &'p str,
    text: &'p str,
    codes: Codes,
    problems: Vec<Problem>,
}

impl Parser<'_> {
    fn list(&mut self, list: List, entries: Vec<Spanned<RawCode>>) {
        if entries.is_empty() {
            let what = format!("缺少代码表 {}（{}）", list.name(), list.label());
            self.wrong("missing_list", 0, what, format!("请补上，每项写 [[{}]]。", list.name()));
        }
        for entry in entries {
            let raw = entry.into_inner();
            self.code(list, &raw);
            self.words(list, &raw);
            self.category(list, &raw);
            self.codes.lists.entry(list).or_default().push(Code {
                code: raw.code.into_inner(),
                label: raw.label.into_inner(),
                also: raw.also.into_iter().map(Spanned::into_inner).collect(),
                group: raw.group.map(Spanned::into_inner),
                min_age: raw.min_age.map(Spanned::into_inner),
                under_age: raw.under_age.map(Spanned::into_inner),
            });
        }
    }

    fn code(&mut self, list: List, raw: &RawCode) {
        let (code, at) = (raw.code.as_ref(), raw.code.span().start);
        let good = code.starts_with(|first: char| first.is_ascii_lowercase())
            && code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        if !good {
            let remedy = "代码以小写字母开头，只用小写字母、数字和“_”，如 elder_alone。";
            self.wrong("bad_code", at, format!("“{code}”不能作代码"), remedy);
        }
        if self.codes.get(list, code).is_some() {
            let what = format!("代码 {code} 在{}里写了两次", list.label());
            self.wrong("duplicate_code", at, what, "请去掉一处，或另起一个代码。");
        }
        if !list.fixed().is_empty() && !list.fixed().contains(&code.as_str()) {
            let what = format!("{}没有“{code}”这个代码", list.label());
            self.wrong("unknown_code", at, what, format!("可以用的代码：{}。", list.fixed().join("、")));
        }
    }

    /// Every word of an entry, once in its list.
    fn words(&mut self, list: List, raw: &RawCode) {
        let position = self.codes.list(list).len();
        for word in std::iter::once(&raw.label).chain(&raw.also).chain(std::iter::once(&raw.code)) {
            let (text, at) = (word.as_ref(), word.span().start);
            if plain(text).is_empty() {
                self.wrong("empty_word", at, "这里没有写字".into(), "请写上名称，或删去这一项。");
                continue;
            }
            let before = self.codes.words.insert((list, plain(text)), position);
            if let Some(other) = before.filter(|other| *other != position) {
                let other = self.codes.list(list).get(other).map_or("", |entry| entry.label.as_str());
                let what = format!("“{text}”已经是{}“{other}”的说法", list.label());
                self.wrong("duplicate_word", at, what, "一种说法只能归到一项，请留一处。");
            }
        }
    }

    /// Group and ages: of categories only.
    fn category(&mut self, list: List, raw: &RawCode) {
        let group = raw.group.as_ref();
        if list != List::Categories {
            let at = group.map(|group| group.span().start);
            let ages = raw.min_age.as_ref().or(raw.under_age.as_ref()).map(|age| age.span().start);
            if let Some(at) = at.or(ages) {
                let what = format!("{}不用写 group、min_age、under_age", list.label());
                self.wrong("not_a_category", at, what, "请删去，只有对象类别用到它们。");
            }
            return;
        }
        match group {
            None => {
                let at = raw.code.span().start;
                self.wrong(
                    "missing_group",
                    at,
                    format!("类别 {} 没有写 group", raw.code.as_ref()),
                    self.groups(),
                );
            }
            Some(group) if self.codes.get(List::Groups, group.as_ref()).is_none() => {
                let what = format!("没有“{}”这个分组", group.as_ref());
                self.wrong("unknown_group", group.span().start, what, self.groups());
            }
            Some(_) => {}
        }
        if let (Some(least), Some(under)) = (&raw.min_age, &raw.under_age)
            && least.as_ref() >= under.as_ref()
        {
            let what = "min_age 不小于 under_age，没有人能属于这一类".into();
            self.wrong("empty_age", least.span().start, what, "请核对这两个年龄。");
        }
    }

    fn groups(&self) -> String {
        let groups: Vec<&str> =
            self.codes.list(List::Groups).iter().map(|group| group.code.as_str()).collect();
        format!("可以用的分组：{}。", groups.join("、"))
    }

    fn wrong(&mut self, code: &'static str, offset: usize, what: String, remedy: impl Into<String>) {
        self.problems.push(Problem::new(code, what, remedy).at(place(self.file, self.text, offset)));
    }
}

fn not_toml(file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let offset = error.span().map_or(0, |span| span.start);
    Problem::new("not_toml", format!("读不懂：{}", error.message()), "请对照 schemes/README.md 检查写法。")
        .at(place(file, text, offset))
}

fn place(file: &str, text: &str, offset: usize) -> String {
    let line = text.get(..offset).map_or(1, |before| before.matches('\n').count() + 1);
    format!("{file} 第 {line} 行")
}
