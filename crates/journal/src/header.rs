//! The header of an entry: the leaf of the tree, kept and hashed exactly as it was written.

use std::borrow::Cow;

use kernel::{ActorKind, EntryId, Instant};
use serde::{Deserialize, Serialize};

use crate::hash::{Hash, KeyId};

/// Who may read a body. Everybody may check it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Anyone.
    Open,
    /// The parties of the cooperation.
    Partner,
    /// The organisation that wrote it.
    Org,
    /// The village: random ids of households and amounts.
    Household,
    /// Nobody without the person's key: the body is sealed.
    Person,
}

/// Through which door an entry came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// The page: a command, which may be refused.
    Web,
    /// The command line: a command.
    Cli,
    /// A file of what happened before: a report, which is always accepted.
    Import,
    /// A phone: a report.
    Odk,
    /// Another site: a report.
    Sync,
}

impl Via {
    /// Whether an overdraft is refused (a command) or raised as an exception (a report of what happened).
    pub fn is_command(self) -> bool {
        matches!(self, Via::Web | Via::Cli)
    }
}

/// How one entry speaks of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ref {
    /// `reverses`, `replaces`, `answers`, `decides`, `base`.
    pub rel: Cow<'static, str>,
    /// The other entry.
    pub id: EntryId,
}

/// The header. No personal datum stands in it, since a leaf can never be erased.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The version of this form: 1.
    pub v: u8,
    /// Made before sending; the key by which a repetition is recognised.
    pub id: EntryId,
    /// Chapter, fact and version: `waste.weighed_in/1`.
    pub kind: Cow<'static, str>,
    /// The writer's clock in microseconds; a claim.
    pub at: Instant,
    /// A random staff id, `operator` or `guest`.
    pub actor: Cow<'static, str>,
    /// Through which door.
    pub via: Via,
    /// Who may read the body.
    pub class: Class,
    /// The key that the body is sealed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyId>,
    /// SHA-256 of the body as stored.
    pub body: Hash,
    /// Bytes of the body as stored.
    pub len: u32,
    /// Other entries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<Ref>,
    /// SHA-256 of attachments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub att: Vec<Hash>,
}

/// The longest header, since bundles of entries give its length in 16 bits (C2SP tlog-tiles).
pub const HEADER_MAX: usize = 60 * 1024;

impl Header {
    /// Reads a header as it is stored. Unknown or doubled fields are refused.
    pub fn read(bytes: &[u8]) -> Result<Header, String> {
        if bytes.len() > HEADER_MAX {
            return Err(format!("a header has at most {HEADER_MAX} bytes, this one {}", bytes.len()));
        }
        let header: Header = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if header.v != 1 {
            return Err(format!("version {} of the header is not known", header.v));
        }
        Ok(header)
    }
    /// The bytes to store.
    pub fn write(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a header has no map and no float")
    }
    /// The chapter that the kind belongs to: what stands before the first dot.
    pub fn chapter(&self) -> &str {
        self.kind.split('.').next().unwrap_or_default()
    }
}

/// How an actor stands in a header.
pub(crate) fn actor_text(actor: ActorKind) -> Cow<'static, str> {
    match actor {
        ActorKind::Guest => "guest".into(),
        ActorKind::Operator => "operator".into(),
        ActorKind::Staff(staff) => staff.to_string().into(),
    }
}
