//! Finding and loading the few font faces a report needs: 仿宋, 楷体, 黑体, 小标宋 where the system has them, else
//! Debian's fonts-noto-cjk and a few others. Only files whose names promise a wanted family are opened.
//! Not here: laying out text; DOCX, HTML and XLSX name families and leave the letters to the reader's system.

mod search;
mod wanted;

use std::path::PathBuf;

use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::PaperError;
use search::Shelf;
use wanted::{FANGSONG, HEITI, KAITI, SANS, SERIF, TITLE, Wanted};

/// The faces a report is set in. Loading reads some tens of megabytes: load once, keep, share.
#[derive(Debug, Clone)]
pub struct Fonts {
    faces: Vec<Font>,
    book: LazyHash<FontBook>,
    /// Running text.
    pub(crate) body: Face,
    /// Emphasis in running text.
    pub(crate) strong: Face,
    /// Headings of the first level, heads of tables.
    pub(crate) hei: Face,
    /// Headings of the second level.
    pub(crate) kai: Face,
    /// The title.
    pub(crate) title: Face,
    /// Letters in charts.
    pub(crate) chart: Face,
    /// Families tried for a letter that the wanted one lacks.
    pub(crate) fallback: Vec<String>,
}

/// A family as the typesetter knows it, and which of its weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Face {
    pub(crate) family: String,
    pub(crate) bold: bool,
}

impl Fonts {
    /// Looks in the folders where Linux, macOS and Windows keep fonts.
    ///
    /// # Errors
    /// [`PaperError::NoChineseFont`] when no usable font is there, [`PaperError::FontFile`] when one is unreadable.
    pub fn from_system() -> Result<Self, PaperError> {
        Self::from_dirs(&system_folders())
    }

    /// Looks in the given folders and those inside them, in the order given. Folders that do not exist are skipped.
    ///
    /// # Errors
    /// [`PaperError::NoChineseFont`] when no usable font is there, [`PaperError::FontFile`] when one is unreadable.
    pub fn from_dirs(folders: &[PathBuf]) -> Result<Self, PaperError> {
        let mut shelf = Shelf::of(folders);
        let serif = shelf.take(&SERIF, false)?;
        let sans = shelf.take(&SANS, false)?;
        let fangsong = shelf.take(&FANGSONG, false)?;
        let heiti = shelf.take(&HEITI, false)?;
        let plain = [&fangsong, &serif, &sans, &heiti].into_iter().flatten().next().cloned();
        let Some(body) = plain else {
            return Err(nothing(folders));
        };
        let serif_bold = if serif.is_some() { shelf.take(&SERIF, true)? } else { None };
        let sans_bold = if sans.is_some() && heiti.is_none() { shelf.take(&SANS, true)? } else { None };
        let hei = first([&heiti, &sans_bold, &sans, &serif_bold], &body);
        let strong = if fangsong.is_some() { hei.clone() } else { first([&serif_bold, &sans_bold], &hei) };
        let kai = first([&shelf.take(&KAITI, false)?, &serif_bold], &body);
        let title = first([&shelf.take(&TITLE, false)?, &serif_bold], &hei);
        let chart = first([&sans, &heiti], &body);
        let fallback = [serif, sans].into_iter().flatten().map(|face| face.family).collect();
        let faces = shelf.into_faces();
        let book = LazyHash::new(FontBook::from_fonts(&faces));
        Ok(Self { faces, book, body, strong, hei, kai, title, chart, fallback })
    }

    /// Families in use, for a log line: running text, headings, title.
    pub fn families(&self) -> Vec<&str> {
        [&self.body, &self.strong, &self.hei, &self.kai, &self.title, &self.chart]
            .iter()
            .map(|face| face.family.as_str())
            .collect()
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn face(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    /// The faces of one family, for drawing charts as pictures.
    pub(crate) fn of_family(&self, family: &str) -> impl Iterator<Item = &Font> {
        self.faces.iter().filter(move |face| face.info().family == family)
    }
}

fn first<const N: usize>(choices: [&Option<Face>; N], otherwise: &Face) -> Face {
    choices.into_iter().flatten().next().unwrap_or(otherwise).clone()
}

fn nothing(folders: &[PathBuf]) -> PaperError {
    let wanted = [&FANGSONG, &SERIF, &HEITI, &SANS];
    let families: Vec<_> =
        wanted.iter().flat_map(|Wanted { families, .. }| families.iter().copied()).collect();
    let folders: Vec<_> = folders.iter().map(|folder| folder.display().to_string()).collect();
    let folders =
        if folders.is_empty() { "（没有给出文件夹）".to_owned() } else { folders.join("、") };
    PaperError::NoChineseFont { families: families.join("、"), folders }
}

fn system_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"]
            .map(PathBuf::from)
            .into();
    if let Some(home) = std::env::var_os("HOME").map(PathBuf::from) {
        let own = [".local/share/fonts", ".fonts", "Library/Fonts"];
        folders.extend(own.iter().map(|folder| home.join(folder)));
    }
    if let Some(windows) = std::env::var_os("WINDIR").map(PathBuf::from) {
        folders.push(windows.join("Fonts"));
    }
    if let Some(local) = std::env::var_os("LOCALAPPDATA").map(PathBuf::from) {
        folders.push(local.join("Microsoft/Windows/Fonts"));
    }
    folders.retain(|folder| folder.is_dir());
    folders
}
