//! Ballots and votes, as they follow from the facts; and the box of secret ones, which follows from none.

use std::collections::BTreeSet;

use db::{FromRow, Row, Tx, row, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, EntryId, Fault, PlaceCode};
use serde::Serialize;

use super::facts::*;
use crate::meetings::{self, Element};
use crate::proposals::Voice;

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(fact) = Fact::read(entry)? else { return Ok(Folded::UnknownKind) };
    let (id, by) = (fold.entry, fold.turn.undone_by());
    if !fold.turn.is_first() {
        for statement in [
            sql!("UPDATE ballot SET undone = ?2 WHERE entry = ?1"),
            sql!("UPDATE ballot_vote SET undone = ?2 WHERE entry = ?1"),
            sql!("UPDATE ballot_spent SET undone = ?2 WHERE entry = ?1"),
            sql!("UPDATE ballot_note SET undone = ?2 WHERE entry = ?1"),
        ] {
            statement.bind(&id).bind(&by).run(fold)?;
        }
        return Ok(Folded::Done);
    }
    match fact {
        Fact::BallotOpened(fact) => opened(fold, &fact)?,
        Fact::VoteCast(fact) => {
            voted(fold, fact.ballot, Some(&fact.voice), &[Votes { marks: fact.marks, count: 1 }])?
        }
        Fact::VoiceSpent(fact) => {
            sql!(
                "INSERT INTO ballot_spent (entry, ballot, voice) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"
            )
            .bind(&id)
            .bind(&fact.ballot)
            .bind(&fact.voice)
            .run(fold)?;
        }
        Fact::VotesCounted(fact) => {
            voted(fold, fact.ballot, None, &fact.votes)?;
            noted(fold, fact.ballot, NoteKind::Count, None, String::new())?;
        }
        Fact::ReservationRecorded(fact) => {
            noted(fold, fact.ballot, NoteKind::Reservation, Some(fact.element), fact.text)?;
        }
        Fact::BallotClosed(fact) => {
            voted(fold, fact.ballot, None, &fact.votes)?;
            noted(fold, fact.ballot, NoteKind::Closing, None, String::new())?;
        }
    }
    Ok(Folded::Done)
}

fn opened(fold: &mut Fold<'_, '_>, fact: &BallotOpened) -> Result<(), Fault> {
    let entry = fold.entry;
    sql!(
        "INSERT INTO ballot (entry, place, book, question, method, secrecy, options, most)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
    )
    .bind(&entry)
    .bind(&fact.place)
    .bind(&fact.meeting)
    .bind(&fact.question)
    .bind(&fact.method)
    .bind(&fact.secrecy)
    .bind(&fact.options.join("\n"))
    .bind(&fact.most)
    .run(fold)?;
    Ok(())
}

fn voted(
    fold: &mut Fold<'_, '_>,
    ballot: EntryId,
    voice: Option<&Voice>,
    votes: &[Votes],
) -> Result<(), Fault> {
    let (entry, voice) = (fold.entry, voice.cloned());
    for (part, votes) in (0i64..).zip(votes) {
        sql!(
            "INSERT INTO ballot_vote (entry, part, ballot, voice, marks, heads) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO NOTHING"
        )
        .bind(&entry)
        .bind(&part)
        .bind(&ballot)
        .bind(&voice)
        .bind(&written(&votes.marks))
        .bind(&votes.count)
        .run(fold)?;
    }
    Ok(())
}

fn noted(
    fold: &mut Fold<'_, '_>,
    ballot: EntryId,
    kind: NoteKind,
    element: Option<Element>,
    text: String,
) -> Result<(), Fault> {
    let entry = fold.entry;
    sql!(
        "INSERT INTO ballot_note (entry, ballot, element, text, kind) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO NOTHING"
    )
    .bind(&entry)
    .bind(&ballot)
    .bind(&element)
    .bind(&text)
    .bind(&kind)
    .run(fold)?;
    Ok(())
}

fn written(marks: &[i64]) -> String {
    marks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn read_marks(text: &str) -> Result<Vec<i64>, Fault> {
    let mark = |word: &str| word.parse().map_err(|_| Fault::new("reading the marks of a vote"));
    text.split_whitespace().map(mark).collect()
}

/// A ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ballot {
    /// Its id: that of the entry.
    pub ballot: EntryId,
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// What is asked.
    pub question: String,
    /// How it is counted.
    pub method: Method,
    /// Whether votes are kept beside voices.
    pub secrecy: Secrecy,
    /// What can be chosen.
    pub options: Vec<String>,
    /// The highest score, or the dots of a voice.
    pub most: i64,
}

impl Ballot {
    /// The address of its page, or of one behind it.
    pub fn path(&self, page: &str) -> String {
        meetings::path(&self.place, self.meeting, &format!("/ballots/{}{page}", self.ballot))
    }
}

impl FromRow for Ballot {
    fn from_row(row: &Row<'_>) -> Result<Ballot, Fault> {
        Ok(Ballot {
            ballot: row.get(0)?,
            place: row.get(1)?,
            meeting: row.get(2)?,
            question: row.get(3)?,
            method: row.get(4)?,
            secrecy: row.get(5)?,
            options: row.get::<String>(6)?.lines().map(str::to_owned).collect(),
            most: row.get(7)?,
        })
    }
}

/// The ballots of a meeting in order.
pub fn ballots(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId) -> Result<Vec<Ballot>, Fault> {
    sql!(
        "SELECT entry, place, book, question, method, secrecy, options, most FROM ballot
         WHERE place = ?1 AND book = ?2 AND undone IS NULL ORDER BY entry"
    )
    .bind(place)
    .bind(&meeting)
    .all(tx)
}

kernel::named! {
    /// What was recorded of a ballot beside votes.
    pub enum NoteKind as "a kind of note of a ballot" {
        /// Somebody has a reservation.
        Reservation "reservation",
        /// A count by hand.
        Count "count",
        /// The closing.
        Closing "closing",
    }
}

row! {
    /// What was recorded of a ballot beside votes.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct BallotNote {
        /// The entry.
        pub entry: EntryId,
        /// What it is.
        pub kind: NoteKind,
        /// Of which element somebody with a reservation is.
        pub element: Option<Element>,
        /// The reservation.
        pub text: String,
    }
}

/// What was recorded of a ballot beside votes, in order.
pub fn ballot_notes(tx: &mut Tx<'_>, ballot: EntryId) -> Result<Vec<BallotNote>, Fault> {
    sql!("SELECT entry, kind, element, text FROM ballot_note WHERE ballot = ?1 AND undone IS NULL ORDER BY entry")
        .bind(&ballot)
        .all(tx)
}

/// The votes of a ballot that are in the journal; of one voice the first.
pub fn votes(tx: &mut Tx<'_>, ballot: EntryId) -> Result<Vec<Votes>, Fault> {
    let rows = sql!(
        "SELECT voice, marks, heads FROM ballot_vote WHERE ballot = ?1 AND undone IS NULL ORDER BY entry, part"
    )
    .bind(&ballot)
    .all::<(Option<Voice>, String, i64)>(tx)?;
    let mut seen = BTreeSet::new();
    let first = |voice: Option<Voice>| voice.is_none_or(|voice| seen.insert(voice));
    let mut kept = Vec::new();
    let mut first = first;
    for (voice, marks, count) in rows {
        if first(voice) {
            kept.push(Votes { marks: read_marks(&marks)?, count });
        }
    }
    Ok(kept)
}

/// Whether a voice voted, openly or secretly.
pub fn has_voted(tx: &mut Tx<'_>, ballot: EntryId, voice: &Voice) -> Result<bool, Fault> {
    let (count,) = sql!(
        "SELECT CAST((SELECT COUNT(*) FROM ballot_vote WHERE ballot = ?1 AND voice = ?2 AND undone IS NULL)
         + (SELECT COUNT(*) FROM ballot_spent WHERE ballot = ?1 AND voice = ?2 AND undone IS NULL) AS BIGINT)"
    )
    .bind(&ballot)
    .bind(voice)
    .one::<(i64,)>(tx)?;
    Ok(count > 0)
}

/// How many voices voted secretly.
pub fn spent(tx: &mut Tx<'_>, ballot: EntryId) -> Result<i64, Fault> {
    let (count,) = sql!(
        "SELECT CAST(COUNT(DISTINCT voice) AS BIGINT) FROM ballot_spent WHERE ballot = ?1 AND undone IS NULL"
    )
    .bind(&ballot)
    .one::<(i64,)>(tx)?;
    Ok(count)
}

/// Puts a secret vote into the box.
pub(super) fn drop_in(tx: &mut Tx<'_>, ballot: EntryId, marks: &[i64]) -> Result<(), Fault> {
    sql!(
        "INSERT INTO ballot_box (ballot, marks, heads) VALUES (?1, ?2, 1)
         ON CONFLICT (ballot, marks) DO UPDATE SET heads = ballot_box.heads + 1"
    )
    .bind(&ballot)
    .bind(&written(marks))
    .run(tx)?;
    Ok(())
}

/// What lies in the box of a secret ballot.
pub(super) fn in_box(tx: &mut Tx<'_>, ballot: EntryId) -> Result<Vec<Votes>, Fault> {
    let rows = sql!("SELECT marks, heads FROM ballot_box WHERE ballot = ?1 ORDER BY marks")
        .bind(&ballot)
        .all::<(String, i64)>(tx)?;
    rows.into_iter().map(|(marks, count)| Ok(Votes { marks: read_marks(&marks)?, count })).collect()
}
