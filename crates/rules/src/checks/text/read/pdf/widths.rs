//! Widths of CID fonts, spelled out glyph by glyph.
//!
//! ISO 32000-1, 9.7.4.3 gives widths as `c [w1 w2 …]` or as a range `first last w`. The PDF library misreads the
//! second form, so that whole fonts have no width and their letters land in the wrong order: ranges are rewritten in
//! the first form before it looks. Nothing else of the document is touched.

use pdf_extract::{Dictionary, Document, Object};

/// Most glyphs one range may cover: a font has no more.
const MOST: i64 = 65_536;

/// Rewrites every range in every font's widths.
pub(super) fn spell_out(document: &mut Document) {
    let mut indirect = Vec::new();
    for object in document.objects.values_mut() {
        let Ok(font) = object.as_dict_mut() else { continue };
        if !is_cid_font(font) {
            continue;
        }
        match font.get_mut(b"W") {
            Ok(Object::Array(widths)) => *widths = listed(std::mem::take(widths)),
            Ok(Object::Reference(id)) => indirect.push(*id),
            _ => {}
        }
    }
    for id in indirect {
        if let Some(Object::Array(widths)) = document.objects.get_mut(&id) {
            *widths = listed(std::mem::take(widths));
        }
    }
}

fn is_cid_font(font: &Dictionary) -> bool {
    let subtype = font.get(b"Subtype").and_then(Object::as_name);
    matches!(subtype, Ok(b"CIDFontType0" | b"CIDFontType2"))
}

/// The same widths without ranges; what is malformed ends the list, as there is no telling where it goes on.
fn listed(widths: Vec<Object>) -> Vec<Object> {
    let mut out = Vec::with_capacity(widths.len());
    let mut rest = widths.into_iter();
    while let Some(first) = rest.next() {
        match rest.next() {
            Some(list @ Object::Array(_)) => out.extend([first, list]),
            Some(last) => {
                let (Some(width), Ok(from), Ok(to)) = (rest.next(), first.as_i64(), last.as_i64()) else {
                    break;
                };
                let Some(count) = to.checked_sub(from).filter(|count| (0..MOST).contains(count)) else {
                    break;
                };
                let same = std::iter::repeat_n(width, usize::try_from(count).unwrap_or(0) + 1);
                out.extend([first, Object::Array(same.collect())]);
            }
            None => break,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Object, listed};

    #[test]
    fn ranges_become_lists() {
        let int = Object::Integer;
        let list = |numbers: &[i64]| Object::Array(numbers.iter().copied().map(int).collect());
        let check = |widths: Vec<Object>, expected: Vec<Object>| assert_eq!(listed(widths), expected);
        check(vec![int(3), int(5), int(500)], vec![int(3), list(&[500, 500, 500])]);
        check(
            vec![int(1), list(&[7, 8]), int(9), int(9), int(600)],
            vec![int(1), list(&[7, 8]), int(9), list(&[600])],
        );
        check(vec![int(5), int(3), int(500)], vec![]);
        check(vec![int(0), int(i64::MAX), int(500)], vec![]);
        check(vec![int(1)], vec![]);
    }
}
