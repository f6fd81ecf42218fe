//! A log as files that anybody can check: `docs/formats.md` describes them, `verify/` checks them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use db::{Tx, sql};
use kernel::{Arg, EntryId, Fault, Stop};

use crate::blob::Blobs;
use crate::hash::Hash;
use crate::header::{Class, Header};
use crate::open::Journal;
use crate::reversal::JournalRefusal;
use crate::tree::{inclusion_path, largest_power_below, leaf_hash, node_hash};

/// What an export wrote.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ExportSummary {
    /// The origin of the log.
    pub origin: String,
    /// Entries.
    pub entries: u64,
    /// Attachments that went along.
    pub blobs: u64,
}

/// A log of the site with the public key that its checkpoints are checked with.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LogKey {
    /// The name of the log.
    pub origin: String,
    /// The public key in one line: what a verifier is given.
    pub vkey: String,
    /// Whether the site writes this log now; an older one ended with a restore or a copy.
    pub open: bool,
}

/// The logs of the site, in their order.
pub fn log_keys(tx: &mut Tx<'_>) -> Result<Vec<LogKey>, Fault> {
    let rows = sql!("SELECT origin, vkey, state FROM log ORDER BY n").all::<(String, String, String)>(tx)?;
    Ok(rows.into_iter().map(|(origin, vkey, state)| LogKey { origin, vkey, open: state == "open" }).collect())
}

/// Writes a log of the site into a folder: the one with this number, else the newest that has a checkpoint. Three files:
/// `entries` (for each entry the length of its header in two bytes, then the header), `checkpoint` (the newest signed
/// note) and `vkey`. Bodies stay at home; attachments of `open` entries go along, as `blobs/ab/cdef…`.
pub fn export_log(journal: &Journal, folder: &Path, log: Option<i64>) -> Result<ExportSummary, Stop> {
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    journal.store.read(|tx| {
        let (log, origin, vkey, size, note) = signed_log(tx, log)?;
        write_file(&folder.join("vkey"), format!("{vkey}\n").as_bytes())?;
        write_file(&folder.join("checkpoint"), note.as_bytes())?;
        let path = folder.join("entries");
        let file = File::create(&path).map_err(|error| unwritable(&path, error))?;
        let mut file = BufWriter::new(file);
        let mut entries = 0;
        let mut attached = BTreeSet::new();
        sql!("SELECT header FROM entry WHERE log = ?1 AND idx < ?2 ORDER BY idx")
            .bind(&log)
            .bind(&size)
            .each(tx, |row| {
                let header: Vec<u8> = row.get(0)?;
                let len = u16::try_from(header.len())
                    .map_err(|error| Fault::because("a header is too long", error))?;
                entries += 1;
                if let Some(open) = Header::read(&header).ok().filter(|read| read.class == Class::Open) {
                    attached.extend(open.att);
                }
                file.write_all(&len.to_be_bytes())
                    .and_then(|()| file.write_all(&header))
                    .map_err(|error| unwritable(&path, error))
            })?;
        file.flush().map_err(|error| unwritable(&path, error))?;
        let (ours, theirs) = (journal.blobs(), Blobs::of(folder));
        let mut blobs = 0;
        for sha256 in attached.iter().filter(|sha256| ours.holds(sha256)) {
            let to = theirs.path(sha256);
            let copied = to.parent().map_or(Ok(()), std::fs::create_dir_all);
            copied
                .and_then(|()| std::fs::copy(ours.path(sha256), &to))
                .map_err(|error| unwritable(&to, error))?;
            blobs += 1;
        }
        Ok(ExportSummary { origin, entries, blobs })
    })
}

/// The proof that an entry is in the log: a text of C2SP tlog-proof, with the header in its `extra` line.
pub fn proof(journal: &Journal, entry: EntryId) -> Result<String, Stop> {
    journal.store.read(|tx| {
        let found =
            sql!("SELECT log, idx, header FROM entry WHERE id = ?1")
                .bind(&entry)
                .maybe::<(i64, i64, Vec<u8>)>(tx)?;
        let Some((log, idx, header)) = found else {
            return Err(JournalRefusal::NoEntry { id: entry.to_string() }.into());
        };
        let (_, _, _, size, note) = signed_log(tx, Some(log))?;
        if idx >= size {
            return Err(no_checkpoint().into());
        }
        let path = inclusion_path(idx as u64, size as u64, |start, len| subtree(tx, log, start, len))?;
        let mut text = format!("c2sp.org/tlog-proof@v1\nextra {}\nindex {idx}\n", STANDARD.encode(&header));
        for hash in path {
            text.push_str(&STANDARD.encode(hash.bytes()));
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&note);
        Ok(text)
    })
}

/// Log, origin, vkey, size and note of the newest checkpoint of a log; of the newest log that has one if none is named.
fn signed_log(tx: &mut Tx<'_>, log: Option<i64>) -> Result<(i64, String, String, i64, String), Stop> {
    let found = sql!(
        "SELECT l.n, l.origin, l.vkey, c.size, c.note FROM log l JOIN checkpoint c ON c.log = l.n
         WHERE l.n = COALESCE(?1, l.n) ORDER BY l.n DESC, c.size DESC LIMIT 1"
    )
    .bind(&log)
    .maybe::<(i64, String, String, i64, String)>(tx)?;
    found.ok_or_else(|| no_checkpoint().into())
}

/// The newest signed checkpoint of the log that the site writes, to be printed with what it vouches for: how many entries it
/// covers, and the signed note itself. Nothing before the first one.
pub fn checkpoint(tx: &mut Tx<'_>) -> Result<Option<(i64, String)>, Fault> {
    sql!("SELECT size, note FROM checkpoint ORDER BY log DESC, size DESC LIMIT 1").maybe(tx)
}

fn no_checkpoint() -> Fault {
    Fault::new("no checkpoint was signed yet").advise("journal.no_checkpoint", vec![])
}

/// The root of `len` leaves from `start`: from tiles where they are full, from headers at the edge.
fn subtree(tx: &mut Tx<'_>, log: i64, start: u64, len: u64) -> Result<Hash, Fault> {
    if len == 1 {
        let (header,) = sql!("SELECT header FROM entry WHERE log = ?1 AND idx = ?2")
            .bind(&log)
            .bind(&(start as i64))
            .one::<(Vec<u8>,)>(tx)?;
        return Ok(leaf_hash(&header));
    }
    let height = len.trailing_zeros();
    if len.is_power_of_two() && height.is_multiple_of(8) && start.is_multiple_of(len) {
        let tile = sql!("SELECT root FROM tile WHERE log = ?1 AND level = ?2 AND n = ?3")
            .bind(&log)
            .bind(&i64::from(height / 8))
            .bind(&((start / len) as i64))
            .maybe::<([u8; 32],)>(tx)?;
        if let Some((root,)) = tile {
            return Ok(Hash(root));
        }
    }
    let left = largest_power_below(len);
    Ok(node_hash(&subtree(tx, log, start, left)?, &subtree(tx, log, start + left, len - left)?))
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    std::fs::write(path, bytes).map_err(|error| unwritable(path, error))
}

/// A file that cannot be written, with what to do about it.
pub fn unwritable(path: &Path, error: std::io::Error) -> Fault {
    let advice = match error.kind() {
        std::io::ErrorKind::StorageFull => "db.disk_full",
        std::io::ErrorKind::ReadOnlyFilesystem => "db.read_only",
        _ => "journal.cannot_write",
    };
    Fault::because(format!("writing {}", path.display()), error)
        .advise(advice, vec![("path", Arg::Text(path.display().to_string()))])
}
