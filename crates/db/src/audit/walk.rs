//! One walk along a chain: which lines do not follow from those before them, and what was done to them. Sees no
//! connection.

use std::fmt;

use kernel::Id;

use super::verify::AuditHead;
use super::{AuditLine, WHOLE, before_first};

/// Lines kept to tell a changed order from changed content; what else does not follow is counted as altered.
const SUSPECTS: usize = 16;

/// A line as it is stored: number, keyed hash, content.
pub(super) type Found = (i64, String, AuditLine);

/// What is wrong with a chain, said from the first line concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditFault {
    /// The chain: a station's id or [`super::WHOLE`].
    pub chain: Id,
    /// The first line concerned.
    pub seq: i64,
    /// How many lines are.
    pub lines: i64,
    /// What was done.
    pub kind: FaultKind,
}

/// What was done to a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The content or keyed hash of a line is not what was written.
    Altered,
    /// Lines between others are gone.
    Missing,
    /// Lines stand in each other's place.
    Reordered,
    /// Lines at the end are gone.
    CutOff,
    /// The end of the chain is not what was kept of it.
    HeadAltered,
    /// Nothing is kept of where the chain ends.
    HeadMissing,
}

impl fmt::Display for AuditFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { chain, seq, lines, kind } = self;
        if *chain == WHOLE {
            write!(f, "全库审计链")?;
        } else {
            write!(f, "站点 {chain} 的审计链")?;
        }
        match kind {
            FaultKind::Altered => write!(f, "从第 {seq} 行起有 {lines} 行被改动过"),
            FaultKind::Missing => write!(f, "从第 {seq} 行起中间缺了 {lines} 行"),
            FaultKind::Reordered => write!(f, "从第 {seq} 行起有 {lines} 行的次序被调换过"),
            FaultKind::CutOff => write!(f, "从第 {seq} 行起末尾被截去 {lines} 行"),
            FaultKind::HeadAltered => write!(f, "到第 {seq} 行为止，链尾的记载与末行不符"),
            FaultKind::HeadMissing => write!(f, "到第 {seq} 行为止，链尾的记载被删去"),
        }?;
        f.write_str("。请保留现状，用最近的备份核对是谁在何时改动的")
    }
}

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
    more: i64,
    /// The first line of a gap, and how many lines are missing in all.
    missing: Option<(i64, i64)>,
    lines: i64,
}

impl Walk {
    pub(super) fn new(key: [u8; 32], chain: Id) -> Self {
        let previous = Some(before_first(chain));
        Self { key, chain, expected: 1, previous, suspects: Vec::new(), more: 0, missing: None, lines: 0 }
    }

    /// Takes the next line, in the order of the numbers.
    pub(super) fn step(&mut self, (seq, mac, line): Found) {
        if seq > self.expected {
            let (first, count) = self.missing.unwrap_or((self.expected, 0));
            self.missing = Some((first, count + seq - self.expected));
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
            self.more += 1;
        }
    }

    /// What the walk found, with where the chain is said to end.
    pub(super) fn finish(self, head: Option<AuditHead>) -> Vec<AuditFault> {
        let hashes = self.hashes();
        let (altered, reordered) = self.told_apart(&hashes);
        let mut faults = Vec::new();
        let mut tell = |kind, seq: Option<i64>, lines| {
            faults.extend(seq.map(|seq| AuditFault { chain: self.chain, seq, lines, kind }));
        };
        if let Some((first, count)) = self.missing {
            tell(FaultKind::Missing, Some(first), count);
        }
        let count = |seqs: &[i64]| i64::try_from(seqs.len()).unwrap_or(i64::MAX);
        tell(FaultKind::Altered, altered.first().copied(), count(&altered) + self.more);
        tell(FaultKind::Reordered, reordered.first().copied(), count(&reordered));
        let last = self.expected - 1;
        match head {
            None if self.lines > 0 => tell(FaultKind::HeadMissing, Some(last), 1),
            Some(head) if head.seq > last => tell(FaultKind::CutOff, Some(last + 1), head.seq - last),
            Some(head) if head.seq < last || !self.ends_with(&hashes, &head) => {
                tell(FaultKind::HeadAltered, Some(last), 1);
            }
            _ => {}
        }
        faults.sort_by_key(|fault| fault.seq);
        faults
    }

    /// The numbers of the suspects that were altered, and of those that stand in each other's place.
    fn told_apart(&self, hashes: &[String]) -> (Vec<i64>, Vec<i64>) {
        let (mut altered, mut reordered) = (Vec::new(), Vec::new());
        for suspect in &self.suspects {
            let follows = |seq: i64| {
                hashes.iter().any(|before| suspect.line.chained(&self.key, seq, before) == suspect.mac)
            };
            if follows(suspect.seq) {
                continue; // Sound itself: only the line before it is not.
            }
            let elsewhere = self.suspects.iter().any(|other| other.seq != suspect.seq && follows(other.seq));
            if elsewhere { &mut reordered } else { &mut altered }.push(suspect.seq);
        }
        // Lines put together from several copies of a database may each be sound: they are not one chain all the same.
        if altered.is_empty() && reordered.is_empty() {
            altered.extend(self.suspects.first().map(|suspect| suspect.seq));
        }
        (altered, reordered)
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
