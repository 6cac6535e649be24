//! How many people against their names with their posts: 专职人员4名，分别为主管冉若渠，社工谭溪桥、向晚舟、覃牧云; 评估组共4人，由组长厉秋野和成员边若谷、
//! 阮知微、郎庭树组成; 专职社工3人。…专职社工为黄梓萱、蒙丽沙、陆远帆. Bare lists of names belong to `counts`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::show;
use crate::checks::text::words::has_any;

const RULE: &str = "count-names";
/// Most people named one by one.
const MOST: usize = 20;
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢裴陆荣翁荀羊惠甄曲家封储靳汲松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司黎薄印白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷辛阚那简饶空曾沙养鞠须丰巢关蒯相查荆红游竺权覃佟涂揭占岳涂肖付闫区麦庹邝粟仝岩刀";
/// Words with which a post ends.
const POSTS: &[&str] = &[
    "长",
    "员",
    "社工",
    "助理",
    "专家",
    "督导",
    "主管",
    "财务",
    "会计",
    "主任",
    "负责人",
    "召集人",
    "专干",
    "干事",
    "顾问",
    "教授",
    "师",
    "老师",
    "出纳",
    "行政",
    "志愿者",
    "代表",
    "秘书",
];
const INTROS: &[&str] = &[
    "分别为",
    "分别是",
    "分别由",
    "：",
    "，由",
    "（",
    "依次为",
    "名单为",
    "，即",
    "，包括",
    "，组长为",
    "，组长是",
    "，组长",
];
const ENDS: &[&str] =
    &["其中", "另由", "另有", "另外", "另聘", "组成", "构成", "负责", "担任", "承担", "等", "；"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
        if !claims.within(&(block.body..block.span.end)).iter().any(people) {
            continue;
        }
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            if let Some(whole) = here.first().filter(|c| people(c)) {
                whole_list(doc, here, whole, sink);
            }
        }
        by_post(doc, claims, block.body..block.span.end, sink);
    }
}

fn people(c: &Claim) -> bool {
    let few = c.number.value >= Decimal::TWO && c.number.value <= Decimal::from(MOST);
    c.class() == "人" && c.exact() && few && !c.target && !c.other_period
}

/// The first count of a sentence and the names behind it, up to what is no name.
fn whole_list(doc: &Doc, here: &[Claim], whole: &Claim, sink: &mut Sink<'_>) {
    let rest = doc.slice(&(whole.number.span.end..whole.sentence.end));
    let intro = INTROS.iter().filter_map(|w| Some((rest.find(w)?, *w))).min();
    let Some((at, intro)) = intro else { return };
    // 其中站长1名、社工3名，分别为: the whole stands first; 从12人中抽取3人，分别为: those drawn.
    let lead = &rest[..at];
    let parts = || here.iter().skip(1).filter(|c| c.number.span.end <= whole.number.span.end + at);
    let sum: Decimal = parts().map(|c| c.number.value).sum();
    let divided = parts().count() == 0 || parts().all(|c| c.class() == "人") && sum == whole.number.value;
    if !divided || has_any(lead, &["抽取", "选取", "随机", "离职", "新增"]) {
        return;
    }
    let from = at + if intro.contains("组长") { "，".len() } else { intro.len() };
    let (names, posts) = count(&rest[from..]);
    let Some(told) = whole.number.value.to_usize().filter(|_| posts && names >= 2) else { return };
    sink.tried();
    if names.abs_diff(told) == 1 {
        not_so_many(doc, whole, names, sink);
    }
}

/// How many people a list names, and whether it tells the post of one; nobody where an item is no name.
pub(super) fn count(list: &str) -> (usize, bool) {
    let end = ENDS.iter().filter_map(|w| list.find(w)).min().unwrap_or(list.len());
    let list = unbracketed(list[..end].split('。').next().unwrap_or_default());
    let (mut names, mut posts) = (0, false);
    for clause in list.split(['，', '；']) {
        let mut found = 0;
        let mut all = true;
        for whole_item in clause.split(['、', '：']).flat_map(halves).filter(|i| !i.is_empty()) {
            let (whole_item, item) = (whole_item.as_str(), whole_item.as_str());
            // 成员为甲、乙、丙3人.
            let item =
                item.trim_end_matches(['人', '名', '位']).trim_end_matches(|c: char| c.is_ascii_digit());
            let item = if item.is_empty() || item.starts_with(|c: char| c.is_ascii_digit()) {
                whole_item
            } else {
                item
            };
            match person(item) {
                Some((n, post)) => {
                    found += n;
                    posts |= post;
                }
                // 组员：甲、乙.
                None if POSTS.iter().any(|p| item.ends_with(p)) => posts = true,
                None => all = false,
            }
        }
        if !all {
            return if found > 0 || names == 0 { (0, false) } else { (names, posts) };
        }
        names += found;
    }
    (names, posts)
}

pub(super) fn unbracketed(list: &str) -> String {
    let mut depth = 0_i32;
    list.chars()
        .filter(|c| {
            depth += i32::from(*c == '（');
            let keep = depth == 0;
            depth = (depth - i32::from(*c == '）')).max(0);
            keep
        })
        .collect()
}

/// 涂映辉和熊采薇以及3名助理: both sides of the words that join.
fn halves(item: &str) -> Vec<String> {
    for word in ["以及", "和", "及", "与"] {
        for (at, _) in item.match_indices(word) {
            let (a, b) = (&item[..at], &item[at + word.len()..]);
            if person(a).is_some() && halves(b).iter().all(|h| person(h).is_some()) {
                return std::iter::once(a.to_owned()).chain(halves(b)).collect();
            }
        }
    }
    vec![item.to_owned()]
}

/// One person by name, with whether a post stands before it; or so many of a kind: 3名评价助理.
pub(super) fn person(item: &str) -> Option<(usize, bool)> {
    let digits = item.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 {
        let n = item[..digits].parse().ok()?;
        let rest = &item[digits..];
        // 10名 alone is another count; 3名助理 are people of the list.
        let kind = rest.strip_prefix(['名', '位', '人']).is_some_and(|kind| {
            !kind.is_empty() && kind.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        });
        return (kind && n <= MOST).then_some((n, true));
    }
    let chars: Vec<char> = item.chars().collect();
    if !chars.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c)) {
        return None;
    }
    [3, 2].into_iter().filter(|n| chars.len() >= *n).find_map(|n| {
        let (post, name) = chars.split_at(chars.len() - n);
        let post: String = post.iter().collect();
        let post = post.trim_end_matches(['为', '是', '有', '由']);
        let name: String = name.iter().collect();
        let surname = name.chars().next().is_some_and(|c| SURNAMES.contains(c));
        let no_word =
            !has_any(&name, &["社工", "专家", "成员", "助理", "社区", "中心", "人员", "主任", "志愿"]);
        let led = post.is_empty() || POSTS.iter().any(|p| post.ends_with(p));
        (surname && no_word && led).then_some((1, !post.is_empty()))
    })
}

/// 专职社工3人。专职社工为甲、乙、丙: a post with its number and, behind it, with its names.
fn by_post(doc: &Doc, claims: &Claims, body: std::ops::Range<usize>, sink: &mut Sink<'_>) {
    let counts: Vec<&Claim> = claims.within(&body).iter().filter(|c| people(c)).collect();
    for whole in counts {
        let post = doc.slice(&whole.left).trim_start_matches("其中");
        let known =
            !post.contains("志愿") && post.chars().count() >= 2 && POSTS.iter().any(|p| post.ends_with(p));
        let rest = doc.slice(&(whole.number.span.end..body.end));
        let list = ["为", "有", "是"].iter().find_map(|w| {
            let said = format!("{post}{w}");
            let at = rest
                .match_indices(&said)
                .map(|m| m.0)
                .find(|at| rest[..*at].ends_with(['，', '。', '；']))?;
            Some(&rest[at + said.len()..])
        });
        let Some(list) = list.filter(|_| known) else { continue };
        let list = list.split(['，', '。', '；']).next().unwrap_or_default();
        let (names, _) = count(list);
        let Some(told) = whole.number.value.to_usize().filter(|_| names >= 1) else { continue };
        sink.tried();
        if names.abs_diff(told) == 1 {
            not_so_many(doc, whole, names, sink);
        }
    }
}

fn not_so_many(doc: &Doc, whole: &Claim, names: usize, sink: &mut Sink<'_>) {
    if sink.said(&[whole.wide().start, whole.span().start]) {
        return;
    }
    let message = format!("文中说“{}”，列出姓名的是{names}人", doc.slice(&whole.wide()));
    let said = (show(whole.number.value), names.to_string());
    sink.add(RULE, Severity::Warning, message, said, &[whole.wide()]);
}
