//! Lists that are tables in words: 岭头社工点：服务对象182人，走访852户次 in one paragraph after another, or part by part
//! between ；. Their sums against the totals said near by, their length against the number said of them.

use std::ops::Range;

use rust_decimal::Decimal;

use super::closed::is_total;
use super::family::common_suffix;
use super::grid::{Grid, Value};
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{mistaken, show, show_sum};
use crate::checks::text::words::has_any;

const SUM: &str = "area-total";
const COUNT: &str = "count-names";

/// A list read as a table: one row per item, one column per count.
pub(super) struct Listing<'a> {
    names: Vec<String>,
    metrics: Vec<String>,
    rows: Vec<Vec<&'a Claim>>,
    /// The line behind it that totals it: 合计 385人.
    end: Option<Vec<&'a Claim>>,
}

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for listing in listings(doc, claims) {
        for column in 0..listing.metrics.len() {
            listing.total(doc, claims, column, sink);
        }
        listing.length(doc, claims, sink);
    }
}

/// The tables of a text and its lists as tables.
pub(super) fn grids<'a>(doc: &Doc, claims: &'a Claims) -> &'a [Grid] {
    claims.grids.get_or_init(|| read_grids(doc, claims))
}

fn read_grids(doc: &Doc, claims: &Claims) -> Vec<Grid> {
    let tables = doc.tables.iter().map(|t| Grid::read(doc, claims, t));
    tables.chain(listings(doc, claims).iter().map(Listing::grid)).collect()
}

/// All lists of at least three items whose counts have the same units in the same order.
pub(super) fn listings<'a>(doc: &Doc, claims: &'a Claims) -> Vec<Listing<'a>> {
    let mut out = Vec::new();
    let mut items: Vec<Range<usize>> = Vec::new();
    for block in &doc.blocks {
        if block.kind != Kind::Paragraph {
            close(doc, claims, &mut items, &mut out);
            continue;
        }
        let body = block.body..block.span.end;
        let mut parts = doc.pieces(body.clone(), &['；', '。']);
        parts.retain(|p| !claims.within(p).is_empty());
        if parts.len() >= 3 {
            close(doc, claims, &mut items, &mut out);
            items = parts;
            close(doc, claims, &mut items, &mut out);
        } else {
            items.push(body);
        }
    }
    close(doc, claims, &mut items, &mut out);
    out
}

fn close<'a>(doc: &Doc, claims: &'a Claims, items: &mut Vec<Range<usize>>, out: &mut Vec<Listing<'a>>) {
    let all = std::mem::take(items);
    let mut from = 0;
    while from < all.len() {
        let first = signature(claims, &all[from]);
        let ends = |i: &Range<usize>| {
            let words = doc.slice(i);
            ["合计", "总分", "总计", "共计", "总得分"].iter().any(|w| words.starts_with(w))
        };
        let same = |i: &&Range<usize>| signature(claims, i) == first && !ends(i);
        let length = all[from..].iter().take_while(same).count();
        let (lead, tail) = (all[..from].last(), all.get(from + length));
        let edges = [
            lead.filter(|_| length >= 2).and_then(|i| opening(doc, claims, i, (&first, &all[from]))),
            tail.filter(|i| length >= 2 && !ends(i)).and_then(|i| closing(doc, claims, i, &first)),
        ];
        let [lead, tail] = edges;
        let items: Vec<Range<usize>> =
            lead.into_iter().chain(all[from..from + length].iter().cloned()).chain(tail).collect();
        if items.len() >= 3 && !first.is_empty() {
            let end = all.get(from + length).filter(|i| ends(i) && signature(claims, i) == first);
            let end = end.map(|i| claims.within(i).iter().collect());
            out.extend(Listing::read(doc, claims, &items).map(|l| Listing { end, ..l }));
        }
        from += length.max(1);
    }
}

/// 六项指标里，组织管理满分10分，得8.6分: the last counts of what stands before a list are its first item.
fn opening(
    doc: &Doc,
    claims: &Claims,
    item: &Range<usize>,
    (first, next): (&[&str], &Range<usize>),
) -> Option<Range<usize>> {
    let own = signature(claims, item);
    let extra =
        own.len().checked_sub(first.len()).filter(|n| *n > 0 && !first.is_empty() && own[*n..] == *first)?;
    let here = &claims.within(item)[extra..];
    // 实拨144万元。支出如下：: what stands before the list ends with other words.
    let last = here.last()?;
    if doc.slice(&(last.right.end.min(item.end)..item.end)).chars().count() > 2 {
        return None;
    }
    let alike = here.iter().zip(claims.within(next)).enumerate().all(|(k, (a, b))| {
        doc.slice(&a.right) == doc.slice(&b.right) && (k == 0 || doc.slice(&a.left) == doc.slice(&b.left))
    });
    let start = here.first().filter(|c| alike && !c.number.chinese)?.left.start;
    doc.text[..start].ends_with(['，', '：']).then_some(start..item.end)
}

/// 凤垭乡5个（已改4个），共42个、已改39个: the first counts of what ends a list are its last item.
fn closing(doc: &Doc, claims: &Claims, item: &Range<usize>, first: &[&str]) -> Option<Range<usize>> {
    let own = signature(claims, item);
    let extra = own.len() > first.len() && !first.is_empty() && own[..first.len()] == *first;
    let here = claims.within(item);
    let next = here.get(first.len()).filter(|_| extra)?;
    let total = ["共", "合计", "总计", "共计"].iter().any(|w| doc.slice(&next.left).starts_with(w));
    total.then_some(item.start..here[first.len() - 1].right.end.max(here[first.len() - 1].number.span.end))
}

/// Units of an item's counts in their order; empty when there are none or too many.
fn signature(claims: &Claims, item: &Range<usize>) -> Vec<&'static str> {
    let here = claims.within(item);
    let odd =
        here.is_empty() || here.len() > 8 || here.iter().any(|c| c.number.vague || c.class().is_empty());
    if odd { Vec::new() } else { here.iter().map(Claim::class).collect() }
}

impl<'a> Listing<'a> {
    fn read(doc: &Doc, claims: &'a Claims, items: &[Range<usize>]) -> Option<Self> {
        let rows: Vec<Vec<&Claim>> = items.iter().map(|i| claims.within(i).iter().collect()).collect();
        let words = |c: &Claim| doc.slice(&c.left).to_owned();
        let columns = rows.first()?.len();
        let metrics: Vec<String> = (0..columns)
            .map(|k| {
                let left: Vec<String> = rows.iter().map(|r| words(r[k])).collect();
                let right: Vec<String> = rows.iter().map(|r| doc.slice(&r[k].right).to_owned()).collect();
                let same = right.iter().all(|r| *r == right[0]);
                format!("{}{}", common_suffix(&left), if same { right[0].as_str() } else { "" })
            })
            .collect();
        let alike = (1..columns).all(|k| rows.iter().all(|r| words(r[k]) == words(rows[0][k])));
        let named = |(item, row): (&Range<usize>, &Vec<&Claim>)| {
            let lead = doc.slice(&(item.start..row[0].number.span.start));
            let own = lead
                .find('：')
                .map_or_else(|| lead.strip_suffix(metrics[0].as_str()).unwrap_or(lead), |i| &lead[..i]);
            own.split('（').next().unwrap_or_default().trim_matches(['“', '”', '，']).to_owned()
        };
        let names: Vec<String> = items.iter().zip(&rows).map(named).collect();
        let plain =
            |n: &String| (2..=12).contains(&n.chars().count()) && n.chars().all(char::is_alphanumeric);
        let distinct = names.iter().enumerate().all(|(i, n)| !names[..i].contains(n));
        (alike && distinct && names.iter().all(plain)).then_some(Self { names, metrics, rows, end: None })
    }

    fn grid(&self) -> Grid {
        let value = |c: &&Claim| Value {
            value: c.number.value,
            decimals: c.number.decimals,
            percent: c.number.percent,
            below_zero: false,
            class: c.class(),
            span: c.span(),
        };
        let rows = self.rows.iter().map(|r| r.iter().map(value).collect()).collect();
        Grid::of_list(&self.names, &self.metrics, rows)
    }

    /// The total said behind the list or right before it, by unit and words.
    fn total(&self, doc: &Doc, claims: &Claims, column: usize, sink: &mut Sink<'_>) {
        let parts: Vec<&Claim> = self.rows.iter().map(|r| r[column]).collect();
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        if first.number.percent || matches!(first.class(), "年" | "月" | "天" | "岁") {
            return;
        }
        let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
        let sum: Decimal = values.iter().sum();
        let marks = self.rows[0].iter().filter(|c| c.class() == "分").count() == 2;
        if marks
            && first.class() == "分"
            && self.rows[0].iter().position(|c| c.class() == "分") == Some(column)
        {
            return self.full_marks(&parts, sum, sink);
        }
        let from = claims.all.partition_point(|c| c.number.span.start < first.number.span.start);
        let to = claims.all.partition_point(|c| c.number.span.start <= last.number.span.start);
        let own = |c: &&Claim| parts.iter().any(|p| p.span() == c.span());
        let near = claims.all[from.saturating_sub(8)..from].iter().chain(claims.all[to..].iter().take(8));
        let fits = |c: &&Claim| {
            c.class() == first.class()
                && c.exact()
                && !own(c)
                && !c.target
                && !c.other_period
                && c.number.value > values[0]
        };
        // 扣分 of each, and behind them what is left of 100分.
        let lost = |t: &Claim| t.class() == "分" && t.number.value + sum == Decimal::ONE_HUNDRED;
        if self.end.as_ref().is_some_and(|e| lost(e[column])) {
            return;
        }
        if let Some(total) = self.end.as_ref().map(|e| e[column]).filter(|t| t.exact()) {
            return super::parts::compare(doc, total, &parts, Severity::Error, sink);
        }
        // 共4人；其中财务1名。访谈按四类对象展开：: what leads to the list is told behind it.
        let led = |c: &&Claim| {
            let between = doc.slice(&(c.number.span.end..first.left.start.max(c.number.span.end)));
            !between
                .rsplit_once('。')
                .is_some_and(|(_, lead)| lead.contains('：') && lead.chars().count() > 4)
        };
        let above = |c: &&Claim| !has_any(doc.slice(&c.left), &["高于", "低于", "超过", "最"]);
        let totals: Vec<&Claim> = near
            .filter(fits)
            .filter(led)
            .filter(above)
            .filter(|c| says_total(doc, c, &self.metrics[column]) && !lost(c))
            .collect();
        // 合同金额240万元 before a list and 合计118.08万元 behind it: the one that a slip leads to.
        let slips = |t: &&&Claim| {
            let (told, apart) = (t.number.value, t.number.value - sum);
            mistaken(told, sum)
                || values.iter().any(|v| *v + apart > Decimal::ZERO && mistaken(*v, *v + apart))
        };
        let Some(total) = totals.iter().find(slips).or(totals.first()) else { return };
        sink.tried();
        // 甲校，社工2人；…；丁校，九年一贯制，社工1人: the last item says more than the others.
        let more = claims.all[to..].iter().take(4).any(|c| {
            c.sentence == last.sentence
                && c.class() == first.class()
                && c.number.value + sum == total.number.value
        });
        let known = more || claims.values.binary_search(&sum).is_ok();
        if more
            || totals.iter().any(|t| t.number.value == sum)
            || known && !crate::checks::text::math::one_digit_apart(total.number.value, sum)
        {
            return;
        }
        let message = format!(
            "{}，文中为{}，相差{}（“{}”）",
            show_sum(&values),
            show(total.number.value),
            show((sum - total.number.value).abs()),
            doc.slice(&total.wide())
        );
        let spans: Vec<_> = std::iter::once(total.wide()).chain(parts.iter().map(|p| p.wide())).collect();
        sink.add(SUM, Severity::Error, message, (show(total.number.value), show(sum)), &spans);
    }

    /// 组织与人员（20分）：17.6分, 指标完成（30分）：25.4分…: the marks make 100, and nobody gets more than the mark.
    fn full_marks(&self, parts: &[&Claim], sum: Decimal, sink: &mut Sink<'_>) {
        sink.tried();
        let apart = (sum - Decimal::ONE_HUNDRED).abs();
        if !apart.is_zero() && apart <= Decimal::from(20) {
            let values: Vec<Decimal> = parts.iter().map(|p| p.number.value).collect();
            let message = format!("各部分分值{}，不等于100", show_sum(&values));
            let spans: Vec<_> = parts.iter().map(|p| p.wide()).collect();
            sink.add("weights", Severity::Error, message, (show(sum), "100".into()), &spans);
        }
        for row in &self.rows {
            let marks: Vec<&&Claim> = row.iter().filter(|c| c.class() == "分").collect();
            if let [full, got] = marks.as_slice()
                && got.number.value > full.number.value
            {
                let message = format!("得分{}大于满分{}", show(got.number.value), show(full.number.value));
                let said = (show(got.number.value), format!("不大于{}", show(full.number.value)));
                sink.add("part-over-whole", Severity::Error, message, said, &[got.wide(), full.wide()]);
            }
        }
    }

    /// 8个社工点 against the number of items that are 社工点.
    fn length(&self, doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
        let kind = common_suffix(&self.names);
        let n = Decimal::from(self.names.len());
        if kind.chars().count() < 2 {
            return;
        }
        let said: Vec<&Claim> = claims
            .all
            .iter()
            .filter(|c| c.class() == "个" && c.exact() && !doc.slice(&c.left).contains(['每', '中', '各']))
            .filter(|c| {
                // 东片区5个社区: what lies in one of them, and not how many there are.
                let (left, right) = (doc.slice(&c.left), doc.slice(&c.right));
                let of_one = self.names.iter().any(|n| left.ends_with(n.as_str()));
                // 石渡街道4个、茶沟街道4个，总计12个: in a list of others.
                let listed = doc.text[..c.left.start].ends_with('、');
                right.starts_with(&kind) || right.is_empty() && !of_one && !listed && left.ends_with(&kind)
            })
            .filter(|c| (c.number.value - n).abs() <= Decimal::TWO)
            .collect();
        if said.iter().all(|c| c.number.value != n) && said.len() != 1 {
            return;
        }
        for c in said {
            sink.tried();
            if c.number.value != n {
                let message =
                    format!("文中列出{}个{kind}，另一处为“{}”", self.names.len(), doc.slice(&c.wide()));
                sink.add(
                    COUNT,
                    Severity::Warning,
                    message,
                    (show(c.number.value), show(n)),
                    &[c.wide(), self.rows[0][0].wide()],
                );
            }
        }
    }
}

/// 合计, 共计… and the words of the column.
fn says_total(doc: &Doc, c: &Claim, metric: &str) -> bool {
    let left = doc.slice(&c.left);
    let total = is_total(doc, c) || left == "小计" || has_any(left, &["合计", "共", "总", "累计"]);
    let clause = format!("{left}{}", doc.slice(&c.right));
    let metric: Vec<char> = metric.chars().collect();
    let words: Vec<char> = clause.chars().collect();
    let shared = metric.windows(2).any(|m| words.windows(2).any(|w| w == m));
    // 8个站共走访9864人次，办理个案132个: the 共 of the sentence counts for all that follows.
    let led = doc.slice(&(c.sentence.start..c.left.start.max(c.sentence.start)));
    let total = total || has_any(led, &["共", "累计", "合计", "总计"]);
    total && (shared || metric.len() < 2)
        || shared && doc.slice(&(c.segment.start..c.number.span.start)).contains("合计")
}
