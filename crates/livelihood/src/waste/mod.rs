//! The waste bank (bank sampah; 쓰레기은행): households bring sorted waste, the bank weighs it, and its worth becomes a
//! balance that they may withdraw. The bank sells to a collector and keeps a share.
//!
//! Source: Permen LHK 14/2021 (waste management at waste banks); the figures of Kauman (Yogyakarta) 2013.

mod addresses;
mod counter;
pub mod demo;
mod facts;
mod holders;
mod import;
mod office;
mod rules;
mod sort;
mod tables;

pub use facts::*;
pub use import::{ImportSummary, Problem, import};
pub use rules::{Refusal, WEIGHT_MAX};
pub use sort::SortCode;
pub use tables::*;

use crate::Livelihood;

kernel::deeds! { DEEDS:
    /// See sums of a bank: kilograms, cash, what is owed. Never a name.
    SeeSums "waste.see_sums" by Administrator, VillageOfficer, Teller, Auditor, PartnerReader;
    /// See members and their savings books.
    SeeMembers "waste.see_members" by Administrator, VillageOfficer, Teller, Auditor;
    /// Weigh, take in members, pay out, sell, move cash.
    KeepBooks "waste.keep_books" by Teller;
    /// Take an entry back.
    Reverse "waste.reverse" by Teller, VillageOfficer;
    /// Close a day or a month.
    Close "waste.close" by Teller, VillageOfficer;
    /// Open a bank; set sorts, prices, shares and rules of paying out.
    SetUp "waste.set_up" by Administrator, VillageOfficer;
}

impl journal::Reversing for Reverse {}

/// The bank as a livelihood.
pub static LIVELIHOOD: Livelihood =
    Livelihood { name: "waste", chapter: &CHAPTER, pages: &[&PAGES, &counter::PAGES, &office::PAGES] };

/// What the bank gives to the journal.
pub static CHAPTER: journal::Chapter = journal::Chapter {
    name: "waste",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: Some(tables::CHECK),
};

/// The words and deeds that both rooms of the bank share: the counter in `counter/`, the office in `office/`.
pub static PAGES: web::Pages =
    web::Pages { routes: |routes| routes, deeds: DEEDS, words: web::words!(), menu: &[] };
