//! What people see of villages, households and groups, asked through the router itself.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use journal::{Context, Journal, Open, Paths, Via};
use kernel::{Actor, Grant, Instant, PlaceCode, Role, Scope};
use tempfile::TempDir;
use tower::ServiceExt;
use web::{Lang, Pages, Settings, Site};

const VILLAGE: &str = "34.02.05.2003";
const PASSWORD: &str = "weigh then write";
const NOW: Instant = Instant::from_micros(1_774_940_700_000_000); // 2026-03-31
const BOUNDARY: &str = "a-boundary";

struct House {
    router: Router,
    _folder: TempDir,
}

struct Answer {
    status: StatusCode,
    location: String,
    body: String,
}

/// An administrator, an officer of the village, a teller, somebody from the partner region; and four places of the list.
fn house() -> House {
    let folder = tempfile::tempdir().expect("a folder");
    let chapters: Vec<&journal::Chapter> =
        [&web::staff::CHAPTER].into_iter().chain(people::CHAPTERS.iter().copied()).collect();
    let chapters: &'static [&journal::Chapter] = Vec::leak(chapters);
    let journal =
        Journal::open(Open { paths: Paths::folder(folder.path()), chapters, progress: &mut |_, _| {} })
            .expect("opens");
    let context = Context::operator(Via::Cli, NOW);
    let manage = Actor::operator().may::<web::staff::Manage>(&Scope::site()).expect("the operator may");
    for (handle, role) in [
        ("admin", Role::Administrator),
        ("officer", Role::VillageOfficer),
        ("teller", Role::Teller),
        ("partner", Role::PartnerReader),
    ] {
        let hashed = web::staff::hash(handle, PASSWORD).expect("hashed");
        let (manage, place) = (manage.clone(), VILLAGE.parse::<PlaceCode>().expect("a code"));
        let opened = journal.write(context, move |work| {
            let staff = web::staff::open(work, &manage, handle, Lang::En)?;
            web::staff::set_password(work, &manage, staff, &hashed)?;
            web::staff::grant(work, &manage, staff, Grant { role, place, book: None })
        });
        opened.expect("opened");
    }
    let list = "code,name\n34,Daerah Istimewa Yogyakarta\n34.02,Kabupaten Bantul\n34.02.05,Bambanglipuro\n34.02.05.2003,Sumbermulyo\n";
    let permit = Context::operator_permit(&Scope::site()).expect("the operator may");
    people::places::import_regions(&journal, context, permit, list.as_bytes(), "list.csv", &mut |_, _| {})
        .expect("loads");
    let settings = Settings { clock: Arc::new(|| NOW), ..Settings::default() };
    let pages: Vec<&'static Pages> = people::PAGES.to_vec();
    let site = Site::new(journal, &pages, settings).expect("complete words");
    House { router: web::router(site), _folder: folder }
}

impl House {
    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        let location =
            parts.headers.get(header::LOCATION).map(|value| value.to_str().expect("text").to_owned());
        let body = String::from_utf8_lossy(&body).into_owned();
        Answer { status: parts.status, location: location.unwrap_or_default(), body }
    }
    fn request(&self, method: &str, path: &str, cookie: &str) -> axum::http::request::Builder {
        let path = path.replace("{v}", VILLAGE);
        Request::builder().method(method).uri(path).header("accept", "text/html").header("cookie", cookie)
    }
    async fn get(&self, cookie: &str, path: &str) -> Answer {
        self.ask(self.request("GET", path, cookie).body(Body::empty()).expect("well formed")).await
    }
    async fn json(&self, cookie: &str, path: &str) -> serde_json::Value {
        let mark = if path.contains('?') { '&' } else { '?' };
        let answer = self.get(cookie, &format!("{path}{mark}as=json")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }
    async fn post(&self, cookie: &str, path: &str, form: &str) -> Answer {
        let request =
            self.request("POST", path, cookie).header("content-type", "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(form.replace(' ', "+"))).expect("well formed")).await
    }
    async fn send(&self, cookie: &str, path: &str, name: &str, file: &str) -> Answer {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{file}\r\n--{BOUNDARY}--\r\n"
        );
        let request = self.request("POST", path, cookie).header("content-type", kind);
        self.ask(request.body(Body::from(body)).expect("well formed")).await
    }
    async fn sign_in(&self, handle: &str) -> String {
        let form = format!("handle={handle}&password={}", PASSWORD.replace(' ', "+"));
        let request =
            self.request("POST", "/sign-in", "").header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(Body::from(form)).expect("well formed");
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let cookie = response.headers()[header::SET_COOKIE].to_str().expect("text");
        cookie.split(';').next().expect("a cookie").to_owned()
    }
}

#[track_caller]
fn shows(answer: &Answer, status: u16, texts: &[&str]) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    for text in texts {
        assert!(answer.body.contains(text), "no {text} in {}", answer.body);
    }
}

#[tokio::test]
async fn a_village_is_found_and_its_page_has_sums_and_no_names() {
    let house = house();
    let found = house.json("", "/places?find=sumber").await;
    assert_eq!(found["hits"][0]["within"][1]["name"], "Bantul");
    shows(
        &house.get("", "/places?find=sumber").await,
        200,
        &["Bambanglipuro, Bantul, DI Yogyakarta", "/villages/34.02.05.2003"],
    );
    let officer = house.sign_in("officer").await;
    let named = house.post(&officer, "/villages/{v}/places", "hamlet=1&name=Padukuhan 1").await;
    assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.body);
    let wrong = house.post(&officer, "/villages/{v}/places", "hamlet=200&name=Padukuhan 2").await;
    shows(&wrong, 422, &["200", r#"value="Padukuhan 2""#]);
    let form = "head=Sri Wahyuni&hamlet=34.02.05.2003.01&rt=2&card=3402051203990001&phone=&day=2026-03-31";
    assert_eq!(house.post(&officer, "/villages/{v}/households", form).await.status, StatusCode::SEE_OTHER);
    for lang in ["en", "id", "ko"] {
        let page = house.get("", &format!("/villages/{{v}}?lang={lang}")).await;
        shows(&page, 200, &["Sumbermulyo", "Padukuhan 1"]);
        assert!(!page.body.contains("Wahyuni") && !page.body.contains("/households\""), "{}", page.body);
    }
    let sums = house.json("", "/villages/{v}").await;
    assert_eq!(sums["more"]["households"]["hamlets"][0]["households"], 1);
    assert_eq!(house.get("", "/villages/34.02.05.2004").await.status, StatusCode::NOT_FOUND);
    let named = house.post(&officer, "/villages/{v}/groups", "kind=school&name=SD Contoh").await;
    assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.body);
    shows(
        &house.post(&officer, "/villages/{v}/groups", "kind=school&name=sd contoh").await,
        409,
        &["sd contoh"],
    );
    shows(&house.get("", "/villages/{v}/groups").await, 200, &["SD Contoh", "Sekolah"]);
}

#[tokio::test]
async fn a_household_is_registered_seen_by_those_who_may_and_erased() {
    let house = house();
    let (officer, admin) = (house.sign_in("officer").await, house.sign_in("admin").await);
    shows(&house.get(&officer, "/villages/{v}/households/new").await, 200, &["name=\"head\""]);
    let wrong = house.post(&officer, "/villages/{v}/households", "head=Sri&card=123&day=2026-03-31").await;
    shows(&wrong, 422, &["16 digits", r#"value="123""#]);
    let id = kernel::EntryId::new();
    let form = format!("id={id}&head=Sri Wahyuni&card=3402051203990001&day=2026-03-31");
    let registered = house.post(&officer, "/villages/{v}/households", &form).await;
    assert_eq!(registered.status, StatusCode::SEE_OTHER, "{}", registered.body);
    let again = house.post(&officer, "/villages/{v}/households", &form).await;
    assert_eq!(again.location, registered.location, "the same form twice is one household");
    let page = registered.location.split('?').next().expect("a path").to_owned();
    for (handle, status) in [("teller", 200), ("partner", 403)] {
        let cookie = house.sign_in(handle).await;
        assert_eq!(house.get(&cookie, "/villages/{v}/households").await.status.as_u16(), status, "{handle}");
        assert_eq!(house.get(&cookie, &page).await.status.as_u16(), status, "{handle}");
    }
    let list = house.json(&officer, "/villages/{v}/households?q=wahyuni").await;
    assert_eq!((&list["total"], &list["rows"][0]["name"]), (&1.into(), &"Sri Wahyuni".into()));
    assert_eq!(house.json(&officer, "/villages/{v}/households?q=budi").await["total"], 0);
    let renamed = house.post(&officer, &format!("{page}/name"), "head=Sri Wahyuni Hadi&card=&phone=").await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{}", renamed.body);
    shows(&house.get(&officer, &page).await, 200, &["Sri Wahyuni Hadi", &format!("{page}/close")]);
    let ahead = house.post(&officer, &format!("{page}/close"), "closed=2027-01-01").await;
    shows(&ahead, 422, &["2027"]);
    let moved = house.post(&officer, &format!("{page}/move"), "rt=2&moved=2026-03-31").await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);

    let person = kernel::EntryId::new();
    let added = house.post(&officer, &format!("{page}/persons"), &format!("id={person}&name=Rara Ayu")).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    shows(&house.post(&officer, &format!("{page}/persons"), "name=").await, 422, &["Write the name"]);
    shows(&house.get(&admin, &page).await, 200, &["Rara Ayu", &format!("/persons/{person}/erase")]);
    let person = format!("/villages/{{v}}/persons/{person}/erase");
    shows(&house.get(&admin, &person).await, 200, &["Rara Ayu will be erased"]);
    let erased = house.post(&admin, &person, "ground=mistake&confirmed=true").await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
    let after = house.get(&admin, &page).await;
    assert!(after.body.contains("Sri Wahyuni Hadi") && !after.body.contains("Rara"), "{}", after.body);

    assert_eq!(house.get(&officer, &format!("{page}/erase")).await.status, StatusCode::FORBIDDEN);
    shows(&house.get(&admin, &format!("{page}/erase")).await, 200, &["Sri Wahyuni Hadi will be erased"]);
    shows(&house.post(&admin, &format!("{page}/erase"), "ground=asked").await, 422, &["Confirm"]);
    shows(
        &house.post(&admin, &format!("{page}/erase"), "ground=&confirmed=true").await,
        422,
        &["Choose the ground"],
    );
    let erased = house.post(&admin, &format!("{page}/erase"), "ground=asked&confirmed=true").await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
    let due = ["was erased on", "No backup made on this machine", "simpul backup"];
    shows(&house.get(&admin, &erased.location).await, 200, &due);
    let after = house.get(&officer, &page).await;
    shows(&after, 200, &["Name erased"]);
    assert!(!after.body.contains("Wahyuni"));
}

#[tokio::test]
async fn a_file_is_looked_at_before_it_is_booked() {
    let house = house();
    let officer = house.sign_in("officer").await;
    shows(
        &house.get(&officer, "/villages/{v}/households/import").await,
        200,
        &["30 minutes", "nama_kepala_keluarga", "dusun"],
    );
    let picture = house.send(&officer, "/villages/{v}/households/import", "a.png", "\u{0}PNG").await;
    shows(&picture, 422, &["neither CSV nor XLSX"]);
    let file = "nama;dusun;no_kk;kolom\nSri Wahyuni;Padukuhan 1;3402051203990001;x\n=Budi;Padukuhan 2;12;x\n";
    let sent = house.send(&officer, "/villages/{v}/households/import", "kk.csv", file).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let upload = sent.location;
    let first = house.json(&officer, &upload).await;
    assert_eq!((&first["new"], &first["wrong"]), (&0.into(), &2.into()));
    assert_eq!(first["problems"][0]["refused"]["code"], "households.unknown_hamlet");
    let chosen = "chosen=true&head=0&hamlet=1&card=2&name_hamlets=true";
    let preview = house.get(&officer, &format!("{upload}?{chosen}")).await;
    shows(
        &preview,
        200,
        &[
            "Sri Wahyuni",
            "12 is not the number",
            "Import one household, leave one wrong line out",
            "/rejects?",
        ],
    );
    assert!(preview.body.contains("name=\"only_good\" value=\"true\""), "the button asks for what it says");
    assert_eq!(
        preview.body.matches("name=\"only_good\"").count(),
        1,
        "a form that says it twice cannot be read"
    );
    let lacking = house.get(&officer, &format!("{upload}?chosen=true&head=0")).await;
    shows(&lacking, 422, &["padukuhan", "nama, dusun, no_kk, kolom"]);
    let rejects = house.get(&officer, &format!("{upload}/rejects?{chosen}")).await;
    shows(&rejects, 200, &["nama,dusun,no_kk,kolom,", "'=Budi,Padukuhan 2,12,x,"]);
    shows(&house.post(&officer, &upload, chosen).await, 422, &["nothing was saved"]);
    let booked = house.post(&officer, &upload, &format!("{chosen}&only_good=true")).await;
    assert_eq!((booked.status, &booked.location), (StatusCode::SEE_OTHER, &upload), "{}", booked.body);
    shows(
        &house.get(&officer, &upload).await,
        200,
        &["The file is imported", "12 is not the number", "/rejects"],
    );
    let left_out = house.get(&officer, &format!("{upload}/rejects")).await;
    shows(&left_out, 200, &["nama,dusun,no_kk,kolom,", "'=Budi,Padukuhan 2,12,x,"]);
    assert!(!left_out.body.contains("Sri"), "{}", left_out.body);
    assert_eq!(house.json(&officer, "/villages/{v}/households").await["total"], 1);
    let twice = house.post(&officer, &upload, chosen).await;
    assert_eq!((twice.status, &twice.location), (StatusCode::SEE_OTHER, &upload), "{}", twice.body);
    shows(&house.get(&officer, &upload).await, 200, &["The file is imported"]);
    assert_eq!(house.json(&officer, "/villages/{v}/households").await["total"], 1);
    let other = house.sign_in("admin").await;
    assert_eq!(
        house.get(&other, &upload).await.status,
        StatusCode::NOT_FOUND,
        "a file is its sender's alone"
    );
}
