//! What is attached to a file, to a person and to what is written about them goes where the roster puts the household,
//! comes back by undoing, goes along into another file, and keeps a file that an undone import had made.

use db::testing::each;
use kernel::Actor;

use super::*;
use crate::access::testing::in_station;
use crate::access::{Asker, Enter, NewGrant, Place, Reach, Role, new_id, permit};
use crate::clients::store::Consent;
use crate::documents::{ContentType, Document, DocumentKind, Documents};

/// A document of a record that is where the record is; what its file holds is of no matter here.
fn attached(fresh: &Fresh, kind: &str, subject: Id, place: Place) -> Id {
    let write = |tx: &mut db::Tx<'_>| {
        let row = Document {
            id: new_id(tx.at())?,
            station_id: place.station,
            area_id: place.area,
            community_id: place.community,
            worker_id: None,
            subject_kind: kind.to_owned(),
            subject_id: subject,
            title: "证明".into(),
            kind: DocumentKind::Photo,
            file_name: "a.png".into(),
            content_type: ContentType::Png,
            size: 1,
            sha256: "0".repeat(64),
            signed: false,
            signed_on: None,
            uploaded_on: "2024-12-31".parse().unwrap(),
            note: None,
        };
        permit::<Enter<Documents>>(&Asker::Console, place.station)?.append(tx, std::slice::from_ref(&row))?;
        Ok::<_, db::DbError>(row.id)
    };
    fresh.database.write(&Actor::Console, write).unwrap()
}

/// Somebody who works in one community alone.
fn in_community(fresh: &Fresh, n: u8) -> Somebody {
    let grant = NewGrant { reach: Reach::Community, place: Some(id(n)), ..in_station(Role::Worker, id(1)) };
    somebody(fresh, &format!("worker{n}"), &[grant])
}

fn statuses(who: &Somebody, documents: &[Id]) -> Vec<u16> {
    let status = |id: &Id| who.client.get(&format!("/documents/{id}")).status.as_u16();
    documents.iter().map(status).collect()
}

fn communities(fresh: &Fresh, documents: &[Id]) -> Vec<Option<Id>> {
    let place = |id: &Id| {
        let place = fresh.database.read(|tx| Documents::place_of(tx, "document", *id));
        place.unwrap().unwrap().community
    };
    documents.iter().map(place).collect()
}

/// The household and the person of a name, the person's consent made for the test, and a document of each.
fn three(fresh: &Fresh, name: &str) -> (Id, [Id; 3]) {
    let person = persons(fresh, name)[0].clone();
    let place = Place::of(&household(fresh, person.household_id));
    let consent = |tx: &mut db::Tx<'_>| {
        let row = Consent {
            id: new_id(tx.at())?,
            station_id: place.station,
            area_id: place.area,
            community_id: place.community,
            worker_id: None,
            household_id: person.household_id,
            person_id: person.id,
            signed_on: "2024-12-31".parse().unwrap(),
            until_on: None,
            guardian: None,
            guardian_relation: None,
        };
        let enter = permit::<Enter<crate::clients::Clients>>(&Asker::Console, place.station)?;
        enter.append(tx, std::slice::from_ref(&row))?;
        Ok::<_, db::DbError>(row.id)
    };
    let consent = fresh.database.write(&Actor::Console, consent).unwrap();
    let subjects = [("household", person.household_id), ("person", person.id), ("consent", consent)];
    (person.household_id, subjects.map(|(kind, subject)| attached(fresh, kind, subject, place)))
}

#[test]
fn documents_go_with_the_roster_and_come_back() {
    each(NOW, |fresh| {
        ground(fresh);
        let (who, east, west) = (manager(fresh, 1), in_community(fresh, 11), in_community(fresh, 12));
        let first = import(&who, "1", [line(2, &[])]);
        applied(&who, &first, "new");
        let (file, documents) = three(fresh, "示例2");
        let here = || (statuses(&east, &documents), statuses(&west, &documents));
        assert_eq!(here(), (vec![404; 3], vec![200; 3]), "made in the west");
        let second = import(&who, "2", [line(2, &[(5, "示例东社区")])]);
        applied(&who, &second, "moved");
        assert_eq!(here(), (vec![200; 3], vec![404; 3]), "moved to the east");
        assert_eq!(communities(fresh, &documents), [Some(id(11)); 3]);
        let page = east.good(&format!("/clients/{file}"));
        assert!(documents.iter().all(|one| page.contains(one.as_str())), "{page}");
        undo(&who, &second);
        assert_eq!(here(), (vec![404; 3], vec![200; 3]), "back in the west");
        assert_eq!(communities(fresh, &documents), [Some(id(12)); 3]);
        // The file that the first import made has documents now: undoing leaves it.
        undo(&who, &first);
        assert!(who.good(&first).contains("示例2 户"), "{}", who.good(&first));
        assert_eq!(statuses(&west, &documents), [200; 3]);
    });
}

#[test]
fn documents_go_along_when_two_files_become_one() {
    each(NOW, |fresh| {
        ground(fresh);
        let (who, east, west) = (manager(fresh, 1), in_community(fresh, 11), in_community(fresh, 12));
        let page = import(&who, "1", [line(1, &[]), line(2, &[])]);
        applied(&who, &page, "new");
        let (gone, documents) = three(fresh, "示例2");
        let keep = persons(fresh, "示例1")[0].household_id;
        assert_eq!(statuses(&east, &documents), [404; 3]);
        let fields = [("other", "CG-00002"), ("sure", gone.as_str()), ("reason", "同一户建了两份")];
        let merged = who.post(&format!("/clients/{keep}/merge"), "merge", &fields);
        assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);
        assert_eq!((statuses(&east, &documents), statuses(&west, &documents)), (vec![200; 3], vec![404; 3]));
        assert_eq!(communities(fresh, &documents), [Some(id(11)); 3]);
        let page = east.good(&format!("/clients/{keep}"));
        assert!(page.contains("文件“证明”随合并移到这里"), "{page}");
    });
}
