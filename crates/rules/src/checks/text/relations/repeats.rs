//! Repeats: one quantity, of one scope and one period, stated twice with different values, in the body, in tables and
//! in annexes. Labels must be the same after evening out; one unknown word keeps two claims apart.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;

use super::general::too_general;
use super::grid::{CellClaim, cell_claims};
use super::surveys::{SURVEY, Surveys};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;

const RULE: &str = "repeated";

/// One statement of a quantity.
struct Stated {
    value: Decimal,
    decimals: u32,
    /// What one of its last digit is worth.
    step: Decimal,
    span: Range<usize>,
    /// Says that it is the whole: 共, 累计, a table, a list with completion rates.
    firm: bool,
    /// What the other cells of its row say.
    row: Vec<Decimal>,
    /// Words before the list in which it is an item.
    lead: Option<String>,
}

type Key = (String, String, Option<String>, Option<String>, bool);

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut groups: BTreeMap<Key, Vec<Stated>> = BTreeMap::new();
    let surveys = Surveys::read(doc);
    for claim in claims.all.iter().filter(|c| is_quantity(doc, claims, c)) {
        let around = doc.slice(&(claim.left.start..claim.right.end));
        let stock = !around.contains('新')
            && ["登记", "注册", "在册"].iter().any(|w| around.contains(w))
            && claim.class() == "人";
        let key = (
            match (stock, asked(doc, claim)) {
                (true, _) => format!("{}累计", claim.label),
                (false, true) => format!("{}受访", claim.label),
                (false, false) => claim.label.clone(),
            },
            claim.class().into(),
            claim.area.clone(),
            claim.place.clone(),
            claim.target,
        );
        groups.entry(key).or_default().push(Stated {
            value: claim.number.value,
            decimals: claim.number.decimals,
            step: claim.number.scale,
            span: claim.wide(),
            firm: firm_words(doc.slice(&(claim.segment.start..claim.number.span.end))),
            row: Vec::new(),
            lead: if claim.number.percent {
                own_base(claims, claim)
            } else {
                let own = bare_flow(doc, claims, claim).or_else(|| of_section(doc, claim));
                own.or_else(|| surveys.name_of(doc, claims, claim)).or_else(|| lead_of(doc, claims, claim))
            },
        });
    }
    cells(doc, claims, &mut groups);
    for (key, group) in &groups {
        judge(doc, key, group, sink);
    }
}

/// The cells of tables, under the unit of the text where the table does not say one.
fn cells(doc: &Doc, claims: &Claims, groups: &mut BTreeMap<Key, Vec<Stated>>) {
    for cell in cell_claims(doc, claims) {
        let CellClaim { label, mut class, area, place, target, mut value, decimals, mut step, span, row } =
            cell;
        if class.is_empty() {
            let low = (label.clone(), String::new(), None, None, false);
            let mut same = groups
                .range(low..)
                .take_while(|(k, _)| k.0 == label)
                .filter(|(k, _)| k.2 == area && k.3 == place && k.4 == target);
            match (same.next(), same.next()) {
                (Some((key, _)), None) => class.clone_from(&key.1),
                _ => continue,
            }
            if decimals > 0
                && !label.contains('均')
                && !matches!(class.as_str(), "元" | "分" | "小时" | "%" | "平方米")
            {
                continue;
            }
            if class == "元" && doc.text.contains("单位：万元") {
                value = value.checked_mul(Decimal::from(10_000)).unwrap_or(value);
                step *= Decimal::from(10_000);
            }
        }
        let stated = Stated { value, decimals, step, span, firm: true, row, lead: None };
        groups.entry((label, class, area, place, target)).or_default().push(stated);
    }
}

/// Whether a claim states how much there is of something, so that another statement of it must agree.
fn is_quantity(doc: &Doc, claims: &Claims, claim: &Claim) -> bool {
    if claim.number.vague
        || is_change(doc.slice(&claim.left))
        || several(doc, claim)
        || claim.class() == "分" && is_full_mark(doc, claim)
        || claim.other_period
        || may_be_some(doc, claim)
        || doc.blocks[claim.block].kind == Kind::Cell
        || claim.label.chars().count() < 2
    {
        return false;
    }
    let words = doc.slice(&claim.left);
    // 5节的小组5个, 138人中符合条件的131人, 加权总分分别为83.5分、81.9分: what kind, some of them, one of several.
    let one_of = ["分别为", "分别是", "依次为", "依次是"].iter().any(|w| words.ends_with(w));
    if doc.slice(&claim.right).starts_with('的') || words.starts_with('中') || one_of {
        return false;
    }
    let clause = doc.slice(&(claim.segment.start..claim.left.start));
    let clause = &clause[clause_start(clause)..];
    let lead = doc.slice(&(claim.sentence.start..claim.left.start));
    let asked_for = ["合同约定", "协议约定", "合同要求", "协议要求"].iter().any(|w| lead.contains(w))
        && !["实际", "已"].iter().any(|w| lead.rsplit(['；', '，']).next().unwrap_or_default().contains(w));
    let each = asked_for
        || ["每", "各", "某", "任", "另", "又", "再", "也有", "只有", "仅有"]
            .iter()
            .any(|w| words.starts_with(w) || words.ends_with(w))
        || words.ends_with("中有")
        || words.ends_with("里有")
        || words.starts_with("平均每")
        || clause.contains(['每', '均'])
        || qualified(doc, claims, claim);
    let of_part = ["本领域", "该领域", "本类", "该类", "该片"].iter().any(|w| words.starts_with(w));
    let together = of_part || words.starts_with(['与', '和', '加']) && words.ends_with("计");
    let rate = claim.label.ends_with('率') || claim.label.ends_with("满意度");
    if each
        || together
        || claim.class().is_empty()
        || claim.number.percent && !rate
        || matches!(claim.label.as_str(), "完成率" | "得分率")
    {
        return false;
    }
    let own = [&claim.area, &claim.place]
        .into_iter()
        .flatten()
        .fold(claim.label.clone(), |l, n| l.replace(n.as_str(), ""));
    let full = claim.label == "得分"
        && (claim.number.value == Decimal::ONE_HUNDRED || claim.number.value == Decimal::ONE_THOUSAND);
    let digits = ["小数", "四舍五入", "保留"].iter().any(|w| claim.label.contains(w))
        || words.ends_with('到') && claim.number.unit.is_some_and(|u| u.word == "位");
    !digits && own.replace("片区", "").chars().count() >= 2 && !full
}

/// 访谈16人，含社区干部5人、社工3人: those who were asked, and not all there are.
fn asked(doc: &Doc, claim: &Claim) -> bool {
    const ASKED: &[&str] = &["访谈", "座谈", "约谈", "面访"];
    let before = doc.slice(&(claim.sentence.start..claim.left.start));
    let own = doc.slice(&(claim.left.start..claim.right.end));
    claim.class() == "人"
        && ASKED.iter().any(|w| before.contains(w))
        && !ASKED.iter().any(|w| own.contains(w))
}

/// Where the clause begins whose end `words` are: behind ，： or a bracket that is still open.
fn clause_start(words: &str) -> usize {
    let mut closed = 0_u32;
    for (i, c) in words.char_indices().rev() {
        match c {
            '）' => closed += 1,
            '（' if closed > 0 => closed -= 1,
            '，' | '：' if closed == 0 => return i,
            '（' => return i,
            _ => {}
        }
    }
    0
}

/// 两位专家分别带队: people who begin a clause and do something may be some of all there are.
fn may_be_some(doc: &Doc, claim: &Claim) -> bool {
    let before = doc.text[..claim.left.start].ends_with(['。', '；', '，', '\n']);
    let rest = doc.slice(&(claim.right.end..claim.segment.end));
    claim.class() == "人"
        && before
        && doc.slice(&claim.left).is_empty()
        && rest.starts_with(|c: char| c.is_alphabetic())
        && !["均", "全", "都", "共", "组成", "中"].iter().any(|w| rest.starts_with(w))
}

/// Money in and out by its bare name: 支出71300元 belongs to the receipts right before it.
fn bare_flow(doc: &Doc, claims: &Claims, claim: &Claim) -> Option<String> {
    const FLOWS: &[&str] = &["支出", "收入", "结余", "余额", "使用"];
    if claim.class() != "元" || !FLOWS.contains(&doc.slice(&claim.left)) {
        return None;
    }
    let block = &doc.blocks[claim.block];
    let before = claims.within(&(block.body..claim.number.span.start));
    let source = before.iter().rev().find(|c| c.class() == "元" && !FLOWS.contains(&doc.slice(&c.left)))?;
    Some(format!("元{}", source.number.value))
}

/// A mean under the heading of one station: 人均巡访483户次 of one, 462户次 of another.
fn of_section(doc: &Doc, claim: &Claim) -> Option<String> {
    const SITES: &[&str] = &["站", "点", "社区", "街道", "村", "中心", "片区", "镇", "乡"];
    let above = doc.above(claim.block).next()?;
    let name = doc.body(&doc.blocks[above]).split(['（', '：', '，', '。']).next().unwrap_or_default();
    let site = SITES.iter().any(|w| name.ends_with(w)) && name.chars().count() <= 16;
    (site && claim.is_mean(doc)).then(|| format!("§{above}"))
}

/// "考核总分100分：基础管理20分": what a part can score, not what it scored.
fn is_full_mark(doc: &Doc, claim: &Claim) -> bool {
    let words = doc.slice(&(claim.sentence.start..claim.number.span.start));
    ["满分", "总分100", "总分1000", "分值", "总分为100", "百分制", "各占"].iter().any(|w| words.contains(w))
}

/// "24小时内办结198件": a number right before the words narrows what is counted.
fn qualified(doc: &Doc, claims: &Claims, claim: &Claim) -> bool {
    let at = claims.all.partition_point(|c| c.number.span.start < claim.number.span.start);
    let before = at.checked_sub(1).map(|i| &claims.all[i]);
    let of_which = doc.text[..claim.left.start].ends_with("其中");
    let mean = claim.is_mean(doc) && before.is_some_and(|b| b.number.span.end == claim.left.start);
    mean || before.is_some_and(|b| {
        b.number.span.end == claim.left.start
            && matches!(b.class(), "小时" | "年" | "月" | "天" | "岁" | "分钟" | "周")
    }) || of_which
}

/// A rate whose sentence gives people of its own: another sentence may speak of other people.
fn own_base(claims: &Claims, claim: &Claim) -> Option<String> {
    let people =
        claims.within(&claim.sentence).iter().any(|c| matches!(c.class(), "人" | "份" | "户") && c.exact());
    people.then(|| claim.sentence.start.to_string())
}

/// An item of a list of like counts whose words are nothing but its name: what the list counts stands before the list.
fn lead_of(doc: &Doc, claims: &Claims, claim: &Claim) -> Option<String> {
    let here = claims.within(&claim.segment);
    let joined = |a: &Claim, b: &Claim| {
        let gap = doc.slice(&(a.number.span.end..b.left.start.max(a.number.span.end)));
        let gap =
            gap.find('）').filter(|_| gap.starts_with('（')).map_or(gap, |i| &gap[i + '）'.len_utf8()..]);
        a.class() == b.class() && a.depth == b.depth && matches!(gap, "、" | "，")
    };
    let here: Vec<&Claim> = here.iter().filter(|c| !(c.number.percent && c.depth > claim.depth)).collect();
    let at = here.iter().position(|c| c.span() == claim.span())?;
    let first = (1..=at).rev().take_while(|i| joined(here[i - 1], here[*i])).last().map_or(at, |i| i - 1);
    let last =
        (at..here.len() - 1).take_while(|i| joined(here[*i], here[i + 1])).last().map_or(at, |i| i + 1);
    let name = doc.slice(&claim.right).is_empty() && doc.slice(&claim.left).chars().count() <= 4;
    (last > first && name).then(|| {
        let lead = doc.slice(&(claim.segment.start..here[first].left.start));
        lead.chars().rev().filter(|c| c.is_alphabetic()).take(4).collect()
    })
}

/// "社区戒毒、社区康复人员合计117名": the number counts more than the words next to it.
fn several(doc: &Doc, claim: &Claim) -> bool {
    let before = doc.slice(&(claim.segment.start..claim.left.start));
    let item = before.strip_suffix('、').and_then(|b| b.rsplit(['，', '、', '；', '：', '（']).next());
    // 238名社区戒毒、社区康复人员: it goes on behind the number.
    let on = doc.slice(&claim.left).is_empty() && doc.text[claim.right.end..].starts_with('、');
    on || item.is_some_and(|i| !i.is_empty() && !i.contains(|c: char| c.is_ascii_digit()))
}

/// 提高2.35分, 相差3名, 高于平均5分: how much, not how many.
pub(super) fn is_change(words: &str) -> bool {
    const CHANGES: &[&str] = &[
        "提高",
        "增加",
        "增长",
        "上升",
        "提升",
        "减少",
        "下降",
        "降低",
        "调减",
        "调增",
        "核减",
        "追加",
        "相差",
        "超出",
        "超过",
        "超额完成",
        "高出",
        "低于",
        "高于",
        "多于",
        "少于",
        "不足",
        "高",
        "低",
        "多",
        "少",
        "比",
        "差",
        "领先",
        "落后",
        "距",
        "补足",
        "缺口",
        "增幅",
        "降幅",
    ];
    CHANGES.iter().any(|w| words.ends_with(w))
}

fn firm_words(words: &str) -> bool {
    ["共", "累计", "总", "截至", "目前", "现有", "下辖", "辖"].iter().any(|w| words.contains(w))
}

fn judge(doc: &Doc, key: &Key, group: &[Stated], sink: &mut Sink<'_>) {
    let general = too_general(&key.0);
    let group: Vec<&Stated> = group.iter().filter(|s| !general || s.firm).collect();
    if group.len() < 2 || general && key.1 != "个" && key.0 != "得分" {
        return;
    }
    sink.tried();
    let agrees = |a: &Stated, b: &Stated| {
        let decimals = a.decimals.min(b.decimals);
        a.value == b.value
            || a.lead.is_some() && b.lead.is_some() && a.lead != b.lead
            || a.row.contains(&b.value)
            // 47.2万元 and 472200元.
            || a.step != b.step && a.step.max(b.step) > Decimal::ONE
                && (a.value - b.value).abs() <= a.step.max(b.step) / Decimal::TWO
            || b.row.contains(&a.value)
            || a.decimals != b.decimals
                && a.value
                    .round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
                    == b.value.round_dp_with_strategy(
                        decimals,
                        rust_decimal::RoundingStrategy::MidpointAwayFromZero,
                    )
    };
    if group.iter().all(|s| agrees(s, group[0])) {
        return;
    }
    let based: BTreeSet<Decimal> = group.iter().filter(|s| s.lead.is_some()).map(|s| s.value).collect();
    let surveys = group.iter().all(|s| s.lead.as_ref().is_none_or(|l| l.starts_with(SURVEY)));
    if (key.1 == "%" || surveys) && based.len() >= 2 && group.iter().all(|s| based.contains(&s.value)) {
        return;
    }
    // 19份个案档案抽查10份: all and those that were looked at, in one breath.
    if let [a, b] = group.as_slice() {
        let between = doc.slice(
            &(a.span.end.min(b.span.end)..a.span.start.max(b.span.start).max(a.span.end.min(b.span.end))),
        );
        if between.chars().count() <= 4 && !between.contains(['，', '。', '；', '\n']) {
            return;
        }
    }
    let mut by_value: BTreeMap<Decimal, Vec<&Stated>> = BTreeMap::new();
    for s in &group {
        by_value.entry(s.value).or_default().push(s);
    }
    if by_value.len() > 2 {
        return;
    }
    // 钢铁街道人均服务46人，纺织街道人均服务22人: each of its own.
    let beside = group.windows(2).any(|w| {
        let between = doc.slice(&(w[0].span.start..w[1].span.end.max(w[0].span.start)));
        w[0].value != w[1].value && !between.contains(['\n', '。'])
    });
    let mean = group.iter().any(|s| doc.slice(&s.span).contains('均'));
    if mean && beside {
        return;
    }
    let mut values: Vec<(&Decimal, &Vec<&Stated>)> = by_value.iter().collect();
    values.sort_by_key(|(_, s)| (s.len(), std::cmp::Reverse(s[0].span.start)));
    let list: Vec<String> = by_value
        .iter()
        .map(|(v, s)| format!("{}（{}处，如“{}”）", show(*v), s.len(), doc.slice(&s[0].span)))
        .collect();
    let message = format!("同一数量前后不一致：{}", list.join("；"));
    let spans: Vec<_> = values.iter().flat_map(|(_, s)| s.iter().map(|s| s.span.clone())).collect();
    let stated = show(*values[0].0);
    let expected = values.last().map_or_else(String::new, |v| show(*v.0));
    sink.add(RULE, Severity::Error, message, (stated, format!("{expected}，或改正另一处")), &spans);
}
