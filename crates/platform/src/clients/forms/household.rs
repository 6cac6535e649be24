//! The household itself: number, place, address, residence.

use chrono::NaiveDate;
use kernel::Id;
use rules::codes::{Codes, List};
use web::form::Reading;

use super::super::model::Residence;
use super::offered;
use crate::shell::{Field, Group, Kind};

/// What a form says of a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct HouseholdForm {
    pub(in super::super) file_number: String,
    pub(in super::super) community: Id,
    pub(in super::super) building: String,
    /// Empty when it stays as it is.
    pub(in super::super) door: Option<String>,
    pub(in super::super) residence: Residence,
    pub(in super::super) housing: Option<String>,
    pub(in super::super) platform_id: Option<String>,
    pub(in super::super) opened_on: NaiveDate,
    pub(in super::super) worker: Option<Id>,
}

/// What stands in the form at first.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Present {
    pub(in super::super) file_number: String,
    pub(in super::super) community: String,
    pub(in super::super) building: String,
    pub(in super::super) residence: String,
    pub(in super::super) housing: String,
    pub(in super::super) platform_id: String,
    pub(in super::super) opened_on: String,
    pub(in super::super) worker: String,
    pub(in super::super) new: bool,
}

/// The fields: `communities` and `workers` are what there is to choose from.
pub(in super::super) fn household_fields(
    codes: &Codes,
    communities: Vec<(String, String)>,
    workers: Vec<(String, String)>,
    now: &Present,
) -> Vec<Group> {
    let door = Field::text("door", "门牌");
    let door = if now.new {
        door.hint("加密保存，列表和打印里不显示")
    } else {
        door.hint("加密保存；不改就留空").sealed("***")
    };
    vec![
        Group::new(
            "档案",
            [
                Field::text("file_number", "档案号")
                    .value(&now.file_number)
                    .hint("同一社工站内不重复，例如 晓园东-0037"),
                Field::date("opened_on", "建档日期").value(&now.opened_on),
                Field::text("platform_id", "平台户编号")
                    .value(&now.platform_id)
                    .hint("市平台上的编号，没有就不填"),
                Field::new("worker", "责任社工", Kind::Pick(workers)).value(&now.worker),
            ],
        ),
        Group::new(
            "住在哪里",
            [
                Field::new("community", "社区", Kind::Pick(communities)).value(&now.community),
                Field::text("building", "街巷和楼号")
                    .value(&now.building)
                    .hint("不写门牌，例如 示例路 12 号"),
                door,
                Field::radio("residence", "人户情况", &Residence::list()).value(&now.residence),
                Field::new("housing", "住房", Kind::Pick(offered(codes, List::Housing))).value(&now.housing),
            ],
        ),
    ]
}

impl HouseholdForm {
    /// Reads the form; `None` when something is wrong, which the reading then says.
    pub(in super::super) fn read(
        reading: &mut Reading<'_>,
        codes: &Codes,
        today: NaiveDate,
        new: bool,
    ) -> Option<Self> {
        let file_number = reading.text("file_number", "档案号", 40);
        let community: Option<Id> = reading.word("community", "社区");
        let building = reading.text("building", "街巷和楼号", 80);
        let door =
            if new { reading.text("door", "门牌", 60) } else { reading.optional("door", "门牌", 60) };
        let residence: Option<Residence> = reading.word("residence", "人户情况");
        let housing = code(reading, codes, List::Housing, "housing", "住房");
        let platform_id = reading.optional("platform_id", "平台户编号", 60);
        let opened_on = reading.date("opened_on", "建档日期");
        if opened_on.is_some_and(|day| day > today) {
            reading.wrong("opened_on", format!("建档日期不能在今天（{today}）之后"));
        }
        let worker: Option<Id> = reading.optional_word("worker", "责任社工");
        Some(Self {
            file_number: file_number?,
            community: community?,
            building: building?,
            door,
            residence: residence?,
            housing,
            platform_id,
            opened_on: opened_on?,
            worker,
        })
    }
}

/// A code of a list, or nothing.
pub(in super::super) fn code(
    reading: &mut Reading<'_>,
    codes: &Codes,
    list: List,
    field: &'static str,
    label: &str,
) -> Option<String> {
    let chosen = reading.optional(field, label, 40)?;
    if codes.get(list, &chosen).is_none() {
        reading.wrong(field, format!("选{label}"));
        return None;
    }
    Some(chosen)
}
