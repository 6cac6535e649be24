//! `kapok indicators`: the contract's indicators with pace and forecast.

use kernel::{number, trimmed};
use platform::areas;
use platform::indicators::{Board, Indicator, board};
use serde_json::{Value, json};

use crate::args::{Format, IndicatorsArgs};
use crate::output;
use crate::place::{self, Opened};
use crate::trouble::Trouble;

/// Runs the command.
pub fn run(args: &IndicatorsArgs) -> Result<bool, Trouble> {
    let opened = place::open(&args.place)?;
    let board = load(&opened, &args.station, args.as_of)?;
    match args.format {
        Format::Json => output::json(&board.indicators.iter().map(object).collect::<Vec<_>>())?,
        Format::Text => output::print(&text(&board)),
    }
    Ok(false)
}

/// The board of a station at a day.
pub fn load(opened: &Opened, station: &str, as_of: Option<chrono::NaiveDate>) -> Result<Board, Trouble> {
    let as_of = as_of.unwrap_or(opened.today);
    opened.database.read(|tx| {
        let now = tx.at();
        let station = areas::station_by_code(tx, station, now)?;
        Ok(board(tx, &opened.library.catalogue, station.id, as_of, now)?)
    })
}

/// The board as people read it.
pub fn text(board: &Board) -> String {
    let elapsed = board.period.elapsed(board.as_of);
    let head = format!(
        "合同期 {} 至 {}，数据截至 {}，时间进度 {}%（{elapsed}/{} 天）",
        board.contract.starts_on,
        board.contract.ends_on,
        board.as_of,
        board.indicators.first().map_or_else(String::new, |first| trimmed(first.pace.elapsed)),
        board.period.days(),
    );
    let rows = board.indicators.iter().map(|indicator| {
        let pace = &indicator.pace;
        vec![
            indicator.name.clone(),
            indicator.actual.map_or_else(|| "未列".into(), trimmed),
            indicator.unit.clone(),
            trimmed(indicator.target),
            pace.completion.map_or_else(|| "未列".into(), |percent| format!("{}%", trimmed(percent))),
            pace.forecast.map_or_else(|| "未列".into(), trimmed),
            pace.status.label().to_owned(),
            indicator.code.clone(),
        ]
    });
    let columns = ["指标", "实际", "单位", "指标量", "完成率", "预计期末", "状态", "代码"];
    format!("{head}\n{}", output::table(&columns, &[1, 3, 4, 5], rows.collect()))
}

fn object(indicator: &Indicator) -> Value {
    let or_null = |value: Option<rust_decimal::Decimal>| value.map_or(Value::Null, number);
    json!({
        "code": indicator.code,
        "name": indicator.name,
        "unit": indicator.unit,
        "actual": or_null(indicator.actual),
        "target": number(indicator.target),
        "completion_percent": or_null(indicator.pace.completion),
        "elapsed_percent": number(indicator.pace.elapsed),
        "forecast": or_null(indicator.pace.forecast),
        "status": indicator.pace.status.as_str(),
    })
}
