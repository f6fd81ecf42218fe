//! When an obligation may be set, met or waived, and how it stands on a day.

use kernel::{Date, Day, EntryId, PartyId, Refused};
use serde::Serialize;

use super::facts::*;
use super::tables::{Happened, HappenedKind, Obligation};

/// No text is longer.
const TEXT_MAX: usize = 500;
/// No obligation falls due more often: every month for fifty years.
const TIMES_MAX: i64 = 600;
/// So many days before its day an obligation is due soon.
pub const DUE_SOON_DAYS: i32 = 30;

kernel::refusals! { Refusal:
    /// The cooperation has no such obligation.
    404 "obligations.no_obligation" NoObligation;
    /// Who owes what?
    422 "obligations.no_text" NoText;
    /// More than anybody reads.
    422 "obligations.too_long" TooLong { most: usize };
    /// Only those who take part owe, and are owed.
    422 "obligations.not_in_cooperation" NotInCooperation;
    /// Nobody owes to themselves.
    422 "obligations.same_party" SameParty;
    /// The cooperation has no such paper.
    422 "obligations.no_paper" NoPaper;
    /// Nothing falls due before the paper that asks for it.
    422 "obligations.before_paper" BeforePaper { signed: Date };
    /// What comes again comes from a day until a day.
    422 "obligations.no_span" NoSpan;
    /// An end before the beginning.
    422 "obligations.ends_before" EndsBefore { due: Day };
    /// Less than a month, or more often than anybody counts.
    422 "obligations.too_often" TooOften { most: i64 };
    /// It falls due at no such time.
    422 "obligations.no_occurrence" NoOccurrence;
    /// It was met.
    409 "obligations.met_before" MetBefore { day: Day };
    /// It was waived.
    409 "obligations.waived_before" WaivedBefore { day: Day };
    /// What has not happened is not entered as if it had.
    422 "obligations.day_ahead" DayAhead { day: Day, today: Day };
    /// Whoever says that it was met, or consents, says what shows it.
    422 "obligations.not_shown" NotShown;
    /// Whoever asks for a waiver says why.
    422 "obligations.no_reason" NoReason;
    /// The journal has no such entry.
    422 "obligations.no_proof" NoProof;
    /// A third party has no say.
    422 "obligations.third_party" ThirdParty;
    /// A waiver counts with the consent of the other party.
    422 "obligations.own_consent" OwnConsent;
    /// Nobody asked for it.
    422 "obligations.not_asked" NotAsked;
    /// The entry is none of this obligation.
    404 "obligations.no_entry" NoEntry;
    /// What was set is taken back only while nothing became of it.
    409 "obligations.something_came" SomethingCame;
}

/// What must be known of a cooperation before something may be owed in it.
pub struct Known<'k> {
    /// Who takes part.
    pub parties: &'k [PartyId],
    /// When the paper that is named was signed, where the cooperation has it.
    pub paper: Option<Option<Date>>,
}

fn text(text: &str, field: &'static str) -> Result<String, Refused> {
    let text = text.trim().to_owned();
    match text.chars().count() > TEXT_MAX {
        true => Err(Refused::from(Refusal::TooLong { most: TEXT_MAX }).in_field(field)),
        false => Ok(text),
    }
}

fn wrong<T>(refusal: Refusal, field: &'static str) -> Result<T, Refused> {
    Err(Refused::from(refusal).in_field(field))
}

/// Sets what a party owes to another one.
pub fn set(asked: ObligationSet, known: &Known<'_>) -> Result<ObligationSet, Refused> {
    let what = asked.what.tidy();
    if what.is_empty() {
        return wrong(Refusal::NoText, "name_id");
    }
    if what.longest() > TEXT_MAX {
        return wrong(Refusal::TooLong { most: TEXT_MAX }, "name_id");
    }
    for (party, field) in [(asked.debtor, "debtor"), (asked.creditor, "creditor")] {
        if !known.parties.contains(&party) {
            return wrong(Refusal::NotInCooperation, field);
        }
    }
    if asked.debtor == asked.creditor {
        return wrong(Refusal::SameParty, "creditor");
    }
    match (asked.paper, known.paper) {
        (Some(_), None) => return wrong(Refusal::NoPaper, "paper"),
        (Some(_), Some(Some(signed))) if asked.due.is_some_and(|due| due < signed.first()) => {
            return wrong(Refusal::BeforePaper { signed }, "due");
        }
        _ => {}
    }
    let until = match (asked.every_months, asked.due, asked.until) {
        (None, due, until) => match (due, until) {
            (Some(due), Some(until)) if until < due => return wrong(Refusal::EndsBefore { due }, "until"),
            _ => None,
        },
        (Some(_), None, _) => return wrong(Refusal::NoSpan, "due"),
        (Some(_), _, None) => return wrong(Refusal::NoSpan, "until"),
        (Some(_), Some(due), Some(until)) if until < due => {
            return wrong(Refusal::EndsBefore { due }, "until");
        }
        (Some(every), Some(due), Some(until)) => {
            let months = i64::from(until.days_since(due)) / 28;
            if !(1..=TIMES_MAX).contains(&every) || months / every > TIMES_MAX {
                return wrong(Refusal::TooOften { most: TIMES_MAX }, "every_months");
            }
            Some(until)
        }
    };
    let article = text(&asked.article, "article")?;
    let (shown_by, source) = (text(&asked.shown_by, "shown_by")?, text(&asked.source, "source")?);
    Ok(ObligationSet { what, article, until, shown_by, source, ..asked })
}

/// How an obligation stands, one time that it falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OccurrenceState {
    /// Its day is far, or no day is named.
    Open,
    /// Its day is near.
    DueSoon {
        /// In so many days.
        days: i32,
    },
    /// Its day has passed.
    Late {
        /// The day on which it fell due.
        since: Day,
    },
    /// It was met in time.
    Met {
        /// When.
        day: Day,
    },
    /// It was met after its day.
    MetLate {
        /// When.
        day: Day,
    },
    /// The other party consented that it need not be met.
    Waived {
        /// When it consented.
        day: Day,
    },
}

impl OccurrenceState {
    /// As its word is keyed.
    pub const fn name(self) -> &'static str {
        match self {
            OccurrenceState::Open => "open",
            OccurrenceState::DueSoon { .. } => "due_soon",
            OccurrenceState::Late { .. } => "late",
            OccurrenceState::Met { .. } => "met",
            OccurrenceState::MetLate { .. } => "met_late",
            OccurrenceState::Waived { .. } => "waived",
        }
    }
    /// Whether something is still owed.
    pub const fn is_owed(self) -> bool {
        matches!(self, OccurrenceState::Open | OccurrenceState::DueSoon { .. } | OccurrenceState::Late { .. })
    }
}

/// One time that an obligation falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Occurrence {
    /// Which time, counted from 1.
    pub nth: i64,
    /// When; nothing where no day is named.
    pub due: Option<Day>,
    /// How it stands.
    #[serde(flatten)]
    pub state: OccurrenceState,
}

/// So many months after a day: the same day of the month, or the last one where the month is shorter.
fn months_after(day: Day, months: i64) -> Day {
    let month = day.month().plus(i32::try_from(months).unwrap_or(i32::MAX));
    let (year, number) = month.parts();
    Day::new(year, number, day.parts().2).unwrap_or_else(|| month.last())
}

/// Each time that an obligation falls due, and how it stands on a day. What was taken back does not count.
pub fn occurrences(of: &Obligation, happened: &[Happened], today: Day) -> Vec<Occurrence> {
    let days: Vec<Option<Day>> = match (of.due, of.every_months, of.until) {
        (Some(due), Some(every), Some(until)) if every > 0 => (0..=TIMES_MAX)
            .map(|n| months_after(due, n * every))
            .take_while(|day| *day <= until)
            .map(Some)
            .collect(),
        (due, _, _) => vec![due],
    };
    let one = |(n, due): (usize, Option<Day>)| {
        let nth = n as i64 + 1;
        Occurrence { nth, due, state: state(nth, due, happened, today) }
    };
    days.into_iter().enumerate().map(one).collect()
}

fn state(nth: i64, due: Option<Day>, happened: &[Happened], today: Day) -> OccurrenceState {
    let counts = |it: &&Happened| it.nth == nth && it.undone.is_none() && it.day <= today;
    let of = |kind: HappenedKind| happened.iter().filter(counts).filter(move |it| it.kind == kind);
    if let Some(day) = of(HappenedKind::Met).map(|it| it.day).min() {
        return match due.is_some_and(|due| day > due) {
            true => OccurrenceState::MetLate { day },
            false => OccurrenceState::Met { day },
        };
    }
    let asked = |consent: &&Happened| of(HappenedKind::WaiverAsked).any(|it| Some(it.entry) == consent.about);
    if let Some(day) = of(HappenedKind::WaiverConsented).filter(asked).map(|it| it.day).min() {
        return OccurrenceState::Waived { day };
    }
    match due {
        Some(due) if due < today => OccurrenceState::Late { since: due },
        Some(due) if due.days_since(today) <= DUE_SOON_DAYS => {
            OccurrenceState::DueSoon { days: due.days_since(today) }
        }
        _ => OccurrenceState::Open,
    }
}

fn owed(all: &[Occurrence], nth: i64, day: Day, today: Day) -> Result<(), Refused> {
    let Some(occurrence) = all.iter().find(|it| it.nth == nth) else {
        return wrong(Refusal::NoOccurrence, "nth");
    };
    match occurrence.state {
        OccurrenceState::Met { day } | OccurrenceState::MetLate { day } => {
            return wrong(Refusal::MetBefore { day }, "nth");
        }
        OccurrenceState::Waived { day } => return wrong(Refusal::WaivedBefore { day }, "nth"),
        _ => {}
    }
    match day > today {
        true => wrong(Refusal::DayAhead { day, today }, "day"),
        false => Ok(()),
    }
}

/// Records that an obligation was met. `all` is how it stands, `is_there` whether the journal has the entry that is named.
pub fn meet(
    asked: ObligationMet,
    all: &[Occurrence],
    today: Day,
    is_there: impl FnOnce(EntryId) -> bool,
) -> Result<ObligationMet, Refused> {
    owed(all, asked.nth, asked.day, today)?;
    let shown = text(&asked.shown, "shown")?;
    if shown.is_empty() {
        return wrong(Refusal::NotShown, "shown");
    }
    if asked.proof.is_some_and(|entry| !is_there(entry)) {
        return wrong(Refusal::NoProof, "proof");
    }
    Ok(ObligationMet { shown, ..asked })
}

/// Records that one of the two parties asks for a waiver.
pub fn ask_waiver(
    asked: WaiverAsked,
    of: &Obligation,
    all: &[Occurrence],
    today: Day,
) -> Result<WaiverAsked, Refused> {
    owed(all, asked.nth, asked.day, today)?;
    if ![of.debtor, of.creditor].contains(&asked.by) {
        return wrong(Refusal::ThirdParty, "by");
    }
    let reason = text(&asked.reason, "reason")?;
    match reason.is_empty() {
        true => wrong(Refusal::NoReason, "reason"),
        false => Ok(WaiverAsked { reason, ..asked }),
    }
}

/// Records that the other party consents to a waiver; which time it is about follows from the request.
pub fn consent(
    asked: WaiverConsented,
    of: &Obligation,
    (all, happened): (&[Occurrence], &[Happened]),
    today: Day,
) -> Result<WaiverConsented, Refused> {
    let is_request = |it: &&Happened| {
        it.entry == asked.asked && it.kind == HappenedKind::WaiverAsked && it.undone.is_none()
    };
    let Some(request) = happened.iter().find(is_request) else {
        return wrong(Refusal::NotAsked, "asked");
    };
    owed(all, request.nth, asked.day, today)?;
    if ![of.debtor, of.creditor].contains(&asked.by) {
        return wrong(Refusal::ThirdParty, "by");
    }
    if request.party == Some(asked.by) {
        return wrong(Refusal::OwnConsent, "by");
    }
    let shown = text(&asked.shown, "shown")?;
    match shown.is_empty() {
        true => wrong(Refusal::NotShown, "shown"),
        false => Ok(WaiverConsented { nth: request.nth, shown, ..asked }),
    }
}

/// Whether an entry may be taken back: it is one of this obligation, and what was set is taken back only while nothing
/// became of it.
pub fn take_back(entry: EntryId, of: &Obligation, happened: &[Happened]) -> Result<(), Refused> {
    if entry == of.entry {
        return match happened.iter().any(|it| it.undone.is_none()) {
            true => Err(Refusal::SomethingCame.into()),
            false => Ok(()),
        };
    }
    match happened.iter().any(|it| it.entry == entry) {
        true => Ok(()),
        false => Err(Refusal::NoEntry.into()),
    }
}

#[cfg(test)]
mod tests {
    use kernel::{BookId, InstrumentId, Names, ObligationId, PlaceCode};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn maybe(text: &str) -> Option<Day> {
        (!text.is_empty()).then(|| day(text))
    }

    fn party(n: u8) -> PartyId {
        PartyId::from_bytes([n; 16])
    }

    fn entry(n: u8) -> EntryId {
        EntryId::from_bytes([n; 16])
    }

    fn place() -> PlaceCode {
        "34".parse().expect("a code")
    }

    fn owed_to(due: &str, every_months: Option<i64>, until: &str) -> Obligation {
        Obligation {
            cooperation: BookId::from_bytes([9; 16]),
            obligation: ObligationId::from_bytes([8; 16]),
            entry: entry(8),
            debtor: party(1),
            creditor: party(2),
            what: Names { id: "Laporan".into(), ..Names::default() },
            paper: None,
            article: String::new(),
            due: maybe(due),
            every_months,
            until: maybe(until),
            shown_by: String::new(),
            source: String::new(),
            undone: None,
        }
    }

    fn happened(n: u8, kind: HappenedKind, nth: i64, on: &str) -> Happened {
        let (party, about) = match kind {
            HappenedKind::Met => (None, None),
            HappenedKind::WaiverAsked => (Some(party(1)), None),
            HappenedKind::WaiverConsented => (Some(party(2)), Some(entry(n - 1))),
        };
        Happened { entry: entry(n), kind, nth, day: day(on), party, about, note: "x".into(), undone: None }
    }

    #[test]
    fn an_obligation_stands_as_its_days_and_its_entries_say() {
        use HappenedKind::*;
        let once = owed_to("2026-03-31", None, "");
        let without = owed_to("", None, "");
        let monthly = owed_to("2026-01-31", Some(1), "2026-04-30");
        let met = |on| vec![happened(1, Met, 1, on)];
        let waived =
            vec![happened(1, WaiverAsked, 1, "2026-03-01"), happened(2, WaiverConsented, 1, "2026-03-05")];
        let alone = vec![happened(1, WaiverAsked, 1, "2026-03-01")];
        let mut back = met("2026-03-01");
        back[0].undone = Some(entry(7));
        let mut without_request = waived.clone();
        without_request[0].undone = Some(entry(7));
        let second = vec![happened(1, Met, 2, "2026-02-20")];
        for (of, entries, on, expected) in [
            (&once, vec![], "2026-02-28", "open"),
            (&once, vec![], "2026-03-01", "due_soon"),
            (&once, vec![], "2026-03-31", "due_soon"),
            (&once, vec![], "2026-04-01", "late"),
            (&once, met("2026-03-31"), "2026-04-01", "met"),
            (&once, met("2026-04-02"), "2026-04-02", "met_late"),
            (&once, met("2026-04-02"), "2026-04-01", "late"),
            (&once, back, "2026-04-01", "late"),
            (&once, alone, "2026-04-01", "late"),
            (&once, waived, "2026-04-01", "waived"),
            (&once, without_request, "2026-04-01", "late"),
            (&without, vec![], "2036-01-01", "open"),
            (&without, met("2026-03-31"), "2036-01-01", "met"),
            (&monthly, second, "2026-03-15", "late met due_soon open"),
            (&monthly, vec![], "2025-12-01", "open open open open"),
        ] {
            let seen: Vec<_> = occurrences(of, &entries, day(on)).iter().map(|it| it.state.name()).collect();
            assert_eq!(seen.join(" "), expected, "{entries:?} on {on}");
        }
        let days: Vec<_> =
            occurrences(&monthly, &[], day("2026-01-01")).iter().filter_map(|it| it.due).collect();
        assert_eq!(days, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"].map(day));
    }

    #[test]
    fn what_is_owed_has_two_parties_a_text_and_days_in_their_order() {
        let base = ObligationSet {
            place: place(),
            cooperation: BookId::from_bytes([9; 16]),
            obligation: ObligationId::from_bytes([8; 16]),
            debtor: party(1),
            creditor: party(2),
            what: Names { id: "Laporan".into(), ..Names::default() },
            paper: None,
            article: String::new(),
            due: Some(day("2026-03-31")),
            every_months: None,
            until: None,
            shown_by: String::new(),
            source: String::new(),
        };
        let with = |change: fn(&mut ObligationSet)| {
            let mut asked = base.clone();
            change(&mut asked);
            asked
        };
        let paper = |asked: &mut ObligationSet| asked.paper = Some(InstrumentId::from_bytes([1; 16]));
        for (asked, signed, expected) in [
            (with(|_| ()), None, Ok(())),
            (with(|it| it.what = Names::default()), None, Err("obligations.no_text")),
            (with(|it| it.article = "x".repeat(501)), None, Err("obligations.too_long")),
            (with(|it| it.debtor = party(7)), None, Err("obligations.not_in_cooperation")),
            (with(|it| it.creditor = party(1)), None, Err("obligations.same_party")),
            (with(paper), None, Err("obligations.no_paper")),
            (with(paper), Some(None), Ok(())),
            (with(paper), Some(Some(day("2026-03-31").into())), Ok(())),
            (with(paper), Some(Some(day("2026-04-01").into())), Err("obligations.before_paper")),
            (with(|it| it.until = Some(day("2026-03-30"))), None, Err("obligations.ends_before")),
            (with(|it| it.every_months = Some(6)), None, Err("obligations.no_span")),
            (
                with(|it| (it.every_months, it.due, it.until) = (Some(6), None, Some(day("2027-01-01")))),
                None,
                Err("obligations.no_span"),
            ),
            (
                with(|it| (it.every_months, it.until) = (Some(0), Some(day("2027-01-01")))),
                None,
                Err("obligations.too_often"),
            ),
            (
                with(|it| (it.every_months, it.until) = (Some(1), Some(day("2126-01-01")))),
                None,
                Err("obligations.too_often"),
            ),
            (
                with(|it| (it.every_months, it.until) = (Some(6), Some(day("2026-01-01")))),
                None,
                Err("obligations.ends_before"),
            ),
        ] {
            let known = Known { parties: &[party(1), party(2), party(3)], paper: signed };
            let shown = format!("{asked:?}");
            assert_eq!(set(asked, &known).map(drop).map_err(|no| no.code), expected, "{shown}");
        }
    }

    #[test]
    fn a_waiver_counts_with_the_consent_of_the_other_party() {
        let of = owed_to("2026-03-31", None, "");
        let today = day("2026-03-10");
        let asks = |by, on: &str, reason: &str| WaiverAsked {
            place: place(),
            cooperation: of.cooperation,
            obligation: of.obligation,
            nth: 1,
            by,
            day: day(on),
            reason: reason.into(),
        };
        let all = occurrences(&of, &[], today);
        for (asked, expected) in [
            (asks(party(1), "2026-03-01", "drought"), Ok(())),
            (asks(party(2), "2026-03-01", "drought"), Ok(())),
            (asks(party(3), "2026-03-01", "drought"), Err("obligations.third_party")),
            (asks(party(1), "2026-03-11", "drought"), Err("obligations.day_ahead")),
            (asks(party(1), "2026-03-01", " "), Err("obligations.no_reason")),
        ] {
            assert_eq!(ask_waiver(asked, &of, &all, today).map(drop).map_err(|no| no.code), expected);
        }
        let request = [happened(1, HappenedKind::WaiverAsked, 1, "2026-03-01")];
        let consents = |by, asked, shown: &str| WaiverConsented {
            place: place(),
            cooperation: of.cooperation,
            obligation: of.obligation,
            nth: 0,
            asked,
            by,
            day: today,
            shown: shown.into(),
        };
        for (asked, expected) in [
            (consents(party(2), entry(1), "letter 4"), Ok(1)),
            (consents(party(1), entry(1), "letter 4"), Err("obligations.own_consent")),
            (consents(party(3), entry(1), "letter 4"), Err("obligations.third_party")),
            (consents(party(2), entry(2), "letter 4"), Err("obligations.not_asked")),
            (consents(party(2), entry(1), ""), Err("obligations.not_shown")),
        ] {
            let answer = consent(asked, &of, (&all, &request), today);
            assert_eq!(answer.map(|fact| fact.nth).map_err(|no| no.code), expected);
        }
    }

    #[test]
    fn an_obligation_is_met_once_and_not_in_the_future() {
        let of = owed_to("2026-03-31", None, "");
        let today = day("2026-04-10");
        let meets = |nth, on: &str, shown: &str, proof| ObligationMet {
            place: place(),
            cooperation: of.cooperation,
            obligation: of.obligation,
            nth,
            day: day(on),
            shown: shown.into(),
            proof,
        };
        let before = [happened(1, HappenedKind::Met, 1, "2026-03-20")];
        let waived = [
            happened(1, HappenedKind::WaiverAsked, 1, "2026-03-01"),
            happened(2, HappenedKind::WaiverConsented, 1, "2026-03-05"),
        ];
        for (asked, entries, expected) in [
            (meets(1, "2026-04-10", "report 3", Some(entry(1))), &[][..], Ok(())),
            (meets(1, "2026-04-10", "report 3", Some(entry(2))), &[], Err("obligations.no_proof")),
            (meets(1, "2026-04-11", "report 3", None), &[], Err("obligations.day_ahead")),
            (meets(1, "2026-04-10", " ", None), &[], Err("obligations.not_shown")),
            (meets(2, "2026-04-10", "report 3", None), &[], Err("obligations.no_occurrence")),
            (meets(1, "2026-04-10", "report 3", None), &before, Err("obligations.met_before")),
            (meets(1, "2026-04-10", "report 3", None), &waived, Err("obligations.waived_before")),
        ] {
            let all = occurrences(&of, entries, today);
            let answer = meet(asked, &all, today, |id| id == entry(1));
            assert_eq!(answer.map(drop).map_err(|no| no.code), expected);
        }
    }
}
