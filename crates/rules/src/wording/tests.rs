//! Tokens in a text, and the wording of the sample's evaluation: only known figures, none typed.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde::Deserialize;

use super::{Segment, parse};

fn text(words: &str) -> Segment {
    Segment::Text(words.to_owned())
}

fn figure(code: &str, scope: Option<&str>) -> Segment {
    Segment::Figure { code: code.to_owned(), scope: scope.map(str::to_owned) }
}

#[test]
fn texts_come_apart_in_order() {
    let check = |written: &str, expected: &[Segment]| {
        assert_eq!(parse(written).as_deref(), Ok(expected), "{written}")
    };
    check("", &[]);
    check("没有数字", &[text("没有数字")]);
    check("{groups}", &[figure("groups", None)]);
    check("共{groups}个，", &[text("共"), figure("groups", None), text("个，")]);
    check("{a}{b.c}", &[figure("a", None), figure("b.c", None)]);
    check(
        "建档{registry.files@xiaogang}份",
        &[text("建档"), figure("registry.files", Some("xiaogang")), text("份")],
    );
    check(
        "完成{home_visits.completion}%",
        &[text("完成"), figure("home_visits.completion", None), text("%")],
    );
}

#[test]
fn bad_tokens_say_where_and_what_to_do() {
    let check = |written: &str, code: &str, message: &str| {
        let problem = parse(written).expect_err(written);
        assert_eq!((problem.code, problem.to_string().starts_with(message)), (code, true), "{problem}");
    };
    check("共{groups个", "token_unclosed", "第 2 个字：“{”没有配上“}”");
    check("共{groups{b}", "token_unclosed", "第 2 个字");
    check("共{", "token_unclosed", "第 2 个字");
    check("{a}共{b}个{c", "token_unclosed", "第 9 个字");
    check("共{}个", "token_empty", "第 2 个字：“{}”里没有数据代码");
    check("共{ }个", "token_empty", "第 2 个字");
    check("共groups}个", "token_unopened", "第 8 个字：“}”前面没有“{”");
    check("{a}}", "token_unopened", "第 4 个字");
    for malformed in ["{小组}", "{a b}", "{@x}", "{a@}", "{a@x@y}", "{A}", "{9a}", "{a.}", "{a..b}", "{a }"]
    {
        check(malformed, "token_malformed", &format!("第 1 个字：“{malformed}”不像数据代码"));
    }
}

proptest! {
    #[test]
    fn what_was_taken_apart_can_be_put_together(written in "[^{}]{0,8}(\\{[a-z][a-z_]{0,5}(@[a-z]{1,4})?\\}[^{}]{0,8}){0,4}") {
        let put = |segment: &Segment| match segment {
            Segment::Text(words) => words.clone(),
            Segment::Figure { code, scope: None } => format!("{{{code}}}"),
            Segment::Figure { code, scope: Some(scope) } => format!("{{{code}@{scope}}}"),
        };
        let segments = parse(&written).expect("well-formed");
        prop_assert_eq!(segments.iter().map(put).collect::<String>(), written);
    }

    #[test]
    fn any_text_is_answered(written in "[{}@a-z.。字 ]{0,20}") {
        let balanced = written.matches('{').count() == written.matches('}').count();
        prop_assert!(parse(&written).is_err() || balanced);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Findings {
    finding: Vec<Finding>,
    recommendation: Vec<Recommendation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    code: String,
    kind: String,
    section: String,
    area: Option<String>,
    order: u32,
    text: String,
    suggestion: Option<String>,
    evidence: Vec<String>,
    #[serde(default)]
    follows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recommendation {
    code: String,
    order: u32,
    title: String,
    text: String,
    from: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PreviousRound {
    round: String,
    station: String,
    concern: Vec<PreviousConcern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PreviousConcern {
    code: String,
    section: String,
    area: Option<String>,
    text: String,
    suggestion: String,
    action: String,
    status: String,
    proof: String,
}

const AREAS: [(&str, &[&str]); 4] = [
    ("xiaogang", &["xiaogangdong", "qinghui", "xiaogangzhong", "xiaoxi", "changgangdong"]),
    ("xiaoyuan", &["xiaoyuandong", "xiaoyuanxin", "yuejinnan", "yuejinbei", "xigangdong", "xigangxi"]),
    (
        "haifu",
        &["haifuhuayuan", "jiangnanyaju", "jiangnandadaonan", "changgangzhong", "suihuanan", "suihuabei"],
    ),
    ("beipian", &["chaosheng", "geshan", "xinhe", "huiyuan", "shendeli"]),
];

/// Every code that the report can print, by group.
const KNOWN: [(&str, &str); 11] = [
    (
        "",
        "phone_visits home_visits case_intakes case_sessions case_closures groups group_sessions group_attendances \
         large_activities large_activity_attendances small_activities small_activity_attendances new_volunteers \
         volunteer_backbones volunteer_teams",
    ),
    ("round.", "records_until evaluated_on"),
    ("station.", "communities areas years_operated"),
    ("contract.", "start end funding_wan agreed_workers agreed_certified recipient_categories"),
    (
        "staff.",
        "average_workers certified certified_intermediate certified_assistant uncertified \
         certified_share_of_agreed_percent two_years_or_more two_years_share_of_agreed_percent stayed \
         retention_percent retention_percent_previous party_members attendance_due attendance_actual certified_due \
         certified_actual uncertified_actual manager_years_in_field",
    ),
    (
        "publicity.",
        "brochures posts views media_reports thank_you_letters banners commendations management_rules",
    ),
    ("registry.", "files files_due coverage_percent households persons one_to_one_cases"),
    ("area.", "funds_raised_yuan aid_attendances support_club_attendances"),
    (
        "monitoring.",
        "survey_sample survey_answered survey_unreached survey_wanting_more_care satisfaction_percent \
         active_teams_kept community_funds funds_with_worker_on_committee",
    ),
    (
        "outcome.",
        "partners partner_programme_years fundraisings_per_month volunteer_services volunteer_attendances \
         home_safety_reached homes_needing_adaptation homes_adapted stair_handrail_buildings stair_handrail_elders \
         hotline_calls inbound_answer_percent outbound_answer_percent tickets_unfilled tickets_unfilled_inbound",
    ),
    ("report.", "expert_count evaluator_staff_count on_site_days"),
];

fn findings() -> Findings {
    toml::from_str(include_str!("../../../../examples/changgang/findings.toml")).expect("findings.toml")
}

fn previous() -> PreviousRound {
    toml::from_str(include_str!("../../../../examples/changgang/previous-round.toml"))
        .expect("previous-round.toml")
}

fn known() -> BTreeSet<String> {
    KNOWN
        .iter()
        .flat_map(|(group, names)| names.split_whitespace().map(move |name| format!("{group}{name}")))
        .collect()
}

/// A known code, at a known place, and of a kind that can be told for a place.
fn check_code(whose: &str, code: &str, scope: Option<&str>) {
    assert!(known().contains(code), "{whose}: unknown code {code}");
    let Some(scope) = scope else {
        assert!(!code.starts_with("area."), "{whose}: {code} needs an area");
        return;
    };
    let place = AREAS.iter().any(|(area, communities)| *area == scope || communities.contains(&scope));
    assert!(place, "{whose}: unknown place {scope}");
    let by_place = code.starts_with("area.") || code.starts_with("registry.") || !code.contains('.');
    assert!(by_place, "{whose}: {code} is not counted by place");
}

fn check_wording(whose: &str, written: &str) {
    for segment in parse(written).unwrap_or_else(|problem| panic!("{whose}: {problem}")) {
        match segment {
            Segment::Text(words) => {
                assert!(!words.chars().any(char::is_numeric), "{whose}: a typed figure in {words}");
            }
            Segment::Figure { code, scope } => check_code(whose, &code, scope.as_deref()),
        }
    }
}

#[test]
fn no_figure_is_typed_and_every_figure_is_known() {
    let findings = findings();
    for finding in &findings.finding {
        check_wording(&finding.code, &finding.text);
        check_wording(&finding.code, finding.suggestion.as_deref().unwrap_or_default());
        for evidence in finding.evidence.iter().filter(|evidence| evidence.is_ascii()) {
            let (code, scope) = evidence
                .split_once('@')
                .map_or((evidence.as_str(), None), |(code, scope)| (code, Some(scope)));
            check_code(&finding.code, code, scope);
        }
    }
    for recommendation in &findings.recommendation {
        check_wording(&recommendation.code, &recommendation.title);
        check_wording(&recommendation.code, &recommendation.text);
    }
    for concern in &previous().concern {
        for written in [&concern.text, &concern.suggestion, &concern.action, &concern.proof] {
            check_wording(&concern.code, written);
        }
    }
}

#[test]
fn every_finding_is_in_order_and_complete() {
    let findings = findings();
    let mut orders: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    let mut codes = BTreeSet::new();
    for finding in &findings.finding {
        assert!(codes.insert(finding.code.as_str()), "{} twice", finding.code);
        assert!(!finding.evidence.is_empty() && finding.text.ends_with('。'), "{}", finding.code);
        match finding.kind.as_str() {
            "strength" => assert!(finding.suggestion.is_none(), "{}", finding.code),
            "concern" => {
                let suggestion = finding.suggestion.as_deref().expect("a concern has a suggestion");
                assert!(suggestion.starts_with("建议") && suggestion.ends_with('。'), "{}", finding.code);
            }
            other => panic!("{}: {other}", finding.code),
        }
        let area = finding.area.clone();
        orders.entry((finding.section.clone(), area, finding.kind.clone())).or_default().push(finding.order);
    }
    for (place, found) in orders {
        assert_eq!(found, (1..=found.len() as u32).collect::<Vec<_>>(), "{place:?}");
    }
    let orders: Vec<_> = findings.recommendation.iter().map(|recommendation| recommendation.order).collect();
    assert_eq!(orders, [1, 2, 3]);
    for source in findings.recommendation.iter().flat_map(|recommendation| &recommendation.from) {
        assert!(codes.contains(source.as_str()), "unknown finding {source}");
    }
}

/// How many strengths and concerns each place of the published report has (some areas one more: what became of
/// the previous round's suggestions).
#[test]
fn every_place_of_the_report_is_covered() {
    let findings = findings().finding;
    let check = |section: &str, area: Option<&str>, strengths: usize, concerns: usize| {
        let count = |kind: &str| {
            let here = findings
                .iter()
                .filter(|finding| finding.section == section && finding.area.as_deref() == area);
            here.filter(|finding| finding.kind == kind).count()
        };
        assert_eq!((count("strength"), count("concern")), (strengths, concerns), "{section} {area:?}");
    };
    check("project_management", None, 4, 2);
    check("service_quality", Some("xiaogang"), 4, 3);
    check("service_quality", Some("xiaoyuan"), 4, 4);
    check("service_quality", Some("haifu"), 4, 3);
    check("service_quality", Some("beipian"), 4, 3);
    check("service_monitoring", None, 3, 3);
    check("service_outcome", None, 3, 4);
    check("purchaser", None, 1, 2);
    check("supervision_centre", None, 3, 2);
    check("supervisor", None, 1, 1);
    assert_eq!(findings.len(), 31 + 27, "no finding outside these places");
}

#[test]
fn satisfaction_says_its_base() {
    let says = |finding: &Finding, code: &str| finding.text.contains(&format!("{{monitoring.{code}}}"));
    let findings = findings().finding;
    let satisfied: Vec<_> = findings.iter().filter(|finding| says(finding, "satisfaction_percent")).collect();
    assert_eq!(satisfied.len(), 1);
    for code in ["survey_sample", "survey_answered", "survey_unreached"] {
        assert!(says(satisfied[0], code), "{code}");
    }
}

#[test]
fn every_earlier_suggestion_is_answered_where_it_was_made() {
    let (findings, previous) = (findings().finding, previous());
    assert_eq!((previous.round.as_str(), previous.station.as_str()), ("changgang-2023-final", "changgang"));
    for earlier in &previous.concern {
        let answers: Vec<_> =
            findings.iter().filter(|finding| finding.follows.contains(&earlier.code)).collect();
        assert_eq!(answers.len(), 1, "{}", earlier.code);
        let answer = answers[0];
        assert_eq!((&answer.section, &answer.area), (&earlier.section, &earlier.area), "{}", earlier.code);
        let expected = match earlier.status.as_str() {
            "done" => "strength",
            "partly" | "open" => "concern",
            other => panic!("{}: {other}", earlier.code),
        };
        assert_eq!(answer.kind, expected, "{}", earlier.code);
    }
    let earlier: BTreeSet<_> = previous.concern.iter().map(|concern| &concern.code).collect();
    assert!(findings.iter().flat_map(|finding| &finding.follows).all(|code| earlier.contains(code)));
    for (area, _) in AREAS {
        assert!(previous.concern.iter().any(|concern| concern.area.as_deref() == Some(area)), "{area}");
    }
}
