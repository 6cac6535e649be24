//! Passwords: what is asked of them, and how they are kept (argon2id, RFC 9106).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use kernel::Problem;

/// The fewest characters.
const SHORTEST: usize = 10;
/// The most characters: enough for any sentence, and no work for an attacker to order.
const LONGEST: usize = 128;
/// What everybody tries first; compared in lower case, also as part of a longer password.
const COMMON: &[&str] = &[
    "password", "passw0rd", "12345678", "87654321", "qwertyui", "1q2w3e4r", "1qaz2wsx", "abcd1234",
    "abc12345", "iloveyou", "woaini", "5201314", "admin123", "letmein", "shegong", "kapok", "hongmian",
];

/// What is wrong with a password for an account of this name; `None` when it will do.
#[must_use]
pub fn wrong(password: &str, name: &str) -> Option<String> {
    let length = password.chars().count();
    let lower = password.to_lowercase();
    let kinds = lower.chars().collect::<std::collections::BTreeSet<_>>().len();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Some(format!("密码要 {SHORTEST} 到 {LONGEST} 个字符，可以是一句话"));
    }
    if kinds < 5 {
        return Some("密码里不同的字符太少，换一句不重复的话".into());
    }
    if lower.contains(&name.to_lowercase()) {
        return Some("密码里不要有登录名".into());
    }
    if COMMON.iter().any(|common| lower.contains(common) && length < common.len() + 8) {
        return Some("这个密码太常见，容易被猜中，换一句只有自己知道的话".into());
    }
    None
}

/// The form in which a password is kept: a PHC string with its salt and cost.
///
/// # Errors
/// The system gives no chance for the salt.
pub fn kept(password: &str) -> Result<String, Problem> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    let hash = hash.map_err(|error| {
        Problem::new("no_chance", format!("密码没有存成（{error}）"), "请检查操作系统的随机数")
    })?;
    Ok(hash.to_string())
}

/// Whether a password is the one that is kept. Without one it takes the same time and is false, so that names
/// without an account cannot be told from those with one.
#[must_use]
pub fn matches(password: &str, kept: Option<&str>) -> bool {
    let hash = PasswordHash::new(kept.unwrap_or(NOBODYS));
    let right = hash.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    right && kept.is_some()
}

/// The hash of a text that nobody knows, at the cost of every other.
pub(super) const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRvZm5vYm9keQ$3Z6yQzFQm0m0Rk5o3m0sOa3d3yJm1m9m0m0m0m0m0m0";
