//! Reminders (pengingat; 알림): what is late and what falls due in all cooperations of a region, who has it and since when, as
//! a page, as a calendar that a person's own program fetches, and as letters. Nothing of it is a fact; all of it follows from others.

mod calendar;
mod mail;
mod pages;
mod rules;
mod tables;

use journal::{Chapter, Folded};
use kernel::Level;
use web::{MenuEntry, Pages, Routes};

pub use calendar::{Event, calendar};
pub use mail::{Mailer, Reminded, remind};
pub use rules::{Due, DueKind, Known, Refusal, due};
pub use tables::known;

kernel::deeds! { DEEDS:
    /// See what falls due in the cooperations of a region.
    SeeDue "reminders.see" by Public;
    /// See the letters that wait and those that were sent.
    SeeOutbox "reminders.see_outbox" by Administrator, CooperationOfficer;
    /// Make a calendar link of one's own, and take it away.
    KeepCalendar "reminders.keep_calendar" by Administrator, CooperationOfficer, VillageOfficer, Teller, Auditor, PartnerReader;
}

/// Reminders, as the journal sees them: they have no facts, and tables of this site alone.
pub static CHAPTER: Chapter = Chapter {
    name: "reminders",
    kinds: &[],
    tables: "",
    version: 1,
    local: include_str!("local.sql"),
    local_kept: &[],
    fold: |_, _| Ok(Folded::UnknownKind),
    forget: None,
    check: None,
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
        .post("/regions/{region}/due/mail", pages::outbox::keep_address)
        .named("reminders-keep-address")
        .get("/regions/{region}/due/outbox", pages::outbox::outbox)
        .named("reminders-outbox-list")
}
