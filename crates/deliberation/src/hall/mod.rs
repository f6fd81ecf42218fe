//! A hall (balai; 회관): telephones join a meeting over the local network, without an account and without internet, and
//! support proposals. A telephone is one voice; where that is not enough, the secretary hands out numbered slips of paper.

mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::*;
pub use rules::{Known, Refusal, hand_out, join, open};
pub use tables::*;

kernel::deeds! { DEEDS:
    /// See the hall of a meeting from a telephone, and the live result.
    SeeHall "hall.see" by Public;
    /// Join a meeting in its hall: whoever has the code that hangs there.
    JoinHall "hall.join" by Public;
    /// Open and close a hall, hand out slips.
    KeepHall "hall.keep" by CooperationOfficer, VillageOfficer;
}

/// Halls, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "hall",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: include_str!("local.sql"),
    local_kept: &["hall_code"],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Halls, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/places/{place}/meetings/{book}/hall", pages::phone::phone)
        .named("hall-phone")
        .post("/places/{place}/meetings/{book}/hall/join", pages::phone::join)
        .named("hall-join")
        .post("/places/{place}/meetings/{book}/hall/support", pages::phone::support)
        .get("/places/{place}/meetings/{book}/hall/screen", pages::screen::screen)
        .named("hall-screen")
        .get("/places/{place}/meetings/{book}/hall/desk", pages::desk::desk)
        .named("hall-desk")
        .post("/places/{place}/meetings/{book}/hall/open", pages::desk::open)
        .named("hall-open")
        .post("/places/{place}/meetings/{book}/hall/close", pages::desk::close)
        .named("hall-close")
        .post("/places/{place}/meetings/{book}/hall/slips", pages::desk::hand_out)
        .named("hall-hand-out")
        .fill(crate::MEETING, pages::in_meeting)
}
