//! How a cooperation is and was, and the rules of a region.

pub(super) mod one;
pub(super) mod region;
