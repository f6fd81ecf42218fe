//! How many households live where, on the page of their village.

use askama::Template;
use journal::View;
use kernel::{Permit, PlaceCode, Stop};
use serde::Serialize;
use web::{Fragment, Frame, List, ListAsk, Listed, SlotAt, Want};

use super::super::tables::{self, InHamlet};
use crate::SeeVillage;
use crate::places;

#[derive(Serialize)]
struct InVillage {
    households: i64,
    hamlets: Vec<NamedCount>,
}

#[derive(Serialize)]
struct NamedCount {
    place: PlaceCode,
    name: String,
    households: i64,
}

#[derive(Template)]
#[template(path = "households/in_village.html")]
struct InVillagePart<'a> {
    frame: &'a Frame,
    village: &'a PlaceCode,
    sums: &'a InVillage,
    list: Listed,
}

/// How many households live where: sums only, for everyone.
pub(in crate::households) fn in_village(
    view: &mut View<'_, '_>,
    _: &Permit<SeeVillage>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let hamlets = places::hamlets(view, &at.village)?;
    let counted = tables::count_by_hamlet(view, &at.village)?;
    let count_of =
        |place: &PlaceCode| counted.iter().find(|it| it.hamlet == *place).map_or(0, |it| it.households);
    let mut rows: Vec<NamedCount> = hamlets
        .iter()
        .map(|hamlet| NamedCount {
            place: hamlet.place.clone(),
            name: hamlet.name.clone(),
            households: count_of(&hamlet.place),
        })
        .collect();
    let unnamed = counted.iter().filter(|it| !hamlets.iter().any(|hamlet| hamlet.place == it.hamlet));
    rows.extend(unnamed.map(|InHamlet { hamlet, households }| NamedCount {
        name: hamlet.to_string(),
        place: hamlet.clone(),
        households: *households,
    }));
    let sums = InVillage { households: rows.iter().map(|row| row.households).sum(), hamlets: rows };
    let list = List::new("hamlets")
        .column("hamlet", "households-hamlet", |row: &NamedCount| row.name.clone())
        .column("households", "households-count", |row: &NamedCount| row.households)
        .summed()
        .plain()
        .of(&sums.hamlets, &ListAsk::default(), frame, Want::Html);
    let part = InVillagePart { frame, village: &at.village, sums: &sums, list };
    Ok(Some(Fragment::new("households", &part, &sums)?))
}
