//! What is late and what falls due in a region, on the page and in a person's own calendar; on both databases.

use cooperation::demo;
use cooperation::reminders::{Mailer, Reminded, remind};
use kernel::{EntryId, Role};
use web::Lang;

use crate::story;
use crate::world::Village;

const DUE: &str = "/regions/34/due";

/// The content lines of a calendar (RFC 5545, 3.1): unfolded, each with its name and its value.
fn lines(calendar: &str) -> Vec<(String, String)> {
    assert!(calendar.ends_with("\r\n"), "{calendar:?}");
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
    let unfolded = calendar.replace("\r\n ", "");
    let content = unfolded.trim_end_matches("\r\n").split("\r\n").map(|line| {
        let (name, value) = line.split_once(':').expect("a content line");
        (name.to_owned(), value.to_owned())
    });
    content.collect()
}

fn values<'l>(lines: &'l [(String, String)], name: &str) -> Vec<&'l str> {
    lines.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
}

async fn link(at: &Village, role: Role) -> String {
    let id = EntryId::new().to_string();
    let made = at.as_role(role).send(&format!("{DUE}/calendars"), &[("id", &id)]).await.done();
    format!("{DUE}/calendar/{}", made[0]["token"].as_str().expect("a token"))
}

story! {
    /// An officer opens the page of what is due: what is late comes first, and each line says who has it and since when.
    what_is_late_comes_first_on_the_page_of_what_is_due, |at| async {
        at.write(demo::record).await.expect("recorded");
        let seen = at.guest().get(DUE).await.seen();
        assert!(seen.contains("Nothing is late; 0 fall due within 30 days; legal steps that wait: 2."), "{seen}");
        let data = at.guest().json(&format!("{DUE}?days=120")).await.data();
        assert_eq!(data["due"][0]["due"], "2026-06-30");
        assert_eq!(data["due"][0]["who"]["ko"], "욕야카르타 특별주");
        at.go_to("2026-07-11");
        let seen = at.as_role(Role::CooperationOfficer).get(DUE).await.seen();
        assert!(seen.contains("One is late, since 30 June 2026; 0 fall due within 30 days"), "{seen}");
        let data = at.guest().json(DUE).await.data();
        let kinds: Vec<&str> = data["due"].as_array().expect("lines").iter().filter_map(|it| it["kind"].as_str()).collect();
        assert_eq!(kinds, ["obligation", "step", "step"]);
        assert_eq!((&data["due"][0]["since"], &data["due"][1]["since"]), (&"2026-06-30".into(), &"2025-05".into()));
        let page = data["due"][0]["path"].as_str().expect("a page").to_owned();
        assert_eq!(at.guest().get(&page).await.status, 200);
        assert_eq!(at.guest().json(&format!("{DUE}?days=367")).await.refused(), "reminders.too_far");
        let csv = at.guest().get(&format!("{DUE}?as=csv")).await.text();
        assert!(csv.contains("Half-yearly report") && csv.contains("2026-06-30"), "{csv}");
    }
}

story! {
    /// A partner in Andong gives a calendar program the secret link; it holds whole days, in Korean, until it is taken away.
    a_calendar_is_fetched_by_its_secret_link_until_it_is_taken_away, |at| async {
        at.write(demo::record).await.expect("recorded");
        at.go_to("2026-07-11");
        let path = link(at, Role::CooperationOfficer).await;
        let answer = at.guest().get(&path).await;
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
        let tag = answer.header("etag").to_owned();
        let text = answer.text();
        let lines = lines(&text);
        assert_eq!(values(&lines, "BEGIN").len(), values(&lines, "END").len());
        assert_eq!(values(&lines, "DTSTART;VALUE=DATE"), ["20260630", "20261231", "20270630"]);
        assert_eq!(values(&lines, "DTEND;VALUE=DATE"), ["20260701", "20270101", "20270701"]);
        let mut ids = values(&lines, "UID");
        ids.dedup();
        assert_eq!(ids.len(), 3, "{text}");
        assert!(values(&lines, "SUMMARY")[0].starts_with("Late: Half-yearly report"), "{text}");
        let again = at.guest().get_unless(&path, &tag).await;
        assert_eq!((again.status, again.text().as_str()), (304, ""));
        let other = at.guest().get_unless(&path, "\"other\"").await;
        assert_eq!(other.status, 200);

        let nobody = at.guest().json(&format!("{DUE}/calendar/{}", "0".repeat(64))).await;
        assert_eq!(nobody.refused(), "reminders.no_link");
        let links = at.as_role(Role::CooperationOfficer).get(DUE).await.text();
        let id = links.split("/due/calendars/").nth(1).and_then(|rest| rest.split("/end").next()).expect("a link").to_owned();
        let fields = [("id", id.as_str())];
        // Somebody else cannot take it away.
        at.as_role(Role::Administrator).send(&format!("{DUE}/calendars/{id}/end"), &fields).await.done();
        assert_eq!(at.guest().get(&path).await.status, 200);
        at.as_role(Role::CooperationOfficer).send(&format!("{DUE}/calendars/{id}/end"), &fields).await.done();
        assert_eq!(at.guest().json(&path).await.refused(), "reminders.no_link");
        for _ in 0..10 {
            link(at, Role::CooperationOfficer).await;
        }
        let id = EntryId::new().to_string();
        let more = at.as_role(Role::CooperationOfficer).send(&format!("{DUE}/calendars"), &[("id", &id)]).await;
        assert_eq!(more.refused(), "reminders.too_many");
        let guest = at.guest().send(&format!("{DUE}/calendars"), &[("id", &id)]).await;
        assert_eq!(guest.refused(), "web.sign_in_first");
    }
}

/// A mail server that takes or leaves letters, and keeps those that it took.
struct PostOffice {
    port: u16,
    taken: std::sync::Arc<std::sync::Mutex<Vec<String>>>,
    is_open: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

impl PostOffice {
    fn open() -> PostOffice {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let office =
            PostOffice { port, taken: Default::default(), is_open: std::sync::Arc::new(true.into()) };
        let (taken, is_open) = (office.taken.clone(), office.is_open.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.expect("a connection");
                serve(stream, &taken, is_open.load(std::sync::atomic::Ordering::Relaxed));
            }
        });
        office
    }
    fn mailer(&self) -> Mailer {
        Mailer { host: "127.0.0.1".to_owned(), port: self.port, from: "simpul@example.org".to_owned() }
    }
}

fn serve(mut stream: std::net::TcpStream, taken: &std::sync::Mutex<Vec<String>>, is_open: bool) {
    use std::io::{BufRead, BufReader, Write};
    let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
    let mut say = move |text: &str| write!(stream, "{text}\r\n").expect("said");
    say("220 post.example.org");
    let mut letter: Option<String> = None;
    while let Some(Ok(line)) = lines.next() {
        match (&mut letter, line.as_str()) {
            (Some(text), ".") => {
                taken.lock().expect("the letters").push(std::mem::take(text));
                letter = None;
                say("250 taken");
            }
            (Some(text), line) => text.push_str(&format!("{line}\n")),
            (None, line) if line.starts_with("RCPT") && !is_open => say("451 try again later"),
            (None, "DATA") => {
                letter = Some(String::new());
                say("354 go on");
            }
            (None, "QUIT") => return say("221 bye"),
            (None, _) => say("250 fine"),
        }
    }
}

async fn run(at: &Village, mailer: Option<Mailer>) -> Reminded {
    let (site, now) = (at.site.clone(), at.now());
    let done = tokio::task::spawn_blocking(move || remind(&site, now, mailer.as_ref())).await;
    done.expect("runs").expect("reminded")
}

story! {
    /// An officer leaves an address: without a server the letter waits, a server that is closed is tried again, and one day
    /// has one letter.
    a_letter_waits_until_a_server_takes_it, |at| async {
        at.write(demo::record).await.expect("recorded");
        at.go_to("2026-07-11");
        let officer = at.as_role(Role::CooperationOfficer);
        let wrong = officer.send(&format!("{DUE}/mail"), &[("address", "ratna at kantor")]).await;
        assert_eq!(wrong.refused(), "reminders.no_address");
        officer.clone().lang(Lang::Ko).send(&format!("{DUE}/mail"), &[("address", "ratna@example.org")]).await.done();
        let office = PostOffice::open();
        let count = |made, sent, failed, waiting| Reminded { made, sent, failed, waiting };

        assert_eq!(run(at, None).await, count(1, 0, 0, 1));
        let seen = officer.get(&format!("{DUE}/outbox")).await.seen();
        assert!(seen.contains("ratna@example.org") && seen.contains("waits"), "{seen}");
        office.is_open.store(false, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(run(at, Some(office.mailer())).await, count(0, 0, 1, 1));
        let seen = officer.get(&format!("{DUE}/outbox")).await.seen();
        assert!(seen.contains("failed") && seen.contains("try again later"), "{seen}");
        office.is_open.store(true, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(run(at, Some(office.mailer())).await, count(0, 1, 0, 0));
        assert_eq!(run(at, Some(office.mailer())).await, count(0, 0, 0, 0));
        let letters = office.taken.lock().expect("the letters").clone();
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("To: ratna@example.org") && letters[0].contains("From: simpul@example.org"));
        assert!(letters[0].is_ascii() && letters[0].contains("Subject: Simpul: =?utf-8?b?"), "{}", letters[0]);
        let rows = officer.json(&format!("{DUE}/outbox")).await.data();
        assert_eq!((rows["total"].as_i64(), rows["rows"][0]["attempts"].as_i64()), (Some(1), Some(2)));
        assert!(rows["rows"][0]["body"].as_str().expect("a letter").contains("반기 협력 보고서"));
        assert_eq!(at.as_role(Role::PartnerReader).json(&format!("{DUE}/outbox")).await.refused(), "web.not_yours");

        at.go_to("2026-07-12");
        at.as_role(Role::CooperationOfficer).send(&format!("{DUE}/mail"), &[("address", "")]).await.done();
        assert_eq!(run(at, Some(office.mailer())).await, count(0, 0, 0, 0));
    }
}
