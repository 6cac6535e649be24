//! Why a command did not do what was asked, in words for the person at the terminal. The exit code is 2.

use std::fmt;
use std::path::Path;

use db::DbError;
use kernel::Problem;
use paper::PaperError;

/// What stands between a command and its end.
#[derive(Debug)]
pub struct Trouble(String);

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "出错：{}", self.0)
    }
}

impl Trouble {
    /// A file or folder that could not be read or written.
    pub fn with(what: &str, path: &Path, error: &std::io::Error) -> Self {
        let (why, remedy) = match error.kind() {
            std::io::ErrorKind::NotFound => ("没有这个文件或文件夹", "请核对路径"),
            std::io::ErrorKind::PermissionDenied => ("没有权限", "请检查文件夹权限，或换一个文件夹"),
            std::io::ErrorKind::ReadOnlyFilesystem => ("文件系统只读", "请换一个可写的文件夹"),
            std::io::ErrorKind::StorageFull => ("磁盘已满", "请腾出空间后再试；原有文件未变"),
            std::io::ErrorKind::AlreadyExists => ("已有同名文件", "请换一个文件夹"),
            _ => ("系统报错", "请按所说的原因处理后再试"),
        };
        Self(format!("{what} {}：{why}（{error}）。{remedy}", path.display()))
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self(problem.to_string())
    }
}

impl From<Vec<Problem>> for Trouble {
    fn from(problems: Vec<Problem>) -> Self {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Self(lines.join("\n      "))
    }
}

impl From<DbError> for Trouble {
    fn from(error: DbError) -> Self {
        Self(error.to_string())
    }
}

impl From<PaperError> for Trouble {
    fn from(error: PaperError) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self(format!("写不成 JSON：{error}"))
    }
}
