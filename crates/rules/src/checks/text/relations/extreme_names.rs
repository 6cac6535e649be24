//! Which of a list of values is called the highest or the lowest, by its name: 亲子沟通为0.82，情绪管理为0.79，…；信度最高者为同伴关系，最低者为家庭支持; 得分最低的是时间便利.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use rust_decimal::Decimal;

use super::sentence::{Sentence, each_found_with, pattern};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;

const RULE: &str = "table-extreme";
/// Fewest values of a list, and characters between two of them.
const LEAST: usize = 3;
const NEAR: usize = 14;

static CALLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<w>最高|最低|最大|最小|最多|最少|最长|最短|居首|垫底)(?:者|的|的一项|的项目|的维度)?(?:为|是|属)(?P<n>\p{Han}{2,8}?)(?:[，。；]|为|（|，为)",
    )
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    each_found_with(doc, claims, (&["最", "居首", "垫底"], &CALLED), |here, found| {
        called(here, found, sink)
    });
}

fn called(here: &Sentence<'_>, found: &Captures<'_>, sink: &mut Sink<'_>) {
    let (Some(name), Some(word)) = (found.name("n"), found.name("w")) else { return };
    let at = here.at(found, "n");
    // 失分最多的是可持续: of what each lost or gained, and not of what the list tells.
    let lead = here.doc.tail(here.block.body..here.at(found, "w").start, 30);
    let lead = lead.rsplit(['，', '。', '；', '：']).next().unwrap_or_default();
    if lead.contains(['失', '扣', '丢', '差', '增', '降', '升']) {
        return;
    }
    let list = here.claims.within(&(here.block.body..at.start));
    let own = |c: &Claim| {
        let left = here.doc.slice(&c.left);
        ["均值为", "均值", "得分", "得", "为", "是", "占", "有", ""]
            .iter()
            .filter_map(|w| left.strip_suffix(w))
            .any(|n| n == name.as_str())
    };
    let Some(own) = list.iter().rposition(own) else { return };
    let kin = |a: &Claim, b: &Claim| {
        let gap = here.doc.slice(&(a.number.span.end..b.number.span.start.max(a.number.span.end)));
        let alike = a.number.decimals == b.number.decimals
            && a.number.percent == b.number.percent
            && (a.class() == b.class() || a.class().is_empty() || b.class().is_empty());
        let one = gap.matches(['，', '、', '；']).count() == 1;
        alike
            && one
            && gap.chars().count() <= NEAR
            && !gap.contains(['。', '：', '（'])
            && !gap.contains('共')
            && !gap.contains('计')
            && !gap.contains('均')
            && !gap.contains('总')
    };
    let back = list[..=own].windows(2).rev().take_while(|w| kin(&w[0], &w[1])).count();
    let on = list[own..].windows(2).take_while(|w| kin(&w[0], &w[1])).count();
    let run = &list[own - back..=own + on];
    let most = !matches!(word.as_str(), "最低" | "最小" | "最少" | "最短" | "垫底");
    let values = run.iter().map(|c| c.number.value);
    let Some(end) = (if most { values.max() } else { values.min() }) else { return };
    let value = list[own].number.value;
    let Some(right) = run.iter().find(|c| c.number.value == end) else { return };
    let rest: Decimal = run.iter().map(|c| c.number.value).sum::<Decimal>() - end;
    let sums = end == rest && most;
    if run.len() >= LEAST && !sums && value != end && run.iter().all(|c| c.exact() || c.number.percent) {
        let words = here.doc.slice(&right.wide());
        let message = format!("“{}”为{}，而“{words}”才是{}", name.as_str(), show(value), word.as_str());
        let right = here.doc.slice(&right.left).to_owned();
        here.warn(sink, RULE, message, (name.as_str().to_owned(), right), at);
    }
}
