//! What happened to parties.

use journal::KeyId;
use kernel::{Names, PartyId, PersonId, PlaceCode, StaffId};
use serde::{Deserialize, Serialize};

use super::{KeepContacts, KeepParties};

/// A party got its names, or others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyNamed {
    /// The region whose list it stands in.
    pub place: PlaceCode,
    /// The party.
    pub party: PartyId,
    /// What it is.
    pub kind: PartyKind,
    /// In three languages; no name of a person.
    pub names: Names,
    /// ISO 3166-1, two letters: `ID`, `KR`.
    pub country: String,
    /// Its code, where it has one: Kemendagri, ISO 3166-2.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Where this is published, or who said so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// An account may sign for a party from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignerNamed {
    /// The region whose list the party stands in.
    pub place: PlaceCode,
    /// The party.
    pub party: PartyId,
    /// The account.
    pub staff: StaffId,
}

/// An account may not sign for a party any more. What it signed stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignerDismissed {
    /// The region whose list the party stands in.
    pub place: PlaceCode,
    /// The party.
    pub party: PartyId,
    /// The account.
    pub staff: StaffId,
}

/// Somebody at a party can be reached. No personal datum: the id and the key are random.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRegistered {
    /// The region whose list the party stands in.
    pub place: PlaceCode,
    /// The party.
    pub party: PartyId,
    /// The person.
    pub contact: PersonId,
    /// The key that their name is sealed with.
    pub key: KeyId,
}

/// Name and address of somebody at a party; the whole of what is known, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactNamed {
    /// The region whose list the party stands in.
    pub place: PlaceCode,
    /// The person.
    pub contact: PersonId,
    /// As the person writes it.
    pub name: String,
    /// What they are there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub post: String,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// An address for e-mail.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}

journal::facts! { Fact "parties":
    /// A party got its names.
    PartyNamed "parties.named/1" Open by KeepParties;
    /// An account may sign for a party.
    SignerNamed "parties.signer_named/1" Open by KeepParties;
    /// It may not any more.
    SignerDismissed "parties.signer_dismissed/1" Open by KeepParties;
    /// Somebody at a party can be reached.
    ContactRegistered "parties.contact_registered/1" Org by KeepContacts;
    /// Under which name and address.
    ContactNamed "parties.contact_named/1" Person by KeepContacts;
}

kernel::named! {
    /// What a party is.
    pub enum PartyKind as "a kind of party" {
        /// Region: province, regency, city (daerah; 지방정부).
        Region "region",
        /// Ministry or its office.
        Ministry "ministry",
        /// Regional council (DPRD; 지방의회).
        Council "council",
        /// Agency of a region (dinas, badan; 부서).
        Agency "agency",
        /// Foundation (yayasan; 재단).
        Foundation "foundation",
        /// Village government (kalurahan; 마을).
        Village "village",
        /// Village enterprise (BUMKal; 마을기업).
        VillageEnterprise "village_enterprise",
        /// University.
        University "university",
        /// Non-governmental organisation.
        Ngo "ngo",
        /// Group of a village.
        Group "group",
    }
}
