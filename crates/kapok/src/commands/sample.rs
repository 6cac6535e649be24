//! `kapok sample verify`: replays a published draw.

use rules::sampling::{Published, replay};
use serde_json::json;

use crate::args::{Format, SampleCommand, SampleVerify};
use crate::output;
use crate::trouble::Trouble;

/// Runs the command; true when something differs.
pub fn run(command: &SampleCommand) -> Result<bool, Trouble> {
    match command {
        SampleCommand::Verify(args) => verify(args),
    }
}

fn verify(args: &SampleVerify) -> Result<bool, Trouble> {
    let shown = args.file.display().to_string();
    let text = std::fs::read_to_string(&args.file)
        .map_err(|error| Trouble::with("读不了文件", &args.file, &error))?;
    let file = Published::parse(&text).map_err(|problem| problem.at(shown))?;
    let steps = replay(&file, args.commitment.as_deref(), args.frame.as_deref());
    let differ = steps.iter().filter(|step| !step.agrees).count();
    match args.format {
        Format::Json => output::json(&json!({
            "round": file.round, "frame": file.frame.len(), "drawn": file.drawn.len(),
            "replacements": file.replacements.len(), "steps": steps, "differ": differ,
        }))?,
        Format::Text => {
            output::print(&format!("{} 轮次 {}，截止 {}", file.station, file.round, file.cut_off));
            for step in &steps {
                let word = if step.agrees { "相符" } else { "不符" };
                output::print(&format!("[{word}] {}：{}", step.what, step.found));
            }
            if args.commitment.is_none() {
                output::print("没有给 --commitment：只核对了文件自身；事先记下承诺的人请一并核对");
            }
            let verdict =
                if differ == 0 { "全部相符".to_owned() } else { format!("有 {differ} 处不符") };
            output::print(&verdict);
        }
    }
    Ok(differ > 0)
}
