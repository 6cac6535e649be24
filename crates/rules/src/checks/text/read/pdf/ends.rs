//! What of a PDF would never end: pages whose parents go round in a ring, forms that draw themselves, forms drawn so
//! often that little of the file becomes endless work. The PDF library follows all of it without a limit, and a stack
//! that overflows takes the whole process with it; so it is looked at before. It reads no text.

use std::collections::HashMap;
use std::rc::Rc;

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use crate::checks::text::read::ReadError;

/// Most steps from a page to the root of its tree.
const MOST_PARENTS: usize = 64;
/// Most forms inside forms.
const MOST_DEPTH: usize = 24;
/// Most forms drawn on all pages together.
const MOST_DRAWN: usize = 100_000;
/// Most bytes of all drawn forms together, each counted as often as it is drawn (256 MiB).
const MOST_BYTES: usize = 256 << 20;

/// Refuses a document whose pages or forms have no end.
pub(super) fn check(document: &Document) -> Result<(), ReadError> {
    let mut walk = Walk { document, known: HashMap::new(), drawn: MOST_DRAWN, bytes: MOST_BYTES };
    for id in document.get_pages().into_values() {
        let resources = resources(document, id)?;
        if let Some(resources) = resources {
            let content = document.get_page_content(id).unwrap_or_default();
            walk.draw(&drawn_in(&content), resources, MOST_DEPTH)?;
        }
    }
    Ok(())
}

/// The resources of a page or of the nearest parent that has some.
fn resources(document: &Document, page: ObjectId) -> Result<Option<&Dictionary>, ReadError> {
    let mut found = None;
    let mut at = document.get_dictionary(page).ok();
    for _ in 0..MOST_PARENTS {
        let Some(here) = at else { return Ok(found) };
        found = found.or_else(|| dictionary(document, here.get(b"Resources").ok()?));
        let parent = here.get(b"Parent").and_then(Object::as_reference);
        at = parent.ok().and_then(|id| document.get_dictionary(id).ok());
    }
    Err(ReadError::Damaged("PDF 的页面层次没有尽头".into()))
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    document.dereference(object).ok()?.1.as_dict().ok()
}

/// The names drawn, and how many bytes say so.
type Content = Rc<(Vec<Vec<u8>>, usize)>;

struct Walk<'a> {
    document: &'a Document,
    known: HashMap<ObjectId, Content>,
    drawn: usize,
    bytes: usize,
}

impl<'a> Walk<'a> {
    fn draw(&mut self, names: &[Vec<u8>], resources: &'a Dictionary, depth: usize) -> Result<(), ReadError> {
        for name in names {
            let Some((id, form)) = self.form(resources, name) else { continue };
            let content = self.content(id, form);
            let left = (self.drawn.checked_sub(1), self.bytes.checked_sub(content.1), depth.checked_sub(1));
            let (Some(drawn), Some(bytes), Some(depth)) = left else {
                return Err(ReadError::Damaged("PDF 的图形反复嵌套".into()));
            };
            (self.drawn, self.bytes) = (drawn, bytes);
            let own = form.dict.get(b"Resources").ok().and_then(|r| dictionary(self.document, r));
            self.draw(&content.0, own.unwrap_or(resources), depth)?;
        }
        Ok(())
    }

    fn form(&self, resources: &'a Dictionary, name: &[u8]) -> Option<(ObjectId, &'a Stream)> {
        let forms = dictionary(self.document, resources.get(b"XObject").ok()?)?;
        let (id, object) = self.document.dereference(forms.get(name).ok()?).ok()?;
        Some((id?, object.as_stream().ok()?))
    }

    fn content(&mut self, id: ObjectId, form: &Stream) -> Content {
        let read = || {
            let unpacked = form.decompressed_content().ok();
            let content = unpacked.as_deref().unwrap_or(&form.content);
            Rc::new((drawn_in(content), content.len()))
        };
        Rc::clone(self.known.entry(id).or_insert_with(read))
    }
}

/// The names before the operator Do.
fn drawn_in(content: &[u8]) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for at in memchr::memmem::find_iter(content, b"Do") {
        let before = content[..at].trim_ascii_end();
        let start = before.iter().rposition(|b| !b.is_ascii_graphic() || *b == b'/');
        if let Some(start) = start.filter(|s| before[*s] == b'/') {
            out.push(spelled_out(&before[start + 1..]));
        }
    }
    out
}

/// `A#42` is AB.
fn spelled_out(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let [first, tail @ ..] = rest {
        let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        match (first, tail) {
            (b'#', [a, b, after @ ..]) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => {
                out.push(digit(a).unwrap_or(0) * 16 + digit(b).unwrap_or(0));
                rest = after;
            }
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
