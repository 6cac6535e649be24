//! Base64 (RFC 4648, with padding), as browsers write it.

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes of a text; nothing where it is no base64.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let padding = text.bytes().rev().take_while(|sign| *sign == b'=').count();
    if padding > 2 {
        return None;
    }
    let signs = &text.as_bytes()[..text.len() - padding];
    let mut values = [u8::MAX; 256];
    for (value, sign) in (0..).zip(SIGNS) {
        values[usize::from(*sign)] = value;
    }
    let mut bytes = Vec::with_capacity(signs.len() / 4 * 3 + 2);
    let (mut held, mut bits) = (0_u32, 0);
    for sign in signs {
        let value = values[usize::from(*sign)];
        if value == u8::MAX {
            return None;
        }
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// The text of bytes.
#[cfg(test)]
pub(super) fn encode(bytes: &[u8]) -> String {
    bytes
        .chunks(3)
        .flat_map(|three| {
            let held = three.iter().fold(0_u32, |held, byte| held << 8 | u32::from(*byte))
                << (8 * (3 - three.len()));
            (0..4).map(move |at| match at <= three.len() {
                true => char::from(SIGNS[(held >> (18 - 6 * at) & 63) as usize]),
                false => '=',
            })
        })
        .collect()
}

#[test]
fn what_is_encoded_is_decoded() {
    for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
        assert_eq!(
            (encode(bytes.as_bytes()).as_str(), decode(text).unwrap()),
            (text, bytes.as_bytes().to_vec())
        );
    }
    for wrong in ["Zg=", "Z===", "Zg==Zg==x", "Z*8=", "====", "汉"] {
        assert_eq!(decode(wrong), None, "{wrong}");
    }
}
