//! Identifiers: UUIDv7 in their text form, made by whoever creates the record, also without a connection; UUIDv4 where the
//! moment must not show.

use std::fmt;
use std::str::FromStr;

use diesel::backend::Backend;
use diesel::deserialize::FromSqlRow;
use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// An identifier: the 36 lower-case characters of a UUID, kept as text so that it borrows into a statement and
/// reads the same in both databases, in a URL and in a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Id([u8; 36]);

/// The text was not a UUID.
#[derive(Debug, thiserror::Error)]
#[error("“{0}”不是编号：应为 36 个字符的 UUID，例如 01902b3e-7c00-7000-8000-000000000001")]
pub struct IdError(String);

impl Id {
    /// The nil UUID: stands for what belongs to no single record or station.
    pub const NIL: Self = Self(*b"00000000-0000-0000-0000-000000000000");

    /// A UUIDv7 from a moment (milliseconds since 1970-01-01 UTC) and ten bytes of chance.
    #[must_use]
    pub fn v7(millis: u64, chance: [u8; 10]) -> Self {
        Self::from(uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid())
    }

    /// A UUIDv4 from sixteen bytes of chance: says nothing of when it was made, for rows that no order may give away.
    #[must_use]
    pub fn v4(chance: [u8; 16]) -> Self {
        Self::from(uuid::Builder::from_random_bytes(chance).into_uuid())
    }

    /// An id that depends on its ingredients alone: the same seed, kind and number give the same id.
    /// `millis` keeps ids of a sample in the order of its dates, as real ones are.
    #[must_use]
    pub fn derived(millis: u64, ingredients: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in ingredients {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut chance = [0; 10];
        chance.copy_from_slice(&hash.finalize()[..10]);
        Self::v7(millis, chance)
    }

    /// The text form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl From<Uuid> for Id {
    fn from(uuid: Uuid) -> Self {
        let mut text = [0; 36];
        uuid.hyphenated().encode_lower(&mut text);
        Self(text)
    }
}

impl FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Uuid::try_parse(text).map(Self::from).map_err(|_| IdError(text.to_owned()))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl<DB: Backend> FromSql<Text, DB> for Id
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(String::from_sql(bytes)?.parse()?)
    }
}

impl<DB: Backend> ToSql<Text, DB> for Id
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.as_str().to_sql(out)
    }
}
