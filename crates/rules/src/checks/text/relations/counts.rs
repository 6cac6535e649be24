//! Counts against the names that follow or stand before them: 4个片区，分别为A、B、C、D; A、B、C三个社区; 三个维度：一是…二是…三是….

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lists::{List, bare, items_from};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "count-names";
const TWICE: &str = "duplicate-name";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, claim) in claims.all.iter().enumerate() {
        let Some(n) = small(claim) else { continue };
        names_after(doc, &claims.all, i, n, sink);
        named_again(doc, (claim, &claims.all), n, sink);
        names_before(doc, (claim, &claims.all), n, sink);
        enumerated(doc, claim, n, sink);
    }
    duplicates(doc, sink);
}

fn small(claim: &Claim) -> Option<usize> {
    let whole = claim.number.value.fract().is_zero() && claim.exact() && claim.number.unit.is_some();
    let n: usize = claim.number.value.trunc().try_into().ok()?;
    let time =
        matches!(claim.class(), "年" | "月" | "天" | "分" | "元" | "岁" | "次" | "人次" | "节" | "小时");
    (whole && !time && (2..=60).contains(&n)).then_some(n)
}

const INTROS: &[&str] = &[
    "，分别为：",
    "，分别是：",
    "分别为：",
    "分别是：",
    "，分别为",
    "，分别是",
    "分别为",
    "分别是",
    "，包括：",
    "包括：",
    "，包括",
    "包括",
    "，即：",
    "，即",
    "即",
    "组成：",
    "组成，分别是",
    "组成，分别为",
    "组成，包括",
    "组成（",
    "：",
    "（分别为",
    "（分别是",
    "（包括",
    "（即",
    "（",
    "，依次为",
    "）：",
    "，名单为：",
    "为：",
    "是：",
    "有：",
    "为",
];

fn names_after(doc: &Doc, all: &[Claim], i: usize, n: usize, sink: &mut Sink<'_>) {
    // 访谈23人，包括镇分管干部（2人）、社区工作人员（5人）: parts, and no names.
    let persons = all[i].class() != "个"
        && all[i + 1..].iter().take(2).any(|c| c.class() == all[i].class() && c.depth > all[i].depth);
    if persons {
        return;
    }
    // 最低4个（罗湖站、南塘站）: how many each of them has.
    if ["最高", "最低", "最多", "最少", "均为", "各"].iter().any(|w| doc.slice(&all[i].left).ends_with(w))
    {
        return;
    }
    // 两个片区：滨河片区含福湾社区、翠泉社区；学府片区含…: names in groups.
    let grouped = doc.slice(&(all[i].number.span.end..all[i].sentence.end.max(all[i].number.span.end)));
    let head = grouped.split('、').next().unwrap_or_default();
    if grouped.contains('；') && has_any(head, &["含", "包括", "——", "辖", "下设"]) {
        return;
    }
    // 4个二类站（…）: what they are called. 3条，即一要…；二要…: sentences, and no names.
    let class =
        all[i].number.chinese && doc.text[..all[i].number.span.start].ends_with(['个', '家', '所', '每']);
    let rest = doc.slice(&(all[i].number.span.end..all[i].sentence.end.max(all[i].number.span.end)));
    if class || has_any(rest, &["一要", "一是", "（1）", "第一"]) {
        return;
    }
    let claim = &all[i];
    let from = claim.right.end;
    // 八个村（社区），分别为…: the bracket belongs to the noun.
    let rest = doc.slice(&(from..claim.sentence.end));
    let noun = rest.strip_prefix('（').and_then(|w| w.split_once('）')).filter(|(noun, behind)| {
        (1..=4).contains(&noun.chars().count()) && behind.starts_with(['，', '：', '分', '包'])
    });
    let from = noun.map_or(from, |(noun, _)| from + noun.len() + "（）".len());
    let rest = doc.slice(&(from..claim.sentence.end));
    let Some(intro) = INTROS.iter().filter(|w| rest.starts_with(**w)).max_by_key(|w| w.len()) else { return };
    let bracketed = doc.slice(&claim.right).is_empty() && !claim.label.contains("专家") && *intro == "（";
    if bracketed && !matches!(claim.class(), "支" | "家" | "个") {
        return;
    }
    let list = items_from(doc, from + intro.len(), claim.sentence.end);
    // 4个乡为龙杉溪乡、瓦窑坪乡、茶垭乡、双井坳乡: a bare 为 leads to places of its noun alone.
    let noun = doc.slice(&claim.right).chars().last();
    let of_noun = |r: &Range<usize>| bare(doc.slice(r)).chars().last() == noun;
    if *intro == "为" && !(noun.is_some_and(|c| "镇乡村区街站".contains(c)) && list.items.iter().all(of_noun))
    {
        return;
    }
    let enough = list.items.len() >= 2;
    let short = list.items.iter().all(|r| bare(doc.slice(r)).chars().count() <= 16);
    let digits = list.items.iter().any(|r| bare(doc.slice(r)).contains(|c: char| c.is_ascii_digit()));
    // 镇东服务点覆盖镇东社区、镇西社区；新场镇的新场村、木弄村: names of what lies in another.
    let inside = |words: &str| {
        has_any(words, &["覆盖", "服务于", "辐射", "负责", "包括", "包含", "镇有", "乡有", "街道有", "区有"])
    };
    let of_another =
        |words: &str| words.chars().count() >= 5 && words.contains('的') && !words.starts_with('的');
    // 街头问卷（10月12日、13日，周六、周日）: signs within brackets part no names.
    let within = list.items.first().zip(list.items.last()).map_or(0..0, |(a, b)| a.start..b.end);
    let bracketed_list = doc.slice(&within).split('（').skip(1).any(|w| {
        let inside = w.split('）').next().unwrap_or_default();
        inside.contains('、') && inside.contains(|c: char| c.is_ascii_digit())
    });
    let nested =
        bracketed_list || list.items.iter().any(|r| inside(doc.slice(r)) || of_another(bare(doc.slice(r))));
    if nested {
        return;
    }
    let counts = list.items.iter().any(|r| counts_inside(doc, all, r));
    if counts || list.items.first().is_some_and(|r| names_another(doc, claim, all, i, r)) {
        return;
    }
    let near = list.items.len().abs_diff(n) <= 3.max(n / 3);
    let bracket = intro.ends_with('（');
    let alike = same_ending(doc, &list) || doc.slice(&claim.right).chars().count() <= 6;
    let alike = alike && (!bracketed || same_ending(doc, &list));
    if enough && short && !digits && (near || !bracket) && (!bracket || alike) {
        judge(doc, (claim, all), n, &list, sink);
    }
}

/// 专家三位、财务一位: items that are counts in words are no names.
fn counts_inside(doc: &Doc, all: &[Claim], item: &Range<usize>) -> bool {
    let item = item.start..item.start + bare(doc.slice(item)).len();
    let at = all.partition_point(|c| c.number.span.start < item.start);
    all.get(at).is_some_and(|c| c.number.span.start < item.end && c.number.unit.is_some())
}

/// 7个小区和2个城中村：小区为…；城中村为…: the list says itself which of the counts it belongs to.
fn names_another(doc: &Doc, claim: &Claim, all: &[Claim], i: usize, item: &Range<usize>) -> bool {
    let words = doc.slice(item);
    let mut before = all[..i].iter().rev().take(3).take_while(|c| c.sentence == claim.sentence);
    before.any(|c| {
        let noun = doc.slice(&c.right).trim_end_matches(['和', '、', '及', '与']);
        noun.chars().count() >= 2 && words.starts_with(noun)
    })
}

/// 7个小区和2个城中村：小区为A、B…；城中村为C、D: the noun of a count again, with its names.
fn named_again(doc: &Doc, (claim, all): (&Claim, &[Claim]), n: usize, sink: &mut Sink<'_>) {
    let noun = doc.slice(&claim.right).trim_end_matches(['和', '、', '及', '与']);
    let rest = doc.slice(&(claim.right.end..claim.sentence.end));
    let Some(colon) = rest.find('：').filter(|_| noun.chars().count() >= 2) else { return };
    let starts = rest[colon..].match_indices(noun).filter(|(at, _)| {
        rest[..colon + at].ends_with(['：', '；'])
            && rest[colon + at + noun.len()..].starts_with(['为', '是', '有'])
    });
    for (at, _) in starts.take(1) {
        let from = claim.right.end + colon + at + noun.len() + '为'.len_utf8();
        let list = items_from(doc, from, claim.sentence.end);
        let short = list.items.iter().all(|r| bare(doc.slice(r)).chars().count() <= 12);
        if list.items.len() >= 2 && short {
            judge(doc, (claim, all), n, &list, sink);
        }
    }
}

fn same_ending(doc: &Doc, list: &List) -> bool {
    let mut ends = list.items.iter().map(|r| bare(doc.slice(r)).chars().last());
    let first = ends.next().flatten();
    ends.all(|e| e == first)
}

fn names_before(doc: &Doc, (claim, all): (&Claim, &[Claim]), n: usize, sink: &mut Sink<'_>) {
    let left = doc.slice(&claim.left);
    let listed = doc.text[..claim.left.start].ends_with('、');
    let alone = matches!(claim.class(), "项" | "种" | "类" | "方" | "间");
    let nameless = doc.slice(&claim.right).is_empty() && !alone;
    if !listed || left.is_empty() || nameless && !matches!(claim.class(), "个" | "家" | "所") {
        return;
    }
    let before = doc.slice(&(claim.sentence.start..claim.number.span.start));
    let start = before.rfind(['，', '；', '：', '（', '）', '“', '”', '《', '》']).map_or(0, |i| i + 3);
    let from = claim.sentence.start + start;
    let words = doc.slice(&(from..claim.number.span.start));
    if words.contains(|c: char| c.is_ascii_digit()) || words.contains("各") {
        return;
    }
    let list = items_from(doc, from, claim.number.span.start);
    // 罗家渡镇、瓦窑坪乡四项服务指标均未达标: places are no 指标.
    let places = list.items.iter().filter(|r| {
        ["镇", "乡", "街道", "村", "社区", "站", "县", "区"].iter().any(|w| bare(doc.slice(r)).ends_with(w))
    });
    if matches!(claim.class(), "项" | "种" | "类" | "方") && places.count() + 1 >= list.items.len() {
        return;
    }
    // 本年度新订四项、修订七项: what else was counted, and no name.
    if list.items.iter().any(|r| counts_inside(doc, all, r)) {
        return;
    }
    // 若以全部支出为分子、以小组、社区活动、探访三类服务: one of the items is no name.
    if list.items.iter().any(|r| doc.slice(r).starts_with(['若', '以', '按', '如'])) {
        return;
    }
    // 东片、北片共5个站: what they hold together, and not how many they are.
    let site = |w: &str| {
        w.trim_end_matches(['共', '有', '计', '合', '等'])
            .chars()
            .last()
            .filter(|c| "片区镇乡村街站县".contains(*c))
    };
    let ends: Vec<Option<char>> = list.items.iter().skip(1).map(|r| site(bare(doc.slice(r)))).collect();
    let other = |c: char| !doc.slice(&claim.right).contains(c);
    if left.ends_with(['共', '计']) && !ends.is_empty() && ends.iter().all(|e| e.is_some_and(other)) {
        return;
    }
    let short = list
        .items
        .iter()
        .enumerate()
        .all(|(i, r)| doc.slice(r).chars().count() <= if i == 0 { 24 } else { 12 });
    let noun = doc.slice(&claim.right);
    let kinds = [
        "社区", "片区", "村", "类", "个", "项目", "方面", "维度", "街道", "单位", "部门", "环节", "板块",
        "阶段", "点", "计划", "队", "品牌", "节日", "主题", "领域", "机构", "方式", "形式", "途径", "渠道",
        "方法", "指标", "镇", "乡", "街", "站", "区", "县",
    ];
    // 低保、临时救助、残疾人两项补贴和未成年人保护: of the last one alone.
    if noun.contains(['和', '与']) {
        return;
    }
    let counted = kinds.iter().any(|k| noun.starts_with(k))
        || matches!(claim.class(), "类" | "方" | "种" | "项" | "间")
        || claim.class() == "家";
    // 评为良好的有白鹤镇站、柏林铺镇站、枫木乡站3个: the names say themselves what is counted.
    let kin = nameless && list.items.len() >= 2 && {
        let lead = doc.slice(&list.items[0]);
        let last =
            list.items[1..].iter().filter_map(|r| bare(doc.slice(r)).chars().last()).collect::<Vec<_>>();
        let end = last.first().copied();
        let site = end.is_some_and(|c| "站镇乡街村社区县校院部室道".contains(c));
        site && last.iter().all(|c| Some(*c) == end) && lead.ends_with(|c| Some(c) == end)
    };
    if list.items.len() >= 2 && short && (counted && !nameless || kin) {
        judge(doc, (claim, all), n, &list, sink);
    }
}

/// 下辖9个村、2个社区，分别为…; 4名，其中站长1名、一线社工3名，分别为…: the names are those of all that were counted before.
fn is_of_all(doc: &Doc, claim: &Claim, all: &[Claim], list: &List) -> bool {
    let at = all.partition_point(|c| c.number.span.start < claim.number.span.start);
    let before = all[..at].iter().rev().take(4).take_while(|c| c.sentence == claim.sentence);
    let before: Vec<&Claim> = before.filter(|c| c.exact()).collect();
    let most = list.items.len() + list.items.iter().filter(|r| doc.slice(r).contains(['和', '与'])).count();
    let whole = |n: Decimal| {
        usize::try_from(n).is_ok_and(|n| list.can_be(n) || (list.items.len()..=most).contains(&n))
    };
    let led = doc.text[..claim.left.start].ends_with(['、', '和', '及']);
    let mut sum = claim.number.value;
    led && before.iter().any(|c| {
        sum += c.number.value;
        whole(sum) || whole(c.number.value) && c.class() == claim.class()
    })
}

fn judge(doc: &Doc, (claim, all): (&Claim, &[Claim]), n: usize, list: &List, sink: &mut Sink<'_>) {
    sink.tried();
    // 站长马晓静和社工王佳慧、孙国强: two in the first item.
    let two = list.items.first().is_some_and(|r| doc.slice(r).contains(['和', '与']));
    if list.can_be(n) || two && list.joined == 0 && list.items.len() + 1 == n {
        return;
    }
    if is_of_all(doc, claim, all, list) {
        return;
    }
    let names: Vec<&str> = list.items.iter().map(|r| doc.slice(r)).collect();
    let found = list.items.len() + if list.joined > 0 && !list.open { list.joined } else { 0 };
    let message = format!(
        "文中说{}，列出的是{}个（{}）",
        doc.slice(&(claim.number.span.start..claim.right.end)).trim_end_matches(['和', '、', '及', '与']),
        found,
        names.join("、"),
    );
    let span = list.items[0].start..list.items[list.items.len() - 1].end;
    let stated = show(claim.number.value);
    sink.add(RULE, Severity::Error, message, (stated, found.to_string()), &[claim.span(), span]);
}

/// 三个维度：一是…；二是…；三是….
fn enumerated(doc: &Doc, claim: &Claim, n: usize, sink: &mut Sink<'_>) {
    const SERIES: &[&str] = &["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"];
    let block = &doc.blocks[claim.block];
    let rest = doc.slice(&(claim.number.span.end..block.span.end));
    let Some(first) = rest.find("一是") else { return };
    let lead = &rest[..first];
    let close = lead.chars().count() <= 40 && !lead.contains(['。', '；']);
    // 围绕四个领域开展服务，目标有三：一是: another count.
    let own = ["有两", "有二", "有三", "有四", "有五", "有六"]
        .iter()
        .any(|w| lead.trim_end_matches('：').ends_with(w));
    if !close
        || own
        || lead.contains(|c: char| c.is_ascii_digit())
        || !matches!(claim.class(), "个" | "方" | "项" | "维度" | "环节" | "阶段" | "点" | "类")
    {
        return;
    }
    let rest = &rest[first..];
    let count = SERIES.iter().take_while(|s| rest.contains(**s)).count();
    let last = SERIES.iter().rposition(|s| rest.contains(s)).map_or(0, |p| p + 1);
    let again = rest.matches("一是").count() > 1;
    if count < 2 || again {
        return;
    }
    sink.tried();
    if count == n && last == n {
        return;
    }
    let what = doc.slice(&(claim.number.span.start..claim.right.end));
    let message = format!("文中说{what}，随后列出{count}项（一是…{}）", SERIES[count - 1]);
    sink.add(RULE, Severity::Error, message, (show(claim.number.value), count.to_string()), &[claim.span()]);
}

/// The same item twice in one list.
fn duplicates(doc: &Doc, sink: &mut Sink<'_>) {
    for block in &doc.blocks {
        for piece in doc.pieces(block.body..block.span.end, &['，', '。', '；', '：', '（', '）', '！', '？'])
        {
            if !doc.slice(&piece).contains('、') {
                continue;
            }
            let items = doc.pieces(piece, &['、']);
            let last = items.len().saturating_sub(1);
            for (i, item) in items.iter().enumerate().take(60) {
                let words = doc.slice(item);
                let pure =
                    words.chars().count() >= 2 && !words.contains(|c: char| c.is_ascii_digit() || c == '%');
                let same = items[..i.min(60)].iter().find(|other| {
                    let other = doc.slice(other);
                    other == words
                        || i == last
                            && other.chars().count() >= 3
                            && words
                                .strip_prefix(other)
                                .is_some_and(|r| r.starts_with(['等', '和', '及', '与']))
                });
                if i >= 1
                    && pure
                    && items.len() >= 3
                    && let Some(same) = same
                {
                    sink.tried();
                    let message = format!("同一列举中“{}”出现两次", doc.slice(same));
                    let stated = words.to_owned();
                    sink.add(
                        TWICE,
                        Severity::Error,
                        message,
                        (stated, "删去重复项或改为漏写的一项".into()),
                        &[item.clone(), same.clone()],
                    );
                }
            }
        }
    }
}
