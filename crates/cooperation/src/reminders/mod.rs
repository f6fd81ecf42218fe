//! Reminders (pengingat; 알림): what is late and what falls due in all cooperations of a region, who has it and since when, as
//! a page and as a calendar that a person's own program fetches. Nothing of it is a fact; all of it follows from others.

mod calendar;
mod pages;
mod rules;
mod tables;

use journal::{Chapter, Folded};
use kernel::Level;
use web::{MenuEntry, Pages, Routes};

pub use calendar::{Event, calendar};
pub use rules::{Due, DueKind, Known, Refusal, due};

kernel::deeds! { DEEDS:
    /// See what falls due in the cooperations of a region.
    SeeDue "reminders.see" by Public;
    /// Make a calendar link of one's own, and take it away.
    KeepCalendar "reminders.keep_calendar" by Administrator, CooperationOfficer, VillageOfficer, Teller, Auditor, PartnerReader;
}

/// Reminders, as the journal sees them: they have no facts, and one table of this site alone.
pub static CHAPTER: Chapter = Chapter {
    name: "reminders",
    kinds: &[],
    tables: "",
    version: 1,
    local: include_str!("local.sql"),
    local_kept: &[],
    fold: |_, _| Ok(Folded::UnknownKind),
    forget: None,
};

/// Reminders, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: MENU };

const MENU: &[MenuEntry] = &[MenuEntry::new::<SeeDue>("reminders-menu", |at| {
    let region = at.village.as_ref()?.at(Level::Province)?;
    Some(format!("/regions/{region}/due"))
})];

fn routes(r: Routes) -> Routes {
    r.get("/regions/{region}/due", pages::due)
        .named("reminders-due")
        .post("/regions/{region}/due/calendars", pages::make)
        .named("reminders-make")
        .post("/regions/{region}/due/calendars/{link}/end", pages::end)
        .named("reminders-end")
        .get("/regions/{region}/due/calendar/{token}", pages::fetch)
        .named("reminders-calendar")
}
