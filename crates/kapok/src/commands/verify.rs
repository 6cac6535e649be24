//! `kapok verify`: works a report out again, and says what has changed since.

use std::path::Path;

use db::DbError;
use platform::figures::Names;
use platform::reports::manifest::Manifest;
use platform::reports::verify::{self, Difference};
use platform::reports::{Facts, RECORDS, compose, records};

use crate::args::{Format, VerifyArgs, Where};
use crate::output;
use crate::place;
use crate::trouble::Trouble;

/// Runs the command; true when something differs.
pub fn run(args: &VerifyArgs) -> Result<bool, Trouble> {
    let folder = args.manifest.parent().unwrap_or(Path::new("."));
    let manifest = Manifest::read(&args.manifest.display().to_string(), &read(&args.manifest)?)?;
    let catalogue = platform::catalogue();
    let mut found = verify::files(&manifest, |name| {
        std::fs::read(folder.join(name)).map_err(|error| format!("读不了：{error}"))
    });
    let records_file = folder.join(RECORDS);
    let lines = records::read(&records_file.display().to_string(), &read(&records_file)?)?;
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
