//! What happened to ballots.

use kernel::{BookId, EntryId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::{KeepBallots, Vote};
use crate::meetings::Element;
use crate::proposals::Voice;

/// A ballot was opened. Its id is that of the entry; nothing of it changes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotOpened {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// What is asked.
    pub question: String,
    /// How it is counted.
    pub method: Method,
    /// Whether votes are kept beside voices.
    pub secrecy: Secrecy,
    /// What can be chosen, a line each.
    pub options: Vec<String>,
    /// The highest score, or the dots of a voice; 1 for the other methods.
    pub most: i64,
}

/// A voice voted in an open ballot. Of several of one voice the first counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteCast {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The ballot.
    pub ballot: EntryId,
    /// Whose voice.
    pub voice: Voice,
    /// A mark for each option; see [`Method`].
    pub marks: Vec<i64>,
}

/// A voice voted in a secret ballot; for what, stands nowhere beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceSpent {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The ballot.
    pub ballot: EntryId,
    /// Whose voice.
    pub voice: Voice,
}

/// So many votes with the same marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// A mark for each option; see [`Method`].
    pub marks: Vec<i64>,
    /// How many.
    pub count: i64,
}

/// Votes were counted by hand. Several counts, such as of two corners of a hall, add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VotesCounted {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The ballot.
    pub ballot: EntryId,
    /// The votes.
    pub votes: Vec<Votes>,
}

/// Somebody has a reservation, or blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReservationRecorded {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The ballot.
    pub ballot: EntryId,
    /// Of which element they are.
    pub element: Element,
    /// What it is; no name of a person.
    pub text: String,
}

/// A ballot was closed. Of a secret one the votes of telephones come into the journal here, without voices and in no order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotClosed {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The ballot.
    pub ballot: EntryId,
    /// The votes of the box.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Votes>,
}

journal::facts! { Fact "ballots":
    /// A ballot was opened.
    BallotOpened "ballots.opened/1" Open by KeepBallots;
    /// A voice voted openly.
    VoteCast "ballots.cast/1" Open by Vote;
    /// A voice voted secretly.
    VoiceSpent "ballots.spent/1" Open by Vote;
    /// Votes were counted by hand.
    VotesCounted "ballots.counted/1" Open by KeepBallots;
    /// Somebody has a reservation.
    ReservationRecorded "ballots.reserved/1" Open by KeepBallots;
    /// A ballot was closed.
    BallotClosed "ballots.closed/1" Open by KeepBallots;
}

kernel::named! {
    /// How a ballot is counted, and what its marks are.
    pub enum Method as "a method of voting" {
        /// One choice (angkat tangan; 거수): 1 at the one chosen, 0 at the others.
        Hands "hands",
        /// Consensus (mufakat; 합의) about one thing: 1 agrees, 0 stands aside with a reservation, -1 blocks.
        Consensus "consensus",
        /// Score: from 0 to the highest for each option.
        Score "score",
        /// Dots (titik; 스티커 투표): so many for each voice, spread as one likes.
        Dots "dots",
        /// Pairs: a place for each option, 1 the best; 0: behind all that have one.
        Pairs "pairs",
    }

    /// Whether votes are kept beside voices.
    pub enum Secrecy as "whether a ballot is secret" {
        /// They are.
        Open "open",
        /// They are not.
        Secret "secret",
    }
}
