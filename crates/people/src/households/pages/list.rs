//! The list of households: searched by the way a name sounds, by hamlet, by neighbourhood.

use askama::Template;
use kernel::PlaceCode;
use serde::Deserialize;
use web::{Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply};

use super::super::names::{Names, Who, names};
use super::super::tables::{self, Household};
use super::super::{SeeHouseholds, path};
use super::{choices_of, hamlet_name, number_of};
use crate::places::{self, Hamlet};

#[derive(Default, Deserialize)]
pub(in crate::households) struct HouseholdsAsk {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
    page: Option<String>,
    /// The code of a hamlet.
    hamlet: Option<String>,
}

struct Line {
    household: Household,
    village: PlaceCode,
    name: Option<String>,
    hamlet: String,
}

fn list_of_households() -> List<Line> {
    List::new("households")
        .column("name", "households-head", |line: &Line| line.name.clone())
        .link(|line| path(&line.village, line.household.household))
        .column("hamlet", "households-hamlet", |line: &Line| line.hamlet.clone())
        .column("rt", "households-rt", |line: &Line| line.household.rt.as_ref().map(number_of))
        .column("since", "households-since", |line: &Line| line.household.since)
}

#[derive(Template)]
#[template(path = "households/list.html")]
struct ListPage {
    frame: Frame,
    list: Listed,
    village: PlaceCode,
    village_name: String,
    hamlets: Vec<Choice>,
    hamlet: String,
    q: String,
}

pub(in crate::households) async fn list(cx: Cx<SeeHouseholds>, Query(ask): Query<HouseholdsAsk>) -> Reply {
    let village = cx.place().clone();
    let at = village.clone();
    let read = cx.read(move |view| {
        let name = places::require_village(view, &at)?;
        Ok((name, places::hamlets(view, &at)?, tables::list(view, &at)?, names(view)?))
    });
    let (village_name, hamlets, mut households, names) = read.await?;
    let hamlet = ask.hamlet.unwrap_or_default();
    households.retain(|household| hamlet.is_empty() || household.hamlet.as_str() == hamlet);
    let asked = ListAsk { q: ask.q, sort: ask.sort, page: ask.page };
    let found = arranged(households, &hamlets, &names, &asked);
    let (skip, take) = asked.window(cx.want);
    let window = found.iter().skip(skip as usize).take(usize::try_from(take).unwrap_or(usize::MAX));
    let lines: Vec<Line> = window
        .map(|household| Line {
            name: names.household(household.household).map(str::to_owned),
            hamlet: hamlet_name(&hamlets, &household.hamlet),
            village: village.clone(),
            household: household.clone(),
        })
        .collect();
    let list = list_of_households().slice(&lines, found.len(), &asked);
    cx.list(list, |frame, list| ListPage {
        frame,
        list,
        village,
        village_name,
        hamlets: choices_of(&hamlets),
        hamlet,
        q: asked.q,
    })
}

/// Those that are searched for, in the order that is asked for; by name where none is, the best fit first.
fn arranged(households: Vec<Household>, hamlets: &[Hamlet], names: &Names, ask: &ListAsk) -> Vec<Household> {
    let who = |household: &Household| Who::Household(household.household);
    let wanted = ask.q.trim();
    let mut found: Vec<(u8, Household)> = households
        .into_iter()
        .filter_map(|household| {
            let fit = if wanted.is_empty() { Some(0) } else { names.fit(who(&household), wanted) };
            Some((fit?, household))
        })
        .collect();
    found.sort_by(|(_, a), (_, b)| names.plain(who(a)).cmp(names.plain(who(b))));
    match ask.order() {
        Some(("hamlet", _)) => {
            found.sort_by_cached_key(|(_, it)| crate::sheet::plain_text(&hamlet_name(hamlets, &it.hamlet)))
        }
        Some(("rt", _)) => found.sort_by_key(|(_, it)| it.rt.as_ref().map(number_of)),
        Some(("since", _)) => found.sort_by_key(|(_, it)| it.since),
        Some(_) => {}
        None => found.sort_by_key(|(fit, _)| *fit),
    }
    if ask.order().is_some_and(|(_, down)| down) {
        found.reverse();
    }
    found.into_iter().map(|(_, household)| household).collect()
}
