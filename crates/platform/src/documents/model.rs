//! The closed lists of words used here, and what a kind of document must have.

kernel::words! {
    /// What a document is.
    pub enum DocumentKind {
        /// Who was there, each in their own hand.
        SignInSheet = "sign_in_sheet" "签到表",
        /// A picture of what was done.
        Photo = "photo" "照片",
        /// What is to be done.
        Plan = "plan" "方案",
        /// What was done, as it went.
        ProcessRecord = "process_record" "过程记录",
        /// What came of it.
        Summary = "summary" "总结",
        /// What was agreed.
        Agreement = "agreement" "协议",
        /// That somebody agrees.
        Consent = "consent" "同意书",
        /// What somebody is found to be or to have done.
        AssessmentForm = "assessment_form" "评定表",
        /// What an authority says.
        Certificate = "certificate" "证明",
        /// What was said.
        Minutes = "minutes" "会议记录",
        /// A rule as adopted.
        Regulation = "regulation" "制度文本",
        /// Somebody's hand, on a screen.
        Signature = "signature" "签名",
        /// Anything else.
        Other = "other" "其他",
    }
}

kernel::words! {
    /// What a file is, by its content.
    pub enum ContentType {
        /// Portable Document Format.
        Pdf = "application/pdf" "PDF",
        /// JPEG.
        Jpeg = "image/jpeg" "JPEG 图片",
        /// PNG.
        Png = "image/png" "PNG 图片",
        /// `WebP`.
        Webp = "image/webp" "WebP 图片",
        /// A telephone's picture.
        Heic = "image/heic" "HEIC 图片",
        /// MPEG-4.
        Mp4 = "video/mp4" "MP4 视频",
        /// Word since 2007.
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document" "Word 文档",
        /// Excel since 2007.
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" "Excel 表格",
        /// Word before.
        Doc = "application/msword" "Word 97 文档",
        /// Excel before.
        Xls = "application/vnd.ms-excel" "Excel 97 表格",
        /// Plain text.
        Text = "text/plain" "文本",
        /// A table as text.
        Csv = "text/csv" "CSV 表格",
    }
}

impl DocumentKind {
    /// Whether it is nothing without a signature and its date.
    #[must_use]
    pub const fn needs_signature(self) -> bool {
        matches!(self, Self::SignInSheet | Self::Agreement | Self::Consent | Self::AssessmentForm)
    }

    /// What a document of this kind lacks, as evidence; an evaluator would find it.
    #[must_use]
    pub const fn lacks(self, signed: bool, dated: bool) -> Option<&'static str> {
        match (signed, dated) {
            (true, false) => Some("签名没有日期"),
            (false, _) if self.needs_signature() => Some("缺签名"),
            _ => None,
        }
    }
}

impl ContentType {
    /// Whether every browser shows it by itself; the others are saved.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        self.is_picture() || matches!(self, Self::Pdf)
    }

    /// Whether a page can show it as a picture.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }

    /// How the name of such a file may end; the first is the usual one.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Heic => &["heic", "heif"],
            Self::Mp4 => &["mp4", "m4v", "mov"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Doc => &["doc", "wps"],
            Self::Xls => &["xls", "et"],
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
        }
    }
}
