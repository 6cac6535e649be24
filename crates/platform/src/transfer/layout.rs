//! The columns of a sheet's workbook: what people fill in, then the numbers of records, which stand back.

use db::Tx;
use paper::grid;

use crate::sheets::{Column, Fill, Holds, Placed, Sheet, Sheets, Whose, offered, tidied};
use crate::shell::{App, Trouble};

/// The head above the records' own numbers.
pub(super) const ID: &str = "id";
/// What follows the field's name in the key of the column with the number of what it refers to.
const NUMBER: &str = "#id";

/// A column of a workbook.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// The field, or the field with [`NUMBER`] behind it, or [`ID`].
    pub(super) key: String,
    /// The word above it.
    pub(super) label: String,
    /// The sheet's column, where it is one.
    pub(super) column: Option<&'static Column>,
    /// Whether it must be filled in.
    pub(super) must: bool,
    /// The kind of record it refers to.
    pub(super) refers: Option<&'static str>,
}

impl Head {
    fn new(key: &str, label: &str, must: bool, refers: Option<&'static str>) -> Self {
        Self { key: key.to_owned(), label: label.to_owned(), column: None, must, refers }
    }

    /// What stands in it where a file has no such column.
    pub(super) fn usual(&self) -> Option<&'static str> {
        match self.column.map(|column| column.fill) {
            Some(Fill::With(value)) => Some(value),
            _ => None,
        }
    }

    /// Whether it holds numbers of records.
    pub(super) fn quiet(&self) -> bool {
        self.key == ID || self.key.ends_with(NUMBER)
    }
}

/// The columns, those for people first.
pub(super) fn heads(sheet: &'static Sheet) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for column in sheet.columns.iter().filter(|column| column.is_asked()) {
        let refers = match sheet.holds(column) {
            Holds::Refers(kind) => Some(kind),
            _ => None,
        };
        let head = Head::new(column.name, sheet.label_of(column), sheet.must(column), refers);
        heads.push(Head { column: Some(column), ..head });
    }
    match sheet.placed {
        Placed::Community => heads.push(Head::new("community_id", "社区", true, Some("community"))),
        Placed::Area => {
            heads.push(Head::new("area_id", "片区", false, Some("area")));
            heads.push(Head::new("station_id", "社工站", false, None));
        }
        Placed::Station => heads.push(Head::new("station_id", "社工站", false, None)),
        Placed::With(_) => {}
    }
    match sheet.whose {
        Whose::DoneBy => heads.push(Head::new("worker_id", "社工", false, Some("worker"))),
        Whose::About => heads.push(Head::new("worker_id", "社工", true, Some("worker"))),
        Whose::Nobody | Whose::Its => {}
    }
    let numbers: Vec<Head> = heads
        .iter()
        .filter(|head| head.refers.is_some())
        .map(|head| Head::new(&format!("{}{NUMBER}", head.key), &format!("{}编号", head.label), false, None))
        .collect();
    heads.extend(numbers);
    heads.push(Head::new(ID, "编号", false, None));
    heads
}

/// The key under which the number of what a field refers to stands.
pub(super) fn number_of(field: &str) -> String {
    format!("{field}{NUMBER}")
}

/// The column that a head names, however it is spaced, starred or bracketed.
pub(super) fn head_named<'h>(heads: &'h [Head], text: &str) -> Option<&'h Head> {
    let plain = plain(text);
    heads.iter().find(|head| self::plain(&head.label) == plain)
}

fn plain(text: &str) -> String {
    let text = tidied(text);
    let text = text.split(['(', '（']).next().unwrap_or_default();
    text.chars().filter(|c| !c.is_whitespace() && !"*:：".contains(*c)).collect()
}

/// The empty workbook of a sheet: drop-downs for what is chosen, notes at the heads, and a sheet that explains.
pub(super) fn template(
    tx: &mut Tx<'_>,
    app: &App,
    sheets: Sheets,
    sheet: &'static Sheet,
) -> Result<grid::Grid, Trouble> {
    let scope = app.asker().scope(sheet.ops.record);
    let heads = heads(sheet);
    let mut columns = Vec::new();
    let mut explained = Vec::new();
    for head in &heads {
        let choices = match head.column.map(|column| sheet.holds(column)) {
            Some(Holds::Word(words)) => words().into_iter().map(|(_, label)| label.to_owned()).collect(),
            Some(Holds::Flag) => vec!["是".to_owned(), "否".to_owned()],
            _ => match head.refers.and_then(|kind| sheets.of_kind(kind)).filter(|of| of.few) {
                Some(of) => offered(tx, sheets, of, &scope)?.into_iter().map(|(_, name)| name).collect(),
                None => Vec::new(),
            },
        };
        let note = note(sheet, head);
        if !head.quiet() {
            let must = if head.must { "必填" } else { "可不填" };
            let cells = [head.label.clone(), must.to_owned(), note.clone(), example(sheet, head, &choices)];
            explained.push(cells.map(|text| grid::Value::Text(text).into()).into());
        }
        columns.push(column(head, note, choices));
    }
    let about = ["列", "要不要填", "怎么填", "例子"].map(|head| grid::Column {
        head: head.to_owned(),
        width: if head == "怎么填" { 48.0 } else { 18.0 },
        ..grid::Column::default()
    });
    Ok(grid::Grid {
        sheets: vec![
            grid::Sheet { name: sheet.label.to_owned(), columns, rows: Vec::new() },
            grid::Sheet { name: EXPLAINED.to_owned(), columns: about.into(), rows: explained },
        ],
    })
}

/// The sheet that explains, which is not read.
pub(super) const EXPLAINED: &str = "填写说明";

/// A column of the workbook.
pub(super) fn column(head: &Head, note: String, choices: Vec<String>) -> grid::Column {
    let long = head.column.is_some_and(|column| matches!(column.holds(None), Holds::Long));
    let width = if long {
        40.0
    } else if head.quiet() {
        12.0
    } else {
        16.0
    };
    grid::Column { head: head.label.clone(), must: head.must, width, choices, note, quiet: head.quiet() }
}

fn note(sheet: &Sheet, head: &Head) -> String {
    if head.key == ID {
        return "新记录留空；改已有的记录时保留导出的编号".to_owned();
    }
    if head.quiet() {
        return "有重名时用编号认定，平时留空".to_owned();
    }
    let Some(column) = head.column else {
        return match head.refers {
            Some("worker") => "社工的姓名；留空记在自己名下".to_owned(),
            Some(_) => "从下拉里选".to_owned(),
            None => "有几个社工站时写站名".to_owned(),
        };
    };
    let kind = match sheet.holds(column) {
        Holds::Text(longest) => format!("最多 {longest} 字"),
        Holds::Long => "可写多行".to_owned(),
        Holds::Whole(most) => format!("0 到 {most} 的整数"),
        Holds::Money => "金额，元，最多两位小数".to_owned(),
        Holds::Date => "年-月-日，也认 2024.6.21 和 2024年6月21日".to_owned(),
        Holds::Flag => "是或否".to_owned(),
        Holds::Word(_) => "从下拉里选".to_owned(),
        Holds::Refers(_) => "写名称、姓名加档案号，或右边的编号".to_owned(),
        Holds::Phone => "手机号，或带区号的固定电话".to_owned(),
        Holds::AsCounted => String::new(),
    };
    if column.hint.is_empty() { kind } else { format!("{kind}；{}", column.hint) }
}

fn example(sheet: &Sheet, head: &Head, choices: &[String]) -> String {
    if let Some(first) = choices.first() {
        return first.clone();
    }
    match head.column.map(|column| (sheet.holds(column), column.fill)) {
        Some((_, Fill::With(value))) => crate::sheets::shown(sheet.holds_of(&head.key), value),
        Some((Holds::Date, _)) => "2024-06-21".to_owned(),
        Some((Holds::Whole(_), _)) => "12".to_owned(),
        Some((Holds::Money, _)) => "1234.50".to_owned(),
        Some((Holds::Phone, _)) => "13800138000".to_owned(),
        Some((Holds::Refers("person"), _)) => "示例甲 CG-0001".to_owned(),
        Some((Holds::Text(_) | Holds::Long, _)) => format!("示例{}", head.label),
        _ => String::new(),
    }
}
