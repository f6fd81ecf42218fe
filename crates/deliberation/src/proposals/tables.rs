//! Proposals and what became of them, as they follow from the facts.

use std::collections::{BTreeMap, BTreeSet};

use db::{FromRow, Row, Tx, row, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, EntryId, Fault, PlaceCode, Rupiah};
use serde::Serialize;

use super::Voice;
use super::facts::*;
use super::rules::{State, state};
use crate::decisions;
use crate::meetings::Element;
use crate::minutes::Tongue;

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(fact) = Fact::read(entry)? else { return Ok(Folded::UnknownKind) };
    if !fold.turn.is_first() {
        let statement = match &fact {
            Fact::ProposalMade(_) => sql!("UPDATE proposal SET undone = ?2 WHERE entry = ?1"),
            Fact::SupportGiven(_) => sql!("UPDATE proposal_support SET undone = ?2 WHERE entry = ?1"),
            Fact::AmendmentMade(_) | Fact::QuestionAsked(_) | Fact::QuestionAnswered(_) => {
                sql!("UPDATE proposal_note SET undone = ?2 WHERE entry = ?1")
            }
            Fact::ProposalPut(_) | Fact::ProposalWithdrawn(_) => {
                sql!("UPDATE proposal_step SET undone = ?2 WHERE entry = ?1")
            }
        };
        let (entry, by) = (fold.entry, fold.turn.undone_by());
        statement.bind(&entry).bind(&by).run(fold)?;
        return Ok(Folded::Done);
    }
    match fact {
        Fact::ProposalMade(fact) => made(fold, &fact)?,
        Fact::SupportGiven(fact) => supported(fold, &fact)?,
        Fact::AmendmentMade(fact) => noted(
            fold,
            (&fact.place, fact.proposal),
            &Noted {
                kind: NoteKind::Amendment,
                question: None,
                lang: fact.lang,
                text: fact.text,
                reasons: fact.reasons,
            },
        )?,
        Fact::QuestionAsked(fact) => noted(
            fold,
            (&fact.place, fact.proposal),
            &Noted {
                kind: NoteKind::Question,
                question: None,
                lang: fact.lang,
                text: fact.text,
                reasons: String::new(),
            },
        )?,
        Fact::QuestionAnswered(fact) => noted(
            fold,
            (&fact.place, fact.proposal),
            &Noted {
                kind: NoteKind::Answer,
                question: Some(fact.question),
                lang: fact.lang,
                text: fact.text,
                reasons: String::new(),
            },
        )?,
        Fact::ProposalPut(fact) => {
            stepped(fold, (&fact.place, fact.proposal), (Some(fact.meeting), fact.item), String::new())?;
        }
        Fact::ProposalWithdrawn(fact) => {
            stepped(fold, (&fact.place, fact.proposal), (None, None), fact.reason)?;
        }
    }
    Ok(Folded::Done)
}

fn made(fold: &mut Fold<'_, '_>, fact: &ProposalMade) -> Result<(), Fault> {
    let entry = fold.entry;
    sql!(
        "INSERT INTO proposal (entry, place, lang, title, text, cost, element, way)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
    )
    .bind(&entry)
    .bind(&fact.place)
    .bind(&fact.lang)
    .bind(&fact.title)
    .bind(&fact.text)
    .bind(&fact.cost)
    .bind(&fact.element)
    .bind(&fact.way)
    .run(fold)?;
    Ok(())
}

fn supported(fold: &mut Fold<'_, '_>, fact: &SupportGiven) -> Result<(), Fault> {
    let entry = fold.entry;
    sql!(
        "INSERT INTO proposal_support (entry, place, proposal, voice) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO NOTHING"
    )
    .bind(&entry)
    .bind(&fact.place)
    .bind(&fact.proposal)
    .bind(&fact.voice)
    .run(fold)?;
    Ok(())
}

struct Noted {
    kind: NoteKind,
    question: Option<EntryId>,
    lang: Tongue,
    text: String,
    reasons: String,
}

fn noted(
    fold: &mut Fold<'_, '_>,
    (place, proposal): (&PlaceCode, EntryId),
    note: &Noted,
) -> Result<(), Fault> {
    let entry = fold.entry;
    sql!(
        "INSERT INTO proposal_note (entry, place, proposal, kind, question, lang, text, reasons)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
    )
    .bind(&entry)
    .bind(place)
    .bind(&proposal)
    .bind(&note.kind)
    .bind(&note.question)
    .bind(&note.lang)
    .bind(&note.text)
    .bind(&note.reasons)
    .run(fold)?;
    Ok(())
}

fn stepped(
    fold: &mut Fold<'_, '_>,
    (place, proposal): (&PlaceCode, EntryId),
    (meeting, item): (Option<BookId>, Option<EntryId>),
    reason: String,
) -> Result<(), Fault> {
    let entry = fold.entry;
    sql!(
        "INSERT INTO proposal_step (entry, place, proposal, meeting, item, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"
    )
    .bind(&entry)
    .bind(place)
    .bind(&proposal)
    .bind(&meeting)
    .bind(&item)
    .bind(&reason)
    .run(fold)?;
    Ok(())
}

/// A proposal as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// Its id: that of the entry.
    pub proposal: EntryId,
    /// For which place.
    pub place: PlaceCode,
    /// In which language it is written.
    pub lang: Tongue,
    /// In a line.
    pub title: String,
    /// What is wanted and why.
    pub text: String,
    /// What it will cost.
    pub cost: Option<Rupiah>,
    /// From which element of the community it comes.
    pub element: Element,
    /// By which way it came.
    pub way: Way,
    /// How many voices support it.
    pub support: i64,
    /// How it stands.
    pub state: State,
}

impl Proposal {
    /// The address of its page, or of one behind it.
    pub fn path(&self, page: &str) -> String {
        format!("/places/{}/proposals/{}{page}", self.place, self.proposal)
    }
}

impl FromRow for Proposal {
    fn from_row(row: &Row<'_>) -> Result<Proposal, Fault> {
        Ok(Proposal {
            proposal: row.get(0)?,
            place: row.get(1)?,
            lang: row.get(2)?,
            title: row.get(3)?,
            text: row.get(4)?,
            cost: row.get(5)?,
            element: row.get(6)?,
            way: row.get(7)?,
            support: 0,
            state: State::Open,
        })
    }
}

/// The proposals of a place, the newest first.
pub fn list(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Proposal>, Fault> {
    let mut all = sql!(
        "SELECT entry, place, lang, title, text, cost, element, way FROM proposal
         WHERE place = ?1 AND undone IS NULL ORDER BY entry DESC"
    )
    .bind(place)
    .all::<Proposal>(tx)?;
    let support = sql!(
        "SELECT proposal, CAST(COUNT(DISTINCT voice) AS BIGINT) FROM proposal_support
         WHERE place = ?1 AND undone IS NULL GROUP BY proposal ORDER BY proposal"
    )
    .bind(place)
    .all::<(EntryId, i64)>(tx)?;
    let support: BTreeMap<EntryId, i64> = support.into_iter().collect();
    let steps = sql!(
        "SELECT proposal, meeting, item FROM proposal_step WHERE place = ?1 AND undone IS NULL ORDER BY entry"
    )
    .bind(place)
    .all::<(EntryId, Option<BookId>, Option<EntryId>)>(tx)?;
    let steps: BTreeMap<EntryId, _> =
        steps.into_iter().map(|(of, meeting, item)| (of, (meeting, item))).collect();
    let decided = decisions::of_place(tx, place)?;
    for it in &mut all {
        let decision = decided.iter().rfind(|decision| decision.proposal == Some(it.proposal));
        it.support = support.get(&it.proposal).copied().unwrap_or_default();
        it.state = state(steps.get(&it.proposal).copied(), decision.map(|it| (it.meeting, it.decision)));
    }
    Ok(all)
}

/// One proposal of a place.
pub fn proposal(tx: &mut Tx<'_>, place: &PlaceCode, proposal: EntryId) -> Result<Option<Proposal>, Fault> {
    Ok(list(tx, place)?.into_iter().find(|it| it.proposal == proposal))
}

/// The proposals that were put to a meeting, the one with the most voices first.
pub fn of_meeting(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId) -> Result<Vec<Proposal>, Fault> {
    let mut all = list(tx, place)?;
    all.retain(|it| it.state.meeting() == Some(meeting));
    all.sort_by_key(|it| (std::cmp::Reverse(it.support), it.proposal));
    Ok(all)
}

/// Whether a voice supports a proposal already.
pub fn has_support(tx: &mut Tx<'_>, at: (&PlaceCode, EntryId), voice: &Voice) -> Result<bool, Fault> {
    let found = sql!(
        "SELECT 1 FROM proposal_support WHERE place = ?1 AND proposal = ?2 AND voice = ?3 AND undone IS NULL LIMIT 1"
    )
    .bind(at.0)
    .bind(&at.1)
    .bind(voice)
    .maybe::<(i64,)>(tx)?;
    Ok(found.is_some())
}

/// Which proposals of a place a voice supports.
pub fn supported_by(tx: &mut Tx<'_>, place: &PlaceCode, voice: &Voice) -> Result<BTreeSet<EntryId>, Fault> {
    let found = sql!(
        "SELECT proposal FROM proposal_support WHERE place = ?1 AND voice = ?2 AND undone IS NULL ORDER BY proposal"
    )
    .bind(place)
    .bind(voice)
    .all::<(EntryId,)>(tx)?;
    Ok(found.into_iter().map(|(proposal,)| proposal).collect())
}

kernel::named! {
    /// What was said of a proposal.
    pub enum NoteKind as "a kind of note" {
        /// Another wording.
        Amendment "amendment",
        /// A question.
        Question "question",
        /// An answer.
        Answer "answer",
    }
}

row! {
    /// What was said of a proposal.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Note {
        /// Its id: that of the entry.
        pub note: EntryId,
        /// What it is.
        pub kind: NoteKind,
        /// The question that an answer answers.
        pub question: Option<EntryId>,
        /// In which language it is written.
        pub lang: Tongue,
        /// The text.
        pub text: String,
        /// Why an amendment is wanted.
        pub reasons: String,
    }
}

/// What was said of a proposal, in the order in which it was said.
pub fn notes(tx: &mut Tx<'_>, proposal: EntryId) -> Result<Vec<Note>, Fault> {
    sql!(
        "SELECT entry, kind, question, lang, text, reasons FROM proposal_note
         WHERE proposal = ?1 AND undone IS NULL ORDER BY entry"
    )
    .bind(&proposal)
    .all(tx)
}

/// The step of a proposal that holds, and why it was withdrawn if it was.
pub fn last_step(tx: &mut Tx<'_>, proposal: EntryId) -> Result<Option<(EntryId, String)>, Fault> {
    sql!(
        "SELECT entry, reason FROM proposal_step WHERE proposal = ?1 AND undone IS NULL ORDER BY entry DESC LIMIT 1"
    )
    .bind(&proposal)
    .maybe(tx)
}
