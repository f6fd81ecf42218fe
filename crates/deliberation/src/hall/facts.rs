//! What happened in halls.

use kernel::{BookId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::{JoinHall, KeepHall};
use crate::meetings::Element;
use crate::proposals::Voice;

/// A hall was opened for telephones, or opened anew. Of several the latest holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallOpened {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// How one gets in.
    pub entry: Admission,
    /// So many voices may join.
    pub most: i64,
}

/// A hall was closed: nobody joins, nothing is supported from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallClosed {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
}

/// Slips with codes were made to be handed out; the codes are known to this site alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipsMade {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The number of the first.
    pub first: i64,
    /// The number of the last.
    pub last: i64,
}

/// A telephone joined: the token of attendance of whoever holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceJoined {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// The voice.
    pub voice: Voice,
    /// The number of the slip, where slips are asked for. Each opens once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<i64>,
    /// Of which element of the community, if they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<Element>,
}

journal::facts! { Fact "hall":
    /// A hall was opened.
    HallOpened "hall.opened/1" Open by KeepHall;
    /// A hall was closed.
    HallClosed "hall.closed/1" Open by KeepHall;
    /// Slips were made.
    SlipsMade "hall.slips_made/1" Open by KeepHall;
    /// A telephone joined.
    VoiceJoined "hall.joined/1" Open by JoinHall;
}

kernel::named! {
    /// How one gets into a hall.
    pub enum Admission as "an admission" {
        /// Whoever reads the code on the wall: a telephone is a voice, and somebody with two has two.
        Free "free",
        /// Whoever holds a slip that was not used.
        Slips "slips",
    }
}
