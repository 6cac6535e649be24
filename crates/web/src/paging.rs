//! Long lists in pages.

use std::ops::Range;

use crate::Fault;

/// One page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// Which page, from 1.
    pub number: usize,
    /// How many entries a full page has; at least 1.
    pub size: usize,
    /// How many entries the list has.
    pub total: usize,
}

impl Paging {
    /// Page `number` of a list of `total` entries.
    ///
    /// # Errors
    /// The list ends before that page; the fault says where.
    pub fn new(number: usize, size: usize, total: usize) -> Result<Self, Fault> {
        let paging = Self { number, size: size.max(1), total };
        if (1..=paging.last()).contains(&number) {
            return Ok(paging);
        }
        let remedy = format!("一共 {} 条，最后一页是 page={}", total, paging.last());
        Err(Fault::not_found("no_such_page", format!("没有第 {number} 页"), remedy))
    }

    /// The number of the last page; an empty list has one, too.
    #[must_use]
    pub fn last(&self) -> usize {
        self.total.div_ceil(self.size).max(1)
    }

    /// Which entries stand on this page.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        let start = (self.number - 1) * self.size;
        start.min(self.total)..(start + self.size).min(self.total)
    }

    /// The page before, where there is one.
    #[must_use]
    pub fn previous(&self) -> Option<usize> {
        (self.number > 1).then(|| self.number - 1)
    }

    /// The page after, where there is one.
    #[must_use]
    pub fn next(&self) -> Option<usize> {
        (self.number < self.last()).then_some(self.number + 1)
    }
}
