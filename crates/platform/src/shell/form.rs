//! The page of a form: one look for all of them. A slice says which fields; this draws them, with what is wrong
//! beside each and all of it at the top.

use std::borrow::Cow;

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use web::form::{KEY, TOKEN, Wrong};
use web::{Fault, Form, Link, Page, render};

use super::{Frame, meanwhile};
use crate::access::new_secret;

/// A page with a form.
#[derive(Debug, Clone, Template)]
#[template(path = "shell/templates/form.html")]
pub struct FormPage {
    /// Around it.
    pub frame: Frame,
    /// Where one comes from.
    pub crumbs: Vec<Link>,
    /// Said above the form.
    pub intro: String,
    /// Where it is sent.
    pub action: String,
    /// Its number, so that sending twice writes once.
    pub key: String,
    /// Its sections.
    pub groups: Vec<Group>,
    /// The word on the button.
    pub submit: &'static str,
    /// Where to go instead.
    pub cancel: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
    /// Whether somebody else wrote the record meanwhile: both values stand beside each field that differs.
    pub overtaken: bool,
    /// Records that look like what was sent: it is saved all the same when sent again.
    pub similar: Vec<Link>,
    /// Whether it sends a file.
    pub file: bool,
    /// Whether a script offers what a field may mean.
    pub finds: bool,
    /// What stands beside the form: markup that a template made; nothing where it is empty.
    pub beside: String,
    /// Where what was typed is sent to be looked at before it is saved.
    pub preview: Option<String>,
}

/// A number for a form, so that sending it twice writes once.
///
/// # Errors
/// The system gives no chance.
pub fn form_key() -> Result<String, Fault> {
    new_secret().map(|secret| secret[..32].to_owned()).map_err(Fault::internal)
}

/// Fields under one heading.
#[derive(Debug, Clone)]
pub struct Group {
    /// The heading.
    pub legend: String,
    /// The fields.
    pub fields: Vec<Field>,
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: Cow<'static, str>,
    /// What it asks for.
    pub label: String,
    /// What else there is to say.
    pub hint: String,
    /// What stands in it.
    pub value: String,
    /// What one can do in it.
    pub kind: Kind,
    /// What is wrong with it.
    pub wrong: Option<String>,
    /// Where its value is kept sealed: what may be shown of what stands now.
    pub sealed: Option<String>,
    /// What somebody else wrote meanwhile, and what was typed.
    pub both: Option<Both>,
}

/// What stands now in a field, and what was typed into it, as people read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Both {
    /// What somebody else wrote meanwhile.
    pub now: String,
    /// What was typed.
    pub wanted: String,
}

/// What one can do in a field.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A line; the word is what browsers may fill in by themselves.
    Text(&'static str),
    /// A line that is not shown.
    Password(&'static str),
    /// A day.
    Date,
    /// Some lines.
    Long,
    /// One of a list.
    Pick(Vec<(String, String)>),
    /// One of a few, all in sight.
    Radio(Vec<(String, String)>),
    /// Any of a list.
    Ticks(Vec<(String, String)>),
    /// A file.
    File,
    /// A line that says which record of a kind is meant; a script offers what it may mean.
    Find(&'static str),
    /// Nothing: it goes along unseen.
    Hidden,
}

impl Field {
    /// A field with nothing in it.
    #[must_use]
    pub fn new(name: impl Into<Cow<'static, str>>, label: impl Into<String>, kind: Kind) -> Self {
        let name = name.into();
        let (label, hint, value) = (label.into(), String::new(), String::new());
        Self { name, label, hint, value, kind, wrong: None, sealed: None, both: None }
    }

    /// A line.
    #[must_use]
    pub fn text(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Text("off"))
    }

    /// A day.
    #[must_use]
    pub fn date(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Date)
    }

    /// Some lines.
    #[must_use]
    pub fn long(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Long)
    }

    /// One of a list of words, as [`kernel::words!`] gives it.
    #[must_use]
    pub fn pick(
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        words: &[(&str, &str)],
    ) -> Self {
        Self::new(name, label, Kind::Pick(owned(words)))
    }

    /// One of a few words, all in sight.
    #[must_use]
    pub fn radio(
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        words: &[(&str, &str)],
    ) -> Self {
        Self::new(name, label, Kind::Radio(owned(words)))
    }

    /// Goes along unseen.
    #[must_use]
    pub fn hidden(name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        Self::new(name, "", Kind::Hidden).value(value)
    }

    /// With this in it.
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// With a word beside it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// Whether one of a list is chosen; several stand in the value with commas between.
    fn chosen(&self, value: &str) -> bool {
        self.value.split(',').any(|chosen| chosen == value)
    }
}

fn owned(words: &[(&str, &str)]) -> Vec<(String, String)> {
    words.iter().map(|(word, label)| ((*word).to_owned(), (*label).to_owned())).collect()
}

impl Group {
    /// Fields under a heading.
    pub fn new(legend: impl Into<String>, fields: impl IntoIterator<Item = Field>) -> Self {
        Self { legend: legend.into(), fields: fields.into_iter().collect() }
    }
}

impl FormPage {
    /// A form with nothing in it yet.
    #[must_use]
    pub fn new(frame: Frame, action: impl Into<String>, key: String, groups: Vec<Group>) -> Self {
        let kinds = || groups.iter().flat_map(|group| &group.fields).map(|field| &field.kind);
        let file = kinds().any(|kind| matches!(kind, Kind::File));
        let finds = kinds().any(|kind| matches!(kind, Kind::Find(_)));
        Self {
            frame: Frame { task: frame.user.is_some(), ..frame },
            crumbs: Vec::new(),
            intro: String::new(),
            action: action.into(),
            key,
            groups,
            submit: "保存",
            cancel: "/".to_owned(),
            wrong: Vec::new(),
            overtaken: false,
            similar: Vec::new(),
            file,
            finds,
            beside: String::new(),
            preview: None,
        }
    }

    /// The same with something beside the form.
    ///
    /// # Errors
    /// The template fails.
    pub fn beside(self, template: &impl Template) -> Result<Self, Fault> {
        Ok(Self { beside: template.render().map_err(Fault::internal)?, ..self })
    }

    /// The same with a button that shows what was typed before it is saved.
    #[must_use]
    pub fn previewed(self, at: impl Into<String>) -> Self {
        Self { preview: Some(at.into()), ..self }
    }

    /// The same with where one comes from; the last of them is where giving up leads.
    #[must_use]
    pub fn from(mut self, crumbs: impl IntoIterator<Item = Link>) -> Self {
        self.crumbs = crumbs.into_iter().collect();
        if let Some(last) = self.crumbs.last() {
            self.cancel.clone_from(&last.href);
        }
        self
    }

    /// The form once more, with what was sent and what is wrong: 422. Where somebody else wrote the record meanwhile,
    /// with both values beside each field that differs: 409.
    ///
    /// # Errors
    /// The template fails.
    pub fn refused(self, sent: &Form, wrong: Vec<Wrong>) -> Page {
        if meanwhile::overtaken(&wrong) {
            return meanwhile::both(self, sent);
        }
        let page = render(&self.again(sent, wrong))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }

    /// The same with what was sent in its fields, and what is wrong with it.
    #[must_use]
    pub fn again(mut self, sent: &Form, wrong: Vec<Wrong>) -> Self {
        for field in self.fields() {
            if !matches!(field.kind, Kind::Password(_)) {
                field.value = sent.all(&field.name).join(",");
            }
            field.wrong =
                wrong.iter().find(|wrong| wrong.field == field.name).map(|wrong| wrong.what.clone());
        }
        self.wrong = wrong;
        self
    }

    /// Its fields.
    pub(super) fn fields(&mut self) -> impl Iterator<Item = &mut Field> {
        self.groups.iter_mut().flat_map(|group| &mut group.fields)
    }
}
