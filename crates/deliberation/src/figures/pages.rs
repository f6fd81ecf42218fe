//! The figures of a place, and of a cooperation.

use std::collections::BTreeMap;

use askama::Template;
use cooperation::agreements;
use journal::View;
use kernel::{BookId, Day, Deed, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Cx, Frame, List, ListAsk, Listed, Query, Reply, Want, Word};

use super::SeeFigures;
use super::rules::{Figures, Seen, figures};
use crate::meetings::{self, Element, Meeting};
use crate::{attendance, decisions};

/// From which day to which; the last twelve months where nothing is asked.
#[derive(Clone, Default, Deserialize)]
pub(super) struct PeriodAsk {
    #[serde(default)]
    from: Option<Day>,
    #[serde(default)]
    until: Option<Day>,
}

/// The figures of a period.
#[derive(Serialize)]
struct Found {
    name: String,
    back: String,
    from: Day,
    until: Day,
    figures: Figures,
}

fn seen(view: &mut View<'_, '_>, all: Vec<Meeting>, today: Day) -> Result<Vec<Seen>, Stop> {
    let mut by_place: BTreeMap<PlaceCode, Vec<Meeting>> = BTreeMap::new();
    all.into_iter().for_each(|it| by_place.entry(it.place.clone()).or_default().push(it));
    let mut seen = Vec::new();
    for (place, all) in by_place {
        let ended = meetings::ended(view, &place)?;
        let mut came = attendance::attendance(view, &place)?;
        let (decided, follow_ups) =
            (decisions::of_place(view, &place)?, decisions::follow_ups(view, &place)?);
        for meeting in all {
            let book: BookId = meeting.meeting;
            seen.push(Seen {
                state: meetings::state(meeting.date, ended.get(&book), today),
                attendance: came.remove(&book).unwrap_or_default(),
                decisions: decided.iter().filter(|it| it.meeting == book).cloned().collect(),
                follow_ups: follow_ups.iter().filter(|it| it.meeting == book).cloned().collect(),
                meeting,
            });
        }
    }
    Ok(seen)
}

#[derive(Template)]
#[template(path = "figures/pages/page.html")]
struct FiguresPage<'a> {
    page: &'a Found,
    elements: Listed,
    frame: Frame,
}

fn answer<D: Deed>(cx: &Cx<D>, found: &Found) -> Reply {
    cx.page(found, |frame| {
        let rows: Vec<(Element, i64)> =
            found.figures.by_element.iter().map(|(element, heads)| (*element, *heads)).collect();
        let elements = List::new("elements")
            .column("element", "attendance-element", |(element, _): &(Element, i64)| {
                Word::new(format!("meetings-element-{element}"))
            })
            .column("heads", "attendance-heads", |(_, heads)| *heads)
            .summed()
            .plain()
            .of(&rows, &ListAsk::default(), &frame, Want::Html);
        FiguresPage { page: found, elements, frame }
    })
}

impl FiguresPage<'_> {
    fn hours(&self) -> String {
        self.frame.formats().decimal(self.page.figures.minutes * 10 / 60, 1, 1)
    }
}

fn period(ask: &PeriodAsk, today: Day) -> (Day, Day) {
    let until = ask.until.unwrap_or(today);
    (ask.from.unwrap_or_else(|| until.plus(-364)), until)
}

pub(super) async fn of_place(cx: Cx<SeeFigures>, Query(ask): Query<PeriodAsk>) -> Reply {
    let (place, today) = (cx.place().clone(), cx.today);
    let (from, until) = period(&ask, today);
    let found = cx.read(move |view| {
        let name = meetings::require_place(view, &place)?;
        let all = meetings::list(view, &place)?;
        let figures = figures(&seen(view, all, today)?, from, until);
        Ok(Found { name, back: format!("/places/{place}/meetings"), from, until, figures })
    });
    let found = found.await?;
    answer(&cx, &found)
}

pub(super) async fn of_cooperation(cx: Cx<SeeFigures>, Query(ask): Query<PeriodAsk>) -> Reply {
    let (place, book, today, lang) = (cx.place().clone(), cx.book(), cx.today, cx.lang.code());
    let (from, until) = period(&ask, today);
    let found = cx.read(move |view| {
        let of = agreements::cooperation(view, &place, book)?.ok_or(agreements::Refusal::NoCooperation)?;
        let all = meetings::of_cooperation(view, book)?;
        let figures = figures(&seen(view, all, today)?, from, until);
        Ok(Found { name: of.names.named(lang).to_owned(), back: of.path(""), from, until, figures })
    });
    let found = found.await?;
    answer(&cx, &found)
}
