//! Where the pages of a bank are.

use kernel::{BookId, Deed, EntryId, PlaceCode};
use web::{Cx, List};

use super::SeeMembers;
use super::tables::Bank;

/// The address of a bank, with the path of one of its pages behind it: `/sales`; the bank's own page with none.
pub(super) fn path(village: &PlaceCode, bank: BookId, page: &str) -> String {
    format!("/villages/{village}/waste/{bank}{page}")
}

impl Bank {
    /// The same for a bank that was read.
    pub(super) fn path(&self, page: &str) -> String {
        path(&self.village, self.bank, page)
    }
}

/// The pages of the entries of a bank, for those who may read them.
pub(super) struct Entries(Option<String>);

impl Entries {
    /// For who asks: an entry may name a member.
    pub fn of<D: Deed>(cx: &Cx<D>, bank: &Bank) -> Entries {
        Entries(cx.can::<SeeMembers>().then(|| bank.path("/entries")))
    }
    /// Lets the last column of a list lead to the entry of the row.
    pub fn link<R>(&self, list: List<R>, entry: impl Fn(&R) -> EntryId + Send + Sync + 'static) -> List<R> {
        match self.0.clone() {
            Some(entries) => list.link(move |row| format!("{entries}/{}", entry(row))),
            None => list,
        }
    }
}
