//! Searching places, the page of a village, naming its hamlets.

use askama::Template;
use kernel::{EntryId, PlaceCode, Refused};
use serde::{Deserialize, Serialize};
use web::{Ask, Cx, Filled, Frame, List, Listed, Query, Reply, SlotAt};

use super::index::{self, Hit};
use super::rules::{self, below};
use super::tables::{self, Hamlet, Source};
use super::{NamePlaces, SeePlaces, SeeVillage, VILLAGE};

/// So many places are shown; whoever finds more says more.
const HITS_MAX: usize = 50;

#[derive(Deserialize)]
pub(super) struct SearchAsk {
    #[serde(default)]
    find: String,
}

#[derive(Serialize)]
struct Search {
    find: String,
    total: usize,
    hits: Vec<Hit>,
    source: Option<Source>,
}

#[derive(Template)]
#[template(path = "places/search.html")]
struct SearchPage<'a> {
    frame: Frame,
    search: &'a Search,
}

impl SearchPage<'_> {
    fn level_key(&self, hit: &Hit) -> String {
        format!("places-level-{}", hit.level.name())
    }
    fn path(&self, hit: &Hit) -> Option<String> {
        (hit.level == kernel::Level::Village).then(|| super::village_path(&hit.code))
    }
}

/// The first page: that of the reader's role, else the village of the reader or of the site; where there is none, the search
/// for one.
pub(super) async fn home(cx: Cx<SeePlaces>) -> Reply {
    if let Some(path) = cx.visit().first_page() {
        return cx.go(&path);
    }
    let village = cx.visit().home();
    cx.go(&village.map_or_else(|| "/places".to_owned(), |village| super::village_path(&village)))
}

pub(super) async fn search(cx: Cx<SeePlaces>, Query(ask): Query<SearchAsk>) -> Reply {
    let search = cx.read(move |view| {
        let (hits, total) = index::find(view, &ask.find, HITS_MAX)?;
        Ok(Search { find: ask.find, total, hits, source: tables::source(view)? })
    });
    let search = search.await?;
    cx.page(&search, |frame| SearchPage { frame, search: &search })
}

#[derive(Serialize)]
struct Village {
    code: PlaceCode,
    name: String,
    full_name: String,
    hamlets: Vec<Hamlet>,
    /// What later stages have in the village, by chapter.
    more: Filled,
}

impl Village {
    /// Without the national list a village is called by its code.
    fn is_nameless(&self) -> bool {
        self.name == self.code.to_string()
    }
}

#[derive(Template)]
#[template(path = "places/village.html")]
struct VillagePage<'a> {
    frame: Frame,
    village: &'a Village,
}

pub(super) async fn village(cx: Cx<SeeVillage>) -> Reply {
    let code = cx.place().clone();
    let slot =
        cx.slot(VILLAGE, SlotAt { village: code.clone(), book: None, household: None, instrument: None });
    let village = cx.read(move |view| {
        Ok(Village {
            name: tables::require_village(view, &code)?,
            full_name: tables::full_name(view, &code)?,
            hamlets: tables::hamlets(view, &code)?,
            more: slot.fill(view)?,
            code,
        })
    });
    let village = village.await?;
    cx.page(&village, |frame| VillagePage { frame, village: &village })
}

#[derive(Serialize)]
struct Hamlets {
    code: PlaceCode,
    name: String,
    hamlets: Vec<Hamlet>,
    neighbourhoods: Vec<Hamlet>,
}

#[derive(Template)]
#[template(path = "places/hamlets.html")]
struct HamletsPage<'a> {
    frame: Frame,
    village: &'a Hamlets,
    list: Listed,
    typed: NameAsk,
}

fn list_of_hamlets() -> List<Hamlet> {
    List::new("hamlets")
        .column("place", "places-code", |place: &Hamlet| place.place.to_string())
        .column("name", "places-name", |place: &Hamlet| place.name.clone())
        .plain()
}

async fn read_hamlets(cx: &Cx<NamePlaces>) -> Result<Hamlets, kernel::Stop> {
    let code = cx.place().clone();
    cx.read(move |view| {
        Ok(Hamlets {
            name: tables::require_village(view, &code)?,
            hamlets: tables::hamlets(view, &code)?,
            neighbourhoods: tables::neighbourhoods(view, &code)?,
            code,
        })
    })
    .await
}

impl<'a> HamletsPage<'a> {
    fn new(cx: &Cx<NamePlaces>, frame: Frame, village: &'a Hamlets, typed: NameAsk) -> HamletsPage<'a> {
        let mut places: Vec<Hamlet> =
            village.hamlets.iter().chain(&village.neighbourhoods).cloned().collect();
        places.sort_by(|a, b| a.place.cmp(&b.place));
        let list = list_of_hamlets().of(&places, &Default::default(), cx.voice(), cx.want);
        HamletsPage { frame, village, list, typed }
    }
}

pub(super) async fn hamlets(cx: Cx<NamePlaces>) -> Reply {
    let village = read_hamlets(&cx).await?;
    let next = village
        .hamlets
        .iter()
        .filter_map(|hamlet| hamlet.place.as_str().rsplit('.').next()?.parse::<u32>().ok())
        .max();
    let typed = NameAsk { hamlet: (next.unwrap_or(0) + 1).to_string(), ..NameAsk::default() };
    cx.page(&village, |frame| HamletsPage::new(&cx, frame, &village, typed))
}

#[derive(Default, Clone, Serialize, Deserialize)]
pub(super) struct NameAsk {
    /// Made with the form; the same form sent twice is booked once.
    id: Option<EntryId>,
    /// Its number in the village.
    hamlet: String,
    /// Its number in the hamlet, when a neighbourhood is named.
    #[serde(default)]
    rt: String,
    name: String,
}

pub(super) async fn name(cx: Cx<NamePlaces>, Ask(ask): Ask<NameAsk>) -> Reply {
    let (permit, village, typed) = (cx.permit.clone(), cx.place().clone(), ask.clone());
    let named = cx.once(
        ask.id.unwrap_or_else(EntryId::new),
        ask,
        move |work, ask| {
            tables::require_village(work, &village)?;
            let hamlet = below(&village, &ask.hamlet).map_err(|refused| refused.in_field("hamlet"))?;
            let in_name = |refused: Refused| refused.in_field("name");
            if ask.rt.trim().is_empty() {
                let known = tables::hamlets(work, &village)?;
                work.record(&permit, &rules::name_hamlet(hamlet, &ask.name, &known).map_err(in_name)?)?;
            } else {
                let rt = below(&hamlet, &ask.rt).map_err(|refused| refused.in_field("rt"))?;
                work.record(&permit, &rules::name_neighbourhood(rt, &ask.name).map_err(in_name)?)?;
            }
            Ok(())
        },
        |_| Ok(()),
    );
    let named = named.await;
    let village = read_hamlets(&cx).await?;
    match named {
        Ok(()) => {
            cx.saved_saying(format!("/villages/{}/places", village.code), "places-done-named", &village)
        }
        Err(stop) => cx.again(stop, |frame| HamletsPage::new(&cx, frame, &village, typed)),
    }
}
