//! The records as a page: what a figure of the HTML report leads to when it is clicked, with no server at all.

use askama::Template;
use kernel::{Problem, chinese_date, trimmed};
use rules::counting::{Field, FieldType, Figure, Row, Rule, read_out};

use super::{Facts, Place};

#[derive(Template)]
#[template(path = "reports/templates/records.html")]
struct Page {
    title: String,
    notice: Option<String>,
    period: String,
    figures: Vec<Section>,
    derived: Vec<Derived>,
}

/// One derived figure: the figures it follows from, for the station and place by place.
struct Derived {
    code: String,
    name: String,
    unit: String,
    value: String,
    rule: String,
    /// Codes and names of the figures it follows from.
    needs: Vec<(String, String)>,
    places: Vec<Part>,
}

/// A derived figure in one area or community.
struct Part {
    code: String,
    name: String,
    value: String,
    /// The values it follows from, each with the address of its records.
    needs: Vec<(String, String)>,
}

/// One counted figure.
struct Section {
    code: String,
    name: String,
    unit: String,
    value: String,
    rule: String,
    columns: Vec<&'static str>,
    places: Vec<Group>,
}

/// The records of one area or community.
struct Group {
    /// Anchors that lead here: the figure's code with the area's or community's.
    anchors: Vec<String>,
    name: String,
    rows: Vec<Line>,
}

struct Line {
    id: String,
    cells: Vec<String>,
}

/// Renders the page.
///
/// # Errors
/// The template does not render; it always does.
pub fn render(facts: &Facts) -> Result<String, Problem> {
    let period = format!(
        "{}至{}，共 {} 天",
        chinese_date(facts.at.basis.start),
        chinese_date(facts.at.basis.cut_off),
        (facts.at.basis.cut_off - facts.at.basis.start).num_days() + 1
    );
    let page = Page {
        title: format!("{}：报告中各个数字的记录", facts.station.name),
        notice: facts.sample_notice.clone(),
        period,
        figures: facts.book.set().rules().map(|rule| section(facts, rule)).collect(),
        derived: facts.book.set().iter().filter_map(|figure| derived(facts, figure)).collect(),
    };
    page.render().map_err(|error| Problem::new("template", error.to_string(), ""))
}

fn section(facts: &Facts, rule: &Rule) -> Section {
    let fields = rule.fields();
    let figure = facts.book.set().get(&rule.code);
    Section {
        code: rule.code.clone(),
        name: rule.name.clone(),
        unit: rule.unit.clone(),
        value: facts.book.value(&rule.code, None).map_or_else(|| "未列".to_owned(), trimmed),
        rule: figure.map(|figure| read_out(facts.book.set(), figure)).unwrap_or_default(),
        columns: fields.iter().map(|field| field.label).collect(),
        places: groups(facts, rule, &fields),
    }
}

/// A derived figure; completions and targets are shown with the records of their indicator.
fn derived(facts: &Facts, figure: &Figure) -> Option<Derived> {
    let Figure::Derived { code, name, unit, derivation } = figure else { return None };
    if super::files::anchor("", code, None) != format!("#{code}") {
        return None;
    }
    let set = facts.book.set();
    let needs: Vec<&str> = derivation.needs();
    let named = |need: &&str| (need.to_string(), set.get(need).map_or(*need, Figure::name).to_owned());
    let placed = set
        .roots(code)
        .iter()
        .any(|root| facts.book.rows(&root.code, None).iter().any(|row| row.area.is_some()));
    let part = |place: &Place| Part {
        code: place.code.clone(),
        name: place.name.clone(),
        value: facts.book.printed(code, Some(&place.code)),
        needs: needs
            .iter()
            .map(|need| (format!("{need}@{}", place.code), facts.book.printed(need, Some(&place.code))))
            .collect(),
    };
    let places = facts.areas.iter().flat_map(|area| std::iter::once(area).chain(&area.communities));
    Some(Derived {
        code: code.clone(),
        name: name.clone(),
        unit: unit.clone(),
        value: facts.book.printed(code, None),
        rule: read_out(set, figure),
        needs: needs.iter().map(named).collect(),
        places: if placed { places.map(part).collect() } else { vec![] },
    })
}

/// Records by area and community in the station's order, those without a place last.
fn groups(facts: &Facts, rule: &Rule, fields: &[&'static Field]) -> Vec<Group> {
    let all = facts.book.rows(&rule.code, None);
    let mut groups = Vec::new();
    let code = &rule.code;
    for area in &facts.areas {
        let own = |community: Option<&str>| {
            let mut rows: Vec<&Row> = all
                .iter()
                .copied()
                .filter(|row| {
                    row.area.as_deref() == Some(&area.code) && row.community.as_deref() == community
                })
                .collect();
            rows.sort_by(|a, b| a.id.cmp(&b.id));
            lines(&rows, fields)
        };
        let mut anchors = vec![format!("{code}@{}", area.code)];
        for community in &area.communities {
            anchors.push(format!("{code}@{}", community.code));
            let name = format!("{} · {}", area.name, community.name);
            groups.push(Group {
                anchors: std::mem::take(&mut anchors),
                name,
                rows: own(Some(&community.code)),
            });
        }
        groups.push(Group { anchors, name: area.name.clone(), rows: own(None) });
    }
    let elsewhere: Vec<&Row> = all.iter().copied().filter(|row| row.area.is_none()).collect();
    groups.push(Group { anchors: vec![], name: "全站".to_owned(), rows: lines(&elsewhere, fields) });
    groups.retain(|group| !group.rows.is_empty() || !group.anchors.is_empty());
    if groups.iter().all(|group| group.rows.is_empty()) { vec![] } else { groups }
}

fn lines(rows: &[&Row], fields: &[&'static Field]) -> Vec<Line> {
    let cell = |row: &Row, field: &Field| shown(field, row.get(field.name));
    rows.iter()
        .map(|row| Line {
            id: row.id.chars().take(12).collect(),
            cells: fields.iter().map(|field| cell(row, field)).collect(),
        })
        .collect()
}

/// A field's value for people: words by their label, money in yuan, references shortened.
fn shown(field: &Field, value: Option<&str>) -> String {
    let Some(value) = value else { return "未填".to_owned() };
    let hundredths = || value.parse::<i64>().map(|number| trimmed(rust_decimal::Decimal::new(number, 2)));
    match field.holds {
        FieldType::Word(words) => {
            words().into_iter().find(|(word, _)| *word == value).map_or(value, |(_, label)| label).to_owned()
        }
        FieldType::Flag => if value == "true" { "是" } else { "否" }.to_owned(),
        FieldType::Money | FieldType::Hundredths => hundredths().unwrap_or_else(|_| value.to_owned()),
        FieldType::Reference => value.chars().take(12).collect(),
        _ => value.to_owned(),
    }
}
