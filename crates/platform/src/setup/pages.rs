//! What the page of setting up shows.

use askama::Template;
use web::Link;

use super::steps::{Missing, Step, Way};
use crate::access::roles_of;
use crate::shell::Frame;

/// `/setup`.
#[derive(Template)]
#[template(path = "setup/templates/setup.html")]
pub(super) struct SetupPage {
    pub(super) frame: Frame,
    /// The stations to choose from, and which is chosen.
    pub(super) stations: Vec<(Link, bool)>,
    pub(super) station: Option<String>,
    pub(super) parts: Vec<StepPart>,
}

/// A step as whoever asks sees it.
pub(super) struct StepPart {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) says: String,
    pub(super) missing: Vec<MissingLine>,
    pub(super) ways: Vec<Link>,
}

/// Something missing: with the forms that whoever asks may use, or who else can mend it.
pub(super) struct MissingLine {
    pub(super) what: String,
    pub(super) ways: Vec<Link>,
    pub(super) by: String,
}

impl StepPart {
    /// A step, for somebody who may do what `may` says.
    pub(super) fn of(step: Step, may: &dyn Fn(&str) -> bool) -> Self {
        Self {
            name: step.name,
            title: step.title,
            says: step.says,
            missing: step.missing.into_iter().map(|one| MissingLine::of(one, may)).collect(),
            ways: links(&step.ways, may),
        }
    }
}

impl MissingLine {
    fn of(missing: Missing, may: &dyn Fn(&str) -> bool) -> Self {
        let ways = links(&missing.ways, may);
        let by = match missing.ways.first() {
            Some(first) if ways.is_empty() => others(first.verb),
            _ => String::new(),
        };
        Self { what: missing.what, ways, by }
    }
}

fn links(ways: &[Way], may: &dyn Fn(&str) -> bool) -> Vec<Link> {
    ways.iter().filter(|way| may(way.verb)).map(|way| Link::new(&way.href, &way.label)).collect()
}

/// Who has a verb, for people.
fn others(verb: &str) -> String {
    let roles: Vec<&str> = roles_of(verb).iter().map(|role| role.label()).collect();
    format!("请{}办理", roles.join("或"))
}

impl SetupPage {
    fn open(&self) -> usize {
        self.parts.iter().filter(|part| !part.missing.is_empty()).count()
    }

    /// The first form of the first step that is not done, and the word for that step.
    fn next(&self) -> Option<(&Link, &str)> {
        self.parts.iter().find_map(|part| {
            let way = part.missing.iter().find_map(|one| one.ways.first())?;
            Some((way, part.title))
        })
    }
}

#[cfg(test)]
mod sample {
    use super::super::steps::{Facts, steps};
    use super::*;
    use web::testing::faults_of;

    #[test]
    fn the_page_says_what_is_missing_and_who_mends_it() {
        let facts = Facts { station: Some(("zhan".into(), "示例<站>".into())), ..Facts::default() };
        let may = |verb: &str| verb.starts_with("areas.");
        let page = SetupPage {
            frame: Frame::sample("setup", "开站向导"),
            stations: vec![],
            station: Some("示例<站>".into()),
            parts: steps(&facts).into_iter().map(|step| StepPart::of(step, &may)).collect(),
        };
        let html = page.render().unwrap();
        assert_eq!(faults_of(&html), Vec::<String>::new());
        assert!(html.contains("示例&#60;站&#62;") && !html.contains("示例<站>"));
        assert!(html.contains("href=\"/areas/zhan/new/area\""));
        assert!(html.contains("请站长或承办机构办理") && !html.contains("/contracts/contracts/new"));
    }
}
