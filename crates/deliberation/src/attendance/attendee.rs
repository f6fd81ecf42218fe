//! Who comes to a meeting.

use std::fmt;
use std::str::FromStr;

use kernel::{GroupId, HouseholdId, PartyId, PersonId};

/// Who comes, or is represented, by a random id; the name lies elsewhere. Written `person:…`, `household:…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Attendee {
    /// A person.
    Person(PersonId),
    /// Somebody of a household.
    Household(HouseholdId),
    /// Somebody sent by a group.
    Group(GroupId),
    /// Somebody sent by a party to the cooperation.
    Party(PartyId),
}

impl fmt::Display for Attendee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Attendee::Person(id) => write!(f, "person:{id}"),
            Attendee::Household(id) => write!(f, "household:{id}"),
            Attendee::Group(id) => write!(f, "group:{id}"),
            Attendee::Party(id) => write!(f, "party:{id}"),
        }
    }
}

/// Text that is no attendee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnreadableAttendee;

impl fmt::Display for UnreadableAttendee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an attendee is chosen from the list")
    }
}

impl FromStr for Attendee {
    type Err = UnreadableAttendee;
    fn from_str(text: &str) -> Result<Attendee, UnreadableAttendee> {
        let (kind, id) = text.split_once(':').ok_or(UnreadableAttendee)?;
        match kind {
            "person" => id.parse().ok().map(Attendee::Person),
            "household" => id.parse().ok().map(Attendee::Household),
            "group" => id.parse().ok().map(Attendee::Group),
            "party" => id.parse().ok().map(Attendee::Party),
            _ => None,
        }
        .ok_or(UnreadableAttendee)
    }
}

kernel::text_serde!(Attendee);
kernel::text_column!(Attendee: "an attendee");
