//! Samples: the size against its own rule and other mentions, answered + unreached = sampled, and a satisfaction
//! percentage that no whole number of the people asked can give.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, percent_of, show, show_percent, show_sum, whole_people};

const RULE: &str = "sample-rule";
const SUM: &str = "sample-sum";
const BASE: &str = "percent-base";
const DIFFERS: &str = "repeated";

/// What the text says about one survey.
#[derive(Default)]
struct Survey<'a> {
    sampled: Vec<&'a Claim>,
    at_least: Option<&'a Claim>,
    answered: Vec<&'a Claim>,
    missed: Vec<&'a Claim>,
    satisfied: Vec<&'a Claim>,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let survey = read(doc, claims);
    size(doc, &survey, sink);
    mentions(doc, &survey, sink);
    answers(claims, &survey, sink);
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        for sentence in doc.sentences(block) {
            left_over(doc, claims.within(&sentence), sink);
        }
    }
    categories(doc, claims, &survey, sink);
    for percent in &survey.satisfied {
        base(doc, claims, &survey, percent, sink);
    }
}

fn read<'a>(doc: &Doc, claims: &'a Claims) -> Survey<'a> {
    let mut survey = Survey::default();
    for c in claims.all.iter().filter(|c| !c.other_period && doc.blocks[c.block].kind != Kind::Cell) {
        if !matches!(c.class(), "人" | "份" | "户" | "个" | "%") {
            continue;
        }
        let clause = clause(doc, c);
        let before = doc.slice(&(clause.start..c.number.span.start));
        let after = doc.slice(&(c.number.span.end..clause.end));
        let near = doc.slice(&(c.left.start..c.number.span.end));
        let person = matches!(c.class(), "人" | "份" | "户") || c.class() == "个" && after.contains("样本");
        let survey_words = ["满意", "访", "调查", "问卷", "受访", "服务对象"];
        let about = survey_words.iter().any(|w| doc.slice(&c.sentence).contains(w));
        let papers =
            ["档案", "文书", "记录", "资料", "材料", "案卷", "个案"].iter().any(|w| after.contains(w) || before.contains(w));
        let drawn = about
            && !papers
            && ["抽取", "抽样", "抽查", "抽访", "选取", "抽选", "样本量", "样本", "发放问卷", "派发问卷"]
                .iter()
                .any(|w| before.ends_with(w) || before.contains(w));
        let missed = [
            "未访",
            "未接听",
            "未接通",
            "无法接通",
            "无人接听",
            "未能联系",
            "无法联系",
            "拒访",
            "拒绝",
            "空号",
            "停机",
            "未应答",
            "未能接通",
            "失联",
            "未能访问",
            "未成功",
            "错号",
            "关机",
            "未回收",
        ];
        let answered = [
            "接通",
            "成功访问",
            "有效样本",
            "有效访问",
            "有效受访",
            "完成有效",
            "完成访问",
            "成功回访",
            "接受访问",
            "有效问卷",
            "成功完成",
            "实际访问",
            "有效回收",
            "回收有效",
            "有效受访",
            "实际受访",
            "成功调查",
            "完成调查",
            "有效应答",
            "回收",
        ];
        if c.number.percent {
            let satisfied = before.contains("满意度") || before.contains("满意率");
            let goal =
                ["不低于", "达到", "目标", "以上", "指标", "要求", "应"].iter().any(|w| before.ends_with(w))
                    || c.number.vague;
            if satisfied && !goal {
                survey.satisfied.push(c);
            }
        } else if !person || doc.slice(&c.left).contains("专家") {
        } else if ["不少于", "不低于", "至少", "不得少于"].iter().any(|w| before.ends_with(w)) {
            if before.contains('抽') && survey.at_least.is_none() {
                survey.at_least = Some(c);
            }
        } else if missed.iter().any(|w| near.contains(w) || after.contains(w)) && !after.contains("成功") {
            let again =
                survey.missed.iter().any(|m| m.number.value == c.number.value && m.sentence != c.sentence);
            if !again {
                survey.missed.push(c);
            }
        } else if answered.iter().any(|w| near.contains(w) || after.starts_with(w)) && c.exact() {
            survey.answered.push(c);
        } else if c.exact()
            && (drawn && !before.contains("低于") && !before.contains(['各', '每']) && c.depth == 0
                || called(before) && survey.sampled.is_empty())
        {
            survey.sampled.push(c);
        }
    }
    survey
}

/// "电话回访服务对象60人": asked without a word for drawing.
fn called(before: &str) -> bool {
    before.contains("回访") && before.contains("服务对象")
}

fn clause(doc: &Doc, c: &Claim) -> Range<usize> {
    let before = doc
        .slice(&(c.sentence.start..c.number.span.start))
        .rfind(['，', '；', '：', '、', '（'])
        .map_or(0, |i| i + 3);
    let rest = doc.slice(&(c.number.span.end..c.sentence.end));
    let after = rest.find(['，', '；', '、', '）']).unwrap_or(rest.len());
    c.sentence.start + before..c.number.span.end + after
}

fn size(doc: &Doc, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    let Some(rule) = survey.at_least else { return };
    for sampled in survey.sampled.iter().filter(|c| c.class() == rule.class()) {
        sink.tried();
        let (n, least) = (sampled.number.value, rule.number.value);
        let whole = doc.slice(&sampled.sentence).contains('全');
        if n < least && !whole {
            let message = format!("抽样{}人，少于文中要求的不少于{}人", show(n), show(least));
            let expected = format!("不少于{}", show(least));
            sink.add(RULE, Severity::Error, message, (show(n), expected), &[sampled.wide(), rule.wide()]);
        }
    }
}

fn mentions(doc: &Doc, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    let Some((first, rest)) = survey.sampled.split_first() else { return };
    for other in rest.iter().filter(|c| c.class() == first.class()) {
        sink.tried();
        let equal = survey.sampled.iter().filter(|c| c.number.value == other.number.value).count();
        let whole = survey.sampled.iter().filter(|c| c.number.value == first.number.value).count();
        if other.number.value == first.number.value || doc.slice(&other.sentence).contains("其中") {
            continue;
        }
        let (wrong, right) = if equal <= whole { (*other, *first) } else { (*first, *other) };
        let message =
            format!("抽样人数两处不同：“{}”与“{}”", doc.slice(&right.wide()), doc.slice(&wrong.wide()));
        sink.add(
            DIFFERS,
            Severity::Error,
            message,
            (show(wrong.number.value), show(right.number.value)),
            &[wrong.wide(), right.wide()],
        );
    }
}

fn answers(claims: &Claims, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    let Some(sampled) = survey.sampled.first() else { return };
    let class = sampled.class();
    for answered in survey.answered.iter().filter(|c| c.class() == class) {
        let missed: Vec<&&Claim> =
            survey.missed.iter().filter(|c| c.class() == class && c.sentence == answered.sentence).collect();
        sink.tried();
        let larger = |c: &&Claim| c.class() == class && c.number.value >= answered.number.value;
        let earlier = || claims.within(&(sampled.sentence.start..answered.number.span.start)).iter();
        if answered.number.value > sampled.number.value {
            if earlier().filter(|c| c.exact()).any(|c| larger(&c)) {
                continue;
            }
            let message =
                format!("有效人数{}大于抽样人数{}", show(answered.number.value), show(sampled.number.value));
            sink.add(
                SUM,
                Severity::Error,
                message,
                (show(answered.number.value), show(sampled.number.value)),
                &[answered.wide(), sampled.wide()],
            );
        } else if !missed.is_empty() {
            let mut parts = vec![answered.number.value];
            parts.extend(missed.iter().map(|m| m.number.value));
            let sum: Decimal = parts.iter().sum();
            let nested = missed.len() > 1
                && missed[0].number.value == missed[1..].iter().map(|m| m.number.value).sum::<Decimal>();
            if sum != sampled.number.value && !nested {
                let message = format!(
                    "成功与未成功合计{}，抽样为{}，相差{}",
                    show_sum(&parts),
                    show(sampled.number.value),
                    show((sum - sampled.number.value).abs()),
                );
                let mut spans = vec![answered.wide(), sampled.wide()];
                spans.extend(missed.iter().map(|m| m.wide()));
                sink.add(SUM, Severity::Error, message, (show(sampled.number.value), show(sum)), &spans);
            }
        }
    }
}

/// 432名样本中，12名未能访问，实际访问420名: what is left after those who fell out.
fn left_over(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    const OUT: &[&str] =
        &["未能访问", "未能接通", "未接听", "无法接通", "拒访", "作废", "无效", "剔除", "未回收", "空号", "未应答", "失访", "未完成访问"];
    const LEFT: &[&str] = &["实际访问", "实际完成", "有效问卷", "完成访问", "成功访问", "有效样本", "实际回收", "有效访问", "接受访问"];
    let people: Vec<&Claim> = here.iter().filter(|c| matches!(c.class(), "人" | "份" | "户") && c.exact()).collect();
    for (i, out) in people.iter().enumerate() {
        let Some(rest) = people.get(i + 1) else { continue };
        let until = rest.left.start.max(out.number.span.start);
        let fell = OUT.iter().any(|w| doc.slice(&(out.left.start..until)).contains(w));
        let after = doc.slice(&(rest.left.start..rest.right.end.min(rest.sentence.end)));
        let remains = LEFT.iter().any(|w| after.contains(w) || doc.text[rest.number.span.end..].starts_with(w));
        let (Some(whole), true) = (i.checked_sub(1).map(|j| people[j]), fell && remains) else { continue };
        let right = whole.number.value - out.number.value;
        sink.tried();
        let fits = people[..i].iter().any(|w| w.number.value - out.number.value == rest.number.value);
        let several = people[..i].iter().filter(|c| c.number.value < out.number.value * Decimal::TEN).count() > 1;
        if fits || several || whole.number.value <= out.number.value {
            continue;
        }
        let message = format!(
            "{}-{}={}，文中为“{}”",
            show(whole.number.value),
            show(out.number.value),
            show(right),
            doc.slice(&rest.wide())
        );
        let spans = [rest.wide(), out.wide(), whole.wide()];
        sink.add(SUM, Severity::Error, message, (show(rest.number.value), show(right)), &spans);
    }
}

/// Which of the numbers asked can give the percentage.
fn base(doc: &Doc, claims: &Claims, survey: &Survey<'_>, percent: &Claim, sink: &mut Sink<'_>) {
    let Some(sampled) = survey.sampled.first().or(survey.answered.first()) else { return };
    let here = claims.within(&percent.sentence);
    let satisfied = here.iter().find(|c| {
        !c.number.percent
            && matches!(c.class(), "人" | "份")
            && doc.slice(&(c.left.start..clause(doc, c).end)).replace("满意度", "").contains("满意")
            && c.depth == percent.depth
            && c.exact()
    });
    let graded =
        here.iter().filter(|c| !c.number.percent && doc.slice(&c.left).ends_with("满意")).count() >= 2;
    if graded {
        return;
    }
    let n = sampled.number.value;
    let missed: Decimal =
        survey.missed.iter().filter(|c| c.class() == sampled.class()).map(|c| c.number.value).sum();
    let mut bases = vec![n];
    if let Some(answered) = survey.answered.first() {
        bases.insert(0, answered.number.value);
        bases.extend(survey.answered[1..].iter().map(|c| c.number.value));
    } else if missed > Decimal::ZERO && missed < n {
        bases.push(n - missed);
    }
    sink.tried();
    let (p, decimals) = (percent.number.value, percent.number.decimals);
    if let Some(satisfied) = satisfied {
        if !bases.iter().any(|b| is_share(p, decimals, satisfied.number.value, *b)) {
            let right = percent_of(satisfied.number.value, bases[0]).map_or_else(String::new, show_percent);
            let message = format!(
                "满意{}人、{}人中为{right}，文中为{}%",
                show(satisfied.number.value),
                show(bases[0]),
                show(p)
            );
            sink.add(
                "rate",
                Severity::Error,
                message,
                (format!("{}%", show(p)), right),
                &[percent.wide(), satisfied.wide(), sampled.wide()],
            );
        }
        return;
    }
    let possible: Vec<Decimal> = bases.iter().copied().filter(|b| whole_people(p, decimals, *b)).collect();
    let unsaid = missed > Decimal::ZERO && survey.answered.is_empty();
    let by_score = |c: &&Claim| {
        c.number.value == percent.number.value
            && ["分", "平均"].iter().any(|w| doc.slice(&(c.sentence.start..c.number.span.start)).contains(w))
    };
    let scored = survey.satisfied.iter().any(by_score);
    let spans: Vec<_> = std::iter::once(percent.wide())
        .chain([sampled.wide()])
        .chain(survey.missed.iter().map(|m| m.wide()))
        .collect();
    let could = could_be(p, decimals, n);
    if possible.is_empty() && !scored {
        let shown: Vec<String> = bases.iter().map(|b| near_misses(p, *b)).collect();
        let message =
            format!("满意度{}%的基数未说明，且不是整数人数之比：{}{could}", show(p), shown.join("；"));
        sink.add(
            BASE,
            Severity::Warning,
            message,
            (format!("{}%", show(p)), "写明基数（人数或评分）".into()),
            &spans,
        );
    } else if unsaid && !scored {
        let message =
            format!("满意度{}%的基数未说明：抽样{}人中有{}人未接受访问", show(p), show(n), show(missed));
        let bases: Vec<String> = possible.iter().map(|b| format!("{}人", show(*b))).collect();
        sink.add(
            BASE,
            Severity::Note,
            message,
            (format!("{}%", show(p)), format!("写明基数（可能是{}）", bases.join("或"))),
            &spans,
        );
    }
}

/// 非常满意81人，满意30人，一般4人: together the people who answered, and the percentage the satisfied among them.
fn categories(doc: &Doc, claims: &Claims, survey: &Survey<'_>, sink: &mut Sink<'_>) {
    const CONTENT: &[&str] = &["非常满意", "很满意", "满意", "表示满意", "较满意", "比较满意", "基本满意"];
    const OTHER: &[&str] =
        &["一般", "不满意", "较不满意", "很不满意", "非常不满意", "不太满意", "不清楚", "说不清"];
    let name = |c: &Claim| {
        let before = doc.slice(&(c.sentence.start..c.left.start));
        if matches!(doc.slice(&c.left), "的" | "" | "的有") && before.ends_with('”') {
            let quoted = before.trim_end_matches('”');
            return quoted.rfind('“').map_or_else(String::new, |i| quoted[i + '“'.len_utf8()..].to_owned());
        }
        doc.slice(&c.left)
            .trim_start_matches("其中")
            .trim_start_matches("表示")
            .trim_end_matches(['的', '有', '为'])
            .to_owned()
    };
    for block in &doc.blocks {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            let named: Vec<(&Claim, String)> = here
                .iter()
                .filter(|c| matches!(c.class(), "人" | "份") && c.exact())
                .map(|c| (c, name(c)))
                .collect();
            let content: Vec<&Claim> =
                named.iter().filter(|c| CONTENT.contains(&c.1.as_str())).map(|c| c.0).collect();
            let other: Vec<&Claim> =
                named.iter().filter(|c| OTHER.contains(&c.1.as_str())).map(|c| c.0).collect();
            if content.is_empty() || other.is_empty() || content.len() + other.len() < 3 {
                continue;
            }
            let before = survey.answered.iter().rfind(|c| c.number.span.start < sentence.end);
            let Some(base) = before.or(survey.answered.first()).or(survey.sampled.first()) else { continue };
            let value = |list: &[&Claim]| list.iter().map(|c| c.number.value).sum::<Decimal>();
            let all: Vec<&Claim> = content.iter().chain(&other).copied().collect();
            let spans: Vec<_> = std::iter::once(base.wide()).chain(all.iter().map(|c| c.wide())).collect();
            let sum = value(&all);
            sink.tried();
            let asked = claims.values.binary_search(&sum).is_ok();
            if !asked && sum != base.number.value {
                let parts: Vec<Decimal> = all.iter().map(|c| c.number.value).collect();
                let message =
                    format!("各满意程度人数{}，受访为{}", show_sum(&parts), show(base.number.value));
                sink.add(SUM, Severity::Error, message, (show(sum), show(base.number.value)), &spans);
                continue;
            }
            for percent in
                survey.satisfied.iter().filter(|p| p.number.span.start.abs_diff(sentence.start) < 400)
            {
                let (p, decimals) = (percent.number.value, percent.number.decimals);
                let own = claims.within(&percent.sentence).iter().any(|c| matches!(c.class(), "人" | "份") && c.exact());
                if own && percent.sentence.start != sentence.start {
                    continue;
                }
                let fits = is_share(p, decimals, value(&content), sum)
                    || content.len() > 1
                        && (1..content.len()).any(|n| is_share(p, decimals, value(&content[..n]), sum));
                if !fits && !doc.slice(&percent.left).contains("分") {
                    let right = percent_of(value(&content), sum).map_or_else(String::new, show_percent);
                    let message = format!(
                        "满意{}人、受访{}人，满意度为{right}，文中为{}%",
                        show(value(&content)),
                        show(sum),
                        show(p)
                    );
                    sink.add(
                        "rate",
                        Severity::Error,
                        message,
                        (format!("{}%", show(p)), right),
                        &[percent.wide(), content[0].wide()],
                    );
                }
            }
        }
    }
}

fn near_misses(p: Decimal, base: Decimal) -> String {
    let about = (p * base / Decimal::ONE_HUNDRED).floor();
    let show_one = |k: Decimal| {
        format!("{}÷{}={}", show(k), show(base), percent_of(k, base).map_or_else(String::new, show_percent))
    };
    format!("{}，{}", show_one(about), show_one(about + Decimal::ONE))
}

/// The largest bases up to the sample that can give the percentage.
fn could_be(p: Decimal, decimals: u32, n: Decimal) -> String {
    let top: i64 = n.trunc().try_into().unwrap_or(0);
    let fits: Vec<String> = (1..=top.min(2_000))
        .rev()
        .map(Decimal::from)
        .filter(|b| whole_people(p, decimals, *b))
        .take(3)
        .map(show)
        .collect();
    if fits.is_empty() {
        String::new()
    } else {
        format!("（{}人为基数时才有可能）", fits.join("、"))
    }
}
