//! `kapok audit verify` and `kapok audit heads`: whether the audit chains are what was written.

use std::path::Path;

use db::{AuditFault, Database, DbError, FaultKind, KeptHeads};
use kernel::Moment;
use serde_json::{Value, json};

use crate::args::{AuditCommand, AuditHeads, AuditVerify, Format};
use crate::output::{self, Progress};
use crate::place;
use crate::trouble::Trouble;

/// Runs the command; true when something is wrong with a chain.
pub fn run(command: &AuditCommand) -> Result<bool, Trouble> {
    match command {
        AuditCommand::Verify(args) => verify(args),
        AuditCommand::Heads(args) => heads(args),
    }
}

/// Prints where each chain ends, as a file to be kept elsewhere.
fn heads(args: &AuditHeads) -> Result<bool, Trouble> {
    let opened = place::open(&args.place)?;
    output::json(&opened.database.read(|tx| tx.heads_file())?)?;
    Ok(false)
}

/// What was found out.
struct Found {
    chains: usize,
    lines: i64,
    faults: Vec<AuditFault>,
    /// When chains from before there were seals got theirs.
    anchored: Vec<Moment>,
    against: Option<KeptHeads>,
}

fn verify(args: &AuditVerify) -> Result<bool, Trouble> {
    let opened = place::open(&args.place)?;
    let progress = Progress::start();
    progress.say("正在逐行核对审计链");
    let found = look(&opened.database, args.against.as_deref())?;
    drop(progress);
    match args.format {
        Format::Json => {
            let faults: Vec<Value> = found.faults.iter().map(object).collect();
            let against = found.against.as_ref().map(
                |kept| json!({ "at": kept.at.minute(), "chains": kept.heads.len(), "proven": kept.proven }),
            );
            let anchored: Vec<String> = found.anchored.iter().map(|at| at.minute()).collect();
            output::json(&json!({
                "chains": found.chains, "lines": found.lines, "faults": faults, "sealed_later": anchored, "against": against,
            }))?;
        }
        Format::Text => tell(&found, args.against.as_deref()),
    }
    Ok(!found.faults.is_empty() || found.anchored.len() > 1)
}

fn look(database: &Database, against: Option<&Path>) -> Result<Found, Trouble> {
    let against = against.map(|path| database.kept_heads(path)).transpose()?;
    let found = database.read(|tx| {
        let heads = tx.audit_heads()?;
        let mut faults = tx.verify_audit()?;
        if let Some(kept) = &against {
            let more = tx.verify_heads(&kept.heads)?;
            // What is kept elsewhere says how many lines a chain had that is gone, and which were cut off.
            faults.retain(|fault| {
                let vague = matches!(fault.kind, FaultKind::ChainMissing | FaultKind::HeadUnsealed);
                !more.iter().any(|better| {
                    better.chain == fault.chain
                        && (vague || (better.kind, &better.at) == (fault.kind, &fault.at))
                })
            });
            faults.extend(more);
        }
        faults.sort_by_key(|fault| (fault.chain, fault.seq()));
        let lines = heads.iter().map(|head| head.seq).sum();
        let anchored = tx.audit_anchored()?;
        Ok::<_, DbError>((heads.len(), lines, faults, anchored))
    });
    let (chains, lines, faults, anchored) = found?;
    Ok(Found { chains, lines, faults, anchored, against })
}

fn tell(found: &Found, against: Option<&Path>) {
    output::print(&format!("{} 条审计链，共 {} 行", found.chains, found.lines));
    if let Some((kept, path)) = found.against.as_ref().zip(against) {
        let chains = kept.heads.len();
        output::print(&format!("与 {} 核对：{} 时的 {chains} 条链尾", path.display(), kept.at.minute()));
        if !kept.proven {
            output::print("这份备份用的是另一把密钥：它写的链尾有没有被改动过，这里看不出来");
        }
    }
    found.faults.iter().for_each(|fault| output::print(&fault.to_string()));
    for at in &found.anchored {
        output::print(&format!(
            "链尾的封记是 {} 补上的：在那以前截去的末尾，只有与备份核对才看得出",
            at.minute()
        ));
    }
    if found.anchored.len() > 1 {
        output::print("封记补过不止一次：有人删去过审计链的名册，请与更早的备份核对（--against）");
    }
    output::print(&match found.faults.len() {
        0 => "全部相符".to_owned(),
        faults => format!("有 {faults} 处不符"),
    });
}

fn object(fault: &AuditFault) -> Value {
    json!({
        "chain": fault.chain,
        "seq": fault.seq(),
        "lines": fault.at.lines,
        "ranges": fault.at.runs,
        "kind": fault.kind.code(),
        "what": fault.to_string(),
    })
}
