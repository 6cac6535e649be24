//! What one person answered: skip rules applied, what must be answered held to, points added up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::questionnaire::{Asks, Dimension, Question, Questionnaire};

/// That somebody does not know 不清楚.
pub const UNKNOWN: &str = "unknown";
/// That somebody does not want to say 不愿回答.
pub const DECLINED: &str = "declined";

/// The answers of one person: by question, only of those that were asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Filled(BTreeMap<String, String>);

/// Points of one person: those given, and those there were to give. A question that was not answered is in neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Points {
    /// Given.
    pub given: u32,
    /// Of so many.
    pub possible: u32,
    /// In so many answers.
    pub answers: u32,
}

impl Questionnaire {
    /// Whether a question is asked, after these answers.
    #[must_use]
    pub fn is_asked(question: &Question, given: impl Fn(&str) -> Option<String>) -> bool {
        question
            .when
            .as_ref()
            .is_none_or(|when| given(&when.question).is_some_and(|answer| when.is.contains(&answer)))
    }

    /// What was answered, out of what a form says. Answers to questions that were skipped are dropped.
    ///
    /// # Errors
    /// What is wrong, by question: nothing chosen where something must be, or an answer there is not.
    pub fn fill<'f>(&self, given: impl Fn(&str) -> &'f str) -> Result<Filled, Vec<(String, String)>> {
        let (mut filled, mut wrong) = (BTreeMap::new(), Vec::new());
        for question in &self.questions {
            if !Self::is_asked(question, |code| filled.get(code).cloned()) {
                continue;
            }
            let answer = given(&question.code);
            let offered = [UNKNOWN, DECLINED].contains(&answer)
                || self.choices(question).iter().any(|choice| choice.code == answer);
            match (answer.is_empty(), offered) {
                (true, _) if question.required => {
                    let what = "这一题要答：不知道的选“不清楚”，不想说的选“不愿回答”";
                    wrong.push((question.code.clone(), what.to_owned()));
                }
                (true, _) => {}
                (false, false) => wrong.push((question.code.clone(), "没有这个答案，请重新选".to_owned())),
                (false, true) => {
                    filled.insert(question.code.clone(), answer.to_owned());
                }
            }
        }
        if wrong.is_empty() { Ok(Filled(filled)) } else { Err(wrong) }
    }

    /// The points that somebody gave in a dimension, or in all without one.
    #[must_use]
    pub fn points(&self, filled: &Filled, dimension: Option<Dimension>) -> Points {
        let mut points = Points::default();
        for question in &self.questions {
            let Asks::Dimension(own) = question.asks else { continue };
            if dimension.is_some_and(|asked| asked != own) {
                continue;
            }
            if let Some(value) = filled.answer(&question.code).and_then(|answer| answer.parse::<u32>().ok()) {
                points.given += value;
                points.possible += self.scale.most();
                points.answers += 1;
            }
        }
        points
    }

    /// Whether somebody wishes for more care.
    #[must_use]
    pub fn wants_care(&self, filled: &Filled) -> bool {
        let cares = self.questions.iter().filter(|question| question.asks == Asks::Care);
        cares.into_iter().any(|question| filled.answer(&question.code) == Some("yes"))
    }
}

impl Filled {
    /// What was answered to a question; nothing where it was not asked or left out.
    #[must_use]
    pub fn answer(&self, code: &str) -> Option<&str> {
        self.0.get(code).map(String::as_str)
    }
}
