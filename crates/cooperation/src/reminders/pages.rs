//! What is late and what falls due in a region, and the calendar of it.

pub(super) mod outbox;

use std::hash::{DefaultHasher, Hash, Hasher};

use askama::Template;
use kernel::{Day, EntryId, Fault, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, Cx, Frame, Lang, List, ListAsk, Listed, Query, Reply, Voice, Word, staff};

use super::calendar::{Event, calendar};
use super::rules::{self, Due, DueKind, Refusal};
use super::tables::{self, CalendarLink};
use super::{KeepCalendar, SeeDue};

/// Days ahead when nothing else is asked for.
const AHEAD: i64 = 30;
/// Nobody looks farther ahead.
const AHEAD_MAX: i64 = 366;
/// Days ahead that a calendar holds.
const CALENDAR_AHEAD: i32 = 366;
/// No person has more links in a region.
const LINKS_MAX: i64 = 10;

/// What is asked of the list.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct DueAsk {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: Option<String>,
    /// How many days ahead.
    #[serde(default)]
    days: Option<i64>,
}

#[derive(Template)]
#[template(path = "reminders/due.html")]
struct DuePage {
    frame: Frame,
    place: PlaceCode,
    list: Listed,
    sentence: String,
    days: i64,
    /// The addresses of the reader's calendars; nothing for a guest.
    links: Vec<(CalendarLink, String)>,
    signed_in: bool,
    /// Where the reader wants letters; empty: nowhere.
    address: String,
}

/// What is late, what falls due and what waits, in one sentence.
fn sentence(voice: &Voice, all: &[Due], days: i64) -> String {
    let late: Vec<Day> = all.iter().filter(|it| it.is_late).filter_map(|it| it.due).collect();
    let soon = all.iter().filter(|it| !it.is_late && it.due.is_some()).count();
    let steps = all.iter().filter(|it| it.kind == DueKind::Step).count();
    let said = match late.iter().min() {
        Some(since) => voice.say("reminders-late").with("late", late.len()).with("since", *since),
        None => voice.say("reminders-none-late"),
    };
    said.with("soon", soon).with("days", days).with("steps", steps).to_string()
}

fn listed(all: &[Due], ask: DueAsk, cx: &Cx<SeeDue>) -> Listed {
    let (lang, DueAsk { q, sort, page, .. }) = (cx.lang.code(), ask);
    List::new("due")
        .column("what", "reminders-what", move |it: &Due| it.what.named(lang).to_owned())
        .link(|it| it.path.clone())
        .column("of", "reminders-of", move |it| it.of.named(lang).to_owned())
        .column("kind", "reminders-kind", |it| Word::new(format!("reminders-kind-{}", it.kind)))
        .column("who", "reminders-who", move |it| it.who.named(lang).to_owned())
        .column("due", "reminders-day", |it| it.due)
        .column("since", "reminders-since", |it| it.since)
        .column("state", "reminders-state", |it| match (it.is_late, it.due) {
            (true, _) => Value::Badge("bad", "reminders-state-late".into()),
            (false, Some(_)) => Value::Badge("warn", "reminders-state-due".into()),
            (false, None) => Value::Badge("info", "reminders-state-waits".into()),
        })
        .of(all, &ListAsk { q, sort, page }, cx.voice(), cx.want)
}

/// What programs are told.
#[derive(Serialize)]
struct DueData<'a> {
    summary: String,
    due: &'a [Due],
}

pub(super) async fn due(cx: Cx<SeeDue>, Query(ask): Query<DueAsk>) -> Reply {
    let days = ask.days.unwrap_or(AHEAD);
    if !(0..=AHEAD_MAX).contains(&days) {
        return Err(Stop::from(Refusal::TooFar { most: AHEAD_MAX }).into());
    }
    let (place, reader) = (cx.place().clone(), cx.visit().signed_in.as_ref().map(|person| person.staff));
    let here = place.clone();
    let (known, links, address) = cx
        .read(move |view| {
            let (links, address) = match reader {
                Some(staff) => (tables::links(view, &here, staff)?, tables::address(view, &here, staff)?),
                None => (Vec::new(), None),
            };
            let address = address.map_or_else(String::new, |kept| kept.address);
            Ok((tables::known(view, &here)?, links, address))
        })
        .await?;
    let all = rules::due(&known, cx.today, i32::try_from(days).unwrap_or(0));
    let list = listed(&all, ask, &cx);
    let summary = sentence(cx.voice(), &all, days);
    let data = DueData { summary: summary.clone(), due: &all };
    let origin = origin(&cx);
    let with_path = |link: CalendarLink| {
        let path = format!("{origin}/regions/{place}/due/calendar/{}", link.token);
        (link, path)
    };
    let links = links.into_iter().map(with_path).collect();
    cx.page_and_list(&data, list, |frame, list| DuePage {
        frame,
        place: place.clone(),
        list,
        sentence: summary,
        days,
        links,
        signed_in: reader.is_some(),
        address,
    })
}

/// The address by which people reach the site, where it knows it.
fn origin(cx: &Cx<SeeDue>) -> String {
    cx.site().settings.origins.first().cloned().unwrap_or_default()
}

/// What the forms about calendar links send.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct LinkAsk {
    /// Made with the form; it also becomes the id of a new link.
    id: EntryId,
}

pub(super) async fn make(cx: Cx<KeepCalendar>, Ask(ask): Ask<LinkAsk>) -> Reply {
    let (place, staff) = (cx.place().clone(), cx.person()?.staff);
    let mut secret = [0u8; 32];
    getrandom::fill(&mut secret).map_err(|error| Fault::because("making a secret link", error))?;
    let token = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let link = CalendarLink { id: ask.id, token, staff, lang: cx.lang.code().to_owned(), created: cx.at };
    let here = place.clone();
    let made = cx
        .once(
            ask.id,
            ask,
            move |work, _| {
                if tables::links(work, &place, staff)?.len() as i64 >= LINKS_MAX {
                    return Err(Refusal::TooMany { most: LINKS_MAX }.into());
                }
                Ok(tables::keep(work, &place, &link)?)
            },
            move |view| Ok(tables::links(view, &here, staff)?),
        )
        .await?;
    cx.saved_saying(format!("/regions/{}/due", cx.place()), "reminders-done-made", &made)
}

pub(super) async fn end(cx: Cx<KeepCalendar>, Ask(_): Ask<LinkAsk>) -> Reply {
    let (place, staff, id) = (cx.place().clone(), cx.person()?.staff, cx.param("link")?);
    let left = cx
        .write(move |work| {
            tables::end(work, staff, id)?;
            Ok(tables::links(work, &place, staff)?)
        })
        .await?;
    cx.saved_saying(format!("/regions/{}/due", cx.place()), "reminders-done-ended", &left)
}

/// The calendar behind a secret link, while its owner has an account.
pub(super) async fn fetch(cx: Cx<SeeDue>) -> Reply {
    let (place, token): (_, String) = (cx.place().clone(), cx.param("token")?);
    let (known, lang) = cx
        .read(move |view| {
            let link = tables::link(view, &place, &token)?.ok_or(Refusal::NoLink)?;
            let owner = staff::account(view, link.staff)?.filter(|account| !account.closed);
            owner.ok_or(Refusal::NoLink)?;
            Ok((tables::known(view, &place)?, link.lang))
        })
        .await?;
    let lang = Lang::ALL.into_iter().find(|known| known.code() == lang).unwrap_or(cx.lang);
    let voice = Voice::new(&cx.site().words, lang, cx.site().settings.offset_minutes);
    let (lang, origin) = (lang.code(), origin(&cx));
    let events: Vec<Event> = rules::due(&known, cx.today, CALENDAR_AHEAD)
        .iter()
        .filter_map(|it| {
            let key = if it.is_late { "reminders-event-late" } else { "reminders-event" };
            Some(Event {
                uid: it.uid.clone(),
                day: it.due?,
                summary: voice.say(key).with("what", it.what.named(lang).to_owned()).to_string(),
                description: voice
                    .say("reminders-event-more")
                    .with("of", it.of.named(lang).to_owned())
                    .with("who", it.who.named(lang).to_owned())
                    .to_string(),
                url: if origin.is_empty() { String::new() } else { format!("{origin}{}", it.path) },
            })
        })
        .collect();
    let text = calendar(&voice.say("reminders-calendar-name").to_string(), &events, cx.today);
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    cx.tagged(text.into_bytes(), "text/calendar; charset=utf-8", &format!("\"{:016x}\"", hasher.finish()))
}
