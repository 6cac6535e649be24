//! The four figures at the head of the board.

use kernel::half_up;
use rules::pace::Status;
use rust_decimal::Decimal;

use super::super::board::{Board, Indicator};

/// One of them.
pub struct Summary {
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) unit: &'static str,
    pub(super) note: String,
}

/// All four.
pub(super) fn all(board: &Board) -> Vec<Summary> {
    vec![time(board), done(board), ahead(board), close(board)]
}

/// The elapsed share with one decimal, as the charts print it: `53.2%`.
pub(super) fn elapsed(board: &Board) -> String {
    format!("{}%", kernel::trimmed(rounded(board)))
}

/// How far ahead of time an indicator is, in points, from the two percentages as printed.
pub(super) fn lead(board: &Board, indicator: &Indicator) -> Option<Decimal> {
    indicator.pace.completion.map(|completion| half_up(completion - rounded(board), 1))
}

fn rounded(board: &Board) -> Decimal {
    let pace = board.indicators.first().map(|indicator| indicator.pace.elapsed);
    let (passed, days) = (board.period.elapsed(board.as_of), board.period.days());
    let share = || kernel::percent(passed.into(), days.into()).unwrap_or_default();
    half_up(pace.unwrap_or_else(share), 1)
}

fn time(board: &Board) -> Summary {
    let (passed, days) = (board.period.elapsed(board.as_of), board.period.days());
    let note = format!("{passed} / {days} 天，余 {} 天", days - passed);
    Summary { label: "时间进度", value: elapsed(board), unit: "", note }
}

fn done(board: &Board) -> Summary {
    let check = with(board, &[Status::DoneCheck]).len();
    let note = if check == 0 {
        "没有超出一倍的".to_owned()
    } else {
        format!("其中 {check} 项超出一倍以上")
    };
    count("已完成", with(board, &[Status::Done, Status::DoneCheck]).len(), note)
}

fn ahead(board: &Board) -> Summary {
    let ahead = with(board, &[Status::Ahead]);
    let leads: Vec<Decimal> = ahead.iter().filter_map(|indicator| lead(board, indicator)).collect();
    let note = match (leads.iter().min(), leads.iter().max()) {
        (Some(least), Some(most)) if least == most => format!("领先 {least} 个百分点"),
        (Some(least), Some(most)) => format!("领先 {least} 至 {most} 个百分点"),
        _ => "没有".to_owned(),
    };
    count("领先于时间", ahead.len(), note)
}

fn close(board: &Board) -> Summary {
    let (tight, behind) = (with(board, &[Status::Tight]), with(board, &[Status::Behind]));
    let note = match (tight.as_slice(), behind.as_slice()) {
        ([], []) => "没有".to_owned(),
        ([only], []) => {
            let lead = lead(board, only).unwrap_or_default();
            format!("{}，只领先 {lead} 个百分点", only.name)
        }
        ([], [only]) => format!("{}，落后 {} 个百分点", only.name, -lead(board, only).unwrap_or_default()),
        _ => format!("贴线 {} 项，落后 {} 项", tight.len(), behind.len()),
    };
    let label = match (tight.is_empty(), behind.is_empty()) {
        (_, true) => "贴线",
        (true, false) => "落后",
        (false, false) => "贴线与落后",
    };
    count(label, tight.len() + behind.len(), note)
}

fn count(label: &'static str, count: usize, note: String) -> Summary {
    Summary { label, value: count.to_string(), unit: "项", note }
}

fn with<'b>(board: &'b Board, wanted: &[Status]) -> Vec<&'b Indicator> {
    board.indicators.iter().filter(|indicator| wanted.contains(&indicator.pace.status)).collect()
}
