//! All cooperations of a region, and beginning to keep one.

use std::collections::BTreeMap;

use askama::Template;
use journal::View;
use kernel::{BookId, Date, Day, Deed, EntryId, Fault, Names, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, BookAt, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply, Word, number};

use super::badge;
use crate::agreements::rules::{self, PaperState, state};
use crate::agreements::{
    Cooperation, CooperationBegun, CooperationKind, Instrument, KeepCooperations, SeeCooperations, tables,
};
use crate::parties;

/// A cooperation in the portfolio.
#[derive(Debug, Clone, Serialize)]
struct Line {
    #[serde(flatten)]
    cooperation: Cooperation,
    /// Who takes part beside the region.
    partners: Vec<Names>,
    /// The paper that speaks for the state of the cooperation today.
    paper: Option<Paper>,
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
    typed: BeginAsk,
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
        let mut partners: BTreeMap<BookId, Vec<Names>> = BTreeMap::new();
        for with in tables::participants(view, &place)? {
            if let Some(name) = names.get(&with.party) {
                partners.entry(with.cooperation).or_default().push(name.clone());
            }
        }
        let mut papers: BTreeMap<BookId, Vec<Instrument>> = BTreeMap::new();
        for (book, paper) in tables::all_instruments(view, &place)? {
            papers.entry(book).or_default().push(paper);
        }
        let line = |cooperation: Cooperation| {
            let book = cooperation.cooperation;
            let paper = papers.get(&book).and_then(|papers| speaking(papers, today));
            Line { partners: partners.remove(&book).unwrap_or_default(), paper, cooperation }
        };
        Ok(tables::cooperations(view, &place)?.into_iter().map(line).collect())
    })
    .await
}

fn listed<D: Deed>(cx: &Cx<D>, lines: &[Line], ask: &ListAsk) -> Listed {
    let lang = cx.lang.code();
    List::new("cooperations")
        .column("name", "agreements-name", move |line: &Line| line.cooperation.names.named(lang).to_owned())
        .link(|line| line.cooperation.path(""))
        .column("partners", "agreements-partners", move |line| {
            line.partners.iter().map(|names| names.named(lang)).collect::<Vec<_>>().join(", ")
        })
        .column("kind", "agreements-kind", |line| {
            Word::new(format!("agreements-kind-{}", line.cooperation.kind))
        })
        .column("since", "agreements-since", |line| line.cooperation.day)
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
        .of(lines, ask, cx.voice(), cx.want)
}

impl PortfolioPage {
    fn new(frame: Frame, place: PlaceCode, list: Listed, typed: BeginAsk) -> PortfolioPage {
        let word = |kind: &CooperationKind| Choice::new(kind, frame.say(format!("agreements-kind-{kind}")));
        let kinds = CooperationKind::ALL.iter().map(word).collect();
        PortfolioPage { frame, place, list, kinds, typed }
    }
}

pub(crate) async fn list(cx: Cx<SeeCooperations>, Query(ask): Query<ListAsk>) -> Reply {
    let lines = found(&cx).await?;
    let (place, typed) = (cx.place().clone(), BeginAsk::blank(cx.today));
    cx.page_and_list(&lines, listed(&cx, &lines, &ask), |frame, list| {
        PortfolioPage::new(frame, place, list, typed)
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
            cx.again(stop, |frame| PortfolioPage::new(frame, place, list, ask))
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
