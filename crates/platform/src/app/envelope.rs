//! Envelopes that only this server opens (RFC 9180, base mode): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
//!
//! The private key is derived from the database's data key, which the key file outside the database wraps: it is kept
//! nowhere, it survives a change of the key file, and backups have it as far as they have everything else.

use db::Keys;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256 as Suite;
use hpke::{Deserializable as _, Kem, OpModeR, Serializable as _};
use sha2::{Digest as _, Sha256};

/// For what the data key is asked.
const PURPOSE: &str = "app.envelope";
/// What every envelope is bound to.
const INFO: &[u8] = b"kapok app v1";

fn pair(keys: &Keys) -> (<Suite as Kem>::PrivateKey, <Suite as Kem>::PublicKey) {
    Suite::derive_keypair(&keys.derive(PURPOSE))
}

/// The public key, uncompressed: 65 bytes.
pub(super) fn public_key(keys: &Keys) -> Vec<u8> {
    pair(keys).1.to_bytes().to_vec()
}

/// The name of a public key: its hash's first eight bytes.
pub(super) fn key_id(public: &[u8]) -> String {
    hex(&Sha256::digest(public)[..8])
}

/// Opens what was sealed to this server for an id.
pub(super) fn open(keys: &Keys, id: &str, enc: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let enc = <Suite as Kem>::EncappedKey::from_bytes(enc).ok()?;
    let (private, _) = pair(keys);
    let opened = hpke::setup_receiver::<AesGcm256, HkdfSha256, Suite>(&OpModeR::Base, &private, &enc, INFO);
    opened.ok()?.open(sealed, id.as_bytes()).ok()
}

/// Seals for a server's public key, as a telephone does: what enc and the sealed bytes are.
#[cfg(test)]
pub(super) fn seal(public: &[u8], id: &str, text: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let public = <Suite as Kem>::PublicKey::from_bytes(public).unwrap();
    let mode = hpke::OpModeS::Base;
    let (enc, mut context) =
        hpke::setup_sender::<AesGcm256, HkdfSha256, Suite>(&mode, &public, INFO).unwrap();
    (enc.to_bytes().to_vec(), context.seal(text, id.as_bytes()).unwrap())
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes from hexadecimal.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
