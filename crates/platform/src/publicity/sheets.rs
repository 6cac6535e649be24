//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::{BrochureRound, MediaReport, Post, Recognition};
use crate::sheets::{Column, Placed, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        note: "公众号、视频号等发布的推文",
        counted: Some(&KINDS[0]),
        dated: Some("posted_on"),
        titled: &["title"],
        like: &["title", "channel"],
        ..Sheet::of::<Post>(
            "posts",
            "宣传推文",
            &[
                Column::text("title", "标题").listed(),
                Column::text("channel", "发在哪里").listed(),
                Column::counted("posted_on").today().past(),
                Column::counted("views").with("0"),
            ],
        )
    },
    Sheet {
        note: "报纸、电视、网站的报道",
        counted: Some(&KINDS[1]),
        dated: Some("published_on"),
        titled: &["title"],
        placed: Placed::Station,
        like: &["title", "medium"],
        ..Sheet::of::<MediaReport>(
            "media",
            "媒体报道",
            &[
                Column::text("title", "标题").listed(),
                Column::text("medium", "哪家媒体").listed(),
                Column::counted("level"),
                Column::counted("published_on").today().past(),
            ],
        )
    },
    Sheet {
        note: "服务对象和单位送来的感谢",
        counted: Some(&KINDS[2]),
        dated: Some("received_on"),
        titled: &["giver"],
        like: &["giver", "received_on"],
        ..Sheet::of::<Recognition>(
            "recognitions",
            "表扬与感谢",
            &[
                Column::text("giver", "谁送的").listed(),
                Column::counted("kind"),
                Column::counted("received_on").today().past(),
            ],
        )
    },
    Sheet {
        note: "按天登记派发的宣传单张",
        counted: Some(&KINDS[3]),
        dated: Some("given_on"),
        titled: &["topic"],
        like: &["topic", "given_on"],
        ..Sheet::of::<BrochureRound>(
            "brochures",
            "宣传单张",
            &[
                Column::text("topic", "主题").listed(),
                Column::counted("copies"),
                Column::counted("given_on").today().past(),
            ],
        )
    },
];
