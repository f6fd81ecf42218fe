//! Households and persons as they follow from the facts, and what is read of them. Never a name: see `names.rs`.

use db::{Tx, row, sql};
use journal::{Entry, Fold, Folded, KeyId, Turn};
use kernel::{Day, EntryId, Fault, HouseholdId, PersonId, PlaceCode};
use serde::Serialize;

use super::facts::{Fact, PersonRegistered};

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match Fact::read(entry)? {
        Some(Fact::HouseholdRegistered(fact)) => {
            let said = Said {
                what: "registered".into(),
                hamlet: Some(fact.hamlet),
                rt: fact.rt,
                key: Some(fact.key),
                day: fact.day,
            };
            say(fold, &fact.village, fact.household, &said)?;
        }
        Some(Fact::HouseholdMoved(fact)) => {
            let said = Said {
                what: "moved".into(),
                hamlet: Some(fact.hamlet),
                rt: fact.rt,
                key: None,
                day: fact.day,
            };
            say(fold, &fact.village, fact.household, &said)?;
        }
        Some(Fact::HouseholdClosed(fact)) => {
            let said = Said { what: "closed".into(), hamlet: None, rt: None, key: None, day: fact.day };
            say(fold, &fact.village, fact.household, &said)?;
        }
        Some(Fact::HouseholdNamed(fact)) if counts(fold) => {
            sql!("INSERT INTO household_name (entry, village, household) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
                .bind(&entry.id)
                .bind(&fact.village)
                .bind(&fact.household)
                .run(fold)?;
        }
        Some(Fact::PersonNamed(fact)) if counts(fold) => {
            sql!(
                "INSERT INTO person_name (entry, village, person) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"
            )
            .bind(&entry.id)
            .bind(&fact.village)
            .bind(&fact.person)
            .run(fold)?;
        }
        Some(Fact::HouseholdNamed(_) | Fact::PersonNamed(_)) => forget(fold, entry.id)?,
        Some(Fact::PersonRegistered(fact)) => register_person(fold, entry.id, &fact)?,
        None => return Ok(Folded::UnknownKind),
    }
    Ok(Folded::Done)
}

/// Takes away the row that says which entry names somebody.
pub(super) fn forget(fold: &mut Fold<'_, '_>, entry: EntryId) -> Result<(), Fault> {
    sql!("DELETE FROM household_name WHERE entry = ?1").bind(&entry).run(fold)?;
    sql!("DELETE FROM person_name WHERE entry = ?1").bind(&entry).run(fold)?;
    Ok(())
}

fn counts(fold: &Fold<'_, '_>) -> bool {
    !matches!(fold.turn, Turn::Undone { .. })
}

fn register_person(fold: &mut Fold<'_, '_>, entry: EntryId, fact: &PersonRegistered) -> Result<(), Fault> {
    if !counts(fold) {
        sql!("DELETE FROM person WHERE village = ?1 AND person = ?2 AND entry = ?3")
            .bind(&fact.village)
            .bind(&fact.person)
            .bind(&entry)
            .run(fold)?;
        return Ok(());
    }
    sql!(
        "INSERT INTO person (village, person, household, key, since, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO NOTHING"
    )
    .bind(&fact.village)
    .bind(&fact.person)
    .bind(&fact.household)
    .bind(&fact.key)
    .bind(&fact.day)
    .bind(&entry)
    .run(fold)?;
    Ok(())
}

row! {
    /// What one entry said of a household.
    struct Said {
        what: String,
        hamlet: Option<PlaceCode>,
        rt: Option<PlaceCode>,
        key: Option<KeyId>,
        day: Day,
    }
}

fn say(
    fold: &mut Fold<'_, '_>,
    village: &PlaceCode,
    household: HouseholdId,
    said: &Said,
) -> Result<(), Fault> {
    let entry = fold.entry;
    if counts(fold) {
        sql!(
            "INSERT INTO household_said (village, household, entry, what, hamlet, rt, key, day)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
        )
        .bind(village)
        .bind(&household)
        .bind(&entry)
        .bind(&said.what)
        .bind(&said.hamlet)
        .bind(&said.rt)
        .bind(&said.key)
        .bind(&said.day)
        .run(fold)?;
    } else {
        sql!("DELETE FROM household_said WHERE village = ?1 AND household = ?2 AND entry = ?3")
            .bind(village)
            .bind(&household)
            .bind(&entry)
            .run(fold)?;
    }
    settle(fold, village, household)
}

/// Writes a household as it follows from everything that was said of it, in the order of the entries and not in that of
/// their arrival, and counts it where it now lives.
fn settle(tx: &mut Tx<'_>, village: &PlaceCode, household: HouseholdId) -> Result<(), Fault> {
    let before = one(tx, village, household)?;
    let after = as_said(tx, village, household)?;
    match &after {
        None => {
            sql!("DELETE FROM household WHERE village = ?1 AND household = ?2")
                .bind(village)
                .bind(&household)
                .run(tx)?;
        }
        Some(now) => {
            sql!(
                "INSERT INTO household (village, household, hamlet, rt, key, since, closed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (village, household) DO UPDATE SET hamlet = excluded.hamlet, rt = excluded.rt,
                 key = excluded.key, since = excluded.since, closed = excluded.closed"
            )
            .bind(village)
            .bind(&household)
            .bind(&now.hamlet)
            .bind(&now.rt)
            .bind(&now.key)
            .bind(&now.since)
            .bind(&now.closed)
            .run(tx)?;
        }
    }
    let counted =
        |household: Option<Household>| household.filter(|it| it.closed.is_none()).map(|it| it.hamlet);
    let (before, after) = (counted(before), counted(after));
    if before != after {
        for (hamlet, change) in
            before.into_iter().map(|hamlet| (hamlet, -1)).chain(after.map(|hamlet| (hamlet, 1)))
        {
            add(tx, village, &hamlet, change)?;
        }
    }
    Ok(())
}

fn as_said(tx: &mut Tx<'_>, village: &PlaceCode, household: HouseholdId) -> Result<Option<Household>, Fault> {
    let said = sql!(
        "SELECT what, hamlet, rt, key, day FROM household_said WHERE village = ?1 AND household = ?2 ORDER BY entry"
    )
    .bind(village)
    .bind(&household)
    .all::<Said>(tx)?;
    let Some((key, since)) = said.iter().find_map(|said| Some((said.key?, said.day))) else {
        return Ok(None);
    };
    let lives =
        said.iter().rev().find_map(|said| said.hamlet.clone().map(|hamlet| (hamlet, said.rt.clone())));
    let (hamlet, rt) = lives.unwrap_or_else(|| (village.clone(), None));
    let closed = said.iter().rev().find(|said| said.what == "closed").map(|said| said.day);
    Ok(Some(Household { household, hamlet, rt, key, since, closed }))
}

fn add(tx: &mut Tx<'_>, village: &PlaceCode, hamlet: &PlaceCode, change: i64) -> Result<(), Fault> {
    sql!(
        "INSERT INTO household_count (village, hamlet, households) VALUES (?1, ?2, ?3)
         ON CONFLICT (village, hamlet) DO UPDATE SET households = household_count.households + excluded.households"
    )
    .bind(village)
    .bind(hamlet)
    .bind(&change)
    .run(tx)?;
    sql!("DELETE FROM household_count WHERE village = ?1 AND hamlet = ?2 AND households = 0")
        .bind(village)
        .bind(hamlet)
        .run(tx)?;
    Ok(())
}

row! {
    /// A household, without its name.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Household {
        /// The household.
        pub household: HouseholdId,
        /// Where it lives; the village itself where the hamlet is not known.
        pub hamlet: PlaceCode,
        /// The neighbourhood, if it is known.
        pub rt: Option<PlaceCode>,
        /// The key that its name is sealed with.
        pub key: KeyId,
        /// Since when it is known.
        pub since: Day,
        /// When it left or ended.
        pub closed: Option<Day>,
    }
}

row! {
    /// How many households live in a hamlet.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct InHamlet {
        /// The hamlet.
        pub hamlet: PlaceCode,
        /// Its households, closed ones left out.
        pub households: i64,
    }
}

row! {
    /// A person, without their name.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Person {
        /// The person.
        pub person: PersonId,
        /// Their household, if it is registered.
        pub household: Option<HouseholdId>,
        /// The key that their name is sealed with.
        pub key: KeyId,
        /// Since when they are known.
        pub since: Day,
    }
}

/// The households of a village that are not closed.
pub fn list(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<Vec<Household>, Fault> {
    sql!(
        "SELECT household, hamlet, rt, key, since, closed FROM household
         WHERE village = ?1 AND closed IS NULL ORDER BY household"
    )
    .bind(village)
    .all(tx)
}

/// One household, closed or not.
pub fn one(tx: &mut Tx<'_>, village: &PlaceCode, household: HouseholdId) -> Result<Option<Household>, Fault> {
    sql!("SELECT household, hamlet, rt, key, since, closed FROM household WHERE village = ?1 AND household = ?2")
        .bind(village)
        .bind(&household)
        .maybe(tx)
}

/// How many households live in each hamlet, in the order of the hamlets.
pub fn count_by_hamlet(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<Vec<InHamlet>, Fault> {
    sql!("SELECT hamlet, households FROM household_count WHERE village = ?1 ORDER BY hamlet")
        .bind(village)
        .all(tx)
}

/// How many households live in a village.
pub fn count(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<i64, Fault> {
    Ok(count_by_hamlet(tx, village)?.iter().map(|hamlet| hamlet.households).sum())
}

/// One person.
pub fn person(tx: &mut Tx<'_>, village: &PlaceCode, person: PersonId) -> Result<Option<Person>, Fault> {
    sql!("SELECT person, household, key, since FROM person WHERE village = ?1 AND person = ?2")
        .bind(village)
        .bind(&person)
        .maybe(tx)
}

/// The persons of a village.
pub fn persons(tx: &mut Tx<'_>, village: &PlaceCode) -> Result<Vec<Person>, Fault> {
    sql!("SELECT person, household, key, since FROM person WHERE village = ?1 ORDER BY person")
        .bind(village)
        .all(tx)
}

/// The persons of a household.
pub fn persons_of(
    tx: &mut Tx<'_>,
    village: &PlaceCode,
    household: HouseholdId,
) -> Result<Vec<Person>, Fault> {
    sql!("SELECT person, household, key, since FROM person WHERE village = ?1 AND household = ?2 ORDER BY person")
        .bind(village)
        .bind(&household)
        .all(tx)
}

/// Which sealed entries name a household or a person: others were taken back.
pub(super) fn naming(tx: &mut Tx<'_>) -> Result<Vec<EntryId>, Fault> {
    let found = sql!("SELECT entry FROM household_name UNION ALL SELECT entry FROM person_name")
        .all::<(EntryId,)>(tx)?;
    Ok(found.into_iter().map(|(entry,)| entry).collect())
}

/// How many sealed entries name a household or a person.
pub(super) fn naming_count(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    let (households,) = sql!("SELECT COUNT(*) FROM household_name").one::<(i64,)>(tx)?;
    let (persons,) = sql!("SELECT COUNT(*) FROM person_name").one::<(i64,)>(tx)?;
    Ok(households + persons)
}
