//! The board of indicators as a page: words, addresses and charts, ready to be printed.

mod files;
mod rows;
#[cfg(test)]
mod sample;
mod summary;
mod watch;

use askama::Template;
use rules::counting::read_out;
use rust_decimal::Decimal;
use web::number::grouped;

use super::board::Board;
use crate::areas::{Area, Community};
use crate::figures::{Choices, Stand, Values};
use crate::shell::Frame;

pub use files::Files;
use files::{FileGroup, FileRow};
use rows::{Forecast, Group, Left};
use summary::Summary;
use watch::Watch;

/// The figures of the panel on staff.
pub const STAFF: [&str; 6] = [
    "staff.average_workers",
    "staff.certified",
    "staff.two_years_or_more",
    "staff.stayed",
    "staff.attendance_actual",
    "staff.attendance_due",
];

/// `/indicators`.
#[derive(Template)]
#[template(path = "indicators/templates/board.html")]
pub struct BoardPage {
    frame: Frame,
    meta: String,
    choices: Choices,
    targets: String,
    reports: Vec<(String, String)>,
    summary: Vec<Summary>,
    watch_title: String,
    watch: Vec<Watch>,
    count: usize,
    elapsed: String,
    groups: Vec<Group>,
    formula: String,
    files: Vec<FileGroup>,
    files_sum: FileRow,
    files_meta: String,
    files_note: Option<String>,
    agreed: String,
    staff: Vec<StaffRow>,
    rules: Vec<(String, String)>,
}

/// What the page shows beside the board itself.
pub struct Given {
    /// The records of the table of files, by column.
    pub files: Vec<Files>,
    /// Households of the persons on file, to hold against the files.
    pub households: Option<Decimal>,
    /// The figures of [`STAFF`].
    pub staff: Values,
    /// The station's areas in their order.
    pub areas: Vec<Area>,
    /// Its communities in their order.
    pub communities: Vec<Community>,
}

struct StaffRow {
    name: String,
    value: Option<String>,
    href: String,
    share: String,
}

impl BoardPage {
    /// The page, from what was counted.
    #[must_use]
    pub fn of(frame: Frame, stand: &Stand, board: &Board, given: &Given) -> Self {
        let watch = watch::all(stand, board);
        let (files, files_sum) = files::all(stand, given);
        Self {
            frame,
            meta: meta(board),
            choices: Choices::of(stand, &["indicators"], vec![]),
            targets: web::Target::new(&["indicators", "targets"]).with("contract", board.contract.id).href(),
            reports: reports(stand),
            summary: summary::all(board),
            watch_title: watch::title(watch.len()),
            watch,
            count: board.indicators.len(),
            elapsed: summary::elapsed(board),
            groups: rows::groups(stand, board),
            formula: formula(board),
            files,
            files_sum,
            files_meta: format!("{} 个片区，{} 个社区", given.areas.len(), given.communities.len()),
            files_note: files::note(given),
            agreed: board.contract.agreed_workers.to_string(),
            staff: staff(stand, board, given),
            rules: read_outs(board),
        }
    }
}

fn meta(board: &Board) -> String {
    let contract = &board.contract;
    let wan = contract.funding.to_yuan() / Decimal::from(10_000);
    format!(
        "合同期 {} 至 {} · 经费 {} 万元 · 数据截至 {}",
        contract.starts_on,
        contract.ends_on,
        grouped(wan),
        board.as_of
    )
}

fn formula(board: &Board) -> String {
    let (passed, days) = (board.period.elapsed(board.as_of), board.period.days());
    format!(
        "预计期末 = 实际 ÷ {passed} 天 × {days} 天，只作提醒。每周还要 = 还差的 ÷ 余下 {} 天 × 7，向上取一位小数；\
         最迟动手：从那天起照目前的速度做，到期末正好做完。领先：完成率高出时间进度 5 个百分点以上；\
         贴线：不足 5 个百分点；落后：低于时间进度。",
        days - passed
    )
}

/// Where the station's reports are.
fn reports(stand: &Stand) -> Vec<(String, String)> {
    let one = |round: &crate::figures::RoundLink| {
        let href = web::Target::new(&["reports", &round.code]).href();
        (format!("{href}#annex1"), format!("{}报告与附件", round.name))
    };
    stand.rounds.iter().take(1).map(one).collect()
}

fn staff(stand: &Stand, board: &Board, given: &Given) -> Vec<StaffRow> {
    let value = |code: &str| given.staff.get(code).copied().flatten();
    let due = value("staff.attendance_due").map_or_else(|| "未列".to_owned(), grouped);
    let agreed = Decimal::from(board.contract.agreed_workers);
    let row = |code: &str, name: String, shared: bool| {
        let share = value(code).filter(|_| shared).and_then(|value| kernel::percent(value, agreed));
        StaffRow {
            name,
            value: value(code).map(grouped),
            href: stand.figure(code).href(),
            share: share.map_or_else(String::new, |share| format!("{}%", kernel::trimmed(share))),
        }
    };
    vec![
        row(STAFF[0], "平均每月配备".to_owned(), true),
        row(STAFF[1], "平均每月持证".to_owned(), true),
        row(STAFF[2], "从业 2 年及以上".to_owned(), true),
        row(STAFF[3], "持续在岗".to_owned(), true),
        row(STAFF[4], format!("到岗人次（应到 {due}）"), false),
    ]
}

/// Each indicator's rule, as it stood at signing.
fn read_outs(board: &Board) -> Vec<(String, String)> {
    let one = |indicator: &super::board::Indicator| {
        let figure = board.rules.get(&indicator.code)?;
        Some((indicator.name.clone(), read_out(&board.rules, figure)))
    };
    board.indicators.iter().filter_map(one).collect()
}
