//! What a site is made of, in the order in which the stages may depend on each other. A new stage is one line in
//! each of the two lists.

use std::sync::LazyLock;

use journal::Chapter;
use web::Pages;

static CHAPTERS: LazyLock<Vec<&Chapter>> = LazyLock::new(|| {
    let mut chapters = vec![&web::staff::CHAPTER];
    chapters.extend(people::CHAPTERS);
    chapters.extend(cooperation::CHAPTERS);
    chapters.extend(deliberation::CHAPTERS);
    chapters.extend(livelihood::chapters());
    chapters
});

/// What later stages count for the health of a cooperation: meetings, participation, money. Those that nobody counts are
/// shown as not recorded.
static HEALTH: &[cooperation::health::Source] = &[];

static PAGES: LazyLock<Vec<&Pages>> = LazyLock::new(|| {
    cooperation::health::listen(HEALTH);
    let mut pages = vec![&PROGRAM];
    pages.extend(people::PAGES);
    pages.extend(cooperation::PAGES);
    pages.extend(deliberation::PAGES);
    pages.extend(livelihood::pages());
    pages
});

/// The program's own sentences: what a database or a journal says when it fails, and the command line.
static PROGRAM: Pages = Pages { routes: |routes| routes, deeds: &[], words: web::words!(), menu: &[] };

/// What the journal folds.
pub fn chapters() -> &'static [&'static Chapter] {
    &CHAPTERS
}

/// What the pages show. `web` adds its own.
pub fn pages() -> &'static [&'static Pages] {
    &PAGES
}
