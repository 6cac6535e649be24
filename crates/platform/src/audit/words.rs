//! Verbs, kinds and fields in the words of people. Pure.

use crate::SLICES;
use crate::access::OWN;

/// What happened with accounts and logins. Each is an event that `access` leaves.
const EVENTS: &[(&str, &str)] = &[
    ("access.sign_in", "登录"),
    ("access.first_factor", "密码对了，等第二道验证"),
    ("access.sign_in_failed", "登录失败"),
    ("access.locked", "连错多次，账号锁定"),
    ("access.sign_out", "退出"),
    ("access.login_ended", "结束别处的登录"),
    ("access.password", "设了新密码"),
    ("access.second_factor", "设了第二道验证"),
    ("access.recovery_code", "用了恢复码"),
    ("access.recovery_codes", "换了一组恢复码"),
    ("access.users", "开账号"),
    ("access.invited", "给了登录链接"),
    ("access.second_reset", "重置了第二道验证"),
    ("access.closed", "停用账号"),
    ("access.opened", "恢复账号"),
    ("access.worker", "改了对应的社工"),
    ("access.grants", "授予角色"),
    ("access.grant_ended", "收回角色"),
];

/// What happens in rounds of evaluation.
const ROUNDS: &[(&str, &str)] = &[
    ("rectification.planned", "定了整改计划"),
    ("rectification.claimed", "报送整改落实"),
    ("rectification.verified", "核实整改"),
    ("rectification.reopened", "重新打开整改事项"),
    ("staff.contacts", "存了电话、住址比对码"),
    ("evaluation.invited", "邀请进评估组"),
    ("evaluation.undertaken", "签保密承诺"),
    ("evaluation.declared", "申报利害关系"),
    ("evaluation.challenged", "申请回避或提意见"),
    ("evaluation.ruled", "裁定回避事项"),
    ("evaluation.cleared", "准入评估组"),
    ("evaluation.seat_ended", "退出评估组"),
    ("evaluation.planned", "改了日程或指标体系"),
    ("evaluation.stage", "进入下一阶段"),
    ("evaluation.answered", "答了自评的一项"),
    ("evaluation.sealed", "封存评分"),
    ("evaluation.discussed", "请专家讨论后重新评"),
    ("evaluation.limit", "登记否决、扣分或加分"),
    ("evaluation.feedback", "答复初稿"),
    ("evaluation.objection_ruled", "裁定异议"),
    ("evaluation.noted", "在评分台记下意见"),
    ("evaluation.finding_withdrawn", "作废评估意见"),
    ("evaluation.expert_added", "加专家"),
    ("evaluation.expert_changed", "改专家资料"),
    ("evaluation.expert_tie", "登记专家的关系"),
    ("surveys.seed", "承诺抽样种子"),
    ("surveys.frame", "冻结抽样名单"),
    ("surveys.draw", "抽样"),
    ("surveys.dial", "拨打抽中对象的电话"),
    ("surveys.called", "登记通话结果"),
    ("surveys.replace", "按顺序替补"),
    ("surveys.publish", "公布种子和样本"),
];

/// What is looked at or taken away that is personal, and what binds the log itself.
const LOOKED_AT: &[(&str, &str)] = &[
    ("documents.open", "打开文件"),
    ("transfer.export", "导出列表"),
    ("transfer.export_whole", "导出整站"),
    ("audit.anchor", "给审计链补上封记"),
];

/// Fields that every record has, and those of accounts.
const FIELDS: &[(&str, &str)] = &[
    ("area_id", "片区"),
    ("community_id", "社区"),
    ("worker_id", "社工"),
    ("name", "名称"),
    ("code", "代码"),
    ("role", "角色"),
    ("reach", "范围"),
    ("place", "地方"),
    ("phone", "电话"),
    ("id_number", "证件号"),
    ("ids", "这些记录"),
    ("more", "另有"),
    ("unmasked", "不遮盖"),
    ("chains", "审计链"),
    ("subject_kind", "属于"),
    ("subject_id", "所属记录"),
];

/// A verb in words: `visits.correct` is 更正 探访; one that has none stands as it is.
pub(crate) fn verb(name: &str) -> String {
    if let Some((_, label)) = EVENTS.iter().chain(ROUNDS).chain(LOOKED_AT).find(|(known, _)| *known == name) {
        return (*label).to_owned();
    }
    if let Some(own) = OWN.iter().find(|own| own.name == name) {
        return own.label.to_owned();
    }
    let Some((part, action)) = name.split_once('.') else { return name.to_owned() };
    let action = match action {
        "record" => "录入",
        "correct" => "更正",
        "withdraw" => "作废",
        _ => return name.to_owned(),
    };
    let slice = SLICES.iter().find(|slice| slice.name == part);
    slice.map_or_else(|| name.to_owned(), |slice| format!("{action} · {}", slice.label))
}

/// What can be chosen to look for: every part, and what happens with accounts; each as the beginning of a verb.
pub(super) fn verbs() -> Vec<(String, String)> {
    let parts = SLICES.iter().map(|slice| (format!("{}.", slice.name), slice.label.to_owned()));
    let accounts = std::iter::once(("access.".to_owned(), "账号与登录".to_owned()));
    let events = EVENTS.iter().map(|(name, label)| ((*name).to_owned(), format!("账号 · {label}")));
    parts.chain(accounts).chain(events).collect()
}

/// A kind of record in words.
pub(crate) fn kind(name: &str) -> String {
    let mut kinds = SLICES.iter().flat_map(|slice| slice.kinds);
    match kinds.find(|kind| kind.name == name) {
        Some(kind) => kind.label.to_owned(),
        None if name == "audit" => "审计记录".to_owned(),
        None if name == "user" => "账号".to_owned(),
        None if name == "seat" => "评估席位".to_owned(),
        None if name == "challenge" => "回避事项".to_owned(),
        None if name == "expert" => "专家".to_owned(),
        None if name == "scheme" => "评估指标体系".to_owned(),
        None => name.to_owned(),
    }
}

/// A field of a kind in words.
pub(super) fn field(kind: &str, name: &str) -> String {
    let kind = SLICES.iter().flat_map(|slice| slice.kinds).find(|known| known.name == kind);
    let known = kind.and_then(|kind| kind.fields.iter().find(|field| field.name == name));
    let common = || FIELDS.iter().find(|(known, _)| *known == name).map_or(name, |(_, label)| label);
    known.map_or_else(|| common().to_owned(), |field| field.label.to_owned())
}
