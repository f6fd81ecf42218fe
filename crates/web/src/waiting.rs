//! What somebody sent and has not booked yet: kept for half an hour, so that nobody has to choose a file again to book
//! its good lines or to fetch its wrong ones. It is gone after that, and when the program ends; it stands in no table.

use std::sync::{Arc, Mutex, PoisonError};

use kernel::{ActorKind, Deed, EntryId, Instant, Scope};

use crate::Cx;

/// So long something waits.
const SECONDS: i64 = 30 * 60;

/// Things that wait, each for the person who sent it and for the place and book that it was sent to:
/// `static FILES: Waiting<Uploaded> = Waiting::new(16);`
pub struct Waiting<T> {
    most: usize,
    kept: Mutex<Vec<Kept<T>>>,
}

struct Kept<T> {
    token: EntryId,
    by: ActorKind,
    scope: Scope,
    since: Instant,
    thing: Arc<T>,
}

impl<T> Waiting<T> {
    /// A place for so many things at once. When it is full, the one that has waited longest goes.
    pub const fn new(most: usize) -> Waiting<T> {
        Waiting { most, kept: Mutex::new(Vec::new()) }
    }

    /// Keeps a thing for whoever asks, and gives the token by which to find it again. Whoever brings another to the same
    /// place has done with the one before.
    pub fn keep<D: Deed>(&self, cx: &Cx<D>, thing: T) -> (EntryId, Arc<T>) {
        let (token, thing) = (EntryId::new(), Arc::new(thing));
        let (by, scope, since) = (cx.permit.actor(), cx.permit.scope().clone(), cx.at);
        self.with(cx.at, |kept| {
            kept.retain(|other| other.by != by || other.scope != scope);
            if kept.len() >= self.most {
                kept.remove(0);
            }
            kept.push(Kept { token, by, scope, since, thing: thing.clone() });
        });
        (token, thing)
    }

    /// The thing with this token, if it still waits for this person here.
    pub fn find<D: Deed>(&self, cx: &Cx<D>, token: EntryId) -> Option<Arc<T>> {
        self.with(cx.at, |kept| kept.iter().find(|one| one.is_of(cx, token)).map(|one| one.thing.clone()))
    }

    /// Keeps another thing under the token of one that waits: what has become of it.
    pub fn replace<D: Deed>(&self, cx: &Cx<D>, token: EntryId, thing: T) {
        self.with(cx.at, |kept| {
            if let Some(one) = kept.iter_mut().find(|one| one.is_of(cx, token)) {
                one.thing = Arc::new(thing);
            }
        });
    }

    fn with<R>(&self, at: Instant, work: impl FnOnce(&mut Vec<Kept<T>>) -> R) -> R {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| at < one.since.plus_seconds(SECONDS));
        work(&mut kept)
    }
}

impl<T> Kept<T> {
    fn is_of<D: Deed>(&self, cx: &Cx<D>, token: EntryId) -> bool {
        self.token == token && self.by == cx.permit.actor() && self.scope == *cx.permit.scope()
    }
}
