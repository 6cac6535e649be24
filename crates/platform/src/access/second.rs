//! The second factor: codes of a telephone's app (TOTP, RFC 6238), and recovery codes for when it is lost.

use db::Keys;
use kernel::{Moment, Problem};
use totp_rs::{Builder, Secret, Totp};

use super::chance;

/// How many recovery codes there are.
const CODES: usize = 10;

/// A new secret: 160 bits in base 32.
///
/// # Errors
/// The system gives no chance.
pub(super) fn secret() -> Result<String, Problem> {
    let mut bytes = [0; 20];
    chance::fill(&mut bytes)?;
    Ok(base32(&bytes))
}

/// A secret as an app takes it: in base 32 (RFC 4648).
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    Secret::from(bytes).to_base32()
}

/// The step of a right code that is later than `after`; a code counts once.
#[must_use]
pub(super) fn step(secret: &str, code: &str, at: Moment, after: i64) -> Option<i64> {
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    let time = u64::try_from(at.micros() / 1_000_000).ok()?;
    let step = totp(secret, "kapok")?.check(&code, time)?;
    i64::try_from(step).ok().filter(|step| *step > after)
}

/// The code of a moment: for tests and for the accounts of a sample.
#[must_use]
pub fn code(secret: &str, at: Moment) -> Option<String> {
    let time = u64::try_from(at.micros() / 1_000_000).ok()?;
    Some(totp(secret, "kapok")?.generate(time).to_string())
}

/// What an app reads from a picture: `otpauth://totp/…`.
#[must_use]
pub(super) fn address(secret: &str, name: &str) -> Option<String> {
    totp(secret, name)?.to_url().ok()
}

fn totp(secret: &str, name: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let builder = Builder::new().with_secret(secret).with_issuer(Some("Kapok")).with_account_name(name);
    builder.build().ok()
}

/// New recovery codes, each `abcd-efgh-ijkl` in hexadecimal, and the form in which they are kept.
///
/// # Errors
/// The system gives no chance.
pub(super) fn recovery(keys: &Keys) -> Result<(Vec<String>, String), Problem> {
    let mut codes = Vec::new();
    for _ in 0..CODES {
        let mut bytes = [0; 6];
        chance::fill(&mut bytes)?;
        let text = chance::hex(&bytes);
        codes.push(format!("{}-{}-{}", &text[..4], &text[4..8], &text[8..]));
    }
    let kept: Vec<String> = codes.iter().map(|code| hash(keys, code)).collect();
    Ok((codes, kept.join(" ")))
}

/// What is kept once a recovery code is used up; `None` when it is none of them.
#[must_use]
pub(super) fn spend(keys: &Keys, kept: &str, code: &str) -> Option<String> {
    let spent = hash(keys, code);
    let left: Vec<&str> = kept.split_whitespace().filter(|known| *known != spent).collect();
    (left.len() < kept.split_whitespace().count()).then(|| left.join(" "))
}

fn hash(keys: &Keys, code: &str) -> String {
    let plain: String = code.to_lowercase().chars().filter(char::is_ascii_hexdigit).collect();
    keys.lookup("users.recovery", &plain)
}
