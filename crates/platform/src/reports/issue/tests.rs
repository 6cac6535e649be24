//! Papers issued through the router, on both databases, and the archive of a round checked without one.

use std::io::{Cursor, Read as _};
use std::sync::atomic::Ordering;

use rules::scoring::Paper;

use super::super::manifest::{Manifest, sha256};
use super::super::verify;
use super::archive;
use crate::access::Role;
use crate::evaluation::Stage;
use crate::evaluation::testing::{self, empty_round};
use crate::testing::{Desk, on_both};

const REPORT: &str = "/reports/yizhan-panel";

/// A file of the site as bytes.
fn fetched(desk: &Desk<'_>, path: &str) -> Vec<u8> {
    let answer = desk.fetch(path);
    assert_eq!(answer.status, 200, "{path}");
    answer.bytes
}

#[test]
fn a_paper_is_issued_once_kept_as_it_is_and_checked_without_the_database() {
    on_both(|database, micros| {
        let round = empty_round(database, 1, "yizhan", Stage::Drafting);
        let pass = || micros.fetch_add(1_000_000, Ordering::SeqCst);
        testing::scored(database, &round);
        testing::finding(database, &round.code);
        pass();
        let desk = |role| Desk::at(database, micros, role);
        let (runs, manager, bureau) =
            (desk(Role::Evaluator), desk(Role::StationManager), desk(Role::DistrictBureau));
        let issue = |by: &Desk<'_>| by.post(&format!("{REPORT}/issue"), &[]);
        let (status, body) = issue(&runs);
        assert!(status == 422 && body.contains("初稿反馈或出具报告阶段才有"), "{body}");
        testing::move_to(database, &round, Stage::Feedback);
        pass();
        assert_eq!(issue(&manager).0, 403);
        // Worded otherwise before it goes out: what was sent is what later versions are compared with.
        let changes = format!("{REPORT}/changes");
        assert_eq!(runs.post(&changes, &[]).0, 303);
        let words = [("words", "{round.evaluator}逐户走访。"), ("version", "0")];
        assert_eq!(runs.post(&format!("{REPORT}/wording/background.lead"), &words).0, 303);
        assert!(runs.get(&changes).contains("逐户走访"));
        pass();
        assert!(runs.get(REPORT).contains("出具初稿并送出"));
        let (status, to) = issue(&runs);
        assert_eq!((status, to.as_str()), (303, REPORT), "{to}");
        assert!(issue(&runs).1.contains("初稿已经出具过"), "once");
        let page = runs.get(&changes);
        assert_eq!(page.matches(" 初稿").count(), 2 * 2, "to choose from, on both sides: {page}");
        // Sent to those who get it from the evaluator, read by those who signed for it.
        let draft = format!("{REPORT}/issued/draft/report.pdf");
        assert_eq!(manager.status(&draft), 404);
        let receive = "/evaluation/rounds/yizhan-panel/delivery/draft/station/receive";
        assert_eq!(manager.post(receive, &[]).0, 303);
        assert!(fetched(&manager, &draft).starts_with(b"%PDF-"));
        assert!(manager.get(REPORT).contains("/issued/draft/report.docx"));
        assert_eq!(bureau.status(&draft), 404, "not signed for");
        assert_eq!(manager.status(&format!("{REPORT}/archive.zip")), 403);
        assert_eq!(runs.status(&format!("{REPORT}/archive.zip")), 404, "not over");
        assert_eq!(runs.status(&format!("{REPORT}/issued/final/report.pdf")), 404);

        testing::move_to(database, &round, Stage::Issued);
        pass();
        assert_eq!(manager.status(REPORT), 404, "the final report is signed for anew");
        assert_eq!(issue(&runs).0, 303);
        assert!(bureau.get("/").contains("终稿等您签收") && !manager.get("/").contains("终稿等您"));
        let receive = "/evaluation/rounds/yizhan-panel/delivery/final/district_bureau/receive";
        assert_eq!(bureau.post(receive, &[]).0, 303);
        assert!(bureau.get("/").contains("终稿等您转交社工站"));
        let page = runs.get(REPORT);
        let changed = page.split("初稿送出以后的改动").last().unwrap();
        assert!(!changed.contains("走访"), "it was so when it was sent: {changed}");
        let seal = page.rsplit_once("/reports/seals/").unwrap().1.split('"').next().unwrap().to_owned();
        let nobody = web::testing::Client::new(crate::router(crate::shell::tests::station::site(database)));
        let public = nobody.get(&format!("/reports/seals/{seal}"));
        assert!(
            public.status == 200 && public.body.contains("属实") && !public.body.contains("yizhan"),
            "{}",
            public.body
        );
        assert!(nobody.get(&format!("/reports/seals/{}", "0".repeat(64))).body.contains("查无此摘要"));

        // The archive: each file as its manifest says, the seal as the report bears it, every figure worked out again.
        let packed = fetched(&runs, &format!("{REPORT}/archive.zip"));
        let (list, files, wrong) = archive::unpack(&packed).unwrap();
        assert_eq!((list.seal.as_str(), wrong), (seal.as_str(), vec![]));
        let content =
            |name: &str| files.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.clone());
        let manifest =
            Manifest::read("m", &String::from_utf8(content("manifest.json").unwrap()).unwrap()).unwrap();
        assert!(public.body.contains(&sha256(&content("manifest.json").unwrap())));
        let lines =
            super::super::records::read("r", &String::from_utf8(content("records.jsonl").unwrap()).unwrap());
        let catalogue = crate::catalogue();
        let read = |name: &str| content(name).ok_or_else(|| "不在归档里".to_owned());
        let mut found = verify::files(&manifest, read);
        found.extend(verify::seal(&manifest));
        found.extend(verify::beside(&manifest, read));
        found.extend(verify::figures(&manifest, &lines.unwrap(), &catalogue).unwrap());
        found.extend(verify::result(&manifest, &catalogue).unwrap());
        assert_eq!(found, []);
        // What the archive keeps of the round is held by the seal: gone, changed or unlisted, it is found.
        let told = |found: Vec<verify::Difference>| found.into_iter().map(|one| one.what).collect::<Vec<_>>();
        let gone = |_: &str| Err("不在归档里".to_owned());
        assert_eq!(told(verify::beside(&manifest, gone)), ["不在归档里"]);
        let changed = |name: &str| {
            read(name)
                .map(|bytes| String::from_utf8(bytes).unwrap().replace("2025-03-25", "2025-03-26").into())
        };
        assert_eq!(told(verify::beside(&manifest, changed)), ["内容与清单的散列值不符"]);
        let unlisted = Manifest { beside: vec![], ..manifest.clone() };
        assert!(verify::seal(&unlisted).unwrap().what.contains("清单摘要应为"));
        // Its files are among those that `kapok documents verify` reads.
        let spoken = database.read(super::contents).unwrap();
        assert!(spoken.iter().any(|(_, name, _)| name == "yizhan-panel archive.zip"), "{spoken:?}");
        assert_eq!(crate::documents::missing(database, spoken.clone()).unwrap(), 0);
        let lost = vec![(spoken[0].0, "x".to_owned(), "0".repeat(64))];
        assert_eq!(crate::documents::missing(database, lost).unwrap(), 1);
        // The seal stands in the Word file; another manifest has another seal.
        let mut word = zip::ZipArchive::new(Cursor::new(content("report.docx").unwrap())).unwrap();
        let mut text = String::new();
        word.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains(&seal));
        let other = Manifest { station: "erzhan".into(), ..manifest.clone() };
        assert!(verify::seal(&other).unwrap().what.contains("清单摘要应为"));
        assert_eq!(
            testing::delivered_count(database, &round, Paper::Final),
            1,
            "the bureau has it, and hands it on"
        );
    });
}
