//! The pages of the audit log from samples, so that the templates are seen without a database.

use askama::Template as _;
use web::testing::faults_of;

use super::*;

fn line(broken: bool) -> Line {
    let change = |field: &str, before: &str, after: &str| Changed {
        field: field.into(),
        before: before.into(),
        after: after.into(),
    };
    Line {
        when: "2024-12-31 12:00".into(),
        who: "示例<甲>".into(),
        origin: "10.0.0.7".into(),
        verb: "更正 · 片区与社区".into(),
        kind: "社区".into(),
        record: Some(Id::derived(0, &[b"record"])),
        records: 1,
        reason: Some("名称 & 代码写错".into()),
        chain: "示例街社工服务站".into(),
        seq: 12,
        changed: vec![change("名称", "东一", "东<一>"), change("电话", "•••", "•••")],
        broken,
    }
}

fn list(lines: Vec<Line>, total: usize) -> ListPage {
    let asked = Asked { who: Some("jia".into()), verb: Some("visits.".into()), ..Asked::default() };
    let station = StationPlace {
        id: WHOLE,
        code: "shili".into(),
        name: "示例街社工服务站".into(),
        district: "示例区".into(),
        street: "示例街".into(),
    };
    let paging = Paging::new(2.min(total.div_ceil(50).max(1)), 50, total).unwrap();
    ListPage::of(Frame::sample("audit", "审计记录"), asked, &[station], lines, paging)
}

#[test]
fn every_page_renders_from_a_sample() {
    let head = AuditHead { chain: WHOLE, seq: 42, mac: String::new() };
    let verified = |faults: &[AuditFault]| {
        let frame = Frame::sample("audit", "核对审计链");
        VerifiedPage::of(frame, std::slice::from_ref(&head), faults, &BTreeMap::new()).render()
    };
    let fault = AuditFault { chain: WHOLE, kind: db::FaultKind::Altered, at: db::Ranges::one(7, 8) };
    let pages = [
        ("list", list(vec![line(false), line(true)], 120).render()),
        ("list_empty", list(vec![], 0).render()),
        ("verified", verified(&[])),
        ("verified_faults", verified(&[fault])),
    ];
    for (name, page) in pages {
        let html = page.unwrap();
        assert_eq!(faults_of(&html), Vec::<String>::new(), "{name}");
        insta::assert_snapshot!(name, html);
    }
}
