//! Records in versions: one declaration gives the table, the row and its reading and writing on both databases.
//!
//! Nothing is overwritten. A correction appends a version, a withdrawal appends a voided one, and each version
//! says from when until when it was what was known. [`known_sql`] and the `known` function that [`record!`] makes
//! are the one place that leaves out voided and superseded versions.

use diesel::QueryResult;
use kernel::{Id, Moment};

use crate::AnyConnection;

/// The end of the version that is current: later than every moment.
pub const FOREVER: Moment = Moment::FOREVER;

/// The condition on alias `r` that leaves only what was known at the moment bound to `placeholder`.
#[must_use]
pub fn known_sql(placeholder: &str) -> String {
    format!("r.known_from <= {placeholder} AND r.known_until > {placeholder} AND NOT r.voided")
}

/// When a version was known, and which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// 1 for the first; each correction or withdrawal adds one.
    pub version: i32,
    /// From this moment on it was what was known.
    pub from: Moment,
    /// Whether the record is withdrawn from this version on.
    pub voided: bool,
}

/// What every record has beside its declared fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// Who it is, through all its versions.
    pub id: Id,
    /// The station it belongs to.
    pub station_id: Id,
    /// The area, where one applies.
    pub area_id: Option<Id>,
    /// The community, where one applies.
    pub community_id: Option<Id>,
    /// The worker who did it or answers for it.
    pub worker_id: Option<Id>,
}

/// Which records somebody may see: all of them, or those of some stations, areas and communities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Within {
    /// Every record there is.
    pub everything: bool,
    /// Those of these stations.
    pub stations: Vec<Id>,
    /// Those of these areas.
    pub areas: Vec<Id>,
    /// Those of these communities.
    pub communities: Vec<Id>,
}

/// A kind of record: made by [`record!`], never by hand.
pub trait Record: Clone + serde::Serialize {
    /// The kind's name: `visit`. Counting rules and audit lines use it.
    const KIND: &'static str;
    /// The table's name: `visits`.
    const TABLE: &'static str;
    /// The declared fields with their Rust types, by which sealed ones are told from the others.
    const FIELDS: &'static [(&'static str, &'static str)];

    /// The record's id.
    fn id(&self) -> Id;
    /// The station it belongs to.
    fn station_id(&self) -> Id;
    /// The area, where one applies.
    fn area_id(&self) -> Option<Id>;
    /// The community, where one applies.
    fn community_id(&self) -> Option<Id>;
    /// The worker who did it or answers for it.
    fn worker_id(&self) -> Option<Id>;
    /// The declared fields that hold something, as plain text.
    fn plain(&self) -> Vec<(&'static str, String)>;
    /// From plain text, field by field.
    ///
    /// # Errors
    /// The field whose text is not one of its type's.
    fn of_plain(base: Base, field: &dyn Fn(&'static str) -> Option<String>) -> Result<Self, &'static str>;
    /// Of these records, what was known at a moment.
    ///
    /// # Errors
    /// What the database says.
    fn known_among(conn: &mut AnyConnection, at: Moment, ids: &[Id]) -> QueryResult<Vec<Self>>;
    /// Of these records, the last versions, also voided ones, with their stamps.
    ///
    /// # Errors
    /// What the database says.
    fn last_among(conn: &mut AnyConnection, ids: &[Id]) -> QueryResult<Vec<(Stamp, Self)>>;
    /// Every version of a record, the first one first, with its stamp.
    ///
    /// # Errors
    /// What the database says.
    fn versions(conn: &mut AnyConnection, id: Id) -> QueryResult<Vec<(Stamp, Self)>>;
    /// Writes versions, in as few statements as the database allows.
    ///
    /// # Errors
    /// What the database says.
    fn insert(conn: &mut AnyConnection, rows: &[(Stamp, &Self)]) -> QueryResult<()>;
    /// The last version of a record, also when it is voided, with its stamp.
    ///
    /// # Errors
    /// What the database says.
    fn last(conn: &mut AnyConnection, id: Id) -> QueryResult<Option<(Stamp, Self)>>;
}

/// Declares a kind of record.
///
/// Beside the declared fields every record has `id`, `station_id` and, where they apply, `area_id`,
/// `community_id` and `worker_id`, by which figures are broken down. The table's columns of versions
/// (`version`, `known_from`, `known_until`, `voided`) are not part of the struct.
///
/// ```text
/// db::record! {
///     /// A home or phone visit.
///     pub struct Visit("visit") in visits {
///         /// How it was made.
///         pub kind: VisitKind [Text],
///     }
/// }
/// ```
#[macro_export]
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($kind:literal) in $table:ident {
            $($(#[$doc:meta])* pub $field:ident : $type:ty [$($sql:tt)+],)*
        }
    ) => {
        $crate::diesel::table! {
            $table (id, version) {
                id -> Text,
                version -> Integer,
                known_from -> BigInt,
                known_until -> BigInt,
                voided -> Bool,
                station_id -> Text,
                area_id -> Nullable<Text>,
                community_id -> Nullable<Text>,
                worker_id -> Nullable<Text>,
                $($field -> $($sql)+,)*
            }
        }

        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, diesel::Queryable, diesel::Selectable)]
        #[diesel(table_name = $table)]
        pub struct $name {
            /// Who it is, through all its versions.
            pub id: kernel::Id,
            /// The station it belongs to.
            pub station_id: kernel::Id,
            /// The area, where one applies.
            pub area_id: Option<kernel::Id>,
            /// The community, where one applies.
            pub community_id: Option<kernel::Id>,
            /// The worker who did it or answers for it.
            pub worker_id: Option<kernel::Id>,
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $name {
            /// What was known at a moment: neither voided nor superseded versions. Every read starts here.
            #[must_use]
            pub fn known(at: kernel::Moment)
                -> $table::BoxedQuery<'static, $crate::AnyBackend, diesel::dsl::SqlTypeOf<diesel::dsl::AsSelect<Self, $crate::AnyBackend>>>
            {
                use diesel::prelude::*;
                $table::table
                    .filter($table::known_from.le(at))
                    .filter($table::known_until.gt(at))
                    .filter($table::voided.eq(false))
                    .select(<Self as SelectableHelper<$crate::AnyBackend>>::as_select())
                    .into_boxed()
            }
        }

        impl $name {
            /// Of what was known at a moment, what somebody may see. Every list for a person starts here.
            #[must_use]
            pub fn visible(at: kernel::Moment, within: &$crate::Within)
                -> $table::BoxedQuery<'static, $crate::AnyBackend, diesel::dsl::SqlTypeOf<diesel::dsl::AsSelect<Self, $crate::AnyBackend>>>
            {
                use diesel::prelude::*;
                let known = Self::known(at);
                if within.everything {
                    return known;
                }
                known.filter(
                    $table::station_id.eq_any(within.stations.clone())
                        .or($table::area_id.eq_any(within.areas.clone()).assume_not_null())
                        .or($table::community_id.eq_any(within.communities.clone()).assume_not_null()),
                )
            }
        }

        impl $crate::Record for $name {
            const KIND: &'static str = $kind;
            const TABLE: &'static str = stringify!($table);
            const FIELDS: &'static [(&'static str, &'static str)] = &[$((stringify!($field), stringify!($type)),)*];

            fn id(&self) -> kernel::Id {
                self.id
            }

            fn station_id(&self) -> kernel::Id {
                self.station_id
            }

            fn area_id(&self) -> Option<kernel::Id> {
                self.area_id
            }

            fn community_id(&self) -> Option<kernel::Id> {
                self.community_id
            }

            fn worker_id(&self) -> Option<kernel::Id> {
                self.worker_id
            }

            fn plain(&self) -> Vec<(&'static str, String)> {
                [$((stringify!($field), kernel::Plain::plain(&self.$field)),)*]
                    .into_iter()
                    .filter_map(|(field, text)| Some((field, text?)))
                    .collect()
            }

            fn of_plain(
                base: $crate::Base,
                field: &dyn Fn(&'static str) -> Option<String>,
            ) -> Result<Self, &'static str> {
                let $crate::Base { id, station_id, area_id, community_id, worker_id } = base;
                Ok(Self {
                    id,
                    station_id,
                    area_id,
                    community_id,
                    worker_id,
                    $($field: kernel::Plain::of_plain(field(stringify!($field)).as_deref())
                        .ok_or(stringify!($field))?,)*
                })
            }

            fn known_among(
                conn: &mut $crate::AnyConnection,
                at: kernel::Moment,
                ids: &[kernel::Id],
            ) -> diesel::QueryResult<Vec<Self>> {
                use diesel::prelude::*;
                let mut found = Vec::with_capacity(ids.len());
                for chunk in ids.chunks($crate::sql::ROWS_A_STATEMENT) {
                    found.extend(Self::known(at).filter($table::id.eq_any(chunk.to_vec())).load::<Self>(conn)?);
                }
                Ok(found)
            }

            fn last_among(
                conn: &mut $crate::AnyConnection,
                ids: &[kernel::Id],
            ) -> diesel::QueryResult<Vec<($crate::Stamp, Self)>> {
                use diesel::prelude::*;
                let mut found = Vec::with_capacity(ids.len());
                for chunk in ids.chunks($crate::sql::ROWS_A_STATEMENT) {
                    let rows: Vec<(i32, kernel::Moment, bool, Self)> = $table::table
                        .filter($table::id.eq_any(chunk.to_vec()))
                        .filter($table::known_until.eq($crate::FOREVER))
                        .select(($table::version, $table::known_from, $table::voided, Self::as_select()))
                        .load(conn)?;
                    found.extend(rows.into_iter().map(|(version, from, voided, row)| ($crate::Stamp { version, from, voided }, row)));
                }
                Ok(found)
            }

            fn versions(
                conn: &mut $crate::AnyConnection,
                id: kernel::Id,
            ) -> diesel::QueryResult<Vec<($crate::Stamp, Self)>> {
                use diesel::prelude::*;
                let rows: Vec<(i32, kernel::Moment, bool, Self)> = $table::table
                    .filter($table::id.eq(id))
                    .order($table::version)
                    .select(($table::version, $table::known_from, $table::voided, Self::as_select()))
                    .load(conn)?;
                Ok(rows.into_iter().map(|(version, from, voided, row)| ($crate::Stamp { version, from, voided }, row)).collect())
            }

            fn insert(conn: &mut $crate::AnyConnection, rows: &[($crate::Stamp, &Self)]) -> diesel::QueryResult<()> {
                use diesel::prelude::*;
                for chunk in rows.chunks($crate::sql::ROWS_A_STATEMENT) {
                    let values: Vec<_> = chunk.iter().map(|(stamp, row)| (
                        $table::id.eq(row.id),
                        $table::version.eq(stamp.version),
                        $table::known_from.eq(stamp.from),
                        $table::known_until.eq($crate::FOREVER),
                        $table::voided.eq(stamp.voided),
                        $table::station_id.eq(row.station_id),
                        $table::area_id.eq(row.area_id),
                        $table::community_id.eq(row.community_id),
                        $table::worker_id.eq(row.worker_id),
                        $($table::$field.eq(&row.$field),)*
                    )).collect();
                    let insert = diesel::insert_into($table::table).values(values);
                    match conn {
                        $crate::AnyConnection::Sqlite(conn) => insert.execute(conn)?,
                        $crate::AnyConnection::Postgres(conn) => insert.execute(conn)?,
                    };
                }
                Ok(())
            }

            fn last(conn: &mut $crate::AnyConnection, id: kernel::Id) -> diesel::QueryResult<Option<($crate::Stamp, Self)>> {
                use diesel::prelude::*;
                let row: Option<(i32, kernel::Moment, bool, Self)> = $table::table
                    .filter($table::id.eq(id))
                    .filter($table::known_until.eq($crate::FOREVER))
                    .select(($table::version, $table::known_from, $table::voided, Self::as_select()))
                    .first(conn)
                    .optional()?;
                Ok(row.map(|(version, from, voided, row)| ($crate::Stamp { version, from, voided }, row)))
            }
        }
    };
}
