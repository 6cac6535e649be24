//! Lists with their total in brackets before them or behind them: 合计, 共计, 三项共计, 全年督导共.

use rust_decimal::Decimal;

use super::kinds::one_noun;
use super::odd_unit::{HOUSES, one_of_another_unit};
use super::of_which::{EXTREME, is_among};
use super::parts::{compare, judge};
use super::repeats::is_change;
use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::words::has_any;

/// 持证社工15名（中级2名，助理13名）.
pub(super) fn in_brackets(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for (i, whole) in here.iter().enumerate() {
        let rest = &doc.text[whole.number.span.end..];
        let noun = doc.slice(&whole.right).len();
        // 同比增加136人次（上年同期809人次，本期945人次）: how far apart the two are.
        let net =
            doc.slice(&whole.left).contains(['净', '少', '差', '缺']) || is_change(doc.slice(&whole.left));
        let lead = doc.tail(whole.segment.start..whole.left.end, 60);
        let net = net || has_any(lead, &["增加", "减少", "提高", "下降"]);
        if !rest[noun.min(rest.len())..].starts_with('（') || !whole.exact() || net {
            continue;
        }
        let parts: Vec<&Claim> = here[i + 1..]
            .iter()
            .take_while(|c| c.depth > whole.depth)
            .filter(|c| c.depth == whole.depth + 1 && c.class() == whole.class() && c.exact())
            .filter(|c| !is_among(doc, c))
            .collect();
        // 拟开展的26个（年度指标54个减去已完成的28个）: how it comes about.
        let of_which = parts.first().is_some_and(|p| doc.slice(&p.left).contains("其中"))
            || parts.iter().any(|p| {
                doc.text[p.right.end..].starts_with('减') || doc.text[p.number.span.end..].starts_with('减')
            });
        if parts.len() >= 2 && !of_which {
            judge(doc, whole, &parts, "（", sink);
        }
    }
}

/// 非常满意241人、比较满意138人、一般19人。前两项合计379人；四季依次为…，后两季合计80.85万元.
pub(super) fn first_items(doc: &Doc, before: &[Claim], here: &[Claim], sink: &mut Sink<'_>) {
    for (i, whole) in here.iter().enumerate() {
        let left = doc.slice(&(whole.sentence.start..whole.number.span.start));
        let Some(at) = left.rfind(['前', '后']) else { continue };
        let last = left[at..].starts_with('后');
        let clause = &left[at + '前'.len_utf8()..];
        let n = clause.chars().next().and_then(|c| "一两三四五".chars().position(|d| d == c)).map(|p| p + 1);
        let Some(n) = n.filter(|n| *n > 1 && clause.ends_with('计') && clause.chars().count() <= 6) else {
            continue;
        };
        let same = |c: &&Claim| {
            // 300份问卷中: of which, and no item.
            let of = doc.text[c.right.end..].starts_with('中') || doc.slice(&c.right).ends_with('中');
            let total = is_total(doc, c) || doc.slice(&c.left).ends_with('计');
            c.class() == whole.class() && c.exact() && c.depth == whole.depth && !total && !of
        };
        let own: Vec<&Claim> = here[..i].iter().filter(same).collect();
        let list = if own.len() >= n { own } else { before.iter().filter(same).collect() };
        if list.len() > n && list_like(doc, &list) {
            let parts = if last { &list[list.len() - n..] } else { &list[..n] };
            compare(doc, whole, parts, Severity::Error, sink);
        }
    }
}

/// A list of parts, then 合计/共计/共 and their total.
pub(super) fn closed_by_total(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for (i, whole) in here.iter().enumerate() {
        let total =
            is_total(doc, whole) || is_total_of(doc, whole, &here[..i]) || total_noun(doc, whole).is_some();
        if !total || !whole.exact() || counted_items(doc, here, i, sink) {
            continue;
        }
        let kin = |c: &Claim| c.class() == whole.class() || of_one_kind(doc, whole, c);
        let parts: Vec<&Claim> = here[..i]
            .iter()
            .rev()
            .take_while(|c| (!is_total(doc, c) || c.class() != whole.class()) && c.depth >= whole.depth)
            .filter(|c| kin(c) && c.depth == whole.depth && c.exact() && !c.target && one_noun(doc, whole, c))
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        if one_of_another_unit(doc, whole, &here[..i], sink) {
            continue;
        }
        let led = parts
            .first()
            .is_some_and(|p| doc.slice(&(p.segment.start..p.number.span.start)).contains("其中"));
        // 优秀1个、良好4个…；其中街道站全部在良好以上，共4个: of some of them.
        let of_some = parts.last().is_some_and(|p| {
            doc.slice(&(p.number.span.end..whole.left.start.max(p.number.span.end))).contains("其中")
        });
        // 在岗9人；除站长和行政专员两人外，均为驻片社工，共7人: what is left without them.
        // 由韩春辉带领，5名专职社工和1名助理参与，共7人: with whoever leads them.
        let led_by = doc.slice(&(whole.sentence.start..whole.number.span.start));
        let with_others = has_any(led_by, &["带领", "牵头", "领衔", "连同", "加上", "另有"]);
        let without = with_others
            || doc.slice(&(whole.sentence.start..whole.number.span.start)).rfind('除').is_some_and(|at| {
                doc.slice(&(whole.sentence.start + at..whole.number.span.start)).contains('外')
            });
        // 超额完成四项，未完成一项，总计七项: one of them is told in words that are no number here.
        let unread = parts.first().is_some_and(|p| {
            let list = doc.slice(&(p.number.span.end..whole.left.start.max(p.number.span.end)));
            let words = doc.slice(&(whole.sentence.start..p.number.span.start));
            ["一项", "一个", "一名", "一例", "一人"].iter().any(|w| list.contains(w) || words.contains(w))
        });
        // 问了96个，答数合计201个；下学期问了95个，合计294个: of each half.
        let of_half = parts.iter().any(|p| doc.slice(&p.left).ends_with("数合计"));
        if of_some || without || unread || of_half {
            continue;
        }
        // 10个小组办满6节，2个小组各取消1节，合计70节; 6节的小组14个，5节的小组5个，共109节: so many each.
        let of_each = parts.iter().any(|p| {
            let left = doc.slice(&p.left);
            doc.slice(&p.right).starts_with('的') || has_any(left, &["各", "每", "办满", "取消"])
        });
        if of_each {
            continue;
        }
        // 最长的8年，最短的1年，14人合计53年: two of many.
        let two_of_many = parts.iter().any(|p| EXTREME.iter().any(|w| doc.slice(&p.left).ends_with(w)));
        if parts.len() >= 2
            && !led
            && !two_of_many
            && list_like(doc, &parts)
            && total_noun(doc, whole).is_none_or(|n| parts.iter().all(|p| p.label.ends_with(&n)))
        {
            if some_make(&parts, whole.number.value) {
                sink.tried();
                continue;
            }
            // 得分89.17分、91.0分，加权后为62.42分、18.20分、9.06分，合计89.68分: the last list is what is added up.
            let run = last_run(doc, &parts);
            compare(doc, whole, &parts, Severity::Error, sink);
            let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
            if sum != whole.number.value && run.len() >= 2 && run.len() < parts.len() {
                compare(doc, whole, run, Severity::Error, sink);
            }
        }
    }
}

/// The parts at the end that nothing but 、 keeps apart.
fn last_run<'a, 'b>(doc: &Doc, parts: &'b [&'a Claim]) -> &'b [&'a Claim] {
    let joined =
        |w: &&[&Claim]| doc.slice(&(w[0].number.span.end..w[1].left.start.max(w[0].number.span.end))) == "、";
    let from = parts.len() - 1 - parts.windows(2).rev().take_while(joined).count();
    &parts[from..]
}

/// Two or more neighbours among the parts make the whole already: the others divide it in another way or lie inside.
fn some_make(parts: &[&Claim], whole: Decimal) -> bool {
    let all = parts.len();
    (0..all).any(|from| {
        let mut sum = parts[from].number.value;
        (from + 1..all).any(|to| {
            sum += parts[to].number.value;
            sum == whole && (from > 0 || to + 1 < all)
        })
    })
}

/// 企业6家、学校2所、社会组织5家，共13家单位: houses of all kinds are counted together.
fn of_one_kind(doc: &Doc, whole: &Claim, part: &Claim) -> bool {
    let unit = |c: &Claim| c.number.unit.is_some_and(|u| HOUSES.contains(&u.word));
    let noun = doc.slice(&whole.right);
    unit(whole) && unit(part) && ["单位", "机构", "主体", "组织"].iter().any(|w| noun.ends_with(w))
}

/// "小组62个、活动185场、个案246个，三项共计493项": as many items as said, whatever their units.
pub(super) fn counted_items(doc: &Doc, here: &[Claim], i: usize, sink: &mut Sink<'_>) -> bool {
    let whole = &here[i];
    let before = doc.slice(&(whole.sentence.start..whole.number.span.start));
    let at = before.rfind(['，', '；']).map_or(0, |at| at + 3);
    let clause = &before[at..];
    let until = whole.sentence.start + at;
    let mut words = clause.chars();
    let Some(n) = words.next().and_then(|c| "一二三四五六七八九".chars().position(|d| d == c))
    else {
        return false;
    };
    if words.next() != Some('项') || !clause.ends_with('计') || n == 0 {
        return false;
    }
    let parts: Vec<&Claim> = here[..i]
        .iter()
        .filter(|c| c.exact() && c.depth == whole.depth && c.number.span.end <= until)
        .rev()
        .take(n + 1)
        .collect();
    if parts.len() == n + 1
        && parts.iter().all(|p| matches!(p.class(), "个" | "次" | "项" | "节" | "份" | "支" | "人次"))
    {
        let parts: Vec<&Claim> = parts.into_iter().rev().collect();
        compare(doc, whole, &parts, Severity::Error, sink);
        return true;
    }
    false
}

pub(super) fn is_total(doc: &Doc, claim: &Claim) -> bool {
    const TOTALS: &[&str] = &[
        "合计",
        "共计",
        "总计",
        "小计",
        "共",
        "总共",
        "一共",
        "合共",
        "以上共",
        "以上合计",
        "三项合计",
        "两项合计",
        "四项合计",
        "合计为",
        "总计为",
        "共计为",
        "合计共",
        "累计",
    ];
    let left = doc.slice(&claim.left);
    let counted = ["项", "类", "个", "次", "者", "上述", "以上", "方", "种", "部分"];
    let of_all = |lead: &str| {
        let numbered = lead.starts_with(['两', '二', '三', '四', '五', '六', '七', '八', '九', '十', '各']);
        numbered && lead.chars().count() <= 5
    };
    let closing = ["合计", "共计", "总计", "合计为", "共计为", "相加为", "之和为"]
        .iter()
        .find_map(|w| left.strip_suffix(w));
    TOTALS.contains(&left)
        || left.ends_with("的共")
        || closing.is_some_and(of_all)
        || closing.is_some_and(|lead| lead.chars().count() <= 8 && has_any(lead, &counted))
        || closing.is_some_and(|lead| lead.chars().count() <= 3 && lead.ends_with("活动"))
}

/// "全年督导共36次": the noun that the parts (内部督导, 外部督导) share.
pub(super) fn total_noun(doc: &Doc, claim: &Claim) -> Option<String> {
    let left = doc.slice(&claim.left);
    let lead = ["共计", "合计", "总计", "共"]
        .iter()
        .find_map(|w| left.strip_suffix(w))
        .filter(|_| !is_total(doc, claim))?;
    let noun = super::super::label::canonical(lead);
    (noun.chars().count() >= 2).then_some(noun)
}

/// "共服务4320人次" behind two "服务…人次": the total of what each says.
pub(super) fn is_total_of(doc: &Doc, claim: &Claim, here: &[Claim]) -> bool {
    let left = doc.slice(&claim.left);
    let verb =
        ["共", "合计", "总共", "共计", "累计"].iter().find_map(|w| left.strip_prefix(w)).unwrap_or_default();
    let money = claim.class() == "元"
        && verb.chars().count() <= 4
        && !verb.is_empty()
        && has_any(
            verb,
            &["撬动", "链接", "筹集", "投入", "募集", "筹得", "到位", "支出", "使用", "拨付", "资金"],
        );
    money
        || matches!(verb, "服务" | "参与" | "受益" | "惠及" | "参加")
            && here
                .iter()
                .filter(|c| c.number.span.start < claim.number.span.start && c.class() == claim.class())
                .all(|c| doc.slice(&c.left).ends_with(verb))
}

/// Parts stand close to each other, parted by 、，； and short words.
pub(super) fn list_like(doc: &Doc, parts: &[&Claim]) -> bool {
    parts
        .windows(2)
        .all(|w| without_brackets(doc.slice(&(w[0].number.span.end..w[1].number.span.start))) <= 24)
}

/// How many characters stand outside brackets.
fn without_brackets(words: &str) -> usize {
    let mut depth = 0_i32;
    let mut outside = 0;
    for c in words.chars() {
        depth += i32::from(c == '（');
        outside += usize::from(depth == 0);
        depth -= i32::from(c == '）');
    }
    outside
}
