//! `kapok audit verify`: whether the audit chains are what was written.

use db::{DbError, FaultKind};
use serde_json::{Value, json};

use crate::args::{AuditCommand, AuditVerify, Format};
use crate::output::{self, Progress};
use crate::place;
use crate::trouble::Trouble;

/// Runs the command; true when something is wrong with a chain.
pub fn run(command: &AuditCommand) -> Result<bool, Trouble> {
    match command {
        AuditCommand::Verify(args) => verify(args),
    }
}

fn verify(args: &AuditVerify) -> Result<bool, Trouble> {
    let opened = place::open(&args.place)?;
    let progress = Progress::start();
    progress.say("正在逐行核对审计链");
    let (heads, faults) =
        opened.database.read(|tx| Ok::<_, DbError>((tx.audit_heads()?, tx.verify_audit()?)))?;
    drop(progress);
    let lines: i64 = heads.iter().map(|head| head.seq).sum();
    match args.format {
        Format::Json => {
            let faults: Vec<Value> = faults.iter().map(object).collect();
            output::json(&json!({ "chains": heads.len(), "lines": lines, "faults": faults }))?;
        }
        Format::Text => {
            output::print(&format!("{} 条审计链，共 {lines} 行", heads.len()));
            faults.iter().for_each(|fault| output::print(&fault.to_string()));
            let verdict = match faults.len() {
                0 => "全部相符".to_owned(),
                found => format!("有 {found} 处不符"),
            };
            output::print(&verdict);
        }
    }
    Ok(!faults.is_empty())
}

fn object(fault: &db::AuditFault) -> Value {
    json!({
        "chain": fault.chain,
        "seq": fault.seq,
        "lines": fault.lines,
        "kind": code(fault.kind),
        "what": fault.to_string(),
    })
}

/// The stable word of a kind of fault.
fn code(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Altered => "altered",
        FaultKind::Missing => "missing",
        FaultKind::Reordered => "reordered",
        FaultKind::CutOff => "cut_off",
        FaultKind::HeadAltered => "head_altered",
        FaultKind::HeadMissing => "head_missing",
    }
}
