//! The calendar links of the people of this site, and what is known of the cooperations of a region.

use std::collections::BTreeMap;

use db::{Tx, row, sql};
use kernel::{Day, EntryId, Fault, Instant, PlaceCode, StaffId};
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
pub fn known(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Known, Fault> {
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

row! {
    /// Where a person wants to be reminded.
    #[derive(Debug, Clone, Serialize)]
    pub(super) struct Address {
        /// Who.
        pub staff: StaffId,
        /// Of what falls due in which region.
        pub place: PlaceCode,
        /// The e-mail address.
        pub address: String,
        /// The language of the letters.
        pub lang: String,
    }
}

/// Everybody who wants letters.
pub(super) fn addresses(tx: &mut Tx<'_>) -> Result<Vec<Address>, Fault> {
    sql!("SELECT staff, place, address, lang FROM mail_address ORDER BY place, staff").all(tx)
}

/// Where a person wants the letters of a region.
pub(super) fn address(tx: &mut Tx<'_>, place: &PlaceCode, staff: StaffId) -> Result<Option<Address>, Fault> {
    sql!("SELECT staff, place, address, lang FROM mail_address WHERE staff = ?1 AND place = ?2")
        .bind(&staff)
        .bind(place)
        .maybe(tx)
}

/// Keeps an address in the place of the one before; an empty one takes it away, and the letters that wait with it.
pub(super) fn keep_address(tx: &mut Tx<'_>, new: &Address, at: Instant) -> Result<(), Fault> {
    sql!("DELETE FROM mail_address WHERE staff = ?1 AND place = ?2")
        .bind(&new.staff)
        .bind(&new.place)
        .run(tx)?;
    sql!("DELETE FROM mail_letter WHERE staff = ?1 AND place = ?2 AND sent IS NULL")
        .bind(&new.staff)
        .bind(&new.place)
        .run(tx)?;
    if new.address.is_empty() {
        return Ok(());
    }
    sql!("INSERT INTO mail_address (staff, place, address, lang, created) VALUES (?1, ?2, ?3, ?4, ?5)")
        .bind(&new.staff)
        .bind(&new.place)
        .bind(&new.address)
        .bind(&new.lang)
        .bind(&at)
        .run(tx)?;
    Ok(())
}

row! {
    /// A letter of the outbox.
    #[derive(Debug, Clone, Serialize)]
    pub(super) struct Letter {
        /// Names it.
        pub id: EntryId,
        /// To whom.
        pub staff: StaffId,
        /// About which region.
        pub place: PlaceCode,
        /// Of which day.
        pub day: Day,
        /// The e-mail address.
        pub address: String,
        /// Its subject.
        pub subject: String,
        /// What it says.
        pub body: String,
        /// When it was written.
        pub made: Instant,
        /// When a server took it; nothing while it waits.
        pub sent: Option<Instant>,
        /// How often it was tried.
        pub attempts: i64,
        /// What the server said last.
        pub problem: String,
    }
}

/// Writes a letter unless the person has one of the day; one of another day that nobody tried to send gives way. How many
/// were written.
pub(super) fn write_letter(tx: &mut Tx<'_>, letter: &Letter) -> Result<usize, Fault> {
    let of_today = sql!("SELECT 1 FROM mail_letter WHERE staff = ?1 AND place = ?2 AND day = ?3")
        .bind(&letter.staff)
        .bind(&letter.place)
        .bind(&letter.day)
        .maybe::<(i64,)>(tx)?;
    if of_today.is_some() {
        return Ok(0);
    }
    sql!("DELETE FROM mail_letter WHERE staff = ?1 AND place = ?2 AND sent IS NULL AND attempts = 0")
        .bind(&letter.staff)
        .bind(&letter.place)
        .run(tx)?;
    sql!(
        "INSERT INTO mail_letter (id, staff, place, day, address, subject, body, made, attempts, problem)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, '')"
    )
    .bind(&letter.id)
    .bind(&letter.staff)
    .bind(&letter.place)
    .bind(&letter.day)
    .bind(&letter.address)
    .bind(&letter.subject)
    .bind(&letter.body)
    .bind(&letter.made)
    .run(tx)?;
    Ok(1)
}

/// The letters that wait, the oldest first.
pub(super) fn waiting(tx: &mut Tx<'_>) -> Result<Vec<Letter>, Fault> {
    sql!(
        "SELECT id, staff, place, day, address, subject, body, made, sent, attempts, problem FROM mail_letter
         WHERE sent IS NULL ORDER BY made, id"
    )
    .all(tx)
}

/// Notes that a letter was tried: taken, or not and why.
pub(super) fn tried(tx: &mut Tx<'_>, id: EntryId, at: Instant, problem: Option<String>) -> Result<(), Fault> {
    let sent = problem.is_none().then_some(at);
    sql!("UPDATE mail_letter SET sent = ?2, attempts = attempts + 1, problem = ?3 WHERE id = ?1")
        .bind(&id)
        .bind(&sent)
        .bind(&problem.unwrap_or_default())
        .run(tx)?;
    Ok(())
}

/// The letters about a region, the latest first.
pub(super) fn letters(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Letter>, Fault> {
    sql!(
        "SELECT id, staff, place, day, address, subject, body, made, sent, attempts, problem FROM mail_letter
         WHERE place = ?1 ORDER BY made DESC, id DESC LIMIT 1000"
    )
    .bind(place)
    .all(tx)
}
