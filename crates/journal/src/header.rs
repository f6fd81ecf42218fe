//! The header of an entry: the leaf of the tree, kept and hashed exactly as it was written.

use std::borrow::Cow;

use kernel::{ActorKind, EntryId, Instant, StaffId};
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
    /// What becomes of an overdraft: a command is refused, a report of what happened never is.
    pub(crate) fn overdraft(self) -> Overdraft {
        match self {
            Via::Web | Via::Cli => Overdraft::IsRefused,
            Via::Import | Via::Odk | Via::Sync => Overdraft::IsKept,
        }
    }
}

/// What becomes of an entry that takes a guarded account below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overdraft {
    /// It is not booked.
    IsRefused,
    /// It is booked; the account stands among the exceptions (`ledger::exceptions`).
    IsKept,
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
        header.check(bytes)?;
        Ok(header)
    }
    /// What the types do not say. `verify/simpul_verify.py` checks the same.
    fn check(&self, bytes: &[u8]) -> Result<(), String> {
        if self.v != 1 {
            return Err(format!("version {} of the header is not known", self.v));
        }
        if bytes.first() != Some(&b'{') {
            return Err("a header is a JSON object".to_owned());
        }
        let named =
            matches!(self.actor.as_ref(), "operator" | "guest") || self.actor.parse::<StaffId>().is_ok();
        if !named {
            return Err("the actor of a header is a random id, operator or guest".to_owned());
        }
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let shaped =
            self.kind.split_once('.').and_then(|(chapter, rest)| Some((chapter, rest.split_once('/')?)));
        let fits = shaped.is_some_and(|(chapter, (fact, version))| {
            let words = [chapter, fact].iter().all(|part| !part.is_empty() && part.chars().all(word));
            words && !version.is_empty() && version.chars().all(|c| c.is_ascii_digit())
        });
        if !fits {
            return Err("a kind is written chapter.fact/version".to_owned());
        }
        if (self.class == Class::Person) != self.key.is_some() {
            return Err("a body is sealed when it is about a person, and only then".to_owned());
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_strictly() {
        let good = r#"{"v":1,"id":"01m867b5bkeass86yymr39ky16","kind":"tea.poured/1","at":5,"actor":"operator","via":"web","class":"open","body":"BODY","len":3}"#
            .replace("BODY", &"0".repeat(64));
        assert!(Header::read(good.as_bytes()).is_ok());
        for (from, to) in [
            ("\"v\":1", "\"v\":2"),
            ("\"v\":1", "\"v\":1,\"v\":1"),
            ("\"v\":1", "\"v\":1,\"more\":1"),
            ("operator", "Aminah"),
            ("tea.poured/1", "tea"),
            ("tea.poured/1", "tea.poured/x"),
            ("\"open\"", "\"person\""),
            ("\"at\":5", "\"at\":5.5"),
        ] {
            let bad = good.replace(from, to);
            assert_ne!(bad, good);
            assert!(Header::read(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(Header::read(&vec![b' '; HEADER_MAX + 1]).is_err());
    }
}
