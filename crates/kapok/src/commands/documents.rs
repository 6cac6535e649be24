//! `kapok documents verify`: whether every file that a record speaks of is there and is what was uploaded.

use platform::documents::{self, Lost};
use platform::reports::issued_contents;
use serde_json::{Value, json};

use crate::args::{DocumentsCommand, DocumentsVerify, Format};
use crate::output::{self, Progress};
use crate::place;
use crate::trouble::Trouble;

/// Runs the command; true when a file is missing or altered.
pub fn run(command: &DocumentsCommand) -> Result<bool, Trouble> {
    match command {
        DocumentsCommand::Verify(args) => verify(args),
    }
}

fn verify(args: &DocumentsVerify) -> Result<bool, Trouble> {
    let opened = place::open(&args.place)?;
    let progress = Progress::start();
    let mut count = |done, of| progress.count("正在逐份核对", done, of);
    let issued = opened.database.read(issued_contents)?;
    let verified = documents::verify(&opened.database, issued, &mut count)?;
    drop(progress);
    match args.format {
        Format::Json => {
            let lost: Vec<Value> = verified.lost.iter().map(object).collect();
            output::json(
                &json!({ "documents": verified.documents, "files": verified.files, "faults": lost }),
            )?;
        }
        Format::Text => {
            output::print(&format!("{} 条文件记录，{} 份不同的内容", verified.documents, verified.files));
            for one in &verified.lost {
                output::print(&format!("“{}”（{}）：{}", one.title, one.document, one.problem));
            }
            let verdict = match verified.lost.len() {
                0 => "全部相符".to_owned(),
                found => format!("有 {found} 处不符"),
            };
            output::print(&verdict);
        }
    }
    Ok(!verified.lost.is_empty())
}

fn object(lost: &Lost) -> Value {
    json!({
        "document": lost.document,
        "title": lost.title,
        "sha256": lost.sha256,
        "kind": lost.problem.code,
        "what": lost.problem.to_string(),
    })
}
