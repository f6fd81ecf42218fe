//! Meetings (musyawarah, rapat; 회의): of a village, a hamlet, a group, or of the parties of a cooperation. A meeting is a
//! book of its place, so that a role can be given for one: whoever keeps its minutes is its secretary.

mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{MenuEntry, Pages, Routes};

pub use facts::*;
pub(crate) use pages::list::require_place;
pub(crate) use pages::when;
pub use rules::{Refusal, State, call, end, put, state};
pub use tables::*;

kernel::deeds! { DEEDS:
    /// See the meetings of a place: call, agenda, counts, never a name of a person.
    SeeMeetings "meetings.see" by Public;
    /// Call a meeting and set its agenda.
    CallMeetings "meetings.call" by Administrator, CooperationOfficer, VillageOfficer;
    /// Record that a meeting was held, cancelled or adjourned.
    KeepMeetings "meetings.keep" by CooperationOfficer, VillageOfficer;
}

/// Meetings, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "meetings",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
};

/// Meetings, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: MENU };

const MENU: &[MenuEntry] = &[MenuEntry::new::<SeeMeetings>("meetings-menu", |at| {
    Some(format!("/places/{}/meetings", at.village.as_ref()?))
})];

fn routes(r: Routes) -> Routes {
    r.get("/places/{place}/meetings", pages::list::list)
        .named("meetings-list")
        .post("/places/{place}/meetings", pages::list::call)
        .named("meetings-call")
        .books(pages::list::books)
        .get("/places/{place}/meetings/{book}", pages::one::one)
        .named("meetings-one")
        .post("/places/{place}/meetings/{book}/call", pages::one::call_anew)
        .named("meetings-call-anew")
        .post("/places/{place}/meetings/{book}/agenda", pages::one::put)
        .named("meetings-put")
        .post("/places/{place}/meetings/{book}/outcome", pages::one::end)
        .named("meetings-end")
        .fill(people::VILLAGE, pages::slots::in_village)
        .fill(cooperation::COOPERATION, pages::slots::in_cooperation)
}
