//! What the page shows where one arrives.

use askama::Template;
use web::Link;

use crate::shell::Frame;

/// `/`.
#[derive(Template)]
#[template(path = "home/templates/home.html")]
pub(super) struct HomePage {
    pub(super) frame: Frame,
    /// The day, and where.
    pub(super) meta: String,
    /// The forms that are filled in most.
    pub(super) forms: Vec<Link>,
    pub(super) duties: Vec<Duty>,
    /// Whether there is a list of households to contact.
    pub(super) today: bool,
}

/// `/today`.
#[derive(Template)]
#[template(path = "home/templates/today.html")]
pub(super) struct TodayPage {
    pub(super) frame: Frame,
    pub(super) meta: String,
    /// What was raised and nobody has dealt with.
    pub(super) alarms: Option<Duty>,
    /// Late, today, soon.
    pub(super) figures: (usize, usize, usize),
    /// Levels with how many there are: address, word, count, whether it is chosen.
    pub(super) filters: Vec<(String, &'static str, usize, bool)>,
    /// Home visits only.
    pub(super) only_home: (String, bool),
    /// The other order.
    pub(super) route: (String, &'static str),
    /// Everybody's list.
    pub(super) everybody: Option<String>,
    pub(super) records: bool,
    pub(super) sections: Vec<Section>,
    pub(super) aside: Vec<Duty>,
    pub(super) all: String,
}

/// Households under a heading.
pub(super) struct Section {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) late: bool,
    pub(super) later: bool,
    pub(super) count: usize,
    pub(super) map: Option<String>,
    pub(super) entries: Vec<Entry>,
}

/// A household of the list.
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) level: Option<(&'static str, &'static str)>,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) risk: Option<&'static str>,
    pub(super) tags: String,
    pub(super) last: String,
    pub(super) place: String,
    pub(super) why: String,
    pub(super) urgent: bool,
    pub(super) when: String,
    pub(super) owed: String,
    pub(super) by: &'static str,
    pub(super) word: &'static str,
    /// The number, where it may be shown.
    pub(super) phone: Option<String>,
    pub(super) map: Option<String>,
}

/// Something that needs one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Duty {
    pub(super) title: &'static str,
    pub(super) count: usize,
    pub(super) lines: Vec<Line>,
    /// Where all of it is.
    pub(super) all: Option<Link>,
}

/// One of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) note: String,
}

impl Duty {
    pub(super) fn new(title: &'static str, all: Option<Link>) -> Self {
        Self { title, count: 0, lines: Vec::new(), all }
    }

    /// How many are not named.
    fn more(&self) -> usize {
        if self.lines.is_empty() { 0 } else { self.count.saturating_sub(self.lines.len()) }
    }
}

impl Line {
    pub(super) fn new(href: impl Into<String>, name: impl Into<String>, note: impl Into<String>) -> Self {
        Self { href: href.into(), name: name.into(), note: note.into() }
    }
}

#[cfg(test)]
mod sample {
    use super::*;
    use web::testing::faults_of;

    fn page(forms: Vec<Link>, duties: Vec<Duty>) -> String {
        let frame = Frame::sample("home", "今日");
        HomePage { frame, meta: "12 月 31 日 星期二".into(), forms, duties, today: true }.render().unwrap()
    }

    #[test]
    fn the_page_renders_with_much_and_with_nothing() {
        let lines = vec![Line::new("/clients/1", "示例<甲>", "2024-12-30 前检视")];
        let duty = Duty { count: 9, lines, ..Duty::new("一人一案该检视了", None) };
        let html = page(vec![Link::new("/visits/visits/new", "探访")], vec![duty]);
        assert_eq!(faults_of(&html), Vec::<String>::new());
        assert!(html.contains("示例&#60;甲&#62;") && !html.contains("示例<甲>"));
        assert!(html.contains("还有 8") && html.contains("id=\"parts\""));
        let html = page(vec![], vec![]);
        assert_eq!(faults_of(&html), Vec::<String>::new());
        assert!(html.contains("今天没有要办的事"));
    }
}
