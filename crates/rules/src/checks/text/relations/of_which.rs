//! 其中 and its like: a total, then 其中/包括/分别为, then parts of the same unit. What the word speaks of, and where its parts end:
//! behind ； or a list that makes up its whole 其中 speaks of the head, and a new part of the sentence is a part only if it is needed.

use std::ops::Range;

use rust_decimal::Decimal;

use super::closed::is_total;
use super::family::family;
use super::kinds::{kind_of, one_noun};
use super::odd_unit::odd_unit;
use super::parts::judge;
use super::repeats::is_change;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::one_digit_apart;
use crate::checks::text::words::has_any;

/// Words before one of several.
pub(super) const EXTREME: &[&str] =
    &["最长的", "最短的", "最多的", "最少的", "最高的", "最低的", "最大的", "最小的"];

const WORDS: &[&str] =
    &["其中", "，含", "包括", "包含", "分别为", "分别是", "由", "来源为", "构成为", "来源于", "来自", "："];

/// A total, then 其中/包括/分别为, then parts of the same unit outside deeper brackets.
pub(super) fn of_which(
    doc: &Doc,
    claims: &Claims,
    sentence: &Range<usize>,
    here: &[Claim],
    sink: &mut Sink<'_>,
) {
    for (at, word) in words_at(doc, sentence) {
        let split = here.partition_point(|c| c.number.span.start < at);
        // ，含2月的次一个值: what is meant, and no part.
        let dated = word == "，含" && doc.text[at + word.len()..].starts_with(|c: char| c.is_ascii_digit());
        // 由6.6万元变为5.4万元: from there, and not made of it.
        let from = word == "由" && here.get(split).is_some_and(|c| c.number.span.start == at + word.len());
        // 按事由分: no word of its own.
        let in_word = word == "由" && doc.text[..at].ends_with(['事', '理', '缘', '案']);
        // 桐湾镇有5个；已整改数分别为5、2、6个: of something else.
        let between = here
            .get(split.wrapping_sub(1))
            .map_or("", |c| doc.slice(&(c.number.span.end..at.max(c.number.span.end))));
        let made_of = matches!(word, "构成为" | "来源为" | "来源于" | "来自" | "包括" | "由");
        // 学历构成为硕士1人、大专1人；专业构成为社会工作3人: the last of another list.
        let of_list =
            || here.get(split.wrapping_sub(1)).is_some_and(|c| doc.text[..c.left.start].ends_with('、'));
        let apart = between.contains('；') && (word.starts_with("分别") || made_of && of_list());
        if apart || dated || from || in_word || has_subject(doc, at, word) {
            continue;
        }
        let place = Place { doc, claims, at, word, until: until(doc, at, word, sentence.end) };
        let mut done: Vec<&str> = Vec::new();
        let depth = here.get(split).map_or(0, |c| c.depth);
        // 活动26次，完成合同量（24次）的108.33%，其中大型4次: what stands in brackets is not what is split behind them.
        for last in here[..split].iter().rev().filter(|c| c.depth <= depth).take(2) {
            let class = last.class();
            if done.contains(&class) || !last.exact() || class.is_empty() || !place.is_near(last) {
                continue;
            }
            done.push(class);
            let Some(whole) = place.head(&here[..split], last).filter(|w| place.may_be_whole(here, w)) else {
                continue;
            };
            let parts = place.parts(whole, &here[split..], depth);
            if parts.is_empty() {
                continue;
            }
            odd_unit(doc, whole, &here[split..], depth, sink);
            if word == "其中" || parts.len() >= 2 {
                judge(doc, whole, &parts, word, sink);
            }
        }
    }
}

fn words_at(doc: &Doc, span: &Range<usize>) -> Vec<(usize, &'static str)> {
    let text = doc.slice(span);
    let mut out: Vec<(usize, &str)> =
        WORDS.iter().flat_map(|w| text.match_indices(w).map(|(i, _)| (span.start + i, *w))).collect();
    out.sort_unstable();
    out
}

/// Up to the next 其中 outside brackets: that one speaks of something else.
fn until(doc: &Doc, at: usize, word: &str, end: usize) -> usize {
    let from = at + word.len();
    let rest = doc.slice(&(from..end));
    let mut depth = 0_i32;
    for (i, c) in rest.char_indices() {
        match c {
            '（' => depth += 1,
            '）' => depth -= 1,
            '其' if depth <= 0 && rest[i..].starts_with("其中") => return from + i,
            _ => {}
        }
    }
    end
}

/// 东片包括甲镇、乙镇2个站，西片包括丙镇、丁乡2个站: what the clause speaks of is split into names, and no count before it.
fn has_subject(doc: &Doc, at: usize, word: &str) -> bool {
    const SITES: &[char] = &['片', '区', '镇', '乡', '村', '街', '站', '点', '县', '部', '道'];
    let block = &doc.blocks[doc.block_of(at)];
    let words = doc.tail(block.body..at, 60);
    let clause = words.rsplit(['，', '；', '。', '：', '）']).next().unwrap_or_default();
    matches!(word, "包括" | "包含" | "分别为" | "分别是" | "由")
        && (2..=8).contains(&clause.chars().count())
        && clause.ends_with(SITES)
        && !clause.contains(|c: char| c.is_ascii_digit())
        && !clause.contains(['个', '共', '全', '各'])
}

/// A word that splits a total, and where.
struct Place<'a> {
    doc: &'a Doc,
    claims: &'a Claims,
    at: usize,
    word: &'static str,
    until: usize,
}

impl<'a> Place<'a> {
    fn is_near(&self, last: &Claim) -> bool {
        let most = if self.word == "：" { 30 } else { 20 };
        self.doc.slice(&(last.number.span.end..self.at)).chars().count() <= most
    }

    /// What 其中 speaks of. 318人中，60至69周岁126人…80周岁及以上59人；其中独居74人: of the head, for the list before it is complete;
    /// behind ； of the one count before it or of what 中 names.
    fn head(&self, before: &'a [Claim], last: &'a Claim) -> Option<&'a Claim> {
        if self.word != "其中" {
            return if self.word == "：" { self.split_by(before, last) } else { Some(last) };
        }
        let opens = self.doc.text[..self.at].ends_with('；');
        let kin: Vec<&Claim> = before
            .iter()
            .filter(|c| {
                c.class() == last.class() && c.depth == last.depth && c.exact() && !c.is_mean(self.doc)
            })
            .filter(|c| c.number.span.start <= last.number.span.start && (opens || c.segment == last.segment))
            .collect();
        let made = |i: &usize| {
            let parts = &kin[i + 1..];
            parts.len() >= 2 && parts.iter().map(|c| c.number.value).sum::<Decimal>() == kin[*i].number.value
        };
        if let Some(head) = (0..kin.len()).rev().find(made) {
            return Some(kin[head]);
        }
        // 11人中持证8人，其中9名驻点社工中持证6人: a group of all that 中 names.
        let next = self.claims.within(&(self.at..self.until)).first();
        let grouped = next.is_some_and(|c| is_among(self.doc, c) && c.class() == last.class());
        if !opens && !grouped {
            return Some(last);
        }
        let among = kin.iter().rfind(|c| is_among(self.doc, c)).copied();
        among.or(if let [only] = kin.as_slice() { Some(*only) } else { None })
    }

    /// 个案9件，结了6件，跟进3件；按事由分：养老照护4件…: of the head that the counts before make, or of the only one.
    fn split_by(&self, before: &'a [Claim], last: &'a Claim) -> Option<&'a Claim> {
        let between = self.doc.slice(&(last.number.span.end..self.at));
        if !between.contains('；') {
            return Some(last);
        }
        let kin = before.iter().filter(|c| c.class() == last.class() && c.depth == last.depth && c.exact());
        let kin: Vec<&Claim> = kin.collect();
        let made = |i: &usize| {
            let sum: Decimal = kin[i + 1..].iter().map(|c| c.number.value).sum();
            kin.len() > i + 1 && sum == kin[*i].number.value
        };
        match ((0..kin.len()).rev().find(made), kin.as_slice()) {
            (Some(head), _) => Some(kin[head]),
            (None, [only]) => Some(*only),
            _ => None,
        }
    }

    /// A count that can be split, and no mean, no change and none of several.
    fn may_be_whole(&self, here: &[Claim], whole: &Claim) -> bool {
        let (doc, left) = (self.doc, self.doc.slice(&whole.left));
        // 从最短的62天到最长的132天，由短到长依次为…: the longest is one of them.
        let odd =
            is_change(left) || has_any(left, &["均", "每"]) || EXTREME.iter().any(|w| left.ends_with(w));
        // 49份中有47份: a part of another already. 最多的是大湾村，有11户: one of many.
        let lead = doc.tail(whole.sentence.start..whole.left.start, 45);
        let lead = lead.rsplit(['；', '。']).next().unwrap_or_default();
        let of_many = has_any(lead, &["最多的", "最少的", "最高的", "最低的"]);
        // 文渡58份、南榆57份、东凫54份，其中…依次为: the last of a list.
        let listed = is_listed(doc, here, whole) || ends_family(doc, here, whole);
        let listed = listed && matches!(self.word, "其中" | "：");
        // 应探访300、345、351人次，实际探访分别为309、294、396人次: the last of a list. 三个片区的个案数: what they are of.
        let in_list = whole.is_in_bare_list(doc);
        let of_kind = doc.slice(&whole.right).contains('的') && kind_of(doc.slice(&whole.right)).is_some();
        // 沙庄社区、北峰社区，计2个；荷桥街道：…，计3个: what closes another list.
        let closes = self.word == "："
            && matches!(left, "计" | "共" | "合计" | "共计")
            && doc.slice(&(whole.number.span.end..self.at.max(whole.number.span.end))).contains('；');
        !(closes || in_list || of_kind || odd || of_many || left.starts_with("中有") || listed)
    }

    fn parts(&self, whole: &Claim, behind: &'a [Claim], depth: u32) -> Vec<&'a Claim> {
        let doc = self.doc;
        let parts: Vec<&Claim> = behind
            .iter()
            .take_while(|c| c.number.span.start < self.until && !is_total(doc, c) && !another(doc, c))
            // 其中1份两样都缺，问题档案共5份: all of them together.
            .take_while(|c| !doc.slice(&c.left).ends_with('共'))
            .filter(|c| {
                c.class() == whole.class()
                    && !c.is_mean(doc)
                    && !goes_elsewhere(doc, self.at, c)
                    // 电话完成1955次，…其中上门探访目标2000次，实际2099次.
                    && (!doc.slice(&c.left).ends_with("目标") || doc.slice(&whole.left).contains("目标"))
                    // 其中11人同时是困境儿童，与困境儿童66人去重后共108人: with what it is counted together.
                    && !doc.slice(&c.left).starts_with('与')
                    // 比约定的12次少1次: how many fewer.
                    && !is_change(doc.slice(&c.left))
                    && one_noun(doc, whole, c)
                    && c.depth == depth
                    && c.exact()
                    && (!c.other_period || whole.other_period || doc.slice(&c.left).contains("结转"))
                    && c.target == whole.target
            })
            .collect();
        // 四项未达标的有2个站，王店镇和三官庙镇各有3项: each of them. 南坑村、仙槎村各4天，…其余8个村各2天: so many days in each.
        let each = parts.iter().any(|p| {
            doc.slice(&p.left).contains(['各', '每'])
                || doc.slice(&p.right).contains('各')
                || doc.text[p.right.end..].starts_with('各')
        });
        if parts.is_empty() || each || are_instances(doc, self.claims, whole, &parts) {
            return Vec::new();
        }
        // 12处分别是中心厨房，柳岸、东关2处食堂: the first is told without a number.
        let first = parts.first().map_or(self.at, |p| p.left.start);
        let unnumbered = self.word.starts_with("分别")
            && self
                .doc
                .slice(&(self.at + self.word.len()..first.max(self.at + self.word.len())))
                .contains('，');
        match self.word {
            _ if unnumbered => Vec::new(),
            "分别为" | "分别是" => self.in_one(run_of(doc, &parts)),
            "其中" | "：" => self.needed(whole, parts),
            _ => self.in_one(parts),
        }
    }

    /// 分别为142天、138天…；12所中: what follows behind ； does not belong to the list, unless the word is 其中.
    fn in_one(&self, parts: Vec<&'a Claim>) -> Vec<&'a Claim> {
        let near = |p: &&Claim| !self.doc.slice(&(self.at..p.number.span.start.max(self.at))).contains('；');
        parts.into_iter().filter(near).collect()
    }

    /// 特困186人，其中分散132人、集中54人；困境儿童64人: what stands behind ； is a part only where the others do not make the whole
    /// and it, one digit aside, does; behind a colon also where each part of the sentence holds one.
    fn needed(&self, whole: &Claim, parts: Vec<&'a Claim>) -> Vec<&'a Claim> {
        let (own, rest): (Vec<&Claim>, Vec<&Claim>) =
            parts.iter().copied().partition(|p| p.segment.contains(&self.at));
        if rest.is_empty() {
            return parts;
        }
        let sum = |list: &[&Claim]| list.iter().map(|c| c.number.value).sum::<Decimal>();
        let (total, all) = (whole.number.value, sum(&parts));
        let single = rest.iter().all(|p| {
            let kin = |c: &&Claim| c.class() == p.class() && c.depth == p.depth && c.exact();
            self.claims.within(&p.segment).iter().filter(kin).count() == 1
        });
        let by_colon = self.word == "：" && own.len() <= 1;
        let slip = all == total
            || one_digit_apart(all, total)
            || parts.iter().any(|p| one_digit_apart(p.number.value, p.number.value + total - all));
        if sum(&own) != total && single && (slip || by_colon) { parts } else { own }
    }
}

/// 9名驻点社工中, 318人中: of those.
pub(super) fn is_among(doc: &Doc, c: &Claim) -> bool {
    const NOUNS: &[&str] = &["中级", "中心", "中专", "中年", "中学", "中共", "中小", "中型", "中期"];
    let rest = &doc.text[c.number.span.end..];
    // 后测93个里有2个只做了后测.
    let inside = ["里有", "里的", "里面", "里，"].iter().any(|w| rest.starts_with(w));
    let beside = inside || rest.starts_with('中') && !NOUNS.iter().any(|w| rest.starts_with(w));
    beside || doc.text[c.right.end..].starts_with('中') || doc.slice(&c.right).ends_with('中')
}

/// 3个片区：东片区5个、中片区4个、西片区4个: what lies in each of them, and no part of 3.
fn are_instances(doc: &Doc, claims: &Claims, whole: &Claim, parts: &[&Claim]) -> bool {
    let noun = doc.slice(&whole.right).trim_end_matches('中');
    let kind = kind_of(noun).unwrap_or(noun);
    // 未达标的有2个：云盘乡完成个案5个: what one of them did.
    let did = |c: &&Claim| has_any(doc.slice(&c.left), &["完成", "开展", "走访"]);
    if noun.is_empty() && doc.slice(&whole.left).ends_with("的有") && parts.iter().any(did) {
        return true;
    }
    if kind.is_empty() || matches!(kind, "小组" | "个案" | "项目") {
        return false;
    }
    // 优秀等次3个站：甲、乙、丙；良好等次3个站：…: others of the kind that the whole is.
    let ending = |c: &Claim| doc.slice(&c.left).chars().rev().take(2).collect::<String>();
    if parts.iter().all(|p| {
        ending(p) == ending(whole)
            && ending(p).chars().count() == 2
            && (kind_of(doc.slice(&p.right)).is_some() || doc.slice(&p.right).ends_with('站'))
    }) {
        return true;
    }
    let name = |c: &Claim| {
        let words = doc.slice(&c.left);
        let words = ["其中", "包括", "含"].iter().find_map(|w| words.strip_prefix(w)).unwrap_or(words);
        words.strip_suffix(kind).filter(|n| !n.is_empty()).map(str::to_owned)
    };
    let names: Vec<String> = parts.iter().filter_map(|p| name(p)).collect();
    let sited = |n: &String| {
        n.chars().count() == 1 && n.contains(['东', '西', '南', '北', '中', '一', '二', '三', '四', '五'])
            || claims.places.areas.contains(n)
            || claims.places.communities.contains_key(n)
    };
    let apart = (Decimal::from(names.len()) - whole.number.value).abs();
    names.len() == parts.len() && (names.iter().all(sited) || parts.len() >= 2 && apart <= Decimal::ONE)
}

/// 其中有新增病区的因素；若只比4个病区，本期为3015人次; 年度指标54个减去已完成的28个; 即全年仅9次; 因此分语种统计为6人: no part of what was spoken of.
fn goes_elsewhere(doc: &Doc, at: usize, c: &Claim) -> bool {
    let between = doc.slice(&(at..c.number.span.start.max(at)));
    let words = between.rsplit(['；', '，', '（']).next().unwrap_or_default();
    let supposed = between.rsplit_once('；').is_some_and(|(_, clause)| clause.starts_with(['若', '如']));
    let taken = |from: usize| doc.text[from..].starts_with("减去");
    let concluded = ["，因此", "，故", "，所以", "，因而", "；因此", "；故", "；所以"];
    // 来自学生54人、商户35人，每人结对两位老人，共结对老人460位: what each of them makes.
    let each = between.contains("，每");
    supposed
        || each
        || words.starts_with("实际")
        || has_any(between, &["，即", "；即", "减去"])
        || has_any(between, &concluded)
        || taken(c.right.end)
        || taken(c.number.span.end)
}

/// 另聘用照护员15人, 还有志愿者20人 behind ；: no part of what was spoken of.
fn another(doc: &Doc, c: &Claim) -> bool {
    let left = doc.slice(&c.left);
    let adds = left.starts_with(['另', '还']) && left.chars().count() > 3 || left.starts_with("此外");
    adds && doc.text[..c.left.start].ends_with('；')
}

/// 分别为12份、6份、8份，发现缺漏的5份: as far as the list goes on as it begins.
fn run_of<'a>(doc: &Doc, parts: &[&'a Claim]) -> Vec<&'a Claim> {
    let listed = |w: &&[&Claim]| {
        let gap = doc.slice(&(w[0].number.span.end..w[1].number.span.start.max(w[0].number.span.end)));
        gap.starts_with(['、', '和', '与', '及']) || gap.starts_with("以及")
    };
    let length = 1 + parts.windows(2).take_while(listed).count();
    if length < 2 { parts.to_vec() } else { parts[..length].to_vec() }
}

/// Whether another count of its kind stands right before it in one list: 97人、78人和32人.
fn is_listed(doc: &Doc, here: &[Claim], claim: &Claim) -> bool {
    let at = here.partition_point(|c| c.number.span.start < claim.number.span.start);
    at.checked_sub(1).map(|i| &here[i]).is_some_and(|before| {
        let gap = doc.slice(&(before.number.span.end..claim.number.span.start));
        before.class() == claim.class()
            && before.depth == claim.depth
            && gap.starts_with(['、', '和', '与', '及'])
            && gap.chars().count() <= 10
    })
}

/// 60至69岁126人，占39.6%，70至79岁133人，占41.8%，80岁以上59人，占18.6%: the last of a list told with its shares.
fn ends_family(doc: &Doc, here: &[Claim], claim: &Claim) -> bool {
    let kin = |c: &&Claim| c.class() == claim.class() && c.depth == claim.depth && c.exact();
    let upto = |c: &&Claim| c.segment == claim.segment && c.number.span.start <= claim.number.span.start;
    let list: Vec<&Claim> = here.iter().filter(upto).filter(kin).collect();
    let Some(last) = list.len().checked_sub(3).map(|from| &list[from..]) else { return false };
    let names: Vec<String> = last.iter().map(|c| doc.slice(&c.left).replace("其中", "")).collect();
    family(&names) || names.iter().all(String::is_empty)
}
