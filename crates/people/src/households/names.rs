//! The names of households and persons, in memory alone: unsealed once, kept until one of them changes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use journal::View;
use kernel::{EntryId, Fault, HouseholdId, PersonId, PlaceCode};

use super::facts::{HouseholdNamed, PersonNamed};
use super::tables;
use crate::sheet::plain_text;

/// Who has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    /// A household, by its head.
    Household(HouseholdId),
    /// A person.
    Person(PersonId),
}

/// Every name that can still be read.
#[derive(Default)]
pub struct Names {
    named: HashMap<Who, Named>,
    cards: HashMap<String, HouseholdId>,
    /// How many entries they were read from.
    entries: usize,
}

struct Named {
    entry: EntryId,
    village: PlaceCode,
    name: String,
    /// In lower case without accents.
    plain: String,
    card: Option<String>,
    phone: Option<String>,
}

/// Somebody who was found by their name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'n> {
    /// Who.
    pub who: Who,
    /// The name.
    pub name: &'n str,
}

/// The names of this site. Whoever calls this has decided that the reader may see names.
///
/// In the transaction that gives somebody a name the old names are still seen.
pub fn names(view: &mut View<'_, '_>) -> Result<Arc<Names>, Fault> {
    view.memory(Names::read)
}

/// The names for a decision within a transaction that writes: those that this transaction has given are among them, and
/// those of others that wait for the same commit.
pub(super) fn names_now(view: &mut View<'_, '_>) -> Result<Arc<Names>, Fault> {
    let kept = names(view)?;
    match tables::naming_count(view)? == kept.entries as i64 {
        true => Ok(kept),
        false => Ok(Arc::new(Names::read(view)?)),
    }
}

impl Names {
    fn read(view: &mut View<'_, '_>) -> Result<Names, Fault> {
        let counts: HashSet<EntryId> = tables::naming(view)?.into_iter().collect();
        let mut names = Names { entries: counts.len(), ..Names::default() };
        view.each_sealed::<HouseholdNamed>(|entry, fact| {
            if counts.contains(&entry) {
                names.take(
                    Who::Household(fact.household),
                    entry,
                    fact.village,
                    fact.head,
                    fact.card,
                    fact.phone,
                );
            }
        })?;
        view.each_sealed::<PersonNamed>(|entry, fact| {
            if counts.contains(&entry) {
                names.take(Who::Person(fact.person), entry, fact.village, fact.name, None, None);
            }
        })?;
        let card_of = |(who, named): (&Who, &Named)| match who {
            Who::Household(household) => Some((named.card.clone()?, *household)),
            Who::Person(_) => None,
        };
        names.cards = names.named.iter().filter_map(card_of).collect();
        Ok(names)
    }

    fn take(
        &mut self,
        who: Who,
        entry: EntryId,
        village: PlaceCode,
        name: String,
        card: Option<String>,
        phone: Option<String>,
    ) {
        if self.named.get(&who).is_none_or(|known| known.entry < entry) {
            let plain = plain_text(&name);
            self.named.insert(who, Named { entry, village, name, plain, card, phone });
        }
    }

    /// The name of the head of a household; nothing when it was erased.
    pub fn household(&self, household: HouseholdId) -> Option<&str> {
        self.of(Who::Household(household))
    }
    /// The name of a person; nothing when it was erased.
    pub fn person(&self, person: PersonId) -> Option<&str> {
        self.of(Who::Person(person))
    }
    /// The name of either.
    pub fn of(&self, who: Who) -> Option<&str> {
        self.named.get(&who).map(|named| named.name.as_str())
    }
    /// The number of the family card of a household.
    pub fn card(&self, household: HouseholdId) -> Option<&str> {
        self.named.get(&Who::Household(household))?.card.as_deref()
    }
    /// The telephone number of a household.
    pub fn phone(&self, household: HouseholdId) -> Option<&str> {
        self.named.get(&Who::Household(household))?.phone.as_deref()
    }
    /// The household with this number on its family card.
    pub fn by_card(&self, card: &str) -> Option<HouseholdId> {
        self.cards.get(card).copied()
    }
    /// The name in lower case without accents, to sort and to compare by; empty when there is none.
    pub fn plain(&self, who: Who) -> &str {
        self.named.get(&who).map_or("", |named| named.plain.as_str())
    }
    /// How well a name fits what was typed: every word must be in it, best at the beginning of a word. Smaller is better.
    pub fn fit(&self, who: Who, text: &str) -> Option<u8> {
        let named = self.named.get(&who)?;
        fit(&named.plain, named.card.as_deref(), &plain_text(text))
    }
    /// Those of a village whose name has every word of `text`: first where one begins with it, then where it lies inside.
    pub fn search(&self, village: &PlaceCode, text: &str, most: usize) -> Vec<Found<'_>> {
        let wanted = plain_text(text);
        if wanted.trim().is_empty() {
            return Vec::new();
        }
        let of_village = self.named.iter().filter(|(_, named)| named.village == *village);
        let mut found: Vec<(u8, &str, Who, &str)> = of_village
            .filter_map(|(who, named)| {
                let fit = fit(&named.plain, named.card.as_deref(), &wanted)?;
                Some((fit, named.plain.as_str(), *who, named.name.as_str()))
            })
            .collect();
        found.sort_unstable();
        found.into_iter().take(most).map(|(_, _, who, name)| Found { who, name }).collect()
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.named.len()
    }
    /// Whether nobody has a name.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }
}

fn fit(plain: &str, card: Option<&str>, wanted: &str) -> Option<u8> {
    let wanted = wanted.trim();
    if wanted.len() >= 6 && card.is_some_and(|card| card.starts_with(wanted)) {
        return Some(0);
    }
    if plain.starts_with(wanted) {
        return Some(0);
    }
    wanted.split_whitespace().try_fold(1, |worst, word| {
        let begins = plain.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word));
        match begins {
            true => Some(worst),
            false => plain.contains(word).then_some(2),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_the_beginning_of_any_word_first() {
        for (plain, wanted, expected) in [
            ("sri wahyuni", "sri", Some(0)),
            ("bu sri", "sri", Some(1)),
            ("masriani", "sri", Some(2)),
            ("sri wahyuni", "wah sri", Some(1)),
            ("sri wahyuni", "sri budi", None),
            ("andre", &plain_text("André"), Some(0)),
            ("김영희", "김", Some(0)),
            ("sri", "340205", Some(0)),
            ("sri", "34020", None),
        ] {
            assert_eq!(fit(plain, Some("3402051203990001"), wanted), expected, "{plain}: {wanted}");
        }
    }
}
