//! Whether an old workbook (.xls) claims no more cells than it may: looked at before the reader, which believes it.
//!
//! A damaged or hostile file of a few kilobytes may name a last row and column so far out that reserving the space
//! ends the whole process. Not here: the cells themselves (`book`).

use std::io::{Cursor, Read};

use cfb::CompoundFile;
use kernel::Problem;

/// The most cells of a sheet, from its first corner to its last: 65,536 rows of 64 columns.
const MOST_CELLS: u64 = 1 << 22;
/// The most bytes of the workbook's stream.
const MOST_BYTES: u64 = 64 << 20;

/// Looks at every record that names a row and a column ([MS-XLS] 2.4).
///
/// # Errors
/// `book_password` for a workbook behind a password; `book_unreadable` for one that is damaged or claims too much.
pub(super) fn check(bytes: &[u8], unreadable: impl Fn() -> Problem) -> Result<(), Problem> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| unreadable())?;
    if file.exists("/EncryptedPackage") {
        return Err(Problem::new("book_password", "这个文件设了打开密码", "请先去掉密码，另存后再上传。"));
    }
    let mut stream = Vec::new();
    for name in ["/Workbook", "/Book"] {
        if file.is_stream(name) {
            let opened = file.open_stream(name).map_err(|_| unreadable())?;
            opened.take(MOST_BYTES).read_to_end(&mut stream).map_err(|_| unreadable())?;
            break;
        }
    }
    if fits(&stream) { Ok(()) } else { Err(unreadable()) }
}

fn fits(mut stream: &[u8]) -> bool {
    let (mut rows, mut columns) = (1, 1);
    while let Some((kind, data, rest)) = record(stream) {
        let Some((row, column)) = reach(kind, data) else { return false };
        (rows, columns) = (rows.max(row), columns.max(column));
        stream = rest;
    }
    rows <= 65_536 && columns <= 256 && rows * columns <= MOST_CELLS
}

/// The next record: its kind, its data, what follows.
fn record(stream: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (kind, length) = (short(stream, 0)?, short(stream, 2)?);
    let end = 4 + usize::from(length);
    Some((kind, stream.get(4..end)?, stream.get(end..)?))
}

/// How many rows and columns the sheet must have for this record; `None` when the record contradicts itself.
fn reach(kind: u16, data: &[u8]) -> Option<(u64, u64)> {
    let at = |place: usize| short(data, place).map(u64::from);
    match kind {
        0x0200 if data.len() == 10 => within(at(0)?, at(2)?, at(4)?, at(6)?),
        0x0200 => within(long(data, 0)?, long(data, 4)?, at(8)?, at(10)?),
        0x00bd => Some((at(0)? + 1, at(2)? + u64::try_from(data.len() / 6).ok()?)),
        0x0006 | 0x0201 | 0x0203 | 0x0204 | 0x0205 | 0x00d6 | 0x00fd | 0x027e => {
            Some((at(0)? + 1, at(2)? + 1))
        }
        _ => Some((0, 0)),
    }
}

/// The dimensions of a sheet; all zero for an empty one.
fn within(first_row: u64, rows: u64, first_column: u64, columns: u64) -> Option<(u64, u64)> {
    let empty = rows == 0 || columns == 0;
    (empty || (first_row < rows && first_column < columns)).then_some((rows, columns))
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).and_then(|bytes| bytes.try_into().ok()).map(u16::from_le_bytes)
}

fn long(data: &[u8], at: usize) -> Option<u64> {
    data.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(|bytes| u32::from_le_bytes(bytes).into())
}
