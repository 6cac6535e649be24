//! Where a form leads once it is written, and what the next page says of it, once.
//!
//! What is to be said waits in this process, by login, until a page of that login is made: nothing of it stands in an
//! address or a cookie, reading a page writes nothing, and no script is needed. After a restart nothing is said.
//! Not here: what is wrong with a form, which its own page says.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Said where a form does not say better.
const SAVED: &str = "已保存";

/// For how many logins something waits at most: the longest waiting goes first.
const MOST: usize = 1000;

/// Where a form leads once it is written. An address alone leads there with “已保存”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leads {
    pub(super) to: String,
    pub(super) said: Option<Cow<'static, str>>,
}

impl Leads {
    /// Leads to an address, where these words are said once: 已作废, 已审批.
    #[must_use]
    pub fn saying(to: impl Into<String>, said: impl Into<Cow<'static, str>>) -> Self {
        Self { to: to.into(), said: Some(said.into()) }
    }

    /// Leads to an address that shows by itself what was done, or where nothing was.
    #[must_use]
    pub fn silently(to: impl Into<String>) -> Self {
        Self { to: to.into(), said: None }
    }
}

impl From<String> for Leads {
    fn from(to: String) -> Self {
        Self::saying(to, SAVED)
    }
}

/// What waits to be said, by login, the longest waiting first.
#[derive(Default)]
pub(super) struct Waiting(Mutex<VecDeque<(String, Cow<'static, str>)>>);

impl Waiting {
    /// Keeps words for the next page of a login, instead of those that wait.
    pub(super) fn put(&self, login: &str, said: Cow<'static, str>) {
        let mut all = self.all();
        all.retain(|(known, _)| known != login);
        all.push_back((login.to_owned(), said));
        if all.len() > MOST {
            all.pop_front();
        }
    }

    /// Takes what waits for a login.
    pub(super) fn take(&self, login: &str) -> Option<Cow<'static, str>> {
        let mut all = self.all();
        let place = all.iter().position(|(known, _)| known == login)?;
        all.remove(place).map(|(_, said)| said)
    }

    fn all(&self) -> MutexGuard<'_, VecDeque<(String, Cow<'static, str>)>> {
        // Whole after every step, also when a thread fell over while it held them.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wait_for_one_page_of_one_login() {
        let waiting = Waiting::default();
        waiting.put("one", SAVED.into());
        waiting.put("one", "已作废".into());
        waiting.put("other", SAVED.into());
        assert_eq!(waiting.take("one").as_deref(), Some("已作废"), "the last that was done");
        assert_eq!(waiting.take("one"), None, "once");
        assert_eq!((waiting.take("third"), waiting.take("other")), (None, Some(SAVED.into())));
        for n in 0..=MOST {
            waiting.put(&n.to_string(), SAVED.into());
        }
        assert_eq!(
            (waiting.take("0"), waiting.take("1")),
            (None, Some(SAVED.into())),
            "no more wait than may"
        );
    }
}
