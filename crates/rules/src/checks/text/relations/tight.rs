//! Lists parted by 、 right behind their whole, with nothing that leaves them open: 配备8人，中级1人、助理5人、其他专业2人，持证6人. Small numbers
//! are judged only where they miss by one, since a list may leave something out unsaid.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "total";
/// Words of parts that may lie inside each other, or of things that are no parts.
const OVERLAP: &[&str] = &[
    "党员", "独居", "高龄", "残疾", "骨干", "低保", "特困", "孤寡", "空巢", "本科", "持证", "以上", "最",
    "均", "每", "新增", "重点", "应", "实际", "计划", "去年", "上年", "参加", "持有",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            for at in 0..here.len().saturating_sub(2) {
                judge(doc, here, at, sink);
            }
        }
    }
}

fn judge(doc: &Doc, here: &[Claim], at: usize, sink: &mut Sink<'_>) {
    let whole = &here[at];
    let list = &here[at + 1..];
    let plain = |c: &Claim| {
        c.exact() && c.class() == whole.class() && c.depth == list[0].depth && !c.target && !c.other_period
    };
    if !whole.exact() || whole.class().is_empty() || !plain(&list[0]) || !right_behind(doc, whole, &list[0]) {
        return;
    }
    // 涉及残联的9件，涉及医保的6件: items that begin alike.
    let start = |c: &Claim| doc.slice(&c.left).chars().take(2).collect::<String>();
    let alike = |a: &Claim, b: &Claim| start(a).chars().count() == 2 && start(a) == start(b);
    // 17个个案按主要问题划分，监护缺失6个，学业适应4个: the words say that the list divides the whole.
    let lead = doc.slice(&(whole.number.span.end..list[0].left.start.max(whole.number.span.end)));
    let divided = has_any(lead, &["划分", "分为", "构成", "分类"]);
    let joined = |w: &[Claim]| {
        let gap = gap(doc, &w[0], &w[1]);
        let and = gap.is_empty() && doc.slice(&w[1].left).starts_with(['和', '及', '与']);
        plain(&w[1])
            && (matches!(gap, "、" | "和" | "及" | "以及")
                || and
                || gap == "，" && (divided || alike(&w[0], &w[1])))
    };
    let length = 1 + list.windows(2).take_while(|w| joined(w)).count();
    let parts = &list[..length];
    let last = &parts[length - 1];
    let rest = &doc.text[last.right.end..];
    // 跃进南社区119户，跃进北社区70，细港东51户: the list goes on without the unit of one.
    let goes_on = list
        .get(length)
        .is_some_and(|next| next.class().is_empty() && matches!(gap(doc, last, next), "、" | "，" | "和"));
    let open =
        goes_on || rest.starts_with('等') || doc.slice(&last.right).ends_with('等') || rest.starts_with('、');
    let name = |c: &Claim| doc.slice(&(c.left.start..c.right.end)).to_owned();
    let overlap = parts.iter().any(|c| has_any(&name(c), OVERLAP));
    let named =
        parts.iter().all(|c| !doc.slice(&c.left).is_empty() && doc.slice(&c.left).chars().count() <= 10);
    let two = length == 2 && whole.number.value >= Decimal::from(20) && of_which(doc, whole, &list[0]);
    if !(length >= 3 || two) || open || overlap || !named {
        return;
    }
    let values: Vec<Decimal> = parts.iter().map(|c| c.number.value).collect();
    let (sum, told) = (values.iter().sum::<Decimal>(), whole.number.value);
    let apart = told - sum;
    sink.tried();
    let others =
        here.iter().any(|c| c.class() == whole.class() && c.number.value == sum && c.span() != whole.span());
    let ten = Decimal::TEN;
    let slip = apart.abs() == Decimal::ONE
        || told >= ten && sum >= ten && one_digit_apart(told, sum)
        || values.iter().any(|v| *v >= ten && *v + apart > Decimal::ZERO && one_digit_apart(*v, *v + apart));
    let known = sink.said(&[whole.wide().start]);
    if apart.is_zero() || !slip || others || known || whole.class() == "分" {
        return;
    }
    let message = format!(
        "{}，文中为{}，相差{}（“{}”）",
        show_sum(&values),
        show(told),
        show(apart.abs()),
        doc.slice(&whole.wide())
    );
    let spans: Vec<_> = std::iter::once(whole.wide()).chain(parts.iter().map(|p| p.wide())).collect();
    sink.add(RULE, Severity::Warning, message, (show(told), show(sum)), &spans);
}

/// What stands between the words of two counts, without brackets.
fn gap<'a>(doc: &'a Doc, a: &Claim, b: &Claim) -> &'a str {
    let gap = doc.slice(&(a.right.end..b.left.start.max(a.right.end)));
    // 、村（社区）: the bracket belongs to the name.
    let name = gap.strip_prefix('、').is_some_and(|n| n.ends_with('）') && n.chars().count() <= 10);
    if name { "、" } else { gap }
}

/// 社工26名，其中站长8名、一线社工18名: two parts that miss the whole by a digit are all.
fn of_which(doc: &Doc, whole: &Claim, first: &Claim) -> bool {
    doc.slice(&(whole.number.span.end..first.number.span.start)).contains("其中")
}

fn right_behind(doc: &Doc, whole: &Claim, first: &Claim) -> bool {
    let gap = doc.slice(&(whole.number.span.end..first.left.start.max(whole.number.span.end)));
    let change = super::repeats::is_change(doc.slice(&whole.left)) || whole.is_mean(doc);
    let led = gap.ends_with(['，', '：', '（']) || gap.ends_with("组成，含");
    let near = gap.chars().count() <= 14 && !gap.contains(['。', '；', '、']);
    led && !change && near && first.depth >= whole.depth
}
