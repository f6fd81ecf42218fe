//! The one writer. What is queued runs closure by closure, each in a savepoint; one commit makes all of it durable;
//! only then does anybody get an answer. A log has one end, so this is the writer on PostgreSQL as well.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use kernel::Fault;
use rusqlite::Connection;

use crate::pg::Link;
use crate::store::{Place, open_file};
use crate::tx::Behind;
use crate::{Dialect, Tx};

/// Runs with the transaction, or hears why there is none.
pub(crate) type Job = Box<dyn FnOnce(Result<&mut Tx<'_>, &Fault>) -> Outcome + Send>;

/// Hears how the commit went.
pub(crate) type Answer = Box<dyn FnOnce(Result<(), &Fault>) + Send>;

pub(crate) struct Outcome {
    /// Whether what the closure did is to stay.
    pub keep: bool,
    /// Who waits for it.
    pub answer: Answer,
}

/// Who goes along with the writer and keeps something in memory that follows the transaction: the journal, with
/// the right edge of its tree.
pub trait Companion: Send {
    /// A transaction has begun. Another process may have written since the last one.
    fn begun(&mut self, tx: &mut Tx<'_>) -> Result<(), Fault>;
    /// A closure is about to run.
    fn mark(&mut self);
    /// What happened since the last mark is taken back.
    fn back(&mut self);
    /// The transaction is about to be committed; last chance to write.
    fn sealing(&mut self, tx: &mut Tx<'_>) -> Result<(), Fault>;
    /// How the commit went.
    fn sealed(&mut self, kept: bool);
    /// Nobody has written for a second: is there something to write down?
    fn idle(&mut self) -> bool;
}

/// No companion.
impl Companion for () {
    fn begun(&mut self, _: &mut Tx<'_>) -> Result<(), Fault> {
        Ok(())
    }
    fn mark(&mut self) {}
    fn back(&mut self) {}
    fn sealing(&mut self, _: &mut Tx<'_>) -> Result<(), Fault> {
        Ok(())
    }
    fn sealed(&mut self, _: bool) {}
    fn idle(&mut self) -> bool {
        false
    }
}

/// The writer's connection.
pub(crate) enum Hand {
    Sqlite(Connection),
    Postgres { link: Box<Link>, url: String },
}

/// At most so many closures share a commit, so that the first one does not wait for long.
const GROUP: usize = 256;
const IDLE: Duration = Duration::from_secs(1);
/// The writer's page cache, in KiB.
const CACHE: u32 = 16_000;
/// The key of the advisory lock that keeps two programs from writing the same PostgreSQL database at once.
const ADVISORY_LOCK: i64 = 0x5349_4d50_554c; // "SIMPUL"

impl Hand {
    pub(crate) fn open(place: &Place) -> Result<Hand, Fault> {
        match place {
            Place::File(path) => open_file(path, CACHE).map(Hand::Sqlite),
            Place::Server(url) => Ok(Hand::Postgres { link: Box::new(Link::open(url)?), url: url.clone() }),
        }
    }

    fn tx(&mut self) -> Result<Tx<'_>, Fault> {
        match self {
            Hand::Sqlite(conn) => Ok(Tx::new(Behind::Sqlite(conn))),
            Hand::Postgres { link, url } => {
                if link.is_closed() {
                    **link = Link::open(url)?;
                }
                Ok(Tx::new(Behind::Postgres(link)))
            }
        }
    }
}

pub(crate) fn run(mut hand: Hand, queue: Receiver<Job>, mut companion: impl Companion) {
    loop {
        let first = match queue.recv_timeout(IDLE) {
            Ok(job) => Some(job),
            Err(RecvTimeoutError::Timeout) if companion.idle() => None,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => {
                if companion.idle() {
                    group(&mut hand, &queue, None, &mut companion);
                }
                return;
            }
        };
        group(&mut hand, &queue, first, &mut companion);
    }
}

fn group(hand: &mut Hand, queue: &Receiver<Job>, first: Option<Job>, companion: &mut impl Companion) {
    let begun = hand.tx().and_then(|mut tx| {
        begin(&mut tx)?;
        companion.begun(&mut tx).inspect_err(|_| {
            let _ = tx.batch("ROLLBACK");
        })?;
        Ok(tx)
    });
    let mut tx = match begun {
        Ok(tx) => tx,
        Err(fault) => {
            tracing::warn!(%fault, "The writer could not begin a transaction");
            if let Some(job) = first {
                (job(Err(&fault)).answer)(Err(&fault));
            }
            return;
        }
    };
    let mut answers = Vec::new();
    let mut next = first;
    while let Some(job) = next {
        companion.mark();
        let outcome = one(&mut tx, job);
        if !outcome.keep {
            companion.back();
        }
        answers.push(outcome.answer);
        next = if answers.len() < GROUP && tx.stands() { queue.try_recv().ok() } else { None };
    }
    let committed = commit(&mut tx, companion);
    if let Err(fault) = &committed {
        tracing::error!(%fault, "A commit failed; everything in it was taken back");
        let _ = tx.batch("ROLLBACK");
    }
    companion.sealed(committed.is_ok());
    for answer in answers {
        answer(committed.as_ref().copied());
    }
    if let Err(fault) = &committed
        && fault.advice.as_ref().is_some_and(|advice| advice.code == "db.disk_failed")
    {
        // After a failed sync the system may hold pages for written that are not. Only a new start reads the disk anew.
        tracing::error!("The disk failed during a commit; the program stops so that nothing is built on it");
        std::process::abort();
    }
}

fn commit(tx: &mut Tx<'_>, companion: &mut impl Companion) -> Result<(), Fault> {
    if !tx.stands() {
        return Err(Fault::new("the database took back the transaction").advise("db.disk_full", vec![]));
    }
    tx.write_sums()?;
    companion.sealing(tx)?;
    tx.control("COMMIT")
}

/// Runs one closure in a savepoint. A panic inside it takes back that closure only.
fn one(tx: &mut Tx<'_>, job: Job) -> Outcome {
    if let Err(fault) = tx.control("SAVEPOINT job") {
        return job(Err(&fault));
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| job(Ok(tx)))).unwrap_or_else(|_| {
        tracing::error!("A closure of the writer panicked; what it did was taken back");
        Outcome { keep: false, answer: Box::new(|_| {}) }
    });
    let kept = if outcome.keep { tx.sums.keep() } else { Ok(()) };
    let ended = if outcome.keep && kept.is_ok() {
        tx.control("RELEASE job")
    } else {
        let back = tx.sums.back();
        back.and(tx.control("ROLLBACK TO job")).and_then(|()| tx.control("RELEASE job"))
    };
    if let Err(fault) = ended {
        // The savepoint is gone with the transaction, as after a full disk: the commit tells everybody.
        tracing::warn!(%fault, "A savepoint did not end");
    }
    match kept {
        Ok(()) => outcome,
        Err(fault) => {
            let answer = outcome.answer;
            Outcome { keep: false, answer: Box::new(move |_| answer(Err(&fault))) }
        }
    }
}

fn begin(tx: &mut Tx<'_>) -> Result<(), Fault> {
    match tx.dialect() {
        Dialect::Sqlite => tx.control("BEGIN IMMEDIATE"),
        Dialect::Postgres => {
            tx.batch("BEGIN")?;
            tx.batch(&format!("SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
        }
    }
}
