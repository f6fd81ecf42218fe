//! What happened to households and persons.

use journal::KeyId;
use kernel::{Day, HouseholdId, PersonId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::KeepHouseholds;

/// A household is known to live in a hamlet. No personal datum: the id and the key are random.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HouseholdRegistered {
    /// The household.
    pub household: HouseholdId,
    /// The village.
    pub village: PlaceCode,
    /// The hamlet, or the village itself where the hamlet is not known.
    pub hamlet: PlaceCode,
    /// The neighbourhood (RT), if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rt: Option<PlaceCode>,
    /// The key that its name is sealed with.
    pub key: KeyId,
    /// Since when it is known.
    pub day: Day,
}

/// A household got a name, or another one; the whole of what is known, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdNamed {
    /// The household.
    pub household: HouseholdId,
    /// The village.
    pub village: PlaceCode,
    /// The name of the head of the household (kepala keluarga).
    pub head: String,
    /// The number of the family card (nomor KK), 16 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A household moved within its village.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HouseholdMoved {
    /// The household.
    pub household: HouseholdId,
    /// The village.
    pub village: PlaceCode,
    /// The hamlet where it lives now.
    pub hamlet: PlaceCode,
    /// The neighbourhood (RT), if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rt: Option<PlaceCode>,
    /// When.
    pub day: Day,
}

/// A household left the village or is no more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HouseholdClosed {
    /// The household.
    pub household: HouseholdId,
    /// The village.
    pub village: PlaceCode,
    /// When.
    pub day: Day,
}

/// A person is known, as a member of a household or for their own part.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PersonRegistered {
    /// The person.
    pub person: PersonId,
    /// The village.
    pub village: PlaceCode,
    /// Their household, if it is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// The key that their name is sealed with.
    pub key: KeyId,
    /// Since when they are known.
    pub day: Day,
}

/// A person got a name, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonNamed {
    /// The person.
    pub person: PersonId,
    /// The village.
    pub village: PlaceCode,
    /// As the person writes it.
    pub name: String,
}

journal::facts! { Fact "households":
    /// A household is known to live in a hamlet.
    HouseholdRegistered "households.registered/1" Household by KeepHouseholds;
    /// A household got a name.
    HouseholdNamed "households.named/1" Person by KeepHouseholds;
    /// A household moved within its village.
    HouseholdMoved "households.moved/1" Household by KeepHouseholds;
    /// A household left or is no more.
    HouseholdClosed "households.closed/1" Household by KeepHouseholds;
    /// A person is known.
    PersonRegistered "households.person_registered/1" Household by KeepHouseholds;
    /// A person got a name.
    PersonNamed "households.person_named/1" Person by KeepHouseholds;
}
