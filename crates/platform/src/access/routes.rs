//! The pages of access: the way in, one's own account, and the accounts of all. Each file parses, asks, renders.

mod account;
mod new;
mod sign_in;
mod users;
mod worker;

pub use users::accounts_seen;

use crate::shell::{Heading, Needs, Part, Route};

/// What this slice brings to the site.
pub const PARTS: [Part; 2] = [
    Part {
        name: "access",
        group: Heading::System,
        label: "账号与角色",
        tab: "账号",
        icon: "M7 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6M2 16.500c.4-3 2.3-4.500 5-4.500s4.600 1.500 5 4.500M14 7v6M11 10h6",
        needs: Needs::Verb("access.read"),
        routes: users::routes,
    },
    Part {
        name: "account",
        group: Heading::System,
        label: "",
        tab: "",
        icon: "",
        needs: Needs::SignedIn,
        routes: own,
    },
];

fn own() -> Vec<Route> {
    sign_in::routes().into_iter().chain(account::routes()).collect()
}
