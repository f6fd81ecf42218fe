//! The live result for the wall.

use askama::Template;
use kernel::Stop;
use serde::Serialize;
use web::{Cx, Frame, Reply};

use crate::hall::{Hall, SeeHall, tables};
use crate::meetings::{self, Element, Meeting};
use crate::proposals::{self, Proposal};

#[derive(Serialize)]
struct Whole {
    meeting: Meeting,
    hall: Option<Hall>,
    joined: i64,
    by_element: Vec<(Element, i64)>,
    proposals: Vec<Proposal>,
}

#[derive(Template)]
#[template(path = "hall/pages/screen.html")]
struct ScreenPage<'a> {
    page: &'a Whole,
    frame: Frame,
}

pub(crate) async fn screen(cx: Cx<SeeHall>) -> Reply {
    let (place, meeting) = (cx.place().clone(), cx.book());
    let whole: Result<Whole, Stop> = cx
        .read(move |view| {
            let meeting = meetings::meeting(view, &place, meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
            Ok(Whole {
                hall: tables::hall(view, &place, meeting.meeting)?,
                joined: tables::joined(view, &place, meeting.meeting)?,
                by_element: tables::joined_by_element(view, &place, meeting.meeting)?,
                proposals: proposals::of_meeting(view, &place, meeting.meeting)?,
                meeting,
            })
        })
        .await;
    let whole = whole?;
    cx.page(&whole, |frame| ScreenPage { page: &whole, frame })
}
