//! The self-review through the router, on both databases.

use std::sync::atomic::Ordering;

use crate::access::Role;
use crate::evaluation::Stage;
use crate::evaluation::testing::{self, empty_round};
use crate::library::Library;
use crate::testing::{Desk, on_both};

const SELF: &str = "/evaluation/rounds/yizhan-panel/self";

#[test]
fn a_station_answers_item_by_item_until_it_is_frozen() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::SelfReview);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let manager = Desk::at(database, micros, Role::StationManager);
        let scheme = Library::load(None).unwrap().scheme;
        let items: Vec<_> = scheme.items().map(|(_, item)| (item.code.clone(), item.points)).collect();
        assert!(manager.get(SELF).contains(&format!("答了 0 / {} 项", items.len())));
        let (code, points) = &items[0];
        let path = format!("{SELF}/{code}");
        assert!(manager.get(&path).contains("系统测得"), "the figure stands there already");
        assert_eq!(manager.post(&path, &[("answer", ""), ("score", "1")]).0, 422);
        assert_eq!(manager.post(&path, &[("answer", "做了"), ("score", "99")]).0, 422);
        let more = points.normalize().to_string();
        let fields = [
            ("answer", "二十人全部到岗"),
            ("evidence", "/documents 合同扫描件\n考勤表"),
            ("score", more.as_str()),
        ];
        assert_eq!(manager.post(&path, &fields).0, 303);
        let page = manager.get(SELF);
        assert!(
            page.contains("二十人全部到岗") && page.contains("<a href=\"/documents\">合同扫描件</a>"),
            "{page}"
        );
        // The evaluator reads it, and answers nothing for the station.
        let runs = Desk::at(database, micros, Role::Evaluator);
        assert!(runs.get(SELF).contains("二十人全部到岗"));
        assert_eq!(runs.post(&path, &fields).0, 403);
        assert_eq!(manager.status(&format!("{SELF}/report.docx")), 200);
        assert_eq!(manager.status(&format!("{SELF}/report.pdf")), 200);
        assert_eq!(manager.status(&format!("{SELF}/none")), 404);
        testing::move_to(database, &round, Stage::OnSite);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let (status, body) = manager.post(&path, &fields);
        assert_eq!(status, 422);
        assert!(body.contains("自评阶段才能答"), "{body}");
    });
}
