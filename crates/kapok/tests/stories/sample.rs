//! A published sample, replayed on a machine that has nothing but the file.

use std::collections::BTreeMap;

use rules::sampling::{
    Allocation, FORMAT, Member, Published, Seed, Stratum, commitment, drawn, frame_digest, size,
};

use super::run;

fn published() -> Published {
    let seed = "5f".repeat(32);
    let secret = Seed::parse(&seed).unwrap();
    let frame: Vec<Member> =
        (0..140).map(|n| Member { id: format!("{n:032x}"), stratum: String::new() }).collect();
    let number = size(frame.len(), 100);
    let sizes = BTreeMap::from([(String::new(), number)]);
    let found = drawn(&secret, &frame, &sizes).into_iter().map(|member| member.id.clone()).collect();
    let moment = |text: &str| text.to_owned();
    Published {
        format: FORMAT.into(),
        round: "yizhan-2024-final".into(),
        station: "示例社工站".into(),
        cut_off: "2024-12-31".parse().unwrap(),
        committed_at: moment("2025-03-01 09:00"),
        frozen_at: moment("2025-03-10 09:00"),
        drawn_at: moment("2025-03-10 09:05"),
        published_at: moment("2025-03-31 17:00"),
        strata_by: "none".into(),
        wanted: 100,
        allocation: Allocation::Proportional,
        strata: vec![Stratum { name: String::new(), persons: 140, drawn: number }],
        commitment: commitment(&secret),
        seed,
        frame_digest: frame_digest(&frame),
        frame,
        drawn: found,
        replacements: Vec::new(),
    }
}

#[test]
fn a_published_sample_is_replayed_with_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.json");
    let path = path.to_str().unwrap();
    let file = published();
    std::fs::write(path, file.text()).unwrap();
    let good = run(&["sample", "verify", path]);
    assert_eq!(good.code, 0, "{}{}", good.out, good.err);
    for words in ["示例社工站", "[相符] 抽中的人：100 人，逐个一致", "没有给 --commitment", "全部相符"]
    {
        assert!(good.out.contains(words), "{} lacks {words}", good.out);
    }
    let noted =
        run(&["sample", "verify", path, "--commitment", &file.commitment, "--frame", &file.frame_digest]);
    assert_eq!(noted.code, 0, "{}", noted.out);
    let other = run(&["sample", "verify", path, "--commitment", &"0".repeat(64), "--format", "json"]);
    assert_eq!((other.code, other.json()["differ"].as_u64()), (1, Some(1)), "{}", other.out);
    // Somebody who was not drawn is written in the place of somebody who was.
    let outside = file.frame.iter().find(|member| !file.drawn.contains(&member.id)).unwrap().id.clone();
    let mut changed = file.clone();
    changed.drawn[17] = outside;
    std::fs::write(path, changed.text()).unwrap();
    let bad = run(&["sample", "verify", path]);
    assert_eq!(bad.code, 1, "{}", bad.out);
    assert!(
        bad.out.contains("[不符] 抽中的人：第 18 个应是") && bad.out.contains("有 1 处不符"),
        "{}",
        bad.out
    );
    std::fs::write(path, "{}").unwrap();
    run(&["sample", "verify", path]).refused(&[path, "读不懂这份样本文件", "下载的原文件"]);
    run(&["sample", "verify", "/nowhere/sample.json"]).refused(&["/nowhere/sample.json", "没有这个文件"]);
}
