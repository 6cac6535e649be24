//! What an issued report bears at its end: the seal of its manifest, in words and as a code for a phone.

use paper::model::{Chart, Document};

use crate::evaluation::Stage;
use crate::reports::Facts;

/// The document with the seal at its end, once the report is issued; a draft has none.
#[must_use]
pub fn sealed(mut document: Document, facts: &Facts, seal: &str) -> Document {
    if facts.round.stage != Stage::Issued {
        return document;
    }
    let address = facts
        .address
        .as_ref()
        .map(|address| format!("{}/reports/seals/{seal}", address.trim_end_matches('/')));
    let how = match &address {
        Some(address) => format!("扫码或打开 {address} 可以核对；"),
        None => "在出具机构的网站可以核对；".to_owned(),
    };
    document
        .note(format!("本报告由清单上的数字和记录写成。{how}用 kapok verify 可以按清单逐项重算。清单摘要："));
    // By itself: a line that is set to both margins is torn apart by a word of this length.
    document.note(seal);
    document.chart(Chart::code(
        "seal",
        "清单摘要二维码",
        address.unwrap_or_else(|| format!("sha256:{seal}")),
    ));
    document
}
