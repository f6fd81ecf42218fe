//! What a meeting decided, and recording one more decision.

use askama::Template;
use journal::View;
use kernel::{BookId, Day, Deed, EntryId, InstrumentId, Names, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply, Want};

use super::{Around, owner_of};
use crate::decisions::rules::{self, TakeKnown};
use crate::decisions::{Decision, DecisionTaken, KeepDecisions, Owner, SeeDecisions, tables};
use crate::meetings::{self, AgendaItem, Meeting};

/// What the form says.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct TakeAsk {
    id: Option<EntryId>,
    #[serde(default)]
    item: Option<EntryId>,
    #[serde(default)]
    text_id: String,
    #[serde(default)]
    text_ko: String,
    #[serde(default)]
    text_en: String,
    #[serde(default)]
    reasons: String,
    #[serde(default)]
    dissent: String,
    #[serde(default)]
    owner: Option<Owner>,
    #[serde(default)]
    office: String,
    #[serde(default)]
    due: Option<Day>,
    #[serde(default)]
    instrument: Option<InstrumentId>,
    #[serde(default)]
    article: String,
    #[serde(default)]
    proposal: Option<EntryId>,
    #[serde(default)]
    obligation: Option<EntryId>,
}

/// From which item of the agenda, proposal or obligation somebody comes.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct FromAsk {
    #[serde(default)]
    item: Option<EntryId>,
    #[serde(default)]
    proposal: Option<EntryId>,
    #[serde(default)]
    obligation: Option<EntryId>,
}

/// What a meeting decided.
#[derive(Serialize)]
struct Whole {
    meeting: Meeting,
    decisions: Vec<Decision>,
    #[serde(skip)]
    agenda: Vec<AgendaItem>,
    #[serde(skip)]
    around: Around,
}

fn read(view: &mut View<'_, '_>, place: &PlaceCode, meeting: BookId) -> Result<Whole, Stop> {
    let meeting = meetings::meeting(view, place, meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
    Ok(Whole {
        decisions: tables::decisions(view, place, meeting.meeting)?,
        agenda: meetings::agenda(view, place, meeting.meeting)?,
        around: Around::read(view, place, Some(&meeting))?,
        meeting,
    })
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Whole, Stop> {
    let (place, meeting) = (cx.place().clone(), cx.book());
    cx.read(move |view| read(view, &place, meeting)).await
}

#[derive(Template)]
#[template(path = "decisions/pages/take.html")]
struct TakePage<'a> {
    page: &'a Whole,
    list: Listed,
    items: Vec<Choice>,
    owners: Vec<Choice>,
    papers: Vec<Choice>,
    typed: TakeAsk,
    frame: Frame,
}

impl<'a> TakePage<'a> {
    fn new(frame: Frame, page: &'a Whole, typed: TakeAsk) -> TakePage<'a> {
        let lang = frame.lang.code();
        let with_owner =
            |it: &Decision| (it.clone(), it.owner.as_ref().map(|owner| page.around.owner(owner, lang)));
        let rows: Vec<(Decision, Option<String>)> = page.decisions.iter().map(with_owner).collect();
        let list = List::new("decisions")
            .column("text", "decisions-text", move |(it, _): &(Decision, Option<String>)| {
                it.text.named(lang).to_owned()
            })
            .link(|(it, _)| it.path(""))
            .column("owner", "decisions-owner", |(_, owner)| owner.clone())
            .column("due", "decisions-due", |(it, _)| it.due)
            .plain()
            .of(&rows, &ListAsk::default(), &frame, Want::Html);
        let item = |it: &AgendaItem| Choice::new(it.item, it.names.named(lang));
        TakePage {
            page,
            list,
            items: page.agenda.iter().map(item).collect(),
            owners: page.around.owners(lang),
            papers: page.around.papers(lang),
            typed,
            frame,
        }
    }
}

pub(crate) async fn page(cx: Cx<SeeDecisions>, Query(from): Query<FromAsk>) -> Reply {
    let whole = found(&cx).await?;
    let of_item = whole.agenda.iter().find(|it| Some(it.item) == from.item);
    let names = of_item.map(|it| it.names.clone()).unwrap_or_default();
    let typed = TakeAsk {
        item: from.item,
        proposal: from.proposal,
        obligation: from.obligation,
        text_id: names.id,
        text_ko: names.ko,
        text_en: names.en,
        ..TakeAsk::default()
    };
    cx.page(&whole, |frame| TakePage::new(frame, &whole, typed))
}

pub(crate) async fn take(cx: Cx<KeepDecisions>, Ask(ask): Ask<TakeAsk>) -> Reply {
    let id = ask.id.unwrap_or_else(EntryId::new);
    let (permit, place, meeting, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let here = place.clone();
    let taken = cx
        .once(
            id,
            ask.clone(),
            move |work, ask| {
                let whole = read(work, &place, meeting)?;
                let ended = meetings::ended(work, &place)?.remove(&meeting);
                let TakeAsk { item, text_id, text_ko, text_en, reasons, dissent, owner, office, .. } = ask;
                let owner = owner_of(owner, &office)?;
                let papers = whole.around.papers.iter().flat_map(|(_, papers)| papers);
                let papers: Vec<InstrumentId> = papers.map(|it| it.instrument).collect();
                let known = TakeKnown {
                    state: meetings::state(whole.meeting.date, ended.as_ref(), today),
                    date: whole.meeting.date,
                    has_item: item.is_none_or(|item| whole.agenda.iter().any(|it| it.item == item)),
                    has_paper: ask.instrument.is_none_or(|it| papers.contains(&it)),
                    has_owner: owner.as_ref().is_none_or(|owner| whole.around.has(owner)),
                };
                let fact = DecisionTaken {
                    place,
                    meeting,
                    item,
                    text: Names { id: text_id, ko: text_ko, en: text_en },
                    reasons,
                    dissent,
                    owner,
                    due: ask.due,
                    instrument: ask.instrument,
                    article: ask.article,
                    proposal: ask.proposal,
                    obligation: ask.obligation,
                };
                work.record(&permit, &rules::take(fact, known, today)?)?;
                Ok(())
            },
            move |view| {
                tables::decision(view, &here, meeting, id)?.ok_or_else(|| rules::Refusal::NoDecision.into())
            },
        )
        .await;
    match taken {
        Ok(taken) => cx.saved_saying(taken.path(""), "decisions-done-taken", &taken),
        Err(stop) => {
            let whole = found(&cx).await?;
            cx.again(stop, |frame| TakePage::new(frame, &whole, ask))
        }
    }
}
