//! Households (rumah tangga, KK) and persons. A household is a random id in a hamlet; its name, card number and
//! telephone are sealed with a key of its own and lie in no table: whoever destroys the key has erased the person, and
//! every sum stays.

mod desk;
mod facts;
mod import;
mod names;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use kernel::{HouseholdId, PlaceCode};
use web::{MenuEntry, Pages, Routes};

pub use desk::{
    Ground, Naming, NewHousehold, NewPerson, close, erase, lives, register, register_person, register_with,
    relocate, rename,
};
pub use facts::{
    Fact, HouseholdClosed, HouseholdMoved, HouseholdNamed, HouseholdRegistered, PersonNamed, PersonRegistered,
};
pub use import::{ImportAsk, ImportSummary, Mapping, NewHamlet, Plan, Planned, Problem, import, plan};
pub use names::{Found, Names, Who, names};
pub use rules::Refusal;
pub use tables::{
    Household, InHamlet, Person, count, count_by_hamlet, list, one, person, persons, persons_of,
};

kernel::deeds! { DEEDS:
    /// See households with their names.
    SeeHouseholds "people.see_households" by Administrator, VillageOfficer, Teller, Auditor;
    /// Register households and persons, name them, move them, close them, import them.
    KeepHouseholds "people.keep_households" by Administrator, VillageOfficer;
    /// Erase what is known of a person.
    Erase "people.erase" by Administrator;
}

/// The slot on the page of a household: later stages show there what the household has with them.
pub const HOUSEHOLD: &str = "household";

/// Households, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "households",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: Some(tables::forget),
    check: None,
};

/// Households, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: MENU };

const MENU: &[MenuEntry] =
    &[MenuEntry::new::<SeeHouseholds>("households-menu", |at| at.village.as_ref().map(list_path))];

fn routes(r: Routes) -> Routes {
    r.get("/villages/{village}/households", pages::list::list)
        .named("households-list")
        .post("/villages/{village}/households", pages::register::register)
        .named("households-register")
        .get("/villages/{village}/households/new", pages::register::new)
        .named("households-register")
        .get("/villages/{village}/households/import", pages::import::choose)
        .named("households-import")
        .post("/villages/{village}/households/import", pages::import::receive)
        .named("households-import")
        .get("/villages/{village}/households/import/{upload}", pages::import::preview)
        .named("households-import-preview")
        .post("/villages/{village}/households/import/{upload}", pages::import::book)
        .named("households-import")
        .get("/villages/{village}/households/import/{upload}/rejects", pages::import::rejects)
        .named("households-import-rejects")
        .get("/villages/{village}/households/{household}", pages::one::one)
        .named("households-one")
        .post("/villages/{village}/households/{household}/name", pages::one::rename)
        .named("households-rename")
        .post("/villages/{village}/households/{household}/move", pages::one::relocate)
        .named("households-move")
        .post("/villages/{village}/households/{household}/close", pages::one::close)
        .named("households-close")
        .get("/villages/{village}/households/{household}/erase", pages::erase::household_form)
        .named("households-erase")
        .post("/villages/{village}/households/{household}/erase", pages::erase::erase_household)
        .named("households-erase")
        .post("/villages/{village}/households/{household}/persons", pages::one::add_person)
        .named("households-add-person")
        .get("/villages/{village}/persons/{person}/erase", pages::erase::person_form)
        .named("households-erase")
        .post("/villages/{village}/persons/{person}/erase", pages::erase::erase_person)
        .named("households-erase")
        .fill(crate::VILLAGE, pages::village::in_village)
}

/// The address of the list of the households of a village.
pub fn list_path(village: &PlaceCode) -> String {
    format!("/villages/{village}/households")
}

/// The address of the page of a household.
pub fn path(village: &PlaceCode, household: HouseholdId) -> String {
    format!("/villages/{village}/households/{household}")
}
