//! The frame of a page, and the page of a fault. Not here: what is inside.

use std::borrow::Cow;
use std::sync::Arc;

use askama::Template;
use web::{Fault, Link, Target};

use super::refused::Refused;
use super::route::{HOME, Heading, Part};

/// What stands around a page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The page's title.
    pub title: String,
    /// The address of the stylesheet.
    pub style: String,
    /// The address of the sign.
    pub mark: String,
    /// The address of a second stylesheet, where the page has one.
    pub more_style: Option<String>,
    /// The address of the script that offers what a field may mean.
    pub finder: String,
    /// The menu.
    pub menu: Vec<MenuItem>,
    /// Where the name of the program leads.
    pub home: String,
    /// Which station, and up to when.
    pub standing: Option<Standing>,
    /// Said on every page of a sample.
    pub notice: Option<String>,
    /// Said once, of what a form before this page did.
    pub said: Option<Cow<'static, str>>,
    /// What was wrong with a form on this page, and what was typed.
    pub refused: Option<Arc<Refused>>,
    /// Who is signed in.
    pub user: Option<String>,
    /// The token of forms.
    pub token: String,
    /// Whether it is a form whose buttons own the bottom of a phone.
    pub task: bool,
    /// Whether there is a search box for households.
    pub finds: bool,
}

/// Which station a page is about, so that the menu stays with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The station's code.
    pub code: String,
    /// The station's name.
    pub name: String,
    /// The day up to which was counted, when one was asked for.
    pub as_of: Option<chrono::NaiveDate>,
}

/// The entries of the menu under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuGroup {
    /// The heading; empty for the first entries, which have none.
    pub heading: &'static str,
    /// The entries.
    pub items: Vec<MenuItem>,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// Its part.
    pub name: &'static str,
    /// Under which heading it stands.
    pub group: Heading,
    /// Its address.
    pub href: String,
    /// The word.
    pub label: String,
    /// The word on a phone.
    pub tab: &'static str,
    /// Its sign.
    pub icon: &'static str,
    /// Whether the page belongs to it.
    pub current: bool,
}

impl Frame {
    /// The menu under its headings.
    #[must_use]
    pub fn groups(&self) -> Vec<MenuGroup> {
        let mut items: Vec<&MenuItem> = self.menu.iter().collect();
        items.sort_by_key(|item| item.group);
        let mut groups: Vec<(Heading, Vec<MenuItem>)> = Vec::new();
        for item in items {
            match groups.last_mut().filter(|(heading, _)| *heading == item.group) {
                Some((_, items)) => items.push(item.clone()),
                None => groups.push((item.group, vec![item.clone()])),
            }
        }
        groups.into_iter().map(|(heading, items)| MenuGroup { heading: heading.label(), items }).collect()
    }

    /// Whether the bar of a phone, which holds four parts, leaves some of the menu out: it then ends in a way to all.
    #[must_use]
    pub fn more(&self) -> bool {
        self.menu.len() > BAR
    }

    /// The parts that the bar of a phone holds.
    pub fn bar(&self) -> impl Iterator<Item = &MenuItem> {
        self.menu.iter().take(BAR)
    }
}

/// How many parts the bar of a phone holds beside the way to all of them.
const BAR: usize = 4;

impl Standing {
    /// As the query of an address.
    #[must_use]
    pub fn query(&self) -> String {
        let target = Target::new(&[]).with("station", &self.code).with_some("as_of", self.as_of);
        target.href().trim_start_matches('?').to_owned()
    }
}

impl MenuItem {
    pub(super) fn of(part: &Part) -> Self {
        Self {
            name: part.name,
            group: part.group,
            href: if part.name == HOME { "/".to_owned() } else { format!("/{}", part.name) },
            label: part.label.to_owned(),
            tab: part.tab,
            icon: part.icon,
            current: false,
        }
    }

    /// The same entry on a page of the part `current` about a station. Where one arrives is about no station.
    pub(super) fn standing(&self, current: &str, query: &str) -> Self {
        let query = if self.name == HOME { "" } else { query };
        Self { href: format!("{}{query}", self.href), current: self.name == current, ..self.clone() }
    }
}

#[derive(Template)]
#[template(path = "shell/templates/fault.html")]
struct FaultPage<'f> {
    frame: Frame,
    fault: &'f Fault,
    others: Vec<Link>,
}

/// The page of a fault; `None` when the template fails, which then leaves the fault's plain words.
pub(super) fn fault_page(frame: Frame, fault: &Fault, others: Vec<Link>) -> Option<String> {
    FaultPage { frame, fault, others }.render().ok()
}

#[cfg(test)]
impl Frame {
    /// A frame for pages rendered from samples.
    pub(crate) fn sample(current: &'static str, title: &str) -> Self {
        let item = |name: &'static str, label: &str, tab| MenuItem {
            name,
            group: Heading::Agreement,
            href: format!("/{name}"),
            label: label.to_owned(),
            tab,
            icon: "M4 10h12",
            current: name == current,
        };
        Self {
            title: title.to_owned(),
            style: "/assets/kapok.css".to_owned(),
            mark: "/assets/mark.svg".to_owned(),
            more_style: None,
            finder: "/assets/find.js".to_owned(),
            menu: vec![
                item("indicators", "指标进度", "指标"),
                item("figures", "数字与记录", "数字"),
                item("reports", "评估报告", "报告"),
            ],
            home: "/".to_owned(),
            standing: Some(Standing {
                code: "shili".into(), name: "示例街社工服务站".into(), as_of: None
            }),
            notice: Some("示例数据：人物全部虚构".to_owned()),
            said: None,
            refused: None,
            user: Some("示例甲".to_owned()),
            token: "0123".to_owned(),
            task: false,
            finds: true,
        }
    }
}
