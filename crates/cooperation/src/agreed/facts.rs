//! What happened to an agreed text.

use journal::Hash;
use kernel::{BookId, EntryId, InstrumentId, Names, PartyId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::FreezeText;
use crate::agreements::SignPapers;
use crate::articles::Tongue;

/// The text of a paper was frozen: what parties may sign from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFrozen {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The paper.
    pub instrument: InstrumentId,
    /// Its title.
    pub names: Names,
    /// Its authentic languages.
    pub authentic: Vec<Tongue>,
    /// The versions of its articles, by number and language.
    pub versions: Vec<EntryId>,
    /// SHA-256 of the canonical rendering (`docs/formats.md`).
    pub sha256: Hash,
    /// The parties that sign. The text is agreed when each has.
    pub parties: Vec<PartyId>,
}

/// A party signed a frozen text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSigned {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The paper.
    pub instrument: InstrumentId,
    /// The entry that froze the text.
    pub frozen: EntryId,
    /// SHA-256 of what was signed.
    pub sha256: Hash,
    /// The party for which it was signed.
    pub party: PartyId,
}

journal::facts! { Fact "agreed":
    /// A text was frozen.
    TextFrozen "agreed.frozen/1" Open by FreezeText;
    /// A party signed it.
    TextSigned "agreed.signed/1" Open by SignPapers;
}
