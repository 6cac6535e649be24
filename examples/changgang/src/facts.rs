//! What the sample takes from the files beside it: names and figures that the published report states.

use kernel::Problem;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The published figures, as far as records are made from them.
#[derive(Deserialize)]
pub(crate) struct Facts {
    pub(crate) station: StationFacts,
    #[serde(rename = "indicator")]
    pub(crate) indicators: Vec<IndicatorFacts>,
    #[serde(rename = "area")]
    pub(crate) areas: Vec<AreaFacts>,
}

/// The station.
#[derive(Deserialize)]
pub(crate) struct StationFacts {
    pub(crate) name: String,
    pub(crate) district: String,
    pub(crate) street: String,
    pub(crate) address: String,
}

/// An indicator of the contract.
#[derive(Deserialize)]
pub(crate) struct IndicatorFacts {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) target_implied: i32,
}

/// An area with its communities.
#[derive(Deserialize)]
pub(crate) struct AreaFacts {
    pub(crate) name: String,
    pub(crate) communities: Vec<CommunityFacts>,
}

/// A community, with the number of its files where the report prints it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum CommunityFacts {
    Counted(String, usize),
    Named(String),
}

impl CommunityFacts {
    /// The name and, where printed, the number of files.
    pub(crate) fn parts(&self) -> (&str, Option<usize>) {
        match self {
            Self::Counted(name, files) => (name, Some(*files)),
            Self::Named(name) => (name, None),
        }
    }
}

/// Reads one of the files beside the sample.
///
/// # Errors
/// The file is not what it should be; says which and where.
pub(crate) fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error| {
        Problem::new("sample_malformed", error.to_string(), "请恢复示例自带的文件").at(file.to_owned())
    })
}

/// What does not fit between the files and the generator.
pub(crate) fn mismatch(what: &str) -> Problem {
    Problem::new("sample_mismatch", format!("示例数据对不上：{what}"), "请恢复示例自带的文件")
}
