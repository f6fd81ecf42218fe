//! What happened to the documents of a cooperation.

use std::fmt;
use std::str::FromStr;

use journal::Hash;
use kernel::{BookId, EntryId, InstrumentId, PlaceCode};
use serde::{Deserialize, Serialize};
use web::Opens;

use super::KeepDocuments;

/// A file was attached. The header of its entry names the same hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAttached {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// What it is a document of.
    pub about: About,
    /// The hash of its bytes.
    pub sha256: Hash,
    /// How many bytes.
    pub size: u64,
    /// What it is, by its bytes: `application/pdf`.
    pub media: String,
    /// What a browser does with it.
    pub opens: Opens,
    /// The name that the sender's file had: a text to show, never a path.
    pub name: String,
    /// What a person calls it.
    pub title: String,
    /// The language that it is written in, where it is in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How many pages, where somebody counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
}

journal::facts! { Fact "documents":
    /// A file was attached.
    DocumentAttached "documents.attached/1" Open by KeepDocuments;
}

kernel::named! {
    /// The language of a document.
    pub enum Language as "a language of a document" {
        /// Indonesian.
        Indonesian "id",
        /// Korean.
        Korean "ko",
        /// English.
        English "en",
    }
}

/// What a document is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The cooperation as a whole.
    Cooperation,
    /// One of its papers.
    Paper(InstrumentId),
    /// Any entry of it: the obligation that it shows to be met, the minutes that it belongs to.
    Entry(EntryId),
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            About::Cooperation => f.write_str("cooperation"),
            About::Paper(paper) => write!(f, "paper:{paper}"),
            About::Entry(entry) => write!(f, "entry:{entry}"),
        }
    }
}

/// Text that says of nothing that it is documented.
#[derive(Debug, PartialEq, Eq)]
pub struct UnreadableAbout;

impl fmt::Display for UnreadableAbout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document is of a cooperation, a paper or an entry")
    }
}

impl FromStr for About {
    type Err = UnreadableAbout;
    fn from_str(text: &str) -> Result<About, UnreadableAbout> {
        let of = match text.split_once(':') {
            None if text == "cooperation" => Some(About::Cooperation),
            Some(("paper", id)) => id.parse().ok().map(About::Paper),
            Some(("entry", id)) => id.parse().ok().map(About::Entry),
            _ => None,
        };
        of.ok_or(UnreadableAbout)
    }
}

kernel::text_serde!(About);
kernel::text_column!(About: "what a document is of");
