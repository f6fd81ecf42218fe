//! Parties as they follow from the facts.

use db::{FromRow, Row, Tx, row, sql};
use journal::{Entry, Fold, Folded, KeyId, Turn};
use kernel::{EntryId, Fault, Names, PartyId, PersonId, PlaceCode, StaffId};
use serde::Serialize;

use super::facts::{ContactNamed, ContactRegistered, Fact, PartyKind, PartyNamed};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match Fact::read(entry)? {
        None => Ok(Folded::UnknownKind),
        Some(Fact::PartyNamed(named)) => party_named(fold, entry, &named),
        Some(Fact::SignerNamed(it)) => signer(fold, entry, (&it.place, it.party, it.staff), Right::Given),
        Some(Fact::SignerDismissed(it)) => signer(fold, entry, (&it.place, it.party, it.staff), Right::Taken),
        Some(Fact::ContactRegistered(it)) => contact_registered(fold, entry, &it),
        Some(Fact::ContactNamed(it)) => contact_named(fold, entry, &it),
    }
}

/// What becomes of the right to sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Right {
    Given,
    Taken,
}

fn signer(
    fold: &mut Fold<'_, '_>,
    entry: &Entry,
    (place, party, staff): (&PlaceCode, PartyId, StaffId),
    right: Right,
) -> Result<Folded, Fault> {
    if !fold.turn.is_first() {
        let by = fold.turn.undone_by();
        sql!("UPDATE party_signer SET undone = ?5 WHERE place = ?1 AND party = ?2 AND staff = ?3 AND entry = ?4")
            .bind(place)
            .bind(&party)
            .bind(&staff)
            .bind(&entry.id)
            .bind(&by)
            .run(fold)?;
        return Ok(Folded::Done);
    }
    sql!(
        "INSERT INTO party_signer (place, party, staff, entry, at, signs)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"
    )
    .bind(place)
    .bind(&party)
    .bind(&staff)
    .bind(&entry.id)
    .bind(&entry.at)
    .bind(&(right == Right::Given))
    .run(fold)?;
    Ok(Folded::Done)
}

fn party_named(fold: &mut Fold<'_, '_>, entry: &Entry, named: &PartyNamed) -> Result<Folded, Fault> {
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

fn contact_registered(
    fold: &mut Fold<'_, '_>,
    entry: &Entry,
    fact: &ContactRegistered,
) -> Result<Folded, Fault> {
    if let Turn::Undone { .. } = fold.turn {
        sql!("DELETE FROM party_contact WHERE place = ?1 AND party = ?2 AND contact = ?3 AND entry = ?4")
            .bind(&fact.place)
            .bind(&fact.party)
            .bind(&fact.contact)
            .bind(&entry.id)
            .run(fold)?;
        return Ok(Folded::Done);
    }
    sql!(
        "INSERT INTO party_contact (place, party, contact, key, entry)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.party)
    .bind(&fact.contact)
    .bind(&fact.key)
    .bind(&entry.id)
    .run(fold)?;
    Ok(Folded::Done)
}

/// No table holds a name: only where it is sealed.
fn contact_named(fold: &mut Fold<'_, '_>, entry: &Entry, fact: &ContactNamed) -> Result<Folded, Fault> {
    if let Turn::Undone { .. } = fold.turn {
        forget(fold, entry.id)?;
        return Ok(Folded::Done);
    }
    sql!(
        "INSERT INTO party_contact_name (place, contact, entry, at)
         VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"
    )
    .bind(&fact.place)
    .bind(&fact.contact)
    .bind(&entry.id)
    .bind(&entry.at)
    .run(fold)?;
    Ok(Folded::Done)
}

/// Takes away the row that says which entry names somebody.
pub(super) fn forget(fold: &mut Fold<'_, '_>, entry: EntryId) -> Result<(), Fault> {
    sql!("DELETE FROM party_contact_name WHERE entry = ?1").bind(&entry).run(fold)?;
    Ok(())
}

row! {
    /// A person at a party.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct ContactRow {
        /// The person.
        pub contact: PersonId,
        /// The key that their name is sealed with.
        pub key: KeyId,
        /// The entry that names them now; nothing when they were erased.
        pub entry: Option<EntryId>,
    }
}

/// The persons at a party, in the order in which they were registered.
pub fn contacts(tx: &mut Tx<'_>, place: &PlaceCode, party: PartyId) -> Result<Vec<ContactRow>, Fault> {
    sql!(
        "SELECT c.contact, c.key, (SELECT n.entry FROM party_contact_name n
             WHERE n.place = c.place AND n.contact = c.contact ORDER BY n.at DESC, n.entry DESC LIMIT 1)
         FROM party_contact c WHERE c.place = ?1 AND c.party = ?2 ORDER BY c.entry"
    )
    .bind(place)
    .bind(&party)
    .all(tx)
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

/// The accounts that may sign for a party, by party, in the order in which they were named.
pub fn signers(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<(PartyId, StaffId)>, Fault> {
    let all = sql!(
        "SELECT party, staff, signs FROM party_signer
         WHERE place = ?1 AND undone IS NULL ORDER BY party, at, entry"
    )
    .bind(place)
    .all::<(PartyId, StaffId, bool)>(tx)?;
    let mut signers: Vec<(PartyId, StaffId)> = Vec::new();
    for (party, staff, signs) in all {
        signers.retain(|known| *known != (party, staff));
        if signs {
            signers.push((party, staff));
        }
    }
    Ok(signers)
}
