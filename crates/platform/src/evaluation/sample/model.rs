//! The closed lists of words used here, and when calling somebody is over. Pure.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::surveys::ContactOutcome;

kernel::words! {
    /// By what a frame is divided.
    pub enum StrataBy {
        /// Not at all.
        None = "none" "不分层",
        /// By area.
        Area = "area" "按片区",
        /// By the first category.
        Category = "category" "按对象类别",
    }
}

kernel::words! {
    /// What came of one call.
    pub enum CallResult {
        /// The questions were answered.
        Answered = "answered" "已答",
        /// Did not want to.
        Refused = "refused" "不愿意答",
        /// Nobody took it.
        NoAnswer = "no_answer" "无人接听",
        /// Engaged or switched off.
        Busy = "busy" "占线或关机",
        /// Another time was agreed.
        Later = "later" "约定再打",
        /// In hospital or on a journey.
        Away = "away" "住院或外出",
        /// The number does not exist, or is somebody else's.
        WrongNumber = "wrong_number" "空号或不是本人",
        /// Cannot answer: illness, hearing, language.
        Unable = "unable" "因病、听力或语言答不了",
        /// Has died or moved away since the cut-off.
        Gone = "gone" "已故或迁出",
    }
}

/// So many attempts at least before somebody counts as not reached.
pub(super) const ATTEMPTS: usize = 3;
/// On so many days.
pub(super) const DAYS: usize = 2;

impl CallResult {
    /// What a call comes to where it is the last one; nothing where one calls again.
    pub(super) fn last(self) -> Option<ContactOutcome> {
        match self {
            Self::Answered => Some(ContactOutcome::Answered),
            Self::Refused => Some(ContactOutcome::Refused),
            Self::Unable | Self::Gone => Some(ContactOutcome::Unreached),
            Self::NoAnswer | Self::Busy | Self::Later | Self::Away | Self::WrongNumber => None,
        }
    }
}

/// Whether somebody may count as not reached: the days of the attempts and whether each ended with a wrong number, and whether
/// there is a number at all. What is missing, in words.
pub(super) fn unreached(attempts: &[(NaiveDate, CallResult)], has_number: bool) -> Result<(), String> {
    let wrong = !attempts.is_empty() && attempts.iter().all(|(_, one)| *one == CallResult::WrongNumber);
    if !has_number || wrong {
        return Ok(());
    }
    let days: BTreeSet<NaiveDate> = attempts.iter().map(|(day, _)| *day).collect();
    if attempts.len() >= ATTEMPTS && days.len() >= DAYS {
        return Ok(());
    }
    let (tried, on) = (attempts.len(), days.len());
    Err(format!("至少在 {DAYS} 天里拨打 {ATTEMPTS} 次才算联系不上；现在 {on} 天 {tried} 次"))
}
