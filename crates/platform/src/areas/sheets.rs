//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::{Area, Community, ServicePoint};
use crate::sheets::{Column, Placed, Sheet, Whose};

/// The sheets; areas, communities and service points are entered on the pages of this slice.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        counted: Some(&KINDS[1]),
        titled: &["name"],
        placed: Placed::Station,
        whose: Whose::Nobody,
        few: true,
        page: Some(("-", "/areas#")),
        ..Sheet::of::<Area>(
            "areas",
            "片区",
            &[
                Column::text("name", "名称"),
                Column::text("code", "代码"),
                Column::whole("position", "次序", 10_000).with("0"),
            ],
        )
    },
    Sheet {
        counted: Some(&KINDS[2]),
        titled: &["name"],
        placed: Placed::Area,
        whose: Whose::Nobody,
        few: true,
        page: Some(("-", "/areas#")),
        ..Sheet::of::<Community>(
            "communities",
            "社区",
            &[
                Column::text("name", "名称"),
                Column::text("code", "代码"),
                Column::whole("position", "次序", 10_000).with("0"),
                Column::text("region_code", "区划代码"),
                Column::whole("latitude_e6", "纬度（百万分之一度）", 90_000_000),
                Column::whole("longitude_e6", "经度（百万分之一度）", 180_000_000),
            ],
        )
    },
    Sheet {
        counted: Some(&KINDS[3]),
        titled: &["name"],
        whose: Whose::Nobody,
        page: Some(("-", "/areas#")),
        ..Sheet::of::<ServicePoint>(
            "points",
            "社工点",
            &[
                Column::text("name", "名称"),
                Column::date("opened_on", "设立日期"),
                Column::date("closed_on", "撤销日期").since("opened_on"),
            ],
        )
    },
];
