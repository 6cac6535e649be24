//! What a list of targets in prose asks and a later list tells as done, with its percents; how many of the targets were reached;
//! what is left of one; 应到500人次，实到487人次，到课率97.4%.

mod rows;

use std::cell::OnceCell;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use self::rows::{Tables, table_targets};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Block, Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::can_be_counted;
use crate::checks::text::math::{mistaken, percent_of, prints_as, show};
use crate::checks::text::words::has_any;

/// Most items of a list, and claims looked back at.
const MOST: usize = 20;
const BACK: usize = 60;

static OF_ALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<n>\d{1,2})项\p{Han}{0,8}?(?:中|，|全部完成，)(?:上半年|其中|有)*(?P<m>\d{1,2})项\p{Han}{0,2}?(?P<w>超额完成|超额|达到|达标|完成)").ok()
});
static PARTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<n>\d{1,2})项\p{Han}{0,10}?(?:，|：|中，|中)(?P<l>[^。；：]*\d{1,2}项[^。；：]*)").ok()
});
static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<a>超额完成|按期完成|刚好完成|如期完成|恰好完成|未完成|未达标|未达到|达标|完成)?(?P<n>\d{1,2})项(?P<b>超额完成|超额|按期完成|刚好完成|如期完成|恰好完成|未完成|未达标|未达到|达标|达到|完成)?").ok()
});
static ATTENDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"应(?:到|参训|参加|出席)(?P<a>\d+)(?:人次|人|名)，实(?:到|际到|参训|际参加|际参训|际出席)(?P<b>\d+)(?:人次|人|名)，(?:到课率|出勤率|到会率|参训率|到训率|出席率)(?:为|达)?(?P<p>\d+(?:\.\d+)?)%").ok()
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let tables = OnceCell::new();
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        let words = doc.slice(&block.span);
        listed(doc, claims, (block, &tables), sink);
        if words.contains('项') {
            reached(doc, claims, block, sink);
            made_up(doc, block, sink);
        }
        if words.contains("，实") {
            attended(doc, block, sink);
        }
        left_over(doc, claims, block, sink);
    }
}

fn say(sink: &mut Sink<'_>, rule: &'static str, message: String, said: (String, String), c: &Claim) {
    if !sink.said(&[c.span().start, c.wide().start]) {
        sink.tried();
        sink.add(rule, Severity::Warning, message, said, &[c.wide()]);
    }
}

/// Words that say whether something was asked or done.
const ROLES: &[&str] = &[
    "按照协议",
    "协议约定",
    "合同约定",
    "合同要求",
    "合同目标",
    "年度绩效目标",
    "绩效目标",
    "年度目标",
    "年度任务",
    "全年任务",
    "剩余的",
    "剩余",
    "余下的",
    "还剩",
    "约定",
    "应完成",
    "应开展",
    "实际",
    "已完成",
    "完成",
    "开展",
    "举办",
    "组织",
    "全年",
    "年度",
    "目标",
    "任务",
    "计划",
    "应",
    "共",
    "为",
    "已",
    "目前",
    "不少于",
    "合同",
];
static ROLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&ROLES.join("|")).ok());

/// The noun of a claim without words that say whether it was asked or done.
fn noun(doc: &Doc, c: &Claim) -> String {
    let left = doc.slice(&c.left);
    let rest =
        ["剩余", "余下", "还剩"].iter().any(|w| left.ends_with(w) || left.ends_with(&format!("{w}的")));
    let words = if left.chars().count() >= 2 && !rest { left } else { doc.slice(&c.right) };
    let strip =
        |words: &str| ROLE.as_ref().map_or_else(String::new, |p| p.replace_all(words, "").into_owned());
    let own = strip(words);
    if own.is_empty() { strip(doc.slice(&c.right)) } else { own }
}

/// 社区活动尽量安排到院落 begins with 社区活动.
fn begins(words: &str, noun: &str) -> bool {
    noun.chars().count() >= 2 && words.starts_with(noun)
}

fn same_noun(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && (a.ends_with(b) || b.ends_with(a))
}

fn asks(doc: &Doc, c: &Claim) -> bool {
    const ASK: &[&str] = &[
        "应完成",
        "应开展",
        "目标为",
        "目标",
        "任务为",
        "约定",
        "计划",
        "要求",
        "不少于",
        "指标量",
        "指标为",
        "任务量为",
    ];
    let lead = doc.slice(&(c.segment.start..c.number.span.start.max(c.segment.start)));
    let done = has_any(lead, &["实际", "已完成", "完成率", "共完成", "已开展"]);
    (c.target || has_any(lead, ASK)) && !done
}

/// The list of numbers that 、 or ， joins, ending before `end`, of `count` items.
fn before<'a>(doc: &Doc, claims: &'a [Claim], count: usize) -> Option<&'a [Claim]> {
    let list = &claims[claims.len().checked_sub(count)?..];
    let joined = list.windows(2).all(|w| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].left.start.max(w[0].number.span.end)));
        matches!(gap, "、" | "，" | "；" | "和" | "")
    });
    (joined && list.iter().all(Claim::exact)).then_some(list)
}

/// Targets told before, done ones, and their percents in order.
fn listed<'a>(doc: &Doc, claims: &'a Claims, (block, tables): (&Block, &Tables<'a>), sink: &mut Sink<'_>) {
    let all = claims.within(&block.span);
    let mut i = 0;
    while i < all.len() {
        let run = all[i..].iter().take_while(|c| c.number.percent && !c.number.vague).count();
        let lead = if run == 0 { "" } else { doc.slice(&(all[i].segment.start..all[i].span().start)) };
        let told = has_any(doc.slice(&all[i].left), &["分别", "依次"])
            && has_any(lead, &["完成", "指标", "任务", "目标", "合同量", "协议量"]);
        if run >= 2 && told && run <= MOST {
            percents(doc, claims, (&all[..i], &all[i..i + run]), tables, sink);
        }
        i += run.max(1);
    }
}

fn percents<'a>(
    doc: &Doc,
    claims: &'a Claims,
    (all, percents): (&[Claim], &[Claim]),
    tables: &Tables<'a>,
    sink: &mut Sink<'_>,
) {
    let Some(done) = before(doc, all, percents.len()) else { return };
    let first = claims.all.partition_point(|c| c.number.span.start < done[0].number.span.start);
    let back = &claims.all[first.saturating_sub(BACK)..first];
    let told = |c: &Claim| {
        let own = noun(doc, c);
        back.iter()
            .rev()
            .find(|t| t.exact() && t.class() == c.class() && asks(doc, t) && same_noun(&noun(doc, t), &own))
    };
    let pairs = || done.iter().zip(percents);
    let mut rows: Vec<(&Claim, &Claim, &Claim)> =
        pairs().filter_map(|(c, p)| told(c).map(|t| (c, t, p))).collect();
    if rows.is_empty() {
        let targets = tables.get_or_init(|| table_targets(doc, claims));
        let of_row = |c: &Claim| {
            let own = noun(doc, c);
            let mut rows = targets.iter().filter(|(label, t)| {
                same_noun(label, &own) && (t.class().is_empty() || t.class() == c.class())
            });
            rows.next().filter(|_| rows.next().is_none()).map(|(_, t)| *t)
        };
        rows = pairs().filter_map(|(c, p)| of_row(c).map(|t| (c, t, p))).collect();
    }
    let fits = |(c, t, p): &&(&Claim, &Claim, &Claim)| {
        let share = percent_of(c.number.value, t.number.value);
        share.is_some_and(|s| prints_as(s, p.number.value, p.number.decimals))
    };
    let right = rows.iter().filter(fits).count();
    if right + 1 != rows.len() || right * 2 < percents.len() || rows.len() < 2 {
        return;
    }
    if let Some((c, t, p)) = rows.iter().find(|r| !fits(r)) {
        let Some(share) = percent_of(c.number.value, t.number.value) else { return };
        let message = format!(
            "“{}”对“{}”为{}%，文中为{}%",
            doc.slice(&c.wide()),
            doc.slice(&t.wide()),
            show(share.round_dp(1)),
            show(p.number.value)
        );
        say(sink, "completion", message, (String::new(), String::new()), p);
    }
}

/// 6项指标中有5项超额完成, against the percents of the paragraph or the rows of the table above.
fn reached(doc: &Doc, claims: &Claims, block: &Block, sink: &mut Sink<'_>) {
    let words = doc.slice(&block.span);
    for found in OF_ALL.iter().flat_map(|p| p.captures_iter(words)) {
        let (Some(n), Some(m), Some(w)) = (found.name("n"), found.name("m"), found.name("w")) else {
            continue;
        };
        let (Ok(n), Ok(stated)) = (n.as_str().parse::<usize>(), m.as_str().parse::<usize>()) else {
            continue;
        };
        let at = block.span.start + m.start();
        let over = w.as_str().starts_with("超额");
        let counts = |rates: &[Decimal]| {
            let full = |r: &&Decimal| **r > Decimal::ONE_HUNDRED || !over && **r == Decimal::ONE_HUNDRED;
            rates.iter().filter(full).count()
        };
        let rates = list_of(doc, claims.within(&(block.body..at)), n)
            .or_else(|| pairs_of(doc, claims.within(&(block.body..at)), n))
            .or_else(|| table_of(doc, claims, at, n));
        let Some(rates) = rates else { continue };
        let right = counts(&rates);
        if let Some(c) = claims.within(&(at..at + 1)).first().filter(|_| right != stated) {
            let message = format!("{n}项中{}的有{right}项，文中为{stated}项", w.as_str());
            say(sink, "count-names", message, (stated.to_string(), right.to_string()), c);
        }
    }
}

/// The last list of so many percents.
fn list_of(doc: &Doc, claims: &[Claim], n: usize) -> Option<Vec<Decimal>> {
    let last = claims.iter().rposition(|c| c.number.percent)?;
    let run: Vec<Decimal> = claims[..=last]
        .iter()
        .rev()
        .take_while(|c| c.number.percent && !c.number.vague)
        .map(|c| c.number.value)
        .collect();
    let told = claims.get((last + 1).checked_sub(run.len())?)?;
    let led = doc.slice(&(told.segment.start..told.span().start)).contains("完成");
    (run.len() == n && n > 1 && led).then_some(run)
}

/// Targets and done ones in two lists of so many.
fn pairs_of(doc: &Doc, claims: &[Claim], n: usize) -> Option<Vec<Decimal>> {
    let claims: &[Claim] = &claims[..claims.iter().position(|c| c.class() == "项").unwrap_or(claims.len())];
    let done = before(doc, claims, n)?;
    let targets = before(doc, &claims[..claims.len() - n], n)?;
    let pair = |(t, d): (&Claim, &Claim)| {
        let fits = asks(doc, t) && t.class() == d.class() && same_noun(&noun(doc, t), &noun(doc, d));
        percent_of(d.number.value, t.number.value).filter(|_| fits)
    };
    targets.iter().zip(done).map(pair).collect()
}

/// A table of so many rows with a column of targets and one of what was done, above the words.
fn table_of(doc: &Doc, claims: &Claims, at: usize, n: usize) -> Option<Vec<Decimal>> {
    const ASKED: &[&str] =
        &["任务量", "指标量", "目标", "目标值", "合同量", "协议量", "任务数", "指标", "计划", "计划量"];
    const DONE: &[&str] = &["完成量", "实际完成", "完成数", "完成值", "完成", "实际", "实际值"];
    let table = doc
        .tables
        .iter()
        .rev()
        .find(|t| t.rows.first().and_then(|r| r.first()).is_some_and(|c| c.start < at))?;
    let head = table.rows.first()?;
    let column = |names: &[&str]| {
        head.iter().skip(1).position(|c| {
            let word = doc.slice(c).split('（').next().unwrap_or_default().trim();
            names.contains(&word)
        })
    };
    let (asked, done) = (column(ASKED)? + 1, column(DONE)? + 1);
    let rows = &table.rows[1..];
    let value = |row: &Vec<std::ops::Range<usize>>, i: usize| {
        let cell = claims.within(row.get(i)?);
        cell.first().filter(|_| cell.len() == 1).map(|c| c.number.value)
    };
    let rates = rows.iter().map(|r| percent_of(value(r, done)?, value(r, asked)?));
    let rates: Option<Vec<Decimal>> = rates.collect();
    rates.filter(|r| r.len() == n)
}

/// 8项，其中6项超额完成，1项按期完成，1项未完成: with those not reached they are all.
fn made_up(doc: &Doc, block: &Block, sink: &mut Sink<'_>) {
    let words = doc.slice(&block.span);
    for found in PARTS.iter().flat_map(|p| p.captures_iter(words)) {
        let (Some(n), Some(l)) = (found.name("n"), found.name("l")) else { continue };
        let Ok(stated) = n.as_str().parse::<usize>() else { continue };
        let kinds: Vec<(usize, &str)> = PART
            .iter()
            .flat_map(|p| p.captures_iter(l.as_str()))
            .filter_map(|c| {
                let kind = c.name("b").or(c.name("a"))?.as_str();
                Some((c.name("n")?.as_str().parse().ok()?, kind))
            })
            .collect();
        let items = l.as_str().matches('项').count();
        let missed = kinds.iter().any(|(_, k)| k.starts_with('未'));
        let rest = kinds.iter().any(|(_, k)| matches!(*k, "达标" | "达到" | "完成"))
            || kinds.iter().any(|(_, k)| k.starts_with("超额"))
                && kinds.iter().any(|(_, k)| k.ends_with("期完成") || k.ends_with("好完成"));
        let sum: usize = kinds.iter().map(|(n, _)| n).sum();
        if missed && rest && items == kinds.len() && sum != stated && sum < 2 * stated {
            let span = block.span.start + n.start()..block.span.start + n.end();
            if !sink.said(&[span.start]) {
                sink.tried();
                let message = format!("各类合计{sum}项，文中共{stated}项");
                sink.add(
                    "sample-sum",
                    Severity::Warning,
                    message,
                    (stated.to_string(), sum.to_string()),
                    &[span],
                );
            }
        }
    }
}

fn attended(doc: &Doc, block: &Block, sink: &mut Sink<'_>) {
    let words = doc.slice(&block.span);
    for found in ATTENDED.iter().flat_map(|p| p.captures_iter(words)) {
        let value = |name: &str| {
            found.name(name).and_then(|m| m.as_str().parse::<Decimal>().ok()).filter(can_be_counted)
        };
        let (Some(a), Some(b), Some(p), Some(m)) = (value("a"), value("b"), value("p"), found.name("p"))
        else {
            continue;
        };
        let Some(share) = percent_of(b, a).filter(|s| !prints_as(*s, p, p.scale())) else { continue };
        let span = block.span.start + m.start()..block.span.start + m.end();
        if !sink.said(&[span.start]) {
            sink.tried();
            let right = show(share.round_dp(p.scale()));
            let message = format!("应到{a}、实到{b}，到课率为{right}%，文中为{p}%");
            sink.add("rate", Severity::Warning, message, (p.to_string(), right), &[span]);
        }
    }
}

/// 剩余的17场社区活动: what was asked less what was done.
fn left_over(doc: &Doc, claims: &Claims, block: &Block, sink: &mut Sink<'_>) {
    for c in claims.within(&block.span).iter().filter(|c| c.exact()) {
        let left = doc.slice(&c.left);
        if !has_any(left, &["剩余", "余下", "还剩"]) || c.class() == "元" {
            continue;
        }
        // 12月底前不少于4个，余下4个在2月底前: of what is asked in the same breath.
        let least = |t: &Claim| t.class() == c.class() && (t.target || t.number.vague);
        if claims.within(&(c.sentence.start..c.left.start)).last().is_some_and(least) {
            continue;
        }
        let own = noun(doc, c);
        let kin = |t: &&Claim| {
            t.exact()
                && t.class() == c.class()
                && t.number.span.start < c.number.span.start
                && (own.is_empty() || same_noun(&noun(doc, t), &own) || begins(&own, &noun(doc, t)))
        };
        let known: Vec<&Claim> = claims.all.iter().filter(kin).take(40).collect();
        let (asked, done): (Vec<&Claim>, Vec<&Claim>) = known.into_iter().partition(|t| asks(doc, t));
        let apart = || asked.iter().flat_map(|t| done.iter().map(move |d| t.number.value - d.number.value));
        if apart().any(|v| v == c.number.value) {
            continue;
        }
        if let Some(right) = apart().find(|v| {
            *v > Decimal::ZERO
                && mistaken(*v, c.number.value)
                && (c.number.value >= Decimal::TEN || (*v - c.number.value).abs() <= Decimal::TWO)
        }) {
            let message = format!("任务量减完成量为{}，文中为“{}”", show(right), doc.slice(&c.wide()));
            say(sink, "difference", message, (show(c.number.value), show(right)), c);
        }
    }
}
