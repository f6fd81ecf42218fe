//! Halls and who joined, as they follow from the facts; and the codes, which follow from none.

use db::{Tx, row, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, Fault, PlaceCode};
use serde::Serialize;

use super::facts::*;
use crate::meetings::Element;
use crate::proposals::Voice;

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(fact) = Fact::read(entry)? else { return Ok(Folded::UnknownKind) };
    let (id, by) = (fold.entry, fold.turn.undone_by());
    if !fold.turn.is_first() {
        let statement = match &fact {
            Fact::HallOpened(_) | Fact::HallClosed(_) => sql!("UPDATE hall SET undone = ?2 WHERE entry = ?1"),
            Fact::SlipsMade(_) => sql!("UPDATE hall_slips SET undone = ?2 WHERE entry = ?1"),
            Fact::VoiceJoined(_) => sql!("UPDATE hall_voice SET undone = ?2 WHERE entry = ?1"),
        };
        statement.bind(&id).bind(&by).run(fold)?;
        return Ok(Folded::Done);
    }
    match fact {
        Fact::HallOpened(fact) => turned(fold, (&fact.place, fact.meeting), Some(fact.entry), fact.most)?,
        Fact::HallClosed(fact) => turned(fold, (&fact.place, fact.meeting), None, 0)?,
        Fact::SlipsMade(fact) => {
            sql!(
                "INSERT INTO hall_slips (entry, place, book, first, last) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO NOTHING"
            )
            .bind(&id)
            .bind(&fact.place)
            .bind(&fact.meeting)
            .bind(&fact.first)
            .bind(&fact.last)
            .run(fold)?;
        }
        Fact::VoiceJoined(fact) => {
            sql!(
                "INSERT INTO hall_voice (place, book, voice, entry, slip, element) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO NOTHING"
            )
            .bind(&fact.place)
            .bind(&fact.meeting)
            .bind(&fact.voice)
            .bind(&id)
            .bind(&fact.slip)
            .bind(&fact.element)
            .run(fold)?;
        }
    }
    Ok(Folded::Done)
}

fn turned(
    fold: &mut Fold<'_, '_>,
    (place, meeting): (&PlaceCode, BookId),
    admission: Option<Admission>,
    most: i64,
) -> Result<(), Fault> {
    let entry = fold.entry;
    sql!("INSERT INTO hall (entry, place, book, admission, most) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")
        .bind(&entry)
        .bind(place)
        .bind(&meeting)
        .bind(&admission)
        .bind(&most)
        .run(fold)?;
    Ok(())
}

row! {
    /// A hall as it stands.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Hall {
        /// How one gets in; nothing: it is closed.
        pub admission: Option<Admission>,
        /// So many voices may join.
        pub most: i64,
    }
}

/// The hall of a meeting; none where none was ever opened.
pub fn hall(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId) -> Result<Option<Hall>, Fault> {
    sql!(
        "SELECT admission, most FROM hall WHERE place = ?1 AND book = ?2 AND undone IS NULL
         ORDER BY entry DESC LIMIT 1"
    )
    .bind(place)
    .bind(&meeting)
    .maybe(tx)
}

/// How many voices joined.
pub fn joined(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId) -> Result<i64, Fault> {
    let (count,) = sql!(
        "SELECT CAST(COUNT(DISTINCT voice) AS BIGINT) FROM hall_voice
         WHERE place = ?1 AND book = ?2 AND undone IS NULL"
    )
    .bind(place)
    .bind(&meeting)
    .one::<(i64,)>(tx)?;
    Ok(count)
}

/// How many voices of each element joined, of those that said so.
pub fn joined_by_element(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    meeting: BookId,
) -> Result<Vec<(Element, i64)>, Fault> {
    sql!(
        "SELECT element, CAST(COUNT(DISTINCT voice) AS BIGINT) FROM hall_voice
         WHERE place = ?1 AND book = ?2 AND undone IS NULL AND element IS NOT NULL GROUP BY element ORDER BY element"
    )
    .bind(place)
    .bind(&meeting)
    .all(tx)
}

/// Whether a voice joined.
pub fn has_joined(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId, voice: &Voice) -> Result<bool, Fault> {
    let found = sql!(
        "SELECT 1 FROM hall_voice WHERE place = ?1 AND book = ?2 AND voice = ?3 AND undone IS NULL LIMIT 1"
    )
    .bind(place)
    .bind(&meeting)
    .bind(voice)
    .maybe::<(i64,)>(tx)?;
    Ok(found.is_some())
}

/// Whether a slip opened the door before.
pub fn is_used(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId, slip: i64) -> Result<bool, Fault> {
    let found = sql!(
        "SELECT 1 FROM hall_voice WHERE place = ?1 AND book = ?2 AND slip = ?3 AND undone IS NULL LIMIT 1"
    )
    .bind(place)
    .bind(&meeting)
    .bind(&slip)
    .maybe::<(i64,)>(tx)?;
    Ok(found.is_some())
}

/// The codes of a hall by their number; that of the wall is number 0.
pub fn codes(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId) -> Result<Vec<(i64, String)>, Fault> {
    sql!("SELECT number, code FROM hall_code WHERE place = ?1 AND book = ?2 ORDER BY number")
        .bind(place)
        .bind(&meeting)
        .all(tx)
}

/// The number behind a code.
pub fn number_of(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    meeting: BookId,
    code: &str,
) -> Result<Option<i64>, Fault> {
    let found = sql!("SELECT number FROM hall_code WHERE place = ?1 AND book = ?2 AND code = ?3 LIMIT 1")
        .bind(place)
        .bind(&meeting)
        .bind(&code.to_owned())
        .maybe::<(i64,)>(tx)?;
    Ok(found.map(|(number,)| number))
}

/// Keeps a code; one that is there stays.
pub(super) fn keep_code(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    meeting: BookId,
    number: i64,
) -> Result<(), Fault> {
    sql!("INSERT INTO hall_code (place, book, number, code) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
        .bind(place)
        .bind(&meeting)
        .bind(&number)
        .bind(&new_code()?)
        .run(tx)?;
    Ok(())
}

/// Ten letters that are not mistaken for one another: 50 bits, which nobody guesses while a meeting sits.
fn new_code() -> Result<String, Fault> {
    const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyzw";
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).map_err(|error| Fault::because("making a code", error))?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect())
}
