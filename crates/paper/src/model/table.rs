//! Tables with typed cells, so that a workbook gets real numbers, percents and dates.
//! Not here: arithmetic; a cell's value and its printed text both come from the caller.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::inline::plain;
use super::{FigureRef, Inline, IntoInlines};

/// A table with a header row.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Anchor, unique in the document.
    pub id: String,
    /// Caption, e.g. 表1 各项指标完成情况.
    pub caption: String,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The rows under the header.
    pub rows: Vec<Row>,
    /// A remark under the table.
    pub note: Option<String>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Header.
    pub head: String,
    /// How the cells stand.
    pub align: Align,
    /// Share of the width, relative to the other columns; at least 1.
    pub weight: u16,
    /// Unit of all numbers of the column, printed behind the header.
    pub unit: Option<String>,
}

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left: words.
    #[default]
    Left,
    /// In the middle: dates, short marks.
    Centre,
    /// At the right: numbers.
    Right,
}

/// One row. Missing cells at its end are empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// From left to right.
    pub cells: Vec<Cell>,
    /// What kind of row it is.
    pub style: RowStyle,
}

/// What kind of row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowStyle {
    /// An ordinary row.
    #[default]
    Normal,
    /// A heading inside the table; its first cell spans the row.
    Group,
    /// A row that belongs to the one above; its first cell is indented.
    Sub,
    /// A sum.
    Total,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing printed.
    #[default]
    Empty,
    /// Words.
    Text(Vec<Inline>),
    /// A number.
    Number {
        /// The number itself.
        value: Decimal,
        /// As printed, e.g. `8,642`.
        text: String,
        /// Set when the number was counted from records.
        figure: Option<FigureRef>,
    },
    /// A percentage.
    Percent {
        /// In percent: 94.9 is 94.9 %.
        value: Decimal,
        /// As printed, e.g. `94.9%`.
        text: String,
        /// Set when the number was counted from records.
        figure: Option<FigureRef>,
    },
    /// A day.
    Date {
        /// The day itself.
        value: NaiveDate,
        /// As printed.
        text: String,
    },
}

impl Table {
    /// A table without rows.
    pub fn new(id: impl Into<String>, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { id: id.into(), caption: caption.into(), columns, rows: Vec::new(), note: None }
    }

    /// Adds an ordinary row.
    pub fn row(&mut self, cells: Vec<Cell>) -> &mut Self {
        self.styled(RowStyle::Normal, cells)
    }

    /// Adds a heading row inside the table.
    pub fn group(&mut self, text: impl Into<String>) -> &mut Self {
        self.styled(RowStyle::Group, vec![Cell::text(text.into())])
    }

    /// Adds a row that belongs to the one above.
    pub fn sub(&mut self, cells: Vec<Cell>) -> &mut Self {
        self.styled(RowStyle::Sub, cells)
    }

    /// Adds a sum.
    pub fn total(&mut self, cells: Vec<Cell>) -> &mut Self {
        self.styled(RowStyle::Total, cells)
    }

    /// Sets the remark under the table.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.note = Some(text.into());
        self
    }

    fn styled(&mut self, style: RowStyle, cells: Vec<Cell>) -> &mut Self {
        self.rows.push(Row { cells, style });
        self
    }
}

impl Column {
    /// A column of words.
    pub fn text(head: impl Into<String>, weight: u16) -> Self {
        Self { head: head.into(), align: Align::Left, weight, unit: None }
    }

    /// A column of short marks or dates.
    pub fn centre(head: impl Into<String>, weight: u16) -> Self {
        Self { align: Align::Centre, ..Self::text(head, weight) }
    }

    /// A column of numbers.
    pub fn number(head: impl Into<String>, weight: u16) -> Self {
        Self { align: Align::Right, ..Self::text(head, weight) }
    }

    /// The same column with a unit behind its header.
    #[must_use]
    pub fn unit(self, unit: impl Into<String>) -> Self {
        Self { unit: Some(unit.into()), ..self }
    }

    /// Header and unit as printed.
    pub fn heading(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{}（{unit}）", self.head),
            None => self.head.clone(),
        }
    }
}

impl Cell {
    /// Words.
    pub fn text(inlines: impl IntoInlines) -> Self {
        Self::Text(inlines.into_inlines())
    }

    /// A number and how it is printed.
    pub fn number(value: impl Into<Decimal>, text: impl Into<String>) -> Self {
        Self::Number { value: value.into(), text: text.into(), figure: None }
    }

    /// A percentage (94.9 is 94.9 %) and how it is printed.
    pub fn percent(value: impl Into<Decimal>, text: impl Into<String>) -> Self {
        Self::Percent { value: value.into(), text: text.into(), figure: None }
    }

    /// A day, printed as 2025-03-25.
    pub fn date(value: NaiveDate) -> Self {
        Self::Date { value, text: value.to_string() }
    }

    /// The same number or percentage, marked as counted from records. Other cells stay as they are.
    #[must_use]
    pub fn counted(self, code: impl Into<String>, href: impl Into<String>) -> Self {
        let figure = Some(FigureRef::new(code, href));
        match self {
            Self::Number { value, text, .. } => Self::Number { value, text, figure },
            Self::Percent { value, text, .. } => Self::Percent { value, text, figure },
            other => other,
        }
    }

    /// The printed words.
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(inlines) => plain(inlines),
            Self::Number { text, .. } | Self::Percent { text, .. } | Self::Date { text, .. } => text.clone(),
        }
    }

    /// The cell as running text; a counted number becomes a figure.
    pub(crate) fn inlines(&self) -> Vec<Inline> {
        match self {
            Self::Empty => Vec::new(),
            Self::Text(inlines) => inlines.clone(),
            Self::Number { text, figure: Some(figure), .. }
            | Self::Percent { text, figure: Some(figure), .. } => {
                vec![Inline::Figure { text: text.clone(), figure: figure.clone() }]
            }
            other => vec![Inline::Text(other.plain())],
        }
    }
}

impl Default for Column {
    fn default() -> Self {
        Self::text("", 1)
    }
}
