//! The shared ground of the stages: places from region to hamlet, households and persons whose names are sealed, groups.
//! Later stages read it through the public views of its three features, and fill the slots [`VILLAGE`] and [`HOUSEHOLD`]
//! of its pages.

pub mod groups;
pub mod households;
pub mod places;
mod quiet;
pub mod sheet;
mod steps;

use journal::Chapter;
use web::Pages;

pub use households::{HOUSEHOLD, Names, names};
pub use places::{SeeVillage, VILLAGE};

/// What the journal folds.
pub static CHAPTERS: &[&Chapter] = &[&places::CHAPTER, &households::CHAPTER, &groups::CHAPTER];

/// What the pages show.
pub static PAGES: &[&Pages] = &[&places::PAGES, &households::PAGES, &groups::PAGES, &FILES];

/// What is said of files of rows, whoever reads them.
static FILES: Pages = Pages { routes: |routes| routes, deeds: &[], words: web::words!(), menu: &[] };
