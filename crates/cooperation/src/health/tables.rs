//! Rules and leaders as they follow from the facts, and what is recorded of a cooperation.

use std::collections::BTreeMap;

use db::{FromRow, Row, Tx, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, Date, Day, Fault, Names, PlaceCode};
use serde::Serialize;

use super::facts::*;
use super::rules::{self, Event, EventKind, Leader, Reason, Record, RulesOn, State, judge, rules_of};
use super::sources::sources;
use crate::agreements::{self, Cooperation, Instrument};
use crate::documents;
use crate::obligations::{self, Happened, HappenedKind, Obligation};
use crate::stages::{self, Done, Track, procedure};
use crate::visits::{self, Visit};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match Fact::read(entry)? {
        None => return Ok(Folded::UnknownKind),
        Some(Fact::HealthRulesSet(fact)) => rules_set(fold, &fact)?,
        Some(Fact::LeaderNamed(fact)) => leader_named(fold, &fact)?,
    }
    Ok(Folded::Done)
}

fn rules_set(fold: &mut Fold<'_, '_>, fact: &HealthRulesSet) -> Result<(), Fault> {
    let (entry, by) = (fold.entry, fold.turn.undone_by());
    if !fold.turn.is_first() {
        sql!("UPDATE health_rules SET undone = ?4 WHERE place = ?1 AND day_from = ?2 AND entry = ?3")
            .bind(&fact.place)
            .bind(&fact.from)
            .bind(&entry)
            .bind(&by)
            .run(fold)?;
        return Ok(());
    }
    let weights =
        serde_json::to_string(&fact.rules.weights).map_err(|error| Fault::because("weights", error))?;
    sql!(
        "INSERT INTO health_rules
         (place, day_from, entry, silent_days, start_days, dynamic_percent, visits_wanted, weights, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.from)
    .bind(&entry)
    .bind(&fact.rules.silent_days)
    .bind(&fact.rules.start_days)
    .bind(&fact.rules.dynamic_percent)
    .bind(&fact.rules.visits_wanted)
    .bind(&weights)
    .bind(&fact.source)
    .run(fold)?;
    Ok(())
}

fn leader_named(fold: &mut Fold<'_, '_>, fact: &LeaderNamed) -> Result<(), Fault> {
    let (entry, by) = (fold.entry, fold.turn.undone_by());
    if !fold.turn.is_first() {
        sql!("UPDATE party_leader SET undone = ?4 WHERE place = ?1 AND party = ?2 AND entry = ?3")
            .bind(&fact.place)
            .bind(&fact.party)
            .bind(&entry)
            .bind(&by)
            .run(fold)?;
        return Ok(());
    }
    sql!(
        "INSERT INTO party_leader (place, party, entry, name, office, since, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.party)
    .bind(&entry)
    .bind(&fact.name)
    .bind(&fact.office)
    .bind(&fact.since)
    .bind(&fact.source)
    .run(fold)?;
    Ok(())
}

impl FromRow for RulesOn {
    fn from_row(row: &Row<'_>) -> Result<RulesOn, Fault> {
        let weights: String = row.get(5)?;
        let weights = serde_json::from_str(&weights).map_err(|error| Fault::because("weights", error))?;
        let rules = Rules {
            silent_days: row.get(1)?,
            start_days: row.get(2)?,
            dynamic_percent: row.get(3)?,
            visits_wanted: row.get(4)?,
            weights,
        };
        Ok(RulesOn { from: row.get(0)?, rules, source: row.get(6)? })
    }
}

/// The rules of a region in the order of their days.
pub(super) fn rule_sets(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<RulesOn>, Fault> {
    sql!(
        "SELECT day_from, silent_days, start_days, dynamic_percent, visits_wanted, weights, source FROM health_rules
         WHERE place = ?1 AND undone IS NULL ORDER BY day_from, entry"
    )
    .bind(place)
    .all(tx)
}

impl FromRow for Leader {
    fn from_row(row: &Row<'_>) -> Result<Leader, Fault> {
        Ok(Leader {
            entry: row.get(0)?,
            party: row.get(1)?,
            name: row.get(2)?,
            office: row.get(3)?,
            since: row.get(4)?,
            source: row.get(5)?,
        })
    }
}

/// Who heads and headed the parties of a region, in the order of the days.
pub(super) fn leaders(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Leader>, Fault> {
    sql!(
        "SELECT entry, party, name, office, since, source FROM party_leader
         WHERE place = ?1 AND undone IS NULL ORDER BY since, entry"
    )
    .bind(place)
    .all(tx)
}

/// The last day of a date; of one that is not over the first.
fn settled(date: Date, today: Day) -> Day {
    if date.last() > today { date.first() } else { date.last() }
}

/// What is read of the cooperations of a region.
#[derive(Default)]
struct Rows {
    papers: Vec<Instrument>,
    visits: Vec<Visit>,
    done: Vec<Done>,
    owed: Vec<(Obligation, Vec<Happened>)>,
    documents: Vec<documents::Document>,
    leaders: Vec<Leader>,
    counts: Vec<(super::SignalKind, Vec<super::Count>)>,
}

fn assemble(of: Cooperation, rows: Rows, today: Day) -> Record {
    let mut events: Vec<Event> = Vec::new();
    let mut event = |day: Day, kind: EventKind, what: Names, path: String| {
        events.push(Event { day, kind, what, path });
    };
    for paper in &rows.papers {
        if let Some(signed) = paper.signed {
            let path = of.path(&format!("/papers/{}", paper.instrument));
            event(settled(signed, today), EventKind::Paper, paper.names.clone(), path);
        }
    }
    for visit in rows.visits.into_iter().filter(|visit| visit.undone.is_none()) {
        let path = of.path(&format!("/visits/{}", visit.visit));
        event(visit.to.min(today), EventKind::Visit, visit.purpose, path);
    }
    for (obligation, happened) in &rows.owed {
        for met in happened.iter().filter(|it| it.kind == HappenedKind::Met && it.undone.is_none()) {
            let path = of.path(&format!("/obligations/{}", obligation.obligation));
            event(met.day, EventKind::Met, obligation.what.clone(), path);
        }
    }
    for document in rows.documents {
        let what = Names { en: document.title, ..Names::default() };
        let path = of.path(&format!("/documents/{}", document.document));
        event(document.at.day_at(0).min(today), EventKind::Document, what, path);
    }
    let mut steps = 0;
    let mut done: Vec<Event> = Vec::new();
    for track in Track::ALL {
        for step in procedure(of.kind, *track) {
            steps += 1;
            let mut first = true;
            for it in rows.done.iter().filter(|it| it.track == *track && it.step == step.code) {
                let (what, path) = (step.name(), of.path("/stages"));
                let passed = Event { day: it.day, kind: EventKind::Step, what, path };
                if std::mem::take(&mut first) {
                    done.push(passed.clone());
                }
                event(passed.day, passed.kind, passed.what, passed.path);
            }
        }
    }
    for count in rows.counts.iter().flat_map(|(_, counts)| counts) {
        for (day, _) in &count.came {
            event(*day, EventKind::Counted, count.what.clone(), count.path.clone());
        }
    }
    events.sort_by_key(|event| event.day);
    let Rows { papers, owed, leaders, counts, .. } = rows;
    Record { cooperation: of, events, papers, owed, steps, done, leaders, counts }
}

/// What is recorded of the cooperations of a region.
pub(super) fn records(tx: &mut Tx<'_>, place: &PlaceCode, today: Day) -> Result<Vec<Record>, Fault> {
    let mut rows: BTreeMap<BookId, Rows> = BTreeMap::new();
    for (book, paper) in agreements::all_instruments(tx, place)? {
        rows.entry(book).or_default().papers.push(paper);
    }
    for (book, visit) in visits::visits_in_region(tx, place)? {
        rows.entry(book).or_default().visits.push(visit);
    }
    for (book, done) in stages::done_in_region(tx, place)? {
        rows.entry(book).or_default().done.push(done);
    }
    for (book, document) in documents::documents_in_region(tx, place)? {
        rows.entry(book).or_default().documents.push(document);
    }
    let mut happened: BTreeMap<_, Vec<Happened>> = BTreeMap::new();
    for (of, it) in obligations::happened_in_region(tx, place)? {
        happened.entry(of).or_default().push(it);
    }
    for obligation in obligations::obligations_of_region(tx, place)? {
        let came = happened.remove(&obligation.obligation).unwrap_or_default();
        rows.entry(obligation.cooperation).or_default().owed.push((obligation, came));
    }
    let leaders = leaders(tx, place)?;
    for with in agreements::participants(tx, place)? {
        let of_it = leaders.iter().filter(|leader| leader.party == with.party).cloned();
        rows.entry(with.cooperation).or_default().leaders.extend(of_it);
    }
    for source in sources() {
        for (book, counts) in (source.read)(tx, place, None)? {
            rows.entry(book).or_default().counts.push((source.signal, counts));
        }
    }
    let all = agreements::cooperations(tx, place)?.into_iter();
    Ok(all
        .map(|of| (rows.remove(&of.cooperation).unwrap_or_default(), of))
        .map(|(rows, of)| assemble(of, rows, today))
        .collect())
}

/// What is recorded of one cooperation.
pub(super) fn record(tx: &mut Tx<'_>, of: Cooperation, today: Day) -> Result<Record, Fault> {
    let (place, book) = (of.place.clone(), of.cooperation);
    let mut rows = Rows {
        papers: agreements::instruments(tx, &place, book)?,
        visits: visits::visits(tx, &place, book)?,
        done: stages::done(tx, &place, book)?,
        documents: documents::documents(tx, &place, book)?,
        ..Rows::default()
    };
    let mut happened: BTreeMap<_, Vec<Happened>> = BTreeMap::new();
    for (of, it) in obligations::happened(tx, &place, book)? {
        happened.entry(of).or_default().push(it);
    }
    for obligation in obligations::obligations(tx, &place, book)? {
        let came = happened.remove(&obligation.obligation).unwrap_or_default();
        if obligation.undone.is_none() {
            rows.owed.push((obligation, came));
        }
    }
    let known = leaders(tx, &place)?;
    for with in agreements::participants(tx, &place)?.iter().filter(|with| with.cooperation == book) {
        rows.leaders.extend(known.iter().filter(|leader| leader.party == with.party).cloned());
    }
    for source in sources() {
        if let Some(counts) = (source.read)(tx, &place, Some(book))?.remove(&book) {
            rows.counts.push((source.signal, counts));
        }
    }
    Ok(assemble(of, rows, today))
}

/// How a cooperation is today.
#[derive(Debug, Clone, Serialize)]
pub struct Now {
    /// Its state.
    pub state: State,
    /// Since when.
    pub since: Day,
    /// Why.
    pub why: Reason,
}

/// How each cooperation of a region is today.
pub fn now_in_region(tx: &mut Tx<'_>, place: &PlaceCode, today: Day) -> Result<BTreeMap<BookId, Now>, Fault> {
    let sets = rule_sets(tx, place)?;
    let rules = rules_of(&sets, today).rules;
    let now = |record: &Record| {
        let judged = judge(record, &rules, today);
        let since = rules::since(record, &sets, today, judged.state);
        Now { state: judged.state, since, why: judged.why }
    };
    let all = records(tx, place, today)?;
    Ok(all.iter().map(|record| (record.cooperation.cooperation, now(record))).collect())
}
