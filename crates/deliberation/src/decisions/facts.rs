//! What meetings decided, and what came of it.

use kernel::{BookId, Day, EntryId, InstrumentId, Names, PlaceCode};
use serde::{Deserialize, Serialize};

use super::{KeepDecisions, Owner};

/// A meeting decided something. Its id is that of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionTaken {
    /// Whose meeting it was.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The item of the agenda, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<EntryId>,
    /// What was decided, in three languages.
    pub text: Names,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reasons: String,
    /// Who was of another mind, and how; no name of a person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dissent: String,
    /// Who has to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// The paper of the cooperation that it carries out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<InstrumentId>,
    /// The article of that paper, by its number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// The proposal that it answers, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<EntryId>,
    /// The obligation that it is about, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obligation: Option<EntryId>,
}

/// Something follows from a decision, and is open. Its id is that of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpOpened {
    /// Whose meeting it was.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The decision.
    pub decision: EntryId,
    /// What is to be done.
    pub text: Names,
    /// Who has it.
    pub owner: Owner,
    /// By when.
    pub due: Day,
}

/// A follow-up was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpClosed {
    /// Whose meeting it was.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The follow-up.
    pub follow_up: EntryId,
    /// When it was done.
    pub day: Day,
    /// How that can be seen.
    pub evidence: String,
}

journal::facts! { Fact "decisions":
    /// A meeting decided something.
    DecisionTaken "decisions.taken/1" Open by KeepDecisions;
    /// Something follows from it.
    FollowUpOpened "decisions.follow_up_opened/1" Open by KeepDecisions;
    /// It was done.
    FollowUpClosed "decisions.follow_up_closed/1" Open by KeepDecisions;
}
