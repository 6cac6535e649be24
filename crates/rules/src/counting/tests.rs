//! Case tables: what a rule counts, what is refused and with which words, and that order never matters.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

const KIND: Kind = Kind {
    name: "visit",
    table: "visits",
    label: "探访记录",
    fields: &[
        Field::new("kind", "方式", FieldType::Word(|| vec![("home", "入户探访"), ("phone", "电话访问")])),
        Field::new("visited_on", "探访日期", FieldType::Date),
        Field::new("ended_on", "结束日期", FieldType::Date),
        Field::new("minutes", "分钟", FieldType::Whole),
        Field::new("cost_fen", "费用", FieldType::Money),
        Field::new("halves", "半月数", FieldType::Halves),
        Field::new("household_id", "户", FieldType::Reference),
        Field::new("round", "轮次", FieldType::Text),
        Field::new("greeting_only", "仅问候", FieldType::Flag),
    ],
};
static KINDS: [&Kind; 1] = [&KIND];

fn catalogue() -> Catalogue {
    Catalogue::new(KINDS)
}

fn parse(text: &str) -> Result<RuleSet, String> {
    RuleSet::parse("test.toml", text, &catalogue())
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

fn rule(body: &str) -> Rule {
    let text = format!("[rules.r]\nname = \"名\"\nunit = \"次\"\nrecord = \"visit\"\n{body}");
    let set = parse(&text).unwrap();
    set.rules().next().unwrap().clone()
}

fn row(id: &str, fields: &[(&str, &str)]) -> Row {
    Row {
        id: id.into(),
        area: Some("east".into()),
        fields: fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
        ..Row::default()
    }
}

fn basis() -> Basis {
    Basis {
        start: "2024-06-21".parse().unwrap(),
        cut_off: "2024-12-31".parse().unwrap(),
        round: Some("mid".into()),
        previous_round: None,
    }
}

#[test]
fn what_a_rule_counts() {
    let check = |body: &str, fields: &[(&str, &str)], expected: bool| {
        assert_eq!(counts(&rule(body), &basis(), &row("1", fields)), expected, "{body} {fields:?}");
    };
    let date = "date = \"visited_on\"";
    check(date, &[("visited_on", "2024-06-20")], false);
    check(date, &[("visited_on", "2024-06-21")], true);
    check(date, &[("visited_on", "2024-12-31")], true);
    check(date, &[("visited_on", "2025-01-01")], false);
    check(date, &[], false);
    check("until = \"visited_on\"", &[("visited_on", "1999-01-01")], true);
    check("until = \"visited_on\"", &[("visited_on", "2025-01-01")], false);
    let at = "at = [\"visited_on\", \"ended_on\"]";
    check(at, &[("visited_on", "2020-01-01")], true);
    check(at, &[("visited_on", "2020-01-01"), ("ended_on", "2024-12-31")], false);
    check(at, &[("visited_on", "2020-01-01"), ("ended_on", "2025-01-01")], true);
    check(at, &[("visited_on", "2025-01-01")], false);
    check("where = { kind = \"home\" }", &[("kind", "home")], true);
    check("where = { kind = \"home\" }", &[("kind", "phone")], false);
    check("where = { kind = [\"home\", \"phone\"] }", &[("kind", "phone")], true);
    check("where = { greeting_only = false }", &[("greeting_only", "false")], true);
    check("where = { greeting_only = false }", &[], false);
    check("where = { minutes = { at_least = 10 } }", &[("minutes", "9")], false);
    check("where = { minutes = { at_least = 10 } }", &[("minutes", "10")], true);
    check("where = { ended_on = { filled = false } }", &[], true);
    check("where = { ended_on = { filled = true } }", &[], false);
    check("where = { visited_on = { by_start = true } }", &[("visited_on", "2024-06-21")], true);
    check("where = { visited_on = { by_start = true } }", &[("visited_on", "2024-06-22")], false);
    check("where = { visited_on = { years_before = 2 } }", &[("visited_on", "2022-12-31")], true);
    check("where = { visited_on = { years_before = 2 } }", &[("visited_on", "2023-01-01")], false);
    check("where = { round = { this_round = true } }", &[("round", "mid")], true);
    check("where = { round = { this_round = true } }", &[("round", "final")], false);
    check("where = { round = { previous_round = true } }", &[("round", "mid")], false);
}

#[test]
fn what_is_added_up() {
    let rows = [
        row("1", &[("minutes", "30"), ("cost_fen", "105"), ("halves", "13"), ("household_id", "a")]),
        row("2", &[("minutes", "12"), ("cost_fen", "-5"), ("halves", "2"), ("household_id", "a")]),
        row("3", &[("household_id", "b"), ("visited_on", "2012-05-01")]),
    ];
    let check = |count: &str, expected: &str| {
        let tally = tally(&rule(&format!("count = {count}")), &basis(), &rows);
        assert_eq!(tally.value, expected.parse::<Decimal>().unwrap(), "{count}");
        assert_eq!(tally.records, 3);
    };
    check("\"records\"", "3");
    check("{ sum = \"minutes\" }", "42");
    check("{ sum = \"cost_fen\" }", "1");
    check("{ sum = \"halves\" }", "7.5");
    check("{ distinct = \"household_id\" }", "2");
    check("{ years_since = \"visited_on\" }", "12");
}

#[test]
fn a_file_that_is_wrong_says_where_and_what_it_could_be() {
    let check = |text: &str, expected: &[&str]| {
        let message = parse(text).expect_err(text);
        for part in expected {
            assert!(message.contains(part), "{message}\nlacks {part}");
        }
    };
    let head = "[rules.r]\nname = \"名\"\nunit = \"次\"\n";
    check(&format!("{head}record = \"visits\"\n"), &["test.toml 第 4 行", "没有“visits”这种记录", "visit"]);
    check(
        &format!("{head}record = \"visit\"\ndate = \"visited\"\n"),
        &["第 5 行", "没有字段“visited”", "visited_on"],
    );
    check(&format!("{head}record = \"visit\"\ndate = \"kind\"\n"), &["不是日期"]);
    check(&format!("{head}record = \"visit\"\nwhere = {{ knd = \"home\" }}\n"), &["第 5 行", "kind"]);
    check(
        &format!("{head}record = \"visit\"\nwhere = {{ kind = \"door\" }}\n"),
        &["没有“door”这个值", "home、phone"],
    );
    check(
        &format!("{head}record = \"visit\"\nwhere = {{ minutes = \"ten\" }}\n"),
        &["条件写得不对", "at_least"],
    );
    check(&format!("{head}record = \"visit\"\ncount = {{ sum = \"kind\" }}\n"), &["不能这样计数"]);
    check(
        &format!("{head}record = \"visit\"\ncount = {{ mean = \"minutes\" }}\n"),
        &["不认识的计数方式“mean”"],
    );
    check(
        &format!("{head}record = \"visit\"\ndate = \"visited_on\"\nuntil = \"visited_on\"\n"),
        &["只能写一个"],
    );
    check(&format!("{head}record = \"visit\"\nweight = 3\n"), &["读不懂", "weight"]);
    check("[derived.d]\nname = \"率\"\nunit = \"%\"\npercent = [\"a\", \"b\"]\n", &["d 用到的 a 没有定义"]);
    check("[derived.d]\nname = \"率\"\nunit = \"%\"\nsum = [\"d\"]\n", &["绕了一圈"]);
    check("[derived.d]\nname = \"率\"\nunit = \"%\"\n", &["percent、ratio、sum 之一"]);
    check("not toml at all", &["test.toml 第 1 行", "读不懂"]);
}

#[test]
fn a_missing_operand_is_missing() {
    let figures = |code: &str| match code {
        "a" => Some(Decimal::from(1)),
        "zero" => Some(Decimal::ZERO),
        _ => None,
    };
    let figure = |code: &str| Operand::Figure(code.into());
    let check = |derivation: Derivation, expected: Option<&str>| {
        assert_eq!(derivation.value(figures), expected.map(|text| text.parse().unwrap()), "{derivation:?}");
    };
    check(Derivation::Percent(figure("a"), Operand::Number(3.into())), Some("33.33"));
    check(Derivation::Percent(figure("a"), figure("zero")), None);
    check(Derivation::Percent(figure("a"), figure("none")), None);
    check(Derivation::Ratio(figure("a"), Operand::Number(8.into()), 2), Some("0.13"));
    check(Derivation::Sum(vec![figure("a"), figure("zero")]), Some("1"));
    check(Derivation::Sum(vec![figure("a"), figure("none")]), None);
}

#[test]
fn a_rule_reads_itself_out() {
    let set = parse(
        "[rules.r]\nname = \"名\"\nunit = \"次\"\nrecord = \"visit\"\ndate = \"visited_on\"\nwhere = { kind = \"home\" }\n\
         [derived.d]\nname = \"率\"\nunit = \"%\"\npercent = [\"r\", 20]\n",
    )
    .unwrap();
    let check = |code: &str, expected: &str| assert_eq!(read_out(&set, set.get(code).unwrap()), expected);
    check("r", "统计“探访记录”的条数，条件：方式为“入户探访”；按“探访日期”计入合同期首日至截止日的记录。");
    check("d", "“名” ÷ 20 × 100%，四舍五入到两位小数。");
    assert_eq!(set.roots("d").len(), 1);
}

#[test]
fn the_digest_sees_what_the_rule_reads() {
    let one = row("1", &[("minutes", "30")]);
    let digest_of = |rows: &[Row]| digest(rows);
    let two = row("2", &[("minutes", "30")]);
    assert_eq!(digest_of(&[one.clone(), two.clone()]), digest_of(&[two.clone(), one.clone()]));
    assert_ne!(digest_of(std::slice::from_ref(&one)), digest_of(&[one.clone(), two]));
    assert_ne!(row_digest(&one), row_digest(&row("1", &[("minutes", "31")])));
    assert_ne!(row_digest(&one), row_digest(&Row { area: Some("west".into()), ..one.clone() }));
}

proptest! {
    #[test]
    fn parts_of_a_sum_add_up(minutes in prop::collection::vec((0i64..100, 0u8..4), 0..60)) {
        let rule = rule("count = { sum = \"minutes\" }");
        let rows: Vec<Row> = minutes
            .iter()
            .enumerate()
            .map(|(n, (minutes, area))| Row {
                area: (*area > 0).then(|| format!("area{area}")),
                ..row(&n.to_string(), &[("minutes", &minutes.to_string())])
            })
            .collect();
        let whole = tally(&rule, &basis(), &rows);
        let parts: Decimal = Group::all(&rule, &basis(), &rows, By::Area).iter().map(|part| part.value).sum();
        prop_assert_eq!(parts, whole.value);
        let mut backwards = rows.clone();
        backwards.reverse();
        prop_assert_eq!(tally(&rule, &basis(), &backwards), whole);
    }
}
