//! Whole stories of the command line: the binary as users run it, on both databases.

#![expect(clippy::unwrap_used, reason = "a story whose step fails has failed")]

mod accounts;
mod audit;
mod backup;
mod commands;
mod demo;
mod documents;
mod paper;
mod sample;
mod server;
mod site;
mod transfer;
mod trouble;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// What a run of the binary left behind.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    /// Exit code 2, and the message holds each of these words.
    fn refused(&self, words: &[&str]) {
        assert_eq!(self.code, 2, "{}\n{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "{}\nlacks {word}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

fn kapok() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kapok"));
    command.env_remove("KAPOK_KEY_FILE").env_remove("KAPOK_FONTS").env_remove("KAPOK_FILES");
    command
}

fn run(arguments: &[&str]) -> Run {
    finished(kapok().args(arguments).output())
}

fn finished(output: std::io::Result<Output>) -> Run {
    let output = output.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// Where the sample is, made once: `demo`, which stories read together, and `untouched`,
/// which no process has open, so that SQLite's side files do not come and go while it is copied.
fn samples() -> &'static Path {
    static SAMPLE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = SAMPLE.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("demo");
        let made = run(&["demo", "--dir", path.to_str().unwrap()]);
        assert_eq!(made.code, 0, "{}", made.err);
        assert!(made.out.contains("414.29%") && made.out.contains("report.pdf"), "{}", made.out);
        let path = folder.path().to_owned();
        copy_tree(&path.join("demo"), &path.join("untouched"));
        (folder, path)
    });
    path
}

fn sample() -> PathBuf {
    samples().join("demo")
}

fn dir() -> &'static str {
    static DIR: OnceLock<String> = OnceLock::new();
    DIR.get_or_init(|| sample().to_str().unwrap().to_owned())
}

/// A copy of the sample that a story may change.
fn copy() -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("copy");
    copy_tree(&samples().join("untouched"), &to);
    let path = to.to_str().unwrap().to_owned();
    (folder, path)
}

/// Whether a story of a full disk cannot be told here, since nothing may be mounted: that it was left out is said past the
/// capture of the test's output. The database's own full disk is tested in the crate db.
fn no_mounts(run: &Run) -> bool {
    use std::io::Write as _;
    let none = run.err.contains("mount:") || run.err.contains("unshare:");
    if none {
        let _ = writeln!(std::io::stderr(), "SKIPPED, nothing may be mounted here: {}", run.err.trim());
    }
    none
}

/// The database of a folder.
fn opened(dir: &str) -> db::Database {
    let keys = db::Keys::from_file(Path::new(&format!("{dir}/kapok.key")), false).unwrap();
    let place = db::Place::File(format!("{dir}/kapok.db").into());
    db::Database::open(&place, keys, kernel::Clock::System).unwrap()
}

fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_tree(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
