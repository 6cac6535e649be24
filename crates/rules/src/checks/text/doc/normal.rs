//! Normalising one line: full-width signs, kinds of dashes and quotes, spaces between and inside words and numbers,
//! and Markdown emphasis are evened out, each character keeping its column.

use unicode_normalization::UnicodeNormalization;

/// Characters with their columns (from 1). `heading` also drops a Markdown heading's number signs.
pub(super) fn normalise(line: &str, heading: bool) -> Vec<(char, u32)> {
    let line = line.trim_start_matches('\u{feff}');
    let mut chars: Vec<(char, u32)> = Vec::with_capacity(line.len());
    for (column, c) in (1..).zip(line.chars()) {
        even(c, |c| chars.push((c, column)));
    }
    let mut open = false;
    for c in chars.iter_mut().filter(|c| c.0 == '"') {
        open = !open;
        c.0 = if open { '“' } else { '”' };
    }
    if heading {
        let hashes = chars.iter().take_while(|c| c.0 == '#' || c.0 == ' ').count();
        chars.drain(..hashes);
    }
    drop_markup(&mut chars);
    protect_list_mark(&mut chars);
    end_decimal_mark(&mut chars);
    let spaced = drop_spaces(&chars);
    punctuate(spaced)
}

/// One character in its plain form.
fn even(c: char, mut push: impl FnMut(char)) {
    match c {
        '\u{3000}' | '\u{a0}' | '\t' | '\u{2002}'..='\u{200a}' | '\u{202f}' => push(' '),
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '`' => {}
        '－' | '–' | '—' | '―' | '‐' | '‑' | '−' | '～' | '〜' | '~' | '─' | '﹣' => {
            push('-')
        }
        '〔' | '〕' | '【' | '】' => push(c),
        '﹪' => push('%'),
        '・' | '•' | '·' | '‧' => push('·'),
        '‘' | '’' | '“' | '”' | '「' | '」' | '『' | '』' => push(match c {
            '‘' | '“' | '「' | '『' => '“',
            _ => '”',
        }),
        '，' | '、' | '。' | '；' | '：' | '？' | '！' | '（' | '）' => push(c),
        '\u{ff01}'..='\u{ff5e}' | '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => {
            c.nfkc().for_each(push);
        }
        c if c.is_control() => {}
        c => push(c),
    }
}

/// Leading quote and bullet signs, `**`, single `*` outside products, and `<br>`.
fn drop_markup(chars: &mut Vec<(char, u32)>) {
    let lead = chars.iter().take_while(|c| matches!(c.0, ' ' | '>')).count();
    chars.drain(..lead);
    let bullet = |c: char| matches!(c, '-' | '*' | '+' | '·' | '●' | '■' | '▪' | '◆' | '○');
    if chars.len() > 1 && bullet(chars[0].0) && (chars[1].0 == ' ' || !matches!(chars[0].0, '-' | '*' | '+'))
    {
        chars.drain(..1);
    }
    let mut out = Vec::with_capacity(chars.len());
    for i in 0..chars.len() {
        let near = |j: Option<usize>| j.and_then(|j| chars.get(j)).map_or(' ', |c| c.0);
        let product = near(i.checked_sub(1)).is_ascii_digit() && near(Some(i + 1)).is_ascii_digit();
        match chars[i].0 {
            '*' if product => out.push(('×', chars[i].1)),
            '*' => {}
            _ => out.push(chars[i]),
        }
    }
    *chars = out;
}

/// "2.2 个案": the space ends the mark, or 2.2个 would be a number.
fn end_decimal_mark(chars: &mut [(char, u32)]) {
    let start = chars.iter().position(|c| c.0 != ' ').unwrap_or(0);
    let rest = &chars[start..];
    let length = rest.iter().take_while(|c| c.0.is_ascii_digit() || c.0 == '.').count();
    let word: String = rest[..length].iter().map(|c| c.0).collect();
    let parts: Vec<&str> = word.split('.').collect();
    let mark = (2..=4).contains(&parts.len()) && parts.iter().all(|p| (1..=2).contains(&p.len()));
    if mark
        && rest.get(length).is_some_and(|c| c.0 == ' ')
        && rest.get(length + 1).is_some_and(|c| !c.0.is_ascii_digit() && c.0 != '%')
    {
        chars[start + length].0 = '、';
    }
}

/// "1. 5位专家": the point belongs to the mark, not to a number.
fn protect_list_mark(chars: &mut [(char, u32)]) {
    let start = chars.iter().position(|c| c.0 != ' ').unwrap_or(0);
    let digits = chars[start..].iter().take_while(|c| c.0.is_ascii_digit()).count();
    let point = start + digits;
    if (1..=2).contains(&digits)
        && chars.get(point).is_some_and(|c| c.0 == '.')
        && chars.get(point + 1).is_some_and(|c| c.0 == ' ')
    {
        chars[point].0 = '、';
    }
}

/// Keeps a space only between two ASCII words; inside a number (8 642, 2 0 2 5) and everywhere else it goes.
fn drop_spaces(chars: &[(char, u32)]) -> Vec<(char, u32)> {
    let mut out: Vec<(char, u32)> = Vec::with_capacity(chars.len());
    let mut i = 0;
    while i < chars.len() {
        if chars[i].0 != ' ' {
            out.push(chars[i]);
            i += 1;
            continue;
        }
        let end = (i..chars.len()).find(|&j| chars[j].0 != ' ').unwrap_or(chars.len());
        let (before, after) = (out.last().map_or(' ', |c| c.0), chars.get(end).map_or(' ', |c| c.0));
        if before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric() && !grouped(&out, &chars[end..]) {
            out.push((' ', chars[i].1));
        }
        i = end;
    }
    out
}

/// Whether digits before and after a space are one number: groups of three, or digits set apart one by one.
fn grouped(before: &[(char, u32)], after: &[(char, u32)]) -> bool {
    let left = before.iter().rev().take(5).take_while(|c| c.0.is_ascii_digit()).count();
    let right = after.iter().take(5).take_while(|c| c.0.is_ascii_digit()).count();
    let apart = after.get(1).is_some_and(|c| c.0 == ' ');
    (1..=3).contains(&left) && right == 3 || (left == 1 || apart) && right == 1 && left > 0
}

/// ASCII punctuation between Chinese words becomes Chinese punctuation; inside numbers it stays.
fn punctuate(chars: Vec<(char, u32)>) -> Vec<(char, u32)> {
    let get = |i: Option<usize>| i.and_then(|i| chars.get(i)).map_or(' ', |c| c.0);
    let mut out = Vec::with_capacity(chars.len());
    for (i, &(c, column)) in chars.iter().enumerate() {
        let (before, after) = (get(i.checked_sub(1)), get(Some(i + 1)));
        let between_digits = before.is_ascii_digit() && after.is_ascii_digit();
        let thousands = between_digits
            && (i + 1..i + 4).all(|j| get(Some(j)).is_ascii_digit())
            && !get(Some(i + 4)).is_ascii_digit();
        let plain = match c {
            ',' | '，' if thousands => ',',
            ',' => '，',
            ';' => '；',
            ':' if !between_digits => '：',
            '?' => '？',
            '!' => '！',
            '(' => '（',
            ')' => '）',
            '"' => '”',
            c => c,
        };
        out.push((plain, column));
    }
    out
}
