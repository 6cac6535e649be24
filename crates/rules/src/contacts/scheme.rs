//! Service levels as data: how often each is visited and called, and what calls for more.

use chrono::{Days, NaiveDate};
use kernel::Problem;
use serde::Deserialize;
use toml::Spanned;

use super::occasion::{self, Kind, RawOccasion};
use super::parse::Mistakes;

/// The codes of the levels, closest first; the words are in the code lists.
pub(super) const LEVELS: [(&str, &str); 6] = [
    ("one", "一级"),
    ("two", "二级"),
    ("three", "三级"),
    ("four", "四级"),
    ("five", "五级"),
    ("six", "六级"),
];

/// The word for a level.
pub(super) fn level_word(code: &str) -> &str {
    LEVELS.iter().find(|(known, _)| *known == code).map_or(code, |(_, word)| word)
}

/// How somebody is contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// At home.
    Home,
    /// By telephone.
    Phone,
}

impl By {
    /// The word for people: 入户, 电访.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Home => "入户",
            Self::Phone => "电访",
        }
    }
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frequency {
    /// The most days between two.
    pub every: u32,
    /// The most days before the first.
    pub first: u32,
}

/// What becomes of a contact that falls due on a day of rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestDay {
    /// It is due on the last workday before.
    Before,
    /// It is due on the first workday after.
    After,
    /// It is due on that day.
    Keep,
}

/// How often a level, or whoever is in a category, is contacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) code: String,
    pub(super) from: NaiveDate,
    pub(super) home: Option<Frequency>,
    pub(super) phone: Option<Frequency>,
    pub(super) greetings_count: bool,
    /// After how many days a level is looked at again.
    pub(super) regrade: Option<u32>,
}

/// What calls for a contact beside the regular ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// Of what kind.
    pub kind: Kind,
    /// The word for people.
    pub label: String,
    /// The levels it is for.
    pub levels: Vec<String>,
    /// How; none where either will do.
    pub by: Option<By>,
    /// The days there are for it: after what causes it, or before a holiday.
    pub days: u32,
    /// The least days of a holiday that calls for it.
    pub holiday: u32,
}

/// The service levels of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    /// The name of the file's contents.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What becomes of days of rest.
    pub rest_day: RestDay,
    /// Whether a home visit counts as a call too.
    pub home_counts_as_phone: bool,
    /// How many days ahead a contact is listed.
    pub window: u32,
    pub(super) rules: Vec<Rule>,
    pub(super) categories: Vec<Rule>,
    pub(super) occasions: Vec<Occasion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    name: String,
    version: String,
    rest_day: RestDay,
    home_counts_as_phone: bool,
    window: u32,
    levels: Vec<RawRule>,
    #[serde(default)]
    categories: Vec<RawRule>,
    #[serde(default)]
    occasions: Vec<RawOccasion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    level: Option<Spanned<String>>,
    category: Option<Spanned<String>>,
    from: Spanned<String>,
    home: Option<Spanned<RawFrequency>>,
    phone: Option<Spanned<RawFrequency>>,
    #[serde(default = "yes")]
    greetings_count: bool,
    regrade: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrequency {
    every: u32,
    first: Option<u32>,
}

fn yes() -> bool {
    true
}

/// The longest interval there may be, in days.
const LONGEST: u32 = 1_000;

impl Levels {
    /// Reads a file of service levels (TOML; the form is described in `schemes/README.md`). `categories`: the codes of
    /// the categories there are.
    ///
    /// # Errors
    /// Every problem of the file at once, each with file and line: a level, category or occasion there is none of, one
    /// twice from the same day, a day that is none, an interval of no or of too many days, a level left out.
    pub fn parse(file: &str, text: &str, categories: &[&str]) -> Result<Self, Vec<Problem>> {
        let mut mistakes = Mistakes::of(file, text);
        let raw: RawFile = mistakes.toml()?;
        let levels = LEVELS.map(|(code, _)| code);
        let rules = rules(&mut mistakes, raw.levels, ("level", &levels));
        let categories = rules_of_categories(&mut mistakes, raw.categories, categories);
        for (code, word) in LEVELS {
            if !rules.iter().any(|rule| rule.code == code) {
                let remedy = format!("补一张 [[levels]]，level = \"{code}\"；不用联系的等级只写 from。");
                mistakes.add("missing_level", 0, format!("没有写{word}（{code}）"), remedy);
            }
        }
        let occasions =
            raw.occasions.into_iter().filter_map(|one| occasion::read(&mut mistakes, one)).collect();
        mistakes.done(Self {
            name: raw.name,
            version: raw.version,
            rest_day: raw.rest_day,
            home_counts_as_phone: raw.home_counts_as_phone,
            window: raw.window,
            rules,
            categories,
            occasions,
        })
    }

    /// The rule of a level on a day.
    pub(super) fn rule(&self, level: &str, day: NaiveDate) -> Option<&Rule> {
        in_force(&self.rules, level, day)
    }

    /// The day by which a level that holds since a day is to be looked at again, where nobody gave one: none where the file
    /// gives no interval.
    #[must_use]
    pub fn regrade_on(&self, level: &str, from: NaiveDate) -> Option<NaiveDate> {
        // A level that is older than the file goes by the first edition there is.
        let own = self.rules.iter().filter(|rule| rule.code == level);
        let rule = self.rule(level, from).or_else(|| own.min_by_key(|rule| rule.from))?;
        from.checked_add_days(Days::new(u64::from(rule.regrade?)))
    }

    /// The rule of a category on a day.
    pub(super) fn category(&self, category: &str, day: NaiveDate) -> Option<&Rule> {
        in_force(&self.categories, category, day)
    }

    /// How often a level is contacted in a way on a day.
    #[must_use]
    pub fn frequency(&self, level: &str, by: By, day: NaiveDate) -> Option<Frequency> {
        self.rule(level, day)?.frequency(by)
    }
}

impl Rule {
    pub(super) fn frequency(&self, by: By) -> Option<Frequency> {
        match by {
            By::Home => self.home,
            By::Phone => self.phone,
        }
    }
}

fn in_force<'r>(rules: &'r [Rule], code: &str, day: NaiveDate) -> Option<&'r Rule> {
    rules.iter().filter(|rule| rule.code == code && rule.from <= day).max_by_key(|rule| rule.from)
}

fn rules_of_categories(mistakes: &mut Mistakes<'_>, raw: Vec<RawRule>, known: &[&str]) -> Vec<Rule> {
    rules(mistakes, raw, ("category", known))
}

fn rules(mistakes: &mut Mistakes<'_>, raw: Vec<RawRule>, (what, known): (&str, &[&str])) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for one in raw {
        let at = one.from.span().start;
        let (code, other) =
            if what == "level" { (one.level, one.category) } else { (one.category, one.level) };
        let (Some(code), None) = (code, other) else {
            mistakes.add(
                "missing_code",
                at,
                format!("这里要写 {what}"),
                format!("写上 {what} = \"…\"，别的不写。"),
            );
            continue;
        };
        if !known.contains(&code.as_ref().as_str()) {
            let said = format!("没有“{}”", code.as_ref());
            mistakes.add(
                "unknown_code",
                code.span().start,
                said,
                format!("可以用的：{}。", known.join("、")),
            );
        }
        let Some(from) = mistakes.day(&one.from) else { continue };
        if rules.iter().any(|rule| rule.code == *code.as_ref() && rule.from == from) {
            let said = format!("“{}”从 {from} 起写了两次", code.as_ref());
            mistakes.add("duplicate_rule", code.span().start, said, "请去掉一处，或改 from。");
        }
        let (home, phone) = (frequency(mistakes, one.home), frequency(mistakes, one.phone));
        let regrade = regrade(mistakes, what, one.regrade);
        let greetings_count = one.greetings_count;
        rules.push(Rule { code: code.into_inner(), from, home, phone, greetings_count, regrade });
    }
    rules
}

/// The interval after which a level is looked at again; categories have none.
fn regrade(mistakes: &mut Mistakes<'_>, what: &str, raw: Option<Spanned<u32>>) -> Option<u32> {
    let raw = raw?;
    let (at, days) = (raw.span().start, raw.into_inner());
    if what != "level" {
        mistakes.add("bad_interval", at, "类别没有复评", "去掉 regrade：它只写在 [[levels]] 里。");
    } else if days == 0 || days > LONGEST {
        mistakes.add("bad_interval", at, "这个天数不合规定", format!("regrade 写 1 到 {LONGEST}。"));
    }
    Some(days)
}

fn frequency(mistakes: &mut Mistakes<'_>, raw: Option<Spanned<RawFrequency>>) -> Option<Frequency> {
    let raw = raw?;
    let at = raw.span().start;
    let raw = raw.into_inner();
    let first = raw.first.unwrap_or(raw.every);
    if raw.every == 0 || raw.every > LONGEST || first > LONGEST {
        let remedy = format!("every 写 1 到 {LONGEST}，first 写 0 到 {LONGEST}。");
        mistakes.add("bad_interval", at, "这个天数不合规定", remedy);
    }
    Some(Frequency { every: raw.every.max(1), first })
}
