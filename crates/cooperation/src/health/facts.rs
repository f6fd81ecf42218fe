//! What is said about the health of cooperations: the rules, and who heads a party.

use kernel::{Date, Day, PartyId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::{NameLeaders, SetRules};

/// A region judges its cooperations by these rules from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthRulesSet {
    /// The region.
    pub place: PlaceCode,
    /// The first day that is judged by them.
    pub from: Day,
    /// The rules.
    pub rules: Rules,
    /// Who decided so, or where it can be read.
    pub source: String,
}

/// By what a cooperation is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// After more days without a recorded event it sleeps.
    pub silent_days: i64,
    /// So many days after its first paper something else than papers is recorded, or it is not implemented.
    pub start_days: i64,
    /// From this share of the weighed signals on, in percent, it is dynamic.
    pub dynamic_percent: i64,
    /// So many visits in two years are enough; with fewer visits, obligations met and steps passed nothing is dynamic.
    pub visits_wanted: i64,
    /// What each signal weighs.
    pub weights: Weights,
}

/// What each signal weighs among those that have a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// Steps of the law passed in both countries.
    pub stages: i64,
    /// Obligations met on time.
    pub obligations: i64,
    /// Days since the last recorded event.
    pub freshness: i64,
    /// Whether a paper holds.
    pub papers: i64,
    /// Visits.
    pub visits: i64,
    /// Whether a leader changed lately.
    pub leaders: i64,
    /// Meetings held against planned.
    pub meetings: i64,
    /// How many of those who were awaited took part.
    pub participation: i64,
    /// Money arrived against promised.
    pub money: i64,
}

/// As shipped, after the signs of dormancy in domain.md 1.5.
pub const SHIPPED: Rules = Rules {
    silent_days: 365,
    start_days: 730,
    dynamic_percent: 75,
    visits_wanted: 2,
    weights: Weights {
        stages: 15,
        obligations: 20,
        freshness: 20,
        papers: 15,
        visits: 10,
        leaders: 5,
        meetings: 5,
        participation: 5,
        money: 5,
    },
};

/// Where the shipped rules come from.
pub const SHIPPED_SOURCE: &str = "Lemhannas 2833 p. 9; Semarang–Beihai (adoc.pub); DIY–Kyoto (text-id.123dok); Issundari, Sinergi 4(1), 2024";

/// A party is headed by somebody since a day. The name is that of a public office as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderNamed {
    /// The region whose list has the party.
    pub place: PlaceCode,
    /// The party.
    pub party: PartyId,
    /// Who, as published.
    pub name: String,
    /// The office: governor, head of the foundation.
    pub office: String,
    /// Since when.
    pub since: Date,
    /// Where this is published.
    pub source: String,
}

journal::facts! { Fact "health":
    /// Rules were set.
    HealthRulesSet "health.rules/1" Open by SetRules;
    /// A leader was named.
    LeaderNamed "health.leader/1" Open by NameLeaders;
}
