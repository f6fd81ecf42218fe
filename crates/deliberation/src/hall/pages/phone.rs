//! The hall on a telephone: joining, and supporting proposals.

use std::collections::BTreeSet;

use askama::Template;
use journal::View;
use kernel::{BookId, Deed, EntryId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Query, Reply};

use super::voice_of;
use crate::hall::{Hall, JoinHall, Known, Refusal, SeeHall, VoiceJoined, rules, tables};
use crate::meetings::{self, Element, Meeting};
use crate::proposals::{self, Proposal, Support, SupportGiven, Voice};

/// The code that a telephone read from the wall or a slip.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct CodeAsk {
    #[serde(default)]
    code: String,
}

/// What the form of joining says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct JoinAsk {
    id: EntryId,
    #[serde(default)]
    code: String,
    #[serde(default)]
    element: Option<Element>,
}

/// Which proposal is supported.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SupportAsk {
    id: EntryId,
    proposal: EntryId,
}

#[derive(Serialize)]
struct Whole {
    meeting: Meeting,
    hall: Option<Hall>,
    has_joined: bool,
    proposals: Vec<Proposal>,
    /// Those that this telephone supports.
    mine: BTreeSet<EntryId>,
}

impl Whole {
    fn path(&self, page: &str) -> String {
        self.meeting.path(&format!("/hall{page}"))
    }
    fn is_open(&self) -> bool {
        self.hall.as_ref().is_some_and(|hall| hall.admission.is_some())
    }
}

fn read(
    view: &mut View<'_, '_>,
    place: &PlaceCode,
    meeting: BookId,
    voice: Option<&Voice>,
) -> Result<Whole, Stop> {
    let meeting = meetings::meeting(view, place, meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
    let (mut has_joined, mut mine) = (false, BTreeSet::new());
    if let Some(voice) = voice {
        has_joined = tables::has_joined(view, place, meeting.meeting, voice)?;
        mine = proposals::supported_by(view, place, voice)?;
    }
    Ok(Whole {
        hall: tables::hall(view, place, meeting.meeting)?,
        proposals: proposals::of_meeting(view, place, meeting.meeting)?,
        has_joined,
        mine,
        meeting,
    })
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Whole, Stop> {
    let (place, meeting, voice) = (cx.place().clone(), cx.book(), voice_of(cx));
    cx.read(move |view| read(view, &place, meeting, voice.as_ref())).await
}

#[derive(Template)]
#[template(path = "hall/pages/phone.html")]
struct PhonePage<'a> {
    page: &'a Whole,
    code: String,
    element: Option<Element>,
    elements: Vec<Choice>,
    frame: Frame,
}

impl<'a> PhonePage<'a> {
    fn new(frame: Frame, page: &'a Whole, code: String, element: Option<Element>) -> PhonePage<'a> {
        PhonePage { elements: crate::proposals::elements(&frame), page, code, element, frame }
    }
}

pub(crate) async fn phone(cx: Cx<SeeHall>, Query(ask): Query<CodeAsk>) -> Reply {
    let whole = found(&cx).await?;
    // The token comes before anything is asked for, so that a form that is sent twice comes from one voice.
    cx.with_device(cx.page(&whole, |frame| PhonePage::new(frame, &whole, ask.code, None)))
}

pub(crate) async fn join(cx: Cx<JoinHall>, Ask(ask): Ask<JoinAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let voice = voice_of(&cx).ok_or(Refusal::NoToken)?;
    let (here, own) = (place.clone(), voice.clone());
    let joined = cx
        .once(
            ask.id,
            (ask.clone(), voice),
            move |work, (ask, voice)| {
                meetings::meeting(work, &place, meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
                if tables::has_joined(work, &place, meeting, &voice)? {
                    return Ok(());
                }
                let hall = tables::hall(work, &place, meeting)?;
                let code = ask.code.trim().to_lowercase();
                let number = tables::number_of(work, &place, meeting, &code)?;
                let known = Known {
                    hall: hall.as_ref(),
                    joined: tables::joined(work, &place, meeting)?,
                    is_used: match number {
                        Some(number) if number > 0 => tables::is_used(work, &place, meeting, number)?,
                        _ => false,
                    },
                    number,
                };
                let fact = VoiceJoined { place, meeting, voice, slip: None, element: ask.element };
                work.record(&permit, &rules::join(fact, known)?)?;
                Ok(())
            },
            move |view| read(view, &here, meeting, Some(&own)),
        )
        .await;
    match joined {
        Ok(whole) => cx.saved_saying(whole.path(""), "hall-done-joined", &whole),
        Err(stop) => {
            let whole = found(&cx).await?;
            cx.again(stop, |frame| PhonePage::new(frame, &whole, ask.code, ask.element))
        }
    }
}

pub(crate) async fn support(cx: Cx<Support>, Ask(ask): Ask<SupportAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let voice = voice_of(&cx).ok_or(Refusal::NoToken)?;
    let (here, own) = (place.clone(), voice.clone());
    let supported = cx
        .once(
            ask.id,
            (ask, voice),
            move |work, (ask, voice)| {
                let whole = read(work, &place, meeting, Some(&voice))?;
                if !whole.is_open() {
                    return Err(Refusal::Closed.into());
                }
                if !whole.has_joined {
                    return Err(Refusal::NotJoined.into());
                }
                let of = whole.proposals.iter().find(|it| it.proposal == ask.proposal);
                let of = of.ok_or(Refusal::NotDiscussed)?;
                let has_support = whole.mine.contains(&of.proposal);
                let fact = SupportGiven { place, proposal: of.proposal, voice };
                work.record(&permit, &proposals::support(fact, of.state, has_support)?)?;
                Ok(())
            },
            move |view| read(view, &here, meeting, Some(&own)),
        )
        .await;
    match supported {
        Ok(whole) => cx.saved_saying(whole.path(""), "proposals-done-supported", &whole),
        Err(stop) => {
            let whole = found(&cx).await?;
            cx.again(stop, |frame| PhonePage::new(frame, &whole, String::new(), None))
        }
    }
}
