//! The files of `assets/`, inside the program. An address with the version of its file may be kept for ever; one without
//! is asked for again each time, and answered with "not modified".

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

struct Asset {
    bytes: &'static [u8],
    version: String,
}

static ASSETS: LazyLock<BTreeMap<&'static str, Asset>> = LazyLock::new(|| {
    let asset = |bytes: &'static [u8]| Asset {
        bytes,
        version: BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(bytes)[..9]),
    };
    EMBEDDED.iter().map(|(name, bytes)| (*name, asset(bytes))).collect()
});

/// Whether there is such a file.
pub(crate) fn has(name: &str) -> bool {
    ASSETS.contains_key(name)
}

/// The address of a file with its version.
pub(crate) fn path(name: &str) -> String {
    match ASSETS.get(name) {
        Some(asset) => format!("/assets/{name}?v={}", asset.version),
        None => format!("/assets/{name}"),
    }
}

/// Answers `/assets/{*name}`.
pub(crate) async fn serve(
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(asset) = ASSETS.get(name.as_str()) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", asset.version);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known.is_some_and(|known| known.split(',').any(|known| known.trim() == tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(asset.bytes));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(&name)));
        response
    };
    let versioned = query.is_some_and(|query| query == format!("v={}", asset.version));
    let keep = if versioned { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_sent_once() {
        let address = path("css/tokens.css");
        let query = address.split_once('?').map(|(_, query)| query.to_owned());
        let first = serve(Path("css/tokens.css".into()), RawQuery(query), HeaderMap::new()).await;
        assert_eq!(first.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        let second = serve(Path("css/tokens.css".into()), RawQuery(None), headers).await;
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        let none = serve(Path("../Cargo.toml".into()), RawQuery(None), HeaderMap::new()).await;
        assert_eq!(none.status(), StatusCode::NOT_FOUND);
    }
}
