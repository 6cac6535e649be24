//! What can go wrong when a document is written, in Chinese: what happened, where, and what to do.
//! Not here: mistakes in a document's content, which are the caller's to find.

use std::path::PathBuf;

/// A rendering that failed. The message is for people and names the remedy.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// No font with Chinese letters was found, so that no PDF can be made.
    #[error(
        "没有找到中文字体，不能生成 PDF。找过的字体：{families}；找过的文件夹：{folders}。\
         请安装中文字体后重试，例如在 Debian 或 Ubuntu 上运行 apt-get install fonts-noto-cjk。"
    )]
    NoChineseFont {
        /// Families looked for, separated by 、.
        families: String,
        /// Folders searched, separated by 、.
        folders: String,
    },
    /// A font file is there but could not be read.
    #[error("字体文件 {} 读不出来（{reason}）。请检查文件权限，或重新安装该字体。", path.display())]
    FontFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The typesetter refused the document.
    #[error("PDF 排版没有完成：文档“{document}”，{reason}。请把文档标识和这段话交给维护人员。")]
    Pdf {
        /// Identifier of the document.
        document: String,
        /// The typesetter's messages.
        reason: String,
    },
    /// A chart could not be drawn as a picture.
    #[error("图“{chart}”画不出来：{reason}。请检查图的标题和各行名称里有没有特殊字符。")]
    Chart {
        /// Id of the chart.
        chart: String,
        /// What the drawing library said.
        reason: String,
    },
    /// The Word file could not be put together.
    #[error("Word 文件没有写成：文档“{document}”，{reason}。请把文档标识和这段话交给维护人员。")]
    Docx {
        /// Identifier of the document.
        document: String,
        /// What the library said.
        reason: String,
    },
    /// The workbook could not be put together.
    #[error("Excel 文件没有写成：文档“{document}”的工作表“{sheet}”，{reason}。请检查该表的标题和内容。")]
    Xlsx {
        /// Identifier of the document.
        document: String,
        /// Name of the sheet.
        sheet: String,
        /// What the library said.
        reason: String,
    },
}
