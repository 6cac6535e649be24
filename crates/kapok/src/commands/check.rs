//! `kapok check`: what cannot be true in anyone's evaluation report.

use kernel::Problem;
use rules::checks::text::{self, Finding, RULES, Report, Severity};

use crate::args::{CheckArgs, Format};
use crate::output;
use crate::trouble::Trouble;

/// Runs the command; true when something was found.
pub fn run(args: &CheckArgs) -> Result<bool, Trouble> {
    if let Some(rule) = &args.explain {
        output::print(explained(rule)?);
        return Ok(false);
    }
    let Some(path) = &args.file else { return Ok(false) };
    let bytes = std::fs::read(path).map_err(|error| Trouble::with("读不了文件", path, &error))?;
    let file = path.display().to_string();
    let text = text::read(&bytes, &file)
        .map_err(|error| Problem::new("unreadable", error.to_string(), "").at(file.clone()))?;
    let report = text::check(&text);
    match args.format {
        Format::Json => output::json(&report.to_json(&file))?,
        Format::Text => output::print(&shown(&file, &report)),
    }
    Ok(!report.findings.is_empty())
}

fn explained(rule: &str) -> Result<&'static str, Trouble> {
    text::explain(rule).ok_or_else(|| {
        let names: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
        Problem::new("unknown_rule", format!("没有“{rule}”这条规则"), format!("有：{}", names.join("、")))
            .into()
    })
}

fn shown(file: &str, report: &Report) -> String {
    let mut text = format!("{file}：读出 {} 个数字与说法，比对 {} 处", report.claims, report.relations);
    for finding in &report.findings {
        text.push_str(&one(finding));
    }
    if report.findings.is_empty() {
        text.push_str("\n没有发现不能同时成立的话");
    } else {
        text.push_str(&format!("\n\n共 {} 处。说明：kapok check --explain 规则", report.findings.len()));
    }
    text
}

fn one(finding: &Finding) -> String {
    let mut text = format!("\n\n[{}] {}（{}）", severity(finding.severity), finding.message, finding.rule);
    for place in &finding.locations {
        text.push_str(&format!("\n    第 {} 行第 {} 列：{}", place.line, place.column, place.excerpt));
    }
    text
}

/// The words of the interface for how sure a finding is.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "必须改",
        Severity::Warning => "建议改",
        Severity::Note => "提示",
    }
}
