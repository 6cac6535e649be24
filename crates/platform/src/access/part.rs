//! Parts of the platform, the records they own and the three verbs on them.

use db::Record;

/// A part of the platform whose records one may be allowed to write. Made by [`part!`](crate::part).
pub trait Part {
    /// Its name: `visits`.
    const NAME: &'static str;
    /// The verb for seeing its records: `visits.read`.
    const READ: &'static str;
    /// The verb for entering new records: `visits.record`.
    const RECORD: &'static str;
    /// The verb for correcting one: `visits.correct`.
    const CORRECT: &'static str;
    /// The verb for withdrawing one: `visits.withdraw`.
    const WITHDRAW: &'static str;
}

/// Something one may be allowed to do.
pub trait Verb {
    /// Its name, the same in permits, audit lines and the manual.
    const NAME: &'static str;
}

/// A record that belongs to a part: writing it takes a permit of that part and of no other.
pub trait Owned: Record {
    /// The part.
    type Part: Part;
}

/// To enter new records of a part.
pub struct Enter<P>(std::marker::PhantomData<P>);
/// To correct a record of a part.
pub struct Correct<P>(std::marker::PhantomData<P>);
/// To withdraw a record of a part.
pub struct Withdraw<P>(std::marker::PhantomData<P>);

impl<P: Part> Verb for Enter<P> {
    const NAME: &'static str = P::RECORD;
}
impl<P: Part> Verb for Correct<P> {
    const NAME: &'static str = P::CORRECT;
}
impl<P: Part> Verb for Withdraw<P> {
    const NAME: &'static str = P::WITHDRAW;
}

/// Declares verbs beside those of a part.
#[macro_export]
macro_rules! verbs {
    ($($(#[$doc:meta])* pub $verb:ident = $name:literal;)+) => {
        $($(#[$doc])*
        pub struct $verb;

        impl $crate::access::Verb for $verb {
            const NAME: &'static str = $name;
        })+
    };
}

/// Declares a part and the records it owns.
#[macro_export]
macro_rules! part {
    ($(#[$doc:meta])* pub $part:ident = $name:literal owns $($record:ident),+ $(,)?) => {
        $(#[$doc])*
        pub struct $part;

        impl $crate::access::Part for $part {
            const NAME: &'static str = $name;
            const READ: &'static str = concat!($name, ".read");
            const RECORD: &'static str = concat!($name, ".record");
            const CORRECT: &'static str = concat!($name, ".correct");
            const WITHDRAW: &'static str = concat!($name, ".withdraw");
        }

        impl $part {
            /// Reading and writing of each kind it owns, in the order in which they refer to each other.
            pub const RECORDS: &'static [$crate::sheets::Ops] = &[$($crate::sheets::Ops::of::<$record>()),+];

            /// Withdraws a record of one of the kinds of this part; false when the kind is of another.
            ///
            /// # Errors
            /// It is not allowed, there is no such record, or it is already withdrawn.
            pub fn withdraw(
                tx: &mut db::Tx<'_>,
                asker: &$crate::access::Asker,
                station: kernel::Id,
                kind: &str,
                id: kernel::Id,
                reason: &str,
            ) -> db::DbResult<bool> {
                $(if kind == <$record as db::Record>::KIND {
                    let permit = $crate::access::permit::<$crate::access::Withdraw<Self>>(asker, station)?;
                    permit.withdraw::<$record>(tx, id, reason)?;
                    return Ok(true);
                })+
                Ok(false)
            }

            /// Where a record of one of the kinds of this part belongs; nothing when the kind is of another part,
            /// or no such record stands.
            ///
            /// # Errors
            /// What the database says.
            pub fn place_of(
                tx: &mut db::Tx<'_>,
                kind: &str,
                id: kernel::Id,
            ) -> db::DbResult<Option<$crate::access::Place>> {
                $(if kind == <$record as db::Record>::KIND {
                    let last = <$record as db::Record>::last(tx.conn(), id)?;
                    let standing = last.filter(|(stamp, _)| !stamp.voided);
                    return Ok(standing.map(|(_, row)| $crate::access::Place::of(&row)));
                })+
                Ok(None)
            }
        }

        $(impl $crate::access::Owned for $record {
            type Part = $part;
        })+
    };
}
