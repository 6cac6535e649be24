//! The opening and part one: what was done, on which basis, by which principles and stages, and how the result
//! comes about. Not here: the result itself.

use kernel::{Problem, trimmed};
use paper::model::{Document, Inline};
use rules::scoring::Grade;

use super::desk::{Desk, Run, joined, words};
use super::numbers::so_many;
use super::result::weight;
use super::way;

/// How many people a satisfaction survey asks at least; everyone where the roster has fewer. Source: the method
/// stated in the published report (facts of the field, "Satisfaction").
const SURVEY_MINIMUM: u32 = 100;

/// Public documents that an evaluation in this city rests on, by title.
const POLICIES: [&str; 6] = [
    "《社会工作服务项目绩效评估指南》",
    "《广州市社会工作服务条例》",
    "《广州市社工服务站管理办法》",
    "《广州市社工站购买服务项目评估办法》",
    "《广州市社工站岗位职责》",
    "《广州市社会工作行业督导从业人员资质、备案实施办法》",
];

/// The public document that lists what is scored.
const STANDARD: &str = "《广州市社工站购买服务项目评估指标体系》";

const PRINCIPLES: [(&str, &str); 6] = [
    (
        "真实诚信。",
        "被评估方如实提供资料、说明情况，不夸大成绩，不隐瞒问题；评估组照实记录，不用推测代替事实。",
    ),
    ("客观公正。", "专家居于第三方立场，对同类情况用同一把尺子衡量，结论与事实相符，轻重得当。"),
    (
        "证据为本。",
        "评价须有记录、文件、访谈或现场所见作依据；拿不出依据的成绩不写，查不到依据的问题也不写。",
    ),
    ("以评促进。", "评估是为了把服务做得更好。指出不足的同时给出改进办法，办法要具体，社工站能够照着做。"),
    (
        "回避监督。",
        "评估之前私下接触过被评估方的专家，以及与其有利益往来或其他冲突的专家，不得参加；被评估方可以监督评估过程，要求专家回避，或提出异议。",
    ),
    (
        "保密尊重。",
        "专家在评估中接触到的个人信息和隐私一律保密；被评估方自创的方法和成果受到尊重，不得擅自传播、使用。",
    ),
];

const ACTIONS: [(&str, &str); 5] = [
    ("听取汇报。", "站负责人介绍社工站怎样运作、开展了哪些服务、协议指标完成到什么程度。"),
    ("察看现场。", "看场地、设施和设备，判断是否适合开展专业服务。"),
    ("查阅资料。", "翻阅行政、人事方面的制度文件和各类专业服务记录。"),
    ("访谈社工。", "了解社工站和社工点的服务进展，听社工谈对项目的理解、做法和反思。"),
    ("访谈承办机构。", "与承办机构的管理和行政人员交谈，了解机构运营和制度配套的情况。"),
];

/// The paragraph in front of part one.
pub(super) fn preface(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    let preface = desk.said(
        document,
        "preface",
        "本报告记载{round.evaluator}对{station.short}进行{round.kind}评估的经过、所见和结果。评估组有评估专家{report.expert_count}名、\
         工作人员{report.evaluator_staff_count}名，{round.evaluated_on}到站，实地评估{report.on_site_days}天。服务数据取自社工站截至{round.records_until}\
         的服务记录，按列明的规则统计，每个数字都能查到所数的记录；评价和建议由专家依据证据提出，供社工站改进服务、各方安排工作参考。\
         实地评估时间有限，报告没有写到的服务，不等于没有开展。",
    )?;
    if desk.facts.outcome.is_none() {
        document
            .note("评分尚未结束：这里只有到目前为止的记录，评语、各方答复、得分和等级在评分结束以后写入。");
    }
    document.paragraph(preface);
    Ok(())
}

/// Part one.
pub(super) fn background(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    document.section(1, format!("{}评估背景", desk.facts.round.kind.label()));
    let lead = desk.said(
        document,
        "background.lead",
        "{round.evaluated_on}，{round.evaluator}派出评估组到{station.district}{station.short}，就项目管理、服务开展和服务成效进行{round.kind}评估，\
         主要做了以下工作：",
    )?;
    document.paragraph(lead);
    let actions = actions(document, desk)?;
    document.list(true, actions);
    basis(document, desk)?;
    document.section(2, "评估原则");
    let principles = titled(document, desk, "background.principles", &PRINCIPLES)?;
    document.list(true, principles);
    document.section(2, "评估阶段");
    let stages = titled(document, desk, "background.stages", &way::stages(desk.scheme))?;
    document.list(true, stages);
    content(document, desk)?;
    result_explained(document, desk)
}

fn actions(document: &Document, desk: &Desk<'_>) -> Result<Vec<Run>, Problem> {
    let mut items = titled(document, desk, "background.actions", &ACTIONS)?;
    items.push(vec![
        Inline::strong("调查满意度。"),
        Inline::text(format!(
            "从服务对象名册中随机抽取不少于{SURVEY_MINIMUM}名服务对象，名册不足{SURVEY_MINIMUM}名的全部调查，询问问题解决、能力提升和支持网络三方面的变化。"
        )),
    ]);
    let closing =
        "专家汇总所见，当面向社工站反馈；并听取购买方对社工站工作的意见，以及社工站对评估工作的意见。";
    let closing = desk.said(document, "background.actions.closing", closing)?;
    items.push(joined([vec![Inline::strong("总结反馈。")], closing]));
    Ok(items)
}

fn basis(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    document.section(2, "评估依据");
    let standard = desk.prose("{scheme.name}，版本{scheme.version}")?;
    document.list(
        true,
        [
            joined([vec![Inline::strong("政策文件。")], words(format!("{}。", POLICIES.join("")))]),
            joined([
                vec![Inline::strong("评估标准。")],
                words(format!("{STANDARD}。本次评分所用：")),
                standard,
                words("。"),
            ]),
        ],
    );
    Ok(())
}

fn content(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    document.section(2, "评估内容");
    let sections: Vec<&str> = desk.scheme.sections.iter().map(|section| section.name.as_str()).collect();
    let services = format!(
        "对照指标体系和服务协议，从{}{}个板块评价已经开展的服务，并汇总购买方、督导中心和监督方的评价，得出对项目的整体结论。",
        sections.join("、"),
        so_many(sections.len()),
    );
    let management = "社工站的人员管理、行政管理和社工的继续教育等。";
    let management = desk.said(document, "background.content.management", management)?;
    document.list(
        true,
        [
            joined([vec![Inline::strong("运营管理。")], management]),
            vec![Inline::strong("专业服务。"), Inline::Text(services)],
        ],
    );
    Ok(())
}

fn result_explained(document: &mut Document, desk: &Desk<'_>) -> Result<(), Problem> {
    let scheme = desk.scheme;
    document.section(2, "评估结果说明");
    let parties: Vec<String> = scheme
        .parties
        .iter()
        .map(|party| format!("{}占{}", party.name, weight(scheme.full, party.weight)))
        .collect();
    document.paragraph(format!(
        "评估满分为{full}分，得分由{}方评分按权重相加得出：{}。总分对应的等级为：{}。",
        so_many(parties.len()),
        parties.join("，"),
        bands(&scheme.grades),
        full = trimmed(scheme.full),
    ));
    let stages: Vec<&str> = scheme.rounding.at.iter().map(|stage| stage.label()).collect();
    let rounding = if stages.is_empty() {
        "各环节均不取整。".to_owned()
    } else {
        format!("{}四舍五入到{}位小数，其余环节不取整。", stages.join("、"), so_many(decimals(desk)))
    };
    let third = scheme.panel();
    document.paragraph(format!(
        "{}的得分是各板块得分之和，板块得分是板块内各项得分之和，各项得分由专家评分按“{}”合成；按片区评分的项，先取每名专家各片区评分的平均。{rounding}",
        third.map_or("第三方评估机构", |party| party.name.as_str()),
        scheme.aggregation.averaging.label(),
    ));
    document.note(format!("评分所用的指标体系：{}，版本{}。{}", scheme.name, scheme.version, scheme.note));
    Ok(())
}

fn decimals(desk: &Desk<'_>) -> usize {
    usize::try_from(desk.scheme.rounding.decimals).unwrap_or_default()
}

/// 90分以上（含90分）为优秀，80分以上、不满90分为良好，…, as the scheme has them.
fn bands(grades: &[Grade]) -> String {
    let mut above: Option<&Grade> = None;
    let mut bands = Vec::new();
    for grade in grades {
        let from = trimmed(grade.from);
        let below = above.map(|above| trimmed(above.from));
        bands.push(match below {
            None => format!("{from}分以上（含{from}分）为{}", grade.name),
            Some(below) if grade.from.is_zero() => format!("不满{below}分为{}", grade.name),
            Some(below) => format!("{from}分以上（含{from}分）、不满{below}分为{}", grade.name),
        });
        above = Some(grade);
    }
    bands.join("，")
}

fn titled(
    document: &Document,
    desk: &Desk<'_>,
    key: &str,
    items: &[(&str, impl AsRef<str>)],
) -> Result<Vec<Run>, Problem> {
    let mut all = Vec::new();
    for (number, (title, text)) in items.iter().enumerate() {
        let said = desk.said(document, &format!("{key}.{}", number + 1), text.as_ref())?;
        all.push(joined([vec![Inline::strong(*title)], said]));
    }
    Ok(all)
}
