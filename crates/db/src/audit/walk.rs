//! One walk along a chain: which lines do not follow from those before them, and what was done to them. Sees no
//! connection.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Id;

use super::faults::Ranges;
use super::verify::AuditHead;
use super::{AuditFault, AuditLine, FaultKind, before_first};

/// Lines kept to tell a changed order from changed content, for which each is tried in the place of each; what else does not
/// follow is counted as altered.
const SUSPECTS: usize = 256;

/// A line as it is stored: number, keyed hash, content.
pub(super) type Found = (i64, String, AuditLine);

/// A line that does not follow from the one before it.
struct Suspect {
    seq: i64,
    mac: String,
    line: AuditLine,
    /// The hash stored before it, and the hash it should itself have after that.
    previous: String,
    computed: String,
}

pub(super) struct Walk {
    key: [u8; 32],
    chain: Id,
    expected: i64,
    /// The stored hash of the line before; unknown after a gap.
    previous: Option<String>,
    suspects: Vec<Suspect>,
    /// Suspects beyond those that are kept.
    more: Ranges,
    missing: Ranges,
    lines: i64,
}

impl Walk {
    pub(super) fn new(key: [u8; 32], chain: Id) -> Self {
        let previous = Some(before_first(chain));
        Self {
            key,
            chain,
            expected: 1,
            previous,
            suspects: Vec::new(),
            more: Ranges::default(),
            missing: Ranges::default(),
            lines: 0,
        }
    }

    /// Takes the next line, in the order of the numbers.
    pub(super) fn step(&mut self, (seq, mac, line): Found) {
        if seq > self.expected {
            self.missing.add(self.expected, seq - 1);
            self.previous = None;
        }
        if let Some(previous) = self.previous.take() {
            let computed = line.chained(&self.key, seq, &previous);
            // Chains from before they began with their id began with nothing.
            let old_first = seq == 1 && line.chained(&self.key, seq, "") == mac;
            if computed != mac && !old_first {
                self.suspect(Suspect { seq, mac: mac.clone(), line, previous, computed });
            }
        }
        self.previous = Some(mac);
        self.expected = self.expected.max(seq + 1);
        self.lines += 1;
    }

    fn suspect(&mut self, suspect: Suspect) {
        if self.suspects.len() < SUSPECTS {
            self.suspects.push(suspect);
        } else {
            self.more.add(suspect.seq, suspect.seq);
        }
    }

    /// What the walk found, with where the chain is said to end.
    pub(super) fn finish(self, head: Option<&AuditHead>) -> Vec<AuditFault> {
        let hashes = self.hashes();
        let (mut altered, reordered) = self.told_apart(&hashes);
        altered.extend(&self.more);
        let last = self.expected - 1;
        let end = match head {
            None if self.lines > 0 => Some((FaultKind::HeadMissing, Ranges::one(last, last))),
            Some(head) if head.seq > last => Some((FaultKind::CutOff, Ranges::one(last + 1, head.seq))),
            Some(head) if head.seq < last || !self.ends_with(&hashes, head) => {
                Some((FaultKind::HeadAltered, Ranges::one(last, last)))
            }
            _ => None,
        };
        let found = [
            (FaultKind::Missing, self.missing),
            (FaultKind::Altered, altered),
            (FaultKind::Reordered, reordered),
        ];
        let found = found.into_iter().filter(|(_, at)| at.lines > 0).chain(end);
        let mut faults: Vec<_> = found.map(|(kind, at)| AuditFault { chain: self.chain, kind, at }).collect();
        faults.sort_by_key(AuditFault::seq);
        faults
    }

    /// The suspects that were altered, and those that stand in each other's place.
    fn told_apart(&self, hashes: &[String]) -> (Ranges, Ranges) {
        let written = self.written_at(hashes);
        let (mut altered, mut reordered) = (Ranges::default(), Ranges::default());
        for (at, suspect) in self.suspects.iter().enumerate() {
            match written.get(&at) {
                Some(seq) if *seq == suspect.seq => {} // Sound itself: only the line before it is not.
                Some(_) => reordered.add(suspect.seq, suspect.seq),
                None => altered.add(suspect.seq, suspect.seq),
            }
        }
        // Lines put together from several copies of a database may each be sound: they are not one chain all the same.
        if let Some(first) = self.suspects.first().filter(|_| altered.lines + reordered.lines == 0) {
            altered.add(first.seq, first.seq);
        }
        (altered, reordered)
    }

    /// The number that each suspect had when it was written, where it is found: its own, or that of another. A number is tried
    /// with what stands before it now, with what should, and with the line that is found to have been before it.
    fn written_at(&self, hashes: &[String]) -> BTreeMap<usize, i64> {
        let follows = |suspect: &Suspect, seq: i64, before: &str| {
            suspect.line.chained(&self.key, seq, before) == suspect.mac
        };
        let mut written = BTreeMap::new();
        let mut open: BTreeSet<usize> = (0..self.suspects.len()).collect();
        let mut next: Vec<(i64, &str)> = self.suspects.iter().map(|s| (s.seq, s.previous.as_str())).collect();
        for (at, suspect) in self.suspects.iter().enumerate() {
            if hashes.iter().any(|before| follows(suspect, suspect.seq, before)) {
                written.insert(at, suspect.seq);
                open.remove(&at);
                next.push((suspect.seq + 1, &suspect.mac));
            }
        }
        while let Some((seq, before)) = next.pop() {
            let here = open.iter().copied().find(|at| follows(&self.suspects[*at], seq, before));
            if let Some(at) = here {
                written.insert(at, seq);
                open.remove(&at);
                next.push((seq + 1, &self.suspects[at].mac));
            }
        }
        written
    }

    /// Every hash that may have stood before a suspect when it was written.
    fn hashes(&self) -> Vec<String> {
        let of = |s: &Suspect| [s.previous.clone(), s.mac.clone(), s.computed.clone()];
        let mut hashes: Vec<String> = self.suspects.iter().flat_map(of).collect();
        hashes.sort();
        hashes.dedup();
        hashes
    }

    /// Whether the head is the last line's hash; where the last line is a suspect, the fault is the line's.
    fn ends_with(&self, hashes: &[String], head: &AuditHead) -> bool {
        self.previous.as_ref() == Some(&head.mac) || hashes.contains(&head.mac)
    }
}
