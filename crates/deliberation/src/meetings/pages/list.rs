//! The meetings of a place, and calling one.

use askama::Template;
use journal::View;
use kernel::{BookId, Deed, Fault, Level, PlaceCode, Stop};
use people::places;
use serde::Serialize;
use web::{Ask, BookAt, Cx, Frame, List, ListAsk, Listed, Query, Reply, Word};

use super::badge;
use super::call::{Around, CallAsk, CallForm};
use crate::meetings::{CallMeetings, Meeting, Refusal, SeeMeetings, State, rules, tables};

#[derive(Template)]
#[template(path = "meetings/pages/list.html")]
struct ListPage {
    frame: Frame,
    place: PlaceCode,
    name: String,
    list: Listed,
    form: CallForm,
}

/// A meeting with how it stands.
#[derive(Debug, Clone, Serialize)]
struct Line {
    #[serde(flatten)]
    meeting: Meeting,
    standing: State,
}

struct Found {
    name: String,
    meetings: Vec<Line>,
    around: Around,
}

/// The name of a place that may have meetings.
pub(crate) fn require_place(view: &mut View<'_, '_>, place: &PlaceCode) -> Result<String, Stop> {
    match place.level() {
        Level::World | Level::Country => Err(Refusal::NoPlace.into()),
        Level::Village => places::require_village(view, place),
        Level::Hamlet | Level::Neighbourhood => {
            let village = place.at(Level::Village).ok_or(Refusal::NoPlace)?;
            places::require_village(view, &village)?;
            let named = places::hamlets(view, &village)?;
            Ok(named
                .into_iter()
                .find(|it| it.place == *place)
                .map_or_else(|| place.to_string(), |it| it.name))
        }
        _ => Ok(places::village_name(view, place)?),
    }
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Found, Stop> {
    let (place, today) = (cx.place().clone(), cx.today);
    cx.read(move |view| {
        let name = require_place(view, &place)?;
        let ended = tables::ended(view, &place)?;
        let line = |meeting: Meeting| Line {
            standing: rules::state(meeting.date, ended.get(&meeting.meeting), today),
            meeting,
        };
        let meetings = tables::list(view, &place)?.into_iter().map(line).collect();
        Ok(Found { name, meetings, around: Around::read(view, &place)? })
    })
    .await
}

fn listed<D: Deed>(cx: &Cx<D>, meetings: &[Line], ask: &ListAsk) -> Listed {
    let lang = cx.lang.code();
    List::new("meetings")
        .column("date", "meetings-date", |line: &Line| line.meeting.date)
        .column("name", "meetings-name", move |line: &Line| line.meeting.names.named(lang).to_owned())
        .link(|line| line.meeting.path(""))
        .column("kind", "meetings-kind", |line| Word::new(format!("meetings-kind-{}", line.meeting.kind)))
        .column("venue", "meetings-venue", |line| line.meeting.venue.clone())
        .column("state", "meetings-state", |line| badge(line.standing))
        .of(meetings, ask, cx.voice(), cx.want)
}

pub(crate) async fn list(cx: Cx<SeeMeetings>, Query(ask): Query<ListAsk>) -> Reply {
    let Found { name, meetings, around } = found(&cx).await?;
    let (place, typed) = (cx.place().clone(), CallAsk::blank(cx.place()));
    cx.page_and_list(&meetings, listed(&cx, &meetings, &ask), |frame, list| {
        let form = CallForm::new(&frame, &around, typed);
        ListPage { frame, place, name, list, form }
    })
}

pub(crate) async fn call(cx: Cx<CallMeetings>, Ask(ask): Ask<CallAsk>) -> Reply {
    let meeting = BookId::from_bytes(ask.id.to_bytes());
    let (permit, place, lang) = (cx.permit.clone(), cx.place().clone(), cx.lang.code());
    let here = place.clone();
    let called = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                require_place(work, &place)?;
                ask.book(work, &permit, (place, meeting), lang)
            },
            move |view| tables::meeting(view, &here, meeting)?.ok_or_else(|| Refusal::NoMeeting.into()),
        )
        .await;
    match called {
        Ok(called) => cx.saved_saying(called.path(""), "meetings-done-called", &called),
        Err(stop) => {
            let Found { name, meetings, around } = found(&cx).await?;
            let (place, list) = (cx.place().clone(), listed(&cx, &meetings, &ListAsk::default()));
            cx.again(stop, |frame| {
                let form = CallForm::new(&frame, &around, ask);
                ListPage { frame, place, name, list, form }
            })
        }
    }
}

/// Every meeting of the site, as a book for which a role can be given: that of its secretary.
pub(crate) fn books(view: &mut View<'_, '_>) -> Result<Vec<BookAt>, Fault> {
    let named = |it: Meeting| BookAt {
        name: format!("{} ({})", it.names.named("id"), it.date),
        place: it.place,
        book: it.meeting,
    };
    Ok(tables::all(view)?.into_iter().map(named).collect())
}
