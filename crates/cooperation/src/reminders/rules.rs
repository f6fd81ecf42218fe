//! What is late, what falls due, and whose turn it is, on a day.

use std::collections::BTreeMap;

use kernel::{BookId, Date, Day, Names, PartyId};
use serde::Serialize;

use crate::agreements::{
    Cooperation, Instrument, InstrumentKind, NEAR_EXPIRY_DAYS, PaperState, Part, Participant, state,
};
use crate::obligations::{Happened, Obligation, OccurrenceState, occurrences};
use crate::stages::{self, Done, StepState, Track, procedure, standing};

/// A paper that ran out longer ago is past and nobody's turn: whether the cooperation lives is told by other signs.
const EXPIRED_LONG_AGO_DAYS: i32 = 365;

kernel::refusals! { Refusal:
    /// Nobody looks so far ahead.
    422 "reminders.too_far" TooFar { most: i64 };
    /// The link was taken away, or never was.
    404 "reminders.no_link" NoLink;
    /// No letter can be sent there.
    422 "reminders.no_address" NoAddress;
    /// More links than anybody's programs need.
    409 "reminders.too_many" TooMany { most: i64 };
}

kernel::named! {
    /// What falls due.
    pub enum DueKind as "a kind of thing that falls due" {
        /// An obligation.
        Obligation "obligation",
        /// A paper whose last day is near, or has passed without another one in its place.
        Paper "paper",
        /// The next step of the law; no law names a day for it.
        Step "step",
    }
}

/// What is known of a cooperation.
#[derive(Debug, Clone, Default)]
pub struct KnownOne {
    pub(super) cooperation: Option<Cooperation>,
    pub(super) participants: Vec<Participant>,
    pub(super) papers: Vec<Instrument>,
    pub(super) done: Vec<Done>,
    pub(super) obligations: Vec<(Obligation, Vec<Happened>)>,
}

/// What is known of the cooperations of a region.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub(super) names: BTreeMap<PartyId, Names>,
    pub(super) cooperations: Vec<KnownOne>,
}

/// Something that is late, falls due, or waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// What kind of thing it is.
    pub kind: DueKind,
    /// A name that stays the same from day to day, for programs.
    pub uid: String,
    /// The cooperation.
    pub cooperation: BookId,
    /// What it is.
    pub what: Names,
    /// Its name.
    pub of: Names,
    /// Who has it.
    pub who: Names,
    /// When it falls due, or did; nothing where no day is named.
    pub due: Option<Day>,
    /// Since when it is late, or waits for somebody; nothing where its day is still ahead.
    pub since: Option<Date>,
    /// Whether its day has passed.
    pub is_late: bool,
    /// The address of its page.
    pub path: String,
}

/// What is late on a day or falls due in the `ahead` days after it, the most urgent first; then the steps that wait.
pub fn due(known: &Known, today: Day, ahead: i32) -> Vec<Due> {
    let mut all: Vec<Due> = Vec::new();
    for one in &known.cooperations {
        let Some(cooperation) = &one.cooperation else { continue };
        owed(&mut all, known, (one, cooperation), today, ahead);
        papers(&mut all, known, (one, cooperation), today, ahead);
        steps(&mut all, (one, cooperation));
    }
    all.sort_by_cached_key(|it| (!it.is_late, it.due.is_none(), it.due, it.since, it.uid.clone()));
    all
}

fn owed(
    all: &mut Vec<Due>,
    known: &Known,
    (one, cooperation): (&KnownOne, &Cooperation),
    today: Day,
    ahead: i32,
) {
    for (obligation, happened) in &one.obligations {
        for time in occurrences(obligation, happened, today) {
            let Some(day) = time.due.filter(|day| time.state.is_owed() && *day <= today.plus(ahead)) else {
                continue;
            };
            let since = match time.state {
                OccurrenceState::Late { since } => Some(Date::from(since)),
                _ => None,
            };
            all.push(Due {
                cooperation: cooperation.cooperation,
                kind: DueKind::Obligation,
                uid: format!("{}-{}", obligation.obligation, time.nth),
                what: obligation.what.clone(),
                of: cooperation.names.clone(),
                who: known.names.get(&obligation.debtor).cloned().unwrap_or_default(),
                due: Some(day),
                since,
                is_late: since.is_some(),
                path: cooperation.path(&format!("/obligations/{}", obligation.obligation)),
            });
        }
    }
}

/// The names of those who sign, in one line.
fn signatories(known: &Known, one: &KnownOne) -> Names {
    let of = |pick: fn(&Names) -> &String| {
        let signs = one.participants.iter().filter(|with| with.part == Part::Signatory);
        let names = signs.filter_map(|with| known.names.get(&with.party)).map(pick);
        names.filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    };
    Names { id: of(|names| &names.id), ko: of(|names| &names.ko), en: of(|names| &names.en) }
}

fn papers(
    all: &mut Vec<Due>,
    known: &Known,
    (one, cooperation): (&KnownOne, &Cooperation),
    today: Day,
    ahead: i32,
) {
    for paper in &one.papers {
        let replaces = |other: &Instrument| {
            other.kind == paper.kind && other.parent == paper.parent && other.signed > paper.signed
        };
        // Each village has its own paper: that of another one does not replace it.
        let replaced = paper.kind != InstrumentKind::VillagePaper && one.papers.iter().any(replaces);
        let (until, since, is_late) = match state(&one.papers, paper, today) {
            PaperState::NearExpiry { until } if until.last() <= today.plus(ahead) => {
                (until.last(), until.last().plus(-NEAR_EXPIRY_DAYS).into(), false)
            }
            PaperState::Expired { until }
                if !replaced && today.days_since(until.last()) <= EXPIRED_LONG_AGO_DAYS =>
            {
                (until.last(), until, true)
            }
            _ => continue,
        };
        all.push(Due {
            cooperation: cooperation.cooperation,
            kind: DueKind::Paper,
            uid: paper.instrument.to_string(),
            what: paper.names.clone(),
            of: cooperation.names.clone(),
            who: signatories(known, one),
            due: Some(until),
            since: Some(since),
            is_late,
            path: cooperation.path(""),
        });
    }
}

fn steps(all: &mut Vec<Due>, (one, cooperation): (&KnownOne, &Cooperation)) {
    for track in Track::ALL {
        let known = stages::Known { done: &one.done, papers: &one.papers };
        let steps = standing(procedure(cooperation.kind, *track), *track, known, cooperation.day);
        for step in steps {
            let StepState::Next { since } = step.state else { continue };
            all.push(Due {
                cooperation: cooperation.cooperation,
                kind: DueKind::Step,
                uid: format!("{}-{track}-{}", cooperation.cooperation, step.step),
                what: step.names,
                of: cooperation.names.clone(),
                who: step.actor,
                due: None,
                since: Some(since),
                is_late: false,
                path: cooperation.path("/stages"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::{EntryId, InstrumentId, ObligationId};

    use super::*;
    use crate::agreements::{CooperationKind, InstrumentKind};

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn names(text: &str) -> Names {
        Names { id: text.into(), ..Names::default() }
    }

    fn paper(n: u8, signed: &str, until: &str) -> Instrument {
        Instrument {
            instrument: InstrumentId::from_bytes([n; 16]),
            entry: EntryId::from_bytes([n; 16]),
            kind: InstrumentKind::Memorandum,
            parent: None,
            names: names("Memorandum"),
            signed: Some(day(signed).into()),
            until: Some(day(until).into()),
            source: String::new(),
        }
    }

    #[test]
    fn what_is_late_comes_first_then_what_falls_due_then_what_waits() {
        let obligation = Obligation {
            cooperation: BookId::from_bytes([9; 16]),
            obligation: ObligationId::from_bytes([8; 16]),
            entry: EntryId::from_bytes([8; 16]),
            debtor: PartyId::from_bytes([1; 16]),
            creditor: PartyId::from_bytes([2; 16]),
            what: names("Laporan"),
            paper: None,
            article: String::new(),
            due: Some(day("2026-01-31")),
            every_months: Some(1),
            until: Some(day("2026-12-31")),
            shown_by: String::new(),
            source: String::new(),
            undone: None,
        };
        let cooperation = Cooperation {
            place: "34".parse().expect("a code"),
            cooperation: BookId::from_bytes([9; 16]),
            kind: CooperationKind::Friendship,
            names: names("DIY – Gangwon"),
            day: day("2026-01-01").into(),
            source: String::new(),
        };
        let one = KnownOne {
            cooperation: Some(cooperation),
            papers: vec![
                paper(1, "2016-01-01", "2021-01-01"),
                paper(2, "2021-01-01", "2026-02-20"),
                paper(3, "2021-01-02", "2026-04-20"),
            ],
            obligations: vec![(obligation, Vec::new())],
            ..KnownOne::default()
        };
        let known = Known {
            names: BTreeMap::from([(PartyId::from_bytes([1; 16]), names("DIY"))]),
            cooperations: vec![one],
        };
        let seen = |today: &str, ahead| -> Vec<String> {
            let line =
                |it: Due| format!("{} {}", it.kind, it.due.map(Date::from).or(it.since).expect("a day"));
            due(&known, day(today), ahead).into_iter().map(line).collect()
        };
        let steps = ["step 2026-01-01", "step 2026-01-01"];
        for (today, ahead, expected) in [
            ("2026-01-20", 0, &[][..]),
            ("2026-01-20", 30, &["obligation 2026-01-31"]),
            ("2026-01-20", 31, &["obligation 2026-01-31", "paper 2026-02-20"]),
            ("2026-02-28", 1, &["obligation 2026-01-31", "obligation 2026-02-28"]),
            (
                "2026-02-28",
                60,
                &[
                    "obligation 2026-01-31",
                    "obligation 2026-02-28",
                    "obligation 2026-03-31",
                    "paper 2026-04-20",
                ],
            ),
            (
                "2026-04-21",
                0,
                &[
                    "obligation 2026-01-31",
                    "obligation 2026-02-28",
                    "obligation 2026-03-31",
                    "paper 2026-04-20",
                ],
            ),
        ] {
            let expected: Vec<&str> = expected.iter().copied().chain(steps).collect();
            // Late papers and obligations stand in the order of their days.
            assert_eq!(seen(today, ahead), expected, "{today} and {ahead} days");
        }
    }
}
