//! The discussion: meetings of any level (musyawarah; 회의), from the call to decisions with an owner and a day, and the
//! follow-ups that stay open until somebody closes them with evidence.

pub mod attendance;
pub mod ballots;

pub mod decisions;
pub mod demo;
pub mod figures;
pub mod hall;
pub mod meetings;

use journal::Chapter;
use web::Pages;

pub mod minutes;
pub mod proposals;

mod hour;

pub use hour::{Hour, Zone};

/// The slot on the page of a meeting: what later features know of it (proposals, minutes). [`web::SlotAt::village`] is the
/// place of the meeting, [`web::SlotAt::book`] the meeting itself.
pub const MEETING: &str = "meeting";

/// What the journal folds.
pub static CHAPTERS: &[&Chapter] = &[
    &meetings::CHAPTER,
    &attendance::CHAPTER,
    &decisions::CHAPTER,
    &minutes::CHAPTER,
    &proposals::CHAPTER,
    &hall::CHAPTER,
    &ballots::CHAPTER,
];

/// What the pages show.
pub static PAGES: &[&Pages] = &[
    &meetings::PAGES,
    &attendance::PAGES,
    &decisions::PAGES,
    &minutes::PAGES,
    &proposals::PAGES,
    &hall::PAGES,
    &ballots::PAGES,
    &figures::PAGES,
];
