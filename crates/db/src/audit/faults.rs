//! What can be wrong with a chain, and the lines concerned, in words. Not how it is found.

use std::fmt;

use kernel::Id;

use super::WHOLE;

/// Ranges that are kept and said; lines beyond them are counted.
const RANGES: usize = 200;
/// Ranges that are said in a sentence.
const SAID: usize = 20;

/// What is wrong with a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFault {
    /// The chain: a station's id or [`super::WHOLE`].
    pub chain: Id,
    /// What was done.
    pub kind: FaultKind,
    /// The lines concerned; none where nobody knows how many there were.
    pub at: Ranges,
}

/// Numbers of lines, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranges {
    /// The first and last number of each run; at most two hundred are kept.
    pub runs: Vec<(i64, i64)>,
    /// How many lines in all.
    pub lines: i64,
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
    /// Where the chain ends was not written by the program: a tail was cut off together with it.
    HeadUnsealed,
    /// The whole chain is gone.
    ChainMissing,
    /// A chain that the register does not know.
    ChainUnknown,
    /// The register of chains is not what was written.
    RegisterAltered,
}

impl FaultKind {
    /// Whether it says that the end is not what it was.
    pub(super) fn is_of_the_end(self) -> bool {
        matches!(self, Self::CutOff | Self::HeadAltered | Self::HeadMissing)
    }

    /// The stable word for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Missing => "missing",
            Self::Reordered => "reordered",
            Self::CutOff => "cut_off",
            Self::HeadAltered => "head_altered",
            Self::HeadMissing => "head_missing",
            Self::HeadUnsealed => "head_unsealed",
            Self::ChainMissing => "chain_missing",
            Self::ChainUnknown => "chain_unknown",
            Self::RegisterAltered => "register_altered",
        }
    }
}

impl AuditFault {
    /// One that concerns a chain as a whole.
    pub(super) fn of(chain: Id, kind: FaultKind) -> Self {
        Self { chain, kind, at: Ranges::default() }
    }

    /// The first line concerned; 0 where it is the chain as a whole.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.at.runs.first().map_or(0, |(first, _)| *first)
    }
}

impl Ranges {
    /// The numbers from one to another.
    #[must_use]
    pub fn one(first: i64, last: i64) -> Self {
        Self { runs: vec![(first, last)], lines: last - first + 1 }
    }

    /// Adds numbers that come after those there are.
    pub(super) fn add(&mut self, first: i64, last: i64) {
        self.lines += last - first + 1;
        if let Some((_, end)) = self.runs.last_mut().filter(|(_, end)| *end + 1 == first) {
            *end = last;
        } else if self.runs.len() < RANGES {
            self.runs.push((first, last));
        }
    }

    /// Adds others that come after those there are.
    pub(super) fn extend(&mut self, others: &Self) {
        let kept: i64 = others.runs.iter().map(|(first, last)| last - first + 1).sum();
        others.runs.iter().for_each(|(first, last)| self.add(*first, *last));
        self.lines += others.lines - kept;
    }
}

impl fmt::Display for Ranges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = 0;
        f.write_str("第 ")?;
        for (at, (first, last)) in self.runs.iter().take(SAID).enumerate() {
            f.write_str(if at > 0 { "、" } else { "" })?;
            if first == last { write!(f, "{first}") } else { write!(f, "{first}–{last}") }?;
            said += last - first + 1;
        }
        if said == self.lines { f.write_str(" 行") } else { write!(f, " 行等共 {} 行", self.lines) }
    }
}

impl fmt::Display for AuditFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { chain, kind, at } = self;
        if *chain == WHOLE {
            write!(f, "全库审计链")?;
        } else {
            write!(f, "站点 {chain} 的审计链")?;
        }
        match kind {
            FaultKind::Altered => write!(f, "{at}被改动过"),
            FaultKind::Missing => write!(f, "中间缺了{at}"),
            FaultKind::Reordered => write!(f, "{at}的次序被调换过"),
            FaultKind::CutOff => write!(f, "末尾被截去，缺{at}"),
            FaultKind::HeadAltered => write!(f, "链尾的记载与末行不符（{at}）"),
            FaultKind::HeadMissing => write!(f, "链尾的记载被删去（末行是{at}）"),
            FaultKind::HeadUnsealed => {
                write!(f, "的链尾（{at}）没有有效的封记：末尾被截去过，截去了哪些行要与备份核对（--against）")
            }
            FaultKind::ChainMissing if at.lines == 0 => {
                write!(f, "整条被删去，有过多少行要与备份核对（--against）")
            }
            FaultKind::ChainMissing => write!(f, "整条被删去，缺{at}"),
            FaultKind::ChainUnknown => write!(f, "不在审计链的名册上：名册被换成了旧的"),
            FaultKind::RegisterAltered => write!(f, "所附的审计链名册被改动或删去"),
        }?;
        f.write_str("。请保留现状，用最近的备份核对是谁在何时改动的")
    }
}
