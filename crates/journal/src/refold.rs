//! Dropping the derived tables and folding every entry again.

use std::collections::HashSet;

use db::{Tx, sql};
use kernel::{Fault, Stop};

use crate::chapter::Chapter;
use crate::fold::{Folder, Stored, read_header};
use crate::header::Overdraft;
use crate::open::Journal;
use crate::state::read_waiting;

/// Hears how far a long work is: done, in all.
pub type Progress<'p> = &'p mut dyn FnMut(u64, u64);

/// What follows from entries whatever their chapter.
const DERIVED: Chapter = Chapter {
    name: "journal",
    kinds: &[],
    tables: include_str!("derived.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: |_, _| Ok(crate::chapter::Folded::UnknownKind),
    forget: None,
    check: None,
};

/// So many entries share a transaction while all is folded again: the more, the fewer times a page is written.
const BATCH: usize = 10_000;

fn all<'a>(chapters: &'static [&'static Chapter]) -> impl Iterator<Item = &'a Chapter> {
    std::iter::once(&DERIVED).chain(chapters.iter().copied())
}

/// The names of all derived tables.
pub(crate) fn tables(chapters: &'static [&'static Chapter]) -> impl Iterator<Item = &'static str> {
    let made = |text: &'static str| text.split("CREATE TABLE ").skip(1);
    let of_chapters = chapters.iter().flat_map(move |chapter| made(chapter.tables));
    made(DERIVED.tables).chain(of_chapters).filter_map(|rest| rest.split([' ', '(']).next())
}

/// Makes derived tables that were never made.
pub(crate) fn prepare_tables(tx: &mut Tx<'_>, chapters: &'static [&'static Chapter]) -> Result<(), Fault> {
    let known = sql!("SELECT name FROM chapter").all::<(String,)>(tx)?;
    let (entries,) = sql!("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM log").one::<(i64,)>(tx)?;
    for chapter in all(chapters) {
        if known.iter().any(|(name,)| name == chapter.name) {
            continue;
        }
        tx.create(chapter.tables)?;
        // A chapter that comes new to a site with entries may find some that were set aside for it.
        let state = if entries == 0 { "folded" } else { "folding" };
        remember(tx, chapter, state)?;
    }
    Ok(())
}

/// Folds again when a table's definition or a fold changed, when a kind is known that was set aside, or when folding
/// was interrupted.
pub(crate) fn when_changed(journal: &Journal, progress: Progress<'_>) -> Result<(), Stop> {
    let chapters = journal.site.chapters;
    let needed = journal.store.read(|tx| {
        for chapter in all(chapters) {
            let (tables, version, state) = sql!("SELECT tables, version, state FROM chapter WHERE name = ?1")
                .bind(&chapter.name.to_owned())
                .one::<(String, i64, String)>(tx)?;
            if tables != chapter.tables || version != chapter.version || state != "folded" {
                return Ok(true);
            }
        }
        let parked = sql!("SELECT DISTINCT kind FROM parked WHERE why = 'kind'").all::<(String,)>(tx)?;
        Ok(parked.iter().any(|(kind,)| chapters.iter().any(|chapter| chapter.kinds.contains(&kind.as_str()))))
    })?;
    if needed { refold(journal, progress).map(drop) } else { Ok(()) }
}

/// Drops every derived table and folds every entry again, in the order of the logs; how many there were. When it is
/// interrupted, the next start begins anew.
pub fn refold(journal: &Journal, progress: Progress<'_>) -> Result<u64, Stop> {
    let chapters = journal.site.chapters;
    let shared = journal.shared.clone();
    journal.store.write(move |tx| {
        for chapter in all(chapters) {
            let before = sql!("SELECT tables FROM chapter WHERE name = ?1")
                .bind(&chapter.name.to_owned())
                .maybe::<(String,)>(tx)?;
            if let Some((tables,)) = before {
                tx.drop_tables(&tables)?;
            }
            tx.drop_tables(chapter.tables)?;
        }
        for chapter in all(chapters) {
            tx.create(chapter.tables)?;
            remember(tx, chapter, "folding")?;
        }
        if let Some(state) = shared.lock().as_mut() {
            state.waiting.clear();
        }
        Ok(())
    })?;
    let (total,) = journal
        .store
        .read(|tx| Ok(sql!("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM log").one::<(i64,)>(tx)?))?;
    let mut at = (0, -1);
    let mut done = 0;
    progress(0, total as u64);
    loop {
        let (site, shared) = (std::sync::Arc::clone(&journal.site), journal.shared.clone());
        let (next, count) = journal.store.write(move |tx| {
            let mut guard = shared.lock();
            let state = guard.as_mut().ok_or_else(|| Fault::new("the journal is not open yet"))?;
            let mut waiting: HashSet<_> = std::mem::take(&mut state.waiting);
            let answer = fold_batch(tx, &site, &mut waiting, at);
            state.waiting = waiting;
            Ok(answer?)
        })?;
        if count == 0 {
            break;
        }
        (at, done) = (next, done + count);
        progress(done, total as u64);
    }
    let shared = journal.shared.clone();
    journal.store.write(move |tx| {
        for chapter in all(chapters) {
            remember(tx, chapter, "folded")?;
        }
        if let Some(state) = shared.lock().as_mut() {
            state.waiting = read_waiting(tx)?;
            state.names_touched = true;
        }
        Ok(())
    })?;
    Ok(done)
}

/// Folds the entries behind `at`; where it came to and how many they were.
fn fold_batch(
    tx: &mut Tx<'_>,
    site: &crate::work::Site,
    waiting: &mut HashSet<kernel::EntryId>,
    at: (i64, i64),
) -> Result<((i64, i64), u64), Fault> {
    let rows = sql!(
        "SELECT e.log, e.idx, e.header, b.bytes FROM entry e
         LEFT JOIN body b ON b.log = e.log AND b.idx = e.idx
         WHERE (e.log, e.idx) > (?1, ?2) ORDER BY e.log, e.idx LIMIT ?3"
    )
    .bind(&at.0)
    .bind(&at.1)
    .bind(&(BATCH as i64))
    .all::<(i64, i64, Vec<u8>, Option<Vec<u8>>)>(tx)?;
    let mut upto = at;
    let count = rows.len() as u64;
    for (log, idx, header, body) in rows {
        upto = (log, idx);
        let header = read_header(&header)?;
        if body.is_none() && header.key.is_none() {
            return Err(Fault::new(format!("the body of entry {idx} of log {log} is missing"))
                .advise("journal.body_missing_stop", vec![]));
        }
        let mut folder = Folder {
            chapters: site.chapters,
            keys: &site.keys,
            waiting,
            overdraft: Overdraft::IsKept,
            upto: Some(upto),
        };
        folder.fold(tx, &Stored { log, idx, header: &header, body: body.as_deref() })?;
    }
    Ok((upto, count))
}

fn remember(tx: &mut Tx<'_>, chapter: &Chapter, state: &str) -> Result<(), Fault> {
    sql!(
        "INSERT INTO chapter (name, tables, version, state) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (name) DO UPDATE SET tables = excluded.tables, version = excluded.version, state = excluded.state"
    )
    .bind(&chapter.name.to_owned())
    .bind(&chapter.tables.to_owned())
    .bind(&chapter.version)
    .bind(&state.to_owned())
    .run(tx)?;
    Ok(())
}
