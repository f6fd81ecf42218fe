//! The shared ground of the stages: places from region to hamlet, households and persons whose names are sealed, groups.

pub mod places;
pub mod sheet;

pub use places::{SeeVillage, VILLAGE};
