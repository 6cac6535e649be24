//! What the public saw: 72 posts with 19,696 views, reports by media, thanks, brochures.

use platform::publicity::{BrochureRound, MediaLevel, MediaReport, Post, Recognition, RecognitionKind};

use crate::book::{Book, id, row};
use crate::calendar::{END, START, day, later, workdays};
use crate::dice::Dice;
use crate::plan::Plan;
use crate::words::events::{BROCHURES, MEDIA, MEDIA_TITLES, POSTS};
use crate::words::fill;

const POST_COUNT: usize = 72;
const VIEWS: i64 = 19_696;
/// Reports by media of the city or above, and of the district.
const MEDIA_REPORTS: [(MediaLevel, usize); 2] = [(MediaLevel::CityOrAbove, 8), (MediaLevel::District, 5)];
/// Thanks in the period.
const RECOGNITIONS: [(RecognitionKind, usize); 3] =
    [(RecognitionKind::ThankYouLetter, 2), (RecognitionKind::Banner, 1), (RecognitionKind::Commendation, 2)];
/// Copies of brochures, a little over a thousand, in so many rounds.
const COPIES: i64 = 1_046;
const ROUNDS: usize = 23;

/// Enters publicity.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let mut dice = Dice::new("publicity");
    posts(book, plan, &mut dice);
    media(book, plan, &mut dice);
    recognitions(book, plan, &mut dice);
    brochures(book, plan, &mut dice);
}

fn posts(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) {
    let days = workdays(START, END);
    for (n, views) in dice.parts(VIEWS, POST_COUNT, 70).into_iter().enumerate() {
        let posted_on = dice.pick(&days);
        let place = dice.below(plan.ground.places.len());
        post(book, plan, (n, place, posted_on), views, dice);
    }
    // Before the contract: not counted in it.
    for n in 0..3 {
        post(book, plan, (POST_COUNT + n, n, later(day(2024, 5, 6), 9)), 150, dice);
    }
}

fn post(
    book: &mut Book,
    plan: &Plan<'_>,
    (n, place, posted_on): (usize, usize, chrono::NaiveDate),
    views: i64,
    dice: &mut Dice,
) {
    let channel = if dice.percent(70) { "微信公众号" } else { "视频号" };
    let post = row!(Post, id::<Post>(posted_on, n), plan.at_place(place, posted_on), {
        posted_on,
        channel: channel.to_owned(),
        title: fill(dice.pick(POSTS), &[&plan.ground.places[place].name]),
        views: i32::try_from(views).unwrap_or(0),
    });
    book.publications.add(posted_on, post);
}

fn media(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) {
    let days = workdays(START, END);
    for (level, count) in MEDIA_REPORTS {
        for turn in 0..count {
            let published_on = dice.pick(&days);
            let n = format!("{} {turn}", level.as_str());
            let report = row!(MediaReport, id::<MediaReport>(published_on, n), plan.at_station(), {
                published_on,
                medium: if level == MediaLevel::District { "示例区融媒体中心" } else { dice.pick(MEDIA) }.to_owned(),
                level,
                title: dice.pick(MEDIA_TITLES).to_owned(),
            });
            book.media.add(published_on, report);
        }
    }
}

fn recognitions(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) {
    let days = workdays(START, END);
    for (kind, count) in RECOGNITIONS {
        // One more of each kind before the contract.
        for turn in 0..=count {
            let received_on = if turn == count { day(2024, 3, 20) } else { dice.pick(&days) };
            let place = dice.below(plan.ground.places.len());
            let n = format!("{} {turn}", kind.as_str());
            let giver = format!("{}社区居民", plan.ground.places[place].name);
            let at = plan.at_place(place, received_on);
            let recognition =
                row!(Recognition, id::<Recognition>(received_on, n), at, { received_on, kind, giver, });
            book.recognitions.add(received_on, recognition);
        }
    }
}

fn brochures(book: &mut Book, plan: &Plan<'_>, dice: &mut Dice) {
    let days = workdays(START, END);
    for (n, copies) in dice.parts(COPIES, ROUNDS, 50).into_iter().enumerate() {
        let given_on = dice.pick(&days);
        let at = plan.at_place(n % plan.ground.places.len(), given_on);
        let round = row!(BrochureRound, id::<BrochureRound>(given_on, n), at, {
            given_on,
            copies: i32::try_from(copies).unwrap_or(0),
            topic: dice.pick(BROCHURES).to_owned(),
        });
        book.brochures.add(given_on, round);
    }
}
