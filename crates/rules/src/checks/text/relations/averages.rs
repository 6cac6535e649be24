//! Averages against total and count in the same sentence, and stocks: income − expense = balance.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{prints_as, show};

const AVERAGE: &str = "average";
const BALANCE: &str = "balance";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in &doc.blocks {
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            if here.len() >= 3 {
                averages(doc, here, sink);
            }
            if here.len() == 2 {
                across_sentences(doc, here, claims.within(&(block.body..sentence.start)), sink);
            }
            if here.len() >= 3 {
                balance(doc, here, sink);
                stock(doc, here, sink);
                yearly(doc, here, sink);
            }
        }
    }
}

/// The class that an average is taken over: 平均每节, 人均, 户均, 场均.
fn over(words: &str) -> Option<&'static str> {
    const OVER: &[(&str, &str)] = &[
        ("站均", "个"),
        ("平均每站", "个"),
        ("平均每节", "节"),
        ("每节平均", "节"),
        ("平均每场", "次"),
        ("场均", "次"),
        ("每场平均", "次"),
        ("平均每次", "次"),
        ("次均", "次"),
        ("平均每个小组", "个"),
        ("平均每个个案", "个"),
        ("人均", "人"),
        ("平均每人", "人"),
        ("平均每名社工", "人"),
        ("户均", "户"),
        ("平均每户", "户"),
        ("平均每个", "个"),
        ("平均每月", "月"),
        ("月均", "月"),
        ("每月平均", "月"),
        ("平均每个社区", "个"),
        ("平均每支", "支"),
        ("平均每名", "人"),
        ("平均每年", "年"),
        ("年均", "年"),
        ("平均每篇", "篇"),
    ];
    OVER.iter().filter(|(w, _)| words.contains(w)).max_by_key(|(w, _)| w.len()).map(|(_, c)| *c)
}

fn averages(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for (i, mean) in here.iter().enumerate() {
        let Some(class) = over(doc.slice(&mean.left)) else { continue };
        let before: Vec<&Claim> = here[..i]
            .iter()
            .filter(|c| c.exact() && c.depth == mean.depth && !c.target && over(doc.slice(&c.left)).is_none())
            .collect();
        let fits_class = |c: &Claim, class: &str| c.class() == class || class == "人" && c.class() == "人次";
        let all: Vec<&Claim> = here
            .iter()
            .filter(|c| {
                c.exact()
                    && c.depth == mean.depth
                    && !c.target
                    && c.segment == mean.segment
                    && over(doc.slice(&c.left)).is_none()
            })
            .collect();
        let both = |list: &[&Claim]| {
            list.iter().any(|c| fits_class(c, class))
                && list.iter().any(|c| same_kind(c.class(), mean.class()))
        };
        let before = if both(&before) || all.len() != 2 { before } else { all };
        let counts: Vec<&&Claim> = before.iter().filter(|c| fits_class(c, class)).collect();
        let totals: Vec<&&Claim> =
            before.iter().filter(|c| same_kind(c.class(), mean.class()) && c.class() != class).collect();
        let ([.., count], [.., total]) = (counts.as_slice(), totals.as_slice()) else { continue };
        if count.number.value.is_zero()
            || mean.class().is_empty()
            || counts.len() > 1 && totals.len() > 1 && counts.len() != totals.len()
        {
            continue;
        }
        sink.tried();
        let Some(right) = total.number.value.checked_div(count.number.value) else { continue };
        let (m, decimals) = (mean.number.value, mean.number.decimals);
        let slack = if mean.number.vague { Decimal::ONE } else { Decimal::ZERO };
        let fits = |total: &Claim, count: &Claim| {
            count.number.value != Decimal::ZERO
                && prints_as(total.number.value / count.number.value, m, decimals)
        };
        if fits(total, count)
            || (right - m).abs() <= slack
            || totals.iter().any(|t| counts.iter().any(|c| fits(t, c)))
        {
            continue;
        }
        let shown = right.round_dp(decimals.max(2));
        let message = format!(
            "{}÷{}={}，文中为“{}”",
            show(total.number.value),
            show(count.number.value),
            show(shown),
            doc.slice(&mean.wide())
        );
        sink.add(
            AVERAGE,
            Severity::Error,
            message,
            (show(m), show(shown)),
            &[mean.wide(), total.wide(), count.wide()],
        );
    }
}

/// "志愿者共210人。…累计1680小时，人均8小时": the count stands in a sentence before, and is the only one there.
fn across_sentences(doc: &Doc, here: &[Claim], before: &[Claim], sink: &mut Sink<'_>) {
    let [total, mean] = here else { return };
    let Some(class) = over(doc.slice(&mean.left)).filter(|c| matches!(*c, "人" | "户")) else { return };
    if !same_kind(total.class(), mean.class()) || !total.exact() || mean.number.vague {
        return;
    }
    let near = &before[before.len().saturating_sub(12)..];
    let counts: Vec<&Claim> =
        near.iter().filter(|c| c.class() == class && c.exact() && c.number.value > Decimal::ZERO).collect();
    let fits =
        |c: &&&Claim| prints_as(total.number.value / c.number.value, mean.number.value, mean.number.decimals);
    let named = counts
        .iter()
        .filter(|c| doc.slice(&c.left).contains('共') || doc.slice(&c.left).contains('总'))
        .count();
    sink.tried();
    if counts.is_empty() || counts.iter().any(|c| fits(&c)) || named != 1 && counts.len() != 1 {
        return;
    }
    let Some(count) = counts.iter().find(|c| counts.len() == 1 || doc.slice(&c.left).contains(['共', '总']))
    else {
        return;
    };
    let right = (total.number.value / count.number.value).round_dp(2);
    let message = format!(
        "{}÷{}={}，文中为“{}”",
        show(total.number.value),
        show(count.number.value),
        show(right),
        doc.slice(&mean.wide())
    );
    sink.add(
        AVERAGE,
        Severity::Warning,
        message,
        (show(mean.number.value), show(right)),
        &[mean.wide(), total.wide(), count.wide()],
    );
}

/// 户均2次 from 户次: a mean of visits drops the household.
fn same_kind(total: &str, mean: &str) -> bool {
    total == mean || mean == "次" && matches!(total, "户次" | "人次")
}

/// 年初102人，离职9人，新聘5人，年末98人.
fn stock(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    const OPEN: &[&str] = &["年初", "期初", "原有", "上年末", "上期末", "月初"];
    const OUT: &[&str] = &["离职", "减少", "流失", "注销", "销户", "退出", "迁出", "调出", "死亡", "结案"];
    const IN: &[&str] = &["新聘", "新增", "入职", "增加", "补充", "迁入", "调入", "招聘", "新建"];
    const CLOSE: &[&str] = &["年末", "期末", "现有", "年底", "现在", "月末"];
    let all = |words: &[&str]| -> Vec<&Claim> {
        here.iter()
            .filter(|c| c.exact() && c.depth == 0 && words.iter().any(|w| doc.slice(&c.left).contains(w)))
            .collect()
    };
    let (open, out, more, mut close) = (all(OPEN), all(OUT), all(IN), all(CLOSE));
    close.retain(|c| open.iter().all(|o| o.span() != c.span()));
    let ([open], [close]) = (open.as_slice(), close.as_slice()) else { return };
    let moves: Vec<&&Claim> = out.iter().chain(&more).collect();
    if moves.is_empty()
        || moves.iter().any(|m| m.class() != open.class())
        || open.class() != close.class()
        || open.class() == "元"
    {
        return;
    }
    sink.tried();
    let sum = |list: &[&Claim]| list.iter().map(|c| c.number.value).sum::<Decimal>();
    let right = open.number.value - sum(&out) + sum(&more);
    if right != close.number.value {
        let message = format!(
            "{}-{}+{}={}，文中期末为{}",
            show(open.number.value),
            show(sum(&out)),
            show(sum(&more)),
            show(right),
            show(close.number.value)
        );
        let mut spans = vec![close.wide(), open.wide()];
        spans.extend(moves.iter().map(|m| m.wide()));
        sink.add(BALANCE, Severity::Error, message, (show(close.number.value), show(right)), &spans);
    }
}

/// 每年160万元，三年合计480万元.
fn yearly(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for triple in here.windows(3) {
        if let [total, years, each] = triple
            && doc.slice(&each.left).starts_with("每年")
            && doc.slice(&years.left).ends_with('分')
            && years.class() == "年"
            && each.class() == total.class()
            && each.exact()
            && total.exact()
        {
            sink.tried();
            let right = each.number.value * years.number.value;
            if right != total.number.value {
                let message = format!(
                    "{}×{}={}，文中为{}",
                    show(each.number.value),
                    show(years.number.value),
                    show(right),
                    show(total.number.value)
                );
                sink.add(
                    AVERAGE,
                    Severity::Error,
                    message,
                    (show(total.number.value), show(right)),
                    &[total.wide(), each.wide(), years.wide()],
                );
            }
        }
        let [each, years, total] = triple else { continue };
        let per = ["每年", "每年度", "年度"].iter().any(|w| doc.slice(&each.left).starts_with(w));
        let sums = ["合计", "共", "共计", "总计"].contains(&doc.slice(&total.left));
        if !per
            || !sums
            || years.class() != "年"
            || each.class() != total.class()
            || !(each.exact() && total.exact())
        {
            continue;
        }
        sink.tried();
        let right = each.number.value * years.number.value;
        if right != total.number.value {
            let message = format!(
                "{}×{}={}，文中为{}",
                show(each.number.value),
                show(years.number.value),
                show(right),
                show(total.number.value)
            );
            sink.add(
                AVERAGE,
                Severity::Error,
                message,
                (show(total.number.value), show(right)),
                &[total.wide(), each.wide(), years.wide()],
            );
        }
    }
}

fn balance(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let find = |words: &[&str]| {
        let mut found = here.iter().filter(|c| {
            c.class() == "元" && c.exact() && words.iter().any(|w| doc.slice(&c.left).contains(w))
        });
        let first = found.next();
        if found.next().is_some() { None } else { first }
    };
    let left = find(&["结余", "余额", "剩余", "结存"]);
    let opening = find(&["上年结余", "上期结余", "期初", "年初结余", "原有"]);
    let income = find(&["收入", "到账", "拨付", "筹集", "筹得", "募集", "筹款", "预算", "到位"]);
    let expense = find(&["支出", "使用", "支付", "开支"]);
    let (Some(left), Some(income), Some(expense), None) = (left, income, expense, opening) else { return };
    sink.tried();
    let right = income.number.value - expense.number.value;
    if right == left.number.value {
        return;
    }
    let coarse = left.number.scale.max(income.number.scale).max(expense.number.scale) / Decimal::TWO;
    let severity =
        if (right - left.number.value).abs() <= coarse { Severity::Warning } else { Severity::Error };
    let message = format!(
        "{}-{}={}，文中结余为{}，相差{}",
        show(income.number.value),
        show(expense.number.value),
        show(right),
        show(left.number.value),
        show((right - left.number.value).abs()),
    );
    sink.add(
        BALANCE,
        severity,
        message,
        (show(left.number.value), show(right)),
        &[left.wide(), income.wide(), expense.wide()],
    );
}
