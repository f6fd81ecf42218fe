//! Decisions and what follows from them, as they follow from the facts.

use std::collections::BTreeMap;

use db::{FromRow, Row, Tx, row, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, Day, EntryId, Fault, InstrumentId, Names, PlaceCode};
use serde::Serialize;

use super::Owner;
use super::facts::*;
use crate::meetings;

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(fact) = Fact::read(entry)? else { return Ok(Folded::UnknownKind) };
    let (id, by) = (fold.entry, fold.turn.undone_by());
    if !fold.turn.is_first() {
        let statement = match &fact {
            Fact::DecisionTaken(_) => sql!("UPDATE decision SET undone = ?2 WHERE entry = ?1"),
            Fact::FollowUpOpened(_) => sql!("UPDATE follow_up SET undone = ?2 WHERE entry = ?1"),
            Fact::FollowUpClosed(_) => sql!("UPDATE follow_up_closed SET undone = ?2 WHERE entry = ?1"),
        };
        statement.bind(&id).bind(&by).run(fold)?;
        return Ok(Folded::Done);
    }
    match fact {
        Fact::DecisionTaken(fact) => taken(fold, &fact)?,
        Fact::FollowUpOpened(fact) => {
            sql!(
                "INSERT INTO follow_up (place, book, entry, decision, text_id, text_ko, text_en, owner, due)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING"
            )
            .bind(&fact.place)
            .bind(&fact.meeting)
            .bind(&id)
            .bind(&fact.decision)
            .bind(&fact.text.id)
            .bind(&fact.text.ko)
            .bind(&fact.text.en)
            .bind(&fact.owner)
            .bind(&fact.due)
            .run(fold)?;
        }
        Fact::FollowUpClosed(fact) => {
            sql!(
                "INSERT INTO follow_up_closed (place, book, follow_up, entry, day, evidence)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"
            )
            .bind(&fact.place)
            .bind(&fact.meeting)
            .bind(&fact.follow_up)
            .bind(&id)
            .bind(&fact.day)
            .bind(&fact.evidence)
            .run(fold)?;
        }
    }
    Ok(Folded::Done)
}

fn taken(fold: &mut Fold<'_, '_>, fact: &DecisionTaken) -> Result<(), Fault> {
    let entry = fold.entry;
    sql!(
        "INSERT INTO decision (place, book, entry, item, text_id, text_ko, text_en, reasons, dissent, owner, due,
         instrument, article, proposal, obligation)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.meeting)
    .bind(&entry)
    .bind(&fact.item)
    .bind(&fact.text.id)
    .bind(&fact.text.ko)
    .bind(&fact.text.en)
    .bind(&fact.reasons)
    .bind(&fact.dissent)
    .bind(&fact.owner)
    .bind(&fact.due)
    .bind(&fact.instrument)
    .bind(&fact.article)
    .bind(&fact.proposal)
    .bind(&fact.obligation)
    .run(fold)?;
    Ok(())
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Whose meeting it was.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// Its id.
    pub decision: EntryId,
    /// The item of the agenda.
    pub item: Option<EntryId>,
    /// What was decided.
    pub text: Names,
    /// Why.
    pub reasons: String,
    /// Who was of another mind.
    pub dissent: String,
    /// Who has to do it.
    pub owner: Option<Owner>,
    /// By when.
    pub due: Option<Day>,
    /// The paper that it carries out.
    pub instrument: Option<InstrumentId>,
    /// The article of that paper.
    pub article: String,
    /// The proposal that it answers.
    pub proposal: Option<EntryId>,
    /// The obligation that it is about.
    pub obligation: Option<EntryId>,
}

impl Decision {
    /// The address of its page, or of one behind it.
    pub fn path(&self, page: &str) -> String {
        meetings::path(&self.place, self.meeting, &format!("/decisions/{}{page}", self.decision))
    }
}

impl FromRow for Decision {
    fn from_row(row: &Row<'_>) -> Result<Decision, Fault> {
        Ok(Decision {
            place: row.get(0)?,
            meeting: row.get(1)?,
            decision: row.get(2)?,
            item: row.get(3)?,
            text: Names { id: row.get(4)?, ko: row.get(5)?, en: row.get(6)? },
            reasons: row.get(7)?,
            dissent: row.get(8)?,
            owner: row.get(9)?,
            due: row.get(10)?,
            instrument: row.get(11)?,
            article: row.get(12)?,
            proposal: row.get(13)?,
            obligation: row.get(14)?,
        })
    }
}

/// What a meeting decided, in the order in which it was recorded.
pub fn decisions(tx: &mut Tx<'_>, place: &PlaceCode, meeting: BookId) -> Result<Vec<Decision>, Fault> {
    sql!(
        "SELECT place, book, entry, item, text_id, text_ko, text_en, reasons, dissent, owner, due, instrument, article,
         proposal, obligation FROM decision WHERE place = ?1 AND book = ?2 AND undone IS NULL ORDER BY entry"
    )
    .bind(place)
    .bind(&meeting)
    .all(tx)
}

/// What the meetings of a place decided.
pub fn of_place(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Decision>, Fault> {
    sql!(
        "SELECT place, book, entry, item, text_id, text_ko, text_en, reasons, dissent, owner, due, instrument, article,
         proposal, obligation FROM decision WHERE place = ?1 AND undone IS NULL ORDER BY book, entry"
    )
    .bind(place)
    .all(tx)
}

/// What was decided of a paper, wherever that was.
pub fn of_paper(tx: &mut Tx<'_>, instrument: InstrumentId) -> Result<Vec<Decision>, Fault> {
    sql!(
        "SELECT place, book, entry, item, text_id, text_ko, text_en, reasons, dissent, owner, due, instrument, article,
         proposal, obligation FROM decision WHERE instrument = ?1 AND undone IS NULL ORDER BY article, entry"
    )
    .bind(&instrument)
    .all(tx)
}

/// One decision.
pub fn decision(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    meeting: BookId,
    decision: EntryId,
) -> Result<Option<Decision>, Fault> {
    Ok(decisions(tx, place, meeting)?.into_iter().find(|it| it.decision == decision))
}

/// How a follow-up was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// When it was done.
    pub day: Day,
    /// How that can be seen.
    pub evidence: String,
}

/// What follows from a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowUp {
    /// Whose meeting it was.
    pub place: PlaceCode,
    /// The meeting.
    pub meeting: BookId,
    /// Its id.
    pub follow_up: EntryId,
    /// The decision.
    pub decision: EntryId,
    /// What is to be done.
    pub text: Names,
    /// Who has it.
    pub owner: Owner,
    /// By when.
    pub due: Day,
    /// How it was closed, if it was.
    pub closed: Option<Closed>,
}

impl FollowUp {
    /// The address of the page of its decision.
    pub fn path(&self) -> String {
        meetings::path(&self.place, self.meeting, &format!("/decisions/{}", self.decision))
    }
}

impl FromRow for FollowUp {
    fn from_row(row: &Row<'_>) -> Result<FollowUp, Fault> {
        Ok(FollowUp {
            place: row.get(0)?,
            meeting: row.get(1)?,
            follow_up: row.get(2)?,
            decision: row.get(3)?,
            text: Names { id: row.get(4)?, ko: row.get(5)?, en: row.get(6)? },
            owner: row.get(7)?,
            due: row.get(8)?,
            closed: None,
        })
    }
}

row! {
    struct KeptClosed {
        follow_up: EntryId,
        day: Day,
        evidence: String,
    }
}

/// What follows from the decisions of a place, by the day on which it is due. A decision that was taken back has no
/// follow-ups.
pub fn follow_ups(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<FollowUp>, Fault> {
    let mut all = sql!(
        "SELECT f.place, f.book, f.entry, f.decision, f.text_id, f.text_ko, f.text_en, f.owner, f.due
         FROM follow_up f JOIN decision d ON d.place = f.place AND d.book = f.book AND d.entry = f.decision
         WHERE f.place = ?1 AND f.undone IS NULL AND d.undone IS NULL ORDER BY f.due, f.entry"
    )
    .bind(place)
    .all::<FollowUp>(tx)?;
    let closed = sql!(
        "SELECT follow_up, day, evidence FROM follow_up_closed
         WHERE place = ?1 AND undone IS NULL ORDER BY follow_up, entry DESC"
    )
    .bind(place)
    .all::<KeptClosed>(tx)?;
    let mut closed: BTreeMap<EntryId, Closed> = closed
        .into_iter()
        .map(|KeptClosed { follow_up, day, evidence }| (follow_up, Closed { day, evidence }))
        .collect();
    all.iter_mut().for_each(|it| it.closed = closed.remove(&it.follow_up));
    Ok(all)
}

/// What follows from the decisions of the meetings of a cooperation, by the day on which it is due.
pub fn of_cooperation(tx: &mut Tx<'_>, cooperation: BookId) -> Result<Vec<FollowUp>, Fault> {
    let meetings = meetings::of_cooperation(tx, cooperation)?;
    let mut places: Vec<&PlaceCode> = meetings.iter().map(|meeting| &meeting.place).collect();
    places.sort_unstable();
    places.dedup();
    let mut found = Vec::new();
    for place in places {
        found.extend(follow_ups(tx, place)?);
    }
    found.retain(|it| meetings.iter().any(|of| of.meeting == it.meeting && of.place == it.place));
    found.sort_by_key(|it| (it.due, it.follow_up));
    Ok(found)
}
