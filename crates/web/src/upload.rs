//! Taking the file that a form sends: up to a limit, into memory and nowhere else.

use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;

use crate::{Fault, Form};

/// The largest file that is taken, in bytes: 20 MiB.
pub const MAX_BYTES: usize = 20 << 20;
/// The same for people.
pub const MAX_WORDS: &str = "20 MB";
/// The name of the form's field with the file.
pub const FILE: &str = "file";
/// The most that one field beside the file may hold, in bytes.
const MAX_FIELD: usize = 64 << 10;

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name, without any folder.
    pub name: String,
    /// What is in it.
    pub content: Vec<u8>,
}

/// The file of a form and the fields beside it; no file when none was chosen.
///
/// # Errors
/// It is no form with files, it broke off, or the file is larger than [`MAX_BYTES`].
pub async fn take(sent: Result<Multipart, MultipartRejection>) -> Result<(Option<Upload>, Form), Fault> {
    let mut form = sent.map_err(|_| broken())?;
    let (mut upload, mut fields) = (None, Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| fault_of(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == FILE {
            upload = file(field).await?;
        } else {
            let (content, sent) = read(field, MAX_FIELD).await?;
            if sent > MAX_FIELD {
                return Err(Fault::of_status(StatusCode::PAYLOAD_TOO_LARGE));
            }
            fields.push((name, String::from_utf8_lossy(&content).into_owned()));
        }
    }
    Ok((upload, Form::of(fields)))
}

async fn file(field: Field<'_>) -> Result<Option<Upload>, Fault> {
    let name = field.file_name().unwrap_or_default();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    match read(field, MAX_BYTES).await? {
        (_, sent) if sent > MAX_BYTES => Err(too_large()),
        (_, 0) if name.is_empty() => Ok(None),
        (content, _) => Ok(Some(Upload { name, content })),
    }
}

/// What is beyond the limit is read to its end but not kept: a browser that may not finish sending shows a broken
/// connection in place of what we have to say. The site's own limit ends that.
async fn read(mut field: Field<'_>, most: usize) -> Result<(Vec<u8>, usize), Fault> {
    let (mut content, mut sent) = (Vec::new(), 0_usize);
    while let Some(chunk) = field.chunk().await.map_err(|error| fault_of(&error))? {
        sent = sent.saturating_add(chunk.len());
        if sent > most {
            content = Vec::new();
        } else {
            content.extend_from_slice(&chunk);
        }
    }
    Ok((content, sent))
}

fn fault_of(error: &MultipartError) -> Fault {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { too_large() } else { broken() }
}

fn too_large() -> Fault {
    let what = format!("文件超过 {MAX_WORDS}，没有处理");
    Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", what, "请压缩文件里的图片，或拆成几份再提交")
}

fn broken() -> Fault {
    Fault::bad_request("bad_upload", "文件没有传完整，没有处理", "请回到原来的页面重新选文件提交")
}
