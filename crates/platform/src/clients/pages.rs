//! What the pages of household files show: one struct for each template.

mod file;
mod person;
mod timeline;
mod watch;

use askama::Template;
use chrono::NaiveDate;
use web::{Paging, Target};

use super::model::ServiceLevel;
use crate::shell::Frame;

pub(super) use file::{FilePage, Rights, View};
pub(super) use timeline::Asked;

/// `/clients`.
#[derive(Template)]
#[template(path = "clients/templates/list.html")]
pub(super) struct ListPage {
    pub(super) frame: Frame,
    pub(super) asked: String,
    pub(super) offered: Vec<(String, String)>,
    pub(super) chosen: String,
    pub(super) closed: bool,
    pub(super) rows: Vec<ListRow>,
    pub(super) paging: Paging,
    /// More was found than is looked at.
    pub(super) cut: bool,
    pub(super) may_add: bool,
    pub(super) may_reconcile: bool,
    pub(super) target: Target,
}

/// A household of the list.
pub(super) struct ListRow {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) file_number: String,
    pub(super) members: usize,
    /// Its word and its class.
    pub(super) level: Option<(&'static str, &'static str)>,
    pub(super) community: String,
    pub(super) categories: String,
    pub(super) opened_on: NaiveDate,
}

impl ListPage {
    fn page(&self, number: usize) -> String {
        self.target.clone().with("page", number).href()
    }

    fn open(&self) -> String {
        self.target.clone().without("closed").without("page").href()
    }

    fn shut(&self) -> String {
        self.target.clone().with("closed", "1").without("page").href()
    }
}

/// The class of a level: weight, not colour.
pub(super) fn level_class(level: ServiceLevel) -> &'static str {
    match level {
        ServiceLevel::One => "l1",
        ServiceLevel::Two => "l2",
        _ => "l3",
    }
}
