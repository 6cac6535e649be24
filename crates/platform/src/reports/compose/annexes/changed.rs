//! The annex of what was changed since the draft was sent: word by word, and figure by figure.
//! Not here: how two texts are compared (rules::wording::changes).

use paper::model::{Cell, Column, Document, Inline};
use rules::wording::changes::{Change, How};

use crate::reports::compose::Composed;
use crate::reports::compose::desk::{Desk, numbered};
use crate::reports::text::{Changed, ReportText, compared};

/// Said of what one of the texts does not have.
const NONE: &str = "（没有）";

/// 初稿送出以后的改动.
pub(super) fn annex(composed: &mut Composed, desk: &Desk<'_>, draft: &ReportText) {
    let compared = compared(draft, &ReportText::of(desk.facts, composed));
    let document = &mut composed.document;
    if compared.lines.is_empty() && compared.figures.is_empty() {
        document.paragraph("初稿送出以后，报告的文字和数字都没有改动。");
        return;
    }
    document.note("下表逐处列出初稿与本稿不同的文字和数字，不同的字加粗。");
    if !compared.lines.is_empty() {
        words(document, &compared.lines);
    }
    if !compared.figures.is_empty() {
        let columns = vec![Column::text("数字", 6), Column::centre("初稿", 3), Column::centre("本稿", 3)];
        let mut table = numbered(document, "changed-figures", "改动的数字", columns);
        for figure in &compared.figures {
            let told = |text: &Option<String>| Cell::text(text.clone().unwrap_or_else(|| NONE.to_owned()));
            table.row(vec![Cell::text(figure.name.as_str()), told(&figure.before), told(&figure.after)]);
        }
        document.table(table);
    }
}

fn words(document: &mut Document, lines: &[Changed]) {
    let columns = vec![Column::text("部分", 3), Column::text("初稿", 6), Column::text("本稿", 6)];
    let mut table = numbered(document, "changed-words", "改动的文字", columns);
    for line in lines {
        let side = |how: How| Cell::Text(side(&line.changes, how));
        table.row(vec![Cell::text(line.part.as_str()), side(How::Gone), side(How::New)]);
    }
    document.table(table);
}

/// One of the two texts, with what only it has in bold.
fn side(changes: &[Change], own: How) -> Vec<Inline> {
    let run: Vec<Inline> = changes
        .iter()
        .filter(|change| change.how == own || change.how == How::Same)
        .map(|change| match change.how {
            How::Same => Inline::text(&change.text),
            How::Gone | How::New => Inline::strong(&change.text),
        })
        .collect();
    if run.is_empty() { vec![Inline::text(NONE)] } else { run }
}
