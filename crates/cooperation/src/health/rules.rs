//! The signals of a cooperation on a day, the state that follows from them, and its history.

use kernel::{Date, Day, EntryId, Names, PartyId, Refused};
use serde::Serialize;

use super::facts::*;
use super::sources::Count;
use crate::agreements::{Cooperation, Instrument, NEAR_EXPIRY_DAYS, PaperState, state as paper_state};
use crate::obligations::{Happened, Obligation, OccurrenceState, occurrences};

/// No name and no source is longer.
const TEXT_MAX: usize = 300;
/// Visits are counted over two years.
const VISIT_DAYS: i32 = 730;
/// A leader is new for a year.
const LEADER_DAYS: i32 = 365;
/// No number of a rule is larger.
const NUMBER_MAX: i64 = 3650;

kernel::refusals! { Refusal:
    /// A number that judges nothing.
    422 "health.number_wrong" NumberWrong { least: i64, most: i64 };
    /// Signals without any weight.
    422 "health.no_weight" NoWeight;
    /// Whoever changes the rules says who decided so.
    422 "health.no_source" NoSource;
    /// Days that were judged keep their judgement.
    422 "health.day_past" DayPast { today: Day };
    /// A leader without a name.
    422 "health.no_name" NoName;
    /// More than anybody reads.
    422 "health.too_long" TooLong { most: i64 };
    /// The region's list has no such party.
    422 "health.no_party" NoParty;
    /// Who has not begun yet heads nothing.
    422 "health.day_ahead" DayAhead { day: Date, today: Day };
}

fn wrong<T>(refusal: Refusal, field: &'static str) -> Result<T, Refused> {
    Err(Refused::from(refusal).in_field(field))
}

fn text(text: &str, field: &'static str, missing: Refusal) -> Result<String, Refused> {
    let text = text.trim().to_owned();
    match text.chars().count() {
        0 => wrong(missing, field),
        length if length > TEXT_MAX => wrong(Refusal::TooLong { most: TEXT_MAX as i64 }, field),
        _ => Ok(text),
    }
}

/// Sets the rules from a day on. A day that has passed keeps the rules by which it was judged.
pub fn set_rules(asked: HealthRulesSet, today: Day) -> Result<HealthRulesSet, Refused> {
    let rules = asked.rules;
    for (number, least, most, field) in [
        (rules.silent_days, 30, NUMBER_MAX, "silent_days"),
        (rules.start_days, 30, NUMBER_MAX, "start_days"),
        (rules.dynamic_percent, 1, 100, "dynamic_percent"),
        (rules.visits_wanted, 1, 100, "visits_wanted"),
    ] {
        if !(least..=most).contains(&number) {
            return wrong(Refusal::NumberWrong { least, most }, field);
        }
    }
    for kind in SignalKind::ALL {
        if !(0..=100).contains(&kind.weight(&rules)) {
            return wrong(Refusal::NumberWrong { least: 0, most: 100 }, kind.name());
        }
    }
    if SignalKind::ALL.iter().all(|kind| kind.weight(&rules) == 0) {
        return wrong(Refusal::NoWeight, "freshness");
    }
    if asked.from < today {
        return wrong(Refusal::DayPast { today }, "from");
    }
    let source = text(&asked.source, "source", Refusal::NoSource)?;
    Ok(HealthRulesSet { source, ..asked })
}

/// Says who heads a party.
pub fn name_leader(asked: LeaderNamed, is_listed: bool, today: Day) -> Result<LeaderNamed, Refused> {
    if !is_listed {
        return wrong(Refusal::NoParty, "party");
    }
    if asked.since.first() > today {
        return wrong(Refusal::DayAhead { day: asked.since, today }, "since");
    }
    let name = text(&asked.name, "name", Refusal::NoName)?;
    let office = text(&asked.office, "office", Refusal::NoName)?;
    let source = text(&asked.source, "source", Refusal::NoSource)?;
    Ok(LeaderNamed { name, office, source, ..asked })
}

/// Rules with their first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RulesOn {
    /// The first day that is judged by them; nothing for those that are shipped.
    pub from: Option<Day>,
    /// The rules.
    pub rules: Rules,
    /// Who decided so.
    pub source: String,
}

impl RulesOn {
    fn shipped() -> RulesOn {
        RulesOn { from: None, rules: SHIPPED, source: SHIPPED_SOURCE.to_owned() }
    }
}

/// The rules of a day, of sets in the order of their days.
pub fn rules_of(sets: &[RulesOn], day: Day) -> RulesOn {
    let holds = |set: &&RulesOn| set.from.is_none_or(|from| from <= day);
    sets.iter().rev().find(holds).cloned().unwrap_or_else(RulesOn::shipped)
}

kernel::named! {
    /// What tells how a cooperation is.
    pub enum SignalKind as "a signal of health" {
        /// Steps of the law passed in both countries.
        Stages "stages",
        /// Obligations met on time.
        Obligations "obligations",
        /// Days since the last recorded event.
        Freshness "freshness",
        /// Whether a paper holds.
        Papers "papers",
        /// Visits.
        Visits "visits",
        /// Whether a leader changed lately.
        Leaders "leaders",
        /// Meetings held against planned.
        Meetings "meetings",
        /// How many of those who were awaited took part.
        Participation "participation",
        /// Money arrived against promised.
        Money "money",
    }

    /// What was recorded.
    pub enum EventKind as "a kind of recorded event" {
        /// A paper was signed.
        Paper "paper",
        /// A visit.
        Visit "visit",
        /// An obligation was met.
        Met "met",
        /// A step of the law was passed.
        Step "step",
        /// A document was attached.
        Document "document",
        /// A meeting, a payment: what a later stage counts.
        Counted "counted",
    }

    /// How a cooperation is.
    pub enum State as "a state of a cooperation" {
        /// Much of what was agreed happens.
        Dynamic "dynamic",
        /// Something happens.
        Effective "effective",
        /// Nothing has been recorded for long.
        Sleeping "sleeping",
        /// Nothing but papers was ever recorded.
        NotImplemented "not_implemented",
    }
}

impl SignalKind {
    /// What it weighs.
    pub const fn weight(self, rules: &Rules) -> i64 {
        let weights = &rules.weights;
        match self {
            SignalKind::Stages => weights.stages,
            SignalKind::Obligations => weights.obligations,
            SignalKind::Freshness => weights.freshness,
            SignalKind::Papers => weights.papers,
            SignalKind::Visits => weights.visits,
            SignalKind::Leaders => weights.leaders,
            SignalKind::Meetings => weights.meetings,
            SignalKind::Participation => weights.participation,
            SignalKind::Money => weights.money,
        }
    }
}

impl State {
    /// The class of its badge.
    pub const fn class(self) -> &'static str {
        match self {
            State::Dynamic => "ok",
            State::Effective => "info",
            State::Sleeping => "warn",
            State::NotImplemented => "bad",
        }
    }
}

/// Something that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When it happened; where only the month or year is known, its last day.
    pub day: Day,
    /// What it is.
    pub kind: EventKind,
    /// What it is called.
    pub what: Names,
    /// The address of its page.
    pub path: String,
}

/// Who heads a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leader {
    /// The entry that says so.
    pub entry: EntryId,
    /// The party.
    pub party: PartyId,
    /// Who.
    pub name: String,
    /// The office.
    pub office: String,
    /// Since when.
    pub since: Date,
    /// Where this is published.
    pub source: String,
}

/// What is recorded of a cooperation.
#[derive(Debug, Clone)]
pub struct Record {
    /// The cooperation.
    pub cooperation: Cooperation,
    /// What happened, in the order of the days.
    pub events: Vec<Event>,
    /// Its papers.
    pub papers: Vec<Instrument>,
    /// What is owed, and what became of it.
    pub owed: Vec<(Obligation, Vec<Happened>)>,
    /// How many steps the law of both countries has.
    pub steps: usize,
    /// When each step that is done was done the first time.
    pub done: Vec<Event>,
    /// Who heads its parties, in the order of the days.
    pub leaders: Vec<Leader>,
    /// What later stages count.
    pub counts: Vec<(SignalKind, Vec<Count>)>,
}

/// Why: the name of a sentence, and its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The name of the sentence.
    pub name: &'static str,
    /// How many.
    pub n: i64,
    /// Of how many.
    pub of: i64,
    /// The day that it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
}

fn because(name: &'static str, n: i64, of: i64, day: Option<Day>) -> Reason {
    Reason { name, n, of, day }
}

/// A signal on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signal {
    /// What it is.
    pub kind: SignalKind,
    /// Percent; nothing where nothing is recorded.
    pub percent: Option<i64>,
    /// What it weighs.
    pub weight: i64,
    /// Why.
    pub reason: Reason,
    /// What is behind it.
    pub behind: Vec<Event>,
}

/// How a cooperation is on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// Its state.
    pub state: State,
    /// Why it has it.
    pub why: Reason,
    /// The signals that have a value, weighed.
    pub percent: Option<i64>,
    /// All signals.
    pub signals: Vec<Signal>,
}

/// Judges a cooperation on a day by the rules of that day, from what had happened up to then.
pub fn judge(record: &Record, rules: &Rules, day: Day) -> Judged {
    let past: Vec<&Event> = record.events.iter().take_while(|event| event.day <= day).collect();
    let signals: Vec<Signal> =
        SignalKind::ALL.iter().map(|kind| signal(*kind, record, &past, rules, day)).collect();
    let known = || signals.iter().filter_map(|signal| Some((signal.percent?, signal.weight)));
    let weight: i64 = known().map(|(_, weight)| weight).sum();
    let percent =
        (weight > 0).then(|| known().map(|(percent, weight)| percent * weight).sum::<i64>() / weight);
    let (state, why) = state(&past, percent, rules, day);
    Judged { state, why, percent, signals }
}

fn state(past: &[&Event], percent: Option<i64>, rules: &Rules, day: Day) -> (State, Reason) {
    let ago = |event: &Event| i64::from(day.days_since(event.day));
    let (Some(first), Some(last)) = (past.first(), past.last()) else {
        return (State::NotImplemented, because("nothing", 0, 0, None));
    };
    let happened = past.iter().any(|event| is_deed(event));
    if !happened && ago(first) > rules.start_days {
        let reason = because("papers_only", ago(first), rules.start_days, Some(first.day));
        return (State::NotImplemented, reason);
    }
    if ago(last) > rules.silent_days {
        return (State::Sleeping, because("silent", ago(last), rules.silent_days, Some(last.day)));
    }
    let percent = percent.unwrap_or(0);
    if percent < rules.dynamic_percent {
        return (State::Effective, because("effective", percent, rules.dynamic_percent, Some(last.day)));
    }
    // A fresh paper alone is a promise: only what was done makes a cooperation dynamic.
    let lately = past.iter().filter(|event| is_deed(event) && day.days_since(event.day) <= VISIT_DAYS);
    let deeds = lately.count() as i64;
    match deeds < rules.visits_wanted {
        true => (State::Effective, because("few", deeds, rules.visits_wanted, Some(last.day))),
        false => (State::Dynamic, because("dynamic", percent, rules.dynamic_percent, Some(last.day))),
    }
}

/// Whether something was done, and not only written.
fn is_deed(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Paper | EventKind::Document)
}

fn share(n: i64, of: i64) -> Option<i64> {
    (of > 0).then(|| (n * 100 / of).clamp(0, 100))
}

fn signal(kind: SignalKind, record: &Record, past: &[&Event], rules: &Rules, day: Day) -> Signal {
    let (percent, reason, behind) = match kind {
        SignalKind::Stages => stages(record, day),
        SignalKind::Obligations => obligations(record, past, day),
        SignalKind::Freshness => freshness(past, rules, day),
        SignalKind::Papers => papers(record, past, day),
        SignalKind::Visits => visits(past, rules, day),
        SignalKind::Leaders => leaders(record, day),
        SignalKind::Meetings | SignalKind::Participation | SignalKind::Money => counted(kind, record, day),
    };
    Signal { kind, percent, weight: kind.weight(rules), reason, behind }
}

type Told = (Option<i64>, Reason, Vec<Event>);

fn nothing() -> Told {
    (None, because("not_recorded", 0, 0, None), Vec::new())
}

fn stages(record: &Record, day: Day) -> Told {
    let done: Vec<Event> = record.done.iter().filter(|event| event.day <= day).cloned().collect();
    let (n, of) = (done.len() as i64, record.steps as i64);
    match n {
        0 => nothing(),
        _ => (share(n, of), because("stages", n, of, None), done),
    }
}

fn obligations(record: &Record, past: &[&Event], day: Day) -> Told {
    let (mut met, mut fell_due) = (0, 0);
    for (obligation, happened) in &record.owed {
        for time in occurrences(obligation, happened, day) {
            match time.state {
                OccurrenceState::Met { .. } => (met, fell_due) = (met + 1, fell_due + 1),
                OccurrenceState::MetLate { .. } | OccurrenceState::Late { .. } => fell_due += 1,
                OccurrenceState::Open | OccurrenceState::DueSoon { .. } | OccurrenceState::Waived { .. } => {}
            }
        }
    }
    let behind = past.iter().filter(|event| event.kind == EventKind::Met).map(|event| (*event).clone());
    match fell_due {
        0 => (None, because("obligations_none", 0, 0, None), Vec::new()),
        _ => (share(met, fell_due), because("obligations", met, fell_due, None), behind.collect()),
    }
}

fn freshness(past: &[&Event], rules: &Rules, day: Day) -> Told {
    let Some(last) = past.last() else { return nothing() };
    let ago = i64::from(day.days_since(last.day));
    let percent = match ago {
        ago if ago * 2 <= rules.silent_days => 100,
        ago if ago <= rules.silent_days => 50,
        _ => 0,
    };
    (Some(percent), because("freshness", ago, rules.silent_days, Some(last.day)), vec![(*last).clone()])
}

fn papers(record: &Record, past: &[&Event], day: Day) -> Told {
    let standings: Vec<PaperState> = record
        .papers
        .iter()
        .filter(|paper| {
            !paper.kind.needs_parent() && paper.signed.is_some_and(|signed| signed.first() <= day)
        })
        .map(|paper| paper_state(&record.papers, paper, day))
        .collect();
    let count = |is: fn(&PaperState) -> bool| standings.iter().filter(|standing| is(standing)).count() as i64;
    let holds = count(|it| matches!(it, PaperState::InForce { .. }));
    let near = count(|it| matches!(it, PaperState::NearExpiry { .. }));
    let all = standings.len() as i64;
    let behind = past.iter().filter(|event| event.kind == EventKind::Paper).map(|event| (*event).clone());
    let (percent, name) = match (holds, near, all) {
        (_, _, 0) => return nothing(),
        (1.., _, _) => (100, "papers_hold"),
        (_, 1.., _) => (50, "papers_near"),
        _ => (0, "papers_out"),
    };
    (Some(percent), because(name, holds + near, all, None), behind.collect())
}

fn visits(past: &[&Event], rules: &Rules, day: Day) -> Told {
    let is_visit =
        |event: &&&Event| event.kind == EventKind::Visit && day.days_since(event.day) <= VISIT_DAYS;
    let behind: Vec<Event> = past.iter().filter(is_visit).map(|event| (*event).clone()).collect();
    if !past.iter().any(|event| event.kind == EventKind::Visit) {
        return nothing();
    }
    let n = behind.len() as i64;
    (share(n, rules.visits_wanted), because("visits", n, rules.visits_wanted, None), behind)
}

fn leaders(record: &Record, day: Day) -> Told {
    let known: Vec<&Leader> = record.leaders.iter().filter(|leader| leader.since.last() <= day).collect();
    let path = format!("/regions/{}/health", record.cooperation.place);
    let event = |leader: &Leader| Event {
        day: leader.since.last(),
        kind: EventKind::Counted,
        what: Names { en: format!("{}, {}", leader.name, leader.office), ..Names::default() },
        path: path.clone(),
    };
    // The first one that is named is no change.
    let is_change = |leader: &&&Leader| {
        known.iter().any(|other| other.party == leader.party && other.since < leader.since)
    };
    match known.iter().filter(is_change).max_by_key(|leader| leader.since) {
        _ if known.is_empty() => nothing(),
        Some(leader) if day.days_since(leader.since.last()) <= LEADER_DAYS => {
            (Some(0), because("leader_new", 0, 0, Some(leader.since.last())), vec![event(leader)])
        }
        _ => (Some(100), because("leader_same", 0, 0, None), known.into_iter().map(event).collect()),
    }
}

fn counted(kind: SignalKind, record: &Record, day: Day) -> Told {
    let Some((_, counts)) = record.counts.iter().find(|(of, _)| *of == kind) else { return nothing() };
    let due: Vec<&Count> = counts.iter().filter(|count| count.due <= day).collect();
    let came = |count: &Count| count.came.iter().filter(|(on, _)| *on <= day).map(|(_, n)| n).sum::<i64>();
    let wanted: i64 = due.iter().map(|count| count.wanted).sum();
    let got: i64 = due.iter().map(|count| came(count).min(count.wanted)).sum();
    let behind = due.iter().map(|count| Event {
        day: count.due,
        kind: EventKind::Counted,
        what: count.what.clone(),
        path: count.path.clone(),
    });
    match wanted {
        0 => nothing(),
        _ => (share(got, wanted), because("counted", got, wanted, None), behind.collect()),
    }
}

/// A stretch of time in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The state.
    pub state: State,
    /// Its first day.
    pub from: Day,
    /// Its last day, or today.
    pub to: Day,
}

/// The days on which the judgement can change: those of events, and those on which they grow too old.
fn turns(record: &Record, sets: &[RulesOn], today: Day) -> Vec<Day> {
    let mut days = vec![record.cooperation.day.first().min(today)];
    let mut all_rules = vec![SHIPPED];
    all_rules.extend(sets.iter().map(|set| set.rules));
    days.extend(sets.iter().filter_map(|set| set.from));
    let limit = |days: i64| i32::try_from(days).unwrap_or(i32::MAX / 2);
    for event in &record.events {
        days.push(event.day);
        days.push(event.day.plus(VISIT_DAYS + 1));
        for rules in &all_rules {
            let (silent, start) = (limit(rules.silent_days), limit(rules.start_days));
            days.extend([silent / 2 + 1, silent + 1, start + 1].map(|after| event.day.plus(after)));
        }
    }
    for (obligation, happened) in &record.owed {
        let due = occurrences(obligation, happened, today).into_iter().filter_map(|time| time.due);
        days.extend(due.take_while(|due| *due < today).map(|due| due.plus(1)));
        days.extend(happened.iter().map(|it| it.day));
    }
    for until in record.papers.iter().filter_map(|paper| paper.until) {
        days.extend([until.last().plus(1), until.last().plus(-NEAR_EXPIRY_DAYS)]);
    }
    for leader in &record.leaders {
        days.extend([leader.since.last(), leader.since.last().plus(LEADER_DAYS + 1)]);
    }
    for (_, counts) in &record.counts {
        days.extend(counts.iter().map(|count| count.due));
        days.extend(counts.iter().flat_map(|count| &count.came).map(|(day, _)| *day));
    }
    let first = days[0];
    days.retain(|day| (first..=today).contains(day));
    days.sort_unstable();
    days.dedup();
    days
}

/// The states that a cooperation has been in until today, the oldest first; each past day by the rules of that day.
pub fn history(record: &Record, sets: &[RulesOn], today: Day) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for day in turns(record, sets, today) {
        let state = judge(record, &rules_of(sets, day).rules, day).state;
        match spans.last_mut() {
            Some(last) if last.state == state => {}
            Some(last) => {
                last.to = day.plus(-1);
                spans.push(Span { state, from: day, to: today });
            }
            None => spans.push(Span { state, from: day, to: today }),
        }
    }
    spans
}

/// The first day of the state that a cooperation is in.
pub(super) fn since(record: &Record, sets: &[RulesOn], today: Day, state: State) -> Day {
    let turns = turns(record, sets, today);
    let same = |day: &&Day| judge(record, &rules_of(sets, **day).rules, **day).state == state;
    turns.iter().rev().take_while(same).last().copied().unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use kernel::BookId;

    use super::*;
    use crate::agreements::CooperationKind;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn record(events: &[(&str, EventKind)]) -> Record {
        let cooperation = Cooperation {
            place: "34".parse().expect("a code"),
            cooperation: BookId::from_bytes([9; 16]),
            kind: CooperationKind::Sister,
            names: Names::default(),
            day: day("2008-01-01").into(),
            source: String::new(),
        };
        let event = |(on, kind): &(&str, EventKind)| Event {
            day: day(on),
            kind: *kind,
            what: Names::default(),
            path: String::new(),
        };
        Record {
            cooperation,
            events: events.iter().map(event).collect(),
            papers: Vec::new(),
            owed: Vec::new(),
            steps: 10,
            done: Vec::new(),
            leaders: Vec::new(),
            counts: Vec::new(),
        }
    }

    #[test]
    fn a_state_follows_from_what_had_happened_up_to_the_day() {
        use EventKind::{Document, Paper, Visit};
        let papers = [("2008-05-01", Paper), ("2008-06-01", Document)];
        let lives = [("2008-05-01", Paper), ("2009-05-01", Visit), ("2009-08-01", Visit)];
        for (events, on, expected, why) in [
            (&[][..], "2008-01-01", State::NotImplemented, "nothing"),
            (&papers, "2008-04-30", State::NotImplemented, "nothing"),
            (&papers, "2008-07-01", State::Effective, "few"),
            (&papers, "2009-06-02", State::Sleeping, "silent"),
            (&papers, "2010-05-02", State::NotImplemented, "papers_only"),
            (&lives, "2009-05-01", State::Effective, "few"),
            (&lives, "2009-08-01", State::Dynamic, "dynamic"),
            (&lives, "2010-08-01", State::Effective, "effective"),
            (&lives, "2010-08-02", State::Sleeping, "silent"),
        ] {
            let judged = judge(&record(events), &SHIPPED, day(on));
            assert_eq!((judged.state, judged.why.name), (expected, why), "{on}");
        }
        let spans = history(&record(&papers), &[], day("2011-01-01"));
        let told: Vec<String> = spans.iter().map(|span| format!("{} {}", span.from, span.state)).collect();
        assert_eq!(
            told,
            [
                "2008-01-01 not_implemented",
                "2008-05-01 effective",
                "2009-06-02 sleeping",
                "2010-05-02 not_implemented"
            ]
        );
    }

    #[test]
    fn what_a_later_stage_counts_is_a_signal_and_what_nobody_counts_is_none() {
        let mut one = record(&[("2025-01-01", EventKind::Paper)]);
        let signal = |one: &Record, on: &str| {
            let judged = judge(one, &SHIPPED, day(on));
            judged.signals.into_iter().find(|it| it.kind == SignalKind::Meetings).expect("the signal")
        };
        assert_eq!(
            (signal(&one, "2025-06-01").percent, signal(&one, "2025-06-01").reason.name),
            (None, "not_recorded")
        );
        let count = |due: &str, came: Vec<(Day, i64)>| Count {
            due: day(due),
            wanted: 1,
            came,
            what: Names::default(),
            path: String::new(),
        };
        let counts = vec![count("2025-03-01", vec![(day("2025-03-02"), 1)]), count("2025-05-01", Vec::new())];
        one.counts.push((SignalKind::Meetings, counts));
        for (on, percent) in [
            ("2025-02-28", None),
            ("2025-03-01", Some(0)),
            ("2025-03-02", Some(100)),
            ("2025-05-01", Some(50)),
        ] {
            assert_eq!(signal(&one, on).percent, percent, "{on}");
        }
    }
}
