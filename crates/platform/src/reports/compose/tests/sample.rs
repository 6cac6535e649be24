//! A small station with two areas and a round of it, made without a database. Every person and number is invented.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::{Keys, Sealed};
use kernel::{Fen, Id, Moment, Period};
use rules::counting::{Basis, Book, Count, Row, Rule, RuleSet, Window};
use rules::pace::{pace, rest};
use rules::scoring::{Inputs, ItemScore, PartyScore, Scheme, aggregate};
use rust_decimal::Decimal;

use crate::areas::Station;
use crate::contracts::Contract;
use crate::evaluation::{
    Feedback, FeedbackAnswer, FeedbackStep, Finding, FindingKind, Round, RoundKind, Stage,
};
use crate::figures::{At, Scope};
use crate::indicators::completion;
use crate::indicators::{Board, Indicator};
use crate::library::Library;
use crate::rectification::{RectificationItem, RectificationStatus};
use crate::reports::{Facts, Place};

/// Communities and how many rows each rule counts in them; 9 in the whole station.
const COMMUNITIES: [(&str, &str, usize); 3] =
    [("dong", "xiaogang", 2), ("zhong", "xiaogang", 3), ("hua", "haifu", 4)];

/// Indicator, heading, name, unit and target, one for each status but `no_data`.
const INDICATORS: [(&str, &str, &str, &str, u32); 5] = [
    ("phone_visits", "电访与探访", "电话访问", "个", 4),
    ("home_visits", "电访与探访", "入户探访", "个", 9),
    ("case_intakes", "个案", "专业个案接案", "个", 12),
    ("case_sessions", "个案", "专业个案服务", "节", 16),
    ("groups", "小组", "小组", "个", 30),
];

pub(super) fn library() -> Library {
    Library::load(None).unwrap()
}

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The facts of the round, with every shipped rule counting something.
pub(super) fn facts(library: &Library) -> Facts {
    let rows = library.rules.rules().map(|rule| (rule.code.clone(), rows(rule))).collect();
    facts_of(library, rows)
}

/// The facts of the round over these rows.
pub(super) fn facts_of(library: &Library, rows: BTreeMap<String, Vec<Row>>) -> Facts {
    let (station, contract) = (station(), contract());
    let period = Period::new(contract.starts_on, contract.ends_on).unwrap();
    let basis = Basis {
        round: Some("yangben-2024-mid".into()),
        previous_round: Some("yangben-2023-final".into()),
        ..Basis::of(period, day(2024, 12, 31))
    };
    let at = At {
        station: station.id,
        basis: basis.clone(),
        known_at: moment(),
        written_at: moment(),
        scope: Scope::Station,
    };
    let targets = INDICATORS
        .iter()
        .flat_map(|&(code, _, name, unit, target)| completion(code, name, unit, target.into()));
    let set: RuleSet = library.rules.clone().with(targets);
    let book = Book::new(set, basis, rows);
    let inputs = inputs(&library.scheme);
    Facts {
        board: board(&contract, period, &at, &book),
        outcome: Some(aggregate(&library.scheme, &inputs).unwrap()),
        survey: vec![],
        beside: vec![],
        scheme: library.schemes[0].clone(),
        address: None,
        inputs,
        book,
        round: round(contract.id, station.id),
        areas: vec![
            place(
                "xiaogang",
                "晓港片区",
                vec![place("dong", "样东社区", vec![]), place("zhong", "样中社区", vec![])],
            ),
            place("haifu", "海富片区", vec![place("hua", "样花社区", vec![])]),
        ],
        at,
        targets: vec![],
        panel: vec![],
        findings: findings(),
        feedback: feedback(),
        rectifications: rectifications(),
        wordings: vec![],
        accepted: vec![],
        draft: None,
        granted: vec![],
        sample_notice: Some("样本数据，不是真实的评估结果".into()),
        station,
        contract,
    }
}

/// Rows that a rule could count, so many in each community. Half of the dates lie in July, half in August.
pub(super) fn rows(rule: &Rule) -> Vec<Row> {
    let all = COMMUNITIES.iter().flat_map(|&(community, area, number)| {
        (0..number)
            .map(move |index| row(rule, &format!("{}-{community}-{index}", rule.code), area, Some(community)))
    });
    all.collect()
}

pub(super) fn row(rule: &Rule, id: &str, area: &str, community: Option<&str>) -> Row {
    let mut fields = BTreeMap::new();
    if let Window::During(field) | Window::Until(field) | Window::At(field, _) = rule.window {
        let month = if id.ends_with('0') { "2024-07-15" } else { "2024-08-15" };
        fields.insert(field.name.to_owned(), month.to_owned());
    }
    match rule.count {
        Count::Sum(field) => fields.insert(field.name.to_owned(), "2".to_owned()),
        Count::Distinct(field) => fields.insert(field.name.to_owned(), id.to_owned()),
        Count::YearsSince(field) => fields.insert(field.name.to_owned(), "2012-05-01".to_owned()),
        Count::Records => None,
    };
    Row {
        id: id.to_owned(),
        area: Some(area.to_owned()),
        community: community.map(str::to_owned),
        worker: None,
        fields,
    }
}

/// An indicator with a status, for the assessment.
pub(super) fn indicator(name: &str, actual: Option<u32>, target: u32) -> Indicator {
    let period = Period::new(day(2024, 6, 21), day(2025, 6, 20)).unwrap();
    let (actual, target) = (actual.map(Decimal::from), Decimal::from(target));
    Indicator {
        code: name.into(),
        name: name.into(),
        unit: "个".into(),
        heading: "样本".into(),
        actual,
        target,
        pace: pace(actual, target, period, day(2024, 12, 31)),
        rest: rest(actual, target, period, day(2024, 12, 31)),
        amended_on: None,
    }
}

fn board(contract: &Contract, period: Period, at: &At, book: &Book) -> Board {
    let as_of = at.basis.cut_off;
    let indicators = INDICATORS.iter().map(|&(code, heading, name, unit, target)| {
        let actual = book.value(code, None);
        Indicator {
            pace: pace(actual, target.into(), period, as_of),
            rest: rest(actual, target.into(), period, as_of),
            amended_on: None,
            code: code.into(),
            name: name.into(),
            unit: unit.into(),
            heading: heading.into(),
            actual,
            target: target.into(),
        }
    });
    Board {
        contract: contract.clone(),
        period,
        as_of,
        at: at.clone(),
        rules: RuleSet::default(),
        indicators: indicators.collect(),
    }
}

fn inputs(scheme: &Scheme) -> Inputs {
    let areas = ["xiaogang", "haifu"];
    let mut scores = Vec::new();
    for (expert, tenths) in [("jia", 8), ("yi", 7), ("bing", 9)] {
        for (_, item) in scheme.items() {
            let score = item.points * Decimal::new(tenths, 1);
            let cells = if item.per_area {
                areas.map(|area| format!("{}@{area}", item.code)).to_vec()
            } else {
                vec![item.code.clone()]
            };
            scores.extend(cells.into_iter().map(|item| ItemScore { expert: expert.into(), item, score }));
        }
    }
    let party = |party: &str, score| PartyScore { party: party.to_owned(), score: Decimal::from(score) };
    Inputs {
        experts: ["jia", "yi", "bing"].map(String::from).to_vec(),
        areas: areas.map(String::from).to_vec(),
        scores,
        parties: vec![party("purchaser", 86), party("supervision_centre", 85), party("supervisor", 83)],
        ..Inputs::default()
    }
}

fn id(number: u8) -> Id {
    Id::derived(0, &[&[number]])
}

fn moment() -> Moment {
    Moment::end_of(day(2025, 4, 15))
}

fn place(code: &str, name: &str, communities: Vec<Place>) -> Place {
    Place { code: code.into(), name: name.into(), communities }
}

fn station() -> Station {
    let keys = Keys::new([7; 32]);
    Station {
        id: id(1),
        station_id: id(1),
        area_id: None,
        community_id: None,
        worker_id: None,
        code: "yangben".into(),
        name: "样本街社工服务站".into(),
        district: "样本区".into(),
        street: "样本街".into(),
        address: "样本区样本街样本路".into(),
        operated_since: day(2012, 5, 1),
        pseudonym_key: Sealed::new(&keys, "stations.pseudonym_key", &id(1), "样本").unwrap(),
    }
}

fn contract() -> Contract {
    Contract {
        id: id(2),
        station_id: id(1),
        area_id: None,
        community_id: None,
        worker_id: None,
        code: "yangben-2024".into(),
        operator: "样本服务中心".into(),
        purchaser: "样本街道办事处".into(),
        supervisor: "样本区民政局".into(),
        signed_on: day(2024, 6, 20),
        starts_on: day(2024, 6, 21),
        ends_on: day(2025, 6, 20),
        funding: Fen::yuan(2_400_000),
        agreed_workers: 20,
        agreed_certified: 12,
    }
}

fn round(contract_id: Id, station_id: Id) -> Round {
    Round {
        id: id(3),
        station_id,
        area_id: None,
        community_id: None,
        worker_id: None,
        code: "yangben-2024-mid".into(),
        contract_id,
        kind: RoundKind::MidTerm,
        stage: Stage::Issued,
        scheme: "guangzhou-2024".into(),
        previous: Some("yangben-2023-final".into()),
        records_until: day(2024, 12, 31),
        evaluated_on: day(2025, 3, 25),
        known_at: moment().micros(),
        evaluator: "示例评估机构".into(),
        supervision_centre: "示例督导中心".into(),
    }
}

/// A finding; its section may be `section@area`.
pub(super) fn finding(
    code: &str,
    kind: FindingKind,
    section: &str,
    text: &str,
    suggestion: Option<&str>,
) -> Finding {
    let (section, area) =
        section.split_once('@').map_or((section, None), |(section, area)| (section, Some(area)));
    Finding {
        id: Id::derived(0, &[code.as_bytes()]),
        station_id: id(1),
        area_id: None,
        community_id: None,
        worker_id: None,
        round: "yangben-2024-mid".into(),
        code: code.into(),
        kind,
        section: section.into(),
        area_code: area.map(str::to_owned),
        position: 1,
        text: text.into(),
        suggestion: suggestion.map(str::to_owned),
        evidence: String::new(),
        returns: None,
        owner: None,
        due_on: None,
    }
}

fn findings() -> Vec<Finding> {
    use FindingKind::{Concern, Recommendation, Strength};
    vec![
        finding(
            "pm-s1",
            Strength,
            "project_management",
            "截至{round.records_until}，月均在岗{staff.average_workers}名。",
            None,
        ),
        finding(
            "pm-c1",
            Concern,
            "project_management",
            "稳岗率{staff.retention_percent}%。",
            Some("建议留人。"),
        ),
        finding(
            "sq-s1",
            Strength,
            "service_quality@xiaogang",
            "建档{registry.files@xiaogang}份，样东社区{registry.files@dong}份。",
            None,
        ),
        finding("sq-c1", Concern, "service_quality@xiaogang", "上门偏少。", Some("建议增加上门次数。")),
        finding("su-c1", Concern, "supervisor", "品牌不突出。", Some("建议打造品牌。")),
        finding("rec-1", Recommendation, "recommendations", "夯实兜底服务。按服务等级落实探访。", None),
    ]
}

fn feedback() -> Vec<Feedback> {
    let given = |number, step, party: &str, answered_on| Feedback {
        id: id(number),
        station_id: id(1),
        area_id: None,
        community_id: None,
        worker_id: None,
        round: "yangben-2024-mid".into(),
        step,
        party: party.into(),
        answer: FeedbackAnswer::NoObjection,
        answered_on,
        note: String::new(),
        signer: Some("示例甲".into()),
    };
    vec![
        given(10, FeedbackStep::OnSpot, "station", day(2025, 3, 25)),
        given(11, FeedbackStep::Draft, "supervisor", day(2025, 4, 8)),
        given(12, FeedbackStep::Draft, "purchaser", day(2025, 4, 9)),
    ]
}

fn rectifications() -> Vec<RectificationItem> {
    let item = |code: &str, area: Option<&str>, section: &str, status| RectificationItem {
        id: Id::derived(0, &[code.as_bytes()]),
        station_id: id(1),
        area_id: None,
        community_id: None,
        worker_id: None,
        round: "yangben-2023-final".into(),
        code: code.into(),
        section: section.into(),
        area_code: area.map(str::to_owned),
        concern: format!("{code}的意见"),
        action: format!("{code}的措施"),
        status,
        proof: "记录".into(),
    };
    vec![
        item("prev-1", Some("xiaogang"), "service_quality", RectificationStatus::Done),
        item("prev-2", Some("xiaogang"), "service_quality", RectificationStatus::Partly),
        item("prev-3", Some("xiaogang"), "service_quality", RectificationStatus::Done),
        item("prev-4", None, "project_management", RectificationStatus::Open),
    ]
}
