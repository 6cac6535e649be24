//! What people said of the work, and what was answered: at meetings, by telephone, at the door, as complaints.

use platform::opinions::{Channel, Opinion};

use crate::book::{Book, id, row};
use crate::calendar::{END, START, later, workdays};
use crate::dice::Dice;
use crate::plan::Plan;

/// In the period.
const OPINIONS: usize = 16;
/// Every so many is a complaint.
const COMPLAINT: usize = 5;
/// What was said, by which way, and what was answered.
const SAID: &[(Channel, &str, &str)] = &[
    (Channel::Meeting, "希望长者饭堂的送餐时间再早一点", "已和饭堂商定，十一点二十分前送到"),
    (Channel::Meeting, "楼梯间的灯坏了好久，老人家夜里不敢下楼", "已报社区报修，三天内换好，社工回访确认"),
    (Channel::Visit, "活动总在上午，带孩子的来不了", "下月起每月安排一场周六下午的活动"),
    (Channel::Visit, "想多学一些手机上看病挂号的办法", "已列入智能手机班第二期"),
    (Channel::Call, "打热线总要等", "调整了午间值守，高峰时段加一人"),
    (Channel::Call, "不知道去哪里申请居家改造", "已上门说明条件和流程，协助填写申请"),
    (Channel::Complaint, "社工约好上门却改了两次时间", "站长致歉并说明，改由固定社工跟进"),
    (Channel::Complaint, "活动报名满了没有提前说", "报名页面写明名额，候补的逐一电话告知"),
];

/// Enters opinions; the latest of them have no answer yet.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let (mut dice, days) = (Dice::new("opinions"), workdays(START, END));
    for n in 0..OPINIONS {
        let given_on = dice.pick(&days);
        let place = dice.below(plan.ground.places.len());
        let complaint = n % COMPLAINT == COMPLAINT - 1;
        let fits: Vec<_> =
            SAID.iter().copied().filter(|(way, ..)| (*way == Channel::Complaint) == complaint).collect();
        let (channel, content, answer) = dice.pick(&fits);
        let answered_on = Some(later(given_on, 4)).filter(|day| *day <= END);
        let opinion = row!(Opinion, id::<Opinion>(given_on, n), plan.at_place(place, given_on), {
            given_on,
            channel,
            complaint,
            content: content.to_owned(),
            answer: answered_on.map(|_| answer.to_owned()).unwrap_or_default(),
            answered_on,
        });
        book.opinions.add(answered_on.unwrap_or(given_on), opinion);
    }
}
