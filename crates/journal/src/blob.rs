//! Attachments (lampiran; 붙임): the bytes that an entry names by their SHA-256, such as a scan. They lie as files in the folder
//! of the site, under the name of their content, so that the same bytes are there once and a changed file betrays itself.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use db::{Tx, sql};
use kernel::{Fault, Stop};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::body::random;
use crate::export::unwritable;
use crate::hash::Hash;
use crate::open::Journal;

/// What is known of an attachment beside its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// The hash of its bytes, which is its name.
    pub sha256: Hash,
    /// How many bytes.
    pub size: u64,
    /// The media type by its bytes: `application/pdf`.
    pub media: String,
}

/// How an attachment lies in the folder of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// It is here, and it is what it was.
    Whole,
    /// It is not here.
    Missing,
    /// Its bytes are not those that were attached.
    Altered,
}

/// So long a file may lie that no entry names: whoever brought it may still be booking.
const ORPHAN: Duration = Duration::from_secs(24 * 3600);
/// Where files lie while they come.
const COMING: &str = "coming";
/// Read and written at once.
const PIECE: usize = 128 * 1024;

/// The attachments of a site, as files.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    pub(crate) fn of(data: &Path) -> Blobs {
        Blobs { folder: data.join("blobs") }
    }

    /// Where the file of an attachment lies, whether or not it is here: `blobs/ab/cdef…`.
    pub fn path(&self, sha256: &Hash) -> PathBuf {
        let name = sha256.to_string();
        self.folder.join(&name[..2]).join(&name[2..])
    }

    /// Whether the file is here, by its name alone.
    pub fn holds(&self, sha256: &Hash) -> bool {
        self.path(sha256).is_file()
    }

    /// Takes in what `from` gives, to the end, and answers once it is on the disk under its name. The same bytes a second
    /// time are the same file. What breaks off leaves nothing. Waits for the disk.
    pub fn keep(&self, from: &mut impl Read, media: &str) -> Result<Blob, Fault> {
        let mut coming = self.begin()?;
        let failed = |error| Fault::because("reading an attachment", error);
        each_piece(from, failed, |piece| coming.write(piece))?;
        coming.keep(media)
    }

    /// Begins to take in an attachment piece by piece.
    pub(crate) fn begin(&self) -> Result<Coming, Fault> {
        let folder = self.folder.join(COMING);
        let name: String = random::<12>()?.iter().map(|byte| format!("{byte:02x}")).collect();
        let path = folder.join(name);
        let make = || {
            std::fs::create_dir_all(&folder)?;
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            {
                use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
                options.mode(0o600);
                std::fs::set_permissions(&self.folder, std::fs::Permissions::from_mode(0o700))?;
            }
            options.open(&path)
        };
        let file = make().map_err(|error| unwritable(&path, error))?;
        Ok(Coming { blobs: self.clone(), path, file, hasher: Sha256::new(), size: 0 })
    }

    /// Reads a file again and compares. Waits for the disk.
    pub fn check(&self, sha256: &Hash) -> Result<Kept, Fault> {
        let path = self.path(sha256);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Kept::Missing),
            Err(error) => return Err(unreadable(&path, error)),
        };
        let mut hasher = Sha256::new();
        each_piece(
            &mut file,
            |error| unreadable(&path, error),
            |piece| {
                hasher.update(piece);
                Ok(())
            },
        )?;
        Ok(if hasher.finalize()[..] == sha256.bytes()[..] { Kept::Whole } else { Kept::Altered })
    }

    /// Opens the file of an attachment, or nothing when it is not here.
    pub(crate) fn open(&self, sha256: &Hash) -> Result<Option<File>, Fault> {
        let path = self.path(sha256);
        match File::open(&path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(&path, error)),
        }
    }

    /// Every file under this folder: those that have a name by their hash, and those that were still coming.
    pub(crate) fn files(&self) -> impl Iterator<Item = PathBuf> {
        let inside = |folder: &Path| {
            std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()))
        };
        inside(&self.folder).flat_map(move |folder| inside(&folder).collect::<Vec<_>>())
    }

    /// Takes away what has lain here for a day and no entry names: power went between the file and its entry.
    fn remove_orphans(&self, named: &HashSet<PathBuf>) {
        let is_old = |path: &Path| {
            let changed = std::fs::metadata(path).and_then(|file| file.modified());
            changed.is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|age| age > ORPHAN))
        };
        for path in self.files().filter(|path| !named.contains(path)).filter(|path| is_old(path)) {
            match std::fs::remove_file(&path) {
                Ok(()) => tracing::info!("An attachment that no entry names was removed"),
                Err(error) => tracing::warn!("An attachment that no entry names stays: {error}"),
            }
        }
    }
}

/// An attachment on its way in. It is gone when this is dropped.
pub(crate) struct Coming {
    blobs: Blobs,
    path: PathBuf,
    file: File,
    hasher: Sha256,
    size: u64,
}

impl Coming {
    pub fn write(&mut self, piece: &[u8]) -> Result<(), Fault> {
        self.hasher.update(piece);
        self.size += piece.len() as u64;
        self.file.write_all(piece).map_err(|error| unwritable(&self.path, error))
    }

    /// Gives it its name, and both to the disk.
    pub fn keep(self, media: &str) -> Result<Blob, Fault> {
        let sha256 = Hash(self.hasher.clone().finalize().into());
        let path = self.blobs.path(&sha256);
        let folder = self.blobs.folder.join(&sha256.to_string()[..2]);
        let keep = || {
            let is_whole = std::fs::metadata(&path).is_ok_and(|file| file.len() == self.size);
            if is_whole && self.blobs.check(&sha256).is_ok_and(|kept| kept == Kept::Whole) {
                // Nobody takes it for an orphan while its entry is being written.
                return File::options().append(true).open(&path)?.set_modified(SystemTime::now());
            }
            self.file.sync_all()?;
            if !folder.exists() {
                std::fs::create_dir_all(&folder)?;
                File::open(&self.blobs.folder)?.sync_all()?;
            }
            std::fs::rename(&self.path, &path)?;
            File::open(&folder)?.sync_all()
        };
        keep().map_err(|error| unwritable(&path, error))?;
        Ok(Blob { sha256, size: self.size, media: media.to_owned() })
    }

    pub fn sha256(&self) -> Hash {
        Hash(self.hasher.clone().finalize().into())
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        // It has its name by now, or it was there before, or it did not come whole.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn each_piece(
    from: &mut impl Read,
    failed: impl Fn(io::Error) -> Fault,
    mut visit: impl FnMut(&[u8]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut piece = vec![0; PIECE];
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => visit(&piece[..read])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(error)),
        }
    }
}

fn unreadable(path: &Path, error: io::Error) -> Fault {
    Fault::because(format!("reading {}", path.display()), error).advise("db.disk_failed", vec![])
}

impl Journal {
    /// The attachments, as files.
    pub fn blobs(&self) -> Blobs {
        self.site.blobs.clone()
    }

    pub(crate) fn remove_orphans(&self) -> Result<(), Stop> {
        let blobs = self.blobs();
        if blobs.files().next().is_none() {
            return Ok(());
        }
        let named =
            self.store.read(|tx| Ok(sql!("SELECT DISTINCT sha256 FROM attached").all::<(Hash,)>(tx)?))?;
        blobs.remove_orphans(&named.iter().map(|(sha256,)| blobs.path(sha256)).collect());
        Ok(())
    }
}

/// What is known of an attachment, if it ever came here.
pub fn blob(tx: &mut Tx<'_>, sha256: &Hash) -> Result<Option<Blob>, Fault> {
    let found =
        sql!("SELECT size, media FROM blob WHERE sha256 = ?1").bind(sha256).maybe::<(i64, String)>(tx)?;
    Ok(found.map(|(size, media)| Blob { sha256: *sha256, size: size as u64, media }))
}

/// Every attachment that ever came here, in the order of their names.
pub(crate) fn blobs(tx: &mut Tx<'_>) -> Result<Vec<Blob>, Fault> {
    let rows = sql!("SELECT sha256, size, media FROM blob ORDER BY sha256").all::<(Hash, i64, String)>(tx)?;
    Ok(rows.into_iter().map(|(sha256, size, media)| Blob { sha256, size: size as u64, media }).collect())
}

/// Remembers size and kind of an attachment.
pub(crate) fn remember(tx: &mut Tx<'_>, blob: &Blob) -> Result<(), Fault> {
    sql!("INSERT INTO blob (sha256, size, media) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
        .bind(&blob.sha256)
        .bind(&(blob.size as i64))
        .bind(&blob.media)
        .run(tx)?;
    Ok(())
}
