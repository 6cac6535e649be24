//! The certificate of the site: the files one has, or one made here, kept, and made anew in time.
//!
//! Not here: listening, and who may sign in.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::net::IpAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{Datelike as _, Days, NaiveDate};
use kernel::{Moment, Problem};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest as _, Sha256};
use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate};

use crate::args::Tls;
use crate::place;
use crate::trouble::Trouble;

/// The folder of the certificate made here.
const FOLDER: &str = "tls";
/// For how long such a certificate holds: telephones take none for much longer than two years.
const HOLDS: Days = Days::new(730);
/// Days before its end from which on a certificate is made anew, or its owner told.
const SOON: Days = Days::new(30);

/// What the site needs to answer over TLS.
pub struct Ready {
    /// For the server.
    pub config: Arc<ServerConfig>,
    /// The certificate's file, for clients that are told to trust it.
    pub file: PathBuf,
    /// SHA-256 of the certificate, as browsers show it: `AA:BB:…`.
    pub fingerprint: String,
    /// Something the person at the terminal should know.
    pub note: Option<String>,
}

/// Loads the certificate, making the one kept in `dir` where it is missing, nearly over or without one of `names`.
///
/// # Errors
/// A file cannot be read or written, holds no certificate or key, or the two do not belong together.
pub fn ready(tls: &Tls, dir: &Path, names: &[String], now: Moment) -> Result<Ready, Trouble> {
    let soon = now.day() + SOON;
    match tls {
        Tls::Files { cert, key } => {
            let (config, seen) = load(cert, key)?;
            let note = (seen.until < soon)
                .then(|| format!("证书 {} 到 {} 为止，请尽快更换", cert.display(), seen.until));
            Ok(Ready { config, file: cert.clone(), fingerprint: seen.fingerprint, note })
        }
        Tls::Own => {
            let folder = dir.join(FOLDER);
            let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
            let wanted = wanted(names);
            let kept = if cert.exists() { load(&cert, &key).ok() } else { None };
            let good = kept.filter(|(_, seen)| seen.until >= soon && wanted.is_subset(&seen.names));
            let (found, note) = match good {
                Some(found) => (found, None),
                None => {
                    let anew = cert.exists().then(|| "证书已重新制作，请让大家核对新的指纹".to_owned());
                    make(&folder, &cert, &key, &wanted, now.day())?;
                    (load(&cert, &key)?, anew)
                }
            };
            Ok(Ready { config: found.0, file: cert, fingerprint: found.1.fingerprint, note })
        }
    }
}

/// The names that a certificate made here bears: this machine's, and those given; addresses in their usual form, as
/// they are read from a certificate.
fn wanted(names: &[String]) -> BTreeSet<String> {
    let machine = gethostname::gethostname().to_string_lossy().into_owned();
    let usual = ["localhost".to_owned(), "127.0.0.1".to_owned(), machine];
    let all =
        usual.into_iter().chain(names.iter().cloned()).filter(|name| !name.is_empty() && name.is_ascii());
    all.map(|name| match name.parse::<IpAddr>() {
        Ok(address) => address.to_string(),
        Err(_) => name.to_lowercase(),
    })
    .collect()
}

/// Makes a key and a certificate for it. The key comes first: without a certificate it is no use, and the pair is
/// then made anew.
fn make(
    folder: &Path,
    cert: &Path,
    key: &Path,
    names: &BTreeSet<String>,
    day: NaiveDate,
) -> Result<(), Trouble> {
    let unmade = |error: rcgen::Error| {
        let what = format!("证书没有做成（{error}）");
        Trouble::from(Problem::new("no_certificate", what, "请核对 --tls-name 的主机名或地址"))
    };
    let pair = KeyPair::generate().map_err(unmade)?;
    let mut params = CertificateParams::new(names.iter().cloned().collect::<Vec<_>>()).map_err(unmade)?;
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CommonName, "Kapok");
    params.distinguished_name = subject;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let midnight = |day: NaiveDate| rcgen::date_time_ymd(day.year(), part(day.month()), part(day.day()));
    // A clock that is a day behind must not refuse it.
    (params.not_before, params.not_after) = (midnight(day - Days::new(1)), midnight(day + HOLDS));
    let signed = params.self_signed(&pair).map_err(unmade)?;
    std::fs::create_dir_all(folder).map_err(|error| Trouble::with("建不了文件夹", folder, &error))?;
    write_secret(key, &pair.serialize_pem())?;
    place::write_whole(cert, &signed.pem())
}

/// Writes a file that only its owner may read.
fn write_secret(path: &Path, text: &str) -> Result<(), Trouble> {
    let draft = path.with_extension("writing");
    let _ = std::fs::remove_file(&draft);
    let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.and_then(|()| std::fs::rename(&draft, path)).map_err(|error| {
        let _ = std::fs::remove_file(&draft);
        Trouble::with("写不了文件", path, &error)
    })
}

/// What a certificate says of itself.
struct Seen {
    until: NaiveDate,
    names: BTreeSet<String>,
    fingerprint: String,
}

fn load(cert: &Path, key: &Path) -> Result<(Arc<ServerConfig>, Seen), Trouble> {
    let chain: Result<Vec<CertificateDer<'static>>, _> = match CertificateDer::pem_file_iter(cert) {
        Ok(found) => found.collect(),
        Err(error) => Err(error),
    };
    let chain = chain.map_err(|error| unread(cert, "证书", &error))?;
    let seen = chain.first().and_then(|first| seen(first)).ok_or_else(|| {
        let what = "这个文件里没有证书";
        Problem::new("no_certificate", what, "要 PEM 格式，以 -----BEGIN CERTIFICATE----- 开头")
            .at(cert.display().to_string())
    })?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| unread(key, "私钥", &error))?;
    let provider = Arc::new(ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private));
    let mut config = config.map_err(|error| {
        let what = format!("证书和私钥不能一起用（{error}）");
        Problem::new("certificate_mismatch", what, "请核对两个文件是不是一对").at(key.display().to_string())
    })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((Arc::new(config), seen))
}

fn unread(path: &Path, what: &str, error: &rustls::pki_types::pem::Error) -> Trouble {
    if let rustls::pki_types::pem::Error::Io(error) = error {
        return Trouble::with("读不了文件", path, error);
    }
    let what = format!("这个文件里没有{what}（{error}）");
    Problem::new("no_certificate", what, "要 PEM 格式，用“证书.pem,私钥.pem”写出两个文件")
        .at(path.display().to_string())
        .into()
}

fn seen(der: &CertificateDer<'_>) -> Option<Seen> {
    let (_, parsed) = X509Certificate::from_der(der).ok()?;
    let until = Moment::from_micros(parsed.validity().not_after.timestamp().checked_mul(1_000_000)?).day();
    let names = parsed.subject_alternative_name().ok().flatten();
    let names = names.map(|names| names.value.general_names.iter().filter_map(name).collect());
    let fingerprint = Sha256::digest(der).iter().fold(String::new(), |mut text, byte| {
        let colon = if text.is_empty() { "" } else { ":" };
        let _ = write!(text, "{colon}{byte:02X}");
        text
    });
    Some(Seen { until, names: names.unwrap_or_default(), fingerprint })
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(name.to_lowercase()),
        GeneralName::IPAddress(bytes) => {
            let four = <[u8; 4]>::try_from(*bytes).map(IpAddr::from);
            let address = four.or_else(|_| <[u8; 16]>::try_from(*bytes).map(IpAddr::from));
            address.ok().map(|address| address.to_string())
        }
        _ => None,
    }
}
