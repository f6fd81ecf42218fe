//! The context of a handler: the permit for its deed, and everything it may ask of the house.

use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::{Asked, Context, Via, View, Work};
use kernel::{BookId, Day, Deed, EntryId, Fault, Instant, NotAllowed, Permit, PlaceCode, Scope, Stop};
use serde::Serialize;

use crate::list::Listed;
use crate::reply::{self, Halt, Refusal, Reply};
use crate::staff::SignedIn;
use crate::visit::Visit;
use crate::{Frame, Lang, Site, Voice, Want, text};

/// So far ahead of the clock by which ids are made here an id may lie: clocks of villages differ by hours.
const AHEAD_MS: u64 = 24 * 60 * 60 * 1000;

/// The first argument of every handler. It exists only when the reader may do `D` at the place, and in the book, that
/// the path names: `{village}` or `{region}`, and `{book}`; the site itself where the path names none.
///
/// A guest who may not is led to the page about signing in; others see why not.
pub struct Cx<D: Deed> {
    /// The proof, for `work.record`.
    pub permit: Permit<D>,
    /// When the request came.
    pub at: Instant,
    /// Which day it is at the site.
    pub today: Day,
    /// The reader's language.
    pub lang: Lang,
    /// The form of answer.
    pub want: Want,
    visit: Arc<Visit>,
    params: Arc<[(String, String)]>,
}

impl<D: Deed> Clone for Cx<D> {
    fn clone(&self) -> Self {
        Cx { permit: self.permit.clone(), visit: self.visit.clone(), params: self.params.clone(), ..*self }
    }
}

impl<D: Deed> FromRequestParts<Site> for Cx<D> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Cx<D>, Response> {
        let halt = |stop: Stop| Halt(stop).into_response();
        let Some(visit) = parts.extensions.get::<Arc<Visit>>().cloned() else {
            return Err(halt(Fault::new("a handler ran outside the router of the site").into()));
        };
        let params: Arc<[(String, String)]> = match RawPathParams::from_request_parts(parts, site).await {
            Ok(params)
                if params
                    .iter()
                    .all(|(_, value)| matches!(text::clean(value), Ok(clean) if clean == value)) =>
            {
                params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
            }
            _ => return Err(halt(Refusal::NotFound.into())),
        };
        let scope = scope_of(&params).map_err(halt)?;
        let permit = visit.actor.may::<D>(&scope).map_err(turned_away)?;
        Ok(Cx {
            permit,
            at: visit.at,
            today: visit.today,
            lang: visit.voice.lang,
            want: visit.want,
            visit,
            params,
        })
    }
}

/// How much long work is done at once.
static LONG_WORK: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

/// The work holds its turn, and not the request: it goes on when the person closes the page.
async fn in_turn<T, F>(work: F) -> Result<T, Stop>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Stop> + Send + 'static,
{
    let turn = LONG_WORK.acquire().await;
    crate::site::apart(move || {
        let answer = work();
        drop(turn);
        answer
    })
    .await
}

fn scope_of(params: &[(String, String)]) -> Result<Scope, Stop> {
    let find = |wanted: &str| params.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let place = match ["village", "region", "place"].into_iter().find_map(find) {
        Some(code) => code.parse().map_err(|_| Refusal::NotFound)?,
        None => PlaceCode::everywhere(),
    };
    let book = find("book").map(str::parse).transpose().map_err(|_| Refusal::NotFound)?;
    Ok(Scope { place, book })
}

fn turned_away(no: NotAllowed) -> Response {
    match no {
        NotAllowed::SignInFirst => Halt(Refusal::SignInFirst.into()).into_response(),
        NotAllowed::NotYours => Halt(Refusal::NotYours.into()).into_response(),
    }
}

pub(crate) fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

impl<D: Deed> Cx<D> {
    /// The place that the path names; everywhere if it names none.
    pub fn place(&self) -> &PlaceCode {
        &self.permit.scope().place
    }
    /// The book that the path names. Only for handlers of routes with `{book}`.
    pub fn book(&self) -> BookId {
        self.permit.scope().book.expect("the route of this handler has a {book}")
    }
    /// Any other part of the path, such as `{member}`; a path that cannot be read leads nowhere.
    pub fn param<T: FromStr>(&self, name: &str) -> Result<T, Stop> {
        let value = self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        let value = value.ok_or_else(|| Fault::new(format!("the route of a handler has no {{{name}}}")))?;
        value.parse().map_err(|_| Refusal::NotFound.into())
    }
    /// Whether the reader may do another deed here: for showing a link, never for doing something.
    pub fn can<Other: Deed>(&self) -> bool {
        self.visit.actor.can(Other::BY, self.permit.scope())
    }
    /// The decision about another deed here, for a handler that does two things.
    pub fn may<Other: Deed>(&self) -> Result<Permit<Other>, Stop> {
        self.visit.actor.may::<Other>(self.permit.scope()).map_err(|_| Refusal::NotYours.into())
    }
    /// The request, understood.
    pub fn visit(&self) -> &Visit {
        &self.visit
    }
    /// The person, if signed in; a guest is led to the page about signing in.
    pub fn person(&self) -> Result<&SignedIn, Stop> {
        self.visit.signed_in.as_ref().ok_or_else(|| Refusal::SignInFirst.into())
    }
    /// The site.
    pub fn site(&self) -> &Site {
        &self.visit.site
    }
    /// The words and numbers of the reader's language.
    pub fn voice(&self) -> &Voice {
        &self.visit.voice
    }
    /// The frame for a template.
    pub fn frame(&self) -> Frame {
        Frame::at(self.visit.clone(), self.permit.scope().clone())
    }

    /// Reads from a snapshot of its own.
    pub async fn read<T, F>(&self, read: F) -> Result<T, Stop>
    where
        T: Send + 'static,
        F: FnOnce(&mut View<'_, '_>) -> Result<T, Stop> + Send + 'static,
    {
        crate::site::read(self.site(), read).await
    }
    /// Does long work on a thread of its own, so that no other request waits for it: reading a file, importing it. Two at a
    /// time; a third waits its turn, since each may hold a whole file in memory.
    pub async fn apart<T, F>(&self, work: F) -> Result<T, Stop>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, Stop> + Send + 'static,
    {
        in_turn(work).await
    }
    /// Writes; what comes back has been synced to disk.
    pub async fn write<T, F>(&self, write: F) -> Result<T, Stop>
    where
        T: Send + 'static,
        F: FnOnce(&mut Work<'_, '_>) -> Result<T, Stop> + Send + 'static,
    {
        let context = Context { actor: self.permit.actor(), via: Via::Web, at: self.at };
        crate::site::write(self.site(), context, write).await
    }
    /// Books what was asked for once, however often it is sent: `book` is skipped when a request with this id and the
    /// same content has been booked before. Either way `show` reads, in the same transaction, what the person sees next.
    /// A new request whose id lies more than a day ahead is refused: of two settings for one day the later id holds, and
    /// nobody could set anything after it.
    pub async fn once<A, T, B, S>(&self, id: EntryId, ask: A, book: B, show: S) -> Result<T, Stop>
    where
        A: Serialize + Send + 'static,
        T: Send + 'static,
        B: FnOnce(&mut Work<'_, '_>, A) -> Result<(), Stop> + Send + 'static,
        S: FnOnce(&mut View<'_, '_>) -> Result<T, Stop> + Send + 'static,
    {
        // The same id at another place, or for another deed, is another request and is refused.
        let scope = self.permit.scope().clone();
        self.write(move |work| {
            match work.asked(id, &(D::NAME, scope, &ask))? {
                Asked::New if id.made_ms() > EntryId::new().made_ms() + AHEAD_MS => {
                    return Err(Refusal::IdAhead.into());
                }
                Asked::New => book(work, ask)?,
                Asked::Again => {}
            }
            show(work)
        })
        .await
    }

    /// A page: its data as JSON for a program, else the template.
    pub fn page<T: Template>(&self, data: &impl Serialize, page: impl FnOnce(Frame) -> T) -> Reply {
        match self.want {
            Want::Html => self.html(StatusCode::OK, page(self.frame())),
            Want::Json => reply::json_of(StatusCode::OK, data),
            Want::Csv | Want::Xlsx => Err(Refusal::NoList.into()),
        }
    }
    /// Data for a script of a page or another program; there is no page of it.
    pub fn json(&self, data: &impl Serialize) -> Reply {
        reply::json_of(StatusCode::OK, data)
    }
    /// A page that is mostly a list: the list as JSON, CSV and XLSX, else the template.
    pub fn list<T: Template>(&self, list: Listed, page: impl FnOnce(Frame, Listed) -> T) -> Reply {
        match self.want {
            Want::Html => self.html(StatusCode::OK, page(self.frame(), list)),
            Want::Json => reply::json_of(StatusCode::OK, &list.json()),
            Want::Csv => list.csv(self.voice()),
            Want::Xlsx => list.xlsx(self.voice()),
        }
    }
    /// A page with data of its own and a list: JSON has the data, CSV and XLSX the list.
    pub fn page_and_list<T: Template>(
        &self,
        data: &impl Serialize,
        list: Listed,
        page: impl FnOnce(Frame, Listed) -> T,
    ) -> Reply {
        match self.want {
            Want::Json => reply::json_of(StatusCode::OK, data),
            _ => self.list(list, page),
        }
    }
    /// A CSV that is no list of the page: the rows of a file that could not be taken, to be corrected and sent again.
    pub fn csv(&self, bytes: Vec<u8>, name: &str) -> Reply {
        Ok(crate::list::attached(bytes, "text/csv; charset=utf-8", name))
    }
    /// A file of a kind of its own under a quoted tag, such as a calendar; nothing where the reader's program has it already.
    pub fn tagged(&self, bytes: Vec<u8>, kind: &'static str, tag: &str) -> Reply {
        let known = self.visit.has.as_deref().is_some_and(|has| {
            has.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*")
        });
        let mut response = match known {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => bytes.into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        let tag =
            HeaderValue::from_str(tag).map_err(|error| Fault::because("writing the tag of a file", error))?;
        headers.insert(header::ETAG, tag);
        Ok(response)
    }
    /// There is nothing here; what is looked for is at `location`.
    pub fn go(&self, location: &str) -> Reply {
        Ok(see_other(location))
    }
    /// Something was booked: a browser goes on to `location`, a program gets the data with 201.
    pub fn saved(&self, location: impl Display, data: &impl Serialize) -> Reply {
        if self.want.is_page() {
            return Ok(see_other(&location.to_string()));
        }
        let mut response = reply::json_of(StatusCode::CREATED, data)?;
        if let Ok(location) = HeaderValue::from_str(&location.to_string()) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        Ok(response)
    }
    /// As [`Cx::saved`], and the next page says the sentence `done`, whose key contains `-done-`.
    pub fn saved_saying(&self, location: impl Display, done: &str, data: &impl Serialize) -> Reply {
        let location = location.to_string();
        let (path, fragment) =
            location.split_once('#').map_or((location.as_str(), ""), |(path, at)| (path, at));
        let mark = if path.contains('?') { '&' } else { '?' };
        let hash = if fragment.is_empty() { "" } else { "#" };
        self.saved(format!("{path}{mark}done={done}{hash}{fragment}"), data)
    }
    /// The form is shown again with what was typed and why it was refused; a program gets the refusal, and a fault
    /// stays a fault.
    pub fn again<T: Template>(&self, stop: impl Into<Stop>, page: impl FnOnce(Frame) -> T) -> Reply {
        match stop.into() {
            Stop::Refused(refused) if self.want.is_page() && matches!(refused.status, 409 | 422 | 429) => {
                let status = reply::status_of(&refused);
                self.html(status, page(self.frame().refusing(refused)))
            }
            stop => Err(Halt(stop)),
        }
    }
    /// A page that has no other form, such as a receipt for a printer.
    pub fn html(&self, status: StatusCode, page: impl Template) -> Reply {
        let page = page.render().map_err(|error| Fault::because("writing a page", error))?;
        Ok(reply::html(status, page))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// Long work that is begun: it says so, and ends when it is told to.
    fn begin() -> (tokio::task::JoinHandle<Result<(), Stop>>, mpsc::Receiver<()>, mpsc::Sender<()>) {
        let (begun, begins) = mpsc::channel();
        let (end, ends) = mpsc::channel::<()>();
        let work = tokio::spawn(in_turn(move || {
            let _ = begun.send(());
            let _ = ends.recv();
            Ok(())
        }));
        (work, begins, end)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_page_that_is_closed_gives_nobody_the_turn_of_its_long_work() {
        let two = [begin(), begin()];
        for (work, begins, _) in &two {
            begins.recv().expect("begins");
            work.abort();
        }
        let (third, begins, end) = begin();
        for (work, _, _) in &two {
            while !work.is_finished() {
                tokio::task::yield_now().await;
            }
        }
        assert_eq!(LONG_WORK.available_permits(), 0, "two are still at work");
        assert!(begins.try_recv().is_err(), "a third has begun");
        drop(two);
        drop(end);
        third.await.expect("ends").expect("works");
    }
}
