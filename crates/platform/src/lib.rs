//! The slices: one folder for each part of a station's work and of its evaluation.
//!
//! Data flows down the list: a slice uses only slices above it. What each contributes to the whole is its `SLICE`.

pub mod access;
pub mod audit;
pub mod library;
mod on_files;
mod settled;
pub mod sheets;
pub mod shell;
mod subjects;

pub mod areas;
pub mod documents;
pub mod contracts;
pub mod regulations;
pub mod staff;
pub mod clients;
pub mod volunteers;
pub mod partners;

pub mod programmes;

pub mod joint_work;
pub mod visits;
pub mod casework;
pub mod groups;
pub mod activities;
pub mod hotline;
pub mod aid;
pub mod publicity;
pub mod opinions;

pub mod figures;
pub mod indicators;
pub mod setup;
pub mod surveys;
pub mod checks;

pub mod evaluation;
pub mod rectification;
pub mod reports;
pub mod transfer;

pub mod app;
pub mod home;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tidy;

use std::sync::LazyLock;

use rules::counting::{Catalogue, Kind};
pub use shell::Site;

/// What a slice contributes to the whole.
#[derive(Debug, Clone, Copy)]
pub struct Slice {
    /// Its name: folder, address, verbs.
    pub name: &'static str,
    /// The word for people.
    pub label: &'static str,
    /// The kinds of record that counting rules may count.
    pub kinds: &'static [Kind],
    /// Reading and writing of every kind of record it owns.
    pub records: &'static [sheets::Ops],
    /// How its records are listed, entered and exchanged.
    pub sheets: &'static [sheets::Sheet],
    /// Withdraws a record of one of its kinds; false when the kind is not its own.
    pub withdraw: Withdraw,
    /// Where a record of one of its kinds belongs.
    pub place_of: PlaceOf,
}

/// Withdraws a record: transaction, who asks, station, kind, id and reason.
pub type Withdraw =
    fn(&mut db::Tx<'_>, &access::Asker, kernel::Id, &str, kernel::Id, &str) -> db::DbResult<bool>;

/// Finds where a record of this kind and id belongs; nothing when the kind is another slice's or no such record stands.
pub type PlaceOf = fn(&mut db::Tx<'_>, &str, kernel::Id) -> db::DbResult<Option<access::Place>>;

/// Every slice, in the order the data flows.
pub const SLICES: &[Slice] = &[
    areas::SLICE,
    documents::SLICE,
    contracts::SLICE,
    regulations::SLICE,
    staff::SLICE,
    clients::SLICE,
    volunteers::SLICE,
    partners::SLICE,
    programmes::SLICE,
    joint_work::SLICE,
    visits::SLICE,
    casework::SLICE,
    groups::SLICE,
    activities::SLICE,
    hotline::SLICE,
    aid::SLICE,
    publicity::SLICE,
    opinions::SLICE,
    indicators::SLICE,
    surveys::SLICE,
    evaluation::SLICE,
    rectification::SLICE,
];

/// Everything that counting rules may count.
#[must_use]
pub fn catalogue() -> Catalogue {
    Catalogue::new(SLICES.iter().flat_map(|slice| slice.kinds))
}

/// Every sheet, in the order of the slices.
pub const SHEETS: sheets::Sheets = sheets::Sheets {
    sheets: || {
        static ALL: LazyLock<Vec<&'static sheets::Sheet>> =
            LazyLock::new(|| SLICES.iter().flat_map(|slice| slice.sheets).collect());
        &ALL
    },
    attachments: subjects::ATTACHMENTS,
};

/// Every kind of record, in the order in which they refer to each other; and what else a whole station needs.
pub const WHOLE: transfer::Whole = transfer::Whole {
    records: || SLICES.iter().flat_map(|slice| slice.records).collect(),
    look_up: clients::look_up,
    index: |tx, station| clients::index_station(tx, station).map(drop),
};

/// The parts of the site, in the order of its menu under each heading. The bar of a phone holds the first four that
/// somebody may see: what is opened most stands first.
pub const PARTS: &[shell::Part] = &[
    home::PART,
    home::TODAY,
    clients::PART,
    visits::PART,
    visits::RECORD,
    visits::DUE,
    indicators::PART,
    reports::PART,
    casework::PART,
    groups::PART,
    groups::ATTEND,
    activities::PART,
    hotline::PART,
    aid::PART,
    publicity::PART,
    opinions::PART,
    joint_work::PART,
    programmes::PART,
    volunteers::PART,
    partners::PART,
    staff::PART,
    staff::GRID,
    regulations::PART,
    contracts::PART,
    figures::PART,
    evaluation::PART,
    rectification::PART,
    checks::PART,
    sheets::PART,
    transfer::PART,
    documents::PART,
    app::PART,
    access::PARTS[0],
    access::PARTS[1],
    audit::PART,
    areas::PART,
    setup::PART,
];

/// What access needs to know of stations and of who works there.
const GROUND: access::Ground = access::Ground {
    workers: |tx, stations| {
        let today = tx.at().day();
        staff::not_left(tx, stations, today)
    },
    kept_from: evaluation::kept_from,
    ..areas::GROUND
};

/// What a step of a round takes with it: the text of its report is kept, and once that is issued its concerns become items.
const DRAFTS: evaluation::Drafts = evaluation::Drafts {
    keep: |tx, app, round| {
        (reports::DRAFTS.keep)(tx, app, round)?;
        if round.is_over() { rectification::begun(tx, app, round) } else { Ok(()) }
    },
    ..reports::DRAFTS
};

/// The site: every page of every part, and nothing else.
pub fn router(site: Site) -> axum::Router {
    shell::assemble(site, GROUND, PARTS)
        .layer(axum::Extension(reports::LATER))
        .layer(axum::Extension(DRAFTS))
        .layer(axum::Extension(rectification::FOLLOWED))
        .layer(axum::Extension(on_files::ON_FILES))
        .layer(axum::Extension(settled::SETTLED))
        .layer(axum::Extension(app::Rates::default()))
        .layer(axum::Extension(SHEETS))
        .layer(axum::Extension(subjects::SUBJECTS))
}

/// Every route of the site.
#[must_use]
pub fn routes() -> Vec<shell::Route> {
    shell::routes(PARTS)
}

/// Withdraws a record of whatever kind.
///
/// # Errors
/// It is not allowed, no slice has such a kind, there is no such record, or it is already withdrawn.
pub fn withdraw(
    tx: &mut db::Tx<'_>,
    asker: &access::Asker,
    station: kernel::Id,
    kind: &str,
    id: kernel::Id,
    reason: &str,
) -> db::DbResult<()> {
    for slice in SLICES {
        if (slice.withdraw)(tx, asker, station, kind, id, reason)? {
            return Ok(());
        }
    }
    Err(kernel::Problem::new("unknown_kind", format!("没有“{kind}”这种记录"), "请核对记录的种类").into())
}
