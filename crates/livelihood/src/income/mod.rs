//! The household ledger: what each household got, for each livelihood and month, cash apart from the value of what it
//! used at home, costs beside income. Livelihoods post to it while they fold; evaluation reads it and no livelihood.

mod pages;
mod tables;

pub use tables::*;

kernel::deeds! { DEEDS:
    /// See what a village, hamlet or livelihood brought. Never a name.
    SeeIncome "income.see_sums" by Administrator, VillageOfficer, Teller, Auditor, PartnerReader;
    /// See what each household got.
    SeeHouseholds "income.see_households" by Administrator, VillageOfficer, Auditor;
}

/// What the ledger gives to the journal: tables that livelihoods fill, and no fact of its own.
pub static CHAPTER: journal::Chapter = journal::Chapter {
    name: "income",
    kinds: &[],
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: |_, _| Ok(journal::Folded::UnknownKind),
    forget: None,
    check: None,
};

/// What the ledger gives to the pages.
pub static PAGES: web::Pages =
    web::Pages { routes: pages::routes, deeds: DEEDS, words: web::words!(), menu: pages::MENU };
