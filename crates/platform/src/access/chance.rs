//! Chance from the system, for ids, tokens and codes. The only place in the platform that asks for it.

use kernel::{Id, Moment, Problem};

/// A new id of this moment.
///
/// # Errors
/// The system gives no chance.
pub fn id(at: Moment) -> Result<Id, Problem> {
    let mut chance = [0; 10];
    fill(&mut chance)?;
    Ok(Id::v7(u64::try_from(at.micros() / 1000).unwrap_or(0), chance))
}

/// A new id that says nothing of when it was made, nor of the order among others.
///
/// # Errors
/// The system gives no chance.
pub fn unordered() -> Result<Id, Problem> {
    let mut chance = [0; 16];
    fill(&mut chance)?;
    Ok(Id::v4(chance))
}

/// 64 hexadecimal characters that nobody can guess: 256 bits.
///
/// # Errors
/// The system gives no chance.
pub fn token() -> Result<String, Problem> {
    let mut bytes = [0; 32];
    fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// Bytes of chance.
///
/// # Errors
/// The system gives none.
pub(super) fn fill(bytes: &mut [u8]) -> Result<(), Problem> {
    getrandom::fill(bytes)
        .map_err(|error| Problem::new("no_chance", format!("系统给不出随机数（{error}）"), "请检查操作系统"))
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
