//! The order of the draw: ascending HMAC-SHA256 of each pseudonym under the seed.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::Problem;
use sha2::{Digest as _, Sha256};

use super::Member;

/// 32 bytes that nobody can guess. Printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(…)")
    }
}

impl Seed {
    /// The seed of these bytes.
    #[must_use]
    pub fn of(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hexadecimal characters.
    ///
    /// # Errors
    /// They are others, or not so many.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let wrong = || Problem::new("sample_seed", "种子不是 64 位十六进制数", "请用公布的样本文件里的原文");
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| wrong())?;
            if !pair.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return Err(wrong());
            }
            *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }

    /// The place of a pseudonym in the order.
    fn place(&self, id: &str) -> [u8; 32] {
        // A key of any length is taken, so that this never fails.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return [0; 32] };
        mac.update(id.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// What is shown of a seed beforehand: SHA-256 of its 32 bytes, in hexadecimal.
#[must_use]
pub fn commitment(seed: &Seed) -> String {
    hex(&Sha256::digest(seed.0))
}

/// SHA-256 over the frame, in hexadecimal: each member's pseudonym, a tab, the stratum and a line feed, by pseudonym.
#[must_use]
pub fn frame_digest(frame: &[Member]) -> String {
    let mut sorted: Vec<&Member> = frame.iter().collect();
    sorted.sort();
    let mut digest = Sha256::new();
    for Member { id, stratum } in sorted {
        digest.update(format!("{id}\t{stratum}\n"));
    }
    hex(&digest.finalize())
}

/// The whole frame in the order of the draw, whatever order it is given in.
#[must_use]
pub fn order<'f>(seed: &Seed, frame: &'f [Member]) -> Vec<&'f Member> {
    let mut placed: Vec<([u8; 32], &Member)> =
        frame.iter().map(|member| (seed.place(&member.id), member)).collect();
    placed.sort();
    placed.into_iter().map(|(_, member)| member).collect()
}

/// Who is drawn: of each stratum so many, the first in the order; all together in that order.
#[must_use]
pub fn drawn<'f>(seed: &Seed, frame: &'f [Member], sizes: &BTreeMap<String, usize>) -> Vec<&'f Member> {
    let mut left = sizes.clone();
    order(seed, frame)
        .into_iter()
        .filter(|member| match left.get_mut(&member.stratum) {
            Some(number) if *number > 0 => {
                *number -= 1;
                true
            }
            _ => false,
        })
        .collect()
}

/// Who comes in the place of somebody of a stratum: the first in the order that was not used yet; nobody once all were.
#[must_use]
pub fn replacement<'f>(
    seed: &Seed,
    frame: &'f [Member],
    used: &BTreeSet<&str>,
    stratum: &str,
) -> Option<&'f Member> {
    let free = |member: &&Member| member.stratum == stratum && !used.contains(member.id.as_str());
    frame.iter().filter(free).min_by_key(|member| (seed.place(&member.id), *member))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
