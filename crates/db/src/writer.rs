//! The one seat to write from. Whoever sits there runs closure by closure what is queued, each in a savepoint; one
//! commit makes all of it durable; only then does anybody get an answer. Somebody who can wait takes the seat himself
//! when it is free, which saves two changes of thread; everybody else leaves it to the writer's thread. A log has one
//! end, so this is the way on PostgreSQL as well.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kernel::Fault;
use rusqlite::Connection;

use crate::kept::Kept;
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

/// What happened to a database between two transactions of the writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// It is as the writer left it.
    Nothing,
    /// Others have written: what is in memory may be out of date.
    Others,
}

/// Who goes along with the writer and keeps something in memory that follows the transaction: the journal, with
/// the right edge of its tree.
pub trait Companion: Send {
    /// A transaction has begun. Whether another process has written since the last one.
    fn begun(&mut self, tx: &mut Tx<'_>) -> Result<Since, Fault>;
    /// A closure is about to run.
    fn mark(&mut self);
    /// What happened since the last mark is taken back.
    fn back(&mut self);
    /// The transaction is about to be committed; last chance to write.
    fn sealing(&mut self, tx: &mut Tx<'_>) -> Result<(), Fault>;
    /// How the commit went.
    fn sealed(&mut self, kept: bool);
    /// A second has passed in which the writer's thread had nothing to do: is there something to write down?
    fn idle(&mut self) -> bool;
}

/// No companion.
impl Companion for () {
    fn begun(&mut self, _: &mut Tx<'_>) -> Result<Since, Fault> {
        Ok(Since::Others)
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

/// Where one sits to write, and what is queued for whoever sits there. Nothing of a closed one is left.
pub(crate) struct Seat {
    taken: Mutex<Option<Sitting>>,
    queue: Mutex<Queue>,
    come: Condvar,
}

struct Sitting {
    hand: Hand,
    kept: Kept,
    companion: Box<dyn Companion>,
}

struct Queue {
    jobs: VecDeque<Job>,
    open: bool,
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

    fn tx<'h>(&'h mut self, kept: &'h mut Kept) -> Result<Tx<'h>, Fault> {
        match self {
            Hand::Sqlite(conn) => Ok(Tx::new(Behind::Sqlite(conn), Some(kept))),
            Hand::Postgres { link, url } => {
                if link.is_closed() {
                    **link = Link::open(url)?;
                }
                Ok(Tx::new(Behind::Postgres(link), Some(kept)))
            }
        }
    }
}

impl Seat {
    pub(crate) fn new(hand: Hand, companion: impl Companion + 'static) -> Seat {
        Seat {
            taken: Mutex::new(Some(Sitting { hand, kept: Kept::default(), companion: Box::new(companion) })),
            queue: Mutex::new(Queue { jobs: VecDeque::new(), open: true }),
            come: Condvar::new(),
        }
    }

    /// Leaves a job to the writer's thread. One that comes after the end is dropped, and with it its reply, which the
    /// waiting side notices.
    pub(crate) fn leave(&self, job: Job) {
        let mut queue = self.queue();
        if queue.open {
            queue.jobs.push_back(job);
            drop(queue);
            self.come.notify_one();
        }
    }

    /// Runs a job on this thread when nobody is writing, and leaves it to the writer's thread otherwise.
    pub(crate) fn sit(&self, job: Job) {
        match self.taken.try_lock() {
            Ok(mut taken) => match taken.as_mut() {
                Some(sitting) => group(sitting, self, Some(job)),
                None => drop(job),
            },
            Err(_) => self.leave(job),
        }
    }

    /// Nothing more is queued; the writer's thread ends after what is.
    pub(crate) fn end(&self) {
        self.queue().open = false;
        self.come.notify_one();
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<Job> {
        self.queue().jobs.pop_front()
    }

    fn taken(&self) -> MutexGuard<'_, Option<Sitting>> {
        // Closures and answers that panic are caught before they reach the lock.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The writer's thread: writes what is left for it, and what the companion has to say when nobody writes.
pub(crate) fn run(seat: &Arc<Seat>) {
    loop {
        let waiting = |queue: &mut Queue| queue.jobs.is_empty() && queue.open;
        let (queue, _) =
            seat.come.wait_timeout_while(seat.queue(), IDLE, waiting).unwrap_or_else(PoisonError::into_inner);
        let (some, open) = (!queue.jobs.is_empty(), queue.open);
        drop(queue);
        let mut taken = seat.taken();
        let Some(sitting) = taken.as_mut() else { return };
        // Who sat here before may have taken along what was queued.
        match seat.take() {
            Some(job) => group(sitting, seat, Some(job)),
            None if some => {}
            None if sitting.companion.idle() => group(sitting, seat, None),
            None => {}
        }
        if !open && seat.queue().jobs.is_empty() {
            if sitting.companion.idle() {
                group(sitting, seat, None);
            }
            *taken = None;
            return;
        }
    }
}

fn group(sitting: &mut Sitting, seat: &Seat, first: Option<Job>) {
    let Sitting { hand, kept, companion } = sitting;
    let companion = companion.as_mut();
    let begun =
        hand.tx(kept).and_then(|mut tx| match begin(&mut tx).and_then(|()| companion.begun(&mut tx)) {
            Ok(Since::Nothing) => Ok(tx),
            Ok(Since::Others) => {
                tx.forget();
                Ok(tx)
            }
            Err(fault) => {
                let _ = tx.batch("ROLLBACK");
                Err(fault)
            }
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
        next = if answers.len() < GROUP && tx.stands() { seat.take() } else { None };
    }
    let committed = commit(&mut tx, companion);
    if let Err(fault) = &committed {
        tracing::error!(%fault, "A commit failed; everything in it was taken back");
        let _ = tx.batch("ROLLBACK");
        tx.forget();
    }
    companion.sealed(committed.is_ok());
    for answer in answers {
        // Whoever asked may be gone in whatever way; the others still hear.
        let _ = catch_unwind(AssertUnwindSafe(|| answer(committed.as_ref().copied())));
    }
    if let Err(fault) = &committed
        && fault.advice.as_ref().is_some_and(|advice| advice.code == "db.disk_failed")
    {
        // After a failed sync the system may hold pages for written that are not. Only a new start reads the disk anew.
        tracing::error!("The disk failed during a commit; the program stops so that nothing is built on it");
        std::process::abort();
    }
}

fn commit(tx: &mut Tx<'_>, companion: &mut dyn Companion) -> Result<(), Fault> {
    if !tx.stands() {
        let fault = Fault::new("the database took back the transaction");
        return Err(match tx.dialect() {
            Dialect::Sqlite => fault.advise("db.disk_full", vec![]),
            Dialect::Postgres => fault,
        });
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
        tx.forget();
        let back = tx.sums.back();
        back.and(tx.control("ROLLBACK TO job")).and_then(|()| tx.control("RELEASE job"))
    };
    if let Err(fault) = ended {
        // The savepoint is gone with the transaction, as after a full disk: the commit tells everybody.
        tracing::warn!(%fault, "A savepoint did not end");
        tx.lost = true;
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
