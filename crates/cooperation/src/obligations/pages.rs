//! The obligations of a cooperation as a list and on its page, and one obligation with what became of it.

pub(super) mod list;
pub(super) mod one;

use std::collections::BTreeMap;

use db::Tx;
use kernel::{BookId, Day, Names, PartyId, PlaceCode, Stop};
use serde::Serialize;
use web::list::Value;
use web::{Choice, Frame};

use super::rules::{Occurrence, OccurrenceState, occurrences};
use super::tables::{self, Happened, Obligation};
use crate::agreements::{self, Cooperation, Instrument};
use crate::parties;

/// The obligations of a cooperation, with everything that their pages name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Book {
    cooperation: Cooperation,
    obligations: Vec<Owed>,
    /// Who takes part.
    parties: Vec<Named>,
    #[serde(skip)]
    papers: Vec<Instrument>,
    #[serde(skip)]
    today: Day,
}

/// A party with its names.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Named {
    party: PartyId,
    names: Names,
}

/// An obligation with how it stands.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Owed {
    #[serde(flatten)]
    obligation: Obligation,
    occurrences: Vec<Occurrence>,
    happened: Vec<Happened>,
}

impl Owed {
    /// The time that says most today: the oldest that is late, else the next, else the last.
    fn telling(&self) -> Option<&Occurrence> {
        let late = self.occurrences.iter().find(|it| matches!(it.state, OccurrenceState::Late { .. }));
        late.or_else(|| self.occurrences.iter().find(|it| it.state.is_owed())).or(self.occurrences.last())
    }
    fn state(&self) -> &'static str {
        self.telling().map_or("open", |it| it.state.name())
    }
}

impl Book {
    fn name_of(&self, party: PartyId, lang: &str) -> String {
        let found = self.parties.iter().find(|it| it.party == party);
        found.map_or_else(String::new, |it| it.names.named(lang).to_owned())
    }
    fn choices(&self, lang: &str) -> Vec<Choice> {
        self.parties.iter().map(|it| Choice::new(it.party, it.names.named(lang))).collect()
    }
    fn paper_of(&self, obligation: &Obligation, lang: &str) -> String {
        let paper = self.papers.iter().find(|paper| Some(paper.instrument) == obligation.paper);
        paper.map_or_else(String::new, |paper| paper.names.named(lang).to_owned())
    }
}

/// Reads the obligations of a cooperation.
fn read(view: &mut Tx<'_>, place: &PlaceCode, book: BookId, today: Day) -> Result<Book, Stop> {
    let cooperation =
        agreements::cooperation(view, place, book)?.ok_or(agreements::Refusal::NoCooperation)?;
    let mut happened: BTreeMap<_, Vec<Happened>> = BTreeMap::new();
    for (of, it) in tables::happened(view, place, book)? {
        happened.entry(of).or_default().push(it);
    }
    let owed = |obligation: Obligation| {
        let happened = happened.remove(&obligation.obligation).unwrap_or_default();
        Owed { occurrences: occurrences(&obligation, &happened, today), happened, obligation }
    };
    let obligations = tables::obligations(view, place, book)?.into_iter().map(owed).collect();
    let mut names: BTreeMap<_, _> =
        parties::list(view, place)?.into_iter().map(|party| (party.party, party.names)).collect();
    let parties = agreements::participants(view, place)?
        .into_iter()
        .filter(|with| with.cooperation == book)
        .filter_map(|with| Some(Named { party: with.party, names: names.remove(&with.party)? }))
        .collect();
    let papers = agreements::instruments(view, place, book)?;
    Ok(Book { cooperation, obligations, parties, papers, today })
}

/// How an obligation stands, as a badge.
fn badge(state: &str) -> Value {
    let class = match state {
        "met" | "waived" => "ok",
        "late" => "bad",
        "due_soon" | "met_late" => "warn",
        _ => "info",
    };
    Value::Badge(class, format!("obligations-state-{state}").into())
}

/// What is late, in one sentence.
fn sentence(frame: &Frame, book: &Book) -> String {
    let of = book.obligations.iter().filter(|owed| owed.obligation.undone.is_none());
    let all: Vec<&Occurrence> = of.flat_map(|owed| &owed.occurrences).collect();
    let late: Vec<Day> = all
        .iter()
        .filter_map(|it| match it.state {
            OccurrenceState::Late { since } => Some(since),
            _ => None,
        })
        .collect();
    if let Some(since) = late.iter().min() {
        let days = i64::from(book.today.days_since(*since));
        let said = frame.say("obligations-late").with("count", late.len()).with("since", *since);
        return said.with("days", days).to_string();
    }
    match all.iter().filter(|it| it.state.is_owed()).filter_map(|it| it.due).min() {
        Some(due) => frame.say("obligations-next").with("due", due).to_string(),
        None if all.is_empty() => frame.say("obligations-none").to_string(),
        None => frame.say("obligations-none-late").to_string(),
    }
}
