//! Passages: their keys, words given to them, and what two texts of a report differ in.

use std::collections::BTreeSet;

use kernel::Id;

use super::sample::{self, facts, library};
use super::{composed, href, text_of};
use crate::evaluation::{AcceptedError, Granted, ReportWording, Touched};
use crate::reports::compose::{names_in, tokens, wrong};
use crate::reports::text::{ReportText, compared};
use crate::reports::{Facts, Passage};

fn reworded(facts: &mut Facts, passage: &str, words: &str) {
    facts.wordings.push(ReportWording {
        id: Id::NIL,
        station_id: Id::NIL,
        area_id: None,
        community_id: None,
        worker_id: None,
        round: "yangben-2024-mid".into(),
        passage: passage.into(),
        template: String::new(),
        words: words.into(),
        written_by: Id::NIL,
        writer: "示例".into(),
    });
}

fn passages(facts: &Facts) -> Vec<Passage> {
    crate::reports::composed(facts, &library().scheme, &href).unwrap().passages
}

fn kept(facts: &Facts) -> ReportText {
    ReportText::of(facts, &crate::reports::composed(facts, &library().scheme, &href).unwrap())
}

#[test]
fn every_passage_has_a_key_of_its_own_and_stands_where_it_says() {
    let library = library();
    let facts = facts(&library);
    let all = passages(&facts);
    let keys: BTreeSet<&str> = all.iter().map(|passage| passage.key.as_str()).collect();
    assert_eq!(keys.len(), all.len(), "no key twice");
    for key in [
        "preface",
        "background.principles.1",
        "background.stages.4",
        "basics.staff",
        "project_management.strength.lead",
        "service_quality.haifu.concern.none",
        "purchaser.lead",
        "feedback.on_spot",
        "closing.lead",
    ] {
        assert!(keys.contains(key), "{key} is not in {keys:?}");
    }
    let document = composed(&facts, &library);
    let lines = paper::text::render(&document);
    for passage in &all {
        let text: String = passage.run.iter().map(paper::model::Inline::plain).collect();
        assert!(lines.contains(&text), "{}: {text}", passage.key);
        assert!(passage.block < document.blocks.len());
    }
    let kept = kept(&facts);
    let known: BTreeSet<&str> = kept.lines.iter().filter_map(|line| line.key.as_deref()).collect();
    for key in &keys {
        assert!(known.contains(key), "{key} has no line of its own");
    }
}

#[test]
fn words_given_to_a_passage_are_printed_instead_with_their_figures() {
    let library = library();
    let mut facts = facts(&library);
    reworded(
        &mut facts,
        "closing.lead",
        "到{round.records_until}，电访{phone_visits}个，样东社区{phone_visits@dong}个。",
    );
    let text = text_of(&facts, &library);
    assert!(text.contains("到2024年12月31日，电访9个，样东社区2个。"), "{text}");
    let all = passages(&facts);
    let own = all.iter().find(|passage| passage.key == "closing.lead").unwrap();
    assert!(own.words != own.template && own.template.contains("已运营"));
    let tokens = tokens(&facts, own);
    let written: Vec<&str> = tokens.iter().map(|token| token.written.as_str()).collect();
    assert!(
        written.starts_with(&["{station.short}"]) && written.ends_with(&["{phone_visits@dong}"]),
        "{written:?}"
    );
    assert!(
        tokens.iter().any(|token| token.name.contains("（样东社区）") && token.text == "2"),
        "{tokens:?}"
    );
    assert_eq!(
        names_in(&facts, "{station.short}{phone_visits}"),
        [("station.short".to_owned(), "样本街社工站".to_owned())]
    );
    for (words, expected) in [
        ("没有数字", None),
        ("{station.short}电访{phone_visits@dong}个", None),
        ("电访9个", Some("手写的数字")),
        ("电访九个", None),
        ("{station.short@dong}", Some("不是计数规则")),
        ("{phone_visits@none}", Some("不是这个社工站的片区或社区")),
    ] {
        let found = wrong(&facts, words);
        match expected {
            None => assert_eq!(found, None, "{words}"),
            Some(part) => {
                assert!(found.clone().is_some_and(|found| found.contains(part)), "{words}: {found:?}")
            }
        }
    }
}

#[test]
fn two_texts_differ_in_what_was_changed_and_in_nothing_else() {
    let library = library();
    let before = facts(&library);
    let draft = kept(&before);
    assert_eq!(compared(&draft, &draft), crate::reports::Compared::default());
    let again: ReportText = serde_json::from_str(&serde_json::to_string(&draft).unwrap()).unwrap();
    assert_eq!(again, draft, "as it is kept");

    let mut after = before.clone();
    reworded(&mut after, "preface", "本报告记载评估的经过。");
    // One finding less: what stands behind it is the same, though its number is another.
    let gone = after.findings.remove(0);
    let different = compared(&draft, &kept(&after));
    let told: Vec<String> = different
        .lines
        .iter()
        .map(|line| line.changes.iter().map(|change| change.text.as_str()).collect())
        .collect();
    assert!(told.iter().any(|text| text.contains("本报告记载")), "{told:?}");
    assert!(told.len() <= 3, "{}: {told:?}", gone.code);

    // With the draft at hand the issued report tells it, and what was let stand.
    after.draft = Some(draft);
    after.accepted.push(AcceptedError {
        id: Id::NIL,
        station_id: Id::NIL,
        area_id: None,
        community_id: None,
        worker_id: None,
        round: "yangben-2024-mid".into(),
        rule: "count-names".into(),
        message: "说是三个，列出两个".into(),
        reason: "另一个评估后才设立".into(),
        accepted_by: Id::NIL,
        accepter: "示例".into(),
        accepted_on: sample::day(2025, 4, 1),
    });
    after.granted = vec![
        Granted { number: 2, touched: Touched::Line("preface".into()) },
        Granted { number: 5, touched: Touched::Line(format!("finding.{}", gone.code)) },
        Granted { number: 6, touched: Touched::Line("closing.lead".into()) },
    ];
    let text = text_of(&after, &library);
    let row = |words: &str| text.lines().rfind(|line| line.contains(words)).unwrap_or_default();
    assert!(row("本报告记载评估的经过。").ends_with("\t第2号"), "{text}");
    assert_eq!((text.matches("第5号").count(), text.matches("第6号").count()), (1, 0), "{text}");
    for part in ["附件5 文字核验中保留的问题", "另一个评估后才设立", "附件6 初稿送出以后的改动", "改动的文字"]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}
