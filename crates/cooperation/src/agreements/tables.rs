//! Cooperations, who takes part in them and their papers, as they follow from the facts.

use db::{FromRow, Row, Tx, row, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, Date, EntryId, Fault, InstrumentId, Names, PartyId, PlaceCode};
use serde::Serialize;

use super::facts::*;

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match Fact::read(entry)? {
        None => return Ok(Folded::UnknownKind),
        Some(Fact::CooperationBegun(fact)) => begun(fold, &fact)?,
        Some(Fact::PartyJoined(fact)) => joined(fold, &fact)?,
        Some(Fact::InstrumentWritten(fact)) => written(fold, &fact)?,
        Some(Fact::InstrumentSigned(fact)) => signed(fold, &fact)?,
    }
    Ok(Folded::Done)
}

fn begun(fold: &mut Fold<'_, '_>, fact: &CooperationBegun) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE cooperation SET undone = ?4 WHERE place = ?1 AND book = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.place, fact.cooperation);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO cooperation (place, book, kind, name_id, name_ko, name_en, day, source, entry)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.cooperation)
    .bind(&fact.kind)
    .bind(&fact.names.id)
    .bind(&fact.names.ko)
    .bind(&fact.names.en)
    .bind(&fact.day)
    .bind(&fact.source)
    .bind(&entry)
    .run(fold)?;
    Ok(())
}

fn joined(fold: &mut Fold<'_, '_>, fact: &PartyJoined) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE cooperation_party SET undone = ?4 WHERE place = ?1 AND book = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.place, fact.cooperation);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO cooperation_party (place, book, party, entry, part, day)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.cooperation)
    .bind(&fact.party)
    .bind(&entry)
    .bind(&fact.part)
    .bind(&fact.day)
    .run(fold)?;
    Ok(())
}

fn written(fold: &mut Fold<'_, '_>, fact: &InstrumentWritten) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE instrument SET undone = ?4 WHERE place = ?1 AND book = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.place, fact.cooperation);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO instrument
         (place, book, id, entry, kind, parent, name_id, name_ko, name_en, signed, until, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.cooperation)
    .bind(&fact.instrument)
    .bind(&entry)
    .bind(&fact.kind)
    .bind(&fact.parent)
    .bind(&fact.names.id)
    .bind(&fact.names.ko)
    .bind(&fact.names.en)
    .bind(&fact.signed)
    .bind(&fact.until)
    .bind(&fact.source)
    .run(fold)?;
    Ok(())
}

fn signed(fold: &mut Fold<'_, '_>, fact: &InstrumentSigned) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE instrument_signed SET undone = ?4 WHERE place = ?1 AND book = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.place, fact.cooperation);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO instrument_signed (place, book, id, entry, day)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.cooperation)
    .bind(&fact.instrument)
    .bind(&entry)
    .bind(&fact.day)
    .run(fold)?;
    Ok(())
}

/// A cooperation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cooperation {
    /// The region that keeps it.
    pub place: PlaceCode,
    /// Its book.
    pub cooperation: BookId,
    /// What it is in law.
    pub kind: CooperationKind,
    /// In three languages.
    pub names: Names,
    /// Since when there is one.
    pub day: Date,
    /// Where this is published.
    pub source: String,
}

impl Cooperation {
    /// The address of its page, or of one behind it: `/papers`.
    pub fn path(&self, page: &str) -> String {
        format!("/regions/{}/cooperations/{}{page}", self.place, self.cooperation)
    }
}

impl FromRow for Cooperation {
    fn from_row(row: &Row<'_>) -> Result<Cooperation, Fault> {
        Ok(Cooperation {
            place: row.get(0)?,
            cooperation: row.get(1)?,
            kind: row.get(2)?,
            names: Names { id: row.get(3)?, ko: row.get(4)?, en: row.get(5)? },
            day: row.get(6)?,
            source: row.get(7)?,
        })
    }
}

/// The cooperations that a region keeps, the oldest first.
pub fn cooperations(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Cooperation>, Fault> {
    sql!(
        "SELECT place, book, kind, name_id, name_ko, name_en, day, source FROM cooperation
         WHERE place = ?1 AND undone IS NULL ORDER BY day, book"
    )
    .bind(place)
    .all(tx)
}

/// The cooperations of the site.
pub fn all_cooperations(tx: &mut Tx<'_>) -> Result<Vec<Cooperation>, Fault> {
    sql!(
        "SELECT place, book, kind, name_id, name_ko, name_en, day, source FROM cooperation
         WHERE undone IS NULL ORDER BY place, day, book"
    )
    .all(tx)
}

/// One cooperation.
pub fn cooperation(tx: &mut Tx<'_>, place: &PlaceCode, book: BookId) -> Result<Option<Cooperation>, Fault> {
    sql!(
        "SELECT place, book, kind, name_id, name_ko, name_en, day, source FROM cooperation
         WHERE place = ?1 AND book = ?2 AND undone IS NULL"
    )
    .bind(place)
    .bind(&book)
    .maybe(tx)
}

row! {
    /// A party in a cooperation.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Participant {
        /// The cooperation.
        pub cooperation: BookId,
        /// The party.
        pub party: PartyId,
        /// As what.
        pub part: Part,
        /// Since when.
        pub day: Date,
    }
}

/// Who takes part in the cooperations of a region.
pub fn participants(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Participant>, Fault> {
    let all = sql!(
        "SELECT book, party, part, day FROM cooperation_party
         WHERE place = ?1 AND undone IS NULL ORDER BY book, party, entry DESC"
    )
    .bind(place)
    .all::<Participant>(tx)?;
    Ok(latest(all, |of| (of.cooperation, of.party)))
}

/// A paper of a cooperation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Instrument {
    /// The paper.
    pub instrument: InstrumentId,
    /// The entry that says so.
    pub entry: EntryId,
    /// What it is.
    pub kind: InstrumentKind,
    /// The paper that it follows from.
    pub parent: Option<InstrumentId>,
    /// Its title in three languages.
    pub names: Names,
    /// When it was signed; nothing for a draft.
    pub signed: Option<Date>,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// Where this is published.
    pub source: String,
}

struct Kept(BookId, Instrument);

impl FromRow for Kept {
    fn from_row(row: &Row<'_>) -> Result<Kept, Fault> {
        Ok(Kept(
            row.get(0)?,
            Instrument {
                instrument: row.get(1)?,
                entry: row.get(2)?,
                kind: row.get(3)?,
                parent: row.get(4)?,
                names: Names { id: row.get(5)?, ko: row.get(6)?, en: row.get(7)? },
                signed: row.get(8)?,
                until: row.get(9)?,
                source: row.get(10)?,
            },
        ))
    }
}

/// The papers of a cooperation in the order in which they were signed, drafts last.
pub fn instruments(tx: &mut Tx<'_>, place: &PlaceCode, book: BookId) -> Result<Vec<Instrument>, Fault> {
    let all = sql!(
        "SELECT i.book, i.id, i.entry, i.kind, i.parent, i.name_id, i.name_ko, i.name_en,
                COALESCE(i.signed, (SELECT MIN(s.day) FROM instrument_signed s
                    WHERE s.place = i.place AND s.book = i.book AND s.id = i.id AND s.undone IS NULL)),
                i.until, i.source FROM instrument i
         WHERE i.place = ?1 AND i.book = ?2 AND i.undone IS NULL ORDER BY i.id, i.entry DESC"
    )
    .bind(place)
    .bind(&book)
    .all::<Kept>(tx)?;
    Ok(in_sequence(latest(all, |Kept(_, paper)| paper.instrument))
        .into_iter()
        .map(|(_, paper)| paper)
        .collect())
}

/// The papers of all cooperations of a region, each list in the order in which they were signed.
pub fn all_instruments(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<(BookId, Instrument)>, Fault> {
    let all = sql!(
        "SELECT i.book, i.id, i.entry, i.kind, i.parent, i.name_id, i.name_ko, i.name_en,
                COALESCE(i.signed, (SELECT MIN(s.day) FROM instrument_signed s
                    WHERE s.place = i.place AND s.book = i.book AND s.id = i.id AND s.undone IS NULL)),
                i.until, i.source FROM instrument i
         WHERE i.place = ?1 AND i.undone IS NULL ORDER BY i.book, i.id, i.entry DESC"
    )
    .bind(place)
    .all::<Kept>(tx)?;
    Ok(in_sequence(latest(all, |Kept(book, paper)| (*book, paper.instrument))))
}

fn in_sequence(kept: Vec<Kept>) -> Vec<(BookId, Instrument)> {
    let mut papers: Vec<_> = kept.into_iter().map(|Kept(book, paper)| (book, paper)).collect();
    papers.sort_by_key(|(book, paper)| {
        (*book, paper.signed.is_none(), paper.signed, paper.kind, paper.instrument)
    });
    papers
}

/// Of rows that stand together by their key, the first of each.
fn latest<T, K: PartialEq>(rows: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(rows.len());
    for row in rows {
        if kept.last().is_none_or(|last| key(last) != key(&row)) {
            kept.push(row);
        }
    }
    kept
}
