//! The files of content on their way back: laid aside in the folder they are for, put in place when all else is done,
//! and gone again with all that was made for them where something fails.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use kernel::Problem;
use tempfile::TempDir;

use super::{faults, restore};
use crate::{DbResult, contents, files};

/// Files that come back.
pub(super) struct FilesBack {
    folder: Option<PathBuf>,
    /// Whether the folder was made for them.
    made: bool,
    aside: Option<TempDir>,
    /// What stands in the folder under its own name.
    placed: Vec<PathBuf>,
    count: u64,
}

impl FilesBack {
    /// For a folder that is not there or holds nothing. It is made with the first file.
    pub(super) fn to(folder: Option<&Path>) -> Result<Self, Problem> {
        if let Some(folder) = folder {
            let occupied = match std::fs::read_dir(folder) {
                Ok(mut entries) => entries.next().is_some(),
                Err(error) => error.kind() != io::ErrorKind::NotFound,
            };
            if occupied {
                return Err(restore::not_empty().at(folder.display().to_string()));
            }
        }
        Ok(Self { folder: folder.map(Into::into), made: false, aside: None, placed: Vec::new(), count: 0 })
    }

    /// How many came.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Takes a file of so many bytes.
    pub(super) fn take(&mut self, name: &str, from: &mut impl Read, bytes: u64) -> DbResult<()> {
        if !contents::is_name(name) {
            return Err(faults::altered().into());
        }
        let path = self.aside()?.join(name);
        let failed = |error: io::Error| faults::writing(&error).at(path.display().to_string());
        files::make_folder(path.parent().unwrap_or(&path)).map_err(failed)?;
        let mut file = new_file(&path).map_err(failed)?;
        let mut left = bytes;
        let mut buffer = vec![0; 64 << 10];
        while left > 0 {
            let read = from.read(&mut buffer).map_err(|error| faults::reading(&error))?;
            if read == 0 {
                return Err(faults::cut().into());
            }
            file.write_all(&buffer[..read]).map_err(failed)?;
            left = left.saturating_sub(read as u64);
        }
        file.sync_all().map_err(failed)?;
        self.count += 1;
        Ok(())
    }

    /// Puts what came in its place.
    pub(super) fn place(&mut self) -> DbResult<()> {
        let (Some(folder), Some(aside)) = (&self.folder, &self.aside) else { return Ok(()) };
        let failed = |error: io::Error| faults::writing(&error).at(folder.display().to_string());
        for entry in std::fs::read_dir(aside.path()).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let to = folder.join(entry.file_name());
            std::fs::rename(entry.path(), &to).map_err(failed)?;
            self.placed.push(to);
        }
        Ok(files::sync_folder(&folder.join("any")).map_err(failed)?)
    }

    /// What was placed stays: all is done.
    pub(super) fn stay(mut self) {
        self.placed.clear();
        self.made = false;
    }

    /// The folder in which files are laid aside.
    fn aside(&mut self) -> DbResult<&Path> {
        if self.aside.is_none() {
            let folder = self.folder.as_deref().ok_or_else(contents::no_folder)?;
            let failed = |error: io::Error| faults::writing(&error).at(folder.display().to_string());
            self.made = !folder.exists();
            files::make_folder(folder).map_err(failed)?;
            let aside = tempfile::Builder::new().prefix(".kapok-").suffix(".part").tempdir_in(folder);
            self.aside = Some(aside.map_err(failed)?);
        }
        Ok(self.aside.as_ref().map_or(Path::new(""), TempDir::path))
    }
}

/// A new file that its owner alone may read.
fn new_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl Drop for FilesBack {
    fn drop(&mut self) {
        self.aside = None;
        for path in &self.placed {
            let _ = std::fs::remove_dir_all(path);
        }
        if let (true, Some(folder)) = (self.made, &self.folder) {
            let _ = std::fs::remove_dir(folder);
        }
    }
}
