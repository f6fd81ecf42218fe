//! Proposals (usulan; 제안) of anyone with a role, or brought on paper: a text in its own language, what it costs, amendments
//! beside it, support, questions and answers; free, or put to a meeting, until a decision answers it.

mod facts;
mod pages;
mod rules;
mod tables;
mod voice;

use journal::{Chapter, Reversing};
use web::{Pages, Routes};

pub use facts::*;
pub(crate) use pages::elements;
pub use rules::{Refusal, State, amend, answer, ask, propose, put, state, support, withdraw};
pub use tables::*;
pub use voice::Voice;

kernel::deeds! { DEEDS:
    /// See proposals, how many support them, what was asked and answered.
    SeeProposals "proposals.see" by Public;
    /// Make a proposal, for oneself or from paper; amend it, ask about it and answer.
    Propose "proposals.propose" by Administrator, CooperationOfficer, VillageOfficer, Teller, PartnerReader;
    /// Support a proposal: one voice, once.
    Support "proposals.support" by Public;
    /// Put proposals to a meeting, record that they were withdrawn, take back what was recorded wrongly.
    KeepProposals "proposals.keep" by CooperationOfficer, VillageOfficer;
}

impl Reversing for KeepProposals {}

/// Proposals, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "proposals",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Proposals, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/places/{place}/proposals", pages::list::list)
        .named("proposals-list")
        .post("/places/{place}/proposals", pages::list::propose)
        .named("proposals-propose")
        .get("/places/{place}/proposals/{proposal}", pages::one::one)
        .named("proposals-one")
        .post("/places/{place}/proposals/{proposal}/amendments", pages::one::amend)
        .named("proposals-amend")
        .post("/places/{place}/proposals/{proposal}/questions", pages::one::ask)
        .named("proposals-ask")
        .post("/places/{place}/proposals/{proposal}/answers", pages::one::answer)
        .named("proposals-answer")
        .post("/places/{place}/proposals/{proposal}/support", pages::one::support)
        .named("proposals-support")
        .post("/places/{place}/proposals/{proposal}/put", pages::one::put)
        .named("proposals-put")
        .post("/places/{place}/proposals/{proposal}/withdrawal", pages::one::withdraw)
        .named("proposals-withdraw")
        .post("/places/{place}/proposals/{proposal}/take-back", pages::one::take_back)
        .named("proposals-take-back")
        .fill(crate::MEETING, pages::slots::in_meeting)
        .fill(people::VILLAGE, pages::slots::in_village)
}
