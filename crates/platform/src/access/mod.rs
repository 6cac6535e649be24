//! Who may do what: accounts, roles and where each holds, signing in, the one function that decides, and the permits
//! it makes.
//!
//! Not here: what there is to be seen or written. What access has to know of stations comes through [`Ground`].

mod accounts;
mod asker;
mod chance;
mod devices;
mod gate;
mod ground;
mod logins;
mod pages;
mod part;
mod password;
mod permit;
mod role;
mod routes;
mod scope;
mod second;
mod sign_in;
mod store;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod verbs;

pub use accounts::{
    NewGrant, OfWorker, Refused, Standing as Accounts, accounts_of, add_user, any_user, end_grant, grant,
    invite, sample_user, standing as accounts_standing, user_named, users,
};
pub use asker::{Asker, SignedIn};
pub use chance::{id as new_id, token as new_secret, unordered as unordered_id};
pub use devices::{Device, MOST_DAYS, device, device_of_cookie, devices_of, end_device, register_device};
pub use gate::{API, Address, device_cookie, hold_to, identify};
pub use ground::{Ground, StationPlace};
pub(crate) use logins::{claim, settle, submitted};
pub use part::{Correct, Enter, Owned, Part, Verb, Withdraw};
pub use password::{kept as kept_password, wrong as wrong_password};
pub use permit::{Permit, permit};
pub use role::{Reach, Role};
pub use routes::{PARTS, accounts_seen};
pub use scope::{Place, Scope};
pub use second::{base32 as second_secret, code as second_code};
pub use store::{Grant, User, display_names, user as user_of, user_by_name};
pub use verbs::{NOBODY, OWN, PARTS as PART_VERBS, roles_of};
