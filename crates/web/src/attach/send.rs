//! An attachment on its way to a reader: whole or in parts, under a policy of its own.

use std::convert::Infallible;
use std::io::ErrorKind;

use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use journal::Blob;
use kernel::{Deed, Fault};
use tower_http::services::ServeFile;

use super::{Opens, Sent};
use crate::ask::Describe;
use crate::reply::{Refusal, Reply};
use crate::routes::Asks;
use crate::{Cx, Site};

/// It is shown or saved and does nothing else, as if it came from a site that nobody knows.
const SANDBOX: &str = "sandbox; default-src 'none'";
/// The viewers of browsers for PDF are pages of theirs with a style, and not every one shows its page in a sandbox.
const VIEWER: &str =
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'";

/// Which part of a file a program asks for: an argument of a handler that ends with [`Cx::send`].
pub struct Part {
    method: Method,
    headers: HeaderMap,
}

impl Describe for Part {
    fn describe(_: &mut Asks) {}
}

impl FromRequestParts<Site> for Part {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Part, Infallible> {
        let wanted =
            [header::RANGE, header::IF_RANGE, header::IF_MODIFIED_SINCE, header::IF_UNMODIFIED_SINCE];
        let named = |name: HeaderName| Some((name.clone(), parts.headers.get(name)?.clone()));
        Ok(Part { method: parts.method.clone(), headers: wanted.into_iter().filter_map(named).collect() })
    }
}

/// Marks an answer that goes out as it lies on the disk, never packed: its parts are counted in its own bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AsItLies;

impl<D: Deed> Cx<D> {
    /// Sends an attachment, or the part of it that was asked for. The handler has decided that this reader may have it. A
    /// file that is not here is a refusal that says so.
    pub async fn send(&self, part: Part, sent: &Sent, opens: Opens) -> Reply {
        let Sent { blob: Blob { sha256, media, .. }, name, .. } = sent;
        let mut asked = Request::new(Body::empty());
        (*asked.method_mut(), *asked.headers_mut()) = (part.method, part.headers);
        let path = self.site().journal.blobs().path(sha256);
        let answer = match ServeFile::new(path).try_call(asked).await {
            Ok(answer) if answer.status() != StatusCode::NOT_FOUND => answer,
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Fault::because("sending an attachment", error).into());
            }
            _ => return Err(Refusal::FileMissing.into()),
        };
        let mut response: Response = answer.map(Body::new);
        let shown = opens == Opens::Shown && sent.opens == Opens::Shown;
        let policy = if shown && media == "application/pdf" { VIEWER } else { SANDBOX };
        let told = |text: &str| {
            HeaderValue::from_str(text).map_err(|error| Fault::because("naming an attachment", error))
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, told(media)?);
        headers.insert(header::CONTENT_DISPOSITION, told(&disposition(shown, name))?);
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        headers
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
        response.extensions_mut().insert(AsItLies);
        Ok(response)
    }
}

/// RFC 6266: the name for every program, and in full for those that read RFC 8187.
fn disposition(shown: bool, name: &str) -> String {
    use std::fmt::Write as _;

    let how = if shown { "inline" } else { "attachment" };
    let safe = |c: char| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' };
    let plain: String = name.chars().map(safe).collect();
    let mut full = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            full.push(char::from(byte));
        } else {
            let _ = write!(full, "%{byte:02X}");
        }
    }
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_breaks_no_header() {
        for (name, told) in [
            ("MoU 2026.pdf", "inline; filename=\"MoU 2026.pdf\"; filename*=UTF-8''MoU%202026.pdf"),
            (
                "a\"; x=\r\n.pdf",
                "inline; filename=\"a__ x___.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0A.pdf",
            ),
            ("각서.pdf", "inline; filename=\"__.pdf\"; filename*=UTF-8''%EA%B0%81%EC%84%9C.pdf"),
        ] {
            assert_eq!(disposition(true, name), told);
        }
    }
}
