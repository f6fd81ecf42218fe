//! Obligations and what became of them, as they follow from the facts.

use db::{FromRow, Row, Tx, row, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, Day, EntryId, Fault, InstrumentId, Names, ObligationId, PartyId, PlaceCode};
use serde::Serialize;

use super::facts::*;

kernel::named! {
    /// What became of an obligation, one time that it fell due.
    pub enum HappenedKind as "a kind of entry about an obligation" {
        /// It was met.
        Met "met",
        /// A waiver was asked.
        WaiverAsked "waiver_asked",
        /// A waiver was consented to.
        WaiverConsented "waiver_consented",
    }
}

/// Where an entry belongs: region, cooperation, obligation.
type At = (PlaceCode, BookId, ObligationId);

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match Fact::read(entry)? {
        None => return Ok(Folded::UnknownKind),
        Some(Fact::ObligationSet(fact)) => was_set(fold, &fact)?,
        Some(Fact::ObligationMet(it)) => {
            let new = one(entry.id, HappenedKind::Met, it.nth, it.day, it.shown);
            came(fold, &(it.place, it.cooperation, it.obligation), Happened { about: it.proof, ..new })?;
        }
        Some(Fact::WaiverAsked(it)) => {
            let new = one(entry.id, HappenedKind::WaiverAsked, it.nth, it.day, it.reason);
            came(fold, &(it.place, it.cooperation, it.obligation), Happened { party: Some(it.by), ..new })?;
        }
        Some(Fact::WaiverConsented(it)) => {
            let new = one(entry.id, HappenedKind::WaiverConsented, it.nth, it.day, it.shown);
            let new = Happened { party: Some(it.by), about: Some(it.asked), ..new };
            came(fold, &(it.place, it.cooperation, it.obligation), new)?;
        }
    }
    Ok(Folded::Done)
}

fn one(entry: EntryId, kind: HappenedKind, nth: i64, day: Day, note: String) -> Happened {
    Happened { entry, kind, nth, day, party: None, about: None, note, undone: None }
}

fn was_set(fold: &mut Fold<'_, '_>, fact: &ObligationSet) -> Result<(), Fault> {
    let entry = fold.entry;
    if !fold.turn.is_first() {
        let by = fold.turn.undone_by();
        sql!("UPDATE obligation SET undone = ?5 WHERE place = ?1 AND book = ?2 AND id = ?3 AND entry = ?4")
            .bind(&fact.place)
            .bind(&fact.cooperation)
            .bind(&fact.obligation)
            .bind(&entry)
            .bind(&by)
            .run(fold)?;
        return Ok(());
    }
    sql!(
        "INSERT INTO obligation (place, book, id, entry, debtor, creditor, name_id, name_ko, name_en, paper,
         article, due, every_months, until, shown_by, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.cooperation)
    .bind(&fact.obligation)
    .bind(&entry)
    .bind(&fact.debtor)
    .bind(&fact.creditor)
    .bind(&fact.what.id)
    .bind(&fact.what.ko)
    .bind(&fact.what.en)
    .bind(&fact.paper)
    .bind(&fact.article)
    .bind(&fact.due)
    .bind(&fact.every_months)
    .bind(&fact.until)
    .bind(&fact.shown_by)
    .bind(&fact.source)
    .run(fold)?;
    Ok(())
}

fn came(fold: &mut Fold<'_, '_>, (place, book, obligation): &At, came: Happened) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let by = fold.turn.undone_by();
        sql!(
            "UPDATE obligation_deed SET undone = ?5
             WHERE place = ?1 AND book = ?2 AND obligation = ?3 AND entry = ?4"
        )
        .bind(place)
        .bind(book)
        .bind(obligation)
        .bind(&came.entry)
        .bind(&by)
        .run(fold)?;
        return Ok(());
    }
    sql!(
        "INSERT INTO obligation_deed (place, book, obligation, entry, kind, nth, day, party, about, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING"
    )
    .bind(place)
    .bind(book)
    .bind(obligation)
    .bind(&came.entry)
    .bind(&came.kind)
    .bind(&came.nth)
    .bind(&came.day)
    .bind(&came.party)
    .bind(&came.about)
    .bind(&came.note)
    .run(fold)?;
    Ok(())
}

/// What a party owes to another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obligation {
    /// The cooperation.
    pub cooperation: BookId,
    /// The obligation.
    pub obligation: ObligationId,
    /// The entry that set it.
    pub entry: EntryId,
    /// Who owes.
    pub debtor: PartyId,
    /// To whom.
    pub creditor: PartyId,
    /// What.
    pub what: Names,
    /// The paper that says so.
    pub paper: Option<InstrumentId>,
    /// The number of the article.
    pub article: String,
    /// When it falls due, the first time.
    pub due: Option<Day>,
    /// Months until it falls due again; none where it does once.
    pub every_months: Option<i64>,
    /// The last day on which it can fall due.
    pub until: Option<Day>,
    /// How it is shown to be met.
    pub shown_by: String,
    /// Where this is published.
    pub source: String,
    /// The reversal.
    pub undone: Option<EntryId>,
}

impl FromRow for Obligation {
    fn from_row(row: &Row<'_>) -> Result<Obligation, Fault> {
        Ok(Obligation {
            cooperation: row.get(0)?,
            obligation: row.get(1)?,
            entry: row.get(2)?,
            debtor: row.get(3)?,
            creditor: row.get(4)?,
            what: Names { id: row.get(5)?, ko: row.get(6)?, en: row.get(7)? },
            paper: row.get(8)?,
            article: row.get(9)?,
            due: row.get(10)?,
            every_months: row.get(11)?,
            until: row.get(12)?,
            shown_by: row.get(13)?,
            source: row.get(14)?,
            undone: row.get(15)?,
        })
    }
}

/// The obligations of a cooperation, those that were taken back too; the earliest first.
pub fn obligations(tx: &mut Tx<'_>, place: &PlaceCode, book: BookId) -> Result<Vec<Obligation>, Fault> {
    sql!(
        "SELECT book, id, entry, debtor, creditor, name_id, name_ko, name_en, paper, article, due, every_months,
         until, shown_by, source, undone FROM obligation WHERE place = ?1 AND book = ?2 ORDER BY entry"
    )
    .bind(place)
    .bind(&book)
    .all(tx)
}

/// The obligations of all cooperations of a region that hold.
pub fn obligations_of_region(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Obligation>, Fault> {
    sql!(
        "SELECT book, id, entry, debtor, creditor, name_id, name_ko, name_en, paper, article, due, every_months,
         until, shown_by, source, undone FROM obligation WHERE place = ?1 AND undone IS NULL ORDER BY book, entry"
    )
    .bind(place)
    .all(tx)
}

row! {
    /// What became of an obligation.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Happened {
        /// The entry that says so.
        pub entry: EntryId,
        /// What it is.
        pub kind: HappenedKind,
        /// Which time, counted from 1.
        pub nth: i64,
        /// When.
        pub day: Day,
        /// Who asked, or consented.
        pub party: Option<PartyId>,
        /// The entry that shows it; of a consent, the one that asked.
        pub about: Option<EntryId>,
        /// What shows it; of a request, its reason.
        pub note: String,
        /// The reversal.
        pub undone: Option<EntryId>,
    }
}

struct HappenedTo(ObligationId, Happened);

impl FromRow for HappenedTo {
    fn from_row(row: &Row<'_>) -> Result<HappenedTo, Fault> {
        let came = Happened {
            entry: row.get(1)?,
            kind: row.get(2)?,
            nth: row.get(3)?,
            day: row.get(4)?,
            party: row.get(5)?,
            about: row.get(6)?,
            note: row.get(7)?,
            undone: row.get(8)?,
        };
        Ok(HappenedTo(row.get(0)?, came))
    }
}

/// What became of the obligations of a cooperation, what was taken back too; the earliest first.
pub fn happened(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    book: BookId,
) -> Result<Vec<(ObligationId, Happened)>, Fault> {
    let all = sql!(
        "SELECT obligation, entry, kind, nth, day, party, about, note, undone FROM obligation_deed
         WHERE place = ?1 AND book = ?2 ORDER BY day, entry"
    )
    .bind(place)
    .bind(&book)
    .all::<HappenedTo>(tx)?;
    Ok(all.into_iter().map(|HappenedTo(of, came)| (of, came)).collect())
}

/// What became of the obligations of all cooperations of a region.
pub fn happened_in_region(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
) -> Result<Vec<(ObligationId, Happened)>, Fault> {
    let all = sql!(
        "SELECT obligation, entry, kind, nth, day, party, about, note, undone FROM obligation_deed
         WHERE place = ?1 AND undone IS NULL ORDER BY day, entry"
    )
    .bind(place)
    .all::<HappenedTo>(tx)?;
    Ok(all.into_iter().map(|HappenedTo(of, came)| (of, came)).collect())
}
