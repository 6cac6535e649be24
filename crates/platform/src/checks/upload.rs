//! Taking the file that a form sends: from our own pages only, up to a limit, into memory and nowhere else.

use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::{HeaderMap, StatusCode, header};
use web::{Fault, Link};

/// The largest file that is taken, in bytes: 20 MiB.
pub(super) const MAX_BYTES: usize = 20 << 20;
/// The same for people.
pub(super) const MAX_WORDS: &str = "20 MB";
/// The name of the form's field.
pub(super) const FIELD: &str = "file";

/// A file as it was sent.
pub(super) struct Upload {
    /// Its name, without any folder.
    pub(super) name: String,
    pub(super) content: Vec<u8>,
}

/// Whether a page of ours sent the request. A program that is no browser says nothing of where it comes from, and
/// nobody can make it act against its will: it may pass.
///
/// # Errors
/// Another site's page sent it.
pub(super) fn same_origin(headers: &HeaderMap) -> Result<(), Fault> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let fetched = text("sec-fetch-site").is_none_or(|site| ["same-origin", "none"].contains(&site));
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let from = text(header::ORIGIN.as_str()).or_else(|| text(header::REFERER.as_str()));
    let ours = from.is_none_or(|from| host_of(from).is_some_and(|from| from.eq_ignore_ascii_case(host)));
    if fetched && ours {
        return Ok(());
    }
    let what = "这份文件不是从本站的页面提交的，没有核验";
    let fault = Fault::new(StatusCode::FORBIDDEN, "cross_origin", what, "请打开“文字核验”，在那里选文件提交");
    Err(fault.near([Link::new("/checks", "文字核验")]))
}

/// Host and port of an origin or an address; `None` for `null` and anything else.
fn host_of(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://"))?;
    rest.split(['/', '?', '#']).next()
}

/// The file of the form; `None` when none was chosen.
///
/// # Errors
/// It is no form with files, it broke off, or the file is larger than [`MAX_BYTES`].
pub(super) async fn take(sent: Result<Multipart, MultipartRejection>) -> Result<Option<Upload>, Fault> {
    let mut form = sent.map_err(|_| broken())?;
    while let Some(field) = form.next_field().await.map_err(|error| fault_of(&error))? {
        if field.name() == Some(FIELD) {
            return file(field).await;
        }
    }
    Ok(None)
}

/// What is beyond the limit is read to its end but not kept: a browser that may not finish sending shows a broken
/// connection in place of what we have to say. The site's own limit ends that.
async fn file(mut field: Field<'_>) -> Result<Option<Upload>, Fault> {
    let name = field.file_name().unwrap_or_default();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let (mut content, mut sent) = (Vec::new(), 0_usize);
    while let Some(chunk) = field.chunk().await.map_err(|error| fault_of(&error))? {
        sent = sent.saturating_add(chunk.len());
        if sent > MAX_BYTES {
            content = Vec::new();
        } else {
            content.extend_from_slice(&chunk);
        }
    }
    match sent {
        _ if sent > MAX_BYTES => Err(too_large()),
        0 if name.is_empty() => Ok(None),
        _ => Ok(Some(Upload { name, content })),
    }
}

fn fault_of(error: &MultipartError) -> Fault {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { too_large() } else { broken() }
}

fn too_large() -> Fault {
    let what = format!("文件超过 {MAX_WORDS}，没有核验");
    let remedy = "请压缩文件里的图片，或只把文字另存为 .docx 或 .txt，再核验";
    let fault = Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", what, remedy);
    fault.near([Link::new("/checks", "文字核验")])
}

fn broken() -> Fault {
    let fault =
        Fault::bad_request("bad_upload", "文件没有传完整，没有核验", "请回到“文字核验”重新选文件提交");
    fault.near([Link::new("/checks", "文字核验")])
}
