//! What the pages of the register show.

use askama::Template;
use web::form::{KEY, TOKEN};

use super::store::{Expert, ExpertTie};
use crate::shell::Frame;

/// An expert in the list.
struct Line {
    href: String,
    name: String,
    organisation: String,
    qualification: String,
    skills: String,
    load: usize,
}

/// The register.
#[derive(Template)]
#[template(path = "evaluation/templates/experts.html")]
pub(super) struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
}

impl ListPage {
    /// Each expert with how many seats on panels they hold now.
    pub(super) fn of(frame: Frame, experts: Vec<(Expert, usize)>) -> Self {
        let line = |(expert, load): (Expert, usize)| Line {
            href: format!("/evaluation/experts/{}", expert.id),
            name: expert.name,
            organisation: expert.organisation,
            qualification: expert.qualification,
            skills: expert.skills,
            load,
        };
        Self { frame, lines: experts.into_iter().map(line).collect() }
    }
}

/// One expert.
#[derive(Template)]
#[template(path = "evaluation/templates/expert.html")]
pub(super) struct OnePage {
    frame: Frame,
    expert: Expert,
    account: String,
    ties: Vec<TieLine>,
    kinds: Vec<(&'static str, &'static str)>,
    key: String,
}

struct TieLine {
    kind: &'static str,
    organisation: String,
    detail: String,
    period: String,
}

impl OnePage {
    pub(super) fn of(
        frame: Frame,
        expert: Expert,
        account: String,
        ties: Vec<ExpertTie>,
        key: String,
    ) -> Self {
        let day = |day: Option<chrono::NaiveDate>, unknown: &str| {
            day.map_or_else(|| unknown.to_owned(), |day| day.to_string())
        };
        let line = |tie: ExpertTie| TieLine {
            kind: tie.kind.label(),
            period: format!("{} 至 {}", day(tie.from_on, "不详"), day(tie.until_on, "今")),
            organisation: tie.organisation,
            detail: tie.detail,
        };
        let kinds = rules::recusal::TieKind::list();
        Self { frame, expert, account, ties: ties.into_iter().map(line).collect(), kinds, key }
    }
}
