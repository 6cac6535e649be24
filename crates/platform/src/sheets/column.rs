//! The columns of a sheet: what is asked for, and how it is filled in.

use rules::counting::{FieldType, Kind, WordList};

/// A column: a field of the record with what people see of it. Whether it must be filled in is read off the type.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The field.
    pub name: &'static str,
    /// The word for people; empty where the counting field of this name has it.
    label: &'static str,
    /// What it holds.
    holds: Holds,
    /// What else there is to say.
    pub hint: &'static str,
    /// How it is filled in.
    pub fill: Fill,
    /// Whether lists show it.
    pub listed: bool,
    /// Whether a text may be left empty.
    pub blank: bool,
    /// Whether it is the day of something done, which cannot lie after today.
    pub past: bool,
    /// The day before which it cannot lie.
    pub since: Option<Since>,
}

/// A day that another one cannot come before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// In another column of the same record.
    Column(&'static str),
    /// In a field of the record that a column refers to.
    Of(&'static str, &'static str),
}

/// What a column holds.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// What the counting field of this name holds.
    AsCounted,
    /// A line of at most so many characters.
    Text(usize),
    /// Some lines.
    Long,
    /// A whole number from 0 to this.
    Whole(i64),
    /// Fen; written in yuan.
    Money,
    /// A day.
    Date,
    /// Yes or no.
    Flag,
    /// One of a closed list.
    Word(WordList),
    /// A record of this kind.
    Refers(&'static str),
    /// A telephone number, sealed.
    Phone,
}

/// How a column is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// By whoever enters it.
    Asked,
    /// The same, with today to begin with.
    Today,
    /// The same, with this to begin with.
    With(&'static str),
    /// By a field of the record that another column refers to.
    Follows(&'static str, &'static str),
    /// Always with this.
    Always(&'static str),
}

/// The longest line, in characters.
const LINE: usize = 200;
/// The longest text of several lines, in characters.
pub const LONGEST: usize = 4_000;

impl Column {
    const fn new(name: &'static str, label: &'static str, holds: Holds) -> Self {
        let (fill, hint) = (Fill::Asked, "");
        Self { name, label, holds, hint, fill, listed: false, blank: false, past: false, since: None }
    }

    /// One that counting rules use: its word and what it holds are said there.
    #[must_use]
    pub const fn counted(name: &'static str) -> Self {
        Self::new(name, "", Holds::AsCounted).listed()
    }

    /// A line.
    #[must_use]
    pub const fn text(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Holds::Text(LINE))
    }

    /// Some lines.
    #[must_use]
    pub const fn long(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Holds::Long)
    }

    /// A whole number.
    #[must_use]
    pub const fn whole(name: &'static str, label: &'static str, most: i64) -> Self {
        Self::new(name, label, Holds::Whole(most))
    }

    /// A day.
    #[must_use]
    pub const fn date(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Holds::Date)
    }

    /// Yes or no.
    #[must_use]
    pub const fn flag(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Holds::Flag)
    }

    /// An amount of money.
    #[must_use]
    pub const fn money(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Holds::Money)
    }

    /// One of a closed list.
    #[must_use]
    pub const fn word(name: &'static str, label: &'static str, words: WordList) -> Self {
        Self::new(name, label, Holds::Word(words))
    }

    /// A record of a kind.
    #[must_use]
    pub const fn refers(name: &'static str, label: &'static str, kind: &'static str) -> Self {
        Self::new(name, label, Holds::Refers(kind))
    }

    /// A telephone number.
    #[must_use]
    pub const fn phone(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Holds::Phone)
    }

    /// With a word beside it.
    #[must_use]
    pub const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// With today to begin with.
    #[must_use]
    pub const fn today(self) -> Self {
        Self { fill: Fill::Today, ..self }
    }

    /// With this to begin with.
    #[must_use]
    pub const fn with(self, value: &'static str) -> Self {
        Self { fill: Fill::With(value), ..self }
    }

    /// Not asked for: it is what a field of the record says that the column `reference` refers to.
    #[must_use]
    pub const fn follows(self, reference: &'static str, field: &'static str) -> Self {
        Self { fill: Fill::Follows(reference, field), listed: false, ..self }
    }

    /// Not asked for: it is always this.
    #[must_use]
    pub const fn always(self, value: &'static str) -> Self {
        Self { fill: Fill::Always(value), listed: false, ..self }
    }

    /// Shown in lists.
    #[must_use]
    pub const fn listed(self) -> Self {
        Self { listed: true, ..self }
    }

    /// Not shown in lists.
    #[must_use]
    pub const fn unlisted(self) -> Self {
        Self { listed: false, ..self }
    }

    /// A text that may be left empty.
    #[must_use]
    pub const fn blank(self) -> Self {
        Self { blank: true, ..self }
    }

    /// The day of something done: not after today.
    #[must_use]
    pub const fn past(self) -> Self {
        Self { past: true, ..self }
    }

    /// A day that does not come before the one in another column.
    #[must_use]
    pub const fn since(self, column: &'static str) -> Self {
        Self { since: Some(Since::Column(column)), ..self }
    }

    /// A day that does not come before a day of the record that the column `reference` refers to.
    #[must_use]
    pub const fn since_of(self, reference: &'static str, field: &'static str) -> Self {
        Self { since: Some(Since::Of(reference, field)), ..self }
    }

    /// A column that counting rules use and that refers to a record of a kind.
    #[must_use]
    pub const fn of_kind(self, kind: &'static str) -> Self {
        Self { holds: Holds::Refers(kind), ..self }
    }

    /// Whether whoever enters a record is asked for it.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        matches!(self.fill, Fill::Asked | Fill::Today | Fill::With(_))
    }

    /// The word for people.
    #[must_use]
    pub fn label(&self, counted: Option<&'static Kind>) -> &'static str {
        let field = counted.and_then(|kind| kind.field(self.name));
        field.filter(|_| self.label.is_empty()).map_or(self.label, |field| field.label)
    }

    /// What it holds.
    #[must_use]
    pub fn holds(&self, counted: Option<&'static Kind>) -> Holds {
        let Holds::AsCounted = self.holds else { return self.holds };
        match counted.and_then(|kind| kind.field(self.name)).map(|field| field.holds) {
            Some(FieldType::Word(words)) => Holds::Word(words),
            Some(FieldType::Whole | FieldType::Halves | FieldType::Hundredths) => Holds::Whole(MOST_COUNTED),
            Some(FieldType::Money) => Holds::Money,
            Some(FieldType::Date) => Holds::Date,
            Some(FieldType::Flag) => Holds::Flag,
            Some(FieldType::Text | FieldType::Reference) | None => Holds::Text(LINE),
        }
    }
}

/// The largest number that is counted without a limit of its own.
const MOST_COUNTED: i64 = 1_000_000;
