//! Stocks and flows: opening − out + in = closing, income − expense = balance, so much a year for so many years.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, show};
use crate::checks::text::words::has_any;

const AVERAGE: &str = "average";
const BALANCE: &str = "balance";
/// 离职一人: one in words is read as an article, and is no claim.
const ONE: char = '一';

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in &doc.blocks {
        left_of_grant(doc, claims, claims.within(&(block.body..block.span.end)), sink);
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            if here.len() >= 3 {
                balance(doc, here, sink);
                stock(doc, here, sink);
                yearly(doc, here, sink);
                each_of_them(doc, here, sink);
            }
            monthly(doc, here, sink);
        }
    }
}

/// 年初102人，离职9人，新聘5人，年末98人.
fn stock(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    const OPEN: &[&str] = &["年初", "期初", "原有", "上年末", "上期末", "月初"];
    const OUT: &[&str] = &[
        "离职", "减少", "流失", "流出", "注销", "销户", "退出", "迁出", "调出", "死亡", "结案", "解除",
        "解矫", "移出", "转出",
    ];
    const IN: &[&str] = &[
        "新聘", "新招", "招录", "新进", "引进", "新增", "入职", "增加", "补充", "迁入", "调入", "招聘",
        "补入", "流入", "新建", "新接", "接收", "转入",
    ];
    const CLOSE: &[&str] = &["年末", "期末", "现有", "年底", "现在", "月末"];
    let all = |words: &[&str]| -> Vec<&Claim> {
        here.iter().filter(|c| c.exact() && c.depth == 0 && has_any(doc.slice(&c.left), words)).collect()
    };
    let (open, mut out, more, mut close) = (all(OPEN), all(OUT), all(IN), all(CLOSE));
    // 期初11名员工中有1名离职: the word stands behind.
    let behind = |c: &&Claim| doc.slice(&c.right).starts_with("离职") && c.exact() && c.depth == 0;
    out.extend(here.iter().filter(behind).filter(|c| !doc.slice(&c.left).contains("离职")));
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
    // 期初10人，离职一人，补充三人: a number in words that is no claim, or one that is told with another word, moves it as well.
    let words = doc.slice(&open.sentence);
    let in_words = OUT.iter().chain(IN).any(|w| words.split(w).skip(1).any(|rest| rest.starts_with(ONE)));
    let in_words = in_words || has_any(words, &["一人", "一名", "一户"]);
    let until = open.number.span.start.max(close.number.span.start);
    let told = |c: &Claim| moves.iter().any(|m| m.span() == c.span());
    let more_told = here.iter().any(|c| {
        let other = c.exact() && c.depth == 0 && c.class() == open.class() && !told(c);
        other && c.number.span.start < until && c.span() != open.span() && c.span() != close.span()
    });
    if in_words || more_told {
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

/// 9个社区各召开4场议事会，共36场.
fn each_of_them(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for three in here.windows(3) {
        let [many, each, all] = three else { continue };
        let between = doc.slice(&(many.number.span.end..each.number.span.start));
        let said = between.contains('各') && !between.contains(['，', '。', '；', '、']);
        let total = matches!(doc.slice(&all.left), "共" | "共计" | "合计");
        let behind = doc.slice(&(each.number.span.end..all.left.start.max(each.number.span.end)));
        let exact = [many, each, all].iter().all(|c| c.exact());
        let counted = matches!(many.class(), "个" | "家" | "支" | "名" | "人" | "所");
        if !(said && total && exact && counted)
            || each.class() != all.class()
            || behind.contains(['、', '。', '；'])
        {
            continue;
        }
        let Some(right) = many.number.value.checked_mul(each.number.value) else { continue };
        sink.tried();
        // 全区集中2场，四所学校各自办的1场，共6场: together with what all of them had.
        let with_another = here
            .iter()
            .any(|c| c.class() == each.class() && c.exact() && c.number.value + right == all.number.value);
        if right != all.number.value && !with_another {
            let message = format!(
                "{}×{}={}，文中为“{}”",
                show(many.number.value),
                show(each.number.value),
                show(right),
                doc.slice(&all.wide())
            );
            let said = (show(all.number.value), show(right));
            sink.add(AVERAGE, Severity::Error, message, said, &[all.wide(), each.wide(), many.wide()]);
        }
    }
}

/// Words before the money that is there to be spent.
const GRANTS: &[&str] = &[
    "合同金额",
    "项目经费",
    "总经费",
    "总预算",
    "合同总额",
    "项目资金",
    "服务经费",
    "到账",
    "协议金额",
    "实拨",
    "项目金额",
    "年度经费",
    "经费",
    "预算",
    "共",
    "收入",
];

/// 实际支出28.458万元，结余2.142万元: together the grant, which stands elsewhere.
fn left_of_grant(doc: &Doc, claims: &Claims, here: &[Claim], sink: &mut Sink<'_>) {
    let says = |c: &Claim, words: &[&str]| words.iter().any(|w| doc.slice(&c.left).ends_with(w));
    let find = |words: &[&str]| {
        let mut found =
            here.iter().filter(|c| c.class() == "元" && c.exact() && c.depth == 0 && says(c, words));
        let first = found.next();
        if found.next().is_some() { None } else { first }
    };
    let spent = find(&["支出", "支出为", "已支出", "使用", "开支", "决算"]).or_else(|| {
        let mut all = here.iter().filter(|c| c.class() == "元" && c.exact() && says(c, &["支出", "支出为"]));
        let first = all.next()?;
        all.all(|c| c.number.value < first.number.value).then_some(first)
    });
    let (Some(spent), Some(left)) = (spent, find(&["结余", "余额", "剩余", "结余为"])) else {
        return;
    };
    if left.number.span.start < spent.number.span.start {
        return;
    }
    let at = claims.all.partition_point(|c| c.number.span.start < spent.number.span.start);
    let (from, to) = (at.saturating_sub(200), (at + 200).min(claims.all.len()));
    let grants: Vec<&Claim> = claims.all[from..to]
        .iter()
        .filter(|c| c.class() == "元" && c.exact() && c.number.value > spent.number.value)
        .filter(|c| {
            // A cell is named by the one before it.
            let name = c
                .block
                .checked_sub(1)
                .filter(|_| doc.blocks[c.block].kind == Kind::Cell && c.left.is_empty());
            let name = name.map_or("", |b| doc.slice(&doc.blocks[b].span));
            says(c, GRANTS) || GRANTS.iter().any(|w| name.ends_with(w))
        })
        .collect();
    sink.tried();
    let sum = spent.number.value + left.number.value;
    let printed = claims.values.binary_search(&sum).is_ok();
    let near = |g: &&&Claim| {
        let right = g.number.value - spent.number.value;
        one_digit_apart(sum, g.number.value) || one_digit_apart(right, left.number.value)
    };
    let same = grants.iter().all(|o| o.number.value == grants[0].number.value);
    let grant = if same { grants.first() } else { grants.iter().find(near) };
    let Some(grant) = grant.filter(|_| !printed) else { return };
    let message = format!(
        "支出{}与结余{}合计{}，经费为{}，相差{}",
        show(spent.number.value),
        show(left.number.value),
        show(sum),
        show(grant.number.value),
        show((sum - grant.number.value).abs())
    );
    let said = (show(left.number.value), show(grant.number.value - spent.number.value));
    sink.add(BALANCE, Severity::Warning, message, said, &[left.wide(), spent.wide(), grant.wide()]);
}

/// 每年160万元，三年合计480万元; 三年共480万元，分三年，每年160万元.
fn yearly(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let per = |c: &Claim| ["每年", "每年度", "年度"].iter().any(|w| doc.slice(&c.left).starts_with(w));
    let sums = |c: &Claim| ["合计", "共", "共计", "总计"].contains(&doc.slice(&c.left));
    for triple in here.windows(3) {
        let [a, b, c] = triple else { continue };
        if per(c) && doc.slice(&b.left).ends_with('分') {
            product(c, b, a, sink);
        } else if per(a) && sums(c) {
            product(a, b, c, sink);
        }
    }
}

/// 每月1600份，全年19200份.
fn monthly(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    for pair in here.windows(2) {
        let [each, year] = pair else { continue };
        let gap = doc.slice(&(each.right.end..year.left.start.max(each.right.end)));
        let fits = doc.slice(&each.left).ends_with("每月")
            && ["全年", "全年共", "全年合计", "全年累计"].contains(&doc.slice(&year.left))
            && gap.chars().count() <= 4
            && each.class() == year.class()
            && each.exact()
            && year.exact();
        let Some(right) = each.number.value.checked_mul(Decimal::from(12)).filter(|_| fits) else { continue };
        sink.tried();
        if right != year.number.value {
            let message =
                format!("{}×12={}，文中为{}", show(each.number.value), show(right), show(year.number.value));
            let said = (show(year.number.value), show(right));
            sink.add(AVERAGE, Severity::Error, message, said, &[year.wide(), each.wide()]);
        }
    }
}

fn product(each: &Claim, years: &Claim, total: &Claim, sink: &mut Sink<'_>) {
    if years.class() != "年" || each.class() != total.class() || !(each.exact() && total.exact()) {
        return;
    }
    sink.tried();
    let Some(right) = each.number.value.checked_mul(years.number.value) else { return };
    if right == total.number.value {
        return;
    }
    let message = format!(
        "{}×{}={}，文中为{}",
        show(each.number.value),
        show(years.number.value),
        show(right),
        show(total.number.value)
    );
    let said = (show(total.number.value), show(right));
    sink.add(AVERAGE, Severity::Error, message, said, &[total.wide(), each.wide(), years.wide()]);
}

fn balance(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) {
    let find = |words: &[&str]| {
        let mut found =
            here.iter().filter(|c| c.class() == "元" && c.exact() && has_any(doc.slice(&c.left), words));
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
    // 预算结余80400元: one number is not two of them; and more spent than there was says that another sum was meant.
    let one =
        income.span() == left.span() || expense.span() == left.span() || income.span() == expense.span();
    let total = expense.number.value + left.number.value;
    let over = right < Decimal::ZERO && !one_digit_apart(total, income.number.value);
    if right == left.number.value || one || over {
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
