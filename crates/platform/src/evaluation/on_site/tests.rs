//! The record on site through the router, on both databases.

use std::sync::atomic::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::access::Role;
use crate::evaluation::Stage;
use crate::evaluation::testing::{self, empty_round};
use crate::library::Library;
use crate::testing::{Desk, on_both};

const ON_SITE: &str = "/evaluation/rounds/yizhan-panel/on-site";

#[test]
fn the_panel_notes_what_it_hears_and_sees_and_has_the_day_signed() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::OnSite);
        let pass = || micros.fetch_add(1_000_000, Ordering::SeqCst);
        pass();
        let runs = Desk::at(database, micros, Role::Evaluator);
        let expert = Desk::of(database, micros, &[]);
        testing::cleared(database, &round.code, expert.user(), runs.user());
        pass();
        let new = format!("{ON_SITE}/new");
        let note = |kind: &'static str, whom: &'static str| {
            [
                ("kind", kind),
                ("held_on", "2025-03-25"),
                ("hour", "14:05"),
                ("whom", whom),
                ("words", "说社工每周来电"),
                ("state", "done"),
            ]
        };
        let (status, body) = runs.post(&new, &note("interview", ""));
        assert!(status == 422 && body.contains("写受访者或签名人的身份"), "{body}");
        let mut late = note("interview", "独居老人");
        late[2].1 = "25:61";
        assert!(runs.post(&new, &late).1.contains("写成 14:05 这样"));
        let (status, to) = runs.post(&new, &note("interview", "独居老人家属"));
        assert_eq!(status, 303, "{to}");
        let page = runs.get(&to);
        assert!(page.contains("/documents/new?kind=site_note"), "photos are attached to it: {page}");
        // The list of what the scheme asks for, once.
        assert_eq!(runs.post(&format!("{ON_SITE}/checklist"), &[]).0, 303);
        assert!(runs.post(&format!("{ON_SITE}/checklist"), &[]).1.contains("清单已经按指标体系列出"));
        let items = Library::load(None).unwrap().scheme.items().count();
        let page = expert.get(ON_SITE);
        assert!(page.contains("独居老人家属") && page.matches("待办").count() >= items, "{page}");
        assert!(!page.contains("写一条"), "experts read it");
        assert_eq!(expert.post(&new, &note("observation", "")).0, 403);
        let manager = Desk::at(database, micros, Role::StationManager);
        assert_eq!((manager.status(ON_SITE), manager.status(&to)), (403, 403));
        // A correction keeps what stood before; one over a version that is gone is told.
        let mut changed = note("interview", "独居老人家属").to_vec();
        changed.push(("version", "1"));
        changed[4].1 = "说社工每两周来电";
        let edit = format!("{to}/edit");
        assert_eq!(runs.post(&edit, &changed).0, 303);
        assert_eq!(runs.post(&edit, &changed).0, 409, "somebody wrote meanwhile");
        assert!(runs.get(ON_SITE).contains("每两周"));
        // Somebody of the station signs the day.
        let (_, closing) = runs.post(&new, &note("closing", "社工站代表"));
        assert!(runs.get(&closing).contains("data-sign"));
        let sign = |to: &str, png: &str| runs.post(&format!("{to}/sign"), &[("signature", png)]);
        assert!(sign(&closing, "").1.contains("还没有签名"));
        let png = STANDARD.encode(crate::documents::tests::PNG);
        assert!(sign(&to, &png).1.contains("签名签在“现场确认”上"));
        assert_eq!(sign(&closing, &png).0, 303);
        assert!(runs.get(&closing).contains("签名") && !runs.get(&closing).contains("data-sign"));
        // What was signed stays as it was signed.
        let mut other = note("closing", "社工站代表").to_vec();
        other.push(("version", "1"));
        other[5].1 = "differs";
        let (status, body) = runs.post(&format!("{closing}/edit"), &other);
        assert!(status == 422 && body.contains("已经签名，不能再改"), "{body}");
        assert_eq!(runs.post(&format!("{to}/withdraw"), &[("reason", "重复")]).0, 303);
        assert_eq!(runs.status(&to), 404);
        testing::move_to(database, &round, Stage::Feedback);
        pass();
        assert!(runs.post(&new, &note("observation", "")).1.contains("自评到起草阶段"));
    });
}
