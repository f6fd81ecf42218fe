//! All cooperations of a region, and beginning to keep one.

use std::collections::BTreeMap;

use askama::Template;
use journal::View;
use kernel::{BookId, Date, Day, Deed, EntryId, Fault, Names, PartyId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, BookAt, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply, Voice, Word, number};

use super::badge;
use crate::agreements::rules::{self, PaperState, state};
use crate::agreements::{
    Cooperation, CooperationBegun, CooperationKind, Instrument, KeepCooperations, Part, SeeCooperations,
    tables,
};
use crate::health::{self, Now, State};
use crate::parties;
use crate::reminders::{self, Due};
use crate::stages::{self, Done, Known, StepState, Track, procedure, standing};

/// A cooperation in the portfolio.
#[derive(Debug, Clone, Serialize)]
struct Line {
    #[serde(flatten)]
    cooperation: Cooperation,
    /// Who signs beside the region.
    partners: Vec<Names>,
    /// The paper that speaks for the state of the cooperation today.
    paper: Option<Paper>,
    /// How it is.
    health: Option<Now>,
    /// The next step of the law in each country.
    steps: Vec<NextStep>,
    /// What is late, the oldest first.
    late: Vec<Due>,
    #[serde(skip)]
    with: Vec<PartyId>,
}

/// The step that is next in a country.
#[derive(Debug, Clone, Serialize)]
struct NextStep {
    track: Track,
    code: &'static str,
    step: Names,
    /// Whose turn it is.
    actor: Names,
    since: Date,
}

fn next_steps(cooperation: &Cooperation, known: Known<'_>) -> Vec<NextStep> {
    let next = |track: &Track| {
        let steps = standing(procedure(cooperation.kind, *track), *track, known, cooperation.day).into_iter();
        steps.map(|it| (*track, it)).find_map(|(track, it)| match it.state {
            StepState::Next { since } => {
                Some(NextStep { track, code: it.step, step: it.names, actor: it.actor, since })
            }
            _ => None,
        })
    };
    Track::ALL.iter().filter_map(next).collect()
}

#[derive(Debug, Clone, Serialize)]
struct Paper {
    #[serde(flatten)]
    instrument: Instrument,
    standing: PaperState,
}

impl Paper {
    fn until(&self) -> Option<Date> {
        match self.standing {
            PaperState::InForce { until } => until,
            PaperState::NearExpiry { until } | PaperState::Expired { until } => Some(until),
            PaperState::Draft | PaperState::Ended { .. } => None,
        }
    }
}

/// The paper that says most about a cooperation today: of those that hold the one signed last, else the last of all.
fn speaking(papers: &[Instrument], today: Day) -> Option<Paper> {
    let standing =
        |paper: &Instrument| Paper { instrument: paper.clone(), standing: state(papers, paper, today) };
    let main = papers.iter().filter(|paper| !paper.kind.needs_parent()).map(standing);
    main.max_by_key(|paper| {
        let holds = matches!(paper.standing, PaperState::InForce { .. } | PaperState::NearExpiry { .. });
        (holds, paper.instrument.signed)
    })
}

#[derive(Template)]
#[template(path = "agreements/pages/portfolio.html")]
struct PortfolioPage {
    frame: Frame,
    place: PlaceCode,
    list: Listed,
    kinds: Vec<Choice>,
    /// How the cooperations of the region are, in one sentence.
    sentence: String,
    filters: Vec<Filter>,
    typed: BeginAsk,
}

/// A choice of what is shown: its field, its label, the choices, what is chosen.
struct Filter {
    field: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
    chosen: String,
}

/// What is asked of the portfolio; what is empty asks for all.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct PortfolioAsk {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: Option<String>,
    #[serde(default)]
    partner: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    step: String,
    #[serde(default)]
    health: String,
}

impl PortfolioAsk {
    fn shows(&self, line: &Line) -> bool {
        let fits = |asked: &str, has: Vec<String>| asked.is_empty() || has.iter().any(|one| one == asked);
        fits(&self.partner, line.with.iter().map(ToString::to_string).collect())
            && fits(&self.kind, vec![line.cooperation.kind.to_string()])
            && fits(&self.step, line.steps.iter().map(|next| next.code.to_owned()).collect())
            && fits(&self.health, line.health.iter().map(|now| now.state.to_string()).collect())
    }
}

/// What may be chosen among what is there.
fn filters(voice: &Voice, lines: &[Line], ask: &PortfolioAsk) -> Vec<Filter> {
    let lang = voice.lang.code();
    let all = || vec![Choice::new("", voice.say("agreements-all"))];
    let filter = |field, label, chosen: &str, found: BTreeMap<String, String>| {
        let mut choices = all();
        choices.extend(found.into_iter().map(|(name, code)| Choice::new(code, name)));
        Filter { field, label, choices, chosen: chosen.to_owned() }
    };
    let partners = lines.iter().flat_map(|line| line.partners.iter().zip(&line.with));
    let partners = partners.map(|(names, party)| (names.named(lang).to_owned(), party.to_string())).collect();
    let steps = lines.iter().flat_map(|line| &line.steps);
    let steps = steps.map(|next| (next.step.named(lang).to_owned(), next.code.to_owned())).collect();
    let kinds = CooperationKind::ALL.iter();
    let kinds =
        kinds.map(|kind| (voice.say(format!("agreements-kind-{kind}")).to_string(), kind.to_string()));
    let states = State::ALL.iter();
    let states =
        states.map(|state| (voice.say(format!("health-state-{state}")).to_string(), state.to_string()));
    vec![
        filter("partner", "agreements-partner", &ask.partner, partners),
        filter("kind", "agreements-kind", &ask.kind, kinds.collect()),
        filter("step", "agreements-step", &ask.step, steps),
        filter("health", "agreements-health", &ask.health, states.collect()),
    ]
}

/// How the cooperations of a region are, what is late, and who has kept a step waiting longest, in one sentence.
fn sentence(voice: &Voice, lines: &[Line]) -> String {
    if lines.is_empty() {
        return voice.say("agreements-summary-none").to_string();
    }
    let count = |state: State| {
        lines.iter().filter(|line| line.health.as_ref().is_some_and(|now| now.state == state)).count()
    };
    let late: Vec<&Due> = lines.iter().flat_map(|line| &line.late).collect();
    let said = voice
        .say("agreements-summary")
        .with("all", lines.len())
        .with("dynamic", count(State::Dynamic))
        .with("effective", count(State::Effective))
        .with("sleeping", count(State::Sleeping))
        .with("not", count(State::NotImplemented))
        .to_string();
    let said_late = match late.iter().filter_map(|it| it.due).min() {
        None => voice.say("agreements-summary-no-late").to_string(),
        Some(since) => {
            voice.say("agreements-summary-late").with("late", late.len()).with("since", since).to_string()
        }
    };
    format!("{said} {said_late}")
}

/// What the form says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct BeginAsk {
    /// Made with the form; it also becomes the book of the cooperation.
    id: EntryId,
    kind: CooperationKind,
    #[serde(default)]
    name_id: String,
    #[serde(default)]
    name_ko: String,
    #[serde(default)]
    name_en: String,
    /// As typed.
    #[serde(default)]
    day: String,
    #[serde(default)]
    source: String,
}

impl BeginAsk {
    fn blank(today: Day) -> BeginAsk {
        let empty = String::new;
        BeginAsk {
            id: EntryId::new(),
            kind: CooperationKind::Sister,
            name_id: empty(),
            name_ko: empty(),
            name_en: empty(),
            day: today.to_string(),
            source: empty(),
        }
    }
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Vec<Line>, Stop> {
    let (place, today) = (cx.place().clone(), cx.today);
    cx.read(move |view| {
        let names: BTreeMap<_, _> = parties::list(view, &place)?
            .into_iter()
            .filter(|party| party.code != place.as_str())
            .map(|party| (party.party, party.names))
            .collect();
        let mut partners: BTreeMap<BookId, Vec<(PartyId, Names)>> = BTreeMap::new();
        for with in tables::participants(view, &place)? {
            let signs = with.part == Part::Signatory;
            if let Some(name) = names.get(&with.party).filter(|_| signs) {
                partners.entry(with.cooperation).or_default().push((with.party, name.clone()));
            }
        }
        let mut done: BTreeMap<BookId, Vec<Done>> = BTreeMap::new();
        for (book, step) in stages::done_in_region(view, &place)? {
            done.entry(book).or_default().push(step);
        }
        let mut late: BTreeMap<BookId, Vec<Due>> = BTreeMap::new();
        for due in reminders::due(&reminders::known(view, &place)?, today, 0) {
            if due.is_late {
                late.entry(due.cooperation).or_default().push(due);
            }
        }
        let mut health = health::now_in_region(view, &place, today)?;
        let mut papers: BTreeMap<BookId, Vec<Instrument>> = BTreeMap::new();
        for (book, paper) in tables::all_instruments(view, &place)? {
            papers.entry(book).or_default().push(paper);
        }
        let line = |cooperation: Cooperation| {
            let book = cooperation.cooperation;
            let paper = papers.get(&book).and_then(|papers| speaking(papers, today));
            let known = Known {
                done: done.get(&book).map_or(&[], Vec::as_slice),
                papers: papers.get(&book).map_or(&[], Vec::as_slice),
            };
            let steps = next_steps(&cooperation, known);
            let (with, partners) = partners.remove(&book).unwrap_or_default().into_iter().unzip();
            let (health, late) = (health.remove(&book), late.remove(&book).unwrap_or_default());
            Line { partners, paper, health, steps, late, with, cooperation }
        };
        Ok(tables::cooperations(view, &place)?.into_iter().map(line).collect())
    })
    .await
}

fn listed<D: Deed>(cx: &Cx<D>, lines: &[Line], ask: &ListAsk) -> Listed {
    let lang = cx.lang.code();
    let in_each = move |line: &Line, pick: fn(&NextStep) -> &Names| {
        line.steps.iter().map(|next| pick(next).named(lang)).collect::<Vec<_>>().join(" · ")
    };
    let place = cx.place().clone();
    List::new("cooperations")
        .column("name", "agreements-name", move |line: &Line| line.cooperation.names.named(lang).to_owned())
        .link(|line| line.cooperation.path(""))
        .column("partners", "agreements-partners", move |line| {
            line.partners.iter().map(|names| names.named(lang)).collect::<Vec<_>>().join(", ")
        })
        .column("health", "agreements-health", |line| {
            line.health.as_ref().map_or(Value::Empty, |now| {
                Value::Badge(now.state.class(), format!("health-state-{}", now.state).into())
            })
        })
        .link(|line| line.cooperation.path("/health"))
        .column("health_since", "agreements-since", |line| line.health.as_ref().map(|now| now.since))
        .column("step", "agreements-step", move |line| in_each(line, |next| &next.step))
        .link(|line| line.cooperation.path("/stages"))
        .column("actor", "agreements-actor", move |line| in_each(line, |next| &next.actor))
        .column("waits", "agreements-waits", |line| line.steps.iter().map(|next| next.since).min())
        .column("late", "agreements-late", |line| line.late.len())
        .link_if(move |line| (!line.late.is_empty()).then(|| format!("/regions/{place}/due")))
        .column("paper", "agreements-paper", |line| {
            line.paper.as_ref().map_or(Value::Empty, |paper| {
                Word::new(format!("agreements-paper-{}", paper.instrument.kind)).into()
            })
        })
        .column("state", "agreements-state", |line| {
            line.paper
                .as_ref()
                .map_or(Value::Badge("warn", "agreements-state-none".into()), |paper| badge(paper.standing))
        })
        .column("until", "agreements-until", |line| line.paper.as_ref().and_then(Paper::until))
        .column("kind", "agreements-kind", |line| {
            Word::new(format!("agreements-kind-{}", line.cooperation.kind))
        })
        .column("since", "agreements-began", |line| line.cooperation.day)
        .of(lines, ask, cx.voice(), cx.want)
}

impl PortfolioPage {
    fn new(frame: Frame, place: PlaceCode, shown: Shown, list: Listed, typed: BeginAsk) -> PortfolioPage {
        let word = |kind: &CooperationKind| Choice::new(kind, frame.say(format!("agreements-kind-{kind}")));
        let kinds = CooperationKind::ALL.iter().map(word).collect();
        let Shown { sentence, filters } = shown;
        PortfolioPage { frame, place, list, kinds, sentence, filters, typed }
    }
}

/// What stands above the list.
struct Shown {
    sentence: String,
    filters: Vec<Filter>,
}

impl Shown {
    fn of(voice: &Voice, lines: &[Line], ask: &PortfolioAsk) -> Shown {
        Shown { sentence: sentence(voice, lines), filters: filters(voice, lines, ask) }
    }
}

pub(crate) async fn list(cx: Cx<SeeCooperations>, Query(ask): Query<PortfolioAsk>) -> Reply {
    let mut lines = found(&cx).await?;
    let shown = Shown::of(cx.voice(), &lines, &ask);
    lines.retain(|line| ask.shows(line));
    let (place, typed) = (cx.place().clone(), BeginAsk::blank(cx.today));
    let PortfolioAsk { q, sort, page, .. } = ask;
    cx.page_and_list(&lines, listed(&cx, &lines, &ListAsk { q, sort, page }), |frame, list| {
        PortfolioPage::new(frame, place, shown, list, typed)
    })
}

pub(crate) async fn begin(cx: Cx<KeepCooperations>, Ask(ask): Ask<BeginAsk>) -> Reply {
    let book = BookId::from_bytes(ask.id.to_bytes());
    let (permit, place, today) = (cx.permit.clone(), cx.place().clone(), cx.today);
    let here = place.clone();
    let begun = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let BeginAsk { kind, name_id, name_ko, name_en, day, source, .. } = ask;
                let names = Names { id: name_id, ko: name_ko, en: name_en };
                let known = tables::cooperations(work, &place)?;
                let day = number::date("day", &day)?;
                let fact = CooperationBegun { place, cooperation: book, kind, names, day, source };
                work.record(&permit, &rules::begin(fact, &known, today)?)?;
                Ok(())
            },
            move |view| {
                tables::cooperation(view, &here, book)?.ok_or_else(|| rules::Refusal::NoCooperation.into())
            },
        )
        .await;
    match begun {
        Ok(begun) => cx.saved_saying(begun.path(""), "agreements-done-begun", &begun),
        Err(stop) => {
            let lines = found(&cx).await?;
            let (list, place) = (listed(&cx, &lines, &ListAsk::default()), cx.place().clone());
            let shown = Shown::of(cx.voice(), &lines, &PortfolioAsk::default());
            cx.again(stop, |frame| PortfolioPage::new(frame, place, shown, list, ask))
        }
    }
}

/// Every cooperation of the site, as a book for which a role can be given.
pub(crate) fn books(view: &mut View<'_, '_>) -> Result<Vec<BookAt>, Fault> {
    let named = |it: Cooperation| BookAt {
        name: it.names.named("id").to_owned(),
        place: it.place,
        book: it.cooperation,
    };
    Ok(tables::all_cooperations(view)?.into_iter().map(named).collect())
}
