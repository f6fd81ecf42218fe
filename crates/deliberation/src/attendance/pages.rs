//! The attendance sheet of a meeting, the rules of a place, and what the page of the meeting shows of both.

pub(super) mod rule;
pub(super) mod sheet;

use askama::Template;
use journal::View;
use kernel::{Permit, PlaceCode, Stop};
use serde::Serialize;
use web::{Fragment, Frame, SlotAt, Voice};

use super::facts::{Need, Proxies, Reach, Sex};
use super::rules::{Quorum, Rule, quorum};
use super::tables::Attendance;
use super::{SeeAttendance, tables};
use crate::meetings::{self, Meeting};

/// The share that is asked, in words: `more than 1/2`.
fn share(voice: &Voice, need: &Need) -> String {
    let key = match need.reach {
        Reach::MoreThan => "attendance-more-than",
        Reach::AtLeast => "attendance-at-least",
    };
    voice.say(key).with("share", format!("{}/{}", need.parts, need.of)).to_string()
}

/// Who says so.
fn origin(voice: &Voice, rule: &Rule) -> String {
    match (&rule.source, rule.from) {
        (Some(source), Some(from)) => {
            voice.say("attendance-by-rule").with("source", source).with("from", from).to_string()
        }
        _ if rule.is_own => voice.say("attendance-by-itself").to_string(),
        _ => voice.say("attendance-by-default").to_string(),
    }
}

/// Whether enough came, with the arithmetic, in sentences.
fn arithmetic(voice: &Voice, quorum: &Quorum) -> Vec<String> {
    let needed = voice
        .say("attendance-needed")
        .with("share", share(voice, &quorum.rule.need))
        .with("entitled", quorum.entitled)
        .with("needed", quorum.needed)
        .to_string();
    let key = match quorum.rule.need.proxies {
        Proxies::Count => "attendance-came-counted",
        Proxies::Ignored => "attendance-came-ignored",
    };
    let came = voice
        .say(key)
        .with("present", quorum.present)
        .with("represented", quorum.represented)
        .with("counted", quorum.counted)
        .to_string();
    let key = if quorum.is_reached { "attendance-reached" } else { "attendance-not-reached" };
    let result = voice.say(key).with("counted", quorum.counted).with("needed", quorum.needed).to_string();
    vec![needed, came, result, origin(voice, &quorum.rule)]
}

/// What is known of who came to a meeting.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Sums {
    attendance: Attendance,
    rule: Rule,
    /// Whether enough came, where it is known how many are entitled.
    quorum: Option<Quorum>,
}

fn read(view: &mut View<'_, '_>, meeting: &Meeting) -> Result<Sums, Stop> {
    let attendance = tables::attendance(view, &meeting.place)?.remove(&meeting.meeting).unwrap_or_default();
    let (entitled, rule) = tables::entitled(view, meeting)?;
    let quorum =
        entitled.map(|entitled| quorum(rule.clone(), entitled, attendance.present, attendance.represented));
    Ok(Sums { attendance, rule, quorum })
}

/// The sums in sentences, for both pages.
fn sentences(voice: &Voice, sums: &Sums) -> Vec<String> {
    let attendance = &sums.attendance;
    if attendance.present == 0 {
        return vec![voice.say("attendance-nobody").to_string()];
    }
    let came = voice
        .say("attendance-came")
        .with("present", attendance.present)
        .with("women", attendance.of_sex(Sex::Women))
        .with("men", attendance.of_sex(Sex::Men))
        .with("untold", attendance.of_sex(Sex::Untold))
        .to_string();
    let quorum = match &sums.quorum {
        Some(quorum) => arithmetic(voice, quorum),
        None => vec![voice.say("attendance-entitled-unknown").to_string()],
    };
    std::iter::once(came).chain(quorum).collect()
}

#[derive(Template)]
#[template(path = "attendance/pages/in_meeting.html")]
struct InMeeting<'a> {
    frame: &'a Frame,
    sentences: Vec<String>,
    path: String,
}

/// How many came and whether they were enough, on the page of the meeting.
pub(super) fn in_meeting(
    view: &mut View<'_, '_>,
    _: &Permit<SeeAttendance>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(meeting) = of(view, &at.village, at.book)? else { return Ok(None) };
    let sums = read(view, &meeting)?;
    let part = InMeeting { frame, sentences: sentences(frame, &sums), path: meeting.path("/attendance") };
    Ok(Some(Fragment::new("attendance", &part, &sums)?))
}

fn of(
    view: &mut View<'_, '_>,
    place: &PlaceCode,
    book: Option<kernel::BookId>,
) -> Result<Option<Meeting>, Stop> {
    match book {
        Some(book) => Ok(meetings::meeting(view, place, book)?),
        None => Ok(None),
    }
}
