//! The fields that counting rules may use: declared by each slice, and by nobody else.

/// The words of a closed list: stored form and Chinese label.
pub type WordList = fn() -> Vec<(&'static str, &'static str)>;

/// What a field holds, and how a sum over it becomes a number.
#[derive(Debug, Clone, Copy)]
pub enum FieldType {
    /// One of a closed list of words.
    Word(WordList),
    /// A short free text, such as a code.
    Text,
    /// A whole number.
    Whole,
    /// Fen; a sum is in yuan.
    Money,
    /// Halves of a person-month; a sum is in person-months.
    Halves,
    /// Hundredths of a point; a sum is in points.
    Hundredths,
    /// A civil date.
    Date,
    /// Yes or no.
    Flag,
    /// Another record, by id.
    Reference,
}

/// A field of a kind of record: the column's name and the word for people.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The column.
    pub name: &'static str,
    /// The word for people.
    pub label: &'static str,
    /// What it holds.
    pub holds: FieldType,
}

/// A kind of record that can be counted.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// The kind's name in rules: `visit`.
    pub name: &'static str,
    /// Its table: `visits`.
    pub table: &'static str,
    /// The word for people.
    pub label: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

impl Field {
    /// A field.
    #[must_use]
    pub const fn new(name: &'static str, label: &'static str, holds: FieldType) -> Self {
        Self { name, label, holds }
    }
}

impl Kind {
    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Every kind of record that slices declare.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    kinds: Vec<&'static Kind>,
}

impl Catalogue {
    /// A catalogue of these kinds.
    #[must_use]
    pub fn new(kinds: impl IntoIterator<Item = &'static Kind>) -> Self {
        Self { kinds: kinds.into_iter().collect() }
    }

    /// The kind of this name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&'static Kind> {
        self.kinds.iter().copied().find(|kind| kind.name == name)
    }

    /// The kinds in the order of their slices.
    pub fn kinds(&self) -> impl Iterator<Item = &'static Kind> {
        self.kinds.iter().copied()
    }
}
