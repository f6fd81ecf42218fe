//! Slots: places on a page of an earlier stage that later stages fill. The earlier stage names the slot and knows nothing
//! of who fills it; a later one says in its routes what it puts there, and for whom:
//!
//! ```text
//! r.get("/villages/{village}/waste", banks).fill(people::VILLAGE, banks_of_the_village)
//! fn banks_of_the_village(view: &mut View<'_, '_>, permit: &Permit<SeeBanks>, frame: &Frame, at: &SlotAt) -> Result<Option<Fragment>, Stop>
//! ```

use std::sync::Arc;

use askama::Template;
use journal::View;
use kernel::{Actor, BookId, Deed, Fault, HouseholdId, InstrumentId, Permit, PlaceCode, Scope, Stop};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{Cx, Frame, Routes, Site};

/// What the page is about.
#[derive(Debug, Clone)]
pub struct SlotAt {
    /// The village, or the region where the page is about one.
    pub village: PlaceCode,
    /// The book, where the page is about one.
    pub book: Option<BookId>,
    /// The household, where the page is about one.
    pub household: Option<HouseholdId>,
    /// The paper of a cooperation, where the page is about one.
    pub instrument: Option<InstrumentId>,
}

/// A part of a page, as HTML and as data.
pub struct Fragment {
    /// Its name among the data: that of the chapter that fills the slot.
    pub name: &'static str,
    html: String,
    data: Value,
}

impl Fragment {
    /// A section of the page (it begins with an `h2`), and the same for programs.
    pub fn new(name: &'static str, html: &impl Template, data: &impl Serialize) -> Result<Fragment, Fault> {
        let html = html.render().map_err(|error| Fault::because("writing a part of a page", error))?;
        let data = serde_json::to_value(data).map_err(|error| Fault::because("writing JSON", error))?;
        Ok(Fragment { name, html, data })
    }
}

type Fill =
    dyn Fn(&mut View<'_, '_>, &Actor, &Frame, &SlotAt) -> Result<Option<Fragment>, Stop> + Send + Sync;

/// What one chapter puts into a slot.
#[derive(Clone)]
pub(crate) struct Filling {
    slot: &'static str,
    fill: Arc<Fill>,
}

/// Reads and writes a part of a page, for those who may do `D`; nothing when there is nothing to show.
pub type Filler<D> = fn(&mut View<'_, '_>, &Permit<D>, &Frame, &SlotAt) -> Result<Option<Fragment>, Stop>;

impl Routes {
    /// Puts something into a slot, for those who may do `D` in the village or book.
    pub fn fill<D: Deed>(mut self, slot: &'static str, fill: Filler<D>) -> Routes {
        let fill = move |view: &mut View<'_, '_>, actor: &Actor, frame: &Frame, at: &SlotAt| match actor
            .may::<D>(&Scope { place: at.village.clone(), book: at.book })
        {
            Ok(permit) => fill(view, &permit, frame, at),
            Err(_) => Ok(None),
        };
        self.fillings.push(Filling { slot, fill: Arc::new(fill) });
        self
    }
}

/// A slot of a page that is being made.
pub struct Slot {
    name: &'static str,
    at: SlotAt,
    actor: Actor,
    frame: Frame,
    site: Site,
}

impl<D: Deed> Cx<D> {
    /// A slot of this page; what fills it is read where the page is read.
    pub fn slot(&self, name: &'static str, at: SlotAt) -> Slot {
        let (actor, site) = (self.visit().actor.clone(), self.site().clone());
        Slot { name, at, actor, frame: self.frame(), site }
    }
}

impl Slot {
    /// Reads what later stages put here for this reader, in the order of the stages.
    pub fn fill(&self, view: &mut View<'_, '_>) -> Result<Filled, Stop> {
        let fillings = self.site.fillings.iter().filter(|filling| filling.slot == self.name);
        let parts = fillings.map(|filling| (filling.fill)(view, &self.actor, &self.frame, &self.at));
        Ok(Filled(parts.filter_map(Result::transpose).collect::<Result<_, Stop>>()?))
    }
}

/// What fills a slot: `{{ page.more }}` on the page, an object by chapter for programs.
#[derive(Default)]
pub struct Filled(Vec<Fragment>);

impl std::fmt::Display for Filled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|part| f.write_str(&part.html))
    }
}
impl askama::filters::HtmlSafe for Filled {}

impl Serialize for Filled {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let parts: Map<String, Value> =
            self.0.iter().map(|part| (part.name.to_owned(), part.data.clone())).collect();
        parts.serialize(to)
    }
}
