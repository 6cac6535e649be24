//! Schemes through the router: read, compared, proposed by one and adopted by another, on both databases.

use std::sync::Arc;

use db::Database;
use db::testing::each;
use kernel::Clock;
use web::testing::{Answer, Client, faults_of};

use crate::access::Role;
use crate::access::testing::{everywhere, form_token, signed_in};
use crate::library::Library;
use crate::shell::Site;

const NOW: Clock = Clock::Fixed(kernel::Moment::from_micros(1_735_617_600_000_000));
const PAGE: &str = "/evaluation/schemes/guangzhou-2024";

fn site(database: &Database, library: Library) -> Site {
    Site {
        database: database.clone(),
        library: Arc::new(library),
        today: "2024-12-31".parse().unwrap(),
        sample_notice: None,
        address: None,
        report_dir: None,
        only_local: true,
        secure: false,
    }
}

/// Somebody with a role, at a site with these schemes.
struct Person {
    client: Client,
    token: String,
}

impl Person {
    fn new(database: &Database, library: &Library, name: &str, role: Role) -> Self {
        let cookie = signed_in(database, name, &[everywhere(role)]);
        let token = form_token(database, &cookie);
        let client = Client::new(crate::router(site(database, library.clone()))).with_cookie(cookie);
        Self { client, token }
    }

    fn get(&self, path: &str) -> Answer {
        let answer = self.client.get(path);
        assert_eq!(faults_of(&answer.body), Vec::<String>::new(), "{path}");
        answer
    }

    fn post(&self, path: &str, more: &[(&str, &str)]) -> Answer {
        let number = key();
        let mut all = vec![("_token", self.token.as_str()), ("_key", number.as_str())];
        all.extend_from_slice(more);
        self.client.post(path, &all)
    }
}

/// A number for a form.
fn key() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("{:0>20}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// What stands in the form that adopts.
fn proposal(page: &str) -> Option<String> {
    let rest = page.split("name=\"proposal\" value=\"").nth(1)?;
    rest.split('"').next().map(str::to_owned)
}

#[test]
fn a_scheme_is_read_in_plain_chinese() {
    each(NOW, |fresh| {
        let database = &fresh.database;
        let library = Library::load(None).unwrap();
        let worker = Person::new(database, &library, "worker", Role::Worker);
        let list = worker.get("/evaluation/schemes").body;
        for file in &library.schemes {
            assert!(list.contains(&file.scheme.name), "{}", file.file);
        }
        let page = worker.get(PAGE).body;
        for words in [
            "街道办事处（镇人民政府）",
            "按“呼入接听率”的数值：达到 0 得 0 分，达到 50 得 1.5 分，达到 65 得 2.25 分，达到 80 得 3 分",
            "80 分及以上，不到 90 分",
            "等级不高于不合格",
            "未采用",
        ] {
            assert!(page.contains(words), "{words}");
        }
        let page = worker.get("/evaluation/schemes/guangzhou-2019").body;
        assert!(page.contains("满分 1000 · 9 个板块 · 25 个二级指标 · 90 项"));
        assert_eq!(worker.client.get("/evaluation/schemes/none").status, 404);
        assert!(!page.contains("/propose"), "a worker proposes nothing");
    });
}

#[test]
fn adopting_takes_two_people() {
    each(NOW, |fresh| {
        let database = &fresh.database;
        let library = Library::load(None).unwrap();
        let one = Person::new(database, &library, "bureau-a", Role::DistrictBureau);
        let other = Person::new(database, &library, "bureau-b", Role::DistrictBureau);
        let evaluator = Person::new(database, &library, "evaluator", Role::Evaluator);
        assert_eq!(one.post(&format!("{PAGE}/propose"), &[]).status, 303);
        let own = one.get(PAGE).body;
        assert!(
            own.contains("待采用") && proposal(&own).is_none(),
            "whoever proposed is offered nothing more"
        );
        assert_eq!(one.post(&format!("{PAGE}/propose"), &[]).status, 409, "once");
        let id = proposal(&other.get(PAGE).body).expect("the other may adopt");
        let refused = one.post(&format!("{PAGE}/adopt"), &[("proposal", &id)]);
        assert_eq!(refused.status, 403);
        assert!(refused.body.contains("提出的人不能自己采用"));
        assert_eq!(evaluator.post(&format!("{PAGE}/adopt"), &[("proposal", &id)]).status, 403);
        assert_eq!(other.post(&format!("{PAGE}/adopt"), &[("proposal", "x")]).status, 404);
        assert_eq!(other.post(&format!("{PAGE}/adopt"), &[("proposal", &id)]).status, 303);
        assert!(other.get(PAGE).body.contains("已采用"));
        let again = Person::new(database, &library, "bureau-c", Role::DistrictBureau);
        assert!(again.post(&format!("{PAGE}/adopt"), &[("proposal", &id)]).body.contains("这一版已经采用"));
    });
}

#[test]
fn an_adopted_text_stays_when_the_file_changes() {
    each(NOW, |fresh| {
        let database = &fresh.database;
        let library = Library::load(None).unwrap();
        let one = Person::new(database, &library, "bureau-a", Role::DistrictBureau);
        assert_eq!(one.post(&format!("{PAGE}/propose"), &[]).status, 303);
        let changed = |version: &str| {
            let mut library = library.clone();
            let text = library.schemes[0].text.replace("quorum = 3", "quorum = 4");
            let text = text.replace("version = \"2024.1\"", &format!("version = \"{version}\""));
            let codes: Vec<&str> = library.rules.iter().map(rules::counting::Figure::code).collect();
            library.schemes[0].scheme = rules::scoring::Scheme::parse("x", &text, &codes).unwrap();
            library.schemes[0].text = text;
            library
        };
        // The same version with another text is nothing that was proposed.
        let same = Person::new(database, &changed("2024.1"), "bureau-b", Role::DistrictBureau);
        let page = same.get(PAGE).body;
        assert!(page.contains("文件改动过") && proposal(&page).is_none());
        assert_eq!(same.post(&format!("{PAGE}/propose"), &[]).status, 409);
        // A new version is, and can be held against the old.
        let new = Person::new(database, &changed("2024.2"), "bureau-c", Role::DistrictBureau);
        let page = new.get(PAGE).body;
        let link = page.split("href=\"").find(|rest| rest.contains("2024.1 版 对照")).expect("a comparison");
        let found = new.get(&link.split('"').next().unwrap().replace("&amp;", "&")).body;
        assert!(found.contains("1 处不同") && found.contains("专家最少人数"), "{found}");
        assert_eq!(new.post(&format!("{PAGE}/propose"), &[]).status, 303);
    });
}
