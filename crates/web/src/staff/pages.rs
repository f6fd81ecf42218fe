//! Signing in and out, and what is one's own: where one is signed in, the password.

use askama::Template;
use axum::http::header;
use kernel::{IntoRefused, StaffId, Stop};
use serde::{Deserialize, Serialize};

use super::attempts::{Attempt, Origin};
use super::rules::Refusal;
use super::session::{self, SessionRow, TokenHash};
use super::{SeeOwn, SignIn, browsers, desk, password, tables};
use crate::{Ask, Cx, Frame, Query, Reply};

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/sign_in.html")]
struct SignInPage {
    frame: Frame,
    handle: String,
    next: String,
}

/// What a page that is a form has to say to a program.
#[derive(Serialize)]
struct Form {
    fields: &'static [&'static str],
}

pub(super) async fn sign_in_form(cx: Cx<SignIn>, Query(ask): Query<Next>) -> Reply {
    let next = own_path(ask.next.as_deref());
    if cx.want.is_page() && cx.visit().signed_in.is_some() {
        return Ok(crate::cx::see_other(&next));
    }
    cx.page(&Form { fields: &["handle", "password", "next"] }, |frame| SignInPage {
        frame,
        handle: String::new(),
        next,
    })
}

#[derive(Deserialize)]
pub(super) struct SignInAsk {
    handle: String,
    password: String,
    #[serde(default)]
    next: Option<String>,
}

/// Who is signed in, for a program.
#[derive(Serialize)]
struct Signed {
    staff: StaffId,
    handle: String,
}

pub(super) async fn sign_in(cx: Cx<SignIn>, Ask(ask): Ask<SignInAsk>) -> Reply {
    let (handle, next) = (ask.handle.trim().to_lowercase(), own_path(ask.next.as_deref()));
    match begin_session(&cx, handle.clone(), ask.password).await {
        Ok(begun) => {
            let mut response = cx.saved(next, &Signed { staff: begun.staff, handle })?;
            let https = cx.site().settings.https;
            let session = session::set_cookie(Some(&begun.token), https);
            let browser = begun.browser.and_then(|token| browsers::set_cookie(&token, https));
            for line in session.into_iter().chain(browser) {
                response.headers_mut().append(header::SET_COOKIE, line);
            }
            Ok(response)
        }
        Err(stop) => cx.again(stop, |frame| SignInPage { frame, handle: ask.handle, next }),
    }
}

/// A session that has begun: the tokens for its cookies.
struct Begun {
    staff: StaffId,
    token: String,
    /// Of a browser that was not known before.
    browser: Option<String>,
}

/// Counts the attempt, looks at the password, begins a session. An unknown account takes as long as a known one.
async fn begin_session(cx: &Cx<SignIn>, handle: String, password: String) -> Result<Begun, Stop> {
    let (at, known, address) = (cx.at, cx.visit().known_browser, cx.visit().address.clone());
    let (staff, hash, attempt) = cx
        .write(move |work| {
            let account = tables::account_named(work, &handle)?.filter(|account| !account.closed);
            let staff = account.map(|account| account.staff);
            let origin = match (known, staff) {
                (Some(browser), Some(staff)) if browsers::knows(work, browser, staff, at)? => {
                    Origin::Known(browser)
                }
                _ => Origin::Address(address),
            };
            let attempt = Attempt::new(&handle, &origin);
            attempt.begin(work, at)?;
            let hash = staff.map(|staff| desk::password_of(work, staff)).transpose()?.flatten();
            Ok((staff, hash, attempt))
        })
        .await?;
    let checked = hash.clone();
    let fits = password::apart(cx.site(), move || password::verify(&password, hash.as_deref())).await??;
    let Some(staff) = staff.filter(|_| fits) else { return Err(Refusal::WrongPassword.into()) };
    let (before, browser, address) =
        (cx.visit().session, cx.visit().browser.clone(), cx.visit().address.clone());
    cx.write(move |work| {
        // Meanwhile somebody may have replaced the password, and ended every session of the old one.
        if desk::password_of(work, staff)? != checked {
            return Err(Refusal::WrongPassword.into());
        }
        attempt.succeeded(work, at)?;
        let new = browsers::remember(work, staff, known, at)?;
        let token = session::begin(work, staff, before, browser, address)?;
        Ok(Begun { staff, token, browser: new })
    })
    .await
}

pub(super) async fn sign_out(cx: Cx<SignIn>) -> Reply {
    if let (Some(person), Some(token)) = (&cx.visit().signed_in, cx.visit().session) {
        let staff = person.staff;
        cx.write(move |work| Ok(session::end(work, staff, &token.text())?)).await?;
    }
    let mut response = cx.saved("/sign-in", &Form { fields: &[] })?;
    if let Some(line) = session::set_cookie(None, cx.site().settings.https) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    Ok(response)
}

/// A path of this site; anything else leads to its start.
fn own_path(next: Option<&str>) -> String {
    let own = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains('\\')
            && path.bytes().all(|b| b.is_ascii_graphic())
    };
    next.filter(own).unwrap_or("/").to_owned()
}

/// What is one's own.
#[derive(Serialize)]
struct Me {
    handle: String,
    roles: Vec<tables::GrantRow>,
    sessions: Vec<SessionRow>,
    this_session: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/me.html")]
struct MePage<'a> {
    frame: Frame,
    me: &'a Me,
}

async fn own(cx: &Cx<SeeOwn>) -> Result<Me, Stop> {
    let person = cx.person()?;
    let (staff, handle, at) = (person.staff, person.handle.clone(), cx.at);
    let this_session = cx.visit().session.map(TokenHash::text);
    cx.read(move |view| {
        let (roles, sessions) = (tables::grants_of(view, staff)?, session::of_staff(view, staff, at)?);
        Ok(Me { handle, roles, sessions, this_session })
    })
    .await
}

pub(super) async fn me(cx: Cx<SeeOwn>) -> Reply {
    let me = own(&cx).await?;
    cx.page(&me, |frame| MePage { frame, me: &me })
}

#[derive(Deserialize)]
pub(super) struct EndAsk {
    token: String,
}

pub(super) async fn end_session(cx: Cx<SeeOwn>, Ask(ask): Ask<EndAsk>) -> Reply {
    let staff = cx.person()?.staff;
    cx.write(move |work| Ok(session::end(work, staff, &ask.token)?)).await?;
    cx.saved_saying("/me", "staff-done-ended", &own(&cx).await?)
}

pub(super) async fn end_others(cx: Cx<SeeOwn>) -> Reply {
    let (staff, keep) = (cx.person()?.staff, cx.visit().session);
    cx.write(move |work| Ok(session::end_others(work, staff, keep)?)).await?;
    cx.saved_saying("/me", "staff-done-ended", &own(&cx).await?)
}

#[derive(Deserialize)]
pub(super) struct PasswordAsk {
    current: String,
    new: String,
    again: String,
}

pub(super) async fn change_password(cx: Cx<SeeOwn>, Ask(ask): Ask<PasswordAsk>) -> Reply {
    match replace_password(&cx, ask).await {
        Ok(token) => {
            let me = own(&cx).await?;
            let mut response = cx.saved_saying("/me", "staff-done-password", &me)?;
            if let Some(line) = session::set_cookie(Some(&token), cx.site().settings.https) {
                response.headers_mut().append(header::SET_COOKIE, line);
            }
            Ok(response)
        }
        Err(stop) => {
            let me = own(&cx).await?;
            cx.again(stop, |frame| MePage { frame, me: &me })
        }
    }
}

/// Other sessions end, and this one goes on under a new token: whoever knew the old password is out.
async fn replace_password(cx: &Cx<SeeOwn>, ask: PasswordAsk) -> Result<String, Stop> {
    let person = cx.person()?;
    let (staff, handle) = (person.staff, person.handle.clone());
    if ask.new != ask.again {
        return Err(Refusal::PasswordDiffers.into_refused().in_field("again").into());
    }
    // Whoever has a session tries from a browser that is known, and by its session.
    let origin =
        cx.visit().session.map_or_else(|| Origin::Address(cx.visit().address.clone()), Origin::Known);
    let attempt = Attempt::new(&handle, &origin);
    let (counted, at) = (attempt.clone(), cx.at);
    let hash = cx
        .write(move |work| {
            counted.begin(work, at)?;
            Ok(desk::password_of(work, staff)?)
        })
        .await?;
    let (current, checked) = (ask.current, hash.clone());
    if !password::apart(cx.site(), move || password::verify(&current, hash.as_deref())).await?? {
        return Err(Refusal::WrongPassword.into_refused().in_field("current").into());
    }
    let new = ask.new;
    let hashed = password::apart(cx.site(), move || desk::hash(&handle, &new))
        .await?
        .map_err(|stop| in_field(stop, "new"))?;
    let (before, browser, address) =
        (cx.visit().session, cx.visit().browser.clone(), cx.visit().address.clone());
    cx.write(move |work| {
        if desk::password_of(work, staff)? != checked {
            return Err(Refusal::WrongPassword.into_refused().in_field("current").into());
        }
        attempt.succeeded(work, at)?;
        desk::keep_password(work, staff, &hashed)?;
        session::end_others(work, staff, None)?;
        session::begin(work, staff, before, browser, address)
    })
    .await
}

/// Says which field of the form a refusal is about.
pub(super) fn in_field(stop: Stop, field: &str) -> Stop {
    match stop {
        Stop::Refused(refused) => refused.in_field(field).into(),
        fault => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_nowhere_else() {
        for (next, path) in [
            (None, "/"),
            (Some("/villages/34.02.05.2003/waste?page=2"), "/villages/34.02.05.2003/waste?page=2"),
            (Some("//evil.example"), "/"),
            (Some("/\\evil.example"), "/"),
            (Some("https://evil.example"), "/"),
            (Some("/a\r\nSet-Cookie: x"), "/"),
        ] {
            assert_eq!(own_path(next), path, "{next:?}");
        }
    }
}
