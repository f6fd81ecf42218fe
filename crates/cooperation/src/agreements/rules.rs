//! When a cooperation, a party in it or a paper may be entered, and what a paper is worth on a day.

use std::collections::HashSet;

use kernel::{Date, Day, InstrumentId, Names, Refused};
use serde::Serialize;

use super::facts::*;
use super::tables::{Cooperation, Instrument};

/// No name is longer.
const NAME_MAX: usize = 200;
/// No source needs more.
const SOURCE_MAX: usize = 300;
/// So many days before its last day a paper asks for its renewal: half a year, which is what the steps of two countries take.
pub const NEAR_EXPIRY_DAYS: i32 = 180;

kernel::refusals! { Refusal:
    /// The region keeps no cooperation with this id.
    404 "agreements.no_cooperation" NoCooperation;
    /// The cooperation has no paper with this id.
    404 "agreements.no_paper" NoPaper;
    /// Nothing has no name.
    422 "agreements.no_name" NoName;
    /// A name or a source that is a mistake.
    422 "agreements.too_long" TooLong { most: usize };
    /// What has not happened is not entered as if it had.
    422 "agreements.day_ahead" DayAhead { day: Date, today: Day };
    /// The region keeps a cooperation of this name.
    409 "agreements.same_name" SameName { name: String };
    /// The region's list has no such party.
    422 "agreements.no_party" NoParty;
    /// An annex, an amendment, a renewal or an ending of what?
    422 "agreements.no_parent" NoParent;
    /// The cooperation has no such paper.
    422 "agreements.unknown_parent" UnknownParent;
    /// Nothing follows from a paper that has ended.
    409 "agreements.parent_ended" ParentEnded { day: Date };
    /// A paper that follows from itself.
    409 "agreements.parent_cycle" ParentCycle;
    /// An ending before its beginning.
    422 "agreements.ends_before" EndsBefore { signed: Date, until: Date };
    /// Something that follows from a paper is older than the paper.
    422 "agreements.before_parent" BeforeParent { signed: Date };
}

fn named(names: &Names, source: &str) -> Result<(Names, String), Refused> {
    let (names, source) = (names.tidy(), source.trim().to_owned());
    if names.is_empty() {
        return Err(Refused::from(Refusal::NoName).in_field("name_id"));
    }
    if names.longest() > NAME_MAX {
        return Err(Refused::from(Refusal::TooLong { most: NAME_MAX }).in_field("name_id"));
    }
    if source.chars().count() > SOURCE_MAX {
        return Err(Refused::from(Refusal::TooLong { most: SOURCE_MAX }).in_field("source"));
    }
    Ok((names, source))
}

fn happened(day: Date, today: Day, field: &'static str) -> Result<(), Refused> {
    match day.first() > today {
        true => Err(Refused::from(Refusal::DayAhead { day, today }).in_field(field)),
        false => Ok(()),
    }
}

/// Begins to keep a cooperation in a region whose others are known.
pub fn begin(
    asked: CooperationBegun,
    known: &[Cooperation],
    today: Day,
) -> Result<CooperationBegun, Refused> {
    let (names, source) = named(&asked.names, &asked.source)?;
    happened(asked.day, today, "day")?;
    for (field, name) in [("name_id", &names.id), ("name_ko", &names.ko), ("name_en", &names.en)] {
        let same = |other: &Cooperation| [&other.names.id, &other.names.ko, &other.names.en].contains(&name);
        if !name.is_empty() && known.iter().any(same) {
            return Err(Refused::from(Refusal::SameName { name: name.clone() }).in_field(field));
        }
    }
    Ok(CooperationBegun { names, source, ..asked })
}

/// Lets a party of the region's list take part.
pub fn join(asked: PartyJoined, is_listed: bool, today: Day) -> Result<PartyJoined, Refused> {
    if !is_listed {
        return Err(Refused::from(Refusal::NoParty).in_field("party"));
    }
    happened(asked.day, today, "day")?;
    Ok(asked)
}

/// Enters a paper beside those that are known.
pub fn write(
    asked: InstrumentWritten,
    known: &[Instrument],
    today: Day,
) -> Result<InstrumentWritten, Refused> {
    let (names, source) = named(&asked.names, &asked.source)?;
    let wrong = |refusal: Refusal, field: &'static str| Err(Refused::from(refusal).in_field(field));
    if let Some(signed) = asked.signed {
        happened(signed, today, "signed")?;
    }
    if let (Some(signed), Some(until)) = (asked.signed, asked.until)
        && until.is_surely_before(signed)
    {
        return wrong(Refusal::EndsBefore { signed, until }, "until");
    }
    match asked.parent {
        None if asked.kind.needs_parent() => return wrong(Refusal::NoParent, "parent"),
        None => {}
        Some(parent) => {
            let Some(parent) = known.iter().find(|paper| paper.instrument == parent) else {
                return wrong(Refusal::UnknownParent, "parent");
            };
            if leads_to(known, parent.instrument, asked.instrument) {
                return wrong(Refusal::ParentCycle, "parent");
            }
            if let (Some(before), Some(signed)) = (parent.signed, asked.signed)
                && signed.is_surely_before(before)
            {
                return wrong(Refusal::BeforeParent { signed: before }, "signed");
            }
            let ended = ended_on(known, parent.instrument).filter(|_| !is_its_ending(known, &asked, parent));
            if let Some(day) = ended
                && asked.signed.unwrap_or(today.into()).first() >= day.last()
            {
                return wrong(Refusal::ParentEnded { day }, "parent");
            }
        }
    }
    Ok(InstrumentWritten { names, source, ..asked })
}

/// Whether what is asked is the ending that the paper has, written anew.
fn is_its_ending(known: &[Instrument], asked: &InstrumentWritten, parent: &Instrument) -> bool {
    known.iter().any(|paper| {
        paper.instrument == asked.instrument
            && paper.kind == InstrumentKind::Ending
            && paper.parent == Some(parent.instrument)
    })
}

/// Whether a paper is another one, or follows from it. Papers of which a reversal made a ring end the walk.
fn leads_to(known: &[Instrument], from: InstrumentId, to: InstrumentId) -> bool {
    let (mut at, mut seen) = (Some(from), HashSet::new());
    while let Some(paper) = at.filter(|paper| seen.insert(*paper)) {
        if paper == to {
            return true;
        }
        at = known.iter().find(|other| other.instrument == paper).and_then(|other| other.parent);
    }
    false
}

/// When a signed ending of a paper was signed, if there is one.
fn ended_on(known: &[Instrument], paper: InstrumentId) -> Option<Date> {
    let of_it = |other: &&Instrument| other.kind == InstrumentKind::Ending && other.parent == Some(paper);
    known.iter().filter(of_it).filter_map(|ending| ending.signed).min()
}

/// The last day of a paper: its own, or that of the renewal or amendment that reaches farthest; none where one of them has
/// no end.
fn last_day(known: &[Instrument], paper: &Instrument) -> Option<Date> {
    let renews = |other: &&Instrument| {
        matches!(other.kind, InstrumentKind::Renewal | InstrumentKind::Amendment)
            && other.parent == Some(paper.instrument)
            && other.signed.is_some()
            && other.until.is_some()
    };
    let own = paper.until?;
    Some(known.iter().filter(renews).filter_map(|other| other.until).fold(
        own,
        |far, until| match until.last() > far.last() {
            true => until,
            false => far,
        },
    ))
}

/// What a paper is worth on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PaperState {
    /// Nobody has signed it.
    Draft,
    /// It holds, without an end or with one that is far.
    InForce {
        /// Its last day.
        until: Option<Date>,
    },
    /// It holds, and its last day is near.
    NearExpiry {
        /// Its last day.
        until: Date,
    },
    /// Its last day has passed.
    Expired {
        /// Its last day.
        until: Date,
    },
    /// It was ended.
    Ended {
        /// When.
        day: Date,
    },
}

impl PaperState {
    /// As its word is keyed.
    pub const fn name(self) -> &'static str {
        match self {
            PaperState::Draft => "draft",
            PaperState::InForce { .. } => "in_force",
            PaperState::NearExpiry { .. } => "near_expiry",
            PaperState::Expired { .. } => "expired",
            PaperState::Ended { .. } => "ended",
        }
    }
}

/// What a paper is worth on a day, among the papers of its cooperation. A paper of which only the year or the month of its
/// end is known holds to the last day of it.
pub fn state(known: &[Instrument], paper: &Instrument, today: Day) -> PaperState {
    if let Some(day) = ended_on(known, paper.instrument).filter(|day| day.first() <= today) {
        return PaperState::Ended { day };
    }
    if paper.signed.is_none_or(|signed| signed.first() > today) {
        return PaperState::Draft;
    }
    match last_day(known, paper) {
        Some(until) if until.last() < today => PaperState::Expired { until },
        Some(until) if until.last().days_since(today) <= NEAR_EXPIRY_DAYS => PaperState::NearExpiry { until },
        until => PaperState::InForce { until },
    }
}

#[cfg(test)]
mod tests {
    use kernel::{BookId, PlaceCode};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn id(n: u8) -> InstrumentId {
        InstrumentId::from_bytes([n; 16])
    }

    fn paper(n: u8, kind: InstrumentKind, parent: Option<u8>, signed: &str, until: &str) -> Instrument {
        Instrument {
            instrument: id(n),
            entry: kernel::EntryId::from_bytes([n; 16]),
            kind,
            parent: parent.map(id),
            names: Names { id: format!("Naskah {n}"), ..Names::default() },
            signed: (!signed.is_empty()).then(|| date(signed)),
            until: (!until.is_empty()).then(|| date(until)),
            source: String::new(),
        }
    }

    fn asked(paper: Instrument) -> InstrumentWritten {
        let place: PlaceCode = "34".parse().expect("a code");
        let Instrument { instrument, kind, parent, names, signed, until, source, .. } = paper;
        let cooperation = BookId::from_bytes([9; 16]);
        InstrumentWritten { place, cooperation, instrument, kind, parent, names, signed, until, source }
    }

    #[test]
    fn papers_follow_from_papers_that_hold() {
        use InstrumentKind::*;
        let known = [
            paper(1, Memorandum, None, "2015-01-10", "2020-01-10"),
            paper(2, ImplementingArrangement, Some(1), "2015-09-01", ""),
            paper(3, Memorandum, None, "2010-01-01", ""),
            paper(4, Ending, Some(3), "2012-01-01", ""),
        ];
        for (asks, expected) in [
            (paper(5, Annex, Some(2), "2016-01-01", ""), Ok(())),
            (paper(5, Annex, None, "2016-01-01", ""), Err("agreements.no_parent")),
            (paper(5, Annex, Some(8), "2016-01-01", ""), Err("agreements.unknown_parent")),
            (paper(5, Amendment, Some(3), "2013-01-01", ""), Err("agreements.parent_ended")),
            (paper(5, Amendment, Some(3), "2011-01-01", ""), Ok(())),
            (paper(4, Ending, Some(3), "2012-02-01", ""), Ok(())),
            (paper(1, Memorandum, Some(2), "2015-09-02", ""), Err("agreements.parent_cycle")),
            (paper(1, Amendment, Some(1), "2015-09-02", ""), Err("agreements.parent_cycle")),
            (paper(5, Annex, Some(1), "2014-01-01", ""), Err("agreements.before_parent")),
            (paper(5, LetterOfIntent, None, "2015-09-01", "2015-08-31"), Err("agreements.ends_before")),
            (paper(5, LetterOfIntent, None, "2026-12-01", ""), Err("agreements.day_ahead")),
            (paper(5, LetterOfIntent, None, "2026", ""), Ok(())),
            (paper(5, LetterOfIntent, None, "2027", ""), Err("agreements.day_ahead")),
            (paper(5, Annex, Some(1), "2015", ""), Ok(())),
            (paper(5, Annex, Some(1), "2015-01", ""), Ok(())),
            (paper(5, Annex, Some(1), "2014-12", ""), Err("agreements.before_parent")),
            (paper(5, LetterOfIntent, None, "2015-09", "2015"), Ok(())),
            (paper(5, LetterOfIntent, None, "2015-09", "2015-08"), Err("agreements.ends_before")),
            (paper(5, Amendment, Some(3), "2011", ""), Ok(())),
            (paper(5, Amendment, Some(3), "2013", ""), Err("agreements.parent_ended")),
        ] {
            let shown = format!("{asks:?}");
            let answer = write(asked(asks), &known, day("2026-11-24"));
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected, "{shown}");
        }
    }

    #[test]
    fn a_paper_holds_until_its_last_day_its_renewal_or_its_ending() {
        use InstrumentKind::*;
        let known = [
            paper(1, Memorandum, None, "2015-01-10", "2020-01-10"),
            paper(2, Renewal, Some(1), "2019-12-01", "2025-01-10"),
            paper(3, LetterOfIntent, None, "", ""),
            paper(4, VillagePaper, Some(1), "2015-09-30", ""),
            paper(5, Ending, Some(4), "2021-01-31", ""),
            paper(6, ImplementingArrangement, None, "2015", "2021-01"),
        ];
        for (n, on, expected) in [
            (0, "2016-01-01", "in_force"),
            (0, "2020-01-11", "in_force"),
            (0, "2024-07-14", "near_expiry"),
            (0, "2024-07-13", "in_force"),
            (0, "2025-01-10", "near_expiry"),
            (0, "2025-01-11", "expired"),
            (2, "2025-01-11", "draft"),
            (3, "2021-01-30", "in_force"),
            (3, "2021-01-31", "ended"),
            (5, "2014-12-31", "draft"),
            (5, "2015-01-01", "in_force"),
            (5, "2020-08-03", "in_force"),
            (5, "2020-08-04", "near_expiry"),
            (5, "2021-01-31", "near_expiry"),
            (5, "2021-02-01", "expired"),
        ] {
            assert_eq!(state(&known, &known[n], day(on)).name(), expected, "paper {n} on {on}");
        }
    }
}
