//! When a meeting may be called and its agenda set.

use kernel::{Level, Names, Refused};

use super::facts::*;

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
