//! Agreed texts (naskah yang disepakati; 합의문): a text is frozen under a hash, and is agreed when each signatory party
//! has signed that hash. What is written afterwards is another version.

mod facts;
mod pages;
mod rules;
mod tables;

use journal::Chapter;
use web::{Pages, Routes};

pub use facts::*;
pub use rules::{Live, Refusal, canonical, freeze, sign};
pub use tables::{Frozen, Signature, frozen, live, signatures};

kernel::deeds! { DEEDS:
    /// See what was agreed, and who has signed.
    SeeAgreed "agreed.see" by Public;
    /// Freeze the text of a paper for signing.
    FreezeText "agreed.freeze" by Administrator, CooperationOfficer;
}

/// Agreed texts, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "agreed",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Agreed texts, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/regions/{region}/cooperations/{book}/papers/{paper}/agreed", pages::agreed)
        .named("agreed-page")
        .post("/regions/{region}/cooperations/{book}/papers/{paper}/agreed", pages::freeze)
        .named("agreed-freeze")
        .post("/regions/{region}/cooperations/{book}/papers/{paper}/agreed/sign", pages::sign)
        .named("agreed-sign")
        .fill(crate::PAPER, pages::in_paper)
}
