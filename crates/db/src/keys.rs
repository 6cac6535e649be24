//! The master key, kept in a file outside the database, and the keys derived from it for each purpose.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::Problem;
use sha2::Sha256;

const WRAP_NONCE: usize = 24;
/// What a wrapped key is for, so that nothing else sealed passes for one.
const WRAPPED: &[u8] = b"kapok data key";

/// 32 bytes under every other key. Derived keys are HKDF-SHA256 with the purpose as `info` (RFC 5869).
#[derive(Clone)]
pub struct Keys {
    master: [u8; 32],
    /// The derived keys that thousands of values of a page are opened and looked up with: made once.
    seal: [u8; 32],
    lookup: [u8; 32],
    /// The file they were read from, where they were.
    file: Option<PathBuf>,
}

impl Keys {
    /// Keys from 32 bytes.
    #[must_use]
    pub fn new(master: [u8; 32]) -> Self {
        Self { master, seal: derived(&master, "seal"), lookup: derived(&master, "lookup"), file: None }
    }

    /// The file they were read from, where they were.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Reads the key file; makes one of fresh chance, readable by its owner alone, where there is none and
    /// `create` says so.
    ///
    /// # Errors
    /// The file is missing, unreadable or not 64 hexadecimal characters; each names the file and the remedy.
    pub fn from_file(path: &Path, create: bool) -> Result<Self, Problem> {
        match std::fs::read_to_string(path) {
            Ok(text) => parse(text.trim())
                .map(|master| Self { file: Some(path.into()), ..Self::new(master) })
                .ok_or_else(|| {
                    Problem::new(
                        "key_malformed",
                        "密钥文件内容不对",
                        "应为 64 个十六进制字符；请从备份中取回原来的密钥文件，不要新造",
                    )
                    .at(show(path))
                }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && create => Self::make(path),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Problem::new(
                "key_missing",
                "找不到密钥文件，数据库里加密的内容读不出来",
                "请把备份的密钥文件放回此处，或用 --key 指明它在哪里",
            )
            .at(show(path))),
            Err(error) => {
                Err(Problem::new("key_unreadable", format!("读不了密钥文件：{error}"), "请检查文件权限")
                    .at(show(path)))
            }
        }
    }

    fn make(path: &Path) -> Result<Self, Problem> {
        let made = Self::by_chance();
        let master = made.ok_or_else(|| Problem::new("no_chance", "系统给不出随机数", "请检查系统"))?.master;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(path)
            .and_then(|mut file| writeln!(file, "{}", encode(&master)).and_then(|()| file.sync_all()))
            .map_err(|error| {
                Problem::new("key_unwritable", format!("写不了密钥文件：{error}"), "请换一个可写的文件夹")
                    .at(show(path))
            })?;
        Ok(Self { file: Some(path.into()), ..Self::new(master) })
    }

    /// The key for one purpose.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        derived(&self.master, purpose)
    }

    /// A keyed hash for exact search over a sealed column: 64 hexadecimal characters. `column` is
    /// `table.column`, with the station appended where a hash must not be comparable between stations.
    #[must_use]
    pub fn lookup(&self, column: &str, value: &str) -> String {
        encode(&mac(&self.lookup, &[column.as_bytes(), value.as_bytes()]))
    }

    /// The key that values are sealed with.
    pub(crate) fn seal(&self) -> &[u8; 32] {
        &self.seal
    }

    /// What a database stores to recognise its key: reveals nothing of it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        encode(&mac(&self.derive("fingerprint"), &[b"kapok"]))[..16].to_owned()
    }
}

impl Keys {
    /// New keys of fresh chance, in no file.
    pub(crate) fn by_chance() -> Option<Self> {
        let mut master = [0; 32];
        getrandom::fill(&mut master).ok()?;
        Some(Self::new(master))
    }

    /// This key, wrapped by another: what a database keeps of it, in hexadecimal.
    pub(crate) fn wrapped_by(&self, other: &Self) -> Option<String> {
        let mut bytes = vec![0; WRAP_NONCE];
        getrandom::fill(&mut bytes).ok()?;
        let nonce = XNonce::try_from(&bytes[..]).ok()?;
        let payload = Payload { msg: &self.master, aad: WRAPPED };
        bytes.extend(XChaCha20Poly1305::new(&other.derive("wrap").into()).encrypt(&nonce, payload).ok()?);
        Some(encode(&bytes))
    }

    /// The key that this one wrapped.
    pub(crate) fn unwrap_key(&self, wrapped: &str) -> Option<Self> {
        let bytes = decode(wrapped)?;
        let (nonce, sealed) = bytes.split_at_checked(WRAP_NONCE)?;
        let payload = Payload { msg: sealed, aad: WRAPPED };
        let cipher = XChaCha20Poly1305::new(&self.derive("wrap").into());
        let master = cipher.decrypt(&XNonce::try_from(nonce).ok()?, payload).ok()?;
        Some(Self::new(master.try_into().ok()?))
    }
}

fn derived(master: &[u8; 32], purpose: &str) -> [u8; 32] {
    let mut key = [0; 32];
    // 32 bytes is within HKDF's limit of 255 hashes, the only error there is.
    let filled = Hkdf::<Sha256>::new(None, master).expand(purpose.as_bytes(), &mut key);
    debug_assert!(filled.is_ok());
    key
}

/// HMAC-SHA256 over length-prefixed parts.
pub(crate) fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Lower-case hexadecimal.
pub(crate) fn encode(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes from hexadecimal, or nothing where it is not.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

fn parse(text: &str) -> Option<[u8; 32]> {
    decode(text)?.try_into().ok()
}

fn show(path: &Path) -> String {
    PathBuf::from(path).display().to_string()
}
