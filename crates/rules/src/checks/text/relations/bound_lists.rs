//! Lists of numbers of one unit, each named by the words since the last sign or by those behind it, with shares and ages beside them.

use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::words::has_any;

pub(super) const SIGNS: &[char] = &['、', '，', '；', '：', '。', '（', '）', '—', '“', '”'];
/// Words of a number that is no part.
const NO_PART: &[&str] = &[
    "均",
    "最",
    "一共",
    "总共",
    "合计",
    "总计",
    "共计",
    "总数",
    "累计",
    "增加",
    "新增",
    "增长",
    "减少",
    "比上",
    "较上",
    "占",
    "应到",
    "应有",
    "应配",
    "计划",
    "超过",
    "超额",
    "目标",
    "不少于",
    "余下",
    "剩余",
    "结余",
    "其余",
    "率",
    "得分",
    "扣",
];
/// Words that begin the name of a number that is no part.
const STARTS: &[&str] = &["共", "总", "应", "约", "各", "另"];

/// The words from the last sign to a number.
pub(super) fn name<'a>(doc: &'a Doc, c: &Claim) -> &'a str {
    let lead = doc.slice(&(c.sentence.start.min(c.number.span.start)..c.number.span.start));
    let lead = lead.rsplit(SIGNS).next().unwrap_or_default();
    // 10个行政村和3个社区.
    let lead = match lead.rsplit_once(['和', '与']) {
        Some((before, own)) if before.contains(|c: char| c.is_ascii_digit()) => own,
        _ => lead,
    };
    let lead =
        ["其中", "包括", "分别为", "分为", "含", "既有"].iter().fold(lead, |l, w| l.trim_start_matches(w));
    lead.trim_start_matches(['和', '及', '与', '有', '由'])
}

/// The words behind a number up to a sign.
pub(super) fn tail<'a>(doc: &'a Doc, c: &Claim) -> &'a str {
    let rest = doc.slice(&(c.number.span.end..c.sentence.end.max(c.number.span.end)));
    let words = rest.split(SIGNS).next().unwrap_or_default();
    let words = words.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    words.trim_end_matches(['和', '及', '与'])
}

/// A share, or an age, that stands beside the counts.
fn beside(doc: &Doc, c: &Claim) -> bool {
    let next = doc.text[c.number.span.end..].chars().next();
    c.number.percent
        || c.class() == "岁"
        || c.class().is_empty() && next.is_some_and(|n| "至—-~到".contains(n))
}

pub(super) fn is_part(doc: &Doc, c: &Claim, first: bool) -> bool {
    let name = name(doc, c);
    let name = if first { name.trim_start_matches('每') } else { name };
    let own = if name.is_empty() { tail(doc, c) } else { name };
    let long = own.chars().count();
    c.exact()
        && !c.class().is_empty()
        && !c.target
        && !c.other_period
        && !matches!(c.class(), "分" | "年" | "月" | "点" | "岁" | "天")
        && (1..=16).contains(&long)
        && !has_any(name, NO_PART)
        && !STARTS.iter().any(|w| name.starts_with(w) || name.ends_with('共'))
        && (first || !name.contains('每'))
        && !behind_bare(doc, c)
}

/// 2436、2581和2522人次: the last of a list of bare numbers.
fn behind_bare(doc: &Doc, c: &Claim) -> bool {
    let before = doc.text[..c.number.span.start].strip_suffix(['、', '和', '及', '与']);
    c.number.unit_at >= c.number.span.end || before.is_some_and(|w| w.ends_with(|c: char| c.is_ascii_digit()))
}

/// Numbers of one unit that follow each other as a list, from one of them on.
pub(super) fn run(doc: &Doc, here: &[Claim], from: usize) -> Vec<usize> {
    let mut out = Vec::new();
    if !is_part(doc, &here[from], true) {
        return out;
    }
    out.push(from);
    for (j, c) in here.iter().enumerate().skip(from + 1) {
        if beside(doc, c) {
            continue;
        }
        let Some(last) = out.last().map(|k| &here[*k]) else { break };
        let kin = c.class() == last.class() && c.depth == last.depth && is_part(doc, c, false);
        // 其中社会工作师5人、助理社会工作师9人；未持证的4人.
        let sign = |a: &Claim, b: &Claim, sign: char| {
            doc.slice(&(a.number.span.end..b.number.span.start.max(a.number.span.end))).contains(sign)
        };
        let closed = out.len() >= 2 && sign(last, c, '；') && sign(&here[out[0]], last, '、');
        if !kin || closed || !joined(doc, last, c) || lead_in(doc, c) {
            break;
        }
        out.push(j);
    }
    out
}

/// 其中 and 中 begin a list of their own.
fn lead_in(doc: &Doc, c: &Claim) -> bool {
    let lead = doc.slice(&(c.sentence.start.min(c.number.span.start)..c.number.span.start));
    let own = lead.rsplit(SIGNS).next().unwrap_or_default();
    own.starts_with("其中") || own.contains('中') && own.ends_with('中')
}

/// Only a sign, or 和, and perhaps a share stand between two parts.
fn joined(doc: &Doc, a: &Claim, b: &Claim) -> bool {
    let between = doc.slice(&(a.number.span.end..b.number.span.start.max(a.number.span.end)));
    // 女性201人、男性121人，分别占62.4%和37.6%；18至35岁58人: the next list.
    if between.contains("分别") || between.contains('；') && between.contains('率') {
        return false;
    }
    let pieces: Vec<&str> = between.split(['、', '，', '；', '（', '）']).collect();
    let short = |w: &str| w.chars().count() <= 12 && !w.contains(['中', '：', '。']);
    match pieces.as_slice() {
        [one] => short(one) && has_any(one, &["和", "及", "与"]),
        [first, middle @ .., _] => {
            short(first)
                && middle.iter().all(|m| {
                    m.is_empty() || m.contains('%') && (m.contains(['占', '率', '比']) || m.len() <= 8)
                })
        }
        [] => false,
    }
}
