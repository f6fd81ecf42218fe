//! Versions, judgements and authentic languages, as they follow from the facts.

use std::fmt::Display;
use std::str::FromStr;

use db::{FromRow, Row, Tx, row, sql};
use journal::{Entry, Fold, Folded};
use kernel::{BookId, EntryId, Fault, Instant, InstrumentId, PlaceCode};
use serde::Serialize;

use super::facts::*;

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match Fact::read(entry)? {
        None => return Ok(Folded::UnknownKind),
        Some(Fact::ArticleWritten(fact)) => written(fold, entry, &fact)?,
        Some(Fact::ArticleJudged(fact)) => judged(fold, entry, &fact)?,
        Some(Fact::AuthenticNamed(fact)) => named(fold, entry, &fact)?,
    }
    Ok(Folded::Done)
}

/// Marks or unmarks the row of an entry that a reversal takes back.
fn mark(
    fold: &mut Fold<'_, '_>,
    statement: db::Sql,
    (place, book, paper): (&PlaceCode, BookId, InstrumentId),
) -> Result<(), Fault> {
    let (entry, by) = (fold.entry, fold.turn.undone_by());
    statement.bind(place).bind(&book).bind(&paper).bind(&entry).bind(&by).run(fold)?;
    Ok(())
}

fn written(fold: &mut Fold<'_, '_>, entry: &Entry, fact: &ArticleWritten) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement = sql!(
            "UPDATE article_version SET undone = ?5 WHERE place = ?1 AND book = ?2 AND paper = ?3 AND entry = ?4"
        );
        return mark(fold, statement, (&fact.place, fact.cooperation, fact.instrument));
    }
    sql!(
        "INSERT INTO article_version
         (place, book, paper, entry, number, lang, heading, text, base, renders, at, actor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.cooperation)
    .bind(&fact.instrument)
    .bind(&entry.id)
    .bind(&fact.number)
    .bind(&fact.lang)
    .bind(&fact.heading)
    .bind(&fact.text)
    .bind(&as_words(&fact.base))
    .bind(&fact.renders)
    .bind(&entry.at)
    .bind(&entry.actor.to_string())
    .run(fold)?;
    Ok(())
}

fn judged(fold: &mut Fold<'_, '_>, entry: &Entry, fact: &ArticleJudged) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement = sql!(
            "UPDATE article_judgement SET undone = ?5 WHERE place = ?1 AND book = ?2 AND paper = ?3 AND entry = ?4"
        );
        return mark(fold, statement, (&fact.place, fact.cooperation, fact.instrument));
    }
    sql!(
        "INSERT INTO article_judgement (place, book, paper, entry, version, worth, at, actor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.cooperation)
    .bind(&fact.instrument)
    .bind(&entry.id)
    .bind(&fact.version)
    .bind(&fact.worth)
    .bind(&entry.at)
    .bind(&entry.actor.to_string())
    .run(fold)?;
    Ok(())
}

fn named(fold: &mut Fold<'_, '_>, entry: &Entry, fact: &AuthenticNamed) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement = sql!(
            "UPDATE article_authentic SET undone = ?5 WHERE place = ?1 AND book = ?2 AND paper = ?3 AND entry = ?4"
        );
        return mark(fold, statement, (&fact.place, fact.cooperation, fact.instrument));
    }
    sql!(
        "INSERT INTO article_authentic (place, book, paper, entry, langs, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.cooperation)
    .bind(&fact.instrument)
    .bind(&entry.id)
    .bind(&as_words(&fact.langs))
    .bind(&entry.at)
    .run(fold)?;
    Ok(())
}

/// A list for one column.
pub(crate) fn as_words<T: Display>(list: &[T]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The list that [`as_words`] wrote.
pub(crate) fn from_words<T: FromStr>(words: &str) -> Result<Vec<T>, Fault> {
    let unreadable = |_| Fault::new("a list in a table cannot be read");
    words.split_whitespace().map(|word| word.parse().map_err(unreadable)).collect()
}

/// A version of an article in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The entry that wrote it.
    pub entry: EntryId,
    /// The number of the article; 0 is the preamble.
    pub number: i64,
    /// Its language.
    pub lang: Tongue,
    /// Its heading.
    pub heading: String,
    /// Its text.
    pub text: String,
    /// The versions that it replaces.
    pub base: Vec<EntryId>,
    /// The version that it renders.
    pub renders: Option<EntryId>,
    /// When, by the writer's clock.
    pub at: Instant,
    /// Who: a staff id or `operator`.
    #[serde(skip)]
    pub actor: String,
}

impl FromRow for Version {
    fn from_row(row: &Row<'_>) -> Result<Version, Fault> {
        Ok(Version {
            entry: row.get(0)?,
            number: row.get(1)?,
            lang: row.get(2)?,
            heading: row.get(3)?,
            text: row.get(4)?,
            base: from_words(&row.get::<String>(5)?)?,
            renders: row.get(6)?,
            at: row.get(7)?,
            actor: row.get(8)?,
        })
    }
}

/// Every version of the articles of a paper, the oldest first.
pub fn versions(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    book: BookId,
    paper: InstrumentId,
) -> Result<Vec<Version>, Fault> {
    sql!(
        "SELECT entry, number, lang, heading, text, base, renders, at, actor FROM article_version
         WHERE place = ?1 AND book = ?2 AND paper = ?3 AND undone IS NULL ORDER BY number, at, entry"
    )
    .bind(place)
    .bind(&book)
    .bind(&paper)
    .all(tx)
}

row! {
    /// What somebody said of a version.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Judgement {
        /// The version.
        pub version: EntryId,
        /// What it is worth.
        pub worth: Worth,
        /// When, by the writer's clock.
        pub at: Instant,
        /// Who: a staff id or `operator`.
        #[serde(skip)]
        pub actor: String,
    }
}

/// What was said of the versions of a paper, the oldest first.
pub fn judgements(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    book: BookId,
    paper: InstrumentId,
) -> Result<Vec<Judgement>, Fault> {
    sql!(
        "SELECT version, worth, at, actor FROM article_judgement
         WHERE place = ?1 AND book = ?2 AND paper = ?3 AND undone IS NULL ORDER BY at, entry"
    )
    .bind(place)
    .bind(&book)
    .bind(&paper)
    .all(tx)
}

/// The authentic languages of a paper; empty where nobody has named them.
pub fn authentic(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    book: BookId,
    paper: InstrumentId,
) -> Result<Vec<Tongue>, Fault> {
    let langs = sql!(
        "SELECT langs FROM article_authentic
         WHERE place = ?1 AND book = ?2 AND paper = ?3 AND undone IS NULL ORDER BY at DESC, entry DESC LIMIT 1"
    )
    .bind(place)
    .bind(&book)
    .bind(&paper)
    .maybe::<(String,)>(tx)?;
    langs.map_or_else(|| Ok(Vec::new()), |(langs,)| from_words(&langs))
}
