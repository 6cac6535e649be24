//! What a write changed, as JSON: field → [before, after]. Not sealed here, but at commit.

use serde_json::{Map, Value, json};

use crate::{Keys, Record, Sealed};

/// Stands for a value that is sealed in the record: that it changed is said, not what it is.
const HIDDEN: &str = "…";

/// Records of one line whose ids are kept: a file of twenty thousand rows makes no line of a megabyte.
const IDS: usize = 1000;

/// Which records one line is about, where they are several: their ids, and how many more there are.
pub(crate) fn several<R: Record>(rows: &[&R]) -> Option<String> {
    let ids: Vec<_> = rows.iter().take(IDS).map(|row| row.id()).collect();
    let mut detail = json!({ "ids": [null, ids] });
    if rows.len() > IDS {
        detail["more"] = (rows.len() - IDS).into();
    }
    Some(detail.to_string())
}

/// What a record said that is withdrawn: each field with nothing after it.
pub(crate) fn gone<R: Record>(keys: &Keys, row: &R) -> Option<String> {
    let said: Map<String, Value> = serde_json::from_str(&changes(keys, None, row)?).ok()?;
    let turned = said.into_iter().map(|(field, mut pair)| {
        if let Value::Array(pair) = &mut pair {
            pair.reverse();
        }
        (field, pair)
    });
    Some(Value::Object(turned.collect()).to_string())
}

/// The fields that differ between two versions of a record, or that a first version fills in; nothing where
/// nothing differs.
pub(crate) fn changes<R: Record>(keys: &Keys, before: Option<&R>, after: &R) -> Option<String> {
    let (old, new) = (before.map(fields).unwrap_or_default(), fields(after));
    let mut changed = Map::new();
    for (field, value) in new {
        let was = old.get(&field).cloned().unwrap_or(Value::Null);
        // The line names the record and its chain is the station: a first version need not say them again.
        let said = before.is_none() && (field == "id" || field == "station_id");
        if said || was == value {
            continue;
        }
        let sealed = R::FIELDS.iter().any(|(name, holds)| *name == field && holds.contains("Sealed"));
        if sealed {
            let place = format!("{}.{field}", R::TABLE);
            let open = |value: &Value| Sealed::parse(value.as_str()?)?.open(keys, &place, &after.id()).ok();
            // Sealing the same value again gives other bytes, which is no change.
            if open(&was).is_some_and(|was| Some(was) == open(&value)) {
                continue;
            }
        }
        let shown = |value: Value| if sealed && !value.is_null() { HIDDEN.into() } else { value };
        changed.insert(field, Value::Array(vec![shown(was), shown(value)]));
    }
    if changed.is_empty() { None } else { Some(Value::Object(changed).to_string()) }
}

fn fields<R: Record>(row: &R) -> Map<String, Value> {
    match serde_json::to_value(row) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}
