//! The wording of a finding: text with figures in it. A figure is written as a token, `{rule}` or `{rule@scope}`,
//! and is never typed.
//!
//! Only takes the text apart. Which rules and scopes exist, and how a value is printed, is the report's.

pub mod changes;
pub mod phrases;
#[cfg(test)]
mod tests;

use kernel::Problem;

/// A piece of a text, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Words as they are.
    Text(String),
    /// A figure: its value is printed without the unit, which follows in the text.
    Figure {
        /// Code of the counting rule, or of a date such as `round.records_until`.
        code: String,
        /// Code of the area or community; the whole station without it.
        scope: Option<String>,
    },
}

/// The pieces of a text, never an empty one and never two texts in a row. Braces stand for tokens only; there is
/// no way to write a brace as itself, because no report needs one.
///
/// # Errors
/// The first token that cannot be read, in Chinese, with its place counted in characters from 1:
/// `token_unclosed`, `token_unopened`, `token_empty` or `token_malformed`.
pub fn parse(text: &str) -> Result<Vec<Segment>, Problem> {
    let mut segments = Vec::new();
    let mut rest = text;
    while let Some(brace) = rest.find(['{', '}']) {
        let at = text.len() - rest.len() + brace;
        let (words, token) = rest.split_at(brace);
        push_words(&mut segments, words);
        if token.starts_with('}') {
            return Err(problem(
                text,
                at,
                "token_unopened",
                "“}”前面没有“{”",
                "删去它，或在数据代码前补上“{”。",
            ));
        }
        let Some(inside) = token[1..].find(['{', '}']).filter(|end| token[1 + end..].starts_with('}')) else {
            return Err(problem(text, at, "token_unclosed", "“{”没有配上“}”", "在数据代码后补上“}”。"));
        };
        segments.push(figure(text, at, &token[1..=inside])?);
        rest = &token[inside + 2..];
    }
    push_words(&mut segments, rest);
    Ok(segments)
}

/// The first number that is typed in words; nothing where there is none.
#[must_use]
pub fn typed_number(words: &str) -> Option<String> {
    let digit = |letter: char| letter.is_ascii_digit() || ('０'..='９').contains(&letter);
    let number = words.chars().skip_while(|letter| !digit(*letter));
    let number: String =
        number.take_while(|letter| digit(*letter) || matches!(letter, '.' | '%' | '．' | '％')).collect();
    (!number.is_empty()).then_some(number)
}

fn push_words(segments: &mut Vec<Segment>, words: &str) {
    if !words.is_empty() {
        segments.push(Segment::Text(words.to_owned()));
    }
}

/// The figure that the inside of a token names.
fn figure(text: &str, at: usize, inside: &str) -> Result<Segment, Problem> {
    if inside.trim().is_empty() {
        return Err(problem(text, at, "token_empty", "“{}”里没有数据代码", "写上数据代码，或删去这对括号。"));
    }
    let (code, scope) = inside.split_once('@').map_or((inside, None), |(code, scope)| (code, Some(scope)));
    let good = |name: &str| {
        let mut letters = name.chars();
        letters.next().is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '_' | '.'))
            && !name.ends_with('.')
            && !name.contains("..")
    };
    if !good(code) || !scope.is_none_or(good) {
        let what = format!("“{{{inside}}}”不像数据代码");
        let remedy = "写成 {代码} 或 {代码@片区}，代码只用小写字母、数字、“_”和“.”。";
        return Err(problem(text, at, "token_malformed", &what, remedy));
    }
    Ok(Segment::Figure { code: code.to_owned(), scope: scope.map(str::to_owned) })
}

/// A problem at a byte of the text, told as a character so that a person can count to it.
fn problem(text: &str, at: usize, code: &'static str, what: &str, remedy: &str) -> Problem {
    let before = text.get(..at).unwrap_or_default().chars();
    Problem::new(code, what, remedy).at(format!("第 {} 个字", 1 + before.count()))
}
