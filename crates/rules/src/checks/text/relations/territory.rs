//! Territory: communities against their area, areas against the station, for files, visits and any other count that
//! is given for each of them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::kinds::kind_of;
use super::parts::compare;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, show_sum};
use crate::checks::text::words::has_any;

const RULE: &str = "area-total";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    communities(doc, claims, sink);
    areas(doc, claims, sink);
    declared(doc, claims, sink);
}

/// "三个片区合计完成入户探访1132户次": the three counts of the same thing in the blocks right before.
fn declared(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, total) in claims.all.iter().enumerate().filter(|(_, c)| c.exact() && c.depth == 0) {
        let words = doc.slice(&(total.sentence.start..total.number.span.start));
        let Some(at) = ["合计", "共计", "总共", "共"].iter().find_map(|w| words.rfind(w)) else {
            continue;
        };
        let of = claims.within(&(total.sentence.start..total.sentence.start + at));
        let Some(many) = of.last().filter(|c| {
            !doc.slice(&c.left).ends_with('共')
                && matches!(c.class(), "个" | "家" | "片区")
                && doc.slice(&c.right).chars().count() <= 6
        }) else {
            continue;
        };
        let Ok(n) = usize::try_from(many.number.value.trunc().mantissa()) else { continue };
        let label = |c: &Claim| {
            let own = c.area.as_deref().map_or_else(|| c.label.clone(), |a| c.label.replace(a, ""));
            super::super::label::canonical(
                own.trim_start_matches("片区")
                    .trim_start_matches("站点")
                    .trim_start_matches("社区")
                    .trim_start_matches("服务"),
            )
        };
        let from = claims.all[..i]
            .iter()
            .rev()
            .take(60)
            .filter(|c| c.block <= total.block && total.block - c.block <= n + 1 && c.exact());
        let mut parts: Vec<&Claim> = from
            .filter(|c| c.class() == total.class() && label(c) == label(total) && !label(c).is_empty())
            .collect();
        parts.reverse();
        if (2..=20).contains(&n) && parts.len() == n && !total.label.is_empty() {
            compare(doc, total, &parts, Severity::Error, sink);
        }
    }
}

/// Inside one block: counts of communities against the block's total of the same thing.
fn communities(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (index, block) in doc.blocks.iter().enumerate() {
        let here = claims.within(&block.span);
        if block.kind == Kind::Cell || here.len() < 3 {
            continue;
        }
        let mut groups: BTreeMap<(String, &str), Vec<&Claim>> = BTreeMap::new();
        for claim in here.iter().filter(|c| c.place.is_some() && c.exact() && !c.other_period) {
            // 含枫林社区、大塘村、青石村等3个村（居）: how many places, and nothing that one of them has.
            let counts_places = kind_of(doc.slice(&claim.right))
                .is_some_and(|k| "社区片区街道镇街乡村".contains(k))
                || doc.slice(&claim.left).ends_with('等')
                || doc.slice(&claim.left).ends_with("行政村");
            if counts_places {
                continue;
            }
            let class = if claim.class().is_empty() { usual_class(here) } else { claim.class() };
            if matches!(class, "分" | "%" | "岁" | "年" | "点") {
                continue;
            }
            groups.entry((bare(claim), class)).or_default().push(claim);
        }
        for ((label, class), group) in groups {
            let places: BTreeSet<_> = group.iter().filter_map(|c| c.place.as_deref()).collect();
            if places.len() < 2 || places.len() != group.len() {
                continue;
            }
            let all = known(claims, group[0].area.as_deref(), index).is_none_or(|n| places.len() >= n);
            let total = here.iter().filter(|c| {
                c.place.is_none()
                    && !doc.slice(&c.left).starts_with("其中")
                    && c.class() == class
                    && c.exact()
                    && !c.other_period
                    && c.is_mean(doc) == group[0].is_mean(doc)
                    && goes_with(&label, c)
            });
            let first = group[0].number.span.start;
            let last = group[group.len() - 1].number.span.end;
            let near = total
                .filter(|t| t.number.span.end <= first || t.number.span.start >= last)
                .min_by_key(|t| t.number.span.start.abs_diff(first).min(t.number.span.start.abs_diff(last)));
            if let Some(total) = near
                && (all && places.len() > 2
                    || group.iter().map(|c| c.number.value).sum::<Decimal>() > total.number.value)
            {
                compare(doc, total, &group, Severity::Error, sink);
            }
        }
    }
}

fn usual_class(here: &[Claim]) -> &'static str {
    let mut seen = BTreeMap::<&str, usize>::new();
    for c in here.iter().filter(|c| c.place.is_some() && !c.class().is_empty()) {
        *seen.entry(c.class()).or_default() += 1;
    }
    seen.into_iter().max_by_key(|s| s.1).map_or("", |s| s.0)
}

/// How many communities the text lists for an area (the longest list of its blocks).
fn known(claims: &Claims, area: Option<&str>, _block: usize) -> Option<usize> {
    let area = area?;
    claims.places.members.get(area).map(BTreeSet::len)
}

/// Label without the place's name and without 应/实.
fn bare(claim: &Claim) -> String {
    let mut label = claim.label.clone();
    if let Some(place) = &claim.place {
        label = label.replace(place.as_str(), "").replace("社区", "").replace('村', "");
    }
    label
}

fn goes_with(label: &str, total: &Claim) -> bool {
    let strip = |s: &str| s.replace(['应', '实', '际', '需', '共'], "");
    let (a, b) = (strip(label), strip(&total.label));
    a.is_empty() || b.is_empty() || a.contains(&b) || b.contains(&a)
}

/// Counts of every area against the station's.
fn areas(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let names: BTreeSet<&String> = claims.places.areas.iter().collect();
    if names.len() < 2 {
        return;
    }
    let mut of_areas: BTreeMap<(String, &str), BTreeMap<&str, Vec<&Claim>>> = BTreeMap::new();
    let mut of_station: BTreeMap<(String, &str), Vec<&Claim>> = BTreeMap::new();
    for claim in claims.all.iter().filter(|c| c.place.is_none() && c.exact() && !c.other_period && !c.target)
    {
        if doc.blocks[claim.block].kind == Kind::Cell || claim.is_mean(doc) {
            continue;
        }
        let Some(key) = concept(doc, claim) else { continue };
        match &claim.area {
            Some(area) if names.contains(area) => {
                of_areas.entry(key).or_default().entry(area).or_default().push(claim);
            }
            Some(_) => {}
            None => of_station.entry(key).or_default().push(claim),
        }
    }
    for (key, totals) in of_station.iter().filter(|(k, _)| k.0 == "建档") {
        let plain: Vec<&&Claim> = totals
            .iter()
            .filter(|c| stands_alone(doc, c) && !doc.slice(&c.sentence).contains("分别"))
            .collect();
        let Some(first) = plain.first() else { continue };
        for other in plain.iter().filter(|c| c.number.value != first.number.value) {
            let message =
                format!("建档总数前后不一致：“{}”与“{}”", doc.slice(&first.wide()), doc.slice(&other.wide()));
            let values = (show(other.number.value), show(first.number.value));
            sink.add("repeated", Severity::Error, message, values, &[other.wide(), first.wide()]);
        }
        let _ = key;
    }
    for (key, by_area) in &of_areas {
        let whole = of_station.get(key).and_then(|t| t.first()).map(|t| t.number.value);
        area_shares(doc, claims, by_area, whole.filter(|_| by_area.len() == names.len()), names.len(), sink);
        let files =
            (key.0 == "建档" && !of_station.contains_key(key)).then(|| ("兜底对象".to_owned(), key.1));
        if let Some(totals) = files.and_then(|k| of_station.get(&k)).filter(|_| by_area.len() == names.len())
        {
            near_total(doc, by_area, totals, sink);
        }
        let Some(totals) = of_station.get(key) else { continue };
        if by_area.values().any(|v| v.iter().any(|c| c.number.value != v[0].number.value)) {
            continue;
        }
        let parts: Vec<&Claim> = by_area.values().map(|v| v[0]).collect();
        let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
        // 青华片区：…，共4个社区；枫兴片区：…，共3个社区: each of one area.
        let of_each = |c: &Claim| {
            let twin = |o: &&Claim| o.class() == c.class() && doc.slice(&o.right) == doc.slice(&c.right);
            doc.slice(&c.left) == "共" && claims.within(&c.sentence).iter().filter(twin).count() > 2
        };
        for total in totals.iter().filter(|t| !of_each(t)) {
            sink.tried();
            let t = total.number.value;
            let wrong = if by_area.len() == names.len() { sum != t } else { by_area.len() > 1 && sum > t };
            if wrong {
                report(doc, &parts, total, sum, sink);
            }
        }
    }
}

/// "北片区…建档476户，占34.34%": of the station's total, or of all areas together.
fn area_shares(
    doc: &Doc,
    claims: &Claims,
    by_area: &BTreeMap<&str, Vec<&Claim>>,
    whole: Option<Decimal>,
    areas: usize,
    sink: &mut Sink<'_>,
) {
    if by_area.len() != areas {
        return;
    }
    let whole = whole.unwrap_or_else(|| by_area.values().map(|v| v[0].number.value).sum());
    for part in by_area.values().map(|v| v[0]) {
        let next = claims.within(&(part.number.span.end..part.sentence.end));
        let Some(share) = next.first().filter(|c| {
            c.number.percent
                && !c.number.vague
                && matches!(doc.slice(&c.left), "占" | "占比" | "占比为" | "占全站")
        }) else {
            continue;
        };
        sink.tried();
        let (p, a) = (share.number.value, part.number.value);
        if crate::checks::text::math::is_share(p, share.number.decimals, a, whole) {
            continue;
        }
        let right = crate::checks::text::math::percent_of(a, whole)
            .map_or_else(String::new, crate::checks::text::math::show_percent);
        let message =
            format!("{}÷{}={right}，文中为{}%（{}）", show(a), show(whole), show(p), doc.slice(&part.wide()));
        sink.add(
            "rate",
            Severity::Error,
            message,
            (format!("{}%", show(p)), right),
            &[share.wide(), part.wide()],
        );
    }
}

/// Files of all areas against the station's number of recipients, when the two nearly agree.
fn near_total(doc: &Doc, by_area: &BTreeMap<&str, Vec<&Claim>>, totals: &[&Claim], sink: &mut Sink<'_>) {
    let parts: Vec<&Claim> = by_area.values().map(|v| v[0]).collect();
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    sink.tried();
    let near = |t: &&&Claim| (t.number.value - sum).abs() * Decimal::from(20) <= sum;
    if totals.iter().all(|t| t.number.value != sum)
        && let Some(total) = totals.iter().find(near)
    {
        report(doc, &parts, total, sum, sink);
    }
}

fn report(doc: &Doc, parts: &[&Claim], total: &Claim, sum: Decimal, sink: &mut Sink<'_>) {
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    let t = total.number.value;
    let message = format!(
        "{}，文中为{}，相差{}（各片区之和与全站“{}”）",
        show_sum(&values),
        show(t),
        show((sum - t).abs()),
        doc.slice(&total.wide()),
    );
    let mut parts = parts.to_vec();
    parts.sort_by_key(|p| p.number.span.start);
    let spans: Vec<_> = std::iter::once(total.wide()).chain(parts.iter().map(|p| p.wide())).collect();
    sink.add(RULE, Severity::Error, message, (show(t), show(sum)), &spans);
}

/// A total of files made, not of a part of them.
fn stands_alone(doc: &Doc, claim: &Claim) -> bool {
    let words = doc.slice(&(claim.sentence.start..claim.right.end));
    let clause = words.rfind(['。', '；']).map_or(words, |i| &words[i..]);
    !has_any(
        clause,
        &[
            "其中", "新增", "新建", "应", "未", "类", "级", "更新", "本期", "低保", "特困", "残疾", "社区",
            "村",
        ],
    )
}

/// Words of a choice among files: what is chosen is not all there is.
const SOME: &[&str] = &[
    "抽取", "抽查", "抽样", "抽选", "抽阅", "抽检", "抽访", "随机", "选取", "查阅", "调阅", "翻阅", "核查",
    "复核", "检查", "查看", "访谈", "受访",
];

/// What is counted, coarse for files (建档, 档案: 户 and 份 are one), by label otherwise.
fn concept(doc: &Doc, claim: &Claim) -> Option<(String, &'static str)> {
    let clause = clause_of(doc, claim);
    let class = claim.class();
    let (left, right) = (doc.slice(&claim.left), doc.slice(&claim.right));
    let bare = super::super::label::canonical(left).is_empty()
        && matches!(&*super::super::label::canonical(right), "" | "兜底对象" | "服务对象" | "对象" | "居民");
    let made =
        left.contains("建档") || left.contains("建立") && left.contains('档') || left.ends_with("档案");
    // 从建档名册中抽取130人, 抽查档案60份: some of the files.
    let some = has_any(left, SOME) || left.find("档").is_some_and(|i| left[i..].contains('中'));
    let files = !some && (made || class != "份" && bare && clause.contains('档') && !has_any(clause, SOME));
    if matches!(class, "户" | "份" | "人") && files && !clause.contains("低保") {
        let class = if class == "份" { "户" } else { class };
        return Some(("建档".into(), class));
    }
    if class == "个" && matches!(right, "社区" | "村居" | "社工点" | "服务点" | "城乡社区") {
        let whole = claim.area.is_some()
            || ["共", "辖", "有", "置", "设", "全街", "全镇", "全街道", "全乡"]
                .iter()
                .any(|w| left.ends_with(w));
        return whole.then(|| (right.to_owned(), class));
    }
    let mut label = claim.label.clone();
    if let Some(area) = &claim.area {
        label = label.replace(area.as_str(), "").replace("片区", "");
    }
    let counted = matches!(class, "人次" | "户次" | "户" | "次" | "人" | "份" | "个" | "元" | "节" | "场");
    (label.chars().count() >= 2 && counted && !super::general::too_general(&label)).then_some((label, class))
}

fn clause_of<'a>(doc: &'a Doc, claim: &Claim) -> &'a str {
    let (from, to) = (claim.sentence.start, claim.sentence.end);
    let before =
        doc.slice(&(from..claim.number.span.start)).rfind(['，', '；', '。', '：']).map_or(0, |i| i + 3);
    let after = doc
        .slice(&(claim.number.span.end..to))
        .find(['，', '；', '。'])
        .unwrap_or(to - claim.number.span.end);
    doc.slice(&(from + before..claim.number.span.end + after))
}
