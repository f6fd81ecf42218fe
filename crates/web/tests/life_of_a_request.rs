//! What a browser and a program see of the pages that every site has, asked through the router itself.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use hyper::body::Frame;
use journal::{Context, Journal, Open, Paths, Via, View};
use kernel::{Actor, ActorKind, Fault, Grant, Instant, PlaceCode, Role, Scope, Stop};
use serde::Deserialize;
use tempfile::TempDir;
use tower::ServiceExt;
use web::{Ask, BookAt, Cx, Lang, List, ListAsk, Pages, Query, Reply, Routes, Settings, Site, Upload};

kernel::deeds! { DEEDS:
    /// Anybody.
    Look "tea.look" by Public;
    /// Tellers.
    Pour "tea.pour" by Teller;
}

const WORDS: &str = "tea-deed-look = Look\ntea-deed-pour = Pour\ntea-name = Name\ntea-kept = Kept\n";
static TEA: Pages =
    Pages { routes, deeds: DEEDS, words: [("id", WORDS), ("ko", WORDS), ("en", WORDS)], menu: &[] };

fn routes(r: Routes) -> Routes {
    r.get("/tea", tea)
        .post("/villages/{village}/tea", pour)
        .post("/leaf", leaf)
        .get("/broken", broken)
        .books(books)
}

const BOOK: &str = "01m86rrdeyea1vg7rzwg1z4zfa";

fn books(_: &mut View<'_, '_>) -> Result<Vec<BookAt>, Fault> {
    let (place, book) = (VILLAGE.parse().expect("a place"), BOOK.parse().expect("a book"));
    Ok(vec![BookAt { place, book, name: "Bank Melati".to_owned() }])
}

#[derive(askama::Template)]
#[template(
    source = r#"{% extends "layout.html" %}{% block title %}Tea{% endblock %}{% block main %}<h1>Tea</h1>{{ list.table(frame) }}{% endblock %}"#,
    ext = "html"
)]
struct TeaPage {
    frame: web::Frame,
    list: web::Listed,
}

async fn tea(cx: Cx<Look>, Query(ask): Query<ListAsk>) -> Reply {
    let rows: Vec<String> =
        (1..=120).map(|n| if n == 7 { "=1+1".to_owned() } else { format!("cup {n}") }).collect();
    let list = List::new("tea").column("name", "tea-name", |row: &String| row.clone());
    cx.list(list.of(&rows, &ask, cx.voice(), cx.want), |frame, list| TeaPage { frame, list })
}

#[derive(Deserialize)]
struct PourAsk {
    cups: i64,
}

async fn pour(cx: Cx<Pour>, Ask(ask): Ask<PourAsk>) -> Reply {
    cx.saved("/tea", &ask.cups)
}

async fn leaf(cx: Cx<Look>, upload: Upload) -> Reply {
    let file = upload.file("file")?;
    cx.saved("/tea", &file.size)
}

async fn broken(cx: Cx<Look>) -> Reply {
    let rows = cx
        .read(|_| -> Result<Vec<u8>, Stop> { Err(kernel::Fault::new("reading what is not there").into()) })
        .await?;
    cx.saved("/", &rows)
}

struct House {
    router: Router,
    clock: Arc<AtomicI64>,
    _folder: TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

static CHAPTERS: &[&journal::Chapter] = &[&web::staff::CHAPTER];
const VILLAGE: &str = "34.02.05.2003";
const PASSWORD: &str = "weigh then write";

fn house() -> House {
    let folder = tempfile::tempdir().expect("a folder");
    let open = Open { paths: Paths::folder(folder.path()), chapters: CHAPTERS, progress: &mut |_, _| {} };
    let journal = Journal::open(open).expect("a journal");
    let clock = Arc::new(AtomicI64::new(1_774_940_700_000_000));
    let now = clock.clone();
    let settings = Settings {
        title: "Sumbermulyo".to_owned(),
        synthetic: true,
        upload_max: 64 * 1024,
        clock: Arc::new(move || Instant::from_micros(now.load(Ordering::Relaxed))),
        ..Settings::default()
    };
    people(&journal);
    let site = Site::new(journal, &[&TEA], settings).expect("complete words");
    House { router: web::router(site), clock, _folder: folder }
}

/// Bu Sri is a teller of the village, Pak Lurah administers the site.
fn people(journal: &Journal) {
    let at = Instant::from_micros(1_774_940_600_000_000);
    let permit = Actor::operator().may::<web::staff::Manage>(&Scope::site()).expect("the operator may");
    for (handle, role, place) in [("bu-sri", Role::Teller, VILLAGE), ("pak-lurah", Role::Administrator, "*")]
    {
        let hashed = web::staff::hash(handle, PASSWORD).expect("hashed");
        let place: PlaceCode = place.parse().expect("a place");
        let permit = permit.clone();
        let context = Context { actor: ActorKind::Operator, via: Via::Cli, at };
        let opened = journal.write(context, move |work| {
            let staff = web::staff::open(work, &permit, handle, Lang::Id)?;
            web::staff::set_password(work, &permit, staff, &hashed)?;
            web::staff::grant(work, &permit, staff, Grant { role, place, book: None })
        });
        opened.expect("opened");
    }
}

impl House {
    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request =
            headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
        self.ask(request.body(Body::empty()).expect("well formed")).await
    }
    async fn post(&self, path: &str, headers: &[(&str, &str)], form: &str) -> Answer {
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.ask(request.body(Body::from(form.to_owned())).expect("well formed")).await
    }
    /// Signs in and gives the cookie.
    async fn sign_in(&self, handle: &str) -> String {
        let form = format!("handle={handle}&password={PASSWORD}&next=/tea").replace(' ', "+");
        let answer = self.post("/sign-in", &[("accept", "text/html")], &form).await;
        assert_eq!(
            (answer.status, &answer.headers[header::LOCATION]),
            (StatusCode::SEE_OTHER, &"/tea".parse().expect("a header"))
        );
        let cookie = answer.headers[header::SET_COOKIE].to_str().expect("text");
        cookie.split(';').next().expect("a cookie").to_owned()
    }
}

#[tokio::test]
async fn a_page_comes_in_every_language_and_form() {
    let house = house();
    for (path, lang, sentence) in [
        ("/about", "ko-KR", "두 지역의 협력"),
        ("/about", "en", "from the memorandum to the household"),
        ("/about", "fr", "dari nota kesepahaman"),
        ("/about?lang=ko", "en", "두 지역의 협력"),
    ] {
        let answer = house.get(path, &[("accept-language", lang), ("accept", "text/html")]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains(sentence), "{path} {lang}: {}", answer.body);
        assert!(
            answer.headers[header::CONTENT_SECURITY_POLICY]
                .to_str()
                .expect("text")
                .contains("frame-ancestors 'none'")
        );
        assert!(!answer.body.contains("style=") && !answer.body.contains("<script>"), "{}", answer.body);
        assert!(answer.body.contains(r#"class="synthetic""#));
    }
    let list = house.get("/tea?q=cup&sort=-name&page=2", &[("accept", "text/html")]).await;
    if std::env::var_os("SHOW").is_some() {
        println!("{}", list.body);
    }
    assert!(
        list.body.contains("cup 41")
            && !list.body.contains("cup 99")
            && list.body.contains(r#"aria-sort="descending""#),
        "{}",
        list.body
    );
    let csv = house.get("/tea?as=csv", &[]).await;
    assert!(
        csv.body.starts_with("\u{feff}Name\r\n") || csv.body.starts_with("\u{feff}Name\n"),
        "{}",
        csv.body
    );
    assert!(csv.body.contains("'=1+1") && csv.body.contains("cup 120"));
    let json = house.get("/tea", &[("accept", "application/json")]).await;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json.body).expect("JSON")["total"], 120);
    assert_eq!(house.get("/tea?as=xlsx", &[]).await.body.get(..2), Some("PK"));
    let document = house.get("/openapi.json?lang=en", &[]).await;
    let document: serde_json::Value = serde_json::from_str(&document.body).expect("JSON");
    let pour = &document["paths"]["/villages/{village}/tea"]["post"];
    assert_eq!(
        pour["requestBody"]["content"]["application/json"]["schema"]["properties"]["cups"]["type"],
        "integer"
    );
    assert_eq!(house.get("/health", &[]).await.body, "ok\n");
}

#[tokio::test]
async fn whoever_may_not_is_told_what_to_do() {
    let house = house();
    let pour = format!("/villages/{VILLAGE}/tea");
    let guest = house.post(&pour, &[("accept", "text/html")], "cups=2").await;
    assert_eq!(
        (guest.status, &guest.headers[header::LOCATION]),
        (StatusCode::SEE_OTHER, &"/sign-in".parse().expect("a header"))
    );
    let program = house.post(&pour, &[("accept", "application/json")], "cups=2").await;
    assert_eq!(program.status, StatusCode::UNAUTHORIZED);
    assert!(program.body.contains("web.sign_in_first"), "{}", program.body);

    let teller = house.sign_in("bu-sri").await;
    let poured = house.post(&pour, &[("accept", "application/json"), ("cookie", &teller)], "cups=2").await;
    assert_eq!((poured.status, poured.body.as_str()), (StatusCode::CREATED, "2"));
    let elsewhere = house
        .post("/villages/34.02.05.2004/tea", &[("accept", "text/html"), ("cookie", &teller)], "cups=2")
        .await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    assert!(elsewhere.body.contains("Peran Anda tidak mengizinkan"), "{}", elsewhere.body);
    let unreadable = house.post(&pour, &[("accept-language", "en"), ("cookie", &teller)], "cups=two").await;
    assert_eq!(unreadable.status, StatusCode::BAD_REQUEST);
    let foreign = house.post(&pour, &[("sec-fetch-site", "cross-site"), ("cookie", &teller)], "cups=2").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert!(foreign.body.contains("situs lain"), "{}", foreign.body);
    assert_eq!(foreign.headers[header::CONNECTION], "close", "what it still sends is no request");
    let nowhere = house.get("/nowhere", &[("accept", "text/html"), ("accept-language", "ko")]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert!(nowhere.body.contains("이 주소에는 페이지가 없습니다"), "{}", nowhere.body);
    let village = house.get("/villages/x/tea", &[]).await;
    assert_eq!(village.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(village.body.contains("formulir"), "{}", village.body);
    let fault = house.get("/broken", &[("accept-language", "en")]).await;
    assert_eq!(fault.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(fault.body.contains("Number for the administrator: "), "{}", fault.body);
    assert!(!fault.body.contains("reading what is not there"), "{}", fault.body);
}

#[tokio::test]
async fn a_character_that_no_keyboard_writes_is_refused_at_the_door() {
    let house = house();
    let form = house.post("/sign-in?lang=en", &[], "handle=a%00b&password=x").await;
    assert_eq!(form.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", form.body);
    assert!(form.body.contains("“handle” holds a character"), "{}", form.body);
    let json = Request::post("/sign-in")
        .header("content-type", "application/json")
        .header("accept", "application/json")
        .body(Body::from(r#"{"handle":"bu-sri","password":"a\u0000b"}"#));
    let json = house.ask(json.expect("well formed")).await;
    assert_eq!(json.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", json.body);
    assert!(json.body.contains(r#""field":"password""#), "{}", json.body);
    assert_eq!(house.get("/tea?q=%07", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let cookie = house.sign_in("bu-sri").await;
    let session = house.post("/me/sessions/end", &[("cookie", &cookie)], "token=a%00").await;
    assert_eq!(session.status, StatusCode::UNPROCESSABLE_ENTITY);
    for path in ["/villages/34%00/tea", "/villages/%E2%80%AE34/tea"] {
        assert_eq!(house.post(path, &[("cookie", &cookie)], "cups=1").await.status, StatusCode::NOT_FOUND);
    }
    let upload = Request::post("/leaf")
        .header("content-type", "multipart/form-data; boundary=x")
        .header("accept", "application/json")
        .body(Body::from("--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\na\0b\r\n--x--\r\n"));
    let upload = house.ask(upload.expect("well formed")).await;
    assert!(upload.body.contains(r#""field":"note""#), "{}", upload.body);
}

#[tokio::test]
async fn a_guesser_waits_and_learns_nothing() {
    let house = house();
    let attempt = |handle: &'static str, password: &'static str| {
        let house = &house;
        async move {
            house
                .post(
                    "/sign-in?lang=en",
                    &[("accept", "text/html")],
                    &format!("handle={handle}&password={password}"),
                )
                .await
        }
    };
    let (known, unknown) = (attempt("bu-sri", "wrong").await, attempt("nobody", "wrong").await);
    assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(known.body.replace("bu-sri", "nobody"), unknown.body);
    for _ in 0..4 {
        attempt("bu-sri", "wrong").await;
    }
    let waiting = attempt("bu-sri", "weigh+then+write").await;
    assert_eq!(waiting.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(waiting.body.contains("Wait 30 seconds"), "{}", waiting.body);
    house.clock.fetch_add(31_000_000, Ordering::Relaxed);
    assert_eq!(attempt("bu-sri", "weigh+then+write").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_stranger_who_guesses_locks_nobody_out() {
    let house = house();
    let hall = [10, 0, 0, 1];
    let right = PASSWORD.replace(' ', "+");
    let from = async |address: [u8; 4], cookie: &str, handle: &str, password: &str| {
        let request = Request::post("/sign-in")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookie)
            .extension(ConnectInfo(SocketAddr::from((address, 50_000))))
            .body(Body::from(format!("handle={handle}&password={password}&next=/tea")));
        house.ask(request.expect("well formed")).await
    };
    let hers = from(hall, "", "bu-sri", &right).await;
    let lines: Vec<_> = hers.headers.get_all(header::SET_COOKIE).iter().collect();
    let browser = lines[1].to_str().expect("text").split(';').next().expect("a cookie");
    assert!(browser.starts_with("simpul-browser="), "{browser}");
    for _ in 0..5 {
        assert_eq!(from(hall, "", "bu-sri", "wrong").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    for (what, address, cookie, handle, status) in [
        ("the stranger waits", hall, "", "bu-sri", StatusCode::TOO_MANY_REQUESTS),
        ("her own browser does not", hall, browser, "bu-sri", StatusCode::SEE_OTHER),
        ("nor does she anywhere else", [10, 0, 0, 2], "", "bu-sri", StatusCode::SEE_OTHER),
        ("nor do others in the hall", hall, "", "pak-lurah", StatusCode::SEE_OTHER),
        ("her browser is not theirs", hall, browser, "bu-tuti", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(from(address, cookie, handle, &right).await.status, status, "{what}");
    }
    for n in 0..45 {
        from([10, 0, 1, n], "", "bu-sri", "wrong").await;
    }
    let anywhere = from([10, 0, 0, 3], "", "bu-sri", &right).await;
    assert_eq!(anywhere.status, StatusCode::TOO_MANY_REQUESTS, "guessed from very many addresses");
    assert_eq!(from(hall, browser, "bu-sri", &right).await.status, StatusCode::SEE_OTHER);
    house.clock.fetch_add(6_000_000, Ordering::Relaxed);
    assert_eq!(from([10, 0, 0, 3], "", "bu-sri", &right).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn sessions_are_seen_and_ended() {
    let house = house();
    let (first, second) = (house.sign_in("bu-sri").await, house.sign_in("bu-sri").await);
    assert_ne!(first, second);
    let me = house.get("/me", &[("cookie", &first), ("accept", "text/html")]).await;
    assert_eq!(me.body.matches(r#"action="/me/sessions/end""#).count(), 2, "{}", me.body);
    assert_eq!(me.headers[header::CACHE_CONTROL], "no-store");
    house.post("/me/sessions/end-others", &[("cookie", &first)], "").await;
    assert_eq!(house.get("/me", &[("cookie", &second)]).await.status, StatusCode::SEE_OTHER);
    let changed =
        format!("current={PASSWORD}&new=a+longer+sentence&again=a+longer+sentence").replace(' ', "+");
    let changed = house.post("/me/password", &[("cookie", &first)], &changed).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    assert_eq!(
        house.get("/me", &[("cookie", &first)]).await.status,
        StatusCode::SEE_OTHER,
        "the token was rotated"
    );
    house.clock.fetch_add(13 * 3600 * 1_000_000, Ordering::Relaxed);
    let cookie =
        changed.headers[header::SET_COOKIE].to_str().expect("text").split(';').next().expect("a cookie");
    assert_eq!(
        house.get("/me", &[("cookie", cookie)]).await.status,
        StatusCode::SEE_OTHER,
        "left alone too long"
    );
}

#[tokio::test]
async fn an_administrator_keeps_the_accounts() {
    let house = house();
    let admin = house.sign_in("pak-lurah").await;
    let with = [("cookie", admin.as_str()), ("accept", "application/json")];
    let page = house.get("/staff", &[("cookie", &admin), ("accept-language", "en")]).await;
    assert!(page.body.contains("bu-sri") && page.body.contains("Petugas"), "{}", page.body);
    let short = house
        .post(
            "/staff",
            &[("cookie", &admin), ("accept", "text/html")],
            "handle=mbak-rini&lang=ko&password=short",
        )
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        short.body.contains(r#"value="mbak-rini""#) && short.body.contains(r#"id="password-error""#),
        "{}",
        short.body
    );
    let opened = house.post("/staff", &with, "handle=mbak-rini&lang=ko&password=long+enough+by+far").await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
    let account: serde_json::Value = serde_json::from_str(&opened.body).expect("JSON");
    let staff = account["staff"].as_str().expect("an id");
    let taken = house.post("/staff", &with, "handle=mbak-rini&lang=ko&password=long+enough+by+far").await;
    assert!(taken.body.contains("staff.handle_taken"), "{}", taken.body);
    let granted =
        house.post(&format!("/staff/{staff}/roles"), &with, "role=teller&place=34.02.05.2003&book=").await;
    assert_eq!(granted.status, StatusCode::CREATED, "{}", granted.body);
    let one: serde_json::Value = serde_json::from_str(&granted.body).expect("JSON");
    let entry = one["roles"][0]["entry"].as_str().expect("an id");
    let page = house.get(&format!("/staff/{staff}"), &[("cookie", &admin)]).await;
    assert!(page.body.contains("Petugas bank sampah"), "{}", page.body);
    assert!(page.body.contains(&format!(r#"<option value="{BOOK}">Bank Melati · {VILLAGE}</option>"#)));
    for (place, book, says) in [
        (VILLAGE, BOOK, BOOK),
        ("34", BOOK, BOOK),
        ("34.02.05.2004", BOOK, "staff.book_elsewhere"),
        (VILLAGE, "01m86rrdeyea1vg7rzwg1z4zfb", "staff.no_book"),
        (VILLAGE, "Melati", "staff.no_book"),
    ] {
        let ask = format!("role=teller&place={place}&book={book}");
        let answer = house.post(&format!("/staff/{staff}/roles"), &with, &ask).await;
        assert!(answer.body.contains(says), "{place} {book}: {}", answer.body);
    }
    let revoked = house.post(&format!("/staff/{staff}/roles/revoke"), &with, &format!("grant={entry}")).await;
    assert_eq!(revoked.status, StatusCode::CREATED, "{}", revoked.body);
    let closed = house.post(&format!("/staff/{staff}/close"), &with, "").await;
    assert_eq!(closed.status, StatusCode::CREATED, "{}", closed.body);
    let teller = house.sign_in("bu-sri").await;
    assert_eq!(house.get("/staff", &[("cookie", &teller)]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_file_is_taken_up_to_its_limit() {
    let house = house();
    let send = |size: usize, announced: Option<u64>| {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{}\r\n--x--\r\n",
            "a".repeat(size)
        );
        let mut request = Request::post("/leaf")
            .header("content-type", "multipart/form-data; boundary=x")
            .header("accept", "application/json");
        if let Some(announced) = announced {
            request = request.header("content-length", announced);
        }
        house.ask(request.body(Body::from(body)).expect("well formed"))
    };
    assert_eq!(send(1000, None).await.body, "1000");
    let large = send(100_000, None).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.body.contains("web.file_too_large"), "{}", large.body);
    assert_eq!(send(10, Some(2_000_000_000)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(send(0, None).await.body.contains("web.no_file"));
    let form = house.post("/leaf", &[("accept", "application/json")], "file=x").await;
    assert_eq!(form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_form_of_very_many_fields_fills_no_memory() {
    let house = house();
    let send = |count: usize, file: &str, content: usize| {
        let content = "a".repeat(content);
        let one = format!("--x\r\nContent-Disposition: form-data; name=\"n\"{file}\r\n\r\n{content}\r\n");
        let request = Request::post("/leaf")
            .header("content-type", "multipart/form-data; boundary=x")
            .header("accept", "application/json")
            .body(Body::from(format!("{}--x--\r\n", one.repeat(count))));
        house.ask(request.expect("well formed"))
    };
    for (count, file, content, code) in [
        (200, "", 1, "web.no_file"),
        (201, "", 1, "web.form_too_large"),
        (17, "", 64_000, "web.form_too_large"),
        (20, "; filename=\"a.csv\"", 0, "web.no_file"),
        (21, "; filename=\"a.csv\"", 0, "web.form_too_large"),
    ] {
        let answer = send(count, file, content).await;
        assert!(answer.body.contains(code), "{count} of {content} bytes: {}", answer.body);
    }
}

/// Ever more of the same, as fast as it is taken; counts what was.
struct Endless {
    begin: Option<Bytes>,
    taken: Arc<AtomicI64>,
}

impl axum::body::HttpBody for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;
    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut task::Context<'_>,
    ) -> task::Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let bytes = self.begin.take().unwrap_or_else(|| Bytes::from_static(&[b'a'; 16 * 1024]));
        let taken = self.taken.fetch_add(bytes.len() as i64, Ordering::Relaxed);
        task::Poll::Ready((taken < 64 << 20).then_some(Ok(Frame::data(bytes))))
    }
}

#[tokio::test]
async fn a_form_whose_head_has_no_end_fills_no_memory() {
    let house = house();
    for begin in [
        "",
        "--x\r\nContent-Disposition: form-data; name=\"",
        "--x\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--x\r\nX-",
        "--x",
    ] {
        let taken = Arc::new(AtomicI64::new(0));
        let body = Endless { begin: Some(Bytes::from_static(begin.as_bytes())), taken: taken.clone() };
        let request = Request::post("/leaf")
            .header("content-type", "multipart/form-data; boundary=x")
            .header("accept", "application/json");
        let answer = house.ask(request.body(Body::new(body)).expect("well formed")).await;
        let taken = taken.load(Ordering::Relaxed);
        assert!(taken < 200_000, "{begin}: {taken} bytes were kept");
        assert!(answer.status.is_client_error(), "{begin}: {}", answer.body);
    }
}
