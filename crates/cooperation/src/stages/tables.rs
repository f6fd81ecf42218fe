//! What was passed and what was left out, as it follows from the facts.

use db::{FromRow, Row, Tx, row, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, Day, EntryId, Fault, PlaceCode};
use serde::Serialize;

use super::facts::{Fact, Track};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let (place, book, track, step, day, (paper, document), skipped) = match Fact::read(entry)? {
        None => return Ok(Folded::UnknownKind),
        Some(Fact::StepPassed(it)) => {
            (it.place, it.cooperation, it.track, it.step, it.day, (it.paper, it.document), None)
        }
        Some(Fact::StepSkipped(it)) => {
            (it.place, it.cooperation, it.track, it.step, it.day, (String::new(), None), Some(it.reason))
        }
    };
    if !fold.turn.is_first() {
        let by = fold.turn.undone_by();
        sql!(
            "UPDATE stage_done SET undone = ?7
             WHERE place = ?1 AND book = ?2 AND track = ?3 AND step = ?4 AND day = ?5 AND entry = ?6"
        )
        .bind(&place)
        .bind(&book)
        .bind(&track)
        .bind(&step)
        .bind(&day)
        .bind(&entry.id)
        .bind(&by)
        .run(fold)?;
        return Ok(Folded::Done);
    }
    sql!(
        "INSERT INTO stage_done (place, book, track, step, day, entry, paper, skipped, document)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING"
    )
    .bind(&place)
    .bind(&book)
    .bind(&track)
    .bind(&step)
    .bind(&day)
    .bind(&entry.id)
    .bind(&paper)
    .bind(&skipped)
    .bind(&document)
    .run(fold)?;
    Ok(Folded::Done)
}

row! {
    /// A step that was passed or left out.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Done {
        /// In which country.
        pub track: Track,
        /// The code of the step.
        pub step: String,
        /// When.
        pub day: Day,
        /// The entry that says so.
        pub entry: EntryId,
        /// The paper that shows it.
        pub paper: String,
        /// The document that is that paper.
        pub document: Option<EntryId>,
        /// The reason for leaving it out.
        pub skipped: Option<String>,
    }
}

/// What was done in a cooperation, the oldest first.
pub fn done(tx: &mut Tx<'_>, place: &PlaceCode, book: BookId) -> Result<Vec<Done>, Fault> {
    sql!(
        "SELECT track, step, day, entry, paper, document, skipped FROM stage_done
         WHERE place = ?1 AND book = ?2 AND undone IS NULL ORDER BY day, entry"
    )
    .bind(place)
    .bind(&book)
    .all(tx)
}

struct Kept(BookId, Done);

impl FromRow for Kept {
    fn from_row(row: &Row<'_>) -> Result<Kept, Fault> {
        let done = Done {
            track: row.get(1)?,
            step: row.get(2)?,
            day: row.get(3)?,
            entry: row.get(4)?,
            paper: row.get(5)?,
            document: row.get(6)?,
            skipped: row.get(7)?,
        };
        Ok(Kept(row.get(0)?, done))
    }
}

/// What was done in all cooperations of a region, the oldest first.
pub fn done_in_region(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<(BookId, Done)>, Fault> {
    let all = sql!(
        "SELECT book, track, step, day, entry, paper, document, skipped FROM stage_done
         WHERE place = ?1 AND undone IS NULL ORDER BY day, entry"
    )
    .bind(place)
    .all::<Kept>(tx)?;
    Ok(all.into_iter().map(|Kept(book, done)| (book, done)).collect())
}
