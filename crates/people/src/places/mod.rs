//! Places: the national list of codes down to the village, and below it the hamlets (padukuhan) and neighbourhoods (RT)
//! that the village itself names.
//!
//! The list is official and lies in a table of its own, loaded from its file; that it was loaded is a fact. Hamlets have
//! no official names, so their names are facts.

mod facts;
mod index;
mod pages;
mod regions;
mod rules;
mod tables;

use journal::Chapter;
use kernel::PlaceCode;
use web::{MenuEntry, Pages, Routes};

pub use facts::{Fact, HamletNamed, NeighbourhoodNamed, RegionsImported};
pub use index::{Hit, Part, find};
pub use regions::{RegionsSummary, import_regions};
pub use rules::{Refusal, below, name_hamlet};
pub use tables::{
    Hamlet, Source, full_name, hamlets, neighbourhoods, parents, require_village, source, village_name,
};

kernel::deeds! { DEEDS:
    /// Search the national list of places.
    SeePlaces "people.see_places" by Public;
    /// See a village: its hamlets and sums, never a name of a person.
    SeeVillage "people.see_village" by Public;
    /// Name hamlets and neighbourhoods.
    NamePlaces "people.name_places" by Administrator, VillageOfficer;
    /// Load the national list of places.
    ImportRegions "people.import_regions" by Administrator;
}

/// The slot on the page of a village: later stages show there what they have in it.
pub const VILLAGE: &str = "village";

/// Places, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "places",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: include_str!("local.sql"),
    local_kept: &["region", "region_source"],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Places, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: MENU };

const MENU: &[MenuEntry] =
    &[MenuEntry::new::<SeeVillage>("places-menu-village", |at| at.village.as_ref().map(village_path))];

fn routes(r: Routes) -> Routes {
    r.get("/", pages::home)
        .named("places-home")
        .get("/places", pages::search)
        .named("places-search")
        .get("/villages/{village}", pages::village)
        .named("places-village")
        .get("/villages/{village}/places", pages::hamlets)
        .named("places-hamlets")
        .post("/villages/{village}/places", pages::name)
        .named("places-name-one")
}

/// The address of the page of a village.
pub fn village_path(village: &PlaceCode) -> String {
    format!("/villages/{village}")
}
