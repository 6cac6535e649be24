//! The vocabularies of the sample. Flat lists of like things; which of them is used is chance, and chance is fixed.

pub(crate) mod casework;
pub(crate) mod clients;
pub(crate) mod events;
pub(crate) mod hotline;
pub(crate) mod names;
pub(crate) mod visits;

/// A text in which `{}` stands for what the caller puts in, in order.
pub(crate) fn fill(pattern: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let mut text = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("{}") {
        text.push_str(before);
        text.push_str(values.next().copied().unwrap_or_default());
        rest = after;
    }
    text.push_str(rest);
    text
}
