//! What is done with households and persons, for pages, imports, the demo and later stages alike.

use journal::{Context, Journal, KeyId, Work};
use kernel::{Day, HouseholdId, Permit, PersonId, PlaceCode, Refused, Stop};
use serde::{Deserialize, Serialize};

use super::facts::{
    HouseholdClosed, HouseholdMoved, HouseholdNamed, HouseholdRegistered, PersonNamed, PersonRegistered,
};
use super::names::names_now;
use super::rules::{self, Refusal};
use super::tables::{self, Household};
use super::{Erase, KeepHouseholds};
use crate::places;

/// A household to be registered, as the rules let it through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHousehold {
    /// Its id, made beforehand.
    pub household: HouseholdId,
    /// The village.
    pub village: PlaceCode,
    /// Its hamlet.
    pub hamlet: PlaceCode,
    /// Its neighbourhood.
    pub rt: Option<PlaceCode>,
    /// The name of its head.
    pub head: String,
    /// The number of its family card.
    pub card: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Since when it is known.
    pub day: Day,
}

/// Registers a household with a key of its own.
pub fn register(
    work: &mut Work<'_, '_>,
    permit: &Permit<KeepHouseholds>,
    new: &NewHousehold,
) -> Result<(), Stop> {
    if let Some(card) = &new.card {
        no_other_has(work, card, None)?;
    }
    let key = work.make_key()?;
    register_with(work, permit, key, new)
}

/// Registers a household with a key that was made beforehand: many keys are made faster in one go, by
/// `journal.keys().make_many(..)`.
///
/// The sealed fact comes first: what was asked is kept as a hash with the first fact of a request, and beside a fact that
/// is not sealed it would survive the person.
pub fn register_with(
    work: &mut Work<'_, '_>,
    permit: &Permit<KeepHouseholds>,
    key: KeyId,
    new: &NewHousehold,
) -> Result<(), Stop> {
    let NewHousehold { household, village, hamlet, rt, head, card, phone, day } = new.clone();
    let named = HouseholdNamed { household, village: village.clone(), head, card, phone };
    work.record_sealed(permit, key, &named)?;
    work.record(permit, &HouseholdRegistered { household, village, hamlet, rt, key, day })?;
    Ok(())
}

/// What is said of the name of a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The name of its head.
    pub head: String,
    /// The number of its family card.
    pub card: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
}

impl Naming {
    /// What was written, checked.
    pub fn read(head: &str, card: &str, phone: &str) -> Result<Naming, Refused> {
        Ok(Naming {
            head: rules::name(head).map_err(|refused| refused.in_field("head"))?,
            card: rules::card(card).map_err(|refused| refused.in_field("card"))?,
            phone: rules::phone(phone).map_err(|refused| refused.in_field("phone"))?,
        })
    }
}

/// Gives a household another name, card or telephone. One that was erased cannot be named again: it has no key.
pub fn rename(
    work: &mut Work<'_, '_>,
    permit: &Permit<KeepHouseholds>,
    village: &PlaceCode,
    household: HouseholdId,
    naming: Naming,
) -> Result<(), Stop> {
    let known = living(work, village, household)?;
    if names_now(work)?.household(household).is_none() {
        return Err(Refusal::Erased.into());
    }
    if let Some(card) = &naming.card {
        no_other_has(work, card, Some(household))?;
    }
    let Naming { head, card, phone } = naming;
    let named = HouseholdNamed { household, village: village.clone(), head, card, phone };
    work.record_sealed(permit, known.key, &named)?;
    Ok(())
}

fn no_other_has(work: &mut Work<'_, '_>, card: &str, but: Option<HouseholdId>) -> Result<(), Stop> {
    match names_now(work)?.by_card(card) {
        Some(other) if Some(other) != but => Err(Refused::from(Refusal::CardKnown).in_field("card").into()),
        _ => Ok(()),
    }
}

/// Moves a household within its village.
pub fn relocate(
    work: &mut Work<'_, '_>,
    permit: &Permit<KeepHouseholds>,
    village: &PlaceCode,
    household: HouseholdId,
    (hamlet, rt): (PlaceCode, Option<PlaceCode>),
    day: Day,
) -> Result<(), Stop> {
    living(work, village, household)?;
    work.record(permit, &HouseholdMoved { household, village: village.clone(), hamlet, rt, day })?;
    Ok(())
}

/// Closes a household that left or is no more.
pub fn close(
    work: &mut Work<'_, '_>,
    permit: &Permit<KeepHouseholds>,
    village: &PlaceCode,
    household: HouseholdId,
    day: Day,
) -> Result<(), Stop> {
    living(work, village, household)?;
    work.record(permit, &HouseholdClosed { household, village: village.clone(), day })?;
    Ok(())
}

fn living(work: &mut Work<'_, '_>, village: &PlaceCode, household: HouseholdId) -> Result<Household, Stop> {
    let known = tables::one(work, village, household)?.ok_or(Refusal::NotFound)?;
    match known.closed {
        Some(day) => Err(Refusal::Closed { day }.into()),
        None => Ok(known),
    }
}

/// Where a household lives, as a form says it: the code of a hamlet that the village has named, and the number of the
/// neighbourhood. A village that has named no hamlet stands for all of them.
pub fn lives(
    tx: &mut db::Tx<'_>,
    village: &PlaceCode,
    hamlet: &str,
    rt: &str,
) -> Result<(PlaceCode, Option<PlaceCode>), Stop> {
    let known = places::hamlets(tx, village)?;
    let found =
        known.iter().find(|known| known.place.as_str() == hamlet.trim()).map(|known| known.place.clone());
    let hamlet = match found {
        Some(hamlet) => hamlet,
        None if known.is_empty() => village.clone(),
        None => return Err(Refused::from(Refusal::NoHamlet).in_field("hamlet").into()),
    };
    let rt = neighbourhood(&hamlet, village, rt).map_err(|refused| refused.in_field("rt"))?;
    Ok((hamlet, rt))
}

/// The neighbourhood with this number; nothing when there is no number. `RT/RW 02/04` is the second.
pub(super) fn neighbourhood(
    hamlet: &PlaceCode,
    village: &PlaceCode,
    rt: &str,
) -> Result<Option<PlaceCode>, Refused> {
    let digits = rt.split('/').find(|part| part.chars().any(|c| c.is_ascii_digit())).unwrap_or(rt).trim();
    if digits.is_empty() || digits.chars().all(|c| matches!(c, '0' | '-')) || hamlet == village {
        return Ok(None);
    }
    places::below(hamlet, digits).map(Some).map_err(|_| Refusal::WrongRt { rt: rt.to_owned() }.into())
}

/// A person to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// The id, made beforehand.
    pub person: PersonId,
    /// The village.
    pub village: PlaceCode,
    /// Their household, if it is registered.
    pub household: Option<HouseholdId>,
    /// Their name.
    pub name: String,
    /// Since when they are known.
    pub day: Day,
}

/// Registers a person with a key of their own. The sealed fact comes first, as with [`register_with`].
pub fn register_person(
    work: &mut Work<'_, '_>,
    permit: &Permit<KeepHouseholds>,
    new: NewPerson,
) -> Result<(), Stop> {
    let key = work.make_key()?;
    let NewPerson { person, village, household, name, day } = new;
    let name = rules::name(&name).map_err(|refused| refused.in_field("name"))?;
    work.record_sealed(permit, key, &PersonNamed { person, village: village.clone(), name })?;
    work.record(permit, &PersonRegistered { person, village, household, key, day })?;
    Ok(())
}

/// Why a person is erased. A list and no free text: what is written there stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The person asked for it (UU 27/2022 on personal data, articles 43 and 44).
    Asked,
    /// The person took back the consent.
    ConsentWithdrawn,
    /// What the data was kept for has ended.
    PurposeEnded,
    /// The data came here by mistake or against the law.
    Mistake,
    /// An authority or a court ordered it.
    Ordered,
}

impl Ground {
    /// Every ground, in the order of the form.
    pub const ALL: [Ground; 5] =
        [Ground::Asked, Ground::ConsentWithdrawn, Ground::PurposeEnded, Ground::Mistake, Ground::Ordered];
    /// As it is kept: `asked`.
    pub const fn name(self) -> &'static str {
        match self {
            Ground::Asked => "asked",
            Ground::ConsentWithdrawn => "consent_withdrawn",
            Ground::PurposeEnded => "purpose_ended",
            Ground::Mistake => "mistake",
            Ground::Ordered => "ordered",
        }
    }
}

/// Erases everything that is sealed with the key of a household or a person. What they did stays, under a random id. It
/// takes a moment and cannot be undone.
pub fn erase(
    journal: &Journal,
    context: Context,
    permit: &Permit<Erase>,
    key: KeyId,
    ground: Ground,
) -> Result<(), Stop> {
    let _ = permit;
    journal.erase(context, key, ground.name())
}
