//! What changed between two texts: word by word, and a figure only as a whole.
//!
//! Chinese is compared sign by sign, other words and numbers each as one. Not here: which texts belong together.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Segment, parse};

/// A stretch of text that is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A figure: which one, and as it was printed.
    Figure {
        /// `home_visits` or `home_visits@xiaogang`.
        code: String,
        /// As it was printed.
        text: String,
    },
}

impl Piece {
    /// As it is read.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Figure { text, .. } => text,
        }
    }
}

/// Whether a stretch is in both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// In both.
    Same,
    /// In the earlier one only.
    Gone,
    /// In the later one only.
    New,
}

/// A stretch of the two texts together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In which of them it is.
    pub how: How,
    /// Its words.
    pub text: String,
}

/// Signs in both that are too few to be read between two changes: they are told as changed with their neighbours.
const TOO_FEW: usize = 1;

/// The two texts together, in reading order: what is gone stands before what is new in its place.
#[must_use]
pub fn changes(before: &[Piece], after: &[Piece]) -> Vec<Change> {
    let (before, after) = (tokens(before), tokens(after));
    let mut steps: Vec<Step> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &before, &after) {
        let (old, new) = (&before[op.old_range()], &after[op.new_range()]);
        let step = match op {
            DiffOp::Equal { .. } => Step { same: true, ..Step::of(old, old) },
            _ => Step::of(old, new),
        };
        steps.push(step);
    }
    told(united(steps))
}

/// The same for texts as they are written, with their tokens.
#[must_use]
pub fn written(before: &str, after: &str) -> Vec<Change> {
    changes(&pieces(before), &pieces(after))
}

/// Which lines of two texts belong together, in reading order: each with its place in the earlier and the later one.
#[must_use]
pub fn aligned(before: &[String], after: &[String]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut pairs = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, before, after) {
        let (mut old, mut new) = (op.old_range(), op.new_range());
        loop {
            let pair = (old.next(), new.next());
            if pair == (None, None) {
                break;
            }
            pairs.push(pair);
        }
    }
    pairs
}

/// A text as it is written, taken apart; one that cannot be read is words alone.
fn pieces(text: &str) -> Vec<Piece> {
    let piece = |segment| match segment {
        Segment::Text(words) => Piece::Words(words),
        Segment::Figure { code, scope } => {
            let code = scope.map_or_else(|| code.clone(), |scope| format!("{code}@{scope}"));
            Piece::Figure { text: format!("{{{code}}}"), code }
        }
    };
    match parse(text) {
        Ok(segments) => segments.into_iter().map(piece).collect(),
        Err(_) => vec![Piece::Words(text.to_owned())],
    }
}

/// What is compared as one: a figure, a word or number in Latin letters, a single sign.
fn tokens(pieces: &[Piece]) -> Vec<Piece> {
    let mut all = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Figure { .. } => all.push(piece.clone()),
            Piece::Words(words) => {
                let mut rest = words.as_str();
                while let Some(first) = rest.chars().next() {
                    let end =
                        rest.find(|c| !joins(c)).filter(|_| joins(first)).unwrap_or(match joins(first) {
                            true => rest.len(),
                            false => first.len_utf8(),
                        });
                    let (word, after) = rest.split_at(end);
                    all.push(Piece::Words(word.to_owned()));
                    rest = after;
                }
            }
        }
    }
    all
}

fn joins(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '%' | '_')
}

/// A step from one text to the other.
struct Step {
    same: bool,
    signs: usize,
    gone: String,
    new: String,
}

impl Step {
    fn of(old: &[Piece], new: &[Piece]) -> Self {
        let text = |all: &[Piece]| all.iter().map(Piece::text).collect();
        Self { same: false, signs: old.len(), gone: text(old), new: text(new) }
    }
}

/// The steps, with what is too short to be read as unchanged joined to its neighbours.
fn united(steps: Vec<Step>) -> Vec<Step> {
    let last = steps.len().saturating_sub(1);
    let mut all: Vec<Step> = Vec::new();
    for (place, mut step) in steps.into_iter().enumerate() {
        if step.same && step.signs <= TOO_FEW && place > 0 && place < last {
            step.same = false;
        }
        match all.last_mut() {
            Some(before) if !before.same && !step.same => {
                before.gone.push_str(&step.gone);
                before.new.push_str(&step.new);
            }
            _ => all.push(step),
        }
    }
    all
}

fn told(steps: Vec<Step>) -> Vec<Change> {
    let mut all = Vec::new();
    for step in steps {
        if step.same {
            all.push(Change { how: How::Same, text: step.gone });
            continue;
        }
        let both = [(How::Gone, step.gone), (How::New, step.new)];
        all.extend(
            both.into_iter().filter(|(_, text)| !text.is_empty()).map(|(how, text)| Change { how, text }),
        );
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Change, How, Piece, aligned, changes, written};

    /// `[-gone-]{+new+}` between what is the same.
    fn shown(all: &[Change]) -> String {
        let one = |change: &Change| match change.how {
            How::Same => change.text.clone(),
            How::Gone => format!("[-{}-]", change.text),
            How::New => format!("[+{}+]", change.text),
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn words_are_told_apart_and_figures_are_whole() {
        for (before, after, expected) in [
            ("没有改动", "没有改动", "没有改动"),
            ("个别社工有两份合同。", "两名社工各有两份合同。", "[-个别-][+两名+]社工[+各+]有两份合同。"),
            (
                "探访{home_visits}次",
                "探访{home_visits@dong}次",
                "探访[-{home_visits}-][+{home_visits@dong}+]次",
            ),
            ("版本 2024 的", "版本 2025 的", "版本 [-2024-][+2025+] 的"),
            ("", "新写的一句。", "[+新写的一句。+]"),
            ("删去的一句。", "", "[-删去的一句。-]"),
            ("甲乙丙", "丁乙戊", "[-甲乙丙-][+丁乙戊+]"),
            ("写坏的{token", "写好的{token}", "写[-坏的{token-][+好的{token}+]"),
        ] {
            assert_eq!(shown(&written(before, after)), expected, "{before} → {after}");
        }
    }

    #[test]
    fn a_figure_that_is_printed_otherwise_is_a_change() {
        let figure = |text: &str| Piece::Figure { code: "score.total".into(), text: text.into() };
        let text = |value: &str| vec![Piece::Words("总分".into()), figure(value), Piece::Words("分".into())];
        assert_eq!(shown(&changes(&text("84.48"), &text("84.98"))), "总分[-84.48-][+84.98+]分");
        assert_eq!(shown(&changes(&text("84.48"), &text("84.48"))), "总分84.48分");
    }

    #[test]
    fn lines_find_their_like() {
        let lines = |all: &[&str]| all.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let pairs = aligned(&lines(&["一", "二", "三"]), &lines(&["一", "三", "四"]));
        assert_eq!(pairs, [(Some(0), Some(0)), (Some(1), None), (Some(2), Some(1)), (None, Some(2))]);
    }
}
