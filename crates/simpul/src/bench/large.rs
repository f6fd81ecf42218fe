//! A site with a million weigh-ins: what an entry costs, and whether pages stay fast.

use std::path::Path;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, header};
use journal::{Context, Journal, Open, Paths, Via};
use kernel::{BookId, Day, Fault, Grant, MemberId, Permit, PlaceCode, Qty, Role, Rupiah, Scope, Stop};
use livelihood::waste::{self, KeepBooks, Line, SortCode, WeighedIn, demo};
use people::sheet::Wrong;
use tower::ServiceExt;
use web::Lang;

use super::{Figure, median, per_second, timed};
use crate::commands::user;
use crate::config::Config;
use crate::stages;
use crate::terminal::Terminal;

/// A large village: every tenth household of a regency's smallest, and as many as one bank has ever had.
const MEMBERS: u64 = 2000;
/// So many weigh-ins are in one file.
const FILE: u64 = 100_000;

pub fn measure(folder: &Path, entries: u64, terminal: &Terminal) -> Result<Vec<Figure>, Stop> {
    let bank = Bank::found(folder, MEMBERS, terminal)?;
    let mut progress = terminal.progress("cli-doing-bench-import");
    let mut micros = Vec::new();
    let mut booked = 0;
    while booked < entries {
        let count = FILE.min(entries - booked);
        let csv = bank.paper(booked, count);
        let (summary, _, cpu) = timed(|| bank.import(csv.as_bytes()))?;
        if summary.booked as u64 != count {
            return Err(Fault::new(format!("{} of {count} weigh-ins were booked", summary.booked)).into());
        }
        micros.push(cpu.as_secs_f64() * 1e6 / count as f64);
        booked += count;
        progress.step(booked, entries);
    }
    drop(progress);
    let (report, _, verifying) = timed(|| journal::verify(&bank.journal, &mut |_, _| {}))?;
    if !report.is_sound() {
        return Err(Fault::new("the journal of the measurement does not verify").into());
    }
    let mut progress = terminal.progress("cli-doing-refold");
    let (folded, _, folding) =
        timed(|| journal::refold(&bank.journal, &mut |done, total| progress.step(done, total)))?;
    drop(progress);
    let [counter, passbook] = pages(&bank)?;
    bank.close();
    Ok(vec![
        Figure::at_most("import-micros-per-entry", 125.0, micros[0]),
        Figure::at_least("verify-entries-per-second", 250_000.0, per_second(report.entries, verifying)),
        Figure::at_least("refold-entries-per-second", 20_000.0, per_second(folded, folding)),
        Figure::at_most("counter-ms", 5.0, counter.as_secs_f64() * 1000.0),
        Figure::at_most("passbook-ms", 5.0, passbook.as_secs_f64() * 1000.0),
    ])
}

/// A waste bank that was made up for measuring.
pub struct Bank {
    /// The journal of its site.
    pub journal: Journal,
    /// Where it is.
    pub village: PlaceCode,
    bank: BookId,
    members: Vec<MemberId>,
    permit: Permit<KeepBooks>,
    first: Day,
}

impl Bank {
    /// Makes a site with a bank of so many members.
    pub fn found(folder: &Path, members: u64, terminal: &Terminal) -> Result<Bank, Stop> {
        let mut progress = terminal.progress("cli-doing-refold");
        let mut step = |done, total| progress.step(done, total);
        let paths = Paths::folder(folder);
        let journal = Journal::open(Open { paths, chapters: stages::chapters(), progress: &mut step })?;
        let now = web::machine_clock()();
        let plan = demo::Plan {
            members: members as usize,
            households: members as usize,
            months: 1,
            last: now.day_at(420).plus(-800).month(),
            ..demo::Plan::of_a_year(now.day_at(420))
        };
        let made = demo::found(&journal, Context::operator(Via::Cli, now), plan)?;
        let members = journal.read(|view| Ok(waste::members(view, &made.village, made.bank)?))?;
        let permit = Context::operator_permit(&Scope::book(made.village.clone(), made.bank))?;
        let members = members.into_iter().map(|member| member.member).collect();
        let first = plan.last.first();
        Ok(Bank { journal, village: made.village, bank: made.bank, members, permit, first })
    }

    /// The n-th weigh-in: durable when it comes back.
    pub fn weigh_in(&self, n: u64) -> Result<(), Stop> {
        let (village, bank, permit) = (self.village.clone(), self.bank, self.permit.clone());
        let member = self.members[n as usize % self.members.len()];
        let day = self.first;
        let context = Context::operator(Via::Web, web::machine_clock()());
        self.journal.write(context, move |work| {
            // What the counter reads before it decides is read here, too.
            let desk = waste::desk(work, &village, bank, day)?;
            let scale = waste::scale(work, desk, day)?;
            std::hint::black_box(scale);
            let lines = lines(n)?;
            work.record(
                &permit,
                &WeighedIn { village, bank, member, home: None, day, lines, repaid: Rupiah::ZERO },
            )?;
            Ok(())
        })
    }

    /// Weigh-ins on paper, from the n-th on: three lines each, every member once a day.
    fn paper(&self, from: u64, count: u64) -> String {
        let mut csv = String::from("tanggal;nomor;jenis;berat\n");
        for n in from..from + count {
            let (day, number) = (self.first.plus((n / MEMBERS) as i32), n % MEMBERS + 1);
            for (sort, weight) in [("PLASTIK", 1 + n % 7), ("KARDUS", 2 + n % 5), ("BOTOL", 1 + n % 3)] {
                csv.push_str(&format!("{day};{number};{sort};{weight},{:02}\n", n % 100));
            }
        }
        csv
    }

    fn import(&self, csv: &[u8]) -> Result<waste::ImportSummary, Stop> {
        let now = web::machine_clock()();
        let context = Context::operator(Via::Import, now);
        let (file, today) = ((csv, "paper.csv"), now.day_at(420));
        let wrong = Wrong::BooksNothing;
        waste::import(&self.journal, context, &self.permit, file, today, wrong, &mut |_, _| {})
    }

    pub fn close(self) {
        self.journal.close();
    }
}

fn lines(n: u64) -> Result<Vec<Line>, Fault> {
    let prices = demo::kauman_prices();
    let weighed = prices.into_iter().take(3).map(|(sort, price)| {
        let qty =
            Qty::of(price.unit(), 1000 + (n % 900) as i64).ok_or_else(|| Fault::new("a sort has no unit"))?;
        let worth =
            price.worth(qty).and_then(Result::ok).ok_or_else(|| Fault::new("a weight has no worth"))?;
        let share =
            demo::KAUMAN_SHARE.of(worth).map_err(|error| Fault::because("the share of a worth", error))?;
        let sort: SortCode = sort.parse().map_err(|_| Fault::new("a sort of the demo has no code"))?;
        Ok(Line { sort, qty, price, worth, share })
    });
    weighed.collect()
}

/// How long the counter and a savings book take the server, at the median.
fn pages(bank: &Bank) -> Result<[Duration; 2], Stop> {
    const PASSWORD: &str = "weigh then write";
    let grant = Grant { role: Role::Teller, place: bank.village.clone(), book: None };
    user::open(&bank.journal, "teller", PASSWORD, Lang::Id, vec![grant])?;
    let site = crate::site::site(bank.journal.clone(), &Config::default())?;
    let router = web::router(site);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Fault::because("starting a runtime", error))?;
    let form = format!("handle=teller&password={}&next=/", PASSWORD.replace(' ', "+"));
    let sign_in = Request::post("/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form));
    let signed_in = runtime.block_on(answer(&router, sign_in))?;
    let cookie = signed_in.headers().get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
    let cookie = cookie
        .and_then(|cookie| cookie.split(';').next())
        .ok_or_else(|| Fault::new("the teller could not sign in"))?;
    let place = format!("/villages/{}/waste/{}", bank.village, bank.bank);
    let mut times = [Vec::new(), Vec::new()];
    for n in 0..300 {
        let member = bank.members[n * 7 % bank.members.len()];
        let paths = [format!("{place}/counter"), format!("{place}/members/{member}")];
        for (path, times) in paths.into_iter().zip(&mut times) {
            let request = Request::get(path)
                .header(header::COOKIE, cookie)
                .header(header::ACCEPT, "text/html")
                .body(Body::empty());
            let begun = Instant::now();
            let answer = runtime.block_on(answer(&router, request))?;
            times.push(begun.elapsed());
            if answer.status() != 200 {
                return Err(
                    Fault::new(format!("a page of the measurement answered {}", answer.status())).into()
                );
            }
        }
    }
    let [mut counter, mut passbook] = times;
    Ok([median(&mut counter)?, median(&mut passbook)?])
}

/// The whole answer, body included.
async fn answer(
    router: &axum::Router,
    request: Result<Request<Body>, axum::http::Error>,
) -> Result<Response<()>, Fault> {
    let request = request.map_err(|error| Fault::because("asking for a page", error))?;
    let Ok(response) = router.clone().oneshot(request).await;
    let (parts, body) = response.into_parts();
    to_bytes(body, usize::MAX).await.map_err(|error| Fault::because("reading a page", error))?;
    Ok(Response::from_parts(parts, ()))
}
