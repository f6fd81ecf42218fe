//! What happened to meetings.

use kernel::{BookId, Date, Day, Names, PartyId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::{CallMeetings, KeepMeetings};
use crate::{Hour, Zone};

/// A meeting was called, or called anew. Of several calls of one meeting the latest holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingCalled {
    /// Whose meeting it is: a village, a hamlet, a region.
    pub place: PlaceCode,
    /// Its book.
    pub meeting: BookId,
    /// What it is.
    pub kind: MeetingKind,
    /// Its title in three languages.
    pub names: Names,
    /// When; of what happened long ago as precisely as it is known.
    pub date: Date,
    /// When it begins, by the clock of `zone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Hour>,
    /// Whose clock.
    pub zone: Zone,
    /// Hall, house or address of an online room; no secret.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub venue: String,
    /// The cooperation that it belongs to, kept by the region that the place lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cooperation: Option<BookId>,
    /// The parties that were invited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<PartyId>,
    /// The elements of the community that were invited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<Element>,
    /// Where this is published, or who said so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// An item was put on the agenda. Its id is that of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItemPut {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// Its place in the order, counted from 1.
    pub position: i64,
    /// What is to be discussed.
    pub names: Names,
}

/// A meeting took place, was cancelled or was adjourned. Of several the latest holds; a call after it opens the meeting again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingEnded {
    /// Whose meeting it is.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// What became of it.
    pub outcome: Outcome,
    /// When it was held, or when it was cancelled or adjourned.
    pub date: Date,
    /// How long people sat, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// Why it was cancelled or adjourned.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Until when it was adjourned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

journal::facts! { Fact "meetings":
    /// A meeting was called.
    MeetingCalled "meetings.called/1" Open by CallMeetings;
    /// An item was put on the agenda.
    AgendaItemPut "meetings.item_put/1" Open by CallMeetings;
    /// A meeting took place, or did not.
    MeetingEnded "meetings.ended/1" Open by KeepMeetings;
}

kernel::named! {
    /// What became of a meeting.
    pub enum Outcome as "the outcome of a meeting" {
        /// It was held.
        Held "held",
        /// It was cancelled, with a reason.
        Cancelled "cancelled",
        /// It was adjourned to another day, with a reason.
        Adjourned "adjourned",
    }

    /// What a meeting is.
    pub enum MeetingKind as "a kind of meeting" {
        /// Village deliberation (musyawarah kalurahan, muskal; 마을 총회).
        Village "village",
        /// Planning deliberation (musrenbang; 개발계획 회의).
        Musrenbang "musrenbang",
        /// Joint committee of a cooperation (komite bersama; 공동위원회).
        JointCommittee "joint_committee",
        /// Of a hamlet (musyawarah padukuhan).
        Hamlet "hamlet",
        /// Of a group.
        Group "group",
        /// Audience with a head of region (audiensi; 예방).
        Audience "audience",
        /// Held online.
        Online "online",
        /// Another one.
        Other "other",
    }

    /// The elements of the community that are invited and counted. Source: domain.md 3.5, Permendagri 114/2014.
    pub enum Element as "an element of the community" {
        /// Village government (pamong kalurahan).
        Government "government",
        /// Village council (BPKal, Bamuskal).
        Council "council",
        /// Heads of hamlets and neighbourhoods (dukuh, RT).
        HamletHeads "hamlet_heads",
        /// Farmers (poktan, gapoktan).
        Farmers "farmers",
        /// Women farmers (KWT).
        WomenFarmers "women_farmers",
        /// Water users (P3A).
        WaterUsers "water_users",
        /// Family welfare movement (PKK, dasawisma).
        FamilyWelfare "family_welfare",
        /// Cadres of the health post (posyandu).
        HealthPost "health_post",
        /// Youth (karang taruna).
        Youth "youth",
        /// Community empowerment body (LPMKal).
        EmpowermentBody "empowerment_body",
        /// Village enterprise (BUMKal).
        Enterprise "enterprise",
        /// Waste bank, waste groups.
        WasteBank "waste_bank",
        /// Religious groups.
        Religious "religious",
        /// People with disabilities and their group.
        Disability "disability",
        /// Landless households (tuna kisma).
        Landless "landless",
        /// Extension officers and facilitators.
        Facilitators "facilitators",
        /// Offices of regency and province.
        Region "region",
        /// The partner from abroad.
        Partner "partner",
        /// Universities.
        Researchers "researchers",
        /// Residents for their own part, and anybody else.
        Residents "residents",
    }
}
