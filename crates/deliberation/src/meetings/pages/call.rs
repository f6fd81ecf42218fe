//! The form that calls a meeting, or calls it anew.

use cooperation::agreements::{self, Cooperation};
use cooperation::parties::{self, Party};
use journal::View;
use kernel::{BookId, Day, EntryId, Fault, Level, Names, PartyId, Permit, PlaceCode, Refused, Stop};
use serde::{Deserialize, Serialize};
use web::{Choice, Frame};

use crate::meetings::rules::{self, CallKnown, Refusal};
use crate::meetings::{AgendaItemPut, CallMeetings, Element, Meeting, MeetingCalled, MeetingKind};
use crate::{Hour, Zone};

/// What the form says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct CallAsk {
    /// Made with the form; it also becomes the book of a new meeting.
    pub(super) id: EntryId,
    pub(super) kind: MeetingKind,
    #[serde(default)]
    pub(super) name_id: String,
    #[serde(default)]
    pub(super) name_ko: String,
    #[serde(default)]
    pub(super) name_en: String,
    #[serde(default)]
    pub(super) day: Option<Day>,
    #[serde(default)]
    pub(super) starts: Option<Hour>,
    pub(super) zone: Zone,
    #[serde(default)]
    pub(super) venue: String,
    #[serde(default)]
    pub(super) cooperation: Option<BookId>,
    #[serde(default)]
    pub(super) parties: Vec<PartyId>,
    #[serde(default)]
    pub(super) elements: Vec<Element>,
    /// One item a line, in the language of whoever calls.
    #[serde(default)]
    pub(super) agenda: String,
    #[serde(default)]
    pub(super) source: String,
}

impl CallAsk {
    pub(super) fn blank(place: &PlaceCode) -> CallAsk {
        let empty = String::new;
        CallAsk {
            id: EntryId::new(),
            kind: match place.level() {
                Level::Village => MeetingKind::Village,
                Level::Hamlet | Level::Neighbourhood => MeetingKind::Hamlet,
                _ => MeetingKind::JointCommittee,
            },
            name_id: empty(),
            name_ko: empty(),
            name_en: empty(),
            day: None,
            starts: None,
            zone: Zone::Jakarta,
            venue: empty(),
            cooperation: None,
            parties: Vec::new(),
            elements: Vec::new(),
            agenda: empty(),
            source: empty(),
        }
    }
    /// As a meeting stands.
    pub(super) fn of(meeting: &Meeting) -> CallAsk {
        CallAsk {
            id: EntryId::new(),
            kind: meeting.kind,
            name_id: meeting.names.id.clone(),
            name_ko: meeting.names.ko.clone(),
            name_en: meeting.names.en.clone(),
            day: match meeting.date {
                kernel::Date::Day(day) => Some(day),
                _ => None,
            },
            starts: meeting.starts,
            zone: meeting.zone,
            venue: meeting.venue.clone(),
            cooperation: meeting.cooperation,
            parties: meeting.parties.clone(),
            elements: meeting.elements.clone(),
            agenda: String::new(),
            source: meeting.source.clone(),
        }
    }
    /// Books the call, and the agenda that came with it.
    pub(super) fn book(
        self,
        work: &mut journal::Work<'_, '_>,
        permit: &Permit<CallMeetings>,
        (place, meeting): (PlaceCode, BookId),
        lang: &str,
    ) -> Result<(), Stop> {
        let around = Around::read(work, &place)?;
        let has_cooperation =
            self.cooperation.is_none_or(|book| around.cooperations.iter().any(|it| it.cooperation == book));
        let has_parties = self.parties.iter().all(|party| around.parties.iter().any(|it| it.party == *party));
        let CallAsk { kind, name_id, name_ko, name_en, day, starts, zone, venue, cooperation, .. } = self;
        let date = day.ok_or_else(|| Refused::from(Refusal::NoDay).in_field("day"))?.into();
        let names = Names { id: name_id, ko: name_ko, en: name_en };
        let (parties, elements, source) = (self.parties, self.elements, self.source);
        let fact = MeetingCalled {
            place: place.clone(),
            meeting,
            kind,
            names,
            date,
            starts,
            zone,
            venue,
            cooperation,
            parties,
            elements,
            source,
        };
        work.record(permit, &rules::call(fact, CallKnown { has_cooperation, has_parties })?)?;
        let items = self.agenda.lines().filter(|line| !line.trim().is_empty());
        for (n, text) in items.enumerate() {
            let position = n as i64 + 1;
            let item =
                AgendaItemPut { place: place.clone(), meeting, position, names: in_language(lang, text) };
            let item = rules::put(item, n).map_err(|refused| refused.in_field("agenda"))?;
            work.record(permit, &item)?;
        }
        Ok(())
    }
}

/// A name that is known in one language.
fn in_language(lang: &str, text: &str) -> Names {
    let mut names = Names::default();
    match lang {
        "ko" => names.ko = text.to_owned(),
        "en" => names.en = text.to_owned(),
        _ => names.id = text.to_owned(),
    }
    names
}

/// What the regions above a place keep: cooperations that a meeting may belong to, parties that may be invited.
#[derive(Default)]
pub(crate) struct Around {
    pub(super) cooperations: Vec<Cooperation>,
    pub(super) parties: Vec<Party>,
}

impl Around {
    pub(super) fn read(view: &mut View<'_, '_>, place: &PlaceCode) -> Result<Around, Fault> {
        let mut around = Around::default();
        let mut up = Some(place.clone());
        while let Some(place) = up.filter(|place| place.level() >= Level::Province) {
            around.cooperations.extend(agreements::cooperations(view, &place)?);
            around.parties.extend(parties::list(view, &place)?);
            up = place.parent();
        }
        Ok(around)
    }
}

/// A box to tick.
pub(super) struct Tick {
    pub(super) value: String,
    pub(super) word: String,
    pub(super) ticked: bool,
}

/// The form with what can be chosen in it.
pub(super) struct CallForm {
    pub(super) typed: CallAsk,
    pub(super) kinds: Vec<Choice>,
    pub(super) zones: Vec<Choice>,
    pub(super) cooperations: Vec<Choice>,
    pub(super) parties: Vec<Tick>,
    pub(super) elements: Vec<Tick>,
}

impl CallForm {
    pub(super) fn new(frame: &Frame, around: &Around, typed: CallAsk) -> CallForm {
        let lang = frame.lang.code();
        let word = |key: String| frame.say(key).to_string();
        let kind = |kind: &MeetingKind| Choice::new(kind, word(format!("meetings-kind-{kind}")));
        let zone = |zone: &Zone| Choice::new(zone, word(format!("meetings-zone-{zone}")));
        let element = |element: &Element| Tick {
            value: element.to_string(),
            word: word(format!("meetings-element-{element}")),
            ticked: typed.elements.contains(element),
        };
        let party = |party: &Party| Tick {
            value: party.party.to_string(),
            word: party.names.named(lang).to_owned(),
            ticked: typed.parties.contains(&party.party),
        };
        let cooperation = |it: &Cooperation| Choice::new(it.cooperation, it.names.named(lang));
        CallForm {
            kinds: MeetingKind::ALL.iter().map(kind).collect(),
            zones: Zone::ALL.iter().map(zone).collect(),
            cooperations: around.cooperations.iter().map(cooperation).collect(),
            parties: around.parties.iter().map(party).collect(),
            elements: Element::ALL.iter().map(element).collect(),
            typed,
        }
    }
}
