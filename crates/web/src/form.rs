//! What a form sends: parsed once, held to its token, read field by field with what is wrong beside each.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use chrono::{Datelike as _, NaiveDate};

use crate::Fault;

/// The name of the field that carries the token.
pub const TOKEN: &str = "_token";
/// The name of the field that tells one submission from another, so that sending twice writes once.
pub const KEY: &str = "_key";

/// What a form of this login must carry. Put into a request's extensions by whoever settles who is asking; a form
/// without one is refused.
#[derive(Clone)]
pub enum Csrf {
    /// Nobody is signed in, so there is nothing that another site could make use of.
    Nobody,
    /// This text, known to the pages of this login alone.
    Token(String),
}

/// The fields of a form, in the order they were sent, without spaces around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Parses `a=1&b=2`.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        Self::of(form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned())))
    }

    /// Fields that came some other way: beside a file.
    pub fn of(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let clean = |value: String| value.trim().replace('\0', "");
        Self(fields.into_iter().map(|(name, value)| (name, clean(value))).collect())
    }

    /// A field; empty where there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// What was typed or chosen, field by field, without what pages put there for themselves.
    pub fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        fields.filter(|(name, _)| !name.starts_with('_'))
    }

    /// The same with a field that says this.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Every value of a field that can be ticked more than once.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, value)| known == name && !value.is_empty()).map(|(_, v)| &**v).collect()
    }

    /// Refuses a form that no page of this login made.
    ///
    /// # Errors
    /// The token is missing or another.
    pub fn hold_to(&self, csrf: Option<&Csrf>) -> Result<(), Fault> {
        match csrf {
            Some(Csrf::Nobody) => Ok(()),
            Some(Csrf::Token(token)) if same(token.as_bytes(), self.text(TOKEN).as_bytes()) => Ok(()),
            _ => Err(stale()),
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let csrf = request.extensions().get::<Csrf>().cloned();
        let body = Bytes::from_request(request, state).await.map_err(|error| {
            let status = axum::response::IntoResponse::into_response(error).status();
            Fault::of_status(status)
        })?;
        let form = Self::parse(&body);
        form.hold_to(csrf.as_ref())?;
        Ok(form)
    }
}

/// Compares without telling by its time how much is alike.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

fn stale() -> Fault {
    let what = "这张表单不是从您现在登录的页面提交的，没有保存";
    Fault::new(StatusCode::FORBIDDEN, "bad_token", what, "请回到原来的页面，刷新后重新提交")
}

/// What is wrong with a field, with what to enter instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The field's name.
    pub field: String,
    /// What to do.
    pub what: String,
}

/// A form being read: each wrong field is noted, and reading goes on, so that all of them are said at once.
pub struct Reading<'f> {
    form: &'f Form,
    /// What was wrong so far.
    pub wrong: Vec<Wrong>,
}

impl<'f> Reading<'f> {
    /// Begins.
    #[must_use]
    pub fn of(form: &'f Form) -> Self {
        Self { form, wrong: Vec::new() }
    }

    /// Ends: what was read, or all that was wrong.
    ///
    /// # Errors
    /// A field was wrong.
    pub fn done<T>(self, read: Option<T>) -> Result<T, Vec<Wrong>> {
        read.filter(|_| self.wrong.is_empty()).ok_or(self.wrong)
    }

    /// Notes that a field is wrong.
    pub fn wrong(&mut self, field: &str, what: impl Into<String>) {
        self.wrong.push(Wrong { field: field.to_owned(), what: what.into() });
    }

    /// A text of at most `longest` characters; `None` and a note where it is empty or longer.
    pub fn text(&mut self, field: &str, label: &str, longest: usize) -> Option<String> {
        if self.form.text(field).is_empty() {
            self.wrong(field, format!("填{label}"));
            return None;
        }
        self.optional(field, label, longest)
    }

    /// A text that may be left empty.
    pub fn optional(&mut self, field: &str, label: &str, longest: usize) -> Option<String> {
        let text = self.form.text(field);
        let length = text.chars().count();
        if length > longest {
            self.wrong(field, format!("{label}最多 {longest} 字，现有 {length} 字"));
            return None;
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A day.
    pub fn date(&mut self, field: &str, label: &str) -> Option<NaiveDate> {
        if self.form.text(field).is_empty() {
            self.wrong(field, format!("填{label}，例如 2025-01-10"));
        }
        self.optional_date(field, label)
    }

    /// A day that may be left empty.
    pub fn optional_date(&mut self, field: &str, label: &str) -> Option<NaiveDate> {
        let text = self.form.text(field);
        let day = text.parse::<NaiveDate>().ok().filter(|day| (1900..2200).contains(&day.year()));
        if day.is_none() && !text.is_empty() {
            self.wrong(field, format!("{label}要写成年-月-日，例如 2025-01-10"));
        }
        day
    }

    /// A whole number from `least` to `most`.
    pub fn whole(&mut self, field: &str, label: &str, least: i64, most: i64) -> Option<i64> {
        let number = self.form.text(field).parse().ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.wrong(field, format!("{label}填 {least} 到 {most} 的整数"));
        }
        number
    }

    /// One of a list of words; nothing chosen is wrong.
    pub fn word<T: std::str::FromStr>(&mut self, field: &str, label: &str) -> Option<T> {
        let word = self.form.text(field).parse().ok();
        if word.is_none() {
            self.wrong(field, format!("选{label}"));
        }
        word
    }

    /// One of a few words as a field of choices has them, or nothing.
    pub fn chosen(&mut self, field: &str, words: &[(&'static str, &str)]) -> Option<&'static str> {
        let sent = self.form.text(field);
        words.iter().map(|(word, _)| *word).find(|word| *word == sent)
    }

    /// One of a list of words, or nothing.
    pub fn optional_word<T: std::str::FromStr>(&mut self, field: &str, label: &str) -> Option<T> {
        if self.form.text(field).is_empty() { None } else { self.word(field, label) }
    }
}
