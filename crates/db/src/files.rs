//! Files that are whole or not there: written under another name, made to last, then given their own.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file in the same folder, under another name, that disappears unless it is kept.
pub(crate) fn beside(path: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".kapok-").suffix(".part").tempfile_in(folder(path))
}

/// Gives a whole file its name, where no file of that name is yet, and makes sure of both.
pub(crate) fn keep(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    sync_folder(path)
}

/// Gives a whole file its name, also in place of another, and makes sure of both.
pub(crate) fn replace(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(path)
}

/// Makes a folder that its owner alone may read, with those above it, and makes their names last.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    sync_folder(path)
}

/// Makes the names in the folder of this file last.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    // A folder cannot be opened everywhere; where it can, it must not fail.
    std::fs::File::open(folder(path)).map_or(Ok(()), |folder| folder.sync_all())
}

/// The same name with something after it: `kapok.key.new`.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
