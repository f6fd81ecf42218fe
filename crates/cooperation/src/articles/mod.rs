//! Articles (pasal; 조문): the text of a paper, article by article, in three languages side by side. Each change is a
//! version that says what it replaces and what it renders, so that two people who write at once lose nothing, and a
//! translation that lags behind is seen.

mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::*;
pub use rules::{Refusal, Text, judge, write};
pub use tables::{Judgement, Version, authentic, judgements, versions};
pub(crate) use tables::{as_words, from_words};

kernel::deeds! { DEEDS:
    /// Read the text of papers.
    SeeArticles "articles.see" by Public;
    /// Write, translate and check the text of papers.
    WriteArticles "articles.write" by Administrator, CooperationOfficer;
}

/// Articles, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "articles",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Articles, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/regions/{region}/cooperations/{book}/papers/{paper}/articles", pages::side_by_side)
        .named("articles-page")
        .post("/regions/{region}/cooperations/{book}/papers/{paper}/articles/authentic", pages::authentic)
        .named("articles-authentic-name")
        .get(
            "/regions/{region}/cooperations/{book}/papers/{paper}/articles/{article}/{tongue}",
            pages::cell::cell,
        )
        .named("articles-cell")
        .post(
            "/regions/{region}/cooperations/{book}/papers/{paper}/articles/{article}/{tongue}",
            pages::cell::write,
        )
        .named("articles-write")
        .post(
            "/regions/{region}/cooperations/{book}/papers/{paper}/articles/{article}/{tongue}/judge",
            pages::cell::judge,
        )
        .named("articles-judge")
        .fill(crate::PAPER, pages::in_paper)
}
