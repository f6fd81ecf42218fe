//! The books of a site, by name. A stage that keeps books says which ones there are, so that a role can be given for one
//! of them without copying its id: `r.get("/…", page).books(books_of_the_site)`.

use journal::View;
use kernel::{BookId, Fault, PlaceCode};
use serde::Serialize;

use crate::{Routes, Site};

/// A book and where it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookAt {
    /// Where.
    pub place: PlaceCode,
    /// The book.
    pub book: BookId,
    /// What people call it.
    pub name: String,
}

/// Reads all books of one kind, in the order in which a person looks for them.
pub type ListBooks = fn(&mut View<'_, '_>) -> Result<Vec<BookAt>, Fault>;

impl Routes {
    /// Adds books to those for which a role can be given.
    pub fn books(mut self, list: ListBooks) -> Routes {
        self.books.push(list);
        self
    }
}

impl Site {
    /// Every book, in the order of the stages.
    pub(crate) fn all_books(&self, view: &mut View<'_, '_>) -> Result<Vec<BookAt>, Fault> {
        let mut all = Vec::new();
        for list in &self.books {
            all.extend(list(view)?);
        }
        Ok(all)
    }
}
