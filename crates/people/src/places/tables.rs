//! Names of places as they follow from the facts, and what is read of them.

use db::{Tx, row, sql};
use journal::{Entry, Fold, Folded, Turn};
use kernel::{Fault, Level, PlaceCode, Stop};
use serde::Serialize;

use super::facts::Fact;
use super::rules::Refusal;

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match Fact::read(entry)? {
        Some(Fact::HamletNamed(named)) => name(fold, entry, &named.place, &named.name)?,
        Some(Fact::NeighbourhoodNamed(named)) => name(fold, entry, &named.place, &named.name)?,
        // The list lies in a table that follows from its file.
        Some(Fact::RegionsImported(_)) => {}
        None => return Ok(Folded::UnknownKind),
    }
    Ok(Folded::Done)
}

fn name(fold: &mut Fold<'_, '_>, entry: &Entry, place: &PlaceCode, name: &String) -> Result<(), Fault> {
    let Some(village) = place.at(Level::Village) else { return Ok(()) };
    if let Turn::Undone { .. } = fold.turn {
        sql!("DELETE FROM place_name WHERE village = ?1 AND place = ?2 AND entry = ?3")
            .bind(&village)
            .bind(place)
            .bind(&entry.id)
            .run(fold)?;
        return Ok(());
    }
    sql!(
        "INSERT INTO place_name (village, place, entry, name) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"
    )
    .bind(&village)
    .bind(place)
    .bind(&entry.id)
    .bind(name)
    .run(fold)?;
    Ok(())
}

row! {
    /// A hamlet or a neighbourhood with its name.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Hamlet {
        /// Its code.
        pub place: PlaceCode,
        /// Its name.
        pub name: String,
    }
}

row! {
    /// From which file the national list was loaded.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Source {
        /// SHA-256 of the file.
        pub sha256: String,
        /// Its name.
        pub source: String,
        /// How many places it has.
        pub rows: i64,
    }
}

fn named_below(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<Vec<Hamlet>, Fault> {
    sql!(
        "SELECT n.place, n.name FROM place_name n WHERE n.village = ?1 AND n.entry =
         (SELECT MAX(m.entry) FROM place_name m WHERE m.village = n.village AND m.place = n.place) ORDER BY n.place"
    )
    .bind(village)
    .all(tx)
}

/// The hamlets of a village that have a name, in the order of their codes.
pub fn hamlets(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<Vec<Hamlet>, Fault> {
    let mut named = named_below(tx, village)?;
    named.retain(|place| place.place.level() == Level::Hamlet);
    Ok(named)
}

/// The neighbourhoods of a village that have a name, in the order of their codes.
pub fn neighbourhoods(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<Vec<Hamlet>, Fault> {
    let mut named = named_below(tx, village)?;
    named.retain(|place| place.place.level() == Level::Neighbourhood);
    Ok(named)
}

fn region_name(tx: &mut Tx<'_>, code: &PlaceCode) -> Result<Option<String>, Fault> {
    let found = sql!("SELECT name FROM region WHERE code = ?1").bind(code).maybe::<(String,)>(tx)?;
    Ok(found.map(|(name,)| name))
}

/// The name of a village; its code where the national list is not loaded.
pub fn village_name(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<String, Fault> {
    Ok(region_name(tx, village)?.unwrap_or_else(|| village.to_string()))
}

/// The places that a place of the national list lies in, from the nearest up, with their names.
pub fn parents(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Hamlet>, Fault> {
    let mut parents = Vec::new();
    let mut up = place.parent();
    while let Some(place) = up.filter(|place| place.level() >= Level::Province) {
        if let Some(name) = region_name(tx, &place)? {
            parents.push(Hamlet { place: place.clone(), name: short(&name).into_owned() });
        }
        up = place.parent();
    }
    Ok(parents)
}

/// `Sumbermulyo, Bambanglipuro, Bantul, DI Yogyakarta`: a village as people tell it from others of its name.
pub fn full_name(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<String, Fault> {
    let mut names = vec![village_name(tx, village)?];
    names.extend(parents(tx, village)?.into_iter().map(|parent| parent.name));
    Ok(names.join(", "))
}

/// `Bantul` for `Kabupaten Bantul`, `DI Yogyakarta` for `Daerah Istimewa Yogyakarta`: how a parent is named in passing.
/// A city stays `Kota Yogyakarta`, since a regency may have the same name.
pub(super) fn short(name: &str) -> std::borrow::Cow<'_, str> {
    if let Some(regency) = name.strip_prefix("Kabupaten ") {
        return regency.into();
    }
    match name
        .strip_prefix("Daerah Istimewa ")
        .map(|rest| ("DI", rest))
        .or_else(|| name.strip_prefix("Daerah Khusus Ibukota ").map(|rest| ("DKI", rest)))
    {
        Some((letters, rest)) => format!("{letters} {rest}").into(),
        None => name.into(),
    }
}

/// From which file the national list was loaded, if it was.
pub fn source(tx: &mut Tx<'_>) -> Result<Option<Source>, Fault> {
    sql!("SELECT sha256, source, rows FROM region_source").maybe(tx)
}

/// The name of a village that an address names; refused when it is none. Where the national list is not loaded, every
/// code of a village will do.
pub fn require_village(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<String, Stop> {
    let no_village = || Refusal::NoVillage { code: village.to_string() };
    if village.level() != Level::Village {
        return Err(no_village().into());
    }
    match region_name(tx, village)? {
        Some(name) => Ok(name),
        None if source(tx)?.is_some() => Err(no_village().into()),
        None => Ok(village.to_string()),
    }
}
