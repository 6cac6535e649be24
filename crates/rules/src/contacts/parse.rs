//! What is wrong with a file of data, with file and line. Not here: what the files mean.

use chrono::NaiveDate;
use kernel::Problem;
use serde::de::DeserializeOwned;
use toml::Spanned;

/// The mistakes of a file, gathered so that all of them are said at once.
pub(super) struct Mistakes<'f> {
    file: &'f str,
    text: &'f str,
    problems: Vec<Problem>,
}

impl<'f> Mistakes<'f> {
    pub(super) fn of(file: &'f str, text: &'f str) -> Self {
        Self { file, text, problems: Vec::new() }
    }

    /// The file as TOML of this form.
    pub(super) fn toml<T: DeserializeOwned>(&self) -> Result<T, Vec<Problem>> {
        toml::from_str(self.text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            let what = format!("读不懂：{}", error.message());
            vec![Problem::new("not_toml", what, "请对照 schemes/README.md 检查写法。").at(self.place(offset))]
        })
    }

    pub(super) fn add(
        &mut self,
        code: &'static str,
        at: usize,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let place = self.place(at);
        self.problems.push(Problem::new(code, what, remedy).at(place));
    }

    /// A day; what is none is a mistake.
    pub(super) fn day(&mut self, text: &Spanned<String>) -> Option<NaiveDate> {
        let day = text.as_ref().parse().ok();
        if day.is_none() {
            let what = format!("“{}”不是日期", text.as_ref());
            self.add("bad_day", text.span().start, what, "写成 2024-10-01 这样。");
        }
        day
    }

    /// What was read, or everything that is wrong.
    pub(super) fn done<T>(self, read: T) -> Result<T, Vec<Problem>> {
        if self.problems.is_empty() { Ok(read) } else { Err(self.problems) }
    }

    fn place(&self, offset: usize) -> String {
        let line = self.text.get(..offset).map_or(1, |before| before.matches('\n').count() + 1);
        format!("{} 第 {line} 行", self.file)
    }
}
