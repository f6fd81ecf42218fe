//! From an entry to the tables.

use std::collections::HashSet;
use std::ops::{Deref, DerefMut};

use db::{Sql, Tx, sql};
use kernel::{BookId, Day, EntryId, Fault, PlaceCode};

use crate::body;
use crate::chapter::{Chapter, Entry, Folded};
use crate::hash::KeyId;
use crate::header::{Class, Header, Overdraft};
use crate::keys::Keyring;
use crate::ledger::{self, Overdrawn, Posting};
use crate::reversal;

/// Which way an entry is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It happened.
    Done,
    /// A reversal takes it back; in the books on `day`.
    Undone {
        /// The reversal.
        by: EntryId,
        /// Day of the books.
        day: Day,
    },
    /// The reversal that took it back gives way to another one with a smaller id.
    Restored {
        /// The reversal that gives way.
        by: EntryId,
        /// Its day of the books.
        day: Day,
    },
}

impl Turn {
    /// 1 when the entry counts, -1 when it is taken back: for sums.
    pub fn sign(self) -> i64 {
        match self {
            Turn::Done | Turn::Restored { .. } => 1,
            Turn::Undone { .. } => -1,
        }
    }
    /// The reversal that a row is marked with: none when the entry counts.
    pub fn undone_by(self) -> Option<EntryId> {
        match self {
            Turn::Undone { by, .. } => Some(by),
            Turn::Done | Turn::Restored { .. } => None,
        }
    }
    /// Whether rows of the entry are to be inserted (as against marked or unmarked).
    pub fn is_first(self) -> bool {
        self == Turn::Done
    }
}

/// The transaction in which an entry is folded.
pub struct Fold<'t, 'c> {
    tx: &'t mut Tx<'c>,
    /// The entry.
    pub entry: EntryId,
    /// Which way.
    pub turn: Turn,
    pub(crate) overdraft: Overdraft,
    /// The accounts that went below zero, where that is refused.
    pub(crate) overdrawn: Vec<Overdrawn>,
}

impl<'c> Deref for Fold<'_, 'c> {
    type Target = Tx<'c>;
    fn deref(&self) -> &Tx<'c> {
        self.tx
    }
}

impl DerefMut for Fold<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.tx
    }
}

impl<'t, 'c> Fold<'t, 'c> {
    pub(crate) fn new(tx: &'t mut Tx<'c>, entry: EntryId, turn: Turn, overdraft: Overdraft) -> Self {
        Fold { tx, entry, turn, overdraft, overdrawn: Vec::new() }
    }
    /// Writes the transfers of this entry into the books, or takes them back, as the turn says.
    pub fn post(&mut self, posting: &Posting) -> Result<(), Fault> {
        ledger::post(self, posting)
    }
    /// Marks the rows of this entry that a reversal takes back, or unmarks them. The statement sets who took them back
    /// (`?4`) where place, book and entry are `?1` to `?3`.
    pub fn mark(&mut self, statement: Sql, place: &PlaceCode, book: BookId) -> Result<(), Fault> {
        let (entry, by) = (self.entry, self.turn.undone_by());
        statement.bind(place).bind(&book).bind(&entry).bind(&by).run(self)?;
        Ok(())
    }
}

/// What folding needs beside the transaction.
pub(crate) struct Folder<'f> {
    pub chapters: &'static [&'static Chapter],
    pub keys: &'f Keyring,
    /// Targets of reversals that have not come yet.
    pub waiting: &'f mut HashSet<EntryId>,
    /// Kept for reports, and while all is folded again.
    pub overdraft: Overdraft,
    /// While all is folded again: where we are. What stands behind counts as not here yet.
    pub upto: Option<(i64, i64)>,
}

/// One row of the ground state.
pub(crate) struct Stored<'a> {
    pub log: i64,
    pub idx: i64,
    pub header: &'a Header,
    pub body: Option<&'a [u8]>,
}

impl Folder<'_> {
    /// Folds an entry that has come, then what was waiting for it.
    pub fn fold(&mut self, tx: &mut Tx<'_>, stored: &Stored<'_>) -> Result<Vec<Overdrawn>, Fault> {
        let header = stored.header;
        for sha256 in &header.att {
            sql!("INSERT INTO attached (sha256, log, idx) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
                .bind(sha256)
                .bind(&stored.log)
                .bind(&stored.idx)
                .run(tx)?;
        }
        if let (Class::Person, Some(key)) = (header.class, header.key) {
            if is_erased(tx, &key)? {
                return Ok(Vec::new());
            }
            sql!("INSERT INTO sealed (key, log, idx) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
                .bind(&key)
                .bind(&stored.log)
                .bind(&stored.idx)
                .run(tx)?;
        }
        let Some(entry) = self.open(header, stored.body)? else {
            park(tx, stored, "body")?;
            return Ok(Vec::new());
        };
        let mut fold = Fold::new(tx, header.id, Turn::Done, self.overdraft);
        let folded = self.dispatch(&mut fold, &entry)?;
        let overdrawn = std::mem::take(&mut fold.overdrawn);
        if folded == Folded::UnknownKind {
            park(tx, stored, "kind")?;
        }
        if self.waiting.remove(&header.id) {
            reversal::take_back_late(self, tx, header.id)?;
        }
        Ok(overdrawn)
    }

    /// Folds an entry that is in the tables once more, the other way.
    pub fn turn(&mut self, tx: &mut Tx<'_>, target: EntryId, turn: Turn) -> Result<(), Fault> {
        let Some((log, idx, header, body)) = stored(tx, target)? else {
            self.waiting.insert(target);
            return Ok(());
        };
        if self.upto.is_some_and(|upto| (log, idx) > upto) {
            self.waiting.insert(target);
            return Ok(());
        }
        let Some(entry) = self.open(&header, body.as_deref())? else { return Ok(()) };
        if header.chapter() == reversal::CHAPTER {
            return Ok(());
        }
        let mut fold = Fold::new(tx, target, turn, Overdraft::IsKept);
        self.dispatch(&mut fold, &entry).map(drop)
    }

    /// The chapter that folds entries of this kind.
    pub fn chapter(&self, header: &Header) -> Option<&'static Chapter> {
        self.chapters.iter().copied().find(|chapter| chapter.name == header.chapter())
    }

    fn dispatch(&mut self, fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
        let name = entry.kind.split('.').next().unwrap_or_default();
        if name == reversal::CHAPTER {
            return reversal::fold(self, fold, entry);
        }
        match self.chapters.iter().find(|chapter| chapter.name == name) {
            Some(chapter) => (chapter.fold)(fold, entry),
            None => Ok(Folded::UnknownKind),
        }
    }

    fn open(&self, header: &Header, body: Option<&[u8]>) -> Result<Option<Entry>, Fault> {
        Ok(open_body(self.keys, header, body)?.map(|json| Entry::new(header, json)))
    }
}

/// The JSON of a body, if there is one and it is plain or its key is here.
pub(crate) fn open_body(
    keys: &Keyring,
    header: &Header,
    body: Option<&[u8]>,
) -> Result<Option<Vec<u8>>, Fault> {
    let Some(bytes) = body else { return Ok(None) };
    Ok(match header.key {
        Some(name) => keys.get(&name)?.and_then(|key| body::unseal(&key, header.id, &header.kind, bytes)),
        None => body::read_plain(bytes).map(<[u8]>::to_vec),
    })
}

/// Where an entry lies, its header and, unless it was erased, its body.
#[allow(clippy::type_complexity)]
pub(crate) fn stored(
    tx: &mut Tx<'_>,
    id: EntryId,
) -> Result<Option<(i64, i64, Header, Option<Vec<u8>>)>, Fault> {
    let found = sql!(
        "SELECT e.log, e.idx, e.header, b.bytes FROM entry e
         LEFT JOIN body b ON b.log = e.log AND b.idx = e.idx WHERE e.id = ?1"
    )
    .bind(&id)
    .maybe::<(i64, i64, Vec<u8>, Option<Vec<u8>>)>(tx)?;
    found.map(|(log, idx, header, body)| Ok((log, idx, read_header(&header)?, body))).transpose()
}

pub(crate) fn read_header(bytes: &[u8]) -> Result<Header, Fault> {
    Header::read(bytes).map_err(|why| Fault::new(format!("a header cannot be read: {why}")))
}

pub(crate) fn is_erased(tx: &mut Tx<'_>, key: &KeyId) -> Result<bool, Fault> {
    Ok(sql!("SELECT 1 FROM erased WHERE key = ?1").bind(key).maybe::<(i64,)>(tx)?.is_some())
}

fn park(tx: &mut Tx<'_>, stored: &Stored<'_>, why: &str) -> Result<(), Fault> {
    sql!("INSERT INTO parked (log, idx, why, kind) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
        .bind(&stored.log)
        .bind(&stored.idx)
        .bind(&why.to_owned())
        .bind(&stored.header.kind.to_string())
        .run(tx)?;
    Ok(())
}
