//! Browsers in which an account has signed in before. Such a browser opens nothing; it only does not wait for the guesses
//! that others make. It is known by a token of its own, which stays when the session ends.

use axum::http::{HeaderMap, HeaderValue};
use db::{Tx, sql};
use kernel::{Fault, Instant, StaffId};

use super::session::{self, TokenHash};

/// A browser is forgotten so long after an account first signed in there.
const KNOWN_SECONDS: i64 = 365 * 24 * 3600;

const fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-simpul-browser" } else { "simpul-browser" }
}

/// The token of the browser that a request came from.
pub(crate) fn token_of(headers: &HeaderMap, https: bool) -> Option<TokenHash> {
    session::token_in(headers, cookie_name(https))
}

/// Whether this account has signed in there before.
pub(super) fn knows(tx: &mut Tx<'_>, browser: TokenHash, staff: StaffId, at: Instant) -> Result<bool, Fault> {
    let found = sql!("SELECT since FROM staff_browser WHERE token = ?1 AND staff = ?2 AND since >= ?3")
        .bind(&browser.text())
        .bind(&staff)
        .bind(&at.plus_seconds(-KNOWN_SECONDS))
        .maybe::<(Instant,)>(tx)?;
    Ok(found.is_some())
}

/// The account has signed in here: from now on the browser is known. Gives the token for its cookie, if it has none yet;
/// a browser beside the scale, where several sign in, keeps the one that it has.
pub(super) fn remember(
    tx: &mut Tx<'_>,
    staff: StaffId,
    browser: Option<TokenHash>,
    at: Instant,
) -> Result<Option<String>, Fault> {
    sql!("DELETE FROM staff_browser WHERE since < ?1").bind(&at.plus_seconds(-KNOWN_SECONDS)).run(tx)?;
    let (token, hash) = match browser {
        Some(browser) if is_known(tx, browser)? => (None, browser),
        _ => {
            let (token, hash) = session::new_token()?;
            (Some(token), hash)
        }
    };
    sql!(
        "INSERT INTO staff_browser (token, staff, since) VALUES (?1, ?2, ?3)
         ON CONFLICT (token, staff) DO UPDATE SET since = excluded.since"
    )
    .bind(&hash.text())
    .bind(&staff)
    .bind(&at)
    .run(tx)?;
    Ok(token)
}

fn is_known(tx: &mut Tx<'_>, browser: TokenHash) -> Result<bool, Fault> {
    let found = sql!("SELECT COUNT(*) FROM staff_browser WHERE token = ?1")
        .bind(&browser.text())
        .maybe::<(i64,)>(tx)?;
    Ok(found.is_some_and(|(count,)| count > 0))
}

/// Forgets the browsers of an account.
pub(super) fn forget(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), Fault> {
    sql!("DELETE FROM staff_browser WHERE staff = ?1").bind(&staff).run(tx)?;
    Ok(())
}

/// The header that gives a browser its token.
pub(super) fn set_cookie(token: &str, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    let line = format!(
        "{}={token}; Path=/; Max-Age={KNOWN_SECONDS}; HttpOnly; SameSite=Lax{secure}",
        cookie_name(https)
    );
    HeaderValue::from_str(&line).ok()
}
