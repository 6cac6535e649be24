//! The board and what stands at home: who sees which items, by station and by how far they are.

use db::Record as _;
use kernel::{Actor, Id};
use std::collections::BTreeSet;

use super::*;
use crate::access::testing::{everywhere, in_station};
use crate::access::{Asker, Correct, NewGrant, Reach, Role, permit};
use crate::areas::{Areas, Station};
use crate::rectification::testing::item_saying;
use crate::shell::tests::station::{fill, id};
use crate::testing::on_both;

/// Puts a station into a district and a street.
fn placed(database: &Database, station: Id, district: &str, street: &str) {
    let write = |tx: &mut db::Tx<'_>| {
        let (_, known) = Station::last(tx.conn(), station)?.unwrap();
        let moved = Station { district: district.into(), street: street.into(), ..known };
        permit::<Correct<Areas>>(&Asker::Console, station)?.correct(tx, &moved)
    };
    database.write(&Actor::Console, write).unwrap();
}

fn within(role: Role, reach: Reach, district: &str, street: Option<&str>) -> NewGrant {
    let (district, street) = (Some(district.to_owned()), street.map(str::to_owned));
    NewGrant { reach, district, street, ..everywhere(role) }
}

#[test]
fn a_street_and_a_district_see_exactly_the_items_of_their_stations() {
    on_both(|database, micros| {
        fill(database, 3, "sanzhan", 1);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        placed(database, id(2, 0), "示例区", "另一街");
        placed(database, id(3, 0), "另一区", "示例街");
        let item = |number: u32, words: &str| {
            format!("/rectification/{}", item_saying(database, id(number, 0), words))
        };
        let items = [item(1, "一站的事"), item(1, "一站又一件"), item(2, "二站的事"), item(3, "三站的事")];
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let (street, district) = (
            within(Role::StreetOffice, Reach::Street, "示例区", Some("示例街")),
            within(Role::DistrictBureau, Reach::District, "示例区", None),
        );
        for (grant, seen) in [
            (street, &items[..2]),
            (district, &items[..3]),
            (everywhere(Role::City), &items[..]),
            (in_station(Role::StationManager, id(2, 0)), &items[2..3]),
        ] {
            let desk = Desk::of(database, micros, &[grant]);
            let board = desk.get("/rectification");
            let found: BTreeSet<String> = shown(&board).into_iter().collect();
            assert_eq!(found, seen.iter().cloned().collect(), "{board}");
            for (one, words) in items.iter().zip(["一站的事", "一站又一件", "二站的事", "三站的事"])
            {
                let there = seen.contains(one);
                assert_eq!(board.contains(words), there, "{words}");
                assert_eq!(desk.status(one), if there { 200 } else { 404 }, "{words}");
                assert_eq!(desk.body(one).contains(words), there, "{words}");
            }
        }
    });
}

#[test]
fn who_sees_several_stations_has_totals_and_chooses_one() {
    on_both(|database, micros| {
        let one = format!("/rectification/{}", item_saying(database, id(1, 0), "一站的事"));
        item_saying(database, id(1, 0), "一站又一件");
        let other = format!("/rectification/{}", item_saying(database, id(2, 0), "二站的事"));
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let manager = Desk::at(database, micros, Role::StationManager);
        let runs = Desk::at(database, micros, Role::Evaluator);
        manager.wrote(&format!("{one}/claim"), &claim("done", "全部补齐"), CLAIMED);
        verdict(&runs, &one, "accept", "属实");
        let bureau =
            Desk::of(database, micros, &[within(Role::DistrictBureau, Reach::District, "示例区", None)]);
        let board = bureau.get("/rectification");
        for part in [
            "示例社工站 yizhan，全部 2",
            "示例社工站 yizhan，已完成 1",
            "示例社工站 yizhan，未完成 1",
            "示例社工站 erzhan，未完成 1",
            "合计，全部 3",
            "合计，未完成 2",
            "合计，已完成 1",
            "href=\"/rectification?station=yizhan&#38;status=done\"",
        ] {
            assert!(board.contains(part), "{part} in {board}");
        }
        assert_eq!(shown(&bureau.get("/rectification?station=erzhan")), [other]);
        assert_eq!(shown(&bureau.get("/rectification?station=yizhan&status=done")), [one]);
        let page = bureau.get("/rectification?station=erzhan&status=done");
        assert!(shown(&page).is_empty() && page.contains("只看示例社工站 erzhan"), "{page}");
        assert_eq!(bureau.status("/rectification?station=none"), 404);
        // Who sees one station has no totals, and chooses no other.
        assert!(!manager.get("/rectification").contains("合计"));
        assert_eq!(manager.status("/rectification?station=erzhan"), 404);
        assert_eq!(manager.status("/rectification?station=yizhan"), 200);
    });
}

#[test]
fn what_is_late_waits_or_is_to_be_made_stands_at_home_for_those_whom_it_concerns() {
    on_both(|database, micros| {
        let one = format!("/rectification/{}", item_saying(database, id(1, 0), "一站的事"));
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let (manager, runs) =
            (Desk::at(database, micros, Role::StationManager), Desk::at(database, micros, Role::Evaluator));
        let others =
            [Desk::at(database, micros, Role::Worker), Desk::at(database, micros, Role::StreetOffice)];
        // Of the section of home: each line with its address.
        let home = |desk: &Desk<'_>| -> Vec<String> {
            let page = desk.get("/");
            let section = page.split(">整改</h2>").nth(1).unwrap_or_default().split("</section>").next();
            let lines = section.unwrap_or_default().split("<li class=\"line\"><a href=\"").skip(1);
            let plain = |line: &str| {
                let (href, rest) = line.split_once("\">").unwrap();
                let (word, rest) = rest.split_once("</a>").unwrap();
                let count = rest.split("meta\">").nth(1).unwrap().split('<').next().unwrap();
                format!("{href} {word} {count}")
            };
            lines.map(plain).collect()
        };
        assert_eq!(home(&manager), [""; 0], "nothing is late");
        let plan = [("owner", "样本乙"), ("plan", "每月抽查"), ("due_on", "2024-12-01")];
        manager.wrote(&format!("{one}/plan"), &plan, PLANNED);
        let late = "/rectification?status=late 过期 1 件";
        assert_eq!(home(&manager), [late]);
        assert_eq!(home(&runs), [late]);
        manager.wrote(&format!("{one}/claim"), &claim("done", "全部补齐"), CLAIMED);
        let waits = "/rectification?status=claimed 等核实 1 件";
        assert_eq!(home(&manager), [late], "others verify");
        assert_eq!(home(&runs), [late, waits]);
        runs.wrote(&format!("{one}/claim"), &claim("done", "全部补齐"), CLAIMED);
        assert_eq!(home(&runs), [late], "not one's own claim");
        let second = Desk::at(database, micros, Role::Evaluator);
        assert_eq!(home(&second), [late, waits]);
        verdict(&second, &one, "accept", "属实");
        assert_eq!(home(&second), [""; 0], "it is done, late or not");

        // Of a round that was over before its concerns became items by themselves, however many came after it.
        let round = over(database, micros);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        let mut last = round.clone();
        for _ in 0..21 {
            last = testing::next_round(database, &last, Stage::Preparing);
            micros.fetch_add(1_000_000, Ordering::SeqCst);
        }
        testing::finding(database, &last.code);
        testing::move_to(database, &last, Stage::Issued);
        micros.fetch_add(1_000_000, Ordering::SeqCst);
        assert_eq!(home(&second), ["/rectification 待建立 2 件"]);
        assert_eq!(home(&manager), [""; 0]);
        let board = second.get("/rectification");
        for code in [&round.code, &last.code] {
            assert!(board.contains(&format!("action=\"/rectification/rounds/{code}\"")), "{board}");
            second.wrote(&format!("/rectification/rounds/{code}"), &[], RECORD);
        }
        assert_eq!(home(&second), [""; 0]);
        for desk in &others {
            assert_eq!(home(desk), [""; 0]);
        }
    });
}
