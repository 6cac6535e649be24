//! What the pages of a contract's indicators show.

use std::collections::BTreeMap;

use askama::Template;
use db::Stamp;
use rules::counting::{Catalogue, RuleSet, read_out};
use rust_decimal::Decimal;
use web::Link;
use web::form::{Form, KEY, TOKEN, Wrong};
use web::number::grouped;

use super::super::find::Kept;
use super::super::store::IndicatorTarget;
use super::offers::Offer;
use crate::contracts::Contract;
use crate::shell::Frame;

/// `/indicators/targets`.
#[derive(Template)]
#[template(path = "indicators/templates/targets.html")]
pub(super) struct TargetsPage {
    pub(super) frame: Frame,
    /// The contracts to choose from, and which is chosen.
    pub(super) contracts: Vec<(Link, bool)>,
    pub(super) contract: Option<ContractLine>,
    pub(super) rows: Vec<TargetRow>,
    /// Whether the contract's own page opens for the reader.
    pub(super) may_open: bool,
    /// Whether the documents of indicators do.
    pub(super) documents: bool,
    pub(super) may_record: bool,
    pub(super) may_correct: bool,
    pub(super) may_withdraw: bool,
}

/// The contract that the indicators are of.
pub(super) struct ContractLine {
    pub(super) href: String,
    pub(super) add: String,
    pub(super) board: String,
    pub(super) code: String,
    pub(super) period: String,
}

/// One indicator.
pub(super) struct TargetRow {
    pub(super) id: String,
    pub(super) heading: String,
    pub(super) name: String,
    pub(super) code: String,
    pub(super) target: String,
    pub(super) unit: String,
    pub(super) rule: String,
    pub(super) amended: Option<String>,
    pub(super) changes: Vec<String>,
}

impl TargetRow {
    /// An indicator with what it was before, the latest first.
    pub(super) fn of(kept: &Kept, catalogue: &Catalogue) -> Self {
        let now = &kept.now;
        let pairs = kept.versions.windows(2);
        let mut changes: Vec<String> = pairs.filter_map(|pair| change(&pair[0].1, &pair[1])).collect();
        changes.reverse();
        Self {
            id: now.id.to_string(),
            heading: now.heading.clone(),
            name: now.name.clone(),
            code: now.code.clone(),
            target: grouped(now.target.into()),
            unit: now.unit.clone(),
            rule: rule_of(now, catalogue),
            amended: now.amended_on.map(|day| format!("{day} 起按补充协议")),
            changes,
        }
    }
}

/// The rule of a target, as it was frozen, in plain Chinese.
pub(super) fn rule_of(target: &IndicatorTarget, catalogue: &Catalogue) -> String {
    let text = format!("[rules.\"{}\"]\n{}", target.code, target.rule);
    match RuleSet::parse("协议指标", &text, catalogue) {
        Ok(set) => set.get(&target.code).map(|figure| read_out(&set, figure)).unwrap_or_default(),
        Err(_) => "这条计数规则本版程序读不懂，请作废后重新选".to_owned(),
    }
}

/// What one version changed of the one before, and from when.
fn change(before: &IndicatorTarget, (stamp, after): &(Stamp, IndicatorTarget)) -> Option<String> {
    let number = |target: &IndicatorTarget| grouped(Decimal::from(target.target));
    let fields = [
        ("指标量", number(before), number(after)),
        ("名称", before.name.clone(), after.name.clone()),
        ("单位", before.unit.clone(), after.unit.clone()),
        ("分类", before.heading.clone(), after.heading.clone()),
        ("次序", before.position.to_string(), after.position.to_string()),
    ];
    let changed: Vec<String> = fields
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(label, before, after)| format!("{label} {before} → {after}"))
        .collect();
    let what = match (before.amended_on, after.amended_on) {
        (earlier, Some(day)) if earlier != Some(day) => format!("{day} 起（补充协议）"),
        _ => "更正".to_owned(),
    };
    let words = if changed.is_empty() { "只改了起始日期".to_owned() } else { changed.join("，") };
    (before != after).then(|| format!("{what}：{words}。{} 登记", stamp.from.minute()))
}

/// `/indicators/targets/new`: every rule that can be agreed on, with a field for its target.
#[derive(Template)]
#[template(path = "indicators/templates/choose.html")]
pub(super) struct ChoosePage {
    pub(super) frame: Frame,
    pub(super) back: String,
    pub(super) contract: String,
    pub(super) code: String,
    pub(super) key: String,
    pub(super) groups: Vec<(&'static str, &'static str, Vec<OfferRow>)>,
    pub(super) wrong: Vec<Wrong>,
}

/// A rule that can be agreed on.
pub(super) struct OfferRow {
    pub(super) field: String,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) rule: String,
    pub(super) value: String,
    pub(super) wrong: Option<String>,
    /// What is agreed already.
    pub(super) agreed: Option<String>,
}

impl ChoosePage {
    /// The form, with what was sent and what is wrong with it where it is shown again.
    pub(super) fn of(
        frame: Frame,
        contract: &Contract,
        (offers, agreed): (&[Offer], &BTreeMap<String, i32>),
        sent: Option<(&Form, Vec<Wrong>)>,
        key: String,
    ) -> Self {
        let (form, wrong) = sent.map_or((None, Vec::new()), |(form, wrong)| (Some(form), wrong));
        let rows = |usual: bool| -> Vec<OfferRow> {
            let rows = offers.iter().filter(|offer| offer.usual == usual);
            rows.map(|offer| OfferRow::of(offer, agreed, form, &wrong)).collect()
        };
        let groups =
            vec![("h-usual", "协议里常有的指标", rows(true)), ("h-rest", "其他可以约定的指标", rows(false))];
        Self {
            // Its buttons own the bottom of a phone.
            frame: Frame { task: true, ..frame },
            back: super::routes::address(contract),
            contract: contract.id.to_string(),
            code: contract.code.clone(),
            key,
            groups,
            wrong,
        }
    }
}

impl OfferRow {
    fn of(offer: &Offer, agreed: &BTreeMap<String, i32>, form: Option<&Form>, wrong: &[Wrong]) -> Self {
        let field = offer.field();
        let agreed = agreed.get(&offer.code).map(|target| grouped(Decimal::from(*target)));
        Self {
            value: form.map(|form| form.text(&field).to_owned()).unwrap_or_default(),
            wrong: wrong.iter().find(|one| one.field == field).map(|one| one.what.clone()),
            name: offer.name.clone(),
            unit: offer.unit.clone(),
            rule: offer.read_out.clone(),
            agreed,
            field,
        }
    }
}
