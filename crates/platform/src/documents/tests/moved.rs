//! A record that goes to another community takes its documents along: whoever may read it there opens them, and whoever
//! could read it before does so no longer.

use db::testing::each;

use super::*;
use crate::access::Reach;

fn of_area(fresh: &Fresh, area: u32) -> Somebody {
    let grant = NewGrant {
        reach: Reach::Area,
        place: Some(station::id(1, area)),
        ..in_station(Role::Worker, station::id(1, 0))
    };
    somebody(&fresh.database, &format!("worker{area}"), &[grant])
}

fn opens(who: &Somebody, documents: &[String]) -> Vec<u16> {
    documents.iter().map(|one| who.client.get(&format!("{one}/file")).status.as_u16()).collect()
}

/// Where the documents themselves say they belong: figures count them there.
fn communities(fresh: &Fresh, documents: &[String]) -> Vec<Option<Id>> {
    let place = |one: &String| {
        let id: Id = one.rsplit('/').next().unwrap().parse().unwrap();
        let place = fresh.database.read(|tx| crate::documents::Documents::place_of(tx, "document", id));
        place.unwrap().unwrap().community
    };
    documents.iter().map(place).collect()
}

fn edit(who: &Somebody, community: Id, version: &str) {
    let community = community.to_string();
    let fields = [
        ("file_number", "示例-1"),
        ("opened_on", "2024-07-01"),
        ("community", community.as_str()),
        ("building", "示例路 12 号"),
        ("residence", "present"),
        ("version", version),
    ];
    let answer = who.post(&format!("/clients/{}/edit", household_id(1)), &fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
}

#[test]
fn a_household_takes_its_documents_and_its_persons_along() {
    each(NOW, |fresh| {
        ground(fresh);
        let (who, east, west) = (manager(&fresh.database), of_area(fresh, 1), of_area(fresh, 2));
        let person = station::id(1, 502);
        let mut of_person = said(person);
        of_person[0].1 = "person".into();
        let documents =
            [who.attach(&said(household_id(1)), ("a.png", PNG)), who.attach(&of_person, ("b.pdf", PDF))];
        assert_eq!((opens(&east, &documents), opens(&west, &documents)), (vec![200; 2], vec![404; 2]));
        edit(&who, station::id(1, 21), "1");
        assert_eq!((opens(&east, &documents), opens(&west, &documents)), (vec![404; 2], vec![200; 2]));
        assert_eq!(communities(fresh, &documents), [Some(station::id(1, 21)); 2]);
        let page = west.good(&format!("/clients/{}", household_id(1)));
        assert!(documents.iter().all(|one| page.contains(one.as_str())), "{page}");
        edit(&who, station::id(1, 11), "2");
        assert_eq!((opens(&east, &documents), opens(&west, &documents)), (vec![200; 2], vec![404; 2]));
    });
}

#[test]
fn a_record_of_a_sheet_takes_its_documents_along() {
    each(NOW, |fresh| {
        ground(fresh);
        let (who, east, west) = (manager(&fresh.database), of_area(fresh, 1), of_area(fresh, 2));
        let group = [
            ("name", "样本小组".to_owned()),
            ("started_on", "2024-07-01".to_owned()),
            ("aim", "样本".to_owned()),
            ("community_id", station::id(1, 11).to_string()),
            ("worker_id", station::id(1, 5).to_string()),
        ];
        let send = |path: &str, fields: &[(&str, String)]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = who.post(path, &fields);
            assert_eq!(answer.status, 303, "{}", answer.body);
            answer.header("location").to_owned()
        };
        let path = send("/groups/groups/new", &group);
        let id: Id = path.rsplit('/').next().unwrap().parse().unwrap();
        let session = [
            ("group_id", id.to_string()),
            ("number", "1".to_owned()),
            ("held_on", "2024-07-02".to_owned()),
            ("stage", "mature".to_owned()),
            ("note", "见面".to_owned()),
        ];
        let session = send("/groups/sessions/new", &session);
        let of_session = session.rsplit('/').next().unwrap().to_owned();
        let attach = |kind: &str, id: String, page: &str| {
            let fields =
                [("subject_kind", kind.to_owned()), ("subject_id", id), ("kind", "photo".to_owned())];
            assert_eq!(who.send(&fields, Some(("a.png", PNG))).status, 303);
            let page = who.good(page);
            format!("/documents/{}", &page.split("<b><a href=\"/documents/").nth(1).unwrap()[..36])
        };
        let documents =
            [attach("group", id.to_string(), &path), attach("group_session", of_session, &session)];
        let mut moved = group.to_vec();
        moved[3].1 = station::id(1, 21).to_string();
        moved.push(("version", "1".to_owned()));
        send(&format!("{path}/edit"), &moved);
        // The session goes with its group.
        assert_eq!(communities(fresh, &documents), [Some(station::id(1, 21)); 2]);
        for who in [&east, &west] {
            assert_eq!(opens(who, &documents).len(), 2);
        }
        assert_eq!((opens(&east, &documents), opens(&west, &documents)), (vec![404; 2], vec![200; 2]));
    });
}
