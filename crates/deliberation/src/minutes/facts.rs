//! What happened to the minutes of a meeting.

use kernel::{BookId, EntryId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::{ApproveMinutes, KeepMinutes};
use crate::decisions::Owner;

/// A statement was written in a language, or written anew. The first entry of a statement gives it its id and says which
/// language it was made in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextWritten {
    /// Whose meeting it was.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The statement.
    pub statement: EntryId,
    /// Its place in the order.
    pub position: i64,
    /// Who speaks: an office, a party, an element; no name of a person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub speaker: String,
    /// In which language it was made.
    pub original: Tongue,
    /// In which language this text is.
    pub lang: Tongue,
    /// The text.
    pub text: String,
    /// The entries of this text that the writer saw; this one takes their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub base: Vec<EntryId>,
}

/// Somebody read a text against what was said and found it right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextChecked {
    /// Whose meeting it was.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The entry that wrote the text.
    pub version: EntryId,
}

/// The minutes were frozen for approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesFrozen {
    /// Whose meeting it was.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// SHA-256 of the texts, 64 hexadecimal digits.
    pub hash: String,
    /// The entries whose texts they are.
    pub versions: Vec<EntryId>,
}

/// A party approved frozen minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesApproved {
    /// Whose meeting it was.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// SHA-256 of the texts that were approved.
    pub hash: String,
    /// Who: a party, a group, an office.
    pub by: Owner,
}

journal::facts! { Fact "minutes":
    /// A statement was written.
    TextWritten "minutes.text_written/1" Partner by KeepMinutes;
    /// A text was found right.
    TextChecked "minutes.text_checked/1" Partner by KeepMinutes;
    /// The minutes were frozen.
    MinutesFrozen "minutes.frozen/1" Partner by KeepMinutes;
    /// A party approved them.
    MinutesApproved "minutes.approved/1" Partner by ApproveMinutes;
}

kernel::named! {
    /// A language of the house.
    pub enum Tongue as "a language" {
        /// Indonesian.
        Indonesian "id",
        /// Korean.
        Korean "ko",
        /// English.
        English "en",
    }
}
