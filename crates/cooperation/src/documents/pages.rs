//! The documents of a cooperation on its pages: as a part of another page, all of them, one.

pub(super) mod all;
pub(super) mod one;

use askama::Template;
use journal::View;
use kernel::{BookId, EntryId, Permit, PlaceCode, Stop};
use web::{Fragment, Frame, Opens, SlotAt};

use super::{About, Document, SeeDocuments, tables};

/// The address of the documents of a cooperation, or of a page behind it.
pub(super) fn path(place: &PlaceCode, book: BookId, page: &str) -> String {
    format!("/regions/{place}/cooperations/{book}/documents{page}")
}

impl Document {
    /// Whether it stands on a page as an image.
    fn is_image(&self) -> bool {
        self.opens == Opens::Shown && self.media.starts_with("image/")
    }
    /// Whether the browser's own viewer opens it.
    fn is_opened(&self) -> bool {
        self.opens == Opens::Shown && !self.is_image()
    }
}

/// How large a file is, in words: `1,206 KB`.
fn size(frame: &Frame, document: &Document) -> String {
    frame.say("documents-kilobytes").with("size", (document.size + 1023) / 1024).to_string()
}

/// Documents as a part of any page of a cooperation: `{{ part }}`, with an `h2` where it has a title.
#[derive(Template)]
#[template(path = "documents/pages/part.html")]
pub struct Part<'a> {
    frame: &'a Frame,
    documents: &'a [Document],
    /// Those whose file is not here.
    missing: Vec<EntryId>,
    /// The page of all documents, and what a new one there would be of.
    path: String,
    about: About,
}
impl askama::filters::HtmlSafe for Part<'_> {}

impl<'a> Part<'a> {
    /// The documents of one thing; who may attach sees the way to do it.
    pub fn new(
        view: &View<'_, '_>,
        frame: &'a Frame,
        (place, book): (&PlaceCode, BookId),
        about: About,
        documents: &'a [Document],
    ) -> Part<'a> {
        let is_gone = |document: &&Document| !view.holds(&document.sha256);
        let missing = documents.iter().filter(is_gone).map(|document| document.document).collect();
        Part { frame, documents, missing, path: path(place, book, ""), about }
    }
    fn size(&self, document: &Document) -> String {
        size(self.frame, document)
    }
    fn is_here(&self, document: &Document) -> bool {
        !self.missing.contains(&document.document)
    }
    fn file(&self, document: &Document) -> String {
        format!("{}/files/{}", self.path, document.sha256)
    }
}

#[derive(Template)]
#[template(path = "documents/pages/section.html")]
struct Section<'a> {
    frame: &'a Frame,
    part: Part<'a>,
}

/// What a slot shows: the documents of the cooperation.
pub(super) fn in_cooperation(
    view: &mut View<'_, '_>,
    _: &Permit<SeeDocuments>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    section(view, frame, at, About::Cooperation)
}

/// The same on the page of a paper: its scans.
pub(super) fn on_paper(
    view: &mut View<'_, '_>,
    _: &Permit<SeeDocuments>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    match at.instrument {
        Some(paper) => section(view, frame, at, About::Paper(paper)),
        None => Ok(None),
    }
}

fn section(
    view: &mut View<'_, '_>,
    frame: &Frame,
    at: &SlotAt,
    about: About,
) -> Result<Option<Fragment>, Stop> {
    let Some(book) = at.book else { return Ok(None) };
    let documents = tables::of(view, &at.village, book, about)?;
    let part = Part::new(view, frame, (&at.village, book), about, &documents);
    Ok(Some(Fragment::new("documents", &Section { frame, part }, &documents)?))
}
