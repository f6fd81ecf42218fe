//! The first stage: a cooperation between regions (kerja sama luar negeri daerah; 지방정부 국제협력), from the letter of
//! intent on. A region keeps a portfolio of cooperations; each has parties and papers.

pub mod agreements;
pub mod demo;
pub mod parties;

use journal::Chapter;
use web::Pages;

/// What the journal folds.
pub static CHAPTERS: &[&Chapter] = &[&parties::CHAPTER, &agreements::CHAPTER];

/// What the pages show.
pub static PAGES: &[&Pages] = &[&agreements::PAGES, &parties::PAGES];
