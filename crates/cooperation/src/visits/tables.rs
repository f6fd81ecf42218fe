//! Visits as they follow from the facts.

use db::{FromRow, Row, Tx, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, Day, EntryId, Fault, Names, PartyId, PlaceCode, VisitId};
use serde::Serialize;

use super::facts::{Fact, VisitKind};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(Fact::VisitMade(made)) = Fact::read(entry)? else { return Ok(Folded::UnknownKind) };
    if !fold.turn.is_first() {
        let by = fold.turn.undone_by();
        sql!("UPDATE visit SET undone = ?5 WHERE place = ?1 AND book = ?2 AND id = ?3 AND entry = ?4")
            .bind(&made.place)
            .bind(&made.cooperation)
            .bind(&made.visit)
            .bind(&entry.id)
            .bind(&by)
            .run(fold)?;
        return Ok(Folded::Done);
    }
    sql!(
        "INSERT INTO visit (place, book, id, entry, kind, day_from, day_to, location, guest, host, purpose_id,
         purpose_ko, purpose_en, outcome_id, outcome_ko, outcome_en, people, women, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
         ON CONFLICT DO NOTHING"
    )
    .bind(&made.place)
    .bind(&made.cooperation)
    .bind(&made.visit)
    .bind(&entry.id)
    .bind(&made.kind)
    .bind(&made.from)
    .bind(&made.to)
    .bind(&made.location)
    .bind(&made.guest)
    .bind(&made.host)
    .bind(&made.purpose.id)
    .bind(&made.purpose.ko)
    .bind(&made.purpose.en)
    .bind(&made.outcome.id)
    .bind(&made.outcome.ko)
    .bind(&made.outcome.en)
    .bind(&made.people)
    .bind(&made.women)
    .bind(&made.source)
    .run(fold)?;
    Ok(Folded::Done)
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Visit {
    /// The visit.
    pub visit: VisitId,
    /// The entry that says so.
    pub entry: EntryId,
    /// What it was.
    pub kind: VisitKind,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// Where.
    pub location: String,
    /// Who came.
    pub guest: PartyId,
    /// To whom.
    pub host: PartyId,
    /// What for.
    pub purpose: Names,
    /// What came of it.
    pub outcome: Names,
    /// How many people came.
    pub people: Option<i64>,
    /// How many of them were women.
    pub women: Option<i64>,
    /// Where this is published.
    pub source: String,
    /// The reversal.
    pub undone: Option<EntryId>,
}

impl FromRow for Visit {
    fn from_row(row: &Row<'_>) -> Result<Visit, Fault> {
        Ok(Visit {
            visit: row.get(0)?,
            entry: row.get(1)?,
            kind: row.get(2)?,
            from: row.get(3)?,
            to: row.get(4)?,
            location: row.get(5)?,
            guest: row.get(6)?,
            host: row.get(7)?,
            purpose: Names { id: row.get(8)?, ko: row.get(9)?, en: row.get(10)? },
            outcome: Names { id: row.get(11)?, ko: row.get(12)?, en: row.get(13)? },
            people: row.get(14)?,
            women: row.get(15)?,
            source: row.get(16)?,
            undone: row.get(17)?,
        })
    }
}

/// The visits of a cooperation, those that were taken back too; the latest first.
pub fn visits(tx: &mut Tx<'_>, place: &PlaceCode, book: BookId) -> Result<Vec<Visit>, Fault> {
    sql!(
        "SELECT id, entry, kind, day_from, day_to, location, guest, host, purpose_id, purpose_ko, purpose_en,
         outcome_id, outcome_ko, outcome_en, people, women, source, undone FROM visit
         WHERE place = ?1 AND book = ?2 ORDER BY day_from DESC, entry DESC"
    )
    .bind(place)
    .bind(&book)
    .all(tx)
}

struct Kept(BookId, Visit);

impl FromRow for Kept {
    fn from_row(row: &Row<'_>) -> Result<Kept, Fault> {
        Ok(Kept(row.get(18)?, Visit::from_row(row)?))
    }
}

/// The visits of all cooperations of a region that stand, the latest first.
pub fn visits_in_region(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<(BookId, Visit)>, Fault> {
    let all = sql!(
        "SELECT id, entry, kind, day_from, day_to, location, guest, host, purpose_id, purpose_ko, purpose_en,
         outcome_id, outcome_ko, outcome_en, people, women, source, undone, book FROM visit
         WHERE place = ?1 AND undone IS NULL ORDER BY day_from DESC, entry DESC"
    )
    .bind(place)
    .all::<Kept>(tx)?;
    Ok(all.into_iter().map(|Kept(book, visit)| (book, visit)).collect())
}
