//! The desk of the secretary: opening and closing the hall, the code for the wall, the slips.

use askama::Template;
use journal::View;
use kernel::{BookId, EntryId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Reply, number};

use super::origin;
use crate::hall::{Admission, Hall, HallClosed, HallOpened, KeepHall, SlipsMade, rules, tables};
use crate::meetings::{self, Meeting};

/// What a form of the desk says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct DeskAsk {
    id: EntryId,
    #[serde(default)]
    entry: Option<Admission>,
    #[serde(default)]
    most: String,
    /// How many slips.
    #[serde(default)]
    count: String,
}

#[derive(Serialize)]
struct Whole {
    meeting: Meeting,
    hall: Option<Hall>,
    joined: i64,
    /// The code of the wall and those of the slips, by their number.
    codes: Vec<(i64, String)>,
}

impl Whole {
    fn path(&self, page: &str) -> String {
        self.meeting.path(&format!("/hall{page}"))
    }
    fn is_open(&self) -> bool {
        self.hall.as_ref().is_some_and(|hall| hall.admission.is_some())
    }
}

fn read(view: &mut View<'_, '_>, place: &PlaceCode, meeting: BookId) -> Result<Whole, Stop> {
    let meeting = meetings::meeting(view, place, meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
    Ok(Whole {
        hall: tables::hall(view, place, meeting.meeting)?,
        joined: tables::joined(view, place, meeting.meeting)?,
        codes: tables::codes(view, place, meeting.meeting)?,
        meeting,
    })
}

#[derive(Template)]
#[template(path = "hall/pages/desk.html")]
struct DeskPage<'a> {
    page: &'a Whole,
    origin: String,
    typed: DeskAsk,
    entries: Vec<Choice>,
    frame: Frame,
}

impl<'a> DeskPage<'a> {
    fn new(frame: Frame, page: &'a Whole, origin: String, typed: Option<DeskAsk>) -> DeskPage<'a> {
        let entry = |it: &Admission| Choice::new(it, frame.say(format!("hall-entry-{it}")));
        let blank = || DeskAsk {
            id: EntryId::new(),
            entry: Some(Admission::Free),
            most: "300".to_owned(),
            count: String::new(),
        };
        DeskPage {
            entries: Admission::ALL.iter().map(entry).collect(),
            typed: typed.unwrap_or_else(blank),
            page,
            origin,
            frame,
        }
    }
    fn link(&self, code: &str) -> String {
        format!("{}{}?code={code}", self.origin, self.page.path(""))
    }
    fn qr(&self, code: &str) -> String {
        web::qr::svg(&self.link(code), self.frame.say("hall-qr")).map(|qr| qr.to_string()).unwrap_or_default()
    }
    /// The code of the wall, where that opens the door.
    fn wall(&self) -> Option<&'a str> {
        let is_free = self.page.hall.as_ref().and_then(|hall| hall.admission) == Some(Admission::Free);
        let wall = self.page.codes.iter().find(|(number, _)| is_free && *number == 0);
        wall.map(|(_, code)| code.as_str())
    }
    fn slips(&self) -> Vec<&'a (i64, String)> {
        self.page.codes.iter().filter(|(number, _)| *number > 0).collect()
    }
}

pub(crate) async fn desk(cx: Cx<KeepHall>) -> Reply {
    let (place, meeting, origin) = (cx.place().clone(), cx.book(), origin(&cx));
    let whole = cx.read(move |view| read(view, &place, meeting)).await?;
    cx.page(&whole, |frame| DeskPage::new(frame, &whole, origin, None))
}

async fn after(cx: &Cx<KeepHall>, done: Result<Whole, Stop>, saying: &'static str, ask: DeskAsk) -> Reply {
    match done {
        Ok(whole) => cx.saved_saying(whole.path("/desk"), saying, &whole),
        Err(stop) => {
            let (place, meeting, origin) = (cx.place().clone(), cx.book(), origin(cx));
            let whole = cx.read(move |view| read(view, &place, meeting)).await?;
            cx.again(stop, |frame| DeskPage::new(frame, &whole, origin, Some(ask)))
        }
    }
}

pub(crate) async fn open(cx: Cx<KeepHall>, Ask(ask): Ask<DeskAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let here = place.clone();
    let opened = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                meetings::meeting(work, &place, meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
                let most = number::whole("most", &ask.most)?;
                let entry = ask.entry.unwrap_or(Admission::Free);
                tables::keep_code(work, &place, meeting, 0)?;
                work.record(&permit, &rules::open(HallOpened { place, meeting, entry, most })?)?;
                Ok(())
            },
            move |view| read(view, &here, meeting),
        )
        .await;
    after(&cx, opened, "hall-done-opened", ask).await
}

pub(crate) async fn close(cx: Cx<KeepHall>, Ask(ask): Ask<DeskAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let here = place.clone();
    let closed = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, _| {
                meetings::meeting(work, &place, meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
                work.record(&permit, &HallClosed { place, meeting })?;
                Ok(())
            },
            move |view| read(view, &here, meeting),
        )
        .await;
    after(&cx, closed, "hall-done-closed", ask).await
}

pub(crate) async fn hand_out(cx: Cx<KeepHall>, Ask(ask): Ask<DeskAsk>) -> Reply {
    let (permit, place, meeting) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let here = place.clone();
    let handed = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let whole = read(work, &place, meeting)?;
                let last = whole.codes.last().map_or(0, |(number, _)| *number);
                let (first, last) = rules::hand_out(number::whole("count", &ask.count)?, last)?;
                for slip in first..=last {
                    tables::keep_code(work, &place, meeting, slip)?;
                }
                work.record(&permit, &SlipsMade { place, meeting, first, last })?;
                Ok(())
            },
            move |view| read(view, &here, meeting),
        )
        .await;
    after(&cx, handed, "hall-done-handed-out", ask).await
}
