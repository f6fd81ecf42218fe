//! Agreements (perjanjian; 협약): the cooperations of a region, who takes part in each, and its papers in sequence, from
//! the letter of intent to the ending. A cooperation is a book of its region, so that a role can be given for one.

mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use kernel::{Level, Role};
use web::{MenuEntry, Pages, Routes};

pub use facts::*;
pub use rules::{NEAR_EXPIRY_DAYS, PaperState, Refusal, begin, join, state, write};
pub use tables::*;

kernel::deeds! { DEEDS:
    /// See the cooperations of a region and their papers.
    SeeCooperations "agreements.see" by Public;
    /// Begin a cooperation, say who takes part, enter its papers.
    KeepCooperations "agreements.keep" by Administrator, CooperationOfficer;
    /// Sign a paper for the party that named this account; the rules ask whether it did.
    SignPapers "agreements.sign" by CooperationOfficer, VillageOfficer, PartnerReader;
}

/// Agreements, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "agreements",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Agreements, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: MENU };

const MENU: &[MenuEntry] = &[MenuEntry::new::<SeeCooperations>("agreements-menu", |at| {
    let region = at.village.as_ref()?.at(Level::Province)?;
    Some(format!("/regions/{region}/cooperations"))
})
.first_of(Role::CooperationOfficer)];

fn routes(r: Routes) -> Routes {
    r.get("/regions/{region}/cooperations", pages::portfolio::list)
        .named("agreements-portfolio")
        .post("/regions/{region}/cooperations", pages::portfolio::begin)
        .named("agreements-begin")
        .books(pages::portfolio::books)
        .get("/regions/{region}/cooperations/{book}", pages::one::one)
        .named("agreements-one")
        .post("/regions/{region}/cooperations/{book}/parties", pages::one::join)
        .named("agreements-join")
        .post("/regions/{region}/cooperations/{book}/papers", pages::one::write)
        .named("agreements-write")
        .get("/regions/{region}/cooperations/{book}/papers/{paper}", pages::paper::one)
        .named("agreements-paper-one")
        .post("/regions/{region}/cooperations/{book}/papers/{paper}", pages::paper::rewrite)
        .named("agreements-rewrite")
}
