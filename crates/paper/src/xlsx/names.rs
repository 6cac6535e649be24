//! Names of sheets: at most 31 characters, unique, without the characters that Excel refuses.
//! Not here: what is on the sheets.

use std::collections::BTreeSet;

/// The first sheet.
pub(super) const FRONT: &str = "说明";

/// A name for every table from its caption, else from its id.
pub(super) fn of_sheets<'a>(tables: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut taken = BTreeSet::from([FRONT.to_owned()]);
    tables.map(|(caption, id)| free(&allowed(caption, id), &mut taken)).collect()
}

/// Excel counts in UTF-16 units.
const LIMIT: usize = 31;

fn allowed(caption: &str, id: &str) -> String {
    let plain = |text: &str| {
        let kept = text.chars().filter(|c| !c.is_control() && !r"[]:*?/\".contains(*c));
        kept.collect::<String>().trim_matches([' ', '\'']).to_owned()
    };
    let name = [plain(caption), plain(id)].into_iter().find(|name| !name.is_empty());
    // Excel keeps History for itself.
    name.filter(|name| !name.eq_ignore_ascii_case("history")).unwrap_or_else(|| "表".to_owned())
}

fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut number = 1;
    loop {
        let ending = if number == 1 { String::new() } else { format!("（{number}）") };
        let candidate = format!("{}{ending}", shortened(name, LIMIT - ending.encode_utf16().count()));
        if taken.insert(candidate.to_lowercase()) {
            return candidate;
        }
        number += 1;
    }
}

fn shortened(name: &str, limit: usize) -> String {
    let mut length = 0;
    let kept = name.chars().take_while(|character| {
        length += character.len_utf16();
        length <= limit
    });
    kept.collect::<String>().trim_end_matches([' ', '\'']).to_owned()
}
