//! The documents of cooperations, as they follow from the facts.

use db::{FromRow, Row, Tx, row, sql};
use journal::{Blob, Entry, Fold, Folded, Hash};
use kernel::{BookId, EntryId, Fault, Instant, PlaceCode};
use serde::Serialize;
use web::{Opens, Sent};

use super::facts::{About, Fact, Language};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(Fact::DocumentAttached(it)) = Fact::read(entry)? else { return Ok(Folded::UnknownKind) };
    if !fold.turn.is_first() {
        let statement = sql!("UPDATE document SET undone = ?4 WHERE place = ?1 AND book = ?2 AND entry = ?3");
        fold.mark(statement, &it.place, it.cooperation)?;
        return Ok(Folded::Done);
    }
    sql!(
        "INSERT INTO document
         (place, book, entry, about, sha256, size, media, opens, name, title, language, pages, at, actor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT DO NOTHING"
    )
    .bind(&it.place)
    .bind(&it.cooperation)
    .bind(&entry.id)
    .bind(&it.about)
    .bind(&it.sha256)
    .bind(&(it.size as i64))
    .bind(&it.media)
    .bind(&it.opens)
    .bind(&it.name)
    .bind(&it.title)
    .bind(&it.language)
    .bind(&it.pages.map(i64::from))
    .bind(&entry.at)
    .bind(&entry.actor.to_string())
    .run(fold)?;
    Ok(Folded::Done)
}

row! {
    /// A document of a cooperation.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Document {
        /// The entry that attached it, which is its id.
        pub document: EntryId,
        /// What it is of.
        pub about: About,
        /// The hash of its bytes.
        pub sha256: Hash,
        /// Bytes.
        pub size: i64,
        /// What it is, by its bytes.
        pub media: String,
        /// What a browser does with it.
        pub opens: Opens,
        /// The name of the sender's file.
        pub name: String,
        /// What a person calls it.
        pub title: String,
        /// The language that it is in.
        pub language: Option<Language>,
        /// Pages.
        pub pages: Option<i64>,
        /// When it was attached.
        pub at: Instant,
        /// By whom, as the header has it.
        #[serde(skip)]
        pub actor: String,
    }
}

impl Document {
    /// As `Cx::send` takes it.
    pub(super) fn sent(&self) -> Sent {
        let blob = Blob { sha256: self.sha256, size: self.size as u64, media: self.media.clone() };
        Sent { blob, name: self.name.clone(), opens: self.opens }
    }
}

/// The documents of a cooperation that stand, the oldest first.
pub fn documents(tx: &mut Tx<'_>, place: &PlaceCode, book: BookId) -> Result<Vec<Document>, Fault> {
    sql!(
        "SELECT entry, about, sha256, size, media, opens, name, title, language, pages, at, actor FROM document
         WHERE place = ?1 AND book = ?2 AND undone IS NULL ORDER BY entry"
    )
    .bind(place)
    .bind(&book)
    .all(tx)
}

/// One document, if it stands.
pub fn document(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    book: BookId,
    entry: EntryId,
) -> Result<Option<Document>, Fault> {
    sql!(
        "SELECT entry, about, sha256, size, media, opens, name, title, language, pages, at, actor FROM document
         WHERE place = ?1 AND book = ?2 AND entry = ?3 AND undone IS NULL"
    )
    .bind(place)
    .bind(&book)
    .bind(&entry)
    .maybe(tx)
}

/// The documents of one thing in a cooperation: of a paper, or the evidence for an entry.
pub fn of(tx: &mut Tx<'_>, place: &PlaceCode, book: BookId, about: About) -> Result<Vec<Document>, Fault> {
    let all = documents(tx, place, book)?;
    Ok(all.into_iter().filter(|document| document.about == about).collect())
}

struct Kept(BookId, Document);

impl FromRow for Kept {
    fn from_row(row: &Row<'_>) -> Result<Kept, Fault> {
        Ok(Kept(row.get(12)?, Document::from_row(row)?))
    }
}

/// The documents of all cooperations of a region that stand, the oldest first.
pub fn documents_in_region(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<(BookId, Document)>, Fault> {
    let all = sql!(
        "SELECT entry, about, sha256, size, media, opens, name, title, language, pages, at, actor, book FROM document
         WHERE place = ?1 AND undone IS NULL ORDER BY entry"
    )
    .bind(place)
    .all::<Kept>(tx)?;
    Ok(all.into_iter().map(|Kept(book, document)| (book, document)).collect())
}
