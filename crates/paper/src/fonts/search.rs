//! A shelf of font files: listed once, opened only when their names promise a wanted family.
//! Not here: which families are wanted (`wanted`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ttf_parser::{Face as Parsed, name_id};
use typst::foundations::Bytes;
use typst::text::Font;

use super::Face;
use super::wanted::Wanted;
use crate::PaperError;

/// The font files of some folders, and the faces taken so far.
pub(super) struct Shelf {
    /// File name in lower case, and where it is.
    files: Vec<(String, PathBuf)>,
    opened: BTreeMap<PathBuf, Bytes>,
    faces: Vec<Font>,
}

impl Shelf {
    /// Lists the fonts of the folders and of those inside them, in an order that does not depend on the file system.
    pub(super) fn of(folders: &[PathBuf]) -> Self {
        let mut files = Vec::new();
        for folder in folders {
            list(folder, 0, &mut files);
        }
        Self { files, opened: BTreeMap::new(), faces: Vec::new() }
    }

    /// Loads the first wanted family that is there, in the weight asked for.
    pub(super) fn take(&mut self, wanted: &Wanted, bold: bool) -> Result<Option<Face>, PaperError> {
        let promising: Vec<PathBuf> = self
            .files
            .iter()
            .filter(|(name, _)| wanted.files.iter().any(|part| name.contains(part)) && bold == is_bold(name))
            .map(|(_, path)| path.clone())
            .collect();
        for family in wanted.families {
            for path in &promising {
                let data = self.open(path)?;
                let Some(index) = find(&data, family) else { continue };
                let Some(font) = Font::new(data, index) else { continue };
                let face = Face { family: font.info().family.clone(), bold };
                self.faces.push(font);
                return Ok(Some(face));
            }
        }
        Ok(None)
    }

    /// The faces taken.
    pub(super) fn into_faces(self) -> Vec<Font> {
        self.faces
    }

    fn open(&mut self, path: &Path) -> Result<Bytes, PaperError> {
        if let Some(data) = self.opened.get(path) {
            return Ok(data.clone());
        }
        let read = fs::read(path);
        let data =
            read.map_err(|error| PaperError::FontFile { path: path.into(), reason: error.to_string() })?;
        let data = Bytes::new(data);
        self.opened.insert(path.into(), data.clone());
        Ok(data)
    }
}

/// How deep folders of fonts are followed; deeper ones do not occur, and a circle of links ends here.
const DEPTH: usize = 6;

fn list(folder: &Path, depth: usize, files: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if depth < DEPTH {
                list(&path, depth + 1, files);
            }
            continue;
        }
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().to_lowercase()) else { continue };
        if [".ttf", ".otf", ".ttc", ".otc"].iter().any(|ending| name.ends_with(ending)) {
            files.push((name, path));
        }
    }
}

/// Whether a file name says bold, as in NotoSerifCJK-Bold.ttc or msyhbd.ttc. Other weights are never wanted.
fn is_bold(name: &str) -> bool {
    name.contains("bold") || name.contains("bd.")
}

/// The index of the family's face inside a file.
fn find(data: &[u8], family: &str) -> Option<u32> {
    let count = ttf_parser::fonts_in_collection(data).unwrap_or(1);
    (0..count).find(|&index| {
        Parsed::parse(data, index)
            .is_ok_and(|face| !face.is_italic() && names(&face).any(|name| name == family))
    })
}

fn names(face: &Parsed) -> impl Iterator<Item = String> {
    let kinds = [name_id::FAMILY, name_id::TYPOGRAPHIC_FAMILY];
    face.names()
        .into_iter()
        .filter(move |name| kinds.contains(&name.name_id))
        .filter_map(|name| name.to_string())
}
