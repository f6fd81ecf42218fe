//! What the pages of a village and of a cooperation show of their meetings.

use askama::Template;
use journal::View;
use kernel::{Date, Permit, PlaceCode, Stop};
use serde::Serialize;
use web::{Fragment, Frame, SlotAt};

use crate::meetings::{Meeting, SeeMeetings, tables};

#[derive(Template)]
#[template(path = "meetings/pages/slots.html")]
struct Part<'a> {
    frame: &'a Frame,
    count: usize,
    /// Title, address and date of the last one that has come.
    last: Option<(String, String, Date)>,
    path: String,
}

#[derive(Serialize)]
struct Data {
    meetings: usize,
    last: Option<Date>,
}

fn part(frame: &Frame, place: &PlaceCode, meetings: &[Meeting]) -> Result<Option<Fragment>, Stop> {
    let last = meetings.iter().find(|meeting| meeting.date.first() <= frame.today());
    let data = Data { meetings: meetings.len(), last: last.map(|meeting| meeting.date) };
    let lang = frame.lang.code();
    let last = last.map(|it| (it.names.named(lang).to_owned(), it.path(""), it.date));
    let part = Part { frame, count: meetings.len(), last, path: format!("/places/{place}/meetings") };
    Ok(Some(Fragment::new("meetings", &part, &data)?))
}

/// How many meetings a village had, on its page.
pub(crate) fn in_village(
    view: &mut View<'_, '_>,
    _: &Permit<SeeMeetings>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let meetings = tables::list(view, &at.village)?;
    part(frame, &at.village, &meetings)
}

/// How many meetings a cooperation had, on its page.
pub(crate) fn in_cooperation(
    view: &mut View<'_, '_>,
    _: &Permit<SeeMeetings>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(book) = at.book else { return Ok(None) };
    let meetings = tables::of_cooperation(view, book)?;
    part(frame, &at.village, &meetings)
}
