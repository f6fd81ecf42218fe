//! Attendance (daftar hadir; 참석): who came to a meeting, by count without a name, by person, and by proxy; and whether
//! enough came for it to decide. Names lie where those of households lie: sealed, and never in a table.

mod attendee;
mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use attendee::Attendee;
pub use facts::*;
pub use rules::{Quorum, Refusal, Rule, attend, count, default_rule, quorum, set_entitled, set_rule};
pub use tables::*;

kernel::deeds! { DEEDS:
    /// See how many came, by element, sex, age and disability, and whether they were enough.
    SeeAttendance "attendance.see" by Public;
    /// See who came, by name.
    SeeAttendees "attendance.see_attendees" by Administrator, VillageOfficer, Auditor;
    /// Record who came, and how many are entitled to come.
    KeepAttendance "attendance.keep" by CooperationOfficer, VillageOfficer;
    /// Set how many must come to a kind of meeting of a place.
    SetQuorum "attendance.set_quorum" by Administrator, CooperationOfficer, VillageOfficer;
}

/// Attendance, as the journal sees it.
pub static CHAPTER: Chapter = Chapter {
    name: "attendance",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Attendance, as a reader sees it.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/places/{place}/meetings/{book}/attendance", pages::sheet::sheet)
        .named("attendance-page")
        .post("/places/{place}/meetings/{book}/attendance/counts", pages::sheet::count)
        .named("attendance-count")
        .post("/places/{place}/meetings/{book}/attendance/persons", pages::sheet::attend)
        .named("attendance-attend")
        .post("/places/{place}/meetings/{book}/attendance/entitled", pages::sheet::entitle)
        .named("attendance-entitle")
        .get("/places/{place}/quorum", pages::rule::rules)
        .named("attendance-rules")
        .post("/places/{place}/quorum", pages::rule::set)
        .named("attendance-set")
        .fill(crate::MEETING, pages::in_meeting)
}
