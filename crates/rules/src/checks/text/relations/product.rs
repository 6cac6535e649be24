//! Products told outright: 全年12次，每次3小时，合计36小时, 17个村和1个社区各聘1名联络员，联络员总数18名. How many, how much for each, and how
//! much in all stand next to each other.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{prints_as, show};

const RULE: &str = "average";
/// Numbers before that may be the whole of those beside.
const BEFORE: usize = 6;
const TOTALS: &[&str] = &["共", "共计", "合计", "总计", "累计", "总共"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, three) in claims.all.windows(3).enumerate() {
        let [many, each, all] = three else { continue };
        let beside = many.segment == each.segment && each.segment == all.segment;
        if !beside || doc.blocks[many.block].kind == Kind::Cell || !three.iter().all(Claim::exact) {
            continue;
        }
        if each.class() != all.class() || each.class().is_empty() || !is_all(doc, all) {
            continue;
        }
        // 个别8次（每次1小时）、团体8次（每次3小时），合计32小时: the sum of several products.
        let twin =
            |c: &&Claim| doc.slice(&c.left) == doc.slice(&each.left) && c.number.span != each.number.span;
        if claims.within(&all.sentence).iter().any(|c| twin(&c)) {
            continue;
        }
        // 督导24次，其中个别16次、团体8次，每次2小时，共48小时: of all that were counted before.
        let before = claims.all[i.saturating_sub(BEFORE)..i].iter().filter(|c| c.sentence == all.sentence);
        let mut before = before.filter(|c| c.exact() && c.class() == many.class());
        let of_all = |c: &Claim| c.number.value.checked_mul(each.number.value) == Some(all.number.value);
        if of_each(doc, many, each) {
            if before.any(of_all) {
                continue;
            }
            judge(doc, (&[many], many.number.value), each, all, sink);
        } else if apiece(doc, many, each)
            && let Some(first) = i.checked_sub(1).map(|j| &claims.all[j]).filter(|f| joined(doc, f, many))
        {
            judge(doc, (&[first, many], first.number.value + many.number.value), each, all, sink);
        }
    }
}

/// 合计36小时, 联络员总数18名.
fn is_all(doc: &Doc, all: &Claim) -> bool {
    let left = doc.slice(&all.left);
    TOTALS.contains(&left) || left.ends_with("总数") || left.ends_with("总人数")
}

/// 12次，每次: the unit counted is that of which each has so much.
fn of_each(doc: &Doc, many: &Claim, each: &Claim) -> bool {
    let unit = many.number.unit.map_or("", |u| u.word);
    let left = doc.slice(&each.left);
    !unit.is_empty()
        && left
            .strip_prefix('每')
            .is_some_and(|r| r.starts_with(unit) && r.chars().count() <= unit.chars().count() + 4)
        && matches!(doc.slice(&(many.right.end..each.left.start.max(many.right.end))), "，" | "、" | "（")
}

/// 1个社区各聘1名.
fn apiece(doc: &Doc, many: &Claim, each: &Claim) -> bool {
    let between = doc.slice(&(many.number.span.end..each.number.span.start));
    between.contains('各') && !between.contains(['，', '。', '；', '、']) && each.number.value <= Decimal::TEN
}

/// 17个村和1个社区.
fn joined(doc: &Doc, first: &Claim, many: &Claim) -> bool {
    let gap = doc.slice(&(first.number.span.end..many.number.span.start));
    let noun = gap.trim_end_matches(['和', '、', '与', '及']);
    first.exact()
        && first.class() == many.class()
        && noun.len() < gap.len()
        && noun.chars().count() <= 6
        && noun.chars().all(char::is_alphanumeric)
}

fn judge(doc: &Doc, (many, n): (&[&Claim], Decimal), each: &Claim, all: &Claim, sink: &mut Sink<'_>) {
    let Some(right) = n.checked_mul(each.number.value) else { return };
    sink.tried();
    let mean = all.number.value.checked_div(n);
    let rounded = each.number.decimals > 0
        && mean.is_some_and(|mean| prints_as(mean, each.number.value, each.number.decimals));
    if right == all.number.value || rounded || sink.said(&[each.wide().start]) {
        return;
    }
    let message = format!(
        "{}×{}={}，文中为“{}”",
        show(n),
        show(each.number.value),
        show(right),
        doc.slice(&all.wide())
    );
    let spans: Vec<_> = [all.wide(), each.wide()].into_iter().chain(many.iter().map(|c| c.wide())).collect();
    sink.add(RULE, Severity::Error, message, (show(all.number.value), show(right)), &spans);
}
