//! The keys of a site. Three things in three places:
//!
//! - `keys.db`: the key of each person, wrapped. It goes into backups.
//! - `secret/kek`: the 32 bytes that unwrap them. It goes into no backup and no database; whoever loses it loses
//!   the names, whoever destroys it after an erasure makes the erasure final.
//! - `secret/writer-<n>`: the seed that signs checkpoints. A restored site makes a new one.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use db::{Store, sql};
use kernel::{Arg, Fault, Stop};

use crate::body::{Key, random, unwrap, wrap};
use crate::hash::KeyId;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS seal (
        key TEXT NOT NULL PRIMARY KEY,
        wrapped BLOB NOT NULL -- nonce and sealed key
    );
";

/// The keys of the persons, unwrapped in memory. Several programs may have the same keyring open: each takes the lock
/// beside `keys.db` before it changes anything, and reads the key-encryption key anew.
#[derive(Clone)]
pub struct Keyring {
    store: Store,
    kek_path: PathBuf,
    lock_path: PathBuf,
    inner: Arc<RwLock<Inner>>,
}

struct Inner {
    kek: Key,
    keys: HashMap<KeyId, Key>,
}

impl Keyring {
    /// Opens the keyring of a site, making it if the site is new. `needed` says which keys the site depends on, and
    /// the number that is missing comes back: while it is even one, no key-encryption key is touched, since the file
    /// that is put back must still open.
    pub fn open(
        keys_db: &Path,
        kek_path: &Path,
        needed: impl Fn() -> Result<HashSet<KeyId>, Stop>,
    ) -> Result<(Keyring, u64), Stop> {
        let lock_path = keys_db.with_extension("lock");
        let store = {
            let _lock = lock(&lock_path)?;
            let store = Store::open(keys_db, None, ())?;
            store.write(|tx| Ok(tx.create(TABLES)?))?;
            store
        };
        // Without the lock: whoever writes to the site holds its database, and may wait here for a new key.
        let lacking = lacking(&store, needed)?;
        let _lock = lock(&lock_path)?;
        let wrapped = wrapped_keys(&store)?;
        let kek = if lacking == 0 {
            kek_in_force(kek_path, &wrapped)?
        } else {
            kek_as_it_lies(kek_path, &wrapped)?
        };
        let mut keys = HashMap::with_capacity(wrapped.len());
        for (name, bytes) in wrapped {
            keys.insert(name, unwrap(&kek, name, &bytes).ok_or_else(|| wrong(kek_path))?);
        }
        let inner = Arc::new(RwLock::new(Inner { kek, keys }));
        Ok((Keyring { store, kek_path: kek_path.to_owned(), lock_path, inner }, lacking))
    }

    /// A new key, on disk before it is used.
    pub fn make(&self) -> Result<KeyId, Stop> {
        Ok(self.make_many(1)?[0])
    }

    /// So many new keys in one go.
    pub fn make_many(&self, count: usize) -> Result<Vec<KeyId>, Stop> {
        let _lock = lock(&self.lock_path)?;
        let kek = self.kek_now()?;
        let keys = (0..count).map(|_| Key::new()).collect::<Result<Vec<Key>, Fault>>()?;
        let rows = wrap_all(&kek, keys.iter())?;
        self.store.write(move |tx| insert(tx, &rows))?;
        let names = keys.iter().map(Key::id).collect();
        self.write().keys.extend(keys.into_iter().map(|key| (key.id(), key)));
        Ok(names)
    }

    /// The key with this name; none when it was erased. One that another program has made is looked up: a file that
    /// cannot be read is a fault, and never a person who is gone.
    pub fn get(&self, name: &KeyId) -> Result<Option<Key>, Fault> {
        if let Some(key) = self.read().keys.get(name) {
            return Ok(Some(key.clone()));
        }
        // Under the lock, so that the row and the key that opens it are of one moment.
        let _lock = lock(&self.lock_path)?;
        let found = self.store.read(|tx| {
            Ok(sql!("SELECT wrapped FROM seal WHERE key = ?1").bind(name).maybe::<(Vec<u8>,)>(tx)?)
        });
        let Some((wrapped,)) = found.map_err(fault_of)? else { return Ok(None) };
        let key = unwrap(&self.kek_now()?, *name, &wrapped).ok_or_else(|| wrong(&self.kek_path))?;
        self.write().keys.insert(*name, key.clone());
        Ok(Some(key))
    }

    /// How many persons have a key.
    pub fn len(&self) -> usize {
        self.read().keys.len()
    }

    /// Whether nobody has one.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Destroys a key: its row, and the key-encryption key under which old copies of the row were wrapped. The
    /// others are wrapped anew. What lingers in free pages, old files and backups is noise from then on.
    pub fn erase(&self, name: KeyId) -> Result<(), Stop> {
        let _lock = lock(&self.lock_path)?;
        let old = self.kek_now()?;
        let mut keys = HashMap::new();
        for (kept, wrapped) in wrapped_keys(&self.store)?.into_iter().filter(|(kept, _)| *kept != name) {
            keys.insert(kept, unwrap(&old, kept, &wrapped).ok_or_else(|| wrong(&self.kek_path))?);
        }
        let new = Key::new()?;
        let rows = wrap_all(&new, keys.values())?;
        let next = next_kek_path(&self.kek_path);
        write_secret(&next, &new.0)?;
        self.store.write(move |tx| {
            sql!("DELETE FROM seal").run(tx)?;
            insert(tx, &rows)
        })?;
        replace(&self.kek_path, &next)?;
        self.store.truncate_wal()?;
        *self.write() = Inner { kek: new, keys };
        Ok(())
    }

    /// How many keys are missing of those that are needed.
    pub(crate) fn lacking(&self, needed: impl Fn() -> Result<HashSet<KeyId>, Stop>) -> Result<u64, Stop> {
        lacking(&self.store, needed)
    }

    /// The names of the keys that are on the disk.
    pub(crate) fn names(&self) -> Result<HashSet<KeyId>, Stop> {
        names(&self.store)
    }

    /// The wrapped keys, for a backup.
    pub(crate) fn wrapped(&self) -> Result<Vec<(KeyId, Vec<u8>)>, Stop> {
        wrapped_keys(&self.store)
    }

    /// Closes the file.
    pub(crate) fn close(&self) {
        self.store.close();
    }

    /// The key-encryption key as it lies on disk: another program may have made a new one.
    fn kek_now(&self) -> Result<Key, Fault> {
        let Some(bytes) = read_secret(&self.kek_path)? else { return Err(missing(&self.kek_path)) };
        let mut inner = self.write();
        if inner.kek.0 != bytes {
            inner.kek = Key(bytes);
        }
        Ok(inner.kek.clone())
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Inner> {
        self.inner.read().expect("no holder panics")
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Inner> {
        self.inner.write().expect("no holder panics")
    }
}

/// Waits until no other program changes the keyring; until the file is dropped, none does.
fn lock(path: &Path) -> Result<File, Fault> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| unusable(path, error))?;
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).and_then(|file| file.lock().map(|()| file)).map_err(|error| unusable(path, error))
}

/// The key-encryption key that opens the keys; a new one for a site that has none. When an erasure was interrupted
/// there are two, and the one that opens the keys is in force.
fn kek_in_force(kek_path: &Path, wrapped: &[(KeyId, Vec<u8>)]) -> Result<Key, Fault> {
    let next = next_kek_path(kek_path);
    let kek = match (read_secret(kek_path)?, read_secret(&next)?) {
        // When the last person was erased there is no key left that could tell: the new one is in force.
        (kek, Some(new)) if opens(&Key(new), wrapped) || wrapped.is_empty() || kek.is_none() => {
            replace(kek_path, &next)?;
            Key(new)
        }
        (Some(kek), _) => Key(kek),
        (None, _) if wrapped.is_empty() => {
            let kek = Key::new()?;
            write_secret(kek_path, &kek.0)?;
            kek
        }
        (None, _) => return Err(missing(kek_path)),
    };
    let _ = std::fs::remove_file(&next);
    Ok(kek)
}

/// The key-encryption key that opens what there is, without changing a file: keys are missing, and it is not certain
/// which of two is in force.
fn kek_as_it_lies(kek_path: &Path, wrapped: &[(KeyId, Vec<u8>)]) -> Result<Key, Fault> {
    let both = [read_secret(kek_path)?, read_secret(&next_kek_path(kek_path))?].map(|kek| kek.map(Key));
    let fits = both.iter().flatten().find(|kek| opens(kek, wrapped));
    fits.or(both.iter().flatten().next()).cloned().ok_or_else(|| missing(kek_path))
}

fn wrap_all<'k>(kek: &Key, keys: impl Iterator<Item = &'k Key>) -> Result<Vec<(KeyId, Vec<u8>)>, Fault> {
    keys.map(|key| Ok((key.id(), wrap(kek, key)?))).collect()
}

/// Puts wrapped keys from a backup into a new `keys.db`.
pub(crate) fn restore(keys_db: &Path, rows: Vec<(KeyId, Vec<u8>)>) -> Result<(), Stop> {
    let store = Store::open(keys_db, None, ())?;
    store.write(move |tx| {
        tx.create(TABLES)?;
        insert(tx, &rows)
    })?;
    store.close();
    Ok(())
}

fn insert(tx: &mut db::Tx<'_>, rows: &[(KeyId, Vec<u8>)]) -> Result<(), Stop> {
    for (name, wrapped) in rows {
        sql!("INSERT INTO seal (key, wrapped) VALUES (?1, ?2)").bind(name).bind(wrapped).run(tx)?;
    }
    Ok(())
}

fn wrapped_keys(store: &Store) -> Result<Vec<(KeyId, Vec<u8>)>, Stop> {
    store.read(|tx| Ok(sql!("SELECT key, wrapped FROM seal ORDER BY key").all(tx)?))
}

fn names(store: &Store) -> Result<HashSet<KeyId>, Stop> {
    Ok(wrapped_keys(store)?.into_iter().map(|(name, _)| name).collect())
}

/// How many of the needed keys are not in the file. Other programs go on meanwhile: who comes new has a key before an
/// entry, and who was erased between the two looks is not needed any more at the second one.
fn lacking(store: &Store, needed: impl Fn() -> Result<HashSet<KeyId>, Stop>) -> Result<u64, Stop> {
    let look = || -> Result<HashSet<KeyId>, Stop> {
        let needed = needed()?;
        Ok(needed.difference(&names(store)?).copied().collect())
    };
    let first = look()?;
    Ok(if first.is_empty() { 0 } else { first.intersection(&look()?).count() as u64 })
}

/// The keyring refuses nothing: whatever stops it is a fault.
fn fault_of(stop: Stop) -> Fault {
    match stop {
        Stop::Fault(fault) => fault,
        Stop::Refused(refused) => Fault::new(format!("the keyring refused: {}", refused.code)),
    }
}

fn opens(kek: &Key, wrapped: &[(KeyId, Vec<u8>)]) -> bool {
    wrapped.first().is_some_and(|(name, bytes)| unwrap(kek, *name, bytes).is_some())
}

fn next_kek_path(kek_path: &Path) -> PathBuf {
    kek_path.with_extension("next")
}

fn wrong(path: &Path) -> Fault {
    Fault::new(format!("{} does not open keys.db", path.display()))
        .advise("journal.key_file_wrong", vec![("path", Arg::Text(path.display().to_string()))])
}

fn missing(path: &Path) -> Fault {
    Fault::new(format!("the key file {} is missing", path.display()))
        .advise("journal.key_file_missing", vec![("path", Arg::Text(path.display().to_string()))])
}

/// The 32 bytes of a secret file, or nothing when there is none.
pub(crate) fn read_secret(path: &Path) -> Result<Option<[u8; 32]>, Fault> {
    let Some(bytes) = read_small(path)? else { return Ok(None) };
    bytes.try_into().map(Some).map_err(|_| {
        Fault::new(format!("{} does not hold 32 bytes", path.display()))
            .advise("journal.key_file_wrong", vec![("path", Arg::Text(path.display().to_string()))])
    })
}

/// What stands in a small file beside the secrets, or nothing when there is none.
pub(crate) fn read_small(path: &Path) -> Result<Option<Vec<u8>>, Fault> {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(8192).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(path, error)),
    }
}

/// Writes a secret file.
pub(crate) fn write_secret(path: &Path, bytes: &[u8; 32]) -> Result<(), Fault> {
    write_private(path, bytes)
}

/// Writes a file that only its owner may read, and its folder entry, to disk.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let write = || -> std::io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
            options.mode(0o600);
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        }
        let mut file = options.open(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        File::open(folder)?.sync_all()
    };
    write().map_err(|error| unusable(path, error))
}

/// Overwrites the old secret with noise, then lets the new one take its place.
pub(crate) fn replace(old: &Path, new: &Path) -> Result<(), Fault> {
    if old.exists() {
        write_over(old)?;
    }
    std::fs::rename(new, old).map_err(|error| unusable(old, error))?;
    let folder = old.parent().unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| unusable(old, error))
}

fn write_over(path: &Path) -> Result<(), Fault> {
    let noise: [u8; 32] = random()?;
    let write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).open(path)?;
        file.write_all(&noise)?;
        file.sync_all()
    };
    write().map_err(|error| unusable(path, error))
}

fn unusable(path: &Path, error: std::io::Error) -> Fault {
    let advice = match error.kind() {
        std::io::ErrorKind::StorageFull => "db.disk_full",
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => "db.read_only",
        _ => "journal.key_file_unusable",
    };
    Fault::because(format!("using the key file {}", path.display()), error)
        .advise(advice, vec![("path", Arg::Text(path.display().to_string()))])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(keys_db: &Path, kek: &Path) -> Result<Keyring, Stop> {
        Ok(Keyring::open(keys_db, kek, || Ok(HashSet::new()))?.0)
    }

    #[test]
    fn an_erased_key_is_gone_from_the_file_and_the_others_still_open() {
        let dir = tempfile::tempdir().expect("a folder");
        let (file, kek) = (dir.path().join("keys.db"), dir.path().join("secret/kek"));
        let ring = open(&file, &kek).expect("opens");
        let (gone, kept) = (ring.make().expect("makes"), ring.make().expect("makes"));
        let old_rows = ring.wrapped().expect("reads");
        let old_kek = read_secret(&kek).expect("reads").expect("is there");
        ring.erase(gone).expect("erases");
        ring.close();
        let ring = open(&file, &kek).expect("opens again");
        assert!(ring.get(&gone).expect("reads").is_none());
        assert!(ring.get(&kept).expect("reads").is_some());
        let new_kek = read_secret(&kek).expect("reads").expect("is there");
        assert_ne!(old_kek, new_kek);
        for (name, wrapped) in &old_rows {
            assert!(
                unwrap(&Key(new_kek), *name, wrapped).is_none(),
                "an old row must not open with the new key"
            );
        }
        // A crash after the last key went, before the new key-encryption key took its place.
        let last = open(&dir.path().join("last.db"), &dir.path().join("last/kek")).expect("opens");
        let only = last.make().expect("makes");
        let kek_of = |path: &str| read_secret(&dir.path().join(path)).expect("reads").expect("is there");
        let before = kek_of("last/kek");
        last.erase(only).expect("erases");
        last.close();
        std::fs::rename(dir.path().join("last/kek"), dir.path().join("last/kek.next")).expect("renames");
        write_secret(&dir.path().join("last/kek"), &before).expect("writes");
        open(&dir.path().join("last.db"), &dir.path().join("last/kek")).expect("opens").close();
        assert_ne!(kek_of("last/kek"), before, "the old one would open the name in an old backup");
        // Two programs at once: what the one makes, the other keeps when it erases.
        let other = open(&file, &kek).expect("opens beside the first");
        let made = other.make().expect("makes");
        assert!(ring.get(&made).expect("reads").is_some(), "a key of the other program is found");
        let also = other.make().expect("makes");
        ring.erase(kept).expect("erases");
        let later = other.make().expect("makes under the new key");
        other.close();
        ring.close();
        let ring = open(&file, &kek).expect("opens again");
        assert!([made, also, later].iter().all(|name| ring.get(name).expect("reads").is_some()));
        ring.close();
        std::fs::remove_file(&kek).expect("removes");
        let Err(Stop::Fault(fault)) = open(&file, &kek) else { panic!("opened without its key file") };
        assert_eq!(fault.advice.expect("advice").code, "journal.key_file_missing");
    }

    /// An erasure was interrupted, and then the file was emptied: the key that opens the copy must outlive the start.
    #[test]
    fn an_emptied_file_costs_no_key_encryption_key() {
        let dir = tempfile::tempdir().expect("a folder");
        let (file, kek) = (dir.path().join("keys.db"), dir.path().join("secret/kek"));
        let ring = open(&file, &kek).expect("opens");
        let person = ring.make().expect("makes");
        let before = read_secret(&kek).expect("reads");
        write_secret(&next_kek_path(&kek), &[7; 32]).expect("writes");
        ring.store.write(|tx| Ok(sql!("DELETE FROM seal").run(tx).map(drop)?)).expect("empties");
        ring.close();
        let (ring, lacking) = Keyring::open(&file, &kek, || Ok(HashSet::from([person]))).expect("opens");
        assert_eq!((lacking, ring.len()), (1, 0));
        assert_eq!(read_secret(&kek).expect("reads"), before);
        ring.close();
    }
}
