//! So many for each of a number that is told by its noun, and all of them: 每个村5份，24个村共发放120份; 每站完成个案12个、小组6个，7个站合计个案84个、小组42个; 走访14个，每站2个;
//! 120份，其中4个点各30份; 全年培训12次，每季度3次; 每次3小时，共督导6次18小时. Means and sites without a noun belong to `averages` and `per_site`.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

const RULE: &str = "average";
/// Words of a total behind what each has.
const ALL: &[&str] = &["共", "合计", "总计", "累计", "至少应", "至少需", "应发放", "应抽取"];
/// Most numbers read for how many sites there are.
const READ: usize = 1_500;
/// Nouns of one character.
const SHORT: &[char] = &['站', '校', '村', '镇', '乡', '队', '班', '点'];
/// Spans of time and how many of them a year and half a year have.
const TIMES: &[(&str, i64, i64)] = &[("每季度", 4, 2), ("每季", 4, 2), ("每月", 12, 6), ("每两个月", 6, 3)];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        if !doc.slice(&block.span).contains(['每', '各']) {
            continue;
        }
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            for i in 0..here.len() {
                if let Some(noun) = each(doc, &here[i]) {
                    list_and_totals(doc, here, i, noun, sink);
                    total_before(doc, here, i, noun, sink);
                    total_behind(doc, claims, here, i, noun, sink);
                }
                among(doc, here, i, sink);
                over_time(doc, here, i, sink);
                two_units(doc, here, i, sink);
                factors(doc, here, i, sink);
            }
        }
    }
}

/// The words behind 每 that stand before a number: 村（社区）, 站访谈.
fn each<'a>(doc: &'a Doc, c: &Claim) -> Option<&'a str> {
    let words = doc.tail(c.segment.start..c.number.span.start, 60);
    let (before, lead) = words.rsplit_once('每')?;
    let lead = lead.trim_start_matches(['个', '名', '家', '所', '位', '支', '户']);
    let plain = !lead.is_empty() && !lead.contains(|c: char| c.is_ascii_digit() || "，。；：、".contains(c));
    (plain && lead.chars().count() <= 16 && !before.ends_with("平均") && !c.number.percent).then_some(lead)
}

/// Whether a count is of the noun that 每 leads to.
fn is_of(doc: &Doc, c: &Claim, noun: &str) -> bool {
    let behind = &doc.text[c.number.span.end..];
    let own: Vec<char> = noun.chars().take(2).collect();
    let same = |n: usize| behind.chars().take(n).eq(own.iter().take(n).copied());
    let counted = c.exact() && c.number.unit.is_some() && c.number.value > Decimal::ONE;
    counted && (own.len() == 2 && same(2) || own.first().is_some_and(|c| SHORT.contains(c)) && same(1))
}

fn joined(doc: &Doc, a: &Claim, b: &Claim) -> bool {
    let gap = doc.slice(&(a.right.end..b.left.start.max(a.right.end)));
    matches!(gap, "、" | "和" | "及")
}

/// 每站个案12个、小组6个，7个站合计个案84个、小组42个.
fn list_and_totals(doc: &Doc, here: &[Claim], i: usize, noun: &str, sink: &mut Sink<'_>) {
    let length = 1 + here[i..].windows(2).take_while(|w| joined(doc, &w[0], &w[1])).count();
    let each = &here[i..i + length];
    let Some(k) = (i + length..here.len()).find(|k| is_of(doc, &here[*k], noun)) else { return };
    let number = &here[k];
    let again = here[i + length..k].iter().any(|c| doc.slice(&c.left).contains('每'));
    let Some(first) = here.get(k + 1).filter(|_| !again) else { return };
    let lead = doc.slice(&(number.number.span.end..first.number.span.start));
    if !has_any(lead, ALL) || lead.contains(['，', '。', '；']) {
        return;
    }
    let totals = 1 + here[k + 1..].windows(2).take_while(|w| joined(doc, &w[0], &w[1])).count();
    let totals = &here[k + 1..k + 1 + totals];
    for total in totals {
        let words = doc.slice(&total.left);
        let label = ALL
            .iter()
            .filter_map(|w| words.rsplit_once(w))
            .map(|w| w.1)
            .min_by_key(|w| w.len())
            .unwrap_or(words);
        let same = |e: &&Claim| {
            let kin = e.class() == total.class() && !e.class().is_empty();
            kin && (each.len() == 1 && totals.len() == 1
                || label.chars().count() >= 2 && doc.slice(&e.left).ends_with(label))
        };
        if let Some(one) = each.iter().find(same) {
            judge(doc, (one, number.number.value, total), sink);
        }
    }
}

/// 7个站的…，走访村（社区）14个，每站2个.
fn total_before(doc: &Doc, here: &[Claim], i: usize, noun: &str, sink: &mut Sink<'_>) {
    let one = &here[i];
    let Some(total) = i.checked_sub(1).map(|j| &here[j]) else { return };
    let gap = doc.slice(&(total.right.end..one.left.start.max(total.right.end)));
    let bare = noun.chars().count() <= 2 && doc.slice(&one.left).starts_with('每');
    if !bare || gap != "，" || total.class() != one.class() || !total.exact() || !one.exact() {
        return;
    }
    let number = here[..i - 1].iter().rev().find(|c| is_of(doc, c, noun));
    // 督导24次，其中现场10次，线上14次，平均每月2次: of the whole that stands before its parts.
    let whole = |n: &Claim| {
        let all = n.number.value.checked_mul(one.number.value);
        here[..i - 1].iter().any(|c| c.class() == one.class() && Some(c.number.value) == all)
    };
    if let Some(number) = number.filter(|n| !whole(n)) {
        judge(doc, (one, number.number.value, total), sink);
    }
}

/// 每站随机抽取个案档案6份，共48份: how many sites there are is told elsewhere, most often as one number.
fn total_behind(doc: &Doc, claims: &Claims, here: &[Claim], i: usize, noun: &str, sink: &mut Sink<'_>) {
    let Some([one, total]) = here.get(i..i + 2) else { return };
    let gap = doc.slice(&(one.right.end..total.left.start.max(one.right.end)));
    let all = ["共", "共计", "合计", "共抽取", "共发放"].contains(&doc.slice(&total.left));
    // 街道站每站设3个岗位，乡镇站每站设2个岗位，合计26个: of two kinds.
    let kinds = doc.slice(&(one.segment.start..one.number.span.start)).matches('每').count() > 1;
    if gap != "，" || !all || kinds || total.class() != one.class() || !total.exact() || !one.exact() {
        return;
    }
    let mut times: std::collections::BTreeMap<Decimal, usize> = std::collections::BTreeMap::new();
    for c in claims.all.iter().take(READ).filter(|c| is_of(doc, c, noun)) {
        *times.entry(c.number.value).or_default() += 1;
    }
    let fits = |n: &Decimal| one.number.value.checked_mul(*n) == Some(total.number.value);
    // The largest number of sites, told more often than any other.
    let most =
        times.iter().max_by_key(|t| t.1).filter(|t| *t.1 >= 3 && *t.0 >= Decimal::from(4)).map(|t| *t.0);
    if let Some(n) = most.filter(|n| times.keys().all(|m| m <= n) && !times.keys().any(fits)) {
        judge(doc, (one, n, total), sink);
    }
}

/// 14名社工、每人每年2000小时，全年合计28000小时; 4名人员、12个月、每人每月4500元核算，共21.60万元; 30户，每户1200元，计3.60万元.
fn factors(doc: &Doc, here: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let one = &here[i];
    let left = doc.slice(&one.left);
    let Some(total) = here.get(i + 1).filter(|t| t.class() == one.class() && t.exact() && one.exact()) else {
        return;
    };
    let all =
        ["共", "共计", "合计", "计", "全年合计", "总计"].iter().any(|w| doc.slice(&total.left).ends_with(w));
    let near = total.left.start.saturating_sub(one.right.end) <= "核算，".len() * 2;
    let before =
        |n: usize| i.checked_sub(n).map(|j| &here[j]).filter(|c| c.segment == one.segment && c.exact());
    let Some(last) = before(1).filter(|_| all && near) else { return };
    let people = |c: &Claim| c.class() == "人";
    let n = match left {
        "每人每月" | "每人每月工资" if last.class() == "月" => {
            let Some(many) = before(2).filter(|c| people(c)) else { return };
            many.number.value * last.number.value
        }
        "每人每年" | "每人" if people(last) => last.number.value,
        "每户" if last.class() == "户" => last.number.value,
        "每份" if last.class() == "份" => last.number.value,
        _ => return,
    };
    judge(doc, (one, n, total), sink);
}

/// 抽取120份，其中4个社工点各30份.
fn among(doc: &Doc, here: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let Some([total, number, one]) = here.get(i..i + 3) else { return };
    let led = doc.slice(&(total.right.end..number.number.span.start)).starts_with("，其中");
    let lead = doc.slice(&(number.number.span.end..one.number.span.start));
    let shared = lead
        .strip_suffix('各')
        .is_some_and(|noun| (1..=6).contains(&noun.chars().count()) && !noun.contains(['，', '、']));
    let only = here.get(i + 3).is_none_or(|next| {
        !doc.slice(&(one.right.end..next.left.start.max(one.right.end))).starts_with('、')
    });
    let kin = total.class() == one.class() && total.exact() && one.exact() && number.exact();
    if led && shared && kin && only {
        judge(doc, (one, number.number.value, total), sink);
    }
}

/// 全年培训12次，每季度3次; 全年督导每月1次，共12次.
fn over_time(doc: &Doc, here: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let one = &here[i];
    let left = doc.slice(&one.left);
    let Some((_, year, half)) = TIMES.iter().find(|t| left.ends_with(t.0) && !left.contains("每站")) else {
        return;
    };
    let before = i.checked_sub(1).map(|j| &here[j]);
    let total = before.filter(|t| doc.slice(&(t.right.end..one.left.start.max(t.right.end))) == "，");
    // 集中督导每月1次，共12次.
    let behind = here.get(i + 1).filter(|t| {
        doc.slice(&(one.right.end..t.left.start.max(one.right.end))) == "，"
            && ["共", "共计", "合计"].contains(&doc.slice(&t.left))
    });
    let total = total.filter(|t| t.class() == one.class()).or(behind);
    let Some(total) = total.filter(|t| t.class() == one.class() && t.exact() && one.exact()) else { return };
    let clause = doc.tail(total.segment.start..total.number.span.start, 90);
    let clause = clause.rsplit('；').next().unwrap_or_default();
    let n = if clause.contains("全年") {
        year
    } else if has_any(clause, &["上半年", "下半年", "半年"]) {
        half
    } else {
        return;
    };
    if !told_before(here, i, Decimal::from(*n)) {
        judge(doc, (one, Decimal::from(*n), total), sink);
    }
}

/// 督导24次，其中现场督导10次，线上督导14次，平均每月2次: of the whole that stands before its parts.
fn told_before(here: &[Claim], i: usize, times: Decimal) -> bool {
    let all = times.checked_mul(here[i].number.value);
    here[..i].iter().any(|c| c.class() == here[i].class() && Some(c.number.value) == all)
}

/// 每次3小时，半年共督导6次18小时.
fn two_units(doc: &Doc, here: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let Some([one, number, total]) = here.get(i..i + 3) else { return };
    let beside = number.number.span.end == total.number.span.start && doc.slice(&number.left).contains('共');
    let of = ["每次", "每场", "每节"].iter().any(|w| doc.slice(&one.left) == *w);
    let kin =
        one.class() == total.class() && !one.class().is_empty() && matches!(number.class(), "次" | "节");
    if beside && of && kin && [one, number, total].iter().all(|c| c.exact()) {
        judge(doc, (one, number.number.value, total), sink);
    }
}

fn judge(doc: &Doc, (one, n, total): (&Claim, Decimal, &Claim), sink: &mut Sink<'_>) {
    let (e, t) = (one.number.value, total.number.value);
    let Some(right) = e.checked_mul(n) else { return };
    sink.tried();
    let whole = |a: Decimal, b: Decimal| a.checked_div(b).filter(|q| (*q * b) == a);
    let slip = one_digit_apart(right, t)
        || whole(t, n).is_some_and(|other| one_digit_apart(other, e))
        || whole(t, e).is_some_and(|other| other.fract().is_zero() && one_digit_apart(other, n));
    // 平均每站19.14万元，8站合计153.15万元: the mean is rounded.
    let rounded = t.checked_div(n).is_some_and(|mean| {
        let scale = one.number.scale;
        (mean - e).abs() * Decimal::TWO <= scale && (scale < Decimal::ONE || one.number.decimals > 0)
    });
    if right == t || rounded || !slip || sink.said(&[total.wide().start, one.wide().start]) {
        return;
    }
    let message = format!("{}×{}={}，文中为“{}”", show(e), show(n), show(right), doc.slice(&total.wide()));
    sink.add(RULE, Severity::Warning, message, (show(t), show(right)), &[total.wide(), one.wide()]);
}
