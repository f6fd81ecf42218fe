//! Accounts and roles as they follow from the facts.

use db::{Tx, row, sql};
use journal::{Entry, Fold, Folded, Turn};
use kernel::{BookId, EntryId, Fault, Grant, Instant, PlaceCode, Role, StaffId};
use serde::Serialize;

use super::facts::Fact;

/// Fact to tables.
pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    let Some(fact) = Fact::read(entry)? else { return Ok(Folded::UnknownKind) };
    if let Turn::Undone { .. } = fold.turn {
        take_back(fold, entry.id)?;
        return Ok(Folded::Done);
    }
    match fact {
        Fact::StaffOpened(opened) => {
            sql!("INSERT INTO staff_account (entry, staff, handle, lang, opened) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")
                .bind(&entry.id)
                .bind(&opened.staff)
                .bind(&opened.handle)
                .bind(&opened.lang)
                .bind(&entry.at)
                .run(fold)?;
        }
        Fact::RoleGranted(granted) => {
            sql!("INSERT INTO staff_grant (entry, staff, role, place, book, granted) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING")
                .bind(&entry.id)
                .bind(&granted.staff)
                .bind(&granted.grant.role.name().to_owned())
                .bind(&granted.grant.place)
                .bind(&granted.grant.book)
                .bind(&entry.at)
                .run(fold)?;
        }
        Fact::RoleRevoked(revoked) => {
            sql!("INSERT INTO staff_revoked (entry, granted) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
                .bind(&entry.id)
                .bind(&revoked.granted)
                .run(fold)?;
        }
        Fact::StaffClosed(closed) => {
            sql!("INSERT INTO staff_closed (entry, staff) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
                .bind(&entry.id)
                .bind(&closed.staff)
                .run(fold)?;
        }
    }
    Ok(Folded::Done)
}

/// A reversed entry leaves no row; each of these finds one in at most one table.
fn take_back(tx: &mut Tx<'_>, entry: EntryId) -> Result<(), Fault> {
    sql!("DELETE FROM staff_account WHERE entry = ?1").bind(&entry).run(tx)?;
    sql!("DELETE FROM staff_grant WHERE entry = ?1").bind(&entry).run(tx)?;
    sql!("DELETE FROM staff_revoked WHERE entry = ?1").bind(&entry).run(tx)?;
    sql!("DELETE FROM staff_closed WHERE entry = ?1").bind(&entry).run(tx)?;
    Ok(())
}

row! {
    /// An account.
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct Account {
        /// The account.
        pub staff: StaffId,
        /// The name to sign in with.
        pub handle: String,
        /// `id`, `ko` or `en`.
        pub lang: String,
        /// Since when.
        pub opened: Instant,
        /// Whether it is closed.
        pub closed: bool,
    }
}

row! {
    /// A role that an account holds.
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct GrantRow {
        /// The entry that granted it.
        pub entry: EntryId,
        /// The account.
        pub staff: StaffId,
        /// `teller`
        pub role: String,
        /// There and below.
        pub place: PlaceCode,
        /// In this book only.
        pub book: Option<BookId>,
        /// Since when.
        pub granted: Instant,
    }
}

impl GrantRow {
    /// As the decision wants it; nothing if a newer version wrote a role that this one does not know.
    pub fn grant(&self) -> Option<Grant> {
        Some(Grant { role: Role::named(&self.role)?, place: self.place.clone(), book: self.book })
    }
}

/// Every account, in the order of the handles.
pub fn accounts(tx: &mut Tx<'_>) -> Result<Vec<Account>, Fault> {
    sql!(
        "SELECT a.staff, a.handle, a.lang, a.opened,
                CASE WHEN EXISTS (SELECT 1 FROM staff_closed c WHERE c.staff = a.staff) THEN 1 ELSE 0 END
         FROM staff_account a ORDER BY a.handle, a.entry"
    )
    .all(tx)
}

/// One account.
pub fn account(tx: &mut Tx<'_>, staff: StaffId) -> Result<Option<Account>, Fault> {
    sql!(
        "SELECT a.staff, a.handle, a.lang, a.opened,
                CASE WHEN EXISTS (SELECT 1 FROM staff_closed c WHERE c.staff = a.staff) THEN 1 ELSE 0 END
         FROM staff_account a WHERE a.staff = ?1 ORDER BY a.entry LIMIT 1"
    )
    .bind(&staff)
    .maybe(tx)
}

/// How the actor in a header is shown: the name by which an account signs in, or the word that stands there.
pub fn actor_name(tx: &mut Tx<'_>, actor: &str) -> Result<String, Fault> {
    let Ok(staff) = actor.parse::<StaffId>() else { return Ok(actor.to_owned()) };
    Ok(account(tx, staff)?.map_or_else(|| actor.to_owned(), |account| account.handle))
}

/// The account that signs in with this name; of two that came together from different sites, the older one.
pub fn account_named(tx: &mut Tx<'_>, handle: &str) -> Result<Option<Account>, Fault> {
    sql!(
        "SELECT a.staff, a.handle, a.lang, a.opened,
                CASE WHEN EXISTS (SELECT 1 FROM staff_closed c WHERE c.staff = a.staff) THEN 1 ELSE 0 END
         FROM staff_account a WHERE a.handle = ?1 ORDER BY a.entry LIMIT 1"
    )
    .bind(&handle.to_owned())
    .maybe(tx)
}

/// The roles that an account holds now.
pub(super) fn grants_of(tx: &mut Tx<'_>, staff: StaffId) -> Result<Vec<GrantRow>, Fault> {
    sql!(
        "SELECT g.entry, g.staff, g.role, g.place, g.book, g.granted FROM staff_grant g
         WHERE g.staff = ?1 AND NOT EXISTS (SELECT 1 FROM staff_revoked r WHERE r.granted = g.entry)
         ORDER BY g.entry"
    )
    .bind(&staff)
    .all(tx)
}

/// The roles that all open accounts hold now.
pub fn all_grants(tx: &mut Tx<'_>) -> Result<Vec<GrantRow>, Fault> {
    sql!(
        "SELECT g.entry, g.staff, g.role, g.place, g.book, g.granted FROM staff_grant g
         WHERE NOT EXISTS (SELECT 1 FROM staff_revoked r WHERE r.granted = g.entry)
           AND NOT EXISTS (SELECT 1 FROM staff_closed c WHERE c.staff = g.staff)
         ORDER BY g.staff, g.entry"
    )
    .all(tx)
}
