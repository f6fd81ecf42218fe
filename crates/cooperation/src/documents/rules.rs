//! What may be attached to what.

use kernel::Refused;

use super::facts::{About, DocumentAttached};
use super::tables::Document;
use crate::agreements::Instrument;

/// No title of a paper is longer.
const TITLE_MAX: usize = 200;
/// More pages than any paper has.
const PAGES_MAX: u32 = 10_000;

kernel::refusals! { Refusal:
    /// The cooperation has no such document, or it was taken back.
    404 "documents.no_document" NoDocument;
    /// The cooperation has no such paper.
    422 "documents.no_paper" NoPaper;
    /// More than anybody reads.
    422 "documents.too_long" TooLong { most: usize };
    /// No number of pages.
    422 "documents.pages_wrong" PagesWrong { most: i64 };
    /// The same file is attached there already.
    409 "documents.attached_before" AttachedBefore { title: String };
    /// Evidence for an entry that is not here.
    422 "documents.no_entry" NoEntry { entry: String };
}

/// Attaches a document in a cooperation that has these papers and documents. A title that is empty becomes the name of the file.
pub fn check(
    asked: DocumentAttached,
    papers: &[Instrument],
    known: &[Document],
) -> Result<DocumentAttached, Refused> {
    if let About::Paper(paper) = asked.about
        && papers.iter().all(|known| known.instrument != paper)
    {
        return Err(Refused::from(Refusal::NoPaper).in_field("about"));
    }
    let there = |known: &&Document| known.about == asked.about && known.sha256 == asked.sha256;
    if let Some(before) = known.iter().find(there) {
        let title = before.title.clone();
        return Err(Refused::from(Refusal::AttachedBefore { title }).in_field("file"));
    }
    if asked.pages.is_some_and(|pages| !(1..=PAGES_MAX).contains(&pages)) {
        return Err(Refused::from(Refusal::PagesWrong { most: i64::from(PAGES_MAX) }).in_field("pages"));
    }
    let said = asked.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = if said.is_empty() { asked.name.clone() } else { said };
    if title.chars().count() > TITLE_MAX {
        return Err(Refused::from(Refusal::TooLong { most: TITLE_MAX }).in_field("title"));
    }
    Ok(DocumentAttached { title, ..asked })
}
