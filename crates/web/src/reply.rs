//! How an answer leaves: a page, a redirection, or a refusal told in the reader's language.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Arg, Fault, Refused, Stop};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::visit::Visit;
use crate::{Frame, Want};

/// What a handler gives back.
pub type Reply = Result<Response, Halt>;

/// A [`Stop`] on its way to the reader. The sentence is written where the reader's language is known: see `render`.
#[derive(Debug)]
pub struct Halt(pub Stop);

impl<E: Into<Stop>> From<E> for Halt {
    fn from(stop: E) -> Halt {
        Halt(stop.into())
    }
}

/// Carried by an answer that has yet to be told in a language.
#[derive(Clone)]
pub(crate) struct Untold(Arc<Stop>);

impl IntoResponse for Halt {
    fn into_response(self) -> Response {
        let status = match &self.0 {
            Stop::Refused(refused) => status_of(refused),
            Stop::Fault(fault) => fault.advice.as_ref().map_or(StatusCode::INTERNAL_SERVER_ERROR, status_of),
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Untold(Arc::new(self.0)));
        response
    }
}

pub(crate) fn status_of(refused: &Refused) -> StatusCode {
    StatusCode::from_u16(refused.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
}

kernel::refusals! { Refusal:
    /// No page has this address.
    404 "web.not_found" NotFound;
    /// The address is right, the method is not.
    405 "web.wrong_method" WrongMethod;
    /// Signing in may help.
    401 "web.sign_in_first" SignInFirst;
    /// No role of the reader allows it.
    403 "web.not_yours" NotYours;
    /// A form that was sent from another site.
    403 "web.cross_site" CrossSite;
    /// A form whose fields cannot be read.
    400 "web.unreadable_form" UnreadableForm { field: String, problem: String };
    /// A text with a control character in it.
    422 "web.unprintable_text" UnprintableText { field: String };
    /// Neither a form nor JSON.
    415 "web.wrong_content" WrongContent;
    /// The connection broke while the form was sent.
    400 "web.cut_off" CutOff;
    /// A form that is far larger than any form.
    413 "web.form_too_large" FormTooLarge;
    /// A file that is larger than the site takes.
    413 "web.file_too_large" FileTooLarge { limit: String };
    /// An attachment that is larger than the site keeps.
    413 "web.attachment_too_large" AttachmentTooLarge { limit: String };
    /// A form for a file came without one.
    422 "web.no_file" NoFile;
    /// A form whose id was made tomorrow or later.
    422 "web.id_ahead" IdAhead;
    /// A file whose bytes are of no kind that is kept.
    422 "web.file_not_taken" FileNotTaken { file: String };
    /// A file whose bytes are not what its name says.
    422 "web.file_not_its_name" FileNotItsName { file: String, kind: String };
    /// A letter or a table with programs in it.
    422 "web.file_has_macros" FileHasMacros { file: String };
    /// An attachment whose file is not here.
    404 "web.file_missing" FileMissing;
    /// The answer took too long.
    503 "web.too_slow" TooSlow;
    /// More requests at once than the machine can hold.
    503 "web.too_busy" TooBusy;
    /// A page that is no list was asked for as a file.
    406 "web.no_list" NoList;
}

/// Writes a refusal or a fault for its reader; other answers pass untouched.
pub(crate) fn render(visit: &Arc<Visit>, mut response: Response) -> Response {
    let untold = match response.extensions_mut().remove::<Untold>() {
        Some(Untold(stop)) => stop,
        // What the router and the layers answer by themselves.
        None if response.headers().contains_key(header::CONTENT_TYPE) => return response,
        None => match response.status() {
            StatusCode::METHOD_NOT_ALLOWED => Arc::new(Refusal::WrongMethod.into()),
            _ => return response,
        },
    };
    if let Stop::Refused(refused) = &*untold
        && refused.code == "web.sign_in_first"
        && visit.want.is_page()
    {
        return crate::cx::see_other(&crate::staff::sign_in_path(&visit.page));
    }
    let told = Told::of(&untold, visit);
    let mut written = match visit.want {
        Want::Html => {
            let frame = Frame::new(visit.clone());
            match (RefusalPage { frame, told: &told }).render() {
                Ok(page) => html(told.status, page),
                Err(error) => (told.status, error.to_string()).into_response(),
            }
        }
        _ => (told.status, axum::Json(told.body())).into_response(),
    };
    for (name, value) in response.headers() {
        if name != header::CONTENT_LENGTH && name != header::CONTENT_TYPE {
            written.headers_mut().append(name, value.clone());
        }
    }
    written
}

pub(crate) fn html(status: StatusCode, page: String) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// A refusal or a fault in the reader's language.
pub(crate) struct Told {
    pub(crate) status: StatusCode,
    code: String,
    sentence: String,
    args: Vec<(&'static str, Arg)>,
    field: Option<String>,
    /// What a person quotes when they ask for help.
    number: Option<String>,
}

impl Told {
    fn of(stop: &Stop, visit: &Visit) -> Told {
        match stop {
            Stop::Refused(refused) => Told::refused(refused, visit, None),
            Stop::Fault(fault) => Told::fault(fault, visit),
        }
    }
    fn refused(refused: &Refused, visit: &Visit, number: Option<String>) -> Told {
        Told {
            status: status_of(refused),
            code: refused.code.to_owned(),
            sentence: visit.voice.refusal(refused),
            args: refused.args.clone(),
            field: refused.field.clone(),
            number,
        }
    }
    /// The one place where a fault is logged.
    fn fault(fault: &Fault, visit: &Visit) -> Told {
        let number = short_number();
        tracing::error!(number, path = visit.path, "Fault {number} while {fault}");
        if let Some(advice) = &fault.advice {
            return Told::refused(advice, visit, Some(number));
        }
        Told {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "web.fault".to_owned(),
            sentence: visit.voice.say("web-fault").to_string(),
            args: Vec::new(),
            field: None,
            number: Some(number),
        }
    }
    fn body(&self) -> Value {
        let args: Map<String, Value> =
            self.args.iter().map(|(name, arg)| ((*name).to_owned(), json!(arg))).collect();
        json!({ "code": self.code, "message": self.sentence, "args": args, "field": self.field, "number": self.number })
    }
}

/// Six letters and digits that nobody mistakes for others, for a note on paper.
fn short_number() -> String {
    const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0; 6];
    // Without randomness the number is the same each time; the log still has the fault.
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect()
}

#[derive(Template)]
#[template(path = "refusal.html")]
struct RefusalPage<'a> {
    frame: Frame,
    told: &'a Told,
}

/// JSON for a program.
pub(crate) fn json_of(status: StatusCode, data: &impl Serialize) -> Reply {
    let body = serde_json::to_vec(data).map_err(|error| Fault::because("writing JSON", error))?;
    let kind = HeaderValue::from_static("application/json");
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}
