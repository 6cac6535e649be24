//! What one sentence reckons: so many in each of so many places, so many a month over years, a share of households that a sample
//! must reach, growth told by its amount, what is short of what was due, the lowest with its value, the month with the most.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Block, Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::lex::chinese;
use crate::checks::text::math::{one_digit_apart, prints_as, reordered, show};

const RULE: &str = "average";
/// Months of a year.
const MONTHS: i64 = 12;
/// Claims before one in which what it is of is looked for.
const NEAR: usize = 12;

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static EACH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<n>\d{1,4}|[一二三四五六七八九十两]{1,3})(?:个|家|名|支|所)\p{Han}{1,6}?(?:，?每(?:个|家|名|支|所)?\p{Han}{0,5}?|各)(?:发放|抽取|抽查|配备|安排|开展|联系|回收|访谈|随机抽取|走访|完成)?(?:问卷|档案|居民|社工|对象)?(?P<k>\d+)(?P<u>份|户|人|名|次|场|节)\p{Han}{0,2}，[^，。；]{0,12}?(?:共|合计|总计)(?:计)?\p{Han}{0,6}?(?P<s>\d+)(?P<v>份|户|人|名|次|场|节)",
    )
});
static MONTHLY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<y>\d|[一二两三四五])年(?:来|间|内|共|累计|合计)*\p{Han}{0,8}?(?P<s>\d+)(?P<u>人次|户次|次|场|份|节|人|小时)，(?:平均每月|每月平均|月均)\p{Han}{0,4}?(?P<k>\d+(?:\.\d+)?)(?P<v>人次|户次|次|场|份|节|人|小时)",
    )
});
static DENSE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:平均)?每平方公里(?:约|有)?(?P<k>\d+(?:\.\d+)?)人"));
static AREA: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?P<n>\d+(?:\.\d+)?)平方公里"));
static SAMPLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:不低于|不少于|按照?)\p{Han}{0,8}?(?P<w>户数|人数|总户数|总人数|对象数|老人数)的?(?P<p>\d{1,2}(?:\.\d)?)%[^。；]{0,24}?(?:不少于|不低于|至少|应抽取|应为)(?P<n>\d+)(?:份|户|人|名)",
    )
});
static GROWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:增加|减少)(?P<x>\d+)(?:个|场|次|人次|户次|人|户|节|份|小时)，(?:增长|增幅|增长率|上升|下降|降幅)(?:为|了)?(?P<p>\d+(?:\.\d+)?)%",
    )
});
static LEAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[，。；：、其中])(?P<x>\p{Han}{2,9}?)(?:得分率|占比|户数|数量|探访|走访|得分|人次|满意率|服务)?(?:最高|最低|最多|最少)(?:，为|，有|，达|为|（)(?P<v>\d+(?:\.\d+)?)(?P<u>%|户次|人次|户|人|个|场|次|分|名)",
    )
});
static MOST_IS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:最高|最低|最多|最少|最大|最小)的?\p{Han}{0,3}?(?:是|为)(?P<x>\p{Han}{2,9}?)(?:，为|，有|，达|（)(?P<v>\d+(?:\.\d+)?)(?P<u>%|户次|人次|户|人|个|场|次|分|名)",
    )
});
static MONTH_MOST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<a>\d{1,2})月(?:份)?(?:至|到|-)(?P<b>\d{1,2})月[^。]*?最(?P<w>多|少|高|低)的?(?:月份)?(?:是|为)(?P<m>\d{1,2})月",
    )
});
static SHORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?:短缺|缺口为?|差额为?|[一-龥]{0,4}少|[一-龥]{2,12}比[一-龥]{2,12}(?:高|多|低|少)(?:出|了)?)$")
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        let here = Here { doc, claims, block, words: doc.slice(&block.span) };
        here.each(sink);
        here.monthly(sink);
        here.dense(sink);
        here.sample(sink);
        here.grown(sink);
        here.extremes(sink);
        here.month_with_most(sink);
        here.short(sink);
    }
}

struct Here<'a> {
    doc: &'a Doc,
    claims: &'a Claims,
    block: &'a Block,
    words: &'a str,
}

fn number(found: &Captures<'_>, name: &str) -> Option<Decimal> {
    let text = found.name(name)?.as_str();
    text.parse().ok().or_else(|| chinese(text))
}

/// Digits in another order, or one of them another.
pub(super) fn mistaken(a: Decimal, b: Decimal) -> bool {
    a != b && (one_digit_apart(a, b) || reordered(a, b))
}

impl Here<'_> {
    fn at(&self, found: &Captures<'_>, name: &str) -> Range<usize> {
        let (start, end) = found.name(name).map_or((0, 0), |m| (m.start(), m.end()));
        self.block.span.start + start..self.block.span.start + end
    }

    fn all<'p>(&'p self, pattern: &'p LazyLock<Option<Regex>>) -> impl Iterator<Item = Captures<'p>> {
        pattern.iter().flat_map(|p| p.captures_iter(self.words))
    }

    fn say(
        &self,
        sink: &mut Sink<'_>,
        rule: &'static str,
        message: String,
        said: (String, String),
        at: Range<usize>,
    ) {
        let claim = self.claims.within(&at).first().map_or(at.start, |c| c.wide().start);
        if !sink.said(&[at.start, claim]) {
            sink.tried();
            sink.add(rule, Severity::Warning, message, said, &[at]);
        }
    }

    /// 在14个社区各发放问卷25份，共发放350份.
    fn each(&self, sink: &mut Sink<'_>) {
        for found in self.all(&EACH) {
            let (Some(n), Some(k), Some(s)) = (number(&found, "n"), number(&found, "k"), number(&found, "s"))
            else {
                continue;
            };
            let one = found.name("u").map(|m| m.as_str()) == found.name("v").map(|m| m.as_str());
            if one && n * k != s && n > Decimal::ONE && k > Decimal::ONE {
                let message = format!("{}个各{}，应为{}，文中为{}", show(n), show(k), show(n * k), show(s));
                self.say(sink, RULE, message, (show(s), show(n * k)), self.at(&found, "s"));
            }
        }
    }

    /// 两年陪诊216次，平均每月9次.
    fn monthly(&self, sink: &mut Sink<'_>) {
        for found in self.all(&MONTHLY) {
            let (Some(y), Some(s), Some(k)) = (number(&found, "y"), number(&found, "s"), number(&found, "k"))
            else {
                continue;
            };
            let one = found.name("u").map(|m| m.as_str()) == found.name("v").map(|m| m.as_str());
            let Some(mean) = s.checked_div(y * Decimal::from(MONTHS)).filter(|_| one) else { continue };
            if !prints_as(mean, k, k.scale()) {
                let message = format!(
                    "{}年{}次，平均每月{}，文中为{}",
                    show(y),
                    show(s),
                    show(mean.round_dp(1)),
                    show(k)
                );
                self.say(
                    sink,
                    RULE,
                    message,
                    (show(k), show(mean.round_dp(k.scale()))),
                    self.at(&found, "k"),
                );
            }
        }
    }

    /// 面积4.2平方公里，常住人口46200人，平均每平方公里11000人.
    fn dense(&self, sink: &mut Sink<'_>) {
        let Some(found) = self.all(&DENSE).next() else { return };
        let at = self.at(&found, "k");
        let areas: Vec<Decimal> = self.all(&AREA).filter_map(|a| number(&a, "n")).collect();
        let people = self.claims.within(&(self.block.body..at.start));
        let people: Vec<Decimal> =
            people.iter().filter(|c| c.class() == "人" && c.exact()).map(|c| c.number.value).collect();
        let Some(k) = number(&found, "k") else { return };
        let means: Vec<Decimal> =
            people.iter().flat_map(|p| areas.iter().filter_map(move |a| p.checked_div(*a))).collect();
        let near = |m: &&Decimal| mistaken(m.round_dp(k.scale()), k) || (**m - k).abs() * Decimal::TEN < k;
        let fits = |m: &Decimal| (*m - k).abs() * Decimal::from(100) <= k;
        if let Some(right) = means.iter().find(near).filter(|_| !means.iter().any(fits)) {
            let message = format!("人口除以面积约为每平方公里{}人，文中为{}人", show(right.round()), show(k));
            self.say(sink, RULE, message, (show(k), show(right.round())), at);
        }
    }

    /// 不低于社区总户数4%…应不少于131份: the households are told somewhere.
    fn sample(&self, sink: &mut Sink<'_>) {
        for found in self.all(&SAMPLE) {
            let (Some(p), Some(n)) = (number(&found, "p"), number(&found, "n")) else { continue };
            let class =
                if found.name("w").is_some_and(|w| w.as_str().ends_with("户数")) { "户" } else { "人" };
            let bases = || {
                let own = self.claims.all.iter().filter(|c| c.exact() && c.class() == class);
                own.filter(|c| c.number.value > n).map(|c| c.number.value)
            };
            let least = |v: Decimal, p: Decimal| v * p / Decimal::ONE_HUNDRED;
            let makes = |v: Decimal, p: Decimal, n: Decimal| (least(v, p) - n).abs() < Decimal::ONE;
            if bases().any(|v| makes(v, p, n)) {
                continue;
            }
            let percents = (1..=60).map(Decimal::from);
            let other_rate = bases()
                .find_map(|v| percents.clone().find(|q| makes(v, *q, n) && mistaken(*q, p)).map(|q| (v, q)));
            let other_count = bases().find(|v| {
                let right = least(*v, p);
                mistaken(right.ceil(), n) || mistaken(right.round(), n)
            });
            let actual = bases().find(|v| least(*v, p).ceil() < n && least(*v, p) * Decimal::TWO > n);
            if let Some(v) = other_count.or(actual) {
                let right = least(v, p).ceil();
                let message = format!("{}的{}%为{}，文中为{}", show(v), show(p), show(right), show(n));
                self.say(sink, "sample-rule", message, (show(n), show(right)), self.at(&found, "n"));
            } else if let Some((v, q)) = other_rate {
                let message = format!("{}是{}的{}%，文中为{}%", show(n), show(v), show(q), show(p));
                self.say(sink, "sample-rule", message, (show(p), show(q)), self.at(&found, "p"));
            }
        }
    }

    /// 增加16场，增长20.5%: two numbers of the text are so far apart, and none makes that percent of it.
    fn grown(&self, sink: &mut Sink<'_>) {
        for found in self.all(&GROWN) {
            let (Some(x), Some(p)) = (number(&found, "x"), number(&found, "p")) else { continue };
            let at = self.at(&found, "x");
            let Some(change) = self.claims.within(&(at.start..at.start + 1)).first() else { continue };
            let kin = self
                .claims
                .all
                .iter()
                .filter(|c| c.exact() && (c.class() == change.class() || c.class().is_empty()));
            let mut values: Vec<Decimal> =
                kin.map(|c| c.number.value).filter(|v| *v > Decimal::ZERO).collect();
            values.sort_unstable();
            values.dedup();
            let grown = |v: &Decimal| (x * Decimal::ONE_HUNDRED).checked_div(*v);
            if values.iter().filter_map(grown).any(|g| prints_as(g, p, p.scale())) {
                continue;
            }
            let pairs = values.iter().filter(|v| values.binary_search(&(**v + x)).is_ok());
            let right = pairs.filter_map(grown).map(|g| g.round_dp(p.scale())).find(|g| mistaken(*g, p));
            if let Some(right) = right {
                let message = format!("增加{}，增长应为{}%，文中为{}%", show(x), show(right), show(p));
                let said = (format!("{p}%"), format!("{right}%"));
                self.say(sink, "difference", message, said, self.at(&found, "p"));
            }
        }
    }

    /// What the text or a table says of a name in a unit.
    fn told_of(&self, name: &str, unit: &str, but: &Range<usize>) -> Vec<Decimal> {
        let mut out = Vec::new();
        for table in &self.doc.tables {
            let named = |r: &&Vec<Range<usize>>| r.iter().take(2).any(|c| self.doc.slice(c).trim() == name);
            for row in table.rows.iter().filter(named) {
                for (column, cell) in row.iter().enumerate() {
                    let fits =
                        |c: &&Claim| (unit == "%") == c.number.percent || c.class().is_empty() && unit != "%";
                    let Some(value) = self.claims.within(cell).first().filter(fits).map(|c| c.number.value)
                    else {
                        continue;
                    };
                    let all = table.rows.iter().skip(1).filter(|r| {
                        r.len() == row.len() && !r.iter().take(2).any(|c| self.doc.slice(c).contains('计'))
                    });
                    let all: Vec<Decimal> = all
                        .filter_map(|r| self.claims.within(r.get(column)?).first().map(|c| c.number.value))
                        .collect();
                    if all.iter().max() == Some(&value) || all.iter().min() == Some(&value) {
                        out.push(value);
                    }
                }
            }
        }
        let own = self.claims.within(&self.block.span).iter().filter(|c| {
            let word = if c.number.percent { "%" } else { c.number.unit.map_or("", |u| u.word) };
            word == unit && c.number.span.start != but.start && self.doc.slice(&c.left).contains(name)
        });
        let own = own.filter(|c| !["最", "比", "较"].iter().any(|w| self.doc.slice(&c.left).contains(w)));
        out.extend(own.map(|c| c.number.value));
        out
    }

    /// 维权服务占比最低，为10.5%: the name has another value.
    fn extremes(&self, sink: &mut Sink<'_>) {
        for found in self.all(&LEAST).chain(self.all(&MOST_IS)) {
            let (Some(v), Some(x), Some(u)) = (number(&found, "v"), found.name("x"), found.name("u")) else {
                continue;
            };
            let name = x.as_str().trim_start_matches("其中");
            let at = self.at(&found, "v");
            let told = self.told_of(name, u.as_str(), &at);
            let near = |t: &&Decimal| t.scale() == v.scale() && mistaken(**t, v);
            if told.contains(&v) || name.chars().count() < 2 {
                continue;
            }
            if let Some(right) = told.iter().find(near) {
                let message = format!("“{name}”在别处为{}，此处为{}", show(*right), show(v));
                self.say(sink, "table-extreme", message, (show(v), show(*right)), at);
            }
        }
    }

    /// 3月至8月各月分别走访48户次、…，最多的是6月.
    fn month_with_most(&self, sink: &mut Sink<'_>) {
        for found in self.all(&MONTH_MOST) {
            let month = |name| number(&found, name).and_then(|n| usize::try_from(n.mantissa()).ok());
            let (Some(a), Some(b), Some(m), Some(whole)) = (month("a"), month("b"), month("m"), found.get(0))
            else {
                continue;
            };
            let span = self.block.span.start + whole.start()..self.block.span.start + whole.end();
            let list = self.claims.within(&span);
            let gap = |w: &[Claim]| self.doc.slice(&(w[0].number.span.end..w[1].number.span.start)) == "、";
            let Some(first) = list.windows(2).position(gap) else { continue };
            let count = list[first..].windows(2).take_while(|w| gap(w)).count() + 1;
            if b <= a || count != b - a + 1 || !(a..=b).contains(&m) {
                continue;
            }
            let values: Vec<Decimal> = list[first..first + count].iter().map(|c| c.number.value).collect();
            let most = found.name("w").is_some_and(|w| matches!(w.as_str(), "多" | "高"));
            let Some(best) = (if most { values.iter().max() } else { values.iter().min() }) else { continue };
            if values[m - a] != *best {
                let right = values.iter().position(|v| v == best).map_or(m, |i| i + a);
                let message = format!("最多或最少的是{right}月（{}），不是{m}月", show(*best));
                self.say(
                    sink,
                    "table-extreme",
                    message,
                    (m.to_string(), right.to_string()),
                    self.at(&found, "m"),
                );
            }
        }
    }

    /// 应到102.30万元，实际到位98.58万元，短缺3.72万元; 南片286人次，北片159人次，南片比北片高127人次.
    fn short(&self, sink: &mut Sink<'_>) {
        let list = self.claims.within(&self.block.span);
        for (i, c) in list.iter().enumerate() {
            let left = self.doc.slice(&c.left);
            let led = SHORT.as_ref().is_some_and(|p| p.is_match(left))
                && !["至少", "不少", "减少"].iter().any(|w| left.ends_with(w));
            if !c.exact() || !led {
                continue;
            }
            let kin: Vec<Decimal> = list[i.saturating_sub(NEAR)..i]
                .iter()
                .filter(|k| k.exact() && k.class() == c.class() && !k.class().is_empty())
                .map(|k| k.number.value)
                .collect();
            let v = c.number.value;
            let apart = |a: &Decimal, b: &Decimal| (*a - *b).abs();
            let told = kin.iter().any(|a| kin.iter().any(|b| apart(a, b) == v)) || kin.contains(&v);
            let [.., a, b] = kin[..] else { continue };
            let right = apart(&a, &b);
            let clear = kin.len() == 2 || !left.contains('比') && (v >= Decimal::from(100) || v.scale() > 0);
            let digits = |d: Decimal| d / c.number.scale.max(Decimal::new(1, 9));
            if !told && clear && mistaken(digits(right).normalize(), digits(v).normalize()) {
                let message = format!(
                    "{}与{}相差{}，文中为“{}”",
                    show(a),
                    show(b),
                    show(right),
                    self.doc.slice(&c.wide())
                );
                self.say(sink, "difference", message, (show(v), show(right)), c.wide());
            }
        }
    }
}
