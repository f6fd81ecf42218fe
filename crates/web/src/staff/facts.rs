//! What happened to accounts.

use kernel::{EntryId, Grant, StaffId};
use serde::{Deserialize, Serialize};

use super::Manage;

/// Somebody got an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StaffOpened {
    /// The account.
    pub staff: StaffId,
    /// The name to sign in with: chosen, and no name of a person where the village does not want it.
    pub handle: String,
    /// The language that its pages begin with: `id`, `ko`, `en`.
    pub lang: String,
}

/// An account got a role. The entry's id names the grant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RoleGranted {
    /// The account.
    pub staff: StaffId,
    /// What, and where.
    pub grant: Grant,
}

/// A role was taken away.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RoleRevoked {
    /// The account.
    pub staff: StaffId,
    /// The entry that granted it.
    pub granted: EntryId,
}

/// An account was closed. Its handle stays taken, so that nobody is mistaken for somebody else.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StaffClosed {
    /// The account.
    pub staff: StaffId,
}

journal::facts! { Fact "staff":
    /// Somebody got an account.
    StaffOpened "staff.opened/1" Org by Manage;
    /// An account got a role.
    RoleGranted "staff.role_granted/1" Org by Manage;
    /// A role was taken away.
    RoleRevoked "staff.role_revoked/1" Org by Manage;
    /// An account was closed.
    StaffClosed "staff.closed/1" Org by Manage;
}
