//! Who is asking, and where each verb is allowed to them: the one place that decides.

use std::sync::Arc;

use kernel::{Actor, Id};

use super::{Role, Scope, roles_of};

/// Who is asking.
#[derive(Debug, Clone)]
pub enum Asker {
    /// Whoever runs commands on the machine that holds the database and its key.
    Console,
    /// Somebody signed in.
    User(Arc<SignedIn>),
    /// Somebody who is not.
    Visitor,
}

/// Somebody signed in, as loaded for one request.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The account.
    pub user: Id,
    /// The name for people.
    pub display_name: String,
    /// The worker, where the account is one's.
    pub worker: Option<Id>,
    /// What the account is granted today: roles and where each holds.
    pub grants: Vec<(Role, Scope)>,
    /// The login's number in the database: the hash of its cookie.
    pub login: String,
    /// The token of this login's forms.
    pub token: String,
    /// From where.
    pub address: String,
    /// The device, where one asks in place of a browser that is signed in.
    pub device: Option<Id>,
}

impl Asker {
    /// Where a verb is allowed. Every page, list, count, search, export and write asks here and nowhere else.
    #[must_use]
    pub fn scope(&self, verb: &str) -> Scope {
        match self {
            Self::Console => Scope::everything(),
            Self::Visitor => Scope::default(),
            Self::User(user) => {
                let roles = roles_of(verb);
                let held = user.grants.iter().filter(|(role, _)| roles.contains(role));
                held.fold(Scope::default(), |all, (_, scope)| all.with(scope))
            }
        }
    }

    /// Where a verb is allowed but for what one role allows.
    #[must_use]
    pub fn scope_beside(&self, verb: &str, but: Role) -> Scope {
        let Self::User(user) = self else { return self.scope(verb) };
        let roles = roles_of(verb);
        let held = user.grants.iter().filter(|(role, _)| *role != but && roles.contains(role));
        held.fold(Scope::default(), |all, (_, scope)| all.with(scope))
    }

    /// Whether a verb is allowed anywhere.
    #[must_use]
    pub fn may(&self, verb: &str) -> bool {
        !self.scope(verb).is_empty()
    }

    /// As the transaction and the audit log know them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        match self {
            Self::Console => Actor::Console,
            Self::Visitor => Actor::Visitor,
            Self::User(user) => Actor::User(user.user),
        }
    }

    /// From where they ask.
    #[must_use]
    pub fn origin(&self) -> Option<String> {
        match self {
            Self::User(user) => Some(user.address.clone()),
            Self::Console | Self::Visitor => None,
        }
    }

    /// Somebody signed in.
    #[must_use]
    pub fn user(&self) -> Option<&SignedIn> {
        match self {
            Self::User(user) => Some(user),
            Self::Console | Self::Visitor => None,
        }
    }

    /// The worker they are, where they are one.
    #[must_use]
    pub fn worker(&self) -> Option<Id> {
        self.user().and_then(|user| user.worker)
    }
}
