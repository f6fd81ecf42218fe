//! Groups: the elements of a village's society that take part in something together (kelompok masyarakat): farmers'
//! groups, schools, PKK. Their names are no secret.

mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::{Fact, GroupNamed, Kind};
pub use rules::{Refusal, name_group};
pub use tables::{Group, list, one};

kernel::deeds! { DEEDS:
    /// See the groups of a village.
    SeeGroups "people.see_groups" by Public;
    /// Name groups.
    KeepGroups "people.keep_groups" by Administrator, VillageOfficer;
}

/// Groups, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "groups",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Groups, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/villages/{village}/groups", pages::list)
        .named("groups-list")
        .post("/villages/{village}/groups", pages::name)
        .named("groups-new")
        .fill(crate::VILLAGE, pages::in_village)
}
