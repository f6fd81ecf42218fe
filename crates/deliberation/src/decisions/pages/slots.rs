//! What the pages of a meeting, a village, a cooperation and a paper show of decisions.

use askama::Template;
use journal::View;
use kernel::{Permit, Stop};
use serde::Serialize;
use web::{Fragment, Frame, SlotAt};

use super::OpenSums;
use crate::decisions::{Decision, SeeDecisions, tables};
use crate::meetings;

#[derive(Template)]
#[template(path = "decisions/pages/in_meeting.html")]
struct InMeeting<'a> {
    frame: &'a Frame,
    title: &'static str,
    decisions: &'a [Decision],
    path: Option<String>,
}

#[derive(Serialize)]
struct Data<'a> {
    decisions: &'a [Decision],
}

/// What the meeting decided, on its page.
pub(crate) fn in_meeting(
    view: &mut View<'_, '_>,
    _: &Permit<SeeDecisions>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(meeting) = at.book else { return Ok(None) };
    let decisions = &tables::decisions(view, &at.village, meeting)?;
    let path = Some(meetings::path(&at.village, meeting, "/decisions"));
    let part = InMeeting { frame, title: "decisions-title", decisions, path };
    Ok(Some(Fragment::new("decisions", &part, &Data { decisions })?))
}

/// What was decided of a paper, on its page: from an article to a decision, and from there to what follows.
pub(crate) fn in_paper(
    view: &mut View<'_, '_>,
    _: &Permit<SeeDecisions>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(paper) = at.instrument else { return Ok(None) };
    let decisions = &tables::of_paper(view, paper)?;
    if decisions.is_empty() {
        return Ok(None);
    }
    let part = InMeeting { frame, title: "decisions-of-paper", decisions, path: None };
    Ok(Some(Fragment::new("decisions", &part, &Data { decisions })?))
}

#[derive(Template)]
#[template(path = "decisions/pages/slots.html")]
struct Part<'a> {
    frame: &'a Frame,
    sentence: String,
    path: String,
    /// The discussion in figures, where this is about a cooperation.
    figures: Option<String>,
}

fn part(
    frame: &Frame,
    sums: OpenSums,
    path: String,
    figures: Option<String>,
) -> Result<Option<Fragment>, Stop> {
    let part = Part { frame, sentence: sums.sentence(frame), path, figures };
    Ok(Some(Fragment::new("follow_ups", &part, &sums)?))
}

/// How much is open in a village, on its page.
pub(crate) fn in_village(
    view: &mut View<'_, '_>,
    _: &Permit<SeeDecisions>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let sums = OpenSums::of(&tables::follow_ups(view, &at.village)?, frame.today());
    part(frame, sums, format!("/places/{}/follow-ups", at.village), None)
}

/// How much is open in a cooperation, on its page.
pub(crate) fn in_cooperation(
    view: &mut View<'_, '_>,
    _: &Permit<SeeDecisions>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(book) = at.book else { return Ok(None) };
    let sums = OpenSums::of(&tables::of_cooperation(view, book)?, frame.today());
    let of = format!("/regions/{}/cooperations/{book}", at.village);
    part(frame, sums, format!("{of}/follow-ups"), Some(format!("{of}/discussion")))
}
