//! What is done, under way and not begun: 提出9条，已完成6条，正在推进2条，尚未启动1条. Nothing is in two of the three, and nothing in none.

use super::parts::compare;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::words::has_any;

const DONE: &[&str] = &["已", "完成", "办结", "落实", "结案", "解决"];
const GOING: &[&str] = &["正在", "部分", "推进", "在办", "进行", "基本", "仍在", "持续"];
const OPEN: &[&str] = &["尚未", "未", "没有", "暂缓", "待"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for four in claims.all.windows(4) {
        let [whole, done, going, open] = four else { continue };
        let kin = four.iter().all(|c| {
            c.exact() && c.class() == whole.class() && c.sentence == whole.sentence && c.depth == whole.depth
        });
        if !kin || whole.class().is_empty() || doc.blocks[whole.block].kind == Kind::Cell {
            continue;
        }
        let has = |c: &Claim, list: &[&str]| has_any(doc.slice(&c.left), list);
        let states = has(done, DONE)
            && !has(done, OPEN)
            && has(going, GOING)
            && has(open, OPEN)
            && !has(whole, OPEN)
            && !has(whole, GOING);
        if states {
            compare(doc, whole, &[done, going, open], Severity::Error, sink);
        }
    }
}
