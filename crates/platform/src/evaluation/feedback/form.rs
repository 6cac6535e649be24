//! Reading what a party answers.

use web::Form;
use web::form::{Reading, Wrong};

use super::model::About;
use super::targets::Target;
use crate::evaluation::FeedbackAnswer;

/// An answer as it was sent.
pub(super) struct Said {
    pub(super) answer: FeedbackAnswer,
    pub(super) words: String,
    /// What it objects to.
    pub(super) target: Option<Target>,
}

/// The answer of a form; `closed` says why none is taken, `before` whether the party has objected already.
pub(super) fn read(
    form: &Form,
    targets: &[Target],
    closed: Option<String>,
    before: bool,
) -> Result<Said, Vec<Wrong>> {
    let mut reading = Reading::of(form);
    if let Some(what) = closed {
        reading.wrong("answer", what);
    }
    let answer = reading.word::<FeedbackAnswer>("answer", "答复");
    let words = reading.optional("words", "意见", 2000).unwrap_or_default();
    let mut target = None;
    match answer {
        Some(FeedbackAnswer::Silent) => reading.wrong("answer", "选“无异议”或“有异议”"),
        Some(FeedbackAnswer::NoObjection) if before => {
            reading.wrong("answer", "已经提过异议，等裁定；不能再答无异议");
        }
        Some(FeedbackAnswer::Objection) => {
            if words.is_empty() {
                reading.wrong("words", "写明哪里不对、凭什么材料");
            }
            target = chosen(form, &mut reading, targets);
        }
        _ => {}
    }
    let answer = reading.done(answer)?;
    Ok(Said { answer, words, target })
}

/// What an objection is about.
fn chosen(form: &Form, reading: &mut Reading<'_>, targets: &[Target]) -> Option<Target> {
    let about = reading.optional_word::<About>("about", "针对");
    let Some(about) = about else {
        reading.wrong("about", "选针对的是哪条意见、哪个评分项，还是哪段报告文字");
        return None;
    };
    let field = about.as_str();
    let code = form.text(field);
    let found = targets.iter().find(|one| one.about == about && one.code == code);
    if found.is_none() {
        let what = match code.is_empty() {
            true => format!("选针对的是初稿的哪一处{}", about.label()),
            false => {
                let code: String = code.chars().take(40).collect();
                format!("初稿里没有代码为“{code}”的{}，从列表里选", about.label())
            }
        };
        reading.wrong(field, what);
    }
    found.cloned()
}
