//! What is wrong with a page's markup: tags that do not match, and everything our content policy forbids.
//! Not here: whether it is readable, which the browser tests look at.

use std::collections::BTreeSet;

/// Elements that never close.
const VOID: [&str; 8] = ["meta", "link", "br", "hr", "input", "img", "wbr", "col"];

/// Everything wrong with a page or a part of one; empty when all is well.
#[must_use]
pub fn faults_of(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut ids = BTreeSet::new();
    for tag in tags(html) {
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            match open.pop() {
                Some(last) if last == name.trim() => {}
                last => faults.push(format!("</{name}> closes {last:?}")),
            }
            continue;
        }
        let (name, attributes) = tag.split_once(|c: char| c.is_whitespace()).unwrap_or((tag, ""));
        // A script comes from a file of the program, and after the page.
        let ours = name == "script" && attributes.starts_with("type=\"module\" src=\"/assets/");
        if !ours && ["script", "style", "iframe", "object", "embed", "base"].contains(&name) {
            faults.push(format!("<{name}> is not allowed"));
        }
        attributes_of(name, attributes, &mut ids, &mut faults);
        if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name.to_owned());
        }
    }
    faults.extend(open.into_iter().map(|name| format!("<{name}> is never closed")));
    faults
}

/// The inside of every `<…>`. Quotes hold no `<` or `>`: templates escape them.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|part| part.split_once('>').map(|(tag, _)| tag))
}

fn attributes_of(element: &str, text: &str, ids: &mut BTreeSet<String>, faults: &mut Vec<String>) {
    let mut rest = text.trim().trim_end_matches('/').trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap_or_else(|| {
                faults.push(format!("<{element} {name}> is not quoted to its end"));
                (quoted, "")
            }),
            None if after.starts_with('=') => {
                faults.push(format!("<{element} {name}> is not quoted"));
                return;
            }
            None => ("", after),
        };
        if name == "style" || name.starts_with("on") {
            faults.push(format!("<{element} {name}> is not allowed"));
        }
        if name == "id" && !ids.insert(value.to_owned()) {
            faults.push(format!("id {value} is used twice"));
        }
        let elsewhere = value.starts_with("http:") || value.starts_with("https:") || value.starts_with("//");
        if ["href", "src", "action"].contains(&name) && (elsewhere || value.is_empty() || value == "#") {
            faults.push(format!("<{element} {name}=\"{value}\"> leads nowhere or elsewhere"));
        }
        rest = after.trim_start();
    }
}
