//! Shares whose count or whole stands where others do not look: 困难老年人个案占37.3%，共47个 (of 126个个案 before them); 结案率81.0%，…共开案126个; 5人中4人持有证书，持证比例80%;
//! 剔除9份后，有效问卷333份 of 342 that came back.

use rust_decimal::Decimal;

use super::said::{not_what_is_left, rate_is_not};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart, one_digit_into, percent_of};
use crate::checks::text::words::has_any;

/// Points that a share is off at most.
const OFF: i64 = 5;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            for i in 0..here.len() {
                if here[i].number.percent && !here[i].number.vague && !here[i].other_period {
                    count_behind(doc, here, i, sink);
                    named_before(doc, here, i, sink);
                    whole_behind(doc, here, i, sink);
                    over_bracket(doc, claims.within(&(block.body..sentence.end)), &here[i], sink);
                    among(doc, here, i, sink);
                } else {
                    taken_out(doc, claims, &here[i], sink);
                }
            }
        }
    }
}

/// Whether some count of the sentence explains a share of a part, one digit of either would, and nobody has spoken.
fn judge(doc: &Doc, here: &[Claim], p: &Claim, (part, whole): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let (value, decimals) = (p.number.value, p.number.decimals);
    let share = |a: &Claim, b: &Claim| is_share(value, decimals, a.number.value, b.number.value);
    let kin = || here.iter().filter(|c| c.exact() && c.class() == part.class());
    let (a, b) = (part.number.value, whole.number.value);
    sink.tried();
    let said = [p, part].iter().flat_map(|c| [c.wide().start, c.span().start]).collect::<Vec<_>>();
    // 完成138人（电话84人、入户54人），未接通16人，有效完成率89.6%: of two others of the sentence.
    let rate = doc.slice(&p.left).contains('率') && decimals > 0;
    let others = || here.iter().filter(|c| c.exact() && c.class() == part.class()).take(12);
    if rate && others().any(|x| others().any(|y| share(x, y))) {
        return;
    }
    if b <= Decimal::ZERO || a > b || kin().any(|w| share(part, w)) || share(part, whole) || sink.said(&said)
    {
        return;
    }
    let Some(right) = percent_of(a, b) else { return };
    let ulp = Decimal::new(1, decimals);
    let range = |whole: Decimal| {
        let of = |v: Decimal| v * whole / Decimal::ONE_HUNDRED;
        (of(value - ulp / Decimal::TWO), of(value + ulp / Decimal::TWO))
    };
    let slip = (right - value).abs() <= Decimal::from(OFF)
        || one_digit_into(value, decimals, (right - ulp, right + ulp))
        || one_digit_into(a, part.number.decimals, range(b));
    if slip {
        rate_is_not(doc, sink, p, &[part, whole], b);
    }
}

fn usable(c: &Claim) -> bool {
    c.exact()
        && !c.target
        && !c.other_period
        && !matches!(c.class(), "" | "%" | "年" | "月" | "岁" | "分" | "点" | "天")
}

/// A count that some of are told of: 126个个案中, 共120户.
fn told_whole<'a>(doc: &Doc, here: &'a [Claim], part: &Claim) -> Option<&'a Claim> {
    let among = |c: &&Claim| {
        let rest = &doc.text[c.number.span.end..];
        let noun = rest.split(['，', '、', '；', '。', '（']).next().unwrap_or_default();
        usable(c)
            && c.class() == part.class()
            && c.number.value > part.number.value
            && noun.ends_with('中')
            && noun.chars().count() <= 12
    };
    here.iter().take_while(|c| c.number.span.start < part.number.span.start).filter(among).last()
}

/// 困难老年人个案占37.3%，共47个; 抽样户数占总户数3275户的4.6%，共150户.
fn count_behind(doc: &Doc, here: &[Claim], i: usize, sink: &mut Sink<'_>) {
    const LINKS: &[&str] = &["，共", "，为", "，有", "，计", "（", "，即", "，共有"];
    let p = &here[i];
    let Some(part) = here.get(i + 1).filter(|c| usable(c)) else { return };
    let between = doc.slice(&(p.number.span.end..part.number.span.start.max(p.number.span.end)));
    let Some(before) = i.checked_sub(1).map(|j| &here[j]) else { return };
    let own = doc.slice(&(before.number.span.end..p.number.span.start));
    if !LINKS.contains(&between) {
        return;
    }
    let lead = doc.slice(&(before.segment.start..before.number.span.start));
    let of = own == "的" && lead.contains('占') && usable(before) && before.class() == part.class();
    if of {
        return judge(doc, here, p, (part, before), sink);
    }
    let shares = own.ends_with('占') && own.chars().count() >= 4;
    if let Some(whole) = told_whole(doc, here, part).filter(|_| shares) {
        judge(doc, here, p, (part, whole), sink);
    }
}

/// 困难老年人47个、留守儿童38个，困难老年人个案占37.3%: the share bears the name of a count.
fn named_before(doc: &Doc, here: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let p = &here[i];
    let Some(name) = doc.slice(&p.left).strip_suffix('占').map(|n| n.trim_start_matches('其')) else {
        return;
    };
    if name.chars().count() < 3 {
        return;
    }
    let own = |c: &&Claim| {
        let left = doc.slice(&c.left);
        usable(c) && left.chars().count() >= 2 && name.starts_with(left)
    };
    let Some(part) = here[..i].iter().rev().find(own) else { return };
    if let Some(whole) = told_whole(doc, here, part) {
        judge(doc, here, p, (part, whole), sink);
    }
}

/// 全年结案102个，结案率81.0%，尚在跟进24个，共开案126个; 持证5人，持证率为83.3%，团队共6人.
fn whole_behind(doc: &Doc, here: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let p = &here[i];
    let left = doc.slice(&p.left).trim_end_matches('为');
    let Some(stem) = left.strip_suffix('率') else { return };
    let Some(first) = stem.chars().next() else { return };
    // What a bracket behind the count tells of its parts stands between.
    let part = here[..i].iter().rev().find(|c| c.depth <= p.depth).filter(|c| usable(c));
    let Some(part) = part.filter(|c| doc.slice(&(c.left.start..c.right.end)).contains(first)) else { return };
    let larger = |c: &&Claim| {
        usable(c) && c.segment == p.segment && c.class() == part.class() && c.number.value > part.number.value
    };
    if here[..i].iter().any(|c| larger(&c)) {
        return;
    }
    let total = |c: &&Claim| doc.slice(&c.left).contains('共') || doc.slice(&c.left).ends_with("团队");
    let wholes: Vec<&Claim> = here[i + 1..].iter().filter(larger).filter(total).collect();
    if let [whole] = wholes.as_slice() {
        judge(doc, here, p, (part, whole), sink);
    }
}

/// 团队6人。…持证的5人（社会工作师2人、助理社会工作师3人），持证率为83.3%: a bracket stands between the count and its rate.
fn over_bracket(doc: &Doc, before: &[Claim], p: &Claim, sink: &mut Sink<'_>) {
    let left = doc.slice(&p.left).trim_end_matches('为');
    let first = left.strip_suffix('率').and_then(|stem| stem.chars().next());
    let at = before.partition_point(|c| c.number.span.start < p.number.span.start);
    let inner = before[..at].iter().rev().take_while(|c| c.depth > p.depth).count();
    let Some(k) = at.checked_sub(inner + 1).filter(|_| inner > 0) else { return };
    let part = &before[k];
    let lead = doc.slice(&(part.segment.start..part.right.end.max(part.segment.start)));
    if !usable(part) || part.sentence != p.sentence || !first.is_some_and(|f| lead.contains(f)) {
        return;
    }
    let larger = |c: &&Claim| usable(c) && c.class() == part.class() && c.number.value > part.number.value;
    if let Some(whole) = before[..k].iter().rev().find(larger) {
        judge(doc, before, p, (part, whole), sink);
    }
}

/// 5人中4人持有社会工作者职业资格证书，持证比例80%.
fn among(doc: &Doc, here: &[Claim], i: usize, sink: &mut Sink<'_>) {
    let p = &here[i];
    let left = doc.slice(&p.left).trim_end_matches(['为', '达']);
    if !["率", "比例", "占比", "占"].iter().any(|w| left.ends_with(w)) {
        return;
    }
    let Some([whole, part]) = i.checked_sub(2).map(|j| &here[j..i]) else { return };
    let between = doc.slice(&(whole.number.span.end..part.number.span.start.max(whole.number.span.end)));
    let near = doc.slice(&(part.number.span.end..p.number.span.start)).matches('，').count() <= 1;
    let of = between.starts_with('中') && between.chars().count() <= 4;
    if of && near && usable(whole) && usable(part) && whole.class() == part.class() {
        judge(doc, here, p, (part, whole), sink);
    }
}

/// 剔除填写不完整的9份后，有效问卷333份: what came back is told near by.
fn taken_out(doc: &Doc, claims: &Claims, out: &Claim, sink: &mut Sink<'_>) {
    let words = doc.slice(&(out.segment.start..out.number.span.start));
    let words = words.rsplit('，').next().unwrap_or_default();
    let cut = has_any(words, &["剔除", "扣除", "除去", "剔出"]);
    let behind = doc.text[out.number.span.end..].split(['，', '。', '；']).next().unwrap_or_default();
    if !cut || !usable(out) || !behind.ends_with('后') || behind.chars().count() > 8 {
        return;
    }
    let block = &doc.blocks[out.block];
    let kin = |c: &&Claim| usable(c) && c.class() == out.class();
    let Some(rest) = claims.within(&(out.number.span.end..out.sentence.end)).iter().find(kin) else { return };
    if !doc.slice(&rest.left).contains("有效") {
        return;
    }
    let around = claims.within(&(block.body..block.span.end));
    let wholes = || around.iter().filter(kin).filter(|c| c.number.value > rest.number.value);
    let sum = rest.number.value + out.number.value;
    sink.tried();
    if wholes().any(|w| w.number.value == sum) || sink.said(&[rest.wide().start, out.wide().start]) {
        return;
    }
    let told = |c: &&Claim| {
        let gone = c.number.value - rest.number.value;
        doc.slice(&c.left).contains("回收")
            && (one_digit_apart(gone, out.number.value) || one_digit_apart(sum, c.number.value))
    };
    if let Some(whole) = wholes().find(told) {
        not_what_is_left(doc, sink, ("difference", Severity::Warning), rest, (whole, out));
    }
}
