//! What is done with accounts, for the administrator's page and for the command line.

use db::{Tx, sql};
use journal::Work;
use kernel::{EntryId, Fault, Grant, Permit, StaffId, Stop};

use super::facts::{RoleGranted, RoleRevoked, StaffClosed, StaffOpened};
use super::password::{self, Hashed};
use super::rules::{self, Refusal};
use super::{Manage, browsers, session, tables};
use crate::Lang;

/// Hashes a password that may be chosen. Slow on purpose: not inside a transaction.
pub fn hash(handle: &str, password: &str) -> Result<Hashed, Stop> {
    rules::password(&handle.trim().to_lowercase(), password)?;
    Ok(password::hash(password)?)
}

/// Opens an account. It can sign in once it has a password, and do something once it has a role.
pub fn open(
    work: &mut Work<'_, '_>,
    permit: &Permit<Manage>,
    handle: &str,
    lang: Lang,
) -> Result<StaffId, Stop> {
    let handle = rules::handle(handle)?;
    if tables::account_named(work, &handle)?.is_some() {
        return Err(Refusal::HandleTaken { handle }.into());
    }
    let staff = StaffId::new();
    work.record(permit, &StaffOpened { staff, handle, lang: lang.code().to_owned() })?;
    Ok(staff)
}

/// Sets the password of an account, ends its sessions and forgets its browsers.
pub fn set_password(
    work: &mut Work<'_, '_>,
    _: &Permit<Manage>,
    staff: StaffId,
    hashed: &Hashed,
) -> Result<(), Stop> {
    rules::open_account(tables::account(work, staff)?)?;
    keep_password(work, staff, hashed)?;
    session::end_others(work, staff, None)?;
    browsers::forget(work, staff)?;
    Ok(())
}

/// Gives a role.
pub fn grant(
    work: &mut Work<'_, '_>,
    permit: &Permit<Manage>,
    staff: StaffId,
    grant: Grant,
) -> Result<EntryId, Stop> {
    rules::open_account(tables::account(work, staff)?)?;
    if tables::grants_of(work, staff)?.iter().any(|held| held.grant().as_ref() == Some(&grant)) {
        return Err(Refusal::RoleHeld.into());
    }
    work.record(permit, &RoleGranted { staff, grant })
}

/// Takes a role away. With the next request it is gone.
pub fn revoke(
    work: &mut Work<'_, '_>,
    permit: &Permit<Manage>,
    staff: StaffId,
    granted: EntryId,
) -> Result<(), Stop> {
    if !tables::grants_of(work, staff)?.iter().any(|held| held.entry == granted) {
        return Err(Refusal::RoleNotHeld.into());
    }
    rules::keeps_administrator(&tables::all_grants(work)?, staff, Some(granted))?;
    work.record(permit, &RoleRevoked { staff, granted })?;
    Ok(())
}

/// Closes an account, for good: its password and its sessions are gone, its entries keep its id.
pub fn close(work: &mut Work<'_, '_>, permit: &Permit<Manage>, staff: StaffId) -> Result<(), Stop> {
    rules::open_account(tables::account(work, staff)?)?;
    rules::keeps_administrator(&tables::all_grants(work)?, staff, None)?;
    work.record(permit, &StaffClosed { staff })?;
    sql!("DELETE FROM staff_password WHERE staff = ?1").bind(&staff).run(work)?;
    session::end_others(work, staff, None)?;
    browsers::forget(work, staff)?;
    Ok(())
}

/// The roles that an account holds now.
pub fn grants(tx: &mut Tx<'_>, staff: StaffId) -> Result<Vec<tables::GrantRow>, Fault> {
    tables::grants_of(tx, staff)
}

/// Keeps the hash of a password.
pub(super) fn keep_password(work: &mut Work<'_, '_>, staff: StaffId, hashed: &Hashed) -> Result<(), Fault> {
    let at = work.context.at;
    sql!(
        "INSERT INTO staff_password (staff, hash, changed) VALUES (?1, ?2, ?3)
         ON CONFLICT (staff) DO UPDATE SET hash = excluded.hash, changed = excluded.changed"
    )
    .bind(&staff)
    .bind(&hashed.0)
    .bind(&at)
    .run(work)?;
    Ok(())
}

/// The hash of an account's password, if it has one.
pub(super) fn password_of(tx: &mut Tx<'_>, staff: StaffId) -> Result<Option<String>, Fault> {
    let found =
        sql!("SELECT hash FROM staff_password WHERE staff = ?1").bind(&staff).maybe::<(String,)>(tx)?;
    Ok(found.map(|(hash,)| hash))
}
