//! What a database can answer instead of what was asked, in words a person can act on.

use diesel::result::{DatabaseErrorKind, Error as Diesel};
use kernel::Problem;

/// The result of everything that touches the database.
pub type DbResult<T> = Result<T, DbError>;

/// A failure of the database, or a refusal that a transaction carries out.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database said no.
    #[error("{}", describe(.0))]
    Diesel(#[from] Diesel),
    /// A problem for the person who asked.
    #[error(transparent)]
    Problem(#[from] Problem),
}

impl From<crate::SealError> for DbError {
    fn from(error: crate::SealError) -> Self {
        let what = format!("加密的内容打不开（{}）：密钥不对，或内容被改动过", error.column());
        Problem::new("seal_broken", what, "请核对密钥文件，必要时从备份恢复").into()
    }
}

impl DbError {
    /// The name of the constraint that refused a write, where one did.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Diesel(Diesel::DatabaseError(_, info)) => info
                .constraint_name()
                .or_else(|| info.message().split_once("constraint failed: ").map(|(_, name)| name)),
            _ => None,
        }
    }
}

fn describe(error: &Diesel) -> String {
    let Diesel::DatabaseError(kind, info) = error else {
        return match error {
            Diesel::NotFound => "没有找到所要的记录".into(),
            other => format!("数据库出错：{other}"),
        };
    };
    let message = info.message();
    match kind {
        DatabaseErrorKind::UniqueViolation => format!("已有同样的记录（{message}）。请核对后修改原记录"),
        DatabaseErrorKind::ForeignKeyViolation => format!("所指的记录不存在（{message}）"),
        DatabaseErrorKind::CheckViolation => format!("内容不合规定（{message}）"),
        _ if message.contains("disk is full") || message.contains("No space left") => {
            "磁盘已满，这次没有写入，原有数据未变。请腾出空间后再试".into()
        }
        _ if message.contains("readonly") || message.contains("read-only") => {
            "数据库不可写，这次没有写入，原有数据未变。请检查文件夹权限".into()
        }
        _ if ["locked", "lock timeout", "deadlock"].iter().any(|word| message.contains(word)) => {
            "数据库正忙，这次没有写入。请稍后再试".into()
        }
        _ => format!("数据库出错：{message}"),
    }
}
