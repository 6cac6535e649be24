//! Rules that no compiler sees: the order of slices, purity, lengths, the code map, and one name everywhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::SLICES;

/// Parts that every slice may use: they know no records.
const GROUND: &[&str] =
    &["access", "library", "sheets", "shell", "testing", "Slice", "SLICES", "catalogue", "part", "Site"];
/// Folders above `areas` that are not slices of records.
const BEFORE: &[&str] = &["access", "audit", "sheets", "shell"];
/// Slices that bring no kind of record and so are not in `SLICES`.
const WITHOUT_RECORDS: &[&str] = &["figures", "setup", "checks", "reports", "transfer", "app", "home"];
/// Production lines a file may have, and those of one list of like things, each with its reason.
const CAP: usize = 400;
const LONGER: &[(&str, &str)] = &[
    ("crates/rules/src/scoring/scheme", "one scheme file, its raw form and its checks"),
    ("crates/rules/src/checks/text", "word lists of the field's phrases"),
    ("examples/changgang/src", "vocabularies of notes"),
];

#[test]
fn a_slice_uses_only_slices_above_it() {
    let order = order();
    for (place, slice) in order.iter().enumerate() {
        let above: BTreeSet<&str> =
            order[..=place].iter().map(String::as_str).chain(GROUND.iter().copied()).collect();
        for file in production_files(&src().join(slice)) {
            for used in used_slices(&read(&file)) {
                assert!(
                    above.contains(used.as_str()),
                    "{} uses crate::{used}, which comes after {slice}",
                    show(&file)
                );
            }
        }
    }
}

#[test]
fn slices_are_listed_in_the_order_of_lib_rs() {
    let listed: Vec<&str> = SLICES.iter().map(|slice| slice.name).collect();
    let with_records: Vec<String> = order()
        .into_iter()
        .filter(|name| !WITHOUT_RECORDS.contains(&name.as_str()) && !BEFORE.contains(&name.as_str()))
        .collect();
    assert_eq!(listed, with_records);
}

#[test]
fn the_code_map_is_the_tree() {
    let map = read(&root().join("ARCHITECTURE.md"));
    let mapped: BTreeSet<String> = map
        .lines()
        .skip_while(|line| !line.starts_with("## The code map"))
        .take_while(|line| !line.starts_with("## To change"))
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned))
        .collect();
    let folders: BTreeSet<String> = order().into_iter().collect();
    assert_eq!(mapped, folders);
    for crate_name in ["kernel", "rules", "paper", "db", "web", "platform", "kapok", "changgang"] {
        assert!(map.contains(&format!("| `{crate_name}` |")), "{crate_name} is not in ARCHITECTURE.md");
    }
}

#[test]
fn one_name_everywhere() {
    for slice in SLICES {
        assert!(src().join(slice.name).is_dir(), "{} has no folder", slice.name);
        let migration = fs::read_dir(root().join("migrations")).unwrap().any(|entry| {
            entry
                .unwrap()
                .file_name()
                .to_string_lossy()
                .get(5..)
                .is_some_and(|name| name == format!("{}.sql", slice.name))
        });
        assert!(migration, "{} has no migration of its name", slice.name);
        let policy = read(&src().join(slice.name).join("policy.rs"));
        assert!(policy.contains(&format!("= \"{}\" owns", slice.name)), "{} has other verbs", slice.name);
    }
}

#[test]
fn models_and_formulas_do_no_io() {
    let pure = rust_files(&root().join("crates/rules/src")).into_iter().chain(
        rust_files(&src())
            .into_iter()
            .filter(|file| file.ends_with("model.rs") || file.ends_with("fields.rs")),
    );
    for file in pure.filter(|file| !is_test(file)) {
        let text = read(&file);
        for forbidden in ["std::fs", "std::net", "std::env", "SystemTime", "Instant::now", "diesel::", "db::"]
        {
            // The closed lists of words name their SQL type through kernel's macro, not here.
            assert!(!text.contains(forbidden), "{} says {forbidden}", show(&file));
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    for file in all_sources() {
        assert!(read(&file).starts_with("//!"), "{} does not begin with what it is", show(&file));
    }
}

#[test]
fn files_are_short() {
    for file in all_sources().into_iter().filter(|file| !is_test(file)) {
        let lines = read(&file).lines().count();
        let shown = show(&file);
        let longer = LONGER.iter().any(|(start, _)| shown.starts_with(start));
        assert!(lines <= CAP || longer, "{shown} has {lines} lines; the cap is {CAP}");
        if shown.starts_with("crates/platform/src") && shown.ends_with("/mod.rs") {
            assert!(lines <= 120, "{shown} has {lines} lines; a mod.rs has at most 120");
        }
    }
}

/// The folders of `lib.rs`, in its order: those before the records, then the slices.
fn order() -> Vec<String> {
    let lib = read(&src().join("lib.rs"));
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .filter(|name| src().join(name).is_dir() && *name != "testing")
        .map(str::to_owned)
        .collect()
}

fn used_slices(text: &str) -> BTreeSet<String> {
    let name =
        |after: &str| after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut used: BTreeSet<String> =
        text.split("crate::").skip(1).map(name).filter(|name| !name.is_empty()).collect();
    for group in text.split("crate::{").skip(1) {
        let inside = group.split('}').next().unwrap_or_default();
        used.extend(inside.split(',').map(|part| name(part.trim())).filter(|name| !name.is_empty()));
    }
    used.retain(|name| name.chars().next().is_some_and(char::is_lowercase) && src().join(name).is_dir());
    used
}

fn production_files(folder: &Path) -> Vec<PathBuf> {
    rust_files(folder).into_iter().filter(|file| !is_test(file)).collect()
}

fn all_sources() -> Vec<PathBuf> {
    let mut files = rust_files(&root().join("crates"));
    files.extend(rust_files(&root().join("examples")));
    files
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn is_test(file: &Path) -> bool {
    let shown = show(file);
    [
        "/tests",
        "tests.rs",
        "testing",
        "tidy.rs",
        "example.rs",
        "sample",
        "/benches/",
        "mutation",
        "marked.rs",
        "text/generated.rs",
        "text/matrix.rs",
        "_tests",
    ]
    .iter()
    .any(|part| shown.contains(part))
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn show(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
