//! A TOML text as people wrote it: numbers read digit by digit, problems said with file, line and remedy.
//! Knows nothing about schemes or scores.

use std::fmt;
use std::ops::Range;

use kernel::Problem;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, Visitor};
use toml::Spanned;

/// A number in the file. Its value is read from the text by [`Source::decimal`], because TOML's own numbers go
/// through binary floats.
pub(crate) type Number = Spanned<AnyNumber>;

/// Proof that a number stands there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AnyNumber;

/// A file's name and its text.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl<'a> Source<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text }
    }

    /// The whole text as `T`.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        toml::from_str(self.text).map_err(|error| {
            let (code, what, remedy) = in_chinese(error.message());
            Problem::new(code, what, remedy)
                .at(error.span().map_or(self.file.to_owned(), |span| self.place(&span)))
        })
    }

    /// The digits of a number, exactly as written.
    pub(super) fn decimal(&self, number: &Number) -> Result<Decimal, Problem> {
        let span = number.span();
        let written = self.text.get(span.clone()).unwrap_or_default();
        written.replace('_', "").parse().map_err(|_| {
            let what = format!("“{written}”不是能用的数");
            Problem::new("not_a_number", what, "写成普通的整数或小数，例如 5 或 5.5。").at(self.place(&span))
        })
    }

    /// “file 第 n 行”.
    pub(crate) fn place(&self, span: &Range<usize>) -> String {
        let before = self.text.as_bytes().iter().take(span.start);
        format!("{} 第 {} 行", self.file, 1 + before.filter(|byte| **byte == b'\n').count())
    }
}

/// The name among `known` that was most likely meant, when one is close enough.
pub(crate) fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let closeness = |name: &str| strsim::jaro_winkler(written, name);
    known
        .into_iter()
        .map(|name| (closeness(name), name))
        .filter(|(close, _)| *close > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name)
}

/// The common complaints of the parser, in Chinese: code, what, remedy. The others keep the parser's words.
fn in_chinese(message: &str) -> (&'static str, String, String) {
    let quoted = message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("unknown field") {
        let names: Vec<_> = message.split('`').skip(3).step_by(2).collect();
        let remedy = format!("删去或改名；这里可以写：{}。", names.join("、"));
        return ("unknown_key", format!("不认识的键“{quoted}”"), remedy);
    }
    if message.starts_with("missing field") {
        return ("missing_key", format!("缺少键“{quoted}”"), format!("在这一段补上 {quoted} = …。"));
    }
    if message.starts_with("invalid type") {
        return (
            "wrong_type",
            format!("值的类型不对（{message}）"),
            "按文件开头的说明改写这个值。".to_owned(),
        );
    }
    let what = format!("不是合法的 TOML（{}）", message.trim());
    ("bad_toml", what, "检查这一行的引号、括号和等号。".to_owned())
}

impl<'de> Deserialize<'de> for AnyNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = AnyNumber;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<AnyNumber, E> {
        Ok(AnyNumber)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<AnyNumber, E> {
        Ok(AnyNumber)
    }
}
