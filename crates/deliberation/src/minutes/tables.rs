//! The texts of minutes and what was said of them, as they follow from the facts.

use std::collections::BTreeSet;

use db::{FromRow, Row, Tx, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, EntryId, Fault, PlaceCode};
use serde::Serialize;

use super::facts::*;
use crate::decisions::Owner;

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(fact) = Fact::read(entry)? else { return Ok(Folded::UnknownKind) };
    let (id, by) = (fold.entry, fold.turn.undone_by());
    if !fold.turn.is_first() {
        let statement = match &fact {
            Fact::TextWritten(_) => sql!("UPDATE minutes_text SET undone = ?2 WHERE entry = ?1"),
            _ => sql!("UPDATE minutes_said SET undone = ?2 WHERE entry = ?1"),
        };
        statement.bind(&id).bind(&by).run(fold)?;
        return Ok(Folded::Done);
    }
    match fact {
        Fact::TextWritten(fact) => {
            let base = fact.base.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            sql!(
                "INSERT INTO minutes_text (place, book, entry, statement, position, speaker, original, lang, text, base)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING"
            )
            .bind(&fact.place)
            .bind(&fact.meeting)
            .bind(&id)
            .bind(&fact.statement)
            .bind(&fact.position)
            .bind(&fact.speaker)
            .bind(&fact.original)
            .bind(&fact.lang)
            .bind(&fact.text)
            .bind(&base)
            .run(fold)?;
        }
        Fact::TextChecked(fact) => {
            let said = Said { what: "checked", version: Some(fact.version), hash: None, approver: None };
            say(fold, &fact.place, fact.meeting, &said)?;
        }
        Fact::MinutesFrozen(fact) => {
            let said = Said { what: "frozen", version: None, hash: Some(fact.hash), approver: None };
            say(fold, &fact.place, fact.meeting, &said)?;
        }
        Fact::MinutesApproved(fact) => {
            let said =
                Said { what: "approved", version: None, hash: Some(fact.hash), approver: Some(fact.by) };
            say(fold, &fact.place, fact.meeting, &said)?;
        }
    }
    Ok(Folded::Done)
}

struct Said {
    what: &'static str,
    version: Option<EntryId>,
    hash: Option<String>,
    approver: Option<Owner>,
}

fn say(fold: &mut Fold<'_, '_>, place: &PlaceCode, book: BookId, said: &Said) -> Result<(), Fault> {
    let (entry, what) = (fold.entry, said.what.to_owned());
    sql!(
        "INSERT INTO minutes_said (place, book, entry, what, version, hash, approver)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING"
    )
    .bind(place)
    .bind(&book)
    .bind(&entry)
    .bind(&what)
    .bind(&said.version)
    .bind(&said.hash)
    .bind(&said.approver)
    .run(fold)?;
    Ok(())
}

/// A text as it was written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The entry.
    pub entry: EntryId,
    /// The statement.
    pub statement: EntryId,
    /// Its place in the order.
    pub position: i64,
    /// Who speaks.
    pub speaker: String,
    /// In which language the statement was made.
    pub original: Tongue,
    /// In which language this text is.
    pub lang: Tongue,
    /// The text.
    pub text: String,
    /// The entries whose place it takes.
    pub base: Vec<EntryId>,
}

impl FromRow for Version {
    fn from_row(row: &Row<'_>) -> Result<Version, Fault> {
        let base: String = row.get(7)?;
        let read = |word: &str| word.parse().map_err(|_| Fault::new("reading what a text is based on"));
        Ok(Version {
            entry: row.get(0)?,
            statement: row.get(1)?,
            position: row.get(2)?,
            speaker: row.get(3)?,
            original: row.get(4)?,
            lang: row.get(5)?,
            text: row.get(6)?,
            base: base.split_whitespace().map(read).collect::<Result<_, _>>()?,
        })
    }
}

/// Every text of the minutes of a meeting that was ever written and not taken back.
pub fn versions(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId) -> Result<Vec<Version>, Fault> {
    sql!(
        "SELECT entry, statement, position, speaker, original, lang, text, base FROM minutes_text
         WHERE place = ?1 AND book = ?2 AND undone IS NULL ORDER BY position, statement, entry"
    )
    .bind(place)
    .bind(&meeting)
    .all(tx)
}

/// The entries whose texts somebody found right.
pub fn checked(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId) -> Result<BTreeSet<EntryId>, Fault> {
    let all = sql!(
        "SELECT version FROM minutes_said
         WHERE place = ?1 AND book = ?2 AND what = 'checked' AND undone IS NULL ORDER BY entry"
    )
    .bind(place)
    .bind(&meeting)
    .all::<(EntryId,)>(tx)?;
    Ok(all.into_iter().map(|(version,)| version).collect())
}

/// The hash of what was frozen last.
pub fn frozen(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId) -> Result<Option<String>, Fault> {
    let last = sql!(
        "SELECT hash FROM minutes_said
         WHERE place = ?1 AND book = ?2 AND what = 'frozen' AND undone IS NULL ORDER BY entry DESC LIMIT 1"
    )
    .bind(place)
    .bind(&meeting)
    .maybe::<(String,)>(tx)?;
    Ok(last.map(|(hash,)| hash))
}

/// Who approved what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Approval {
    /// SHA-256 of the texts that were approved.
    pub hash: String,
    /// Who.
    pub by: Owner,
}

impl FromRow for Approval {
    fn from_row(row: &Row<'_>) -> Result<Approval, Fault> {
        Ok(Approval { hash: row.get(0)?, by: row.get(1)? })
    }
}

/// Who approved which version of the minutes.
pub fn approvals(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId) -> Result<Vec<Approval>, Fault> {
    sql!(
        "SELECT hash, approver FROM minutes_said
         WHERE place = ?1 AND book = ?2 AND what = 'approved' AND undone IS NULL ORDER BY entry"
    )
    .bind(place)
    .bind(&meeting)
    .all(tx)
}
