//! What a contract can agree on: the counting rules that give whole numbers, and the targets written beside them.
//! Pure.

use std::collections::BTreeMap;

use rules::counting::{Figure, Rule, RuleSet, place_in, read_out};
use web::form::{Form, Wrong};

/// The most that can be agreed on.
pub(super) const MOST: i32 = 10_000_000;

/// A counting rule that a contract can agree on.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// The code of the figure.
    pub(super) code: String,
    /// The name for people.
    pub(super) name: String,
    /// Its unit.
    pub(super) unit: String,
    /// Under which heading it would be listed: the part of the work that its records are of.
    pub(super) heading: &'static str,
    /// The rule in plain Chinese.
    pub(super) read_out: String,
    /// Whether it is one of those that contracts usually have.
    pub(super) usual: bool,
}

impl Offer {
    /// The name of its field.
    pub(super) fn field(&self) -> String {
        format!("target.{}", self.code)
    }
}

/// All of them in the order of the rules' text: first the usual ones, whose codes have no part before a dot.
pub(super) fn offers(rules: &RuleSet, text: &str) -> Vec<Offer> {
    let fit = |rule: &&Rule| rule.is_whole() && !rule.is_of_rounds();
    let mut all: Vec<(bool, usize, Offer)> = rules
        .rules()
        .filter(fit)
        .filter_map(|rule| {
            let usual = !rule.code.contains('.');
            Some((!usual, place_in(text, &rule.code)?, offer(rules, rule, usual)))
        })
        .collect();
    all.sort_by_key(|(rest, place, _)| (*rest, *place));
    all.into_iter().map(|(.., offer)| offer).collect()
}

fn offer(rules: &RuleSet, rule: &Rule, usual: bool) -> Offer {
    let of_kind = |slice: &&crate::Slice| slice.kinds.iter().any(|kind| kind.name == rule.kind.name);
    Offer {
        code: rule.code.clone(),
        name: rule.name.clone(),
        unit: rule.unit.clone(),
        heading: crate::SLICES.iter().find(of_kind).map_or(rule.kind.label, |slice| slice.label),
        read_out: read_out(rules, &Figure::Counted(rule.clone())),
        usual,
    }
}

/// The targets that a form gives, by the code of their figure; what was left empty is not chosen.
///
/// # Errors
/// A target is no whole number, or there is none at all.
pub(super) fn chosen(form: &Form, offers: &[Offer]) -> Result<BTreeMap<String, i32>, Vec<Wrong>> {
    let (mut chosen, mut wrong) = (BTreeMap::new(), Vec::new());
    for offer in offers {
        let field = offer.field();
        let text = form.text(&field);
        match whole(text) {
            _ if text.is_empty() => {}
            Some(target) => {
                chosen.insert(offer.code.clone(), target);
            }
            None => wrong.push(Wrong {
                what: format!("{}的指标量“{}”读不懂：填 1 到 {MOST} 的整数", offer.name, shortened(text)),
                field,
            }),
        }
    }
    if chosen.is_empty() && wrong.is_empty() {
        let field = offers.first().map(Offer::field).unwrap_or_default();
        wrong.push(Wrong {
            field, what: "一项也没有填：在要考核的指标后面填指标量".into()
        });
    }
    if wrong.is_empty() { Ok(chosen) } else { Err(wrong) }
}

/// A whole number from 1, as people write it: `１，０００` and `1 000` too.
pub(super) fn whole(text: &str) -> Option<i32> {
    let plain: String = text.chars().filter(|sign| !matches!(sign, ',' | '，' | ' ' | '\u{3000}')).collect();
    let digits: Option<String> = plain.chars().map(digit).collect();
    digits?.parse().ok().filter(|number| (1..=MOST).contains(number))
}

fn digit(sign: char) -> Option<char> {
    match sign {
        '0'..='9' => Some(sign),
        '０'..='９' => char::from_u32(u32::from(sign) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(20).collect()
}

#[cfg(test)]
mod case_tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        let check = |text: &str, expected: Option<i32>| assert_eq!(whole(text), expected, "{text}");
        check("1", Some(1));
        check("2,086", Some(2_086));
        check("１，０００", Some(1_000));
        check("1 000", Some(1_000));
        check("10000000", Some(MOST));
        check("10000001", None);
        check("0", None);
        check("-5", None);
        check("1.5", None);
        check("一百", None);
        check("", None);
    }

    #[test]
    fn the_fifteen_usual_ones_come_first_and_none_is_money_or_of_a_round() {
        let library = crate::library::Library::load(None).unwrap();
        let offers = offers(&library.rules, &library.rules_text);
        let usual: Vec<&str> =
            offers.iter().take_while(|one| one.usual).map(|one| one.code.as_str()).collect();
        assert_eq!(usual.len(), 15);
        assert_eq!((usual[0], usual[14]), ("phone_visits", "volunteer_teams"));
        let has = |code: &str| offers.iter().any(|one| one.code == code);
        assert!(has("outcome.volunteer_services") && has("publicity.posts"));
        assert!(!has("contract.funding_yuan") && !has("staff.attendance_actual"));
        assert!(!has("monitoring.survey_sample") && !has("report.expert_count"));
        let visits = offers.iter().find(|one| one.code == "home_visits").unwrap();
        assert_eq!(visits.heading, "探访");
        assert!(visits.read_out.contains("方式为“入户探访”"), "{}", visits.read_out);
    }
}
