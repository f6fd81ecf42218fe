//! A backup is the ground state: logs, bodies (sealed ones sealed), checkpoints, wrapped keys and the local tables
//! that are kept. Never a derived table, never the key-encryption key, never the writer's key. Compressed with zstd,
//! encrypted with age. A restored site begins a log of its own, so that no log ever forks.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use age::secrecy::SecretString;
use db::sql;
use kernel::{Arg, Cell, Fault, Stop};
use serde::{Deserialize, Serialize};

use crate::export::unwritable;
use crate::hash::{Hash, KeyId};
use crate::keys::{self, read_secret, write_secret};
use crate::open::{GROUND, Journal, Open, make_folder};
use crate::refold::Progress;
use crate::tree::{Edge, Tile, leaf_hash};

/// For whom a backup is encrypted.
pub enum Recipient {
    /// Whoever knows the passphrase.
    Passphrase(String),
    /// Whoever holds the identity of this `age1…` recipient.
    Age(String),
}

/// What opens a backup.
pub enum Unlock {
    /// The passphrase.
    Passphrase(String),
    /// An `AGE-SECRET-KEY-1…` identity.
    Age(String),
}

/// What becomes of the names in a backup. Whoever holds no key-encryption key that fits can bring back all but them.
pub enum Names<'k> {
    /// They open with the kept copy of the key-encryption key; without one, with the key that is in its place already.
    Open(Option<&'k Path>),
    /// They stay sealed for ever: the keys of the persons are left out, as if each person had been erased.
    StaySealed,
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
}

#[derive(Serialize, Deserialize)]
struct Log {
    n: i64,
    origin: String,
    vkey: String,
    size: i64,
}

#[derive(Serialize, Deserialize)]
struct Note {
    log: i64,
    size: i64,
    note: String,
}

#[derive(Serialize, Deserialize)]
struct LocalRow {
    table: String,
    cells: Vec<LocalCell>,
}

#[derive(Serialize, Deserialize)]
enum LocalCell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// First bytes inside the envelope.
const MAGIC: &[u8] = b"simpul backup 1\n";
/// No record is longer: a header has 60 KiB, a body less than this.
const RECORD_MAX: u32 = 64 << 20;

/// Writes a backup of one moment while the site goes on. The file appears under its name only when it is complete.
pub fn backup(
    journal: &Journal,
    recipient: &Recipient,
    file: &Path,
    progress: Progress<'_>,
) -> Result<BackupSummary, Stop> {
    let part = file.with_extension("part");
    let answer = write_backup(journal, recipient, &part, progress);
    match &answer {
        Ok(_) => keep(&part, file).map_err(|error| unwritable(file, error))?,
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

fn write_backup(
    journal: &Journal,
    recipient: &Recipient,
    file: &Path,
    progress: Progress<'_>,
) -> Result<BackupSummary, Stop> {
    let failed = |error: std::io::Error| unwritable(file, error);
    let encryptor = match recipient {
        Recipient::Passphrase(phrase) => {
            age::Encryptor::with_user_passphrase(SecretString::from(phrase.clone()))
        }
        Recipient::Age(text) => {
            let recipient: age::x25519::Recipient = text.trim().parse().map_err(|why: &str| {
                Fault::new(format!("an age recipient cannot be read: {why}"))
                    .advise("journal.recipient_wrong", vec![])
            })?;
            age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
                .map_err(|error| Fault::because("encrypting a backup", error))?
        }
    };
    let out = File::create(file).map_err(failed)?;
    let sealed = encryptor.wrap_output(BufWriter::new(out)).map_err(failed)?;
    let mut out = zstd::Encoder::new(sealed, 3).map_err(failed)?;
    out.write_all(MAGIC).map_err(failed)?;
    let mut records = Records { out: &mut out, failed: &failed };

    let mut summary = BackupSummary::default();
    let wrapped = journal.site.keys.wrapped()?;
    journal.store.read(|tx| {
        for (name, wrapped) in &wrapped {
            records.put(b'K', &[name.0.bytes(), wrapped.as_slice()].concat())?;
            summary.keys += 1;
        }
        let logs =
            sql!("SELECT n, origin, vkey, size FROM log ORDER BY n").all::<(i64, String, String, i64)>(tx)?;
        let total: i64 = logs.iter().map(|(_, _, _, size)| size).sum();
        for (n, origin, vkey, size) in logs {
            records.json(b'L', &Log { n, origin, vkey, size })?;
            sql!(
                "SELECT e.header, b.bytes FROM entry e LEFT JOIN body b ON b.log = e.log AND b.idx = e.idx
                 WHERE e.log = ?1 ORDER BY e.idx"
            )
            .bind(&n)
            .each(tx, |row| {
                records.put(b'E', &row.get::<Vec<u8>>(0)?)?;
                if let Some(body) = row.get::<Option<Vec<u8>>>(1)? {
                    records.put(b'B', &body)?;
                    summary.bodies += 1;
                }
                summary.entries += 1;
                if summary.entries.is_multiple_of(5000) {
                    progress(summary.entries, total as u64);
                }
                Ok(())
            })?;
        }
        for (log, size, note) in
            sql!("SELECT log, size, note FROM checkpoint ORDER BY log, size").all::<(i64, i64, String)>(tx)?
        {
            records.json(b'C', &Note { log, size, note })?;
        }
        for table in journal.site.chapters.iter().flat_map(|chapter| chapter.local_kept) {
            tx.copy_out(table, |cells| {
                let cells = cells.into_iter().map(LocalCell::from).collect();
                records.json(b'T', &LocalRow { table: (*table).to_owned(), cells })
            })?;
        }
        records.json(b'Z', &summary)?;
        progress(summary.entries, total as u64);
        Ok(())
    })?;
    let sealed = out.finish().map_err(failed)?;
    let file = sealed.finish().map_err(failed)?.into_inner().map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)?;
    Ok(summary)
}

/// Makes a site from a backup in an empty folder, folds its tables and opens it. The caller verifies it.
pub fn restore(
    file: &Path,
    unlock: &Unlock,
    names: Names<'_>,
    open: Open<'_>,
) -> Result<(Journal, BackupSummary), Stop> {
    let paths = &open.paths;
    if paths.exists() || paths.database_file().exists() {
        let path = Arg::Text(paths.data.display().to_string());
        return Err(Fault::new("a site is there already")
            .advise("journal.folder_taken", vec![("path", path)])
            .into());
    }
    make_folder(&paths.data)?;
    if let Names::Open(Some(from)) = names {
        let key = read_secret(from)?.ok_or_else(|| {
            Fault::new(format!("the key file {} is missing", from.display()))
                .advise("journal.key_file_missing", vec![("path", Arg::Text(from.display().to_string()))])
        })?;
        write_secret(&paths.kek(), &key)?;
    }
    let store = db::Store::open(&paths.database_file(), paths.database.as_deref(), ())?;
    let chapters = open.chapters;
    let (file_path, identity) = (file.to_owned(), identity(unlock)?);
    let (mut summary, mut keys) = store.write(move |tx| {
        tx.create(GROUND)?;
        for chapter in chapters.iter().filter(|chapter| !chapter.local.is_empty()) {
            tx.create(chapter.local)?;
        }
        Ok(read_backup(tx, &file_path, identity.as_ref())?)
    })?;
    store.close();
    if let Names::StaySealed = names {
        keys.clear();
        summary.keys = 0;
    }
    keys::restore(&paths.keys_db(), keys)?;
    let journal = Journal::open(open).map_err(names_stay_shut)?;
    Ok((journal, summary))
}

/// A backup from before an erasure opens with no key that is left: whoever restores hears that the rest can be had.
fn names_stay_shut(stop: Stop) -> Stop {
    match stop {
        Stop::Fault(mut fault) => {
            if let Some(advice) = &mut fault.advice {
                advice.code = match advice.code {
                    "journal.key_file_wrong" => "journal.backup_key_wrong",
                    "journal.key_file_missing" => "journal.backup_key_missing",
                    other => other,
                };
            }
            Stop::Fault(fault)
        }
        refused => refused,
    }
}

fn identity(unlock: &Unlock) -> Result<Box<dyn age::Identity + Send>, Fault> {
    Ok(match unlock {
        Unlock::Passphrase(phrase) => {
            Box::new(age::scrypt::Identity::new(SecretString::from(phrase.clone())))
        }
        Unlock::Age(text) => {
            let identity: age::x25519::Identity = text.trim().parse().map_err(|why: &str| {
                Fault::new(format!("an age identity cannot be read: {why}"))
                    .advise("journal.identity_wrong", vec![])
            })?;
            Box::new(identity)
        }
    })
}

type WrappedKeys = Vec<(KeyId, Vec<u8>)>;

fn read_backup(
    tx: &mut db::Tx<'_>,
    file: &Path,
    identity: &dyn age::Identity,
) -> Result<(BackupSummary, WrappedKeys), Fault> {
    let path = || vec![("path", Arg::Text(file.display().to_string()))];
    let damaged = |why: &str| {
        Fault::new(format!("the backup is damaged: {why}")).advise("journal.backup_damaged", path())
    };
    let input = File::open(file).map_err(|error| {
        Fault::because(format!("opening {}", file.display()), error).advise("journal.backup_missing", path())
    })?;
    let decryptor = age::Decryptor::new(BufReader::new(input)).map_err(|error| {
        Fault::because("reading a backup", error).advise("journal.backup_damaged", path())
    })?;
    let opened = decryptor
        .decrypt(std::iter::once(identity))
        .map_err(|error| Fault::because("opening a backup", error).advise("journal.backup_locked", path()))?;
    let mut input = BufReader::new(zstd::Decoder::new(opened).map_err(|error| damaged(&error.to_string()))?);
    let mut magic = [0; MAGIC.len()];
    input.read_exact(&mut magic).map_err(|error| damaged(&error.to_string()))?;
    if magic != MAGIC {
        return Err(damaged("it begins otherwise"));
    }

    let mut summary = BackupSummary::default();
    let mut keys = Vec::new();
    let mut log: Option<Log> = None;
    let mut edge = Edge::default();
    loop {
        let mut head = [0; 5];
        input.read_exact(&mut head).map_err(|error| damaged(&error.to_string()))?;
        let len = u32::from_be_bytes(head[1..].try_into().expect("four bytes"));
        if len > RECORD_MAX {
            return Err(damaged("a record is too long"));
        }
        let mut record = vec![0; len as usize];
        input.read_exact(&mut record).map_err(|error| damaged(&error.to_string()))?;
        let idx = edge.size() as i64;
        match head[0] {
            b'K' if record.len() > 32 => {
                let (name, wrapped) = record.split_at(32);
                keys.push((KeyId(Hash(name.try_into().expect("32 bytes"))), wrapped.to_vec()));
                summary.keys += 1;
            }
            b'L' => {
                let next: Log = json(&record, &damaged)?;
                sql!("INSERT INTO log (n, origin, vkey, state, size) VALUES (?1, ?2, ?3, 'ended', ?4)")
                    .bind(&next.n)
                    .bind(&next.origin)
                    .bind(&next.vkey)
                    .bind(&next.size)
                    .run(tx)?;
                log = Some(next);
                edge = Edge::default();
            }
            b'E' => {
                let log = log.as_ref().ok_or_else(|| damaged("an entry without a log"))?;
                let header = crate::header::Header::read(&record).map_err(|why| damaged(&why))?;
                sql!("INSERT INTO entry (log, idx, id, header) VALUES (?1, ?2, ?3, ?4)")
                    .bind(&log.n)
                    .bind(&idx)
                    .bind(&header.id)
                    .bind(&record)
                    .run(tx)?;
                let mut full: Vec<Tile> = Vec::new();
                edge.push(leaf_hash(&record), |tile| full.push(tile));
                for tile in full {
                    sql!("INSERT INTO tile (log, level, n, root) VALUES (?1, ?2, ?3, ?4)")
                        .bind(&log.n)
                        .bind(&i64::from(tile.level))
                        .bind(&(tile.n as i64))
                        .bind(tile.root.bytes())
                        .run(tx)?;
                }
                summary.entries += 1;
            }
            b'B' => {
                let log =
                    log.as_ref().filter(|_| idx > 0).ok_or_else(|| damaged("a body without an entry"))?;
                sql!("INSERT INTO body (log, idx, bytes) VALUES (?1, ?2, ?3)")
                    .bind(&log.n)
                    .bind(&(idx - 1))
                    .bind(&record)
                    .run(tx)?;
                summary.bodies += 1;
            }
            b'C' => {
                let note: Note = json(&record, &damaged)?;
                sql!("INSERT INTO checkpoint (log, size, note) VALUES (?1, ?2, ?3)")
                    .bind(&note.log)
                    .bind(&note.size)
                    .bind(&note.note)
                    .run(tx)?;
            }
            b'T' => {
                let row: LocalRow = json(&record, &damaged)?;
                let cells: Vec<Cell<'_>> = row.cells.into_iter().map(Cell::from).collect();
                tx.copy_in(&row.table, &cells)?;
            }
            b'Z' => {
                let said: BackupSummary = json(&record, &damaged)?;
                if said != summary {
                    return Err(damaged("it has not as much in it as it says"));
                }
                return Ok((summary, keys));
            }
            _ => return Err(damaged("a record of an unknown kind")),
        }
    }
}

fn json<T: for<'de> Deserialize<'de>>(bytes: &[u8], damaged: &impl Fn(&str) -> Fault) -> Result<T, Fault> {
    serde_json::from_slice(bytes).map_err(|error| damaged(&error.to_string()))
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

impl From<LocalCell> for Cell<'static> {
    fn from(cell: LocalCell) -> Cell<'static> {
        match cell {
            LocalCell::Null => Cell::Null,
            LocalCell::Int(value) => Cell::Int(value),
            LocalCell::Text(text) => Cell::Text(text.into()),
            LocalCell::Bytes(bytes) => Cell::Bytes(bytes.into()),
        }
    }
}
