//! The programmes that records belong to: 暖心·安居, 助航, 星星点灯, 红·社先锋 and others.
//! Not here: the activities and groups themselves.

mod fields;
mod policy;
mod sheets;
mod store;

pub use policy::Programmes;
pub use store::Programme;

use crate::Slice;

/// What this part contributes to the whole.
pub const SLICE: Slice = Slice {
    name: "programmes",
    label: "服务项目",
    kinds: fields::KINDS,
    withdraw: Programmes::withdraw,
    place_of: Programmes::place_of,
    records: Programmes::RECORDS,
    sheets: sheets::SHEETS,
};

crate::sheets_part!("programmes", Services, "服务项目", "项目", "M3 5h14M3 10h14M3 15h9");
