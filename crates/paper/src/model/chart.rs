//! Charts as data. Not here: how they are drawn (`charts`).

use rust_decimal::Decimal;

use crate::charts::Bar;

/// A chart with its caption.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Anchor, unique in the document.
    pub id: String,
    /// Caption, e.g. 图1 协议指标完成进度.
    pub caption: String,
    /// What is drawn.
    pub kind: ChartKind,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartKind {
    /// Completion of targets against elapsed time.
    Progress {
        /// One bar a row.
        bars: Vec<Bar>,
        /// Share of the period that has passed, in percent.
        elapsed: Decimal,
    },
    /// A QR code 二维码.
    Code {
        /// What a phone reads.
        text: String,
    },
}

impl Chart {
    /// A QR code of a text of at most 2,900 bytes.
    pub fn code(id: impl Into<String>, caption: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), caption: caption.into(), kind: ChartKind::Code { text: text.into() } }
    }

    /// The share of the width of the text that it takes, in percent.
    pub(crate) fn share(&self) -> u32 {
        match self.kind {
            ChartKind::Progress { .. } => 100,
            ChartKind::Code { .. } => 22,
        }
    }

    /// A chart of targets against elapsed time; `elapsed` in percent.
    pub fn progress(
        id: impl Into<String>,
        caption: impl Into<String>,
        elapsed: Decimal,
        bars: Vec<Bar>,
    ) -> Self {
        Self { id: id.into(), caption: caption.into(), kind: ChartKind::Progress { bars, elapsed } }
    }
}
