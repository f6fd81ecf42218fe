//! Registering a household.

use askama::Template;
use kernel::{Day, EntryId, HouseholdId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Reply};

use super::super::desk::{self, Naming, NewHousehold};
use super::super::{KeepHouseholds, path, rules};
use super::choices_of;
use crate::places;

#[derive(Default, Clone, Serialize, Deserialize)]
pub(in crate::households) struct RegisterAsk {
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

pub(in crate::households) async fn new(cx: Cx<KeepHouseholds>) -> Reply {
    let page = new_page(&cx, RegisterAsk { day: Some(cx.today), ..RegisterAsk::default() }).await?;
    cx.page(&(), page)
}

/// What a program learns of a household that it registered.
#[derive(Serialize)]
struct Registered {
    household: HouseholdId,
}

pub(in crate::households) async fn register(cx: Cx<KeepHouseholds>, Ask(ask): Ask<RegisterAsk>) -> Reply {
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
            let day = rules::day(ask.day, today, "day")?;
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
