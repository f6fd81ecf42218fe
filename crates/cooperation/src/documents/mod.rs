//! Documents (berkas; 첨부 파일): scans and files of a cooperation, of one of its papers, or of any entry of it that they are
//! evidence for. The bytes are attachments of the journal; here stands what each is, and of what.
//!
//! Another feature attaches evidence in three lines: a [`file_field`] in its form, `let sent = cx.keep(file, "file").await?` in its
//! handler, [`attach`] inside `cx.once`; and it shows what there is with [`of`] and [`Part`].

mod attach;
mod facts;
mod pages;
mod rules;
mod tables;

use journal::{Chapter, Reversing};
use web::{Pages, Routes};

pub use attach::{Caption, attach, file_field};
pub use facts::*;
pub use pages::Part;
pub use rules::{Refusal, check};
pub use tables::{Document, document, documents, documents_in_region, of};

kernel::deeds! { DEEDS:
    /// See and save the documents of a cooperation.
    SeeDocuments "documents.see" by Public;
    /// Attach documents, take them back.
    KeepDocuments "documents.keep" by Administrator, CooperationOfficer;
}

impl Reversing for KeepDocuments {}

/// Documents, as the journal sees them.
pub static CHAPTER: Chapter = Chapter {
    name: "documents",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: "",
    local_kept: &[],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Documents, as a reader sees them.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/regions/{region}/cooperations/{book}/documents", pages::all::list)
        .named("documents-page")
        .post("/regions/{region}/cooperations/{book}/documents", pages::all::add)
        .named("documents-attach")
        .get("/regions/{region}/cooperations/{book}/documents/{document}", pages::one::one)
        .named("documents-one")
        .post("/regions/{region}/cooperations/{book}/documents/{document}/take-back", pages::one::take_back)
        .named("documents-take-back")
        .get("/regions/{region}/cooperations/{book}/documents/files/{sha256}", pages::one::file)
        .named("documents-file")
        .fill(crate::COOPERATION, pages::in_cooperation)
        .fill(crate::PAPER, pages::on_paper)
}
