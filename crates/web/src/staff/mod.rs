//! Staff: the people who sign in, what they may, and where they are signed in. What happened to an account is a fact;
//! passwords and sessions belong to this site alone and follow from nothing.

mod attempts;
pub(crate) mod browsers;
mod desk;
mod facts;
mod manage;
mod pages;
mod password;
mod rules;
pub(crate) mod session;
mod tables;

use journal::Chapter;

use crate::{Pages, Routes};

pub use desk::{close, grant, grants, hash, open, revoke, set_password};
pub use facts::{Fact, RoleGranted, RoleRevoked, StaffClosed, StaffOpened};
pub use password::Hashed;
pub use rules::Refusal;
pub use session::SignedIn;
pub use tables::{Account, GrantRow, account, account_named, accounts, actor_name, all_grants};

kernel::deeds! { DEEDS:
    /// Sign in and out.
    SignIn "staff.sign_in" by Public;
    /// See and change what is one's own: sessions, password, language. The page asks for a sign-in itself, since a role
    /// for one book reaches no page of the site.
    SeeOwn "staff.see_own" by Public;
    /// Open accounts, give them roles, close them.
    Manage "staff.manage" by Administrator;
}

/// Staff, as the journal sees it.
pub static CHAPTER: Chapter = Chapter {
    name: "staff",
    kinds: Fact::KINDS,
    tables: include_str!("tables.sql"),
    version: 1,
    local: include_str!("local.sql"),
    local_kept: &["staff_password"],
    fold: tables::fold,
    forget: None,
    check: None,
};

/// Staff, as a reader sees it.
pub(crate) static PAGES: Pages = Pages { routes, deeds: DEEDS, words: crate::words!(), menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/sign-in", pages::sign_in_form)
        .post("/sign-in", pages::sign_in)
        .named("staff-sign-in")
        .post("/sign-out", pages::sign_out)
        .named("staff-sign-out")
        .get("/me", pages::me)
        .named("staff-me")
        .post("/me/sessions/end", pages::end_session)
        .named("staff-end-session")
        .post("/me/sessions/end-others", pages::end_others)
        .named("staff-end-others")
        .post("/me/password", pages::change_password)
        .named("staff-change-password")
        .get("/staff", manage::list)
        .named("staff-list")
        .post("/staff", manage::open)
        .named("staff-open")
        .get("/staff/{staff}", manage::one)
        .named("staff-one")
        .post("/staff/{staff}/roles", manage::grant)
        .named("staff-grant")
        .post("/staff/{staff}/roles/revoke", manage::revoke)
        .named("staff-revoke")
        .post("/staff/{staff}/password", manage::set_password)
        .named("staff-set-password")
        .post("/staff/{staff}/close", manage::close)
        .named("staff-close")
}

/// The address of the page about signing in, which leads back to `next`.
pub(crate) fn sign_in_path(next: &str) -> String {
    match next {
        "/" | "" => "/sign-in".to_owned(),
        next if next.starts_with("/sign-in") => next.to_owned(),
        next => format!("/sign-in?{}", serde_html_form::to_string([("next", next)]).unwrap_or_default()),
    }
}
