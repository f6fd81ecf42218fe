//! What is still open of a place, and of a cooperation.

use askama::Template;
use cooperation::agreements;
use journal::View;
use kernel::{Deed, PlaceCode, Stop};
use web::{Cx, Frame, ListAsk, Listed, Query, Reply};

use super::{Around, Line, OpenSums, list_of_follow_ups};
use crate::decisions::{FollowUp, SeeDecisions, tables};
use crate::meetings;

#[derive(Template)]
#[template(path = "decisions/pages/open.html")]
struct OpenPage {
    frame: Frame,
    name: String,
    back: String,
    sentence: String,
    list: Listed,
}

struct Found {
    name: String,
    all: Vec<FollowUp>,
    lines: Vec<Line>,
}

fn lines(
    view: &mut View<'_, '_>,
    all: &[FollowUp],
    (lang, today): (&'static str, kernel::Day),
) -> Result<Vec<Line>, Stop> {
    let mut around: Vec<(PlaceCode, Around)> = Vec::new();
    let mut lines = Vec::new();
    for it in all {
        if around.iter().all(|(place, _)| *place != it.place) {
            around.push((it.place.clone(), Around::read(view, &it.place, None)?));
        }
        let known = around.iter().find(|(place, _)| *place == it.place);
        lines.extend(known.map(|(_, around)| Line::of(it.clone(), around, lang, today)));
    }
    // What is open comes first, the oldest day on top.
    lines.sort_by_key(|line| (line.it.closed.is_some(), line.it.due));
    Ok(lines)
}

fn answer<D: Deed>(cx: &Cx<D>, found: Found, back: String, ask: &ListAsk) -> Reply {
    let Found { name, all, lines } = found;
    let list = list_of_follow_ups(cx.lang.code()).of(&lines, ask, cx.voice(), cx.want);
    let sentence = OpenSums::of(&all, cx.today).sentence(cx.voice());
    cx.page_and_list(&lines, list, |frame, list| OpenPage { frame, name, back, sentence, list })
}

pub(crate) async fn of_place(cx: Cx<SeeDecisions>, Query(ask): Query<ListAsk>) -> Reply {
    let (place, at) = (cx.place().clone(), (cx.lang.code(), cx.today));
    let back = format!("/places/{place}/meetings");
    let found = cx.read(move |view| {
        let name = meetings::require_place(view, &place)?;
        let all = tables::follow_ups(view, &place)?;
        Ok(Found { name, lines: lines(view, &all, at)?, all })
    });
    let found = found.await?;
    answer(&cx, found, back, &ask)
}

pub(crate) async fn of_cooperation(cx: Cx<SeeDecisions>, Query(ask): Query<ListAsk>) -> Reply {
    let (place, book, at) = (cx.place().clone(), cx.book(), (cx.lang.code(), cx.today));
    let back = format!("/regions/{place}/cooperations/{book}");
    let found = cx.read(move |view| {
        let of = agreements::cooperation(view, &place, book)?.ok_or(agreements::Refusal::NoCooperation)?;
        let all = tables::of_cooperation(view, book)?;
        Ok(Found { name: of.names.named(at.0).to_owned(), lines: lines(view, &all, at)?, all })
    });
    let found = found.await?;
    answer(&cx, found, back, &ask)
}
