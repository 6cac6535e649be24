//! The pages of areas from samples, so that the templates are seen without a database.

use askama::Template as _;
use web::testing::faults_of;

use super::*;

fn community(name: &str, place: bool, points: usize) -> CommunityLine {
    let point =
        |n| (format!("0{n}"), format!("{name}社工点"), (n == 1).then(|| "2024-06-30 撤销".to_owned()));
    CommunityLine {
        id: format!("id-{name}"),
        name: name.into(),
        code: "dongyi".into(),
        region_code: if place { "440199001001".into() } else { String::new() },
        place: place.then(|| "23.098765，113.281234".into()),
        points: (0..points).map(point).collect(),
    }
}

fn station(code: &str, may: bool) -> StationPart {
    let areas = vec![
        AreaPart {
            id: "a1".into(),
            name: "东片区".into(),
            code: "dong".into(),
            communities: vec![community("东<一>", true, 2), community("东二", false, 1)],
        },
        AreaPart { id: "a2".into(), name: "西片区".into(), code: "xi".into(), communities: vec![] },
    ];
    StationPart {
        id: "s1".into(),
        documents: may,
        code: code.into(),
        name: "示例街社工服务站".into(),
        street: "示例区 示例街".into(),
        communities: 3,
        may_record: may,
        may_withdraw: may,
        areas,
        rest: vec![community("新村", false, 0)],
    }
}

fn import(changes: Vec<ChangeLine>, faulty: usize) -> ImportPage {
    ImportPage {
        frame: Frame::sample("areas", "对比区划名单"),
        station: ("shili".into(), "示例街社工服务站".into()),
        file: "名单<1>.xlsx".into(),
        read: 40,
        same: 3,
        faulty: (0..faulty).map(|n| (n + 2, "区划代码要 12 位数字，“4401”是 4 位".to_owned())).collect(),
        notes: if faulty > 0 { vec!["工作表“旧”是隐藏的，没有读".into()] } else { vec![] },
        changes,
        list: "440199001001 东一社区居委会\n440199001002 \"西\"一".into(),
        key: "0123".into(),
    }
}

#[test]
fn every_page_renders_from_a_sample() {
    let change = |mark, what: &str, ticked| ChangeLine {
        key: "new:440199001004".into(),
        mark,
        what: what.into(),
        code: "440199001004".into(),
        ticked,
    };
    let changes = vec![
        change(("新增", "t-ok"), "南一", true),
        change(("改名", "t-info"), "西一 → 新西", true),
        change(("名单里没有", "t-warn"), "旧村", false),
    ];
    let list =
        |stations| ListPage { frame: Frame::sample("areas", "片区与社区"), stations, may_add: true };
    let pages = [
        ("list", list(vec![station("shili", true), station("lingzhan", false)]).render()),
        ("list_empty", list(vec![]).render()),
        ("import", import(changes, 0).render()),
        ("import_faulty", import(vec![], 23).render()),
    ];
    for (name, page) in pages {
        let html = page.unwrap();
        assert_eq!(faults_of(&html), Vec::<String>::new(), "{name}");
        insta::assert_snapshot!(name, html);
    }
}
