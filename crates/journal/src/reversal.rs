//! The journal's own facts: a reversal takes an entry back, an order to erase destroys what is known of a person.

use db::{Tx, row, sql};
use kernel::{Day, EntryId, Fault};
use serde::{Deserialize, Serialize};

use crate::chapter::{Entry, Folded};
use crate::fold::{Fold, Folder, Turn, read_header};
use crate::hash::KeyId;

pub(crate) const CHAPTER: &str = "journal";
pub(crate) const REVERSED: &str = "journal.reversed/1";
pub(crate) const ERASED: &str = "journal.erased/1";

kernel::refusals! { JournalRefusal:
    /// The same id came before with another content.
    409 "journal.other_content" OtherContent { id: String };
    /// No entry has this id.
    404 "journal.no_entry" NoEntry { id: String };
    /// It was taken back before.
    409 "journal.reversed_before" ReversedBefore { day: Day };
    /// A reversal is not reversed.
    409 "journal.is_reversal" IsReversal;
    /// A reversal says why.
    422 "journal.no_reason" NoReason;
    /// A command would take a guarded account below zero.
    409 "journal.overdrawn" Overdrawn { account: String, missing: i64 };
    /// More attachments than a header has room for.
    422 "journal.too_many_attached" TooManyAttached { most: usize };
}

/// A deed that takes entries of its chapter back: `impl journal::Reversing for Reverse {}`. A permit for another deed does
/// not do.
pub trait Reversing: kernel::Deed {}

/// An entry was taken back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Reversed {
    pub target: EntryId,
    /// Day of the books.
    pub day: Day,
    pub reason: String,
}

/// Somebody asked to be forgotten, or the ground for keeping the data is gone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Erased {
    pub key: KeyId,
    /// The legal ground; no personal datum.
    pub reason: String,
}

row! {
    /// The reversal that counts for an entry.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Reversal {
        /// The reversal.
        pub entry: EntryId,
        /// Day of the books.
        pub day: Day,
        /// Why.
        pub reason: String,
    }
}

impl Reversal {
    /// The reversal of `target`, if there is one.
    pub fn of(tx: &mut Tx<'_>, target: EntryId) -> Result<Option<Reversal>, Fault> {
        sql!("SELECT entry, day, reason FROM reversal WHERE target = ?1 ORDER BY entry LIMIT 1")
            .bind(&target)
            .maybe(tx)
    }
}

pub(crate) fn fold(folder: &mut Folder<'_>, fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match entry.kind.as_ref() {
        REVERSED => fold_reversal(folder, fold, entry.id, &entry.payload()?)?,
        ERASED => fold_erasure(folder, fold, entry.id, &entry.payload()?)?,
        _ => return Ok(Folded::UnknownKind),
    }
    Ok(Folded::Done)
}

fn fold_reversal(
    folder: &mut Folder<'_>,
    fold: &mut Fold<'_, '_>,
    by: EntryId,
    reversed: &Reversed,
) -> Result<(), Fault> {
    let earlier = Reversal::of(fold, reversed.target)?;
    sql!("INSERT INTO reversal (target, entry, day, reason) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
        .bind(&reversed.target)
        .bind(&by)
        .bind(&reversed.day)
        .bind(&reversed.reason)
        .run(fold)?;
    let undone = Turn::Undone { by, day: reversed.day };
    match earlier {
        Some(earlier) if earlier.entry <= by => {}
        Some(earlier) => {
            folder.turn(fold, reversed.target, Turn::Restored { by: earlier.entry, day: earlier.day })?;
            folder.turn(fold, reversed.target, undone)?;
        }
        None => folder.turn(fold, reversed.target, undone)?,
    }
    Ok(())
}

/// The target of a reversal has come after the reversal.
pub(crate) fn take_back_late(folder: &mut Folder<'_>, tx: &mut Tx<'_>, target: EntryId) -> Result<(), Fault> {
    if let Some(reversal) = Reversal::of(tx, target)? {
        folder.turn(tx, target, Turn::Undone { by: reversal.entry, day: reversal.day })?;
    }
    Ok(())
}

fn fold_erasure(
    folder: &mut Folder<'_>,
    fold: &mut Fold<'_, '_>,
    order: EntryId,
    erased: &Erased,
) -> Result<(), Fault> {
    sql!("INSERT INTO erased (key, entry) VALUES (?1, ?2)
          ON CONFLICT (key) DO UPDATE SET entry = CASE WHEN excluded.entry < erased.entry THEN excluded.entry ELSE erased.entry END")
        .bind(&erased.key)
        .bind(&order)
        .run(fold)?;
    let entries = sql!("SELECT s.log, s.idx, e.header FROM sealed s JOIN entry e ON e.log = s.log AND e.idx = s.idx WHERE s.key = ?1")
        .bind(&erased.key)
        .all::<(i64, i64, Vec<u8>)>(fold)?;
    for (log, idx, header) in entries {
        let header = read_header(&header)?;
        if let Some(forget) = folder.chapter(&header).and_then(|chapter| chapter.forget) {
            forget(fold, header.id)?;
        }
        sql!("DELETE FROM body WHERE log = ?1 AND idx = ?2").bind(&log).bind(&idx).run(fold)?;
        sql!("DELETE FROM parked WHERE log = ?1 AND idx = ?2").bind(&log).bind(&idx).run(fold)?;
    }
    sql!("DELETE FROM sealed WHERE key = ?1").bind(&erased.key).run(fold)?;
    Ok(())
}
