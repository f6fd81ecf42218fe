//! One request as the house sees it: who comes, in which language they read, and what they want back.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::{Actor, Day, Instant, PlaceCode, Stop};
use tokio::time::timeout;

use crate::ask::content_kind;
use crate::hurry::{BODY_WAIT, Hurried};
use crate::reply::{self, Halt, Refusal};
use crate::staff::browsers;
use crate::staff::session::{self, SignedIn, TokenHash};
use crate::want::{cookie, query_value};
use crate::{Lang, Site, Voice, Want};

/// The cookie that remembers a language.
const LANG_COOKIE: &str = "lang";

/// Longer than any page takes.
const PATIENCE: Duration = Duration::from_secs(120);
/// A file may take its time on the way: 20 MiB over a slow line.
const FILE_PATIENCE: Duration = Duration::from_secs(3600);

/// A request, understood. Made once, before any handler runs.
pub struct Visit {
    /// The site that is visited.
    pub site: Site,
    /// Who comes, with what they may.
    pub actor: Actor,
    /// The person, if signed in.
    pub signed_in: Option<SignedIn>,
    /// The session that the person came with.
    pub session: Option<TokenHash>,
    /// By which the browser is known in which somebody signed in before.
    pub known_browser: Option<TokenHash>,
    /// The words and numbers of the reader's language.
    pub voice: Voice,
    /// The form of answer.
    pub want: Want,
    /// When.
    pub at: Instant,
    /// Which day it is there.
    pub today: Day,
    /// The path of the request.
    pub path: String,
    /// Its query, without the question mark.
    pub query: String,
    /// The page to come back to: this one, or the one whose form was sent.
    pub page: String,
    /// Where from, for limits: an address, or a network of IPv6.
    pub address: String,
    /// The host and port that the browser asked for, as it said them.
    pub host: String,
    /// The browser, where it was given a token without an account.
    pub device: Option<crate::Device>,
    /// The name of the browser, shortened.
    pub browser: String,
    /// The tag of what the reader's program has already, from `If-None-Match`.
    pub has: Option<String>,
}

impl Visit {
    async fn of(site: &Site, request: &Parts) -> (Visit, Option<Stop>) {
        let headers = &request.headers;
        let query = request.uri.query().unwrap_or_default().to_owned();
        let at = site.now();
        let session = session::token_of(headers, site.settings.https);
        let (signed_in, failed) = match session {
            None => (None, None),
            Some(token) => match session::find(site, token, at).await {
                Ok(found) => (found, None),
                Err(stop) => (None, Some(stop)),
            },
        };
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let lang = Lang::negotiate(
            query_value(&query, "lang").as_deref(),
            cookie(headers, LANG_COOKIE),
            signed_in.as_ref().map(|person| person.lang),
            text(header::ACCEPT_LANGUAGE),
        );
        let offset = site.settings.offset_minutes;
        let visit = Visit {
            actor: signed_in.as_ref().map_or_else(Actor::guest, SignedIn::actor),
            session: signed_in.as_ref().and(session),
            signed_in,
            known_browser: browsers::token_of(headers, site.settings.https),
            voice: Voice::new(&site.words, lang, offset),
            want: Want::negotiate(query_value(&query, "as").as_deref(), headers),
            at,
            today: at.day_at(offset),
            path: request.uri.path().to_owned(),
            query,
            page: page(request),
            address: address(request, site.settings.behind_proxy),
            host: text(header::HOST).unwrap_or_default().to_owned(),
            device: crate::device::of(headers, site.settings.https),
            browser: browser(headers),
            has: text(header::IF_NONE_MATCH).map(str::to_owned),
            site: site.clone(),
        };
        (visit, failed)
    }

    /// The village of the reader: that of their first role, else the one that the site is for.
    pub fn home(&self) -> Option<PlaceCode> {
        let granted = self.actor.grants.iter().find_map(|grant| grant.place.at(kernel::Level::Village));
        granted.or_else(|| self.site.settings.home.clone())
    }

    /// The first page of the reader's first role, where it has one; nothing for those who have a role in a village.
    pub fn first_page(&self) -> Option<String> {
        let grants = &self.actor.grants;
        if grants.iter().any(|grant| grant.place.at(kernel::Level::Village).is_some()) {
            return None;
        }
        let grant = grants.first()?;
        let at = crate::MenuAt { village: Some(grant.place.clone()), book: None };
        let entries = self.site.pages.iter().flat_map(|pages| pages.menu);
        let mut first = entries.filter(|entry| entry.first_of == Some(grant.role));
        first.find_map(|entry| (entry.path)(&at))
    }
}

/// Understands the request before the handlers, and writes refusals in the reader's language after them.
pub(crate) async fn enter(State(site): State<Site>, request: Request, next: Next) -> Response {
    let begun = std::time::Instant::now();
    let (mut parts, body) = request.into_parts();
    let method = parts.method.clone();
    let (visit, failed) = Visit::of(&site, &parts).await;
    let visit = Arc::new(visit);
    let response = match failed {
        Some(stop) => Halt(stop).into_response(),
        None => {
            let patience =
                if content_kind(&parts.headers) == "multipart/form-data" { FILE_PATIENCE } else { PATIENCE };
            parts.extensions.insert(visit.clone());
            let answer = next.run(Request::from_parts(parts, Body::new(Hurried::new(body, BODY_WAIT))));
            timeout(patience, answer).await.unwrap_or_else(|_| Halt(Refusal::TooSlow.into()).into_response())
        }
    };
    let mut response = reply::render(&visit, response);
    let headers = response.headers_mut();
    if !headers.contains_key(header::CACHE_CONTROL) {
        // A browser in a village hall has many users: nothing stays in it after signing out.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    headers.append(header::VARY, HeaderValue::from_static("Accept, Accept-Language, Cookie"));
    if let Some(lang) = query_value(&visit.query, "lang").as_deref().and_then(Lang::named) {
        let secure = if visit.site.settings.https { "; Secure" } else { "" };
        let line = format!(
            "{LANG_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}",
            lang.code()
        );
        if let Ok(line) = HeaderValue::from_str(&line) {
            headers.append(header::SET_COOKIE, line);
        }
    }
    // Never the query, which may hold the name that somebody looked for.
    let (path, status, ms) = (&visit.path, response.status().as_u16(), begun.elapsed().as_millis());
    tracing::debug!(%method, path, status, ms, "{method} {path} was answered {status} after {ms} ms");
    response
}

/// The address of this page, or of the one that sent its form here; the start of the site if it does not say.
fn page(request: &Parts) -> String {
    let text = |name| request.headers.get(name).and_then(|value| value.to_str().ok());
    let from_here = |from: &Uri| from.authority().map(|host| host.as_str()) == text(header::HOST);
    let from = match request.method {
        Method::GET => Some(request.uri.clone()),
        _ => text(header::REFERER).and_then(|from| from.parse().ok()).filter(from_here),
    };
    let path = from.as_ref().and_then(Uri::path_and_query).map_or("/", |path| path.as_str());
    // `//evil.example` would lead to another site.
    if path.starts_with("//") { "/".to_owned() } else { path.to_owned() }
}

/// The address that limits count, see [`network`].
fn address(request: &Parts, behind_proxy: bool) -> String {
    let forwarded = || {
        let mut lines =
            request.headers.get_all("x-forwarded-for").into_iter().filter_map(|line| line.to_str().ok());
        // The last one is what our own proxy saw; those before it are the visitor's claims.
        lines.next_back()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let direct = || request.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = if behind_proxy { forwarded().or_else(direct) } else { direct() };
    match address.map(network) {
        None => "-".to_owned(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(network)) => format!("{network}/64"),
    }
}

/// What one household has: an address of IPv4, or of IPv6 the network of 64 bits.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let mut parts = address.segments();
            parts[4..].fill(0);
            Ipv6Addr::from(parts).into()
        }
    }
}

/// `Firefox, Linux`: enough to recognise one's own session by.
fn browser(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let program = first(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Whale/", "Whale"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [program, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_what_our_own_side_saw() {
        for (peer, forwarded, behind_proxy, expected) in [
            ("203.0.113.9:5000", "198.51.100.1", false, "203.0.113.9"),
            ("127.0.0.1:5000", "198.51.100.1, 203.0.113.9", true, "203.0.113.9"),
            ("127.0.0.1:5000", "nonsense", true, "127.0.0.1"),
            ("[2001:db8:1:2:3:4:5:6]:80", "", false, "2001:db8:1:2::/64"),
            ("[::ffff:203.0.113.9]:80", "", false, "203.0.113.9"),
        ] {
            let mut request = Request::builder()
                .header("x-forwarded-for", forwarded)
                .body(Body::empty())
                .expect("well formed");
            request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().expect("an address")));
            assert_eq!(address(&request.into_parts().0, behind_proxy), expected, "{peer}");
        }
    }

    #[test]
    fn a_form_leads_back_to_its_page() {
        for (method, referer, expected) in [
            (Method::GET, "http://desa.example/elsewhere", "/members?q=sri"),
            (Method::POST, "http://desa.example/members/new?a=1", "/members/new?a=1"),
            (Method::POST, "http://evil.example/members/new", "/"),
            (Method::POST, "http://desa.example//evil.example", "/"),
            (Method::POST, "", "/"),
        ] {
            let request =
                Request::builder().method(method).uri("/members?q=sri").header("host", "desa.example");
            let request = request.header("referer", referer).body(Body::empty()).expect("well formed");
            assert_eq!(page(&request.into_parts().0), expected, "{referer}");
        }
    }

    #[test]
    fn a_browser_is_named_briefly() {
        let mut headers = HeaderMap::new();
        let agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36";
        headers.insert(header::USER_AGENT, HeaderValue::from_static(agent));
        assert_eq!(browser(&headers), "Chrome, Android");
        assert_eq!(browser(&HeaderMap::new()), "");
    }
}
