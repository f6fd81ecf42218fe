//! What happened to obligations.

use kernel::{BookId, Day, EntryId, InstrumentId, Names, ObligationId, PartyId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::KeepObligations;

/// A party owes something to another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObligationSet {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The obligation.
    pub obligation: ObligationId,
    /// Who owes.
    pub debtor: PartyId,
    /// To whom.
    pub creditor: PartyId,
    /// What, in one to three languages.
    pub what: Names,
    /// The paper that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<InstrumentId>,
    /// The number of the article in it, as printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// When it falls due, the first time where it comes again; nothing where no paper names a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// After so many months it falls due again; nothing where it does once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_months: Option<i64>,
    /// The last day on which it can fall due, where it comes again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// How it is shown to be met.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub shown_by: String,
    /// Where this is published, or who said so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// An obligation was met, one time that it fell due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObligationMet {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The obligation.
    pub obligation: ObligationId,
    /// Which time, counted from 1.
    pub nth: i64,
    /// When it was met.
    pub day: Day,
    /// What shows it; no name of a person.
    pub shown: String,
    /// The entry of the journal that shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<EntryId>,
}

/// A party asked that an obligation be waived, one time that it falls due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverAsked {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The obligation.
    pub obligation: ObligationId,
    /// Which time, counted from 1.
    pub nth: i64,
    /// Who asked.
    pub by: PartyId,
    /// When.
    pub day: Day,
    /// Why; no name of a person.
    pub reason: String,
}

/// The other party consented to a waiver. Only then it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverConsented {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The obligation.
    pub obligation: ObligationId,
    /// Which time, counted from 1.
    pub nth: i64,
    /// The entry that asked for it.
    pub asked: EntryId,
    /// Who consented.
    pub by: PartyId,
    /// When.
    pub day: Day,
    /// What shows the consent: a letter, minutes; no name of a person.
    pub shown: String,
}

journal::facts! { Fact "obligations":
    /// A party owes something.
    ObligationSet "obligations.set/1" Open by KeepObligations;
    /// It was met.
    ObligationMet "obligations.met/1" Open by KeepObligations;
    /// A waiver was asked.
    WaiverAsked "obligations.waiver_asked/1" Open by KeepObligations;
    /// A waiver was consented to.
    WaiverConsented "obligations.waiver_consented/1" Open by KeepObligations;
}
