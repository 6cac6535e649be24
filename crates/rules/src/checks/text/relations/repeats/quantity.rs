//! Whether a claim states how much there is of something: no change, no part, no full mark, nothing that each has.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::words::has_any;

/// Whether a claim states how much there is of something, so that another statement of it must agree.
pub(super) fn is_quantity(doc: &Doc, claims: &Claims, claim: &Claim) -> bool {
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
    let one_of = ["分别为", "分别是", "依次为", "依次是", "分别", "依次"].iter().any(|w| words.ends_with(w));
    // 2个小组各5节; 受益对象满意度不低于90%: so many of one sort, what is asked for.
    let behind = doc.slice(&(claim.right.end..claim.sentence.end));
    let sentence = doc.slice(&claim.sentence);
    // 服务需求题为多选，职业训练获选74次，文体活动63次: how often it was chosen.
    if has_any(sentence, &["多选", "获选", "被选"]) {
        return false;
    }
    let asked_at_least = has_any(sentence, &["不低于", "不少于", "不超过"]);
    let clause = behind.split(['，', '、', '。', '；']).next().unwrap_or_default();
    let each_so_many = doc.slice(&claim.right).contains('各') || clause.chars().take(4).any(|c| c == '各');
    if each_so_many || asked_at_least {
        return false;
    }
    // 四部分的得分率依次为：专业服务86.0%、满意度93.3%: how much of its marks each part got.
    let marks = doc.slice(&(claim.sentence.start..claim.left.start));
    if claim.number.percent && marks.contains("得分率") && !claim.label.contains("得分率") {
        return false;
    }
    if doc.slice(&claim.right).starts_with('的') || claim.is_some_of(doc, claims) || one_of {
        return false;
    }
    let clause = doc.slice(&(claim.segment.start..claim.left.start));
    let clause = &clause[clause_start(clause)..];
    let lead = doc.slice(&(claim.sentence.start..claim.left.start));
    let of_each = has_any(lead, &["各站", "每站", "每个站", "单站"]) && !lead.contains("合计");
    if of_each {
        return false;
    }
    // 若计入，小组累计将为9个: what would be.
    let supposed = |c: &str| {
        ["若", "如果", "假如", "倘", "假设"].iter().any(|w| c.starts_with(w)) && !c.starts_with("若干")
    };
    if words.contains("将为") || words.contains("将达") || lead.split(['，', '；', '。']).any(supposed)
    {
        return false;
    }
    let asked_for = has_any(lead, &["合同约定", "协议约定", "合同要求", "协议要求"])
        && !has_any(lead.rsplit(['；', '，']).next().unwrap_or_default(), &["实际", "已"]);
    // 小组各开展6节, 上洋社区33人: so many each; a place and nothing else.
    let only_a_place = claim.label.chars().count() <= 6
        && ["社区", "街道", "村", "片区", "站"].iter().any(|w| claim.label.ends_with(w));
    let each = asked_for
        || only_a_place
        || words.contains('各')
        || ["每", "各", "某", "任", "另", "又", "再", "也有", "只有", "仅有"]
            .iter()
            .any(|w| words.starts_with(w) || words.ends_with(w))
        || words.ends_with("中有")
        || words.ends_with("中已有")
        || words.ends_with("中已")
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
    let digits = has_any(&claim.label, &["小数", "四舍五入", "保留"])
        || words.ends_with('到') && claim.number.unit.is_some_and(|u| u.word == "位");
    !digits && own.replace("片区", "").chars().count() >= 2 && !full
}

/// 访谈16人，含社区干部5人、社工3人: those who were asked, and not all there are.
pub(super) fn asked(doc: &Doc, claim: &Claim) -> bool {
    const ASKED: &[&str] = &["访谈", "座谈", "约谈", "面访"];
    let before = doc.slice(&(claim.sentence.start..claim.left.start));
    let own = doc.slice(&(claim.left.start..claim.right.end));
    claim.class() == "人" && has_any(before, ASKED) && !has_any(own, ASKED)
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

/// "考核总分100分：基础管理20分": what a part can score, not what it scored.
fn is_full_mark(doc: &Doc, claim: &Claim) -> bool {
    let words = doc.slice(&(claim.sentence.start..claim.number.span.start));
    // 评估指标由组织保障15分、…、社会效益20分构成，合计100分.
    let behind = doc.slice(&(claim.number.span.end..claim.sentence.end.max(claim.number.span.end)));
    if has_any(behind, &["合计100分", "共100分", "共计100分", "总计100分", "满分100分", "总分100分"])
    {
        return true;
    }
    has_any(words, &["满分", "总分100", "总分1000", "分值", "总分为100", "百分制", "各占"])
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

/// "社区戒毒、社区康复人员合计117名": the number counts more than the words next to it.
fn several(doc: &Doc, claim: &Claim) -> bool {
    let before = doc.slice(&(claim.segment.start..claim.left.start));
    let item = before.strip_suffix('、').and_then(|b| b.rsplit(['，', '、', '；', '：', '（']).next());
    // 238名社区戒毒、社区康复人员: it goes on behind the number.
    let on = doc.slice(&claim.left).is_empty() && doc.text[claim.right.end..].starts_with('、');
    on || item.is_some_and(|i| !i.is_empty() && !i.contains(|c: char| c.is_ascii_digit()))
}

/// 提高2.35分, 相差3名, 高于平均5分: how much, not how many.
pub(in crate::checks::text::relations) fn is_change(words: &str) -> bool {
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
