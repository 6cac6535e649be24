//! Who does something.

use crate::Id;

/// Who asks. Carried by every transaction and written into every audit line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Whoever runs commands on the machine that holds the database and its key.
    Console,
    /// A signed-in user.
    User(Id),
    /// Someone who reads the site without signing in; may read what is public, write nothing.
    Visitor,
}

impl Actor {
    /// The form in the audit log: `console`, `visitor` or the user's id.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Console => "console".into(),
            Self::Visitor => "visitor".into(),
            Self::User(id) => id.to_string(),
        }
    }
}
