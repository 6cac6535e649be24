//! How the records of this slice are listed, entered and exchanged.

use super::fields::KINDS;
use super::store::{Backbone, Volunteer, VolunteerService, VolunteerTeam};
use crate::sheets::{Column, Placed, Sheet};

/// The sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        note: "新登记的志愿者",
        counted: Some(&KINDS[0]),
        dated: Some("registered_on"),
        titled: &["name"],
        like: &["name"],
        ..Sheet::of::<Volunteer>(
            "volunteers",
            "志愿者",
            &[
                Column::text("name", "姓名").listed(),
                Column::counted("registered_on").today().past(),
                Column::phone("phone", "电话"),
            ],
        )
    },
    Sheet {
        note: "志愿服务队伍",
        counted: Some(&KINDS[1]),
        dated: Some("founded_on"),
        titled: &["name"],
        few: true,
        like: &["name"],
        ..Sheet::of::<VolunteerTeam>(
            "teams",
            "志愿者队伍",
            &[
                Column::text("name", "队伍名称").listed(),
                Column::counted("founded_on").today().past(),
                Column::counted("active").with("yes"),
            ],
        )
    },
    Sheet {
        note: "评定为骨干的志愿者，有评定表和培育计划",
        counted: Some(&KINDS[2]),
        dated: Some("assessed_on"),
        titled: &["volunteer_id"],
        placed: Placed::With("volunteer_id"),
        like: &["volunteer_id"],
        ..Sheet::of::<Backbone>(
            "backbones",
            "志愿者骨干",
            &[
                Column::refers("volunteer_id", "志愿者", "volunteer").listed().hint("写姓名"),
                Column::counted("assessed_on").today().past(),
                Column::long("cultivation_plan", "培育计划").blank(),
                Column::counted("followed_up_on").past().since("assessed_on"),
            ],
        )
    },
    Sheet {
        note: "每次志愿服务的人次和时数",
        counted: Some(&KINDS[3]),
        dated: Some("held_on"),
        titled: &["name"],
        like: &["team_id", "held_on"],
        ..Sheet::of::<VolunteerService>(
            "services",
            "志愿服务",
            &[
                Column::text("name", "服务内容").listed(),
                Column::refers("team_id", "队伍", "volunteer_team").listed(),
                Column::counted("held_on").today().past(),
                Column::counted("attendances"),
                Column::counted("hours"),
            ],
        )
    },
];
