//! Rates by their names: of each, the words that mark what was due and what was made.

use rust_decimal::Decimal;

use super::Pair;
use crate::checks::text::claim::Claim;
use crate::checks::text::doc::Doc;
use crate::checks::text::math::is_share;
use crate::checks::text::words::has_any;

/// Two counts of one unit, one due and one made, before "…率".
pub(super) fn due_and_made<'a>(doc: &Doc, all: &'a [Claim], i: usize) -> Pair<'a> {
    let percent = &all[i];
    // 有效率（有效问卷占收回问卷之比）为95.9%: the name stands before its bracket.
    let bracket = matches!(doc.slice(&percent.left), "" | "为" | "是" | "达");
    let before = doc.slice(&(percent.segment.start..percent.left.start)).strip_suffix('）');
    let before = before.filter(|_| bracket).and_then(|w| w.rsplit_once('（')).map(|w| w.0);
    let before = before.and_then(|w| w.rsplit(['，', '：', '、']).next()).filter(|w| !w.contains("满意"));
    let name = before.unwrap_or_else(|| doc.slice(&percent.left));
    let rate = RATES.iter().find(|r| has_any(name, r.names))?;
    let before: Vec<&Claim> = all[..i]
        .iter()
        .rev()
        .take(16)
        .take_while(|c| {
            c.block == percent.block
                && (c.sentence == percent.sentence
                    || matches!(rate.names[0], "接听率" | "回收率" | "有效率" | "执行率" | "结案率"))
        })
        .filter(|c| c.exact() && c.number.unit.is_some() && c.depth == percent.depth)
        .collect();
    let words = |c: &Claim| {
        let from = doc.slice(&c.left);
        let to = doc.slice(&c.right);
        format!("{from}{to}")
    };
    let has = |c: &Claim, list: &[&str]| has_any(&words(c), list);
    // 尚未持证的3名 are none of 持证.
    let not = |c: &Claim| doc.slice(&c.left).replace("未成年", "").contains(['未', '无', '非']);
    let does = |c: &&&Claim| has(c, rate.part) && !not(c);
    let made = before.iter().find(|c| does(c) && !has(c, rate.whole)).or_else(|| before.iter().find(does))?;
    let due = before.iter().filter(|c| {
        has(c, rate.whole)
            && c.span() != made.span()
            && (!has(c, rate.part) || c.target)
            && c.class() == made.class()
            && !(made.class() == "元" && no_budget(doc, c, made))
    });
    let share = |c: &&Claim| {
        is_share(percent.number.value, percent.number.decimals, made.number.value, c.number.value)
    };
    let mut wholes: Vec<&Claim> = due.copied().collect();
    let kin = |c: &&Claim| rate.whole.iter().any(|w| words(c).contains(w) && words(made).contains(w));
    wholes.sort_by_key(|c| (!share(c), !kin(c)));
    let due = wholes.first()?;
    let (p, decimals) = (percent.number.value, percent.number.decimals);
    let other = before.iter().flat_map(|a| before.iter().map(move |b| (a, b))).find(|(a, b)| {
        a.class() == b.class()
            && a.span() != b.span()
            && is_share(p, decimals, a.number.value, b.number.value)
    });
    if let Some((part, whole)) = other.filter(|_| !share(due)) {
        return Some((part, whole));
    }
    let between = |c: &Claim| {
        all[i.saturating_sub(30)..i].iter().any(|p| {
            p.number.percent && p.sentence == percent.sentence && p.number.span.start > c.number.span.start
        })
    };
    let direct = rate.names[0] == "有效率";
    (direct || !between(due) || !between(made)).then_some((*made, *due))
}

/// Of the money spent (其中…), what each got (各拨付) or so little that it can only be a part: not what there was to spend.
fn no_budget(doc: &Doc, c: &Claim, made: &Claim) -> bool {
    let part = c.number.span.start > made.number.span.start
        && doc.slice(&(made.number.span.end..c.number.span.start)).contains("其中");
    let each = c.is_mean(doc) || doc.slice(&c.left).contains('各');
    part || each || c.number.value * Decimal::from(3) < made.number.value * Decimal::TWO
}

/// A kind of rate, and the words that mark its part and its whole.
struct Rate {
    names: &'static [&'static str],
    part: &'static [&'static str],
    whole: &'static [&'static str],
}

const RATES: &[Rate] = &[
    Rate {
        names: &["拨付率", "到位率", "到账率"],
        part: &["拨付", "到位", "到账"],
        whole: &["预算", "合同", "协议", "总额", "经费", "资金"],
    },
    Rate {
        names: &["建档率", "建档覆盖率", "建档完成率", "覆盖率"],
        part: &["实", "已建", "完成建档", "建档", "已"],
        whole: &["应", "需", "共有", "总", "在册", "登记", "名册", "摸排", "对象共"],
    },
    Rate {
        names: &["到岗率", "出勤率", "参训率"],
        part: &["实到", "实际", "出勤", "参训", "参加", "在岗"],
        whole: &["应到", "应", "共有", "核定", "编制"],
    },
    Rate {
        names: &["有效率"],
        part: &["有效"],
        whole: &["回收", "收回", "发放", "发出", "派发", "拨打", "抽取", "样本"],
    },
    Rate {
        names: &["回收率", "应答率", "成功率", "回应率", "接通率"],
        part: &["回收", "收回", "有效", "成功", "应答", "接通", "完成"],
        whole: &["发放", "派发", "抽取", "拨打", "发出", "样本"],
    },
    Rate {
        names: &["接听率"],
        part: &["接听", "接通"],
        whole: &["呼入", "来电", "拨入", "呼出", "外呼", "通话", "拨打"],
    },
    Rate { names: &["结案率"], part: &["结案"], whole: &["接案", "开案", "个案"] },
    Rate {
        names: &["持证率", "持证比例"],
        part: &["持证", "持有"],
        whole: &["配备", "配置", "社工", "共有"],
    },
    Rate {
        names: &["稳岗率", "留任率", "在岗率"],
        part: &["在岗", "留任", "稳定"],
        whole: &["协议", "应", "配备", "配置"],
    },
    Rate {
        names: &["流失率", "离职率"], part: &["离职", "流失"], whole: &["配备", "配置", "社工", "共有"]
    },
    Rate {
        names: &["执行率", "支出率", "使用率"],
        part: &["支出", "使用", "执行"],
        whole: &["预算", "到账", "经费", "拨付", "拨款", "到位", "资金"],
    },
    Rate {
        names: &["整改率", "整改完成率", "落实率", "办结率", "回复率", "采纳率", "解决率"],
        part: &["完成", "已", "办结", "落实", "回复", "采纳", "解决"],
        whole: &["提出", "共", "收到", "应", "收集", "对接", "需求", "受理"],
    },
    Rate {
        names: &["满意度", "满意率"], part: &["满意"], whole: &["回收", "有效", "成功", "受访", "抽取"]
    },
    Rate { names: &["出席率"], part: &["出席", "实到"], whole: &["应"] },
];
