//! Who may do what: every verb with the roles that have it. `docs/manual/roles.md` is printed from here.
//!
//! Approving one's own plan, score or objection is a verb that nobody has: see [`NOBODY`].

use super::Role::{
    self, AreaLead, AuditAdmin, City, DistrictBureau, Evaluator, Expert, Operator, SecurityAdmin,
    StationManager, StreetOffice, SupervisionCentre, SystemAdmin, Worker,
};

/// The roles that have the four verbs of a part.
pub struct PartVerbs {
    /// The part.
    pub part: &'static str,
    /// Who sees it.
    pub read: &'static [Role],
    /// Who enters and corrects records.
    pub record: &'static [Role],
    /// Who withdraws them.
    pub withdraw: &'static [Role],
}

/// A verb beside those of the parts.
pub struct OwnVerb {
    /// Its name.
    pub name: &'static str,
    /// What it allows, for people.
    pub label: &'static str,
    /// Who has it.
    pub roles: &'static [Role],
}

const fn part(
    part: &'static str,
    read: &'static [Role],
    record: &'static [Role],
    withdraw: &'static [Role],
) -> PartVerbs {
    PartVerbs { part, read, record, withdraw }
}

/// Those who work in a station.
const STATION: &[Role] = &[Worker, AreaLead, StationManager];
const LEADS: &[Role] = &[AreaLead, StationManager];
const RUNS: &[Role] = &[StationManager, Operator];
/// Those who read figures: everybody but the administrators.
const READERS: &[Role] = &[
    Worker,
    AreaLead,
    StationManager,
    Operator,
    Evaluator,
    Expert,
    StreetOffice,
    SupervisionCentre,
    DistrictBureau,
    City,
];
const EVERYBODY: &[Role] = Role::ALL;
/// Those who take part in a round.
const ROUND_READERS: &[Role] =
    &[StationManager, Operator, Evaluator, Expert, StreetOffice, SupervisionCentre, DistrictBureau, City];

/// The verbs of the parts.
pub const PARTS: &[PartVerbs] = &[
    part("areas", EVERYBODY, &[StationManager, SystemAdmin], &[StationManager, SystemAdmin]),
    // Beside these one must have the same verb of the record that a document is attached to.
    part(
        "documents",
        READERS,
        &[Worker, AreaLead, StationManager, Operator, Evaluator],
        &[AreaLead, StationManager, Operator, Evaluator],
    ),
    part("contracts", READERS, RUNS, RUNS),
    part("regulations", READERS, RUNS, RUNS),
    part("staff", READERS, RUNS, RUNS),
    part("clients", STATION, STATION, LEADS),
    part("volunteers", STATION, STATION, LEADS),
    part("partners", READERS, STATION, LEADS),
    part("programmes", READERS, STATION, LEADS),
    part("visits", STATION, STATION, LEADS),
    part("casework", STATION, STATION, LEADS),
    part("groups", READERS, STATION, LEADS),
    part("activities", READERS, STATION, LEADS),
    part("hotline", STATION, STATION, LEADS),
    part("aid", STATION, STATION, LEADS),
    part("publicity", READERS, STATION, LEADS),
    part("opinions", STATION, STATION, LEADS),
    part("joint_work", READERS, STATION, LEADS),
    part("indicators", READERS, RUNS, RUNS),
    part("surveys", &[Evaluator, Expert], &[Evaluator], &[Evaluator]),
    part("evaluation", &[Evaluator, Expert], &[Evaluator], &[Evaluator]),
    part("rectification", READERS, &[StationManager, Evaluator], &[StationManager, Evaluator]),
];

/// The other verbs.
pub const OWN: &[OwnVerb] = &[
    OwnVerb {
        name: "areas.stations", label: "加、改、作废社工站（要有全市的范围）", roles: &[SystemAdmin]
    },
    OwnVerb {
        name: "setup.read", label: "看开站还缺什么", roles: &[StationManager, Operator, SystemAdmin]
    },
    OwnVerb { name: "figures.read", label: "看数字与它的记录", roles: READERS },
    OwnVerb { name: "reports.read", label: "看评估报告", roles: READERS },
    OwnVerb {
        name: "reports.issue", label: "出具并送出初稿和终稿、下载归档", roles: &[Evaluator]
    },
    OwnVerb { name: "evaluation.schemes", label: "看评估指标体系", roles: READERS },
    OwnVerb {
        name: "evaluation.rounds", label: "看评估轮次（专家只看已准入的轮次）", roles: ROUND_READERS
    },
    OwnVerb {
        name: "surveys.wishes",
        label: "看满意度调查经本人同意转来的愿望，登记做了什么",
        roles: STATION,
    },
    OwnVerb { name: "evaluation.answer", label: "自评", roles: &[StationManager] },
    OwnVerb {
        name: "evaluation.challenge",
        label: "申请专家回避、对评估工作提意见",
        roles: &[StationManager, Operator],
    },
    OwnVerb { name: "evaluation.score", label: "逐项评分并封存", roles: &[Expert] },
    OwnVerb {
        name: "evaluation.party",
        label: "给本方的评分并封存",
        roles: &[Evaluator, StreetOffice, SupervisionCentre, DistrictBureau],
    },
    OwnVerb {
        name: "evaluation.feedback",
        label: "代表本方答复初稿",
        roles: &[StationManager, StreetOffice, SupervisionCentre, DistrictBureau],
    },
    OwnVerb {
        name: "rectification.verify",
        label: "建立整改事项、核实落实情况、重新打开",
        roles: &[Evaluator],
    },
    OwnVerb { name: "evaluation.experts", label: "管理专家库", roles: &[Evaluator] },
    OwnVerb {
        name: "evaluation.propose",
        label: "提出采用一版评估指标体系",
        roles: &[Evaluator, DistrictBureau, City],
    },
    OwnVerb {
        name: "evaluation.adopt", label: "采用别人提出的评估指标体系", roles: &[DistrictBureau, City]
    },
    OwnVerb { name: "checks.text", label: "核验报告文字", roles: EVERYBODY },
    OwnVerb { name: "transfer.read", label: "导出看得到的记录", roles: READERS },
    OwnVerb {
        name: "transfer.record",
        label: "从表格导入有权登记的记录",
        roles: &[Worker, AreaLead, StationManager, Operator],
    },
    OwnVerb {
        name: "clients.unmask", label: "写明理由后看完整的证件号和电话", roles: STATION
    },
    OwnVerb { name: "clients.approve", label: "审批别人写的一人一案", roles: LEADS },
    OwnVerb { name: "clients.merge", label: "合并重复的档案", roles: &[StationManager] },
    OwnVerb { name: "clients.roster", label: "导入名册并对账", roles: &[StationManager] },
    OwnVerb { name: "app.use", label: "在手机上离线记录", roles: STATION },
    OwnVerb { name: "app.quarantine", label: "接受或退回停用设备送来的记录", roles: LEADS },
    OwnVerb { name: "app.devices", label: "看所有人的离线设备并停用", roles: &[SystemAdmin] },
    OwnVerb { name: "access.read", label: "看账号和角色", roles: &[SystemAdmin, SecurityAdmin] },
    OwnVerb { name: "access.users", label: "开设和停用账号", roles: &[SystemAdmin] },
    OwnVerb { name: "access.grants", label: "授予和收回角色", roles: &[SecurityAdmin] },
    OwnVerb { name: "audit.read", label: "查看审计记录", roles: &[AuditAdmin] },
    OwnVerb { name: NOBODY, label: "审批自己写的内容", roles: &[] },
];

/// To approve what one wrote oneself: no role has it.
pub const NOBODY: &str = "clients.approve_own";

/// The roles that have a verb; none for a verb there is not.
#[must_use]
pub fn roles_of(verb: &str) -> &'static [Role] {
    if let Some(own) = OWN.iter().find(|own| own.name == verb) {
        return own.roles;
    }
    let Some((part, action)) = verb.split_once('.') else { return &[] };
    let Some(verbs) = PARTS.iter().find(|verbs| verbs.part == part) else { return &[] };
    match action {
        "read" => verbs.read,
        "record" | "correct" => verbs.record,
        "withdraw" => verbs.withdraw,
        _ => &[],
    }
}
