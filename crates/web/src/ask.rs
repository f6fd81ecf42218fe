//! What was sent: a form, or the same as JSON. Whatever cannot be read is refused with a sentence.

use std::borrow::Cow;

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use kernel::{Refused, Stop};
use serde::de::DeserializeOwned;

use crate::reply::{Halt, Refusal};
use crate::routes::Asks;
use crate::{Site, shape, text};

/// No form of a person comes near to this many bytes.
const FORM_MAX: usize = 2 * 1024 * 1024;

/// The body of a request: a form (fields may repeat), or JSON.
pub struct Ask<T>(pub T);

/// The query of an address; fields may repeat, and empty ones count as absent where the type is an `Option`.
pub struct Query<T>(pub T);

/// What an argument of a handler reads, for the OpenAPI document.
pub trait Describe {
    /// Adds it to what is known of the route.
    fn describe(asks: &mut Asks);
}

impl<T: DeserializeOwned> Describe for Ask<T> {
    fn describe(asks: &mut Asks) {
        asks.form = Some(shape::fields::<T>());
    }
}
impl<T: DeserializeOwned> Describe for Query<T> {
    fn describe(asks: &mut Asks) {
        asks.query.extend(shape::fields::<T>());
    }
}

impl<T: DeserializeOwned + Send> FromRequest<Site> for Ask<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _: &Site) -> Result<Ask<T>, Response> {
        read(request).await.map(Ask).map_err(|stop| Halt(stop).into_response())
    }
}

async fn read<T: DeserializeOwned>(request: Request) -> Result<T, Stop> {
    let kind = content_kind(request.headers());
    if !matches!(kind.as_str(), "application/x-www-form-urlencoded" | "application/json" | "") {
        return Err(Refusal::WrongContent.into());
    }
    let body = to_bytes(request.into_body(), FORM_MAX).await.map_err(|error| match is_too_long(&error) {
        true => Refusal::FormTooLarge,
        false => Refusal::CutOff,
    })?;
    match kind.as_str() {
        "application/json" => {
            let body = text::clean_json(&body).map_err(unprintable)?;
            let mut json = serde_json::Deserializer::from_slice(&body);
            let read = serde_path_to_error::deserialize(&mut json).map_err(unreadable)?;
            json.end().map_err(|error| Refusal::UnreadableForm {
                field: ".".to_owned(),
                problem: error.to_string(),
            })?;
            Ok(read)
        }
        _ => form(&body),
    }
}

/// Reads a form. A field that a browser sent empty counts as absent where an `Option` stands.
pub(crate) fn form<T: DeserializeOwned>(body: &[u8]) -> Result<T, Stop> {
    if let Err(error) = std::str::from_utf8(body) {
        return Err(Refusal::UnreadableForm { field: ".".to_owned(), problem: error.to_string() }.into());
    }
    let optional: Vec<&str> =
        shape::fields::<T>().iter().filter(|field| field.optional).map(|field| field.name).collect();
    let mut filled = form_urlencoded::Serializer::new(String::with_capacity(body.len()));
    for (name, value) in form_urlencoded::parse(body) {
        let (name, value) = clean_field(&name, &value)?;
        if !value.is_empty() || !optional.contains(&name.as_ref()) {
            filled.append_pair(&name, &value);
        }
    }
    let filled = filled.finish();
    let pairs = serde_html_form::Deserializer::new(form_urlencoded::parse(filled.as_bytes()));
    Ok(serde_path_to_error::deserialize(pairs).map_err(unreadable)?)
}

/// A field of a form as it is taken: see [`text::clean`].
pub(crate) fn clean_field<'a>(name: &'a str, value: &'a str) -> Result<(Cow<'a, str>, Cow<'a, str>), Stop> {
    let named = text::clean(name).map_err(|_| unprintable(".".to_owned()))?;
    let taken = text::clean(value).map_err(|_| unprintable(named.clone().into_owned()))?;
    Ok((named, taken))
}

fn unprintable(field: String) -> Stop {
    Refused::from(Refusal::UnprintableText { field: field.clone() }).in_field(field).into()
}

fn unreadable<E: std::error::Error>(error: serde_path_to_error::Error<E>) -> Refusal {
    let field = error.path().to_string();
    Refusal::UnreadableForm { field, problem: error.into_inner().to_string() }
}

fn is_too_long(error: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        cause = error.source();
    }
    false
}

/// `application/json` of `application/json; charset=utf-8`.
pub(crate) fn content_kind(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

impl<T: DeserializeOwned + Send> FromRequestParts<Site> for Query<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Query<T>, Response> {
        let query = parts.uri.query().unwrap_or_default();
        form(query.as_bytes()).map(Query).map_err(|stop| Halt(stop).into_response())
    }
}

#[cfg(test)]
mod tests {
    use kernel::Day;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct WeighIn {
        member: String,
        #[serde(default)]
        sort: Vec<String>,
        day: Option<Day>,
    }

    #[test]
    fn a_form_may_repeat_its_fields() {
        let read: WeighIn = form(b"member=7&sort=paper&sort=bottle+clean&day=").expect("readable");
        assert_eq!(
            read,
            WeighIn { member: "7".into(), sort: vec!["paper".into(), "bottle clean".into()], day: None }
        );
        let Err(Stop::Refused(refused)) = form::<WeighIn>(b"member=7&day=yesterday") else {
            panic!("it was read")
        };
        assert_eq!((refused.status, refused.code), (400, "web.unreadable_form"));
        let Err(Stop::Refused(_)) = form::<WeighIn>(b"sort=paper") else { panic!("it was read") };
    }

    #[test]
    fn a_form_holds_only_what_can_be_seen() {
        let read: WeighIn = form("member=%E2%80%AESri&day=%E2%80%8B".as_bytes()).expect("readable");
        assert_eq!(read, WeighIn { member: "Sri".into(), sort: Vec::new(), day: None });
        for (body, field) in
            [("member=a%00b", "member"), ("member=7&sort=a&sort=%1B", "sort"), ("a%00=", ".")]
        {
            let Err(Stop::Refused(refused)) = form::<WeighIn>(body.as_bytes()) else {
                panic!("{body} was read")
            };
            assert_eq!(
                (refused.status, refused.code, refused.field.as_deref()),
                (422, "web.unprintable_text", Some(field))
            );
        }
    }
}
