//! The calendar links of the people of this site, and what is known of the cooperations of a region.

use std::collections::BTreeMap;

use db::{Tx, row, sql};
use kernel::{EntryId, Fault, Instant, PlaceCode, StaffId};
use serde::Serialize;

use super::rules::{Known, KnownOne};
use crate::{agreements, obligations, parties, stages};

row! {
    /// A calendar link.
    #[derive(Debug, Clone, Serialize)]
    pub(super) struct CalendarLink {
        /// Names it on the page.
        pub id: EntryId,
        /// The secret part of its address.
        pub token: String,
        /// Whose it is.
        pub staff: StaffId,
        /// The language of what it says.
        pub lang: String,
        /// Since when.
        pub created: Instant,
    }
}

/// The links of a person in a region, the latest first.
pub(super) fn links(tx: &mut Tx<'_>, place: &PlaceCode, staff: StaffId) -> Result<Vec<CalendarLink>, Fault> {
    sql!(
        "SELECT id, token, staff, lang, created FROM calendar_link
         WHERE staff = ?1 AND place = ?2 ORDER BY created DESC, id DESC"
    )
    .bind(&staff)
    .bind(place)
    .all(tx)
}

/// The link with this secret.
pub(super) fn link(tx: &mut Tx<'_>, place: &PlaceCode, token: &str) -> Result<Option<CalendarLink>, Fault> {
    sql!("SELECT id, token, staff, lang, created FROM calendar_link WHERE token = ?1 AND place = ?2")
        .bind(&token.to_owned())
        .bind(place)
        .maybe(tx)
}

/// Keeps a new link.
pub(super) fn keep(tx: &mut Tx<'_>, place: &PlaceCode, link: &CalendarLink) -> Result<(), Fault> {
    sql!(
        "INSERT INTO calendar_link (token, id, staff, place, lang, created)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"
    )
    .bind(&link.token)
    .bind(&link.id)
    .bind(&link.staff)
    .bind(place)
    .bind(&link.lang)
    .bind(&link.created)
    .run(tx)?;
    Ok(())
}

/// Takes a link of a person away; whether there was one.
pub(super) fn end(tx: &mut Tx<'_>, staff: StaffId, id: EntryId) -> Result<(), Fault> {
    sql!("DELETE FROM calendar_link WHERE staff = ?1 AND id = ?2").bind(&staff).bind(&id).run(tx)?;
    Ok(())
}

/// What is known of the cooperations of a region.
pub(super) fn known(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Known, Fault> {
    let names = parties::list(tx, place)?.into_iter().map(|party| (party.party, party.names)).collect();
    let one = |cooperation| KnownOne { cooperation, ..KnownOne::default() };
    let mut all: BTreeMap<_, KnownOne> = BTreeMap::new();
    for cooperation in agreements::cooperations(tx, place)? {
        all.insert(cooperation.cooperation, one(Some(cooperation)));
    }
    for with in agreements::participants(tx, place)? {
        if let Some(known) = all.get_mut(&with.cooperation) {
            known.participants.push(with);
        }
    }
    for (book, paper) in agreements::all_instruments(tx, place)? {
        if let Some(known) = all.get_mut(&book) {
            known.papers.push(paper);
        }
    }
    for (book, done) in stages::done_in_region(tx, place)? {
        if let Some(known) = all.get_mut(&book) {
            known.done.push(done);
        }
    }
    let mut happened: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (of, it) in obligations::happened_in_region(tx, place)? {
        happened.entry(of).or_default().push(it);
    }
    for obligation in obligations::obligations_of_region(tx, place)? {
        if let Some(known) = all.get_mut(&obligation.cooperation) {
            let happened = happened.remove(&obligation.obligation).unwrap_or_default();
            known.obligations.push((obligation, happened));
        }
    }
    Ok(Known { names, cooperations: all.into_values().collect() })
}
