//! The first stage: a cooperation between regions (kerja sama luar negeri daerah; 지방정부 국제협력), from the letter of
//! intent on. A region keeps a portfolio of cooperations; each has parties, papers and legal stages.

pub mod agreements;
pub mod demo;
pub mod obligations;
pub mod parties;
pub mod reminders;
pub mod stages;
pub mod visits;

use journal::Chapter;
use web::Pages;

/// The slot on the page of a cooperation: what later features know of it.
pub const COOPERATION: &str = "cooperation";

/// What the journal folds.
pub static CHAPTERS: &[&Chapter] = &[
    &parties::CHAPTER,
    &agreements::CHAPTER,
    &stages::CHAPTER,
    &obligations::CHAPTER,
    &visits::CHAPTER,
    &reminders::CHAPTER,
];

/// What the pages show.
pub static PAGES: &[&Pages] = &[
    &agreements::PAGES,
    &parties::PAGES,
    &stages::PAGES,
    &obligations::PAGES,
    &visits::PAGES,
    &reminders::PAGES,
];
