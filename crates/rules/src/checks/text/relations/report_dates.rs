//! The report's own dates: evaluation, cut-off of the data, signing, and whether they go together.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::dates::{DIFFERS, ORDER};
use super::periods::{Period, sentence_of};
use crate::checks::text::claim::Claims;
use crate::checks::text::date::Date;
use crate::checks::text::doc::{Block, Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::words::has_any;

/// Words of a cover before the day of the evaluation.
const COVER: &[&str] = &[
    "评估日期",
    "评估时间",
    "实地评估时间",
    "实地评估日期",
    "现场评估时间",
    "现场评估日期",
    "现场评估",
    "实地评估",
];
/// Days after the visit up to which what came in later is still counted.
const LATE: i64 = 90;
/// Words before the day on which the report was signed or given out.
pub(super) const SIGNED: &[&str] = &[
    "报告日期",
    "出具日期",
    "报告出具日期",
    "报告完成日期",
    "编制日期",
    "报告时间",
    "发布日期",
    "印发日期",
    "出具时间",
    "完稿日期",
    "完稿时间",
    "成稿日期",
    "提交时间",
    "提交日期",
    "定稿日期",
    "报告完成时间",
];

/// What the text says about its own dates.
#[derive(Default)]
pub(super) struct Facts {
    /// Printed on the cover: 评估日期.
    pub(super) evaluated: Option<(Date, Option<Date>)>,
    /// In the text: "3月25日，…开展了评估".
    pub(super) told: Vec<Date>,
    pub(super) contract: Option<(NaiveDate, NaiveDate)>,
    pub(super) cut_off: Vec<Date>,
    pub(super) signed: Option<Date>,
    /// Last day of the evaluation or survey, where it is told as a period.
    pub(super) worked: Option<NaiveDate>,
}

impl Facts {
    pub(super) fn read(doc: &Doc, claims: &Claims, periods: &[Period]) -> Self {
        let year = |p: &&Period| p.start.whole && has_any(&p.about, &["服务年度", "项目年度"]);
        let contract = periods.iter().find(|p| p.is_contract()).or_else(|| periods.iter().find(year));
        let contract = contract.and_then(Period::days);
        let mut facts = Self { contract, ..Self::default() };
        for (i, date) in claims.dates.iter().enumerate() {
            let block = &doc.blocks[doc.block_of(date.span.start)];
            let mut before = doc.slice(&(block.body..date.span.start.max(block.body)));
            if block.kind == Kind::Cell && before.is_empty() {
                before = doc.slice(&doc.blocks[doc.block_of(block.span.start.saturating_sub(2))].span);
            }
            let label = before.trim_end_matches(['：', '为', '于']);
            facts.told_by(doc, block, date, (before, label), periods);
            let alone = doc.slice(&(block.body..block.span.end)).len() == date.span.len();
            let last = i + 1 == claims.dates.len() && alone && block.kind != Kind::Cell;
            let cover = alone && facts.signed.is_none() && doc.block_of(date.span.start) < 12;
            let month = date.month.is_some() && (cover && block.kind != Kind::Cell)
                || date.month.is_some() && SIGNED.iter().any(|w| label.ends_with(w));
            if month || date.day.is_some() && (last || SIGNED.iter().any(|w| label.ends_with(w))) {
                facts.signed = Some(date.clone());
            }
        }
        facts.worked = periods.iter().filter(|p| is_work(doc, p)).filter_map(|p| p.end.last()).max();
        facts
    }

    /// What the words before a date make of it: the evaluation, a cut-off, an evaluation told in a sentence.
    fn told_by(
        &mut self,
        doc: &Doc,
        block: &Block,
        date: &Date,
        (before, label): (&str, &str),
        periods: &[Period],
    ) {
        // 项目中期评估日期为2021年11月4日，末期评估日期为…: the one before this one.
        let own = doc.slice(&block.span);
        let both = has_any(own, &["末期评估", "终期评估", "期末评估"]);
        let earlier = ["中期评估", "首次评估", "年中评估"].iter().any(|w| {
            label.trim_end_matches(['日', '期', '时', '间']).ends_with(w) && (both || is_final(doc))
        });
        if earlier {
            return;
        }
        if self.evaluated.is_none()
            && COVER.iter().any(|w| before.trim_end_matches(['：', '为']).ends_with(w))
        {
            let until = periods.iter().find(|p| p.start.span == date.span).map(|p| p.end.clone());
            self.evaluated = Some((date.clone(), until));
        } else if ["截至", "截止", "截止到", "截止至", "截至到"].iter().any(|w| before.ends_with(w))
        {
            let after: String = doc.text[date.span.end..].chars().take(12).collect();
            // 截至2023年12月底，全街道户籍人口: of the place, and not of the work.
            let of_place = has_any(&after, &["登记", "录入", "人口", "户籍", "全县", "全市", "全区", "全省"]);
            if !of_place {
                self.cut_off.push(date.clone());
            }
        } else if held(doc, block, date) {
            self.told.push(date.clone());
        }
        if ["截止日期", "截止时间", "数据截止", "资料截止"].iter().any(|w| label.ends_with(w))
            && !label.contains("其截")
        {
            self.cut_off.push(date.clone());
        }
    }

    pub(super) fn last_day(&self) -> Option<NaiveDate> {
        let cover = self.evaluated.as_ref().and_then(|(d, until)| until.as_ref().unwrap_or(d).last());
        cover.or_else(|| self.told.first().and_then(Date::last))
    }
}

/// Whether the title says that the evaluation is the last one.
fn is_final(doc: &Doc) -> bool {
    let head: String = doc.text.chars().take(200).collect();
    has_any(&head, &["末期", "终期", "期末", "结项", "结题", "终结"])
}

/// "于11月4日至11月22日，对8个社工站开展评估": the evaluation itself or its survey, and no plan.
fn is_work(doc: &Doc, period: &Period) -> bool {
    if has_any(&period.about, &["监测时段", "统计时段", "统计区间", "统计期", "数据区间"])
    {
        return true;
    }
    let words = doc.slice(&period.sentence);
    let after = doc.slice(&(period.span().end..period.sentence.end.max(period.span().end)));
    let acts = has_any(words, &["开展", "进行", "实施", "访问", "走访", "调查", "执行"]);
    let what = has_any(after, &["评估", "调查", "访问", "测评"]);
    let plan = [
        "整改",
        "计划",
        "拟",
        "将于",
        "下一",
        "服务期",
        "周期",
        "合同",
        "协议",
        "项目期",
        "统计",
        "数据",
        "期间",
    ];
    let dated = period.start.whole || period.about.ends_with('于');
    let visit = words.contains("现场") && words.contains("评估") && dated;
    period.exact() && dated && (acts && what || visit) && !has_any(words, &plan)
}

/// "2025年3月25日，…组织5位评估专家…展开了中期评估工作".
pub(super) fn held(doc: &Doc, block: &Block, date: &Date) -> bool {
    /// What else is done on a day: the evaluation that is spoken of behind it is another's.
    const OTHER: &[&str] = &[
        "签订", "签署", "订立", "续签", "印发", "中标", "成立", "启动", "生效", "挂牌", "揭牌", "备案",
        "公示", "发布", "验收", "移交", "入驻", "运营", "立项", "招标", "采购", "磋商", "成交",
    ];
    let sentence = sentence_of(doc, block, date.span.start);
    let before = doc.slice(&(sentence.start..date.span.start));
    let after = doc.slice(&(date.span.end..sentence.end.max(date.span.end)));
    let clause = after.trim_start_matches('，').split(['，', '；']).next().unwrap_or_default();
    let evaluates = after.find("评估").map(|at| after[..at].rsplit('，').next().unwrap_or_default());
    // 中期检查于2021年11月14日进行，末期评估于2022年5月18日进行: the one before this one.
    let whole = doc.slice(&sentence);
    let clause_before = before.rsplit(['，', '；']).next().unwrap_or_default();
    if clause_before.contains("中期") && has_any(whole, &["末期", "终期", "期末"]) {
        return false;
    }
    let planned = evaluates.is_some_and(|w| has_any(w, &["约定", "规定", "要求", "按年度", "每年", "将"]));
    if planned || has_any(clause, OTHER) && !clause.contains("评估") {
        return false;
    }
    let opens = before.chars().count() <= 1
        || before.ends_with('于') && before.chars().count() <= 60
        || before.ends_with('在') && before.chars().count() <= 20;
    let acts = has_any(after, &["开展", "展开", "进行", "实施", "组织", "进驻", "前往", "赴"]);
    let what = has_any(
        after,
        &[
            "实地评估",
            "现场评估",
            "中期评估",
            "末期评估",
            "终期评估",
            "评估工作",
            "期末评估",
            "进行了评估",
            "开展评估",
            "进行评估",
            "年度评估",
            "的评估",
        ],
    );
    let came = has_any(after, &["进驻", "到站", "实地", "现场"])
        && before.contains("评估")
        && before.ends_with('于');
    if came && date.day.is_some() && !after.starts_with(['至', '-', '到']) {
        return true;
    }
    let range = after.starts_with(['至', '-', '到']);
    date.day.is_some()
        && opens
        && acts
        && what
        && !range
        && !has_any(after, &["初稿", "反馈", "整改", "自评"])
}

/// 中期评估 of a year ago and 末期评估时间 of the cover: two evaluations.
fn is_of_another_stage(doc: &Doc, told: &Date, cover: &Date) -> bool {
    const STAGES: &[&[&str]] =
        &[&["中期"], &["末期", "终期", "期末", "结项", "结束"], &["首年", "第一年"], &["第二年"]];
    let stage = |words: &str| {
        STAGES.iter().position(|s| {
            s.iter().any(|w| words.contains(&format!("{w}评估")) || words.contains(&format!("{w}度评估")))
        })
    };
    let block = |d: &Date| &doc.blocks[doc.block_of(d.span.start)];
    let own = doc.slice(&sentence_of(doc, block(told), told.span.start));
    let title = doc.slice(&(0..cover.span.end));
    matches!((stage(own), stage(title)), (Some(a), Some(b)) if a != b)
}

pub(super) fn evaluation(doc: &Doc, facts: &Facts, sink: &mut Sink<'_>) {
    if let Some((cover, until)) = &facts.evaluated {
        for told in facts.told.iter().filter(|t| !is_of_another_stage(doc, t, cover)) {
            sink.tried();
            let inside = match (
                cover.first(),
                until.as_ref().map_or_else(|| cover.last(), Date::last),
                told.first(),
            ) {
                (Some(a), Some(b), Some(t)) => (a..=b).contains(&t),
                _ => true,
            };
            if !inside {
                differs(doc, told, cover, "评估日期", sink);
            }
        }
    } else if let [first, rest @ ..] = facts.told.as_slice() {
        for told in rest.iter().filter(|t| t.first() != first.first()) {
            let near =
                matches!((told.first(), first.first()), (Some(a), Some(b)) if (a - b).num_days().abs() <= 1);
            if !near {
                differs(doc, told, first, "评估日期", sink);
            }
        }
    }
    if let (Some(signed), Some(day)) = (&facts.signed, facts.last_day().max(facts.worked)) {
        sink.tried();
        if signed.last().is_some_and(|s| s < day) {
            let message = format!(
                "报告落款日期{}早于评估日期{}年{}月{}日",
                signed.text(),
                day.year(),
                day.month(),
                day.day()
            );
            sink.add(
                ORDER,
                Severity::Error,
                message,
                (signed.text(), "不早于评估日期".into()),
                std::slice::from_ref(&signed.span),
            );
        }
    }
}

pub(super) fn differs(doc: &Doc, at: &Date, other: &Date, what: &str, sink: &mut Sink<'_>) {
    let message = format!("{what}两处不同：“{}”与“{}”", doc.slice(&at.span), doc.slice(&other.span));
    sink.add(
        DIFFERS,
        Severity::Warning,
        message,
        (at.text(), other.text()),
        &[at.span.clone(), other.span.clone()],
    );
}

pub(super) fn cut_offs(doc: &Doc, claims: &Claims, facts: &Facts, sink: &mut Sink<'_>) {
    let _ = claims;
    let mut seen: BTreeMap<(i32, u32), Vec<&Date>> = BTreeMap::new();
    for date in facts.cut_off.iter().filter(|d| d.month.is_some()) {
        sink.tried();
        // What came in after the days on site may still stand in the report.
        let signed = facts.signed.as_ref().and_then(Date::last);
        let visited = facts.last_day().or(facts.worked);
        let late = visited.zip(date.first()).is_some_and(|(day, cut)| (cut - day).num_days() > LATE);
        let day = if late { visited } else { visited.max(signed) };
        if let (Some(cut), Some(day)) = (date.first(), day)
            && date.whole
            && cut > day
        {
            let message = format!(
                "数据截至{}，晚于评估日期{}年{}月{}日",
                date.text(),
                day.year(),
                day.month(),
                day.day()
            );
            sink.add(
                ORDER,
                if facts.evaluated.is_some() { Severity::Error } else { Severity::Warning },
                message,
                (date.text(), "不晚于评估日期".into()),
                std::slice::from_ref(&date.span),
            );
        }
        if let (Some(cut), Some((start, _))) = (date.last(), facts.contract)
            && cut < start
        {
            let message = format!(
                "数据截至{}，早于合同期开始{}年{}月{}日",
                date.text(),
                start.year(),
                start.month(),
                start.day()
            );
            sink.add(
                ORDER,
                Severity::Warning,
                message,
                (date.text(), "在合同期内".into()),
                std::slice::from_ref(&date.span),
            );
        }
        seen.entry((date.year, date.month.unwrap_or(0))).or_default().push(date);
    }
    let Some((usual, many)) = seen.iter().max_by_key(|(_, d)| d.len()).map(|(k, d)| (*k, d.clone())) else {
        return;
    };
    let day = usual_day(&many);
    for date in facts.cut_off.iter().filter(|d| d.month.is_some()) {
        let same_month = (date.year, date.month.unwrap_or(0)) == usual;
        let other_day = same_month && date.day.is_some() && day.is_some() && date.day != day;
        let other_year = date.year != usual.0 && date.month == Some(usual.1);
        // 自报数截至2025年6月15日；核定数截至2025年6月30日: the text tells several apart.
        let sentence = |d: &Date| sentence_of(doc, &doc.blocks[doc.block_of(d.span.start)], d.span.start);
        let told_apart = facts.cut_off.iter().any(|d| {
            (d.year, d.month, d.day) != (date.year, date.month, date.day) && sentence(d) == sentence(date)
        });
        if many.len() >= 2
            && !told_apart
            && (other_day || other_year)
            && let Some(usual) = many.iter().find(|d| d.day == day)
        {
            differs(doc, date, usual, "数据截止日期", sink);
        }
    }
}

pub(super) fn usual_day(dates: &[&Date]) -> Option<u32> {
    let mut seen = BTreeMap::<u32, usize>::new();
    for day in dates.iter().filter_map(|d| d.day) {
        *seen.entry(day).or_default() += 1;
    }
    seen.into_iter().max_by_key(|s| s.1).map(|s| s.0)
}
