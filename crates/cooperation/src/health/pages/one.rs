//! How a cooperation is: its state, why, since when; its history as a band; the signals with what is behind each.

use askama::Template;
use journal::View;
use kernel::{Day, Permit, Stop};
use serde::Serialize;
use web::{Cx, Fragment, Frame, Reply, SlotAt};

use crate::agreements::{self, Cooperation};
use crate::health::rules::{Event, Judged, Reason, RulesOn, Span, history, judge, rules_of};
use crate::health::{SeeHealth, tables};

/// How a cooperation is.
#[derive(Debug, Serialize)]
pub(crate) struct Health {
    cooperation: Cooperation,
    today: Day,
    #[serde(flatten)]
    now: Judged,
    rules: RulesOn,
    history: Vec<Span>,
    /// What is recorded, the latest first.
    events: Vec<Event>,
}

fn read(view: &mut View<'_, '_>, at: &SlotAt, today: Day) -> Result<Health, Stop> {
    let book = at.book.ok_or(agreements::Refusal::NoCooperation)?;
    let cooperation =
        agreements::cooperation(view, &at.village, book)?.ok_or(agreements::Refusal::NoCooperation)?;
    let sets = tables::rule_sets(view, &at.village)?;
    let record = tables::record(view, cooperation, today)?;
    let rules = rules_of(&sets, today);
    let (now, history) = (judge(&record, &rules.rules, today), history(&record, &sets, today));
    let events = record.events.into_iter().rev().collect();
    Ok(Health { cooperation: record.cooperation, today, now, rules, history, events })
}

/// A reason in a sentence.
fn sentence(frame: &Frame, reason: &Reason) -> String {
    let said = frame.say(format!("health-reason-{}", reason.name)).with("n", reason.n).with("of", reason.of);
    match reason.day {
        Some(day) => said.with("day", day).to_string(),
        None => said.to_string(),
    }
}

impl Health {
    fn state(&self, frame: &Frame) -> String {
        frame.say(format!("health-state-{}", self.now.state)).to_string()
    }
    /// The first day of the state that it is in.
    fn since(&self) -> Day {
        self.history.last().map_or(self.today, |span| span.from)
    }
    fn lead(&self, frame: &Frame) -> String {
        let days = i64::from(self.today.days_since(self.since()));
        let said = frame.say("health-since").with("day", self.since()).with("days", days).to_string();
        format!("{said} {}", sentence(frame, &self.now.why))
    }
}

/// A stretch of the band, in the picture and in its table.
struct Stretch {
    class: usize,
    x: String,
    width: String,
    state: String,
    from: Day,
    to: Day,
}

/// A year below the band.
struct Year {
    x: String,
    text: String,
}

const WIDTH: f64 = 704.0;
const LEFT: f64 = 8.0;

struct Shown {
    name: String,
    rule: String,
    weight: i64,
    percent: Option<i64>,
    reason: String,
    behind: Vec<Event>,
}

#[derive(Template)]
#[template(path = "health/pages/one.html")]
struct HealthPage<'a> {
    page: &'a Health,
    band: Vec<Stretch>,
    years: Vec<Year>,
    signals: Vec<Shown>,
    frame: Frame,
}

impl<'a> HealthPage<'a> {
    fn new(frame: Frame, page: &'a Health) -> HealthPage<'a> {
        let first = page.history.first().map_or(page.today, |span| span.from);
        let whole = f64::from(page.today.days_since(first).max(1));
        let place = |day: Day| LEFT + f64::from(day.days_since(first)) / whole * WIDTH;
        let stretch = |span: &Span| {
            let end = if span.to == page.today { span.to } else { span.to.plus(1) };
            let (from, to) = (place(span.from), place(end));
            Stretch {
                class: span.state as usize + 1,
                x: format!("{from:.1}"),
                width: format!("{:.1}", (to - from).max(1.0)),
                state: frame.say(format!("health-state-{}", span.state)).to_string(),
                from: span.from,
                to: span.to,
            }
        };
        let band = page.history.iter().map(stretch).collect();
        let (from, to) = (first.parts().0 + 1, page.today.parts().0);
        let every = usize::try_from((to - from) / 10).unwrap_or(0) + 1;
        let january = |year: i16| Some((year, Day::new(year, 1, 1)?));
        let years = (from..=to)
            .step_by(every)
            .filter_map(january)
            .map(|(year, day)| Year { x: format!("{:.1}", place(day)), text: year.to_string() });
        let years = years.collect();
        let signals = page.now.signals.iter().map(|signal| Shown {
            name: frame.say(format!("health-signal-{}", signal.kind)).to_string(),
            rule: frame
                .say(format!("health-rule-{}", signal.kind))
                .with("silent", page.rules.rules.silent_days)
                .with("visits", page.rules.rules.visits_wanted)
                .to_string(),
            weight: signal.weight,
            percent: signal.percent,
            reason: sentence(&frame, &signal.reason),
            behind: signal.behind.clone(),
        });
        let signals = signals.collect();
        HealthPage { page, band, years, signals, frame }
    }
    fn name<'e>(&self, event: &'e Event) -> &'e str {
        event.what.named(self.frame.lang.code())
    }
    fn kind(&self, event: &Event) -> String {
        self.frame.say(format!("health-event-{}", event.kind)).to_string()
    }
    /// By which rules it is judged.
    fn judged_by(&self) -> String {
        let source = self.page.rules.source.as_str();
        match self.page.rules.from {
            None => self.frame.say("health-by-shipped").with("source", source).to_string(),
            Some(day) => self.frame.say("health-by-set").with("day", day).with("source", source).to_string(),
        }
    }
}

pub(crate) async fn health(cx: Cx<SeeHealth>) -> Reply {
    let at = SlotAt { village: cx.place().clone(), book: Some(cx.book()), household: None, instrument: None };
    let today = cx.today;
    let health = cx.read(move |view| read(view, &at, today)).await?;
    cx.page(&health, |frame| HealthPage::new(frame, &health))
}

#[derive(Template)]
#[template(path = "health/pages/in_cooperation.html")]
struct InCooperation<'a> {
    frame: &'a Frame,
    class: &'static str,
    state: String,
    lead: String,
    path: String,
}

/// How it is, on the page of the cooperation.
pub(crate) fn in_cooperation(
    view: &mut View<'_, '_>,
    _: &Permit<SeeHealth>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    if at.book.is_none() {
        return Ok(None);
    }
    let health = read(view, at, frame.today())?;
    let part = InCooperation {
        frame,
        class: health.now.state.class(),
        state: health.state(frame),
        lead: health.lead(frame),
        path: health.cooperation.path("/health"),
    };
    Ok(Some(Fragment::new("health", &part, &health.now)?))
}
