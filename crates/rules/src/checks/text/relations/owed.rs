//! What is done, its rate and what is lacking or more than was asked: 完成2,377人次，完成率99.04%，差23人次; what a rate leaves undone (共75户，成功率84%，未成功的12户); what
//! was sorted out (回收114份，6份填答不全，计入分析108份); two shares that make all (入户占64.67%，电话占35.33%).

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, mistaken, show, show_percent};
use crate::checks::text::words::has_any;

/// Words before what is lacking, and before what is more.
const LESS: &[&str] =
    &["欠", "尚欠", "差", "还差", "尚差", "缺", "短", "少", "尚缺", "相差", "少完成", "欠完成"];
const MORE: &[&str] =
    &["超出", "超额", "超额完成", "超过", "多完成", "超", "超任务", "多出", "超额完成了", "超出任务"];
/// Words of what does not count.
const OUT: &[&str] =
    &["不全", "无效", "作废", "漏答", "废卷", "残缺", "漏填", "不完整", "未答", "空白", "不合格"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for three in claims.all.windows(3) {
        let [a, b, c] = three else { continue };
        if doc.blocks[a.block].kind == Kind::Cell || a.block != c.block {
            continue;
        }
        if b.number.percent
            && !b.number.vague
            && a.exact()
            && c.exact()
            && a.class() == c.class()
            && !a.class().is_empty()
        {
            lacking(doc, claims, (a, b, c), sink);
            undone(doc, (a, b, c), sink);
        }
    }
    let counts: Vec<&Claim> =
        claims.all.iter().filter(|c| c.exact() && doc.blocks[c.block].kind != Kind::Cell).collect();
    for three in counts.windows(3) {
        let [a, b, c] = three else { continue };
        if a.class() == b.class() && b.class() == c.class() && a.block == c.block {
            sorted_out(doc, (a, b, c), sink);
        }
    }
    for two in claims.all.windows(2).filter(|w| w[0].number.percent && w[1].number.percent) {
        two_shares(doc, (&two[0], &two[1]), sink);
    }
}

fn heard(sink: &Sink<'_>, of: &[&Claim]) -> bool {
    let starts: Vec<usize> = of.iter().flat_map(|c| [c.wide().start, c.span().start]).collect();
    sink.said(&starts)
}

fn lacking(doc: &Doc, claims: &Claims, (done, rate, off): (&Claim, &Claim, &Claim), sink: &mut Sink<'_>) {
    let left = doc.slice(&off.left);
    let (less, more) = (LESS.contains(&left), MORE.contains(&left));
    let rated = ["完成率", "达成率", "执行率", "到位率", "任务完成率", "总完成率"]
        .iter()
        .any(|w| doc.slice(&rate.left).ends_with(w));
    if !(less || more) || !rated || off.segment != done.segment {
        return;
    }
    let (d, s, p) = (done.number.value, off.number.value, rate.number.value);
    let decimals = rate.number.decimals;
    let due = if less { d + s } else { d - s };
    let fits = |done: Decimal, due: Decimal| is_share(p, decimals, done, due);
    sink.tried();
    if due <= Decimal::ZERO || fits(d, due) || heard(sink, &[done, rate, off]) {
        return;
    }
    let kin = |c: &&Claim| c.exact() && c.class() == done.class() && c.number.value > s;
    let at = claims.all.partition_point(|c| c.number.span.start < done.number.span.start);
    let near: Vec<Decimal> =
        claims.all[at.saturating_sub(24)..at].iter().filter(kin).map(|c| c.number.value).collect();
    let whole = |t: Decimal| if less { t - s } else { t + s };
    // One of the three is wrong: the amount lacking, what is done, or the rate.
    let lacks = near.iter().find(|t| fits(d, **t) && mistaken((d - **t).abs().normalize(), s.normalize()));
    let made = near.iter().find(|t| fits(whole(**t), **t) && mistaken(whole(**t).normalize(), d.normalize()));
    let rates = near.iter().find(|t| **t == due).filter(|t| {
        let right = (d * Decimal::ONE_HUNDRED / **t).round_dp(decimals);
        mistaken(right.normalize(), p.normalize())
    });
    let (place, stated, right) = if let Some(t) = lacks {
        (off, s, show((d - *t).abs()))
    } else if let Some(t) = made {
        (done, d, show(whole(*t)))
    } else if rates.is_some() {
        (rate, p, show_percent(d * Decimal::ONE_HUNDRED / due))
    } else {
        return;
    };
    let sign = if less { "+" } else { "-" };
    let message = format!(
        "{d}÷（{d}{sign}{}）={}，文中为“{}”；“{}”应为{right}",
        show(s),
        show_percent(d * Decimal::ONE_HUNDRED / due),
        doc.slice(&rate.wide()),
        doc.slice(&place.wide()),
        d = show(d),
    );
    let others = [done, rate, off].into_iter().filter(|c| c.span() != place.span());
    let spans: Vec<_> = std::iter::once(place.wide()).chain(others.map(|c| c.wide())).collect();
    sink.add("completion", Severity::Warning, message, (show(stated), right), &spans);
}

/// 转介总计75户，成功率84.00%，未成功的12户; 接通52人，接通率86.67%，未接通8人.
fn undone(doc: &Doc, (count, rate, rest): (&Claim, &Claim, &Claim), sink: &mut Sink<'_>) {
    let left = doc.slice(&rate.left).trim_end_matches(['为', '达']);
    let Some(stem) = left.strip_suffix('率') else { return };
    let stem: String = stem.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    let words = doc.slice(&rest.left);
    let not = ["未", "没有", "不"].iter().any(|w| words.starts_with(&format!("{w}{stem}")));
    if stem.chars().count() < 2
        || !not
        || rest.sentence != rate.sentence
        || count.sentence != rate.sentence
        || rate.number.decimals == 0
    {
        return;
    }
    let (n, f, p) = (count.number.value, rest.number.value, rate.number.value);
    let fits = |part: Decimal, whole: Decimal| is_share(p, rate.number.decimals, part, whole);
    sink.tried();
    if n <= f || fits(n - f, n) || fits(n, n + f) || heard(sink, &[count, rate, rest]) {
        return;
    }
    let done = doc.slice(&count.left).contains(stem.as_str());
    let (part, whole) = if done { (n, n + f) } else { (n - f, n) };
    let right = part * Decimal::ONE_HUNDRED / whole;
    let near = (right - p).abs() <= Decimal::from(5);
    if near || mistaken(right.round_dp(rate.number.decimals).normalize(), p.normalize()) {
        let message = format!(
            "{}÷{}={}，文中为“{}”",
            show(part),
            show(whole),
            show_percent(right),
            doc.slice(&rate.wide())
        );
        let said = (format!("{}%", show(p)), show_percent(right));
        sink.add("rate", Severity::Warning, message, said, &[rate.wide(), count.wide(), rest.wide()]);
    }
}

/// 收回114份，收回的问卷里有6份填答不全，计入分析的为108份.
fn sorted_out(doc: &Doc, (back, out, rest): (&Claim, &Claim, &Claim), sink: &mut Sink<'_>) {
    let clause = |c: &Claim| {
        let from = doc.slice(&(c.segment.start..c.number.span.start));
        let from = c.segment.start + from.rfind('，').map_or(0, |at| at + '，'.len_utf8());
        let rest = doc.slice(&(c.number.span.end..c.segment.end.max(c.number.span.end)));
        doc.slice(&(from..c.number.span.end + rest.find(['，', '（', '、']).unwrap_or(rest.len())))
    };
    let came = has_any(doc.slice(&back.left), &["回收", "收回"]);
    let wrong = has_any(clause(out), OUT);
    let counts = has_any(doc.slice(&rest.left), &["有效", "计入", "纳入"]);
    if !(came && wrong && counts) || back.sentence != rest.sentence {
        return;
    }
    let (n, k, m) = (back.number.value, out.number.value, rest.number.value);
    sink.tried();
    let slip = mistaken((n - k).normalize(), m.normalize())
        || mistaken((n - m).normalize(), k.normalize())
        || mistaken((m + k).normalize(), n.normalize());
    if n - k != m && (slip || (n - k - m).abs() <= Decimal::TWO) && !heard(sink, &[back, out, rest]) {
        let message = format!("{}-{}={}，文中为“{}”", show(n), show(k), show(n - k), doc.slice(&rest.wide()));
        let spans = [rest.wide(), back.wide(), out.wide()];
        sink.add("sample-sum", Severity::Warning, message, (show(m), show(n - k)), &spans);
    }
}

/// 其中入户占64.67%，电话占35.33%; 女性占59.63%，男性占40.37%; 完整率91.40%，不完整率8.60%.
fn two_shares(doc: &Doc, (first, second): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let shares = [first, second].iter().all(|c| c.number.percent && !c.number.vague && c.number.decimals > 0);
    if !shares || first.sentence != second.sentence || first.number.decimals != second.number.decimals {
        return;
    }
    let (left, right) = (doc.slice(&first.left), doc.slice(&second.left));
    let gap = doc.slice(&(first.number.span.end..second.left.start.max(first.number.span.end)));
    let sexes = (left.starts_with('男') && right.starts_with('女')
        || left.starts_with('女') && right.starts_with('男'))
        && left.ends_with('占')
        && right.ends_with('占');
    let among = left.starts_with("其中")
        && left.ends_with('占')
        && right.ends_with('占')
        && doc.text[second.number.span.end..].starts_with('。');
    let not = right.strip_prefix('不').is_some_and(|r| r == left && r.ends_with('率'));
    if gap != "，" || !(sexes || among || not) {
        return;
    }
    let (p, q) = (first.number.value, second.number.value);
    let rest = Decimal::ONE_HUNDRED - p;
    sink.tried();
    let off = (rest - q).abs();
    let slip = mistaken(rest.normalize(), q.normalize())
        || mistaken((Decimal::ONE_HUNDRED - q).normalize(), p.normalize());
    if off > Decimal::new(2, first.number.decimals) && slip && !heard(sink, &[first, second]) {
        let message = format!("{}%与{}%之和应为100%，实为{}%", show(p), show(q), show(p + q));
        let said = (format!("{}%", show(q)), format!("{}%", show(rest)));
        sink.add("share-sum", Severity::Warning, message, said, &[second.wide(), first.wide()]);
    }
}
