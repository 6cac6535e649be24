//! Sentences that follow from data: findings with their tokens, progress, feedback, earlier suggestions, the grade.

use kernel::Problem;
use paper::model::{Block, Chart, ChartKind};

use super::sample::{self, facts, finding, indicator, library};
use super::{composed, href, text_of};
use crate::evaluation::{Feedback, FeedbackAnswer, Finding, FindingKind, Stage};
use crate::indicators::Indicator;
use crate::rectification::RectificationItem;
use crate::reports::Facts;
use crate::reports::compose::desk::Desk;
use crate::reports::compose::progress::assessment;
use crate::reports::compose::{SCORES_NOTE, compose, numbers, sealed};
use rust_decimal::Decimal;

#[test]
fn the_small_station_gives_its_sentences() {
    let library = library();
    let text = text_of(&facts(&library), &library);
    let expected = [
        "2024—2025 年度样本区样本街社工服务站\n中期评估报告",
        "合同期共365天，到2024年12月31日已过194天，时间进度为53.15%。",
        "· 电访与探访：电话访问9个、入户探访9个，完成率依次为225%、100%。",
        "· 小组：小组9个，完成率为30%。",
        "按已过天数的平均速度推算，到合同期末：专业个案服务约17节，为指标量的105.83%；小组约17个，为指标量的56.44%。",
        "（1）截至2024年12月31日，月均在岗1名。",
        "（1）稳岗率50%。建议留人。",
        "片区范围：样东社区、样中社区，共5个社区。",
        "①建档5份，样东社区2份。",
        "上一轮评估就晓港片区提出意见三条，其中已完成两条，部分完成一条，情况见下表。",
        "上一轮评估就项目管理提出意见一条，未完成，情况见下表。",
        "样本区民政局、样本街道办事处对报告初稿均无异议，日期见下表。",
        "评估满分为100分，得分由四方评分按权重相加得出：第三方评估机构占55%，",
        "90分以上（含90分）为优秀，80分以上（含80分）、不满90分为良好，60分以上（含60分）、不满80分为合格，不满60分为不合格。",
        "第三方评估机构得分：项目管理16 + 服务质量32 + 服务监测16 + 服务成效16 = 80.00分。",
        "总分：44.00 + 17.20 + 12.75 + 8.30 = 82.25。",
        "1. 夯实兜底服务。按服务等级落实探访。",
        SCORES_NOTE,
    ];
    for sentence in expected {
        assert!(text.contains(sentence), "“{sentence}” is not in\n{text}");
    }
    assert!(
        !text.contains(numbers::MISSING),
        "every token of the templates is a figure of the shipped rules:\n{text}"
    );
}

#[test]
fn a_token_that_names_nothing_is_refused_with_finding_and_token() {
    check(
        "建档{registry.filez@xiaogang}份",
        "评语 pm-x：{registry.filez@xiaogang} 里的 registry.filez 不是计数规则。是不是 registry.files",
    );
    check(
        "建档{registry.files@nowhere}份",
        "评语 pm-x：{registry.files@nowhere} 里的 nowhere 不是这个社工站的片区或社区。片区代码有：xiaogang、haifu",
    );
    check(
        "由{contract.operator}承办",
        "评语 pm-x：{contract.operator} 里的 contract.operator 不是计数规则。",
    );
    check("建档{registry.files", "评语 pm-x 第 3 个字：“{”没有配上“}”。");

    fn check(text: &str, expected: &str) {
        let library = library();
        let mut facts = facts(&library);
        facts.findings.push(finding("pm-x", FindingKind::Strength, "project_management", text, None));
        let problem = compose(&facts, &library.scheme, &href).unwrap_err().to_string();
        assert!(problem.starts_with(expected), "{problem}");
    }
}

#[test]
fn a_concern_says_who_should_put_it_right_and_by_when() {
    for (owner, due_on, expected) in [
        (
            Some("承办机构"),
            Some("2025-06-30"),
            "台账不齐。补齐。（建议由承办机构整改，于2025年6月30日前完成。）",
        ),
        (Some("承办机构"), None, "台账不齐。补齐。（建议由承办机构整改。）"),
        (None, Some("2025-06-30"), "台账不齐。补齐。（建议于2025年6月30日前完成。）"),
        (None, None, "台账不齐。补齐。\n"),
    ] {
        let library = library();
        let mut facts = facts(&library);
        let concern =
            finding("pm-x", FindingKind::Concern, "project_management", "台账不齐。", Some("补齐。"));
        facts.findings.push(Finding {
            owner: owner.map(str::to_owned),
            due_on: due_on.map(|day: &str| day.parse().unwrap()),
            ..concern
        });
        let text = text_of(&facts, &library);
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
}

#[test]
fn what_has_no_place_in_the_report_is_refused() {
    check("service_qualty", "评语 pm-x：报告没有“service_qualty”这一部分。");
    check("service_quality@dong", "评语 pm-x：社工站没有代码为“dong”的片区。");
    check("purchaser@xiaogang", "评语 pm-x：这一部分不分片区。");

    fn check(section: &str, expected: &str) {
        let library = library();
        let mut facts = facts(&library);
        facts.findings.push(finding("pm-x", FindingKind::Concern, section, "有待改进。", None));
        let problem = compose(&facts, &library.scheme, &href).unwrap_err().to_string();
        assert!(problem.starts_with(expected), "{problem}");
    }
}

#[test]
fn an_earlier_suggestion_without_a_place_is_told_by_itself() {
    let library = library();
    let mut facts = facts(&library);
    assert!(!text_of(&facts, &library).contains("上一轮其他建议"));
    let known = facts.rectifications[0].clone();
    let other = |code: &str, section: &str, area: Option<&str>| RectificationItem {
        code: code.into(),
        section: section.into(),
        area_code: area.map(str::to_owned),
        concern: format!("{code}的意见"),
        ..known.clone()
    };
    facts.rectifications.push(other("other-1", "safety", None));
    facts.rectifications.push(other("other-2", "service_quality", Some("gone")));
    facts.rectifications.push(other("other-3", "purchaser", Some("xiaogang")));
    let text = text_of(&facts, &library);
    let own = text.split("上一轮其他建议的落实情况").nth(1).unwrap();
    assert!(own.contains("已经调整的片区提出意见三条，均已完成"), "{own}");
    for code in ["other-1", "other-2", "other-3"] {
        assert_eq!(text.matches(&format!("{code}的意见")).count(), 1, "{code}");
    }
}

#[test]
fn the_seal_leads_to_the_page_of_the_site_that_confirms_it() {
    let library = library();
    let mut facts = facts(&library);
    let seal = "ab".repeat(32);
    let at = |facts: &Facts| {
        let document = sealed(composed(facts, &library), facts, &seal);
        let codes = document.blocks.iter().filter_map(|block| match block {
            Block::Chart(Chart { kind: ChartKind::Code { text }, .. }) => Some(text.clone()),
            _ => None,
        });
        (codes.collect::<Vec<_>>(), paper::text::render(&document))
    };
    facts.round.stage = Stage::Feedback;
    assert_eq!(at(&facts).0, [""; 0], "a draft has none");
    facts.round.stage = Stage::Issued;
    assert_eq!(at(&facts).0, [format!("sha256:{seal}")]);
    facts.address = Some("https://pinggu.example/".into());
    let address = format!("https://pinggu.example/reports/seals/{seal}");
    let (codes, text) = at(&facts);
    assert_eq!(codes, [address.as_str()]);
    assert!(text.contains(&address) && text.contains(&format!("\n{seal}\n")), "{text}");
    assert!(text.contains("评估专家（签名）：＿") && text.contains("（盖章）"), "{text}");
    let known = crate::routes();
    assert!(known.iter().any(|route| route.path == "/reports/seals/{seal}"), "and there is such a page");
}

#[test]
fn before_scoring_has_ended_the_report_has_what_is_recorded() {
    let library = library();
    let facts = Facts { outcome: None, findings: vec![], ..facts(&library) };
    let text = text_of(&facts, &library);
    assert!(text.contains("评分尚未结束：这里只有到目前为止的记录"), "{text}");
    assert!(text.contains("各片区、社区建档和联系服务对象情况"), "{text}");
    assert!(!text.contains("总分为") && !text.contains("没有列出值得肯定的方面"), "{text}");
    let fonts = paper::Fonts::from_system().unwrap();
    let wanted = crate::reports::Wanted { pdf: false, docx: false, html: true, xlsx: false };
    let problem = crate::reports::files(&facts, &library, &fonts, wanted).unwrap_err();
    assert_eq!(problem.code, "not_scored");
}

#[test]
fn a_missing_figure_is_said_and_has_no_percent_sign() {
    let library = library();
    let mut rows: std::collections::BTreeMap<_, _> =
        library.rules.rules().map(|rule| (rule.code.clone(), sample::rows(rule))).collect();
    rows.insert("contract.agreed_workers".into(), vec![]);
    let facts = sample::facts_of(&library, rows);
    let text = text_of(&facts, &library);
    assert!(text.contains("（1）稳岗率未列。建议留人。"), "{text}");
    let (scheme, href) = (&library.scheme, &href);
    let desk = Desk::of(&facts, scheme, href);
    assert_eq!(plain(desk.prose("率{no.such_rule}%。")), "率未列。");

    fn plain(run: Result<Vec<paper::model::Inline>, Problem>) -> String {
        run.unwrap().iter().map(paper::model::Inline::plain).collect()
    }
}

#[test]
fn the_assessment_never_says_more_than_the_statuses() {
    let of = |name: &str, actual: u32| indicator(name, Some(actual), 100);
    check(&[], "服务协议没有列出指标，进度无从评价。");
    check(
        &[of("甲", 100), of("乙", 60)],
        "2项协议指标中，已完成的1项，领先于时间进度的1项。各项指标均已完成或领先于时间进度，服务进度把握到位。",
    );
    check(
        &[of("甲", 250), of("乙", 54)],
        "2项协议指标中，已完成的1项，贴近时间进度的1项（乙）。没有指标落后于时间进度，服务进度总体把握到位；贴近时间进度的，余量不多，须逐月核对。\
         按已过天数的平均速度推算，到合同期末：乙约102个，为指标量的101.6%。甲达到指标量的两倍以上，请社工站会同购买方核对所数的内容，并检讨指标量是否合适。",
    );
    check(
        &[of("甲", 100), of("乙", 60), of("丙", 10)],
        "3项协议指标中，已完成的1项，领先于时间进度的1项，落后于时间进度的1项（丙）。多数指标跟得上时间进度；落后的，社工站须查明原因，订出追赶的安排并逐月核对。\
         按已过天数的平均速度推算，到合同期末：丙约19个，为指标量的18.81%。",
    );
    check(
        &[of("甲", 100), of("丙", 0)],
        "2项协议指标中，已完成的1项，落后于时间进度的1项（丙）。半数以上的指标落后于时间进度，服务进度没有把握好，社工站须尽快查明原因，会同购买方调整安排。\
         按已过天数的平均速度推算，到合同期末：丙约0个，为指标量的0%。",
    );
    check(
        &[indicator("丁", None, 100)],
        "1项协议指标中，没有可比较的数据的1项（丁）。没有数据可供比较，暂不评价服务进度。",
    );
    check(
        &[of("甲", 60), indicator("丁", None, 100)],
        "2项协议指标中，领先于时间进度的1项，没有可比较的数据的1项（丁）。有数据的指标没有落后于时间进度；缺数据的，请社工站补齐记录后再作评价。",
    );
    check(
        &[of("丙", 10), indicator("丁", None, 100), indicator("戊", None, 100)],
        "3项协议指标中，落后于时间进度的1项（丙），没有可比较的数据的2项（丁、戊）。有指标落后于时间进度，另有指标缺数据，社工站须补齐记录，查明落后的原因，订出追赶的安排。\
         按已过天数的平均速度推算，到合同期末：丙约19个，为指标量的18.81%。",
    );

    fn check(indicators: &[Indicator], expected: &str) {
        assert_eq!(assessment(indicators), expected);
    }
}

#[test]
fn nobody_is_said_to_have_agreed_who_was_not_heard() {
    let library = library();
    let mut facts = facts(&library);
    facts.feedback[2].answer = FeedbackAnswer::Objection;
    facts.feedback[2].note = "请更正社区名称".into();
    let text = text_of(&facts, &library);
    assert!(
        text.contains("一方对报告初稿提出异议：样本街道办事处；样本区民政局无异议。内容和日期见下表。"),
        "{text}"
    );
    assert!(text.contains("样本街道办事处\t初稿反馈\t2025-04-09\t有异议\t示例甲\t请更正社区名称"), "{text}");
    assert!(text.contains("反馈方\t环节\t日期\t答复\t签署人\t说明"), "{text}");
    facts.feedback[2] = Feedback {
        answer: FeedbackAnswer::Silent,
        signer: None,
        note: "到期没有答复".into(),
        ..facts.feedback[2].clone()
    };
    let text = text_of(&facts, &library);
    let told = "样本区民政局于2025年4月8日答复，对报告初稿无异议。样本街道办事处逾期未反馈，日期见下表。";
    assert!(text.contains(told), "{text}");
    assert!(text.contains("样本街道办事处\t初稿反馈\t2025-04-09\t逾期未反馈\t\t到期没有答复"), "{text}");
    facts.feedback.remove(1);
    let text = text_of(&facts, &library);
    assert!(text.contains("尚未收到对报告初稿的答复。样本街道办事处逾期未反馈，日期见下表。"), "{text}");
    facts.feedback.clear();
    let text = text_of(&facts, &library);
    assert!(text.contains("对报告初稿的反馈。尚未收到对报告初稿的答复。"), "{text}");
    assert!(!text.contains("无异议"), "{text}");
}

#[test]
fn the_stages_tell_the_way_that_the_scheme_has() {
    use rules::scoring::{Hop, Paper, Recipient, Silence};
    let library = library();
    let facts = facts(&library);
    let text = text_of(&facts, &library);
    for part in [
        "写成报告初稿，送样本区民政局、社工站和示例督导中心，由社工站转送样本街道办事处，征求各方意见；初稿送出后七日内答复。",
        "研究样本区民政局、社工站、样本街道办事处和示例督导中心的意见，定稿后报送样本区民政局，由样本区民政局转送社工站、样本街道办事处和示例督导中心。",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let hop = |of, from, to| Hop { of, from, to };
    let (evaluator, station, street) = (Recipient::Evaluator, Recipient::Station, Recipient::StreetOffice);
    let scheme = rules::scoring::Scheme {
        route: vec![
            hop(Paper::Draft, evaluator, street),
            hop(Paper::Draft, street, station),
            hop(Paper::Final, evaluator, street),
            hop(Paper::Final, evaluator, station),
        ],
        feedback_days: 10,
        silence: Silence::NoObjection,
        ..library.scheme.clone()
    };
    let text = paper::text::render(&compose(&facts, &scheme, &href).unwrap());
    for part in [
        "写成报告初稿，送样本街道办事处，由样本街道办事处转送社工站，征求各方意见；初稿送出后十日内答复，逾期没有答复的，不再等候，记为逾期未反馈。",
        "研究样本街道办事处和社工站的意见，定稿后报送样本街道办事处和社工站。",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("由社工站转送"), "{text}");
}

#[test]
fn the_report_bears_no_day_before_the_answers_it_reports() {
    let library = library();
    let mut facts = facts(&library);
    assert_eq!(composed(&facts, &library).meta.date, sample::day(2025, 4, 9));
    facts.feedback.clear();
    assert_eq!(composed(&facts, &library).meta.date, sample::day(2025, 3, 25));
}

#[test]
fn a_sample_says_so_and_others_do_not() {
    let library = library();
    let mut facts = facts(&library);
    let document = composed(&facts, &library);
    assert_eq!(document.meta.sample_notice, facts.sample_notice);
    assert_eq!(document.cover.notice, facts.sample_notice);
    facts.sample_notice = None;
    assert!(!text_of(&facts, &library).contains(SCORES_NOTE));
}

#[test]
fn numbers_are_printed_as_people_write_them() {
    for (value, expected) in [
        ("0", "0"),
        ("999", "999"),
        ("8642", "8,642"),
        ("1234567.50", "1,234,567.5"),
        ("-1000", "-1,000"),
        ("79052.65", "79,052.65"),
    ] {
        assert_eq!(numbers::grouped(value.parse::<Decimal>().unwrap()), expected);
    }
    for (number, expected) in [
        (0, "零"),
        (2, "两"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (22, "二十二"),
        (35, "三十五"),
        (100, "100"),
    ] {
        assert_eq!(numbers::so_many(number), expected);
    }
    for (number, expected) in [(1, "①"), (20, "⑳"), (21, "（21）")] {
        assert_eq!(numbers::circled(number), expected);
    }
    assert_eq!(numbers::fixed("83.995".parse().unwrap(), 2), "84.00");
}
