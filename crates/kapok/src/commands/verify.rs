//! `kapok verify`: works a report out again, and says what has changed since.

use std::path::Path;

use db::DbError;
use kernel::Problem;
use platform::figures::Names;
use platform::reports::manifest::Manifest;
use platform::reports::verify::{self, Difference};
use platform::reports::{Facts, MANIFEST, RECORDS, archive, compose, records};

use crate::args::{Format, VerifyArgs, Where};
use crate::output;
use crate::place;
use crate::trouble::Trouble;

/// What a report is checked from: a folder beside its manifest, or the archive of a round.
struct Beside {
    manifest: Manifest,
    lines: Vec<records::Line>,
    /// What does not fit without working anything out.
    found: Vec<Difference>,
}

/// Runs the command; true when something differs.
pub fn run(args: &VerifyArgs) -> Result<bool, Trouble> {
    let packed = args.manifest.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let Beside { manifest, lines, mut found } =
        if packed { archived(&args.manifest)? } else { in_folder(&args.manifest)? };
    let catalogue = platform::catalogue();
    found.extend(verify::seal(&manifest));
    found.extend(verify::figures(&manifest, &lines, &catalogue)?);
    found.extend(verify::result(&manifest, &catalogue)?);
    found.extend(verify::wording(&manifest));
    if args.dir.is_some() || args.database_url.is_some() {
        found.extend(since(args, &manifest, &lines)?);
    }
    match args.format {
        Format::Json => output::json(&found)?,
        Format::Text => text(&manifest, &lines, &found, args.dir.is_some() || args.database_url.is_some()),
    }
    Ok(!found.is_empty())
}

/// A manifest with the files beside it.
fn in_folder(path: &Path) -> Result<Beside, Trouble> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let manifest = Manifest::read(&path.display().to_string(), &read(path)?)?;
    let content = |name: &str| std::fs::read(folder.join(name)).map_err(|error| format!("读不了：{error}"));
    let found = verify::files(&manifest, content);
    let records_file = folder.join(RECORDS);
    let lines = records::read(&records_file.display().to_string(), &read(&records_file)?)?;
    Ok(Beside { manifest, lines, found })
}

/// An archive: its files, the sealed sheets and the sample in it.
fn archived(path: &Path) -> Result<Beside, Trouble> {
    let bytes = std::fs::read(path).map_err(|error| Trouble::with("读不了文件", path, &error))?;
    let (list, files, wrong) =
        archive::unpack(&bytes).map_err(|problem| problem.at(path.display().to_string()))?;
    let content = |name: &str| {
        let found = files.iter().find(|(known, _)| known == name);
        found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| "不在归档里".to_owned())
    };
    let words = |name: &str| match content(name) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(what) => Err(Problem::new("bad_archive", format!("{name} {what}"), "请用原来的归档文件")),
    };
    let manifest = Manifest::read(MANIFEST, &words(MANIFEST)?)?;
    let lines = records::read(RECORDS, &words(RECORDS)?)?;
    let mut found: Vec<Difference> =
        wrong.into_iter().map(|what| Difference::new("file", "archive", what)).collect();
    found.extend(verify::files(&manifest, content));
    found.extend(verify::beside(&manifest, content));
    if list.seal != manifest.seal || list.round != manifest.round {
        found.push(Difference::new("file", archive::LIST, "所写的轮次或清单摘要与 manifest.json 不同"));
    }
    Ok(Beside { manifest, lines, found })
}

fn since(
    args: &VerifyArgs,
    manifest: &Manifest,
    lines: &[records::Line],
) -> Result<Vec<Difference>, Trouble> {
    let place = Where {
        dir: args.dir.clone().unwrap_or_else(|| ".".into()),
        database_url: args.database_url.clone(),
        files: None,
        key: args.key.clone(),
    };
    let opened = place::open(&place)?;
    let found = opened.database.read(|tx| {
        let now = tx.at();
        let known = Facts::load(tx, &opened.library, &manifest.round, manifest.sample.as_deref())?;
        let document = compose(&known, &known.scheme.scheme, &|_, _| String::new())?;
        let facts = Facts::load_at(tx, &opened.library, &manifest.round, None, Some(now))?;
        let names = Names::load(tx, facts.station.id, now)?;
        let real: std::collections::BTreeMap<String, String> = tx
            .record_ids(facts.station.id)?
            .into_iter()
            .map(|(id, kind)| (names.pseudonym(id.as_str()), format!("{kind} {id}")))
            .collect();
        let mut found = verify::since(lines, &facts.book, |pseudonym| real.get(pseudonym).cloned());
        found.extend(verify::text(manifest, &document));
        Ok::<_, DbError>(found)
    })?;
    Ok(found)
}

fn text(manifest: &Manifest, lines: &[records::Line], found: &[Difference], with_database: bool) {
    output::print(&format!(
        "{} 轮次 {}：{} 个数字，{} 行记录，{} 个文件{}",
        manifest.station,
        manifest.round,
        manifest.figures.len(),
        lines.len(),
        manifest.files.len(),
        if with_database { "，并与数据库逐条比对" } else { "" },
    ));
    for difference in found {
        output::print(&format!("[{}] {}：{}", difference.kind, difference.which, difference.what));
    }
    let verdict =
        if found.is_empty() { "全部相符".to_owned() } else { format!("有 {} 处不符", found.len()) };
    output::print(&verdict);
}

fn read(path: &Path) -> Result<String, Trouble> {
    std::fs::read_to_string(path).map_err(|error| Trouble::with("读不了文件", path, &error))
}
