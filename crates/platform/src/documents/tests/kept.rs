//! What lies in the folder: each content once, found when it is gone, with the records wherever they go.

use db::testing::each;
use db::{Keys, Place, backup};
use sha2::{Digest as _, Sha256};

use super::*;
use crate::documents::{follow, missing, verify};
use crate::{SLICES, withdraw};

pub(super) fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files in a folder and in those in it.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            files.extend(self::files(&entry.path()))
        } else {
            files.push(entry.path())
        }
    }
    files
}

#[test]
fn the_same_content_is_kept_once_and_a_lost_one_is_told() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let first = who.attach(&said(household_id(1)), ("a.png", PNG));
        who.attach(&said(household_id(1)), ("b.png", PNG));
        who.attach(&said(household_id(1)), ("c.pdf", PDF));
        let folder = fresh.database.contents().unwrap().folder().to_owned();
        let mut all = files(&folder);
        assert_eq!(all.len(), 2, "{all:?}");
        let look = || {
            let mut told = Vec::new();
            let found = verify(&fresh.database, Vec::new(), &mut |done, of| told.push((done, of))).unwrap();
            assert_eq!(told, [(1, 2), (2, 2)]);
            assert_eq!((found.documents, found.files), (3, 2));
            found.lost.into_iter().map(|lost| (lost.title, lost.problem.code)).collect::<Vec<_>>()
        };
        assert_eq!(look(), []);
        all.sort_by_key(|path| std::fs::metadata(path).unwrap().len());
        let (pdf, png) = (&all[0], &all[1]);
        std::fs::remove_file(png).unwrap();
        assert_eq!(missing(&fresh.database, Vec::new()).unwrap(), 1);
        assert_eq!(look(), [("低保证".to_owned(), "content_missing")]);
        let answer = who.client.get(&format!("{first}/file"));
        assert_eq!(answer.status, 500);
        assert!(answer.body.contains("存放文件的文件夹里没有这份文件"), "{}", answer.body);
        assert!(
            !answer.body.contains(folder.to_str().unwrap()),
            "the server's folders are nobody's business"
        );
        let mut bytes = std::fs::read(pdf).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(pdf, bytes).unwrap();
        assert_eq!(look().len(), 2);
        assert_eq!(missing(&fresh.database, Vec::new()).unwrap(), 1);
        // The content itself mends it.
        who.attach(&said(household_id(1)), ("again.png", PNG));
        assert_eq!(who.client.get(&format!("{first}/file")).bytes, PNG);
    });
}

#[test]
fn without_a_folder_a_person_is_told_what_to_do() {
    let fresh = db::testing::postgres(NOW);
    ground(&fresh);
    let bare = Database::open(&fresh.place, Keys::new(db::testing::TEST_KEY), NOW).unwrap();
    let who = manager(&bare);
    let answer = who.send(&said(household_id(1)), Some(("a.png", PNG)));
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("还没有指定存放文件的文件夹"), "{}", answer.body);
    assert_eq!(missing(&bare, Vec::new()).unwrap(), 0);
}

#[test]
fn documents_come_back_from_a_backup() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let document = who.attach(&said(household_id(1)), ("a.png", PNG));
        let mut bytes = Vec::new();
        backup::backup(&fresh.database, &mut bytes, &mut |_, _| {}).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("kapok.db"));
        let (to, keys) = (place.files(), Keys::new(db::testing::TEST_KEY));
        backup::restore(&mut &bytes[..], (&place, to.as_deref()), &keys, NOW, &mut |_, _| {}).unwrap();
        let database = Database::open(&place, keys, NOW).unwrap();
        assert_eq!(verify(&database, Vec::new(), &mut |_, _| {}).unwrap().lost, []);
        assert_eq!(manager(&database).client.get(&format!("{document}/file")).bytes, PNG);
    });
}

#[test]
fn documents_go_where_their_record_goes() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(&fresh.database);
        let document = who.attach(&said(household_id(1)), ("a.png", PNG));
        let to = crate::access::Place {
            station: station::id(1, 0),
            area: Some(station::id(1, 2)),
            community: Some(station::id(1, 21)),
        };
        fresh
            .database
            .write(&Actor::Console, |tx| follow(tx, &Asker::Console, &[(household_id(1), to)]))
            .unwrap();
        let id: Id = document.rsplit('/').next().unwrap().parse().unwrap();
        let place = |id| {
            fresh.database.read(|tx| {
                let all = SLICES.iter().filter_map(|slice| (slice.place_of)(tx, "document", id).transpose());
                all.collect::<db::DbResult<Vec<_>>>()
            })
        };
        assert_eq!(place(id).unwrap(), [to]);
        // A record that is withdrawn takes its documents out of sight.
        let gone = |tx: &mut db::Tx<'_>| {
            withdraw(tx, &Asker::Console, station::id(1, 0), "household", household_id(1), "误记")
        };
        fresh.database.write(&Actor::Console, gone).unwrap();
        assert_eq!(who.client.get(&document).status, 404);
        assert_eq!(who.client.get(&format!("{document}/file")).status, 404);
    });
}

/// Every kind of record of every slice can be attached to: its place is found, and its verbs are those of its slice.
#[test]
fn every_kind_of_record_is_known_to_its_slice() {
    let fresh = db::testing::sqlite(NOW);
    ground(&fresh);
    let records = fresh.database.read(|tx| tx.record_ids(station::id(1, 0))).unwrap();
    let mut kinds = std::collections::BTreeSet::new();
    for (id, kind) in records {
        let found = fresh
            .database
            .read(|tx| (crate::subjects::SUBJECTS.find)(tx, &Asker::Console, &kind, id))
            .unwrap()
            .unwrap();
        assert_eq!(found.place.station, station::id(1, 0), "{kind}");
        assert!(SLICES.iter().any(|slice| slice.name == found.part) && !found.label.is_empty(), "{kind}");
        kinds.insert(kind);
    }
    assert!(kinds.len() > 7, "{kinds:?}");
}
