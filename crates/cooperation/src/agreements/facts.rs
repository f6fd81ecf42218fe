//! What happened to a cooperation and its papers.

use kernel::{BookId, Date, Day, InstrumentId, Names, PartyId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::{KeepCooperations, SignPapers};

/// A region began to keep a cooperation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CooperationBegun {
    /// The region that keeps it.
    pub place: PlaceCode,
    /// Its book.
    pub cooperation: BookId,
    /// What it is in law.
    pub kind: CooperationKind,
    /// In three languages.
    pub names: Names,
    /// Since when there is one.
    pub day: Date,
    /// Where this is published, or who said so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// A party takes part in a cooperation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyJoined {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The party.
    pub party: PartyId,
    /// As what.
    pub part: Part,
    /// Since when.
    pub day: Date,
}

/// A paper of a cooperation was entered, or entered anew. Of several entries of one paper the latest holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentWritten {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The paper.
    pub instrument: InstrumentId,
    /// What it is.
    pub kind: InstrumentKind,
    /// The paper that it carries out, changes, renews or ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<InstrumentId>,
    /// Its title in three languages.
    pub names: Names,
    /// When it was signed; nothing for a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Date>,
    /// The last day on which it holds; nothing where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Where this is published, or who said so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// Every party has signed the text of a paper here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentSigned {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The paper.
    pub instrument: InstrumentId,
    /// When the last one did. A date that was entered with the paper counts before this one.
    pub day: Day,
}

journal::facts! { Fact "agreements":
    /// A region began to keep a cooperation.
    CooperationBegun "agreements.begun/1" Open by KeepCooperations;
    /// A party takes part.
    PartyJoined "agreements.joined/1" Open by KeepCooperations;
    /// A paper was entered.
    InstrumentWritten "agreements.written/1" Open by KeepCooperations;
    /// A paper was signed by all.
    InstrumentSigned "agreements.signed/1" Open by SignPapers;
}

kernel::named! {
    /// What a cooperation is in law. Source: PP 28/2018 and Permendagri 25/2020 (KSDPL, KSDLL); the Korean tiers of sister
    /// tie (자매결연) and friendship (우호교류).
    pub enum CooperationKind as "a kind of cooperation" {
        /// Sister province, regency or city (kerja sama provinsi kembar; 자매결연).
        Sister "sister",
        /// Friendship cooperation (kerja sama persahabatan; 우호교류).
        Friendship "friendship",
        /// With a foreign institution (KSDLL), such as a foundation.
        Institution "institution",
        /// Another one, on a single field.
        Other "other",
    }

    /// As what a party takes part.
    pub enum Part as "a part in a cooperation" {
        /// It signs.
        Signatory "signatory",
        /// It carries out.
        Implementer "implementer",
        /// It advises and accompanies.
        Facilitator "facilitator",
        /// It is a village where the cooperation happens.
        Village "village",
        /// It studies the cooperation.
        Researcher "researcher",
    }

    /// What a paper is. In the order in which they usually come.
    pub enum InstrumentKind as "a kind of paper" {
        /// Letter of intent (pernyataan kehendak; 의향서).
        LetterOfIntent "letter_of_intent",
        /// Memorandum of understanding (memorandum saling pengertian; 양해각서).
        Memorandum "memorandum",
        /// Implementing arrangement (pengaturan pelaksanaan; 이행약정서).
        ImplementingArrangement "implementing_arrangement",
        /// Cooperation plan (rencana kerja sama; 협력계획서).
        CooperationPlan "cooperation_plan",
        /// Agreement with a village (naskah kalurahan; 마을 협약).
        VillagePaper "village_paper",
        /// Annex (lampiran; 부속서).
        Annex "annex",
        /// Amendment (perubahan; 개정).
        Amendment "amendment",
        /// Renewal (perpanjangan; 연장).
        Renewal "renewal",
        /// Ending (pengakhiran; 종료).
        Ending "ending",
    }
}

impl InstrumentKind {
    /// Whether a paper of this kind says something of another one, and so must name it.
    pub const fn needs_parent(self) -> bool {
        matches!(
            self,
            InstrumentKind::Annex
                | InstrumentKind::Amendment
                | InstrumentKind::Renewal
                | InstrumentKind::Ending
        )
    }
}
