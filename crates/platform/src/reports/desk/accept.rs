//! Letting an error of the text stand, with a reason that is printed in the report.
//!
//! It holds for what is said and no longer: when the text changes so that the check says something else, it lapses.
//! Whoever wrote the last version of a passage does not decide about its own error.

use axum::extract::Path;
use db::Tx;
use kernel::Id;
use web::form::{Reading, Wrong};
use web::{Fault, Form, Page};

use super::opened::{Opened, address, writer};
use crate::access::{Enter, Withdraw, new_id, permit};
use crate::evaluation::{AcceptedError, Evaluation, last_writer};
use crate::reports::Passage;
use crate::shell::{App, Leads, Trouble};

/// Characters of a reason at least: one word is none.
const LEAST: usize = 10;

pub(super) async fn accept(app: App, Path(code): Path<String>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, form| {
            let opened = Opened::of(tx, app, &code)?;
            let permit = permit::<Enter<Evaluation>>(app.asker(), opened.round.station_id)?;
            let (by, name) = writer(app)?;
            let mut reading = Reading::of(form);
            if !opened.is_open() {
                reading.wrong("reason", opened.closed());
            }
            let mut open = opened.checked.open(&opened.facts.accepted);
            let error =
                open.find(|error| error.rule == form.text("rule") && error.message == form.text("message"));
            let Some(error) = error else {
                let what = "报告里没有这个错误了：文字可能刚改过，请刷新后再看".to_owned();
                return Err(vec![Wrong { field: "reason".into(), what }].into());
            };
            let passages = opened.checked.composed.passages.iter();
            for passage in passages.filter(|passage| opened.checked.concerns(error, passage)) {
                if wrote(tx, &opened, passage)? == Some(by) {
                    reading.wrong("reason", "这段文字是您最后改的，请由另一位同事决定保留，或把它改好");
                    break;
                }
            }
            let reason = reading.text("reason", "保留的理由", 500);
            if reason.as_ref().is_some_and(|reason| reason.chars().count() < LEAST) {
                reading.wrong("reason", format!("理由会印在报告里，至少写 {LEAST} 个字"));
            }
            let reason = reading.done(reason)?;
            let row = AcceptedError {
                id: new_id(tx.at())?,
                station_id: opened.round.station_id,
                area_id: None,
                community_id: None,
                worker_id: None,
                round: opened.round.code.clone(),
                rule: error.rule.to_owned(),
                message: error.message.clone(),
                reason,
                accepted_by: by,
                accepter: name,
                accepted_on: tx.at().day(),
            };
            permit.append(tx, std::slice::from_ref(&row))?;
            Ok(Leads::saying(address(&code), "已保留，理由会印在报告里"))
        })
        .await?;
    submitted.led()
}

/// Who wrote the last version of a passage; nobody where the report's own words stand.
fn wrote(tx: &mut Tx<'_>, opened: &Opened, passage: &Passage) -> Result<Option<Id>, Trouble> {
    match passage.finding {
        Some(finding) => Ok(last_writer(tx, &opened.round, finding)?),
        None => {
            let standing = opened.facts.wordings.iter().find(|one| one.passage == passage.key);
            Ok(standing.map(|one| one.written_by))
        }
    }
}

pub(super) async fn withdraw(app: App, Path((code, id)): Path<(String, String)>, form: Form) -> Page {
    let submitted = app
        .submit(&form, move |tx, app, _| {
            let opened = Opened::of(tx, app, &code)?;
            let permit = permit::<Withdraw<Evaluation>>(app.asker(), opened.round.station_id)?;
            if !opened.is_open() {
                return Err(vec![Wrong { field: "reason".into(), what: opened.closed() }].into());
            }
            let found = opened.facts.accepted.iter().find(|one| one.id.as_str() == id);
            let none = || Fault::not_found("unknown_acceptance", "没有这条保留", "请从报告用语里选");
            permit.withdraw::<AcceptedError>(tx, found.ok_or_else(none)?.id, "不再保留")?;
            Ok(Leads::saying(address(&code), "不再保留"))
        })
        .await?;
    submitted.led()
}
