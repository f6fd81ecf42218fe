//! Frozen texts and signatures, as they follow from the facts.

use db::{FromRow, Row, Tx, row, sql};
use journal::{Entry, Fold, Folded, Hash};
use kernel::{BookId, EntryId, Fault, Instant, InstrumentId, Names, PartyId, PlaceCode};
use serde::Serialize;

use super::facts::*;
use super::rules::Live;
use crate::agreements::{self, Instrument, Part};
use crate::articles::{self, Text, Tongue, Version, as_words, from_words};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match Fact::read(entry)? {
        None => return Ok(Folded::UnknownKind),
        Some(Fact::TextFrozen(fact)) => was_frozen(fold, entry, &fact)?,
        Some(Fact::TextSigned(fact)) => was_signed(fold, entry, &fact)?,
    }
    Ok(Folded::Done)
}

fn was_frozen(fold: &mut Fold<'_, '_>, entry: &Entry, fact: &TextFrozen) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let by = fold.turn.undone_by();
        sql!(
            "UPDATE agreed_text SET undone = ?5 WHERE place = ?1 AND book = ?2 AND paper = ?3 AND entry = ?4"
        )
        .bind(&fact.place)
        .bind(&fact.cooperation)
        .bind(&fact.instrument)
        .bind(&entry.id)
        .bind(&by)
        .run(fold)?;
        return Ok(());
    }
    sql!(
        "INSERT INTO agreed_text
         (place, book, paper, entry, name_id, name_ko, name_en, authentic, versions, sha256, parties, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.cooperation)
    .bind(&fact.instrument)
    .bind(&entry.id)
    .bind(&fact.names.id)
    .bind(&fact.names.ko)
    .bind(&fact.names.en)
    .bind(&as_words(&fact.authentic))
    .bind(&as_words(&fact.versions))
    .bind(&fact.sha256)
    .bind(&as_words(&fact.parties))
    .bind(&entry.at)
    .run(fold)?;
    Ok(())
}

fn was_signed(fold: &mut Fold<'_, '_>, entry: &Entry, fact: &TextSigned) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let by = fold.turn.undone_by();
        sql!(
            "UPDATE agreed_signature SET undone = ?5
             WHERE place = ?1 AND book = ?2 AND paper = ?3 AND entry = ?4"
        )
        .bind(&fact.place)
        .bind(&fact.cooperation)
        .bind(&fact.instrument)
        .bind(&entry.id)
        .bind(&by)
        .run(fold)?;
        return Ok(());
    }
    sql!(
        "INSERT INTO agreed_signature (place, book, paper, entry, frozen, sha256, party, at, actor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.cooperation)
    .bind(&fact.instrument)
    .bind(&entry.id)
    .bind(&fact.frozen)
    .bind(&fact.sha256)
    .bind(&fact.party)
    .bind(&entry.at)
    .bind(&entry.actor.to_string())
    .run(fold)?;
    Ok(())
}

/// A text that was frozen for signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frozen {
    /// The entry that froze it.
    pub entry: EntryId,
    /// The title of the paper.
    pub names: Names,
    /// Its authentic languages.
    pub authentic: Vec<Tongue>,
    /// The versions of its articles, by number and language.
    pub versions: Vec<EntryId>,
    /// SHA-256 of the canonical rendering.
    pub sha256: Hash,
    /// The parties that sign.
    pub parties: Vec<PartyId>,
    /// When, by the writer's clock.
    pub at: Instant,
}

impl FromRow for Frozen {
    fn from_row(row: &Row<'_>) -> Result<Frozen, Fault> {
        Ok(Frozen {
            entry: row.get(0)?,
            names: Names { id: row.get(1)?, ko: row.get(2)?, en: row.get(3)? },
            authentic: from_words(&row.get::<String>(4)?)?,
            versions: from_words(&row.get::<String>(5)?)?,
            sha256: row.get(6)?,
            parties: from_words(&row.get::<String>(7)?)?,
            at: row.get(8)?,
        })
    }
}

/// The frozen texts of a paper, the newest first.
pub fn frozen(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    book: BookId,
    paper: InstrumentId,
) -> Result<Vec<Frozen>, Fault> {
    sql!(
        "SELECT entry, name_id, name_ko, name_en, authentic, versions, sha256, parties, at FROM agreed_text
         WHERE place = ?1 AND book = ?2 AND paper = ?3 AND undone IS NULL ORDER BY at DESC, entry DESC"
    )
    .bind(place)
    .bind(&book)
    .bind(&paper)
    .all(tx)
}

row! {
    /// A signature.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Signature {
        /// The entry that froze the text.
        pub frozen: EntryId,
        /// What was signed.
        pub sha256: Hash,
        /// For which party.
        pub party: PartyId,
        /// When, by the writer's clock.
        pub at: Instant,
        /// Who: a staff id.
        #[serde(skip)]
        pub actor: String,
    }
}

/// The signatures under the texts of a paper, the oldest first.
pub fn signatures(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    book: BookId,
    paper: InstrumentId,
) -> Result<Vec<Signature>, Fault> {
    sql!(
        "SELECT frozen, sha256, party, at, actor FROM agreed_signature
         WHERE place = ?1 AND book = ?2 AND paper = ?3 AND undone IS NULL ORDER BY at, entry"
    )
    .bind(place)
    .bind(&book)
    .bind(&paper)
    .all(tx)
}

/// The text of a paper as it stands, with those who would sign it.
pub fn live<'v>(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    book: BookId,
    paper: &Instrument,
    versions: &'v [Version],
) -> Result<Live<'v>, Fault> {
    let mut signatories: Vec<PartyId> = agreements::participants(tx, place)?
        .into_iter()
        .filter(|with| with.cooperation == book && with.part == Part::Signatory)
        .map(|with| with.party)
        .collect();
    signatories.sort_unstable();
    Ok(Live {
        place: place.clone(),
        cooperation: book,
        instrument: paper.instrument,
        names: paper.names.clone(),
        authentic: articles::authentic(tx, place, book, paper.instrument)?,
        text: Text::new(versions),
        signatories,
    })
}
