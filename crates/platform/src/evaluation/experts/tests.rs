//! The register through the router, on both databases.

use crate::access::Role;
use crate::testing::{Desk, on_both};

#[test]
fn an_expert_is_entered_with_ties_and_a_telephone_that_nobody_can_read() {
    on_both(|database, micros| {
        let runs = Desk::at(database, micros, Role::Evaluator);
        let person = Desk::of(database, micros, &[]);
        let name = database.read(|tx| crate::access::user_of(tx, person.user())).unwrap().name;
        let fields = |account: &'static str| {
            [
                ("account", account),
                ("name", "孙专家"),
                ("organisation", "示例大学"),
                ("qualification", "教授"),
                ("skills", "财务、人事"),
                ("phone", "138 0000 1234"),
                ("address", ""),
            ]
        };
        let path = "/evaluation/experts/new";
        let (status, body) = runs.post(path, &fields("nobody.here"));
        assert_eq!(status, 422);
        assert!(body.contains("没有这个登录名"));
        let name: &'static str = name.leak();
        let (status, to) = runs.post(path, &fields(name));
        assert_eq!(status, 303, "{to}");
        assert_eq!(runs.post(path, &fields(name)).0, 422, "one account, one expert");
        let page = runs.get(&to);
        assert!(page.contains("孙专家") && page.contains("电话比对码") && !page.contains("1234"));
        let tie = [("kind", "employer"), ("organisation", "示例机构"), ("from_on", "2024-02-01")];
        let wrong = [tie[0], tie[1], tie[2], ("until_on", "2023-01-01")];
        assert_eq!(runs.post(&format!("{to}/ties"), &wrong).0, 422);
        assert_eq!(runs.post(&format!("{to}/ties"), &tie).0, 303);
        assert!(runs.get(&to).contains("示例机构"));
        let changed =
            [("name", "孙专家"), ("organisation", "示例学院"), ("qualification", "教授"), ("skills", "财务")];
        assert_eq!(runs.post(&format!("{to}/edit"), &changed).0, 303);
        let page = runs.get(&to);
        assert!(page.contains("示例学院") && page.contains("<dt>电话比对码</dt><dd>已存</dd>"), "{page}");
        assert!(runs.get("/evaluation/experts").contains("示例学院"));
        assert_eq!(runs.status("/evaluation/experts/none"), 404);
        for role in [Role::StationManager, Role::DistrictBureau, Role::Expert] {
            assert_eq!(Desk::at(database, micros, role).status("/evaluation/experts"), 403, "{role:?}");
        }
    });
}
