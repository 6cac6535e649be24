//! Community activities: 18 large with 2922 attendances and six small with 160, those of the home-safety programme
//! a little over 1000; a club of 晓港 with 240; and some that were not held.

use chrono::NaiveDate;
use platform::activities::{Activity, ActivitySize, ActivityStatus, CountBasis};

use crate::book::{At, Book, id, row};
use crate::calendar::{BROUGHT_IN, END, START, day, later, workday_near};
use crate::dice::Dice;
use crate::plan::Plan;
use crate::words::events::{LARGE, SMALL, SUMMARIES};

/// Attendances: twelve times 162 and six times 163. The first six are the home-safety programme's.
const LARGE_SIZES: [i32; 18] =
    [162, 162, 162, 162, 162, 162, 163, 163, 163, 163, 163, 163, 162, 162, 162, 162, 162, 162];
/// Four times 27 and twice 26. The first and third are the home-safety programme's: 972 + 53 = 1025.
const SMALL_SIZES: [i32; 6] = [27, 27, 26, 27, 27, 26];
/// The club of 晓港: 240 together.
const CLUB: [i32; 12] = [19, 21, 20, 18, 22, 20, 17, 23, 20, 21, 19, 20];
/// Not held: name, programme, day, whether it was cancelled (or is still planned).
const NOT_HELD: [(&str, &str, NaiveDate, bool); 5] = [
    ("中秋前安全宣传（因台风取消）", "nuanxin_anju", day(2024, 9, 6), true),
    ("暑期亲子运动会（因高温取消）", "zhuhang", day(2024, 8, 3), true),
    ("岁末邻里同乐会（改期）", "zhurenweng", day(2024, 12, 28), false),
    ("新春慰问活动", "zhuhang", day(2025, 1, 17), false),
    ("“三八”妇女节政策宣讲", "zhuhang", day(2025, 3, 7), false),
];
const DESCRIPTIONS: (&str, &str) = ("舒缓身心—情感支持俱乐部", "按月主题分享与放松练习，成员互相支持。");

/// What an activity is.
struct Event<'a> {
    n: usize,
    name: &'a str,
    programme: &'a str,
    size: ActivitySize,
    status: ActivityStatus,
    held_on: NaiveDate,
    attendances: i32,
}

/// Enters the activities.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let mut dice = Dice::new("activities");
    let sized = LARGE.iter().zip(LARGE_SIZES).map(|(words, count)| (words, count, ActivitySize::Large));
    let sized =
        sized.chain(SMALL.iter().zip(SMALL_SIZES).map(|(words, count)| (words, count, ActivitySize::Small)));
    for (n, ((name, programme), attendances, size)) in sized.enumerate() {
        let held_on = workday_near(later(START, dice.between(5, 188)), START);
        let event = Event { n, name, programme, size, status: ActivityStatus::Held, held_on, attendances };
        let area = dice.below(plan.ground.areas.len());
        enter(book, plan, area, &event, &mut dice);
    }
    clubs(book, plan, &mut dice);
    for (n, (name, programme, held_on, cancelled)) in NOT_HELD.into_iter().enumerate() {
        let status = if cancelled { ActivityStatus::Cancelled } else { ActivityStatus::Planned };
        let size = ActivitySize::Large;
        let event = Event { n: 500 + n, name, programme, size, status, held_on, attendances: 0 };
        let area = dice.below(plan.ground.areas.len());
        enter(book, plan, area, &event, &mut dice);
    }
    earlier(book, plan, &mut dice);
}

/// The regular meetings: the club of 晓港, and a similar one of 海富 under another programme.
fn clubs(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) {
    let (name, _) = DESCRIPTIONS;
    let others = [("心连心茶话会", "xinlianxin", 2, 15), ("长者早操会", "zhangzhe_jiankang", 3, 12)];
    for (turn, attendances) in CLUB.into_iter().enumerate() {
        let held_on = workday_near(later(START, 7 + 15 * i64::try_from(turn).unwrap_or(0)), START);
        let size = ActivitySize::Regular;
        let status = ActivityStatus::Held;
        let event =
            Event { n: 100 + turn, name, programme: "xingxing_diandeng", size, status, held_on, attendances };
        enter(book, plan, 0, &event, dice);
        let (name, programme, area, mean) = others[turn % 2];
        let attendances = dice.count(mean - 3, mean + 3);
        let event = Event { n: 200 + turn, name, programme, size, status, held_on, attendances };
        enter(book, plan, area, &event, dice);
    }
}

/// Two of the contract before: not counted in this one.
fn earlier(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) {
    for (n, (name, programme)) in LARGE.into_iter().take(2).enumerate() {
        let held_on = workday_near(day(2024, 4, 16), day(2024, 4, 1));
        let (size, status) = (ActivitySize::Large, ActivityStatus::Held);
        let event = Event { n: 600 + n, name, programme, size, status, held_on, attendances: 150 };
        enter(book, plan, n, &event, dice);
    }
}

fn enter(book: &mut Book, plan: &Plan<'_>, area: usize, event: &Event<'_>, dice: &mut Dice) {
    let place = dice.pick(&plan.ground.places_of(area));
    let known_on = match event.status {
        ActivityStatus::Planned => later(END, -14),
        _ => event.held_on.max(BROUGHT_IN),
    };
    let at: At = plan.at_place(place, event.held_on.min(END));
    let summary = match (event.status, event.size) {
        (ActivityStatus::Planned, _) => "",
        (ActivityStatus::Cancelled, _) => "已通知报名居民，未举办。",
        (ActivityStatus::Held, ActivitySize::Regular) => DESCRIPTIONS.1,
        (ActivityStatus::Held, _) => dice.pick(SUMMARIES),
    };
    let basis = if event.size == ActivitySize::Large && dice.percent(40) {
        CountBasis::Counted
    } else {
        CountBasis::SignIn
    };
    let activity = row!(Activity, id::<Activity>(event.held_on, event.n), at, {
        programme: Some(event.programme.to_owned()),
        name: event.name.to_owned(),
        size: event.size,
        status: event.status,
        held_on: event.held_on,
        place: format!("{}社区活动广场", plan.ground.places[place].name),
        attendances: event.attendances,
        basis,
        summary: summary.to_owned(),
    });
    book.activities.add(known_on, activity);
}
