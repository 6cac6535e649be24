//! The form of a sheet: a field for each column, where the record belongs, whose it is.

use chrono::NaiveDate;
use db::Tx;
use db::list::{Condition, Sought};
use kernel::Id;
use web::{Form, Query};

use super::super::column::{Column, Fill, Holds};
use super::super::entry::{AREA, COMMUNITY, STATION, WORKER};
use super::super::names::{Names, may_mean, offered};
use super::super::sheet::{Placed, Row, Sheet, Sheets, Whose};
use super::super::values::shown;
use super::list::{load, sought};
use crate::shell::{App, Field, Group, Kind, Trouble};

/// What a form is about.
pub(super) struct About {
    pub(super) sheets: Sheets,
    pub(super) sheet: &'static Sheet,
    pub(super) today: NaiveDate,
    /// The last record of the sheet that whoever asks entered as their own: the next one is likely in the same place.
    pub(super) last: Option<Row>,
}

/// The columns with the programme that a record belongs to.
const PROGRAMME: [&str; 2] = ["programme", "programme_id"];

/// The last record of a sheet that whoever asks entered as their own, where a next one begins with something of it.
pub(super) fn last_of(tx: &mut Tx<'_>, app: &App, sheet: &'static Sheet) -> Result<Option<Row>, Trouble> {
    let begins =
        sheet.placed == Placed::Community || PROGRAMME.iter().any(|name| sheet.column(name).is_some());
    let Some(me) = app.asker().worker().filter(|_| begins && sheet.whose == Whose::DoneBy) else {
        return Ok(None);
    };
    let own = Condition::Is(WORKER, me.to_string());
    let sought = Sought { latest_by: None, ..sought(tx, sheet, &app.scope(), vec![own]) };
    Ok(load(tx, sheet, &sought, 0, 1)?.pop())
}

/// What was said before the form is drawn: in the address that leads to it, or in the form that is refused.
pub(super) enum Said {
    /// In the address.
    Address(Query),
    /// In the form that was sent.
    Sent(Form),
}

impl Said {
    fn text(&self, name: &str) -> Option<&str> {
        match self {
            Self::Address(query) => query.text(name),
            Self::Sent(form) => Some(form.text(name)).filter(|text| !text.is_empty()),
        }
    }
}

/// What stands in a form to begin with.
pub(super) struct Present<'p> {
    pub(super) row: Option<&'p Row>,
    pub(super) said: &'p Said,
}

impl Present<'_> {
    /// Whether nothing was said yet of a new record.
    fn begins(&self) -> bool {
        self.row.is_none() && matches!(self.said, Said::Address(_))
    }
}

/// The fields of a form: the sheet's columns, then where it belongs and whose it is.
pub(super) fn groups(
    tx: &mut Tx<'_>,
    app: &App,
    about: &About,
    present: &Present<'_>,
) -> Result<Vec<Group>, Trouble> {
    let sheet = about.sheet;
    let mut fields = Vec::new();
    for column in sheet.columns.iter().filter(|column| column.is_asked()) {
        fields.push(field(tx, app, about, column, present)?);
    }
    let belongs = belonging(tx, app, about, present)?;
    let mut groups = vec![Group::new("", fields)];
    if !belongs.is_empty() {
        groups.push(Group::new("归属", belongs));
    }
    Ok(groups)
}

/// Where the record belongs and whose it is.
fn belonging(
    tx: &mut Tx<'_>,
    app: &App,
    about: &About,
    present: &Present<'_>,
) -> Result<Vec<Field>, Trouble> {
    let (sheet, mut fields) = (about.sheet, Vec::new());
    let base = present.row.map(|row| row.base);
    let said = |name: &str, id: Option<Id>| match base {
        Some(_) => id.map(|id| id.to_string()).unwrap_or_default(),
        None => present.said.text(name).unwrap_or_default().to_owned(),
    };
    match sheet.placed {
        Placed::Community => {
            let mut value = said(COMMUNITY, base.and_then(|base| base.community_id));
            if value.is_empty() && present.begins() {
                let last = about.last.as_ref().and_then(|last| last.base.community_id);
                value = last.map(|id| id.to_string()).unwrap_or_default();
            }
            fields.extend(pick(tx, app, about, (COMMUNITY, "社区"), "community", value)?);
        }
        Placed::Area => {
            let value = said(AREA, base.and_then(|base| base.area_id));
            fields.extend(pick(tx, app, about, (AREA, "片区（全站的留空）"), "area", value)?);
        }
        Placed::Station | Placed::With(_) => {}
    }
    if matches!(sheet.placed, Placed::Area | Placed::Station) && base.is_none() {
        let scope = app.scope();
        let stations = (app.ground().stations)(tx)?.into_iter().filter(|station| scope.reaches(station.id));
        let words: Vec<(String, String)> =
            stations.map(|station| (station.id.to_string(), station.name)).collect();
        if words.len() > 1 {
            let value = said(STATION, None);
            fields.push(Field::new(STATION, "社工站", Kind::Pick(words)).value(value));
        }
    }
    let worker = base.and_then(|base| base.worker_id);
    match sheet.whose {
        Whose::DoneBy => {
            let mut value = said(WORKER, worker);
            if let (None, true, Some(me)) = (base, value.is_empty(), app.asker().worker()) {
                value = me.to_string();
            }
            fields.extend(pick(tx, app, about, (WORKER, "负责社工"), "worker", value)?);
        }
        Whose::About => {
            let value = said(WORKER, worker);
            fields.extend(pick(tx, app, about, (WORKER, "社工"), "worker", value)?);
        }
        Whose::Nobody | Whose::Its => {}
    }
    Ok(fields)
}

/// One of a few records to choose; the only community or area there is stands chosen.
fn pick(
    tx: &mut Tx<'_>,
    app: &App,
    about: &About,
    (name, label): (&'static str, &str),
    kind: &str,
    value: String,
) -> Result<Option<Field>, Trouble> {
    let Some(of) = about.sheets.of_kind(kind) else { return Ok(None) };
    let words = offered(tx, about.sheets, app.asker(), of, &app.scope())?;
    let value = match words.as_slice() {
        [(only, _)] if value.is_empty() && kind == "community" => only.clone(),
        _ => value,
    };
    Ok(Some(Field::new(name, label, Kind::Pick(words)).value(value)))
}

fn field(
    tx: &mut Tx<'_>,
    app: &App,
    about: &About,
    column: &'static Column,
    present: &Present<'_>,
) -> Result<Field, Trouble> {
    let (sheet, holds) = (about.sheet, about.sheet.holds(column));
    let label = if sheet.must(column) || matches!(holds, Holds::Flag) {
        sheet.label_of(column).to_owned()
    } else {
        format!("{}（可不填）", sheet.label_of(column))
    };
    let value = match (present.said, present.row, column.fill) {
        (Said::Sent(form), ..) => form.text(column.name).to_owned(),
        (_, Some(row), _) => row.text(column.name).to_owned(),
        (Said::Address(query), None, fill) => match (query.text(column.name), fill) {
            (Some(text), _) => text.to_owned(),
            (None, Fill::Today) => about.today.to_string(),
            (None, Fill::With(value)) => value.to_owned(),
            (None, _) if PROGRAMME.contains(&column.name) => {
                about.last.as_ref().map(|last| last.text(column.name).to_owned()).unwrap_or_default()
            }
            (None, _) => String::new(),
        },
    };
    let field = match holds {
        Holds::Long => Field::long(column.name, label),
        Holds::Date => Field::date(column.name, label),
        Holds::Word(words) if words().len() <= 4 && sheet.must(column) => {
            Field::radio(column.name, label, &words())
        }
        Holds::Word(words) => Field::pick(column.name, label, &words()),
        Holds::Flag => Field::radio(column.name, label, &[("yes", "是"), ("no", "否")]),
        Holds::Refers(kind) => return reference(tx, app, about, column, kind, label, &value),
        _ => Field::text(column.name, label),
    };
    let value = match holds {
        Holds::Phone => String::new(),
        Holds::Flag if value.is_empty() => "no".to_owned(),
        Holds::Money if present.row.is_some() => shown(holds, &value),
        _ => value,
    };
    let hint = match (holds, present.row) {
        (Holds::Phone, Some(_)) if column.hint.is_empty() => "留空就不改",
        (Holds::Money, _) if column.hint.is_empty() => "元",
        _ => column.hint,
    };
    let field = field.value(value).hint(hint);
    let kept = present.row.filter(|_| matches!(holds, Holds::Phone));
    Ok(kept.map_or(field.clone(), |row| field.sealed(shown(holds, row.text(column.name)))))
}

/// What one chooses to write again whom or what a field means.
pub(super) fn none_of_them() -> (String, String) {
    (String::new(), "都不是，保存时再写".to_owned())
}

/// A record to refer to: picked from a list where there are few, else found by what is written.
fn reference(
    tx: &mut Tx<'_>,
    app: &App,
    about: &About,
    column: &'static Column,
    kind: &'static str,
    label: String,
    value: &str,
) -> Result<Field, Trouble> {
    let Some(of) = about.sheets.of_kind(kind) else { return Ok(Field::text(column.name, label)) };
    if of.few {
        let words = offered(tx, about.sheets, app.asker(), of, &app.scope())?;
        return Ok(Field::new(column.name, label, Kind::Pick(words)).value(value).hint(column.hint));
    }
    let hint =
        if column.hint.is_empty() { "写姓名、编号或档案号，系统去找" } else { column.hint };
    let line = Field::new(column.name, label.clone(), Kind::Find(kind)).hint(hint);
    let Ok(id) = value.parse::<Id>() else { return Ok(line.value(value)) };
    let at = tx.at();
    let mut rows = (of.ops.among)(tx, at, &[id])?;
    // An address can name any id: what may not be referred to is not shown.
    rows.retain(|row| may_mean(of, &app.scope(), row));
    if rows.is_empty() {
        return Ok(line);
    }
    let names = Names::of_rows(tx, about.sheets, app.asker(), of, &rows)?;
    let words = vec![(value.to_owned(), names.of(value).to_owned()), none_of_them()];
    Ok(Field::new(column.name, label, Kind::Radio(words)).value(value))
}
