//! `kapok demo`: the sample station, its records, its report. Run again it changes nothing.

use std::path::Path;

use changgang::accounts::{self, Account};
use kernel::{Clock, Problem};
use platform::library::SHIPPED;

use super::{indicators, report};
use crate::args::{Paper, Where};
use crate::output::{self, Progress};
use crate::place::{self, Opened};
use crate::trouble::Trouble;

const EVERY_FORMAT: [Paper; 4] = [Paper::Pdf, Paper::Docx, Paper::Html, Paper::Xlsx];

/// Runs the command.
pub fn run(place: &Where) -> Result<bool, Trouble> {
    let progress = Progress::start();
    let mut opened = place::open_or_make(place, true)?;
    if opened.notice.is_none() {
        make(&opened, &progress)?;
        opened = place::open(place)?;
    }
    if opened.notice.is_some() {
        progress.say("正在开设示例账号");
        accounts::enter(&opened.database)?;
    }
    ship(&place::schemes(&place.dir))?;
    let out = place.dir.join("report");
    if !out.join("manifest.json").exists() {
        report::write(&opened, (changgang::ROUND, None), &out, &EVERY_FORMAT, &progress)?;
        differences(&place.dir)?;
    }
    drop(progress);
    let board = indicators::load(&opened, changgang::STATION, None)?;
    output::print(&indicators::text(&board));
    output::print(&format!("{}\n报告：{}", changgang::NOTICE, out.display()));
    for name in ["report.pdf", "report.docx", "report.html", "annexes.xlsx", "manifest.json", "records.jsonl"]
    {
        output::print(&format!("  {}", out.join(name).display()));
    }
    output::print(&format!("\n{}", accounts_table(&opened)?));
    output::print(&format!("打开网站：kapok serve --dir {}", place.dir.display()));
    Ok(false)
}

/// The accounts of the sample, with the code that each one's second factor shows just now.
fn accounts_table(opened: &Opened) -> Result<String, Trouble> {
    let accounts = opened.database.read(accounts::accounts)?;
    let now = Clock::System.now();
    let row = |account: &Account| {
        let code = account.code(now).unwrap_or_default();
        vec![
            account.name.to_owned(),
            account.display_name.clone(),
            account.role.label().to_owned(),
            account.scope.clone(),
            account.password.clone(),
            account.secret.clone().unwrap_or_else(|| "不用".to_owned()),
            code,
        ]
    };
    let columns = ["登录名", "姓名", "角色", "范围", "密码", "第二道验证的密钥", "此刻的码"];
    let table = output::table(&columns, &[], accounts.iter().map(row).collect());
    let hint = "密钥填进手机的验证器应用，每 30 秒换一个码。这些账号只在示例数据库里有，任何人都知道密码。";
    Ok(format!("示例账号：\n{table}\n{hint}"))
}

/// Writes the sample's records. A database that holds a station of its own is left alone.
fn make(opened: &Opened, progress: &Progress) -> Result<(), Trouble> {
    let stations = opened.database.read(|tx| {
        let now = tx.at();
        platform::areas::all_stations(tx, now)
    })?;
    if let Some(station) = stations.first() {
        let what = format!("这个数据库里已有社工站“{}”，不是示例数据库", station.name);
        return Err(Problem::new("not_a_sample", what, "请换一个空文件夹；数据库未作任何改动").into());
    }
    changgang::make_and(
        &opened.database,
        &opened.library.rules_text,
        &mut |what| progress.say(what),
        |tx| place::mark_sample(tx, changgang::NOTICE, changgang::SAMPLE_TODAY),
    )?;
    Ok(())
}

/// Puts the rules and the scheme where users can change them.
fn ship(folder: &Path) -> Result<(), Trouble> {
    for (name, text) in SHIPPED {
        let path = folder.join(name);
        if let Some(inner) = path.parent() {
            std::fs::create_dir_all(inner).map_err(|error| Trouble::with("建不了文件夹", inner, &error))?;
        }
        if !path.exists() {
            place::write_whole(&path, text)?;
        }
    }
    Ok(())
}

/// Where the sample's report differs from the published one, and why.
fn differences(dir: &Path) -> Result<(), Trouble> {
    place::write_whole(&dir.join("published-differences.txt"), changgang::PUBLISHED_DIFFERENCES)
}
