//! Personal values at rest: sealed with XChaCha20-Poly1305 and bound to their table, column and row, so that a
//! value moved to another place does not open.

use std::marker::PhantomData;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Binary;
use kernel::Id;

use crate::Keys;

const NONCE: usize = 24;

/// A sealed value: 24 bytes of nonce, then the ciphertext with its tag. Reading it takes the keys and the place it
/// was sealed for; printing it shows nothing.
#[derive(Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub struct Sealed<T> {
    bytes: Vec<u8>,
    holds: PhantomData<T>,
}

/// The value did not open: another key, another place, or altered bytes.
#[derive(Debug, thiserror::Error)]
#[error("加密的内容打不开（{column}）：密钥不对，或内容被改动过。请核对密钥文件，必要时从备份恢复")]
pub struct SealError {
    column: String,
}

impl SealError {
    /// The column it was for: `table.column`.
    #[must_use]
    pub fn column(&self) -> &str {
        &self.column
    }
}

impl Sealed<String> {
    /// Seals a text for one column of one row. `column` is `table.column`.
    ///
    /// # Errors
    /// The system gives no chance for a nonce.
    pub fn new(keys: &Keys, column: &str, row: &Id, value: &str) -> Result<Self, SealError> {
        let wrong = || SealError { column: column.to_owned() };
        let mut bytes = vec![0; NONCE];
        getrandom::fill(&mut bytes).map_err(|_| wrong())?;
        let nonce = XNonce::try_from(&bytes[..]).map_err(|_| wrong())?;
        let place = place(column, row);
        let sealed = cipher(keys)
            .encrypt(&nonce, Payload { msg: value.as_bytes(), aad: &place })
            .map_err(|_| wrong())?;
        bytes.extend(sealed);
        Ok(Self { bytes, holds: PhantomData })
    }

    /// Opens it for the column and row it was sealed for.
    ///
    /// # Errors
    /// Another key, another place, or altered bytes.
    pub fn open(&self, keys: &Keys, column: &str, row: &Id) -> Result<String, SealError> {
        let wrong = || SealError { column: column.to_owned() };
        let (nonce, sealed) = self.bytes.split_at_checked(NONCE).ok_or_else(wrong)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| wrong())?;
        let place = place(column, row);
        let value =
            cipher(keys).decrypt(&nonce, Payload { msg: sealed, aad: &place }).map_err(|_| wrong())?;
        String::from_utf8(value).map_err(|_| wrong())
    }
}

impl<T> Sealed<T> {
    /// The sealed bytes, for a keyed hash over them.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// From the form it serialises to.
    pub(crate) fn parse(hex: &str) -> Option<Self> {
        Some(Self { bytes: crate::keys::decode(hex)?, holds: PhantomData })
    }
}

fn cipher(keys: &Keys) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(keys.seal().into())
}

fn place(column: &str, row: &Id) -> Vec<u8> {
    [column.as_bytes(), b"\0", row.as_str().as_bytes()].concat()
}

impl<T> std::fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed(…)")
    }
}

/// In plain text a sealed value stands as its sealed bytes; clear text is not one of its texts.
impl<T> kernel::Plain for Sealed<T> {
    fn plain(&self) -> Option<String> {
        Some(crate::keys::encode(&self.bytes))
    }

    fn of_plain(text: Option<&str>) -> Option<Self> {
        Self::parse(text?)
    }
}

/// In audit lines and digests a sealed value stands as its sealed bytes, never in clear.
impl<T> serde::Serialize for Sealed<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&crate::keys::encode(&self.bytes))
    }
}

impl<T, DB: Backend> FromSql<Binary, DB> for Sealed<T>
where
    Vec<u8>: FromSql<Binary, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Vec::from_sql(bytes).map(|bytes| Self { bytes, holds: PhantomData })
    }
}

impl<T: std::fmt::Debug, DB: Backend> ToSql<Binary, DB> for Sealed<T>
where
    [u8]: ToSql<Binary, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.bytes.as_slice().to_sql(out)
    }
}
