//! What nobody sees, enters or refers to: records of another station or area, numbers in clear, names of persons.

use web::Target;

use super::*;

#[test]
fn another_stations_records_are_nowhere() {
    on_both(|fresh| {
        let (here, there) = (manager(fresh, 1), manager(fresh, 2));
        let (home, person) = household(fresh, &here, id(1, 11), "单示例", 1);
        let made = made(person, home);
        let visit = fields(fresh, &made, kind("visit"));
        let path = here.done("/visits/visits/new", &visit);
        assert_eq!((here.count("/visits"), there.count("/visits")), (1, 0));
        assert!(!there.good("/visits/visits?q=样本").contains("单示例"));
        assert_eq!(there.count(&format!("/visits/visits?person_id={person}")), 0);
        assert_eq!([there.status(&path), there.status(&format!("{path}/edit"))], [404, 404]);
        let mut sent = visit.clone();
        sent.push(("version", "1".to_owned()));
        assert_eq!(there.post(&format!("{path}/edit"), &sent).status, StatusCode::NOT_FOUND);
        let withdrawn = there.post(&format!("{path}/withdraw"), &[("reason", "试一下")]);
        assert_eq!(withdrawn.status, StatusCode::NOT_FOUND);
        // Neither by its id nor by its name, and an address that names it shows nothing of it.
        for asked in [person.as_str(), "单示例", "示例-0001"] {
            let body = there.refused("/visits/visits/new", &with(&visit, "person_id", asked));
            assert!(body.contains("没有找到") && !body.contains("单示例 示例-0001"), "{asked}: {body}");
        }
        let form = there.good(&format!("/visits/visits/new?person_id={person}"));
        assert!(!form.contains("单示例") && !form.contains("示例-0001"), "{form}");
        let activity = fields(fresh, &made, kind("activity"));
        assert!(there.refused("/activities/events/new", &activity).contains("没有找到"));
        assert_eq!(here.count("/visits"), 1);
    });
}

/// Whoever works in two stations still enters no record of one that refers to the other.
#[test]
fn a_record_refers_to_its_own_station() {
    on_both(|fresh| {
        let grants = [1, 2].map(|number| in_station(Role::StationManager, id(number, 0)));
        let who = somebody(fresh, "both", &grants);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        let made = made(person, home);
        let activity = fields(fresh, &made, kind("activity"));
        let body = who.refused("/activities/events/new", &with(&activity, "worker_id", id(2, 5).as_str()));
        assert!(body.contains("这位社工是别的社工站的"), "{body}");
        let group = with(&fields(fresh, &made, kind("group")), "community_id", id(2, 11).as_str());
        let body = who.refused("/groups/groups/new", &with(&group, "worker_id", id(2, 5).as_str()));
        assert!(body.contains("是别的社工站的：选本站的"), "a programme of station 1: {body}");
        let path = who.done("/activities/events/new", &activity);
        let mut moved = with(&with(&activity, "community_id", id(2, 11).as_str()), "worker_id", "");
        moved.push(("version", "1".to_owned()));
        assert!(who.refused(&format!("{path}/edit"), &moved).contains("不能改到别的社工站"));
    });
}

#[test]
fn a_worker_of_one_area_works_in_it_alone() {
    on_both(|fresh| {
        let (manager, worker) = (manager(fresh, 1), of_an_area(fresh));
        let (home, person) = household(fresh, &manager, id(1, 11), "单示例", 1);
        let (_, elsewhere) = household(fresh, &manager, id(1, 21), "双样本", 2);
        let made = made(person, home);
        let activity = fields(fresh, &made, kind("activity"));
        worker.done("/activities/events/new", &activity);
        let body =
            worker.refused("/activities/events/new", &with(&activity, "community_id", id(1, 21).as_str()));
        assert!(body.contains("没有找到") && !body.contains(">西一<"), "{body}");
        let visit = fields(fresh, &made, kind("visit"));
        worker.done("/visits/visits/new", &visit);
        for asked in [elsewhere.as_str(), "双样本"] {
            let body = worker.refused("/visits/visits/new", &with(&visit, "person_id", asked));
            assert!(body.contains("没有找到"), "{body}");
        }
        manager.done("/visits/visits/new", &with(&visit, "person_id", elsewhere.as_str()));
        assert_eq!((worker.count("/visits"), manager.count("/visits")), (1, 2));
        // A group of another area may be read of, and nothing entered into it.
        let group = with(&fields(fresh, &made, kind("group")), "community_id", id(1, 21).as_str());
        let group = manager.done("/groups/groups/new", &group);
        let session = fields(fresh, &made, kind("group_session"));
        let session = with(&session, "group_id", group.rsplit('/').next().unwrap());
        let body = worker.refused("/groups/sessions/new", &session);
        assert!(body.contains("不在您可以办理的范围内"), "{body}");
        // What is the whole station's is not theirs to enter.
        let partner = fields(fresh, &made, kind("partner"));
        assert!(worker.refused("/partners/partners/new", &partner).contains("这类记录是全站的"));
        let withdrawn = worker.post(&format!("{group}/withdraw"), &[("reason", "试一下")]);
        assert_eq!(withdrawn.status, StatusCode::FORBIDDEN, "a worker withdraws nothing");
    });
}

#[test]
fn a_phone_is_sealed_and_never_shown() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let volunteer = fields(fresh, &made(id(1, 5), id(1, 5)), kind("volunteer"));
        let path = who.done("/volunteers/volunteers/new", &volunteer);
        let edit = format!("{path}/edit");
        for page in [path.as_str(), edit.as_str(), "/volunteers/volunteers", "/volunteers?q=1380000"] {
            let body = who.good(page);
            // Ids and tokens hold any digits; what people read and what fields hold does not.
            let read: String =
                body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
            let held = body.contains("13800004321") || body.contains("4321\"");
            assert!(!held && !read.contains("4321"), "{page}: {body}");
        }
        assert!(who.good(&path).contains("已登记"));
        let kept = || {
            let id: Id = path.rsplit('/').next().unwrap().parse().unwrap();
            let row = fresh.database.read(|tx| (kind("volunteer").ops.last)(tx, id)).unwrap().unwrap().1;
            row.text("phone").to_owned()
        };
        let sealed = kept();
        assert!(!sealed.is_empty() && !sealed.contains("4321"), "{sealed}");
        // Left empty it stays; another number replaces it, and neither is shown.
        let mut sent = with(&with(&volunteer, "phone", ""), "name", "样本丙");
        sent.push(("version", "1".to_owned()));
        who.done(&edit, &sent);
        assert_eq!(kept(), sealed);
        let sent = with(&with(&sent, "phone", "139 0000 1111"), "version", "2");
        who.done(&edit, &sent);
        assert_ne!(kept(), sealed);
        let page = who.good(&path);
        assert!(page.contains("另一个") && !page.contains("1111"), "{page}");
        let wrong = who.refused(&edit, &with(&with(&sent, "phone", "12"), "version", "3"));
        assert!(wrong.contains("电话"), "{wrong}");
    });
}

/// Whoever reads the figures of groups reads how many came, not who.
#[test]
fn names_of_persons_are_for_those_who_may_read_files() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        let fields = fields(fresh, &made(person, home), kind("group_attendance"));
        let path = who.done("/groups/attendances/new", &fields);
        let session = format!("/groups/sessions/{}", fields[0].1);
        for role in [Role::Operator, Role::StreetOffice, Role::Evaluator, Role::City] {
            let reader = somebody(fresh, "reader", &[in_station(role, id(1, 0))]);
            for page in ["/groups/attendances", path.as_str(), session.as_str()] {
                let body = reader.good(page);
                assert!(!body.contains("单示例") && !body.contains("示例-0001"), "{role:?} {page}: {body}");
            }
            assert_eq!(reader.count("/groups/attendances"), 1);
            assert!(reader.good(&path).contains("不在您可看的范围内"));
        }
        assert!(who.good("/groups/attendances").contains("单示例"));
    });
}

#[test]
fn finding_offers_what_one_may_read() {
    on_both(|fresh| {
        let (here, there, worker) = (manager(fresh, 1), manager(fresh, 2), of_an_area(fresh));
        let (_, person) = household(fresh, &here, id(1, 11), "单示例", 1);
        let (_, elsewhere) = household(fresh, &here, id(1, 21), "双示例", 2);
        let asked = |who: &Somebody, kind: &str, text: &str| {
            let answer =
                who.client.get(&Target::new(&["sheets", kind, "find"]).with_some("q", Some(text)).href());
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            assert_eq!(answer.header("cache-control"), "no-store");
            answer.body
        };
        let nothing = "{\"found\":[],\"more\":false}";
        for text in ["单示例", "danshili", "DSL", "示例-0001"] {
            let found = asked(&here, "person", text);
            assert!(found.contains(person.as_str()) && found.contains("单示例"), "{text}: {found}");
            assert_eq!(asked(&there, "person", text), nothing, "{text}");
        }
        assert_eq!(asked(&here, "person", "单"), nothing, "too short");
        assert_eq!(asked(&here, "person", "没有的人 单示例"), nothing, "each word narrows");
        assert_eq!(asked(&worker, "person", "双示例"), nothing, "{elsewhere} is of another area");
        let evaluator = somebody(fresh, "reader", &[in_station(Role::Evaluator, id(1, 0))]);
        assert_eq!(asked(&evaluator, "person", "单示例"), nothing, "reads no files");
        for number in 10..20 {
            household(fresh, &here, id(1, 11), "许多人", number);
        }
        let many = asked(&here, "person", "许多人");
        assert_eq!((many.matches("\"id\"").count(), many.contains("\"more\":true")), (8, true), "{many}");
        let unknown = ["nothing", "worker"].map(|kind| here.status(&format!("/sheets/{kind}/find?q=abc")));
        assert_eq!(unknown, [404, 404], "of what is few one picks");
    });
}
