//! Dates: days that do not exist, wrong weekdays, periods that end before they begin, lengths said beside a period,
//! years of running, the cover against the text, cut-offs against the evaluation.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;
use rust_decimal::Decimal;

use crate::checks::text::claim::Claims;
use crate::checks::text::date::{Date, months_between};
use crate::checks::text::doc::{Block, Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const INVALID: &str = "date-invalid";
const ORDER: &str = "date-order";
const LENGTH: &str = "duration";
const WHOLE: &str = "period-length";
const DIFFERS: &str = "date-differs";
const WEEKDAY: &str = "weekday";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    exist(doc, claims, sink);
    let periods = periods(doc, claims);
    for period in &periods {
        ordered(doc, period, sink);
        let others: Vec<&Period> = periods.iter().filter(|p| p.sentence == period.sentence).take(6).collect();
        said_length(doc, claims, period, &others, sink);
        whole_months(period, sink);
    }
    contract_repeated(&periods, sink);
    let facts = Facts::read(doc, claims, &periods);
    evaluation(doc, &facts, sink);
    cut_offs(doc, claims, &facts, sink);
    running_years(doc, claims, &facts, sink);
    title_years(doc, &periods, sink);
    elapsed(doc, claims, &facts, sink);
}

fn exist(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let far = |c: &&crate::checks::text::claim::Claim| {
        c.class() == "年" && !c.number.chinese && c.number.decimals == 0 && c.number.value >= Decimal::from(1000)
    };
    for claim in claims.all.iter().filter(far) {
        let message = format!("“{}”不是合理的年份", doc.slice(&claim.number.span));
        sink.add(INVALID, Severity::Error, message, (show(claim.number.value), String::new()), &[claim.span()]);
    }
    for date in &claims.dates {
        if date.first().is_none() {
            let message = format!("“{}”不是日历上有的日期", doc.slice(&date.span));
            let stated = date.text();
            sink.add(INVALID, Severity::Error, message, (stated, String::new()), std::slice::from_ref(&date.span));
            continue;
        }
        let rest = doc.text[date.span.end..].trim_start_matches(['（', '，', ' ']);
        let said = ["星期", "周"].iter().find_map(|w| rest.strip_prefix(w)).and_then(|r| r.chars().next());
        let said = said.and_then(|c| "一二三四五六日".chars().position(|d| d == c || c == '天' && d == '日'));
        if let (Some(said), Some(day), Some(_)) = (said, date.first(), date.day) {
            sink.tried();
            let right = day.weekday().num_days_from_monday() as usize;
            if right != said && date.whole {
                let name = |i: usize| format!("星期{}", "一二三四五六日".chars().nth(i).unwrap_or('？'));
                let message = format!("{}是{}，文中为{}", date.text(), name(right), name(said));
                sink.add(WEEKDAY, Severity::Error, message, (name(said), name(right)), std::slice::from_ref(&date.span));
            }
        }
    }
}

/// Two dates joined by 至/到/-.
struct Period {
    start: Date,
    end: Date,
    /// Words before it in its sentence.
    about: String,
    sentence: Range<usize>,
}

impl Period {
    fn span(&self) -> Range<usize> {
        self.start.span.start..self.end.span.end
    }

    fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.start.first()?, self.end.last()?))
    }

    fn exact(&self) -> bool {
        self.start.day.is_some() && self.end.day.is_some()
    }

    fn text(&self) -> String {
        format!("{}至{}", self.start.text(), self.end.text())
    }

    fn is_contract(&self) -> bool {
        let words = ["合同", "协议", "服务期", "项目期", "服务周期", "项目周期", "承接期", "购买期", "执行期", "实施期", "运营期", "服务时间", "项目时间", "履约"];
        let other = ["上一", "上期", "上个", "评估周期", "评估期", "前一", "首期", "下一"];
        words.iter().any(|w| self.about.contains(w)) && !other.iter().any(|w| self.about.contains(w))
    }
}

fn periods(doc: &Doc, claims: &Claims) -> Vec<Period> {
    let mut out = Vec::new();
    for pair in claims.dates.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        if b.span.start < a.span.end || b.span.start - a.span.end > 24 {
            continue;
        }
        let between = doc.slice(&(a.span.end..b.span.start));
        let joined = between.trim_start_matches(['起', '开', '始', '（', '）', '日', '份', '，']).trim_end_matches(['日']);
        if !matches!(joined, "至" | "到" | "-" | "--" | "止" | "起至" | "截至" | "直至" | "持续到") {
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

fn sentence_of(doc: &Doc, block: &Block, at: usize) -> Range<usize> {
    let text = doc.slice(&(block.body..block.span.end));
    let rel = at.saturating_sub(block.body).min(text.len());
    let start = text[..rel].rfind(['。', '！', '？']).map_or(0, |i| i + 3);
    let end = text[rel..].find(['。', '！', '？']).map_or(text.len(), |i| rel + i);
    block.body + start..block.body + end
}

fn ordered(doc: &Doc, period: &Period, sink: &mut Sink<'_>) {
    let (Some(start), Some(end)) = (period.start.first(), period.end.last()) else { return };
    sink.tried();
    if end < start {
        let message = format!("起止日期颠倒：{}早于{}（“{}”）", period.end.text(), period.start.text(), doc.slice(&period.span()));
        sink.add(ORDER, Severity::Error, message, (period.text(), "结束不早于开始".into()), &[period.span()]);
    }
}

/// "为期一年", "共12个月", "为期2天" in the period's sentence.
fn said_length(doc: &Doc, claims: &Claims, period: &Period, others: &[&Period], sink: &mut Sink<'_>) {
    let Some((start, end)) = period.days().filter(|(s, e)| s <= e) else { return };
    let around = doc.slice(&period.sentence);
    let (months, left) = months_between(start, end);
    let lasts = |n: Decimal, unit: &str, start: NaiveDate, end: NaiveDate| -> bool {
        let (months, left) = months_between(start, end);
        let days = Decimal::from((end - start).num_days());
        match unit {
            "年" => n * Decimal::from(12) == Decimal::from(months) && (left == 0 || left == 1),
            "月" => n == Decimal::from(months) && left <= 1 || n == Decimal::from(months + 1) && left >= 27 || n.fract() == Decimal::new(5, 1) && (n.trunc() == Decimal::from(months)) && (8..=22).contains(&left),
            "天" => n == days || n == days + Decimal::ONE,
            _ => true,
        }
    };
    let of = |n, unit: &str| {
        lasts(n, unit, start, end) || others.iter().filter_map(|p| p.days()).any(|(s, e)| s <= e && lasts(n, unit, s, e))
    };
    let mut said: Vec<(Decimal, &str, Range<usize>)> = claims
        .within(&period.sentence)
        .iter()
        .filter(|c| matches!(c.class(), "年" | "月" | "天") && !c.number.vague)
        .filter(|c| says_length(doc.slice(&(c.left.start..c.number.span.start))) || c.depth > 0 && doc.slice(&c.left).is_empty())
        .map(|c| (c.number.value, c.class(), c.wide()))
        .collect();
    for (words, months) in [("为期半年", 6), ("共半年", 6), ("期限半年", 6), ("为期一年半", 18), ("期限为半年", 6)] {
        if let Some(i) = around.find(words) {
            let at = period.sentence.start + i;
            said.retain(|s| !(at..at + words.len()).contains(&s.2.start));
            said.push((Decimal::from(months), "月", at..at + words.len()));
        }
    }
    for (n, unit, span) in said {
        let far = doc.slice(&(period.span().end.min(span.start)..span.start.max(period.span().end))).chars().count() > 30;
        if far {
            continue;
        }
        sink.tried();
        if of(n, unit) {
            continue;
        }
        let long = if unit == "天" { format!("{}天", (end - start).num_days() + 1) } else { month_words(months, left) };
        let message = format!("{}共{long}，文中为“{}”", period.text(), doc.slice(&span));
        let stated = doc.slice(&span).to_owned();
        sink.add(LENGTH, Severity::Error, message, (stated, long), &[span, period.span()]);
    }
}

fn says_length(words: &str) -> bool {
    ["为期", "历时", "期限", "期限为", "周期为", "周期", "合同期", "共", "共计", "合计", "时长", "期限共", "服务期", "服务期为", "合同期为", "协议期", "协议期为"].iter().any(|w| words.ends_with(w))
}

fn month_words(months: u32, left: i64) -> String {
    match (months, left) {
        (m, 0 | 1) if m % 12 == 0 && m > 0 => format!("{}年", m / 12),
        (m, 0 | 1) => format!("{m}个月"),
        (m, d) => format!("{m}个月零{d}天"),
    }
}

/// A contract normally runs whole months: 21 June to 20 June.
fn whole_months(period: &Period, sink: &mut Sink<'_>) {
    let Some((start, end)) = period.days().filter(|(s, e)| s < e && period.exact() && period.is_contract()) else { return };
    sink.tried();
    let (months, left) = months_between(start, end);
    let month_end = end.succ_opt().is_some_and(|d| d.day() == 1);
    if left <= 1 || month_end {
        return;
    }
    let message = format!("合同期{}共{}，不是整月，请核对起止日期", period.text(), month_words(months, left));
    sink.add(WHOLE, Severity::Warning, message, (period.text(), "整月或整年".into()), &[period.span()]);
}

fn contract_repeated(periods: &[Period], sink: &mut Sink<'_>) {
    let contracts: Vec<&Period> = periods.iter().filter(|p| p.is_contract() && p.exact()).collect();
    let Some(first) = contracts.first() else { return };
    for other in &contracts[1..] {
        sink.tried();
        let near = (other.start.first(), first.start.first());
        let overlap = matches!(near, (Some(a), Some(b)) if (a - b).num_days().abs() < 300);
        let same = other.start.first() == first.start.first() && other.end.first() == first.end.first();
        if overlap && !same {
            let message = format!("合同期两处不同：{}与{}", first.text(), other.text());
            sink.add(DIFFERS, Severity::Error, message, (other.text(), first.text()), &[other.span(), first.span()]);
        }
    }
}

/// What the text says about its own dates.
struct Facts {
    /// Printed on the cover: 评估日期.
    evaluated: Option<(Date, Option<Date>)>,
    /// In the text: "3月25日，…开展了评估".
    told: Vec<Date>,
    contract: Option<(NaiveDate, NaiveDate)>,
    cut_off: Vec<Date>,
    signed: Option<Date>,
}

impl Facts {
    fn read(doc: &Doc, claims: &Claims, periods: &[Period]) -> Self {
        let mut facts = Self { evaluated: None, told: Vec::new(), contract: None, cut_off: Vec::new(), signed: None };
        facts.contract = periods.iter().find(|p| p.is_contract()).and_then(Period::days);
        for (i, date) in claims.dates.iter().enumerate() {
            let block = &doc.blocks[doc.block_of(date.span.start)];
            let mut before = doc.slice(&(block.body..date.span.start.max(block.body)));
            if block.kind == Kind::Cell && before.is_empty() {
                before = doc.slice(&doc.blocks[doc.block_of(block.span.start.saturating_sub(2))].span);
            }
            let cover = ["评估日期", "评估时间", "实地评估时间", "实地评估日期", "现场评估时间", "现场评估日期"];
            if facts.evaluated.is_none() && cover.iter().any(|w| before.trim_end_matches(['：', '为']).ends_with(w)) {
                let until = periods.iter().find(|p| p.start.span == date.span).map(|p| p.end.clone());
                facts.evaluated = Some((date.clone(), until));
            } else if ["截至", "截止", "截止到", "截止至", "截至到"].iter().any(|w| before.ends_with(w)) {
                facts.cut_off.push(date.clone());
            } else if held(doc, block, date) {
                facts.told.push(date.clone());
            }
            let alone = doc.slice(&(block.body..block.span.end)).len() == date.span.len();
            if i + 1 == claims.dates.len() && alone && date.day.is_some() {
                facts.signed = Some(date.clone());
            }
        }
        facts
    }

    fn last_day(&self) -> Option<NaiveDate> {
        let cover = self.evaluated.as_ref().and_then(|(d, until)| until.as_ref().unwrap_or(d).last());
        cover.or_else(|| self.told.first().and_then(Date::last))
    }
}

/// "2025年3月25日，…组织5位评估专家…展开了中期评估工作".
fn held(doc: &Doc, block: &Block, date: &Date) -> bool {
    let sentence = sentence_of(doc, block, date.span.start);
    let before = doc.slice(&(sentence.start..date.span.start));
    let after = doc.slice(&(date.span.end..sentence.end.max(date.span.end)));
    let opens = before.chars().count() <= 1 || before.ends_with('于') && before.chars().count() <= 30 || before.ends_with('在') && before.chars().count() <= 20;
    let acts = ["开展", "展开", "进行", "实施", "组织", "进驻", "前往", "赴"].iter().any(|w| after.contains(w));
    let what = ["实地评估", "现场评估", "中期评估", "末期评估", "终期评估", "评估工作", "期末评估", "进行了评估", "开展评估", "进行评估", "年度评估", "的评估"].iter().any(|w| after.contains(w));
    let range = after.starts_with(['至', '-', '到']);
    date.day.is_some() && opens && acts && what && !range && !["初稿", "反馈", "整改", "自评"].iter().any(|w| after.contains(w))
}

fn evaluation(doc: &Doc, facts: &Facts, sink: &mut Sink<'_>) {
    if let Some((cover, until)) = &facts.evaluated {
        for told in &facts.told {
            sink.tried();
            let inside = match (cover.first(), until.as_ref().map_or_else(|| cover.last(), Date::last), told.first()) {
                (Some(a), Some(b), Some(t)) => (a..=b).contains(&t),
                _ => true,
            };
            if !inside {
                differs(doc, told, cover, "评估日期", sink);
            }
        }
    } else if let [first, rest @ ..] = facts.told.as_slice() {
        for told in rest.iter().filter(|t| t.first() != first.first()) {
            let near = matches!((told.first(), first.first()), (Some(a), Some(b)) if (a - b).num_days().abs() <= 1);
            if !near {
                differs(doc, told, first, "评估日期", sink);
            }
        }
    }
    if let (Some(signed), Some(day)) = (&facts.signed, facts.last_day()) {
        sink.tried();
        if signed.first().is_some_and(|s| s < day) {
            let message = format!("报告落款日期{}早于评估日期{}年{}月{}日", signed.text(), day.year(), day.month(), day.day());
            sink.add(ORDER, Severity::Error, message, (signed.text(), "不早于评估日期".into()), std::slice::from_ref(&signed.span));
        }
    }
}

fn differs(doc: &Doc, at: &Date, other: &Date, what: &str, sink: &mut Sink<'_>) {
    let message = format!("{what}两处不同：“{}”与“{}”", doc.slice(&at.span), doc.slice(&other.span));
    sink.add(DIFFERS, Severity::Error, message, (at.text(), other.text()), &[at.span.clone(), other.span.clone()]);
}

fn cut_offs(doc: &Doc, claims: &Claims, facts: &Facts, sink: &mut Sink<'_>) {
    let _ = claims;
    let mut seen: BTreeMap<(i32, u32), Vec<&Date>> = BTreeMap::new();
    for date in facts.cut_off.iter().filter(|d| d.month.is_some()) {
        sink.tried();
        if let (Some(cut), Some(day)) = (date.first(), facts.last_day())
            && cut > day
        {
            let message = format!("数据截至{}，晚于评估日期{}年{}月{}日", date.text(), day.year(), day.month(), day.day());
            sink.add(ORDER, Severity::Error, message, (date.text(), "不晚于评估日期".into()), std::slice::from_ref(&date.span));
        }
        if let (Some(cut), Some((start, _))) = (date.last(), facts.contract)
            && cut < start
        {
            let message = format!("数据截至{}，早于合同期开始{}年{}月{}日", date.text(), start.year(), start.month(), start.day());
            sink.add(ORDER, Severity::Warning, message, (date.text(), "在合同期内".into()), std::slice::from_ref(&date.span));
        }
        seen.entry((date.year, date.month.unwrap_or(0))).or_default().push(date);
    }
    let Some((usual, many)) = seen.iter().max_by_key(|(_, d)| d.len()).map(|(k, d)| (*k, d.clone())) else { return };
    let day = usual_day(&many);
    for date in facts.cut_off.iter().filter(|d| d.month.is_some()) {
        let same_month = (date.year, date.month.unwrap_or(0)) == usual;
        let other_day = same_month && date.day.is_some() && day.is_some() && date.day != day;
        let other_year = date.year != usual.0 && date.month == Some(usual.1);
        if many.len() >= 2 && (other_day || other_year)
            && let Some(usual) = many.iter().find(|d| d.day == day)
        {
            differs(doc, date, usual, "数据截止日期", sink);
        }
    }
}

fn usual_day(dates: &[&Date]) -> Option<u32> {
    let mut seen = BTreeMap::<u32, usize>::new();
    for day in dates.iter().filter_map(|d| d.day) {
        *seen.entry(day).or_default() += 1;
    }
    seen.into_iter().max_by_key(|s| s.1).map(|s| s.0)
}

/// "2012年5月开始…运营" against "已运营12年".
fn running_years(doc: &Doc, claims: &Claims, facts: &Facts, sink: &mut Sink<'_>) {
    let since: Vec<&Date> = claims.dates.iter().filter(|d| d.whole && starts_running(doc, d)).collect();
    let Some(start) = since.first() else { return };
    if since.iter().any(|d| d.year != start.year) {
        return;
    }
    let reference = facts.last_day().or_else(|| facts.signed.as_ref().and_then(Date::last)).or_else(|| facts.cut_off.first().and_then(Date::last));
    let (Some(from), Some(to)) = (start.first(), reference) else { return };
    if from > to {
        let message = format!("开始运营的时间{}晚于评估日期", start.text());
        sink.add(ORDER, Severity::Error, message, (start.text(), String::new()), std::slice::from_ref(&start.span));
        return;
    }
    let (months, _) = months_between(from, to);
    let (low, high) = if start.month.is_some() { (months / 12, months.div_ceil(12)) } else { (months / 12, months / 12 + 1) };
    for claim in claims.all.iter().filter(|c| c.class() == "年" && c.exact() && c.number.value >= Decimal::TWO) {
        let after = &doc.text[claim.number.span.end..];
        let before = doc.slice(&claim.left);
        let runs = ["运营", "运营了", "运作", "承接", "走过", "走过了", "服务了", "承办", "已服务", "历经", "开展服务", "扎根", "深耕"].iter().any(|w| before.ends_with(w));
        let time = ["时间", "来", "多来", "里", "的历程", "的时间"].iter().any(|w| after.starts_with(w)) && (before.ends_with('这') || before.ends_with("运营") || before.ends_with("在这"));
        if !(runs || time) {
            continue;
        }
        sink.tried();
        let n = claim.number.value;
        if n < Decimal::from(low) || n > Decimal::from(high) {
            let message = format!(
                "自{}至{}年{}月共{}年零{}个月，文中为“{}”",
                start.text(), to.year(), to.month(), months / 12, months % 12, doc.slice(&claim.wide()),
            );
            let spans = [claim.wide(), start.span.clone()];
            sink.add(LENGTH, Severity::Error, message, (show(n), low.to_string()), &spans);
        }
    }
}

fn starts_running(doc: &Doc, date: &Date) -> bool {
    let block = &doc.blocks[doc.block_of(date.span.start)];
    let sentence = sentence_of(doc, block, date.span.start);
    let after = doc.slice(&(date.span.end..sentence.end.max(date.span.end)));
    let before = doc.slice(&(sentence.start..date.span.start));
    let clause = after.split('；').next().unwrap_or_default();
    let begins = ["开始", "起", "正式", "成立", "由", "启动", "承接", "投入"].iter().any(|w| clause.starts_with(w));
    let led = ["成立于", "始建于", "自", "于", "从", "启动于"].iter().any(|w| before.ends_with(w));
    let runs = ["运营", "承接", "成立", "承办", "运作", "启动", "开始服务"].iter().any(|w| clause.contains(w)) || before.contains("成立于") || before.contains("启动于");
    let person = ["担任", "任本", "任社工", "入职", "负责人", "主任"].iter().any(|w| clause.contains(w) || before.contains(w));
    (begins || led) && runs && !person && clause.chars().take_while(|c| *c != '。').count() < 80
}

static YEARS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(20\d\d)年?-(20\d\d)年?度?").ok());

/// The years in the title against each other and against the contract.
fn title_years(doc: &Doc, periods: &[Period], sink: &mut Sink<'_>) {
    let Some(pattern) = YEARS.as_ref() else { return };
    let mut titles: Vec<(i32, i32, Range<usize>)> = Vec::new();
    for block in doc.blocks.iter().take(40).filter(|b| b.kind != Kind::Cell) {
        let words = doc.slice(&block.span);
        if words.chars().count() > 60 || !words.contains("报告") {
            continue;
        }
        if let Some(found) = pattern.captures(words)
            && let (Some(whole), Ok(a), Ok(b)) = (found.get(0), found[1].parse(), found[2].parse())
        {
            titles.push((a, b, block.span.start + whole.start()..block.span.start + whole.end()));
        }
    }
    let Some(first) = titles.first().cloned() else { return };
    for other in titles.iter().filter(|t| (t.0, t.1) != (first.0, first.1)) {
        let message = format!("题名中的年度两处不同：{}-{}与{}-{}", first.0, first.1, other.0, other.1);
        let said = |t: &(i32, i32, Range<usize>)| format!("{}-{}", t.0, t.1);
        sink.add(DIFFERS, Severity::Error, message, (said(other), said(&first)), &[other.2.clone(), first.2.clone()]);
    }
    sink.tried();
    let contract = periods.iter().find(|p| p.is_contract()).and_then(Period::days);
    if first.1 < first.0 {
        let message = format!("题名中的年度{}-{}颠倒", first.0, first.1);
        sink.add(ORDER, Severity::Error, message, (String::new(), String::new()), &[first.2]);
    } else if let Some((start, end)) = contract
        && (first.1 < start.year() || first.0 > end.year())
    {
        let message = format!("题名年度{}-{}与合同期{}年至{}年不相交", first.0, first.1, start.year(), end.year());
        let stated = format!("{}-{}", first.0, first.1);
        sink.add(DIFFERS, Severity::Error, message, (stated, format!("{}-{}", start.year(), end.year())), &[first.2]);
    }
}

/// 时间进度 against contract and cut-off.
fn elapsed(doc: &Doc, claims: &Claims, facts: &Facts, sink: &mut Sink<'_>) {
    let Some((start, end)) = facts.contract else { return };
    let Some(cut) = facts.cut_off.iter().find(|d| d.day.is_some()).and_then(Date::first) else { return };
    for claim in claims.all.iter().filter(|c| c.number.percent && !c.number.vague) {
        if !["时间进度", "序时进度", "时间占比"].iter().any(|w| doc.slice(&claim.left).contains(w)) || cut < start {
            continue;
        }
        sink.tried();
        let (whole, done) = ((end - start).num_days(), (cut - start).num_days());
        let (all_months, _) = months_between(start, end);
        let (done_months, left) = months_between(start, cut);
        let half = Decimal::from(done_months) + if left >= 10 { Decimal::new(5, 1) } else { Decimal::ZERO };
        let ways = [
            (Decimal::from(done + 1), Decimal::from(whole + 1)),
            (Decimal::from(done), Decimal::from(whole)),
            (Decimal::from(done), Decimal::from(whole + 1)),
            (half, Decimal::from(all_months)),
            (Decimal::from(done_months), Decimal::from(all_months)),
        ];
        let (p, decimals) = (claim.number.value, claim.number.decimals);
        if ways.iter().any(|(a, b)| crate::checks::text::math::is_share(p, decimals, *a, *b)) {
            continue;
        }
        let right = crate::checks::text::math::percent_of(ways[0].0, ways[0].1).unwrap_or_default();
        let shown = crate::checks::text::math::show_percent(right);
        let message = format!("合同期共{}天，至截止日为{}天，时间进度{shown}，文中为{}%", whole + 1, done + 1, show(p));
        sink.add(LENGTH, Severity::Warning, message, (format!("{}%", show(p)), shown), &[claim.wide()]);
    }
}
