//! The headers that every answer carries, and those of a file to keep.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::Page;

/// Scripts, styles, pictures and what scripts ask for from here alone, none of them within a page, nothing embedded anywhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Adds what is not there yet.
pub(crate) fn add(headers: &mut HeaderMap) {
    let fixed: [(HeaderName, &'static str); 8] = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
        // What a page shows may change at any time and is nobody else's: ask again, and keep it to oneself.
        (header::CACHE_CONTROL, "private, no-cache"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// A page that no browser keeps: one with people on it.
///
/// # Errors
/// Those of the page.
pub fn unkept(page: Page) -> Page {
    let mut page = page?;
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(page)
}

/// The headers of a file to keep rather than to show: inside it our rules for pages need not hold, so no browser
/// may run or frame any of it.
///
/// `name` is a fixed name of ours: letters, digits, dots.
#[must_use]
pub fn download(name: &'static str, content_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    let sandbox = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(header::CONTENT_SECURITY_POLICY, sandbox);
    if let Ok(kept) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, kept);
    }
    headers
}

/// The headers of a file that somebody uploaded, of a type that was found in its content. `shown`: the browser may show
/// it in place of saving it; `viewer`: it does so with a viewer of its own, as for PDF.
///
/// None of it is taken for another type than was found, nothing in it runs, and were it to, it would be of no site. The
/// browser's own frame around a picture or a PDF has inline styles; Safari's viewer of PDF needs leave to run its own
/// scripts, which that of a page would not have without a `script-src`.
#[must_use]
pub fn served(name: &str, content_type: &'static str, (shown, viewer): (bool, bool)) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    let policy = if viewer {
        "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'; sandbox allow-scripts"
    } else {
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    if let Ok(value) = HeaderValue::from_str(&disposition(name, shown)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers
}

/// How to take a file, and under which name: in UTF-8 after RFC 8187, and for old readers with its ASCII signs alone.
fn disposition(name: &str, shown: bool) -> String {
    use std::fmt::Write as _;
    let how = if shown { "inline" } else { "attachment" };
    let plain = |sign: char| if sign.is_ascii_alphanumeric() || ".-_".contains(sign) { sign } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    let encoded = name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    });
    format!("{how}; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}
