//! What a feature gives to the journal: its facts, its tables, and how the second follow from the first.

use std::borrow::Cow;
use std::collections::BTreeMap;

use db::Tx;
use kernel::{Deed, EntryId, Fault, Instant};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::fold::Fold;
use crate::hash::Hash;
use crate::header::{Class, Header, Via};

/// A feature, as the journal sees it.
pub struct Chapter {
    /// What the kinds of its facts begin with: `waste`.
    pub name: &'static str,
    /// The kinds that this version folds; others are set aside until a version that knows them.
    pub kinds: &'static [&'static str],
    /// The definitions of its derived tables. When the text changes they are dropped and folded again at start.
    pub tables: &'static str,
    /// Raised when `fold` gives other rows than before.
    pub version: i64,
    /// Tables of this site alone that follow from no fact (sessions), made once. Empty if there are none.
    pub local: &'static str,
    /// Those of the local tables that a backup takes along.
    pub local_kept: &'static [&'static str],
    /// Fact to tables, in any order of arrival: rows are keyed by the entry, sums are commutative.
    pub fold: fn(&mut Fold<'_, '_>, &Entry) -> Result<Folded, Fault>,
    /// Takes away what an entry about a person wrote, once it can no longer be read. None where facts about persons
    /// leave nothing in a table.
    pub forget: Option<Forget>,
    /// What `verify` compares of its tables. None where only a refold can tell.
    pub check: Option<Check>,
}

/// Takes away what an entry wrote.
pub type Forget = fn(&mut Fold<'_, '_>, EntryId) -> Result<(), Fault>;

/// Compares tables of a chapter with each other and with the books.
pub struct Check {
    /// The tables that are compared.
    pub tables: &'static [&'static str],
    /// What is wrong, as keys of sentences; it is told how many entries of each kind there are.
    pub run: fn(&mut Tx<'_>, &Kinds) -> Result<Vec<&'static str>, Fault>,
}

/// How many entries there are of each kind.
pub type Kinds = BTreeMap<String, u64>;

/// What came of folding an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folded {
    /// It is in the tables.
    Done,
    /// Its kind is not known to this version.
    UnknownKind,
}

/// An entry on its way into the tables.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The id.
    pub id: EntryId,
    /// `waste.weighed_in/1`.
    pub kind: Cow<'static, str>,
    /// When it was written, by the writer's clock.
    pub at: Instant,
    /// Who wrote it: a staff id, `operator`, `guest`.
    pub actor: Cow<'static, str>,
    /// Through which door.
    pub via: Via,
    /// What is attached to it.
    pub att: Vec<Hash>,
    pub(crate) json: Vec<u8>,
}

/// What stands in a body.
#[derive(Serialize, Deserialize)]
pub(crate) struct Content<F> {
    /// The fact.
    pub fact: F,
    /// Hash of what was asked for, on the first fact of a request: the same id with another ask is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<Hash>,
}

impl Entry {
    pub(crate) fn new(header: &Header, json: Vec<u8>) -> Entry {
        let (kind, actor) = (header.kind.clone(), header.actor.clone());
        Entry { id: header.id, kind, at: header.at, actor, via: header.via, att: header.att.clone(), json }
    }
    /// The fact in the body.
    pub fn payload<F: DeserializeOwned>(&self) -> Result<F, Fault> {
        read_fact(self.id, &self.kind, &self.json)
    }
    /// The body as JSON, for people who look at an entry.
    pub fn json(&self) -> &[u8] {
        &self.json
    }
}

/// The fact in the JSON of a body.
pub(crate) fn read_fact<F: DeserializeOwned>(id: EntryId, kind: &str, json: &[u8]) -> Result<F, Fault> {
    serde_json::from_slice::<Content<F>>(json)
        .map(|content| content.fact)
        .map_err(|error| Fault::because(format!("reading the fact {id} ({kind})"), error))
}

/// A payload that can be recorded. Declared with [`facts!`](crate::facts).
pub trait Fact: Serialize + DeserializeOwned {
    /// The deed that a permit must be for.
    type Deed: Deed;
    /// Chapter, fact and version.
    const KIND: &'static str;
    /// Who may read it.
    const CLASS: Class;
}

/// Declares the facts of a chapter: for each payload its kind, who may read it, and the deed that records it. Makes
/// the enum that `fold` matches, so that the compiler insists on every fact.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// kernel::deeds! { DEEDS: Keep "tea.keep" by Teller; }
/// #[derive(Debug, Serialize, Deserialize)]
/// pub struct Poured { cups: i64 }
/// journal::facts! { Fact "tea":
///     /// Somebody poured tea.
///     Poured "tea.poured/1" Open by Keep;
/// }
/// assert_eq!(Fact::KINDS, ["tea.poured/1"]);
/// ```
#[macro_export]
macro_rules! facts {
    ($facts:ident $chapter:literal: $($(#[$doc:meta])* $payload:ident $kind:literal $class:ident by $deed:ty;)+) => {
        /// What happened, in the past tense. Facts are kept for ever: variants and optional fields are added, none that
        /// was released is changed.
        #[derive(Debug)]
        pub enum $facts { $($(#[$doc])* $payload($payload)),+ }
        impl $facts {
            /// The kinds of this chapter.
            pub const KINDS: &'static [&'static str] = &[$($kind),+];
            /// The fact in an entry, or nothing when its kind is not of this version.
            pub fn read(entry: &$crate::Entry) -> Result<Option<Self>, ::kernel::Fault> {
                match entry.kind.as_ref() {
                    $($kind => entry.payload().map(|payload| Some($facts::$payload(payload))),)+
                    _ => Ok(None),
                }
            }
        }
        $(impl $crate::Fact for $payload {
            type Deed = $deed;
            const KIND: &'static str = $kind;
            const CLASS: $crate::Class = $crate::Class::$class;
        })+
    };
}
