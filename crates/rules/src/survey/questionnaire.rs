//! A questionnaire as it was read and checked. The file's shape is in `raw`, what may be wrong with it in `check`.

use kernel::{Problem, diesel, words};

use super::{check, raw};

words! {
    /// What the score rests on: the three dimensions 方面 of the survey.
    pub enum Dimension {
        /// Whether problems were solved.
        ProblemSolved = "problem_solved" "问题解决",
        /// Whether people can do more by themselves.
        Abilities = "abilities" "能力提升",
        /// Whether there is somebody to turn to.
        SupportNetwork = "support_network" "支持网络",
    }
}

/// A checked questionnaire. Its questions keep the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionnaire {
    /// Stable code: `satisfaction-2024`.
    pub code: String,
    /// Version; what is in use never changes, it gets a new version.
    pub version: String,
    /// Name for people.
    pub name: String,
    /// Where it comes from and which of its parts are an example.
    pub note: String,
    /// What the interviewer says first.
    pub opening: String,
    /// How the questions of the dimensions are answered.
    pub scale: Scale,
    /// What is asked, in order.
    pub questions: Vec<Question>,
}

/// The scale 量表 of the dimensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// Points with their words, the most first.
    pub points: Vec<(u32, String)>,
    /// From so many points on somebody counts as satisfied.
    pub satisfied: u32,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Stable code within the questionnaire; the field's name on the form.
    pub code: String,
    /// What is asked.
    pub text: String,
    /// How it is answered.
    pub asks: Asks,
    /// Whether it must be answered where it is asked: also by “does not know”.
    pub required: bool,
    /// Only then it is asked 跳答.
    pub when: Option<When>,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// By the scale: it counts for a dimension.
    Dimension(Dimension),
    /// By one of these: awareness 知晓度 and the like, which count for nothing.
    Choice(Vec<Choice>),
    /// Whether more care is wished for.
    Care,
}

/// One of the answers there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is kept.
    pub code: String,
    /// The words.
    pub label: String,
}

/// That an earlier question was answered in one of these ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The earlier question.
    pub question: String,
    /// The answers after which it is asked.
    pub is: Vec<String>,
}

impl Questionnaire {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// Everything that is wrong with it, with file, line and remedy.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        raw::read(file, text).and_then(|(source, raw)| check::checked(source, raw))
    }

    /// A question by its code.
    #[must_use]
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.code == code)
    }

    /// The answers a question offers, beside “does not know” and “declines”.
    #[must_use]
    pub fn choices(&self, question: &Question) -> Vec<Choice> {
        let choice = |code: &str, label: &str| Choice { code: code.to_owned(), label: label.to_owned() };
        match &question.asks {
            Asks::Dimension(_) => {
                self.scale.points.iter().map(|(value, label)| choice(&value.to_string(), label)).collect()
            }
            Asks::Choice(all) => all.clone(),
            Asks::Care => vec![choice("yes", "希望"), choice("no", "不用")],
        }
    }
}

impl Scale {
    /// The most that one question can be given.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.points.iter().map(|(value, _)| *value).max().unwrap_or_default()
    }

    /// The least.
    #[must_use]
    pub fn least(&self) -> u32 {
        self.points.iter().map(|(value, _)| *value).min().unwrap_or_default()
    }
}
