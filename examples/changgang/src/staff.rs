//! The workers of the sample: 21 seats, 28 people, 13 half-months.
//!
//! Fourteen stay through the period; in seven seats one leaves and another joins. So 270 half-months at work come
//! to 135 person-months, 98.5 of them certified, where 130 and 78 were due.

use chrono::NaiveDate;
use kernel::Id;
use platform::staff::{
    Attendance, AttendanceDue, Certificate, Post, Role, Supervision, Training, Worker, WorkerCertificate,
};

use crate::book::{At, Book, id, row};
use crate::calendar::{END, START, day, half, later, workday_near, workdays};
use crate::dice::Dice;
use crate::ground::Ground;
use crate::words::events::{SUPERVISIONS, TRAININGS};
use crate::words::names;

/// Half-months of the period.
const HALVES: u32 = 13;
/// What the contract asks of a half-month.
const DUE: i32 = 20;
const CERTIFIED_DUE: i32 = 12;

/// One place in the team.
struct Seat {
    role: Role,
    area: Option<usize>,
    communities: &'static [&'static str],
    level: Certificate,
    party_member: bool,
    /// The leaver's last half-month and the joiner's first; nothing when one person stays.
    change: Option<(u32, u32)>,
    /// Since when the one on duty at the end is in social work.
    in_field_since: NaiveDate,
}

const fn seat(
    area: usize,
    communities: &'static [&'static str],
    level: Certificate,
    change: Option<(u32, u32)>,
    in_field_since: NaiveDate,
) -> Seat {
    Seat {
        role: Role::Worker,
        area: Some(area),
        communities,
        level,
        party_member: false,
        change,
        in_field_since,
    }
}

const fn lead(area: usize, community: &'static [&'static str], level: Certificate, since: NaiveDate) -> Seat {
    Seat { role: Role::AreaLead, ..seat(area, community, level, None, since) }
}

const fn party(seat: Seat) -> Seat {
    Seat { party_member: true, ..seat }
}

use Certificate::{Assistant, Intermediate, None as Uncertified};

const MANAGER: Seat = Seat {
    role: Role::Manager,
    area: None,
    communities: &[],
    level: Intermediate,
    party_member: true,
    change: None,
    in_field_since: day(2014, 3, 1),
};

const SEATS: [Seat; 21] = [
    MANAGER,
    party(lead(0, &["changgangdong"], Assistant, day(2016, 7, 1))),
    lead(1, &["xigangdong"], Intermediate, day(2015, 9, 1)),
    party(lead(2, &["suihuabei"], Assistant, day(2018, 3, 1))),
    lead(3, &["huiyuan"], Assistant, day(2017, 7, 1)),
    seat(0, &["xiaogangdong"], Assistant, None, day(2019, 7, 1)),
    seat(0, &["qinghui"], Assistant, Some((5, 5)), day(2021, 7, 1)),
    seat(0, &["xiaogangzhong"], Uncertified, None, day(2022, 3, 1)),
    seat(0, &["xiaoxi"], Assistant, None, day(2020, 7, 1)),
    party(seat(1, &["xiaoyuandong"], Assistant, None, day(2018, 7, 1))),
    seat(1, &["xiaoyuanxin"], Uncertified, Some((10, 11)), day(2024, 7, 1)),
    party(seat(1, &["yuejinnan"], Assistant, Some((7, 7)), day(2020, 9, 1))),
    seat(1, &["yuejinbei", "xigangxi"], Assistant, None, day(2021, 3, 1)),
    seat(2, &["haifuhuayuan"], Assistant, None, day(2019, 3, 1)),
    seat(2, &["jiangnanyaju", "suihuanan"], Uncertified, None, day(2022, 7, 1)),
    seat(2, &["jiangnandadaonan"], Assistant, Some((4, 5)), day(2022, 7, 1)),
    seat(2, &["changgangzhong"], Uncertified, Some((6, 7)), day(2024, 3, 1)),
    seat(3, &["chaosheng"], Assistant, None, day(2020, 3, 1)),
    seat(3, &["geshan"], Uncertified, None, day(2023, 8, 1)),
    seat(3, &["xinhe"], Assistant, Some((9, 10)), day(2021, 9, 1)),
    seat(3, &["shendeli"], Uncertified, Some((3, 9)), day(2024, 7, 1)),
];

/// Someone of the team.
struct Member {
    id: Id,
    level: Certificate,
    area: Option<usize>,
    /// First and last half-month of the period at work.
    halves: (u32, u32),
    from: NaiveDate,
    /// The first day no longer at work.
    until: Option<NaiveDate>,
}

/// Somebody's time in a community.
struct Stint {
    worker: Id,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

/// Who works where.
#[derive(Default)]
pub(crate) struct Team {
    members: Vec<Member>,
    /// By community.
    stints: Vec<Vec<Stint>>,
    leads: Vec<Id>,
    manager: Option<Id>,
}

impl Team {
    /// Who is on duty in a community on a day; before anybody's time the one who came first.
    pub(crate) fn on_duty(&self, place: usize, day: NaiveDate) -> Option<Id> {
        let stints = &self.stints[place];
        let there = |stint: &&Stint| stint.from <= day && stint.until.is_none_or(|until| day < until);
        // While a leaver hands over, the one who came last does the work.
        stints.iter().rev().find(there).or(stints.first()).map(|stint| stint.worker)
    }

    /// A community on a day, with the worker on duty.
    pub(crate) fn at_place(&self, ground: &Ground, place: usize, day: NaiveDate) -> At {
        At { worker: self.on_duty(place, day), ..ground.at_place(place) }
    }

    /// An area, with the worker who leads it.
    pub(crate) fn at_area(&self, ground: &Ground, area: usize) -> At {
        At { worker: self.leads.get(area).copied(), ..ground.at_area(area) }
    }

    /// The station, with its manager.
    pub(crate) fn at_station(&self, ground: &Ground) -> At {
        At { worker: self.manager, ..ground.at_station() }
    }
}

/// Enters the workers and everything about them.
pub(crate) fn make(book: &mut Book, ground: &Ground) -> Team {
    let mut team = Team { stints: ground.places.iter().map(|_| Vec::new()).collect(), ..Team::default() };
    let mut dice = Dice::new("staff");
    for seat in &SEATS {
        let (last, first) = seat.change.unwrap_or((HALVES, 1));
        let joined_on = match seat.role {
            Role::Manager => day(2024, 4, 1),
            _ => later(seat.in_field_since.max(day(2019, 1, 7)), dice.between(0, 60)),
        };
        if seat.change.is_none() {
            enter(book, ground, &mut team, seat, Spell { halves: (1, HALVES), joined_on, leaver: false });
        } else {
            let earlier = day(2021, 3, 1);
            let joined_on = later(earlier, dice.between(0, 900));
            enter(book, ground, &mut team, seat, Spell { halves: (1, last), joined_on, leaver: true });
            let joined_on = half(first).0;
            enter(book, ground, &mut team, seat, Spell { halves: (first, HALVES), joined_on, leaver: false });
        }
    }
    stand_in(book, ground, &mut team);
    attendance(book, ground, &team);
    trainings(book, ground, &team, &mut dice);
    supervisions(book, ground, &mut dice);
    team
}

/// One person's time in a seat.
struct Spell {
    halves: (u32, u32),
    joined_on: NaiveDate,
    leaver: bool,
}

fn enter(book: &mut Book, ground: &Ground, team: &mut Team, seat: &Seat, spell: Spell) {
    let n = team.members.len();
    let worker = id::<Worker>(spell.joined_on, n);
    let left_on = spell.leaver.then(|| later(half(spell.halves.1).1, 1));
    let in_field_since = if spell.leaver { later(spell.joined_on, -400) } else { seat.in_field_since };
    let at = seat.area.map_or(ground.at_station(), |area| ground.at_area(area));
    let at = At { worker: Some(worker), ..at };
    let row = row!(Worker, worker, at, {
        name: names::name(names::WORKERS + n),
        role: seat.role,
        in_field_since,
        joined_on: spell.joined_on,
        left_on: None,
        party_member: seat.party_member && !spell.leaver,
    });
    if let Some(left_on) = left_on {
        book.workers.correct(later(left_on, -1), Worker { left_on: Some(left_on), ..row.clone() });
    }
    book.workers.add(spell.joined_on, row);
    certificate(book, at, n, seat.level, (in_field_since, spell.joined_on));
    let member = Member {
        id: worker,
        level: seat.level,
        area: seat.area,
        halves: spell.halves,
        from: spell.joined_on,
        until: left_on,
    };
    posts(book, ground, team, seat, &member);
    match seat.role {
        Role::Manager => team.manager = Some(worker),
        Role::AreaLead => team.leads.push(worker),
        Role::Worker => {}
    }
    team.members.push(member);
}

/// The certificate, known when its holder is.
fn certificate(
    book: &mut Book,
    at: At,
    n: usize,
    level: Certificate,
    (in_field_since, joined_on): (NaiveDate, NaiveDate),
) {
    let years = match level {
        Certificate::None => return,
        Certificate::Assistant => 1,
        Certificate::Intermediate | Certificate::Senior => 5,
    };
    let obtained_on = later(in_field_since, 300 * years);
    let certificate = row!(WorkerCertificate, id::<WorkerCertificate>(obtained_on, n), at, {
        level,
        obtained_on,
        expires_on: Some(day(2026, 12, 31)),
    });
    book.certificates.add(joined_on, certificate);
}

/// A post for the role where it is not that of a community, and one for each community.
fn posts(book: &mut Book, ground: &Ground, team: &mut Team, seat: &Seat, member: &Member) {
    if seat.role != Role::Worker {
        let at = seat.area.map_or(ground.at_station(), |area| ground.at_area(area));
        post(book, At { worker: Some(member.id), ..at }, seat.role, (member.from, member.until));
    }
    for code in seat.communities {
        if let Some(place) = ground.places.iter().position(|place| place.code == *code) {
            let at = At { worker: Some(member.id), ..ground.at_place(place) };
            post(book, at, Role::Worker, (member.from, member.until));
            team.stints[place].push(Stint { worker: member.id, from: member.from, until: member.until });
        }
    }
}

/// A post is known from its first day, its end from the last.
fn post(book: &mut Book, at: At, role: Role, (from_on, to_on): (NaiveDate, Option<NaiveDate>)) {
    let key = [at.worker, at.area, at.community].map(|id| id.map(|id| id.to_string()).unwrap_or_default());
    let post = id::<Post>(from_on, key.concat());
    let post = row!(Post, post, at, { role, from_on, to_on: None, });
    if let Some(to_on) = to_on {
        book.posts.correct(later(to_on, -1), Post { to_on: Some(to_on), ..post.clone() });
    }
    book.posts.add(from_on, post);
}

/// Between a leaver and a joiner the area's lead stands in.
fn stand_in(book: &mut Book, ground: &Ground, team: &mut Team) {
    for place in 0..ground.places.len() {
        let [first, second] = &team.stints[place][..] else { continue };
        let Some(until) = first.until else { continue };
        if until >= second.from {
            continue;
        }
        let (from, until) = (until, second.from);
        let at = team.at_area(ground, ground.places[place].area);
        let Some(worker) = at.worker else { continue };
        post(book, At { worker: at.worker, ..ground.at_place(place) }, Role::Worker, (from, Some(until)));
        team.stints[place].insert(1, Stint { worker, from, until: Some(until) });
    }
}

fn attendance(book: &mut Book, ground: &Ground, team: &Team) {
    for number in 1..=HALVES {
        let half_ends_on = half(number).1;
        let n = usize::try_from(number).unwrap_or(0);
        let due = row!(AttendanceDue, id::<AttendanceDue>(half_ends_on, n), ground.at_station(), {
            half_ends_on,
            halves: 1,
            due: DUE,
            certified_due: CERTIFIED_DUE,
        });
        book.attendance_dues.add(START, due);
        for (index, member) in team.members.iter().enumerate() {
            if (member.halves.0..=member.halves.1).contains(&number) {
                let attendance = row!(Attendance, id::<Attendance>(half_ends_on, n * 100 + index), member.at(ground), {
                    half_ends_on,
                    halves: 1,
                    level: member.level,
                });
                book.attendances.add(half_ends_on, attendance);
            }
        }
    }
}

impl Member {
    fn at(&self, ground: &Ground) -> At {
        let at = self.area.map_or(ground.at_station(), |area| ground.at_area(area));
        At { worker: Some(self.id), ..at }
    }
}

/// Two or three trainings for everybody who was there.
fn trainings(book: &mut Book, ground: &Ground, team: &Team, dice: &mut Dice) {
    for (index, member) in team.members.iter().enumerate() {
        let until = member.until.map_or(END, |until| later(until, -1));
        let days = workdays(member.from.max(START), until);
        for turn in 0..dice.between(2, 3) {
            let held_on = dice.pick(&days);
            let (topic, organiser, hours) = dice.pick(TRAININGS);
            let n = index * 10 + usize::try_from(turn).unwrap_or(0);
            let training = row!(Training, id::<Training>(held_on, n), member.at(ground), {
                held_on,
                topic: topic.to_owned(),
                organiser: organiser.to_owned(),
                hours,
            });
            book.trainings.add(held_on, training);
        }
    }
}

/// Two sessions a month from inside, one from outside.
fn supervisions(book: &mut Book, ground: &Ground, dice: &mut Dice) {
    for month in 7..=12u32 {
        for (n, date) in [6, 15, 24].into_iter().enumerate() {
            let held_on = workday_near(later(day(2024, month, 1), date), START);
            let external = n == 2;
            let n = usize::try_from(month).unwrap_or(0) * 10 + n;
            let by = if external { "示例督导甲" } else { "示例督导乙" };
            let supervision = row!(Supervision, id::<Supervision>(held_on, n), ground.at_station(), {
                held_on,
                supervisor_of_practice: by.to_owned(),
                external,
                topic: dice.pick(SUPERVISIONS).to_owned(),
                hours: dice.count(2, 3),
                attendances: dice.count(6, 18),
            });
            book.supervisions.add(held_on, supervision);
        }
    }
}
