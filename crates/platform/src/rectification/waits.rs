//! What of rectification waits for whoever asks.

use db::Tx;
use web::Target;

use super::policy::Rectification;
use super::{VERIFY, begin, find, tasks};
use crate::access::Part as _;
use crate::shell::{App, Trouble};

/// What is late where whoever asks writes; what was claimed by others and what is to be made where they verify: where it is
/// done, a word and how many. A fixed number of queries, but for rounds whose items are to be made.
///
/// # Errors
/// What the database says.
pub fn waits(tx: &mut Tx<'_>, app: &App) -> Result<Vec<(String, &'static str, usize)>, Trouble> {
    let (writes, verifies) = (app.asker().scope(Rectification::CORRECT), app.asker().scope(VERIFY));
    if writes.is_empty() && verifies.is_empty() {
        return Ok(Vec::new());
    }
    let mut waits = Vec::new();
    let mut wait = |status: Option<&str>, word: &'static str, count: usize| {
        if count > 0 {
            let href = Target::new(&["rectification"]).with_some("status", status).href();
            waits.push((href, word, count));
        }
    };
    let both = writes.clone().with(&verifies);
    let open = find::open_items(tx, both.stations())?;
    let today = app.site().today;
    let urgent = tasks::urgent(tx, both.stations(), today)?;
    let urgent: Vec<_> = urgent.into_iter().filter(|task| open.contains(&task.item_id)).collect();
    let late =
        |task: &&tasks::Task| writes.reaches(task.station_id) && task.due_on.is_some_and(|day| day < today);
    wait(Some("late"), "过期", urgent.iter().filter(late).count());
    let me = app.asker().user().map(|user| user.user);
    let to_verify = |task: &&tasks::Task| {
        verifies.reaches(task.station_id) && task.claimed.is_some() && task.claimed_by != me
    };
    wait(Some("claimed"), "等核实", urgent.iter().filter(to_verify).count());
    wait(None, "待建立", begin::waiting(tx, app)?.into_iter().map(|(_, concerns)| concerns).sum());
    Ok(waits)
}
