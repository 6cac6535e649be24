//! What social workers and the communities' administrative workers did together.

use platform::joint_work::{JointKind, JointWork};

use crate::book::{Book, id, row};
use crate::calendar::{END, START, workdays};
use crate::dice::Dice;
use crate::plan::Plan;

/// In each community in the period.
const EACH: usize = 3;
/// What was done, of what kind, and about how many households were visited.
const DONE: &[(JointKind, &str, usize)] = &[
    (JointKind::JointVisit, "同事务性社工逐户核对困难群众名册", 8),
    (JointKind::JointVisit, "台风前一起上门查看独居长者的门窗", 12),
    (JointKind::Referral, "把待遇复核的家庭转给社区经办，约定三天内回复", 0),
    (JointKind::CaseMeeting, "会商一户多重困难家庭，分清各自跟进的事", 0),
    (JointKind::JointActivity, "一起办政策宣讲，事务性社工现场答问", 0),
    (JointKind::Training, "社工讲入户沟通，事务性社工讲救助口径", 0),
];

/// Enters joint work.
pub(crate) fn make(book: &mut Book, plan: &Plan<'_>) {
    let (mut dice, days) = (Dice::new("joint_work"), workdays(START, END));
    for place in 0..plan.ground.places.len() {
        for turn in 0..EACH {
            let done_on = dice.pick(&days);
            let (kind, what, households) = dice.pick(DONE);
            let visited = if households == 0 { 0 } else { households - 2 + dice.below(5) };
            let n = format!("{place} {turn}");
            let work = row!(JointWork, id::<JointWork>(done_on, n), plan.at_place(place, done_on), {
                done_on,
                kind,
                what: what.to_owned(),
                administrative_workers: i32::try_from(1 + dice.below(3)).unwrap_or(1),
                households_visited: i32::try_from(visited).unwrap_or(0),
            });
            book.joint_works.add(done_on, work);
        }
    }
}
