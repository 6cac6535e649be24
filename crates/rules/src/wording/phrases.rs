//! Good wording by theme, as data: what a strength or a concern can be told like. Suggestions that a person takes over
//! and changes; nothing is ever written from them by itself.

use std::ops::Range;

use kernel::Problem;
use serde::Deserialize;
use toml::Spanned;

use super::{Segment, parse, typed_number};

/// A theme of one section of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Stable code, unlike every other.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// The code of the section or party it belongs to.
    pub section: String,
    /// What to affirm.
    pub strengths: Vec<Phrase>,
    /// What to look after, each with a suggestion.
    pub concerns: Vec<Phrase>,
}

/// One way of telling it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// What is said, figures as tokens.
    pub text: String,
    /// What is suggested; only of concerns.
    pub suggestion: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    theme: Vec<Spanned<RawTheme>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTheme {
    code: Spanned<String>,
    name: String,
    section: Spanned<String>,
    #[serde(default)]
    strength: Vec<RawPhrase>,
    #[serde(default)]
    concern: Vec<RawPhrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrase {
    text: Spanned<String>,
    suggestion: Option<Spanned<String>>,
}

/// What a phrase may name.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// Codes of figures and words.
    pub figures: &'k [&'k str],
    /// Codes of sections and parties.
    pub sections: &'k [&'k str],
}

/// The themes of a file.
///
/// # Errors
/// All that is wrong with it, with file and line.
pub fn read(file: &str, text: &str, known: Known<'_>) -> Result<Vec<Theme>, Vec<Problem>> {
    let mut reader = Reader { file, text, known, problems: Vec::new() };
    let raw: RawFile = toml::from_str(text).map_err(|error| {
        let what = format!("读不懂：{}", error.message());
        reader.wrong("not_toml", &error.span().unwrap_or(0..0), what, "请对照 schemes/README.md 检查写法。");
        std::mem::take(&mut reader.problems)
    })?;
    let mut themes: Vec<Theme> = Vec::new();
    for raw in raw.theme {
        let theme = reader.theme(raw, &themes);
        themes.push(theme);
    }
    if reader.problems.is_empty() { Ok(themes) } else { Err(reader.problems) }
}

struct Reader<'f> {
    file: &'f str,
    text: &'f str,
    known: Known<'f>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn theme(&mut self, raw: Spanned<RawTheme>, before: &[Theme]) -> Theme {
        let place = raw.span();
        let raw = raw.into_inner();
        let good = |code: &str| code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        if !good(raw.code.as_ref()) || raw.code.as_ref().is_empty() {
            let what = format!("“{}”不能作代码", raw.code.as_ref());
            self.wrong("bad_code", &raw.code.span(), what, "只用小写字母、数字和“_”，如 staffing。");
        }
        if before.iter().any(|theme| theme.code == *raw.code.as_ref()) {
            let what = format!("主题 {} 写了两次", raw.code.as_ref());
            self.wrong("duplicate_theme", &raw.code.span(), what, "请合并成一个，或另起一个代码。");
        }
        if !self.known.sections.contains(&raw.section.as_ref().as_str()) {
            let what = format!("没有一份指标体系有“{}”这一部分", raw.section.as_ref());
            let remedy = format!("可以用：{}。", self.known.sections.join("、"));
            self.wrong("unknown_section", &raw.section.span(), what, remedy);
        }
        if raw.strength.is_empty() && raw.concern.is_empty() {
            let what = format!("主题 {} 里没有用语", raw.code.as_ref());
            self.wrong("empty_theme", &place, what, "写上 [[theme.strength]] 或 [[theme.concern]]。");
        }
        let strengths = raw.strength.into_iter().map(|phrase| self.phrase(phrase, false)).collect();
        let concerns = raw.concern.into_iter().map(|phrase| self.phrase(phrase, true)).collect();
        Theme {
            code: raw.code.into_inner(),
            name: raw.name,
            section: raw.section.into_inner(),
            strengths,
            concerns,
        }
    }

    fn phrase(&mut self, raw: RawPhrase, concern: bool) -> Phrase {
        if concern && raw.suggestion.is_none() {
            let what = "需要关注的用语没有建议".to_owned();
            self.wrong("no_suggestion", &raw.text.span(), what, "补上 suggestion。");
        }
        if !concern && let Some(suggestion) = &raw.suggestion {
            let what = "值得肯定的用语写了建议".to_owned();
            self.wrong("odd_suggestion", &suggestion.span(), what, "去掉 suggestion。");
        }
        for words in std::iter::once(&raw.text).chain(&raw.suggestion) {
            self.words(words);
        }
        Phrase { text: raw.text.into_inner(), suggestion: raw.suggestion.map(Spanned::into_inner) }
    }

    fn words(&mut self, words: &Spanned<String>) {
        let (text, place) = (words.as_ref(), words.span());
        if text.trim().is_empty() {
            self.wrong("empty_phrase", &place, "这里没有写字".to_owned(), "写上用语，或删去这一项。");
        }
        match parse(text) {
            Err(problem) => self.wrong(problem.code, &place, problem.what, problem.remedy),
            Ok(segments) => {
                for segment in segments {
                    match segment {
                        Segment::Text(words) => {
                            if let Some(number) = typed_number(&words) {
                                let what = format!("“{number}”是手写的数字");
                                self.wrong("typed_number", &place, what, "写成 {代码}，由系统填入。");
                            }
                        }
                        Segment::Figure { code, scope } => {
                            if scope.is_some() || !self.known.figures.contains(&code.as_str()) {
                                let what = format!("没有代码为“{code}”的全站数字");
                                self.wrong("unknown_token", &place, what, "用计数规则里有的代码，不写片区。");
                            }
                        }
                    }
                }
            }
        }
    }

    fn wrong(&mut self, code: &'static str, place: &Range<usize>, what: String, remedy: impl Into<String>) {
        let before = self.text.get(..place.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let problem = Problem::new(code, what, remedy.into());
        self.problems.push(problem.at(format!("{} 第 {line} 行", self.file)));
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, read};

    const GOOD: &str = "[[theme]]\ncode = \"staffing\"\nname = \"队伍\"\nsection = \"management\"\n\
        [[theme.strength]]\ntext = \"配备社工{staff.certified}名。\"\n\
        [[theme.concern]]\ntext = \"持证偏少。\"\nsuggestion = \"鼓励应考。\"\n";

    fn problems(text: &str) -> Vec<String> {
        let known = Known { figures: &["staff.certified"], sections: &["management"] };
        let found = read("w.toml", text, known);
        found.err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_is_read_or_everything_wrong_with_it_is_said() {
        assert_eq!(problems(GOOD), Vec::<String>::new());
        for (from, to, expected) in [
            ("staffing", "Staffing", "w.toml 第 2 行：“Staffing”不能作代码"),
            ("\"management\"", "\"none\"", "w.toml 第 4 行：没有一份指标体系有“none”这一部分"),
            ("配备社工{staff.certified}名", "配备社工9名", "w.toml 第 6 行：“9”是手写的数字"),
            ("staff.certified", "staff.none", "没有代码为“staff.none”的全站数字"),
            ("staff.certified", "staff.certified@dong", "的全站数字"),
            ("suggestion = \"鼓励应考。\"\n", "", "需要关注的用语没有建议"),
            ("名。\"\n", "名。\"\nsuggestion = \"好\"\n", "值得肯定的用语写了建议"),
            ("持证偏少。", " ", "这里没有写字"),
            ("{staff.certified}", "{staff.certified", "没有配上"),
            ("name = ", "nme = ", "读不懂"),
        ] {
            let found = problems(&GOOD.replacen(from, to, 1));
            assert!(found.iter().any(|one| one.contains(expected)), "{expected}: {found:?}");
        }
        let twice = format!("{GOOD}{GOOD}");
        assert!(problems(&twice)[0].contains("第 11 行：主题 staffing 写了两次"), "{:?}", problems(&twice));
        let empty = GOOD.split("[[theme.strength]]").next().unwrap();
        assert!(problems(empty)[0].contains("主题 staffing 里没有用语"));
    }
}
