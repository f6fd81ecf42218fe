//! What the pages of a meeting and of a village show of proposals.

use askama::Template;
use journal::View;
use kernel::{Permit, PlaceCode, Stop};
use serde::Serialize;
use web::{Fragment, Frame, SlotAt};

use crate::proposals::{Proposal, SeeProposals, tables};

#[derive(Template)]
#[template(path = "proposals/pages/slots.html")]
struct Part<'a> {
    frame: &'a Frame,
    sentence: String,
    proposals: &'a [Proposal],
    place: &'a PlaceCode,
}

#[derive(Serialize)]
struct Data<'a> {
    count: usize,
    proposals: &'a [Proposal],
}

fn part(
    frame: &Frame,
    place: &PlaceCode,
    proposals: &[Proposal],
    key: &str,
) -> Result<Option<Fragment>, Stop> {
    let sentence = frame.say(key).with("count", proposals.len()).to_string();
    let (shown, count) = (&proposals[..proposals.len().min(20)], proposals.len());
    let part = Part { frame, sentence, proposals: shown, place };
    Ok(Some(Fragment::new("proposals", &part, &Data { count, proposals: shown })?))
}

/// What was put to the meeting, the one with the most voices first.
pub(crate) fn in_meeting(
    view: &mut View<'_, '_>,
    _: &Permit<SeeProposals>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(meeting) = at.book else { return Ok(None) };
    part(frame, &at.village, &tables::of_meeting(view, &at.village, meeting)?, "proposals-of-meeting")
}

/// What is open in a village.
pub(crate) fn in_village(
    view: &mut View<'_, '_>,
    _: &Permit<SeeProposals>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let mut open = tables::list(view, &at.village)?;
    open.retain(|it| it.state.is_open());
    open.sort_by_key(|it| std::cmp::Reverse(it.support));
    part(frame, &at.village, &open, "proposals-of-village")
}
