//! Reading claims: what stands before and behind a number, what it counts, whether it is planned, and its scope.

use std::ops::Range;
use std::sync::LazyLock;

use super::by_char::ByChar;
use super::claim::Claim;
use super::doc::{Block, Doc, Kind};
use super::label::{canonical, is_target, other_period};
use super::lex::Number;
use super::names::Places;
use super::plans::{in_plan, in_target_bracket, is_announced, of_contract};
use super::words::has_any;

/// The first item of a list of communities, whose name has no 社区 behind it: known by the items after it.
pub(super) fn first_sisters(doc: &Doc, all: &mut [Claim]) {
    for i in (1..all.len()).rev() {
        let (head, tail) = all.split_at_mut(i);
        let (Some(first), Some(next)) = (head.last_mut(), tail.first()) else { continue };
        let listed = matches!(
            doc.slice(&(first.number.span.end..next.left.start.max(first.number.span.end))),
            "、" | "，" | "；"
        );
        let led = ["其中", "包括", "分别为"].iter().find_map(|w| doc.slice(&first.left).strip_prefix(w));
        let fits = first.place.is_none()
            && next.place.is_some()
            && first.segment == next.segment
            && first.class() == next.class();
        if let Some(name) = led.filter(|_| listed && fits)
            && (2..=6).contains(&name.chars().count())
            && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        {
            first.place = Some(name.to_owned());
        }
    }
}

/// "286户390名困难群众": numbers next to each other count the same thing in two units.
pub(super) fn share_labels(all: &mut [Claim]) {
    for i in 1..all.len() {
        if all[i - 1].number.span.end == all[i].number.span.start && all[i].label.is_empty() {
            let (label, place) = (all[i - 1].label.clone(), all[i - 1].place.clone());
            all[i].label = label;
            all[i].place = all[i].place.take().or(place);
            all[i].target = all[i - 1].target;
        }
    }
    for i in (1..all.len()).rev() {
        if all[i - 1].number.span.end == all[i].number.span.start && all[i - 1].label.is_empty() {
            all[i - 1].label = all[i].label.clone();
        }
    }
}

const SIGNS: &[char] =
    &['，', '。', '；', '：', '、', '（', '）', '！', '？', '“', '”', '《', '》', '\n', '/', '=', '×', '+'];

pub(super) fn claims_of(
    doc: &Doc,
    block: usize,
    numbers: &[Number],
    taken: &[Range<usize>],
    places: &Places,
    all: &mut Vec<Claim>,
) {
    let here = &doc.blocks[block];
    let sentences = doc.sentences(here);
    let mut sentence = 0;
    let mut segments: Vec<Range<usize>> = Vec::new();
    let mut scope = Scope::of_block(doc, block, places);
    let of_block = scope.area.clone();
    let mut depth = 0;
    let mut plan_list = false;
    let mut read_to = here.body;
    // The part of a sentence that is read, and where it begins to speak of another period.
    let mut other: (Range<usize>, Option<usize>) = (0..0, None);
    for (i, number) in numbers.iter().enumerate() {
        let at = number.span.start;
        while sentence + 1 < sentences.len() && sentences[sentence].end <= at {
            sentence += 1;
            segments.clear();
        }
        let Some(whole) = sentences.get(sentence).cloned() else { continue };
        if segments.is_empty() {
            segments = doc.pieces(whole.clone(), &['；']);
        }
        if at >= whole.start && read_to < whole.start {
            scope.area.clone_from(&of_block);
        }
        let segment = segments[segments.partition_point(|s| s.end <= at)..].first().unwrap_or(&whole).clone();
        if other.0 != segment {
            let from = other_period(doc.slice(&segment)).map(|end| segment.start + end);
            other = (segment.clone(), from);
        }
        depth = deeper(depth, doc.slice(&(read_to..at)));
        let (left, right) = words_around(doc, here, numbers, taken, i);
        scope.read(doc, read_to.max(whole.start)..at, &of_block, places);
        read_to = at;
        let number = &counted(doc, &left, number);
        let (mut label, target) = label_of(doc, &left, &right, number);
        let mut local = scope.place_of(doc, &left, places);
        plan_list = in_plan(doc, &left, all.last().filter(|c| c.segment == segment), plan_list);
        plan_list = plan_list || of_contract(doc, &left, &segment);
        let counted = !matches!(number.unit.map_or("", |u| u.class), "分" | "元") && !number.percent;
        let announced = counted && is_announced(doc, &whole, left.start);
        let target = target || plan_list || announced || in_target_bracket(doc, &left, &segment);
        label = settled(doc, label, &segment, at, all);
        if let Some(before) = all.last().filter(|c| c.segment == segment) {
            carry_over(doc, before, &left, number, depth, (&mut label, &mut local));
        }
        all.push(Claim {
            number: number.clone(),
            block,
            // 个案从26个到24个: what it was.
            other_period: other.1.is_some_and(|from| from <= at)
                || doc.slice(&left).ends_with(['从', '由']) && !number.chinese,
            sentence: whole,
            segment,
            left,
            right,
            label,
            target,
            area: scope.area.clone(),
            place: local,
            depth,
        });
    }
}

/// 前三位, 第二名: which one, and not how many.
fn counted(doc: &Doc, left: &Range<usize>, number: &Number) -> Number {
    let ordinal = number.chinese && doc.slice(left).ends_with(['前', '第', '首', '后']);
    Number { vague: number.vague || ordinal, ..number.clone() }
}

fn deeper(depth: u32, words: &str) -> u32 {
    words.chars().fold(depth, |depth, c| match c {
        '（' => depth + 1,
        '）' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// Words before and behind a number, up to its neighbours among numbers and dates.
fn words_around(
    doc: &Doc,
    here: &Block,
    numbers: &[Number],
    taken: &[Range<usize>],
    i: usize,
) -> (Range<usize>, Range<usize>) {
    let span = &numbers[i].span;
    let before = i.checked_sub(1).map_or(here.body, |j| numbers[j].span.end);
    let dates_before = taken.partition_point(|t| t.end <= span.start);
    let date_end = dates_before.checked_sub(1).map_or(here.body, |j| taken[j].end);
    let after = numbers.get(i + 1).map_or(here.span.end, |n| n.span.start);
    let next_date = taken.partition_point(|t| t.start < span.end);
    let date_start = taken.get(next_date).map_or(here.span.end, |t| t.start);
    let left = left_of(doc, before.max(date_end), span.start, numbers, i);
    (left, right_of(doc, span.end, after.min(date_start)))
}

fn settled(doc: &Doc, label: String, segment: &Range<usize>, at: usize, all: &[Claim]) -> String {
    if role_only(&label) { topic_before(doc, segment, at, all) } else { label }
}

/// What is counted where the words at the number only say planned or done: before a colon, or at the number before.
fn topic_before(doc: &Doc, segment: &Range<usize>, at: usize, all: &[Claim]) -> String {
    let lead = doc.slice(&(segment.start..at));
    let named = lead.find('：').filter(|i| lead[..*i].chars().count() <= 12).map(|i| canonical(&lead[..i]));
    let before = || all.last().filter(|c| c.segment == *segment).map(|c| c.label.clone());
    let topic = named.filter(|t| !t.is_empty()).or_else(before).map(|t| plain_topic(&t));
    topic.filter(|t| !t.is_empty()).unwrap_or_default()
}

/// What a number takes from the one before it in its part of the sentence: the thing due or made, the community.
fn carry_over(
    doc: &Doc,
    before: &Claim,
    left: &Range<usize>,
    number: &Number,
    depth: u32,
    (label, local): (&mut String, &mut Option<String>),
) {
    if matches!(label.as_str(), "实到" | "应到" | "实际到岗" | "实际") {
        *label = format!("{}{label}", before.label.trim_end_matches("应到").trim_end_matches('应'));
    }
    let words = doc.slice(left);
    if local.is_some() || before.place.is_none() {
        return;
    }
    if words.starts_with('实') || words.starts_with('应') || words.is_empty() {
        local.clone_from(&before.place);
    } else if before.depth == depth {
        *local = sister(doc, before, left, number);
    }
}

/// "合同约定15个，实际开展16个": the words only say planned or done; what is counted stands before.
fn role_only(label: &str) -> bool {
    !label.is_empty() && label != "应到" && label != "实到" && plain_topic(label).is_empty()
}

fn plain_topic(label: &str) -> String {
    const ROLES: &[&str] = &[
        "合同",
        "约定",
        "实际",
        "计划",
        "目标",
        "指标量",
        "指标",
        "协议",
        "任务",
        "年度",
        "规定",
        "要求",
        "原定",
        "应完成",
        "本",
        "数",
        "量",
    ];
    if label.chars().count() > 12 || !has_any(label, ROLES) {
        return label.to_owned();
    }
    ROLES.iter().fold(label.to_owned(), |s, w| s.replace(w, ""))
}

/// In a list of communities with counts, an item whose name has no 社区 behind it: its words are the name.
fn sister(doc: &Doc, before: &Claim, left: &Range<usize>, number: &Number) -> Option<String> {
    let words = doc.slice(left);
    let gap = doc.slice(&(before.number.span.end..left.start));
    let listed = matches!(gap, "、" | "，" | "；" | "和");
    let class = number.unit.map_or("", |u| u.class);
    let same = class.is_empty() || before.class().is_empty() || class == before.class();
    let han = words.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let name = (2..=6).contains(&words.chars().count()) && han && !number.percent;
    let total = has_any(words, &["合计", "共计", "总计", "共", "累计", "实际", "应"]);
    let kind = has_any(words, &["学校", "企业", "线上", "线下", "机关", "校园", "小区", "商圈"]);
    let total = total || kind || words.starts_with('进');
    (listed && same && name && !total).then(|| words.to_owned())
}

/// Words before a number. "从业2年及以上社工17人": a qualifier of years or ages belongs to the words.
fn left_of(doc: &Doc, from: usize, at: usize, numbers: &[Number], i: usize) -> Range<usize> {
    let mut from = from;
    if let Some(before) = i.checked_sub(1).map(|j| &numbers[j])
        && before.span.end == from
        && ["及以上", "以上", "及以下", "以下", "（含）以上"]
            .iter()
            .any(|w| doc.text[from..at].starts_with(w))
        && before.unit.is_some_and(|u| matches!(u.class, "年" | "岁" | "分" | "月" | "次"))
    {
        let floor = i.checked_sub(2).map_or(from.saturating_sub(60), |j| numbers[j].span.end);
        from = floor.max(doc.blocks[doc.block_of(at)].body).min(from);
        while !doc.text.is_char_boundary(from) {
            from += 1;
        }
    }
    let words = &doc.text[from..at];
    let start =
        words.char_indices().rev().find(|(_, c)| SIGNS.contains(c)).map_or(0, |(i, c)| i + c.len_utf8());
    from + start..at
}

/// What ends the words behind a number.
const VERBS: &[&str] = &[
    "仅", "只", "累计", "合计", "全年", "其中", "开展", "进行", "实施", "参与", "参加", "提供", "建立",
    "只有", "仅有", "均", "已", "未", "没有", "需", "希望", "在", "为", "被", "将", "对", "通过", "用于",
    "组织", "组成", "完成", "接受", "获", "逐一", "逐个", "逐户", "逐人", "具有", "持有", "占", "分别",
    "实现", "达", "是", "设", "表示", "作为", "落实", "因", "从", "由", "全部", "并", "，",
];

static VERB: LazyLock<ByChar<&'static str>> =
    LazyLock::new(|| ByChar::new(VERBS.iter().map(|v| (v.chars().next().unwrap_or_default(), *v))));

fn right_of(doc: &Doc, from: usize, until: usize) -> Range<usize> {
    // 未成年人, 对象: nouns that begin like a verb.
    const NOUNS: &[&str] = &["未成年", "未保", "对象"];
    let until = until.max(from);
    let words = &doc.text[from..until];
    if among(words) {
        return from..from;
    }
    let mut end = words.find(SIGNS).unwrap_or(words.len());
    if end == words.len() && until > from {
        let own = |i: &usize| {
            let rest = &words[i + "中".len()..];
            *i > 0
                && (!rest.starts_with(['心', '小', '级', '学', '年', '期', '老', '央', '医', '考'])
                    || rest.starts_with("心理"))
        };
        let shared = words.match_indices('中').map(|(i, _)| i).find(own);
        let counted = words
            .match_indices('共')
            .map(|(i, _)| i)
            .find(|i| *i > 0 && !words[..*i].ends_with(['公', '中', '总']));
        end = shared.into_iter().chain(counted).min().unwrap_or(end);
    }
    for (i, c) in words[..end].char_indices().take(21) {
        if VERB.get(c).iter().any(|v| words[i..].starts_with(v))
            && !NOUNS.iter().any(|n| words[i..].starts_with(n))
        {
            end = i;
            break;
        }
    }
    let limit = words[..end].char_indices().nth(20).map_or(end, |(i, _)| i);
    from..from + limit
}

/// 189名中表示满意的: 中 says of which, and is no part of a noun.
fn among(words: &str) -> bool {
    let verbs = ["表示", "有", "已", "未", "仅", "只", "共", "没有", "认为", "愿意", "接受"];
    words.strip_prefix('中').is_some_and(|r| verbs.iter().any(|v| r.starts_with(v)))
}

fn label_of(doc: &Doc, left: &Range<usize>, right: &Range<usize>, number: &Number) -> (String, bool) {
    let (before, after) = (after_station(doc.slice(left)), doc.slice(right));
    let before = if among(before) { before.trim_start_matches('中') } else { before };
    let target =
        is_target(before) || before.ends_with("应") && !before.ends_with("响应") && !before.ends_with("反应");
    let mut label = canonical(before);
    if number.unit.is_some() || number.percent {
        label.push_str(&canonical(after));
        label.push_str(predicate(&doc.text[right.end..]));
    }
    (label, target)
}

/// "柳塘街社工站共…": the station's name is no part of what is counted.
fn after_station(words: &str) -> &str {
    let ends = ["社会工作服务站", "社工服务站", "社工站"];
    let cut = ends.iter().filter_map(|e| words.find(e).map(|i| i + e.len())).max().unwrap_or(0);
    &words[cut..]
}

/// "4名受访对象未接听": what they did tells them from other 受访对象; it is part of what is counted.
fn predicate(rest: &str) -> &str {
    const SAY: &[&str] = &[
        "未", "没有", "希望", "表示", "均", "已", "需", "获", "具有", "持有", "接受", "因", "参与", "参加",
        "反映", "认为", "只有", "仅有", "在", "被", "对",
    ];
    if !SAY.iter().any(|w| rest.starts_with(w)) {
        return "";
    }
    let end = rest.char_indices().take_while(|(_, c)| c.is_alphanumeric()).nth(4).map_or(0, |(i, _)| i);
    &rest[..end]
}

/// What a run of text speaks of.
struct Scope {
    area: Option<String>,
}

impl Scope {
    fn of_block(doc: &Doc, block: usize, places: &Places) -> Self {
        let kind = doc.blocks[block].kind;
        let above = || doc.above(block).find_map(|b| places.area_at_start(b));
        let own = places.area_at_start(block);
        let area = own.or_else(|| if kind == Kind::Cell { None } else { above() });
        Self { area: area.cloned() }
    }

    /// "东湖片区共…" inside a paragraph of the whole station, and "全站…" inside an area's paragraph.
    fn read(&mut self, doc: &Doc, words: Range<usize>, of_block: &Option<String>, places: &Places) {
        if words.is_empty() {
            return;
        }
        let text = doc.slice(&words);
        if has_any(text, &["个片区", "各片区", "全部片区"]) {
            self.area.clone_from(of_block);
        } else if let Some(area) = places.area_named(text) {
            self.area = Some(area);
        } else if has_any(text, &["全站", "社工站共", "社工站累计", "本站共", "本站累计", "合计", "共计"])
        {
            self.area.clone_from(of_block);
        }
    }

    fn place_of(&self, doc: &Doc, left: &Range<usize>, places: &Places) -> Option<String> {
        places.community_in(doc.slice(left))
    }
}
