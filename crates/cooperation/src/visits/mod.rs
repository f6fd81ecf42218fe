//! Visits (kunjungan; 방문): which party came to which, when and where, what for, and what came of it: visits, delegations,
//! exchanges, anniversaries, trainings.

pub mod demo;
mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::*;
pub use rules::{Refusal, enter};
pub use tables::{Visit, visits, visits_in_region};

kernel::deeds! { DEEDS:
    /// See who visited whom.
    SeeVisits "visits.see" by Public;
    /// Enter visits.
    KeepVisits "visits.keep" by CooperationOfficer;
    /// Take back a visit that was entered by mistake.
    TakeBack "visits.take_back" by CooperationOfficer;
}

impl journal::Reversing for TakeBack {}

/// Visits, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "visits",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Visits, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/regions/{region}/cooperations/{book}/visits", pages::list)
        .named("visits-list")
        .post("/regions/{region}/cooperations/{book}/visits", pages::enter)
        .named("visits-enter")
        .get("/regions/{region}/cooperations/{book}/visits/{visit}", pages::one)
        .named("visits-one")
        .post("/regions/{region}/cooperations/{book}/visits/{visit}/reversal", pages::take_back)
        .named("visits-take-back")
        .fill(crate::COOPERATION, pages::in_cooperation)
}
