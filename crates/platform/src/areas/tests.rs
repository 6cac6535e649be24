//! Requests for areas through the router, on both databases.

mod moving;

use axum::http::Method;
use db::testing::each;
use kernel::{Clock, Id};
use web::testing::{Answer, Client, faults_of};

use super::position::{self, LATITUDES, LONGITUDES};
use super::store::{Community, ServicePoint};
use crate::access::testing::{everywhere, form_token, in_station, signed_in};
use crate::access::{NewGrant, Role, new_id};
use crate::shell::tests::station::{fill, id, site};

struct Desk {
    database: db::Database,
    client: Client,
    token: String,
}

impl Desk {
    fn of(database: &db::Database, grants: &[NewGrant]) -> Self {
        let cookie = signed_in(database, "zhanzhang", grants);
        let token = form_token(database, &cookie);
        let client = Client::new(crate::router(site(database))).with_cookie(cookie);
        Self { database: database.clone(), client, token }
    }

    fn get(&self, path: &str) -> String {
        let answer = self.client.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
        answer.body
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let key = new_id(Clock::System.now()).unwrap().to_string();
        let own = [("_token", self.token.as_str()), ("_key", key.as_str())];
        let all: Vec<_> = own.into_iter().chain(fields.iter().copied()).collect();
        let answer = self.client.post(path, &all);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
        answer
    }

    /// The status of a form, and what it says.
    fn sent(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let answer = self.post(path, fields);
        (answer.status.as_u16(), answer.body)
    }

    fn upload(&self, name: &str, content: &[u8]) -> Answer {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n{}\r\n\
             --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n",
            self.token
        );
        let body = [head.as_bytes(), content, b"\r\n--x--\r\n"].concat();
        let headers =
            [("content-type", "multipart/form-data; boundary=x"), ("origin", "http://127.0.0.1:8080")];
        let answer = self.client.send(Method::POST, "/areas/zhanyi/import", &headers, body);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{name}");
        answer
    }

    fn communities(&self) -> Vec<Community> {
        self.database
            .read(|tx| {
                let now = tx.at();
                super::communities(tx, id(1, 0), now)
            })
            .unwrap()
    }

    fn named(&self, name: &str) -> Community {
        let all = self.communities();
        all.iter().find(|one| one.name == name).cloned().unwrap_or_else(|| panic!("{name} in {all:?}"))
    }

    fn points(&self) -> Vec<ServicePoint> {
        self.database
            .read(|tx| {
                let now = tx.at();
                super::service_points(tx, id(1, 0), now)
            })
            .unwrap()
    }
}

/// Two stations; somebody who runs the first.
fn on_both(test: impl Fn(&Desk)) {
    each(Clock::System, |fresh| {
        fill(&fresh.database, 1, "zhanyi", 1);
        fill(&fresh.database, 2, "zhaner", 1);
        test(&Desk::of(&fresh.database, &[in_station(Role::StationManager, id(1, 0))]));
    });
}

/// What stands in a field of a form.
fn value(page: &str, name: &str) -> String {
    let rest = page.split_once(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("{name} in {page}")).1;
    let value = rest.split_once("value=\"").map_or("", |(_, rest)| rest);
    value.split('"').next().unwrap().to_owned()
}

#[test]
fn one_sees_ones_own_station_and_what_it_has() {
    on_both(|desk| {
        let body = desk.get("/areas");
        for part in ["示例社工站 zhanyi", "东片区", "西片区", "东一", "2 个片区 · 3 个社区", "加片区"]
        {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(!body.contains("zhaner"), "{body}");
        let all = Desk::of(&desk.database, &[everywhere(Role::City)]).get("/areas");
        assert!(all.contains("zhaner") && !all.contains("加片区") && !all.contains(">改<"), "{all}");
    });
}

#[test]
fn an_area_a_community_and_a_service_point_are_entered() {
    on_both(|desk| {
        let next = desk.get("/areas/zhanyi/new/area");
        assert_eq!(value(&next, "position"), "3");
        let area = |name, code, position| {
            desk.sent("/areas/zhanyi/new/area", &[("name", name), ("code", code), ("position", position)])
        };
        assert_eq!(area("南片区", "nan", "3").0, 303);
        for (name, code, position, part) in [
            ("", "bei", "4", "填名称"),
            ("北片区", "dong", "4", "代码“dong”已经用过"),
            ("北片区", "Bei 1", "4", "代码只用小写字母"),
            ("北片区", "bei", "0", "次序填 1 到 9999"),
        ] {
            let (status, body) = area(name, code, position);
            assert!(status == 422 && body.contains(part), "{part}: {body}");
        }
        let community = |change: (&'static str, &'static str)| {
            let east = id(1, 1).to_string();
            let mut fields = vec![
                ("area", east.as_str()),
                ("name", "东三"),
                ("code", "dongsan"),
                ("position", "4"),
                ("region_code", "4401 9900 1004"),
                ("latitude", "23.098765"),
                ("longitude", "113.2"),
            ];
            fields.iter_mut().filter(|(name, _)| *name == change.0).for_each(|field| field.1 = change.1);
            desk.sent("/areas/zhanyi/new/community", &fields)
        };
        for (field, wrong, part) in [
            ("area", "", "选片区"),
            ("region_code", "44019900100", "是 11 位"),
            ("region_code", "990199001004", "不是任何省"),
            ("latitude", "230", "纬度填 3 到 54"),
            ("latitude", "", "要么都填"),
            ("longitude", "-113", "经度填 73 到 136"),
            ("longitude", "113.1234567", "最多 6 位"),
            ("code", "dongyi", "已经用过"),
        ] {
            let (status, body) = community((field, wrong));
            assert!(status == 422 && body.contains(part), "{field}={wrong}: {part} in {body}");
        }
        assert_eq!(community(("", "")).0, 303);
        let made = desk.named("东三");
        assert_eq!(
            (made.region_code.as_deref(), made.latitude_e6, made.longitude_e6, made.area_id),
            (Some("440199001004"), Some(23_098_765), Some(113_200_000), Some(id(1, 1)))
        );
        let (status, body) = community(("code", "dongsi"));
        assert!(status == 422 && body.contains("这个区划代码已经是“东三”的"), "{body}");
        assert!(desk.get("/areas").contains("23.098765，113.200000"));
        let place = made.id.to_string();
        let point = |closed| {
            let fields = [
                ("community", place.as_str()),
                ("name", "东三社工点"),
                ("opened_on", "2024-07-01"),
                ("closed_on", closed),
            ];
            desk.sent("/areas/zhanyi/new/service_point", &fields)
        };
        assert!(point("2024-06-30").1.contains("撤销日期不能早于设立日期"));
        assert_eq!(point("").0, 303);
        let point = desk.points().remove(0);
        assert_eq!((point.community_id, point.area_id), (Some(made.id), Some(id(1, 1))));
        for path in ["/areas/zhaner/new/area", "/areas/nowhere/new/area", "/areas/zhanyi/new/moon"] {
            assert_eq!(desk.client.get(path).status, 404, "{path}");
            assert_eq!(desk.post(path, &[("name", "x")]).status, 404, "{path}");
        }
    });
}

#[test]
fn a_correction_shows_what_is_there_and_notices_what_others_did() {
    on_both(|desk| {
        let one = desk.named("东一");
        let path = format!("/areas/zhanyi/community/{}", one.id);
        let page = desk.get(&path);
        assert_eq!((value(&page, "name"), value(&page, "code")), ("东一".into(), "dongyi".into()));
        let east = id(1, 2).to_string();
        let send = |name: &str, version: &str| {
            let fields = [
                ("area", east.as_str()),
                ("name", name),
                ("code", "dongyi"),
                ("position", "11"),
                ("version", version),
            ];
            desk.sent(&path, &fields)
        };
        assert_eq!(send("东一甲", &value(&page, "version")).0, 303);
        assert_eq!(desk.named("东一甲").area_id, Some(id(1, 2)), "moved to the other area");
        let (status, body) = send("东一乙", &value(&page, "version"));
        assert_eq!(status, 409, "somebody else was here");
        assert!(body.contains("<dd>东一甲</dd></div><div><dt>您填的</dt><dd>东一乙</dd>"), "{body}");
        assert_eq!(send("东一乙", &value(&body, "version")).0, 303);
        for other in [id(2, 11), Id::NIL] {
            assert_eq!(desk.client.get(&format!("/areas/zhanyi/community/{other}")).status, 404);
            assert_eq!(desk.client.get(&format!("/areas/zhaner/community/{other}")).status, 404);
        }
        assert_eq!(desk.client.get(&format!("/areas/zhanyi/area/{}", one.id)).status, 404, "of another kind");
    });
}

#[test]
fn a_withdrawal_says_why_and_leaves_nothing_hanging() {
    on_both(|desk| {
        let (area, community) = (id(1, 2), desk.named("西一"));
        let path = |kind: &str, id: Id| format!("/areas/zhanyi/{kind}/{id}/withdraw");
        let send = |path: &str, reason: &str| desk.sent(path, &[("reason", reason)]);
        assert!(desk.get(&path("community", community.id)).contains("作废社区 西一"));
        let (status, body) = send(&path("area", area), "合并");
        assert!(status == 422 && body.contains("片区里还有社区"), "{body}");
        let fields = [("community", community.id.as_str()), ("name", "点"), ("opened_on", "2024-07-01")];
        assert_eq!(desk.sent("/areas/zhanyi/new/service_point", &fields).0, 303);
        assert!(send(&path("community", community.id), "合并").1.contains("社区里还有社工点"));
        let point = desk.points()[0].id;
        assert!(send(&path("service_point", point), "").1.contains("填作废的理由"));
        for (kind, id) in [("service_point", point), ("community", community.id), ("area", area)] {
            assert_eq!(send(&path(kind, id), "与东片区合并").0, 303, "{kind}");
            assert_eq!(desk.client.get(&path(kind, id)).status, 404, "{kind} is gone");
        }
        let (lines, _) = desk.database.read(|tx| tx.audit_lines(id(1, 0))).unwrap();
        let reasons = lines.iter().filter(|line| line.reason.as_deref() == Some("与东片区合并"));
        assert_eq!(reasons.count(), 3);
    });
}

const LIST: &str = "示例街区划名单,\n统计用区划代码,名称\n440199001000,示例街\n440199001001,东一社区居委会\n\
                    440199001002,东二社区居委会\n440199001004,南一社区居委会\n44019900100,少一位\n\
                    440199001004,重复\n440199002001,别街社区居委会\n";

/// The boxes of a preview: value and whether it is ticked.
fn boxes(page: &str) -> Vec<(String, bool)> {
    let rows = page.split("type=\"checkbox\" name=\"apply\" value=\"").skip(1);
    rows.map(|row| {
        let (value, rest) = row.split_once('"').unwrap();
        (value.to_owned(), rest.starts_with(" checked"))
    })
    .collect()
}

#[test]
fn the_official_list_is_compared_and_what_was_ticked_written() {
    on_both(|desk| {
        let answer = desk.upload("名单.csv", LIST.as_bytes());
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"));
        for part in [
            "读到 5 行，0 个社区一致，4 处不同",
            "2 行没有用",
            "第 7 行：区划代码要 12 位数字，“44019900100”是 11 位",
            "第 8 行：440199001004 已在第 6 行出现过",
            "补代码",
            "新增",
            "名单里没有",
        ] {
            assert!(answer.body.contains(part), "{part} in {}", answer.body);
        }
        assert!(!answer.body.contains("别街"), "only this station's street");
        assert_eq!(desk.communities().len(), 3, "nothing is written yet");
        let all = boxes(&answer.body);
        let ticked: Vec<&str> = all.iter().filter(|(_, on)| *on).map(|(value, _)| value.as_str()).collect();
        assert_eq!((all.len(), ticked.len()), (4, 3), "what is gone is for people to decide");
        let list = value(&answer.body, "list");
        let mut fields = vec![("list", list.as_str())];
        fields.extend(ticked.iter().map(|value| ("apply", *value)));
        let apply = |fields: &[(&str, &str)]| desk.sent("/areas/zhanyi/import/apply", fields).0;
        assert_eq!(apply(&fields[..1]), 422, "nothing was ticked");
        assert_eq!(apply(&fields), 303);
        let shown: Vec<String> = desk
            .communities()
            .iter()
            .map(|one| format!("{} {}", one.name, one.region_code.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(shown, ["东一 440199001001", "东二 440199001002", "西一 -", "南一 440199001004"]);
        assert_eq!(desk.named("南一").code, "c440199001004");
        assert!(desk.get("/areas").contains("还没有分片区"));
        assert_eq!(apply(&fields), 422, "it is as the list says already");
        let again = desk.upload("名单.csv", LIST.replace("东二社区", "东贰社区").as_bytes()).body;
        assert!(again.contains("东二 → 东贰") && again.contains("2 个社区一致，2 处不同"), "{again}");
        let gone = boxes(&again).into_iter().find(|(value, _)| value.starts_with("gone:")).unwrap().0;
        assert_eq!(apply(&[("list", &value(&again, "list")), ("apply", &gone)]), 303);
        assert!(!desk.communities().iter().any(|one| one.name == "西一"));
        let done = desk.upload("名单.csv", LIST.as_bytes()).body;
        assert!(done.contains("没有不同"), "{done}");
    });
}

#[test]
fn a_file_that_is_no_list_says_so() {
    on_both(|desk| {
        let check = |content: &[u8], part: &str| {
            let answer = desk.upload("名单.csv", content);
            assert!(answer.status == 422 && answer.body.contains(part), "{part}: {}", answer.body);
        };
        check(b"", "文件是空的");
        check("序号,姓名\n1,示例甲\n".as_bytes(), "没有找到写着区划代码和名称的两列");
        check(
            "区划代码,名称\n440299001000,甲街\n440299002000,乙街\n".as_bytes(),
            "看不出“示例街”在这份名单里",
        );
        check(b"PK\x03\x04broken", "打不开这个文件");
        let other = desk.client.get("/areas/zhaner/import");
        assert_eq!(other.status, 404);
        assert_eq!(
            desk.sent(
                "/areas/zhaner/import/apply",
                &[("list", "440199001001 x"), ("apply", "new:440199001001")]
            )
            .0,
            404
        );
    });
}

#[test]
fn degrees_are_read_exactly() {
    let check = |text: &str, within, expected: Option<i32>| {
        assert_eq!(position::parse(text, within), expected, "{text}")
    };
    check("23.098765", LATITUDES, Some(23_098_765));
    check("23", LATITUDES, Some(23_000_000));
    check("23.1000000", LATITUDES, Some(23_100_000));
    check("54", LATITUDES, Some(54_000_000));
    check("54.000001", LATITUDES, None);
    check("113.281234", LONGITUDES, Some(113_281_234));
    check("113.281234", LATITUDES, None);
    check("23.0987651", LATITUDES, None);
    check("-23", LATITUDES, None);
    check("2e1", LATITUDES, None);
    check("23,1", LATITUDES, None);
    check("", LATITUDES, None);
    check("２３", LATITUDES, None);
    assert_eq!(
        (position::shown(23_098_765), position::shown(3_000_000)),
        ("23.098765".into(), "3.000000".into())
    );
}

#[test]
fn a_station_is_added_by_whoever_has_the_whole_city() {
    each(Clock::System, |fresh| {
        let city = Desk::of(&fresh.database, &[everywhere(Role::SystemAdmin)]);
        assert!(city.get("/areas").contains("先加一个社工站"));
        city.get("/areas/new");
        let good = [
            ("name", "示例街社工服务站"),
            ("code", "shilijie"),
            ("district", "示例区"),
            ("street", "示例街"),
            ("address", "示例路一号"),
            ("operated_since", "2024-01-01"),
        ];
        let with = |field: &str, value: &'static str| {
            good.map(|(name, old)| (name, if name == field { value } else { old }))
        };
        let check = |field: &str, value: &'static str, part: &str| {
            let (status, body) = city.sent("/areas/new", &with(field, value));
            assert!(status == 422 && body.contains(part), "{field}={value}: {status} {body}");
        };
        check("code", "示例", "只用小写英文字母和数字");
        check("name", "", "填名称");
        check("operated_since", "去年", "例如 2025-01-10");
        assert_eq!(city.sent("/areas/new", &good).0, 303);
        assert!(city.get("/areas").contains("示例街社工服务站"));
        check("code", "shilijie", "已经用过");
        assert_eq!(
            city.sent("/areas/shilijie/new/area", &[("code", "dong"), ("name", "东片区"), ("position", "1")])
                .0,
            303
        );
        fill(&fresh.database, 9, "jiu", 1);
        let one = Desk::of(&fresh.database, &[in_station(Role::SystemAdmin, id(9, 0))]);
        assert_eq!(one.sent("/areas/new", &good).0, 403, "a station's administrator adds no other");
    });
}
