//! Money that is left, wherever what was granted and what was spent stand: 首期款结余53136.80元 with 首期231600元 and 支出178463.20元 told
//! elsewhere. Spoken of only where no two amounts of the text give it, and one digit of the three would.

use rust_decimal::Decimal;

use super::said::not_what_is_left;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart};
use crate::checks::text::words::has_any;

const RULE: &str = "balance";
/// Most amounts that are left, granted and spent.
const MOST: usize = 16;
const REST: &[&str] = &["结余", "余额", "剩余", "结存", "尚余", "结余为"];
const SPENT: &[&str] = &["支出", "使用", "决算", "开支", "执行", "列支"];
const GRANTED: &[&str] =
    &["合同", "经费", "预算", "拨付", "到账", "资金", "首期", "收入", "总价", "首款", "划拨", "到位", "募集"];

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let says = |c: &Claim, list: &[&str]| has_any(doc.slice(&c.left), list);
    let money: Vec<&Claim> = claims.all.iter().filter(|c| c.class() == "元" && c.exact()).collect();
    let told = || money.iter().filter(|c| doc.blocks[c.block].kind == Kind::Paragraph);
    let left = || {
        told().filter(|c| REST.iter().any(|w| doc.slice(&c.left).ends_with(w)) && !c.other_period).take(MOST)
    };
    if left().next().is_none() {
        return;
    }
    let ten_thousand = Decimal::from(10_000);
    let bare = claims.all.iter().filter(|c| c.class().is_empty() && doc.blocks[c.block].kind == Kind::Cell);
    let cells = bare.flat_map(|c| [Some(c.number.value), c.number.value.checked_mul(ten_thousand)]).flatten();
    let mut values: Vec<Decimal> = money.iter().map(|c| c.number.value).chain(cells).collect();
    values.sort_unstable();
    values.dedup();
    let spent: Vec<&Claim> =
        told().filter(|c| says(c, SPENT) && !says(c, REST) && !c.other_period).take(MOST).copied().collect();
    let granted: Vec<&Claim> = told()
        .filter(|c| !says(c, SPENT) && !says(c, REST) && !c.other_period)
        .filter(|c| says(c, GRANTED) || has_any(doc.slice(&(c.segment.start..c.left.start)), GRANTED))
        .take(MOST)
        .copied()
        .collect();
    for rest in left() {
        let d = rest.number.value;
        sink.tried();
        // 鹿河乡结余47800元，占其拨付额279000元的17.1%: of one of the sites, whose share fits.
        let own = claims.within(&(rest.number.span.end..rest.sentence.end.max(rest.number.span.end)));
        let shared = matches!(own, [base, share, ..] if share.number.percent
            && base.class() == "元"
            && is_share(share.number.value, share.number.decimals, d, base.number.value));
        // 剩余17.20万元 of 171995元: rounded.
        let slack = rest.number.scale / Decimal::TWO;
        let rounded = rest.number.decimals > 0
            && granted
                .iter()
                .any(|g| spent.iter().any(|s| (g.number.value - s.number.value - d).abs() <= slack));
        if shared || rounded || two_apart(&values, d) {
            continue;
        }
        let slip = granted.iter().flat_map(|g| spent.iter().map(move |s| (*g, *s))).find(|(g, s)| {
            let (a, b) = (g.number.value, s.number.value);
            a > b
                && a > d
                && (one_digit_apart(a - b, d) || one_digit_apart(a - d, b) || one_digit_apart(b + d, a))
        });
        let Some((g, s)) = slip else { continue };
        not_what_is_left(doc, sink, (RULE, Severity::Warning), rest, (g, s));
    }
}

/// Whether two of some sorted amounts lie so far apart.
fn two_apart(values: &[Decimal], d: Decimal) -> bool {
    let mut low = 0;
    values.iter().any(|high| {
        while low < values.len() && *high - values[low] > d {
            low += 1;
        }
        low < values.len() && *high - values[low] == d
    })
}
