//! The store: where the data lies, who writes, who reads.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use kernel::{Fault, Stop};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::pg::Link;
use crate::tx::Behind;
use crate::writer::{self, Companion, Hand, Job, Outcome, Seat};
use crate::{Dialect, Tx, fault};

/// A database that is open. Cloning it gives another handle to the same one.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    place: Place,
    seat: Arc<Seat>,
    writer: Mutex<Option<std::thread::JoinHandle<()>>>,
    readers: Mutex<Vec<Reader>>,
}

/// Where a database lies.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    File(PathBuf),
    Server(String),
}

enum Reader {
    Sqlite(Connection),
    Postgres(Box<Link>),
}

impl Reader {
    fn is_usable(&self) -> bool {
        match self {
            Reader::Sqlite(conn) => conn.is_autocommit(),
            Reader::Postgres(link) => !link.is_closed(),
        }
    }
}

/// How many readers are kept when nobody reads. Each costs a cache of at most 2 MB.
const READERS_KEPT: usize = 4;
/// How long a writer waits for another process that writes the same file.
const BUSY_WAIT: Duration = Duration::from_secs(20);

impl Store {
    /// Opens the file at `path`, making it if there is none, or the PostgreSQL database at `url`.
    pub fn open(path: &Path, url: Option<&str>, companion: impl Companion + 'static) -> Result<Store, Fault> {
        let place = match url {
            Some(url) => Place::Server(url.to_owned()),
            None => Place::File(path.to_owned()),
        };
        let seat = Arc::new(Seat::new(Hand::open(&place)?, companion));
        let writing = Arc::clone(&seat);
        let writer = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || writer::run(&writing))
            .map_err(|error| Fault::because("starting the writer", error))?;
        Ok(Store {
            inner: Arc::new(Inner {
                place,
                seat,
                writer: Mutex::new(Some(writer)),
                readers: Mutex::default(),
            }),
        })
    }

    /// Which database is behind.
    pub fn dialect(&self) -> Dialect {
        match self.inner.place {
            Place::File(_) => Dialect::Sqlite,
            Place::Server(_) => Dialect::Postgres,
        }
    }

    /// Runs `read` in a snapshot of its own, on this thread.
    pub fn read<T>(&self, read: impl FnOnce(&mut Tx<'_>) -> Result<T, Stop>) -> Result<T, Stop> {
        // A server that went away and came back has closed the readers that were kept.
        let kept = self.readers().pop().filter(Reader::is_usable);
        let mut reader = match kept {
            Some(reader) => reader,
            None => self.open_reader()?,
        };
        let answer = match &mut reader {
            Reader::Sqlite(conn) => snapshot(Tx::new(Behind::Sqlite(conn), None), "BEGIN", read),
            Reader::Postgres(link) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                snapshot(Tx::new(Behind::Postgres(link), None), begin, read)
            }
        };
        let usable = reader.is_usable();
        let mut readers = self.readers();
        if usable && readers.len() < READERS_KEPT {
            readers.push(reader);
        }
        answer
    }

    /// Runs `write` on this thread or, while somebody else writes, on the writer's; waits for the commit; answers.
    pub fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Stop> {
        let (answer, answered) = mpsc::sync_channel(1);
        self.inner.seat.sit(job(write, move |result| {
            let _ = answer.send(result);
        }));
        answered.recv().map_err(|_| Fault::new("the writer stopped before it answered"))?
    }

    /// Queues `write`; `reply` is called on the thread that writes when the commit is on disk, or when there is none.
    pub fn submit<T: Send + 'static>(
        &self,
        write: impl FnOnce(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
        reply: impl FnOnce(Result<T, Stop>) + Send + 'static,
    ) {
        self.inner.seat.leave(job(write, reply));
    }

    /// Moves the write-ahead log into the file and cuts it to nothing, so that overwritten rows linger nowhere. Waits
    /// for readers, twenty seconds at most; then what they hold lingers until the log is cut again.
    pub fn truncate_wal(&self) -> Result<(), Fault> {
        match &self.inner.place {
            Place::File(path) => {
                let conn = open_file(path, 200)?;
                let held = conn
                    .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0))
                    .map_err(|error| fault::sqlite("cutting the write-ahead log", error))?;
                if held {
                    tracing::warn!("Somebody reads for long: the write-ahead log is cut the next time");
                }
                Ok(())
            }
            Place::Server(_) => Ok(()),
        }
    }

    /// Ends the writer after what is queued, and closes every connection.
    pub fn close(&self) {
        self.inner.seat.end();
        if let Some(writer) = self.inner.writer.lock().expect("no holder of the writer panics").take() {
            let _ = writer.join();
        }
        self.readers().clear();
    }

    fn readers(&self) -> std::sync::MutexGuard<'_, Vec<Reader>> {
        self.inner.readers.lock().expect("no holder of the readers panics")
    }

    fn open_reader(&self) -> Result<Reader, Fault> {
        match &self.inner.place {
            Place::File(path) => {
                let conn = open_file(path, 2000)?;
                conn.execute_batch("PRAGMA query_only = ON")
                    .map_err(|e| fault::sqlite("opening a reader", e))?;
                Ok(Reader::Sqlite(conn))
            }
            Place::Server(url) => Link::open(url).map(|link| Reader::Postgres(Box::new(link))),
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.seat.end();
        if let Some(writer) = self.writer.get_mut().expect("no holder of the writer panics").take()
            && writer.thread().id() != std::thread::current().id()
        {
            let _ = writer.join();
        }
    }
}

/// What runs in the transaction, with what comes of it.
fn job<T: Send + 'static>(
    write: impl FnOnce(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
    reply: impl FnOnce(Result<T, Stop>) + Send + 'static,
) -> Job {
    Box::new(move |tx: Result<&mut Tx<'_>, &Fault>| match tx.map(write) {
        Ok(Ok(value)) => Outcome {
            keep: true,
            answer: Box::new(move |commit: Result<(), &Fault>| {
                reply(commit.map(|()| value).map_err(|fault| fault::again(fault).into()));
            }),
        },
        Ok(Err(stop)) => Outcome { keep: false, answer: Box::new(move |_| reply(Err(stop))) },
        Err(fault) => {
            let fault = fault::again(fault);
            Outcome { keep: false, answer: Box::new(move |_| reply(Err(fault.into()))) }
        }
    })
}

fn snapshot<T>(
    mut tx: Tx<'_>,
    begin: &'static str,
    read: impl FnOnce(&mut Tx<'_>) -> Result<T, Stop>,
) -> Result<T, Stop> {
    tx.control(begin)?;
    let answer = read(&mut tx);
    tx.control("ROLLBACK")?;
    answer
}

/// Makes the file, if there is none, for its owner alone whatever the umask is. SQLite gives the same permissions to
/// the files that it makes beside it.
fn make_private(path: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // Usually it is there already; and where it cannot be made, SQLite says so better a moment later.
    let _ = options.open(path);
}

/// Opens a SQLite file with the settings that durability and erasure need. `cache_kib` bounds its memory.
pub(crate) fn open_file(path: &Path, cache_kib: u32) -> Result<Connection, Fault> {
    let doing = format!("opening the database {}", path.display());
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    make_private(path);
    let open = || {
        let conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(BUSY_WAIT)?;
        conn.set_prepared_statement_cache_capacity(400);
        // One plan for a statement whatever is bound to it; otherwise it is prepared anew each time.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        conn.execute_batch(&format!(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = ON;
             PRAGMA trusted_schema = OFF;
             PRAGMA wal_autocheckpoint = 4000;
             PRAGMA temp_store = MEMORY;
             PRAGMA cache_size = -{cache_kib};"
        ))?;
        Ok(conn)
    };
    open().map_err(|error| fault::sqlite(&doing, error))
}
