//! Running text: words, emphasis, counted figures, links. Not here: blocks that hold it.

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Emphasised words.
    Strong(String),
    /// A counted figure; in HTML it links to the records behind it.
    Figure {
        /// As printed, e.g. `8642`.
        text: String,
        /// Which figure it is.
        figure: FigureRef,
    },
    /// A link. `#id` goes to a heading, table, chart or annex of the same document.
    Link {
        /// As printed.
        text: String,
        /// Where it goes.
        href: String,
    },
}

/// What a printed figure is and where its records are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FigureRef {
    /// Code of the counting rule, e.g. `phone_visits`.
    pub code: String,
    /// Address of the list of records.
    pub href: String,
}

impl FigureRef {
    /// A reference from code and address.
    pub fn new(code: impl Into<String>, href: impl Into<String>) -> Self {
        Self { code: code.into(), href: href.into() }
    }
}

impl Inline {
    /// Plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Emphasised words.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Strong(text.into())
    }

    /// A counted figure as printed, with its code and the address of its records.
    pub fn figure(text: impl Into<String>, code: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Figure { text: text.into(), figure: FigureRef::new(code, href) }
    }

    /// A link.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link { text: text.into(), href: href.into() }
    }

    /// The printed words alone.
    pub fn plain(&self) -> &str {
        match self {
            Self::Text(text) | Self::Strong(text) => text,
            Self::Figure { text, .. } | Self::Link { text, .. } => text,
        }
    }
}

/// The printed words of a run of inlines.
pub(crate) fn plain(inlines: &[Inline]) -> String {
    inlines.iter().map(Inline::plain).collect()
}
