//! Who visited whom.

use kernel::{BookId, Day, Names, PartyId, PlaceCode, VisitId};
use serde::{Deserialize, Serialize};

use super::KeepVisits;

/// A party visited another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitMade {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The visit.
    pub visit: VisitId,
    /// What it was.
    pub kind: VisitKind,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// Where, as people call it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// Who came.
    pub guest: PartyId,
    /// To whom.
    pub host: PartyId,
    /// What for, in one to three languages; no name of a person.
    pub purpose: Names,
    /// What came of it; empty where that is not known.
    #[serde(default)]
    pub outcome: Names,
    /// How many people came, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<i64>,
    /// How many of them were women, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub women: Option<i64>,
    /// Where this is published, or who said so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

journal::facts! { Fact "visits":
    /// A party visited another one.
    VisitMade "visits.made/1" Open by KeepVisits;
}

kernel::named! {
    /// What a visit was.
    pub enum VisitKind as "a kind of visit" {
        /// Visit of the leaders (kunjungan pimpinan; 방문).
        Visit "visit",
        /// Delegation (delegasi; 대표단).
        Delegation "delegation",
        /// Exchange of officials, students, farmers (pertukaran; 교류).
        Exchange "exchange",
        /// Anniversary (peringatan; 기념행사).
        Anniversary "anniversary",
        /// Training (pelatihan; 연수).
        Training "training",
    }
}
