//! Shares that a text explains by itself: of two counts beside, of a base that is told, of one in a pair.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Finding;
use crate::checks::text::math::{is_share, one_digit_apart, whole_people};
use crate::checks::text::words::has_any;

/// 芦汀街道78人中满意70人，满意率89.7%: its own two counts stand right before it.
pub(super) fn is_share_of_two(stated: &Claim, before: &[&Claim]) -> bool {
    let [.., whole, part] = before else { return false };
    // 接通87人。以接通人数为基数，满意84人: the whole may stand in the sentence before.
    stated.number.percent
        && stated.number.decimals > 0
        && whole.class() == part.class()
        && part.sentence == stated.sentence
        && [whole, part].iter().all(|c| c.exact())
        && is_share(stated.number.value, stated.number.decimals, part.number.value, whole.number.value)
}

/// 对服务态度满意的147人，占98.0%, of 150; 64份，占全部213份的30.0%: a share of one decimal or more holds to the number.
pub(super) fn has_its_share(stated: &Claim, before: &[&Claim], behind: &[&Claim]) -> bool {
    let near = || before.iter().chain(behind).filter(|c| !c.number.vague);
    let (value, mut shares) =
        (stated.number.value, near().filter(|c| c.number.percent && c.number.decimals > 0));
    stated.exact()
        && shares.any(|share| {
            let (p, decimals) = (share.number.value, share.number.decimals);
            let mut others = near().filter(|c| c.exact() && c.class() == stated.class());
            share.sentence == stated.sentence
                && others.any(|o| {
                    let (part, whole) = (value.min(o.number.value), value.max(o.number.value));
                    part != whole && is_share(p, decimals, part, whole)
                })
        })
}

/// 注：满意率以知晓社工站的124人为基数: a share of that number, and not of the column beside it.
pub(super) fn is_of_a_base_told(doc: &Doc, claims: &Claims, finding: &Finding) -> bool {
    let printed = finding.stated.trim_end_matches('%');
    let Ok(stated) = printed.parse::<Decimal>() else { return false };
    let part = finding.message.split('：').next_back().and_then(|words| words.split('÷').next());
    let Some(Ok(part)) = part.map(str::parse::<Decimal>) else { return false };
    let decimals = printed.split_once('.').map_or(0, |(_, digits)| digits.len() as u32);
    let told = |c: &&Claim| c.exact() && doc.text[c.number.span.end..].starts_with("为基数");
    claims.all.iter().filter(told).any(|c| is_share(stated, decimals, part, c.number.value))
}

/// 有效212份，…满意率93.4%: a whole number of those who answered.
pub(super) fn has_its_base(doc: &Doc, claims: &Claims, spans: &[Range<usize>]) -> bool {
    const ANSWERED: &[&str] = &["有效", "受访", "回答", "完成访问"];
    let Some(stated) = spans.first().and_then(|span| claims.within(span).last()) else { return false };
    let asked = |c: &&Claim| {
        c.exact()
            && matches!(c.class(), "人" | "份")
            && (has_any(doc.slice(&c.left), ANSWERED) || doc.text[c.number.span.end..].starts_with("为基数"))
    };
    claims
        .all
        .iter()
        .filter(asked)
        .any(|c| whole_people(stated.number.value, stated.number.decimals, c.number.value))
}

/// 覆盖学生1104人，占在校生的59.8%: of another count of them that the text tells (在校生1846人), and not of the one that was found.
pub(super) fn is_of_another(doc: &Doc, claims: &Claims, stated: &Claim, spans: &[Range<usize>]) -> bool {
    let counts: Vec<&Claim> = spans[1..].iter().filter_map(|span| claims.within(span).last()).collect();
    let [part, whole] = counts.as_slice() else { return false };
    let (p, decimals) = (stated.number.value, stated.number.decimals);
    let end = |c: &Claim| {
        let words =
            doc.slice(&(c.left.start..c.number.span.start)).trim_end_matches(['共', '为', '达', '有']);
        words.chars().rev().take(3).collect::<String>()
    };
    let is_whole = |c: &&Claim| {
        let beside = c.block == stated.block && c.label != whole.label;
        let declared = doc.text[c.number.span.end..].starts_with("为基数");
        let money = c.class() == "元" && c.number.value >= Decimal::from(10_000);
        // One digit from the one that was found: that one may be the slip.
        beside
            || (declared || money || end(c) == end(whole))
                && !one_digit_apart(c.number.value, whole.number.value)
    };
    let kin = claims.all.iter().filter(|c| c.exact() && c.class() == whole.class());
    decimals > 0 && kin.filter(is_whole).any(|c| is_share(p, decimals, part.number.value, c.number.value))
}

/// 肢体142人，占43.6%；听力和言语51人（听力36人、言语15人），占15.6%: of another count of the sentence it is a share of what the others are of.
pub(super) fn is_of_a_series(claims: &Claims, stated: &Claim, spans: &[Range<usize>]) -> bool {
    let here = claims.within(&stated.sentence);
    let at = here.partition_point(|c| c.number.span.start < stated.number.span.start);
    let (p, decimals) = (stated.number.value, stated.number.decimals);
    let found = |c: &Claim| {
        spans[1..].iter().any(|s| claims.within(s).last().is_some_and(|f| f.number.span == c.number.span))
    };
    // Counts with the next share behind them.
    let mut told: Vec<(&Claim, &Claim)> = Vec::new();
    for (i, share) in
        here.iter().enumerate().filter(|(i, c)| *i != at && c.number.percent && c.number.decimals > 0)
    {
        told.extend(here[..i].last().filter(|c| c.exact()).map(|c| (c, share)));
    }
    let bases = || {
        let kin = claims.all.iter().filter(|c| c.exact() && told.iter().any(|(t, _)| t.class() == c.class()));
        kin.map(|c| c.number.value).filter(|b| {
            let of =
                told.iter().filter(|(c, s)| is_share(s.number.value, s.number.decimals, c.number.value, *b));
            *b > Decimal::ONE && of.count() >= 2
        })
    };
    let own = || here[..at].iter().rev().take(4).filter(|c| c.exact() && !found(c));
    decimals > 0
        && told.len() >= 2
        && own().next().is_some()
        && bases().any(|b| own().any(|c| is_share(p, decimals, c.number.value, b)))
}

/// Of the two counts right before it in its sentence it is the share that one has of both.
pub(super) fn is_of_both(stated: &Claim, before: &[&Claim]) -> bool {
    let [.., a, b] = before else { return false };
    let (x, y) = (a.number.value, b.number.value);
    let kin = a.exact() && b.exact() && a.class() == b.class() && a.sentence == stated.sentence;
    let of = |part| is_share(stated.number.value, stated.number.decimals, part, x + y);
    kin && (of(x) || of(y))
}

/// A share of two counts of one kind or of one in a pair, a growth from one to the other, what another share leaves, or how far
/// two shares lie apart.
pub(super) fn is_proportion(doc: &Doc, stated: &Claim, before: &[&Claim], behind: &[&Claim]) -> bool {
    let (p, decimals) = (stated.number.value, stated.number.decimals);
    let near: Vec<&Claim> = before.iter().chain(behind).copied().collect();
    let of_pair = near.windows(2).any(|pair| {
        let [a, b] = [pair[0].number.value, pair[1].number.value];
        let kin = pair[0].exact() && pair[1].exact() && pair[0].class() == pair[1].class();
        kin && (is_share(p, decimals, a, a + b) || is_share(p, decimals, b, a + b))
    });
    if of_pair {
        return true;
    }
    // 男性85人，占41.3%: of the count right before it, whatever the other one leaves.
    let bare = matches!(doc.slice(&stated.left).trim_end_matches(['为', '约', '达']), "占" | "占比");
    let moved = has_any(doc.slice(&stated.left), &["增", "升", "降", "减", "提高", "多", "少"]);
    near.iter().enumerate().any(|(i, a)| {
        let other = !bare && a.number.percent && Decimal::ONE_HUNDRED - a.number.value == p;
        other
            || near.iter().enumerate().any(|(j, b)| {
                if i == j || a.class() != b.class() || a.number.value.is_zero() || b.number.value.is_zero() {
                    return false;
                }
                let (a, b) = (a.number.value, b.number.value);
                match near[i].number.percent {
                    true => a - b == p,
                    false => is_share(p, decimals, a, b) || moved && is_share(p, decimals, (a - b).abs(), b),
                }
            })
    })
}

/// What it grew by stands right before, and what it was before that.
pub(super) fn is_grown(stated: &Claim, before: &[&Claim]) -> bool {
    let Some((by, earlier)) = before.split_last().filter(|(by, _)| by.sentence == stated.sentence) else {
        return false;
    };
    let (p, decimals) = (stated.number.value, stated.number.decimals);
    let of = |from: &&Claim| is_share(p, decimals, by.number.value, from.number.value);
    by.exact() && earlier.iter().filter(|from| from.exact() && from.class() == by.class()).any(of)
}
