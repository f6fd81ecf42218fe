//! Files that were sent and not booked yet: kept for half an hour, so that nobody has to choose one again to book its
//! good lines or to fetch its wrong ones. They lie on the disk without a name and are gone when the program ends.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use kernel::{ActorKind, BookId, EntryId, Fault, Instant};

/// More than the tellers of a regency send at once.
const MOST: usize = 16;
const SECONDS: i64 = 30 * 60;

/// A file that waits.
pub(super) struct Kept {
    pub token: EntryId,
    pub name: String,
    book: BookId,
    by: ActorKind,
    since: Instant,
    content: Mutex<File>,
}

static WAITING: Mutex<Vec<Arc<Kept>>> = Mutex::new(Vec::new());

/// Keeps a file for who sent it, for one book. The oldest goes when there are too many.
pub(super) fn keep(file: File, name: String, book: BookId, by: ActorKind, at: Instant) -> Arc<Kept> {
    let kept = Arc::new(Kept { token: EntryId::new(), name, book, by, since: at, content: Mutex::new(file) });
    let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.retain(|kept| at < kept.since.plus_seconds(SECONDS));
    if waiting.len() >= MOST {
        waiting.remove(0);
    }
    waiting.push(kept.clone());
    kept
}

/// The file with this token, if it waits for the same person and book.
pub(super) fn find(token: EntryId, book: BookId, by: ActorKind, at: Instant) -> Option<Arc<Kept>> {
    let waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
    let fits = |kept: &&Arc<Kept>| {
        kept.token == token && kept.book == book && kept.by == by && at < kept.since.plus_seconds(SECONDS)
    };
    waiting.iter().find(fits).cloned()
}

impl Kept {
    /// What is in it.
    pub fn bytes(&self) -> Result<Vec<u8>, Fault> {
        let mut file = self.content.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::new();
        let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_end(&mut bytes));
        read.map_err(|error| Fault::because("reading a file that was sent", error))?;
        Ok(bytes)
    }
}
