//! One household: what is known of it, and what may be changed: its name, where it lives, its members, its end.

use askama::Template;
use kernel::{Day, EntryId, HouseholdId, PersonId, PlaceCode, Stop};
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

pub(in crate::households) async fn one(cx: Cx<SeeHouseholds>) -> Reply {
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
pub(in crate::households) struct PersonAsk {
    /// Made with the form; it also becomes the id of the person.
    id: Option<EntryId>,
    name: String,
}

pub(in crate::households) async fn add_person(cx: Cx<KeepHouseholds>, Ask(ask): Ask<PersonAsk>) -> Reply {
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

pub(in crate::households) async fn rename(cx: Cx<KeepHouseholds>, Ask(ask): Ask<RenameAsk>) -> Reply {
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

pub(in crate::households) async fn relocate(cx: Cx<KeepHouseholds>, Ask(ask): Ask<MoveAsk>) -> Reply {
    let (permit, village, household, today) =
        (cx.permit.clone(), cx.place().clone(), cx.param("household")?, cx.today);
    let typed = ask.clone();
    let booked = cx.once(
        ask.id.unwrap_or_else(EntryId::new),
        ask,
        move |work, ask| {
            let lives = desk::lives(work, &village, &ask.hamlet, &ask.rt)?;
            let day = rules::day(ask.moved, today, "moved")?;
            desk::relocate(work, &permit, &village, household, lives, day)
        },
        |_| Ok(()),
    );
    after(&cx, booked.await, "households-done-moved", |page| page.relocate = typed).await
}

pub(in crate::households) async fn close(cx: Cx<KeepHouseholds>, Ask(ask): Ask<CloseAsk>) -> Reply {
    let (permit, village, household, today) =
        (cx.permit.clone(), cx.place().clone(), cx.param("household")?, cx.today);
    let typed = ask.clone();
    let booked = cx.once(
        ask.id.unwrap_or_else(EntryId::new),
        ask,
        move |work, ask| {
            let day = rules::day(ask.closed, today, "closed")?;
            desk::close(work, &permit, &village, household, day)
        },
        |_| Ok(()),
    );
    after(&cx, booked.await, "households-done-closed", |page| page.close = typed).await
}
