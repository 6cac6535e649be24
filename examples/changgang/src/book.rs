//! The rows of the sample before they are written, by the day on which they became known.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use db::{DbResult, Record, Tx};
use kernel::{Id, Moment};
use platform::access::{Asker, Correct, Enter, Owned, permit};

use crate::SEED;
use crate::calendar::{BROUGHT_IN, evening};

/// The columns that every record has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    pub(crate) station: Id,
    pub(crate) area: Option<Id>,
    pub(crate) community: Option<Id>,
    pub(crate) worker: Option<Id>,
}

/// A row: its kind, its id, the columns that every record has, and its own.
macro_rules! row {
    ($kind:ident, $id:expr, $at:expr, { $($own:tt)* }) => {{
        let at: crate::book::At = $at;
        $kind {
            id: $id,
            station_id: at.station,
            area_id: at.area,
            community_id: at.community,
            worker_id: at.worker,
            $($own)*
        }
    }};
}
pub(crate) use row;

/// The id of a record of a kind: `key` is its number, or what else tells it from the others of its kind; `day`
/// keeps ids in the order of dates, as real ones are.
pub(crate) fn id<R: Record>(day: NaiveDate, key: impl std::fmt::Display) -> Id {
    let millis = Moment::at(day, chrono::NaiveTime::MIN).millis();
    Id::derived(millis, &[SEED.as_bytes(), R::KIND.as_bytes(), key.to_string().as_bytes()])
}

/// The rows of one kind.
pub(crate) struct Rows<R> {
    new: BTreeMap<NaiveDate, Vec<R>>,
    corrected: BTreeMap<NaiveDate, Vec<R>>,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Self { new: BTreeMap::new(), corrected: BTreeMap::new() }
    }
}

impl<R> Rows<R> {
    /// Enters a row that is known from the evening of a day.
    pub(crate) fn add(&mut self, day: NaiveDate, row: R) {
        self.new.entry(day.max(BROUGHT_IN)).or_default().push(row);
    }

    /// The rows that were added, by day.
    pub(crate) fn added(&self) -> impl Iterator<Item = &R> {
        self.new.values().flatten()
    }

    /// Corrects a row that was added: what is known of it from the evening of a later day.
    pub(crate) fn correct(&mut self, day: NaiveDate, row: R) {
        self.corrected.entry(day.max(BROUGHT_IN)).or_default().push(row);
    }
}

/// The rows of any kind.
trait Shelf {
    fn days(&self) -> Vec<NaiveDate>;
    fn write(&self, day: NaiveDate, tx: &mut Tx<'_>, station: Id) -> DbResult<()>;
}

impl<R: Owned> Shelf for Rows<R> {
    fn days(&self) -> Vec<NaiveDate> {
        self.new.keys().chain(self.corrected.keys()).copied().collect()
    }

    fn write(&self, day: NaiveDate, tx: &mut Tx<'_>, station: Id) -> DbResult<()> {
        if let Some(rows) = self.new.get(&day) {
            permit::<Enter<R::Part>>(&Asker::Console, station)?.append(tx, rows)?;
        }
        if let Some(rows) = self.corrected.get(&day) {
            let permit = permit::<Correct<R::Part>>(&Asker::Console, station)?;
            rows.iter().try_for_each(|row| permit.correct(tx, row))?;
        }
        Ok(())
    }
}

/// Declares the book: one shelf for each kind, in an order in which nothing points to what comes later.
macro_rules! book {
    ($($field:ident: $kind:path,)+) => {
        /// Every row of the sample.
        #[derive(Default)]
        pub(crate) struct Book {
            $(pub(crate) $field: Rows<$kind>,)+
        }

        impl Book {
            fn shelves(&self) -> Vec<&dyn Shelf> {
                vec![$(&self.$field),+]
            }

            /// What is stored and known at a moment, by table, in the order of ids.
            #[cfg(test)]
            pub(crate) fn stored(tx: &mut Tx<'_>, at: Moment) -> DbResult<Vec<(&'static str, Vec<serde_json::Value>)>> {
                use diesel::RunQueryDsl as _;
                Ok(vec![$({
                    let mut rows: Vec<$kind> = <$kind>::known(at).load(tx.conn())?;
                    rows.sort_by_key(Record::id);
                    let rows = rows.iter().filter_map(|row| serde_json::to_value(row).ok()).collect();
                    (<$kind as Record>::TABLE, rows)
                }),+])
            }
        }
    };
}

book! {
    stations: platform::areas::Station,
    areas: platform::areas::Area,
    communities: platform::areas::Community,
    service_points: platform::areas::ServicePoint,
    contracts: platform::contracts::Contract,
    categories: platform::contracts::ContractCategory,
    regulations: platform::regulations::Regulation,
    workers: platform::staff::Worker,
    certificates: platform::staff::WorkerCertificate,
    posts: platform::staff::Post,
    attendances: platform::staff::Attendance,
    attendance_dues: platform::staff::AttendanceDue,
    trainings: platform::staff::Training,
    supervisions: platform::staff::Supervision,
    households: platform::clients::Household,
    persons: platform::clients::Person,
    person_categories: platform::clients::PersonCategory,
    levels: platform::clients::LevelPeriod,
    plans: platform::clients::PersonalPlan,
    roster: platform::clients::RosterEntry,
    volunteers: platform::volunteers::Volunteer,
    teams: platform::volunteers::VolunteerTeam,
    backbones: platform::volunteers::Backbone,
    services: platform::volunteers::VolunteerService,
    partners: platform::partners::Partner,
    funds: platform::partners::CommunityFund,
    drives: platform::partners::FundDrive,
    incomes: platform::partners::FundIncome,
    programmes: platform::programmes::Programme,
    joint_works: platform::joint_work::JointWork,
    visits: platform::visits::Visit,
    follow_ups: platform::visits::FollowUp,
    stays: platform::visits::HospitalStay,
    cases: platform::casework::Case,
    case_sessions: platform::casework::CaseSession,
    closures: platform::casework::CaseClosure,
    groups: platform::groups::Group,
    group_sessions: platform::groups::GroupSession,
    group_attendances: platform::groups::GroupAttendance,
    activities: platform::activities::Activity,
    calls: platform::hotline::Call,
    tickets: platform::hotline::Ticket,
    aids: platform::aid::AidGiven,
    adaptations: platform::aid::HomeAdaptation,
    publications: platform::publicity::Post,
    media: platform::publicity::MediaReport,
    recognitions: platform::publicity::Recognition,
    brochures: platform::publicity::BrochureRound,
    opinions: platform::opinions::Opinion,
    targets: platform::indicators::IndicatorTarget,
    rounds: platform::evaluation::Round,
    panel: platform::evaluation::PanelMember,
    on_site_days: platform::evaluation::OnSiteDay,
    expert_scores: platform::evaluation::ExpertScore,
    party_scores: platform::evaluation::PartyScore,
    findings: platform::evaluation::Finding,
    feedbacks: platform::evaluation::Feedback,
    past_figures: platform::evaluation::PastFigure,
    sampled: platform::surveys::SampledPerson,
    answers: platform::surveys::SurveyAnswer,
    rectifications: platform::rectification::RectificationItem,
}

impl Book {
    /// Writes everything, day by day, so that each version is known from the evening of its own day.
    pub(crate) fn write(&self, tx: &mut Tx<'_>, station: Id) -> DbResult<()> {
        let shelves = self.shelves();
        let days: BTreeSet<NaiveDate> = shelves.iter().flat_map(|shelf| shelf.days()).collect();
        for day in days {
            tx.set_at(evening(day));
            shelves.iter().try_for_each(|shelf| shelf.write(day, tx, station))?;
        }
        Ok(())
    }
}
