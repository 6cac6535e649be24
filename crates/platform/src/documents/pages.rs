//! What the pages of documents show: one struct for each template. Not here: the panel on other pages.

use askama::Template;

use super::panel::{DocumentsPanel, size};
use super::store::Document;
use super::subject::Subject;
use crate::shell::Frame;

/// `/documents/of/{kind}/{id}`: the documents of a record that has no page of its own to show them on.
#[derive(Template)]
#[template(path = "documents/templates/of.html")]
pub(super) struct OfPage {
    pub(super) frame: Frame,
    pub(super) subject: String,
    pub(super) documents: DocumentsPanel,
}

/// `/documents/{document}`.
#[derive(Template)]
#[template(path = "documents/templates/one.html")]
pub(super) struct DocumentPage {
    frame: Frame,
    base: String,
    title: String,
    kind: &'static str,
    lacks: Option<&'static str>,
    subject: String,
    subject_href: String,
    facts: Vec<(&'static str, String)>,
    /// Whether a browser shows the file.
    shown: bool,
    /// Whether this page can.
    picture: bool,
    correct: bool,
    withdraw: bool,
}

impl DocumentPage {
    /// The page, for somebody who may correct and withdraw it or may not.
    pub(super) fn of(
        frame: Frame,
        row: &Document,
        subject: Subject,
        (correct, withdraw): (bool, bool),
    ) -> Self {
        Self {
            frame,
            base: format!("/documents/{}", row.id),
            title: row.title.clone(),
            kind: row.kind.label(),
            lacks: row.kind.lacks(row.signed, row.signed_on.is_some()),
            facts: facts(row, &subject),
            subject: subject.label,
            subject_href: subject.href,
            shown: row.content_type.is_shown(),
            picture: row.content_type.is_picture(),
            correct,
            withdraw,
        }
    }
}

fn facts(row: &Document, subject: &Subject) -> Vec<(&'static str, String)> {
    let signature = match (row.signed, row.signed_on) {
        (true, Some(day)) => format!("有，{day}"),
        (true, None) => "有，没写日期".to_owned(),
        (false, _) => "没有".to_owned(),
    };
    let mut facts = vec![
        ("附在", subject.label.clone()),
        ("签名", signature),
        ("上传", row.uploaded_on.to_string()),
        ("文件名", row.file_name.clone()),
        ("类型", format!("{}，{}", row.content_type.label(), size(row.size))),
    ];
    if let Some(note) = &row.note {
        facts.push(("说明", note.clone()));
    }
    facts.push(("校验值", format!("SHA-256 {}…", &row.sha256[..16])));
    facts
}
