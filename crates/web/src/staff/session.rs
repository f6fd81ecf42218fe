//! Sessions: an opaque token of 256 bits in a cookie, its hash in a table. Whoever reads the table cannot sign in.

use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use db::{Tx, row, sql};
use journal::{Context, Via, Work};
use kernel::{Actor, ActorKind, Fault, Grant, Instant, StaffId, Stop};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::tables;
use crate::want::cookie;
use crate::{Lang, Site};

/// Left alone for so long, a session ends.
const IDLE_SECONDS: i64 = 12 * 3600;
/// A session ends after so long in any case.
const LIFE_SECONDS: i64 = 30 * 24 * 3600;
/// The last use of a session is noted to so many seconds, so that reading pages does not write to the disk.
const SEEN_SECONDS: i64 = 600;

/// The hash of a token; the token itself is known to the browser alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    fn of(token: &str) -> TokenHash {
        TokenHash(Sha256::digest(token.as_bytes()).into())
    }
    /// As it stands in the table.
    pub(crate) fn text(self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }
}

/// Somebody who signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The account.
    pub staff: StaffId,
    /// The name that they signed in with.
    pub handle: String,
    /// The language that they prefer.
    pub lang: Lang,
    /// What they hold.
    pub grants: Vec<Grant>,
}

impl SignedIn {
    /// As the decisions want it.
    pub fn actor(&self) -> Actor {
        Actor::staff(self.staff, self.grants.clone())
    }
}

row! {
    /// A session, as its owner sees it.
    #[derive(Debug, Clone, Serialize)]
    pub struct SessionRow {
        /// Names it, and is of no use for signing in.
        pub token: String,
        /// Since when.
        pub created: Instant,
        /// When it was last used, to ten minutes.
        pub seen: Instant,
        /// `Firefox, Linux`
        pub browser: String,
        /// Where from.
        pub address: String,
    }
}

/// The name of the cookie. The prefix makes a browser refuse it from anywhere but this site over TLS.
pub(crate) const fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-simpul" } else { "simpul" }
}

/// The session that a request came with.
pub(crate) fn token_of(headers: &HeaderMap, https: bool) -> Option<TokenHash> {
    token_in(headers, cookie_name(https))
}

/// The token in the cookie of this name.
pub(crate) fn token_in(headers: &HeaderMap, name: &str) -> Option<TokenHash> {
    cookie(headers, name).filter(|token| token.len() == 43).map(TokenHash::of)
}

/// A token that nobody can guess, and its hash.
pub(crate) fn new_token() -> Result<(String, TokenHash), Fault> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Fault::because("making a token", error))?;
    let token = BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let hash = TokenHash::of(&token);
    Ok((token, hash))
}

/// Who has this session, with what they hold now: a role that is revoked is gone with the next request.
pub(crate) async fn find(site: &Site, token: TokenHash, at: Instant) -> Result<Option<SignedIn>, Stop> {
    let found = crate::site::read(site, move |view| Ok(signed_in(view, token, at)?)).await?;
    let Some((person, seen)) = found else { return Ok(None) };
    if seen.plus_seconds(SEEN_SECONDS) < at {
        let context = Context { actor: ActorKind::Staff(person.staff), via: Via::Web, at };
        site.journal.submit(
            context,
            move |work| Ok(note_seen(work, token, at)?),
            |noted| {
                if let Err(stop) = noted {
                    tracing::warn!("The last use of a session could not be noted: {stop}");
                }
            },
        );
    }
    Ok(Some(person))
}

fn signed_in(tx: &mut Tx<'_>, token: TokenHash, at: Instant) -> Result<Option<(SignedIn, Instant)>, Fault> {
    let session = sql!("SELECT staff, created, seen FROM staff_session WHERE token = ?1")
        .bind(&token.text())
        .maybe::<(StaffId, Instant, Instant)>(tx)?;
    let Some((staff, created, seen)) = session else { return Ok(None) };
    if created.plus_seconds(LIFE_SECONDS) < at || seen.plus_seconds(IDLE_SECONDS) < at {
        return Ok(None);
    }
    let Some(account) = tables::account(tx, staff)?.filter(|account| !account.closed) else {
        return Ok(None);
    };
    let grants = tables::grants_of(tx, staff)?;
    let lang = Lang::named(&account.lang).unwrap_or_default();
    let grants = grants.iter().filter_map(tables::GrantRow::grant).collect();
    Ok(Some((SignedIn { staff, handle: account.handle, lang, grants }, seen)))
}

fn note_seen(tx: &mut Tx<'_>, token: TokenHash, at: Instant) -> Result<(), Fault> {
    sql!("UPDATE staff_session SET seen = ?2 WHERE token = ?1").bind(&token.text()).bind(&at).run(tx)?;
    Ok(())
}

/// Begins a session in place of the one that the browser had, and gives the token for the cookie.
pub(super) fn begin(
    work: &mut Work<'_, '_>,
    staff: StaffId,
    before: Option<TokenHash>,
    browser: String,
    address: String,
) -> Result<String, Stop> {
    let at = work.context.at;
    let (token, hash) = new_token()?;
    if let Some(before) = before {
        sql!("DELETE FROM staff_session WHERE token = ?1").bind(&before.text()).run(work)?;
    }
    sql!("DELETE FROM staff_session WHERE seen < ?1 OR created < ?2")
        .bind(&at.plus_seconds(-IDLE_SECONDS))
        .bind(&at.plus_seconds(-LIFE_SECONDS))
        .run(work)?;
    sql!("INSERT INTO staff_session (token, staff, created, seen, browser, address) VALUES (?1, ?2, ?3, ?3, ?4, ?5)")
        .bind(&hash.text())
        .bind(&staff)
        .bind(&at)
        .bind(&browser)
        .bind(&address)
        .run(work)?;
    Ok(token)
}

/// The sessions of an account that have not ended, the one used last first.
pub(super) fn of_staff(tx: &mut Tx<'_>, staff: StaffId, at: Instant) -> Result<Vec<SessionRow>, Fault> {
    sql!(
        "SELECT token, created, seen, browser, address FROM staff_session
         WHERE staff = ?1 AND seen >= ?2 AND created >= ?3 ORDER BY seen DESC, token"
    )
    .bind(&staff)
    .bind(&at.plus_seconds(-IDLE_SECONDS))
    .bind(&at.plus_seconds(-LIFE_SECONDS))
    .all(tx)
}

/// Ends one session of an account.
pub(super) fn end(tx: &mut Tx<'_>, staff: StaffId, token: &str) -> Result<(), Fault> {
    sql!("DELETE FROM staff_session WHERE staff = ?1 AND token = ?2")
        .bind(&staff)
        .bind(&token.to_owned())
        .run(tx)?;
    Ok(())
}

/// Ends the sessions of an account but one.
pub(super) fn end_others(tx: &mut Tx<'_>, staff: StaffId, keep: Option<TokenHash>) -> Result<(), Fault> {
    let keep = keep.map(TokenHash::text).unwrap_or_default();
    sql!("DELETE FROM staff_session WHERE staff = ?1 AND token <> ?2").bind(&staff).bind(&keep).run(tx)?;
    Ok(())
}

/// The header that gives a browser its token, or takes it away.
pub(super) fn set_cookie(token: Option<&str>, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    let name = cookie_name(https);
    let line = match token {
        Some(token) => {
            format!("{name}={token}; Path=/; Max-Age={LIFE_SECONDS}; HttpOnly; SameSite=Lax{secure}")
        }
        None => format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}"),
    };
    HeaderValue::from_str(&line).ok()
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    #[test]
    fn a_cookie_is_strict_where_it_can_be() {
        let line =
            |https| set_cookie(Some("x"), https).expect("well formed").to_str().expect("text").to_owned();
        assert_eq!(line(true), "__Host-simpul=x; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(line(false), "simpul=x; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
        let mut headers = HeaderMap::new();
        let token = "A".repeat(43);
        headers
            .insert(header::COOKIE, HeaderValue::from_str(&format!("simpul={token}")).expect("well formed"));
        assert_eq!(token_of(&headers, false), Some(TokenHash::of(&token)));
        assert_eq!(token_of(&headers, true), None);
        headers.insert(header::COOKIE, HeaderValue::from_static("simpul=short"));
        assert_eq!(token_of(&headers, false), None);
    }
}
