//! One way of listing, showing, entering, correcting, withdrawing and exchanging records, for every kind that says
//! what its columns are: a [`Sheet`].
//!
//! Not here: which kinds there are and what their columns mean; each slice says so in its `sheets.rs`.

mod attached;
mod checks;
mod column;
mod entry;
mod follow;
mod names;
mod ops;
mod pages;
mod routes;
mod sheet;
mod similar;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
pub(crate) mod tests;
mod values;

pub use attached::{Attached, Attachments};
pub use column::{Column, Fill, Holds};
pub use entry::{Entry, Faults};
pub use names::{Names, among, offered, place};
pub use ops::Ops;
pub use routes::{Glance, PART, all_of, all_rows, differing, glance, glances, routes, rows, text_of};
pub use sheet::{Placed, Row, Sheet, Sheets, Whose};
pub use values::{shown, tidied};

/// Declares the part of the site that a slice has for its sheets: `PART`. Name, heading of the menu, label, word and
/// sign on a phone.
#[macro_export]
macro_rules! sheets_part {
    ($name:literal, $group:ident, $label:literal, $tab:literal, $icon:literal) => {
        /// What this slice brings to the site.
        pub const PART: $crate::shell::Part = $crate::shell::Part {
            name: $name,
            group: $crate::shell::Heading::$group,
            label: $label,
            tab: $tab,
            icon: $icon,
            needs: $crate::shell::Needs::Verb(concat!($name, ".read")),
            routes: || {
                $crate::sheets::routes(&$crate::sheets::Addresses {
                    slice: $name,
                    list: concat!("/", $name),
                    sheet: concat!("/", $name, "/{sheet}"),
                    new: concat!("/", $name, "/{sheet}/new"),
                    one: concat!("/", $name, "/{sheet}/{id}"),
                    edit: concat!("/", $name, "/{sheet}/{id}/edit"),
                    withdraw: concat!("/", $name, "/{sheet}/{id}/withdraw"),
                    read: $crate::shell::Needs::Verb(concat!($name, ".read")),
                    record: $crate::shell::Needs::Verb(concat!($name, ".record")),
                    correct: $crate::shell::Needs::Verb(concat!($name, ".correct")),
                    void: $crate::shell::Needs::Verb(concat!($name, ".withdraw")),
                })
            },
        };
    };
}

pub use routes::Addresses;
