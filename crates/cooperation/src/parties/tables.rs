//! Parties as they follow from the facts.

use db::{FromRow, Row, Tx, sql};
use journal::{Entry, Fold, Folded, Turn};
use kernel::{Fault, Names, PartyId, PlaceCode};
use serde::Serialize;

use super::facts::{Fact, PartyKind};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(Fact::PartyNamed(named)) = Fact::read(entry)? else { return Ok(Folded::UnknownKind) };
    if let Turn::Undone { .. } = fold.turn {
        sql!("DELETE FROM party WHERE place = ?1 AND id = ?2 AND entry = ?3")
            .bind(&named.place)
            .bind(&named.party)
            .bind(&entry.id)
            .run(fold)?;
        return Ok(Folded::Done);
    }
    sql!(
        "INSERT INTO party (place, id, entry, kind, country, code, name_id, name_ko, name_en, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING"
    )
    .bind(&named.place)
    .bind(&named.party)
    .bind(&entry.id)
    .bind(&named.kind)
    .bind(&named.country)
    .bind(&named.code)
    .bind(&named.names.id)
    .bind(&named.names.ko)
    .bind(&named.names.en)
    .bind(&named.source)
    .run(fold)?;
    Ok(Folded::Done)
}

/// A party as it is named now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Its id.
    pub party: PartyId,
    /// What it is.
    pub kind: PartyKind,
    /// ISO 3166-1, two letters.
    pub country: String,
    /// Its code; empty where it has none.
    pub code: String,
    /// In three languages.
    pub names: Names,
    /// Where this is published.
    pub source: String,
}

impl FromRow for Party {
    fn from_row(row: &Row<'_>) -> Result<Party, Fault> {
        Ok(Party {
            party: row.get(0)?,
            kind: row.get(1)?,
            country: row.get(2)?,
            code: row.get(3)?,
            names: Names { id: row.get(4)?, ko: row.get(5)?, en: row.get(6)? },
            source: row.get(7)?,
        })
    }
}

/// The parties of a region, by country and kind.
pub fn list(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Party>, Fault> {
    sql!(
        "SELECT p.id, p.kind, p.country, p.code, p.name_id, p.name_ko, p.name_en, p.source FROM party p
         WHERE p.place = ?1 AND p.entry =
         (SELECT MAX(q.entry) FROM party q WHERE q.place = p.place AND q.id = p.id)
         ORDER BY p.country, p.kind, p.id"
    )
    .bind(place)
    .all(tx)
}

/// One party.
pub fn one(tx: &mut Tx<'_>, place: &PlaceCode, party: PartyId) -> Result<Option<Party>, Fault> {
    sql!(
        "SELECT id, kind, country, code, name_id, name_ko, name_en, source FROM party
         WHERE place = ?1 AND id = ?2 ORDER BY entry DESC LIMIT 1"
    )
    .bind(place)
    .bind(&party)
    .maybe(tx)
}
