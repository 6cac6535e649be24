//! `kapok backup` and `kapok restore`: a database as one encrypted file, and back.

use std::fs::File;

use db::{Keys, backup as files};
use kernel::{Clock, Problem};
use platform::documents;
use platform::reports::issued_contents;

use crate::args::{BackupArgs, RestoreArgs};
use crate::output::{self, Progress};
use crate::place;
use crate::trouble::Trouble;

/// Writes a backup; true when a file is missing that a record speaks of: it cannot go along.
pub fn backup(args: &BackupArgs) -> Result<bool, Trouble> {
    let opened = place::open(&args.place)?;
    let progress = Progress::start();
    progress.say("正在备份");
    let mut count = |done, of| progress.count("正在备份", done, of);
    let header = files::backup_to_file(&opened.database, &args.file, &mut count)?;
    drop(progress);
    output::print(&format!("备份：{}", args.file.display()));
    output::print(&summary(&header));
    output::print(&format!("打开它要用现在的密钥文件，指纹 {}；没有它，谁也打不开这份备份。", header.key));
    output::print("密钥文件另外保管：抄一份，由另一个人放在另一个地方，不要和备份放在一起，不要发邮件。");
    let missing = documents::missing(&opened.database, opened.database.read(issued_contents)?)?;
    if missing > 0 {
        let what = format!("备份里缺 {missing} 份上传的文件：存放文件的文件夹里没有它们。");
        output::print(&format!("{what}是哪些，用 kapok documents verify 看。"));
    }
    Ok(missing > 0)
}

/// Restores a backup; true when the audit chains in it are not what they should be.
pub fn restore(args: &RestoreArgs) -> Result<bool, Trouble> {
    let mut file = File::open(&args.file).map_err(|error| Trouble::with("读不了文件", &args.file, &error))?;
    let key = place::key_file(&args.place);
    if !key.exists() {
        let what = "恢复要用做备份时的密钥文件，这里没有";
        let remedy = "请用 --key 指明密钥文件";
        return Err(Problem::new("no_key", what, remedy).at(key.display().to_string()).into());
    }
    let keys = Keys::from_file(&key, false)?;
    let dir = &args.place.dir;
    let fresh = !dir.exists();
    std::fs::create_dir_all(dir).map_err(|error| Trouble::with("建不了文件夹", dir, &error))?;
    let progress = Progress::start();
    progress.say("正在恢复");
    let mut count = |done, of| progress.count("正在恢复", done, of);
    let (to, folder) = (place::address(&args.place), place::files(&args.place));
    let restored = files::restore(&mut file, (&to, Some(&folder)), &keys, Clock::System, &mut count);
    drop(progress);
    let restored = restored.inspect_err(|_| {
        // A folder made for nothing goes again; one with something in it stays.
        let _ = fresh && std::fs::remove_dir(dir).is_ok();
    })?;
    output::print(&format!("已恢复到 {}", dir.display()));
    output::print(&summary(&restored.header));
    restored.faults.iter().for_each(|fault| output::print(&fault.to_string()));
    if !restored.faults.is_empty() {
        output::print("做备份时数据库里的审计记录已经如此；记录已全部恢复。");
    }
    if key != dir.join("kapok.key") {
        output::print(&format!(
            "以后的命令也要写 --key {}，或把它复制为 {}",
            key.display(),
            dir.join("kapok.key").display()
        ));
    }
    output::print("备份里没有指标体系、报告和证书：schemes、report 文件夹请另外复制。");
    Ok(!restored.faults.is_empty())
}

fn summary(header: &files::Header) -> String {
    let (tables, rows) = (header.rows.len(), header.total());
    format!("{} 的状态，{tables} 张表，{rows} 行，{} 份上传的文件", header.moment().minute(), header.files)
}
