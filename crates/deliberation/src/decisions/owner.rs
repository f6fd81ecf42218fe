//! Who has to do what was decided.

use std::fmt;
use std::str::FromStr;

use kernel::{GroupId, PartyId};

/// Who has it: a party, a group, or an office by its name, never a person. Written `party:…`, `group:…`, `office:Ulu-ulu`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A party to the cooperation.
    Party(PartyId),
    /// A group of the village.
    Group(GroupId),
    /// An office, as people call it: Ulu-ulu, Sekda, 새마을과.
    Office(String),
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Owner::Party(id) => write!(f, "party:{id}"),
            Owner::Group(id) => write!(f, "group:{id}"),
            Owner::Office(name) => write!(f, "office:{name}"),
        }
    }
}

/// Text that names no owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnreadableOwner;

impl fmt::Display for UnreadableOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an owner is chosen from the list")
    }
}

impl FromStr for Owner {
    type Err = UnreadableOwner;
    fn from_str(text: &str) -> Result<Owner, UnreadableOwner> {
        let (kind, rest) = text.split_once(':').ok_or(UnreadableOwner)?;
        match kind {
            "party" => rest.parse().ok().map(Owner::Party),
            "group" => rest.parse().ok().map(Owner::Group),
            "office" if !rest.is_empty() => Some(Owner::Office(rest.to_owned())),
            _ => None,
        }
        .ok_or(UnreadableOwner)
    }
}

kernel::text_serde!(Owner);
kernel::text_column!(Owner: "an owner");
