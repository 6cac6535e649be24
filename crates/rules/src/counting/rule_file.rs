//! A set of figures: counted ones and those derived from them, in one namespace of codes.

use kernel::Problem;

use super::parse;
use super::{Catalogue, Derivation, Rule};

/// A figure that a rule file defines.
#[derive(Debug, Clone)]
pub enum Figure {
    /// Counted from records.
    Counted(Rule),
    /// Follows from other figures.
    Derived {
        /// Stable code: `staff.retention_percent`.
        code: String,
        /// The name for people.
        name: String,
        /// The unit printed after the number.
        unit: String,
        /// How it follows.
        derivation: Derivation,
    },
}

/// Every figure of a rule file, in the order of their codes.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    figures: Vec<Figure>,
}

impl Figure {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Counted(rule) => &rule.code,
            Self::Derived { code, .. } => code,
        }
    }

    /// The name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Counted(rule) => &rule.name,
            Self::Derived { name, .. } => name,
        }
    }

    /// The unit printed after the number.
    #[must_use]
    pub fn unit(&self) -> &str {
        match self {
            Self::Counted(rule) => &rule.unit,
            Self::Derived { unit, .. } => unit,
        }
    }
}

impl RuleSet {
    /// Reads a rule file (TOML; the form is described in `schemes/README.md`).
    ///
    /// # Errors
    /// Every problem of the file at once, each with file and line: a name that the catalogue does not know and the
    /// names it could be, a value the field cannot have, a derived figure in a circle.
    pub fn parse(file: &str, text: &str, catalogue: &Catalogue) -> Result<Self, Vec<Problem>> {
        let mut figures = parse::figures(file, text, catalogue)?;
        figures.sort_by(|a, b| a.code().cmp(b.code()));
        let set = Self { figures };
        let problems = set.dangling(file);
        if problems.is_empty() { Ok(set) } else { Err(problems) }
    }

    /// This set with others in it; of two figures with one code the other counts.
    #[must_use]
    pub fn with(mut self, others: impl IntoIterator<Item = Figure>) -> Self {
        for other in others {
            match self.figures.binary_search_by(|figure| figure.code().cmp(other.code())) {
                Ok(at) => self.figures[at] = other,
                Err(at) => self.figures.insert(at, other),
            }
        }
        self
    }

    /// The figure of this code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Figure> {
        self.figures.binary_search_by(|figure| figure.code().cmp(code)).ok().map(|at| &self.figures[at])
    }

    /// All figures, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Figure> {
        self.figures.iter()
    }

    /// The counted figures, by code.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.figures.iter().filter_map(|figure| match figure {
            Figure::Counted(rule) => Some(rule),
            Figure::Derived { .. } => None,
        })
    }

    /// The codes a name was probably meant to be, closest first.
    #[must_use]
    pub fn similar(&self, code: &str) -> Vec<&str> {
        parse::similar(code, self.figures.iter().map(Figure::code))
    }

    /// The counted figures that a figure rests on, itself when it is counted.
    #[must_use]
    pub fn roots(&self, code: &str) -> Vec<&Rule> {
        match self.get(code) {
            Some(Figure::Counted(rule)) => vec![rule],
            Some(Figure::Derived { derivation, .. }) => {
                derivation.needs().into_iter().flat_map(|need| self.roots(need)).collect()
            }
            None => vec![],
        }
    }

    fn dangling(&self, file: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        for figure in &self.figures {
            let Figure::Derived { code, derivation, .. } = figure else { continue };
            for need in derivation.needs() {
                if self.get(need).is_none() {
                    problems.push(
                        Problem::new(
                            "unknown_figure",
                            format!("{code} 用到的 {need} 没有定义"),
                            parse::could_be(&self.similar(need)),
                        )
                        .at(file),
                    );
                }
            }
            if self.reaches(code, code, self.figures.len()) {
                problems.push(
                    Problem::new(
                        "circular_figure",
                        format!("{code} 绕了一圈又用到自己"),
                        "请改为由原始计数推出",
                    )
                    .at(file),
                );
            }
        }
        problems
    }

    fn reaches(&self, from: &str, target: &str, depth: usize) -> bool {
        let Some(Figure::Derived { derivation, .. }) = self.get(from) else { return false };
        depth > 0
            && derivation
                .needs()
                .into_iter()
                .any(|need| need == target || self.reaches(need, target, depth - 1))
    }
}

/// The line of a rule file on which the table of a counted figure begins, from 0.
#[must_use]
pub fn place_in(text: &str, code: &str) -> Option<usize> {
    let headers = [format!("[rules.{code}]"), format!("[rules.\"{code}\"]")];
    text.lines().position(|line| headers.iter().any(|header| line.trim() == header))
}

/// The text of one counted figure's table: what stands between its header and the next, without the comments that
/// lead to the next. This is what a contract keeps of a rule.
#[must_use]
pub fn table_in(text: &str, code: &str) -> Option<String> {
    let after = place_in(text, code)? + 1;
    let mut table: Vec<&str> = text.lines().skip(after).take_while(|line| !line.starts_with('[')).collect();
    while table.last().is_some_and(|line| line.trim().is_empty() || line.starts_with('#')) {
        table.pop();
    }
    Some(table.iter().map(|line| format!("{line}\n")).collect())
}
