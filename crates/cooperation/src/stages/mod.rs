//! Legal stages (tahap kerja sama; 법적 절차): the steps that a cooperation goes through in each country, whose turn it is,
//! and since when. A step is passed with its paper, or skipped with a reason; both stay visible.

mod facts;
mod pages;
mod procedure;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::*;
pub use procedure::{Step, procedure};
pub use rules::{Known, Refusal, Standing, StepState, pass, skip, standing};
pub use tables::{Done, done, done_in_region};

kernel::deeds! { DEEDS:
    /// See which step of the law a cooperation has reached.
    SeeStages "stages.see" by Public;
    /// Pass a step, or skip it.
    KeepStages "stages.keep" by CooperationOfficer;
}

/// Stages, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "stages",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Stages, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/regions/{region}/cooperations/{book}/stages", pages::stages)
        .named("stages-page")
        .post("/regions/{region}/cooperations/{book}/stages/pass", pages::pass)
        .named("stages-pass")
        .post("/regions/{region}/cooperations/{book}/stages/skip", pages::skip)
        .named("stages-skip")
        .fill(crate::COOPERATION, pages::in_cooperation)
}
