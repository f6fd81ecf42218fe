//! What the office asks of the people next door: names of members, of the village, of collectors.

use std::collections::HashMap;

use journal::View;
use kernel::{BookId, GroupId, MemberId, PlaceCode, Stop};
use people::{groups, households, places};
use serde::Serialize;

use crate::waste::holders::Holders;
use crate::waste::tables;

/// Somebody who buys waste (pengepul; 수집상).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Collector {
    pub group: GroupId,
    pub name: String,
}

/// Number and name of each member of a bank. Whoever asks has decided that the reader may see names.
pub(super) fn member_names(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
) -> Result<HashMap<MemberId, (i64, String)>, Stop> {
    let members = tables::members(view, village, bank)?;
    let holders = Holders::of(view, village, &members)?;
    Ok(members.iter().map(|member| (member.member, (member.number, holders.name(member)))).collect())
}

/// How many households the village has; none if none was registered yet.
pub(super) fn households(view: &mut View<'_, '_>, village: &PlaceCode) -> Result<Option<i64>, Stop> {
    Ok(Some(households::count(view, village)?).filter(|count| *count > 0))
}

/// What the village is called.
pub(super) fn village_name(view: &mut View<'_, '_>, village: &PlaceCode) -> Result<String, Stop> {
    Ok(places::village_name(view, village)?)
}

/// The collectors that the village knows, by name.
pub(super) fn collectors(view: &mut View<'_, '_>, village: &PlaceCode) -> Result<Vec<Collector>, Stop> {
    let known =
        groups::list(view, village)?.into_iter().filter(|group| group.kind == groups::Kind::Collector);
    Ok(known.map(|group| Collector { group: group.group, name: group.name }).collect())
}
