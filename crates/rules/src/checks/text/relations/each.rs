//! What an average is taken over, read from its words: 平均每节, 人均, 站均, 每名访员, 月均.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::checks::text::words::has_any;

/// What an average is taken over: the class of the count, and its noun where one is said.
pub(super) struct Over {
    pub(super) class: &'static str,
    pub(super) noun: String,
    /// Says 均: the number is a mean and not what each one must have.
    pub(super) mean: bool,
}

static EACH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:(?P<n3>[\p{Han}]{2,6})平均|(?P<m>平均)?每(?P<u>个|组|名|位|场|次|节|站|户|月|年|天|日|周|人|支|篇|家|例|份|期|处|批|件|单|案|所)?(?P<n>[\p{Han}]{0,8}?)(?P<m2>平均)?",
        r"|(?P<n2>[\p{Han}]{0,6}?)(?P<u2>人|户|场|站|月|年|日|次|节|点|周|篇|例|期|处|批|件)均(?:[\p{Han}]{0,4}))",
        r"(?:约|为|达|开展|服务|参与|访问|探访|面谈|完成|举办|受益|时长|支出|经费|投入|得|成本|参加|办理|活动|走访|形成|结对|负责|承担|覆盖|联系|帮扶|督导|接待|获得|接受|享受)*(?:约|为|达|是)?$",
    ))
    .ok()
});

/// What a mean may be over without a measure word: 每室, 每校.
const SITES: &[&str] =
    &["室", "校", "院", "镇", "乡", "街道", "镇街", "乡镇", "队", "班", "项目", "小组", "工作室"];

/// 月平均77.5人次 is 月均; 每名社工年均261.5人次 is of each of them.
fn of_time(words: &str) -> Cow<'_, str> {
    let times = ["月", "季", "年", "日", "周"];
    if !words.contains('均') || !has_any(words, &times) {
        return words.into();
    }
    let each = words.contains('每');
    let plain = |w: String, t: &str| {
        if each {
            w.replace(&format!("{t}均"), "平均")
        } else {
            w.replace(&format!("{t}平均"), &format!("{t}均"))
        }
    };
    times.iter().fold(words.to_owned(), |w, t| plain(w, t)).into()
}

pub(super) fn over(words: &str) -> Option<Over> {
    if !words.contains(['每', '均']) {
        return None;
    }
    if has_any(words, &["至少", "不少于", "不低于", "不超过", "最多", "最少"]) {
        return None;
    }
    if words.matches('每').count() > 1 {
        return None;
    }
    let words = &of_time(words);
    let found = EACH.as_ref()?.captures(words)?;
    if let Some(noun) = found.name("n3").filter(|n| n.as_str().starts_with('每')) {
        return over(&format!("平均{}", noun.as_str()));
    }
    if let Some(noun) = found.name("n3") {
        if ["各站", "每站", "站"].iter().any(|w| noun.as_str().ends_with(w)) {
            return Some(Over { class: "站", noun: String::new(), mean: true });
        }
        return Some(Over { class: "个", noun: noun.as_str().to_owned(), mean: true });
    }
    let unit = found.name("u").or(found.name("u2")).map_or("", |m| m.as_str());
    let mut noun = found.name("n").or(found.name("n2")).map_or("", |m| m.as_str()).to_owned();
    let class = match unit {
        "人" if noun.starts_with('次') => "人次",
        "站" | "点" => "站",
        "场" | "次" => "次",
        "名" | "位" | "人" => "人",
        "天" | "日" => "天",
        "个" | "例" | "组" => "个",
        "月" => "月",
        "年" => "年",
        "周" => "周",
        "户" => "户",
        "节" => "节",
        "支" => "支",
        "篇" => "篇",
        "家" => "家",
        "份" => "份",
        "期" => "期",
        "处" => "处",
        "批" => "批",
        "件" => "件",
        "单" => "单",
        "所" => "所",
        "案" => "案",
        "" if matches!(noun.as_str(), "校" | "所学校") && words.contains("平均") => "所",
        "" if ["社区", "片区"].iter().any(|w| noun.starts_with(w)) => "个",
        "" if SITES.contains(&noun.as_str()) && words.contains("平均") => "个",
        _ => return None,
    };
    if class == "人次" {
        return Some(Over { class, noun: String::new(), mean: found.name("m").is_some() });
    }
    if unit == "个" && noun.starts_with('月') {
        return Some(Over { class: "月", noun: String::new(), mean: found.name("m").is_some() });
    }
    for empty in ["平均", "本", "全年", "累计", "共", "即", "计", "其中", "约", "服务", "开展"]
    {
        noun = noun.replace(empty, "");
    }
    if unit == "组" {
        noun = "小组".into();
    }
    let mean = found.name("m").or(found.name("m2")).or(found.name("u2")).is_some();
    Some(Over { class, noun, mean })
}

pub(super) static MONTHS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(\d{1,2})月?[-至到](\d{1,2})月").ok());
