//! The file of a document, for whoever may read the record it is attached to.

use axum::Extension;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;
use web::{Fault, Page, listed, served};

use super::super::model::ContentType;
use super::super::opened;
use super::super::store::Document;
use super::super::subject::Subjects;
use crate::shell::{App, Trouble};

pub(super) async fn show(
    app: App,
    Path(id): Path<String>,
    Extension(subjects): Extension<Subjects>,
    asked: HeaderMap,
) -> Page {
    // Who may see it is settled each time, before a copy that a browser kept is called good.
    let (row, line) = app
        .read(move |tx, app| {
            let (_, row, subject) = subjects.document(tx, app.asker(), ("read", &id))?;
            let line = opened::line(tx, app.asker(), &row, &subject)?;
            Ok((row, line))
        })
        .await?;
    if let Some((station, event)) = line {
        app.write(move |tx, _| Ok(tx.event(station, event)?)).await?;
    }
    let tag = HeaderValue::from_str(&format!("W/\"{}\"", &row.sha256[..32])).map_err(Fault::internal)?;
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| listed(known, &tag));
    let mut answer = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let sha256 = row.sha256.clone();
        let content = app.work(move |app| content(app, &sha256)).await?;
        (headers(&row), content).into_response()
    };
    answer.headers_mut().insert(header::ETAG, tag);
    Ok(answer)
}

fn headers(row: &Document) -> HeaderMap {
    let pdf = row.content_type == ContentType::Pdf;
    served(&row.file_name, row.content_type.as_str(), (row.content_type.is_shown(), pdf))
}

fn content(app: &App, sha256: &str) -> Result<Vec<u8>, Trouble> {
    let read = app.site().database.contents().and_then(|contents| contents.get(sha256));
    read.map_err(|problem| {
        tracing::error!(%problem, "a file that a document speaks of cannot be read");
        Fault::of(StatusCode::INTERNAL_SERVER_ERROR, &problem).into()
    })
}
