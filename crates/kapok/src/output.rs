//! Printing: tables that stand straight with Chinese in them, JSON, and progress on work over a second.

use std::io::IsTerminal as _;
use std::time::Duration;

use comfy_table::{CellAlignment, ContentArrangement, Table, TableComponent, presets};
use indicatif::{ProgressBar, ProgressStyle};

use crate::trouble::Trouble;

/// A table with a header; columns named in `numbers` (from 0) stand at the right.
pub fn table(head: &[&str], numbers: &[usize], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─');
    table.set_header(head.to_vec());
    table.add_rows(rows);
    for column in numbers {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

/// Prints a value as JSON, indented.
pub fn json(value: &impl serde::Serialize) -> Result<(), Trouble> {
    print(&serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Prints a line; a reader who has gone away is no error.
pub fn print(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A spinner on the terminal that says what is being done; plain lines where there is no terminal.
pub struct Progress {
    bar: ProgressBar,
    plain: bool,
}

impl Progress {
    /// Begins.
    pub fn start() -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}（{elapsed}）") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar, plain: !std::io::stderr().is_terminal() }
    }

    /// Says what is being done now.
    pub fn say(&self, what: &str) {
        if self.plain {
            eprintln!("{what}");
        }
        self.bar.set_message(what.to_owned());
    }

    /// Says how far it has come, on a terminal.
    pub fn count(&self, what: &str, done: u64, of: u64) {
        self.bar.set_message(format!("{what}：{done} / {of}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
