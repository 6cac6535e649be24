//! What a page tells beside its fields: what was just done, once, and what other parts know of the household.

use super::*;
use crate::hotline::{Call, Direction, Hotline, Ticket};

/// What is said of a form on the page after it.
fn said(body: &str) -> Option<&str> {
    let (_, rest) = body.split_once("<div class=\"notice n-ok\" role=\"status\">")?;
    rest.split_once("<b>")?.1.split_once("</b>").map(|(said, _)| said)
}

#[test]
fn what_was_done_is_said_once_to_whoever_did_it() {
    each(NOW, |fresh| {
        ground(fresh);
        let (one, other) = (manager(fresh, 1), manager(fresh, 1));
        let file = made(&one, id(11), "示例东-0001", NUMBER);
        assert_eq!(said(&other.good(&file)), None, "another login");
        assert_eq!(said(&one.good("/clients")), Some("已建档"), "on whatever page comes next");
        assert_eq!(said(&one.good(&file)), None, "once");
        let need = |key: &str, fields: &[(&str, &str)]| one.post(&format!("{file}/need"), key, fields);
        assert_eq!(need("1", &[]).status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(said(&one.good(&file)), None, "nothing was saved");
        let form = one.good(&format!("{file}/need"));
        let person = form.split("<option value=\"").map(|part| part.split('"').next().unwrap());
        let person = person.skip(1).find(|value| value.len() > 10).unwrap();
        let fields = [("person", person), ("found_on", "2024-12-01"), ("need", "助浴"), ("urgency", "month")];
        let saved = need("2", &fields);
        assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, file.as_str()));
        assert_eq!(saved.header("set-cookie"), "", "nothing of it stands in a cookie");
        assert_eq!(said(&one.good(&file)), Some("已保存"));
        assert_eq!(need("2", &fields).status, StatusCode::SEE_OTHER, "sent again");
        assert_eq!(said(&one.good(&file)), None);
        let close = [("closed_on", "2024-12-02"), ("reason", "moved_out")];
        let closed = one.post(&format!("{file}/close"), "3", &close);
        assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
        assert_eq!(said(&one.good(&file)), Some("已销档"));
    });
}

#[test]
fn calls_of_the_hotline_stand_on_the_file() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let file = made(&who, id(11), "示例东-0001", NUMBER);
        let other = made(&who, id(12), "示例西-0002", "440105194912311010");
        let household: Id = file.rsplit('/').next().unwrap().parse().unwrap();
        let call = |n: u8, direction, household_id, answered: bool| Call {
            id: id(n),
            station_id: id(1),
            area_id: None,
            community_id: None,
            worker_id: None,
            direction,
            called_on: "2024-11-05".parse().unwrap(),
            answered,
            seconds: if answered { 200 } else { 0 },
            household_id,
            person_id: None,
        };
        let ticket = Ticket {
            id: id(203),
            station_id: id(1),
            area_id: None,
            community_id: None,
            worker_id: None,
            call_id: id(201),
            direction: Direction::Inbound,
            opened_on: "2024-11-05".parse().unwrap(),
            filled_on: Some("2024-11-05".parse().unwrap()),
            reason: Some("想换电热水器".into()),
            action: Some("转适老化改造".into()),
        };
        let write = |tx: &mut db::Tx<'_>| {
            let hotline = permit::<Enter<Hotline>>(&Asker::Console, id(1))?;
            hotline.append(
                tx,
                &[
                    call(201, Direction::Inbound, Some(household), true),
                    call(202, Direction::Outbound, Some(household), false),
                    call(204, Direction::Inbound, None, true),
                ],
            )?;
            hotline.append(tx, std::slice::from_ref(&ticket))
        };
        fresh.database.write(&Actor::Console, write).unwrap();
        let body = who.good(&file);
        for part in
            ["热线呼入", "接通 3 分 20 秒", "想换电热水器", "转适老化改造", "热线外呼", "未接通 · 工单未填"]
        {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert_eq!(body.matches("热线呼入").count(), 1, "no call of somebody without a file");
        assert!(!who.good(&other).contains("热线呼入"));
    });
}
