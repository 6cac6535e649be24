//! What became of the concerns of a round, for whoever writes the findings of the next one.

use std::collections::BTreeMap;

use db::Tx;
use kernel::Id;

use super::policy::Rectification;
use super::tasks::Task;
use super::{find, tasks};
use crate::access::Part as _;
use crate::evaluation::{Became, FollowedUp, Round};
use crate::shell::{App, Trouble};

/// Handed to the evaluation, which stands above.
pub const FOLLOWED: FollowedUp = FollowedUp { of };

fn of(tx: &mut Tx<'_>, app: &App, round: &Round) -> Result<Vec<Became>, Trouble> {
    let now = tx.at();
    let seen = app.asker().scope(Rectification::READ).reaches(round.station_id);
    let tasks: BTreeMap<Id, Task> =
        tasks::of(tx, Some(vec![round.station_id]))?.into_iter().map(|task| (task.item_id, task)).collect();
    let items = find::items_of(tx, round.station_id, &round.code, now)?;
    let became = items.into_iter().map(|item| {
        let claimed = tasks.get(&item.id).and_then(|task| task.claimed);
        let waiting = claimed.map(|status| format!("，报送{}，等核实", status.label()));
        Became {
            state: format!("{}{}", item.status.label(), waiting.unwrap_or_default()),
            href: seen.then(|| format!("/rectification/{}", item.id)),
            code: item.code,
            done: item.action,
        }
    });
    Ok(became.collect())
}
