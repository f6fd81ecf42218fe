//! Decisions (keputusan; 결정) of meetings, with reasons, dissent, an owner and a day; and what follows from them, which stays
//! open until somebody closes it with evidence.

mod facts;
mod owner;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::*;
pub use owner::Owner;
pub use rules::{Refusal, Standing, close, follow, standing, take};
pub use tables::*;

kernel::deeds! { DEEDS:
    /// See what meetings decided and what is still open.
    SeeDecisions "decisions.see" by Public;
    /// Record decisions, open what follows from them, close it with evidence.
    KeepDecisions "decisions.keep" by CooperationOfficer, VillageOfficer;
}

/// Decisions, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "decisions",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Decisions, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/places/{place}/meetings/{book}/decisions", pages::take::page)
        .named("decisions-page")
        .post("/places/{place}/meetings/{book}/decisions", pages::take::take)
        .named("decisions-take")
        .get("/places/{place}/meetings/{book}/decisions/{decision}", pages::one::one)
        .named("decisions-one")
        .post("/places/{place}/meetings/{book}/decisions/{decision}/follow-ups", pages::one::follow)
        .named("decisions-follow")
        .post("/places/{place}/meetings/{book}/decisions/{decision}/close", pages::one::close)
        .named("decisions-close")
        .get("/places/{place}/follow-ups", pages::open::of_place)
        .named("decisions-open-of-place")
        .get("/regions/{region}/cooperations/{book}/follow-ups", pages::open::of_cooperation)
        .named("decisions-open-of-cooperation")
        .fill(crate::MEETING, pages::slots::in_meeting)
        .fill(people::VILLAGE, pages::slots::in_village)
        .fill(cooperation::COOPERATION, pages::slots::in_cooperation)
        .fill(cooperation::PAPER, pages::slots::in_paper)
}
