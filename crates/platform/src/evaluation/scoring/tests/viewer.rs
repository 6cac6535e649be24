//! The evidence on the desk: records, a document's words and picture, what lies on paper; and nothing that may not be seen.

use db::Database;
use kernel::{Actor, Id};

use super::{Panel, ROUND};
use crate::access::{Asker, Enter, Role, new_id, permit};
use crate::documents::{ContentType, Document, DocumentKind, Documents};
use crate::evaluation::Stage;
use crate::evaluation::testing::move_to;
use crate::shell::tests::station::id;
use crate::testing::{Desk, on_both};

/// A document of an activity of a station.
fn document(database: &Database, station: u32, (content_type, content): (ContentType, &[u8])) -> Id {
    let sha256 = database.contents().unwrap().put(content).unwrap();
    let made = database.write(&Actor::Console, |tx| {
        let row = Document {
            id: new_id(tx.at())?,
            station_id: id(station, 0),
            area_id: Some(id(station, 1)),
            community_id: Some(id(station, 11)),
            worker_id: None,
            subject_kind: "activity".into(),
            subject_id: id(station, 1000),
            title: "活动总结".into(),
            kind: DocumentKind::Summary,
            file_name: "a".into(),
            content_type,
            size: i32::try_from(content.len()).unwrap(),
            sha256,
            signed: false,
            signed_on: None,
            uploaded_on: "2024-12-30".parse().unwrap(),
            note: None,
        };
        permit::<Enter<Documents>>(&Asker::Console, row.station_id)?
            .append(tx, std::slice::from_ref(&row))?;
        Ok::<_, db::DbError>(row.id)
    });
    made.unwrap()
}

#[test]
fn evidence_is_looked_at_on_the_desk() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 1);
        let text = document(database, 1, (ContentType::Text, "第一行：来了二十人\n第二行".as_bytes()));
        let picture = document(database, 1, (ContentType::Png, crate::documents::tests::PNG));
        let other = document(database, 2, (ContentType::Text, "邻站的话".as_bytes()));
        let evidence = format!(
            "/documents/{text} 活动总结\n/documents/{picture} 现场照片\n/activities/events/{} 一次活动\n考勤表\n/indicators 指标\n/documents/{other} 邻站",
            id(1, 1000)
        );
        move_to(database, &all.round, Stage::SelfReview);
        let manager = Desk::at(database, micros, Role::StationManager);
        let item =
            all.cells.iter().map(|(cell, _)| cell.as_str()).find(|cell| *cell == "pm_staffing").unwrap();
        let answer = [("answer", "全部到岗"), ("evidence", evidence.as_str()), ("score", "1")];
        assert_eq!(manager.post(&format!("{ROUND}/self/{item}"), &answer).0, 303);
        move_to(database, &all.round, Stage::OnSite);
        micros.fetch_add(1_000_000, std::sync::atomic::Ordering::SeqCst);
        let look = |piece: usize| all.experts[0].get(&format!("{ROUND}/desk/{item}?evidence={piece}"));
        let first = look(1);
        let before = usize::from(first.contains("的记录</a>"));
        assert!(first.contains(&format!("<span class=\"count\">{} 件</span>", 6 + before)), "{first}");
        for (piece, words) in [
            (1, ["第一行：来了二十人", "总结 文本，没有签名，2024-12-30 附上"]),
            (2, ["<img class=\"evidence-picture\"", &format!("/documents/{picture}/file")]),
            (3, ["打开记录", &format!("href=\"/activities/events/{}\"", id(1, 1000))]),
            (4, ["考勤表", "请在现场查看原件"]),
            (5, ["href=\"/indicators\"", "站内的页面"]),
            (6, ["邻站", "站内的页面"]),
        ] {
            let page = look(piece + before);
            for word in words {
                assert!(page.contains(word), "{piece} {word} in {page}");
            }
        }
        assert!(!look(6 + before).contains("邻站的话"));
        // A number beyond the last piece, or none, shows the first.
        assert!(look(99).contains("aria-current=\"true\">") && look(0).contains("全部到岗"));
    });
}

#[test]
fn every_expert_is_shown_the_same_records_of_a_measured_figure() {
    on_both(|database, micros| {
        let all = Panel::of(database, micros, 2);
        let pages = |expert: usize| {
            let cells = all.cells.iter().map(|(cell, _)| format!("{ROUND}/desk/{cell}"));
            cells.map(|path| all.experts[expert].get(&path)).collect::<Vec<_>>()
        };
        let viewers = |pages: Vec<String>| {
            let part = |page: String| {
                page.split_once("<div class=\"viewer\">")
                    .map(|(_, rest)| rest.split("</section>").next().unwrap().to_owned())
            };
            pages.into_iter().filter_map(part).collect::<Vec<_>>()
        };
        let shown = viewers(pages(0));
        assert!(shown.iter().any(|part| part.contains("条记录，按轮次代码排出的次序")), "{shown:?}");
        assert_eq!(shown, viewers(pages(1)));
    });
}
