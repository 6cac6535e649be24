//! A person: name, numbers, relation, care, subsidies, categories, and the consent that a file needs.

use chrono::{Datelike as _, NaiveDate};
use rules::codes::{Codes, List};
use rules::identity::{IdNumber, Phone};
use web::form::Reading;

use super::household::code;
use super::offered;
use crate::shell::{Field, Group, Kind};

/// What a form says of a person.
#[derive(Debug, Clone)]
pub(in super::super) struct PersonForm {
    pub(in super::super) name: String,
    pub(in super::super) relation: String,
    /// `None` when it stays as it is.
    pub(in super::super) id_number: Option<IdNumber>,
    pub(in super::super) phone: Option<Phone>,
    pub(in super::super) care: Option<String>,
    pub(in super::super) marriage: Option<String>,
    pub(in super::super) subsidies: Option<String>,
    pub(in super::super) platform_id: Option<String>,
    /// Somebody of the same name and birthday is another: said by whoever enters it.
    pub(in super::super) another: bool,
}

/// What stands in the form at first.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Present {
    pub(in super::super) name: String,
    pub(in super::super) relation: String,
    pub(in super::super) care: String,
    pub(in super::super) marriage: String,
    pub(in super::super) subsidies: String,
    pub(in super::super) platform_id: String,
    /// Both masked, where there are any yet.
    pub(in super::super) id_number: String,
    pub(in super::super) phone: String,
    pub(in super::super) new: bool,
}

/// The fields.
pub(in super::super) fn person_fields(codes: &Codes, legend: &str, now: &Present) -> Vec<Group> {
    let kept = if now.new { "" } else { "；不改就留空" };
    let sealed = |field: Field, masked: &str| if now.new { field } else { field.sealed(masked) };
    let id_number =
        Field::text("id_number", "身份证号").hint(format!("18 位，加密保存；出生日期和性别由它得出{kept}"));
    let phone = Field::text("phone", "电话").hint(format!("手机 11 位，或区号加号码；加密保存{kept}"));
    let pick = |list| Kind::Pick(offered(codes, list));
    vec![
        Group::new(
            legend,
            [
                Field::text("name", "姓名").value(&now.name),
                Field::new("relation", "与户主的关系", pick(List::Relations)).value(&now.relation),
                sealed(id_number, &now.id_number),
                sealed(phone, &now.phone),
                Field::text("person_platform_id", "平台个人编号")
                    .value(&now.platform_id)
                    .hint("市平台上的编号，没有就不填"),
            ],
        ),
        Group::new(
            "生活情况",
            [
                Field::new("care", "自理能力", pick(List::SelfCare)).value(&now.care),
                Field::new("marriage", "婚姻", pick(List::Marriage)).value(&now.marriage),
                Field::new("subsidies", "领取的补贴和服务", Kind::Ticks(offered(codes, List::Subsidies)))
                    .value(&now.subsidies),
            ],
        ),
    ]
}

/// The field of the categories.
pub(in super::super) fn category_field(codes: &Codes, held: &str) -> Field {
    let hint = "可以选几项；统计时一人一户只算一次";
    Field::new("categories", "对象类别", Kind::Ticks(offered(codes, List::Categories))).value(held).hint(hint)
}

impl PersonForm {
    /// Reads the form; `None` when something is wrong, which the reading then says.
    pub(in super::super) fn read(
        form: &web::Form,
        reading: &mut Reading<'_>,
        codes: &Codes,
        today: NaiveDate,
        new: bool,
    ) -> Option<Self> {
        let name = reading.text("name", "姓名", 40);
        let relation = code(reading, codes, List::Relations, "relation", "与户主的关系");
        if relation.is_none() && form.text("relation").is_empty() {
            reading.wrong("relation", "选与户主的关系");
        }
        let id_number = id_number(form, reading, today, new);
        let phone = phone(form, reading);
        let care = code(reading, codes, List::SelfCare, "care", "自理能力");
        let marriage = code(reading, codes, List::Marriage, "marriage", "婚姻");
        let subsidies = ticked(form, codes, List::Subsidies, "subsidies");
        let platform_id = reading.optional("person_platform_id", "平台个人编号", 60);
        Some(Self {
            name: name?,
            relation: relation?,
            id_number,
            phone,
            care,
            marriage,
            subsidies: (!subsidies.is_empty()).then(|| subsidies.join(",")),
            platform_id,
            another: form.text("another") == "yes",
        })
    }
}

fn id_number(form: &web::Form, reading: &mut Reading<'_>, today: NaiveDate, new: bool) -> Option<IdNumber> {
    let text = form.text("id_number");
    if text.is_empty() {
        if new {
            reading.wrong("id_number", "填身份证号，18 位，例如 11010519491231002X");
        }
        return None;
    }
    match IdNumber::parse(text, today) {
        Ok(number) => Some(number),
        Err(problem) => {
            reading.wrong("id_number", said(&problem));
            None
        }
    }
}

fn phone(form: &web::Form, reading: &mut Reading<'_>) -> Option<Phone> {
    let text = form.text("phone");
    if text.is_empty() {
        return None;
    }
    match Phone::parse(text) {
        Ok(phone) => Some(phone),
        Err(problem) => {
            reading.wrong("phone", said(&problem));
            None
        }
    }
}

fn said(problem: &kernel::Problem) -> String {
    format!("{}。{}", problem.what.trim_end_matches('。'), problem.remedy.trim_end_matches('。'))
}

/// The categories ticked, each known and fitting the age of the person.
pub(in super::super) fn read_categories(
    form: &web::Form,
    reading: &mut Reading<'_>,
    codes: &Codes,
    born_on: Option<NaiveDate>,
    day: NaiveDate,
) -> Vec<String> {
    let ticked = ticked(form, codes, List::Categories, "categories");
    let Some(born_on) = born_on else { return ticked };
    let age = age(born_on, day);
    for code in ticked.iter().filter_map(|code| codes.get(List::Categories, code)) {
        if !code.fits_age(age) {
            let due = match (code.min_age, code.under_age) {
                (Some(least), _) => format!("要满 {least} 岁"),
                (_, Some(under)) => format!("要不满 {under} 岁"),
                _ => continue,
            };
            reading.wrong(
                "categories",
                format!("“{}”{due}，本人 {age} 岁：取消这一项，或核对身份证号", code.label),
            );
        }
    }
    ticked
}

fn ticked(form: &web::Form, codes: &Codes, list: List, field: &str) -> Vec<String> {
    let known = |code: &&str| codes.get(list, code).is_some();
    form.all(field).into_iter().filter(known).map(str::to_owned).collect()
}

/// The age from which a person agrees for themselves.
pub(in super::super) const OWN_CONSENT: u32 = 14;

/// Whether somebody is so young on a day that a guardian agrees for them.
pub(in super::super) fn is_child(born_on: NaiveDate, day: NaiveDate) -> bool {
    age(born_on, day) < OWN_CONSENT
}

/// Whole years on a day.
pub(in super::super) fn age(born_on: NaiveDate, day: NaiveDate) -> u32 {
    let before = (day.month(), day.day()) < (born_on.month(), born_on.day());
    u32::try_from(day.year() - born_on.year() - i32::from(before)).unwrap_or(0)
}
