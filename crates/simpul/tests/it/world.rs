//! A village for a story: a fresh site on one of the two databases, the cast, and a clock that stands still.
//!
//! ```text
//! story! { a_page_in_korean, |village| async {
//!     let page = village.guest().lang(Lang::Ko).get("/about").await;
//!     assert_eq!(page.status, 200);
//! } }
//! ```

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use db::sql;
use journal::{Context, Journal, Open, Paths, Via, View, Work};
use kernel::{BookId, Day, Grant, Instant, PlaceCode, Role, Scope, StaffId, Stop};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tower::ServiceExt;
use web::{Lang, Settings, Site, staff};

/// The village of the stories: Sumbermulyo in Bantul, Yogyakarta.
pub const VILLAGE: &str = "34.02.05.2003";
/// Tuesday, 31 March 2026, nine o'clock in the morning in Yogyakarta.
const NINE_OCLOCK: Instant = Instant::from_micros(1_774_922_400_000_000);

/// A story, run on both databases: as `name::on_sqlite` and `name::on_postgresql`.
#[macro_export]
macro_rules! story {
    ($(#[$meta:meta])* $name:ident, |$village:ident| async $story:block) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn story($village: &$crate::world::Village) $story

            #[test]
            fn on_sqlite() {
                $crate::world::run($crate::world::Database::Sqlite, story);
            }
            #[test]
            #[ignore = "needs PostgreSQL: run scripts/test"]
            fn on_postgresql() {
                $crate::world::run($crate::world::Database::Postgres, story);
            }
        }
    };
}

/// Where a story keeps its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// A file in a folder of its own.
    Sqlite,
    /// A database of its own on the server of the tests.
    Postgres,
}

/// Those who come in the stories, by the role that they hold.
pub const CAST: [(&str, Role, &str); 6] = [
    ("admin", Role::Administrator, "*"),
    ("bu-ratna", Role::CooperationOfficer, "34"),
    ("pak-lurah", Role::VillageOfficer, VILLAGE),
    ("bu-sri", Role::Teller, VILLAGE),
    ("pemeriksa", Role::Auditor, VILLAGE),
    ("gyeongbuk", Role::PartnerReader, VILLAGE),
];

/// A site with its cast.
pub struct Village {
    /// The site.
    pub site: Site,
    router: Router,
    clock: Arc<AtomicI64>,
    staff: HashMap<Role, StaffId>,
    tokens: HashMap<Role, String>,
    database: Option<Scratch>,
    folder: TempDir,
}

/// Runs a story in a village of its own.
pub fn run(database: Database, story: impl AsyncFn(&Village)) {
    let village = Village::open(database);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(story(&village));
    drop(runtime);
    crate::order::does_not_matter(&village.site.journal, village.folder.path());
    village.close();
}

/// What `scripts/test` says to the tests that a plain `cargo test` ignores, because they need more than Rust.
pub fn told(variable: &str) -> String {
    let value = std::env::var(variable).ok().filter(|value| !value.is_empty());
    value.unwrap_or_else(|| panic!("{variable} is not set; scripts/test sets it, and brings what it names"))
}

/// Counts a test as skipped: this machine does not permit what it does, and no set-up can change that.
pub fn skipped(name: &str, why: &str) {
    eprintln!("SKIPPED {name}: {why}");
    if let Some(path) = std::env::var_os("SIMPUL_TEST_SKIPS") {
        let mut file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .expect("the list of skipped tests");
        writeln!(file, "{name}: {why}").expect("the list of skipped tests");
    }
}

impl Village {
    /// A fresh one.
    pub fn open(database: Database) -> Village {
        let folder = tempfile::tempdir().expect("a folder");
        let database = match database {
            Database::Sqlite => None,
            Database::Postgres => Some(Scratch::make()),
        };
        let paths = Paths {
            database: database.as_ref().map(|made| made.url.clone()),
            ..Paths::folder(folder.path())
        };
        let open = Open { paths, chapters: simpul::stages::chapters(), progress: &mut |_, _| {} };
        let journal = Journal::open(open).expect("a journal");
        let clock = Arc::new(AtomicI64::new(NINE_OCLOCK.micros()));
        let now = Arc::clone(&clock);
        let settings = Settings {
            title: "Kalurahan Sumbermulyo".to_owned(),
            home: Some(village()),
            upload_max: 1 << 20,
            clock: Arc::new(move || Instant::from_micros(now.load(Ordering::Relaxed))),
            ..Settings::default()
        };
        let staff: HashMap<Role, StaffId> = open_accounts(&journal);
        let site = Site::new(journal, simpul::stages::pages(), settings).expect("complete words");
        let router = web::router(site.clone());
        let tokens = CAST.into_iter().map(|(handle, role, _)| (role, token(handle))).collect();
        let village = Village { site, router, clock, staff, tokens, database, folder };
        village.sign_in_all();
        village
    }

    /// Ends it. Outside of a runtime, since the PostgreSQL client has one of its own.
    pub fn close(self) {
        let Village { site, router, database, folder, .. } = self;
        site.journal.close();
        drop((router, site));
        drop(database);
        drop(folder);
    }

    /// Nobody in particular.
    pub fn guest(&self) -> Visitor<'_> {
        Visitor { village: self, cookie: None, lang: Lang::En }
    }
    /// Whoever of the cast holds this role, signed in.
    pub fn as_role(&self, role: Role) -> Visitor<'_> {
        let cookie = self.tokens.get(&role).map(|token| format!("simpul={token}"));
        Visitor { cookie, ..self.guest() }
    }
    /// Gives the one who holds this role another one, narrowed to a book.
    pub async fn grant(&self, to: Role, role: Role, book: Option<BookId>) {
        let (staff, grant) = (self.staff[&to], Grant { role, place: village(), book });
        let permit = Context::operator_permit::<staff::Manage>(&Scope::site()).expect("the operator may");
        self.write(move |work| staff::grant(work, &permit, staff, grant)).await.expect("granted");
    }

    /// What the clock says.
    pub fn now(&self) -> Instant {
        Instant::from_micros(self.clock.load(Ordering::Relaxed))
    }
    /// What day it is in the village.
    pub fn today(&self) -> Day {
        self.now().day_at(420)
    }
    /// Goes on to nine o'clock of another day. Sessions go along: nobody waits for a password in a story.
    pub fn go_to(&self, day: &str) {
        let day: Day = day.parse().expect("a day");
        let days = i64::from(day.days_since(NINE_OCLOCK.day_at(420)));
        self.clock.store(NINE_OCLOCK.plus_seconds(days * 86_400).micros(), Ordering::Relaxed);
        self.sign_in_all();
    }

    /// Lets time go by. Nobody signs in meanwhile.
    pub fn wait_hours(&self, hours: i64) {
        self.clock.store(self.now().plus_seconds(hours * 3600).micros(), Ordering::Relaxed);
    }

    /// Reads from the journal.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut View<'_, '_>) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Stop> {
        let journal = self.site.journal.clone();
        tokio::task::spawn_blocking(move || journal.read(read)).await.expect("reads")
    }
    /// Writes to the journal as the operator, through the command line.
    pub async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&mut Work<'_, '_>) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Stop> {
        let (journal, context) = (self.site.journal.clone(), Context::operator(Via::Cli, self.now()));
        tokio::task::spawn_blocking(move || journal.write(context, write)).await.expect("writes")
    }
    /// The folder of the site.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// A session for each of the cast, as signing in would make it.
    pub fn sign_in_all(&self) {
        let (staff, now) = (self.staff.clone(), self.now());
        let signed_in = self.site.journal.submit_and_wait(now, move |work| {
            for (handle, role, _) in CAST {
                let hash = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(token(handle)));
                sql!("DELETE FROM staff_session WHERE token = ?1").bind(&hash).run(work)?;
                sql!(
                    "INSERT INTO staff_session (token, staff, created, seen, browser, address)
                     VALUES (?1, ?2, ?3, ?3, 'Firefox, Linux', '127.0.0.1')"
                )
                .bind(&hash)
                .bind(&staff[&role])
                .bind(&now)
                .run(work)?;
            }
            Ok(())
        });
        signed_in.expect("signed in");
    }
}

/// Waits on this thread for the writer, which has a thread of its own: sound inside a runtime, too.
trait SubmitAndWait {
    fn submit_and_wait(
        &self,
        at: Instant,
        write: impl FnOnce(&mut Work<'_, '_>) -> Result<(), Stop> + Send + 'static,
    ) -> Result<(), Stop>;
}

impl SubmitAndWait for Journal {
    fn submit_and_wait(
        &self,
        at: Instant,
        write: impl FnOnce(&mut Work<'_, '_>) -> Result<(), Stop> + Send + 'static,
    ) -> Result<(), Stop> {
        let (answer, answered) = std::sync::mpsc::channel();
        self.submit(Context::operator(Via::Cli, at), write, move |result| {
            answer.send(result).expect("somebody waits")
        });
        answered.recv().expect("the writer answers")
    }
}

/// Sumbermulyo.
pub fn village() -> PlaceCode {
    VILLAGE.parse().expect("the code of a village")
}

fn open_accounts(journal: &Journal) -> HashMap<Role, StaffId> {
    let permit = Context::operator_permit::<staff::Manage>(&Scope::site()).expect("the operator may");
    let opened = journal.write(Context::operator(Via::Cli, NINE_OCLOCK), move |work| {
        CAST.into_iter()
            .map(|(handle, role, place)| {
                let lang = if role == Role::PartnerReader { Lang::Ko } else { Lang::Id };
                let staff = staff::open(work, &permit, handle, lang)?;
                let place = place.parse().expect("a place");
                staff::grant(work, &permit, staff, Grant { role, place, book: None })?;
                Ok((role, staff))
            })
            .collect::<Result<HashMap<_, _>, Stop>>()
    });
    opened.expect("opened")
}

/// What the browser of one of the cast keeps: 43 letters, as a real token has.
fn token(handle: &str) -> String {
    format!("{handle:x<43}")
}

/// Somebody at a browser or a program. English unless asked otherwise.
#[derive(Clone)]
pub struct Visitor<'v> {
    village: &'v Village,
    cookie: Option<String>,
    lang: Lang,
}

impl Visitor<'_> {
    /// The same one, reading another language.
    pub fn lang(self, lang: Lang) -> Self {
        Visitor { lang, ..self }
    }
    /// The same one with what a browser was given to keep.
    pub fn with_cookie(self, cookie: &str) -> Self {
        Visitor { cookie: Some(cookie.to_owned()), ..self }
    }
    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(self.request("GET", path, "text/html"), Body::empty()).await
    }
    /// Asks for something unless it still has this tag.
    pub async fn get_unless(&self, path: &str, tag: &str) -> Answer {
        self.ask(self.request("GET", path, "*/*").header(header::IF_NONE_MATCH, tag), Body::empty()).await
    }
    /// Asks for data.
    pub async fn json(&self, path: &str) -> Answer {
        self.ask(self.request("GET", path, "application/json"), Body::empty()).await
    }
    /// Sends a form as a browser does.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.form(path, "text/html", fields).await
    }
    /// Sends a form and wants data back.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.form(path, "application/json", fields).await
    }
    /// Sends a file in the field `file`, with other fields, and wants data back.
    pub async fn upload(&self, path: &str, name: &str, file: &[u8], fields: &[(&str, &str)]) -> Answer {
        const BOUNDARY: &str = "----simpul";
        let mut body = Vec::new();
        for (field, value) in fields {
            write!(
                body,
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            )
            .expect("memory");
        }
        write!(
            body,
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .expect("memory");
        body.extend_from_slice(file);
        write!(body, "\r\n--{BOUNDARY}--\r\n").expect("memory");
        let request = self
            .request("POST", path, "application/json")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
        self.ask(request, Body::from(body)).await
    }

    /// Asks for a part of a file: `bytes=0-99`.
    pub async fn part(&self, path: &str, range: &str) -> Answer {
        self.ask(self.request("GET", path, "*/*").header(header::RANGE, range), Body::empty()).await
    }
    /// Begins to send a file of so many bytes and says so first.
    pub async fn announce(&self, path: &str, bytes: u64) -> Answer {
        let request = self
            .request("POST", path, "application/json")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .header(header::CONTENT_LENGTH, bytes);
        self.ask(request, Body::from("--x\r\n")).await
    }

    async fn form(&self, path: &str, accept: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self
            .request("POST", path, accept)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(body)).await
    }
    fn request(&self, method: &str, path: &str, accept: &str) -> axum::http::request::Builder {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "simpul.test")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, accept)
            .header(header::ACCEPT_LANGUAGE, self.lang.code());
        match &self.cookie {
            // The language that the account prefers would come before that of the browser.
            Some(cookie) => request.header(header::COOKIE, format!("{cookie}; lang={}", self.lang.code())),
            None => request,
        }
    }
    async fn ask(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let request = request.body(body).expect("well formed");
        let response = self.village.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        Answer { status: parts.status.as_u16(), headers: parts.headers, body: body.to_vec() }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// 200, 303, 422.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    /// The body as data.
    pub fn data(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
    /// Where the browser is sent.
    pub fn location(&self) -> &str {
        self.header("location")
    }
    /// A header; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
    /// The code of the refusal that a program got.
    pub fn refused(&self) -> String {
        let code = self.data()["code"].as_str().map(str::to_owned);
        code.unwrap_or_else(|| panic!("not refused: {} {}", self.status, self.text()))
    }
    /// The data, once it is sure that nothing was refused.
    pub fn done(&self) -> serde_json::Value {
        assert!(matches!(self.status, 200 | 201), "{} {}", self.status, self.text());
        self.data()
    }
    /// What a reader sees of the main part of a page: its text, a line for each block.
    pub fn seen(&self) -> String {
        seen(&self.text())
    }
}

/// The text of the main part of a page. Blocks are lines; blanks are folded; what is hidden from readers is left out.
pub fn seen(page: &str) -> String {
    let main = page.split_once("<main").map_or(page, |(_, rest)| rest);
    let main = main.split_once('>').map_or(main, |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let mut text = String::new();
    let mut rest = main;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = tag.split_once('>') else { break };
        let name = tag
            .trim_start_matches('/')
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        match name {
            "span" | "strong" | "em" | "a" | "b" | "small" | "time" | "data" | "kbd" | "abbr" | "text" => {}
            "td" | "th" | "dd" | "option" => text.push_str("  "),
            _ => text.push('\n'),
        }
        rest = match name {
            "script" | "style" | "svg" if !tag.starts_with('/') => {
                after.split_once(&format!("</{name}>")).map_or("", |(_, after)| after)
            }
            _ => after,
        };
    }
    let text = text
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&quot;", "\"");
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A database of a story on the server of the tests, dropped after it.
pub struct Scratch {
    server: String,
    name: String,
    /// Where the story finds it.
    pub url: String,
}

impl Scratch {
    /// A new one.
    pub fn make() -> Scratch {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = told("SIMPUL_TEST_POSTGRES");
        let name = format!("simpul_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let (before, _) = server.rsplit_once('/').expect("the address of a server ends with a database");
        let url = format!("{before}/{name}");
        let made = Scratch { server, name, url };
        made.run(&format!("CREATE DATABASE {}", made.name));
        made
    }
    fn run(&self, statement: &str) {
        let mut client =
            postgres::Client::connect(&self.server, postgres::NoTls).expect("the server of the tests");
        client.batch_execute(statement).expect("a statement for the server of the tests");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.run(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}
