//! What the form of a visit says, read once: pure. The phone app sends the same fields.

use chrono::{NaiveDate, NaiveTime};
use kernel::Id;
use web::Form;
use web::form::Reading;

use super::super::model::{FollowState, SEEN, Standing, Unmet, VisitKind, VisitPlace};
use super::super::store::FollowUp;
use super::asked::{FOLLOW, NEED};
use crate::clients::{Person, RISKS, RiskLevel, Urgency};

/// How many promises a form takes, and how many needs.
pub(in super::super) const ROWS: usize = 3;
/// The fields of the three sides of life: what is written, how each stands, what was looked at, and its label.
pub(in super::super) const SIDES: [&str; 3] = ["physical", "psychological", "social"];
pub(in super::super) const STATE_FIELDS: [&str; 3] =
    ["physical_state", "psychological_state", "social_state"];
pub(in super::super) const SEEN_FIELDS: [&str; 3] = ["physical_seen", "psychological_seen", "social_seen"];
pub(in super::super) const SIDE_LABELS: [&str; 3] = ["生理状况", "心理状态", "社会交往"];

/// What is known of a household before the form is read.
#[derive(Debug, Clone)]
pub struct Before {
    /// Today.
    pub today: NaiveDate,
    /// Whoever has a file in the household.
    pub persons: Vec<Person>,
    /// What was promised and is not settled.
    pub promised: Vec<FollowUp>,
}

/// One side of life: how it stands, what was looked at, what is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// How it stands.
    pub state: Option<Standing>,
    /// What was looked at and asked about.
    pub seen: Vec<&'static str>,
    /// What was seen, measured, said.
    pub text: String,
}

/// Something promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpSaid {
    /// What.
    pub what: String,
    /// By which day.
    pub due_on: NaiveDate,
}

/// A visit, as a form says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVisit {
    /// Its id, where whoever sends it made one: sent twice, it is entered once.
    pub id: Option<Id>,
    /// How it was made.
    pub kind: VisitKind,
    /// When.
    pub visited_on: NaiveDate,
    /// When it began: 14:05.
    pub started_at: Option<String>,
    /// How long.
    pub minutes: i32,
    /// Where.
    pub place: Option<VisitPlace>,
    /// Whoever was met; the first is whom the visit is of.
    pub met: Vec<Id>,
    /// The three sides of life.
    pub sides: [Side; 3],
    /// Whether nothing but greetings was exchanged.
    pub greeting_only: bool,
    /// What became of earlier promises.
    pub outcomes: Vec<(Id, FollowState)>,
    /// What is promised now.
    pub follow_ups: Vec<FollowUpSaid>,
    /// What is needed, and how soon.
    pub needs: Vec<(String, Urgency)>,
    /// Resources and policies that were explained.
    pub explained: Option<String>,
    /// How high the risk is.
    pub risk: Option<RiskLevel>,
    /// Of what, as stored words.
    pub risk_kinds: Vec<&'static str>,
    /// Who of the station was told of a high risk.
    pub told: Option<String>,
    /// The authority that suspected harm of a minor was reported to.
    pub reported_to: Option<String>,
    /// Whether a minor is meant by the harm.
    pub minor: bool,
    /// How many administrative workers came along.
    pub administrative: i32,
    /// Whether a second visit on one day is meant.
    pub again: bool,
}

impl NewVisit {
    /// Reads a form. What is wrong is noted beside each field.
    pub fn read(form: &Form, reading: &mut Reading<'_>, before: &Before) -> Option<Self> {
        let kind: Option<VisitKind> = reading.word("kind", "入户还是电访");
        let visited_on = day(reading, before.today);
        let (started_at, minutes) = times(form, reading);
        let met = met(form, reading, before);
        let greeting_only = form.text("greeting_only") == "yes";
        let sides = sides(form, reading, greeting_only, kind);
        let (risk, risk_kinds) = risk(form, reading);
        let child =
            |id: &Id| before.persons.iter().any(|person| person.id == *id && person.is_minor(before.today));
        let harm = risk_kinds.contains(&"harm") && met.iter().flatten().any(child);
        let (told, reported_to) = escalated(form, reading, risk == Some(RiskLevel::High) || harm, harm);
        let follow_ups = follow_ups(form, reading, visited_on);
        let needs = needs(form, reading);
        let administrative = match form.text("administrative") {
            "" => Some(0),
            _ => reading.whole("administrative", "一同前往的事务性社工人数", 0, 20),
        };
        let id = own_id(form, reading);
        Some(Self {
            id: id?,
            kind: kind?,
            visited_on: visited_on?,
            started_at,
            minutes: minutes?,
            place: reading.optional_word("place", "在哪里"),
            met: met?,
            sides: sides?,
            greeting_only,
            outcomes: outcomes(form, before),
            follow_ups: follow_ups?,
            needs: needs?,
            explained: reading.optional("explained", "讲解的政策和资源", 500),
            risk,
            risk_kinds,
            told,
            reported_to,
            minor: harm,
            administrative: i32::try_from(administrative?).ok()?,
            again: form.text("again") == "yes",
        })
    }
}

/// A visit or a call at which nobody was met, as a form says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttempt {
    /// Its id, where whoever sends it made one.
    pub id: Option<Id>,
    /// How it was tried.
    pub kind: VisitKind,
    /// When.
    pub tried_on: NaiveDate,
    /// At what time: 14:05.
    pub started_at: Option<String>,
    /// Why nobody was met.
    pub unmet: Unmet,
    /// What else there is to say.
    pub note: Option<String>,
}

/// What a form says: that somebody was met, or that nobody was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Somebody was met.
    Visit(Box<NewVisit>),
    /// Nobody was.
    Attempt(NewAttempt),
}

impl Said {
    /// Reads a form. What is wrong is noted beside each field.
    pub fn read(form: &Form, reading: &mut Reading<'_>, before: &Before) -> Option<Self> {
        if form.text("unmet").is_empty() {
            return NewVisit::read(form, reading, before).map(|visit| Self::Visit(Box::new(visit)));
        }
        let kind: Option<VisitKind> = reading.word("kind", "入户还是电访");
        let tried_on = day(reading, before.today);
        let unmet: Option<Unmet> = reading.word("unmet", "怎么没见到");
        if SIDES.iter().any(|side| !form.text(side).is_empty()) {
            reading.wrong("unmet", "写了见到的情况，又选了没见到人：去掉一个");
        }
        let started_at = time(form, reading, "started_at", "开始").map(clock);
        let note = reading.optional("unmet_note", "备注", 200);
        let id = own_id(form, reading);
        Some(Self::Attempt(NewAttempt {
            id: id?,
            kind: kind?,
            tried_on: tried_on?,
            started_at,
            unmet: unmet?,
            note,
        }))
    }
}

fn day(reading: &mut Reading<'_>, today: NaiveDate) -> Option<NaiveDate> {
    let day = reading.date("visited_on", "日期");
    if day.is_some_and(|day| day > today) {
        reading.wrong("visited_on", format!("日期不能在今天（{today}）之后"));
    }
    day
}

/// The id that whoever sends it made; the inner is none where they made none.
#[expect(clippy::option_option, reason = "a wrong id is something else than none")]
fn own_id(form: &Form, reading: &mut Reading<'_>) -> Option<Option<Id>> {
    let id = match form.text("id") {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    };
    if id.is_none() {
        reading.wrong("id", "记录编号不对：刷新后重新填写");
    }
    id
}

fn time(form: &Form, reading: &mut Reading<'_>, field: &str, label: &str) -> Option<NaiveTime> {
    let text = form.text(field);
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok();
    if time.is_none() && !text.is_empty() {
        reading.wrong(field, format!("{label}要写成时:分，例如 14:05"));
    }
    time
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// When it began and how long it was: from both ends where both are said, else in minutes.
fn times(form: &Form, reading: &mut Reading<'_>) -> (Option<String>, Option<i32>) {
    let start = time(form, reading, "started_at", "开始");
    let end = time(form, reading, "ended_at", "结束");
    let started = start.map(clock);
    let minutes = match (start, end) {
        (Some(start), Some(end)) if end > start => i32::try_from((end - start).num_minutes()).ok(),
        (Some(_), Some(_)) => {
            reading.wrong("ended_at", "结束要在开始之后，例如 14:40");
            None
        }
        _ => reading.whole("minutes", "分钟", 1, 600).and_then(|minutes| i32::try_from(minutes).ok()),
    };
    (started, minutes)
}

fn met(form: &Form, reading: &mut Reading<'_>, before: &Before) -> Option<Vec<Id>> {
    let known = |id: &Id| before.persons.iter().any(|person| person.id == *id);
    let met: Vec<Id> = form.all("met").into_iter().filter_map(|id| id.parse().ok()).filter(known).collect();
    if met.is_empty() {
        reading.wrong("met", "选见到或通话的人，至少一位；没见到人的不算一次探访，选怎么没见到");
        return None;
    }
    Some(met)
}

fn sides(
    form: &Form,
    reading: &mut Reading<'_>,
    greeting: bool,
    kind: Option<VisitKind>,
) -> Option<[Side; 3]> {
    let mut read = Vec::new();
    for (turn, (name, label)) in SIDES.into_iter().zip(SIDE_LABELS).enumerate() {
        let ticked = form.all(SEEN_FIELDS[turn]);
        let seen = SEEN[turn].iter().copied().filter(|word| ticked.contains(word)).collect();
        let state = form.text(STATE_FIELDS[turn]).parse().ok();
        let text = reading.optional(name, label, 2_000).unwrap_or_default();
        if text.is_empty() && !greeting && kind == Some(VisitKind::Home) {
            reading.wrong(name, format!("{label}：写一句看到的、量到的或本人说的；只有问候的，勾“只是问候”"));
        }
        read.push(Side { state, seen, text });
    }
    let nothing = read.iter().all(|side| side.text.is_empty());
    if nothing && !greeting && kind == Some(VisitKind::Phone) {
        reading.wrong("physical", "三个方面至少写一句；只有问候的，勾“只是问候”");
    }
    read.try_into().ok()
}

fn risk(form: &Form, reading: &mut Reading<'_>) -> (Option<RiskLevel>, Vec<&'static str>) {
    let level: Option<RiskLevel> = reading.optional_word("risk", "风险");
    let ticked = form.all("risk_kinds");
    let kinds: Vec<&'static str> =
        RISKS.iter().map(|(word, _)| *word).filter(|word| ticked.contains(word)).collect();
    if kinds.is_empty() && level.is_some_and(|level| level > RiskLevel::Low) {
        reading.wrong("risk_kinds", "选是哪一类风险");
    }
    (level, kinds)
}

/// Who was told and when; and for suspected harm of a minor, to whom it was reported.
fn escalated(
    form: &Form,
    reading: &mut Reading<'_>,
    raised: bool,
    harm: bool,
) -> (Option<String>, Option<String>) {
    let told = reading.optional("told", "告知了谁", 100);
    let at = time(form, reading, "told_at", "几点告知的").map(clock);
    let reported = reading.optional("reported_to", "向哪里报告", 100);
    if raised && told.is_none() {
        reading.wrong("told", "风险高：现在就告知站长，再填告知了谁，例如：站长 某某");
    } else if raised && at.is_none() && form.text("told_at").is_empty() && !told.as_deref().is_some_and(timed)
    {
        reading.wrong("told_at", "填几点告知的，例如 14:50");
    }
    if harm && reported.is_none() {
        let what =
            "未成年人疑似受侵害，要立即向公安、民政或教育部门报告（未成年人保护法第十一条）：填向哪里报告了";
        reading.wrong("reported_to", what);
    }
    let told = told.map(|told| at.map_or_else(|| told.clone(), |at| format!("{told}，{at}")));
    (told, reported)
}

/// The same read from a correction.
pub(super) fn raised(form: &Form, reading: &mut Reading<'_>, harm: bool) -> (Option<String>, Option<String>) {
    escalated(form, reading, true, harm)
}

/// Whether a text says a time: 14:50.
fn timed(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    signs.windows(4).any(|four| {
        four[0].is_ascii_digit()
            && matches!(four[1], ':' | '：')
            && four[2].is_ascii_digit()
            && four[3].is_ascii_digit()
    })
}

fn follow_ups(form: &Form, reading: &mut Reading<'_>, on: Option<NaiveDate>) -> Option<Vec<FollowUpSaid>> {
    let mut all = Some(Vec::new());
    for (n, (field, day)) in (1..).zip(FOLLOW) {
        let what = reading.optional(field, "约定的事", 200);
        let due_on = reading.optional_date(day, "完成日期");
        match (what, due_on) {
            (None, None) => {}
            (Some(what), Some(due_on)) if on.is_none_or(|on| on <= due_on) => {
                if let Some(all) = &mut all {
                    all.push(FollowUpSaid { what, due_on });
                }
            }
            (Some(_), Some(_)) => {
                reading.wrong(day, "完成日期不能早于探访那天");
                all = None;
            }
            (Some(_), None) => {
                if form.text(day).is_empty() {
                    reading.wrong(day, format!("跟进事项 {n}：填完成日期，例如 2025-01-10"));
                }
                all = None;
            }
            (None, Some(_)) => {
                reading.wrong(field, format!("跟进事项 {n}：填做什么，或删去日期"));
                all = None;
            }
        }
    }
    all
}

fn needs(form: &Form, reading: &mut Reading<'_>) -> Option<Vec<(String, Urgency)>> {
    let mut all = Vec::new();
    for (field, urgency) in NEED {
        if let Some(need) = reading.optional(field, "需求", 200) {
            all.push((need, form.text(urgency).parse().unwrap_or(Urgency::Month)));
        }
    }
    Some(all)
}

fn outcomes(form: &Form, before: &Before) -> Vec<(Id, FollowState)> {
    let said = |one: &FollowUp| {
        let state: FollowState = form.text(&format!("promise_{}", one.id)).parse().ok()?;
        (state != one.state).then_some((one.id, state))
    };
    before.promised.iter().filter_map(said).collect()
}
