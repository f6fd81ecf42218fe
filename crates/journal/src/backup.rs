//! A backup is the ground state: logs, bodies (sealed ones sealed), checkpoints, wrapped keys and the local tables
//! that are kept. Never a derived table, never the key-encryption key, never the writer's key. Compressed with zstd,
//! encrypted with age. `restore.rs` reads it.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use age::secrecy::SecretString;
use db::{Tx, sql};
use kernel::{Cell, Fault, Instant, Stop};
use serde::{Deserialize, Serialize};

use crate::blob::{self, Blob};
use crate::export::unwritable;
use crate::header::Header;
use crate::open::Journal;
use crate::refold::Progress;

/// For whom a backup is encrypted.
pub enum Recipient {
    /// Whoever knows the passphrase.
    Passphrase(String),
    /// Whoever holds the identity of this `age1…` recipient.
    Age(String),
}

/// What is in a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupSummary {
    /// Entries of all logs.
    pub entries: u64,
    /// Bodies.
    pub bodies: u64,
    /// Wrapped keys of persons.
    pub keys: u64,
    /// Attachments whose file was here.
    #[serde(default)]
    pub blobs: u64,
}

/// A log, before its entries.
#[derive(Serialize, Deserialize)]
pub(crate) struct Log {
    pub n: i64,
    pub origin: String,
    pub vkey: String,
    pub size: i64,
}

/// A signed checkpoint.
#[derive(Serialize, Deserialize)]
pub(crate) struct Note {
    pub log: i64,
    pub size: i64,
    pub note: String,
}

/// A row of a local table that is kept.
#[derive(Serialize, Deserialize)]
pub(crate) struct LocalRow {
    pub table: String,
    pub cells: Vec<LocalCell>,
}

#[derive(Serialize, Deserialize)]
pub(crate) enum LocalCell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// First bytes inside the envelope. Behind them come records: a letter, the length in four bytes, and so many bytes.
pub(crate) const MAGIC: &[u8; 16] = b"simpul backup 2\n";
/// As before attachments were known. Such a backup is read.
pub(crate) const MAGIC_1: &[u8; 16] = b"simpul backup 1\n";
/// An attachment comes in pieces of so many bytes.
const PIECE: usize = 1 << 20;
/// No record is longer: a header has 60 KiB, a body less than this.
pub(crate) const RECORD_MAX: u32 = 64 << 20;

/// The letters of the records.
pub(crate) mod tag {
    /// The name of a person's key and the key, wrapped.
    pub const KEY: u8 = b'K';
    pub const LOG: u8 = b'L';
    /// The header of an entry of the log before it.
    pub const ENTRY: u8 = b'E';
    /// The body of the entry before it.
    pub const BODY: u8 = b'B';
    pub const CHECKPOINT: u8 = b'C';
    pub const LOCAL_ROW: u8 = b'T';
    /// An attachment: hash, size, media type. Its pieces follow, none when its file was not here.
    pub const BLOB: u8 = b'A';
    pub const PIECE: u8 = b'P';
    /// How much there was: the last record.
    pub const END: u8 = b'Z';
}

/// Writes a backup of one moment, `at`, while the site goes on. The file appears under its name only when it is
/// complete, and then the site remembers that moment.
pub fn backup(
    journal: &Journal,
    at: Instant,
    recipient: &Recipient,
    file: &Path,
    progress: Progress<'_>,
) -> Result<BackupSummary, Stop> {
    let part = file.with_extension("part");
    let answer = write_backup(journal, recipient, &part, progress);
    match &answer {
        Ok(_) => {
            keep(&part, file).map_err(|error| unwritable(file, error))?;
            remember(journal, at)?;
        }
        Err(_) => drop(std::fs::remove_file(&part)),
    }
    answer
}

/// Gives the complete file its name, and the name to the disk.
fn keep(part: &Path, file: &Path) -> std::io::Result<()> {
    std::fs::rename(part, file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

fn remember(journal: &Journal, at: Instant) -> Result<(), Stop> {
    journal.store.write(move |tx| {
        sql!("INSERT INTO backup (n, at) VALUES (1, ?1) ON CONFLICT (n) DO UPDATE SET at = excluded.at")
            .bind(&at)
            .run(tx)?;
        Ok(())
    })
}

/// A person was erased, and no backup was made since. Every older one opens only with the key that is destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BackupDue {
    /// When the last erasure was ordered.
    pub erased: Instant,
    /// Of when the newest backup is that was made here, if one was.
    pub backup: Option<Instant>,
}

/// Whether a backup is due because of an erasure.
pub fn backup_due(tx: &mut Tx<'_>) -> Result<Option<BackupDue>, Fault> {
    let order =
        sql!("SELECT e.header FROM erased x JOIN entry e ON e.id = x.entry ORDER BY x.entry DESC LIMIT 1");
    let Some((header,)) = order.maybe::<(Vec<u8>,)>(tx)? else { return Ok(None) };
    let erased = Header::read(&header).map_err(Fault::new)?.at;
    let backup = sql!("SELECT at FROM backup WHERE n = 1").maybe::<(Instant,)>(tx)?.map(|(at,)| at);
    Ok(Some(BackupDue { erased, backup }).filter(|_| backup.is_none_or(|at| at <= erased)))
}

fn write_backup(
    journal: &Journal,
    recipient: &Recipient,
    file: &Path,
    progress: Progress<'_>,
) -> Result<BackupSummary, Stop> {
    let failed = |error: std::io::Error| unwritable(file, error);
    let encryptor = encryptor(recipient)?;
    let out = File::create(file).map_err(failed)?;
    let sealed = encryptor.wrap_output(BufWriter::new(out)).map_err(failed)?;
    let mut out = zstd::Encoder::new(sealed, 3).map_err(failed)?;
    out.write_all(MAGIC).map_err(failed)?;
    let mut records = Records { out: &mut out, failed: &failed };
    let summary = write_records(journal, &mut records, progress)?;
    let sealed = out.finish().map_err(failed)?;
    let file = sealed.finish().map_err(failed)?.into_inner().map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)?;
    Ok(summary)
}

fn encryptor(recipient: &Recipient) -> Result<age::Encryptor, Fault> {
    match recipient {
        Recipient::Passphrase(phrase) => {
            Ok(age::Encryptor::with_user_passphrase(SecretString::from(phrase.clone())))
        }
        Recipient::Age(text) => {
            let recipient: age::x25519::Recipient = text.trim().parse().map_err(|why: &str| {
                Fault::new(format!("an age recipient cannot be read: {why}"))
                    .advise("journal.recipient_wrong", vec![])
            })?;
            age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
                .map_err(|error| Fault::because("encrypting a backup", error))
        }
    }
}

/// Keys first in the file, and read after the moment is fixed that everything else is of: whoever is in it has a key.
fn write_records(
    journal: &Journal,
    records: &mut Records<'_, impl Write>,
    progress: Progress<'_>,
) -> Result<BackupSummary, Stop> {
    let mut summary = BackupSummary::default();
    journal.store.read(|tx| {
        // A snapshot begins with the first statement that reads.
        sql!("SELECT COUNT(*) FROM log").one::<(i64,)>(tx)?;
        for (name, wrapped) in &journal.site.keys.wrapped()? {
            records.put(tag::KEY, &[name.0.bytes(), wrapped.as_slice()].concat())?;
            summary.keys += 1;
        }
        write_logs(tx, records, &mut summary, progress)?;
        let notes = sql!("SELECT log, size, note FROM checkpoint ORDER BY log, size");
        for (log, size, note) in notes.all::<(i64, i64, String)>(tx)? {
            records.json(tag::CHECKPOINT, &Note { log, size, note })?;
        }
        // A later restore must know which names are not lost but left behind.
        let local = journal.site.chapters.iter().flat_map(|chapter| chapter.local_kept);
        for table in std::iter::once(&"given_up").chain(local) {
            tx.copy_out(table, |cells| {
                let cells = cells.into_iter().map(LocalCell::from).collect();
                records.json(tag::LOCAL_ROW, &LocalRow { table: (*table).to_owned(), cells })
            })?;
        }
        for blob in blob::blobs(tx)? {
            write_blob(journal, &blob, records, &mut summary)?;
        }
        records.json(tag::END, &summary)?;
        Ok(())
    })?;
    Ok(summary)
}

/// A file that is missing does not keep the rest from being saved: `verify` says so, here and after a restore.
fn write_blob(
    journal: &Journal,
    blob: &Blob,
    records: &mut Records<'_, impl Write>,
    summary: &mut BackupSummary,
) -> Result<(), Fault> {
    records.json(tag::BLOB, blob)?;
    let Some(mut file) = journal.blobs().open(&blob.sha256)? else { return Ok(()) };
    summary.blobs += 1;
    let mut piece = Vec::with_capacity(PIECE);
    loop {
        piece.clear();
        let read = (&mut file).take(PIECE as u64).read_to_end(&mut piece);
        match read.map_err(|error| Fault::because("reading an attachment", error))? {
            0 => break,
            _ => records.put(tag::PIECE, &piece)?,
        }
    }
    if blob.size == 0 { records.put(tag::PIECE, &[]) } else { Ok(()) }
}

fn write_logs(
    tx: &mut Tx<'_>,
    records: &mut Records<'_, impl Write>,
    summary: &mut BackupSummary,
    progress: Progress<'_>,
) -> Result<(), Fault> {
    let logs =
        sql!("SELECT n, origin, vkey, size FROM log ORDER BY n").all::<(i64, String, String, i64)>(tx)?;
    let total: i64 = logs.iter().map(|(_, _, _, size)| size).sum();
    for (n, origin, vkey, size) in logs {
        records.json(tag::LOG, &Log { n, origin, vkey, size })?;
        sql!(
            "SELECT e.header, b.bytes FROM entry e LEFT JOIN body b ON b.log = e.log AND b.idx = e.idx
             WHERE e.log = ?1 ORDER BY e.idx"
        )
        .bind(&n)
        .each(tx, |row| {
            records.put(tag::ENTRY, &row.get::<Vec<u8>>(0)?)?;
            if let Some(body) = row.get::<Option<Vec<u8>>>(1)? {
                records.put(tag::BODY, &body)?;
                summary.bodies += 1;
            }
            summary.entries += 1;
            if summary.entries.is_multiple_of(5000) {
                progress(summary.entries, total as u64);
            }
            Ok(())
        })?;
    }
    progress(summary.entries, total as u64);
    Ok(())
}

struct Records<'r, W: Write> {
    out: &'r mut W,
    failed: &'r dyn Fn(std::io::Error) -> Fault,
}

impl<W: Write> Records<'_, W> {
    fn put(&mut self, tag: u8, bytes: &[u8]) -> Result<(), Fault> {
        let len =
            u32::try_from(bytes.len()).map_err(|error| Fault::because("a record is too long", error))?;
        self.out
            .write_all(&[tag])
            .and_then(|()| self.out.write_all(&len.to_be_bytes()))
            .and_then(|()| self.out.write_all(bytes))
            .map_err(self.failed)
    }
    fn json(&mut self, tag: u8, value: &impl Serialize) -> Result<(), Fault> {
        let bytes = serde_json::to_vec(value).map_err(|error| Fault::because("writing a backup", error))?;
        self.put(tag, &bytes)
    }
}

impl From<Cell<'_>> for LocalCell {
    fn from(cell: Cell<'_>) -> LocalCell {
        match cell {
            Cell::Null => LocalCell::Null,
            Cell::Int(value) => LocalCell::Int(value),
            Cell::Text(text) => LocalCell::Text(text.into_owned()),
            Cell::Bytes(bytes) => LocalCell::Bytes(bytes.into_owned()),
        }
    }
}
