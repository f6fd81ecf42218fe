//! What the writer keeps in memory: the right edge of the tree of the open log. It follows the transaction, forward
//! and back, and is read anew when another process has written.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use db::{Companion, Since, Tx, sql};
use kernel::{EntryId, Fault};

use crate::hash::Hash;
use crate::note::Signer;
use crate::tree::{Edge, Tile, leaf_hash};

/// At most so long after a commit, what it appended is under a signed checkpoint.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(1);

pub(crate) struct State {
    pub log: i64,
    pub signer: Signer,
    pub edge: Edge,
    /// Tiles that became full and are not yet written.
    pub tiles: Vec<Tile>,
    /// Targets of reversals that have not come yet.
    pub waiting: HashSet<EntryId>,
    /// Whether something was appended that the memory of names depends on.
    pub names_touched: bool,
    /// The size as the database has it.
    stored_size: u64,
    /// The entries of the logs that ended.
    ended: u64,
    /// The size of the newest checkpoint, and when it was signed.
    signed: (u64, Instant),
    mark: Option<Mark>,
    stale: bool,
}

struct Mark {
    edge: Edge,
    tiles: usize,
    waiting: Option<HashSet<EntryId>>,
}

impl State {
    pub fn load(tx: &mut Tx<'_>, log: i64, signer: Signer) -> Result<State, Fault> {
        let edge = read_edge(tx, log)?;
        let (signed,) = sql!("SELECT COALESCE(MAX(size), 0) FROM checkpoint WHERE log = ?1")
            .bind(&log)
            .one::<(i64,)>(tx)?;
        let (all,) = sql!("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM log").one::<(i64,)>(tx)?;
        Ok(State {
            log,
            signer,
            stored_size: edge.size(),
            ended: (all as u64).saturating_sub(edge.size()),
            edge,
            tiles: Vec::new(),
            waiting: read_waiting(tx)?,
            names_touched: false,
            signed: (signed as u64, Instant::now()),
            mark: None,
            stale: false,
        })
    }

    /// The entries of all logs, as the database has them.
    pub fn known_size(&self) -> u64 {
        self.ended + self.stored_size
    }

    /// Whether a checkpoint would say something new.
    fn unsigned(&self) -> bool {
        self.edge.size() > self.signed.0
    }

    fn sign(&mut self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        let size = self.edge.size() as i64;
        let note = self.signer.sign(self.edge.size(), self.edge.root());
        sql!("INSERT INTO checkpoint (log, size, note) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
            .bind(&self.log)
            .bind(&size)
            .bind(&note)
            .run(tx)?;
        self.signed = (self.edge.size(), Instant::now());
        Ok(())
    }
}

/// The state, shared between whoever writes and the closures that he runs.
#[derive(Clone, Default)]
pub(crate) struct Shared {
    state: Arc<Mutex<Option<State>>>,
    /// Counts what the memory of names depends on.
    pub epoch: Arc<AtomicU64>,
    /// The entries of all logs that this process knows of.
    pub known_size: Arc<AtomicU64>,
}

impl Shared {
    /// A closure that panicked leaves nothing behind that `back` does not mend.
    pub fn lock(&self) -> MutexGuard<'_, Option<State>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Companion for Shared {
    fn begun(&mut self, tx: &mut Tx<'_>) -> Result<Since, Fault> {
        let mut guard = self.lock();
        let Some(state) = guard.as_mut() else { return Ok(Since::Others) };
        let (all, open) = sql!(
            "SELECT CAST(SUM(size) AS BIGINT), CAST(SUM(CASE WHEN n = ?1 AND state = 'open' THEN 1 ELSE 0 END) AS BIGINT)
             FROM log"
        )
        .bind(&state.log)
        .one::<(i64, i64)>(tx)?;
        if open == 0 {
            // Whoever ended it has the site now: an entry behind the end would be in nobody's checkpoint.
            return Err(Fault::new(format!("another program ended log {}", state.log))
                .advise("journal.log_ended", vec![]));
        }
        if state.stale || all as u64 != state.known_size() {
            *state = State::load(tx, state.log, state.signer.clone())?;
            self.epoch.fetch_add(1, Ordering::AcqRel);
            return Ok(Since::Others);
        }
        Ok(Since::Nothing)
    }

    fn mark(&mut self) {
        if let Some(state) = self.lock().as_mut() {
            let waiting = (!state.waiting.is_empty()).then(|| state.waiting.clone());
            state.mark = Some(Mark { edge: state.edge.clone(), tiles: state.tiles.len(), waiting });
        }
    }

    fn back(&mut self) {
        if let Some(state) = self.lock().as_mut()
            && let Some(mark) = state.mark.take()
        {
            state.edge = mark.edge;
            state.tiles.truncate(mark.tiles);
            state.waiting = mark.waiting.unwrap_or_default();
        }
    }

    fn sealing(&mut self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        let mut guard = self.lock();
        let Some(state) = guard.as_mut() else { return Ok(()) };
        let size = state.edge.size();
        if size != state.stored_size {
            sql!("UPDATE log SET size = ?1 WHERE n = ?2").bind(&(size as i64)).bind(&state.log).run(tx)?;
            for tile in std::mem::take(&mut state.tiles) {
                sql!("INSERT INTO tile (log, level, n, root) VALUES (?1, ?2, ?3, ?4)")
                    .bind(&state.log)
                    .bind(&i64::from(tile.level))
                    .bind(&(tile.n as i64))
                    .bind(tile.root.bytes())
                    .run(tx)?;
            }
        }
        if state.unsigned() && state.signed.1.elapsed() >= CHECKPOINT_EVERY {
            state.sign(tx)?;
        }
        Ok(())
    }

    fn sealed(&mut self, kept: bool) {
        let mut guard = self.lock();
        let Some(state) = guard.as_mut() else { return };
        if kept {
            state.stored_size = state.edge.size();
            self.known_size.store(state.known_size(), Ordering::Release);
        } else {
            state.stale = true;
        }
        if std::mem::take(&mut state.names_touched) {
            self.epoch.fetch_add(1, Ordering::AcqRel);
        }
    }

    fn idle(&mut self) -> bool {
        match self.lock().as_mut() {
            Some(state) if state.unsigned() => {
                // `sealing` signs what is older than a second; on the way out nothing may stay unsigned.
                state.signed.1 = state.signed.1.checked_sub(CHECKPOINT_EVERY).unwrap_or(state.signed.1);
                true
            }
            _ => false,
        }
    }
}

/// The right edge of a log as the database has it: from full tiles and at most 255 headers a level.
pub(crate) fn read_edge(tx: &mut Tx<'_>, log: i64) -> Result<Edge, Fault> {
    let (size,) = sql!("SELECT size FROM log WHERE n = ?1").bind(&log).one::<(i64,)>(tx)?;
    let mut edge = Edge::default();
    for level in (1..=7i64).rev() {
        let len = 1i64 << (8 * level);
        let from = edge.size() as i64 / len;
        let roots =
            sql!("SELECT root FROM tile WHERE log = ?1 AND level = ?2 AND n >= ?3 AND n < ?4 ORDER BY n")
                .bind(&log)
                .bind(&level)
                .bind(&from)
                .bind(&(size / len))
                .all::<([u8; 32],)>(tx)?;
        for (root,) in roots {
            edge.push_subtree(8 * level as u32, Hash(root), |_| {});
        }
    }
    let headers = sql!("SELECT header FROM entry WHERE log = ?1 AND idx >= ?2 AND idx < ?3 ORDER BY idx")
        .bind(&log)
        .bind(&(edge.size() as i64))
        .bind(&size)
        .all::<(Vec<u8>,)>(tx)?;
    for (header,) in headers {
        edge.push(leaf_hash(&header), |_| {});
    }
    if edge.size() != size as u64 {
        return Err(Fault::new(format!("log {log} should have {size} entries, {} were found", edge.size()))
            .advise("db.damaged", vec![]));
    }
    Ok(edge)
}

pub(crate) fn read_waiting(tx: &mut Tx<'_>) -> Result<HashSet<EntryId>, Fault> {
    let targets = sql!(
        "SELECT DISTINCT r.target FROM reversal r LEFT JOIN entry e ON e.id = r.target WHERE e.id IS NULL"
    )
    .all::<(EntryId,)>(tx)?;
    Ok(targets.into_iter().map(|(target,)| target).collect())
}
