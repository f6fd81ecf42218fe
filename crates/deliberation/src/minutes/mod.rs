//! Minutes (notulen, berita acara; 회의록): what was said, statement by statement, each in its own language with translations.
//! A write says which entry it is based on: two secretaries at once lose nothing, and a person merges. Parties approve the
//! hash of a frozen text.

mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::*;
pub use rules::{Refusal, Statement, Text, approve, check, freeze, hash, statements, write};
pub use tables::*;

kernel::deeds! { DEEDS:
    /// Read the minutes of a meeting, drafts among them.
    SeeMinutes "minutes.see" by Administrator, CooperationOfficer, VillageOfficer, Auditor, PartnerReader;
    /// Write minutes, check translations, freeze them for approval.
    KeepMinutes "minutes.keep" by CooperationOfficer, VillageOfficer;
    /// Approve frozen minutes for a party.
    ApproveMinutes "minutes.approve" by CooperationOfficer, VillageOfficer;
}

/// Minutes, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "minutes",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
};

/// Minutes, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/places/{place}/meetings/{book}/minutes", pages::page)
        .named("minutes-page")
        .get("/places/{place}/meetings/{book}/minutes/print", pages::sheet)
        .named("minutes-sheet")
        .post("/places/{place}/meetings/{book}/minutes", pages::add)
        .named("minutes-add")
        .post("/places/{place}/meetings/{book}/minutes/text", pages::write)
        .named("minutes-write")
        .post("/places/{place}/meetings/{book}/minutes/check", pages::check)
        .named("minutes-check")
        .post("/places/{place}/meetings/{book}/minutes/freeze", pages::freeze)
        .named("minutes-freeze")
        .post("/places/{place}/meetings/{book}/minutes/approve", pages::approve)
        .named("minutes-approve")
        .fill(crate::MEETING, pages::in_meeting)
}
