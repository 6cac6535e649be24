//! Working a report out again from what lies beside it, and saying record by record what has changed since.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Problem, number};
use paper::model::Document;
use rules::counting::{Book, Catalogue, Figure, Row, counts, row_digest};
use rules::scoring::{Scheme, aggregate};
use rules::wording::{Segment, parse};
use serde::Serialize;

use super::archive;
use super::compose::MISSING;
use super::manifest::{FileHash, Manifest, WordingUsed, sha256};
use super::records::Line;
use crate::evaluation;

/// Something that is not as the manifest says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `file`, `figure`, `record`, `result`, `wording` or `text`.
    pub kind: &'static str,
    /// Which: a file's name, a figure's code with its place, a record's pseudonym.
    pub which: String,
    /// What differs.
    pub what: String,
}

impl Difference {
    /// One of a kind, about something.
    pub fn new(kind: &'static str, which: impl Into<String>, what: impl Into<String>) -> Self {
        Self { kind, which: which.into(), what: what.into() }
    }
}

/// Compares files with their hashes. `content` gives a file's bytes, or what is wrong with it.
pub fn files(manifest: &Manifest, content: impl Fn(&str) -> Result<Vec<u8>, String>) -> Vec<Difference> {
    let differs = |file: &FileHash| match content(&file.name) {
        Err(wrong) => Some(Difference::new("file", &file.name, wrong)),
        Ok(bytes) if sha256(&bytes) != file.sha256 => {
            Some(Difference::new("file", &file.name, "内容与清单的散列值不符"))
        }
        Ok(_) => None,
    };
    manifest.files.iter().filter_map(differs).collect()
}

/// Whether the seal is what the manifest gives.
#[must_use]
pub fn seal(manifest: &Manifest) -> Option<Difference> {
    let own = manifest.own_seal().unwrap_or_default();
    // A manifest of before there were seals has none.
    let same = manifest.seal.is_empty() || manifest.seal == own;
    (!same).then(|| {
        Difference::new("file", "manifest.json", format!("清单摘要应为 {own}，写的是 {}", manifest.seal))
    })
}

/// What does not fit in what is kept of a round that is over, which its archive has and its seal holds: files that are
/// missing or others, sheets that do not give the digest they were sealed with or are not what the result was worked out
/// from, a sample that is not drawn again. `content` as for [`files`].
pub fn beside(manifest: &Manifest, content: impl Fn(&str) -> Result<Vec<u8>, String>) -> Vec<Difference> {
    let mut found = Vec::new();
    for file in &manifest.beside {
        let wrong = match content(&file.name) {
            Err(wrong) => vec![wrong],
            Ok(bytes) => {
                let other = sha256(&bytes) != file.sha256;
                let mut wrong: Vec<String> =
                    other.then(|| "内容与清单的散列值不符".to_owned()).into_iter().collect();
                wrong.extend(match file.name.as_str() {
                    archive::ROUND => evaluation::record_wrong(&bytes, &manifest.result.scores),
                    archive::SAMPLE => evaluation::sample_wrong(&bytes),
                    _ => vec![],
                });
                wrong
            }
        };
        found.extend(wrong.into_iter().map(|what| Difference::new("file", &file.name, what)));
    }
    found
}

/// Works out every figure from the records beside the manifest, with its rules as they stand in it.
///
/// # Errors
/// The rules in the manifest cannot be read.
pub fn figures(
    manifest: &Manifest,
    lines: &[Line],
    catalogue: &Catalogue,
) -> Result<Vec<Difference>, Problem> {
    let set = manifest.rule_set(catalogue).map_err(|mut problems| problems.remove(0))?;
    let mut rows: BTreeMap<String, Vec<Row>> = set.rules().map(|rule| (rule.code.clone(), vec![])).collect();
    let mut found = Vec::new();
    for line in lines {
        let row = line.row();
        if row_digest(&row) != line.digest {
            found.push(Difference::new("record", &line.id, format!("{}：内容与它的散列值不符", line.figure)));
        }
        match set.get(&line.figure) {
            Some(Figure::Counted(rule)) if counts(rule, &manifest.basis(), &row) => {
                rows.entry(line.figure.clone()).or_default().push(row);
            }
            _ => {
                found.push(Difference::new("record", &line.id, format!("不符合 {} 的计数规则", line.figure)))
            }
        }
    }
    let book = Book::new(set, manifest.basis(), rows);
    for entry in &manifest.figures {
        let place = entry.place.as_deref();
        let which = place.map_or_else(|| entry.code.clone(), |place| format!("{}@{place}", entry.code));
        let value = book.value(&entry.code, place).map_or(serde_json::Value::Null, number);
        if value != entry.value {
            found.push(Difference::new("figure", &which, format!("清单为 {}，重算为 {value}", entry.value)));
        }
        let digest = book.tally(&entry.code, place).map(|tally| tally.digest);
        if digest != entry.digest {
            found.push(Difference::new("figure", &which, "所计记录与清单的散列值不符"));
        }
    }
    Ok(found)
}

/// Fills the words that people gave to passages with the figures of the manifest, and says where it prints something else.
#[must_use]
pub fn wording(manifest: &Manifest) -> Vec<Difference> {
    let wrong = |used: &WordingUsed| match filled(manifest, used) {
        Ok(text) if text == used.printed => None,
        Ok(text) => Some(Difference::new(
            "wording",
            &used.passage,
            format!("清单为“{}”，重填为“{text}”", used.printed),
        )),
        Err(problem) => Some(Difference::new("wording", &used.passage, problem)),
    };
    manifest.wording.iter().filter_map(wrong).collect()
}

fn filled(manifest: &Manifest, used: &WordingUsed) -> Result<String, String> {
    let mut text = String::new();
    for segment in parse(&used.words).map_err(|problem| problem.to_string())? {
        match segment {
            // As in the report: a missing figure has no percent sign behind it.
            Segment::Text(words) if text.ends_with(MISSING) => text.push_str(words.trim_start_matches('%')),
            Segment::Text(words) => text.push_str(&words),
            Segment::Figure { code, scope } => {
                let entry = manifest.figures.iter().find(|entry| entry.code == code && entry.place == scope);
                let name = used.names.get(&code).filter(|_| scope.is_none());
                match name.or(entry.map(|entry| &entry.printed)) {
                    Some(printed) => text.push_str(printed),
                    None => return Err(format!("清单里没有数字 {code}")),
                }
            }
        }
    }
    Ok(text)
}

/// Whether a report composed again says the same as the one beside the manifest, word by word.
#[must_use]
pub fn text(manifest: &Manifest, document: &Document) -> Option<Difference> {
    let now = sha256(paper::text::render(document).as_bytes());
    let same = manifest.text.as_ref().is_none_or(|text| *text == now);
    (!same).then(|| Difference::new("text", &manifest.round, "按数据库重写的报告，文字与清单的散列值不符"))
}

/// Works out the result from the scores and the scheme in the manifest.
///
/// # Errors
/// The scheme in the manifest cannot be read, or a score is missing.
pub fn result(manifest: &Manifest, catalogue: &Catalogue) -> Result<Vec<Difference>, Problem> {
    let first = |mut problems: Vec<Problem>| problems.remove(0);
    let set = manifest.rule_set(catalogue).map_err(first)?;
    let known: Vec<&str> = set.iter().map(Figure::code).collect();
    let scheme = Scheme::parse("manifest.json scheme", &manifest.scheme, &known).map_err(first)?;
    let outcome = aggregate(&scheme, &manifest.inputs()).map_err(first)?;
    let again = serde_json::to_string(&outcome).unwrap_or_default();
    if again == manifest.result.outcome.get() {
        return Ok(vec![]);
    }
    let what = format!("重算得 {} 分，等级 {}，与清单不同", outcome.total, outcome.grade);
    Ok(vec![Difference::new("result", "total", what)])
}

/// What has changed, record by record, between the records beside a report and those a database gives now.
/// `real` leads from a pseudonym to the record's id where the record still exists.
pub fn since(lines: &[Line], now: &Book, real: impl Fn(&str) -> Option<String>) -> Vec<Difference> {
    let mut found = Vec::new();
    let named = |id: &str| real(id).unwrap_or_else(|| id.to_owned());
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    let current: BTreeMap<(&str, &str), &Row> = now
        .all_rows()
        .flat_map(|(figure, rows)| rows.iter().map(move |row| ((figure, row.id.as_str()), row)))
        .collect();
    for line in lines {
        let key = (line.figure.as_str(), line.id.as_str());
        seen.insert(key);
        match current.get(&key) {
            None => found.push(Difference::new(
                "record",
                named(&line.id),
                format!("{}：不再计入（已作废或已更正）", line.figure),
            )),
            Some(row) if row_digest(row) != line.digest => {
                found.push(Difference::new(
                    "record",
                    named(&line.id),
                    format!("{}：{}", line.figure, changed(line, row)),
                ));
            }
            Some(_) => {}
        }
    }
    for (figure, id) in current.keys().filter(|key| !seen.contains(*key)) {
        found.push(Difference::new("record", named(id), format!("{figure}：新计入")));
    }
    found
}

fn changed(line: &Line, row: &Row) -> String {
    let names: BTreeSet<&String> = line.fields.keys().chain(row.fields.keys()).collect();
    let show = |value: Option<&String>| value.map_or("未填", String::as_str).to_owned();
    let mut changes: Vec<String> = names
        .into_iter()
        .filter(|name| line.fields.get(*name) != row.fields.get(*name))
        .map(|name| format!("{name} 由 {} 改为 {}", show(line.fields.get(name)), show(row.fields.get(name))))
        .collect();
    if line.area != row.area || line.community != row.community {
        changes.push("片区或社区有改动".to_owned());
    }
    changes.join("，")
}
