//! One meeting: when and where, who was invited, what is discussed.

use askama::Template;
use cooperation::agreements::Cooperation;
use journal::View;
use kernel::{BookId, Date, Day, Deed, EntryId, Names, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Filled, Frame, Reply, Slot, SlotAt, number};

use super::call::{Around, CallAsk, CallForm};
use super::list::require_place;
use crate::meetings::{
    AgendaItem, AgendaItemPut, CallMeetings, Ended, KeepMeetings, Meeting, MeetingEnded, Outcome, Refusal,
    SeeMeetings, State, rules, tables,
};

#[derive(Serialize)]
pub(crate) struct Whole {
    meeting: Meeting,
    place_name: String,
    agenda: Vec<AgendaItem>,
    /// The names of the parties that were invited.
    invited: Vec<Names>,
    cooperation: Option<Cooperation>,
    standing: State,
    ended: Option<Ended>,
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

/// What the form about the outcome says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct EndAsk {
    id: EntryId,
    outcome: Outcome,
    #[serde(default)]
    date: Option<Day>,
    /// Hours, with a decimal.
    #[serde(default)]
    hours: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    until: Option<Day>,
}

#[derive(Default)]
struct Typed {
    item: Option<ItemAsk>,
    end: Option<EndAsk>,
    call: Option<CallAsk>,
}

/// What stands in the forms.
struct Shown {
    item: ItemAsk,
    end: EndAsk,
    /// Whether the call is what was refused.
    is_called: bool,
}

fn read(
    view: &mut View<'_, '_>,
    place: &PlaceCode,
    meeting: BookId,
    today: Day,
    slot: &Slot,
) -> Result<Whole, Stop> {
    let meeting = tables::meeting(view, place, meeting)?.ok_or(Refusal::NoMeeting)?;
    let around = Around::read(view, place)?;
    let names = |party| around.parties.iter().find(|it| it.party == party).map(|it| it.names.clone());
    let ended = tables::ended(view, place)?.remove(&meeting.meeting);
    Ok(Whole {
        standing: rules::state(meeting.date, ended.as_ref(), today),
        ended,
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
    let (place, meeting, today, slot) = (cx.place().clone(), cx.book(), cx.today, slot(cx));
    cx.read(move |view| read(view, &place, meeting, today, &slot)).await
}

#[derive(Template)]
#[template(path = "meetings/pages/one.html")]
struct OnePage<'a> {
    page: &'a Whole,
    form: CallForm,
    typed: Shown,
    outcomes: Vec<Choice>,
    frame: Frame,
}

impl<'a> OnePage<'a> {
    fn new(frame: Frame, page: &'a Whole, typed: Typed) -> OnePage<'a> {
        let is_called = typed.call.is_some();
        let form =
            CallForm::new(&frame, &page.around, typed.call.unwrap_or_else(|| CallAsk::of(&page.meeting)));
        let empty = String::new;
        let blank = || ItemAsk { id: EntryId::new(), item_id: empty(), item_ko: empty(), item_en: empty() };
        let end = || EndAsk {
            id: EntryId::new(),
            outcome: Outcome::Held,
            date: None,
            hours: empty(),
            reason: empty(),
            until: None,
        };
        let typed =
            Shown { item: typed.item.unwrap_or_else(blank), end: typed.end.unwrap_or_else(end), is_called };
        let outcome =
            |outcome: &Outcome| Choice::new(outcome, frame.say(format!("meetings-state-{outcome}")));
        let outcomes = Outcome::ALL.iter().map(outcome).collect();
        OnePage { page, form, typed, outcomes, frame }
    }
    fn kind(&self) -> String {
        self.frame.say(format!("meetings-kind-{}", self.page.meeting.kind)).to_string()
    }
    /// What became of the meeting, in a sentence.
    fn standing(&self) -> String {
        let page = self.page;
        let say = |key: &str| self.frame.say(key).to_string();
        match page.standing {
            State::Called => say("meetings-is-called"),
            State::Unrecorded => say("meetings-is-unrecorded"),
            State::Held { date, minutes: None } => {
                self.frame.say("meetings-is-held").with("date", date).to_string()
            }
            State::Held { date, minutes: Some(minutes) } => {
                let hours = self.frame.formats().decimal(minutes * 10 / 60, 1, 1);
                self.frame.say("meetings-is-held-for").with("date", date).with("hours", hours).to_string()
            }
            State::Cancelled { date } => {
                let reason = page.ended.as_ref().map_or("", |ended| ended.reason.as_str());
                self.frame.say("meetings-is-cancelled").with("date", date).with("reason", reason).to_string()
            }
            State::Adjourned { date, until } => {
                let reason = page.ended.as_ref().map_or("", |ended| ended.reason.as_str());
                let said = self.frame.say("meetings-is-adjourned").with("date", date);
                said.with("until", until).with("reason", reason).to_string()
            }
        }
    }
    /// Whether it can decide something: it meets or has met.
    fn is_near(&self) -> bool {
        match self.page.standing {
            State::Cancelled { .. } => false,
            State::Called => self.page.meeting.date.first() <= self.frame.today(),
            State::Unrecorded | State::Held { .. } | State::Adjourned { .. } => true,
        }
    }
    fn is_open(&self) -> bool {
        !matches!(self.page.standing, State::Held { .. } | State::Cancelled { .. })
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
    let (here, today, slot) = (place.clone(), cx.today, slot(&cx));
    let called = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let called = tables::meeting(work, &place, meeting)?.ok_or(Refusal::NoMeeting)?;
                let ended = tables::ended(work, &place)?.remove(&meeting);
                if let State::Held { date, .. } = rules::state(called.date, ended.as_ref(), today) {
                    return Err(Refusal::HeldBefore { date }.into());
                }
                ask.book(work, &permit, (place, meeting), lang)
            },
            move |view| read(view, &here, meeting, today, &slot),
        )
        .await;
    after(&cx, called, "meetings-done-called-anew", Typed { call: Some(ask), ..Typed::default() }).await
}

pub(crate) async fn put(cx: Cx<CallMeetings>, Ask(ask): Ask<ItemAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let (here, today, slot) = (place.clone(), cx.today, slot(&cx));
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
            move |view| read(view, &here, meeting, today, &slot),
        )
        .await;
    after(&cx, put, "meetings-done-put", Typed { item: Some(ask), ..Typed::default() }).await
}

pub(crate) async fn end(cx: Cx<KeepMeetings>, Ask(ask): Ask<EndAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let (here, today, slot) = (place.clone(), cx.today, slot(&cx));
    let ended = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let called = tables::meeting(work, &place, meeting)?.ok_or(Refusal::NoMeeting)?;
                let ended = tables::ended(work, &place)?.remove(&meeting);
                let state = rules::state(called.date, ended.as_ref(), today);
                let EndAsk { outcome, date, hours, reason, until, .. } = ask;
                let minutes = match hours.trim() {
                    "" => None,
                    hours => Some(number::decimal("hours", hours, 2)? * 60 / 100),
                };
                let on_its_day = if outcome == Outcome::Held { called.date } else { today.into() };
                let date = date.map_or(on_its_day, Date::Day);
                let fact = MeetingEnded { place, meeting, outcome, date, minutes, reason, until };
                work.record(&permit, &rules::end(fact, &state, today)?)?;
                Ok(())
            },
            move |view| read(view, &here, meeting, today, &slot),
        )
        .await;
    after(&cx, ended, "meetings-done-ended", Typed { end: Some(ask), ..Typed::default() }).await
}

/// The page with what was saved or, with what was typed, why it was not.
async fn after<D: Deed>(cx: &Cx<D>, done: Result<Whole, Stop>, saying: &'static str, typed: Typed) -> Reply {
    match done {
        Ok(whole) => cx.saved_saying(whole.meeting.path(""), saying, &whole),
        Err(stop) => {
            let whole = found(cx).await?;
            cx.again(stop, |frame| OnePage::new(frame, &whole, typed))
        }
    }
}
