//! Money told beside its share or beside itself: 拨付60%即39.00万元 of a contract; 按60%、40%两期拨付，分别为39万元、26万元; 短缺3.72万元 behind what was granted and what
//! came; 500000元（人民币伍拾万元整）. Amounts of money are shares to the last digit, unlike shares of counts.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::chinese;
use crate::checks::text::math::{is_share, one_digit_apart, one_digit_into, show};
use crate::checks::text::words::has_any;

const RULE: &str = "arithmetic";
/// Claims looked back for what a share is of.
const BACK: usize = 20;
const WHOLES: &[&str] = &["合同", "协议", "总", "经费", "资金", "金额", "预算", "采购", "标"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, c) in claims.all.iter().enumerate().filter(|(_, c)| doc.blocks[c.block].kind == Kind::Paragraph) {
        if c.number.percent {
            share(doc, claims, i, sink);
            in_turn(doc, claims, i, sink);
        } else if money(c) {
            apart(doc, claims, i, sink);
            in_words(doc, c, sink);
        }
    }
}

fn money(c: &Claim) -> bool {
    c.class() == "元" && c.exact() && c.number.value > Decimal::ZERO
}

/// Whether an amount is a share of another, as exactly as it is printed.
fn fits(share: Decimal, of: Decimal, amount: &Claim) -> bool {
    part(share, of)
        .is_some_and(|right| (right - amount.number.value).abs() * Decimal::TWO <= amount.number.scale)
}

fn part(share: Decimal, of: Decimal) -> Option<Decimal> {
    share.checked_mul(of)?.checked_div(Decimal::ONE_HUNDRED)
}

/// 60%即39.00万元, 60%（39万元）, 按60%拨付39.00万元.
fn share(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    const LINKS: &[&str] = &[
        "即",
        "，即",
        "计",
        "，计",
        "（",
        "（即",
        "拨付",
        "支付",
        "，为",
        "为",
        "（计",
        "共计",
        "共",
        "，共",
        "，金额",
        "，金额为",
        "，合计",
        "预付",
    ];
    let (p, Some(m)) = (&claims.all[i], claims.all.get(i + 1)) else { return };
    let between = doc.slice(&(p.number.span.end..m.number.span.start.max(p.number.span.end)));
    let grown = has_any(doc.slice(&p.left), &["增", "降", "率", "提高", "比上", "减"]);
    if !money(m)
        || p.number.vague
        || p.number.value >= Decimal::ONE_HUNDRED
        || grown
        || !LINKS.contains(&between)
    {
        return;
    }
    sink.tried();
    let amounts = || claims.all.iter().filter(|c| money(c) && c.number.value > m.number.value);
    let makes = |c: &Claim| is_share(p.number.value, p.number.decimals, m.number.value, c.number.value);
    if amounts().any(|c| fits(p.number.value, c.number.value, m) || p.number.decimals > 0 && makes(c))
        || sink.said(&[m.wide().start, m.span().start])
    {
        return;
    }
    // 首期按60%拨付127.80万元，二期按20%拨付42.60万元: another payment of one whole, which is not told.
    let again = claims.all.windows(2).any(|w| {
        let [q, n] = w else { return false };
        let paid =
            LINKS.contains(&doc.slice(&(q.number.span.end..n.number.span.start.max(q.number.span.end))));
        let crossed =
            (p.number.value.checked_mul(n.number.value), q.number.value.checked_mul(m.number.value));
        q.number.percent
            && q.number.span != p.number.span
            && q.block == p.block
            && money(n)
            && paid
            && matches!(crossed, (Some(a), Some(b)) if a == b)
    });
    if again {
        return;
    }
    let told = claims.all[i.saturating_sub(BACK)..i].iter().rev();
    let named = |c: &&Claim| {
        let words = doc.slice(&(c.segment.start..c.number.span.start));
        money(c) && c.block == p.block && c.number.value > m.number.value && has_any(words, WHOLES)
    };
    let Some(whole) = told.filter(named).max_by_key(|c| c.number.value) else { return };
    let Some(right) = part(p.number.value, whole.number.value) else { return };
    let of = |v: Decimal| v.checked_mul(Decimal::ONE_HUNDRED).and_then(|v| v.checked_div(whole.number.value));
    let rate = of(m.number.value);
    let slip = printed_apart(right, m)
        || rate.is_some_and(|r| one_digit_into(p.number.value, p.number.decimals, (r, r)))
        || (right - m.number.value).abs() * Decimal::TEN <= right;
    if slip {
        say(doc, sink, (m, right), &[p, whole]);
    }
}

/// Whether one printed digit of an amount makes it another.
fn printed_apart(right: Decimal, m: &Claim) -> bool {
    let ulp = m.number.scale;
    let printed = |v: Decimal| v.checked_div(ulp).map(|v| v.round_dp(0));
    printed(right).zip(printed(m.number.value)).is_some_and(|(a, b)| one_digit_apart(a, b))
}

fn say(doc: &Doc, sink: &mut Sink<'_>, (m, right): (&Claim, Decimal), of: &[&Claim]) {
    let from: Vec<&str> = of.iter().map(|c| doc.slice(&c.number.span)).collect();
    let message = format!("由{}得{}元，文中为“{}”", from.join("、"), show(right), doc.slice(&m.wide()));
    let spans: Vec<_> = std::iter::once(m.wide()).chain(of.iter().map(|c| c.wide())).collect();
    sink.add(RULE, Severity::Warning, message, (show(m.number.value), show(right)), &spans);
}

/// 按60%、40%两期拨付，分别为39.00万元、26.00万元: as many amounts as shares of all.
fn in_turn(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let first = &claims.all[i];
    let shares: Vec<&Claim> = claims.all[i..]
        .iter()
        .take_while(|c| c.number.percent && c.sentence == first.sentence)
        .take(6)
        .collect();
    let sum: Decimal = shares.iter().map(|c| c.number.value).sum();
    if shares.len() < 2 || sum != Decimal::ONE_HUNDRED {
        return;
    }
    let behind = &claims.all[i + shares.len()..];
    let skip = behind.iter().take_while(|c| !money(c) && c.sentence == first.sentence).count();
    let amounts: Vec<&Claim> =
        behind.iter().skip(skip).take_while(|c| money(c) && c.sentence == first.sentence).take(7).collect();
    let whole =
        claims.all[i.saturating_sub(BACK)..i].iter().rev().find(|c| money(c) && c.block == first.block);
    let Some(whole) = whole.filter(|_| amounts.len() == shares.len() && skip <= 2) else { return };
    let led =
        doc.slice(&(shares[shares.len() - 1].number.span.end..amounts[0].number.span.start)).contains("分别");
    let wrong: Vec<(&Claim, &Claim)> = shares
        .into_iter()
        .zip(amounts)
        .filter(|(p, m)| !fits(p.number.value, whole.number.value, m))
        .collect();
    sink.tried();
    if let ([(p, m)], true) = (wrong.as_slice(), led)
        && let Some(right) = part(p.number.value, whole.number.value)
        && !sink.said(&[m.wide().start, m.span().start])
    {
        say(doc, sink, (m, right), &[p, whole]);
    }
}

/// 预算186.00万元，到位182.28万元，短缺3.72万元; 上年结转5.20万元，本年到账40.00万元，支出42.10万元，年末结余3.10万元.
fn apart(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    const APART: &[&str] = &["短缺", "缺口", "超支", "超出", "结余", "结存", "少到位", "未到位", "欠拨"];
    let d = &claims.all[i];
    let words = doc.slice(&d.left);
    if !has_any(words, APART) || words.contains(['其', '中']) {
        return;
    }
    let near = &claims.all[i.saturating_sub(BACK)..i];
    let here: Vec<Decimal> =
        near.iter().filter(|c| money(c) && c.sentence == d.sentence).map(|c| c.number.value).collect();
    let v = d.number.value;
    short_of(doc, claims, i, sink);
    let [.., a, b] = here.as_slice() else { return };
    let all: Vec<Decimal> =
        claims.all.iter().filter(|c| money(c)).map(|c| c.number.value).take(120).collect();
    let told = all.iter().any(|x| all.iter().any(|y| x - y == v));
    let carried = here.len() >= 3 && doc.slice(&(d.sentence.start..d.number.span.start)).contains("结转");
    sink.tried();
    let right = match here.as_slice() {
        [.., c, a, b] if carried => c + a - b,
        _ => (a - b).abs(),
    };
    let carried_told = here.len() >= 3 && right == v;
    if told || carried_told || right <= Decimal::ZERO || sink.said(&[d.wide().start, d.span().start]) {
        return;
    }
    let plain = carried || here.len() == 2;
    if plain && printed_apart(right, d) {
        let list: Vec<&Claim> = near
            .iter()
            .filter(|c| money(c) && c.sentence == d.sentence)
            .rev()
            .take(if carried { 3 } else { 2 })
            .collect();
        say(doc, sink, (d, right), &list);
    }
}

/// 县级配套102.30万元。…县级配套到位98.58万元，短缺3.72万元: what came stands right before, what was to come in the paragraph.
fn short_of(doc: &Doc, claims: &Claims, i: usize, sink: &mut Sink<'_>) {
    let d = &claims.all[i];
    let Some(came) = i.checked_sub(1).map(|j| &claims.all[j]).filter(|c| money(c) && c.segment == d.segment)
    else {
        return;
    };
    if !["短缺", "缺口", "少到位"].iter().any(|w| doc.slice(&d.left).ends_with(w)) {
        return;
    }
    let block = &doc.blocks[d.block];
    let all: Vec<&Claim> =
        claims.within(&(block.body..d.number.span.start)).iter().filter(|c| money(c)).collect();
    let told = all.iter().any(|x| all.iter().any(|y| x.number.value - y.number.value == d.number.value));
    let near: Vec<&&Claim> = all
        .iter()
        .filter(|x| {
            x.number.value > came.number.value && printed_apart(x.number.value - came.number.value, d)
        })
        .collect();
    sink.tried();
    if let ([whole], false) = (near.as_slice(), told || sink.said(&[d.wide().start, d.span().start])) {
        say(doc, sink, (d, whole.number.value - came.number.value), &[whole, came]);
    }
}

/// 500000元（人民币伍拾万元整）.
fn in_words(doc: &Doc, c: &Claim, sink: &mut Sink<'_>) {
    let rest = &doc.text[c.number.span.end..];
    let Some(inner) = rest.strip_prefix('（').or_else(|| rest.strip_prefix("，大写")) else { return };
    let words = inner.split('）').next().unwrap_or_default();
    let words = ["大写", "：", "人民币"].iter().fold(words, |w, lead| w.trim_start_matches(lead));
    let Some(right) = capital(words) else { return };
    sink.tried();
    if right != c.number.value && !sink.said(&[c.wide().start, c.span().start]) {
        let message = format!("大写“{words}”为{}元，文中为“{}”", show(right), doc.slice(&c.wide()));
        sink.add(RULE, Severity::Warning, message, (show(c.number.value), show(right)), &[c.wide()]);
    }
}

/// 伍拾万元整; nothing where jiao and fen or other words stand.
fn capital(words: &str) -> Option<Decimal> {
    let words = words.trim_end_matches(['整', '正']).strip_suffix(['元', '圆'])?;
    words.contains(|c| "壹贰叁肆伍陆柒捌玖".contains(c)).then(|| chinese(words)).flatten()
}
