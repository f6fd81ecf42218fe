//! Who is behind a membership: the household, person or group in `people`, and how one of them is found.

use std::collections::HashMap;
use std::sync::Arc;

use journal::View;
use kernel::{BookId, Fault, GroupId, HouseholdId, MemberId, PlaceCode, Refused, Stop};
use people::groups;
use people::households::{self, Names, Who};
use people::places;
use serde::Serialize;

use super::facts::{Holder, Home};
use super::rules::{Refusal, shorten};
use super::tables::{self, Member};

/// The names and homes of members. Whoever makes it has decided that the reader may see names.
pub struct Holders {
    names: Arc<Names>,
    groups: HashMap<GroupId, String>,
    homes: Homes,
    hamlets: HashMap<PlaceCode, String>,
}

/// Above so many members all households of the village are read at once.
const ONE_BY_ONE: usize = 20;

impl Holders {
    /// For these members.
    pub fn of(view: &mut View<'_, '_>, village: &PlaceCode, members: &[Member]) -> Result<Holders, Fault> {
        let homes = if members.len() > ONE_BY_ONE {
            homes(view, village)?
        } else {
            let mut some = HashMap::new();
            for member in members {
                if let Some(home) = home(view, village, &member.holder)? {
                    some.insert(member.holder, home);
                }
            }
            Homes(some)
        };
        let groups =
            groups::list(view, village)?.into_iter().map(|group| (group.group, group.name)).collect();
        let hamlets =
            places::hamlets(view, village)?.into_iter().map(|hamlet| (hamlet.place, hamlet.name)).collect();
        Ok(Holders { names: households::names(view)?, groups, homes, hamlets })
    }
    /// The name; empty when it was erased.
    pub fn name(&self, member: &Member) -> String {
        let name = match member.holder {
            Holder::Household(id) => self.names.household(id),
            Holder::Person(id) => self.names.person(id),
            Holder::Group(id) => self.groups.get(&id).map(String::as_str),
        };
        name.unwrap_or_default().to_owned()
    }
    /// The name of the hamlet; empty when it is not known.
    pub fn hamlet_name(&self, member: &Member) -> String {
        let home = self.homes.of(&member.holder);
        home.and_then(|home| self.hamlets.get(&home.hamlet).cloned()).unwrap_or_default()
    }
}

/// The name of one member; empty when it was erased.
pub fn name(view: &mut View<'_, '_>, village: &PlaceCode, member: &Member) -> Result<String, Fault> {
    Ok(Holders::of(view, village, std::slice::from_ref(member))?.name(member))
}

/// The households behind members, and where they live.
pub struct Homes(HashMap<Holder, Home>);

impl Homes {
    /// The household behind a membership, if there is one.
    pub fn of(&self, holder: &Holder) -> Option<Home> {
        self.0.get(holder).cloned()
    }
}

/// Every household of a village, and every person with a household, with the hamlet of today.
pub fn homes(view: &mut View<'_, '_>, village: &PlaceCode) -> Result<Homes, Fault> {
    let mut homes = HashMap::new();
    for household in households::list(view, village)? {
        let home = Home { household: household.household, hamlet: household.hamlet };
        homes.insert(Holder::Household(home.household), home);
    }
    for person in households::persons(view, village)? {
        if let Some(home) = person.household.and_then(|id| homes.get(&Holder::Household(id)).cloned()) {
            homes.insert(Holder::Person(person.person), home);
        }
    }
    Ok(Homes(homes))
}

/// The household behind one membership, with the hamlet of today.
pub fn home(view: &mut View<'_, '_>, village: &PlaceCode, holder: &Holder) -> Result<Option<Home>, Fault> {
    let household: Option<HouseholdId> = match *holder {
        Holder::Household(id) => Some(id),
        Holder::Person(id) => households::person(view, village, id)?.and_then(|person| person.household),
        Holder::Group(_) => None,
    };
    let Some(household) = household else { return Ok(None) };
    let found = households::one(view, village, household)?;
    Ok(found.map(|found| Home { household, hamlet: found.hamlet }))
}

/// The one member that somebody typed: a number, the text of a QR code, or a name that fits one member only.
pub fn find_member(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    text: &str,
) -> Result<Member, Stop> {
    let refuse = |no: Refusal| Refused::from(no).in_field("member");
    if text.trim().is_empty() {
        return Err(refuse(Refusal::NoMember).into());
    }
    let mut found = search_members(view, village, bank, text, 9)?;
    match found.len() {
        0 => Err(refuse(Refusal::UnknownMember { text: shorten(text) }).into()),
        1 => Ok(found.remove(0)),
        count => Err(refuse(Refusal::ManyMembers { text: shorten(text), count }).into()),
    }
}

/// The members that may be meant, the likeliest first. A number or a QR code means one member.
pub fn search_members(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    text: &str,
    most: usize,
) -> Result<Vec<Member>, Stop> {
    let text = text.trim();
    if let Some(id) = text.rsplit('/').next().and_then(|id| id.parse::<MemberId>().ok()) {
        return Ok(tables::member(view, village, bank, id)?.into_iter().collect());
    }
    if let Ok(number) = text.parse::<i64>() {
        return Ok(tables::member_numbered(view, village, bank, number)?.into_iter().collect());
    }
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let names = households::names(view)?;
    let groups: HashMap<GroupId, String> =
        groups::list(view, village)?.into_iter().map(|group| (group.group, group.name)).collect();
    let fit = |member: &Member| match member.holder {
        Holder::Household(id) => names.fit(Who::Household(id), text),
        Holder::Person(id) => names.fit(Who::Person(id), text),
        Holder::Group(id) => {
            let plain = people::sheet::plain_text(text);
            groups
                .get(&id)
                .and_then(|name| people::sheet::plain_text(name).find(&plain))
                .map(|at| u8::from(at > 0))
        }
    };
    let mut found: Vec<(u8, Member)> = tables::members(view, village, bank)?
        .into_iter()
        .filter_map(|member| fit(&member).map(|fit| (fit, member)))
        .collect();
    found.sort_by_key(|(fit, member)| (*fit, member.number));
    Ok(found.into_iter().take(most).map(|(_, member)| member).collect())
}

/// Somebody who could become a member.
#[derive(Debug, Clone, Serialize)]
pub struct HolderChoice {
    /// What the form sends: `household:<id>`.
    pub value: String,
    /// What is read: the name.
    pub word: String,
}

/// What a form sends for a holder.
pub fn choice_text(holder: &Holder) -> String {
    match holder {
        Holder::Household(id) => format!("household:{id}"),
        Holder::Person(id) => format!("person:{id}"),
        Holder::Group(id) => format!("group:{id}"),
    }
}

/// At most so many are offered; who is not among them is found by more letters.
const OFFERED: usize = 60;

/// Those of a village who could become members: whose name fits the text, or the first ones when it is empty.
pub fn search_choices(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    text: &str,
) -> Result<Vec<HolderChoice>, Fault> {
    let names = households::names(view)?;
    let plain = people::sheet::plain_text(text.trim());
    let mut choices: Vec<HolderChoice> = groups::list(view, village)?
        .into_iter()
        .filter(|group| plain.is_empty() || people::sheet::plain_text(&group.name).contains(&plain))
        .map(|group| HolderChoice { value: choice_text(&Holder::Group(group.group)), word: group.name })
        .collect();
    let choice = |who: Who, name: &str| {
        let holder = match who {
            Who::Household(id) => Holder::Household(id),
            Who::Person(id) => Holder::Person(id),
        };
        HolderChoice { value: choice_text(&holder), word: name.to_owned() }
    };
    if plain.is_empty() {
        let mut all: Vec<HolderChoice> = households::list(view, village)?
            .into_iter()
            .filter_map(|one| {
                let who = Who::Household(one.household);
                names.of(who).map(|name| choice(who, name))
            })
            .collect();
        all.sort_by(|a, b| a.word.cmp(&b.word));
        choices.extend(all);
    } else {
        choices.extend(
            names.search(village, text, OFFERED).into_iter().map(|found| choice(found.who, found.name)),
        );
    }
    choices.truncate(OFFERED);
    with_hamlets(view, village, &mut choices)?;
    Ok(choices)
}

/// Adds where somebody lives, since two households may have heads of the same name.
fn with_hamlets(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    choices: &mut [HolderChoice],
) -> Result<(), Fault> {
    let hamlets = places::hamlets(view, village)?;
    for choice in choices {
        let Some(holder) = read_choice(view, village, &choice.value)? else { continue };
        let home = home(view, village, &holder)?;
        let hamlet = home.and_then(|home| hamlets.iter().find(|known| known.place == home.hamlet));
        if let Some(hamlet) = hamlet {
            choice.word = format!("{} · {}", choice.word, hamlet.name);
        }
    }
    Ok(())
}

/// The holder that a form names, if it exists in the village.
pub fn read_choice(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    text: &str,
) -> Result<Option<Holder>, Fault> {
    let Some((kind, id)) = text.split_once(':') else { return Ok(None) };
    Ok(match kind {
        "household" => match id.parse() {
            Ok(id) => households::one(view, village, id)?.map(|_| Holder::Household(id)),
            Err(_) => None,
        },
        "person" => match id.parse() {
            Ok(id) => households::person(view, village, id)?.map(|_| Holder::Person(id)),
            Err(_) => None,
        },
        "group" => match id.parse::<GroupId>() {
            Ok(id) => groups::list(view, village)?
                .iter()
                .any(|group| group.group == id)
                .then_some(Holder::Group(id)),
            Err(_) => None,
        },
        _ => None,
    })
}
