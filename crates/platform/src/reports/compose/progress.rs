//! Part two, second section: how far the contract's indicators are, against the time that has passed.
//! Not here: the full table (annex one) and the verdict on one indicator (rules::pace).

use kernel::{Problem, chinese_date, percent, trimmed};
use paper::charts::Bar;
use paper::model::{Cell, Chart, Column, Document, Inline};
use rules::pace::Status;
use rust_decimal::Decimal;

use super::desk::{Desk, Run, annex, numbered, push};
use super::numbers::{MISSING, grouped};
use crate::indicators::{Board, Indicator};

/// 服务进度情况.
pub(super) fn progress(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    let board = &desk.facts.board;
    document.section(2, "服务进度情况");
    document.paragraph(elapsed_sentence(board));
    document.list(false, completions(desk));
    document.note(vec![
        Inline::text("以上数字由社工站的服务记录统计得出，全部指标见"),
        annex(1),
        Inline::text("，统计规则见"),
        annex(3),
        Inline::text("。"),
    ]);
    let number = document.charts().count() + 1;
    let caption = format!("图{number} 协议指标完成进度（截至{}）", chinese_date(board.as_of));
    document.chart(Chart::progress("chart-progress", caption, elapsed(board), bars(desk)));
    spread(document, board);
    document.paragraph(assessment(&board.indicators));
    Ok(())
}

/// Share of the contract's days that have passed, in percent.
pub(super) fn elapsed(board: &Board) -> Decimal {
    percent(board.period.elapsed(board.as_of).into(), board.period.days().into()).unwrap_or_default()
}

fn elapsed_sentence(board: &Board) -> String {
    format!(
        "合同期共{}天，到{}已过{}天，时间进度为{}%。各项协议指标完成如下，完成率均为实际数占协议指标量的百分比：",
        board.period.days(),
        chinese_date(board.as_of),
        board.period.elapsed(board.as_of),
        trimmed(elapsed(board)),
    )
}

/// One sentence for each heading: what was done, then the completions in the same order.
fn completions(desk: &Desk<'_>) -> Vec<Run> {
    let indicators = &desk.facts.board.indicators;
    indicators
        .chunk_by(|one, next| one.heading == next.heading)
        .map(|group| completion(desk, group))
        .collect()
}

fn completion(desk: &Desk<'_>, group: &[Indicator]) -> Run {
    let heading = group.first().map_or("", |first| first.heading.as_str());
    let mut run = vec![Inline::strong(format!("{heading}："))];
    for (index, indicator) in group.iter().enumerate() {
        let before = if index == 0 { "" } else { "、" };
        push(&mut run, Inline::text(format!("{before}{}", without_unit(&indicator.name, &indicator.unit))));
        push(&mut run, desk.figure(&indicator.code, None));
        push(&mut run, Inline::text(&indicator.unit));
    }
    push(&mut run, Inline::text(if group.len() == 1 { "，完成率为" } else { "，完成率依次为" }));
    for (index, indicator) in group.iter().enumerate() {
        let figure = desk.figure(&format!("{}.completion", indicator.code), None);
        let sign = if figure.plain() == MISSING { "" } else { "%" };
        push(&mut run, Inline::text(if index == 0 { "" } else { "、" }));
        push(&mut run, figure);
        push(&mut run, Inline::text(sign));
    }
    push(&mut run, Inline::text("。"));
    run
}

/// A name without the unit at its end, which the number has behind it: 小组服务 of 小组服务人次, 小组 of 小组节数.
fn without_unit<'n>(name: &'n str, unit: &str) -> &'n str {
    let bare = name.strip_suffix('数').unwrap_or(name);
    bare.strip_suffix(unit).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

fn bars(desk: &Desk<'_>) -> Vec<Bar> {
    let elapsed = elapsed(&desk.facts.board);
    let bar = |indicator: &Indicator| {
        let pace = &indicator.pace;
        let actual = indicator
            .actual
            .map_or_else(|| MISSING.to_owned(), |actual| format!("{} {}", grouped(actual), indicator.unit));
        Bar {
            group: Some(indicator.heading.clone()),
            label: indicator.name.clone(),
            actual,
            target: grouped(indicator.target),
            completion: pace.completion.unwrap_or_default(),
            completion_text: pace
                .completion
                .map_or_else(|| MISSING.to_owned(), |value| format!("{}%", trimmed(value))),
            elapsed,
            forecast: pace.forecast_percent,
            tight: pace.status == Status::Tight,
        }
    };
    desk.facts.board.indicators.iter().map(bar).collect()
}

/// How many indicators stand how, and which they are.
fn spread(document: &mut Document, board: &Board) {
    let columns =
        vec![Column::text("进度", 3), Column::number("项数", 2).unit("项"), Column::text("指标", 10)];
    let mut table = numbered(document, "spread", "协议指标进度分布", columns);
    for &status in Status::ALL {
        let these = of(&board.indicators, &[status]);
        if !these.is_empty() {
            table.row(vec![Cell::text(status.label()), count(these.len()), Cell::text(names(&these))]);
        }
    }
    table.total(vec![Cell::text("合计"), count(board.indicators.len()), Cell::Empty]);
    table.note(
        "已完成：完成率达到或超过百分之百，其中达到百分之二百的另请核对；领先：完成率超过时间进度五个百分点及以上；\
         贴线：超过时间进度不到五个百分点；落后：低于时间进度。",
    );
    document.table(table);
}

fn count(number: usize) -> Cell {
    Cell::number(Decimal::from(number), number.to_string())
}

/// What the statuses amount to; every word follows from them.
pub(super) fn assessment(indicators: &[Indicator]) -> String {
    let total = indicators.len();
    if total == 0 {
        return "服务协议没有列出指标，进度无从评价。".to_owned();
    }
    let groups: [(&str, &[Status], bool); 5] = [
        ("已完成", &[Status::Done, Status::DoneCheck], false),
        ("领先于时间进度", &[Status::Ahead], false),
        ("贴近时间进度", &[Status::Tight], true),
        ("落后于时间进度", &[Status::Behind], true),
        ("没有可比较的数据", &[Status::NoData], true),
    ];
    let mut parts = Vec::new();
    for (word, statuses, named) in groups {
        let these = of(indicators, statuses);
        if !these.is_empty() {
            let which = if named { format!("（{}）", names(&these)) } else { String::new() };
            parts.push(format!("{word}的{}项{which}", these.len()));
        }
    }
    format!(
        "{total}项协议指标中，{}。{}{}{}",
        parts.join("，"),
        verdict(indicators),
        outlook(indicators),
        check(indicators)
    )
}

fn verdict(indicators: &[Indicator]) -> &'static str {
    let number = |status: Status| of(indicators, &[status]).len();
    let (behind, tight, unknown) = (number(Status::Behind), number(Status::Tight), number(Status::NoData));
    let on_pace = indicators.len() - behind - unknown;
    match (behind, tight, unknown) {
        _ if unknown == indicators.len() => "没有数据可供比较，暂不评价服务进度。",
        (0, 0, 0) => "各项指标均已完成或领先于时间进度，服务进度把握到位。",
        (0, _, 0) => "没有指标落后于时间进度，服务进度总体把握到位；贴近时间进度的，余量不多，须逐月核对。",
        (0, _, _) => "有数据的指标没有落后于时间进度；缺数据的，请社工站补齐记录后再作评价。",
        _ if 2 * on_pace > indicators.len() => {
            "多数指标跟得上时间进度；落后的，社工站须查明原因，订出追赶的安排并逐月核对。"
        }
        (_, _, 0) => {
            "半数以上的指标落后于时间进度，服务进度没有把握好，社工站须尽快查明原因，会同购买方调整安排。"
        }
        _ => "有指标落后于时间进度，另有指标缺数据，社工站须补齐记录，查明落后的原因，订出追赶的安排。",
    }
}

/// Where the indicators without a margin would end at the speed so far.
fn outlook(indicators: &[Indicator]) -> String {
    let mut parts = Vec::new();
    for indicator in of(indicators, &[Status::Tight, Status::Behind]) {
        if let (Some(forecast), Some(share)) = (indicator.pace.forecast, indicator.pace.forecast_percent) {
            let (forecast, share) = (trimmed(forecast), trimmed(share));
            parts.push(format!("{}约{forecast}{}，为指标量的{share}%", indicator.name, indicator.unit));
        }
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("按已过天数的平均速度推算，到合同期末：{}。", parts.join("；"))
}

fn check(indicators: &[Indicator]) -> String {
    let these = of(indicators, &[Status::DoneCheck]);
    if these.is_empty() {
        return String::new();
    }
    format!("{}达到指标量的两倍以上，请社工站会同购买方核对所数的内容，并检讨指标量是否合适。", names(&these))
}

fn of<'b>(indicators: &'b [Indicator], statuses: &[Status]) -> Vec<&'b Indicator> {
    indicators.iter().filter(|indicator| statuses.contains(&indicator.pace.status)).collect()
}

fn names(indicators: &[&Indicator]) -> String {
    indicators.iter().map(|indicator| indicator.name.as_str()).collect::<Vec<_>>().join("、")
}
