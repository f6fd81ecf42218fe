//! How much is discussed (intensitas musyawarah; 논의의 밀도): meetings, hours, who came, and how long it takes from a decision
//! until it is done; of a place or a cooperation, for a period.

mod pages;
mod rules;

use web::{Pages, Routes};

pub use rules::{Figures, Seen, figures};

kernel::deeds! { DEEDS:
    /// See how much is discussed, in figures.
    SeeFigures "figures.see" by Public;
}

/// Figures, as a reader sees them. They follow from the tables of the other features and have no facts of their own.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/places/{place}/discussion", pages::of_place)
        .named("figures-of-place")
        .get("/regions/{region}/cooperations/{book}/discussion", pages::of_cooperation)
        .named("figures-of-cooperation")
}
