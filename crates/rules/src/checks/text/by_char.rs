//! Lists found by a first character without hashing: a table over the Han characters, and a short list for the rest.

/// Lists of `T` by character.
pub(super) struct ByChar<T> {
    /// For each Han character one more than the place of its list, or 0.
    han: Vec<u16>,
    lists: Vec<Vec<T>>,
    rest: Vec<(char, usize)>,
}

const FIRST: u32 = 0x4e00;
const COUNT: usize = 0x5200;

impl<T> ByChar<T> {
    pub(super) fn new(items: impl Iterator<Item = (char, T)>) -> Self {
        let mut out = Self { han: vec![0; COUNT], lists: Vec::new(), rest: Vec::new() };
        for (c, item) in items {
            let place = out.place(c).unwrap_or_else(|| out.add(c));
            out.lists[place].push(item);
        }
        out
    }

    pub(super) fn get(&self, c: char) -> &[T] {
        self.place(c).map_or(&[], |place| &self.lists[place])
    }

    /// The lists, for sorting once after they are filled.
    pub(super) fn lists_mut(&mut self) -> impl Iterator<Item = &mut Vec<T>> {
        self.lists.iter_mut()
    }

    fn place(&self, c: char) -> Option<usize> {
        match self.han.get((c as u32).wrapping_sub(FIRST) as usize) {
            Some(place) => place.checked_sub(1).map(usize::from),
            None => self.rest.iter().find(|(r, _)| *r == c).map(|(_, place)| *place),
        }
    }

    fn add(&mut self, c: char) -> usize {
        let place = self.lists.len();
        self.lists.push(Vec::new());
        match (self.han.get_mut((c as u32).wrapping_sub(FIRST) as usize), u16::try_from(place + 1)) {
            (Some(slot), Ok(next)) => *slot = next,
            _ => self.rest.push((c, place)),
        }
        place
    }
}
