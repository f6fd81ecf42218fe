//! How a document comes to be attached: for the page of documents, and for every feature that wants evidence.

use journal::Work;
use kernel::{EntryId, Permit, Stop};
use serde::{Deserialize, Serialize};
use web::{Field, Frame, Sent};

use super::{About, DocumentAttached, KeepDocuments, Language, Refusal, check, tables};
use crate::agreements;

/// What a person says of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// What it is called; empty for the name of the file.
    #[serde(default)]
    pub title: String,
    /// The language that it is written in.
    #[serde(default)]
    pub language: Option<Language>,
    /// How many pages it has.
    #[serde(default)]
    pub pages: Option<u32>,
}

/// What a chooser of files offers first; what comes is looked at by its bytes.
const ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.webp,.tif,.tiff,.docx,.xlsx,.odt,.txt,.csv";

/// The field of a form that takes the file: the form needs `enctype="multipart/form-data"`, its handler `Attachment`.
pub fn file_field(frame: &Frame) -> Field {
    frame.field("file", "documents-file").file(ACCEPT).hint("documents-file-hint")
}

/// Attaches a file that was kept (`cx.keep`) to something of the cooperation that the permit is for. It is the next entry of the
/// request that is under way, so that the file and what it is evidence of are booked together or not at all: record that
/// first, then this.
pub fn attach(
    work: &mut Work<'_, '_>,
    permit: &Permit<KeepDocuments>,
    about: About,
    sent: Sent,
    caption: Caption,
) -> Result<EntryId, Stop> {
    let place = permit.scope().place.clone();
    let cooperation = permit.scope().book.ok_or(agreements::Refusal::NoCooperation)?;
    agreements::cooperation(work, &place, cooperation)?.ok_or(agreements::Refusal::NoCooperation)?;
    if let About::Entry(entry) = about
        && work.place_of(entry)?.is_none()
    {
        return Err(Refusal::NoEntry { entry: entry.to_string() }.into());
    }
    let papers = agreements::instruments(work, &place, cooperation)?;
    let known = tables::documents(work, &place, cooperation)?;
    let Sent { blob, name, opens } = sent;
    let Caption { title, language, pages } = caption;
    let fact = DocumentAttached {
        place,
        cooperation,
        about,
        sha256: blob.sha256,
        size: blob.size,
        media: blob.media.clone(),
        opens,
        name,
        title,
        language,
        pages,
    };
    work.record_with(permit, &check(fact, &papers, &known)?, &[blob])
}
