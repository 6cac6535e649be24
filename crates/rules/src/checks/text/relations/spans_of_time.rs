//! How long something lasted, beside the days or months it began and ended: 2022年4月-2024年3月，24个月; 3月1日开工，次年2月29日收尾，正好十二个月;
//! 3月12日到14日…待了三天; 三年服务期自2019年7月1日起至2022年6月30日止; 4月18日解除，4月25日接手，隔了7天.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};
use rust_decimal::prelude::ToPrimitive as _;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::date::{Date, months_between};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;

const RULE: &str = "duration";
const BEGAN: &[&str] =
    &["开工", "启动", "开始", "动工", "开班", "立项", "进场", "开营", "起步", "开办", "开展", "上线", "起"];
const ENDED: &[&str] =
    &["收尾", "结束", "完成", "结项", "完工", "终止", "届满", "收官", "闭营", "结业", "结案", "止"];

static MONTHS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<y>20\d\d)年(?P<m>\d{1,2})月(?:份)?(?:-+|至|到)(?:(?P<z>20\d\d)年)?(?P<e>\d{1,2})月(?:份|底|末)?(?:，|（|，共|（共)(?P<l>[^，。；（\d]{0,6}?)(?P<k>\d{1,3}|[一二三四五六七八九十]{1,3})个月",
    )
});
static LASTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<w>正好|刚好|整整|整|历时|共|前后|为期|历经|恰好|恰满)(?:是|满|共|约)?(?P<k>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<u>个月|年|天)",
    )
});
static STAYED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:待|住|驻|驻村|驻点|蹲点|停留|工作|进驻|用|花|历时|为期)(?:了|共)?(?P<k>\d{1,2}|[一二两三四五六七八九十]{1,2})天",
    )
});
static TERM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<k>\d{1,2}|[一二两三四五六七八九十]{1,2})(?P<u>年|个月)(?:的)?(?:服务|合同|项目|协议|实施|运营|承接|购买)期(?:限)?(?:为|从|自|：|，|由)*$",
    )
});
static APART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?:隔了|相隔|间隔|前后隔|只隔|仅隔)(?:了)?(?P<k>\d{1,3}|[一二两三四五六七八九十]{1,3})天")
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["个月"], &MONTHS), |here, found| months(here, found, sink));
    if claims.dates.len() < 2 {
        return;
    }
    for here in Sentence::all(doc, claims) {
        for sentence in doc.sentences(here.block) {
            let days = whole_days(claims, &sentence);
            for (i, pair) in days.windows(2).enumerate() {
                let [first, second] = pair else { continue };
                let until = days.get(i + 2).map_or(sentence.end, |d| d.span.start);
                let part = sentence.start..until;
                let words = doc.slice(&part);
                if words.contains("期") {
                    term(&here, (first, second), sink);
                }
                lasted(&here, (first, second), &part, sink);
                if words.contains('隔') {
                    apart(&here, (first, second), &part, sink);
                }
            }
        }
    }
}

/// The days of a sentence whose day is told.
fn whole_days<'a>(claims: &'a Claims, sentence: &std::ops::Range<usize>) -> Vec<&'a Date> {
    let from = claims.dates.partition_point(|d| d.span.start < sentence.start);
    let here = claims.dates[from..].iter().take_while(|d| d.span.start < sentence.end);
    here.filter(|d| d.day.is_some()).collect()
}

fn said(
    sink: &mut Sink<'_>,
    here: &Sentence<'_>,
    words: (String, String, String),
    at: std::ops::Range<usize>,
) {
    let (about, right, told) = words;
    let message = format!("{about}为{right}，文中为{told}");
    here.warn(sink, RULE, message, (told, right), at);
}

/// 2022年4月-2024年3月，24个月: both months count, but where the same month ends another year.
fn months(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let get = |name: &str| number(found, name).and_then(|n| n.to_i32());
    let (Some(y), Some(m), Some(e), Some(k)) = (get("y"), get("m"), get("e"), get("k")) else { return };
    let apart = (get("z").unwrap_or(y) - y) * 12 + e - m;
    let label = found.name("l").map_or("", |l| l.as_str());
    let other = ["前", "第", "后", "每", "近", "超", "余", "剩", "已", "不足", "其中"]
        .iter()
        .any(|w| label.contains(w));
    let fits = k == apart + 1 || k == apart && apart % 12 == 0;
    if apart > 0 && (1..=12).contains(&m) && (1..=12).contains(&e) && !other && !fits {
        let about = format!("{y}年{m}月至{}年{e}月首尾月份都算", get("z").unwrap_or(y));
        let said_now = format!("{k}个月");
        said(sink, here, (about, format!("{}个月", apart + 1), said_now), here.at(found, "k"));
    }
}

/// Both days counted: whole months and years, or days.
fn length(unit: &str, (from, to): (NaiveDate, NaiveDate)) -> Option<i64> {
    let (months, over) = months_between(from, to);
    match unit {
        "天" => Some((to - from).num_days() + 1),
        "年" if months % 12 == 0 && over == 0 => Some(i64::from(months / 12)),
        "个月" if over == 0 => Some(i64::from(months)),
        _ => None,
    }
}

/// 3月1日开工，次年2月29日收尾，正好十二个月; 3月12日到14日，…待了三天.
fn lasted(
    here: &Sentence<'_>,
    (a, b): (&Date, &Date),
    sentence: &std::ops::Range<usize>,
    sink: &mut Sink<'_>,
) {
    let between = here.doc.slice(&(a.span.end..b.span.start.max(a.span.end)));
    let behind = here.doc.slice(&(b.span.end..sentence.end.max(b.span.end)));
    let clause = behind.split(['，', '。', '；']).next().unwrap_or_default();
    let worked = BEGAN.iter().any(|w| between.starts_with(w)) && ENDED.iter().any(|w| clause.starts_with(w));
    let joined = matches!(between, "至" | "到" | "-" | "--" | "起至") || a.span.end == b.span.start;
    let Some((from, to)) = a.first().zip(b.first()).filter(|(from, to)| from < to) else { return };
    let base = b.span.end;
    let near = |at: usize| {
        behind[..at].chars().count() <= 40 && !behind[..at].contains(|c: char| c.is_ascii_digit())
    };
    if worked
        && let Some(found) = LASTED.as_ref().and_then(|p| p.captures(behind))
        && let (Some(k), Some(at)) = (number(&found, "k").and_then(|k| k.to_i64()), found.name("k"))
        && near(at.start())
    {
        let unit = found.name("u").map_or("", |m| m.as_str());
        let right = length(unit, (from, to));
        let short = unit == "天" && right == Some(k + 1);
        if let Some(right) = right.filter(|right| *right != k && !short) {
            let about = format!("{}至{}", a.text(), b.text());
            let at = base + at.start()..base + at.end();
            said(sink, here, (about, format!("{right}{unit}"), format!("{k}{unit}")), at);
        }
    }
    if joined
        && let Some(found) = STAYED.as_ref().and_then(|p| p.captures(behind))
        && let (Some(k), Some(at)) = (number(&found, "k").and_then(|k| k.to_i64()), found.name("k"))
        && near(at.start())
    {
        let right = (to - from).num_days() + 1;
        if k != right && k + 1 != right && right <= 31 {
            let about = format!("{}至{}首尾都算", a.text(), b.text());
            let at = base + at.start()..base + at.end();
            said(sink, here, (about, format!("{right}天"), format!("{k}天")), at);
        }
    }
}

/// 三年服务期自2019年7月1日起至2022年6月30日止.
fn term(here: &Sentence<'_>, (a, b): (&Date, &Date), sink: &mut Sink<'_>) {
    let lead = here.doc.tail(here.block.body..a.span.start, 60);
    let Some(found) = TERM.as_ref().and_then(|p| p.captures(lead)) else { return };
    let between = here.doc.slice(&(a.span.end..b.span.start.max(a.span.end)));
    let joined = matches!(between, "至" | "到" | "-" | "--" | "起至" | "起，至" | "起到");
    let Some((from, to)) = a.first().zip(b.first()) else { return };
    let Some(k) = number(&found, "k").and_then(|k| k.to_i32()).filter(|_| joined) else { return };
    let years = found.name("u").is_some_and(|u| u.as_str() == "年");
    let months = if years { k * 12 } else { k };
    let (whole, over) = months_between(from, to);
    let told = i64::from(whole) == i64::from(months) && over == 0;
    // 2019年7月1日至2022年7月1日 is three years as well.
    let same_day = from.day() == to.day() && i64::from(whole) == i64::from(months) && over <= 1;
    if !told && !same_day {
        let about = format!("{}至{}", a.text(), b.text());
        let length = if to <= from {
            "不到一天".to_owned()
        } else if over == 0 {
            format!("{whole}个月")
        } else {
            format!("{whole}个月零{over}天")
        };
        let said_now = format!("{k}{}", if years { "年" } else { "个月" });
        said(sink, here, (about, length, said_now), a.span.start..b.span.end);
    }
}

/// 4月18日解除，4月25日接手，从解除到接手隔了7天: both days of the sentence are told.
fn apart(
    here: &Sentence<'_>,
    (a, b): (&Date, &Date),
    sentence: &std::ops::Range<usize>,
    sink: &mut Sink<'_>,
) {
    let behind = here.doc.slice(&(b.span.end..sentence.end.max(b.span.end)));
    let Some(found) = APART.as_ref().and_then(|p| p.captures(behind)) else { return };
    let (Some(k), Some(at)) = (number(&found, "k").and_then(|k| k.to_i64()), found.name("k")) else { return };
    let Some(right) = a.first().zip(b.first()).map(|(a, b)| (b - a).num_days()).filter(|d| *d > 0) else {
        return;
    };
    if (right - k).abs() > 1 {
        let about = format!("{}至{}相隔", a.text(), b.text());
        let at = b.span.end + at.start()..b.span.end + at.end();
        said(sink, here, (about, format!("{right}天"), format!("{k}天")), at);
    }
}
