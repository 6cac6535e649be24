//! Two people who correct one record at once: the second save is not written, and its form comes back with what stands
//! now beside what was typed, field by field, for whoever typed it to decide.
//!
//! A form takes part by carrying [`Field::version`], and its handler by writing with `Permit::correct_from` and
//! [`form_version`]. Nothing else is needed: the form made afresh knows what stands now, and what was sent is at hand.
//! Not here: telling that somebody wrote meanwhile (`access`).

use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use db::DbError;
use web::form::Wrong;
use web::{Form, Page, render};

use super::form::{Both, Field, FormPage, Kind};
use super::trouble::Trouble;

/// The name of the field that carries the version of the record a form was made from.
const VERSION: &str = "version";

/// Shown for a field with nothing in it.
const NOTHING: &str = "没填";

/// Shown instead of what was typed into a sealed field.
const UNSHOWN: &str = "新填的内容，保密不显示";

impl Field {
    /// The version of the record that the form was made from, unseen: whoever saves second is shown both values.
    #[must_use]
    pub fn version(version: i32) -> Self {
        Self::hidden(VERSION, version.to_string())
    }

    /// A field whose value is kept sealed: the form is empty where it stays as it is, and `masked` is what may be
    /// shown of what stands now.
    #[must_use]
    pub fn sealed(self, masked: impl Into<String>) -> Self {
        Self { sealed: Some(masked.into()), ..self }
    }

    /// What stands now and what was sent, as people read them; `None` where they are the same.
    fn differs(&self, sent: &Form) -> Option<Both> {
        let typed = sent.all(&self.name);
        if let Some(masked) = &self.sealed {
            let now = if masked.is_empty() { NOTHING } else { masked }.to_owned();
            return (!typed.is_empty()).then(|| Both { now, wanted: UNSHOWN.to_owned() });
        }
        let now: Vec<&str> = self.value.split(',').filter(|value| !value.is_empty()).collect();
        let (now, wanted) = match &self.kind {
            Kind::Hidden | Kind::Password(_) | Kind::File => return None,
            Kind::Text(_) | Kind::Find(_) | Kind::Date | Kind::Long => (self.value.clone(), typed.concat()),
            Kind::Pick(words) | Kind::Radio(words) | Kind::Ticks(words) => {
                (labels(words, &now), labels(words, &typed))
            }
        };
        let shown = |text: String| if text.is_empty() { NOTHING.to_owned() } else { text };
        (now.replace("\r\n", "\n") != wanted.replace("\r\n", "\n"))
            .then(|| Both { now: shown(now), wanted: shown(wanted) })
    }
}

/// The labels of what is chosen, in the order they are offered.
fn labels(words: &[(String, String)], chosen: &[&str]) -> String {
    let offered = words.iter().filter(|(word, _)| chosen.contains(&word.as_str()));
    let mut labels: Vec<&str> = offered.map(|(_, label)| label.as_str()).collect();
    if labels.len() < chosen.len() {
        labels.push("不在可选范围里的一项");
    }
    labels.join("、")
}

/// The version that a form was made from; 0, which no record has, where it carries none.
#[must_use]
pub fn form_version(form: &Form) -> i32 {
    form.text(VERSION).parse().unwrap_or(0)
}

/// That somebody wrote meanwhile, as what is wrong with a form that carries its version; any other trouble as it is.
pub(super) fn told(form: &Form, trouble: Trouble) -> Result<Vec<Wrong>, Trouble> {
    match trouble {
        Trouble::Wrong(wrong) => Ok(wrong),
        Trouble::Db(DbError::Problem(problem))
            if problem.code == "changed_meanwhile" && !form.text(VERSION).is_empty() =>
        {
            Ok(vec![Wrong { field: VERSION.into(), what: format!("{}，{}", problem.what, problem.remedy) }])
        }
        other => Err(other),
    }
}

/// Whether what is wrong is that somebody wrote meanwhile.
#[must_use]
pub fn overtaken(wrong: &[Wrong]) -> bool {
    wrong.iter().any(|wrong| wrong.field == VERSION)
}

/// A form made afresh, with what was sent in its fields and both values beside each that differs: 409. It carries the
/// version that is now seen, so that sending it again writes.
///
/// # Errors
/// The template fails.
pub(super) fn both(mut page: FormPage, sent: &Form) -> Page {
    let seen = page.fields().find(|field| field.name == VERSION).map(|field| field.value.clone());
    let mut wrong = Vec::new();
    for field in page.fields() {
        field.both = field.differs(sent);
        wrong.extend(
            field
                .both
                .as_ref()
                .map(|both| Wrong { field: field.name.to_string(), what: both.sentence(&field.label) }),
        );
    }
    page = page.again(sent, Vec::new());
    for field in page.fields().filter(|field| field.name == VERSION) {
        field.value = seen.clone().unwrap_or_default();
    }
    page.overtaken = true;
    page.wrong = wrong;
    page.submit = "看过了，按我填的保存";
    Ok((StatusCode::CONFLICT, render(&page)?).into_response())
}

impl Both {
    fn sentence(&self, label: &str) -> String {
        format!("{label}：现在是“{}”，您填的是“{}”", self.now, self.wanted)
    }
}
