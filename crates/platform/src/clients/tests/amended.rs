//! What was written down wrongly is corrected or withdrawn: contacts, needs, risks; a consent is revoked. And what a file
//! shows of its past.

use super::merged::{all, day, enter, id_of, persons_of, visit};
use super::*;
use crate::clients::{Consent, Contact, Need, RiskAssessment};
use crate::visits::{AlarmKind, Escalation, EventKind, HospitalStay, MajorEvent, Visits};

/// A file with a contact, a need and a risk; the person's id.
fn filled(fresh: &Fresh, who: &Somebody) -> (String, String) {
    let file = made(who, id(11), "示例东-0001", NUMBER);
    let person = persons_of(fresh, id_of(&file))[0].id.to_string();
    let done = |end: &str, fields: &[(&str, &str)]| {
        let answer = who.post(&format!("{file}/{end}"), end, fields);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{end}: {}", answer.body);
    };
    done("contact", &[("name", "样本乙"), ("relation", "侄女"), ("phone", "13900001111")]);
    done("need", &[("person", &person), ("need", "助浴"), ("urgency", "now"), ("found_on", "2024-11-01")]);
    let risk =
        [("person", person.as_str()), ("assessed_on", "2024-11-01"), ("risk", "high"), ("kinds", "fall")];
    done("risk", &[&risk[..], &[("note", "扶墙走")]].concat());
    (file, person)
}

#[test]
fn contacts_needs_and_risks_are_corrected() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let (file, person) = filled(fresh, &who);
        let (contact, need) = (all::<Contact>(fresh)[0].id, all::<Need>(fresh)[0].id);
        let risk = all::<RiskAssessment>(fresh)[0].id;
        let correct = |end: &str, key: &str, fields: &[(&str, &str)]| {
            let form = who.good(&format!("{file}/{end}"));
            assert!(!form.contains("样本乙") && !form.contains("13900001111"), "sealed values are not shown");
            let version = form.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap();
            who.post(&format!("{file}/{end}"), key, &[&[("version", version)], fields].concat())
        };
        let relation = [("relation", "侄子"), ("name", ""), ("phone", "")];
        let saved = correct(&format!("contacts/{contact}"), "1", &relation);
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert!(who.good(&file).contains("侄子 样") && who.good(&file).contains("139****1111"), "kept");
        let wrong = correct(&format!("contacts/{contact}"), "2", &[("relation", "侄子"), ("phone", "12")]);
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let now = [("relation", "侄子"), ("name", "示例丁"), ("phone", "13900002222")];
        assert_eq!(correct(&format!("contacts/{contact}"), "3", &now).status, StatusCode::SEE_OTHER);
        assert!(who.good(&file).contains("139****2222"));

        let fields = [("person", person.as_str()), ("urgency", "later"), ("found_on", "2024-11-02")];
        let early = [&fields[..], &[("need", "助餐"), ("met_on", "2024-11-01")]].concat();
        let early = correct(&format!("needs/{need}"), "4", &early);
        assert!(early.body.contains("解决日期不能在发现日期之前"), "{}", early.body);
        let met = [&fields[..], &[("need", "助餐"), ("met_on", "2024-12-01")]].concat();
        assert_eq!(correct(&format!("needs/{need}"), "5", &met).status, StatusCode::SEE_OTHER);
        assert!(who.good(&file).contains("2024-12-01 已解决") && !who.good(&file).contains("助浴"));
        // Marked as met by mistake: it is open again.
        let open = [&fields[..], &[("need", "助餐"), ("met_on", "")]].concat();
        assert_eq!(correct(&format!("needs/{need}"), "6", &open).status, StatusCode::SEE_OTHER);
        assert!(!who.good(&file).contains("已解决</span>"));

        let fields = [("person", person.as_str()), ("assessed_on", "2024-11-01"), ("risk", "low")];
        let fields = [&fields[..], &[("kinds", "lost"), ("note", "记错了人")]].concat();
        assert_eq!(correct(&format!("risks/{risk}"), "7", &fields).status, StatusCode::SEE_OTHER);
        assert!(who.good(&file).contains("走失") && !who.good(&file).contains("风险：高"));
        let stale = [&[("version", "1")], &fields[..]].concat();
        assert_eq!(who.post(&format!("{file}/risks/{risk}"), "8", &stale).status, StatusCode::CONFLICT);
        // Under another household there is no such record.
        let other = made(&who, id(12), "示例西-0001", "440105194912311010");
        for end in ["contacts", "needs", "risks"] {
            let id = [contact, need, risk]
                [["contacts", "needs", "risks"].iter().position(|one| *one == end).unwrap()];
            assert_eq!(who.client.get(&format!("{other}/{end}/{id}")).status, StatusCode::NOT_FOUND, "{end}");
        }
    });
}

#[test]
fn contacts_needs_and_risks_are_withdrawn_with_a_reason() {
    each(NOW, |fresh| {
        ground(fresh);
        let (who, worker) =
            (manager(fresh, 1), somebody(fresh, "worker", &[in_station(Role::Worker, id(1))]));
        let (file, _) = filled(fresh, &who);
        let ids = [
            format!("contacts/{}", all::<Contact>(fresh)[0].id),
            format!("needs/{}", all::<Need>(fresh)[0].id),
            format!("risks/{}", all::<RiskAssessment>(fresh)[0].id),
        ];
        for end in &ids {
            let path = format!("{file}/{end}/withdraw");
            assert_eq!(worker.post(&path, end, &[("reason", "误")]).status, StatusCode::FORBIDDEN);
            assert!(!worker.good(&file).contains(&path) && who.good(&file).contains(&path));
            who.good(&path);
            assert!(who.post(&path, &format!("a{end}"), &[]).body.contains("填作废的理由"));
            let gone = who.post(&path, &format!("b{end}"), &[("reason", "登记错了户")]);
            assert_eq!(gone.status, StatusCode::SEE_OTHER, "{end}: {}", gone.body);
            let again = who.post(&path, &format!("c{end}"), &[("reason", "再来")]);
            assert_eq!(again.status, StatusCode::NOT_FOUND, "{end}");
        }
        let body = who.good(&file);
        assert!(!body.contains("侄女") && !body.contains("助浴") && !body.contains("风险：高"), "{body}");
        let lines = fresh.database.read(|tx| tx.audit_lines(id(1))).unwrap().0;
        assert_eq!(lines.iter().filter(|line| line.reason.as_deref() == Some("登记错了户")).count(), 3);
    });
}

#[test]
fn a_consent_is_revoked_from_a_day_on() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let (file, _) = filled(fresh, &who);
        let path = format!("{file}/consents/{}/revoke", all::<Consent>(fresh)[0].id);
        assert!(who.good(&file).contains(&path));
        let revoke = |key: &str, day: &str| {
            let fields = [("version", "1"), ("revoked_on", day)];
            who.post(&path, key, &fields)
        };
        who.good(&path);
        assert!(revoke("1", "2024-07-01").body.contains("撤回要在签字（2024-07-01）之后"));
        assert!(revoke("2", "2025-01-01").body.contains("撤回日期不能在今天"));
        assert_eq!(revoke("3", "2024-12-30").status, StatusCode::SEE_OTHER);
        let body = who.good(&file);
        assert!(body.contains("同意书已过期或撤回") && !body.contains(&path), "{body}");
        assert!(body.contains("到 2024-12-30 为止"), "it stays in the history");
        assert_eq!(revoke("4", "2024-12-29").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn levels_and_categories_of_the_past_are_shown() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let (file, person) = filled(fresh, &who);
        let level = [("level", "two"), ("level_from", "2024-10-01"), ("level_reason", "好转")];
        assert_eq!(who.post(&format!("{file}/level"), "1", &level).status, StatusCode::SEE_OTHER);
        let fields = [("categories", "minimum_living"), ("from_on", "2024-12-01")];
        let path = format!("{file}/persons/{person}/categories");
        assert_eq!(who.post(&path, "2", &fields).status, StatusCode::SEE_OTHER);
        let body = who.good(&file);
        for part in [
            "等级和类别的历史（4）",
            "2024-10-01 至 今 二级：好转",
            "2024-07-01 至 2024-10-01 一级：独居加低保",
            "2024-07-01 至 2024-12-01 单示例 独居老年人",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
    });
}

/// Much that happened with a household.
fn lived(fresh: &Fresh, household: Id, person: Id) {
    // 40 visits, four of them on the day on which the page would break.
    let on = |n: u8| day("2024-09-30") - chrono::Days::new(if (28..32).contains(&n) { 28 } else { n.into() });
    let visits: Vec<_> = (0..40).map(|n| visit(100 + n, household, person, &on(n).to_string())).collect();
    enter::<Visits, _>(fresh, &visits);
    let stay = HospitalStay {
        id: id(201),
        station_id: id(1),
        area_id: None,
        community_id: None,
        worker_id: None,
        household_id: household,
        person_id: person,
        hospital: "示例医院".into(),
        cause: "跌伤".into(),
        admitted_on: day("2024-10-10"),
        discharged_on: Some(day("2024-10-20")),
    };
    enter::<Visits, _>(fresh, &[stay]);
    let event = MajorEvent {
        id: id(202),
        station_id: id(1),
        area_id: None,
        community_id: None,
        worker_id: None,
        household_id: household,
        person_id: person,
        kind: EventKind::Injury,
        what: "浴室滑倒".into(),
        happened_on: day("2024-10-09"),
        known_on: day("2024-10-10"),
    };
    enter::<Visits, _>(fresh, &[event]);
    let raised = Escalation {
        id: id(203),
        station_id: id(1),
        area_id: None,
        community_id: None,
        worker_id: None,
        household_id: household,
        person_id: person,
        visit_id: None,
        kind: AlarmKind::HighRisk,
        what: "独自在家跌倒".into(),
        raised_on: day("2024-10-11"),
        told: "站长".into(),
        reported_to: None,
        handled_on: None,
        handled: None,
    };
    enter::<Visits, _>(fresh, &[raised]);
    let promised = super::merged::promise(204, household, person, crate::visits::FollowState::Open);
    enter::<Visits, _>(fresh, &[promised]);
}

#[test]
fn the_timeline_goes_back_to_the_first_day_and_shows_one_kind() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        let (file, person) = filled(fresh, &who);
        let (household, person): (Id, Id) = (id_of(&file), person.parse().unwrap());
        lived(fresh, household, person);
        let shown = |body: &str| {
            let list = body.split("<ol class=\"time\">").nth(1).unwrap().split("</ol>").next().unwrap();
            list.matches("<li>").count()
        };
        let link = |body: &str| {
            let at = body.find(">更早的 ")?;
            let href = body[..at].rsplit("href=\"").next()?.trim_end_matches('"');
            Some(href.replace("&#38;", "&").replace("&amp;", "&").split('#').next().unwrap().to_owned())
        };
        // Every one of them stands on one of the pages, and on one only.
        let (mut next, mut all, mut pages, mut told) = (Some(file.clone()), 0, 0, String::new());
        while let Some(path) = next {
            let body = who.good(&path);
            (all, pages) = (all + shown(&body), pages + 1);
            next = link(&body);
            told.push_str(body.split("<ol class=\"time\">").nth(1).unwrap());
        }
        // 40 visits, a stay with its end, an event, an escalation, a promise, a level, two categories, a consent, a risk.
        assert_eq!((all, pages), (50, 2));
        for part in [
            "住院",
            "示例医院",
            "出院",
            "浴室滑倒",
            "意外受伤",
            "独自在家跌倒",
            "还没有处置",
            "装扶手",
            "评定服务等级",
            "列入对象类别",
            "签同意书",
            "风险评估",
        ] {
            assert!(told.contains(part), "{part} in {told}");
        }
        let only = who.good(&format!("{file}?kind=hospital"));
        assert_eq!(shown(&only), 2, "{only}");
        assert!(only.contains("aria-current=\"true\">住院"));
        let visits = who.good(&format!("{file}?kind=visit"));
        let older = link(&visits).unwrap();
        assert!(older.contains("kind=visit") && older.contains("before="), "{older}");
        let rest = who.good(&older);
        assert_eq!(shown(&visits) + shown(&rest), 40, "none is lost where a day has several");
        assert!(rest.contains("回到最近的") && shown(&visits) == 30, "{rest}");
        assert!(older.ends_with("seen=2"), "a day that is torn apart goes on: {older}");
        assert!(who.good(&format!("{file}?before=2020-01-01")).contains("没有更早的了"));
        for wrong in ["kind=none", "before=yesterday"] {
            assert_eq!(who.client.get(&format!("{file}?{wrong}")).status, StatusCode::BAD_REQUEST, "{wrong}");
        }
    });
}

#[test]
fn a_level_without_a_date_is_looked_at_again_after_the_days_of_its_level() {
    each(NOW, |fresh| {
        ground(fresh);
        let who = manager(fresh, 1);
        // Level one since 2024-07-01: 180 days later is 2024-12-28, and today is 2024-12-31.
        let file = made(&who, id(11), "示例东-0001", NUMBER);
        let body = who.good(&file);
        assert!(
            body.contains("2024-12-28 复评") && body.contains("服务等级应在 2024-12-28 前复评"),
            "{body}"
        );
        let home = who.good("/");
        assert!(home.contains("服务等级该重新评定了") && home.contains("2024-12-28 前评定"), "{home}");
        // A date that somebody gave counts.
        let level = [
            ("level", "one"),
            ("level_from", "2024-07-02"),
            ("level_reason", "复核"),
            ("regrade_due_on", "2025-06-30"),
        ];
        assert_eq!(who.post(&format!("{file}/level"), "1", &level).status, StatusCode::SEE_OTHER);
        assert!(!who.good("/").contains("服务等级该重新评定了"));
        // Level two has a year.
        let level = [("level", "two"), ("level_from", "2024-07-03"), ("level_reason", "好转")];
        assert_eq!(who.post(&format!("{file}/level"), "2", &level).status, StatusCode::SEE_OTHER);
        assert!(
            who.good(&file).contains("2025-07-03 复评") && !who.good("/").contains("服务等级该重新评定了")
        );
    });
}
