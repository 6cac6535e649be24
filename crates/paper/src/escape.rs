//! Text made safe for XML and HTML, and addresses made safe for links. Not here: Typst, which gets all text as data.

/// Text for an XML or HTML element or a quoted attribute. Characters that XML 1.0 forbids (section 2.2) are left out.
pub(crate) fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other if allowed(other) => safe.push(other),
            _ => {}
        }
    }
    safe
}

/// The text without the characters that XML 1.0 forbids; nothing is escaped.
pub(crate) fn clean(text: &str) -> String {
    text.chars().filter(|&character| allowed(character)).collect()
}

/// The address, if following it can only open a page or a message: relative, `#…`, http, https, mailto.
pub(crate) fn link(href: &str) -> Option<&str> {
    let scheme = href.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    match scheme {
        None => (!href.is_empty()).then_some(href),
        Some((scheme, _)) => {
            let known = ["http", "https", "mailto"];
            known.iter().any(|name| scheme.eq_ignore_ascii_case(name)).then_some(href)
        }
    }
}

/// The address, if it means the same wherever the file is read: with a host, or a mailbox.
pub(crate) fn absolute(href: &str) -> Option<&str> {
    link(href).filter(|href| href.contains("://") || href.starts_with("mailto:"))
}

fn allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
