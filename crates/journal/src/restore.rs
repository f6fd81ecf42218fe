//! Making a site from a backup: `backup.rs` says what is in it. The restored site begins a log of its own, so that no
//! log ever forks, and whatever the umask is, its files are for their owner alone.

use std::collections::HashSet;
use std::fmt::Display;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use db::{Tx, sql};
use kernel::{Arg, Cell, Fault, Stop};
use serde::de::DeserializeOwned;

use crate::backup::{BackupSummary, LocalCell, LocalRow, Log, MAGIC, MAGIC_1, Note, RECORD_MAX, tag};
use crate::blob::{self, Blob, Blobs, Coming};
use crate::hash::{Hash, KeyId};
use crate::header::Header;
use crate::keys::{self, read_secret, write_private, write_secret};
use crate::open::{GROUND, Journal, Open, Paths, make_folder};
use crate::tree::{Edge, Tile, leaf_hash};
use crate::unwritable;

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

/// Makes a site from a backup in an empty folder, folds its tables and opens it. The caller verifies it.
pub fn restore(
    file: &Path,
    unlock: &Unlock,
    names: Names<'_>,
    open: Open<'_>,
) -> Result<(Journal, BackupSummary), Stop> {
    let paths = &open.paths;
    if paths.is_half_restored() {
        Inside::of(paths).remove(&paths.kek());
    } else if paths.exists() {
        let path = Arg::Text(paths.data.display().to_string());
        return Err(Fault::new("a site is there already")
            .advise("journal.folder_taken", vec![("path", path)])
            .into());
    }
    let identity = identity(unlock)?;
    let before = Inside::of(paths);
    let paths = paths.clone();
    make_folder(&paths)?;
    // After a power failure it says what the files in the folder are.
    write_private(&paths.restoring(), b"")?;
    let restored = bring_back(file, identity, names, open).inspect_err(|_| {
        // What is half there must not be in the way of the next attempt.
        before.remove_others(&paths);
    });
    std::fs::remove_file(paths.restoring()).map_err(|error| unwritable(&paths.restoring(), error))?;
    restored
}

/// The files of a site that are there.
struct Inside(HashSet<PathBuf>);

impl Inside {
    fn of(paths: &Paths) -> Inside {
        let files = |folder: &Path| {
            std::fs::read_dir(folder).into_iter().flatten().filter_map(|file| Some(file.ok()?.path()))
        };
        let databases = [paths.database_file(), paths.keys_db()];
        let of_site = |file: &PathBuf| {
            let name = file.to_string_lossy();
            databases.iter().any(|database| name.starts_with(&*database.to_string_lossy()))
        };
        let kek = Some(paths.kek()).filter(|kek| kek.exists());
        let secrets = files(&paths.data.join("secret"));
        let blobs = Blobs::of(&paths.data);
        Inside(files(&paths.data).filter(of_site).chain(secrets).chain(kek).chain(blobs.files()).collect())
    }

    /// Takes all of it away but the key-encryption key, which a person may have put there.
    fn remove(&self, kek: &Path) {
        for file in self.0.iter().filter(|file| *file != kek) {
            let _ = std::fs::remove_file(file);
        }
    }

    fn remove_others(&self, paths: &Paths) {
        for made in Inside::of(paths).0.difference(&self.0) {
            let _ = std::fs::remove_file(made);
        }
    }
}

fn bring_back(
    file: &Path,
    identity: Box<dyn age::Identity + Send>,
    names: Names<'_>,
    open: Open<'_>,
) -> Result<(Journal, BackupSummary), Stop> {
    let paths = &open.paths;
    let given = match names {
        Names::Open(from) => from.map(Path::to_owned),
        Names::StaySealed => None,
    };
    if let Some(from) = &given {
        let key = read_secret(from)?.ok_or_else(|| {
            Fault::new(format!("the key file {} is missing", from.display()))
                .advise("journal.key_file_missing", vec![("path", Arg::Text(from.display().to_string()))])
        })?;
        write_secret(&paths.kek(), &key)?;
    }
    let store = db::Store::open(&paths.database_file(), paths.database.as_deref(), ())?;
    let chapters = open.chapters;
    let (file_path, blobs) = (file.to_owned(), Blobs::of(&paths.data));
    let sealed = matches!(names, Names::StaySealed);
    let (mut summary, mut keys) = store.write(move |tx| {
        tx.create(GROUND)?;
        for chapter in chapters.iter().filter(|chapter| !chapter.local.is_empty()) {
            tx.create(chapter.local)?;
        }
        let read = read_backup(tx, &file_path, identity.as_ref(), blobs)?;
        if sealed {
            give_up_keys(tx)?;
        }
        Ok(read)
    })?;
    store.close();
    if let Names::StaySealed = names {
        keys.clear();
        summary.keys = 0;
    }
    keys::restore(&paths.keys_db(), keys)?;
    let journal = Journal::open(open).map_err(|stop| names_stay_shut(stop, given.as_deref()))?;
    Ok((journal, summary))
}

/// Notes the key of every sealed body as left behind, so that none of them counts as lost.
fn give_up_keys(tx: &mut Tx<'_>) -> Result<(), Fault> {
    let mut keys = HashSet::new();
    sql!("SELECT header FROM entry ORDER BY log, idx").each(tx, |row| {
        keys.extend(Header::read(&row.get::<Vec<u8>>(0)?).map_err(Fault::new)?.key);
        Ok(())
    })?;
    for key in keys {
        sql!("INSERT INTO given_up (key) VALUES (?1) ON CONFLICT DO NOTHING").bind(&key).run(tx)?;
    }
    Ok(())
}

/// A backup from before an erasure opens with no key that is left: whoever restores hears that the rest can be had.
/// It is the key file that was given which does not fit, and not the copy in the folder.
fn names_stay_shut(stop: Stop, given: Option<&Path>) -> Stop {
    match stop {
        Stop::Fault(mut fault) => {
            if let Some(advice) = &mut fault.advice {
                advice.code = match advice.code {
                    "journal.key_file_wrong" => "journal.backup_key_wrong",
                    "journal.key_file_missing" => "journal.backup_key_missing",
                    "journal.keys_missing" => "journal.backup_keys_missing",
                    other => other,
                };
                if let Some(given) = given {
                    let said = Arg::Text(given.display().to_string());
                    advice
                        .args
                        .iter_mut()
                        .filter(|(name, _)| *name == "path")
                        .for_each(|(_, arg)| *arg = said.clone());
                }
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

/// Puts every record of the backup into its table; what it held, and the keys, which belong elsewhere.
fn read_backup(
    tx: &mut Tx<'_>,
    file: &Path,
    identity: &dyn age::Identity,
    blobs: Blobs,
) -> Result<(BackupSummary, WrappedKeys), Fault> {
    let backup = Source { path: file };
    let mut input = backup.open(identity)?;
    let mut reading = Reading::new(tx, backup, blobs);
    loop {
        let (tag, record) = backup.record(&mut input)?;
        if tag != tag::PIECE {
            reading.blob_came()?;
        }
        match tag {
            tag::KEY if record.len() > 32 => reading.key(&record),
            tag::LOG => reading.log(&record)?,
            tag::ENTRY => reading.entry(record)?,
            tag::BODY => reading.body(record)?,
            tag::CHECKPOINT => reading.checkpoint(&record)?,
            tag::LOCAL_ROW => reading.local_row(&record)?,
            tag::BLOB => reading.blob(&record)?,
            tag::PIECE => reading.piece(&record)?,
            tag::END => return reading.end(&record),
            _ => return Err(backup.damaged("a record of an unknown kind")),
        }
    }
}

/// The file that is read, to say what is wrong with it.
#[derive(Clone, Copy)]
struct Source<'f> {
    path: &'f Path,
}

impl Source<'_> {
    /// Behind its first bytes, decrypted and unpacked.
    fn open(self, identity: &dyn age::Identity) -> Result<impl Read, Fault> {
        let input = File::open(self.path).map_err(|error| {
            Fault::because(format!("opening {}", self.path.display()), error)
                .advise("journal.backup_missing", self.told())
        })?;
        let decryptor = age::Decryptor::new(BufReader::new(input)).map_err(|error| {
            Fault::because("reading a backup", error).advise("journal.backup_damaged", self.told())
        })?;
        let opened = decryptor.decrypt(std::iter::once(identity)).map_err(|error| {
            Fault::because("opening a backup", error).advise("journal.backup_locked", self.told())
        })?;
        let mut input = BufReader::new(zstd::Decoder::new(opened).map_err(|error| self.damaged(error))?);
        let mut magic = [0; MAGIC.len()];
        input.read_exact(&mut magic).map_err(|error| self.damaged(error))?;
        if ![MAGIC, MAGIC_1].contains(&&magic) {
            return Err(self.damaged("it begins otherwise"));
        }
        Ok(input)
    }

    /// The letter and the bytes of the next record.
    fn record(self, input: &mut impl Read) -> Result<(u8, Vec<u8>), Fault> {
        let mut head = [0; 5];
        input.read_exact(&mut head).map_err(|error| self.damaged(error))?;
        let len = u32::from_be_bytes(head[1..].try_into().expect("four bytes"));
        if len > RECORD_MAX {
            return Err(self.damaged("a record is too long"));
        }
        let mut record = vec![0; len as usize];
        input.read_exact(&mut record).map_err(|error| self.damaged(error))?;
        Ok((head[0], record))
    }

    fn json<T: DeserializeOwned>(self, bytes: &[u8]) -> Result<T, Fault> {
        serde_json::from_slice(bytes).map_err(|error| self.damaged(error))
    }

    fn damaged(self, why: impl Display) -> Fault {
        Fault::new(format!("the backup is damaged: {why}")).advise("journal.backup_damaged", self.told())
    }

    fn told(self) -> Vec<(&'static str, Arg)> {
        vec![("path", Arg::Text(self.path.display().to_string()))]
    }
}

/// The records as they come in: one method for each kind.
struct Reading<'r, 't, 'f> {
    tx: &'r mut Tx<'t>,
    backup: Source<'f>,
    summary: BackupSummary,
    keys: WrappedKeys,
    /// The log whose entries come now.
    log: Option<i64>,
    /// The right edge of its tree.
    edge: Edge,
    blobs: Blobs,
    /// The attachment whose pieces come now, and what has come of it.
    blob: Option<(Blob, Option<Coming>)>,
}

impl<'r, 't, 'f> Reading<'r, 't, 'f> {
    fn new(tx: &'r mut Tx<'t>, backup: Source<'f>, blobs: Blobs) -> Self {
        let (summary, keys, edge) = (BackupSummary::default(), Vec::new(), Edge::default());
        Reading { tx, backup, summary, keys, log: None, edge, blobs, blob: None }
    }

    fn key(&mut self, record: &[u8]) {
        let (name, wrapped) = record.split_at(32);
        self.keys.push((KeyId(Hash(name.try_into().expect("32 bytes"))), wrapped.to_vec()));
        self.summary.keys += 1;
    }

    /// Every log ended with the site that wrote it.
    fn log(&mut self, record: &[u8]) -> Result<(), Fault> {
        let log: Log = self.backup.json(record)?;
        sql!("INSERT INTO log (n, origin, vkey, state, size) VALUES (?1, ?2, ?3, 'ended', ?4)")
            .bind(&log.n)
            .bind(&log.origin)
            .bind(&log.vkey)
            .bind(&log.size)
            .run(self.tx)?;
        (self.log, self.edge) = (Some(log.n), Edge::default());
        Ok(())
    }

    fn entry(&mut self, record: Vec<u8>) -> Result<(), Fault> {
        let log = self.log.ok_or_else(|| self.backup.damaged("an entry without a log"))?;
        let header = Header::read(&record).map_err(|why| self.backup.damaged(why))?;
        sql!("INSERT INTO entry (log, idx, id, header) VALUES (?1, ?2, ?3, ?4)")
            .bind(&log)
            .bind(&(self.edge.size() as i64))
            .bind(&header.id)
            .bind(&record)
            .run(self.tx)?;
        self.summary.entries += 1;
        self.grow(log, &record)
    }

    /// The tree is not in the backup: it follows from the headers.
    fn grow(&mut self, log: i64, header: &[u8]) -> Result<(), Fault> {
        let mut full: Vec<Tile> = Vec::new();
        self.edge.push(leaf_hash(header), |tile| full.push(tile));
        for tile in full {
            sql!("INSERT INTO tile (log, level, n, root) VALUES (?1, ?2, ?3, ?4)")
                .bind(&log)
                .bind(&i64::from(tile.level))
                .bind(&(tile.n as i64))
                .bind(tile.root.bytes())
                .run(self.tx)?;
        }
        Ok(())
    }

    fn body(&mut self, record: Vec<u8>) -> Result<(), Fault> {
        let entry = self.log.zip((self.edge.size() as i64).checked_sub(1).filter(|idx| *idx >= 0));
        let (log, idx) = entry.ok_or_else(|| self.backup.damaged("a body without an entry"))?;
        sql!("INSERT INTO body (log, idx, bytes) VALUES (?1, ?2, ?3)")
            .bind(&log)
            .bind(&idx)
            .bind(&record)
            .run(self.tx)?;
        self.summary.bodies += 1;
        Ok(())
    }

    fn checkpoint(&mut self, record: &[u8]) -> Result<(), Fault> {
        let note: Note = self.backup.json(record)?;
        sql!("INSERT INTO checkpoint (log, size, note) VALUES (?1, ?2, ?3)")
            .bind(&note.log)
            .bind(&note.size)
            .bind(&note.note)
            .run(self.tx)?;
        Ok(())
    }

    fn local_row(&mut self, record: &[u8]) -> Result<(), Fault> {
        let row: LocalRow = self.backup.json(record)?;
        let cells: Vec<Cell<'_>> = row.cells.into_iter().map(Cell::from).collect();
        self.tx.copy_in(&row.table, &cells)
    }

    fn blob(&mut self, record: &[u8]) -> Result<(), Fault> {
        let blob: Blob = self.backup.json(record)?;
        blob::remember(self.tx, &blob)?;
        self.blob = Some((blob, None));
        Ok(())
    }

    fn piece(&mut self, record: &[u8]) -> Result<(), Fault> {
        let (_, coming) =
            self.blob.as_mut().ok_or_else(|| self.backup.damaged("a piece without an attachment"))?;
        if coming.is_none() {
            *coming = Some(self.blobs.begin()?);
            self.summary.blobs += 1;
        }
        coming.as_mut().map_or(Ok(()), |coming| coming.write(record))
    }

    /// All of an attachment is here. One whose bytes were altered before the backup was made is left out, and `verify`
    /// misses it: the rest of the village must come back.
    fn blob_came(&mut self) -> Result<(), Fault> {
        if let Some((blob, Some(coming))) = self.blob.take()
            && coming.sha256() == blob.sha256
        {
            coming.keep(&blob.media)?;
        }
        Ok(())
    }

    /// A backup that was cut off has no end; one from which records were taken out says more than it has.
    fn end(self, record: &[u8]) -> Result<(BackupSummary, WrappedKeys), Fault> {
        let said: BackupSummary = self.backup.json(record)?;
        if said != self.summary {
            return Err(self.backup.damaged("it has not as much in it as it says"));
        }
        Ok((self.summary, self.keys))
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
