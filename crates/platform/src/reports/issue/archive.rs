//! The archive of a round: one ZIP with every file of the final report, the round's record and the published sample, and a
//! list of them. It is checked without a database.

use std::io::{Cursor, Read as _, Write as _};

use kernel::Problem;
use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::manifest::{FileHash, sha256};

/// The list of an archive's files.
pub const LIST: &str = "archive.json";
/// The record of the round: sealed sheets, deliveries, answers, objections.
pub const ROUND: &str = "round.json";
/// The published sample.
pub const SAMPLE: &str = "sample.json";
/// What the list calls its form.
const FORM: &str = "kapok-archive-1";
/// Bytes of one file, and of all, that are read: a report with its records has a few million.
const MOST: u64 = 512 << 20;

/// `archive.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// [`FORM`].
    pub form: String,
    /// The round's code.
    pub round: String,
    /// What the report bears as its seal.
    pub seal: String,
    /// Every other file.
    pub files: Vec<FileHash>,
}

/// Packs files, their list last. The same files give the same bytes.
///
/// # Errors
/// They cannot be packed.
pub fn pack(round: &str, seal: &str, files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Problem> {
    let failed = |error: String| Problem::new("archive", error, "");
    let list = List {
        form: FORM.to_owned(),
        round: round.to_owned(),
        seal: seal.to_owned(),
        files: files.iter().map(FileHash::of).collect(),
    };
    let mut text = serde_json::to_vec_pretty(&list).map_err(|error| failed(error.to_string()))?;
    text.push(b'\n');
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let all = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    for (name, bytes) in all.chain([(LIST, text.as_slice())]) {
        zip.start_file(name, options).map_err(|error| failed(error.to_string()))?;
        zip.write_all(bytes).map_err(|error| failed(error.to_string()))?;
    }
    Ok(zip.finish().map_err(|error| failed(error.to_string()))?.into_inner())
}

/// An archive as it was read: its list, its files by name, and what does not fit, in words.
pub type Unpacked = (List, Vec<(String, Vec<u8>)>, Vec<String>);

/// Reads an archive: its list and its files, each held to the list; what does not fit is said.
///
/// # Errors
/// It is no archive of a round, is damaged or too large.
pub fn unpack(bytes: &[u8]) -> Result<Unpacked, Problem> {
    let damaged = |what: String| Problem::new("bad_archive", what, "请用原来的归档文件");
    let mut zip =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(format!("不是归档文件：{error}")))?;
    let mut files = Vec::new();
    let mut left = MOST;
    for place in 0..zip.len() {
        let entry = zip.by_index(place).map_err(|error| damaged(format!("归档文件损坏：{error}")))?;
        let name = entry.name().to_owned();
        let mut content = Vec::new();
        let read = entry.take(left + 1).read_to_end(&mut content);
        let read = read.map_err(|error| damaged(format!("{name} 读不了：{error}")))? as u64;
        left = left.checked_sub(read).ok_or_else(|| damaged("归档文件解开后超过 512 MB".to_owned()))?;
        files.push((name, content));
    }
    let at = files.iter().position(|(name, _)| name == LIST);
    let (_, text) = files.remove(at.ok_or_else(|| damaged(format!("归档文件里没有 {LIST}")))?);
    let list: List =
        serde_json::from_slice(&text).map_err(|error| damaged(format!("{LIST} 读不懂：{error}")))?;
    if list.form != FORM {
        return Err(damaged(format!("归档的格式是 {}，本程序只认识 {FORM}", list.form)));
    }
    let mut wrong = Vec::new();
    for listed in &list.files {
        match files.iter().find(|(name, _)| *name == listed.name) {
            None => wrong.push(format!("{} 不在归档里", listed.name)),
            Some((_, content)) if sha256(content) != listed.sha256 => {
                wrong.push(format!("{} 的内容与归档的清单不符", listed.name));
            }
            Some(_) => {}
        }
    }
    let extra = files.iter().filter(|(name, _)| !list.files.iter().any(|listed| listed.name == *name));
    wrong.extend(extra.map(|(name, _)| format!("{name} 不在归档的清单里")));
    Ok((list, files, wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_held_to_its_list() {
        let files = vec![("a.txt".to_owned(), b"one".to_vec()), ("b.txt".to_owned(), vec![7; 100_000])];
        let packed = pack("r", "s", &files).unwrap();
        assert_eq!(packed, pack("r", "s", &files).unwrap());
        let (list, read, wrong) = unpack(&packed).unwrap();
        assert_eq!((list.round.as_str(), list.files.len(), &read, wrong.len()), ("r", 2, &files, 0));
        // Packed again with another content, under the list of before.
        let list = serde_json::to_vec(&list).unwrap();
        for (content, extra, expected) in [
            (Some("two"), None, "a.txt 的内容与归档的清单不符"),
            (None, None, "a.txt 不在归档里"),
            (Some("one"), Some("c.txt"), "c.txt 不在归档的清单里"),
        ] {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            let mut put = |name: &str, bytes: &[u8]| {
                zip.start_file(name, SimpleFileOptions::default()).unwrap();
                zip.write_all(bytes).unwrap();
            };
            put("b.txt", &[7; 100_000]);
            content.iter().for_each(|text| put("a.txt", text.as_bytes()));
            extra.iter().for_each(|name| put(name, b"x"));
            put(LIST, &list);
            let (_, _, wrong) = unpack(&zip.finish().unwrap().into_inner()).unwrap();
            assert_eq!(wrong, [expected]);
        }
        for (bytes, words) in
            [(b"PK".to_vec(), "不是归档文件"), (packed[..packed.len() / 2].to_vec(), "不是归档文件")]
        {
            let problem = unpack(&bytes).unwrap_err();
            assert!(problem.what.contains(words), "{}", problem.what);
        }
    }
}
