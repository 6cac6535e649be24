//! Completion: counts followed by "分别完成…的x%、y%", or by one completion rate. A count and its percent need a whole
//! target within the printed rounding, the two lists must be equally long, and a stated target fixes the percent.

mod lead;
mod of_year;
mod targets;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use self::lead::{counts_before, lead_of, whole_actual};
use self::targets::Targets;
use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::math::{is_share, one_digit_apart, percent_of, show, show_percent, wholes};
use crate::checks::text::words::has_any;

const RULE: &str = "completion";
const LISTS: &str = "completion-list";

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let decimals = usual_decimals(doc, &claims.all);
    let targets = Targets::read(doc, claims);
    let mut start = 0;
    while start < claims.all.len() {
        let Some(run) = percent_run(doc, &claims.all, start) else {
            start += 1;
            continue;
        };
        let lead = lead_of(doc, &claims.all, &run);
        let done = run.len() == 1
            && (lead.ends_with("，完成") || lead.ends_with("，完成了") || lead.ends_with("，达成"));
        let about = completion_words(&lead) || done;
        let listed = lead.contains("分别") || about && run.len() > 1;
        if about || listed && (lead.contains("完成") || lead.contains("达")) {
            let counts = counts_before(doc, &claims.all, &run);
            let judge = Judge { doc, all: &claims.all, decimals, targets: &targets };
            if !counts.is_empty() && run.len() == counts.len() && counts.iter().all(|c| c.target) && listed {
                if lead.contains("实际") {
                    counts
                        .iter()
                        .zip(&claims.all[run.clone()])
                        .for_each(|(t, p)| whole_actual(doc, t, p, sink));
                }
            } else {
                judge.pair(&counts, &claims.all[run.clone()], listed, sink);
            }
        }
        start = run.end;
    }
}

/// Most decimals that completion rates of this text are printed with.
fn usual_decimals(doc: &Doc, all: &[Claim]) -> u32 {
    all.iter()
        .filter(|c| c.number.percent && completion_words(doc.tail(c.segment.start..c.number.span.start, 300)))
        .map(|c| c.number.decimals)
        .max()
        .unwrap_or(0)
        .min(4)
}

fn completion_words(words: &str) -> bool {
    COMPLETION.as_ref().is_some_and(|p| p.is_match(words))
}

/// Words that make a percent a completion rate.
static COMPLETION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"完成率|，进度为?$|完成比例|完成比率|达成比率|完成百分比|达成率|达标率|完成协议|完成指标|完成目标|完成任务|",
        r"完成合同|完成年度|完成全年|完成计划|完成度|",
        // 五个一级指标的平均得分率: the words end there, or they name something else.
        r"(?:指标|目标|任务|计划|约定|协议|合同|应完成)[量数值]?的(?:约|近|超)?$",
    ))
    .ok()
});

/// Percents parted only by 、和及与.
fn percent_run(doc: &Doc, all: &[Claim], start: usize) -> Option<Range<usize>> {
    let first = all.get(start).filter(|c| c.number.percent)?;
    let mut end = start + 1;
    while let Some(next) = all.get(end).filter(|c| c.number.percent && c.sentence == first.sentence) {
        let between = doc.slice(&(all[end - 1].number.span.end..next.number.span.start));
        if !matches!(between, "、" | "和" | "及" | "与" | "以及" | "，" | "、和") {
            break;
        }
        end += 1;
    }
    Some(start..end)
}

struct Judge<'a> {
    doc: &'a Doc,
    all: &'a [Claim],
    decimals: u32,
    targets: &'a Targets,
}

impl Judge<'_> {
    fn pair(&self, counts: &[&Claim], percents: &[Claim], listed: bool, sink: &mut Sink<'_>) {
        let (doc, decimals) = (self.doc, self.decimals);
        if percents.len() == 1 {
            return self.single(counts, &percents[0], sink);
        }
        if counts.is_empty() || !listed {
            return;
        }
        sink.tried();
        if let [said] = counts
            && matches!(said.class(), "项" | "类" | "个" | "方" | "种")
            && said.number.value == Decimal::from(percents.len())
        {
            return;
        }
        if counts.len() == percents.len() {
            if let Some(targets) = self.targets_after(counts, percents) {
                for ((count, percent), target) in counts.iter().zip(percents).zip(targets) {
                    against_target(doc, count, target, percent, sink);
                }
                return;
            }
            for (count, percent) in counts.iter().zip(percents) {
                self.whole_target(count, percent, sink);
            }
            return;
        }
        // 个案20个、小组4个，而全年应分别完成36个、8个，完成率依次为…: what was done and what was asked, in one order.
        if counts.len() == 2 * percents.len() {
            let (first, second) = counts.split_at(percents.len());
            let same = first.iter().zip(second).all(|(a, b)| a.class() == b.class());
            let asked = |list: &[&Claim]| list.iter().any(|c| c.target);
            let all = |list: &[&Claim]| list.iter().all(|c| c.target);
            let ahead = all(first) && !asked(second);
            let behind = !asked(first) && (all(second) || doc.slice(&second[0].left).contains('应'));
            if same && (ahead || behind) {
                let (done, asked) = if behind { (first, second) } else { (second, first) };
                for ((count, target), percent) in done.iter().zip(asked).zip(percents) {
                    against_target(doc, count, target, percent, sink);
                }
                return;
            }
            if asked(first) {
                return;
            }
        }
        let tail = counts.len().checked_sub(percents.len()).map(|skip| &counts[skip..]);
        let telling = |p: &Claim| p.number.value.fract() != Decimal::ZERO;
        if tail.is_some_and(|t| {
            percents.iter().any(telling)
                && t.iter().zip(percents).all(|(c, p)| target_of(c, p, decimals).is_some())
        }) {
            return;
        }
        let message = format!(
            "“分别”前有{}个数量，后有{}个百分比，无法一一对应：{}",
            counts.len(),
            percents.len(),
            counts.iter().map(|c| doc.slice(&c.wide())).collect::<Vec<_>>().join("、"),
        );
        let spans: Vec<_> =
            std::iter::once(percents[0].span().start..percents[percents.len() - 1].span().end)
                .chain(counts.iter().map(|c| c.span()))
                .collect();
        let stated = format!("{}个数量、{}个百分比", counts.len(), percents.len());
        sink.add(LISTS, Severity::Error, message, (stated, "数量与百分比个数相同".into()), &spans);
    }

    /// 分别完成全年任务的54.3%、60%。全年任务为走访12000户次、个案160个: as many targets of the same units right behind.
    fn targets_after(&self, counts: &[&Claim], percents: &[Claim]) -> Option<&[Claim]> {
        let last = percents.last()?;
        let from = self.all.partition_point(|c| c.number.span.start <= last.number.span.start);
        let targets = self.all.get(from..from + counts.len())?;
        let lead = self.doc.slice(&(last.number.span.end..targets.first()?.number.span.start));
        let said = has_any(lead, &["任务", "目标", "约定量", "指标", "计划", "协议量"]);
        let beside = said && lead.chars().count() <= 14 && targets.iter().all(|t| t.exact());
        let same = targets.iter().zip(counts).all(|(t, c)| t.class() == c.class() && t.block == last.block);
        (beside && same).then_some(targets)
    }

    /// One rate behind a count and perhaps its target.
    fn single(&self, counts: &[&Claim], percent: &Claim, sink: &mut Sink<'_>) {
        let doc = self.doc;
        // 全部达成8例，部分达成4例，未达成3例，达成率80.00%: of several together.
        if doc.slice(&percent.sentence).contains("部分达成") {
            return;
        }
        let same = |a: &Claim, b: &Claim| a.class() == b.class();
        match counts {
            [.., a, b] if same(a, b) && a.target != b.target => {
                let (target, actual) = if a.target { (a, b) } else { (b, a) };
                let (p, decimals) = (percent.number.value, percent.number.decimals);
                let other = counts.iter().any(|part| {
                    counts.iter().any(|whole| {
                        part.span() != whole.span()
                            && same(part, whole)
                            && is_share(p, decimals, part.number.value, whole.number.value)
                    })
                });
                if other {
                    return sink.tried();
                }
                against_target(doc, actual, target, percent, sink);
            }
            [t] if t.target && !t.number.vague => self.target_behind(t, percent, sink),
            [a] if !a.target => self.whole_target(a, percent, sink),
            [.., a, b] if !b.target && !a.target && !same(a, b) => self.whole_target(b, percent, sink),
            [.., a, b] if !b.target && !a.target => {
                let right = percent_of(b.number.value, a.number.value);
                let slip = a.number.value > b.number.value
                    && percent.number.decimals > 0
                    && right.is_some_and(|r| {
                        one_digit_apart(r.round_dp(percent.number.decimals), percent.number.value)
                    });
                let count = a.number.value * percent.number.value / Decimal::ONE_HUNDRED;
                let year = doc.slice(&a.left).ends_with("全年") || doc.slice(&a.left).ends_with("年度");
                if slip || year && count.fract().is_zero() && one_digit_apart(count, b.number.value) {
                    against_target(doc, b, a, percent, sink);
                }
            }
            _ => {}
        }
    }

    /// "半年共入户990次，…；年度目标1980次，完成率50%": the count stands in a part of the sentence before.
    fn target_behind(&self, target: &Claim, percent: &Claim, sink: &mut Sink<'_>) {
        let all = self.all;
        let from = all.partition_point(|c| c.number.span.start < target.sentence.start);
        let to = all.partition_point(|c| c.number.span.start < target.number.span.start);
        let counts: Vec<&Claim> = all[from..to]
            .iter()
            .filter(|c| {
                c.class() == target.class()
                    && c.exact()
                    && !c.target
                    && !c.is_mean(self.doc)
                    && !c.other_period
            })
            .collect();
        let (p, decimals) = (percent.number.value, percent.number.decimals);
        let known = counts.iter().any(|c| is_share(p, decimals, c.number.value, target.number.value));
        if let Some(count) = counts.first().filter(|_| !known) {
            against_target(self.doc, count, target, percent, sink);
        }
    }

    fn whole_target(&self, count: &Claim, percent: &Claim, sink: &mut Sink<'_>) {
        let (doc, decimals) = (self.doc, self.decimals);
        let mean = doc.slice(&percent.left).contains("平均");
        if mean
            || percent.number.vague
            || matches!(count.class(), "元" | "项")
            || count.number.value == Decimal::ZERO
        {
            return;
        }
        sink.tried();
        if self.has_its_target(count, percent) {
            return;
        }
        if of_year::is_asked(doc, count, percent, sink) {
            return;
        }
        let whole = target_of(count, percent, decimals).is_some();
        match self.targets.of(count) {
            // A target without a unit may be that of another count of the same name (小组9个、56节).
            Some((_, _, false)) if whole => return,
            Some((target, span, _)) => return self.stated_target(count, target, span, percent, sink),
            None if whole => return,
            None => {}
        }
        let sure = target_of(count, percent, percent.number.decimals).is_none();
        let (a, p) = (count.number.value, percent.number.value);
        let about = percent_of(a, p).unwrap_or_default();
        let (low, high) = (about.floor(), about.floor() + Decimal::ONE);
        let near = |t: Decimal| percent_of(a, t).map_or_else(|| "-".into(), show_percent);
        let message = format!(
            "{}对应{}%：{}÷{}%≈{}，没有整数指标量能得出这个百分比（{}÷{}={}，{}÷{}={}）",
            doc.slice(&count.wide()),
            show(p),
            show(a),
            show(p),
            show(about.round_dp(2)),
            show(a),
            show(low),
            near(low),
            show(a),
            show(high),
            near(high),
        );
        let severity = if sure { Severity::Error } else { Severity::Warning };
        let expected = format!("{}或{}，或改正数量", near(low), near(high));
        sink.add(
            RULE,
            severity,
            message,
            (format!("{}%", show(p)), expected),
            &[count.wide(), percent.span()],
        );
    }

    /// 年度指标为个案30个、小组12个。…完成个案16个、小组6个，分别完成年度指标的53.3%、50.0%: a target of its noun in the paragraph makes
    /// the percent.
    fn has_its_target(&self, count: &Claim, percent: &Claim) -> bool {
        let block = &self.doc.blocks[count.block];
        let from = self.all.partition_point(|c| c.number.span.start < block.span.start);
        let own = self.all[from..].iter().take_while(|c| c.number.span.start < block.span.end);
        own.filter(|t| t.target && t.exact() && t.class() == count.class()).any(|t| {
            let noun = t.label.contains(&count.label) || count.label.contains(&t.label);
            noun && is_share(
                percent.number.value,
                percent.number.decimals,
                count.number.value,
                t.number.value,
            )
        })
    }

    /// The target stands elsewhere, in a table or a sentence.
    fn stated_target(
        &self,
        count: &Claim,
        target: Decimal,
        span: Range<usize>,
        percent: &Claim,
        sink: &mut Sink<'_>,
    ) {
        let (a, p) = (count.number.value, percent.number.value);
        let Some(right) = percent_of(a, target) else { return };
        if is_share(p, percent.number.decimals, a, target) {
            return;
        }
        let message = format!(
            "{}÷{}={}，文中为{}%（{}，指标量{}见另一处）",
            show(a),
            show(target),
            show_percent(right),
            show(p),
            self.doc.slice(&count.wide()),
            show(target),
        );
        let spans = [percent.span(), count.wide(), span];
        sink.add(RULE, Severity::Error, message, (format!("{}%", show(p)), show_percent(right)), &spans);
    }
}

fn against_target(doc: &Doc, actual: &Claim, target: &Claim, percent: &Claim, sink: &mut Sink<'_>) {
    sink.tried();
    let (a, t, p) = (actual.number.value, target.number.value, percent.number.value);
    // 比中期指标少1场: how many fewer, and no target.
    if super::repeats::is_change(doc.slice(&target.left))
        // 东塔5个社工室，其中永固社工室只开展小组2个: a number of something else.
        || !doc.tail(actual.left.start..actual.number.span.end, 18).contains(doc.slice(&target.right))
        || percent.number.vague
        || is_share(p, percent.number.decimals, a, t)
    {
        return;
    }
    let Some(right) = percent_of(a, t) else { return };
    let message = format!(
        "{}÷{}={}，文中为{}%（{}）",
        show(a),
        show(t),
        show_percent(right),
        show(p),
        doc.slice(&actual.wide()),
    );
    let spans = [percent.span(), actual.wide(), target.wide()];
    sink.add(RULE, Severity::Error, message, (format!("{}%", show(p)), show_percent(right)), &spans);
}

fn target_of(count: &Claim, percent: &Claim, decimals: u32) -> Option<(Decimal, Decimal)> {
    let step = if count.number.value.fract() == Decimal::ZERO { Decimal::ONE } else { Decimal::new(5, 1) };
    wholes(count.number.value, percent.number.value, decimals.max(percent.number.decimals), step)
}
