//! What the office asks of the people next door: names of members, of the village, of collectors.

use std::collections::HashMap;

use journal::{View, Work};
use kernel::{BookId, EntryId, GroupId, MemberId, PlaceCode, Stop};
use serde::Serialize;

use crate::waste::tables;

/// Somebody who buys waste (pengepul; 수집상).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Collector {
    pub group: GroupId,
    pub name: String,
}

/// Number and name of each member of a bank.
pub(super) fn member_names(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
) -> Result<HashMap<MemberId, (i64, String)>, Stop> {
    let members = tables::members(view, village, bank)?;
    Ok(members.into_iter().map(|member| (member.member, (member.number, String::new()))).collect())
}
/// How many households the village has; none if nobody counted them yet.
pub(super) fn households(_view: &mut View<'_, '_>, _village: &PlaceCode) -> Result<Option<i64>, Stop> {
    Ok(None)
}
/// The collectors that the village knows.
pub(super) fn collectors(_view: &mut View<'_, '_>, _village: &PlaceCode) -> Result<Vec<Collector>, Stop> {
    Ok(Vec::new())
}
