//! The router around the pages: what every answer carries, what no request may exceed.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::error_handling::HandleErrorLayer;
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, Version, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router, middleware};
use db::sql;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use kernel::Fault;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::load_shed::LoadShedLayer;
use tower::{BoxError, ServiceBuilder};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::attach::AsItLies;
use crate::door::Door;
use crate::patience::Patient;
use crate::reply::{Halt, Refusal};
use crate::{Site, assets, visit};

/// What a page may load and do: its own files, nothing from anywhere else, no script or style inside the page.
const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Connections at once; fewer than the files that a service may have open by default.
const CONNECTIONS: usize = 768;
/// Connections of one address at once: half.
const CONNECTIONS_EACH: usize = CONNECTIONS / 2;
/// Connections of one address of a local network at once: 300 telephones in a hall, each with two, may come from a single one.
const CONNECTIONS_OF_A_HALL: usize = CONNECTIONS - 64;
/// How long somebody may take to say what they want, or stay without wanting anything.
const HEADER_WAIT: Duration = Duration::from_secs(20);
/// How long nothing of an answer may be taken before the connection is closed.
const WRITE_WAIT: Duration = Duration::from_secs(20);
/// Requests that are worked on at once. More than that are asked to come back.
const AT_ONCE: usize = 512;

/// The site as a service: for `serve`, and for tests that ask it directly.
pub fn router(site: Site) -> Router {
    let settings = &site.settings;
    let mut csrf = CsrfLayer::new();
    for origin in &settings.origins {
        csrf = match csrf.clone().add_trusted_origin(origin) {
            Ok(trusting) => trusting,
            Err(error) => {
                tracing::warn!(%origin, "The origin {origin} is not trusted: {error}");
                csrf
            }
        };
    }
    let csrf = csrf.with_rejection_response(|_: ProtectionError| {
        // What else is sent is not read: nothing of it may be taken for the next request.
        let mut response = Halt(Refusal::CrossSite.into()).into_response();
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        response
    });
    let always = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    let hsts = settings.https.then(|| always(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"));
    let pages = site
        .router_of_pages()
        .fallback(no_such_page)
        .layer(DefaultBodyLimit::disable()) // `Ask` and `Upload` count for themselves
        .layer(csrf)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(
            ServiceBuilder::new()
                .layer(HandleErrorLayer::new(too_busy))
                .layer(LoadShedLayer::new())
                .layer(GlobalConcurrencyLimitLayer::new(AT_ONCE)),
        )
        .layer(middleware::from_fn_with_state(site.clone(), visit::enter));
    Router::new()
        .route("/assets/{*name}", get(assets::serve))
        .route("/health", get(health))
        .merge(pages)
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_packed)))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CONTENT_SECURITY),
        ))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "same-origin"))
        .layer(always(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(tower::util::option_layer(hsts))
        .with_state(site)
}

/// Attachments go out as they lie on the disk.
fn is_packed(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<AsItLies>().is_none()
}

/// Serves until `shutdown`, then lets the requests that are under way finish. Whoever connects and does not ask is let
/// go after a while; an address with too many connections is turned away, and beyond so many of all others wait.
pub async fn serve(
    site: Site,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    // A proxy comes from one address, whoever stands behind it, and counts for itself.
    let door = match site.settings.behind_proxy {
        true => Door::new(CONNECTIONS, CONNECTIONS),
        false => Door::new(CONNECTIONS_EACH, CONNECTIONS_OF_A_HALL),
    };
    let router = router(site);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let finishing = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let (stream, address, place) = tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener, &places) => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of files, most likely: those who are connected go on, and some of them will leave.
                    tracing::warn!("A connection could not be taken: {error}");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    continue;
                }
            },
        };
        let Some(inside) = door.enter(address.ip()) else {
            tracing::debug!("An address has too many connections: another one was closed.");
            continue;
        };
        let service = router.clone().layer(Extension(ConnectInfo(address)));
        let connection =
            http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(HEADER_WAIT).serve_connection(
                TokioIo::new(Patient::new(stream, WRITE_WAIT)),
                TowerToHyperService::new(service),
            );
        let connection = finishing.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!("A connection ended early: {error}");
            }
            drop((inside, place));
        });
    }
    drop(listener);
    finishing.shutdown().await;
    Ok(())
}

/// The next one at the door, once there is a place.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, address, place))
}

/// For whoever watches the machine: whether the site can read its data.
async fn health(State(site): State<Site>) -> (StatusCode, &'static str) {
    match crate::site::read(&site, |view| Ok(sql!("SELECT 1").one::<(i64,)>(view)?)).await {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(stop) => {
            tracing::error!("The site cannot read its data: {stop}");
            (StatusCode::SERVICE_UNAVAILABLE, "failed\n")
        }
    }
}

async fn no_such_page() -> Response {
    Halt(Refusal::NotFound.into()).into_response()
}

async fn too_busy(_: Method, _: Uri, _: BoxError) -> Response {
    Halt(Refusal::TooBusy.into()).into_response()
}

/// A handler that panicked is a fault like any other: a number for the person, a line in the log.
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
    let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    Halt(Fault::new(format!("a handler panicked: {said}")).into()).into_response()
}
