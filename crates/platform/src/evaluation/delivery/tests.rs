//! The way of the draft through the router, on both databases.

use std::sync::atomic::Ordering;

use crate::access::Role;
use crate::evaluation::Stage;
use crate::evaluation::testing::{self, empty_round};
use crate::testing::{Desk, on_both};

const ROUND: &str = "/evaluation/rounds/yizhan-panel";
const REPORT: &str = "/reports/yizhan-panel";

#[test]
fn the_draft_goes_from_hand_to_hand_and_is_read_by_whoever_signed_for_it() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::Feedback);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let desk = |role| Desk::at(database, micros, role);
        let (runs, manager, worker) = (desk(Role::Evaluator), desk(Role::StationManager), desk(Role::Worker));
        let (street, bureau, city) = (desk(Role::StreetOffice), desk(Role::DistrictBureau), desk(Role::City));
        let reads = |desk: &Desk<'_>| desk.status(REPORT) == 200;
        let page = format!("{ROUND}/delivery");
        let step =
            |desk: &Desk<'_>, to: &str, what: &str| desk.post(&format!("{page}/draft/{to}/{what}"), &[]).0;
        assert!(reads(&runs) && ![&manager, &worker, &street, &bureau, &city].iter().any(|desk| reads(desk)));
        assert!(runs.get(&page).contains("去报告页出具并送出"));
        assert_eq!(step(&manager, "station", "receive"), 422, "nothing was sent");
        assert_eq!(step(&manager, "street_office", "send"), 422, "nor can it be handed on");

        testing::sent(database, &round, runs.user());
        assert!(!reads(&manager) && reads(&city), "sent is not signed for");
        // Each signs for its own side, once; another's is not there.
        assert_eq!(step(&street, "station", "receive"), 404);
        assert_eq!(step(&worker, "station", "receive"), 403);
        assert_eq!(step(&runs, "station", "receive"), 403);
        assert!(manager.get("/").contains("初稿等您签收，2025-01-03 前签收"));
        assert_eq!(step(&manager, "station", "receive"), 303);
        assert_eq!(step(&manager, "station", "receive"), 422, "once");
        assert!(reads(&manager) && reads(&worker) && !reads(&street) && !reads(&bureau));
        // The answer belongs to whoever has the draft.
        let answer = |desk: &Desk<'_>, party: &str| {
            desk.post(&format!("{ROUND}/feedback/{party}"), &[("answer", "no_objection")])
        };
        assert_eq!(answer(&manager, "station").0, 303);
        assert_eq!(street.status(&format!("{ROUND}/feedback")), 404);
        assert_eq!(answer(&street, "purchaser").0, 404);
        let (status, body) = answer(&bureau, "supervisor");
        assert_eq!(status, 404, "{body}");
        // The station hands it on to the street office, which signs.
        assert!(manager.get("/").contains("初稿等您转交街道办事处（镇人民政府），2025-01-03 前转交"));
        assert_eq!(step(&bureau, "street_office", "send"), 404);
        assert_eq!(step(&manager, "street_office", "send"), 303);
        assert_eq!(step(&manager, "street_office", "send"), 422, "once");
        assert_eq!(step(&street, "street_office", "receive"), 303);
        assert_eq!(step(&bureau, "district_bureau", "receive"), 303);
        assert!(reads(&street) && reads(&bureau));
        assert_eq!(answer(&street, "purchaser").0, 303);
        let body = runs.get(&page);
        assert_eq!(body.matches("已签收").count(), 3, "{body}");
        // Each step has its audit line, and stands in what is kept of the round with who signed for it.
        let verbs = testing::verbs(database, round.station_id);
        let count = |verb: &str| verbs.iter().filter(|known| *known == verb).count();
        assert_eq!((count("evaluation.sent"), count("evaluation.received")), (1, 3), "{verbs:?}");
        let record = database.read(|tx| crate::evaluation::round_record(tx, &round)).unwrap();
        let record = serde_json::to_value(record).unwrap();
        let gone = record["deliveries"].as_array().unwrap();
        assert_eq!(gone.len(), 4);
        for one in gone {
            let signed = one["recipient"] != "supervision_centre";
            let by = if signed { "yangben".into() } else { serde_json::Value::Null };
            assert_eq!((&one["sent_by"], &one["received_by"]), (&"yangben".into(), &by), "{record}");
        }
        assert!(body.contains("2025-01-07 前答复"), "{body}");
    });
}
