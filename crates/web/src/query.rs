//! The query of an address, parsed to types once, at the edge; and addresses built from their parts.

use std::fmt::Write as _;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{Datelike, NaiveDate};

use crate::Fault;

/// The parameters of an address. An empty one counts as absent, since a form sends every field it has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Parses `a=1&b=2`.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes());
        Self(pairs.filter(|(_, value)| !value.is_empty()).map(|(k, v)| (k.into(), v.into())).collect())
    }

    /// A parameter as it is.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A day.
    ///
    /// # Errors
    /// It is not a date of this or the last century: the fault names the parameter and gives an example.
    pub fn date(&self, name: &'static str) -> Result<Option<NaiveDate>, Fault> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match text.parse::<NaiveDate>() {
            Ok(day) if day.to_string() == text && (1900..2200).contains(&day.year()) => Ok(Some(day)),
            _ => Err(Fault::bad_request(
                "bad_date",
                format!("日期“{}”读不懂", shortened(text)),
                format!("参数 {name} 填年-月-日，例如 {name}=2024-12-31"),
            )),
        }
    }

    /// One of a closed list: each word and what it stands for.
    ///
    /// # Errors
    /// It is none of them: the fault names the parameter and those there are.
    pub fn word<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Result<Option<T>, Fault> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        found.map(Some).ok_or_else(|| {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            Fault::bad_request(
                "unknown_word",
                format!("参数 {name} 没有“{}”这个值", shortened(text)),
                format!("可以填：{}", known.join("、")),
            )
        })
    }

    /// The number of a page, from 1.
    ///
    /// # Errors
    /// It is not a whole number from 1.
    pub fn page(&self) -> Result<usize, Fault> {
        let Some(text) = self.text("page") else { return Ok(1) };
        text.parse().ok().filter(|page| (1..1_000_000).contains(page)).ok_or_else(|| {
            let what = format!("页码“{}”读不懂", shortened(text));
            Fault::bad_request("bad_page", what, "参数 page 填从 1 起的整数，例如 page=2")
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        Ok(Self::parse(parts.uri.query().unwrap_or_default()))
    }
}

/// An address: a path, and parameters in the order they are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    path: String,
    query: Vec<(&'static str, String)>,
}

impl Target {
    /// An address made of segments, each escaped: `["figures", "phone_visits"]` is `/figures/phone_visits`.
    #[must_use]
    pub fn new(segments: &[&str]) -> Self {
        let mut path = String::new();
        for segment in segments {
            path.push('/');
            escape(&mut path, segment);
        }
        Self { path, query: Vec::new() }
    }

    /// The same address with a parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.retain(|(known, _)| *known != name);
        self.query.push((name, value.to_string()));
        self
    }

    /// The same address with a parameter, where there is a value.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same address without a parameter.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.query.retain(|(known, _)| *known != name);
        self
    }

    /// The address as text.
    #[must_use]
    pub fn href(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.query);
        let query = query.finish();
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }
}

fn escape(path: &mut String, segment: &str) {
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
}

/// What was asked for, short enough to be repeated.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
