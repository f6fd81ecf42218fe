//! Opening the journal of a site, and the two ways in: read and write.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use db::{Store, Tx, sql};
use kernel::{Actor, Arg, Fault, Scope, Stop};

use crate::blob::Blobs;
use crate::body::random;
use crate::chapter::Chapter;
use crate::export::unwritable;
use crate::hash::KeyId;
use crate::keys::{Keyring, read_secret, replace, write_secret};
use crate::machine::{Found, Home};
use crate::note::{Signer, Verifier};
use crate::refold::{self, Progress};
use crate::state::{Shared, State};
use crate::verify::erased_keys;
use crate::work::{Context, Memory, Site, View, Work};

pub(crate) const GROUND: &str = include_str!("tables.sql");

/// Where the parts of a site lie.
#[derive(Debug, Clone)]
pub struct Paths {
    /// The folder of the site.
    pub data: PathBuf,
    /// The key-encryption key; by default `secret/kek` in the folder. Better on another disk.
    pub key_file: Option<PathBuf>,
    /// `postgres://…`, or nothing for `simpul.db` in the folder.
    pub database: Option<String>,
}

impl Paths {
    /// A folder with everything in it.
    pub fn folder(data: impl Into<PathBuf>) -> Paths {
        Paths { data: data.into(), key_file: None, database: None }
    }
    /// The embedded database.
    pub fn database_file(&self) -> PathBuf {
        self.data.join("simpul.db")
    }
    pub(crate) fn keys_db(&self) -> PathBuf {
        self.data.join("keys.db")
    }
    pub(crate) fn kek(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data.join("secret").join("kek"))
    }
    pub(crate) fn writer(&self, log: i64) -> PathBuf {
        self.data.join("secret").join(format!("writer-{log}"))
    }
    /// The key of a log that is not committed yet.
    fn next_writer(&self, log: i64) -> PathBuf {
        self.writer(log).with_extension("next")
    }
    /// Stands in the folder while a restore is under way.
    pub(crate) fn restoring(&self) -> PathBuf {
        self.data.join("restoring")
    }
    /// Whether a restore into the folder was interrupted.
    pub fn is_half_restored(&self) -> bool {
        self.restoring().exists()
    }
    /// Whether a site was made here. What is left of one, when a file of it is lost, is a site still.
    pub fn exists(&self) -> bool {
        self.keys_db().exists() || self.was_written()
    }
    /// Whether there is something here that only a site with keys leaves behind.
    fn was_written(&self) -> bool {
        self.database_file().exists() || self.writer(1).exists()
    }
    /// Whether a new site would mix with what is here: a site, or secrets of one.
    pub fn is_taken(&self) -> bool {
        self.exists() || self.data.join("secret").exists()
    }
}

/// How to open a journal.
pub struct Open<'p> {
    /// Where.
    pub paths: Paths,
    /// The features, in the order in which they may depend on each other.
    pub chapters: &'static [&'static Chapter],
    /// Hears how folding again goes, should it be needed: entries done, entries in all.
    pub progress: Progress<'p>,
}

/// An entry exactly as it was written: its header and, unless it was erased, its body.
pub type RawEntry = (Vec<u8>, Option<Vec<u8>>);

/// The journal of a site. Cloning it gives another handle to the same one.
#[derive(Clone)]
pub struct Journal {
    pub(crate) store: Store,
    pub(crate) shared: Shared,
    pub(crate) site: Arc<Site>,
    pub(crate) paths: Arc<Paths>,
    was_copied: bool,
}

impl Journal {
    /// Opens the journal, making it in a folder that has none. Tables whose definition changed are folded again.
    /// Refused while bodies are here whose keys are neither in `keys.db` nor erased: what would be written without
    /// them, and every backup from then on, would have lost the names.
    pub fn open(open: Open<'_>) -> Result<Journal, Stop> {
        let (paths, chapters) = (open.paths.clone(), open.chapters);
        let (journal, mut lacking) = Journal::open_with_keys(open)?;
        if lacking == 0 {
            // Of a site that was brought back it is known only now whose bodies it holds.
            lacking = journal.site.keys.lacking(|| keys_needed(&journal.store, chapters))?;
        }
        if lacking > 0 {
            journal.close();
            return Err(keys_missing(&paths, lacking).into());
        }
        Ok(journal)
    }

    /// Opens the journal to look at it, even when keys are missing; then nothing is folded and no erasure finished.
    pub fn open_as_found(open: Open<'_>) -> Result<Journal, Stop> {
        Ok(Journal::open_with_keys(open)?.0)
    }

    /// The journal, and how many keys are missing.
    fn open_with_keys(open: Open<'_>) -> Result<(Journal, u64), Stop> {
        let Open { paths, chapters, progress } = open;
        make_folder(&paths)?;
        if !paths.keys_db().exists() && paths.was_written() {
            return Err(keys_missing(&paths, 0).into());
        }
        let shared = Shared::default();
        let store = Store::open(&paths.database_file(), paths.database.as_deref(), shared.clone())
            .map_err(|fault| told_of_folder(&paths, fault))?;
        let needed = || keys_needed(&store, chapters);
        let (keys, lacking) = Keyring::open(&paths.keys_db(), &paths.kek(), needed)?;
        let memory = Memory::new(Arc::clone(&shared.known_size));
        let site = Arc::new(Site { chapters, keys, memory, blobs: Blobs::of(&paths.data) });
        let mut journal = Journal { store, shared, site, paths: Arc::new(paths), was_copied: false };
        let (home, found) = journal.prepare()?;
        journal.was_copied = found == Found::Copied;
        if found != Found::AtHome {
            home.note(&journal.paths.data)?;
        }
        if lacking == 0 {
            refold::when_changed(&journal, progress)?;
            journal.finish_erasures()?;
            journal.remove_orphans()?;
        }
        Ok((journal, lacking))
    }

    /// Runs `read` in a snapshot, on this thread.
    pub fn read<T>(&self, read: impl FnOnce(&mut View<'_, '_>) -> Result<T, Stop>) -> Result<T, Stop> {
        let epoch = self.shared.epoch.load(Ordering::Acquire);
        self.store.read(|tx| read(&mut View::new(tx, &self.site, epoch)))
    }

    /// Runs `write`, here or where others write, waits until it is on disk, answers.
    pub fn write<T: Send + 'static>(
        &self,
        context: Context,
        write: impl FnOnce(&mut Work<'_, '_>) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Stop> {
        self.store.write(self.job(context, write))
    }

    /// Queues `write`; `reply` is called once it is on disk, or when it was refused.
    pub fn submit<T: Send + 'static>(
        &self,
        context: Context,
        write: impl FnOnce(&mut Work<'_, '_>) -> Result<T, Stop> + Send + 'static,
        reply: impl FnOnce(Result<T, Stop>) + Send + 'static,
    ) {
        self.store.submit(self.job(context, write), reply);
    }

    fn job<T>(
        &self,
        context: Context,
        write: impl FnOnce(&mut Work<'_, '_>) -> Result<T, Stop> + Send + 'static,
    ) -> impl FnOnce(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static {
        let (shared, site) = (self.shared.clone(), Arc::clone(&self.site));
        move |tx| {
            let mut guard = shared.lock();
            let state = guard.as_mut().ok_or_else(|| Fault::new("the journal is not open yet"))?;
            let epoch = shared.epoch.load(Ordering::Acquire);
            write(&mut Work::new(View::new(tx, &site, epoch), state, context))
        }
    }

    /// Takes in entries of another log, header and body exactly as they were written, in whatever order they come.
    /// Those that are here already are passed over.
    pub fn adopt(&self, context: Context, entries: Vec<RawEntry>) -> Result<(), Stop> {
        self.write(context, move |work| {
            entries.iter().try_for_each(|(header, body)| work.adopt(header, body.as_deref()))
        })
    }

    /// Every entry, header and body exactly as they were written, in the order of the logs.
    pub fn entries(&self) -> Result<Vec<RawEntry>, Stop> {
        self.store.read(|tx| {
            Ok(sql!(
                "SELECT e.header, b.bytes FROM entry e
                 LEFT JOIN body b ON b.log = e.log AND b.idx = e.idx ORDER BY e.log, e.idx"
            )
            .all(tx)?)
        })
    }

    /// Destroys what is known of a person: the sealed bodies go, then the key and everything that could unwrap it.
    pub fn erase(&self, context: Context, key: KeyId, reason: &str) -> Result<(), Stop> {
        let reason = reason.to_owned();
        self.write(context, move |work| work.order_erasure(key, &reason))?;
        self.finish_erasures()
    }

    /// Destroys keys whose erasure was ordered: also after a crash between the order and its execution.
    fn finish_erasures(&self) -> Result<(), Stop> {
        // A key is destroyed because an entry says so, and never because a row of a table does.
        let ordered = self.store.read(|tx| Ok(erased_keys(tx)?))?;
        let mut destroyed = false;
        for key in ordered {
            if self.site.keys.get(&key)?.is_some() {
                self.site.keys.erase(key)?;
                destroyed = true;
            }
        }
        if destroyed {
            self.store.truncate_wal()?;
        }
        Ok(())
    }

    /// The keys of the persons.
    pub fn keys(&self) -> &Keyring {
        &self.site.keys
    }

    /// Where the parts of the site lie.
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// The features.
    pub fn chapters(&self) -> &'static [&'static Chapter] {
        self.site.chapters
    }

    /// Whether the folder turned out to be a copy, so that a new log begins here.
    pub fn was_copied(&self) -> bool {
        self.was_copied
    }

    /// The public key of the log that this site writes, with its origin.
    pub fn verifier(&self) -> Verifier {
        self.shared.lock().as_ref().expect("an open journal has a state").signer.verifier()
    }

    /// Waits for what is queued, signs a last checkpoint, closes every file.
    pub fn close(&self) {
        self.store.close();
        self.site.keys.close();
    }

    /// Makes the log, and reads the right edge of the tree. Where the site is, and whether it was here.
    fn prepare(&self) -> Result<(Home, Found), Stop> {
        let (paths, shared) = (Arc::clone(&self.paths), self.shared.clone());
        let home = Home::of(&paths.data);
        let found = home.compare(&paths.data)?;
        let log = self.store.write(move |tx| {
            let (log, signer) = open_log(tx, &paths, found)?;
            let state = State::load(tx, log, signer)?;
            shared.known_size.store(state.known_size(), Ordering::Release);
            *shared.lock() = Some(state);
            Ok(log)
        })?;
        let next = self.paths.next_writer(log);
        if next.exists() {
            replace(&self.paths.writer(log), &next)?;
        }
        Ok((home, found))
    }
}

/// Makes the tables, and reads which keys bodies here are sealed with. Neither an erased person's key is needed, nor one
/// that a restore without names gave up.
fn keys_needed(store: &Store, chapters: &'static [&'static Chapter]) -> Result<HashSet<KeyId>, Stop> {
    let needed = store.write(move |tx| {
        tx.create(GROUND)?;
        tx.append_only("entry")?;
        for chapter in chapters.iter().filter(|chapter| !chapter.local.is_empty()) {
            tx.create(chapter.local)?;
        }
        refold::prepare_tables(tx, chapters)?;
        Ok(sql!(
            "SELECT DISTINCT s.key FROM sealed s WHERE NOT EXISTS (SELECT 1 FROM erased x WHERE x.key = s.key)
             AND NOT EXISTS (SELECT 1 FROM given_up g WHERE g.key = s.key)"
        )
        .all::<(KeyId,)>(tx)?)
    })?;
    Ok(needed.into_iter().map(|(key,)| key).collect())
}

/// What is wrong with a database that does not open: where its folder takes no file, that.
fn told_of_folder(paths: &Paths, fault: Fault) -> Fault {
    let probe = paths.data.join("probe");
    match std::fs::File::create(&probe).and_then(|_| std::fs::remove_file(&probe)) {
        Ok(()) => fault,
        Err(error) => unwritable(&paths.data, error),
    }
}

/// `keys.db` is not there, or it is of an earlier day, or somebody emptied it.
fn keys_missing(paths: &Paths, lacking: u64) -> Fault {
    let path = Arg::Text(paths.keys_db().display().to_string());
    Fault::new(format!("keys.db lacks the keys of {lacking} persons"))
        .advise("journal.keys_missing", vec![("path", path)])
}

/// The log that this site writes, with its signer. A site without its writer's key — restored, or copied without its
/// secrets — begins a new log and leaves the old one as it stands, so that no log ever forks. So does a copy with them.
fn open_log(tx: &mut Tx<'_>, paths: &Paths, found: Found) -> Result<(i64, Signer), Stop> {
    let logs =
        sql!("SELECT n, origin, vkey, state FROM log ORDER BY n").all::<(i64, String, String, String)>(tx)?;
    if let Some((n, origin, vkey, _)) = logs.iter().find(|(_, _, _, state)| state == "open") {
        let its_own = |signer: &Signer| found != Found::Copied && signer.verifier().vkey() == *vkey;
        // Power may have gone after the log was committed, and before its key had its name.
        for path in [paths.writer(*n), paths.next_writer(*n)] {
            let signer = read_secret(&path)?.map(|seed| Signer::from_seed(origin, seed));
            if let Some(signer) = signer.filter(its_own) {
                return Ok((*n, signer));
            }
        }
        sql!("UPDATE log SET state = 'ended' WHERE n = ?1").bind(n).run(tx)?;
    }
    let n = logs.last().map_or(1, |(n, _, _, _)| n + 1);
    if paths.writer(n).exists() {
        // Somebody has written here before: a database without that log is not the one that belongs to the folder.
        return Err(Fault::new("the database has less in it than was written here")
            .advise("journal.database_empty", vec![("path", Arg::Text(paths.data.display().to_string()))])
            .into());
    }
    let node = match logs.first() {
        Some((_, origin, _, _)) => origin.split('/').nth(2).unwrap_or("unknown").to_owned(),
        None => random::<4>()?.iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    let signer = Signer::new(&format!("simpul/site/{node}/{n}"))?;
    write_secret(&paths.next_writer(n), &signer.seed())?;
    let verifier = signer.verifier();
    sql!("INSERT INTO log (n, origin, vkey, state, size) VALUES (?1, ?2, ?3, 'open', 0)")
        .bind(&n)
        .bind(&format!("simpul/site/{node}/{n}"))
        .bind(&verifier.vkey())
        .run(tx)?;
    Ok((n, signer))
}

/// Makes the folder of a site. While there is no site in it yet it is closed to everybody but its owner: what a
/// village knows of its households is nobody else's business on a machine with several users.
pub(crate) fn make_folder(paths: &Paths) -> Result<(), Fault> {
    let data = &paths.data;
    let make = || -> std::io::Result<()> {
        std::fs::create_dir_all(data)?;
        #[cfg(unix)]
        if !paths.exists() {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(data, std::fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    };
    make().map_err(|error| {
        let advice = match error.kind() {
            std::io::ErrorKind::StorageFull => "db.disk_full",
            _ => "db.read_only",
        };
        Fault::because(format!("making the folder {}", data.display()), error)
            .advise(advice, vec![("path", Arg::Text(data.display().to_string()))])
    })
}

/// The command line acts as the operator of the site: whoever holds the disk holds the site.
impl Context {
    /// The operator, through this door.
    pub fn operator(via: crate::Via, at: kernel::Instant) -> Context {
        Context { actor: Actor::operator().kind, via, at }
    }
    /// The operator's permit for a deed anywhere.
    pub fn operator_permit<D: kernel::Deed>(scope: &Scope) -> Result<kernel::Permit<D>, Fault> {
        let roles = kernel::Role::ALL
            .into_iter()
            .map(|role| kernel::Grant { role, place: kernel::PlaceCode::everywhere(), book: None })
            .collect();
        let actor = Actor { kind: kernel::ActorKind::Operator, grants: roles };
        actor.may::<D>(scope).map_err(|_| Fault::new(format!("no role may {}", D::NAME)))
    }
}
