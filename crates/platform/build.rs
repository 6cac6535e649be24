//! Embeds the scripts that `bin/web` made in `web/dist`. Without them the program builds too, and its pages work as they
//! do where a browser runs no script.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    println!("cargo::rerun-if-changed={}", made.display());
    let mut files = Vec::new();
    if made.is_dir() {
        for entry in fs::read_dir(&made)? {
            files.push(entry?.path());
        }
    } else {
        println!(
            "cargo::warning=web/dist is not there: the site is built without its scripts; bin/web makes them"
        );
    }
    files.sort();
    let mut list = String::from("&[\n");
    for path in files.iter().filter(|path| path.extension().is_some_and(|kind| kind == "js")) {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let _ = writeln!(
            list,
            "    Asset {{ name: {name:?}, content_type: \"text/javascript; charset=utf-8\", \
             content: include_bytes!({path:?}) }},"
        );
    }
    list.push_str("]\n");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("scripts.rs"), list)
}
