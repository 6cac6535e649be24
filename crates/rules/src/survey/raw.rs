//! The shape of a questionnaire's file, before anything is checked.

use kernel::Problem;
use serde::Deserialize;
use toml::Spanned;

use crate::scoring::source::Source;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuestionnaire {
    pub(super) code: Spanned<String>,
    pub(super) version: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) opening: String,
    pub(super) scale: Spanned<RawScale>,
    #[serde(default)]
    pub(super) question: Vec<RawQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScale {
    pub(super) satisfied: Spanned<u32>,
    #[serde(default)]
    pub(super) points: Vec<RawPoint>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPoint {
    pub(super) value: Spanned<u32>,
    pub(super) label: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuestion {
    pub(super) code: Spanned<String>,
    pub(super) text: String,
    pub(super) dimension: Option<Spanned<String>>,
    pub(super) options: Option<Vec<RawOption>>,
    #[serde(default)]
    pub(super) care: bool,
    #[serde(default = "yes")]
    pub(super) required: bool,
    pub(super) when: Option<RawWhen>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOption {
    pub(super) code: Spanned<String>,
    pub(super) label: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWhen {
    pub(super) question: Spanned<String>,
    pub(super) is: Vec<Spanned<String>>,
}

fn yes() -> bool {
    true
}

pub(super) fn read<'s>(file: &'s str, text: &'s str) -> Result<(Source<'s>, RawQuestionnaire), Vec<Problem>> {
    let source = Source::new(file, text);
    let raw = source.read().map_err(|problem| vec![problem])?;
    Ok((source, raw))
}
