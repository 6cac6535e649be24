//! From what a station has to the steps of setting it up, each done or with what is missing. Pure.

use chrono::NaiveDate;

/// What a station has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its code and name; without one there is no station yet.
    pub station: Option<(String, String)>,
    /// How many areas.
    pub areas: usize,
    /// Its communities.
    pub communities: Vec<Place>,
    /// The contract that today belongs to, or the next one.
    pub contract: Option<Contract>,
    /// Who has not left.
    pub workers: Vec<Worker>,
    /// How many open files.
    pub files: usize,
    /// How many households its roster lists.
    pub listed: usize,
}

/// A community.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Its id as it stands in addresses.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether its official code of twelve digits is known.
    pub coded: bool,
    /// Whether it lies in an area.
    pub in_area: bool,
}

/// A contract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contract {
    /// Its id as it stands in addresses.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its last day, where that is over.
    pub over: Option<NaiveDate>,
    /// How many categories of people it names.
    pub categories: usize,
    /// How many indicators.
    pub targets: usize,
    /// Workers agreed.
    pub agreed_workers: i32,
    /// Certified workers agreed.
    pub agreed_certified: i32,
}

/// A worker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worker {
    /// The id as it stands in addresses.
    pub id: String,
    /// The name.
    pub name: String,
    /// Whether the worker answers for the station.
    pub manager: bool,
    /// Whether it is recorded which certificate is held, or that none is.
    pub recorded: bool,
    /// Whether a certificate is held.
    pub certified: bool,
    /// Whether there is a post today.
    pub post: bool,
    /// The open account, and whether it has a role.
    pub account: Option<(String, bool)>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name in addresses.
    pub name: &'static str,
    /// The word for people.
    pub title: &'static str,
    /// What there is.
    pub says: String,
    /// What is missing; nothing when it is done.
    pub missing: Vec<Missing>,
    /// Where its pages are.
    pub ways: Vec<Way>,
}

/// Something missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What.
    pub what: String,
    /// The forms that mend it.
    pub ways: Vec<Way>,
}

/// A form or page, and the verb it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Its address.
    pub href: String,
    /// The word for it.
    pub label: String,
    /// The verb.
    pub verb: &'static str,
}

/// How many forms are named beside one thing that is missing.
const NAMED: usize = 8;

impl Step {
    /// Whether nothing is missing.
    #[must_use]
    pub fn done(&self) -> bool {
        self.missing.is_empty()
    }
}

fn way(href: impl Into<String>, label: impl Into<String>, verb: &'static str) -> Way {
    Way { href: href.into(), label: label.into(), verb }
}

fn missing(what: impl Into<String>, ways: impl IntoIterator<Item = Way>) -> Missing {
    Missing { what: what.into(), ways: ways.into_iter().take(NAMED).collect() }
}

/// The steps in their order.
#[must_use]
pub fn steps(facts: &Facts) -> Vec<Step> {
    let mut steps = vec![station(facts)];
    if let Some((code, _)) = &facts.station {
        steps.push(places(facts, code));
        steps.push(contract(facts));
        steps.push(targets(facts));
        steps.push(workers(facts));
        steps.push(certificates(facts));
        steps.push(posts(facts));
        steps.push(accounts(facts, code));
        steps.push(files(facts));
    }
    steps
}

fn station(facts: &Facts) -> Step {
    let new = way("/areas/new", "加社工站", "areas.stations");
    let (says, missing) = match &facts.station {
        Some((_, name)) => (name.clone(), vec![]),
        None => (String::new(), vec![missing("还没有社工站", [new])]),
    };
    Step {
        name: "station",
        title: "社工站",
        says,
        missing,
        ways: vec![way("/areas", "片区与社区", "areas.read")],
    }
}

fn places(facts: &Facts, code: &str) -> Step {
    let (verb, all) = ("areas.record", &facts.communities);
    let import = || way(format!("/areas/{code}/import"), "导入区划名单", verb);
    let edit = |place: &Place| {
        way(format!("/areas/{code}/community/{}", place.id), place.name.clone(), "areas.correct")
    };
    let mut lacks = Vec::new();
    if facts.areas == 0 {
        lacks.push(missing("还没有片区", [way(format!("/areas/{code}/new/area"), "加片区", verb)]));
    }
    if all.is_empty() {
        let one = way(format!("/areas/{code}/new/community"), "加一个社区", verb);
        lacks.push(missing("还没有社区", [import(), one]));
    }
    let uncoded: Vec<&Place> = all.iter().filter(|place| !place.coded).collect();
    if !uncoded.is_empty() {
        let ways = std::iter::once(import()).chain(uncoded.iter().map(|place| edit(place)));
        lacks.push(missing(format!("{} 个社区没有 12 位区划代码", uncoded.len()), ways));
    }
    let outside: Vec<&Place> = all.iter().filter(|place| !place.in_area).collect();
    if !outside.is_empty() && facts.areas > 0 {
        let ways = outside.iter().map(|place| edit(place));
        lacks.push(missing(format!("{} 个社区还没有分片区", outside.len()), ways));
    }
    let says = format!("{} 个片区，{} 个社区", facts.areas, all.len());
    Step {
        name: "places",
        title: "片区和社区",
        says,
        missing: lacks,
        ways: vec![way("/areas", "片区与社区", "areas.read"), import()],
    }
}

fn contract(facts: &Facts) -> Step {
    let new = || way("/contracts/contracts/new", "登记服务协议", "contracts.record");
    let (says, lacks) = match &facts.contract {
        None => (String::new(), vec![missing("还没有服务协议", [new()])]),
        Some(contract) => {
            let mut lacks = Vec::new();
            if let Some(day) = contract.over {
                lacks.push(missing(format!("最近一份协议已在 {day} 到期"), [new()]));
            }
            if contract.categories == 0 {
                let form = format!("/contracts/categories/new?contract_id={}", contract.id);
                let ways = [way(form, "登记一类", "contracts.record")];
                lacks.push(missing("协议没有登记服务对象类别", ways));
            }
            (format!("协议 {}，{} 类服务对象", contract.code, contract.categories), lacks)
        }
    };
    let ways = vec![way("/contracts", "服务协议", "contracts.read")];
    Step { name: "contract", title: "服务协议", says, missing: lacks, ways }
}

fn targets(facts: &Facts) -> Step {
    let (says, lacks, ways) = match &facts.contract {
        None => (String::new(), vec![missing("先登记服务协议，再定它的指标", [])], vec![]),
        Some(contract) => {
            let add = format!("/indicators/targets/new?contract={}", contract.id);
            let add = way(add, "从常用的里选", "indicators.record");
            let list = format!("/indicators/targets?contract={}", contract.id);
            let lacks =
                if contract.targets == 0 { vec![missing("协议没有指标", [add])] } else { vec![] };
            let list = way(list, "协议指标", "indicators.read");
            (format!("{} 项指标", contract.targets), lacks, vec![list])
        }
    };
    Step { name: "targets", title: "协议指标", says, missing: lacks, ways }
}

fn workers(facts: &Facts) -> Step {
    let new = || way("/staff/workers/new", "登记社工", "staff.record");
    let mut lacks = Vec::new();
    if facts.workers.is_empty() {
        lacks.push(missing("还没有社工", [new()]));
    } else if !facts.workers.iter().any(|worker| worker.manager) {
        lacks.push(missing("没有岗位是站长的社工", [way("/staff", "社工名单", "staff.read"), new()]));
    }
    let agreed = facts.contract.as_ref().map(|contract| contract.agreed_workers);
    let says = format!("{} 名社工{}", facts.workers.len(), of_agreed(agreed));
    let ways = vec![way("/staff", "社工名单", "staff.read"), new()];
    Step { name: "workers", title: "社工", says, missing: lacks, ways }
}

fn of_agreed(agreed: Option<i32>) -> String {
    agreed.map(|agreed| format!("（协议约定 {agreed} 名）")).unwrap_or_default()
}

/// What some workers lack, each with the form for it.
fn lacking(
    workers: &[Worker],
    lacks: impl Fn(&Worker) -> bool,
    what: &str,
    form: impl Fn(&Worker) -> Way,
) -> Vec<Missing> {
    let without: Vec<&Worker> = workers.iter().filter(|worker| lacks(worker)).collect();
    if without.is_empty() {
        return vec![];
    }
    vec![missing(format!("{} 名社工{what}", without.len()), without.iter().map(|worker| form(worker)))]
}

/// What follows from there being no workers: the step cannot be begun.
fn none_yet(facts: &Facts) -> Vec<Missing> {
    if facts.workers.is_empty() { vec![missing("先登记社工", [])] } else { vec![] }
}

fn certificates(facts: &Facts) -> Step {
    let form = |worker: &Worker| {
        let href = format!("/staff/certificates/new?worker_id={}", worker.id);
        way(href, worker.name.clone(), "staff.record")
    };
    let what = "没有证书登记（没有证书的登记“未持证”）";
    let mut lacks = none_yet(facts);
    lacks.extend(lacking(&facts.workers, |worker| !worker.recorded, what, form));
    let certified = facts.workers.iter().filter(|worker| worker.certified).count();
    let agreed = facts.contract.as_ref().map(|contract| contract.agreed_certified);
    let says = format!("{certified} 名持证{}", of_agreed(agreed));
    let ways = vec![way("/staff/certificates", "证书", "staff.read")];
    Step { name: "certificates", title: "证书", says, missing: lacks, ways }
}

fn posts(facts: &Facts) -> Step {
    let form = |worker: &Worker| {
        way(format!("/staff/posts/new?worker_id={}", worker.id), worker.name.clone(), "staff.record")
    };
    let mut lacks = none_yet(facts);
    lacks.extend(lacking(&facts.workers, |worker| !worker.post, "没有任职", form));
    let held = facts.workers.iter().filter(|worker| worker.post).count();
    let ways = vec![way("/staff/posts", "任职", "staff.read")];
    Step { name: "posts", title: "任职", says: format!("{held} 名在任"), missing: lacks, ways }
}

fn accounts(facts: &Facts, code: &str) -> Step {
    let open = |worker: &Worker| {
        way(format!("/access/new?worker={}", worker.id), worker.name.clone(), "access.users")
    };
    let grant = |worker: &Worker| {
        let user = worker.account.as_ref().map_or("", |(user, _)| user);
        way(format!("/access/{user}/grant?station={code}"), worker.name.clone(), "access.grants")
    };
    let mut lacks = none_yet(facts);
    lacks.extend(lacking(&facts.workers, |worker| worker.account.is_none(), "没有账号", open));
    let no_role = |worker: &Worker| worker.account.as_ref().is_some_and(|(_, has_role)| !has_role);
    lacks.extend(lacking(&facts.workers, no_role, "的账号没有角色", grant));
    let with = facts.workers.iter().filter(|worker| worker.account.is_some()).count();
    let ways = vec![way("/access", "账号与角色", "access.read")];
    Step {
        name: "accounts", title: "账号", says: format!("{with} 名社工有账号"), missing: lacks, ways
    }
}

fn files(facts: &Facts) -> Step {
    let new = || way("/clients/new", "建一户档案", "clients.record");
    let roster = || way("/clients/roster", "导入名册", "clients.roster");
    let none = facts.files == 0 && facts.listed == 0;
    let lacks = if none {
        vec![missing("还没有家户档案，也没有名册", [roster(), new()])]
    } else {
        vec![]
    };
    let says = format!("{} 户档案，名册 {} 户", facts.files, facts.listed);
    Step { name: "files", title: "家户档案和名册", says, missing: lacks, ways: vec![roster(), new()] }
}

#[cfg(test)]
mod tests;
