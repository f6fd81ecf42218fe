//! The list of households, and one household.

pub(super) mod erase;
pub(super) mod import;

use askama::Template;
use journal::View;
use kernel::{Day, EntryId, HouseholdId, Permit, PersonId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Filled, Fragment, Frame, List, ListAsk, Listed, Query, Reply, SlotAt, Want};

use super::desk::{self, Naming, NewHousehold, NewPerson};
use super::names::{Names, Who, names};
use super::rules::{self, Refusal};
use super::tables::{self, Household, InHamlet};
use super::{HOUSEHOLD, KeepHouseholds, SeeHouseholds, path};
use crate::SeeVillage;
use crate::places::{self, Hamlet};

/// A hamlet by its name; its code where it has none.
fn hamlet_name(hamlets: &[Hamlet], place: &PlaceCode) -> String {
    hamlets
        .iter()
        .find(|hamlet| hamlet.place == *place)
        .map_or_else(|| place.to_string(), |hamlet| hamlet.name.clone())
}

/// `02` of `34.02.05.2003.07.02`
fn number_of(place: &PlaceCode) -> String {
    place.as_str().rsplit('.').next().unwrap_or_default().to_owned()
}

fn choices_of(hamlets: &[Hamlet]) -> Vec<Choice> {
    hamlets.iter().map(|hamlet| Choice::new(&hamlet.place, &hamlet.name)).collect()
}

// The slot on the page of a village ------------------------------------------------------------------------------------

#[derive(Serialize)]
struct InVillage {
    households: i64,
    hamlets: Vec<NamedCount>,
}

#[derive(Serialize)]
struct NamedCount {
    place: PlaceCode,
    name: String,
    households: i64,
}

#[derive(Template)]
#[template(path = "households/in_village.html")]
struct InVillagePart<'a> {
    frame: &'a Frame,
    village: &'a PlaceCode,
    sums: &'a InVillage,
    list: Listed,
}

/// How many households live where: sums only, for everyone.
pub(super) fn in_village(
    view: &mut View<'_, '_>,
    _: &Permit<SeeVillage>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let hamlets = places::hamlets(view, &at.village)?;
    let counted = tables::count_by_hamlet(view, &at.village)?;
    let count_of =
        |place: &PlaceCode| counted.iter().find(|it| it.hamlet == *place).map_or(0, |it| it.households);
    let mut rows: Vec<NamedCount> = hamlets
        .iter()
        .map(|hamlet| NamedCount {
            place: hamlet.place.clone(),
            name: hamlet.name.clone(),
            households: count_of(&hamlet.place),
        })
        .collect();
    let unnamed = counted.iter().filter(|it| !hamlets.iter().any(|hamlet| hamlet.place == it.hamlet));
    rows.extend(unnamed.map(|InHamlet { hamlet, households }| NamedCount {
        name: hamlet.to_string(),
        place: hamlet.clone(),
        households: *households,
    }));
    let sums = InVillage { households: rows.iter().map(|row| row.households).sum(), hamlets: rows };
    let list = List::new("hamlets")
        .column("hamlet", "households-hamlet", |row: &NamedCount| row.name.clone())
        .column("households", "households-count", |row: &NamedCount| row.households)
        .summed()
        .plain()
        .of(&sums.hamlets, &ListAsk::default(), frame, Want::Html);
    let part = InVillagePart { frame, village: &at.village, sums: &sums, list };
    Ok(Some(Fragment::new("households", &part, &sums)?))
}

// The list --------------------------------------------------------------------------------------------------------------

#[derive(Default, Deserialize)]
pub(super) struct HouseholdsAsk {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
    page: Option<String>,
    /// The code of a hamlet.
    hamlet: Option<String>,
}

struct Line {
    household: Household,
    village: PlaceCode,
    name: Option<String>,
    hamlet: String,
}

fn list_of_households() -> List<Line> {
    List::new("households")
        .column("name", "households-head", |line: &Line| line.name.clone())
        .link(|line| path(&line.village, line.household.household))
        .column("hamlet", "households-hamlet", |line: &Line| line.hamlet.clone())
        .column("rt", "households-rt", |line: &Line| line.household.rt.as_ref().map(number_of))
        .column("since", "households-since", |line: &Line| line.household.since)
}

#[derive(Template)]
#[template(path = "households/list.html")]
struct ListPage {
    frame: Frame,
    list: Listed,
    village: PlaceCode,
    village_name: String,
    hamlets: Vec<Choice>,
    hamlet: String,
    q: String,
}

pub(super) async fn list(cx: Cx<SeeHouseholds>, Query(ask): Query<HouseholdsAsk>) -> Reply {
    let village = cx.place().clone();
    let at = village.clone();
    let read = cx.read(move |view| {
        let name = places::require_village(view, &at)?;
        Ok((name, places::hamlets(view, &at)?, tables::list(view, &at)?, names(view)?))
    });
    let (village_name, hamlets, mut households, names) = read.await?;
    let hamlet = ask.hamlet.unwrap_or_default();
    households.retain(|household| hamlet.is_empty() || household.hamlet.as_str() == hamlet);
    let asked = ListAsk { q: ask.q, sort: ask.sort, page: ask.page };
    let found = arranged(households, &hamlets, &names, &asked);
    let (skip, take) = asked.window(cx.want);
    let window = found.iter().skip(skip as usize).take(usize::try_from(take).unwrap_or(usize::MAX));
    let lines: Vec<Line> = window
        .map(|household| Line {
            name: names.household(household.household).map(str::to_owned),
            hamlet: hamlet_name(&hamlets, &household.hamlet),
            village: village.clone(),
            household: household.clone(),
        })
        .collect();
    let list = list_of_households().slice(&lines, found.len(), &asked);
    cx.list(list, |frame, list| ListPage {
        frame,
        list,
        village,
        village_name,
        hamlets: choices_of(&hamlets),
        hamlet,
        q: asked.q,
    })
}

/// Those that are searched for, in the order that is asked for; by name where none is, the best fit first.
fn arranged(households: Vec<Household>, hamlets: &[Hamlet], names: &Names, ask: &ListAsk) -> Vec<Household> {
    let who = |household: &Household| Who::Household(household.household);
    let wanted = ask.q.trim();
    let mut found: Vec<(u8, Household)> = households
        .into_iter()
        .filter_map(|household| {
            let fit = if wanted.is_empty() { Some(0) } else { names.fit(who(&household), wanted) };
            Some((fit?, household))
        })
        .collect();
    found.sort_by(|(_, a), (_, b)| names.plain(who(a)).cmp(names.plain(who(b))));
    match ask.order() {
        Some(("hamlet", _)) => {
            found.sort_by_cached_key(|(_, it)| crate::sheet::plain_text(&hamlet_name(hamlets, &it.hamlet)))
        }
        Some(("rt", _)) => found.sort_by_key(|(_, it)| it.rt.as_ref().map(number_of)),
        Some(("since", _)) => found.sort_by_key(|(_, it)| it.since),
        Some(_) => {}
        None => found.sort_by_key(|(fit, _)| *fit),
    }
    if ask.order().is_some_and(|(_, down)| down) {
        found.reverse();
    }
    found.into_iter().map(|(_, household)| household).collect()
}

// Registering -----------------------------------------------------------------------------------------------------------

#[derive(Default, Clone, Serialize, Deserialize)]
pub(super) struct RegisterAsk {
    /// Made with the form; it also becomes the id of the household.
    id: Option<EntryId>,
    head: String,
    #[serde(default)]
    card: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    hamlet: String,
    #[serde(default)]
    rt: String,
    day: Option<Day>,
}

#[derive(Template)]
#[template(path = "households/new.html")]
struct NewPage {
    frame: Frame,
    village: PlaceCode,
    village_name: String,
    hamlets: Vec<Choice>,
    typed: RegisterAsk,
}

async fn new_page(
    cx: &Cx<KeepHouseholds>,
    typed: RegisterAsk,
) -> Result<impl FnOnce(Frame) -> NewPage, Stop> {
    let village = cx.place().clone();
    let at = village.clone();
    let read = cx.read(move |view| Ok((places::require_village(view, &at)?, places::hamlets(view, &at)?)));
    let (village_name, hamlets) = read.await?;
    Ok(move |frame| NewPage { frame, village, village_name, hamlets: choices_of(&hamlets), typed })
}

pub(super) async fn new(cx: Cx<KeepHouseholds>) -> Reply {
    let page = new_page(&cx, RegisterAsk { day: Some(cx.today), ..RegisterAsk::default() }).await?;
    cx.page(&(), page)
}

/// What a program learns of a household that it registered.
#[derive(Serialize)]
struct Registered {
    household: HouseholdId,
}

pub(super) async fn register(cx: Cx<KeepHouseholds>, Ask(ask): Ask<RegisterAsk>) -> Reply {
    let (permit, village, today, typed) = (cx.permit.clone(), cx.place().clone(), cx.today, ask.clone());
    let id = ask.id.unwrap_or_else(EntryId::new);
    let household = HouseholdId::from_bytes(id.to_bytes());
    let at = village.clone();
    let booked = cx.once(
        id,
        ask,
        move |work, ask| {
            places::require_village(work, &at)?;
            let Naming { head, card, phone } = Naming::read(&ask.head, &ask.card, &ask.phone)?;
            let (hamlet, rt) = desk::lives(work, &at, &ask.hamlet, &ask.rt)?;
            let day =
                rules::day(ask.day.unwrap_or(today), today).map_err(|refused| refused.in_field("day"))?;
            desk::register(
                work,
                &permit,
                &NewHousehold { household, village: at, hamlet, rt, head, card, phone, day },
            )
        },
        |_| Ok(()),
    );
    match booked.await {
        Ok(()) => cx.saved_saying(
            path(&village, household),
            "households-done-registered",
            &Registered { household },
        ),
        Err(stop) => {
            let page = new_page(&cx, typed).await?;
            cx.again(stop, page)
        }
    }
}

// One household ---------------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct One {
    village: PlaceCode,
    village_name: String,
    #[serde(flatten)]
    household: Household,
    hamlet_name: String,
    /// Nothing when it was erased.
    head: Option<String>,
    card: Option<String>,
    phone: Option<String>,
    persons: Vec<Member>,
    #[serde(skip)]
    hamlets: Vec<Hamlet>,
    /// What later stages know of the household, by chapter.
    more: Filled,
}

#[derive(Serialize)]
struct Member {
    person: PersonId,
    name: Option<String>,
}

#[derive(Default, Clone, Serialize, Deserialize)]
pub(super) struct RenameAsk {
    id: Option<EntryId>,
    head: String,
    #[serde(default)]
    card: String,
    #[serde(default)]
    phone: String,
}

#[derive(Default, Clone, Serialize, Deserialize)]
pub(super) struct MoveAsk {
    id: Option<EntryId>,
    #[serde(default)]
    hamlet: String,
    #[serde(default)]
    rt: String,
    moved: Option<Day>,
}

#[derive(Default, Clone, Serialize, Deserialize)]
pub(super) struct CloseAsk {
    id: Option<EntryId>,
    closed: Option<Day>,
}

#[derive(Template)]
#[template(path = "households/one.html")]
struct OnePage<'a> {
    frame: Frame,
    one: &'a One,
    hamlets: Vec<Choice>,
    rename: RenameAsk,
    relocate: MoveAsk,
    close: CloseAsk,
    person: PersonAsk,
}

impl<'a> OnePage<'a> {
    fn new(frame: Frame, one: &'a One) -> OnePage<'a> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let today = Some(frame.today());
        OnePage {
            hamlets: choices_of(&one.hamlets),
            rename: RenameAsk {
                id: None,
                head: text(&one.head),
                card: text(&one.card),
                phone: text(&one.phone),
            },
            relocate: MoveAsk {
                id: None,
                hamlet: one.household.hamlet.to_string(),
                rt: one.household.rt.as_ref().map(number_of).unwrap_or_default(),
                moved: today,
            },
            close: CloseAsk { id: None, closed: today },
            person: PersonAsk::default(),
            frame,
            one,
        }
    }
    fn path(&self) -> String {
        path(&self.one.village, self.one.household.household)
    }
    fn number(&self, rt: &PlaceCode) -> String {
        number_of(rt)
    }
}

async fn read_one<D: kernel::Deed>(cx: &Cx<D>) -> Result<One, Stop> {
    let (village, household) = (cx.place().clone(), cx.param::<HouseholdId>("household")?);
    let slot = cx.slot(HOUSEHOLD, SlotAt { village: village.clone(), household: Some(household) });
    cx.read(move |view| {
        let village_name = places::require_village(view, &village)?;
        let known = tables::one(view, &village, household)?.ok_or(Refusal::NotFound)?;
        let (hamlets, names) = (places::hamlets(view, &village)?, names(view)?);
        let text = |text: Option<&str>| text.map(str::to_owned);
        let persons = tables::persons_of(view, &village, household)?;
        Ok(One {
            village_name,
            hamlet_name: hamlet_name(&hamlets, &known.hamlet),
            head: text(names.household(household)),
            card: text(names.card(household)),
            phone: text(names.phone(household)),
            persons: persons
                .iter()
                .map(|it| Member { person: it.person, name: text(names.person(it.person)) })
                .collect(),
            more: slot.fill(view)?,
            household: known,
            hamlets,
            village,
        })
    })
    .await
}

pub(super) async fn one(cx: Cx<SeeHouseholds>) -> Reply {
    let one = read_one(&cx).await?;
    cx.page(&one, |frame| OnePage::new(frame, &one))
}

/// After something happened to a household: its page, or its page again with the reason why not.
async fn after(
    cx: &Cx<KeepHouseholds>,
    booked: Result<(), Stop>,
    done: &str,
    typed: impl FnOnce(&mut OnePage<'_>),
) -> Reply {
    let one = read_one(cx).await?;
    match booked {
        Ok(()) => cx.saved_saying(path(&one.village, one.household.household), done, &one),
        Err(stop) => cx.again(stop, |frame| {
            let mut page = OnePage::new(frame, &one);
            typed(&mut page);
            page
        }),
    }
}

#[derive(Default, Clone, Serialize, Deserialize)]
pub(super) struct PersonAsk {
    /// Made with the form; it also becomes the id of the person.
    id: Option<EntryId>,
    name: String,
}

pub(super) async fn add_person(cx: Cx<KeepHouseholds>, Ask(ask): Ask<PersonAsk>) -> Reply {
    let (permit, village, household) =
        (cx.permit.clone(), cx.place().clone(), cx.param::<HouseholdId>("household")?);
    let (id, day, typed) = (ask.id.unwrap_or_else(EntryId::new), cx.today, ask.clone());
    let person = PersonId::from_bytes(id.to_bytes());
    let booked = cx.once(
        id,
        ask,
        move |work, ask| {
            tables::one(work, &village, household)?.ok_or(Refusal::NotFound)?;
            let (household, name) = (Some(household), ask.name);
            desk::register_person(work, &permit, NewPerson { person, village, household, name, day })
        },
        |_| Ok(()),
    );
    after(&cx, booked.await, "households-done-person", |page| page.person = typed).await
}

pub(super) async fn rename(cx: Cx<KeepHouseholds>, Ask(ask): Ask<RenameAsk>) -> Reply {
    let (permit, village, household) = (cx.permit.clone(), cx.place().clone(), cx.param("household")?);
    let typed = ask.clone();
    let booked = cx.once(
        ask.id.unwrap_or_else(EntryId::new),
        ask,
        move |work, ask| {
            let naming = Naming::read(&ask.head, &ask.card, &ask.phone)?;
            desk::rename(work, &permit, &village, household, naming)
        },
        |_| Ok(()),
    );
    after(&cx, booked.await, "households-done-renamed", |page| page.rename = typed).await
}

pub(super) async fn relocate(cx: Cx<KeepHouseholds>, Ask(ask): Ask<MoveAsk>) -> Reply {
    let (permit, village, household, today) =
        (cx.permit.clone(), cx.place().clone(), cx.param("household")?, cx.today);
    let typed = ask.clone();
    let booked = cx.once(
        ask.id.unwrap_or_else(EntryId::new),
        ask,
        move |work, ask| {
            let lives = desk::lives(work, &village, &ask.hamlet, &ask.rt)?;
            let day =
                rules::day(ask.moved.unwrap_or(today), today).map_err(|refused| refused.in_field("moved"))?;
            desk::relocate(work, &permit, &village, household, lives, day)
        },
        |_| Ok(()),
    );
    after(&cx, booked.await, "households-done-moved", |page| page.relocate = typed).await
}

pub(super) async fn close(cx: Cx<KeepHouseholds>, Ask(ask): Ask<CloseAsk>) -> Reply {
    let (permit, village, household, today) =
        (cx.permit.clone(), cx.place().clone(), cx.param("household")?, cx.today);
    let typed = ask.clone();
    let booked = cx.once(
        ask.id.unwrap_or_else(EntryId::new),
        ask,
        move |work, ask| {
            let day = rules::day(ask.closed.unwrap_or(today), today)
                .map_err(|refused| refused.in_field("closed"))?;
            desk::close(work, &permit, &village, household, day)
        },
        |_| Ok(()),
    );
    after(&cx, booked.await, "households-done-closed", |page| page.close = typed).await
}
