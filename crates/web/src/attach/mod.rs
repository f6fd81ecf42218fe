//! Files that are kept for ever (lampiran; 붙임): a scan, a photograph, a letter. They come as an [`Upload`], are looked at,
//! lie on the disk under their hash, and go out again with every door shut that a hostile one would try.

mod kind;
mod pdf;
mod send;

use std::io::{Read, Seek, SeekFrom};

use axum::extract::{FromRequest, Request};
use axum::response::Response;
use journal::Blob;
use kernel::{Deed, Refused, Stop};
use serde::{Deserialize, Serialize};

use crate::ask::Describe;
use crate::reply::Refusal;
use crate::routes::Asks;
use crate::{Cx, Site, Upload, Uploaded};

pub(crate) use send::AsItLies;
pub use send::Part;

kernel::named! {
    /// What a browser does with an attachment.
    pub enum Opens as "a way to open an attachment" {
        /// Shows it: an image, or a PDF in which nothing was found that acts.
        Shown "shown",
        /// Saves it, and never shows it.
        Saved "saved",
    }
}

/// A form with a file to be kept, as [`Upload`], up to `Settings::attachment_max`.
pub struct Attachment(pub Upload);

impl Describe for Attachment {
    fn describe(asks: &mut Asks) {
        asks.upload = true;
    }
}

impl FromRequest<Site> for Attachment {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Attachment, Response> {
        let too_large = |limit| Refusal::AttachmentTooLarge { limit };
        Upload::receive(request, site, (site.settings.attachment_max, too_large)).await.map(Attachment)
    }
}

/// A file that was taken in: on the disk, and not named by any entry yet. Whoever does not book it need not clean up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Its bytes, for `work.record_with`.
    pub blob: Blob,
    /// The name that the sender gave: a text to show, never a path.
    pub name: String,
    /// What a browser does with it.
    pub opens: Opens,
}

impl<D: Deed> Cx<D> {
    /// Looks at a file that was sent, by its bytes, and keeps it; `field` is where a refusal stands. Nothing stays of one
    /// that is refused.
    pub async fn keep(&self, file: Uploaded, field: &'static str) -> Result<Sent, Stop> {
        let blobs = self.site().journal.blobs();
        self.apart(move || {
            let mut content = file.content();
            let kind = kind::of(&mut content, &file.name)?
                .map_err(|refusal| Refused::from(refusal).in_field(field))?;
            let opens = match kind {
                kind::Kind::Pdf if pdf::acts(&mut content)? => Opens::Saved,
                other => other.opens(),
            };
            content.seek(SeekFrom::Start(0)).map_err(unreadable)?;
            let blob = blobs.keep(&mut content.by_ref(), kind.media())?;
            Ok(Sent { blob, name: file.name.clone(), opens })
        })
        .await
    }
}

fn unreadable(error: std::io::Error) -> kernel::Fault {
    kernel::Fault::because("reading a file that was sent", error)
}
