//! What can go wrong with a backup file, in words a person can act on.

use std::io;

use diesel::result::Error as Diesel;
use kernel::Problem;

use crate::DbError;

pub(super) fn cut() -> Problem {
    Problem::new("backup_cut", "备份文件不完整，后面的部分没有了", "没有恢复任何内容；请换一份完整的备份")
}

pub(super) fn altered() -> Problem {
    Problem::new("backup_altered", "备份文件被改动过或已损坏", "没有恢复任何内容；请换一份备份")
}

pub(super) fn unknown() -> Problem {
    Problem::new("backup_unknown", "这不是 kapok 的备份文件", "请核对文件名")
}

pub(super) fn newer(what: &str, theirs: u64, ours: u64) -> Problem {
    Problem::new(
        "backup_newer",
        format!("备份是较新版本的程序做的（{what}第 {theirs} 版，本程序只认识到第 {ours} 版）"),
        "请升级 kapok 后再恢复；没有恢复任何内容",
    )
}

/// From reading: a problem that one of our readers passed on, or what the system says.
pub(super) fn reading(error: &io::Error) -> Problem {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Problem>()) {
        Some(problem) => problem.clone(),
        None if error.kind() == io::ErrorKind::UnexpectedEof => cut(),
        None => Problem::new(
            "backup_unreadable",
            format!("读不了备份文件：{error}"),
            "没有恢复任何内容；请检查文件",
        ),
    }
}

/// From writing.
pub(super) fn writing(error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => disk_full(),
        _ => Problem::new("backup_unwritable", format!("写不了文件：{error}"), "请检查文件夹是否存在、可写"),
    }
}

/// The same error, but a full disk as a problem of its own.
pub(super) fn restoring(error: DbError) -> DbError {
    let full = |message: &str| message.contains("disk is full") || message.contains("No space left");
    match &error {
        DbError::Diesel(Diesel::DatabaseError(_, info)) if full(info.message()) => disk_full().into(),
        _ => error,
    }
}

fn disk_full() -> Problem {
    Problem::new("disk_full", "磁盘已满，这次没有写成", "写了一半的文件已经删去；请腾出空间后再试")
}
