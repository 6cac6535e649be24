//! Checks of the panel's sections, groups, items and scoring rules.

use kernel::trimmed;
use rust_decimal::Decimal;
use toml::Spanned;

use super::check::Check;
use super::raw::{RawGroup, RawItem, RawSection, RawStep};
use super::{Group, Item, Rule, RuleName, Section, Step};

impl Check<'_> {
    pub(super) fn sections(&mut self, raw: Vec<RawSection>, out_of: Decimal) -> Vec<Section> {
        self.unique("section", raw.iter().map(|section| &section.code));
        self.unique("item", raw.iter().flat_map(|section| section.item.iter().map(|item| &item.code)));
        let place = raw.last().map_or(0..0, |section| section.points.span());
        let sections: Vec<_> = raw.into_iter().map(|section| self.section(section)).collect();
        let sum: Decimal = sections.iter().map(|section| section.points).sum();
        if sum != out_of {
            let (sum, full) = (trimmed(sum), trimmed(out_of));
            let what = format!("各板块分值合计 {sum}，不是满分 {full}");
            self.refuse(
                "sections_not_full",
                &place,
                what,
                format!("调整各板块的 points，使合计等于 {full}。"),
            );
        }
        sections
    }

    fn section(&mut self, raw: RawSection) -> Section {
        let points = self.points(&raw.points);
        let groups = self.groups(&raw);
        let items: Vec<_> = raw.item.into_iter().map(|item| self.item(item)).collect();
        let sum: Decimal = items.iter().map(|item| item.points).sum();
        if sum != points {
            let what = format!("板块“{}”分值 {}，各项合计 {}", raw.name, trimmed(points), trimmed(sum));
            self.refuse(
                "items_not_section",
                &raw.points.span(),
                what,
                "调整各项的 points，使合计等于板块分值。",
            );
        }
        Section { code: raw.code.into_inner(), name: raw.name, points, groups, items }
    }

    /// The groups of a section: either none and no item names one, or every item belongs to one and they sum up.
    fn groups(&mut self, section: &RawSection) -> Vec<Group> {
        self.unique("group", section.group.iter().map(|group| &group.code));
        let known = |code: &str| section.group.iter().any(|group| group.code.get_ref() == code);
        for item in &section.item {
            match &item.group {
                Some(written) if !known(written.get_ref()) => {
                    let names: Vec<_> =
                        section.group.iter().map(|group| group.code.get_ref().as_str()).collect();
                    let what = format!("板块“{}”没有代码为“{}”的分组", section.name, written.get_ref());
                    let remedy = match names.is_empty() {
                        true => "先写 [[section.group]]，或删去 group。".to_owned(),
                        false => format!("改成：{}。", names.join("、")),
                    };
                    self.refuse("unknown_group", &written.span(), what, remedy);
                }
                None if !section.group.is_empty() => {
                    let what = format!("“{}”没有写属于哪个分组", item.name);
                    self.refuse("no_group", &item.code.span(), what, "补上 group。");
                }
                _ => {}
            }
        }
        section.group.iter().map(|group| self.group(section, group)).collect()
    }

    fn group(&mut self, section: &RawSection, raw: &RawGroup) -> Group {
        let points = self.points(&raw.points);
        let own =
            |item: &&RawItem| item.group.as_ref().is_some_and(|group| group.get_ref() == raw.code.get_ref());
        // What is wrong with an item's points is said where the item is read.
        let sum: Decimal =
            section.item.iter().filter(own).filter_map(|item| self.source.decimal(&item.points).ok()).sum();
        if sum != points {
            let what = format!("分组“{}”分值 {}，各项合计 {}", raw.name, trimmed(points), trimmed(sum));
            self.refuse(
                "items_not_group",
                &raw.points.span(),
                what,
                "调整各项的 points，使合计等于分组分值。",
            );
        }
        Group { code: raw.code.get_ref().clone(), name: raw.name.clone(), points }
    }

    fn item(&mut self, mut raw: RawItem) -> Item {
        let points = self.points(&raw.points);
        if points.is_zero() {
            self.refuse(
                "no_points",
                &raw.points.span(),
                format!("“{}”没有分值", raw.name),
                "写大于 0 的 points。",
            );
        }
        if raw.code.get_ref().contains('@') {
            let what = format!("代码“{}”里有“@”", raw.code.get_ref());
            self.refuse("bad_code", &raw.code.span(), what, "“@”只用来接片区代码，换一个字符。");
        }
        let rule = self.rule(&mut raw);
        Item {
            code: raw.code.into_inner(),
            name: raw.name,
            group: raw.group.map(Spanned::into_inner),
            points,
            per_area: raw.per_area,
            asks: raw.asks,
            levels: raw.levels,
            evidence: raw.evidence,
            rule,
        }
    }

    fn rule(&mut self, raw: &mut RawItem) -> Rule {
        let Some(name) = self.word::<RuleName>("unknown_rule", "评分规则", &raw.rule) else {
            return Rule::Expert;
        };
        self.no_stray_keys(name, raw);
        let figure = match name {
            RuleName::Measured | RuleName::Survey => raw.figure.take().map(|figure| self.figure(&figure)),
            RuleName::Expert | RuleName::Checklist => Some(String::new()),
        };
        let built = match name {
            RuleName::Expert => Some(Rule::Expert),
            RuleName::Survey => figure.map(|figure| Rule::Survey { figure }),
            RuleName::Checklist => {
                let entries =
                    raw.entries.take().map(Spanned::into_inner).filter(|entries| !entries.is_empty());
                entries.map(|entries| Rule::Checklist { entries })
            }
            RuleName::Measured => figure
                .zip(raw.steps.take())
                .map(|(figure, steps)| Rule::Measured { figure, steps: self.steps(&steps) }),
        };
        built.unwrap_or_else(|| {
            let needs = needs(name).join("、");
            let what = format!("“{}”的评分规则 {} 不完整", raw.name, name.as_str());
            self.refuse("rule_incomplete", &raw.rule.span(), what, format!("补上 {needs}。"));
            Rule::Expert
        })
    }

    /// Keys that belong to another rule are a misunderstanding, not decoration.
    fn no_stray_keys(&mut self, name: RuleName, raw: &RawItem) {
        let written = [
            ("figure", raw.figure.as_ref().map(Spanned::span)),
            ("steps", raw.steps.as_ref().map(Spanned::span)),
            ("entries", raw.entries.as_ref().map(Spanned::span)),
        ];
        for (key, span) in written {
            if let Some(span) = span.filter(|_| !needs(name).contains(&key)) {
                let what = format!("评分规则 {} 用不到 {key}", name.as_str());
                self.refuse("stray_key", &span, what, "删去这个键，或改评分规则。");
            }
        }
    }

    /// Ascending from 0, so that every value of the figure falls into exactly one step.
    fn steps(&mut self, raw: &Spanned<Vec<RawStep>>) -> Vec<Step> {
        let steps: Vec<_> =
            raw.get_ref().iter().map(|step| (self.points(&step.from), self.share(&step.share))).collect();
        if steps.first().is_none_or(|(from, _)| !from.is_zero()) {
            let what = "分档没有从 0 开始，低于第一档的数据没有对应的得分";
            self.refuse("steps_gap", &raw.span(), what, "在最前面加一档 { from = 0, share = … }。");
        }
        for (pair, step) in steps.windows(2).zip(raw.get_ref().iter().skip(1)) {
            if pair[1].0 <= pair[0].0 {
                let what = format!("分档重叠：{} 排在 {} 之后", trimmed(pair[1].0), trimmed(pair[0].0));
                self.refuse("steps_overlap", &step.from.span(), what, "各档的 from 由小到大排列，不得相同。");
            }
        }
        steps.into_iter().map(|(from, share)| Step { from, share }).collect()
    }
}

/// The keys that a rule needs beside its name.
fn needs(rule: RuleName) -> &'static [&'static str] {
    match rule {
        RuleName::Expert => &[],
        RuleName::Measured => &["figure", "steps"],
        RuleName::Checklist => &["entries"],
        RuleName::Survey => &["figure"],
    }
}
