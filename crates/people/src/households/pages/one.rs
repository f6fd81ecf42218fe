//! One household: what is known of it, and what may be changed: its name, where it lives, its members, its end.

use askama::Template;
use journal::Work;
use kernel::{Day, EntryId, HouseholdId, Permit, PersonId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Filled, Frame, Reply, SlotAt};

use super::super::desk::{self, Naming, NewPerson};
use super::super::names::names;
use super::super::rules::{self, Refusal};
use super::super::tables::{self, Household};
use super::super::{HOUSEHOLD, KeepHouseholds, SeeHouseholds, path};
use super::{choices_of, hamlet_name, number_of};
use crate::places::{self, Hamlet};

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
pub(in crate::households) struct RenameAsk {
    id: Option<EntryId>,
    head: String,
    #[serde(default)]
    card: String,
    #[serde(default)]
    phone: String,
}

#[derive(Default, Clone, Serialize, Deserialize)]
pub(in crate::households) struct MoveAsk {
    id: Option<EntryId>,
    #[serde(default)]
    hamlet: String,
    #[serde(default)]
    rt: String,
    moved: Option<Day>,
}

#[derive(Default, Clone, Serialize, Deserialize)]
pub(in crate::households) struct CloseAsk {
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
    let slot = cx.slot(
        HOUSEHOLD,
        SlotAt { village: village.clone(), book: None, household: Some(household), instrument: None },
    );
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

pub(in crate::households) async fn one(cx: Cx<SeeHouseholds>) -> Reply {
    let one = read_one(&cx).await?;
    cx.page(&one, |frame| OnePage::new(frame, &one))
}

/// A household that is to change, and who may change it.
struct Change {
    permit: Permit<KeepHouseholds>,
    village: PlaceCode,
    household: HouseholdId,
    today: Day,
}

/// Changes a household once, however often it is sent: then its page, or its page again with what was typed and why not.
async fn change<A: Clone + Serialize + Send + 'static>(
    cx: &Cx<KeepHouseholds>,
    (id, ask): (Option<EntryId>, A),
    done: &str,
    book: impl FnOnce(&mut Work<'_, '_>, &Change, A) -> Result<(), Stop> + Send + 'static,
    typed: impl FnOnce(&mut OnePage<'_>, A),
) -> Reply {
    let (permit, village, household) = (cx.permit.clone(), cx.place().clone(), cx.param("household")?);
    let at = Change { permit, village, household, today: cx.today };
    let id = id.unwrap_or_else(EntryId::new);
    let booked = cx.once(id, ask.clone(), move |work, ask| book(work, &at, ask), |_| Ok(())).await;
    let one = read_one(cx).await?;
    match booked {
        Ok(()) => cx.saved_saying(path(&one.village, one.household.household), done, &one),
        Err(stop) => cx.again(stop, |frame| {
            let mut page = OnePage::new(frame, &one);
            typed(&mut page, ask);
            page
        }),
    }
}

#[derive(Default, Clone, Serialize, Deserialize)]
pub(in crate::households) struct PersonAsk {
    /// Made with the form; it also becomes the id of the person.
    id: Option<EntryId>,
    name: String,
}

pub(in crate::households) async fn add_person(cx: Cx<KeepHouseholds>, Ask(ask): Ask<PersonAsk>) -> Reply {
    let id = ask.id.unwrap_or_else(EntryId::new);
    let book = move |work: &mut Work<'_, '_>, at: &Change, ask: PersonAsk| {
        tables::one(work, &at.village, at.household)?.ok_or(Refusal::NotFound)?;
        let new = NewPerson {
            person: PersonId::from_bytes(id.to_bytes()),
            village: at.village.clone(),
            household: Some(at.household),
            name: ask.name,
            day: at.today,
        };
        desk::register_person(work, &at.permit, new)
    };
    change(&cx, (Some(id), ask), "households-done-person", book, |page, ask| page.person = ask).await
}

pub(in crate::households) async fn rename(cx: Cx<KeepHouseholds>, Ask(ask): Ask<RenameAsk>) -> Reply {
    let book = |work: &mut Work<'_, '_>, at: &Change, ask: RenameAsk| {
        let naming = Naming::read(&ask.head, &ask.card, &ask.phone)?;
        desk::rename(work, &at.permit, &at.village, at.household, naming)
    };
    change(&cx, (ask.id, ask), "households-done-renamed", book, |page, ask| page.rename = ask).await
}

pub(in crate::households) async fn relocate(cx: Cx<KeepHouseholds>, Ask(ask): Ask<MoveAsk>) -> Reply {
    let book = |work: &mut Work<'_, '_>, at: &Change, ask: MoveAsk| {
        let lives = desk::lives(work, &at.village, &ask.hamlet, &ask.rt)?;
        let day = rules::day(ask.moved, at.today, "moved")?;
        desk::relocate(work, &at.permit, &at.village, at.household, lives, day)
    };
    change(&cx, (ask.id, ask), "households-done-moved", book, |page, ask| page.relocate = ask).await
}

pub(in crate::households) async fn close(cx: Cx<KeepHouseholds>, Ask(ask): Ask<CloseAsk>) -> Reply {
    let book = |work: &mut Work<'_, '_>, at: &Change, ask: CloseAsk| {
        let day = rules::day(ask.closed, at.today, "closed")?;
        desk::close(work, &at.permit, &at.village, at.household, day)
    };
    change(&cx, (ask.id, ask), "households-done-closed", book, |page, ask| page.close = ask).await
}
