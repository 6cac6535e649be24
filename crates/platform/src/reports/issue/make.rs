//! A paper made: facts gathered in one reading, files rendered with no transaction open, kept among the uploaded files.

use db::{DbError, Tx};
use kernel::Id;
use paper::Fonts;
use rules::scoring::Paper;

use super::super::manifest::{Manifest, sha256};
use super::super::{Facts, MANIFEST, ReportText, Wanted, composed, files};
use super::archive::pack;
use super::store::{Issued, IssuedFile};
use crate::access::new_id;
use crate::evaluation::{self, Round};
use crate::shell::{App, Trouble};

/// The name of the archive among a paper's files.
pub(super) const ARCHIVE: &str = "archive.zip";

/// A paper that is made and kept, and not yet issued.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) round: Round,
    paper: Paper,
    seal: String,
    manifest_sha256: String,
    files: Vec<(String, String, i64)>,
    /// What it says.
    pub(super) text: ReportText,
}

/// The paper that a round hands out at its stage.
pub(super) fn paper_of(round: &Round) -> Option<Paper> {
    match round.stage {
        evaluation::Stage::Feedback => Some(Paper::Draft),
        evaluation::Stage::Issued => Some(Paper::Final),
        _ => None,
    }
}

/// Makes a paper; it takes seconds, and no transaction stays open for them.
///
/// # Errors
/// The report cannot be written, a font is missing, or the disk is full.
pub(super) fn make(app: &App, round: &Round, paper: Paper) -> Result<Made, Trouble> {
    let site = app.site();
    let notice = match paper {
        Paper::Draft => Some(draft_notice(site.sample_notice.as_deref())),
        Paper::Final => site.sample_notice.clone(),
    };
    let mut facts =
        site.database.read(|tx| Facts::load(tx, &site.library, &round.code, notice.as_deref()))?;
    facts.address.clone_from(&site.address);
    let fonts = Fonts::from_system().map_err(web::Fault::internal)?;
    let wanted = Wanted { pdf: true, docx: true, html: true, xlsx: true };
    let mut made = files(&facts, &site.library, &fonts, wanted).map_err(DbError::from)?;
    let text =
        made.iter().find(|(name, _)| name == MANIFEST).map(|(_, bytes)| bytes.clone()).unwrap_or_default();
    let manifest = Manifest::read(MANIFEST, &String::from_utf8_lossy(&text)).map_err(DbError::from)?;
    if paper == Paper::Final {
        let all = [made.as_slice(), facts.beside.as_slice()].concat();
        let packed = pack(&round.code, &manifest.seal, &all).map_err(DbError::from)?;
        made.push((ARCHIVE.to_owned(), packed));
    }
    let said = composed(&facts, &facts.scheme.scheme, &|_, _| String::new()).map_err(DbError::from)?;
    let said = ReportText::of(&facts, &said);
    let contents = site.database.contents().map_err(DbError::from)?;
    let mut kept = Vec::new();
    for (name, bytes) in made {
        let hash = contents.put(&bytes).map_err(DbError::from)?;
        kept.push((name, hash, i64::try_from(bytes.len()).unwrap_or(i64::MAX)));
    }
    Ok(Made {
        round: round.clone(),
        paper,
        seal: manifest.seal,
        manifest_sha256: sha256(&text),
        files: kept,
        text: said,
    })
}

/// What every page of a draft says.
fn draft_notice(sample: Option<&str>) -> String {
    let own = "初稿，征求意见用，未经定稿不得引用";
    sample.map_or_else(|| own.to_owned(), |notice| format!("{own}。{notice}"))
}

impl Made {
    /// The rows of what is issued now, by somebody.
    pub(super) fn rows(&self, tx: &Tx<'_>, by: Id) -> db::DbResult<(Issued, Vec<IssuedFile>)> {
        let paper = Issued {
            id: new_id(tx.at())?,
            station_id: self.round.station_id,
            round: self.round.code.clone(),
            paper: self.paper,
            seal: self.seal.clone(),
            manifest_sha256: self.manifest_sha256.clone(),
            issued_by: by,
            issued_at: tx.at(),
        };
        let file = |(name, sha256, bytes): &(String, String, i64)| IssuedFile {
            paper_id: paper.id,
            name: name.clone(),
            sha256: sha256.clone(),
            bytes: *bytes,
        };
        let files = self.files.iter().map(file).collect();
        Ok((paper, files))
    }
}
