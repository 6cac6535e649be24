//! What a slice brings to the site: its routes, each with the verb it needs.

use axum::http::Method;
use axum::routing::MethodRouter;

use super::App;
use crate::access::Asker;

/// The headings under which the parts stand in the menu, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// What needs one today; without words.
    Today,
    /// What is done for people.
    Services,
    /// Who does it, and with what.
    Resources,
    /// What was agreed and how far it is met.
    Agreement,
    /// What is made of it.
    Evaluation,
    /// What everything stands on.
    System,
}

impl Heading {
    /// The words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Today => "",
            Self::Services => "家户与服务",
            Self::Resources => "队伍与资源",
            Self::Agreement => "协议与指标",
            Self::Evaluation => "评估",
            Self::System => "系统",
        }
    }
}

/// The part whose page is where one arrives.
pub(super) const HOME: &str = "home";

/// What a slice brings to the site: an entry of the menu and its pages.
#[derive(Clone, Copy)]
pub struct Part {
    /// Its name: folder and address.
    pub name: &'static str,
    /// Under which heading of the menu it stands.
    pub group: Heading,
    /// The word in the menu; empty for a part that is not in it.
    pub label: &'static str,
    /// The word under its sign on a phone.
    pub tab: &'static str,
    /// The sign, as the outline of a 20 by 20 drawing.
    pub icon: &'static str,
    /// Who sees its entry in the menu.
    pub needs: Needs,
    /// Its pages.
    pub routes: fn() -> Vec<Route>,
}

impl Part {
    /// Whether it has an entry in the menu.
    #[must_use]
    pub fn in_menu(&self) -> bool {
        !self.label.is_empty()
    }
}

/// What one must have to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: the way in.
    Nothing,
    /// To be signed in.
    SignedIn,
    /// A verb, somewhere; where exactly is the handler's to hold to.
    Verb(&'static str),
}

impl Needs {
    /// Whether somebody has it.
    #[must_use]
    pub fn met(self, asker: &Asker) -> bool {
        match self {
            Self::Nothing => true,
            Self::SignedIn => !matches!(asker, Asker::Visitor),
            Self::Verb(verb) => asker.may(verb),
        }
    }

    /// The word for lists of routes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Nothing => "public",
            Self::SignedIn => "signed_in",
            Self::Verb(verb) => verb,
        }
    }
}

/// An address, who may ask there, and who answers.
pub struct Route {
    /// By which method.
    pub method: Method,
    /// The address.
    pub path: &'static str,
    /// What one must have.
    pub needs: Needs,
    /// Whether it writes.
    pub writes: bool,
    /// Whether it leaves a line in the audit log though it changes nothing: what is taken away, and what is looked at that is
    /// personal.
    pub audits: bool,
    /// Whether it may take minutes: it makes files, or takes in thousands of rows.
    pub slow: bool,
    /// Who answers.
    pub handler: MethodRouter<App>,
}

impl Route {
    /// A page.
    #[must_use]
    pub fn get(path: &'static str, needs: Needs, handler: MethodRouter<App>) -> Self {
        Self { method: Method::GET, path, needs, writes: false, audits: false, slow: false, handler }
    }

    /// A form that writes.
    #[must_use]
    pub fn post(path: &'static str, needs: Needs, handler: MethodRouter<App>) -> Self {
        Self { method: Method::POST, path, needs, writes: true, audits: true, slow: false, handler }
    }

    /// A form that writes nothing.
    #[must_use]
    pub fn ask(path: &'static str, needs: Needs, handler: MethodRouter<App>) -> Self {
        Self { method: Method::POST, path, needs, writes: false, audits: false, slow: false, handler }
    }

    /// The same, for a reading that leaves a line in the audit log.
    #[must_use]
    pub fn audited(self) -> Self {
        Self { audits: true, ..self }
    }

    /// The same, given minutes.
    #[must_use]
    pub fn slow(self) -> Self {
        Self { slow: true, ..self }
    }
}

/// Whether a path is of a pattern: `/invitation/{token}` is one segment after `/invitation`.
pub(super) fn matches_pattern(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given => {}
            (Some(wanted), Some(given)) if wanted.starts_with('{') && !given.is_empty() => {}
            _ => return false,
        }
    }
}

/// What a path of a pattern names: `/clients/7` of `/clients/{id}/persons/{person}`; all of a path without parameters.
pub(super) fn named<'p>(pattern: &str, path: &'p str) -> &'p str {
    let Some(before) = pattern.split('/').position(|part| part.starts_with('{')) else { return path };
    path.match_indices('/').nth(before).map_or(path, |(end, _)| &path[..end])
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn an_address_names_what_stands_before_its_verbs() {
        for (pattern, path, what) in [
            ("/clients/{id}/persons/{person}", "/clients/7/persons/8", "/clients/7"),
            ("/evaluation/rounds/{round}", "/evaluation/rounds/a", "/evaluation/rounds/a"),
            (
                "/evaluation/rounds/{round}/scores/{sheet}",
                "/evaluation/rounds/a/scores/b",
                "/evaluation/rounds/a",
            ),
            ("/staff/grid", "/staff/grid", "/staff/grid"),
        ] {
            assert_eq!(named(pattern, path), what);
        }
    }
}
