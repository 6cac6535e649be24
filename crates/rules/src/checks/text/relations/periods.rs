//! Periods: two dates joined by 至. Order, a length said beside them, whole months, one contract given twice.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::dates::{DIFFERS, LENGTH, ORDER};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::date::{Date, months_between};
use crate::checks::text::doc::{Block, Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::words::has_any;

const WHOLE: &str = "period-length";

/// Two dates joined by 至/到/-.
pub(super) struct Period {
    pub(super) start: Date,
    pub(super) end: Date,
    /// Words before it in its sentence.
    pub(super) about: String,
    pub(super) sentence: Range<usize>,
}

impl Period {
    pub(super) fn span(&self) -> Range<usize> {
        self.start.span.start..self.end.span.end
    }

    pub(super) fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.start.first()?, self.end.last()?))
    }

    pub(super) fn exact(&self) -> bool {
        self.start.day.is_some() && self.end.day.is_some()
    }

    pub(super) fn text(&self) -> String {
        format!("{}至{}", self.start.text(), self.end.text())
    }

    pub(super) fn is_contract(&self) -> bool {
        let words = [
            "合同",
            "协议",
            "服务期",
            "项目期",
            "服务周期",
            "项目周期",
            "承接期",
            "购买期",
            "执行期",
            "实施期",
            "运营期",
            "服务时间",
            "项目时间",
            "履约",
        ];
        // 合同期满后，评估组于7月17日至20日进驻; 覆盖合同的前6个月，即…: another time than that of the contract.
        let other = [
            "上一",
            "上期",
            "上个",
            "评估周期",
            "评估期",
            "前一",
            "首期",
            "下一",
            "期满后",
            "覆盖",
            "口径",
            "评估组",
            "工作组",
            "专家组",
            "个月，即",
            "前半",
            "进驻",
        ];
        // 占合同金额的91.8%；2025年1月1日至10日又支付: of the money, and in another clause.
        let about = self.about.rsplit('；').next().unwrap_or_default();
        let money = ["金额", "经费", "总额", "价款"]
            .iter()
            .any(|w| ["合同", "协议"].iter().any(|c| about.contains(&format!("{c}{w}"))));
        // 对前半个合同期进行中期评估，2024年1月16日至17日实地走访: when it was evaluated.
        let evaluated = about.rsplit('，').skip(1).any(|clause| {
            has_any(clause, &["合同", "协议", "期"])
                && ["评估", "评价", "考核"].iter().any(|w| clause.ends_with(w))
        });
        self.start.whole && !evaluated && !money && has_any(about, &words) && !has_any(&self.about, &other)
    }
}

pub(super) fn periods(doc: &Doc, claims: &Claims) -> Vec<Period> {
    let mut out = Vec::new();
    for pair in claims.dates.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        if b.span.start < a.span.end || b.span.start - a.span.end > 24 {
            continue;
        }
        let between = doc.slice(&(a.span.end..b.span.start));
        let between = after_weekday(between);
        let joined = between
            .trim_start_matches(['起', '开', '始', '（', '）', '日', '份', '，'])
            .trim_end_matches(['日']);
        let said = ["开始", "启动", "起"].iter().any(|w| between.starts_with(w))
            && ["结束", "完成", "止"].iter().any(|w| doc.text[b.span.end..].starts_with(w))
            && matches!(joined, "" | "于" | "启动，");
        // 自3月11日起空缺，到4月15日止.
        let until =
            between.starts_with('起') && between.ends_with(['到', '至']) && between.chars().count() <= 8;
        let said = said || until && doc.text[b.span.end..].starts_with('止');
        if !said
            && !stepped(joined)
            && !matches!(joined, "至" | "到" | "-" | "--" | "止" | "起至" | "截至" | "直至" | "持续到")
        {
            continue;
        }
        let block = &doc.blocks[doc.block_of(a.span.start)];
        let sentence = sentence_of(doc, block, a.span.start);
        let from = sentence.start.max(a.span.start.saturating_sub(90));
        let from = (from..=a.span.start).find(|i| doc.text.is_char_boundary(*i)).unwrap_or(a.span.start);
        let mut about = doc.slice(&(from..a.span.start)).to_owned();
        if about.chars().count() < 3 && block.kind == Kind::Cell {
            let before = doc.block_of(block.span.start.saturating_sub(2));
            about = format!("{}{about}", doc.slice(&doc.blocks[before].span));
        }
        out.push(Period { start: a.clone(), end: b.clone(), about, sentence });
    }
    out
}

/// 进驻，至 and 开案，至: what was done on the first day stands between.
fn stepped(between: &str) -> bool {
    between.strip_suffix("，至").is_some_and(|done| {
        (1..=4).contains(&done.chars().count())
            && done.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    })
}

/// 10月14日（星期一）至: the weekday says nothing of the period.
fn after_weekday(between: &str) -> &str {
    let inside = between.strip_prefix('（').and_then(|w| w.split_once('）'));
    inside
        .filter(|(day, _)| day.starts_with("星期") || day.starts_with('周'))
        .map_or(between, |(_, rest)| rest)
}

pub(super) fn sentence_of(doc: &Doc, block: &Block, at: usize) -> Range<usize> {
    const NEAR: usize = 1_500;
    let before = doc.tail(block.body..at.max(block.body), NEAR);
    let start = before.rfind(['。', '！', '？']).map_or(at.max(block.body) - before.len(), |i| {
        at.max(block.body) - before.len() + i + '。'.len_utf8()
    });
    let limit = (at + NEAR).min(block.span.end);
    let limit = (limit..=block.span.end).find(|i| doc.text.is_char_boundary(*i)).unwrap_or(block.span.end);
    let after = doc.slice(&(at.min(limit)..limit));
    let end = after.find(['。', '！', '？']).map_or(limit, |i| at + i);
    start..end.max(start)
}

pub(super) fn ordered(doc: &Doc, period: &Period, sink: &mut Sink<'_>) {
    let (Some(start), Some(end)) = (period.start.first(), period.end.last()) else { return };
    sink.tried();
    let turns = !period.end.whole && period.end.month < period.start.month;
    if end < start && !turns {
        let message = format!(
            "起止日期颠倒：{}早于{}（“{}”）",
            period.end.text(),
            period.start.text(),
            doc.slice(&period.span())
        );
        sink.add(ORDER, Severity::Error, message, (period.text(), "结束不早于开始".into()), &[period.span()]);
    }
}

/// "为期一年", "共12个月", "为期2天" in the period's sentence.
pub(super) fn said_length(
    doc: &Doc,
    claims: &Claims,
    period: &Period,
    others: &[&Period],
    sink: &mut Sink<'_>,
) {
    let Some((start, end)) = period.days().filter(|(s, e)| s <= e) else { return };
    let (months, left) = months_between(start, end);
    let said = lengths(doc, claims, period);
    for (n, unit, span) in said {
        // 9日至13日审阅资料，共5天；18日至20日实地评估，共3天: each part of the sentence has its own.
        let own = |p: &&&Period| {
            let between = p.span().end.min(span.start)..span.start.max(p.span().end);
            !doc.slice(&between).contains('；') || p.span().start > span.start
        };
        let of = |n, unit: &str| {
            lasts(n, unit, start, end)
                || others
                    .iter()
                    .filter(own)
                    .filter_map(|p| p.days())
                    .any(|(s, e)| s <= e && lasts(n, unit, s, e))
        };
        let gap = if span.end <= period.span().start {
            span.end..period.span().start
        } else {
            period.span().end.min(span.start)..span.start.max(period.span().end)
        };
        let plain = ["历时", "为期"].iter().any(|w| doc.slice(&span).starts_with(w));
        let stages = span.end <= period.span().start && doc.slice(&gap).contains(['：', '；']);
        // 7月14日至8月8日开展，每周一至周五开放，共20天; 空岗51天，…空岗36天，两次合计87天: not every day, more than one period.
        let words = doc.slice(&gap);
        let some = has_any(
            words,
            &["每周", "工作日", "每逢", "隔天", "次合计", "段合计", "上半年", "下半年", "前半年", "后半年"],
        ) || ends_another(claims, &gap)
            || joins_days(words)
            || doc.tail(period.sentence.start..span.start.max(period.sentence.start), 12).ends_with("两次");
        // 合同期（共六个月）进行评估，1月16日至17日走访: the bracket speaks of the word before it.
        let closed = span.end <= period.span().start && words.starts_with('）') && words.contains('，');
        let far = closed || some || stages || doc.slice(&gap).chars().count() > if plain { 90 } else { 30 };
        if far {
            continue;
        }
        sink.tried();
        // 1月8日至1月19日，共10个工作日: without the ends of weeks, and perhaps without holidays.
        let at_work = doc.slice(&span).contains("工作日") && n <= working_days(start, end);
        // 共一年半.
        let and_half = doc.text[span.end..].starts_with('半');
        if at_work || and_half || of(n, unit) {
            continue;
        }
        let long = if unit == "天" {
            format!("{}天", (end - start).num_days() + 1)
        } else {
            month_words(months, left)
        };
        let message = format!("{}共{long}，文中为“{}”", period.text(), doc.slice(&span));
        let stated = doc.slice(&span).to_owned();
        sink.add(LENGTH, Severity::Error, message, (stated, long), &[span, period.span()]);
    }
}

/// 问卷在9日至14日进行；访谈自15日起，至17日结束，历时3天: a day between a period and a length is of a period of its own.
fn ends_another(claims: &Claims, gap: &Range<usize>) -> bool {
    let from = claims.dates.partition_point(|d| d.span.start < gap.start);
    claims.dates.get(from).is_some_and(|d| d.span.end <= gap.end)
}

/// 14日至18日及21日、22日，共7个工作日: more days than those of the period.
fn joins_days(words: &str) -> bool {
    words.starts_with(['及', '和', '、', '与']) || words.starts_with("以及")
}

/// Mondays to Fridays of a period.
fn working_days(start: NaiveDate, end: NaiveDate) -> Decimal {
    let days = (end - start).num_days() + 1;
    let rest =
        (0..days % 7).filter(|d| (i64::from(start.weekday().num_days_from_monday()) + d) % 7 < 5).count();
    Decimal::from(days / 7 * 5 + rest as i64)
}

/// Whether a period has a length of so many years, months or days.
fn lasts(n: Decimal, unit: &str, start: NaiveDate, end: NaiveDate) -> bool {
    let (months, left) = months_between(start, end);
    let days = Decimal::from((end - start).num_days());
    match unit {
        "年" => n * Decimal::from(12) == Decimal::from(months) && (left == 0 || left == 1),
        "月" => {
            n == Decimal::from(months) && left <= 1
                || n == Decimal::from(months + 1) && left >= 27
                || n.fract() == Decimal::new(5, 1)
                    && (n.trunc() == Decimal::from(months))
                    && (8..=22).contains(&left)
        }
        "天" => n == days || n == days + Decimal::ONE,
        _ => true,
    }
}

/// The lengths that the sentence of a period says: 为期一年, 共12个月, 为期半年.
fn lengths(doc: &Doc, claims: &Claims, period: &Period) -> Vec<(Decimal, &'static str, Range<usize>)> {
    let around = doc.slice(&period.sentence);
    let mut said: Vec<(Decimal, &'static str, Range<usize>)> = claims
        .within(&period.sentence)
        .iter()
        .filter(|c| length_unit(doc, c).is_some() && !c.number.vague)
        .filter(|c| {
            let left = doc.slice(&(c.left.start..c.number.span.start));
            let rest = &doc.text[c.number.span.end..];
            says_length(left)
                || left == "计"
                || left.ends_with('用') && rest.starts_with("时间")
                || left == "用" && matches!(rest.chars().next(), Some('完' | '开' | '进'))
                || left == "的" && c.left.start == period.span().end
                || c.depth > 0 && doc.slice(&c.left).is_empty()
                || left == "长达"
                    && matches!(doc.text.get(period.span().end..c.left.start), Some("，" | "止，"))
                || c.class() == "天" && doc.text.get(c.number.span.end..period.span().start) == Some("（")
                // 3月11日至14日驻乡4天: what was done all those days.
                || c.class() == "天"
                    && c.left.start == period.span().end
                    && ["驻乡", "驻点", "驻站", "驻村", "入场", "驻场", "走访", "入站"].contains(&left)
        })
        .filter_map(|c| Some((c.number.value, length_unit(doc, c)?, c.wide())))
        .collect();
    for (words, months) in
        [("为期半年", 6), ("共半年", 6), ("期限半年", 6), ("为期一年半", 18), ("期限为半年", 6)]
    {
        if let Some(i) = around.find(words) {
            let at = period.sentence.start + i;
            said.retain(|s| !(at..at + words.len()).contains(&s.2.start));
            said.push((Decimal::from(months), "月", at..at + words.len()));
        }
    }
    said
}

/// The unit of a length of time; 共366日 counts days.
fn length_unit(doc: &Doc, c: &Claim) -> Option<&'static str> {
    let days = c.number.unit.is_none() && c.exact() && doc.text[c.number.span.end..].starts_with('日');
    // 三个服务年度.
    let right = doc.slice(&c.right);
    if c.class() == "个" && (right.starts_with("服务年度") || right.starts_with("合同年度")) {
        return Some("年");
    }
    if days { Some("天") } else { Some(c.class()).filter(|u| matches!(*u, "年" | "月" | "天")) }
}

pub(super) fn says_length(words: &str) -> bool {
    [
        "为期",
        "历时",
        "连续",
        "期限",
        "期限为",
        "周期为",
        "周期",
        "合同期",
        "限期",
        "共",
        "共计",
        "合计",
        "时长",
        "期限共",
        "服务期",
        "服务期为",
        "合同期为",
        "协议期",
        "协议期为",
    ]
    .iter()
    .any(|w| words.ends_with(w))
}

pub(super) fn month_words(months: u32, left: i64) -> String {
    match (months, left) {
        (m, 0 | 1) if m % 12 == 0 && m > 0 => format!("{}年", m / 12),
        (m, 0 | 1) => format!("{m}个月"),
        (m, d) => format!("{m}个月零{d}天"),
    }
}

/// A contract normally runs whole months: 21 June to 20 June.
pub(super) fn whole_months(period: &Period, sink: &mut Sink<'_>) {
    let Some((start, end)) = period.days().filter(|(s, e)| s < e && period.exact() && period.is_contract())
    else {
        return;
    };
    sink.tried();
    let (months, left) = months_between(start, end);
    let month_end = end.succ_opt().is_some_and(|d| d.day() == 1);
    if left <= 1 || month_end || months == 0 {
        return;
    }
    let message = format!("合同期{}共{}，不是整月，请核对起止日期", period.text(), month_words(months, left));
    sink.add(WHOLE, Severity::Warning, message, (period.text(), "整月或整年".into()), &[period.span()]);
}

pub(super) fn contract_repeated(periods: &[Period], sink: &mut Sink<'_>) {
    let contracts: Vec<&Period> = periods.iter().filter(|p| p.is_contract() && p.exact()).collect();
    let Some(first) = contracts.first() else { return };
    for other in &contracts[1..] {
        sink.tried();
        let near = (other.start.first(), first.start.first());
        let overlap = matches!(near, (Some(a), Some(b)) if (a - b).num_days().abs() < 300);
        let same = other.start.first() == first.start.first() && other.end.first() == first.end.first();
        if overlap && !same {
            let message = format!("合同期两处不同：{}与{}", first.text(), other.text());
            sink.add(
                DIFFERS,
                Severity::Error,
                message,
                (other.text(), first.text()),
                &[other.span(), first.span()],
            );
        }
    }
}
