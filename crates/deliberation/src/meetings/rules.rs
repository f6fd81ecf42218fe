//! When a meeting may be called and its agenda set.

use kernel::{Date, Day, Level, Names, Refused};
use serde::Serialize;

use super::facts::*;
use super::tables::Ended;

/// No title is longer.
const NAME_MAX: usize = 300;
/// No venue and no source needs more.
const LINE_MAX: usize = 300;
/// No agenda is longer.
pub(super) const ITEMS_MAX: usize = 100;

kernel::refusals! { Refusal:
    /// The place has no meeting with this id.
    404 "meetings.no_meeting" NoMeeting;
    /// Meetings are of provinces and what lies in them.
    404 "meetings.no_place" NoPlace;
    /// Nothing has no title.
    422 "meetings.no_name" NoName;
    /// A title, a venue or a source that is a mistake.
    422 "meetings.too_long" TooLong { most: usize };
    /// A meeting is called for a day.
    422 "meetings.no_day" NoDay;
    /// People must know where to go.
    422 "meetings.no_venue" NoVenue;
    /// No region above the place keeps such a cooperation.
    422 "meetings.no_cooperation" NoCooperation;
    /// The list of the region has no such party.
    422 "meetings.no_party" NoParty;
    /// An agenda that nobody gets through.
    409 "meetings.agenda_full" AgendaFull { most: usize };
    /// What has not happened is not recorded as if it had.
    422 "meetings.day_ahead" DayAhead { day: Date, today: Day };
    /// A cancelled or adjourned meeting whose reason nobody knows.
    422 "meetings.no_reason" NoReason;
    /// A meeting is held once.
    409 "meetings.held_before" HeldBefore { date: Date };
    /// It was called off.
    409 "meetings.cancelled" Cancelled { date: Date };
    /// Nobody sits for that long.
    422 "meetings.too_many_hours" TooManyHours { most: i64 };
    /// It goes on before it was adjourned.
    422 "meetings.until_before" UntilBefore { date: Date };
}

/// What must be known to call a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallKnown {
    /// Whether a region above the place keeps the cooperation that is named, if one is.
    pub has_cooperation: bool,
    /// Whether all parties that are named are on the list of the region.
    pub has_parties: bool,
}

pub(super) fn titled(names: &Names) -> Result<Names, Refused> {
    let names = names.tidy();
    if names.is_empty() {
        return Err(Refused::from(Refusal::NoName).in_field("name_id"));
    }
    if names.longest() > NAME_MAX {
        return Err(Refused::from(Refusal::TooLong { most: NAME_MAX }).in_field("name_id"));
    }
    Ok(names)
}

pub(super) fn line(text: &str, field: &'static str) -> Result<String, Refused> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() > LINE_MAX {
        true => Err(Refused::from(Refusal::TooLong { most: LINE_MAX }).in_field(field)),
        false => Ok(text),
    }
}

/// Calls a meeting.
pub fn call(asked: MeetingCalled, known: CallKnown) -> Result<MeetingCalled, Refused> {
    if asked.place.level() < Level::Province {
        return Err(Refusal::NoPlace.into());
    }
    let names = titled(&asked.names)?;
    let (venue, source) = (line(&asked.venue, "venue")?, line(&asked.source, "source")?);
    if venue.is_empty() {
        return Err(Refused::from(Refusal::NoVenue).in_field("venue"));
    }
    if !known.has_cooperation {
        return Err(Refused::from(Refusal::NoCooperation).in_field("cooperation"));
    }
    if !known.has_parties {
        return Err(Refused::from(Refusal::NoParty).in_field("parties"));
    }
    let (mut parties, mut elements) = (asked.parties, asked.elements);
    parties.sort_unstable();
    parties.dedup();
    elements.sort_unstable();
    elements.dedup();
    Ok(MeetingCalled { names, venue, source, parties, elements, ..asked })
}

/// Nobody sits longer in one meeting: three days and nights.
const MINUTES_MAX: i64 = 3 * 24 * 60;

/// Records what became of a meeting, as it stands today.
pub fn end(asked: MeetingEnded, state: &State, today: Day) -> Result<MeetingEnded, Refused> {
    match *state {
        State::Held { date, .. } => return Err(Refusal::HeldBefore { date }.into()),
        State::Cancelled { date } => return Err(Refusal::Cancelled { date }.into()),
        State::Called | State::Unrecorded | State::Adjourned { .. } => {}
    }
    let reason = line(&asked.reason, "reason")?;
    let wrong = |refusal: Refusal, field: &'static str| Err(Refused::from(refusal).in_field(field));
    if asked.date.first() > today {
        return wrong(Refusal::DayAhead { day: asked.date, today }, "date");
    }
    if asked.outcome != Outcome::Held && reason.is_empty() {
        return wrong(Refusal::NoReason, "reason");
    }
    if asked.minutes.is_some_and(|minutes| !(1..=MINUTES_MAX).contains(&minutes)) {
        return wrong(Refusal::TooManyHours { most: MINUTES_MAX / 60 }, "hours");
    }
    if asked.until.is_some_and(|until| until < asked.date.first()) {
        return wrong(Refusal::UntilBefore { date: asked.date }, "until");
    }
    let (minutes, until) = match asked.outcome {
        Outcome::Held => (asked.minutes, None),
        Outcome::Cancelled => (None, None),
        Outcome::Adjourned => (asked.minutes, asked.until),
    };
    Ok(MeetingEnded { reason, minutes, until, ..asked })
}

/// How a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// It is to come.
    Called,
    /// Its day has passed, and nobody said what became of it.
    Unrecorded,
    /// It took place.
    Held {
        /// When.
        date: Date,
        /// How long, in minutes.
        minutes: Option<i64>,
    },
    /// It did not take place.
    Cancelled {
        /// Since when.
        date: Date,
    },
    /// It goes on another day.
    Adjourned {
        /// When it was.
        date: Date,
        /// When it goes on.
        until: Option<Day>,
    },
}

impl State {
    /// As its word is keyed.
    pub const fn name(self) -> &'static str {
        match self {
            State::Called => "called",
            State::Unrecorded => "unrecorded",
            State::Held { .. } => "held",
            State::Cancelled { .. } => "cancelled",
            State::Adjourned { .. } => "adjourned",
        }
    }
}

/// How a meeting of this date stands, by the last that was said of it.
pub fn state(date: Date, ended: Option<&Ended>, today: Day) -> State {
    match ended {
        None if date.last() < today => State::Unrecorded,
        None => State::Called,
        Some(ended) => match ended.outcome {
            Outcome::Held => State::Held { date: ended.date, minutes: ended.minutes },
            Outcome::Cancelled => State::Cancelled { date: ended.date },
            Outcome::Adjourned => State::Adjourned { date: ended.date, until: ended.until },
        },
    }
}

/// Puts an item on an agenda that has so many.
pub fn put(asked: AgendaItemPut, items: usize) -> Result<AgendaItemPut, Refused> {
    if items >= ITEMS_MAX {
        return Err(Refusal::AgendaFull { most: ITEMS_MAX }.into());
    }
    Ok(AgendaItemPut { names: titled(&asked.names)?, ..asked })
}

#[cfg(test)]
mod tests {
    use kernel::{BookId, PartyId, PlaceCode};

    use super::*;
    use crate::Zone;

    fn asked(place: &str, title: &str, venue: &str) -> MeetingCalled {
        MeetingCalled {
            place: place.parse::<PlaceCode>().expect("a code"),
            meeting: BookId::from_bytes([1; 16]),
            kind: MeetingKind::Village,
            names: Names { id: title.into(), ..Names::default() },
            date: "2026-04-02".parse().expect("a date"),
            starts: None,
            zone: Zone::Jakarta,
            venue: venue.into(),
            cooperation: None,
            parties: vec![PartyId::from_bytes([2; 16]); 2],
            elements: vec![Element::Youth, Element::Council, Element::Youth],
            source: String::new(),
        }
    }

    #[test]
    fn a_call_says_what_where_and_who() {
        let long = "x".repeat(301);
        for (place, title, venue, (has_cooperation, has_parties), expected) in [
            ("34.02.05.2003", " Muskal  2026 ", "Balai", (true, true), Ok("Muskal 2026")),
            ("34", "Komite", "Kepatihan", (true, true), Ok("Komite")),
            ("34.02.05.2003.07", "Rapat", "Balai RT", (true, true), Ok("Rapat")),
            ("ID", "Rapat", "Jakarta", (true, true), Err("meetings.no_place")),
            ("34", " ", "Kepatihan", (true, true), Err("meetings.no_name")),
            ("34", &long, "Kepatihan", (true, true), Err("meetings.too_long")),
            ("34", "Komite", &long, (true, true), Err("meetings.too_long")),
            ("34", "Komite", " ", (true, true), Err("meetings.no_venue")),
            ("34", "Komite", "Kepatihan", (false, true), Err("meetings.no_cooperation")),
            ("34", "Komite", "Kepatihan", (true, false), Err("meetings.no_party")),
        ] {
            let answer = call(asked(place, title, venue), CallKnown { has_cooperation, has_parties });
            let answer = answer.map(|called| {
                assert_eq!((called.parties.len(), called.elements.len()), (1, 2), "each is invited once");
                called.names.id
            });
            assert_eq!(
                answer.as_deref().map_err(|refused| refused.code),
                expected,
                "{place} {title} {venue}"
            );
        }
    }

    #[test]
    fn a_meeting_is_held_once_and_called_off_with_a_reason() {
        let date = |text: &str| text.parse::<Date>().expect("a date");
        let today: Day = "2026-04-02".parse().expect("a day");
        let asked = |outcome, on: &str, minutes, reason: &str, until: &str| MeetingEnded {
            place: "34".parse().expect("a code"),
            meeting: BookId::from_bytes([1; 16]),
            outcome,
            date: date(on),
            minutes,
            reason: reason.into(),
            until: until.parse().ok(),
        };
        let held = State::Held { date: date("2026-04-01"), minutes: None };
        let cancelled = State::Cancelled { date: date("2026-04-01") };
        let adjourned = State::Adjourned { date: date("2026-04-01"), until: None };
        use Outcome::{Adjourned, Cancelled, Held};
        for (state, asks, expected) in [
            (State::Called, asked(Held, "2026-04-02", Some(90), "", ""), Ok(())),
            (State::Unrecorded, asked(Held, "2026-04", None, "", ""), Ok(())),
            (adjourned, asked(Held, "2026-04-02", None, "", ""), Ok(())),
            (held, asked(Held, "2026-04-02", None, "", ""), Err("meetings.held_before")),
            (held, asked(Cancelled, "2026-04-02", None, "Hujan", ""), Err("meetings.held_before")),
            (cancelled, asked(Held, "2026-04-02", None, "", ""), Err("meetings.cancelled")),
            (State::Called, asked(Held, "2026-04-03", None, "", ""), Err("meetings.day_ahead")),
            (State::Called, asked(Cancelled, "2026-04-02", None, " ", ""), Err("meetings.no_reason")),
            (
                State::Called,
                asked(Adjourned, "2026-04-02", None, "", "2026-04-09"),
                Err("meetings.no_reason"),
            ),
            (
                State::Called,
                asked(Adjourned, "2026-04-02", None, "Hujan", "2026-04-01"),
                Err("meetings.until_before"),
            ),
            (State::Called, asked(Adjourned, "2026-04-02", None, "Hujan", "2026-04-09"), Ok(())),
            (State::Called, asked(Held, "2026-04-02", Some(4321), "", ""), Err("meetings.too_many_hours")),
            (State::Called, asked(Held, "2026-04-02", Some(0), "", ""), Err("meetings.too_many_hours")),
        ] {
            let shown = format!("{asks:?}");
            let answer = end(asks, &state, today);
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected, "{state:?} {shown}");
        }
        for (on, today_is, expected) in [
            ("2026-04-02", "2026-04-02", "called"),
            ("2026-04-01", "2026-04-02", "unrecorded"),
            ("2026-04", "2026-04-30", "called"),
        ] {
            assert_eq!(
                state(date(on), None, today_is.parse().expect("a day")).name(),
                expected,
                "{on} {today_is}"
            );
        }
    }

    #[test]
    fn an_agenda_ends() {
        let item = |title: &str| AgendaItemPut {
            place: "34".parse().expect("a code"),
            meeting: BookId::from_bytes([1; 16]),
            position: 1,
            names: Names { ko: title.into(), ..Names::default() },
        };
        for (title, items, expected) in [
            ("보고", 0, Ok(())),
            ("보고", 99, Ok(())),
            ("보고", 100, Err("meetings.agenda_full")),
            ("", 0, Err("meetings.no_name")),
        ] {
            let answer = put(item(title), items);
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected, "{title} {items}");
        }
    }
}
