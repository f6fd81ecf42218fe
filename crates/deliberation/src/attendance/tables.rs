//! Who came to the meetings of a place, and how many must, as they follow from the facts.

use std::collections::BTreeMap;

use db::{FromRow, Query, Row, Tx, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, Day, Fault, PlaceCode};
use serde::Serialize;

use super::Attendee;
use super::facts::*;
use super::rules::{Rule, default_rule};
use crate::meetings::{Meeting, MeetingKind};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(fact) = Fact::read(entry)? else { return Ok(Folded::UnknownKind) };
    let (id, by) = (fold.entry, fold.turn.undone_by());
    if !fold.turn.is_first() {
        let statement = match &fact {
            Fact::HeadsCounted(_) => sql!("UPDATE attendance_count SET undone = ?2 WHERE entry = ?1"),
            Fact::Attended(_) => sql!("UPDATE attendance_person SET undone = ?2 WHERE entry = ?1"),
            Fact::EntitledSet(_) => sql!("UPDATE attendance_entitled SET undone = ?2 WHERE entry = ?1"),
            Fact::QuorumRuled(_) => sql!("UPDATE quorum_rule SET undone = ?2 WHERE entry = ?1"),
        };
        statement.bind(&id).bind(&by).run(fold)?;
        return Ok(Folded::Done);
    }
    match fact {
        Fact::HeadsCounted(fact) => {
            let statement = sql!(
                "INSERT INTO attendance_count (place, book, entry, element, sex, age, disability, heads)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
            );
            let statement = statement.bind(&fact.place).bind(&fact.meeting).bind(&id);
            with_heads(statement, &fact.who).bind(&fact.count).run(fold)?;
        }
        Fact::Attended(fact) => {
            let statement = sql!(
                "INSERT INTO attendance_person (place, book, entry, element, sex, age, disability, who, proxy_of)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING"
            );
            let statement = statement.bind(&fact.place).bind(&fact.meeting).bind(&id);
            with_heads(statement, &fact.heads).bind(&fact.who).bind(&fact.proxy_of).run(fold)?;
        }
        Fact::EntitledSet(fact) => {
            sql!(
                "INSERT INTO attendance_entitled (place, book, entry, entitled, reach, parts, whole, proxies)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
            )
            .bind(&fact.place)
            .bind(&fact.meeting)
            .bind(&id)
            .bind(&fact.entitled)
            .bind(&fact.rule.map(|rule| rule.reach))
            .bind(&fact.rule.map(|rule| rule.parts))
            .bind(&fact.rule.map(|rule| rule.of))
            .bind(&fact.rule.map(|rule| rule.proxies))
            .run(fold)?;
        }
        Fact::QuorumRuled(fact) => {
            sql!(
                "INSERT INTO quorum_rule (place, kind, from_day, entry, reach, parts, whole, proxies, source)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING"
            )
            .bind(&fact.place)
            .bind(&fact.kind)
            .bind(&fact.from)
            .bind(&id)
            .bind(&fact.need.reach)
            .bind(&fact.need.parts)
            .bind(&fact.need.of)
            .bind(&fact.need.proxies)
            .bind(&fact.source)
            .run(fold)?;
        }
    }
    Ok(Folded::Done)
}

fn with_heads<'v>(statement: Query<'v>, heads: &'v Heads) -> Query<'v> {
    statement.bind(&heads.element).bind(&heads.sex).bind(&heads.age).bind(&heads.disability)
}

fn heads_of(row: &Row<'_>, at: usize) -> Result<Heads, Fault> {
    Ok(Heads {
        element: row.get(at)?,
        sex: row.get(at + 1)?,
        age: row.get(at + 2)?,
        disability: row.get(at + 3)?,
    })
}

/// So many heads of one cell of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Of whom.
    #[serde(flatten)]
    pub who: Heads,
    /// How many.
    pub heads: i64,
}

struct InMeeting<T>(BookId, T);

impl FromRow for InMeeting<Count> {
    fn from_row(row: &Row<'_>) -> Result<InMeeting<Count>, Fault> {
        Ok(InMeeting(row.get(0)?, Count { who: heads_of(row, 1)?, heads: row.get(5)? }))
    }
}

/// The heads that were counted at the meetings of a place.
pub fn counts(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<BTreeMap<BookId, Vec<Count>>, Fault> {
    let all = sql!(
        "SELECT book, element, sex, age, disability, heads FROM attendance_count
         WHERE place = ?1 AND undone IS NULL ORDER BY book, element, sex, age, disability, entry DESC"
    )
    .bind(place)
    .all::<InMeeting<Count>>(tx)?;
    let mut kept: BTreeMap<BookId, Vec<Count>> = BTreeMap::new();
    for InMeeting(book, count) in all {
        let of_meeting = kept.entry(book).or_default();
        if of_meeting.last().is_none_or(|last| last.who != count.who) {
            of_meeting.push(count);
        }
    }
    kept.values_mut().for_each(|of_meeting| of_meeting.retain(|count| count.heads > 0));
    Ok(kept)
}

/// Somebody who came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Came {
    /// Who.
    pub who: Attendee,
    /// Whom they stand for beside themselves.
    pub proxy_of: Option<Attendee>,
    /// Of which element, sex, age.
    #[serde(flatten)]
    pub heads: Heads,
}

impl FromRow for InMeeting<Came> {
    fn from_row(row: &Row<'_>) -> Result<InMeeting<Came>, Fault> {
        let came = Came { who: row.get(1)?, proxy_of: row.get(2)?, heads: heads_of(row, 3)? };
        Ok(InMeeting(row.get(0)?, came))
    }
}

/// Those who came to the meetings of a place, in the order in which they were recorded.
pub fn came(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<BTreeMap<BookId, Vec<Came>>, Fault> {
    let all = sql!(
        "SELECT book, who, proxy_of, element, sex, age, disability FROM attendance_person
         WHERE place = ?1 AND undone IS NULL ORDER BY book, entry"
    )
    .bind(place)
    .all::<InMeeting<Came>>(tx)?;
    let mut kept: BTreeMap<BookId, Vec<Came>> = BTreeMap::new();
    for InMeeting(book, came) in all {
        let of_meeting = kept.entry(book).or_default();
        // Two secretaries may have recorded one person at two sites.
        if of_meeting.iter().all(|other| other.who != came.who) {
            of_meeting.push(came);
        }
    }
    Ok(kept)
}

/// Those who came to one meeting, summed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Attendance {
    /// The heads that were counted, without a name.
    pub counts: Vec<Count>,
    /// How many came themselves: those counted or, where they are more, those recorded one by one.
    pub present: i64,
    /// How many of them were recorded one by one.
    pub recorded: i64,
    /// How many are represented by somebody who came.
    pub represented: i64,
}

impl Attendance {
    /// From what was counted and who was recorded.
    pub fn of(counts: Vec<Count>, came: &[Came]) -> Attendance {
        let counted: i64 = counts.iter().map(|count| count.heads).sum();
        let recorded = came.len() as i64;
        let represented = came.iter().filter(|came| came.proxy_of.is_some()).count() as i64;
        let mut counts = counts;
        if recorded > counted {
            let mut cells: BTreeMap<Heads, i64> = BTreeMap::new();
            came.iter().for_each(|came| *cells.entry(came.heads).or_default() += 1);
            counts = cells.into_iter().map(|(who, heads)| Count { who, heads }).collect();
        }
        Attendance { counts, present: counted.max(recorded), recorded, represented }
    }
    /// How many of a sex came.
    pub fn of_sex(&self, sex: Sex) -> i64 {
        self.counts.iter().filter(|count| count.who.sex == sex).map(|count| count.heads).sum()
    }
}

/// Those who came to the meetings of a place.
pub fn attendance(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<BTreeMap<BookId, Attendance>, Fault> {
    let (mut counts, came) = (counts(tx, place)?, came(tx, place)?);
    let mut books: Vec<BookId> = counts.keys().chain(came.keys()).copied().collect();
    books.dedup();
    let of = |book: BookId| {
        let (counts, came) = (counts.remove(&book).unwrap_or_default(), came.get(&book));
        (book, Attendance::of(counts, came.map_or(&[][..], Vec::as_slice)))
    };
    books.sort_unstable();
    books.dedup();
    Ok(books.into_iter().map(of).collect())
}

struct Needed(Option<Need>);

impl Needed {
    fn read(row: &Row<'_>, at: usize) -> Result<Needed, Fault> {
        let Some(reach) = row.get::<Option<Reach>>(at)? else { return Ok(Needed(None)) };
        let (parts, of, proxies) = (row.get(at + 1)?, row.get(at + 2)?, row.get(at + 3)?);
        Ok(Needed(Some(Need { reach, parts, of, proxies })))
    }
}

struct Entitled(i64, Option<Need>);

impl FromRow for Entitled {
    fn from_row(row: &Row<'_>) -> Result<Entitled, Fault> {
        Ok(Entitled(row.get(0)?, Needed::read(row, 1)?.0))
    }
}

/// A rule of a place for a kind of meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ruled {
    /// The kind of meeting.
    pub kind: MeetingKind,
    /// From when on.
    pub from: Day,
    /// How many must come.
    pub need: Need,
    /// Where it is written.
    pub source: String,
}

impl FromRow for Ruled {
    fn from_row(row: &Row<'_>) -> Result<Ruled, Fault> {
        let need = Needed::read(row, 2)?.0.ok_or_else(|| Fault::new("reading a rule of a quorum"))?;
        Ok(Ruled { kind: row.get(0)?, from: row.get(1)?, need, source: row.get(6)? })
    }
}

/// The rules of a place, for each kind the newest first.
pub fn rules(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Ruled>, Fault> {
    sql!(
        "SELECT kind, from_day, reach, parts, whole, proxies, source FROM quorum_rule
         WHERE place = ?1 AND undone IS NULL ORDER BY kind, from_day DESC, entry DESC"
    )
    .bind(place)
    .all(tx)
}

/// How many are entitled to come to a meeting, and the rule that holds for it: its own, that of its place or of one above,
/// or the shipped one.
pub fn entitled(tx: &mut Tx<'_>, meeting: &Meeting) -> Result<(Option<i64>, Rule), Fault> {
    let own = sql!(
        "SELECT entitled, reach, parts, whole, proxies FROM attendance_entitled
         WHERE place = ?1 AND book = ?2 AND undone IS NULL ORDER BY entry DESC LIMIT 1"
    )
    .bind(&meeting.place)
    .bind(&meeting.meeting)
    .maybe::<Entitled>(tx)?;
    let (entitled, own) = own.map_or((None, None), |Entitled(entitled, rule)| (Some(entitled), rule));
    if let Some(need) = own {
        return Ok((entitled, Rule { need, source: None, from: None, is_own: true }));
    }
    let mut up = Some(meeting.place.clone());
    while let Some(place) = up {
        let of_kind = |ruled: &Ruled| ruled.kind == meeting.kind && ruled.from <= meeting.date.last();
        if let Some(Ruled { from, need, source, .. }) = rules(tx, &place)?.into_iter().find(of_kind) {
            return Ok((entitled, Rule { need, source: Some(source), from: Some(from), is_own: false }));
        }
        up = place.parent();
    }
    Ok((entitled, default_rule()))
}
