//! The tables of a closed survey, for the page and for the sheet: base, satisfaction, areas, each question.

use std::collections::BTreeMap;

use kernel::{half_up, percent};
use paper::model::{Cell, Column, Cover, Document, Meta, Table as PaperTable};
use rules::survey::{DECLINED, Dimension, Interval, SMALLEST, Stats, UNKNOWN, mean, of_share, share};
use rust_decimal::Decimal;

use super::result_page::Found;
use crate::evaluation::rounds::title;

/// Of which method the intervals are.
const METHOD: &str = "95% 置信区间：平均分用 t 分布，按名单人数作有限总体修正；百分比用 Wilson 区间，不作修正，略偏宽。以作答者为基数。";

/// A table of the page, of the sheet and of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its title.
    pub title: String,
    /// What stands over the columns, the first that of the names.
    pub heads: Vec<&'static str>,
    /// The rows, as printed.
    pub rows: Vec<Vec<String>>,
    /// What stands under it; empty where nothing does.
    pub note: String,
}

/// All of them. Where fewer answered than stand together at least, only how many.
pub(super) fn all(found: &Found) -> Vec<Table> {
    let mut all = vec![base(found)];
    if (found.result.answers as usize) < SMALLEST {
        all[0].note = format!("作答不足 {SMALLEST} 人，不列平均分和逐题的回答，以免看出是谁答的。");
        return all;
    }
    all.push(satisfaction(found));
    all.extend(areas(found));
    all.push(questions(found));
    all
}

/// What the report prints of them: satisfaction by dimension, and by area where areas are told apart.
pub(super) fn printed(found: &Found) -> Vec<Table> {
    if (found.result.answers as usize) < SMALLEST {
        return Vec::new();
    }
    std::iter::once(satisfaction(found)).chain(areas(found)).collect()
}

/// The same as a sheet.
pub(super) fn document(found: &Found, notice: Option<String>) -> Document {
    let meta = Meta {
        title: format!("{} 满意度调查结果", title(&found.round)),
        subject: found.asked.name.clone(),
        author: found.round.evaluator.clone(),
        language: "zh-CN".to_owned(),
        date: found.round.evaluated_on,
        identifier: format!("{}-survey", found.round.code),
        sample_notice: notice,
    };
    let mut document = Document::new(meta, Cover::default());
    for (number, table) in (1..).zip(all(found)) {
        let columns = (0_u8..)
            .zip(&table.heads)
            .map(|(n, head)| Column::text(*head, if n == 0 { 5 } else { 3 }))
            .collect();
        let mut sheet = PaperTable::new(format!("survey-{number}"), table.title, columns);
        for row in table.rows {
            sheet.row(row.into_iter().map(Cell::text).collect());
        }
        if !table.note.is_empty() {
            sheet.note(table.note);
        }
        document.table(sheet);
    }
    document
}

fn base(found: &Found) -> Table {
    let row = |what: &str, number: String| vec![what.to_owned(), number];
    let persons = |number: usize| format!("{number} 人");
    let mut rows = vec![
        row("名单", persons(found.frame)),
        row("访问", format!("{} 人，其中替补 {} 人", found.drawn, found.replaced)),
        row("作答", persons(found.answered)),
        row("应答率", rate(found.answered, found.drawn)),
    ];
    rows.extend(found.reasons.iter().map(|(why, number)| row(&format!("没有作答：{why}"), persons(*number))));
    rows.push(row("希望多关心", persons(found.result.care as usize)));
    rows.push(row("其中同意转告社工站", persons(found.wishes)));
    if let Some([name, value, points, of]) = &found.item {
        rows.push(row(&format!("指标“{name}”的测算值"), value.clone()));
        rows.push(row("按测算得分", format!("{points} / {of}")));
    }
    let note = if found.fixed {
        "各层人数是指定的，合计没有按层加权，不代表全部名单。"
    } else {
        ""
    };
    Table {
        title: "基数与应答".to_owned(), heads: vec!["项目", "数量"], rows, note: note.to_owned()
    }
}

const HEADS: [&str; 6] = ["项目", "作答", "平均分", "95% 区间", "满意", "95% 区间 "];

fn satisfaction(found: &Found) -> Table {
    let frame = u32::try_from(found.frame).ok();
    let of = |name: &str, stats: &Stats| line(found, name, stats, frame);
    let mut rows: Vec<Vec<String>> =
        Dimension::ALL.iter().map(|one| of(one.label(), &stats(&found.result.dimensions, *one))).collect();
    rows.push(of("三个方面合计", &found.result.whole));
    let scale = &found.asked.scale;
    let note = format!(
        "满分 {} 分；一个人在该方面各题的平均达到 {} 分算满意。{METHOD}",
        scale.most(),
        scale.satisfied
    );
    Table { title: "满意度".to_owned(), heads: HEADS.to_vec(), rows, note }
}

/// Per area, where any are told apart.
fn areas(found: &Found) -> Option<Table> {
    let told = found.result.areas.iter().any(|area| area.area.is_some());
    if !told {
        return None;
    }
    let mut rows = Vec::new();
    for area in &found.result.areas {
        let name = match &area.area {
            Some(id) => found.areas.get(id).cloned().unwrap_or_else(|| "（片区已不在）".to_owned()),
            None => "其余片区合计".to_owned(),
        };
        for dimension in Dimension::ALL {
            let of = stats(&area.dimensions, *dimension);
            rows.push(line(found, &format!("{name} · {}", dimension.label()), &of, None));
        }
        rows.push(line(found, &format!("{name} · 合计"), &area.whole, None));
    }
    let note = format!(
        "作答不足 {SMALLEST} 人的片区并入其余片区，不单列。片区的名单人数不另计，区间不作有限总体修正。"
    );
    Some(Table { title: "分片区".to_owned(), heads: HEADS.to_vec(), rows, note })
}

fn questions(found: &Found) -> Table {
    let mut rows = Vec::new();
    for result in &found.result.questions {
        let Some(question) = found.asked.question(&result.code) else { continue };
        let choices = found.asked.choices(question);
        for (code, number) in &result.answers {
            let label = match code.as_str() {
                UNKNOWN => "不清楚",
                DECLINED => "不愿回答",
                code => {
                    choices.iter().find(|choice| choice.code == code).map_or(code, |choice| &choice.label)
                }
            };
            let part = of_share(*number, result.asked, None);
            rows.push(vec![
                format!("{} · {label}", question.text),
                number.to_string(),
                percents(part.as_ref()),
                bounds(part.as_ref(), "%"),
            ]);
        }
    }
    let heads = vec!["题目与回答", "人数", "占被问的人", "95% 区间"];
    Table { title: "逐题".to_owned(), heads, rows, note: "跳过的不在基数里。".to_owned() }
}

fn stats(all: &BTreeMap<String, Stats>, dimension: Dimension) -> Stats {
    all.get(dimension.as_str()).copied().unwrap_or_default()
}

fn line(found: &Found, name: &str, stats: &Stats, frame: Option<u32>) -> Vec<String> {
    let scale = &found.asked.scale;
    let (mean, share) = (mean(stats, frame, (scale.least(), scale.most())), share(stats, frame));
    vec![
        name.to_owned(),
        stats.answers.to_string(),
        mean.map_or_else(|| "—".to_owned(), |mean| format!("{:.2}", mean.value)),
        bounds(mean.as_ref(), ""),
        percents(share.as_ref()),
        bounds(share.as_ref(), "%"),
    ]
}

fn percents(share: Option<&Interval>) -> String {
    share.map_or_else(|| "—".to_owned(), |share| format!("{:.1}%", half_up(share.value, 1)))
}

fn bounds(of: Option<&Interval>, unit: &str) -> String {
    let decimals: usize = if unit.is_empty() { 2 } else { 1 };
    let number =
        |value: Decimal| format!("{:.decimals$}", half_up(value, if unit.is_empty() { 2 } else { 1 }));
    of.and_then(|one| one.bounds)
        .map_or_else(|| "—".to_owned(), |(low, high)| format!("{} 至 {}{unit}", number(low), number(high)))
}

fn rate(part: usize, whole: usize) -> String {
    percent(Decimal::from(part), Decimal::from(whole))
        .map_or_else(|| "—".to_owned(), |rate| format!("{:.1}%", half_up(rate, 1)))
}
