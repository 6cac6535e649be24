//! The form of a finding: what is asked, what stands beside it, and how it is read.
//! Not here: who may send it and what is written (routes).

use db::{Record as _, Tx};
use rules::scoring::Scheme;
use web::form::Reading;
use web::{Fault, Form, Link, Query, Target};

use super::before::{Before, Earlier, FollowedUp, before, concerns};
use super::beside::{Beside, Joining, Taken, offered, taken};
use super::pages::place;
use super::plain::plain_text;
use super::store::{self, Draft};
use super::words;
use crate::areas;
use crate::evaluation::rounds::{address, frame, scheme_of, seen, title};
use crate::evaluation::scoring::measured;
use crate::evaluation::{Finding, FindingKind, Round, Stage, find, history};
use crate::shell::{App, Field, FormPage, Group, Trouble, form_key};

/// What a form is shown with: the note of an expert that goes into the finding, a phrase of the library that is taken over, or
/// what was typed and is not saved.
#[derive(Default)]
pub(super) struct With {
    note: String,
    phrase: String,
    typed: Option<(String, String)>,
    /// The section and the area that were chosen.
    place: Option<(String, String)>,
}

impl With {
    /// What an address names.
    pub(super) fn named(query: &Query) -> Self {
        let named = |name: &str| query.text(name).unwrap_or_default().to_owned();
        Self { note: named("note"), phrase: named("phrase"), ..Self::default() }
    }

    /// What a form that is shown once more was about.
    pub(super) fn sent(form: &Form) -> Self {
        let place = (form.text("section").to_owned(), form.text("area").to_owned());
        Self { note: form.text("note").to_owned(), place: Some(place), ..Self::default() }
    }

    /// The same, to be looked at before it is saved.
    pub(super) fn typed(form: &Form) -> Self {
        let typed = (form.text("words").to_owned(), form.text("suggestion").to_owned());
        Self { typed: Some(typed), ..Self::sent(form) }
    }
}

/// What a form is about: a new finding, or one that there is.
#[derive(Clone)]
pub(super) enum What {
    New,
    Known(String),
}

/// A finding of a round, as it stands.
pub(super) fn known(tx: &mut Tx<'_>, round: &Round, id: &str) -> Result<Finding, Trouble> {
    let found = find::findings_of(tx, round)?.into_iter().find(|one| one.id.as_str() == id);
    found.ok_or_else(|| {
        let fault = Fault::not_found("unknown_finding", "没有这条意见", "请从评估意见里选");
        fault.near([Link::new(format!("{}/findings", address(&round.code)), "评估意见")]).into()
    })
}

/// The form with what stands beside it.
pub(super) async fn page(
    app: &App,
    followed: FollowedUp,
    code: String,
    what: What,
    with: With,
) -> Result<FormPage, Fault> {
    app.read(move |tx, app| {
        let round = seen(tx, app, &code)?;
        let scheme = scheme_of(tx, &app.site().library, &round)?;
        let known_at = find::counted_at(tx, &round);
        let areas = areas::areas(tx, round.station_id, known_at)?;
        let start = Start::of(tx, &round, &scheme, &what, &with.note)?;
        let themes = &app.site().library.themes;
        let phrase = taken(themes, &with.phrase);
        let mut sections: Vec<(&str, &str)> =
            scheme.sections.iter().map(|one| (one.code.as_str(), one.name.as_str())).collect();
        sections.extend(scheme.others().map(|one| (one.code.as_str(), one.name.as_str())));
        let places: Vec<(&str, &str)> =
            areas.iter().map(|area| (area.code.as_str(), area.name.as_str())).collect();
        let section = phrase.as_ref().map_or_else(|| start.section.clone(), |one| one.theme.section.clone());
        let mut fields = fields(&start, phrase.as_ref(), &section, &sections, &places).to_vec();
        let earlier = before(tx, app, followed, &round)?;
        fields.extend(returning(&earlier, &start));
        let chosen = with.place.clone().unwrap_or_else(|| (section.clone(), start.area.clone()));
        let own = format!("{}/findings", address(&code));
        let action = match &start.old {
            Some(old) => format!("{own}/{}", old.id),
            None => format!("{own}/new"),
        };
        let here = Target::new(&[
            "evaluation",
            "rounds",
            &code,
            "findings",
            action.rsplit('/').next().unwrap_or("new"),
        ]);
        let note = start.draft.as_ref().map(|draft| draft.id.to_string());
        let notes = match &start.old {
            Some(_) => start.open.iter().map(|one| Joining::of(one, &here)).collect(),
            None => Vec::new(),
        };
        let history = match &start.old {
            Some(old) => history::of::<Finding>(tx, round.station_id, old.id, texts)?,
            None => Vec::new(),
        };
        let (read, wrong) = read_out(tx, app, &round, &start, with.typed.as_ref())?;
        let beside = Beside {
            typed: with.typed.is_some(),
            read,
            wrong,
            before: told(&earlier, &chosen, &sections, &places),
            offered: offered(themes, &sections, &section, &here.with_some("note", note)),
            notes,
            known: start.old.is_some(),
            history,
        };
        let heading = if start.old.is_some() { "改评估意见" } else { "写评估意见" };
        let frame = frame(tx, app, &round, heading)?;
        let page = FormPage::new(frame, action.clone(), form_key()?, vec![Group::new("", fields)]);
        let page = page.from([Link::new(address(&code), title(&round)), Link::new(own, "评估意见")]);
        Ok(page.previewed(format!("{action}/preview")).beside(&beside)?)
    })
    .await
}

/// What a form begins with: a finding as it stands, what an expert noted, both put together, or nothing.
struct Start {
    old: Option<Finding>,
    version: i32,
    draft: Option<Draft>,
    /// The other notes that stand in no finding yet.
    open: Vec<Draft>,
    section: String,
    area: String,
}

impl Start {
    fn of(tx: &mut Tx<'_>, round: &Round, scheme: &Scheme, what: &What, note: &str) -> Result<Self, Trouble> {
        let old = match what {
            What::Known(id) => Some(known(tx, round, id)?),
            What::New => None,
        };
        let mut open = store::drafts_of(tx, &round.code)?;
        open.retain(|one| one.taken_as.is_none());
        let draft = open.iter().position(|one| one.id.as_str() == note).map(|place| open.remove(place));
        let last = match &old {
            Some(old) => Finding::last(tx.conn(), old.id)?,
            None => None,
        };
        let item = draft.as_ref().and_then(|one| one.cell.split('@').next()).unwrap_or_default();
        let of_item = scheme.items().find(|(_, known)| known.code == item);
        let of_item = of_item.map(|(section, _)| section.code.clone());
        let section = old.as_ref().map(|old| old.section.clone()).or(of_item).unwrap_or_default();
        let area = old.as_ref().and_then(|old| old.area_code.clone());
        let area = area.or_else(|| draft.as_ref()?.cell.split_once('@').map(|(_, area)| area.to_owned()));
        let version = last.map_or(1, |(stamp, _)| stamp.version);
        Ok(Self { version, section, area: area.unwrap_or_default(), old, draft, open })
    }

    /// A text of the finding with that of the note behind it.
    fn text(&self, of: fn(&Finding) -> String, from: fn(&Draft) -> String, between: &str) -> String {
        let both = [self.old.as_ref().map(of), self.draft.as_ref().map(from)];
        let both: Vec<String> = both.into_iter().flatten().filter(|text| !text.is_empty()).collect();
        both.join(between)
    }
}

/// The fields; a phrase that is taken over stands in them instead of what stood there, and is changed before it is saved.
fn fields(
    start: &Start,
    phrase: Option<&Taken<'_>>,
    section: &str,
    sections: &[(&str, &str)],
    places: &[(&str, &str)],
) -> [Field; 11] {
    let kind = start.old.as_ref().map(|one| one.kind).or_else(|| start.draft.as_ref().map(|one| one.kind));
    let kind = phrase.map(|one| one.kind).or(kind).map_or("", |kind| kind.as_str());
    let words = start.text(|one| one.text.clone(), |one| one.words.clone(), "");
    let words = phrase.map_or(words, |one| one.phrase.text.clone());
    let suggestion =
        start.text(|one| one.suggestion.clone().unwrap_or_default(), |one| one.suggestion.clone(), "");
    let suggestion = phrase.map_or(suggestion, |one| one.phrase.suggestion.clone().unwrap_or_default());
    let old = start.old.as_ref();
    let owner = old.and_then(|old| old.owner.clone()).unwrap_or_default();
    let due_on = old.and_then(|old| old.due_on).map(|day| day.to_string()).unwrap_or_default();
    let position = start.old.as_ref().map_or(99, |old| old.position);
    [
        Field::radio("kind", "类别", &FindingKind::list()).value(kind),
        Field::pick("section", "部分", sections).value(section),
        Field::pick("area", "片区", places).value(&start.area).hint("说的是全站就不选"),
        Field::long("words", "事实").value(words).hint("数字写成 {代码}，由系统填入，例如 {home_visits}"),
        Field::long("suggestion", "建议").value(suggestion).hint("需要关注的必须有建议"),
        Field::text("owner", "责任方").value(owner).hint("需要关注的写上由谁整改，例如社工站、承办机构"),
        Field::date("due_on", "完成期限").value(due_on).hint("建议在哪一天以前整改完成"),
        Field::text("evidence", "证据").value(start.text(
            |one| one.evidence.clone(),
            |one| one.evidence.clone(),
            "、",
        )),
        Field::text("position", "次序").value(position.to_string()),
        Field::hidden("note", start.draft.as_ref().map(|one| one.id.to_string()).unwrap_or_default()),
        Field::version(start.version),
    ]
}

/// Which concern of the round before has come back, by the numbers they stand under beside the form; nothing to ask where
/// there were none.
fn returning(before: &[Before], start: &Start) -> Option<Field> {
    let short = |one: &Before| {
        let begins: String = one.finding.text.chars().take(40).collect();
        format!("{}. {begins}", one.number)
    };
    let short: Vec<String> = before.iter().map(short).collect();
    let offered: Vec<(&str, &str)> =
        before.iter().zip(&short).map(|(one, text)| (one.finding.code.as_str(), text.as_str())).collect();
    let chosen = start.old.as_ref().and_then(|old| old.returns.clone()).unwrap_or_default();
    let field = Field::pick("returns", "与上一轮哪一条相同", &offered).value(chosen);
    let hint = "全文和整改情况列在旁边；选了，报告里会写明上一轮已经提出、整改到哪里";
    (!before.is_empty()).then(|| field.hint(hint))
}

/// The concerns of the round before for the page: those of the chosen section and area first.
fn told(
    before: &[Before],
    (section, area): &(String, String),
    sections: &[(&str, &str)],
    places: &[(&str, &str)],
) -> Vec<Earlier> {
    fn named<'n>(list: &[(&'n str, &'n str)], code: &str) -> Option<&'n str> {
        list.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
    }
    let area = Some(area.as_str()).filter(|area| !area.is_empty());
    let of = |one: &Finding| {
        let area = one.area_code.as_deref().map(|code| named(places, code).unwrap_or(code));
        place(named(sections, &one.section).unwrap_or("整份报告"), area)
    };
    let how = |one: &Before| if one.similar(section, area) { "同一部分、同一片区" } else { "" };
    let mut all: Vec<Earlier> = before.iter().map(|one| one.told(how(one), &of)).collect();
    all.sort_by_key(|one| (one.how.is_empty(), one.number));
    all
}

/// The texts of a finding that its history tells.
fn texts(finding: &Finding) -> Vec<(&'static str, String)> {
    let section = finding
        .area_code
        .as_ref()
        .map_or_else(|| finding.section.clone(), |area| format!("{}@{area}", finding.section));
    vec![
        ("类别", finding.kind.label().to_owned()),
        ("部分", section),
        ("事实", finding.text.clone()),
        ("建议", finding.suggestion.clone().unwrap_or_default()),
        ("责任方", finding.owner.clone().unwrap_or_default()),
        ("完成期限", finding.due_on.map(|day| day.to_string()).unwrap_or_default()),
        ("证据", finding.evidence.clone()),
        ("与上一轮相同", finding.returns.clone().unwrap_or_default()),
    ]
}

/// Texts with their labels, and what is wrong with them.
type ReadOut = (Vec<(&'static str, String)>, Option<String>);

/// How what stands in the form reads with its figures filled in, and what is wrong with what was typed.
fn read_out(
    tx: &mut Tx<'_>,
    app: &App,
    round: &Round,
    start: &Start,
    typed: Option<&(String, String)>,
) -> Result<ReadOut, Trouble> {
    let library = &app.site().library;
    let stands = start.old.as_ref().map(|old| (old.text.clone(), old.suggestion.clone().unwrap_or_default()));
    let Some((words, suggestion)) = typed.cloned().or(stands) else { return Ok((Vec::new(), None)) };
    let mut read = Vec::new();
    let mut wrong = None;
    let (rules, _) = measured::rules_of(tx, library, round)?;
    for (label, text) in [("事实", words), ("建议", suggestion)] {
        if !text.is_empty() {
            wrong = wrong.or_else(|| words::wrong(&text, &rules).filter(|_| typed.is_some()));
            read.push((label, plain_text(tx, library, round, &text)?));
        }
    }
    Ok((read, wrong))
}

/// A finding as it was sent, over what stood before.
pub(super) fn read(
    tx: &mut Tx<'_>,
    app: &App,
    round: &Round,
    form: &Form,
    old: Finding,
) -> Result<Finding, Trouble> {
    let mut reading = Reading::of(form);
    if !(Stage::Drafting..=Stage::Feedback).contains(&round.stage) {
        reading.wrong("words", format!("这一轮在“{}”，起草和初稿反馈阶段才能写意见", round.stage.label()));
    }
    let kind = reading.word::<FindingKind>("kind", "类别");
    let section = reading.text("section", "部分", 40);
    let words = reading.text("words", "事实", 4000);
    let suggestion = reading.optional("suggestion", "建议", 4000);
    let evidence = reading.text("evidence", "证据", 1000);
    let position = reading.whole("position", "次序", 1, 999).and_then(|one| i32::try_from(one).ok());
    let owner = reading.optional("owner", "责任方", 40);
    let due_on = reading.optional_date("due_on", "完成期限");
    if kind == Some(FindingKind::Concern) {
        if suggestion.is_none() {
            reading.wrong("suggestion", "需要关注的写上建议");
        }
        if owner.is_none() {
            reading.wrong("owner", "需要关注的写上由谁整改");
        }
        if form.text("due_on").is_empty() {
            reading.wrong("due_on", "需要关注的写上在哪一天以前整改完成");
        }
    }
    if due_on.is_some_and(|due| due <= round.evaluated_on) {
        reading.wrong("due_on", format!("完成期限要在实地评估（{}）以后", round.evaluated_on));
    }
    let (rules, _) = measured::rules_of(tx, &app.site().library, round)?;
    for (field, text) in [("words", &words), ("suggestion", &suggestion)] {
        if let Some(what) = text.as_ref().and_then(|text| words::wrong(text, &rules)) {
            reading.wrong(field, what);
        }
    }
    let area_code = Some(form.text("area").to_owned()).filter(|area| !area.is_empty());
    let returns = Some(form.text("returns").to_owned()).filter(|code| !code.is_empty());
    if let Some(code) = &returns {
        if kind != Some(FindingKind::Concern) {
            reading.wrong("returns", "需要关注的才会再次出现");
        }
        if !concerns(tx, round)?.iter().any(|one| one.code == *code) {
            reading.wrong("returns", "上一轮没有这一条：从列出的里面选");
        }
    }
    let read = (|| {
        Some(Finding {
            kind: kind?,
            section: section?,
            area_code,
            position: position?,
            text: words?,
            suggestion,
            evidence: evidence?,
            returns,
            owner,
            due_on,
            ..old
        })
    })();
    Ok(reading.done(read)?)
}
