//! Obligations (kewajiban; 의무): what an article of a paper obliges a party to do for another one, by when, and how that is
//! shown. Each time it falls due is open, due soon, late, met, or waived with the consent of the other party.

pub mod demo;
mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::*;
pub use rules::{
    DUE_SOON_DAYS, Known, Occurrence, OccurrenceState, Refusal, ask_waiver, consent, meet, occurrences, set,
    take_back,
};
pub use tables::{
    Happened, HappenedKind, Obligation, happened, happened_in_region, obligations, obligations_of_region,
};

kernel::deeds! { DEEDS:
    /// See what the parties of a cooperation owe each other.
    SeeObligations "obligations.see" by Public;
    /// Set obligations, record that they were met, asked to be waived, consented to.
    KeepObligations "obligations.keep" by CooperationOfficer;
    /// Take back what was recorded by mistake.
    TakeBack "obligations.take_back" by CooperationOfficer;
}

impl journal::Reversing for TakeBack {}

/// Obligations, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "obligations",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Obligations, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/regions/{region}/cooperations/{book}/obligations", pages::list::list)
        .named("obligations-list")
        .post("/regions/{region}/cooperations/{book}/obligations", pages::list::set)
        .named("obligations-set")
        .get("/regions/{region}/cooperations/{book}/obligations/{obligation}", pages::one::one)
        .named("obligations-one")
        .post("/regions/{region}/cooperations/{book}/obligations/{obligation}/met", pages::one::meet)
        .named("obligations-meet")
        .post(
            "/regions/{region}/cooperations/{book}/obligations/{obligation}/waivers",
            pages::one::ask_waiver,
        )
        .named("obligations-ask-waiver")
        .post("/regions/{region}/cooperations/{book}/obligations/{obligation}/consents", pages::one::consent)
        .named("obligations-consent")
        .post(
            "/regions/{region}/cooperations/{book}/obligations/{obligation}/entries/{entry}/reversal",
            pages::one::take_back,
        )
        .named("obligations-take-back")
        .fill(crate::COOPERATION, pages::list::in_cooperation)
}
