//! `kapok export` and `kapok import`: a station with everything in it as a folder of workbooks, and back.

use kernel::Problem;
use platform::transfer::Numbers;
use platform::{WHOLE, areas, transfer};

use crate::args::{ExportArgs, ImportArgs};
use crate::output::{self, Progress};
use crate::place;
use crate::trouble::Trouble;

/// Writes the workbooks of a station.
pub fn export(args: &ExportArgs) -> Result<bool, Trouble> {
    let numbers = match args.reason.as_deref().map(str::trim) {
        None => Numbers::Masked,
        Some("") => {
            let what = "没有写为什么要完整的证件号和电话";
            let remedy = "请在 --reason 后写明理由，它会记入审计";
            return Err(Problem::new("no_reason", what, remedy).into());
        }
        Some(reason) => Numbers::Whole(reason.to_owned()),
    };
    let opened = place::open(&args.place)?;
    let taken = args.out.read_dir().is_ok_and(|mut files| files.next().is_some());
    if taken {
        let problem = Problem::new("folder_taken", "文件夹里已有文件", "请换一个空文件夹");
        return Err(problem.at(args.out.display().to_string()).into());
    }
    let progress = Progress::start();
    progress.say("正在导出");
    let station = opened.database.read(|tx| {
        let now = tx.at();
        areas::station_by_code(tx, &args.station, now)
    })?;
    let files = transfer::take_out(&opened.database, WHOLE, (station.id, &numbers), &args.out)?;
    drop(progress);
    for (path, count) in &files {
        output::print(&format!("{}  {count} 条", path.display()));
    }
    output::print(match numbers {
        Numbers::Masked => {
            "证件号、电话、门牌等已遮盖，这样的文件不能再导入。要带到另一个数据库，用 --unmask --reason 理由 导出。"
        }
        Numbers::Whole(_) => "文件里有完整的证件号和电话：已连同理由记入审计；用完请删除，不要外传。",
    });
    Ok(false)
}

/// Brings such workbooks in.
pub fn import(args: &ImportArgs) -> Result<bool, Trouble> {
    let opened = place::open_or_make(&args.place, true)?;
    let progress = Progress::start();
    progress.say("正在导入");
    let brought = transfer::bring_in(&opened.database, WHOLE, &args.folder)?;
    drop(progress);
    for (kind, count) in &brought {
        output::print(&format!("{kind}  {count} 条"));
    }
    Ok(false)
}
