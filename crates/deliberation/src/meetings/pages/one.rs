//! One meeting: when and where, who was invited, what is discussed.

use askama::Template;
use cooperation::agreements::Cooperation;
use journal::View;
use kernel::{BookId, Deed, EntryId, Names, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Cx, Filled, Frame, Reply, Slot, SlotAt};

use super::call::{Around, CallAsk, CallForm};
use super::list::require_place;
use crate::meetings::{
    AgendaItem, AgendaItemPut, CallMeetings, Meeting, Refusal, SeeMeetings, rules, tables,
};

#[derive(Serialize)]
pub(crate) struct Whole {
    meeting: Meeting,
    place_name: String,
    agenda: Vec<AgendaItem>,
    /// The names of the parties that were invited.
    invited: Vec<Names>,
    cooperation: Option<Cooperation>,
    #[serde(skip)]
    around: Around,
    /// What later features know of it.
    more: Filled,
}

/// What the form about an item of the agenda says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ItemAsk {
    id: EntryId,
    #[serde(default)]
    item_id: String,
    #[serde(default)]
    item_ko: String,
    #[serde(default)]
    item_en: String,
}

#[derive(Default)]
struct Typed {
    item: Option<ItemAsk>,
    call: Option<CallAsk>,
}

/// What stands in the forms.
struct Shown {
    item: ItemAsk,
    /// Whether the call is what was refused.
    is_called: bool,
}

fn read(view: &mut View<'_, '_>, place: &PlaceCode, meeting: BookId, slot: &Slot) -> Result<Whole, Stop> {
    let meeting = tables::meeting(view, place, meeting)?.ok_or(Refusal::NoMeeting)?;
    let around = Around::read(view, place)?;
    let names = |party| around.parties.iter().find(|it| it.party == party).map(|it| it.names.clone());
    Ok(Whole {
        place_name: require_place(view, place)?,
        agenda: tables::agenda(view, place, meeting.meeting)?,
        invited: meeting.parties.iter().filter_map(|party| names(*party)).collect(),
        cooperation: around
            .cooperations
            .iter()
            .find(|it| Some(it.cooperation) == meeting.cooperation)
            .cloned(),
        more: slot.fill(view)?,
        meeting,
        around,
    })
}

fn slot<D: Deed>(cx: &Cx<D>) -> Slot {
    let at = SlotAt { village: cx.place().clone(), book: Some(cx.book()), household: None, instrument: None };
    cx.slot(crate::MEETING, at)
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Whole, Stop> {
    let (place, meeting, slot) = (cx.place().clone(), cx.book(), slot(cx));
    cx.read(move |view| read(view, &place, meeting, &slot)).await
}

#[derive(Template)]
#[template(path = "meetings/pages/one.html")]
struct OnePage<'a> {
    page: &'a Whole,
    form: CallForm,
    typed: Shown,
    frame: Frame,
}

impl<'a> OnePage<'a> {
    fn new(frame: Frame, page: &'a Whole, typed: Typed) -> OnePage<'a> {
        let is_called = typed.call.is_some();
        let form =
            CallForm::new(&frame, &page.around, typed.call.unwrap_or_else(|| CallAsk::of(&page.meeting)));
        let empty = String::new;
        let blank = || ItemAsk { id: EntryId::new(), item_id: empty(), item_ko: empty(), item_en: empty() };
        let typed = Shown { item: typed.item.unwrap_or_else(blank), is_called };
        OnePage { page, form, typed, frame }
    }
    fn kind(&self) -> String {
        self.frame.say(format!("meetings-kind-{}", self.page.meeting.kind)).to_string()
    }
    fn when(&self) -> String {
        super::when(&self.frame, &self.page.meeting)
    }
}

pub(crate) async fn one(cx: Cx<SeeMeetings>) -> Reply {
    let whole = found(&cx).await?;
    cx.page(&whole, |frame| OnePage::new(frame, &whole, Typed::default()))
}

pub(crate) async fn call_anew(cx: Cx<CallMeetings>, Ask(ask): Ask<CallAsk>) -> Reply {
    let (permit, place, meeting, lang) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.lang.code());
    let (here, slot) = (place.clone(), slot(&cx));
    let called = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                tables::meeting(work, &place, meeting)?.ok_or(Refusal::NoMeeting)?;
                ask.book(work, &permit, (place, meeting), lang)
            },
            move |view| read(view, &here, meeting, &slot),
        )
        .await;
    after(&cx, called, "meetings-done-called-anew", Typed { call: Some(ask), item: None }).await
}

pub(crate) async fn put(cx: Cx<CallMeetings>, Ask(ask): Ask<ItemAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let (here, slot) = (place.clone(), slot(&cx));
    let put = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                tables::meeting(work, &place, meeting)?.ok_or(Refusal::NoMeeting)?;
                let agenda = tables::agenda(work, &place, meeting)?;
                let position = agenda.last().map_or(0, |last| last.position) + 1;
                let names = Names { id: ask.item_id, ko: ask.item_ko, en: ask.item_en };
                let item = AgendaItemPut { place, meeting, position, names };
                let item =
                    rules::put(item, agenda.len()).map_err(|refused| match refused.field.as_deref() {
                        Some("name_id") => refused.in_field("item_id"),
                        _ => refused,
                    })?;
                work.record(&permit, &item)?;
                Ok(())
            },
            move |view| read(view, &here, meeting, &slot),
        )
        .await;
    after(&cx, put, "meetings-done-put", Typed { item: Some(ask), call: None }).await
}

/// The page with what was saved or, with what was typed, why it was not.
async fn after(
    cx: &Cx<CallMeetings>,
    done: Result<Whole, Stop>,
    saying: &'static str,
    typed: Typed,
) -> Reply {
    match done {
        Ok(whole) => cx.saved_saying(whole.meeting.path(""), saying, &whole),
        Err(stop) => {
            let whole = found(cx).await?;
            cx.again(stop, |frame| OnePage::new(frame, &whole, typed))
        }
    }
}
