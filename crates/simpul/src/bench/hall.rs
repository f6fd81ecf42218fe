//! A hall full of telephones: each opens the page, joins and supports a proposal, through the whole web around it.

use std::path::Path;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use kernel::{EntryId, Fault, Grant, Role, Stop};
use serde_json::Value;
use tower::ServiceExt;
use web::Lang;

use super::Figure;
use super::large::Bank;
use crate::commands::user;
use crate::config::Config;
use crate::terminal::Terminal;

const PHONES: usize = 300;
/// From one telephone to the next: all of them in six seconds, ten times as fast as in a minute.
const BETWEEN: Duration = Duration::from_millis(20);
const PASSWORD: &str = "a hall full of phones";

pub fn measure(folder: &Path, terminal: &Terminal) -> Result<Vec<Figure>, Stop> {
    let bank = Bank::found(folder, 8, terminal)?;
    let grant = Grant { role: Role::VillageOfficer, place: bank.village.clone(), book: None };
    user::open(&bank.journal, "officer", PASSWORD, Lang::Id, vec![grant])?;
    let router = web::router(crate::site::site(bank.journal.clone(), &Config::default())?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Fault::because("starting a runtime", error))?;
    let today = web::machine_clock()().day_at(420);
    let place = format!("/places/{}", bank.village);
    let mut times = runtime.block_on(async {
        let (hall, proposal, code) = open(&router, &place, &today.to_string()).await?;
        let mut phones = tokio::task::JoinSet::new();
        for n in 0..PHONES {
            let (router, hall, proposal, code) =
                (router.clone(), hall.clone(), proposal.clone(), code.clone());
            phones.spawn(async move {
                tokio::time::sleep(BETWEEN * u32::try_from(n).unwrap_or(u32::MAX)).await;
                phone(&router, &hall, &proposal, &code).await
            });
        }
        let mut times = Vec::new();
        while let Some(phone) = phones.join_next().await {
            times.extend(phone.map_err(|error| Fault::because("waiting for a telephone", error))??);
        }
        let screen = Asked::get(format!("{hall}/screen")).send(&router).await?.data;
        if screen["proposals"][0]["support"] != PHONES {
            return Err(Fault::new("the support of a telephone was lost"));
        }
        Ok::<_, Fault>(times)
    })?;
    bank.close();
    times.sort();
    let last = times.len() * 99 / 100;
    let p99 = times.get(last).ok_or_else(|| Fault::new("nothing was measured"))?;
    Ok(vec![Figure::at_most("phones-p99-ms", 100.0, p99.as_secs_f64() * 1000.0)])
}

/// A meeting of today with a proposal and an open hall: the hall, the proposal, the code on its wall.
async fn open(router: &axum::Router, place: &str, today: &str) -> Result<(String, String, String), Fault> {
    let fields = [("handle", "officer"), ("password", PASSWORD), ("next", "/")];
    let cookie = Asked::post("/sign-in", &fields).send(router).await?.cookie;
    let enter = async |path: String, fields: &[(&str, &str)]| {
        let id = EntryId::new().to_string();
        let mut all = vec![("id", id.as_str())];
        all.extend_from_slice(fields);
        let data = Asked::post(&path, &all).cookie(&cookie).send(router).await?.data;
        Ok::<_, Fault>((id, data))
    };
    let call = [
        ("kind", "village"),
        ("name_id", "Muskal"),
        ("day", today),
        ("starts", "19:30"),
        ("zone", "jakarta"),
        ("venue", "Balai"),
    ];
    let (meeting, _) = enter(format!("{place}/meetings"), &call).await?;
    let (proposal, _) = enter(format!("{place}/proposals"), &[("title", "Lampu jalan")]).await?;
    enter(format!("{place}/proposals/{proposal}/put"), &[("on", &meeting)]).await?;
    let hall = format!("{place}/meetings/{meeting}/hall");
    let (_, opened) = enter(format!("{hall}/open"), &[("most", "300")]).await?;
    let code = opened["codes"][0][1].as_str().ok_or_else(|| Fault::new("the hall was not opened"))?;
    Ok((hall, proposal, code.to_owned()))
}

/// How long each answer took that one telephone waited for.
async fn phone(
    router: &axum::Router,
    hall: &str,
    proposal: &str,
    code: &str,
) -> Result<Vec<Duration>, Fault> {
    let looked = Asked::get(format!("{hall}?code={code}")).send(router).await?;
    let id = EntryId::new().to_string();
    let join = [("id", id.as_str()), ("code", code)];
    let joined = Asked::post(&format!("{hall}/join"), &join).cookie(&looked.cookie).send(router).await?;
    let id = EntryId::new().to_string();
    let support = [("id", id.as_str()), ("proposal", proposal)];
    let supported =
        Asked::post(&format!("{hall}/support"), &support).cookie(&looked.cookie).send(router).await?;
    Ok(vec![looked.took, joined.took, supported.took])
}

struct Asked {
    method: &'static str,
    path: String,
    cookie: String,
    form: String,
}

struct Answered {
    took: Duration,
    cookie: String,
    data: Value,
}

impl Asked {
    fn get(path: String) -> Asked {
        Asked { method: "GET", path, cookie: String::new(), form: String::new() }
    }
    fn post(path: &str, fields: &[(&str, &str)]) -> Asked {
        let pairs = fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+")));
        let form = pairs.collect::<Vec<_>>().join("&");
        Asked { method: "POST", path: path.to_owned(), cookie: String::new(), form }
    }
    fn cookie(self, cookie: &str) -> Asked {
        Asked { cookie: cookie.to_owned(), ..self }
    }
    async fn send(self, router: &axum::Router) -> Result<Answered, Fault> {
        let request = Request::builder()
            .method(self.method)
            .uri(&self.path)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, self.cookie)
            .body(Body::from(self.form))
            .map_err(|error| Fault::because("asking in a hall", error))?;
        let begun = Instant::now();
        let Ok(response) = router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let body =
            to_bytes(body, usize::MAX).await.map_err(|error| Fault::because("reading an answer", error))?;
        let took = begun.elapsed();
        if parts.status.as_u16() >= 400 {
            return Err(Fault::new(format!("{} answered {}", self.path, parts.status)));
        }
        let cookie = parts.headers.get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).unwrap_or_default().to_owned();
        Ok(Answered { took, cookie, data: serde_json::from_slice(&body).unwrap_or(Value::Null) })
    }
}
