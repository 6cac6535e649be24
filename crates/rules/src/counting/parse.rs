//! From TOML to rules: every name is looked up, and every mistake is said with its line and what it could have been.

use std::collections::BTreeMap;

use kernel::Problem;
use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use super::rule::{Condition, Count, Rule, Test, Window};
use super::{Catalogue, Derivation, Field, FieldType, Figure, Kind, Operand};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    rules: BTreeMap<String, Spanned<RawRule>>,
    #[serde(default)]
    derived: BTreeMap<String, Spanned<RawDerived>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    name: String,
    unit: String,
    record: Spanned<String>,
    date: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    at: Option<[Spanned<String>; 2]>,
    count: Option<Spanned<RawCount>>,
    #[serde(default, rename = "where")]
    conditions: BTreeMap<Spanned<String>, Spanned<RawTest>>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawCount {
    Records(String),
    Field(BTreeMap<String, String>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawTest {
    Flag(bool),
    Word(String),
    Words(Vec<String>),
    Compare(BTreeMap<String, toml::Value>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDerived {
    name: String,
    unit: String,
    percent: Option<[RawOperand; 2]>,
    ratio: Option<[RawOperand; 2]>,
    #[serde(default)]
    decimals: u32,
    sum: Option<Vec<RawOperand>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawOperand {
    Figure(String),
    Number(i64),
}

/// The figures of a file, or all that is wrong with it.
pub(super) fn figures(file: &str, text: &str, catalogue: &Catalogue) -> Result<Vec<Figure>, Vec<Problem>> {
    let raw: RawFile = toml::from_str(text).map_err(|error| vec![not_toml(file, text, &error)])?;
    let mut parser = Parser { file, text, catalogue, problems: Vec::new() };
    let mut figures = Vec::new();
    for (code, raw) in raw.rules {
        figures.extend(parser.rule(code, raw).map(Figure::Counted));
    }
    for (code, raw) in raw.derived {
        if figures.iter().any(|figure| figure.code() == code) {
            parser.wrong("duplicate_figure", &raw, format!("{code} 定义了两次"), "请去掉一处");
        }
        figures.extend(parser.derived(code, raw));
    }
    if parser.problems.is_empty() { Ok(figures) } else { Err(parser.problems) }
}

struct Parser<'p> {
    file: &'p str,
    text: &'p str,
    catalogue: &'p Catalogue,
    problems: Vec<Problem>,
}

impl Parser<'_> {
    fn rule(&mut self, code: String, raw: Spanned<RawRule>) -> Option<Rule> {
        let raw = raw.into_inner();
        let Some(kind) = self.catalogue.kind(raw.record.as_ref()) else {
            let known = similar(raw.record.as_ref(), self.catalogue.kinds().map(|kind| kind.name));
            self.wrong(
                "unknown_record",
                &raw.record,
                format!("没有“{}”这种记录", raw.record.as_ref()),
                could_be(&known),
            );
            return None;
        };
        let window = self.window(kind, &raw);
        let count = self.count(kind, raw.count);
        let conditions: Vec<_> =
            raw.conditions.into_iter().map(|(field, test)| self.condition(kind, &field, test)).collect();
        Some(Rule {
            code,
            name: raw.name,
            unit: raw.unit,
            kind,
            count: count?,
            window: window?,
            conditions: conditions.into_iter().collect::<Option<_>>()?,
            note: raw.note,
        })
    }

    fn window(&mut self, kind: &'static Kind, raw: &RawRule) -> Option<Window> {
        match (&raw.date, &raw.until, &raw.at) {
            (None, None, None) => Some(Window::Always),
            (Some(date), None, None) => self.date_field(kind, date).map(Window::During),
            (None, Some(date), None) => self.date_field(kind, date).map(Window::Until),
            (None, None, Some([from, to])) => {
                let (from, to) = (self.date_field(kind, from), self.date_field(kind, to));
                Some(Window::At(from?, to?))
            }
            _ => {
                self.wrong("two_windows", &raw.record, "date、until、at 只能写一个".into(), "请只留一个");
                None
            }
        }
    }

    fn count(&mut self, kind: &'static Kind, raw: Option<Spanned<RawCount>>) -> Option<Count> {
        let Some(raw) = raw else { return Some(Count::Records) };
        let at = raw.span().start;
        let map = match raw.into_inner() {
            RawCount::Records(word) if word == "records" => return Some(Count::Records),
            RawCount::Field(map) if map.len() == 1 => map,
            _ => {
                self.wrong_at("bad_count", at, "count 写得不对".into(), COUNT_FORMS);
                return None;
            }
        };
        let (how, name) = map.into_iter().next()?;
        let field = self.field_at(kind, &name, at)?;
        match (how.as_str(), field.holds) {
            ("sum", FieldType::Whole | FieldType::Money | FieldType::Halves | FieldType::Hundredths) => {
                Some(Count::Sum(field))
            }
            ("distinct", FieldType::Reference | FieldType::Text) => Some(Count::Distinct(field)),
            ("years_since", FieldType::Date) => Some(Count::YearsSince(field)),
            ("sum" | "distinct" | "years_since", _) => {
                self.wrong_at("bad_count", at, format!("字段 {name} 不能这样计数"), COUNT_FORMS);
                None
            }
            _ => {
                self.wrong_at("bad_count", at, format!("不认识的计数方式“{how}”"), COUNT_FORMS);
                None
            }
        }
    }

    fn condition(
        &mut self,
        kind: &'static Kind,
        name: &Spanned<String>,
        test: Spanned<RawTest>,
    ) -> Option<Condition> {
        let field = self.field(kind, name)?;
        let span = test.span();
        let test = match (test.into_inner(), field.holds) {
            (RawTest::Flag(flag), FieldType::Flag) => Some(Test::Is(flag)),
            (RawTest::Word(word), FieldType::Word(_) | FieldType::Text) => Some(Test::OneOf(vec![word])),
            (RawTest::Words(words), FieldType::Word(_) | FieldType::Text) => Some(Test::OneOf(words)),
            (RawTest::Compare(map), holds) => comparison(&map, holds),
            _ => None,
        };
        let Some(test) = test else {
            self.wrong_at(
                "bad_condition",
                span.start,
                format!("字段 {} 的条件写得不对", field.name),
                TEST_FORMS,
            );
            return None;
        };
        self.known_words(field, &test, span.start)?;
        Some(Condition { field, test })
    }

    fn known_words(&mut self, field: &Field, test: &Test, offset: usize) -> Option<()> {
        if let (FieldType::Word(words), Test::OneOf(values)) = (field.holds, test) {
            for value in values {
                if !words().iter().any(|(word, _)| word == value) {
                    let known: Vec<_> = words().iter().map(|(word, _)| *word).collect();
                    let what = format!("字段 {} 没有“{value}”这个值", field.name);
                    self.wrong_at("unknown_word", offset, what, could_be(&known));
                    return None;
                }
            }
        }
        Some(())
    }

    fn date_field(&mut self, kind: &'static Kind, name: &Spanned<String>) -> Option<&'static Field> {
        let field = self.field(kind, name)?;
        if !matches!(field.holds, FieldType::Date) {
            self.wrong("not_a_date", name, format!("字段 {} 不是日期", field.name), "请改用日期字段");
            return None;
        }
        Some(field)
    }

    fn field(&mut self, kind: &'static Kind, name: &Spanned<String>) -> Option<&'static Field> {
        self.field_at(kind, name.as_ref(), name.span().start)
    }

    fn field_at(&mut self, kind: &'static Kind, name: &str, offset: usize) -> Option<&'static Field> {
        let found = kind.field(name);
        if found.is_none() {
            let known = similar(name, kind.fields.iter().map(|field| field.name));
            self.wrong_at(
                "unknown_field",
                offset,
                format!("{}没有字段“{name}”", kind.label),
                could_be(&known),
            );
        }
        found
    }

    fn derived(&mut self, code: String, raw: Spanned<RawDerived>) -> Option<Figure> {
        let offset = raw.span().start;
        let raw = raw.into_inner();
        let derivation = match (raw.percent, raw.ratio, raw.sum) {
            (Some([of, whole]), None, None) => Derivation::Percent(of.into(), whole.into()),
            (None, Some([of, whole]), None) => Derivation::Ratio(of.into(), whole.into(), raw.decimals),
            (None, None, Some(all)) => Derivation::Sum(all.into_iter().map(Into::into).collect()),
            _ => {
                self.wrong_at(
                    "bad_derivation",
                    offset,
                    format!("{code} 要写 percent、ratio、sum 之一"),
                    "请只写一个",
                );
                return None;
            }
        };
        Some(Figure::Derived { code, name: raw.name, unit: raw.unit, derivation })
    }

    fn wrong<T>(&mut self, code: &'static str, near: &Spanned<T>, what: String, remedy: impl Into<String>) {
        self.wrong_at(code, near.span().start, what, remedy);
    }

    fn wrong_at(&mut self, code: &'static str, offset: usize, what: String, remedy: impl Into<String>) {
        self.problems.push(Problem::new(code, what, remedy).at(place(self.file, self.text, offset)));
    }
}

const COUNT_FORMS: &str =
    "写法：\"records\"、{ sum = \"数量字段\" }、{ distinct = \"编号字段\" }、{ years_since = \"日期字段\" }";
const TEST_FORMS: &str = "写法：\"值\"、[\"值\", …]、true/false、{ at_least = 数 }、{ filled = true }、\
    { by_start = true }、{ years_before = 年数 }、{ this_round = true }、{ previous_round = true }";

fn comparison(map: &BTreeMap<String, toml::Value>, holds: FieldType) -> Option<Test> {
    let (how, value) = map.iter().next().filter(|_| map.len() == 1)?;
    match (how.as_str(), value, holds) {
        (
            "at_least",
            toml::Value::Integer(least),
            FieldType::Whole | FieldType::Money | FieldType::Halves,
        ) => Some(Test::AtLeast(*least)),
        ("filled", toml::Value::Boolean(filled), _) => {
            Some(if *filled { Test::Present } else { Test::Missing })
        }
        ("by_start", toml::Value::Boolean(true), FieldType::Date) => Some(Test::ByStart),
        ("this_round", toml::Value::Boolean(true), FieldType::Text) => Some(Test::ThisRound),
        ("previous_round", toml::Value::Boolean(true), FieldType::Text) => Some(Test::PreviousRound),
        ("years_before", toml::Value::Integer(years), FieldType::Date) => {
            u32::try_from(*years).ok().filter(|years| *years <= 200).map(Test::YearsBefore)
        }
        _ => None,
    }
}

impl From<RawOperand> for Operand {
    fn from(raw: RawOperand) -> Self {
        match raw {
            RawOperand::Figure(code) => Self::Figure(code),
            RawOperand::Number(number) => Self::Number(Decimal::from(number)),
        }
    }
}

/// The known names most like a wrong one; all of them when few are known or none is alike.
pub(super) fn similar<'n>(wrong: &str, known: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut names: Vec<(f64, &str)> = known.map(|name| (strsim::jaro_winkler(wrong, name), name)).collect();
    names.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let alike: Vec<&str> =
        names.iter().filter(|(likeness, _)| *likeness > 0.75).map(|(_, name)| *name).take(5).collect();
    if alike.is_empty() { names.into_iter().map(|(_, name)| name).take(12).collect() } else { alike }
}

/// The remedy for a wrong name.
pub(super) fn could_be(names: &[&str]) -> String {
    format!("可以用的名字：{}", names.join("、"))
}

fn not_toml(file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let offset = error.span().map_or(0, |span| span.start);
    Problem::new("not_toml", format!("读不懂：{}", error.message()), "请对照 schemes/README.md 检查写法")
        .at(place(file, text, offset))
}

fn place(file: &str, text: &str, offset: usize) -> String {
    let line = text.get(..offset).map_or(1, |before| before.matches('\n').count() + 1);
    format!("{file} 第 {line} 行")
}
