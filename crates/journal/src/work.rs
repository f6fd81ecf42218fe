//! What a closure of a feature gets: a view to read, a work to record.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use db::{Tx, sql};
use kernel::{ActorKind, Day, EntryId, Fault, Instant, Permit, Stop};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::blob::{self, Blob, Blobs};
use crate::body;
use crate::chapter::{Chapter, Content, Entry, Fact, read_fact};
use crate::fold::{Folder, Stored, open_body, stored};
use crate::hash::{Hash, KeyId};
use crate::header::{Class, Header, Overdraft, Ref, Via, actor_text};
use crate::keys::Keyring;
use crate::reversal::{CHAPTER, ERASED, Erased, JournalRefusal, REVERSED, Reversal, Reversed, Reversing};
use crate::state::State;
use crate::tree::leaf_hash;

/// Who records, through which door, and when by this machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// Who.
    pub actor: ActorKind,
    /// Through which door: decides whether an overdraft is refused or accepted.
    pub via: Via,
    /// The machine's clock.
    pub at: Instant,
}

/// What does not change while the journal is open.
pub(crate) struct Site {
    pub chapters: &'static [&'static Chapter],
    pub keys: Keyring,
    pub memory: Memory,
    pub blobs: Blobs,
}

/// What is kept in memory because no table may hold it: the index of names.
pub(crate) struct Memory {
    kept: Mutex<HashMap<TypeId, Remembered>>,
    pub known_size: Arc<AtomicU64>,
}

impl Memory {
    pub fn new(known_size: Arc<AtomicU64>) -> Memory {
        Memory { kept: Mutex::default(), known_size }
    }
}

struct Remembered {
    epoch: u64,
    size: u64,
    value: Arc<dyn Any + Send + Sync>,
}

/// A transaction to read from, with the keys of the site.
pub struct View<'v, 'c> {
    tx: &'v mut Tx<'c>,
    site: &'v Site,
    /// The state of the names when the snapshot was taken, or before.
    epoch: u64,
    /// Whether the snapshot holds nothing about persons that is not committed: only then may others use what is made
    /// from it.
    settled: bool,
}

impl<'c> Deref for View<'_, 'c> {
    type Target = Tx<'c>;
    fn deref(&self) -> &Tx<'c> {
        self.tx
    }
}

impl DerefMut for View<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.tx
    }
}

impl<'v, 'c> View<'v, 'c> {
    /// `epoch` was read before the snapshot was taken: what is made from a newer snapshot under an older epoch is made
    /// once more, and never the other way round.
    pub(crate) fn new(tx: &'v mut Tx<'c>, site: &'v Site, epoch: u64) -> Self {
        View { tx, site, epoch, settled: true }
    }

    /// The fact of an entry, or nothing when there is no such entry, it is of another kind, or it was erased.
    pub fn payload<F: Fact>(&mut self, id: EntryId) -> Result<Option<F>, Fault> {
        Ok(match stored(self.tx, id)? {
            Some((_, _, header, body)) if header.kind == F::KIND => self.content(&header, body.as_deref())?,
            _ => None,
        })
    }

    /// An entry with its body, or nothing when there is no such entry or its body cannot be opened any more.
    pub fn entry(&mut self, id: EntryId) -> Result<Option<Entry>, Fault> {
        let Some((_, _, header, body)) = stored(self.tx, id)? else { return Ok(None) };
        Ok(open_body(&self.site.keys, &header, body.as_deref())?.map(|json| Entry::new(&header, json)))
    }

    /// Whether the file of an attachment is here, by its name alone.
    pub fn holds(&self, sha256: &Hash) -> bool {
        self.site.blobs.holds(sha256)
    }

    /// Where an entry stands: its log, and its place in it. Entries of one site stand in the order in which they were written,
    /// whatever their ids say, which were made before.
    pub fn place_of(&mut self, id: EntryId) -> Result<Option<(i64, i64)>, Fault> {
        sql!("SELECT log, idx FROM entry WHERE id = ?1").bind(&id).maybe(self.tx)
    }

    /// Visits every fact of a kind about persons that can still be read, with its entry.
    pub fn each_sealed<F: Fact>(&mut self, mut visit: impl FnMut(EntryId, F)) -> Result<(), Fault> {
        let site = self.site;
        sql!(
            "SELECT e.header, b.bytes FROM sealed s
             JOIN entry e ON e.log = s.log AND e.idx = s.idx
             JOIN body b ON b.log = s.log AND b.idx = s.idx ORDER BY s.log, s.idx"
        )
        .each(self.tx, |row| {
            let header = crate::fold::read_header(&row.get::<Vec<u8>>(0)?)?;
            if header.kind == F::KIND
                && let Some(json) = open_body(&site.keys, &header, Some(&row.get::<Vec<u8>>(1)?))?
            {
                visit(header.id, read_fact::<F>(header.id, &header.kind, &json)?);
            }
            Ok(())
        })
    }

    /// What `build` makes from the sealed facts, kept in memory until one of them changes.
    pub fn memory<T: Any + Send + Sync>(
        &mut self,
        build: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<Arc<T>, Fault> {
        let memory = &self.site.memory;
        let epoch = self.epoch;
        let (stored,) =
            sql!("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM log").one::<(i64,)>(self.tx)?;
        // A size that this process does not know of was written by another one.
        let foreign =
            if stored as u64 > memory.known_size.load(Ordering::Acquire) { stored as u64 } else { 0 };
        let kept = |memory: &'v Memory| {
            let kept = memory.kept.lock().unwrap_or_else(PoisonError::into_inner);
            let found = kept.get(&TypeId::of::<T>())?;
            (found.epoch == epoch && found.size == foreign).then(|| Arc::clone(&found.value))
        };
        if let Some(value) = kept(memory).and_then(|value| value.downcast::<T>().ok()) {
            return Ok(value);
        }
        let value = Arc::new(build(self)?);
        if !self.settled {
            return Ok(value);
        }
        let remembered = Remembered { epoch, size: foreign, value: value.clone() };
        memory.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(TypeId::of::<T>(), remembered);
        Ok(value)
    }

    fn content<F: DeserializeOwned>(&self, header: &Header, body: Option<&[u8]>) -> Result<Option<F>, Fault> {
        open_body(&self.site.keys, header, body)?
            .map(|json| read_fact(header.id, &header.kind, &json))
            .transpose()
    }
}

/// Whether a request came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It did not: go on.
    New,
    /// It did and was booked: show what came of it.
    Again,
}

/// A transaction to record in. What it records is on disk, and visible to others, when the closure's answer arrives.
pub struct Work<'w, 'c> {
    view: View<'w, 'c>,
    state: &'w mut State,
    /// Who, how, when.
    pub context: Context,
    request: Option<EntryId>,
    recorded: u64,
    ask: Option<Hash>,
}

impl<'w, 'c> Deref for Work<'w, 'c> {
    type Target = View<'w, 'c>;
    fn deref(&self) -> &Self::Target {
        &self.view
    }
}

impl DerefMut for Work<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.view
    }
}

impl<'w, 'c> Work<'w, 'c> {
    pub(crate) fn new(mut view: View<'w, 'c>, state: &'w mut State, context: Context) -> Self {
        view.settled = !state.names_touched;
        Work { view, state, context, request: None, recorded: 0, ask: None }
    }

    /// Begins a request that has an id of its own. The same id with the same ask was booked before; with another ask
    /// it is refused, so that nothing is dropped silently. The facts of the request get ids derived from it.
    pub fn asked(&mut self, id: EntryId, ask: &impl Serialize) -> Result<Asked, Stop> {
        let ask =
            serde_json::to_vec(ask).map_err(|error| Fault::because("writing down what was asked", error))?;
        let ask = Hash::of(&[b"simpul/ask/1", &ask]);
        (self.request, self.recorded, self.ask) = (Some(id), 0, Some(ask));
        let Some((_, _, header, body)) = stored(self.view.tx, id)? else { return Ok(Asked::New) };
        let before = match open_body(&self.view.site.keys, &header, body.as_deref())? {
            Some(json) => {
                serde_json::from_slice::<Content<serde::de::IgnoredAny>>(&json)
                    .map_err(|error| Fault::because("reading an entry that came before", error))?
                    .ask
            }
            // What was erased cannot be compared, and must not be booked again.
            None => return Ok(Asked::Again),
        };
        if before == Some(ask) {
            Ok(Asked::Again)
        } else {
            Err(JournalRefusal::OtherContent { id: id.to_string() }.into())
        }
    }

    /// Begins a request whose content is its id, as for a row of an import. Whether it was booked before.
    pub fn begun(&mut self, id: EntryId) -> Result<Asked, Fault> {
        (self.request, self.recorded, self.ask) = (Some(id), 0, None);
        let known = sql!("SELECT 1 FROM entry WHERE id = ?1").bind(&id).maybe::<(i64,)>(self.view.tx)?;
        Ok(if known.is_some() { Asked::Again } else { Asked::New })
    }

    /// Appends a fact and folds it into the tables. Its permit must be for the deed of the fact.
    pub fn record<F: Fact>(&mut self, permit: &Permit<F::Deed>, fact: &F) -> Result<EntryId, Stop> {
        self.record_with(permit, fact, &[])
    }

    /// As [`Work::record`], with attachments. They are on the disk already ([`crate::Blobs::keep`]); the entry names them.
    pub fn record_with<F: Fact>(
        &mut self,
        permit: &Permit<F::Deed>,
        fact: &F,
        attached: &[Blob],
    ) -> Result<EntryId, Stop> {
        const { assert!(!matches!(F::CLASS, Class::Person), "a fact about a person is sealed: record_sealed") };
        let _ = permit;
        if attached.len() > ATTACHED_MAX {
            return Err(JournalRefusal::TooManyAttached { most: ATTACHED_MAX }.into());
        }
        for blob in attached {
            if !self.view.holds(&blob.sha256) {
                return Err(Fault::new(format!("the attachment {} is not on the disk", blob.sha256)).into());
            }
            blob::remember(self.view.tx, blob)?;
        }
        let att = attached.iter().map(|blob| blob.sha256).collect();
        let overdraft = self.context.via.overdraft();
        self.append(Writing { att, ..Writing::of(F::KIND, F::CLASS, overdraft) }, fact)
    }

    /// Appends a fact about a person, sealed with the person's key, and folds it.
    pub fn record_sealed<F: Fact>(
        &mut self,
        permit: &Permit<F::Deed>,
        key: KeyId,
        fact: &F,
    ) -> Result<EntryId, Stop> {
        const { assert!(matches!(F::CLASS, Class::Person), "only facts about persons are sealed") };
        let _ = permit;
        let overdraft = self.context.via.overdraft();
        self.append(Writing::of(F::KIND, F::CLASS, overdraft).sealed(key), fact)
    }

    /// Takes an entry back, in the books on `day`. Both stay visible. The rules of the chapter decide beforehand
    /// whether this one may be. A correction is never refused for want of cover: what it brings to light is raised as
    /// an exception.
    pub fn reverse<D: Reversing>(
        &mut self,
        permit: &Permit<D>,
        target: EntryId,
        day: Day,
        reason: &str,
    ) -> Result<EntryId, Stop> {
        let _ = permit;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(JournalRefusal::NoReason.into());
        }
        let Some((_, _, header, _)) = stored(self.view.tx, target)? else {
            return Err(JournalRefusal::NoEntry { id: target.to_string() }.into());
        };
        if header.chapter() == CHAPTER {
            return Err(JournalRefusal::IsReversal.into());
        }
        if let Some(before) = Reversal::of(self.view.tx, target)? {
            return Err(JournalRefusal::ReversedBefore { day: before.day }.into());
        }
        let fact = Reversed { target, day, reason: reason.to_owned() };
        let refs = vec![Ref { rel: "reverses".into(), id: target }];
        let writing = Writing::of(REVERSED, header.class.min_sealed(), Overdraft::IsKept);
        self.append(Writing { refs, ..writing }, &fact)
    }

    /// Orders the erasure of everything that is sealed with a key. [`crate::Journal::erase`] destroys the key itself.
    pub(crate) fn order_erasure(&mut self, key: KeyId, reason: &str) -> Result<EntryId, Stop> {
        let fact = Erased { key, reason: reason.to_owned() };
        self.touch_names();
        self.append(Writing::of(ERASED, Class::Org, Overdraft::IsKept), &fact)
    }

    /// A new key for a person, on disk before it is used.
    pub fn make_key(&self) -> Result<KeyId, Stop> {
        self.view.site.keys.make()
    }

    /// Appends what another log or a backup holds, exactly as it is, unless it is here.
    pub(crate) fn adopt(&mut self, header: &[u8], body: Option<&[u8]>) -> Result<(), Stop> {
        let read =
            Header::read(header).map_err(|why| Fault::new(format!("a header cannot be read: {why}")))?;
        if self.begun(read.id)? == Asked::Again {
            return Ok(());
        }
        self.store(&read, header, body, Overdraft::IsKept)?;
        Ok(())
    }

    fn append<F: Serialize>(&mut self, writing: Writing, fact: &F) -> Result<EntryId, Stop> {
        let Writing { kind, class, key, refs, att, overdraft } = writing;
        let id = self.next_id();
        let content = Content { fact, ask: if self.recorded == 1 { self.ask } else { None } };
        let json = serde_json::to_vec(&content).map_err(|error| Fault::because("writing a fact", error))?;
        let body = match key {
            None => body::plain(&json)?,
            Some(name) => {
                self.touch_names();
                let key = self
                    .view
                    .site
                    .keys
                    .get(&name)?
                    .ok_or_else(|| Fault::new("a person's key is not here"))?;
                body::sealed(&key, id, kind, &json)?
            }
        };
        let header = Header {
            v: 1,
            id,
            kind: kind.into(),
            at: self.context.at,
            actor: actor_text(self.context.actor),
            via: self.context.via,
            class,
            key,
            body: Hash::of(&[&body]),
            len: body.len() as u32,
            refs,
            att,
        };
        let overdrawn = self.store(&header, &header.write(), Some(&body), overdraft)?;
        match overdrawn.into_iter().next() {
            Some(first) => {
                Err(JournalRefusal::Overdrawn { account: first.path, missing: first.missing }.into())
            }
            None => Ok(id),
        }
    }

    fn store(
        &mut self,
        header: &Header,
        bytes: &[u8],
        body: Option<&[u8]>,
        overdraft: Overdraft,
    ) -> Result<Vec<crate::ledger::Overdrawn>, Fault> {
        let (log, idx) = (self.state.log, self.state.edge.size() as i64);
        let tiles = &mut self.state.tiles;
        self.state.edge.push(leaf_hash(bytes), |tile| tiles.push(tile));
        sql!("INSERT INTO entry (log, idx, id, header) VALUES (?1, ?2, ?3, ?4)")
            .bind(&log)
            .bind(&idx)
            .bind(&header.id)
            .bind(&BytesCell(bytes))
            .run(self.view.tx)?;
        if let Some(body) = body {
            sql!("INSERT INTO body (log, idx, bytes) VALUES (?1, ?2, ?3)")
                .bind(&log)
                .bind(&idx)
                .bind(&BytesCell(body))
                .run(self.view.tx)?;
        }
        let site = self.view.site;
        let (chapters, keys, waiting) = (site.chapters, &site.keys, &mut self.state.waiting);
        let mut folder = Folder { chapters, keys, waiting, overdraft, upto: None };
        folder.fold(self.view.tx, &Stored { log, idx, header, body })
    }

    fn touch_names(&mut self) {
        self.state.names_touched = true;
        self.view.settled = false;
    }

    /// The id of the request for its first fact; for the others the same moment and a hash.
    fn next_id(&mut self) -> EntryId {
        let n = self.recorded;
        self.recorded += 1;
        match self.request {
            None => EntryId::new(),
            Some(request) if n == 0 => request,
            Some(request) => derived(request, n),
        }
    }
}

/// An entry cannot name more: its header has to stay short.
const ATTACHED_MAX: usize = 100;

/// What a header says beside who writes it and when.
struct Writing {
    kind: &'static str,
    class: Class,
    key: Option<KeyId>,
    refs: Vec<Ref>,
    att: Vec<Hash>,
    overdraft: Overdraft,
}

impl Writing {
    fn of(kind: &'static str, class: Class, overdraft: Overdraft) -> Writing {
        Writing { kind, class, key: None, refs: Vec::new(), att: Vec::new(), overdraft }
    }
    fn sealed(self, key: KeyId) -> Writing {
        Writing { key: Some(key), ..self }
    }
}

fn derived(request: EntryId, n: u64) -> EntryId {
    let mut bytes = request.to_bytes();
    let hash = Hash::of(&[b"simpul/id/1", &bytes, &n.to_be_bytes()]);
    bytes[6..].copy_from_slice(&hash.bytes()[..10]);
    EntryId::from_bytes(bytes)
}

impl Class {
    /// The class of a fact that speaks of another one without its content.
    fn min_sealed(self) -> Class {
        if self == Class::Person { Class::Household } else { self }
    }
}

/// Bytes on their way into a column, without a copy.
struct BytesCell<'a>(&'a [u8]);

impl kernel::Column for BytesCell<'_> {
    fn to_cell(&self) -> kernel::Cell<'_> {
        kernel::Cell::Bytes(std::borrow::Cow::Borrowed(self.0))
    }
    fn from_cell(cell: kernel::Cell<'_>) -> Result<Self, kernel::WrongColumn> {
        Err(kernel::WrongColumn::new("written only", &cell))
    }
}
