//! Scores behind names: a list (岩塘镇站93.2分、桐子街道站91.4分…) or a table gives each name its score, and the text speaks
//! of one again, of how far two lie apart, or of the mean of all.

use rust_decimal::Decimal;

use super::super::grid::Grid;
use super::super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, prints_as, show};
use crate::checks::text::words::has_any;

/// Most names and most sources.
const MOST: usize = 60;

/// One list or table that scores its names.
type Source = Vec<(String, Decimal)>;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut sources: Vec<Source> = Vec::new();
    let mut listed: Vec<usize> = Vec::new();
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            sources.extend(of_list(doc, claims.within(&sentence), &mut listed));
        }
    }
    let tables = grids(doc, claims).iter().take(MOST);
    sources.extend(tables.flat_map(|g| [of_head(g), of_rows(g)]).flatten());
    sources.truncate(MOST);
    if sources.is_empty() {
        return;
    }
    for (i, c) in claims.all.iter().enumerate() {
        let usable = c.class() == "分"
            && c.exact()
            && !c.other_period
            && doc.blocks[c.block].kind == Kind::Paragraph
            && listed.binary_search(&c.number.span.start).is_err();
        if usable {
            again(doc, c, &sources, sink);
            apart(doc, &claims.all, i, &sources, sink);
            mean(doc, &claims.all, i, &sources, sink);
        }
    }
}

/// At least three scores in a row, each behind a short name.
fn of_list(doc: &Doc, here: &[Claim], listed: &mut Vec<usize>) -> Option<Source> {
    let named = |c: &Claim| {
        let name = bare(doc.slice(&c.left)).to_owned();
        let han = name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let fits = c.class() == "分" && c.exact() && han && (2..=10).contains(&name.chars().count());
        (fits && !has_any(&name, &["平均", "最", "相差", "满分", "总分", "得分"]))
            .then_some((name, c.number.value))
    };
    let list: Vec<(String, Decimal)> = here.iter().filter_map(named).take(MOST).collect();
    let distinct = list.iter().enumerate().all(|(i, n)| list[..i].iter().all(|o| o.0 != n.0));
    // 团队建设15分、目标完成30分…，总分100分: what each can score.
    let full = list.iter().map(|n| n.1).sum::<Decimal>() == Decimal::ONE_HUNDRED;
    if list.len() < 3 || !distinct {
        return None;
    }
    listed.extend(here.iter().filter(|c| named(c).is_some()).map(|c| c.number.span.start));
    (!full).then_some(list)
}

fn bare(words: &str) -> &str {
    let ends = ["得分为", "得分", "得", "为", "是", "以"];
    ends.iter().find_map(|e| words.strip_suffix(e)).unwrap_or(words)
}

/// A table with its names in the head and their totals in the last row.
fn of_head(grid: &Grid) -> Option<Source> {
    let full = (1..grid.columns)
        .find(|c| ["权重", "分值", "满分"].iter().any(|w| grid.header(*c).starts_with(w)))?;
    let row = grid.rows.iter().find(|r| r.total)?;
    let cells = row.cells.iter().enumerate().skip(full + 1);
    let list: Source = cells
        .filter_map(|(c, v)| v.as_ref().filter(|v| !v.percent).map(|v| (grid.header(c).to_owned(), v.value)))
        .filter(|(n, _)| n.chars().count() >= 2 && !n.contains(['分', '率', '注', '计']))
        .collect();
    (list.len() >= 2).then_some(list)
}

/// A table with a name and a score in each row.
fn of_rows(grid: &Grid) -> Option<Source> {
    let score = |c: &usize| {
        let header = grid.header(*c).split('（').next().unwrap_or_default();
        ["得分", "总分", "综合得分", "总得分", "评估得分", "最终得分"].contains(&header)
    };
    let mut found = (1..grid.columns).filter(score);
    let column = found.next().filter(|_| found.next().is_none())?;
    let place = |l: &str| {
        ["站", "镇", "乡", "街道", "县", "区", "中心", "社区", "机构"].iter().any(|w| l.ends_with(w))
    };
    let rows = grid.rows.iter().filter(|r| !r.total && !r.mean && !r.subtotal && place(&r.label));
    let list: Source =
        rows.filter_map(|r| Some((r.label.clone(), r.cells[column].as_ref()?.value))).collect();
    (list.len() >= 3).then_some(list)
}

/// The score of a name that all sources agree on.
fn value_of(sources: &[Source], words: &str) -> Option<Decimal> {
    // 两项合计14.0分: the total of something else.
    let named = |n: &str| words.ends_with(n) && !n.ends_with("合计");
    let mut found = sources.iter().flatten().filter(|(n, _)| named(n));
    let (name, value) = found.next()?;
    found.all(|(n, v)| v == value || n.len() < name.len()).then_some(*value)
}

/// 得分最高的岩塘镇站为93.2分, 颐和居以93.0分排名第一.
fn again(doc: &Doc, c: &Claim, sources: &[Source], sink: &mut Sink<'_>) {
    let words = bare(doc.slice(&c.left));
    let compared = has_any(
        words,
        &["比", "较", "高于", "低于", "高出", "上", "自评", "提高", "下降", "增加", "降低", "提升", "计"],
    );
    let Some(value) = value_of(sources, words).filter(|_| !compared) else { return };
    sink.tried();
    if value != c.number.value && one_digit_apart(value, c.number.value) {
        let message = format!("“{}”，另一处的得分为{}", doc.slice(&c.wide()), show(value));
        sink.add("repeated", Severity::Error, message, (show(c.number.value), show(value)), &[c.wide()]);
    }
}

/// 岩塘镇站为93.2分，比得分最低的三岔乡站高20.3分; 高出银杏树9.5分.
fn apart(doc: &Doc, all: &[Claim], i: usize, sources: &[Source], sink: &mut Sink<'_>) {
    let c = &all[i];
    let words = doc.slice(&c.left);
    let other = ["高出", "高于", "低于", "领先", "落后", "超出"]
        .iter()
        .find_map(|w| words.find(w).map(|at| &words[at + w.len()..]));
    let other = other.filter(|o| !o.is_empty()).or_else(|| {
        let rest = words.strip_prefix('比')?;
        ["高出", "低了", "高了", "高", "低", "多", "少"].iter().find_map(|w| rest.strip_suffix(w))
    });
    let Some(second) = other.and_then(|o| value_of(sources, o)) else { return };
    let before = i.checked_sub(1).map(|j| &all[j]);
    let Some(first) = before.filter(|b| b.class() == "分" && b.exact() && b.sentence == c.sentence) else {
        return;
    };
    sink.tried();
    let right = (first.number.value - second).abs();
    if right != c.number.value && one_digit_apart(right, c.number.value) {
        let message = format!(
            "{}与{}相差{}，文中为“{}”",
            show(first.number.value),
            show(second),
            show(right),
            doc.slice(&c.wide())
        );
        sink.add(
            "difference",
            Severity::Error,
            message,
            (show(c.number.value), show(right)),
            &[c.wide(), first.wide()],
        );
    }
}

/// 3家机构平均得分88.6分: of the only source with so many names.
fn mean(doc: &Doc, all: &[Claim], i: usize, sources: &[Source], sink: &mut Sink<'_>) {
    let c = &all[i];
    let left = doc.slice(&c.left).trim_end_matches(['为', '是', '达']);
    let ends = ["平均得分", "平均分", "平均"].iter().any(|w| left.ends_with(w));
    let said = i.checked_sub(1).map(|j| &all[j]).filter(|b| b.sentence == c.sentence && b.exact());
    let Some(said) = said.filter(|b| ends && matches!(b.class(), "个" | "家" | "所")) else { return };
    let mut of = sources.iter().filter(|s| Decimal::from(s.len()) == said.number.value);
    let Some(source) = of.next().filter(|s| s.len() >= 2 && of.next().is_none()) else { return };
    let exact = source.iter().map(|s| s.1).sum::<Decimal>() / said.number.value;
    sink.tried();
    if prints_as(exact, c.number.value, c.number.decimals)
        || !one_digit_apart(exact.round_dp(c.number.decimals), c.number.value)
    {
        return;
    }
    let right = exact.round_dp(c.number.decimals.max(2));
    let message =
        format!("{}个得分的平均数为{}，文中为“{}”", source.len(), show(right), doc.slice(&c.wide()));
    sink.add("average", Severity::Error, message, (show(c.number.value), show(right)), &[c.wide()]);
}
