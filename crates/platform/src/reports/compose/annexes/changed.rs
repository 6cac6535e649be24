//! The annex of what was changed since the draft was sent: word by word, and figure by figure, each with the number of the
//! objection that it comes from, where it comes from one.
//! Not here: how two texts are compared (rules::wording::changes).

use paper::model::{Cell, Column, Document, Inline};
use rules::wording::changes::{Change, How};

use crate::evaluation::Touched;
use crate::reports::compose::desk::{Desk, numbered};
use crate::reports::compose::{Composed, result};
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
    document
        .note("下表逐处列出初稿与本稿不同的文字和数字，不同的字加粗；因采纳异议而改的，写明是第几号异议。");
    if !compared.lines.is_empty() {
        words(document, desk, &compared.lines);
    }
    if !compared.figures.is_empty() {
        let columns = vec![
            Column::text("数字", 6),
            Column::centre("初稿", 3),
            Column::centre("本稿", 3),
            Column::centre("异议", 3),
        ];
        let mut table = numbered(document, "changed-figures", "改动的数字", columns);
        for figure in &compared.figures {
            let told = |text: &Option<String>| Cell::text(text.clone().unwrap_or_else(|| NONE.to_owned()));
            table.row(vec![
                Cell::text(figure.name.as_str()),
                told(&figure.before),
                told(&figure.after),
                numbers(desk, |touched| moved(desk, touched, &figure.code)),
            ]);
        }
        document.table(table);
    }
}

/// The numbers of the granted objections that touched something.
fn numbers(desk: &Desk<'_>, caused: impl Fn(&Touched) -> bool) -> Cell {
    let own = desk.facts.granted.iter().filter(|one| caused(&one.touched));
    let numbers: Vec<String> = own.map(|one| format!("第{}号", one.number)).collect();
    if numbers.is_empty() { Cell::Empty } else { Cell::text(numbers.join("、")) }
}

/// Whether scoring an item again moved a figure: its own score, that of its party, the total and the grade.
fn moved(desk: &Desk<'_>, touched: &Touched, figure: &str) -> bool {
    let Touched::Item(item) = touched else { return false };
    let party = desk.scheme.panel().map_or("", |party| party.code.as_str());
    match figure.strip_prefix("score.") {
        Some("total" | "grade") => true,
        Some(rest) => {
            rest.strip_prefix("item.") == Some(item.as_str()) || rest.strip_prefix("party.") == Some(party)
        }
        None => false,
    }
}

/// Whether an objection changed a line: its own passage or finding, or what the result says of an item scored again.
fn changed(desk: &Desk<'_>, touched: &Touched, line: &Changed) -> bool {
    match touched {
        Touched::Line(key) => line.keys.contains(key),
        Touched::Item(item) if line.part.ends_with(result::TITLE) => {
            // The row of another item is another's; sums and sentences belong to all.
            let row = line.keys.iter().find_map(|key| key.strip_prefix("table-items/"));
            let of = desk.scheme.items().find(|(_, known)| row == Some(known.name.as_str()));
            of.is_none_or(|(_, known)| known.code == *item)
        }
        Touched::Item(_) => false,
    }
}

fn words(document: &mut Document, desk: &Desk<'_>, lines: &[Changed]) {
    let columns = vec![
        Column::text("部分", 3),
        Column::text("初稿", 6),
        Column::text("本稿", 6),
        Column::centre("异议", 2),
    ];
    let mut table = numbered(document, "changed-words", "改动的文字", columns);
    for line in lines {
        let side = |how: How| Cell::Text(side(&line.changes, how));
        let caused = numbers(desk, |touched| changed(desk, touched, line));
        table.row(vec![Cell::text(line.part.as_str()), side(How::Gone), side(How::New), caused]);
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
