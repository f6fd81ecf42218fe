//! What happened to proposals.

use kernel::{BookId, EntryId, PlaceCode, Rupiah};
use serde::{Deserialize, Serialize};

use super::{KeepProposals, Propose, Support, Voice};
use crate::meetings::Element;
use crate::minutes::Tongue;

/// Somebody proposed something. Its id is that of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalMade {
    /// For which place.
    pub place: PlaceCode,
    /// In which language it is written.
    pub lang: Tongue,
    /// In a line.
    pub title: String,
    /// What is wanted and why; no name of a person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What it will cost, as its makers estimate it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Rupiah>,
    /// From which element of the community it comes.
    pub element: Element,
    /// By which way it came.
    pub way: Way,
}

/// Somebody would word a proposal otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendmentMade {
    /// For which place.
    pub place: PlaceCode,
    /// The proposal.
    pub proposal: EntryId,
    /// In which language it is written.
    pub lang: Tongue,
    /// The text that would take the place of the other.
    pub text: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reasons: String,
}

/// A voice supports a proposal. Of several of one voice one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportGiven {
    /// For which place.
    pub place: PlaceCode,
    /// The proposal.
    pub proposal: EntryId,
    /// Whose voice.
    pub voice: Voice,
}

/// Somebody asked about a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAsked {
    /// For which place.
    pub place: PlaceCode,
    /// The proposal.
    pub proposal: EntryId,
    /// In which language.
    pub lang: Tongue,
    /// The question.
    pub text: String,
}

/// Somebody answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAnswered {
    /// For which place.
    pub place: PlaceCode,
    /// The proposal.
    pub proposal: EntryId,
    /// The question.
    pub question: EntryId,
    /// In which language.
    pub lang: Tongue,
    /// The answer.
    pub text: String,
}

/// A proposal was put to a meeting. Of several the latest holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalPut {
    /// For which place.
    pub place: PlaceCode,
    /// The proposal.
    pub proposal: EntryId,
    /// The meeting.
    pub meeting: BookId,
    /// The item of its agenda, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<EntryId>,
}

/// Those who made a proposal took it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalWithdrawn {
    /// For which place.
    pub place: PlaceCode,
    /// The proposal.
    pub proposal: EntryId,
    /// Why.
    pub reason: String,
}

journal::facts! { Fact "proposals":
    /// Somebody proposed something.
    ProposalMade "proposals.made/1" Open by Propose;
    /// Somebody would word it otherwise.
    AmendmentMade "proposals.amended/1" Open by Propose;
    /// A voice supports it.
    SupportGiven "proposals.supported/1" Open by Support;
    /// Somebody asked.
    QuestionAsked "proposals.asked/1" Open by Propose;
    /// Somebody answered.
    QuestionAnswered "proposals.answered/1" Open by Propose;
    /// It was put to a meeting.
    ProposalPut "proposals.put/1" Open by KeepProposals;
    /// It was withdrawn.
    ProposalWithdrawn "proposals.withdrawn/1" Open by KeepProposals;
}

kernel::named! {
    /// By which way a proposal came.
    pub enum Way as "a way of a proposal" {
        /// Somebody with a role made it.
        Own "own",
        /// It came on paper, and an officer entered it.
        Paper "paper",
    }
}
