//! A count with its percent behind it (证书的17名，持证率65.4%; 301名（占12.7%）) that no count of its kind explains: one digit
//! of the count, of the percent or of a whole that stands before them would.

use rust_decimal::Decimal;

use super::{is_time, same_kind, speaks_of_other};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{
    is_share, one_digit_apart, one_digit_into, percent_of, show, show_percent, wholes,
};
use crate::checks::text::relations::rates::of_another_total;
use crate::checks::text::words::has_any;

const RULE: &str = "rate";
/// Claims looked back for a whole.
const NEAR: usize = 16;
/// Claims on either side among which the whole of one or two may stand.
const FAR: usize = 250;
/// Counts before a percent that may make it together.
const OTHERS: usize = 6;

pub(in crate::checks::text::relations) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for i in 1..claims.all.len() {
        let percent = &claims.all[i];
        let usable = percent.number.percent
            && percent.number.decimals > 0
            && !percent.number.vague
            && !percent.target
            && percent.number.value < Decimal::ONE_HUNDRED
            && doc.blocks[percent.block].kind == Kind::Paragraph
            && !speaks_of_other(doc.slice(&percent.left));
        drawn(doc, &claims.all, i, sink);
        if let Some(part) = usable.then(|| part_of(doc, &claims.all, i)).flatten() {
            judge(doc, claims, i, part, sink);
        }
    }
}

/// The count right before a percent that its words call a rate or a share of it.
fn part_of<'a>(doc: &Doc, all: &'a [Claim], i: usize) -> Option<&'a Claim> {
    let percent = &all[i];
    // 支出22.35万元，占到账的76.6%、占总经费的46.0%: the second share is of the same part.
    let chained = i >= 2
        && all[i - 1].number.percent
        && doc.slice(&all[i - 1].left).starts_with('占')
        && matches!(doc.slice(&(all[i - 1].number.span.end..percent.left.start)), "、" | "，")
        && doc.slice(&percent.left).starts_with('占');
    if chained {
        return Some(&all[i - 2])
            .filter(|p| p.exact() && !p.class().is_empty() && p.sentence == percent.sentence);
    }
    // 满意占34.48%（10人）: its own count stands behind it.
    let behind =
        all.get(i + 1).filter(|c| doc.slice(&(percent.number.span.end..c.number.span.start)) == "（");
    if let Some(own) = behind {
        return Some(own)
            .filter(|c| c.exact() && !c.class().is_empty() && doc.slice(&percent.left).contains('占'));
    }
    // 分别支出19.3万元、3.65万元，占总支出的68.2%、12.9%: each of its own.
    let next = all.get(i + 1).filter(|c| c.number.percent);
    if next.is_some_and(|c| matches!(doc.slice(&(percent.number.span.end..c.number.span.start)), "、" | "和"))
    {
        return None;
    }
    let part = &all[i - 1];
    // 满意104人（非常满意84人、比较满意20人），满意率91.23%: of what the bracket splits. 集体活动23场，总体满意度91.3%: no people.
    let people = matches!(part.class(), "人" | "份" | "户" | "个");
    if part.depth > percent.depth || doc.slice(&percent.left).contains("满意度") && !people {
        return None;
    }
    // 受访的37人里，94.6%认识社工; 按访成30人计，93.33%: it is the whole.
    let after = [part.right.end, part.number.span.end].map(|at| &doc.text[at..]);
    // 以119份有效样本测得的总体满意度为94.1%: what it is of.
    let measured = |t: &&str| {
        let words = t.split('，').next().unwrap_or_default();
        t.starts_with('计') || has_any(words, &["测得", "测算", "为基数", "为样本", "计算"])
    };
    let based = doc.slice(&part.left).starts_with(['按', '以']) && after.iter().any(measured);
    if based || after.iter().any(|t| t.starts_with(['里', '中'])) {
        return None;
    }
    let gap = doc.slice(&(part.number.span.end..percent.number.span.start));
    let left = doc.slice(&percent.left);
    let bare = gap.strip_prefix(doc.slice(&part.right)).unwrap_or(gap);
    if has_any(left, &["分别", "依次", "优良", "优秀", "良好"]) {
        return None;
    }
    let stem = left.rfind('率').or(left.rfind("进度")).or(left.rfind("比例")).map(|at| {
        let of: Vec<char> = left[..at].chars().rev().take(2).collect();
        let words = doc.tail(part.segment.start..part.number.span.end, 90);
        of.is_empty() || of.iter().any(|c| words.contains(*c) || doc.slice(&part.right).contains(*c))
    });
    let spent = ["执行率", "支出率", "使用率"].iter().any(|w| left.ends_with(w))
        && has_any(doc.slice(&part.left), &["支出", "使用", "决算", "执行"]);
    let said = stem == Some(true)
        || spent
        || stem.is_none() && (left.contains('占') || left.contains("满意度") || matches!(bare, "（" | "，"));
    let rest = has_any(
        doc.slice(&part.left),
        &["未", "尚", "另", "其他", "其余", "缺", "结余", "剩余", "余额", "不合格", "不满意", "无效", "剔除"],
    );
    let fits = part.exact()
        && !part.class().is_empty()
        && !is_time(part)
        && !part.is_mean(doc)
        && part.sentence == percent.sentence
        && gap.chars().count() <= 14
        && !gap.contains('；')
        && !(rest && left.contains('率'));
    (fits && said).then_some(part)
}

/// 持证6人，其中社会工作师3人、助理3人，持证率85.7%; 除3人无证书外，…持证者占66.7%: a rate with a name of its own may be of another count of the
/// sentence, of what one leaves, or of several together; a bare 占 is of the count right before it.
fn made_of_others(doc: &Doc, claims: &Claims, (percent, part): (&Claim, &Claim), whole: &Claim) -> bool {
    let words = doc.slice(&percent.left).trim_end_matches(['为', '达', '约']);
    if matches!(words, "占" | "占比" | "" | "占总数" | "占总人数") {
        return false;
    }
    let here = claims.within(&(percent.sentence.start..percent.number.span.start));
    let kin = here.iter().filter(|c| c.exact() && same_kind(c.class(), part.class()));
    let counts: Vec<Decimal> = kin.map(|c| c.number.value).collect();
    let counts = &counts[counts.len().saturating_sub(OTHERS)..];
    let (all, p, decimals) = (whole.number.value, percent.number.value, percent.number.decimals);
    let of = |v: Decimal| v > Decimal::ZERO && is_share(p, decimals, v, all);
    let sums = counts.windows(2).chain(counts.windows(3)).map(|w| w.iter().sum::<Decimal>());
    counts.iter().any(|c| of(*c) || of(all - c)) || sums.into_iter().any(of)
}

fn judge(doc: &Doc, claims: &Claims, i: usize, part: &Claim, sink: &mut Sink<'_>) {
    let all = &claims.all;
    let percent = &all[i];
    let (a, p, decimals) = (part.number.value, percent.number.value, percent.number.decimals);
    sink.tried();
    let around = &all[i.saturating_sub(NEAR * 3)..(i + NEAR * 2).min(all.len())];
    let kin = |c: &&Claim| c.exact() && (same_kind(c.class(), part.class()) || c.class().is_empty());
    if around.iter().filter(kin).any(|c| is_share(p, decimals, a, c.number.value))
        || several(all, i, p, decimals)
    {
        return;
    }
    // 1人未持证，占12.5%: of 8 that stand far away.
    let far = &all[i.saturating_sub(FAR)..(i + FAR).min(all.len())];
    if a <= Decimal::TWO && far.iter().filter(kin).any(|c| is_share(p, decimals, a, c.number.value)) {
        return;
    }
    let range = wholes(a, p, decimals, Decimal::ONE);
    if a >= Decimal::ONE_HUNDRED && range.is_some_and(|r| claims.printed(r)) {
        return;
    }
    // 抽个案档案4份，共24份…；抽小组档案2份，共12份，占48.0%: a total of its own.
    let totals =
        |w: &Claim| [w, part].iter().all(|c| doc.slice(&c.left) == "共") && w.segment != part.segment;
    let named = |w: &&Claim| !of_another_total(doc, percent, w);
    let found = candidates(doc, all, i, part).into_iter().filter(|w| !totals(w)).filter(named).find(|w| {
        let whole = w.number.value;
        let right = percent_of(a, whole);
        let printed = right.is_some_and(|r| {
            let half = Decimal::new(5, decimals + 1);
            one_digit_into(p, decimals, (r - half, r + half))
        });
        let low = (p - Decimal::new(5, decimals + 1)) * whole / Decimal::ONE_HUNDRED;
        let high = (p + Decimal::new(5, decimals + 1)) * whole / Decimal::ONE_HUNDRED;
        let larger = whole > a;
        larger && printed
            || one_digit_into(a, part.number.decimals, (low, high))
            || larger && range.is_some_and(|r| one_digit_into(whole, w.number.decimals, r))
    });
    let Some(whole) = found.filter(|w| !made_of_others(doc, claims, (percent, part), w)) else { return };
    let Some(right) = percent_of(a, whole.number.value) else { return };
    let message = format!(
        "{}÷{}={}，文中为{}%（{}，{}）",
        show(a),
        show(whole.number.value),
        show_percent(right),
        show(p),
        doc.slice(&part.wide()),
        doc.slice(&whole.wide()),
    );
    let said = (format!("{}%", show(p)), show_percent(right));
    sink.add(RULE, Severity::Warning, message, said, &[percent.wide(), part.wide(), whole.wide()]);
}

/// Two neighbouring counts, or the part with those before it, give the percent.
fn several(all: &[Claim], i: usize, p: Decimal, decimals: u32) -> bool {
    let near: Vec<&Claim> = all[i.saturating_sub(10)..i]
        .iter()
        .filter(|c| c.block == all[i].block && c.exact() && !c.class().is_empty())
        .collect();
    let mut sum = Decimal::ZERO;
    let sums = near.iter().rev().take(5).any(|c| {
        sum += c.number.value;
        near.iter().any(|b| is_share(p, decimals, sum, b.number.value))
    });
    sums || near.iter().any(|a| near.iter().any(|b| is_share(p, decimals, a.number.value, b.number.value)))
}

/// Larger counts of the kind before the part: the nearest, the largest and the first of the paragraph or of the one
/// before it.
fn candidates<'a>(doc: &Doc, all: &'a [Claim], i: usize, part: &Claim) -> Vec<&'a Claim> {
    // 人员11.88万元（67.0%），办公0.82万元（4.6%）: parts of one whole.
    let bracket = |c: &Claim| doc.text[c.number.span.end..].starts_with('（');
    let from = i.saturating_sub(NEAR);
    let kin: Vec<&Claim> = all[from..i - 1]
        .iter()
        .enumerate()
        .filter(|(k, c)| {
            let next = all.get(from + k + 1).filter(|n| n.number.percent);
            let own = next.is_some() && c.segment == part.segment && bracket(c) && bracket(part);
            // 合格2个，占20.0%；不合格1个，占10.0%: of one whole too.
            let share =
                |n: &Claim| doc.slice(&n.left).starts_with('占') && doc.slice(&n.left).chars().count() <= 3;
            let shared = next.is_some_and(share) && share(&all[i]) && c.sentence == part.sentence;
            !own && !shared && !names_another(doc, &all[i], c)
        })
        .map(|(_, c)| c)
        .filter(|c| {
            c.exact()
                && same_kind(c.class(), part.class())
                // 档案72份 are not what 29人 are of.
                && !(part.class() == "人" && c.class() == "份" && {
                    let words = doc.slice(&(c.left.start..c.right.end));
                    !has_any(words, &["问卷", "样本", "有效", "回收", "发放"])
                })
                // 分别为5名、17名和11名: of one list.
                && !matches!(doc.slice(&(c.number.span.end..part.left.start.max(c.number.span.end))), "、" | "和" | "及")
                && !c.other_period
                && !c.is_mean(doc)
                && c.depth <= part.depth
                && doc.blocks[c.block].kind == Kind::Paragraph
        })
        .collect();
    let own: Vec<&Claim> = kin.iter().copied().filter(|c| c.block == part.block).collect();
    let larger = own.iter().any(|c| c.number.value > part.number.value);
    let list = if larger { own } else { kin };
    let mut out: Vec<&Claim> = list.last().copied().into_iter().collect();
    if part.class() == "元" && all[i].number.decimals >= 2 {
        let amounts =
            all.iter().filter(|c| c.class() == "元" && c.exact() && c.number.value > part.number.value);
        out.extend(amounts.take(NEAR * 4));
    }
    out.extend(asked(doc, all, i, part));
    out.extend(of_noun(doc, all, i, part));
    out.extend(granted(doc, all, i, part));
    for c in list.iter().copied().max_by_key(|c| c.number.value).into_iter().chain(list.first().copied()) {
        if out.iter().all(|o| o.number.value != c.number.value) {
            out.push(c);
        }
    }
    out
}

/// 占小组总数的66.7%: of what the words name, and of no count without one of them.
fn names_another(doc: &Doc, percent: &Claim, whole: &Claim) -> bool {
    const PLAIN: &str = "全部年总数量额的人次个共比本其该各所有当期已应实际约近";
    let left = doc.slice(&percent.left);
    let name = left.rsplit_once('占').and_then(|(_, w)| w.strip_suffix('的'));
    let name: Vec<char> = name.unwrap_or_default().chars().filter(|c| !PLAIN.contains(*c)).collect();
    let words = doc.slice(&(whole.segment.start..whole.right.end.max(whole.segment.start)));
    name.len() >= 2 && !name.iter().any(|c| words.contains(*c))
}

/// Those who were asked: 实际入户访问221人, 有效问卷168份, whose answers the paragraphs behind speak of.
fn asked<'a>(doc: &Doc, all: &'a [Claim], i: usize, part: &Claim) -> Option<&'a Claim> {
    const ASKED: &[&str] = &[
        "有效问卷",
        "有效样本",
        "实际入户访问",
        "接通",
        "成功访问",
        "实际访问",
        "实际回收",
        "完成访问",
        "受访",
    ];
    let satisfied = doc.slice(&(part.left.start..all[i].number.span.start)).contains("满意");
    let near = all[i.saturating_sub(NEAR * 4)..i - 1].iter().rev().filter(|_| satisfied);
    near.filter(|c| c.exact() && same_kind(c.class(), part.class())).find(|c| {
        let words = doc.slice(&(c.left.start..c.right.end));
        words == "有效" || has_any(words, ASKED)
    })
}

/// 9名驻站社工未取得证书: the largest count of what the part counts, wherever it stands before.
fn of_noun<'a>(doc: &Doc, all: &'a [Claim], i: usize, part: &Claim) -> Option<&'a Claim> {
    let noun = doc.slice(&part.right);
    if !(3..=8).contains(&noun.chars().count()) {
        return None;
    }
    all[i.saturating_sub(NEAR * 12)..i - 1]
        .iter()
        .filter(|c| c.exact() && c.class() == part.class() && !c.is_mean(doc) && !c.other_period)
        .filter(|c| doc.slice(&(c.left.start..c.right.end)).contains(noun))
        .max_by_key(|c| c.number.value)
}

/// What there was to spend, told in the text or in a cell behind its name: 合同金额 | 186万元.
fn granted<'a>(doc: &Doc, all: &'a [Claim], i: usize, part: &Claim) -> Option<&'a Claim> {
    const GRANTS: &[&str] =
        &["合同金额", "合同总额", "总经费", "项目经费", "预算", "总预算", "到账", "项目资金", "总金额"];
    if part.class() != "元" {
        return None;
    }
    let name = |c: &Claim| {
        let cell = doc.blocks[c.block].kind == Kind::Cell && c.left.is_empty();
        let at = c.block.checked_sub(1).filter(|_| cell);
        at.map_or_else(|| doc.slice(&c.left), |b| doc.slice(&doc.blocks[b].span))
    };
    all[i.saturating_sub(NEAR * 12)..i - 1]
        .iter()
        .filter(|c| c.class() == "元" && c.exact() && GRANTS.iter().any(|w| name(c).ends_with(w)))
        .max_by_key(|c| c.number.value)
}

/// 按服务对象总数10%的比例抽取样本246人: some count of the kind is the whole; spoken of where one digit of the percent is
/// missing for it.
fn drawn(doc: &Doc, all: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let (percent, Some(part)) = (&all[i], all.get(i + 1)) else { return };
    let gap = doc.slice(&(percent.number.span.end..part.number.span.start));
    let draws = gap.contains("比例") && has_any(gap, &["抽取", "抽查", "抽验", "抽样", "抽检"]);
    let usable = percent.number.percent
        && draws
        && gap.chars().count() <= 12
        && part.exact()
        && percent.number.value > Decimal::ZERO
        && !part.class().is_empty();
    if !usable {
        return;
    }
    let kin = || {
        all[i.saturating_sub(NEAR * 12)..(i + NEAR * 2).min(all.len())].iter().filter(|c| {
            c.exact()
                && (same_kind(c.class(), part.class()) || c.class().is_empty())
                && c.number.value > part.number.value
        })
    };
    let (a, p) = (part.number.value, percent.number.value);
    let of = |w: Decimal, p: Decimal| (w * p / Decimal::ONE_HUNDRED - a).abs() < Decimal::ONE;
    sink.tried();
    if kin().any(|c| of(c.number.value, p)) {
        return;
    }
    let slip = kin().find(|c| {
        let right = (a * Decimal::ONE_HUNDRED / c.number.value).round_dp(percent.number.decimals);
        of(c.number.value, right) && one_digit_apart(right, p)
    });
    let Some(whole) = slip else { return };
    let message = format!(
        "{}÷{}={}，文中为{}%（{}）",
        show(a),
        show(whole.number.value),
        percent_of(a, whole.number.value).map_or_else(String::new, show_percent),
        show(p),
        doc.slice(&part.wide()),
    );
    let said = (format!("{}%", show(p)), String::new());
    sink.add(RULE, Severity::Warning, message, said, &[percent.wide(), part.wide(), whole.wide()]);
}
