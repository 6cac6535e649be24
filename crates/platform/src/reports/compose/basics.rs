//! Part two, first section: where the station is, what was agreed and who works there.
//! Not here: attendance month by month (the annexes).

use kernel::Problem;
use paper::model::Document;

use super::desk::Desk;

/// 基本情况.
pub(super) fn basics(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    document.section(2, "社工站基本情况");
    let station = desk.said(
        document,
        "basics.station",
        "{station.short}设在{station.address}，服务{station.communities}个社区，分为{station.areas}个片区，设社工点{station.service_points}个；\
         自{station.since}起由{contract.operator}承办，到{round.records_until}已满{station.years_operated}年。",
    )?;
    document.paragraph(station);
    let contract = desk.said(
        document,
        "basics.contract",
        "本合同期自{contract.start}起至{contract.end}止，服务经费{contract.funding_wan}万元，协议配置社工{contract.agreed_workers}名，\
         协议配置持证社工{contract.agreed_certified}名；服务以{contract.recipient_categories}类困难群众和特殊群体为重点。",
    )?;
    document.paragraph(contract);
    let staff = desk.said(
        document,
        "basics.staff",
        "截至{round.records_until}，平均每月在岗社工{staff.average_workers}名，其中持证社工{staff.certified}名\
         （社会工作师{staff.certified_intermediate}名，助理社会工作师{staff.certified_assistant}名），非持证社工{staff.uncertified}名。",
    )?;
    document.paragraph(staff);
    Ok(())
}
