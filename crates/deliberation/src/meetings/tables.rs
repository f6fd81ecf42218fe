//! Meetings and their agenda, as they follow from the facts.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use db::{FromRow, Row, Tx, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, Date, Day, EntryId, Fault, Names, PartyId, PlaceCode, Stop};
use serde::Serialize;

use super::facts::*;
use super::rules::{Refusal, State, state};
use crate::{Hour, Zone};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match Fact::read(entry)? {
        None => return Ok(Folded::UnknownKind),
        Some(Fact::MeetingCalled(fact)) => called(fold, &fact)?,
        Some(Fact::AgendaItemPut(fact)) => put(fold, &fact)?,
        Some(Fact::MeetingEnded(fact)) => ended_by(fold, &fact)?,
    }
    Ok(Folded::Done)
}

fn called(fold: &mut Fold<'_, '_>, fact: &MeetingCalled) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement = sql!("UPDATE meeting SET undone = ?4 WHERE place = ?1 AND book = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.place, fact.meeting);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO meeting (place, book, entry, kind, name_id, name_ko, name_en, date, starts, zone, venue,
         cooperation, parties, elements, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.meeting)
    .bind(&entry)
    .bind(&fact.kind)
    .bind(&fact.names.id)
    .bind(&fact.names.ko)
    .bind(&fact.names.en)
    .bind(&fact.date)
    .bind(&fact.starts)
    .bind(&fact.zone)
    .bind(&fact.venue)
    .bind(&fact.cooperation)
    .bind(&joined(&fact.parties))
    .bind(&joined(&fact.elements))
    .bind(&fact.source)
    .run(fold)?;
    Ok(())
}

fn put(fold: &mut Fold<'_, '_>, fact: &AgendaItemPut) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE agenda_item SET undone = ?4 WHERE place = ?1 AND book = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.place, fact.meeting);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO agenda_item (place, book, entry, position, name_id, name_ko, name_en)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.meeting)
    .bind(&entry)
    .bind(&fact.position)
    .bind(&fact.names.id)
    .bind(&fact.names.ko)
    .bind(&fact.names.en)
    .run(fold)?;
    Ok(())
}

fn ended_by(fold: &mut Fold<'_, '_>, fact: &MeetingEnded) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE meeting_ended SET undone = ?4 WHERE place = ?1 AND book = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.place, fact.meeting);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO meeting_ended (place, book, entry, outcome, date, minutes, reason, until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.meeting)
    .bind(&entry)
    .bind(&fact.outcome)
    .bind(&fact.date)
    .bind(&fact.minutes)
    .bind(&fact.reason)
    .bind(&fact.until)
    .run(fold)?;
    Ok(())
}

fn joined<T: Display>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn split<T: FromStr>(text: &str) -> Result<Vec<T>, Fault> {
    let read = |word: &str| word.parse().map_err(|_| Fault::new(format!("reading {word} of a meeting")));
    text.split_whitespace().map(read).collect()
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meeting {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// Its book.
    pub meeting: BookId,
    /// What it is.
    pub kind: MeetingKind,
    /// Its title in three languages.
    pub names: Names,
    /// When.
    pub date: Date,
    /// When it begins, by the clock of `zone`.
    pub starts: Option<Hour>,
    /// Whose clock.
    pub zone: Zone,
    /// Where.
    pub venue: String,
    /// The cooperation that it belongs to.
    pub cooperation: Option<BookId>,
    /// The parties that were invited.
    pub parties: Vec<PartyId>,
    /// The elements of the community that were invited.
    pub elements: Vec<Element>,
    /// Where this is published.
    pub source: String,
}

impl Meeting {
    /// The address of its page, or of one behind it: `/agenda`.
    pub fn path(&self, page: &str) -> String {
        path(&self.place, self.meeting, page)
    }
}

/// The address of the page of a meeting, or of one behind it.
pub fn path(place: &PlaceCode, meeting: BookId, page: &str) -> String {
    format!("/places/{place}/meetings/{meeting}{page}")
}

impl FromRow for Meeting {
    fn from_row(row: &Row<'_>) -> Result<Meeting, Fault> {
        Ok(Meeting {
            place: row.get(0)?,
            meeting: row.get(1)?,
            kind: row.get(2)?,
            names: Names { id: row.get(3)?, ko: row.get(4)?, en: row.get(5)? },
            date: row.get(6)?,
            starts: row.get(7)?,
            zone: row.get(8)?,
            venue: row.get(9)?,
            cooperation: row.get(10)?,
            parties: split(&row.get::<String>(11)?)?,
            elements: split(&row.get::<String>(12)?)?,
            source: row.get(13)?,
        })
    }
}

/// The meetings of a place, the newest first.
pub fn list(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Meeting>, Fault> {
    let all = sql!(
        "SELECT place, book, kind, name_id, name_ko, name_en, date, starts, zone, venue, cooperation, parties,
         elements, source FROM meeting WHERE place = ?1 AND undone IS NULL ORDER BY place, book, entry DESC"
    )
    .bind(place)
    .all::<Meeting>(tx)?;
    Ok(latest(all))
}

/// The meetings of the site, the newest first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Meeting>, Fault> {
    let all = sql!(
        "SELECT place, book, kind, name_id, name_ko, name_en, date, starts, zone, venue, cooperation, parties,
         elements, source FROM meeting WHERE undone IS NULL ORDER BY place, book, entry DESC"
    )
    .all::<Meeting>(tx)?;
    Ok(latest(all))
}

/// The meetings of a cooperation, wherever they are, the newest first.
pub fn of_cooperation(tx: &mut Tx<'_>, cooperation: BookId) -> Result<Vec<Meeting>, Fault> {
    let all = sql!(
        "SELECT m.place, m.book, m.kind, m.name_id, m.name_ko, m.name_en, m.date, m.starts, m.zone, m.venue,
         m.cooperation, m.parties, m.elements, m.source FROM meeting m WHERE m.undone IS NULL AND EXISTS
         (SELECT 1 FROM meeting n WHERE n.place = m.place AND n.book = m.book AND n.cooperation = ?1)
         ORDER BY m.place, m.book, m.entry DESC"
    )
    .bind(&cooperation)
    .all::<Meeting>(tx)?;
    let mut found = latest(all);
    found.retain(|meeting| meeting.cooperation == Some(cooperation));
    Ok(found)
}

/// One meeting.
pub fn meeting(tx: &mut Tx<'_>, place: &PlaceCode, book: BookId) -> Result<Option<Meeting>, Fault> {
    sql!(
        "SELECT place, book, kind, name_id, name_ko, name_en, date, starts, zone, venue, cooperation, parties,
         elements, source FROM meeting WHERE place = ?1 AND book = ?2 AND undone IS NULL ORDER BY entry DESC LIMIT 1"
    )
    .bind(place)
    .bind(&book)
    .maybe(tx)
}

/// Of rows that stand together by their book the first of each, the newest meeting first.
fn latest(rows: Vec<Meeting>) -> Vec<Meeting> {
    let mut kept: Vec<Meeting> = Vec::with_capacity(rows.len());
    for row in rows {
        if kept.last().is_none_or(|last| (last.meeting, &last.place) != (row.meeting, &row.place)) {
            kept.push(row);
        }
    }
    kept.sort_by_key(|meeting| (std::cmp::Reverse((meeting.date, meeting.starts)), meeting.meeting));
    kept
}

/// What became of a meeting, as it was last said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// What became of it.
    pub outcome: Outcome,
    /// When.
    pub date: Date,
    /// How long people sat, in minutes.
    pub minutes: Option<i64>,
    /// Why it was cancelled or adjourned.
    pub reason: String,
    /// Until when it was adjourned.
    pub until: Option<Day>,
}

struct KeptEnd(BookId, EntryId, Ended);

impl FromRow for KeptEnd {
    fn from_row(row: &Row<'_>) -> Result<KeptEnd, Fault> {
        let (outcome, date, minutes) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let ended = Ended { outcome, date, minutes, reason: row.get(5)?, until: row.get(6)? };
        Ok(KeptEnd(row.get(0)?, row.get(1)?, ended))
    }
}

/// What became of the meetings of a place, of those of which it was said after they were last called.
pub fn ended(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<BTreeMap<BookId, Ended>, Fault> {
    let all = sql!(
        "SELECT book, entry, outcome, date, minutes, reason, until FROM meeting_ended
         WHERE place = ?1 AND undone IS NULL ORDER BY entry"
    )
    .bind(place)
    .all::<KeptEnd>(tx)?;
    let calls = sql!(
        "SELECT book, MAX(entry) FROM meeting WHERE place = ?1 AND undone IS NULL GROUP BY book ORDER BY book"
    )
    .bind(place)
    .all::<(BookId, EntryId)>(tx)?;
    let calls: BTreeMap<BookId, EntryId> = calls.into_iter().collect();
    let holds = |end: &KeptEnd| calls.get(&end.0).is_some_and(|call| *call < end.1);
    Ok(all.into_iter().filter(holds).map(|KeptEnd(book, _, ended)| (book, ended)).collect())
}

/// How a meeting stands; refused where there is none.
pub fn standing(tx: &mut Tx<'_>, place: &PlaceCode, book: BookId, today: Day) -> Result<State, Stop> {
    let called = meeting(tx, place, book)?.ok_or(Refusal::NoMeeting)?;
    let ended = ended(tx, place)?.remove(&book);
    Ok(state(called.date, ended.as_ref(), today))
}

/// An item of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgendaItem {
    /// Its id: that of the entry.
    pub item: EntryId,
    /// Its place in the order as it was put.
    pub position: i64,
    /// What is to be discussed.
    pub names: Names,
}

impl FromRow for AgendaItem {
    fn from_row(row: &Row<'_>) -> Result<AgendaItem, Fault> {
        Ok(AgendaItem {
            item: row.get(0)?,
            position: row.get(1)?,
            names: Names { id: row.get(2)?, ko: row.get(3)?, en: row.get(4)? },
        })
    }
}

/// The agenda of a meeting in order.
pub fn agenda(tx: &mut Tx<'_>, place: &PlaceCode, book: BookId) -> Result<Vec<AgendaItem>, Fault> {
    sql!(
        "SELECT entry, position, name_id, name_ko, name_en FROM agenda_item
         WHERE place = ?1 AND book = ?2 AND undone IS NULL ORDER BY position, entry"
    )
    .bind(place)
    .bind(&book)
    .all(tx)
}
