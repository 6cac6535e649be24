//! That somebody opened a file about people: a line in the audit log, once for each person and document within some minutes.
//! Not here: who may open it.

use db::{AuditQuery, DbResult, Event, Tx};
use kernel::{Id, Moment};

use super::store::Document;
use super::subject::Subject;
use crate::access::Asker;
use crate::audit;

/// For how long one opening stands for those after it: a page of a document asks for its file again and again.
const STANDS: i64 = 5 * 60 * 1_000_000;
const VERB: &str = "documents.open";

/// The line that is due for an opening, and its chain; none where the document tells of things, or there is one already.
///
/// # Errors
/// What the database says.
pub(super) fn line(
    tx: &mut Tx<'_>,
    asker: &Asker,
    row: &Document,
    subject: &Subject,
) -> DbResult<Option<(Id, Event<'static>)>> {
    if !audit::of_people(&row.subject_kind) {
        return Ok(None);
    }
    let lately = AuditQuery {
        chains: Some(vec![subject.place.station]),
        actor: Some(asker.actor().code()),
        verb: Some(VERB.to_owned()),
        record_id: Some(row.id),
        from: Some(Moment::from_micros(tx.at().micros() - STANDS)),
        limit: 1,
        ..AuditQuery::default()
    };
    let known = tx.audit_search(&lately)?.1 > 0;
    let detail = Some(serde_json::json!({ "subject_kind": row.subject_kind, "subject_id": row.subject_id }));
    let event = Event { verb: VERB, kind: "document", record_id: Some(row.id), reason: None, detail };
    Ok((!known).then_some((subject.place.station, event)))
}
