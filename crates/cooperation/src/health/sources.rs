//! What later stages know of the health of a cooperation: meetings, participation, money. This stage names the signal, a later
//! one counts; what nobody counts is shown as not recorded, never as zero.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use db::Tx;
use kernel::{BookId, Day, Fault, Names, PlaceCode};
use serde::Serialize;

use super::SignalKind;

/// Something that was planned or promised, and what of it came: a meeting (1 and 1), people awaited and present, money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The day on which it was to happen.
    pub due: Day,
    /// How much was planned, awaited, promised.
    pub wanted: i64,
    /// What came of it, each on its day.
    pub came: Vec<(Day, i64)>,
    /// What it is.
    pub what: Names,
    /// The address of its page.
    pub path: String,
}

/// What is counted in each cooperation.
pub type Counts = BTreeMap<BookId, Vec<Count>>;

/// What a later stage counts for one signal, in all cooperations of a region or in one of them.
pub struct Source {
    /// The signal that it gives.
    pub signal: SignalKind,
    /// Reads it.
    pub read: fn(&mut Tx<'_>, &PlaceCode, Option<BookId>) -> Result<Counts, Fault>,
}

static SOURCES: OnceLock<&'static [Source]> = OnceLock::new();

/// Says who counts; the list of stages does so once, before the first page.
pub fn listen(sources: &'static [Source]) {
    SOURCES.get_or_init(|| sources);
}

pub(super) fn sources() -> &'static [Source] {
    SOURCES.get().copied().unwrap_or_default()
}
