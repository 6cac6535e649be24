//! Verifying chains against their heads, and heads that were kept elsewhere against the chains. Reads in pages.

use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Nullable, Text};
use kernel::{Id, Moment};

use super::anchor::{self, Register};
use super::faults::Ranges;
use super::walk::{Found, Walk};
use super::{AuditFault, AuditLine, FaultKind, WHOLE, audit_log};
use crate::{DbResult, Tx};

/// Lines read at a time.
const PAGE: i64 = 1000;

/// Where a chain ends: kept elsewhere, as backups keep it, it shows later that nothing was cut off.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName, serde::Serialize, serde::Deserialize)]
pub struct AuditHead {
    /// The chain: a station's id or [`super::WHOLE`].
    #[diesel(sql_type = Text)]
    #[diesel(column_name = station_id)]
    pub chain: Id,
    /// The number of its last line.
    #[diesel(sql_type = BigInt)]
    pub seq: i64,
    /// The keyed hash of its last line, in hexadecimal.
    #[diesel(sql_type = Text)]
    pub mac: String,
}

#[derive(QueryableByName)]
struct Next {
    #[diesel(sql_type = Nullable<Text>)]
    chain: Option<Id>,
}

impl Tx<'_> {
    /// The heads of all chains, in the order of their ids.
    ///
    /// # Errors
    /// What the database says.
    pub fn audit_heads(&mut self) -> DbResult<Vec<AuditHead>> {
        let mut heads: Vec<AuditHead> =
            sql_query("SELECT station_id, seq, mac FROM audit_heads").load(self.conn())?;
        heads.sort_by_key(|head| head.chain);
        Ok(heads)
    }

    /// Everything that is wrong with any chain; empty when nothing is.
    ///
    /// # Errors
    /// What the database says.
    pub fn verify_audit(&mut self) -> DbResult<Vec<AuditFault>> {
        let found = self.chains()?;
        let mut faults = Vec::new();
        let keys = self.keys();
        match anchor::register(self.conn(), keys)? {
            Register::Absent => {}
            Register::Altered => faults.push(AuditFault::of(WHOLE, FaultKind::RegisterAltered)),
            Register::Of(known) => {
                let missing = known.iter().filter(|chain| !found.contains(chain));
                faults.extend(missing.map(|chain| AuditFault::of(*chain, FaultKind::ChainMissing)));
                let unknown = found.iter().filter(|chain| !known.contains(chain));
                faults.extend(unknown.map(|chain| AuditFault::of(*chain, FaultKind::ChainUnknown)));
            }
        }
        for chain in found {
            faults.extend(self.verify_chain(chain)?);
        }
        faults.sort_by_key(|fault| fault.chain);
        Ok(faults)
    }

    /// When chains from before there were seals got theirs: what had been cut off by then is not found without heads kept
    /// elsewhere. Nothing in a database that was made with them; more than one moment, and somebody took them away.
    ///
    /// # Errors
    /// What the database says.
    pub fn audit_anchored(&mut self) -> DbResult<Vec<Moment>> {
        let lines = audit_log::table
            .filter(audit_log::station_id.eq(WHOLE))
            .filter(audit_log::verb.eq(anchor::ANCHORED))
            .order(audit_log::seq);
        Ok(lines.select(audit_log::at).load(self.conn())?)
    }

    /// Whether the chains still hold what these heads, kept elsewhere, say they once ended with. Finds what no look
    /// at the database alone can: a chain put back as it once was.
    ///
    /// # Errors
    /// What the database says.
    pub fn verify_heads(&mut self, heads: &[AuditHead]) -> DbResult<Vec<AuditFault>> {
        let mut faults = Vec::new();
        for head in heads {
            let mac: Option<String> = audit_log::table
                .find((head.chain, head.seq))
                .select(audit_log::mac)
                .first(self.conn())
                .optional()?;
            let (kind, first) = match mac {
                Some(mac) if mac == head.mac => continue,
                Some(_) => (FaultKind::Altered, head.seq),
                None => {
                    let of_chain = audit_log::table.filter(audit_log::station_id.eq(head.chain));
                    let before = of_chain.filter(audit_log::seq.lt(head.seq)).select(max(audit_log::seq));
                    match before.first::<Option<i64>>(self.conn())? {
                        Some(last) => (FaultKind::CutOff, last + 1),
                        None => (FaultKind::ChainMissing, 1),
                    }
                }
            };
            faults.push(AuditFault { chain: head.chain, kind, at: Ranges::one(first, head.seq) });
        }
        Ok(faults)
    }

    /// Every chain of which there is a line or a head, in the order of their ids.
    pub(super) fn chains(&mut self) -> DbResult<Vec<Id>> {
        let mut chains: Vec<Id> = self.audit_heads()?.into_iter().map(|head| head.chain).collect();
        let mut last = String::new();
        while let Some(chain) = self.chain_after(&last)? {
            last = chain.to_string();
            chains.push(chain);
        }
        chains.sort();
        chains.dedup();
        Ok(chains)
    }

    pub(super) fn verify_chain(&mut self, chain: Id) -> DbResult<Vec<AuditFault>> {
        let mut walk = Walk::new(self.keys().derive("audit"), chain);
        let mut after = i64::MIN;
        loop {
            let page: Vec<Found> = audit_log::table
                .filter(audit_log::station_id.eq(chain))
                .filter(audit_log::seq.gt(after))
                .order(audit_log::seq)
                .limit(PAGE)
                .select((audit_log::seq, audit_log::mac, AuditLine::as_select()))
                .load(self.conn())?;
            let Some((seq, ..)) = page.last() else { break };
            after = *seq;
            page.into_iter().for_each(|found| walk.step(found));
        }
        let head: Option<AuditHead> =
            sql_query("SELECT station_id, seq, mac FROM audit_heads WHERE station_id = $1")
                .bind::<Text, _>(chain)
                .get_result(self.conn())
                .optional()?;
        let keys = self.keys();
        let anchored = anchor::register(self.conn(), keys)? != Register::Absent;
        let mut faults = walk.finish(head.as_ref());
        let told = faults.iter().any(|fault| fault.kind.is_of_the_end());
        if let Some(head) = head.filter(|_| anchored && !told)
            && !anchor::sealed(self, chain, head.seq, &head.mac)?
        {
            let at = Ranges::one(head.seq, head.seq);
            faults.push(AuditFault { chain, kind: FaultKind::HeadUnsealed, at });
        }
        Ok(faults)
    }

    /// The first chain with lines whose id comes after this one: a seek in the index for each chain, not a scan.
    fn chain_after(&mut self, id: &str) -> DbResult<Option<Id>> {
        let next: Next = sql_query("SELECT MIN(station_id) AS chain FROM audit_log WHERE station_id > $1")
            .bind::<Text, _>(id)
            .get_result(self.conn())?;
        Ok(next.chain)
    }
}
