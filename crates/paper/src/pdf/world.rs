//! What the typesetter sees of the world: our template, the document as JSON, the charts, the fonts. Nothing else:
//! no file system, no packages, no network, no date of today.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::Fonts;

const TEMPLATE: &str = include_str!("report.typ");

/// The files and fonts of one document.
pub(super) struct Desk<'a> {
    library: LazyHash<Library>,
    template: Source,
    data: Bytes,
    charts: Vec<Bytes>,
    fonts: &'a Fonts,
}

impl<'a> Desk<'a> {
    /// A desk with the document's data and its charts; chart `n` is the file `/chart-n.svg`.
    pub(super) fn new(data: String, charts: Vec<String>, fonts: &'a Fonts) -> Self {
        let template = Source::detached(TEMPLATE);
        Self {
            library: LazyHash::new(Library::default()),
            template,
            data: Bytes::from_string(data),
            charts: charts.into_iter().map(Bytes::from_string).collect(),
            fonts,
        }
    }

    fn missing<T>(id: FileId) -> FileResult<T> {
        Err(FileError::NotFound(id.vpath().get_without_slash().into()))
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Self::missing(id) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.vpath().get_without_slash();
        let chart = || name.strip_prefix("chart-")?.strip_suffix(".svg")?.parse::<usize>().ok();
        match (name, chart()) {
            ("data.json", _) => Ok(self.data.clone()),
            (_, Some(number)) => self.charts.get(number).cloned().map_or_else(|| Self::missing(id), Ok),
            _ => Self::missing(id),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.face(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
