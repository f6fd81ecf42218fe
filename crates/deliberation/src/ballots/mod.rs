//! Ballots (pemungutan suara; 투표) of a meeting, by several methods: one choice by show of hands, consensus with recorded
//! reservations, score, dots, pairs. A ballot is open or secret from its opening on; a secret vote is never kept beside a voice.

mod facts;
mod pages;
mod rules;
mod tables;

use journal::{Chapter, Reversing};
use web::{Pages, Routes};

pub use facts::*;
pub use rules::{Line, Outcome, Refusal, cast, count, open, outcome, reserve};
pub use tables::*;

kernel::deeds! { DEEDS:
    /// See ballots and how their results come about; of a secret one once it is closed.
    SeeBallots "ballots.see" by Public;
    /// Vote: a voice that joined the hall, once.
    Vote "ballots.vote" by Public;
    /// Open and close ballots, enter what was counted by hand and who has reservations, take a count back.
    KeepBallots "ballots.keep" by CooperationOfficer, VillageOfficer;
}

impl Reversing for KeepBallots {}

/// Ballots, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "ballots",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: include_str!("local.sql"),
    local_kept: &["ballot_box"],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Ballots, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/places/{place}/meetings/{book}/ballots", pages::list::list)
        .named("ballots-list")
        .post("/places/{place}/meetings/{book}/ballots", pages::list::open)
        .named("ballots-open")
        .get("/places/{place}/meetings/{book}/ballots/{ballot}", pages::one::one)
        .named("ballots-one")
        .post("/places/{place}/meetings/{book}/ballots/{ballot}/votes", pages::one::vote)
        .named("ballots-vote")
        .post("/places/{place}/meetings/{book}/ballots/{ballot}/counts", pages::one::count)
        .named("ballots-count")
        .post("/places/{place}/meetings/{book}/ballots/{ballot}/reservations", pages::one::reserve)
        .named("ballots-reserve")
        .post("/places/{place}/meetings/{book}/ballots/{ballot}/close", pages::one::close)
        .named("ballots-close")
        .post("/places/{place}/meetings/{book}/ballots/{ballot}/take-back", pages::one::take_back)
        .named("ballots-take-back")
        .fill(crate::MEETING, pages::in_meeting)
}
