//! What people see of ballots.

pub(super) mod list;
pub(super) mod one;

use askama::Template;
use journal::View;
use kernel::{Permit, Stop};
use serde::Serialize;
use web::{Choice, Fragment, Frame, SlotAt};

use super::{Ballot, SeeBallots, tables};
use crate::meetings;

/// What a telephone or the form of a consensus can say, with its mark.
const STANDS: [(&str, i64); 3] = [("agree", 1), ("aside", 0), ("block", -1)];

fn stands(frame: &Frame) -> Vec<Choice> {
    let stand = |(name, _): &(&str, i64)| Choice::new(name, frame.say(format!("ballots-stand-{name}")));
    STANDS.iter().map(stand).collect()
}

#[derive(Template)]
#[template(path = "ballots/pages/in_meeting.html")]
struct InMeeting<'a> {
    frame: &'a Frame,
    ballots: &'a [Ballot],
    path: String,
}

#[derive(Serialize)]
struct Data<'a> {
    ballots: &'a [Ballot],
}

/// The ballots of a meeting, on its page.
pub(super) fn in_meeting(
    view: &mut View<'_, '_>,
    _: &Permit<SeeBallots>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(meeting) = at.book else { return Ok(None) };
    let ballots = &tables::ballots(view, &at.village, meeting)?;
    let path = meetings::path(&at.village, meeting, "/ballots");
    Ok(Some(Fragment::new("ballots", &InMeeting { frame, ballots, path }, &Data { ballots })?))
}
