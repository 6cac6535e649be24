//! Parts and wholes: 其中 lists, brackets behind a total, lists closed by 合计, pairs such as 持证/非持证. Parts that
//! need not be all (其中党员5名) may only be no larger than the whole.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{show, show_sum};

const SUM: &str = "total";
const PART: &str = "part-over-whole";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in &doc.blocks {
        let mut before: Option<Range<usize>> = None;
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            if let Some(before) = before.replace(sentence.clone())
                && let Some(word) = ["其中", "按", "包括", "支出构成", "经费构成", "支出包括", "支出中"].into_iter().find(|w| doc.slice(&sentence).starts_with(w))
            {
                continued(doc, claims.within(&before), here, word, sink);
            }
            if here.len() < 2 {
                continue;
            }
            of_which(doc, &sentence, here, sink);
            in_brackets(doc, here, sink);
            closed_by_total(doc, here, sink);
            opposites(doc, here, sink);
        }
    }
}

/// A total, then 其中/包括/分别为, then parts of the same unit outside deeper brackets.
fn of_which(doc: &Doc, sentence: &Range<usize>, here: &[Claim], sink: &mut Sink<'_>) {
    for (at, word) in words_at(doc, sentence, &["其中", "包括", "包含", "分别为", "分别是", "由", "来源为", "构成为", "来源于", "："]) {
        let split = here.partition_point(|c| c.number.span.start < at);
        let until = doc.slice(&(at..sentence.end)).find("其中").filter(|i| *i > 0).map_or(sentence.end, |i| at + i);
        let mut done: Vec<&str> = Vec::new();
        for whole in here[..split].iter().rev().take(2) {
            let class = whole.class();
            let near = doc.slice(&(whole.number.span.end..at)).chars().count() <= if word == "：" { 30 } else { 20 };
            if done.contains(&class) || !whole.exact() || class.is_empty() || !near {
                continue;
            }
            done.push(class);
            let depth = here.get(split).map_or(0, |c| c.depth);
            let parts: Vec<&Claim> = here[split..]
                .iter()
                .take_while(|c| c.number.span.start < until && !is_total(doc, c))
                .filter(|c| c.class() == class && c.depth == depth && c.exact() && !c.other_period)
                .collect();
            odd_unit(doc, whole, &here[split..], depth, sink);
            if word == "其中" || parts.len() >= 2 {
                judge(doc, whole, &parts, word, sink);
            }
        }
    }
}

/// "…实际建档851户。其中一级62户…": the whole is the last count of the sentence before.
fn continued(doc: &Doc, before: &[Claim], here: &[Claim], word: &str, sink: &mut Sink<'_>) {
    let Some(first) = here.first() else { return };
    let class = first.class();
    let parts: Vec<&Claim> = here
        .iter()
        .take_while(|c| !is_total(doc, c) && !doc.slice(&(first.number.span.end..c.number.span.start.max(first.number.span.end))).contains("其中"))
        .filter(|c| c.class() == class && c.depth == first.depth && c.exact())
        .collect();
    let whole = before.iter().rev().find(|c| c.class() == class && c.exact() && c.depth == first.depth && !c.target && (!word.starts_with("支出") || doc.slice(&c.left).ends_with("支出")));
    if let Some(whole) = whole.filter(|_| !class.is_empty() && !parts.is_empty()) {
        let several = before.iter().filter(|c| c.class() == class && c.exact() && !c.target).count() > 1;
        let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
        let other = several && before.iter().any(|c| c.class() == class && c.number.value == sum);
        if !other && (parts.len() > 1 || !several) {
            judge(doc, whole, &parts, word, sink);
        }
    }
}

/// All but one part have the whole's unit, and with that one they make the whole: its unit is a slip.
fn odd_unit(doc: &Doc, whole: &Claim, here: &[Claim], depth: u32, sink: &mut Sink<'_>) {
    let list: Vec<&Claim> = here.iter().filter(|c| c.depth == depth && c.exact() && c.number.unit.is_some()).take(30).collect();
    for end in 2..=list.len() {
        let parts = &list[..end];
        let odd: Vec<&&Claim> = parts.iter().filter(|c| c.class() != whole.class()).collect();
        let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
        if let [odd] = odd.as_slice()
            && sum == whole.number.value
        {
            let unit = whole.number.unit.map_or("", |u| u.word);
            let message = format!("“{}”的单位与总数及其他各部分（{unit}）不同", doc.slice(&odd.wide()));
            sink.add("unit-odd", Severity::Warning, message, (doc.slice(&odd.number.span).to_owned(), unit.to_owned()), &[odd.wide(), whole.wide()]);
            return;
        }
    }
}

fn words_at<'a>(doc: &Doc, span: &Range<usize>, words: &[&'a str]) -> Vec<(usize, &'a str)> {
    let text = doc.slice(span);
    let mut out: Vec<(usize, &str)> =
        words.iter().flat_map(|w| text.match_indices(w).map(|(i, _)| (span.start + i, *w))).collect();
    out.sort_unstable();
    out
}

/// 持证社工15名（中级2名，助理13名）.
fn in_brackets(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for (i, whole) in here.iter().enumerate() {
        let rest = &doc.text[whole.number.span.end..];
        let noun = doc.slice(&whole.right).len();
        if !rest[noun.min(rest.len())..].starts_with('（') || !whole.exact() {
            continue;
        }
        let parts: Vec<&Claim> = here[i + 1..]
            .iter()
            .take_while(|c| c.depth > whole.depth)
            .filter(|c| c.depth == whole.depth + 1 && c.class() == whole.class() && c.exact())
            .collect();
        let of_which = parts.first().is_some_and(|p| doc.slice(&p.left).contains("其中"));
        if parts.len() >= 2 && !of_which {
            judge(doc, whole, &parts, "（", sink);
        }
    }
}

/// A list of parts, then 合计/共计/共 and their total.
fn closed_by_total(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for (i, whole) in here.iter().enumerate() {
        let total = is_total(doc, whole) || is_total_of(doc, whole, &here[..i]) || total_noun(doc, whole).is_some();
        if !total || !whole.exact() || counted_items(doc, here, i, sink) {
            continue;
        }
        let parts: Vec<&Claim> = here[..i]
            .iter()
            .rev()
            .take_while(|c| (!is_total(doc, c) || c.class() != whole.class()) && c.depth >= whole.depth)
            .filter(|c| c.class() == whole.class() && c.depth == whole.depth && c.exact() && !c.target)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let led = parts.first().is_some_and(|p| doc.slice(&(p.sentence.start..p.number.span.start)).contains("其中"));
        if parts.len() >= 2 && !led && list_like(doc, &parts) && total_noun(doc, whole).is_none_or(|n| parts.iter().all(|p| p.label.ends_with(&n))) {
            compare(doc, whole, &parts, Severity::Error, sink);
        }
    }
}

/// "小组62个、活动185场、个案246个，三项共计493项": as many items as said, whatever their units.
fn counted_items(doc: &Doc, here: &[Claim], i: usize, sink: &mut Sink<'_>) -> bool {
    let whole = &here[i];
    let before = doc.slice(&(whole.sentence.start..whole.number.span.start));
    let at = before.rfind(['，', '；']).map_or(0, |at| at + 3);
    let clause = &before[at..];
    let until = whole.sentence.start + at;
    let mut words = clause.chars();
    let Some(n) = words.next().and_then(|c| "一二三四五六七八九".chars().position(|d| d == c)) else { return false };
    if words.next() != Some('项') || !clause.ends_with('计') || n == 0 {
        return false;
    }
    let parts: Vec<&Claim> = here[..i].iter().filter(|c| c.exact() && c.depth == whole.depth && c.number.span.end <= until).rev().take(n + 1).collect();
    if parts.len() == n + 1 && parts.iter().all(|p| matches!(p.class(), "个" | "次" | "项" | "节" | "份" | "支" | "人次")) {
        let parts: Vec<&Claim> = parts.into_iter().rev().collect();
        compare(doc, whole, &parts, Severity::Error, sink);
        return true;
    }
    false
}

fn is_total(doc: &Doc, claim: &Claim) -> bool {
    const TOTALS: &[&str] = &["合计", "共计", "总计", "共", "总共", "一共", "合共", "以上共", "以上合计", "三项合计", "两项合计", "四项合计", "合计为", "总计为", "共计为", "合计共", "累计"];
    let left = doc.slice(&claim.left);
    let counted = ["项", "类", "个", "次", "者", "上述", "以上", "方", "种", "部分"];
    let closing = ["合计", "共计", "总计", "合计为", "共计为"].iter().find_map(|w| left.strip_suffix(w));
    TOTALS.contains(&left) || closing.is_some_and(|lead| lead.chars().count() <= 8 && counted.iter().any(|w| lead.contains(w)))
        || closing.is_some_and(|lead| lead.chars().count() <= 3 && lead.ends_with("活动"))
}

/// "全年督导共36次": the noun that the parts (内部督导, 外部督导) share.
fn total_noun(doc: &Doc, claim: &Claim) -> Option<String> {
    let left = doc.slice(&claim.left);
    let lead = ["共计", "合计", "总计", "共"].iter().find_map(|w| left.strip_suffix(w)).filter(|_| !is_total(doc, claim))?;
    let noun = super::super::label::canonical(lead);
    (noun.chars().count() >= 2).then_some(noun)
}

/// "共服务4320人次" behind two "服务…人次": the total of what each says.
fn is_total_of(doc: &Doc, claim: &Claim, here: &[Claim]) -> bool {
    let left = doc.slice(&claim.left);
    let verb = ["共", "合计", "总共", "共计", "累计"].iter().find_map(|w| left.strip_prefix(w)).unwrap_or_default();
    matches!(verb, "服务" | "参与" | "受益" | "惠及" | "参加")
        && here.iter().filter(|c| c.number.span.start < claim.number.span.start && c.class() == claim.class()).all(|c| doc.slice(&c.left).ends_with(verb))
}

/// Parts stand close to each other, parted by 、，； and short words.
fn list_like(doc: &Doc, parts: &[&Claim]) -> bool {
    parts.windows(2).all(|w| doc.slice(&(w[0].number.span.end..w[1].number.span.start)).chars().count() <= 24)
}

/// X and 非X with their total named before, as in 实到135…持证实到98.5…非持证实到36.5.
fn opposites(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for negative in here {
        let Some(positive_label) = negative.label.strip_prefix('非') else { continue };
        let Some(positive) =
            here.iter().find(|c| c.label == positive_label && c.class() == negative.class() && c.exact())
        else {
            continue;
        };
        let common = |c: &Claim| !c.label.is_empty() && c.label.len() < positive_label.len() && positive_label.ends_with(&*c.label);
        let whole = here.iter().find(|c| {
            common(c) && c.class() == negative.class() && c.exact() && c.number.span.start < positive.number.span.start
        });
        let led = doc.slice(&(positive.sentence.start..positive.number.span.start)).contains("其中");
        if let Some(whole) = whole.filter(|_| !led && negative.exact()) {
            compare(doc, whole, &[positive, negative], Severity::Error, sink);
        }
    }
}

fn judge(doc: &Doc, whole: &Claim, parts: &[&Claim], word: &str, sink: &mut Sink<'_>) {
    if parts.is_empty() || whole.target && !parts[0].target {
        return;
    }
    let places = parts.iter().filter(|p| p.place.is_some()).count();
    if places * 2 > parts.len() {
        return;
    }
    for part in parts.iter().filter(|p| p.number.value > whole.number.value) {
        over(doc, whole, part, sink);
        return;
    }
    if parts.len() < 2 {
        return sink.tried();
    }
    let parts = up_to_opposite(parts);
    let sum: Decimal = parts.iter().map(|p| p.number.value).sum();
    if all_there(doc, parts, word) {
        return compare(doc, whole, parts, Severity::Error, sink);
    }
    sink.tried();
    let apart = (sum - whole.number.value).abs();
    let near = apart * Decimal::from(if word == "按" || word == "：" { 4 } else { 8 }) <= whole.number.value;
    let overlap = ["党员", "女", "独居", "高龄", "残疾", "重点", "骨干", "在校", "退休", "低保", "特困", "孤寡"];
    let mixed = word != "按" && word != "：" && parts.iter().any(|p| overlap.iter().any(|w| p.label.contains(w)));
    if parts.len() >= 3 && near && !mixed && !open_list(doc, parts) {
        compare(doc, whole, parts, Severity::Warning, sink);
    }
}

/// 其中持证10人，非持证5人；本科12人: the pair makes the whole, what follows starts again.
fn up_to_opposite<'a, 'b>(parts: &'b [&'a Claim]) -> &'b [&'a Claim] {
    let negative = parts.iter().position(|n| {
        n.label.strip_prefix('非').is_some_and(|p| parts.iter().any(|m| m.label == p || m.label == format!("其中{p}")))
    });
    let names: Vec<String> = parts.iter().take(2).map(|p| p.label.replace("其中", "")).collect();
    match negative {
        Some(i) => &parts[..=i],
        None if parts.len() > 2 && opposite(&names) => &parts[..2],
        None => parts,
    }
}

fn open_list(doc: &Doc, parts: &[&Claim]) -> bool {
    parts.last().is_some_and(|p| {
        let rest = doc.slice(&(p.number.span.end..p.sentence.end));
        rest.starts_with('等') || rest.starts_with("，等") || doc.slice(&p.right).starts_with('等')
    })
}

/// Whether the parts must make up the whole: opposites, one family of names, or words that say so.
fn all_there(doc: &Doc, parts: &[&Claim], word: &str) -> bool {
    if open_list(doc, parts) {
        return false;
    }
    let names: Vec<String> = parts.iter().map(|p| p.label.replace("其中", "")).collect();
    let money = parts.len() >= 3
        && parts.iter().all(|p| p.class() == "元" && ["费", "资金", "支出", "费用", "开支", "薪酬", "工资"].iter().any(|w| doc.slice(&p.left).ends_with(w)));
    if money {
        return true;
    }
    let points = parts.iter().all(|p| p.class() == "分");
    word == "分别为" || word == "分别是" || points || partition(&names)
}

/// Whether names are opposites or one family, so that nothing lies outside them and nothing in two of them.
pub(super) fn partition(names: &[String]) -> bool {
    opposite(names) || family(names)
}

fn opposite(names: &[String]) -> bool {
    const PAIRS: &[(&str, &str)] = &[
        ("男", "女"), ("线上", "线下"), ("呼入", "呼出"), ("呼入", "外呼"), ("大型", "中小型"), ("大型", "小型"), ("户籍", "非户籍"),
        ("专职", "兼职"), ("新增", "原有"), ("新增", "存量"), ("城镇", "农村"), ("室内", "户外"), ("内部", "外部"), ("已", "未"),
        ("全职", "兼职"), ("入户", "电访"), ("上半年", "下半年"), ("成人", "儿童"), ("持证", "无证"), ("接听", "未接"), ("本地", "外地"), ("现金", "物资"),
        ("白天", "夜间"), ("个人", "团体"), ("满意", "不满意"), ("常住", "流动"), ("在册", "边缘"), ("资金", "物资"), ("社工", "辅助"), ("社工", "行政"), ("电话", "面访"), ("电话", "实地"), ("线上", "面访"),
        ("人员", "办公"), ("内督", "外督"), ("电访", "入户"), ("电访", "面访"), ("市级", "区级"), ("财政", "自筹"),
    ];
    let any = |w: &str| names.iter().any(|n| n.starts_with(w) || n.contains(w));
    names.len() == 2 && PAIRS.iter().any(|(a, b)| any(a) && names.iter().any(|n| n.contains(b) && !n.ends_with(a)))
        || names.iter().any(|n| n.strip_prefix('非').is_some_and(|p| names.iter().any(|m| m == p || p.starts_with(m.as_str()) && !m.is_empty())))
}

/// 一级…二级…三级, 高/中/低风险, 节日类…健康类…, 中级社工师…助理社工师…
fn family(names: &[String]) -> bool {
    const SERIES: &[&[&str]] = &[
        &["一级", "二级", "三级", "四级", "五级", "六级"],
        &["高", "中", "低"],
        &["A", "B", "C", "D"],
        &["甲", "乙", "丙"],
        &["高级", "中级", "助理", "初级", "无"],
        &["第一", "第二", "第三", "第四"],
        &["博士", "硕士", "本科", "大专", "研究生", "高中"],
        &["非常满意", "满意", "比较满意", "基本满意", "一般", "不满意"],
        &["红", "橙", "黄", "蓝", "绿"],
        &["春", "夏", "秋", "冬"],
    ];
    if names.len() < 2 || names.iter().any(String::is_empty) {
        return false;
    }
    let in_series = |s: &[&str]| names.iter().all(|n| s.iter().any(|w| n.starts_with(w)));
    let suffix = common_suffix(names);
    let territory = |n: &String| ["街", "镇", "村", "社区", "片区", "站", "县", "区", "线"].iter().any(|w| n.ends_with(w));
    if names.len() >= 3 && names.iter().all(territory) {
        return true;
    }
    SERIES.iter().any(|s| in_series(s))
        || suffix.chars().count() >= 2 && names.len() >= 3
        || suffix.ends_with(['类', '级', '岁', '型', '片', '点']) && names.len() >= 2
}

fn common_suffix(names: &[String]) -> String {
    let reversed: Vec<Vec<char>> = names.iter().map(|n| n.chars().rev().collect()).collect();
    let Some(first) = reversed.first() else { return String::new() };
    let length = (0..first.len()).take_while(|&i| reversed.iter().all(|r| r.get(i) == first.get(i))).count();
    first[..length].iter().rev().collect()
}

fn over(doc: &Doc, whole: &Claim, part: &Claim, sink: &mut Sink<'_>) {
    sink.tried();
    let (w, p) = (whole.number.value, part.number.value);
    let message = format!(
        "部分大于整体：“{}”大于“{}”（{}>{}）",
        doc.slice(&part.wide()), doc.slice(&whole.wide()), show(p), show(w),
    );
    let spans = [part.wide(), whole.wide()];
    sink.add(PART, Severity::Error, message, (show(p), format!("不大于{}", show(w))), &spans);
}

/// Adds up and compares.
pub(super) fn compare(doc: &Doc, whole: &Claim, parts: &[&Claim], severity: Severity, sink: &mut Sink<'_>) {
    sink.tried();
    let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
    let sum: Decimal = values.iter().sum();
    let stated = whole.number.value;
    let slack = if whole.number.scale > parts.iter().map(|p| p.number.scale).min().unwrap_or_default() {
        whole.number.scale / Decimal::TWO
    } else {
        Decimal::ZERO
    };
    let rounded = parts.iter().map(|p| p.number.scale / Decimal::TWO).sum::<Decimal>();
    let rounding = whole.number.scale < Decimal::ONE && whole.class() != "元" && whole.number.decimals > 1;
    let severity = if (sum - stated).abs() <= slack { Severity::Warning } else { severity };
    if sum == stated || rounding && (sum - stated).abs() <= rounded {
        return;
    }
    let message = format!(
        "{}，文中为{}，相差{}（“{}”）",
        show_sum(&values), show(stated), show((sum - stated).abs()), doc.slice(&whole.wide()),
    );
    let spans: Vec<_> = std::iter::once(whole.wide()).chain(parts.iter().map(|p| p.wide())).collect();
    sink.add(SUM, severity, message, (show(stated), show(sum)), &spans);
}
