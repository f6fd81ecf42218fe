//! Health (kondisi kerja sama; 협력 상태): whether a cooperation is dynamic, effective, sleeping or not implemented on a day, by
//! dated rules that a province can replace; each signal with its reason and the entries behind it.

mod facts;
mod pages;
mod rules;
mod sources;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::*;
pub use rules::{
    Event, EventKind, Judged, Leader, Reason, Record, Refusal, RulesOn, Signal, SignalKind, Span, State,
    history, judge, name_leader, rules_of, set_rules,
};
pub use sources::{Count, Counts, Source, listen};
pub use tables::{Now, now_in_region};

kernel::deeds! { DEEDS:
    /// See how a cooperation is, and by which rules.
    SeeHealth "health.see" by Public;
    /// Say who heads a party, and since when.
    NameLeaders "health.name_leaders" by CooperationOfficer;
    /// Replace the rules by which cooperations are judged from a day on.
    SetRules "health.set_rules" by Administrator, CooperationOfficer;
}

/// Health, as the journal sees it.
pub static CHAPTER: Chapter = Chapter {
    name: "health",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Health, as a reader sees it.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/regions/{region}/cooperations/{book}/health", pages::one::health)
        .named("health-page")
        .get("/regions/{region}/health", pages::region::region)
        .named("health-region")
        .post("/regions/{region}/health/rules", pages::region::set_rules)
        .named("health-set-rules")
        .post("/regions/{region}/health/leaders", pages::region::name_leader)
        .named("health-name-leader")
        .fill(crate::COOPERATION, pages::one::in_cooperation)
}
