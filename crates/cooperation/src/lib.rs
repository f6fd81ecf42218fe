//! The first stage: a cooperation between regions (kerja sama luar negeri daerah; 지방정부 국제협력), from the letter of
//! intent on. A region keeps a portfolio of cooperations; each has parties, papers and legal stages.

pub mod agreed;
pub mod agreements;
pub mod articles;
pub mod demo;
pub mod documents;
pub mod health;
pub mod obligations;
pub mod parties;
pub mod reminders;
pub mod stages;
pub mod visits;

use journal::Chapter;
use web::Pages;

/// The slot on the page of a cooperation: what later features know of it.
pub const COOPERATION: &str = "cooperation";
/// The slot on the page of a paper; the place says which one it is ([`web::SlotAt::instrument`]).
pub const PAPER: &str = "paper";

/// What the journal folds.
#[rustfmt::skip]
pub static CHAPTERS: &[&Chapter] = &[
    &parties::CHAPTER,
    &agreements::CHAPTER,
    &articles::CHAPTER,
    &agreed::CHAPTER,
    &documents::CHAPTER,
    &obligations::CHAPTER,
    &reminders::CHAPTER,
    &stages::CHAPTER,
    &health::CHAPTER,
    &visits::CHAPTER,
];

/// What the pages show.
#[rustfmt::skip]
pub static PAGES: &[&Pages] = &[
    &agreements::PAGES,
    &health::PAGES,
    &articles::PAGES,
    &agreed::PAGES,
    &parties::PAGES,
    &obligations::PAGES,
    &visits::PAGES,
    &stages::PAGES,
    &reminders::PAGES,
    &documents::PAGES,
];
