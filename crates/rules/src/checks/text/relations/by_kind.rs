//! A whole and the list of its kinds that the words between bind to it: 个案16个，完成率114.3%，按成因分独居9个、…; 阳性4人分布于甲镇2人、…; 结案的35件里，…;
//! 资金68.6万元，由两家合出：…; 探访312人次按季度统计为75、81、79、77人次; 残障人士按类别分：…, of those told elsewhere; and several such lists of one whole.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{Sentence, number, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::{mistaken, show, show_sum};

const RULE: &str = "total";
/// Words that leave a list open.
const OPEN: &[char] = &['等', '余'];

/// What leads from a whole to all its kinds.
static LEADS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?:的?\p{Han}{0,8}|（[^）]{1,16}）)?(?:，\p{Han}{0,6}率为?\d+(?:\.\d+)?%)?，?(?:按\p{Han}{1,8}?(?:分类|划分|分布|统计|来分|来看|分|看|计)|分布[于在]|散布在|分属于?|分散在|由\p{Han}{1,4}?(?:合出|共同出资|分担|分摊|共担|分别出资|出资|共同承担)|里，|里面，|当中，|依次)(?:为|是|有|成)?[：，]?$|^人\p{Han}{0,6}（$",
    )
});
/// A list of kinds that stands by itself.
static KINDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[。；，：])(?:(?P<s>\p{Han}{4,14}?)，?按\p{Han}{1,8}?(?:分类|划分|统计|来分|来看|分|看)(?:为|是|有)?[：，]?|(?:论|按|从)\p{Han}{1,6}?(?:分|看|来看|划分)?，|拆开(?:来)?(?:看|说|算)?[：，])\p{Han}{0,10}$",
    )
});

static EACH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^\p{Han}{0,4}，每(?:个|组|场|期)\p{Han}{0,3}?(?P<m>\d{1,3})(?:节|次|小时)，(?:合计|共|共计|总计|合共)(?P<k>\d[\d,]*)(?:节|次|小时)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for here in Sentence::all(doc, claims).filter(|here| {
        here.holds(&[
            "按",
            "分布",
            "散布",
            "分属",
            "分散",
            "由",
            "里，",
            "里面，",
            "当中，",
            "论",
            "拆开",
            "依次",
            "其中",
            "每",
            "个人",
        ])
    }) {
        let list = claims.within(&here.block.span);
        let mut told: Vec<Vec<&Claim>> = Vec::new();
        let mut from = 0;
        while from < list.len() {
            let run = run(doc, list, from);
            if run.len() >= 2 {
                if !of_whole(&here, list, (from, &run), sink) && !times_each(&here, list, (from, &run), sink)
                {
                    of_subject(&here, &run, sink);
                }
                from += run.len() - 1;
                told.push(run);
            }
            from += 1;
        }
        one_of_several(&here, list, &told, sink);
    }
}

/// Counts of one unit with nothing but a sign between them.
fn run<'a>(doc: &Doc, list: &'a [Claim], from: usize) -> Vec<&'a Claim> {
    let Some(first) = list.get(from).filter(|c| c.exact()) else { return Vec::new() };
    let mut out = vec![first];
    for pair in list[from..].windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        let gap = doc.slice(&(a.right.end.min(b.left.start)..b.left.start));
        let kin =
            b.exact() && b.class() == first.class() && b.sentence == first.sentence && b.depth == first.depth;
        if !kin
            || !matches!(gap, "、" | "，" | "；" | "和" | "及" | "与")
            || doc.slice(&b.left).contains('共')
            || b.number.chinese != first.number.chinese
            || ["其中", "包括", "含", "按"].iter().any(|w| doc.slice(&b.left).starts_with(w))
        {
            break;
        }
        out.push(b);
    }
    if first.class().is_empty() { Vec::new() } else { out }
}

/// Says so where one digit of the whole or of one part makes the list whole.
fn judge(here: &Sentence<'_>, whole: Decimal, run: &[&Claim], sink: &mut Sink<'_>) -> bool {
    let parts: Vec<Decimal> = run.iter().map(|c| c.number.value).collect();
    let sum: Decimal = parts.iter().sum();
    let apart = whole - sum;
    let slips = |p: &Decimal| *p + apart > Decimal::ZERO && mistaken(*p, *p + apart);
    // The list goes on with another one; of 2、2、1 the first two make 4 by chance.
    let mut so_far = Decimal::ZERO;
    let begins = parts.iter().enumerate().any(|(i, p)| {
        so_far += *p;
        so_far == whole && (i >= 2 || i + 2 < parts.len() - 1)
    });
    if begins || !(mistaken(sum, whole) || parts.iter().any(slips)) {
        return begins;
    }
    let Some((first, last)) = run.first().zip(run.last()) else { return false };
    let rest = here.doc.slice(&(last.number.span.end..last.sentence.end.max(last.number.span.end)));
    let closed = !rest.split(['，', '。', '；']).next().unwrap_or_default().contains(OPEN);
    let more = ["，其余", "，另", "，还有", "，剩", "，余下"].iter().any(|w| rest.contains(w));
    if closed && !more {
        let message = format!("{}，总数为{}", show_sum(&parts), show(whole));
        here.warn(sink, RULE, message, (show(sum), show(whole)), first.wide().start..last.number.span.end);
    }
    true
}

/// The whole stands right before the words that lead to the list.
fn of_whole(
    here: &Sentence<'_>,
    list: &[Claim],
    (from, run): (usize, &[&Claim]),
    sink: &mut Sink<'_>,
) -> bool {
    let first = run[0];
    // 38个人.
    let people = |c: &Claim| {
        c.class() == "个" && first.class() == "人" && here.doc.text[c.number.span.end..].starts_with('人')
    };
    let kin = |c: &&Claim| (c.class() == first.class() || people(c)) && c.sentence == first.sentence;
    let Some(whole) = list[..from].iter().rev().take(2).find(kin).filter(|c| c.exact()) else { return false };
    let lead = here.doc.slice(&(whole.number.span.end..first.number.span.start));
    if told_elsewhere(here, (whole, lead), run, sink) {
        return true;
    }
    // The words of the first part's name go.
    let led = (0..=lead.chars().count()).any(|n| {
        let cut = lead.char_indices().nth_back(n).map_or(0, |(i, _)| i);
        let head = if n == 0 { lead } else { &lead[..cut] };
        n <= 10 && LEADS.as_ref().is_some_and(|p| p.is_match(head))
    });
    led && judge(here, whole.number.value, run, sink)
}

/// 137人，其中独居14人、…: the one part that a slip makes right is told right elsewhere, under its name.
fn told_elsewhere(
    here: &Sentence<'_>,
    (whole, lead): (&Claim, &str),
    run: &[&Claim],
    sink: &mut Sink<'_>,
) -> bool {
    let parts: Vec<Decimal> = run.iter().map(|c| c.number.value).collect();
    let sum: Decimal = parts.iter().sum();
    let apart = whole.number.value - sum;
    if !lead.contains("，其中") || run.len() < 3 || apart.is_zero() {
        return false;
    }
    let elsewhere = |c: &&&Claim| {
        let right = c.number.value + apart;
        let name: Vec<char> = here.doc.slice(&c.left).trim_start_matches("其中").chars().collect();
        let name: String = name[name.len().saturating_sub(2)..].iter().collect();
        let told = |o: &Claim| {
            let near = o.left.start..o.right.end.max(o.number.span.end);
            o.number.value == right
                && o.exact()
                && o.class() == c.class()
                && here.doc.slice(&near).contains(&name)
        };
        right > Decimal::TEN
            && mistaken(c.number.value, right)
            && name.chars().count() == 2
            && here.claims.all.iter().any(told)
    };
    let Some(wrong) = run.iter().find(elsewhere) else { return false };
    let right = wrong.number.value + apart;
    let message = format!("{}，总数为{}，别处为{}", show_sum(&parts), show(whole.number.value), show(right));
    here.warn(sink, RULE, message, (show(wrong.number.value), show(right)), wrong.wide());
    true
}

/// 辖区持证残障人士按类别分：…: as many as the text tells elsewhere under that name.
fn of_subject(here: &Sentence<'_>, run: &[&Claim], sink: &mut Sink<'_>) {
    let first = run[0];
    let lead = here.doc.tail(here.block.body..first.number.span.start, 120);
    let Some(found) = KINDS.as_ref().and_then(|p| p.captures(lead)) else { return };
    let Some(subject) = found.name("s").map(|m| m.as_str()) else { return };
    let named =
        |c: &&Claim| c.exact() && c.class() == first.class() && here.doc.slice(&c.left).ends_with(subject);
    let wholes: Vec<Decimal> = here.claims.all.iter().filter(named).map(|c| c.number.value).take(4).collect();
    if let [whole] = wholes.as_slice() {
        judge(here, *whole, run, sink);
    }
}

/// 做成8个，矫正组3个、禁毒组5个，每个6节，合计48节: what all of them make says how many they are.
fn times_each(
    here: &Sentence<'_>,
    list: &[Claim],
    (from, run): (usize, &[&Claim]),
    sink: &mut Sink<'_>,
) -> bool {
    let last = run[run.len() - 1];
    let rest = here.doc.slice(&(last.number.span.end..last.sentence.end.max(last.number.span.end)));
    let Some(found) = EACH.as_ref().and_then(|p| p.captures(rest)) else { return false };
    let (Some(m), Some(k)) = (number(&found, "m"), number(&found, "k")) else { return false };
    let Some(n) = k.checked_div(m).filter(|n| n.fract().is_zero()) else { return false };
    // The whole may stand in the list itself, before its parts.
    if let Some(at) = run.iter().rposition(|c| c.number.value == n)
        && run.len() - at > 2
    {
        return judge(here, n, &run[at + 1..], sink);
    }
    let whole = list[..from]
        .iter()
        .rev()
        .take(3)
        .find(|c| c.class() == run[0].class() && c.sentence == run[0].sentence);
    whole.is_some_and(|w| w.exact() && w.number.value == n) && judge(here, n, run, sink)
}

/// Two lists of one paragraph make a number of it; a third that says by what it parts the same has to.
fn one_of_several(here: &Sentence<'_>, list: &[Claim], told: &[Vec<&Claim>], sink: &mut Sink<'_>) {
    if told.len() < 2 || told.len() > 8 {
        return;
    }
    let led = |run: &&Vec<&Claim>| {
        let lead = here.doc.tail(here.block.body..run[0].number.span.start, 120);
        KINDS.as_ref().is_some_and(|p| p.is_match(lead))
    };
    let sum = |run: &Vec<&Claim>| run.iter().map(|c| c.number.value).sum::<Decimal>();
    let led: Vec<&Vec<&Claim>> = told.iter().filter(led).collect();
    let whole = led
        .iter()
        .map(|run| (sum(run), run[0].class()))
        .find(|(s, class)| list.iter().any(|c| c.exact() && c.class() == *class && c.number.value == *s));
    let Some((whole, class)) = whole else { return };
    for run in led.iter().filter(|run| run[0].class() == class && sum(run) != whole) {
        let own = list.iter().any(|c| c.exact() && c.class() == class && c.number.value == sum(run));
        if !own {
            judge(here, whole, run, sink);
        }
    }
}
