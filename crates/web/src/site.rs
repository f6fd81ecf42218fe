//! What a site is made of: its journal, what each feature brings to the pages, and how it is set up.

use std::ops::Deref;
use std::sync::Arc;

use journal::{Context, Journal, View, Work};
use kernel::{BookId, Deed, DeedEntry, Fault, Instant, PlaceCode, Role, Scope, Stop};
use tokio::sync::{Semaphore, oneshot};

use crate::routes::{Route, Routes};
use crate::words::{IncompleteWords, Texts, Words};
use crate::{Formats, Lang};

/// What a feature brings to the pages; its manifest for the journal is `journal::Chapter`.
pub struct Pages {
    /// Its routes.
    pub routes: fn(Routes) -> Routes,
    /// Its deeds, for the matrix; made by `kernel::deeds!`.
    pub deeds: &'static [DeedEntry],
    /// Its sentences: `web::words!()`.
    pub words: Texts,
    /// Its entries in the menu.
    pub menu: &'static [MenuEntry],
}

/// An entry of the menu, shown to those who may do its deed.
pub struct MenuEntry {
    /// The key of its word.
    pub word: &'static str,
    /// Who sees it.
    pub by: &'static [Role],
    /// Where it leads from a place and a book; nowhere if it needs a village and there is none.
    pub path: fn(&MenuAt) -> Option<String>,
    /// Whose first page it is.
    pub first_of: Option<Role>,
}

/// Where a reader stands when the menu is drawn.
#[derive(Debug, Clone, Default)]
pub struct MenuAt {
    /// The village of the page; else the one that the reader's role, or the site, is for.
    pub village: Option<PlaceCode>,
    /// The book of the page, where it is one of that village.
    pub book: Option<BookId>,
}

impl MenuEntry {
    /// An entry for those who may do `D`.
    pub const fn new<D: Deed>(word: &'static str, path: fn(&MenuAt) -> Option<String>) -> MenuEntry {
        MenuEntry { word, by: D::BY, path, first_of: None }
    }
    /// The first page of those whose first role this is.
    pub const fn first_of(self, role: Role) -> MenuEntry {
        MenuEntry { first_of: Some(role), ..self }
    }
}

/// How a site is set up.
#[derive(Clone)]
pub struct Settings {
    /// What the site calls itself beside the name of the product, such as `Kalurahan Sumbermulyo`.
    pub title: String,
    /// The village that the site is for, when it is for one.
    pub home: Option<PlaceCode>,
    /// Minutes east of Greenwich where the site works: 420 in Yogyakarta.
    pub offset_minutes: i32,
    /// Whether the data is made up; every page says so.
    pub synthetic: bool,
    /// Whether people reach the site over TLS, as behind a proxy: cookies and HSTS depend on it.
    pub https: bool,
    /// Whether a proxy stands before the site, so that `X-Forwarded-For` tells the address of the person.
    pub behind_proxy: bool,
    /// Origins other than its own from which forms may come, such as `https://simpul.example`.
    pub origins: Vec<String>,
    /// The largest file that may be sent, in bytes.
    pub upload_max: u64,
    /// The largest attachment, in bytes.
    pub attachment_max: u64,
    /// The version of the program, for the page about it.
    pub version: &'static str,
    /// Where the source of the program can be had.
    pub source: &'static str,
    /// Tells the time. Tests set it.
    pub clock: Clock,
}

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// The clock of the machine.
pub fn machine_clock() -> Clock {
    Arc::new(|| {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Instant::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    })
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            title: String::new(),
            home: None,
            offset_minutes: 420,
            synthetic: false,
            https: false,
            behind_proxy: false,
            origins: Vec::new(),
            upload_max: 20 * 1024 * 1024,
            attachment_max: 100 * 1024 * 1024,
            version: env!("CARGO_PKG_VERSION"),
            source: "",
            clock: machine_clock(),
        }
    }
}

/// A site that can be served. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

/// The inside of a [`Site`].
pub struct Inner {
    /// Where facts are kept.
    pub journal: Journal,
    /// How it is set up.
    pub settings: Settings,
    /// Every sentence.
    pub words: Words,
    /// What the features bring.
    pub pages: Vec<&'static Pages>,
    /// Every route with its deed.
    pub(crate) routes: Vec<Route>,
    /// What stages put into the slots of earlier ones.
    pub(crate) fillings: Vec<crate::slot::Filling>,
    /// How to read the books that stages keep.
    pub(crate) books: Vec<crate::books::ListBooks>,
    /// Passwords are hashed two at a time: each takes 46 MiB of memory.
    pub(crate) hashing: Semaphore,
}

impl Deref for Site {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Site {
    /// Puts a site together. `web` adds its own pages: signing in, staff, about.
    pub fn new(
        journal: Journal,
        pages: &[&'static Pages],
        settings: Settings,
    ) -> Result<Site, IncompleteWords> {
        let pages: Vec<&'static Pages> =
            [&crate::about::PAGES, &crate::staff::PAGES].into_iter().chain(pages.iter().copied()).collect();
        let texts: Vec<Texts> = pages.iter().map(|pages| pages.words).collect();
        let words = Words::load(&texts)?;
        let unnamed: Vec<String> = pages
            .iter()
            .flat_map(|pages| pages.deeds)
            .map(|deed| deed_key(deed.name))
            .filter(|key| !words.has(key))
            .map(|key| format!("no sentence for {key}, which names a deed"))
            .collect();
        if !unnamed.is_empty() {
            return Err(IncompleteWords(unnamed));
        }
        Formats::of(Lang::default()); // built now, not by the first reader
        let Routes { list: routes, fillings, books, .. } = collect_routes(&pages);
        Ok(Site(Arc::new(Inner {
            journal,
            settings,
            words,
            pages,
            routes,
            fillings,
            books,
            hashing: Semaphore::new(2),
        })))
    }
    /// The sentences of a site with these pages, for a program that speaks before there is a site.
    pub fn texts(pages: &[&'static Pages]) -> Vec<Texts> {
        let own = [crate::about::PAGES.words, crate::staff::PAGES.words];
        own.into_iter().chain(pages.iter().map(|pages| pages.words)).collect()
    }
    /// Every route of the site with its deed: for the golden matrix and the OpenAPI document.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }
    /// Every deed of the site.
    pub fn deeds(&self) -> impl Iterator<Item = &'static DeedEntry> {
        self.pages.iter().flat_map(|pages| pages.deeds)
    }
    /// The roles that may do the deed with this name.
    pub(crate) fn roles_for(&self, deed: &str) -> &'static [Role] {
        let found = self.deeds().find(|entry| entry.name == deed);
        debug_assert!(found.is_some(), "there is no deed {deed}");
        found.map_or(&[], |entry| entry.by)
    }
    /// The time.
    pub fn now(&self) -> Instant {
        (self.settings.clock)()
    }
    pub(crate) fn router_of_pages(&self) -> axum::Router<Site> {
        collect_routes(&self.pages).router
    }
}

fn collect_routes(pages: &[&'static Pages]) -> Routes {
    pages.iter().fold(Routes::default(), |routes, pages| (pages.routes)(routes))
}

/// The key of the words that name a deed: `waste.keep_books` is named by `waste-deed-keep_books`.
pub fn deed_key(deed: &str) -> String {
    match deed.split_once('.') {
        Some((chapter, deed)) => format!("{chapter}-deed-{deed}"),
        None => format!("deed-{deed}"),
    }
}

/// Where the menu leads to from a scope.
pub(crate) fn menu_at(scope: &Scope, fallback: Option<PlaceCode>, path: &str) -> MenuAt {
    let here = scope.place.at(kernel::Level::Village);
    // The menu leads to books that a village keeps: a cooperation of a region is none, nor is a meeting of any place.
    let book = scope.book.filter(|_| here.is_some() && path.starts_with("/villages/"));
    MenuAt { village: here.or(fallback), book }
}

/// Reads on a thread of its own, so that no other request waits for the disk.
pub(crate) async fn read<T, F>(site: &Site, read: F) -> Result<T, Stop>
where
    T: Send + 'static,
    F: FnOnce(&mut View<'_, '_>) -> Result<T, Stop> + Send + 'static,
{
    let journal = site.journal.clone();
    apart(move || journal.read(read)).await
}

/// Does what waits for the disk on a thread of its own.
pub(crate) async fn apart<T, F>(work: F) -> Result<T, Stop>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Stop> + Send + 'static,
{
    let working = tokio::task::spawn_blocking(work);
    working.await.unwrap_or_else(|broken| Err(Fault::because("working for a page", broken).into()))
}

/// Writes in the one transaction that the writer makes of all that is queued, and waits without holding a thread.
pub(crate) async fn write<T, F>(site: &Site, context: Context, write: F) -> Result<T, Stop>
where
    T: Send + 'static,
    F: FnOnce(&mut Work<'_, '_>) -> Result<T, Stop> + Send + 'static,
{
    let (answer, waiting) = oneshot::channel();
    // The receiver is gone when the person closed the page; what was booked stays booked.
    site.journal.submit(context, write, move |result| drop(answer.send(result)));
    waiting.await.unwrap_or_else(|broken| Err(Fault::because("waiting for the writer", broken).into()))
}
