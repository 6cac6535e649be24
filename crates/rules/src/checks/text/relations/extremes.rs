//! Extremes: what a sentence calls highest or lowest against the column of the table that says so.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::grid::{Grid, Row, bracket_class, unit_class};
use super::kinds::kind_of;
use super::listing::grids;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

const RULE: &str = "table-extreme";
/// Most tables in which one name is looked for.
const MOST_GRIDS: usize = 12;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let grids: Vec<&Grid> = grids(doc, claims).iter().filter(|g| g.rows.len() >= 3).collect();
    if grids.is_empty() {
        return;
    }
    let index = Index::new(&grids);
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        if !has_any(doc.slice(&block.span), &["最", "居首"]) {
            continue;
        }
        for sentence in doc.sentences(block) {
            let mut header = String::new();
            for clause in doc.pieces(sentence, &['，', '；', '（', '）', '：', '、']) {
                one_clause(doc, claims, &index, clause, &mut header, sink);
            }
        }
    }
    for claim in claims.all.iter().filter(|c| doc.blocks[c.block].kind == Kind::Paragraph && c.exact()) {
        cell_told(doc, claim, &index, sink);
    }
}

/// "平新站个案量仅10个" against the cell of that row and column.
fn cell_told(doc: &Doc, claim: &Claim, index: &Index<'_>, sink: &mut Sink<'_>) {
    let words = doc.slice(&claim.left);
    let other = words.contains("分别")
        || words.contains("依次")
        || claim.other_period
        || claim.target
        || claim.class().is_empty()
        || words.chars().count() < 4;
    let change = has_any(
        words,
        &["比", "较", "均", "每", "多", "少", "高", "低", "新增", "增加", "减少", "差", "人均"],
    );
    // 竹根乡、云崖乡个案合计5个: of both together.
    let with_others = has_any(words, &["合计", "共计", "总计", "两", "三"])
        || doc.text[..claim.left.start].ends_with(['、', '和', '与', '及']);
    if other || change || with_others {
        return;
    }
    let mut found: Option<(&Grid, usize, &Row)> = None;
    for grid in index.grids_of(words) {
        let Some((column, row)) = named(grid, words, "") else { continue };
        if found.is_some() {
            return;
        }
        found = Some((grid, column, row));
    }
    let Some((grid, column, row)) = found else { return };
    // 滨河片区1个、新市片区5个 as a list of areas: how many lie in each, and no cases. 未持证 is not 持证.
    let header = bare(grid.header(column));
    if kind_of(header) == Some(header)
        || words.contains(&format!("未{header}"))
        || words.contains(&format!("不{header}"))
    {
        return;
    }
    let Some(cell) = &row.cells[column] else { return };
    let class = [cell.class, bracket_class(grid.header(column)), unit_class(&row.unit)]
        .into_iter()
        .find(|c| !c.is_empty());
    if class != Some(claim.class())
        || grid.headers.iter().filter(|h| h.contains(bare(grid.header(column)))).count() > 1
    {
        return;
    }
    sink.tried();
    let value = claim.number.value;
    if row.cells.iter().flatten().any(|c| c.value == value) {
        return;
    }
    let message = format!(
        "“{}”：表格“{}”一行“{}”为{}",
        doc.slice(&claim.wide()),
        row.label,
        grid.header(column),
        show(cell.value)
    );
    sink.add(
        "repeated",
        Severity::Error,
        message,
        (show(value), show(cell.value)),
        &[claim.wide(), cell.span.clone()],
    );
}

fn one_clause(
    doc: &Doc,
    claims: &Claims,
    index: &Index<'_>,
    clause: std::ops::Range<usize>,
    header: &mut String,
    sink: &mut Sink<'_>,
) {
    const HIGH: &[&str] = &["最高", "最多", "最大", "居首"];
    const LOW: &[&str] = &["最低", "最少", "最小"];
    let words = doc.slice(&clause);
    let has = |list: &[&str]| has_any(words, list);
    let (high, low) = (has(HIGH), has(LOW));
    // 从得分率看，服务管理最高，…；服务成效最低: the words say of what.
    if let Some(topic) = words.strip_prefix(['从', '按', '就']).and_then(|w| w.strip_suffix('看')) {
        topic.trim_end_matches('来').clone_into(header);
        return;
    }
    if high == low || words.contains("之一") {
        return;
    }
    for grid in index.grids_of(words) {
        let Some((column, row)) = named(grid, words, header) else { continue };
        let named = bare(grid.header(column));
        let places = kind_of(named).is_some() && named.chars().count() <= 4;
        // 谈灶房、谈课堂最多: what was talked of, and no row of answers.
        let spoken = words.starts_with(['谈', '说', '聊', '讲', '提', '问', '夸']);
        let unnamed = named.is_empty() && row.cells[column].as_ref().is_some_and(|c| c.class == "个");
        if places || unnamed || spoken {
            continue;
        }
        header.clone_from(&grid.headers[column]);
        sink.tried();
        let Some(cell) = &row.cells[column] else { continue };
        let values = grid.rows.iter().filter(|r| r.is_item());
        let values = values.filter_map(|r| r.cells[column].as_ref()).map(|v| v.value);
        let Some(right) = (if high { values.max() } else { values.min() }) else { continue };
        let stated = claims.all.get(claims.all.partition_point(|c| c.number.span.start < clause.end));
        let led = |c: &&Claim| {
            let gap = doc.slice(&(clause.end..c.number.span.start));
            let plain = matches!(gap, "，为" | "，达" | "，达到" | "，仅" | "，仅为" | "，只有" | "，是");
            let kind = c.number.percent == (cell.percent || grid.is_percent(column)) && !c.number.vague;
            gap == "（" || plain && kind
        };
        let stated = stated.filter(led).map(|c| c.number.value);
        let word = if high { "最高" } else { "最低" };
        // 最多的是大台镇，为372人次, and a row of all with 2700.
        if stated == Some(cell.value) && high && right > cell.value * Decimal::from(3) {
            continue;
        }
        if cell.value != right {
            let message = format!(
                "“{words}”：表格“{}”一列{word}为{}，“{}”是{}",
                grid.header(column),
                show(right),
                row.label,
                show(cell.value)
            );
            let said = (show(cell.value), show(right));
            sink.add(RULE, Severity::Error, message, said, &[clause.clone(), cell.span.clone()]);
        } else if let Some(value) =
            stated.filter(|v| *v != right && (near(*v, right) || one_digit_apart(*v, right)))
        {
            let message = format!("“{words}”后写{}，表中为{}", show(value), show(right));
            sink.add(
                RULE,
                Severity::Error,
                message,
                (show(value), show(right)),
                &[clause.clone(), cell.span.clone()],
            );
        }
        return;
    }
    // 滨江站人均支出最高，城东站最低: of what no table says.
    if header.is_empty() {
        words[..words.find('最').unwrap_or_default()].clone_into(header);
    }
}

/// Which grids have a row whose label begins with two given characters.
struct Index<'a> {
    grids: &'a [&'a Grid],
    by_start: HashMap<(char, char), Vec<usize>>,
}

impl<'a> Index<'a> {
    fn new(grids: &'a [&'a Grid]) -> Self {
        let mut by_start: HashMap<(char, char), Vec<usize>> = HashMap::new();
        for (i, grid) in grids.iter().enumerate() {
            for row in &grid.rows {
                let mut chars = row.label.chars();
                if let (Some(a), Some(b)) = (chars.next(), chars.next()) {
                    let list = by_start.entry((a, b)).or_default();
                    if list.last() != Some(&i) && list.len() < MOST_GRIDS {
                        list.push(i);
                    }
                }
            }
        }
        Self { grids, by_start }
    }

    /// The grids with a row that the words may name, in the order of the text.
    fn grids_of(&self, words: &str) -> impl Iterator<Item = &'a Grid> {
        let chars: Vec<char> = words.chars().take(60).collect();
        let mut found: Vec<usize> =
            chars.windows(2).filter_map(|w| self.by_start.get(&(w[0], w[1]))).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().take(MOST_GRIDS).map(|i| self.grids[i])
    }
}

/// A stated value that could be meant for the cell: of its size.
fn near(stated: Decimal, cell: Decimal) -> bool {
    stated < cell * Decimal::TWO && cell < stated * Decimal::TWO
}

/// The one column and the one row that the words name; the column may be that of the clause before.
fn named<'a>(grid: &'a Grid, words: &str, before: &str) -> Option<(usize, &'a Row)> {
    let mut rows = grid.rows.iter().filter(|r| {
        !r.total
            && !r.mean
            && !r.subtotal
            && r.label.chars().count() >= 2
            && (words.contains(r.label.as_str()) || rate_of(grid, r, words))
    });
    let row = rows.next()?;
    if rows.next().is_some() {
        return None;
    }
    if grid.columns == 2 && bare(grid.header(1)).chars().count() < 2 {
        let rest = words.replace(row.label.as_str(), "");
        let rest = rest.chars().filter(|c| !"最高低多少大小的是为".contains(*c)).count();
        return (rest <= 1 && before.is_empty()).then_some((1, row));
    }
    // 老船厂社区探访量居首: of the only column there is.
    let amount = words.strip_suffix("居首").and_then(|w| w.strip_prefix(row.label.as_str()));
    if grid.columns == 2 && amount.is_some_and(|a| a.ends_with('量') && a.chars().count() <= 4) {
        return Some((1, row));
    }
    // 面积最小的是胥江益站: only what stands before 最 is what is compared.
    let compared = &words[..words.find('最').unwrap_or(words.len())];
    // 满意度 is not the column 满意.
    let said = |h: &str| {
        let rest = compared.find(h).map(|at| &compared[at + h.len()..]);
        h.chars().count() >= 2 && rest.is_some_and(|rest| !rest.starts_with(['率', '度']))
    };
    let all: Vec<usize> =
        (1..grid.columns).filter(|c| row.cells[*c].is_some() && said(bare(grid.header(*c)))).collect();
    let longest = all.iter().map(|c| bare(grid.header(*c)).len()).max();
    let mut columns = all.iter().copied().filter(|c| Some(bare(grid.header(*c)).len()) == longest);
    let column = match (columns.next(), columns.next()) {
        (Some(one), None) => one,
        (None, _) if before.is_empty() && words.contains("得分") => {
            let score = |c: &usize| {
                let h = bare(grid.header(*c));
                row.cells[*c].is_some()
                    && (h.ends_with("得分") || h == "总分")
                    && !h.contains("加权")
                    && !h.contains('上')
            };
            let mut scores = (1..grid.columns).filter(score);
            scores.next().filter(|_| !words.contains("得分率") && scores.next().is_none())?
        }
        // 得分率最高的是甲，最低的是乙: what is compared was said before, unless something else is said now.
        (None, _) if !before.is_empty() && !names_more(compared, &row.label) => {
            (1..grid.columns).find(|c| grid.header(*c) == before)?
        }
        _ => return None,
    };
    Some((column, row))
}

/// 政策宣传完成率 and a row 政策宣传（场）: the row's name and that of a column of rates, in one word.
fn rate_of(grid: &Grid, row: &Row, words: &str) -> bool {
    let name = bare(&row.label);
    let said = |k: usize| grid.is_percent(k) && words.contains(&format!("{name}{}", bare(grid.header(k))));
    name != row.label && words.contains(name) && (1..grid.columns).any(said)
}

/// Whether more than a row's name and small words stands before 最: 宣传制作费执行率最低.
fn names_more(compared: &str, label: &str) -> bool {
    const SMALL: &[char] = &[
        '以', '的', '是', '为', '则', '而', '其', '中', '也', '站', '社', '区', '镇', '村', '街', '道', '和',
        '与', '均', '都', '数', '量',
    ];
    compared.replace(label, "").chars().filter(|c| !SMALL.contains(c)).count() >= 2
}

fn bare(header: &str) -> &str {
    header.find('（').map_or(header, |i| &header[..i])
}
