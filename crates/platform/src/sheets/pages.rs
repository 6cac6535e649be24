//! What the pages of sheets show.

use askama::Template;
use kernel::Moment;
use web::form::{KEY, TOKEN};
use web::{Link, Paging, Target};

use crate::shell::Frame;

/// The list of a sheet.
#[derive(Template)]
#[template(path = "sheets/templates/list.html")]
pub(super) struct ListPage {
    pub(super) frame: Frame,
    /// The sheets of the slice, and which one this is.
    pub(super) tabs: Vec<(Link, bool)>,
    pub(super) note: &'static str,
    pub(super) filters: Vec<Filter>,
    /// The word for the day, from and until.
    pub(super) dated: Option<(&'static str, String, String)>,
    pub(super) asked: String,
    pub(super) label: &'static str,
    pub(super) href: String,
    /// The heads of the columns, and which stand to the right.
    pub(super) heads: Vec<(String, bool)>,
    pub(super) rows: Vec<ListRow>,
    pub(super) paging: Paging,
    pub(super) may_add: bool,
    pub(super) may_export: bool,
    pub(super) kind: &'static str,
    /// Another page for those who may enter.
    pub(super) beside: Option<Link>,
    pub(super) narrowed: bool,
    pub(super) target: Target,
}

/// What a list can be narrowed to.
pub(super) struct Filter {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) chosen: String,
    pub(super) words: Vec<(String, String)>,
}

/// A record of a list.
pub(super) struct ListRow {
    pub(super) href: String,
    pub(super) cells: Vec<Cell>,
}

/// What stands in a column.
pub(super) struct Cell {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) number: bool,
}

impl ListPage {
    /// The same list as a file: what stands in the address narrows both.
    fn export(&self) -> String {
        let list = self.target.href();
        let query = list.split_once('?').map_or_else(String::new, |(_, query)| format!("?{query}"));
        format!("/transfer/{}/export{query}", self.kind)
    }

    fn page(&self, number: usize) -> String {
        self.target.clone().with("page", number).href()
    }
}

/// A record.
#[derive(Template)]
#[template(path = "sheets/templates/one.html")]
pub(super) struct OnePage {
    pub(super) frame: Frame,
    pub(super) crumbs: Vec<Link>,
    pub(super) tabs: Vec<(Link, bool)>,
    pub(super) label: &'static str,
    pub(super) title: String,
    pub(super) facts: Vec<Fact>,
    pub(super) recorded: String,
    pub(super) changes: Vec<Change>,
    pub(super) belonging: Vec<Belonging>,
    /// What other parts keep beside the record, as HTML.
    pub(super) attached: String,
    pub(super) href: String,
    /// Another page for those who may enter.
    pub(super) beside: Option<Link>,
    /// Where a next one like it is entered.
    pub(super) again: String,
    pub(super) may_add: bool,
    pub(super) may_correct: bool,
    pub(super) may_withdraw: bool,
    pub(super) key: String,
    pub(super) version: i32,
}

/// A column of a record.
pub(super) struct Fact {
    pub(super) label: &'static str,
    pub(super) text: String,
    pub(super) href: Option<String>,
    pub(super) long: bool,
}

/// What a correction changed, or what was done beside the record.
pub(super) struct Change {
    pub(super) at: Moment,
    /// In words, where it is no correction.
    pub(super) told: String,
    /// The column, what it said, what it says.
    pub(super) fields: Vec<(&'static str, String, String)>,
}

/// Records that belong to one.
pub(super) struct Belonging {
    pub(super) label: &'static str,
    pub(super) total: usize,
    pub(super) rows: Vec<Link>,
    pub(super) href: String,
    pub(super) new: String,
    pub(super) may_add: bool,
}
