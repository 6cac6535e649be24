//! The families a report may be set in, by role, and how their files are usually named.
//! Not here: looking for them (`search`).

/// A role: families in order of preference, and starts of file names that promise one of them.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Family names as the font files state them.
    pub(super) families: &'static [&'static str],
    /// Parts of file names in lower case.
    pub(super) files: &'static [&'static str],
}

/// 仿宋, the running text of GB/T 9704.
pub(super) const FANGSONG: Wanted = Wanted {
    families: &["FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02", "STFangsong"],
    files: &["simfang", "fangsong", "stfangso", "fzfs", "仿宋"],
};

/// 楷体, second-level headings.
pub(super) const KAITI: Wanted = Wanted {
    families: &["KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "FZKai-Z03", "STKaiti", "Kaiti SC"],
    files: &["simkai", "kaiti", "fzkt", "楷体"],
};

/// 黑体, first-level headings.
pub(super) const HEITI: Wanted = Wanted {
    families: &["SimHei", "黑体", "FZHei-B01", "STHeiti", "Heiti SC"],
    files: &["simhei", "stheiti", "fzht", "黑体"],
};

/// 小标宋, the title.
pub(super) const TITLE: Wanted = Wanted {
    families: &["FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK"],
    files: &["fzxbs", "xiaobiaosong", "小标宋"],
};

/// Stand-ins with serifs.
pub(super) const SERIF: Wanted = Wanted {
    families: &["Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Songti SC", "SimSun"],
    files: &["notoserifcjk", "notoserifsc", "sourcehanserif", "songti", "simsun"],
};

/// Stand-ins without serifs; also the letters of charts.
pub(super) const SANS: Wanted = Wanted {
    families: &[
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "Source Han Sans SC",
        "PingFang SC",
        "Microsoft YaHei",
        "WenQuanYi Micro Hei",
        "WenQuanYi Zen Hei",
    ],
    files: &["notosanscjk", "notosanssc", "sourcehansans", "pingfang", "msyh", "wqy"],
};
