//! Case tables: what is missing, in which step, and where it is mended.

use super::*;

fn place(name: &str, coded: bool, in_area: bool) -> Place {
    Place { id: format!("id-{name}"), name: name.into(), coded, in_area }
}

fn worker(name: &str) -> Worker {
    Worker {
        id: format!("id-{name}"),
        name: name.into(),
        manager: true,
        recorded: true,
        certified: true,
        post: true,
        account: Some((format!("u-{name}"), true)),
    }
}

/// A station with nothing missing.
fn complete() -> Facts {
    Facts {
        station: Some(("zhan".into(), "示例站".into())),
        areas: 1,
        communities: vec![place("东", true, true)],
        contract: Some(Contract {
            id: "c1".into(),
            code: "zhan-2024".into(),
            over: None,
            categories: 17,
            targets: 15,
            agreed_workers: 20,
            agreed_certified: 12,
        }),
        workers: vec![worker("甲")],
        files: 1,
        listed: 0,
    }
}

/// What is missing in all steps, each with its step and where its first form is.
fn all_missing(facts: &Facts) -> Vec<String> {
    let line = |step: &Step, one: &Missing| {
        let href = one.ways.first().map_or("", |way| way.href.as_str());
        format!("{} {} {href}", step.name, one.what)
    };
    steps(facts).iter().flat_map(|step| step.missing.iter().map(move |one| line(step, one))).collect()
}

fn check(change: impl Fn(&mut Facts), expected: &[&str]) {
    let mut facts = complete();
    change(&mut facts);
    assert_eq!(all_missing(&facts), expected);
}

#[test]
fn what_is_missing() {
    check(|_| {}, &[]);
    check(|facts| *facts = Facts::default(), &["station 还没有社工站 /areas/new"]);
    check(
        |facts| (facts.areas, facts.communities) = (0, vec![]),
        &["places 还没有片区 /areas/zhan/new/area", "places 还没有社区 /areas/zhan/import"],
    );
    check(
        |facts| facts.communities = vec![place("东", false, true), place("西", false, false)],
        &[
            "places 2 个社区没有 12 位区划代码 /areas/zhan/import",
            "places 1 个社区还没有分片区 /areas/zhan/community/id-西",
        ],
    );
    check(
        |facts| facts.contract = None,
        &["contract 还没有服务协议 /contracts/contracts/new", "targets 先登记服务协议，再定它的指标 "],
    );
    let contract = |facts: &mut Facts, change: fn(&mut Contract)| change(facts.contract.as_mut().unwrap());
    check(
        |facts| contract(facts, |one| one.over = "2025-06-20".parse().ok()),
        &["contract 最近一份协议已在 2025-06-20 到期 /contracts/contracts/new"],
    );
    check(
        |facts| contract(facts, |one| one.categories = 0),
        &["contract 协议没有登记服务对象类别 /contracts/categories/new?contract_id=c1"],
    );
    check(
        |facts| contract(facts, |one| one.targets = 0),
        &["targets 协议没有指标 /indicators/targets/new?contract=c1"],
    );
    check(
        |facts| facts.workers = vec![],
        &[
            "workers 还没有社工 /staff/workers/new",
            "certificates 先登记社工 ",
            "posts 先登记社工 ",
            "accounts 先登记社工 ",
        ],
    );
    check(|facts| facts.files = 0, &["files 还没有家户档案，也没有名册 /clients/roster"]);
    check(|facts| (facts.files, facts.listed) = (0, 1), &[]);
}

#[test]
fn what_workers_lack() {
    let of = |change: fn(&mut Worker), expected: &str| {
        check(|facts| change(&mut facts.workers[0]), &[expected]);
    };
    of(|one| one.manager = false, "workers 没有岗位是站长的社工 /staff");
    of(
        |one| one.recorded = false,
        "certificates 1 名社工没有证书登记（没有证书的登记“未持证”） /staff/certificates/new?worker_id=id-甲",
    );
    of(|one| one.post = false, "posts 1 名社工没有任职 /staff/posts/new?worker_id=id-甲");
    of(|one| one.account = None, "accounts 1 名社工没有账号 /access/new?worker=id-甲");
    of(
        |one| one.account = Some(("u-甲".into(), false)),
        "accounts 1 名社工的账号没有角色 /access/u-甲/grant?station=zhan",
    );
    // A worker without a certificate is recorded as one, and then nothing is missing.
    check(|facts| facts.workers[0].certified = false, &[]);
}

#[test]
fn of_many_only_some_are_named_and_all_are_counted() {
    let mut facts = complete();
    facts.workers = (0..20).map(|n| Worker { post: false, ..worker(&n.to_string()) }).collect();
    let steps = steps(&facts);
    let posts = steps.iter().find(|step| step.name == "posts").unwrap();
    assert_eq!(posts.missing[0].what, "20 名社工没有任职");
    assert_eq!(posts.missing[0].ways.len(), NAMED);
}
