//! Partners, community charity funds, their drives and their income.

use chrono::NaiveDate;
use kernel::Fen;
use platform::partners::{CommunityFund, FundDrive, FundIncome, Partner, Tier};

use crate::book::{Book, id, row};
use crate::calendar::{END, START, day, later, workday_near, workdays};
use crate::dice::Dice;
use crate::plan::Plan;
use crate::words::events::{DRIVES, PARTNERS, SOURCES};

/// Partners at the end of the period, and those who left within it.
const CURRENT: usize = 57;
const LEFT: usize = 2;
/// Income of each area in the period in fen, in so many rows: 79,052.65 yuan in 晓港, the rest invented.
const INCOMES: [(usize, i64); 4] = [(34, 7_905_265), (28, 5_418_090), (22, 3_966_420), (17, 2_650_735)];
/// The one fund with a worker on its committee.
const WITH_WORKER: &str = "xiaoyuandong";

/// Enters partners and funds.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let mut dice = Dice::new("partners");
    partners(book, plan, &mut dice);
    let funds = funds(book, plan, &mut dice);
    drives(book, plan, &funds, &mut dice);
    incomes(book, plan, &funds, &mut dice);
}

fn partners(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) {
    const STEMS: [&str; 4] = ["甲", "乙", "丙", "丁"];
    for n in 0..CURRENT + LEFT {
        let kind = PARTNERS[n % PARTNERS.len()];
        let stem = STEMS[n / PARTNERS.len() % STEMS.len()];
        let joined_on = workday_near(later(day(2022, 11, 21), dice.between(0, 720)), day(2022, 11, 1));
        let tier = match dice.below(10) {
            0..2 => Tier::Core,
            2..7 => Tier::Regular,
            _ => Tier::Occasional,
        };
        let at = plan.at_area(n % plan.ground.areas.len());
        let partner = row!(Partner, id::<Partner>(joined_on, n), at, {
            name: format!("示例{kind}{stem}"),
            tier,
            joined_on,
            left_on: None,
        });
        if n >= CURRENT {
            let left_on = later(day(2024, 11, 1), dice.between(10, 50));
            book.partners.correct(left_on, Partner { left_on: Some(left_on), ..partner.clone() });
        }
        book.partners.add(joined_on, partner);
    }
}

/// One fund in each community.
fn funds(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) -> Vec<kernel::Id> {
    let mut funds = Vec::new();
    for (place, community) in plan.ground.places.iter().enumerate() {
        let founded_on = later(day(2020, 9, 1), dice.between(0, 1200));
        let fund = id::<CommunityFund>(founded_on, place);
        let row = row!(CommunityFund, fund, plan.at_place(place, founded_on), {
            name: format!("{}社区慈善基金", community.name),
            founded_on,
            dissolved_on: None,
            worker_on_committee: community.code == WITH_WORKER,
        });
        book.funds.add(founded_on, row);
        funds.push(fund);
    }
    funds
}

/// One in the half of June, two in each month after it: thirteen.
fn drives(book: &mut Book, plan: &Plan<'_>, funds: &[kernel::Id], dice: &mut Dice) {
    let mut days: Vec<NaiveDate> = vec![day(2024, 6, 26)];
    for month in 7..=12 {
        days.push(workday_near(later(day(2024, month, 1), dice.between(7, 11)), day(2024, month, 1)));
        days.push(workday_near(later(day(2024, month, 1), dice.between(17, 26)), day(2024, month, 12)));
    }
    // Before the contract: not counted in it.
    days.push(day(2024, 5, 15));
    for (n, held_on) in days.into_iter().enumerate() {
        let place = n * 5 % funds.len();
        let drive = row!(FundDrive, id::<FundDrive>(held_on, n), plan.at_place(place, held_on), {
            fund_id: funds[place],
            name: dice.pick(DRIVES).to_owned(),
            held_on,
        });
        book.drives.add(held_on, drive);
    }
}

fn incomes(book: &mut Book, plan: &Plan<'_>, funds: &[kernel::Id], dice: &mut Dice) {
    let days = workdays(START, END);
    for (area, (rows, fen)) in INCOMES.into_iter().enumerate() {
        let places = plan.ground.places_of(area);
        let mut amounts = dice.parts(fen, rows, 80);
        // And one of the contract before.
        amounts.push(123_400);
        for (turn, amount) in amounts.into_iter().enumerate() {
            let place = dice.pick(&places);
            let received_on = if turn == rows { day(2024, 5, 20) } else { dice.pick(&days) };
            let n = area * 100 + turn;
            let income = row!(FundIncome, id::<FundIncome>(received_on, n), plan.at_place(place, received_on), {
                fund_id: funds[place],
                received_on,
                amount: Fen(amount),
                source: dice.pick(SOURCES).to_owned(),
            });
            book.incomes.add(received_on, income);
        }
    }
}
