//! What happened when people came to a meeting.

use kernel::{BookId, Day, PlaceCode};
use serde::{Deserialize, Serialize};

use super::{Attendee, KeepAttendance, SetQuorum};
use crate::meetings::{Element, MeetingKind};

/// So many came of an element, a sex, an age and with or without a disability. Of several counts of the same the latest
/// holds; a count of none takes it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadsCounted {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// Of whom.
    #[serde(flatten)]
    pub who: Heads,
    /// How many heads.
    pub count: i64,
}

/// A cell of the sheet on which heads are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Heads {
    /// Of which element of the community.
    pub element: Element,
    /// Women or men.
    pub sex: Sex,
    /// Of which age.
    pub age: Age,
    /// With a disability or without.
    pub disability: Disability,
}

/// Somebody came, for their own part or for another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attended {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// Who.
    pub who: Attendee,
    /// Whom they stand for beside themselves (kuasa; 위임).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_of: Option<Attendee>,
    /// Of which element of the community, sex, age, disability.
    #[serde(flatten)]
    pub heads: Heads,
}

/// So many are entitled to come to a meeting; and a rule of its own, if it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntitledSet {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// How many heads.
    pub entitled: i64,
    /// The rule that this meeting set for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Need>,
}

/// From a day on so many must come to a kind of meeting of a place. Of several of one day the latest holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuorumRuled {
    /// The place.
    pub place: PlaceCode,
    /// The kind of meeting.
    pub kind: MeetingKind,
    /// From when on.
    pub from: Day,
    /// How many must come.
    pub need: Need,
    /// Where it is written.
    pub source: String,
}

/// How many of those entitled must come: more than, or at least, `parts` of `of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// More than, or at least.
    pub reach: Reach,
    /// 1 of one half.
    pub parts: i64,
    /// 2 of one half.
    pub of: i64,
    /// Whether those count who are represented.
    pub proxies: Proxies,
}

journal::facts! { Fact "attendance":
    /// Heads were counted.
    HeadsCounted "attendance.counted/1" Open by KeepAttendance;
    /// Somebody came.
    Attended "attendance.attended/1" Household by KeepAttendance;
    /// So many are entitled to come.
    EntitledSet "attendance.entitled/1" Open by KeepAttendance;
    /// So many must come.
    QuorumRuled "attendance.quorum_ruled/1" Open by SetQuorum;
}

kernel::named! {
    /// Women or men.
    pub enum Sex as "a sex" {
        /// Women.
        Women "women",
        /// Men.
        Men "men",
        /// Nobody asked.
        Untold "untold",
    }

    /// How old. Youth as in UU 40/2009 (16 to 30), old as in UU 13/1998 (from 60); both editable only with this list.
    pub enum Age as "an age band" {
        /// Nobody asked.
        Untold "untold",
        /// Below 16.
        Child "child",
        /// 16 to 30.
        Youth "youth",
        /// 31 to 59.
        Adult "adult",
        /// From 60 on.
        Old "old",
    }

    /// With a disability or without.
    pub enum Disability as "whether with a disability" {
        /// Nobody asked.
        Untold "untold",
        /// Without.
        Without "without",
        /// With.
        With "with",
    }

    /// Whether a share must be passed or only reached.
    pub enum Reach as "how a share is reached" {
        /// More than the share.
        MoreThan "more_than",
        /// The share or more.
        AtLeast "at_least",
    }

    /// Whether those count who are represented.
    pub enum Proxies as "whether proxies count" {
        /// They do.
        Count "count",
        /// They do not.
        Ignored "ignored",
    }
}
