//! What the pages of the self-review show.

use askama::Template;
use kernel::trimmed;
use rules::scoring::Item;
use web::number::grouped;

use super::store::{Answer, Row};
use crate::evaluation::Round;
use crate::evaluation::rounds::{address, title};
use crate::evaluation::scoring::measured::Measured;
use crate::shell::Frame;

/// An item with what was answered.
pub(super) struct Line {
    href: String,
    name: String,
    points: String,
    measured: String,
    answer: Option<Answer>,
}

/// An item as the list shows it.
pub(super) fn line(round: &Round, item: &Item, row: Option<&Row>, figure: Option<&Measured>) -> Line {
    Line {
        href: format!("{}/self/{}", address(&round.code), item.code),
        name: item.name.clone(),
        points: trimmed(item.points),
        measured: figure.map(said).unwrap_or_default(),
        answer: row.map(Row::shown),
    }
}

/// A figure in words: its name, its value, the score it proposes.
pub(super) fn said(one: &Measured) -> String {
    let value =
        one.value.map_or_else(|| "数不出".to_owned(), |value| format!("{} {}", grouped(value), one.unit));
    let proposed = one.proposed.map(|points| format!("，按规则测算 {} 分", trimmed(points)));
    format!("系统测得 {} {value}{}", one.name, proposed.unwrap_or_default())
}

/// The self-review.
#[derive(Template)]
#[template(path = "evaluation/templates/self_review.html")]
pub(super) struct ListPage {
    frame: Frame,
    title: String,
    address: String,
    sections: Vec<(String, Vec<Line>)>,
    answers: bool,
    done: usize,
    total: usize,
}

impl ListPage {
    pub(super) fn of(frame: Frame, round: &Round, sections: Vec<(String, Vec<Line>)>, answers: bool) -> Self {
        let all = || sections.iter().flat_map(|(_, lines)| lines);
        let (done, total) = (all().filter(|line| line.answer.is_some()).count(), all().count());
        Self { title: title(round), address: address(&round.code), frame, sections, answers, done, total }
    }
}
