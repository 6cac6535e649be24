//! `kapok report`: writes the report's files, all of them or none.

use std::path::Path;

use paper::Fonts;
use platform::reports::{Facts, Wanted, files};

use crate::args::{Paper, ReportArgs};
use crate::output::{self, Progress};
use crate::place::{self, Opened};
use crate::trouble::Trouble;

/// Runs the command.
pub fn run(args: &ReportArgs) -> Result<bool, Trouble> {
    let opened = place::open(&args.place)?;
    let progress = Progress::start();
    let written =
        write(&opened, (&args.round, args.address.as_deref()), &args.out, &args.formats, &progress)?;
    drop(progress);
    for name in written {
        output::print(&args.out.join(name).display().to_string());
    }
    Ok(false)
}

/// Writes the files of a round's report into a folder. They are made in a folder beside it first, so that a full
/// disk leaves what was there before.
pub fn write(
    opened: &Opened,
    (round, address): (&str, Option<&str>),
    out: &Path,
    formats: &[Paper],
    progress: &Progress,
) -> Result<Vec<String>, Trouble> {
    progress.say("正在装入字体");
    let wanted = Wanted {
        pdf: formats.contains(&Paper::Pdf),
        docx: formats.contains(&Paper::Docx),
        html: formats.contains(&Paper::Html),
        xlsx: formats.contains(&Paper::Xlsx),
    };
    let fonts = fonts()?;
    progress.say("正在逐条统计");
    let notice = opened.notice.as_deref();
    let mut facts = opened.database.read(|tx| Facts::load(tx, &opened.library, round, notice))?;
    facts.address = address.map(str::to_owned);
    progress.say("正在排版");
    let files = files(&facts, &opened.library, &fonts, wanted)?;
    progress.say("正在写出文件");
    let draft = out.with_extension("writing");
    let begin = |error| Trouble::with("建不了文件夹", &draft, &error);
    let _ = std::fs::remove_dir_all(&draft);
    std::fs::create_dir_all(&draft).map_err(begin)?;
    let result = settle(&draft, out, &files);
    let _ = std::fs::remove_dir_all(&draft);
    result?;
    Ok(files.into_iter().map(|(name, _)| name).collect())
}

/// The system's fonts, or those of the folders in `KAPOK_FONTS` (separated as in `PATH`).
fn fonts() -> Result<Fonts, Trouble> {
    Ok(match std::env::var_os("KAPOK_FONTS") {
        Some(folders) => Fonts::from_dirs(&std::env::split_paths(&folders).collect::<Vec<_>>())?,
        None => Fonts::from_system()?,
    })
}

fn settle(draft: &Path, out: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Trouble> {
    for (name, bytes) in files {
        let path = draft.join(name);
        std::fs::write(&path, bytes).map_err(|error| Trouble::with("写不了文件", &path, &error))?;
    }
    std::fs::create_dir_all(out).map_err(|error| Trouble::with("建不了文件夹", out, &error))?;
    for (name, _) in files {
        let path = out.join(name);
        std::fs::rename(draft.join(name), &path)
            .map_err(|error| Trouble::with("写不了文件", &path, &error))?;
    }
    Ok(())
}
