//! What there was, what came and what there is: 期初1074人，新增186人，期末共1260人; 上一周期末412人，本期新增63人，达到475人，增长15.3%. Losses are `balance`'s.

use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{one_digit_apart, percent_of, prints_as, show, show_percent};
use crate::checks::text::words::has_any;

const RULE: &str = "balance";
const THEN: &[&str] = &[
    "期初",
    "年初",
    "周期末",
    "上年末",
    "上期末",
    "开始时",
    "原有",
    "周期初",
    "启动时",
    "上年底",
    "去年底",
    "评估周期开始",
];
const CAME: &[&str] = &["新增", "新注册", "新登记", "新招募", "新加入", "新吸纳", "增加", "净增", "新发展"];
const NOW: &[&str] = &[
    "达到",
    "达",
    "期末共",
    "期末达",
    "共",
    "总数达",
    "增至",
    "总人数达到",
    "现有",
    "累计",
    "期末为",
    "总数为",
];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for (i, three) in claims.all.windows(3).enumerate() {
        let [then, came, now] = three else { continue };
        let kin = |c: &Claim| c.exact() && c.class() == then.class() && c.sentence == then.sentence;
        if doc.blocks[then.block].kind == Kind::Cell || then.class().is_empty() || !three.iter().all(kin) {
            continue;
        }
        let clause = doc.slice(&(then.segment.start.min(then.left.start)..then.number.span.start));
        let clause = clause.rsplit(['，', '：']).next().unwrap_or_default();
        let has = |c: &Claim, list: &[&str]| has_any(doc.slice(&c.left), list);
        let ends = NOW.iter().any(|w| doc.slice(&now.left).ends_with(w));
        let lost = three.iter().any(|c| has(c, &["退出", "减少", "流失", "离开", "注销"]));
        if !has_any(clause, THEN) || !has(came, CAME) || !ends || lost {
            continue;
        }
        sink.tried();
        let (a, b, c) = (then.number.value, came.number.value, now.number.value);
        if a + b == c {
            growth(doc, claims.all.get(i + 3), (then, came), sink);
            continue;
        }
        let off = |right: Decimal, said: Decimal| right > Decimal::ZERO && one_digit_apart(right, said);
        if off(a + b, c) || off(c - b, a) || off(c - a, b) {
            let message =
                format!("{}+{}={}，文中为“{}”", show(a), show(b), show(a + b), doc.slice(&now.wide()));
            let spans = [now.wide(), then.wide(), came.wide()];
            sink.add(RULE, Severity::Error, message, (show(c), show(a + b)), &spans);
        }
    }
}

/// Behind them the growth in percent.
fn growth(doc: &Doc, next: Option<&Claim>, (then, came): (&Claim, &Claim), sink: &mut Sink<'_>) {
    let grows = ["增长", "增幅", "增幅为", "增长率", "增长率为", "增长了"];
    let rate = next.filter(|r| {
        r.number.percent
            && !r.number.vague
            && r.sentence == then.sentence
            && grows.contains(&doc.slice(&r.left))
    });
    let Some((rate, right)) = rate.and_then(|r| Some((r, percent_of(came.number.value, then.number.value)?)))
    else {
        return;
    };
    let (said, decimals) = (rate.number.value, rate.number.decimals);
    sink.tried();
    if !prints_as(right, said, decimals) {
        let shown = show_percent(right);
        let message = format!(
            "{}÷{}={shown}，文中为“{}”",
            show(came.number.value),
            show(then.number.value),
            doc.slice(&rate.wide())
        );
        let stated = format!("{}%", show(said));
        sink.add("rate", Severity::Error, message, (stated, shown), &[rate.wide(), came.wide(), then.wide()]);
    }
}
