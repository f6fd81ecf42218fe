//! What happened to groups.

use kernel::{GroupId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::KeepGroups;

/// A group of a village got a name, or another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupNamed {
    /// The group.
    pub group: GroupId,
    /// Its village.
    pub village: PlaceCode,
    /// What it is.
    pub kind: Kind,
    /// What people call it; no name of a person.
    pub name: String,
}

journal::facts! { Fact "groups":
    /// A group got a name.
    GroupNamed "groups.named/1" Open by KeepGroups;
}

kernel::named! {
    /// What a group is: the elements of village society.
    pub enum Kind as "a kind of group" {
        /// Farmers' group (kelompok tani, poktan).
        FarmersGroup "farmers_group",
        /// Union of farmers' groups (gabungan kelompok tani, gapoktan).
        FarmersUnion "farmers_union",
        /// Women farmers' group (kelompok wanita tani, KWT).
        WomenFarmers "women_farmers",
        /// Water users (P3A, GP3A).
        WaterUsers "water_users",
        /// Livestock group (kelompok ternak).
        LivestockGroup "livestock_group",
        /// Family welfare movement (PKK) with its dasawisma.
        FamilyWelfare "family_welfare",
        /// Health post with its cadres (posyandu).
        HealthPost "health_post",
        /// Youth organisation (karang taruna).
        Youth "youth",
        /// Community empowerment body (LPMKal).
        EmpowermentBody "empowerment_body",
        /// Neighbourhood body (RT, RW).
        Neighbourhood "neighbourhood",
        /// Village enterprise (BUMKal).
        VillageEnterprise "village_enterprise",
        /// Self-help group for waste and sanitation (KSM, KUPS).
        SelfHelpGroup "self_help_group",
        /// Waste bank, as a group.
        WasteBank "waste_bank",
        /// Buyer of sorted waste (pengepul).
        Collector "collector",
        /// Tourism awareness group (pokdarwis).
        Tourism "tourism",
        /// Religious group or house of prayer.
        Religious "religious",
        /// Alertness and protection (FKDM, Linmas).
        Protection "protection",
        /// Group of people with disabilities (kelompok difabel).
        Disability "disability",
        /// Extension officers (PPL).
        Extension "extension",
        /// Village facilitators (pendamping desa).
        Facilitators "facilitators",
        /// Landless households (tuna kisma).
        Landless "landless",
        /// School.
        School "school",
        /// Kindergarten (TK, PAUD).
        Kindergarten "kindergarten",
        /// Anything else.
        Other "other",
    }
}
