//! The proposals of a place, and making one.

use askama::Template;
use kernel::{Deed, EntryId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, ListAsk, Listed, Query, Reply, number};

use super::{columns, elements, tongue, tongues};
use crate::meetings::{self, Element};
use crate::minutes::Tongue;
use crate::proposals::{Proposal, ProposalMade, Propose, Refusal, SeeProposals, Way, rules, tables};

/// What the form says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ProposeAsk {
    id: EntryId,
    #[serde(default)]
    lang: Option<Tongue>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    cost: String,
    #[serde(default)]
    element: Option<Element>,
    #[serde(default)]
    way: Option<Way>,
}

#[derive(Template)]
#[template(path = "proposals/pages/list.html")]
struct ListPage {
    place: PlaceCode,
    name: String,
    list: Listed,
    typed: ProposeAsk,
    tongues: Vec<Choice>,
    elements: Vec<Choice>,
    ways: Vec<Choice>,
    frame: Frame,
}

impl ListPage {
    fn new(frame: Frame, place: PlaceCode, name: String, list: Listed, typed: ProposeAsk) -> ListPage {
        let way = |it: &Way| Choice::new(it, frame.say(format!("proposals-way-{it}")));
        ListPage {
            tongues: tongues(&frame),
            elements: elements(&frame),
            ways: Way::ALL.iter().map(way).collect(),
            place,
            name,
            list,
            typed,
            frame,
        }
    }
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<(String, Vec<Proposal>), Stop> {
    let place = cx.place().clone();
    cx.read(move |view| Ok((meetings::require_place(view, &place)?, tables::list(view, &place)?))).await
}

pub(crate) async fn list(cx: Cx<SeeProposals>, Query(ask): Query<ListAsk>) -> Reply {
    let (name, proposals) = found(&cx).await?;
    let list = columns().of(&proposals, &ask, cx.voice(), cx.want);
    let (place, lang) = (cx.place().clone(), tongue(&cx));
    cx.page_and_list(&proposals, list, |frame, list| {
        let empty = String::new;
        let typed = ProposeAsk {
            id: EntryId::new(),
            lang: Some(lang),
            title: empty(),
            text: empty(),
            cost: empty(),
            element: None,
            way: Some(Way::Own),
        };
        ListPage::new(frame, place, name, list, typed)
    })
}

pub(crate) async fn propose(cx: Cx<Propose>, Ask(ask): Ask<ProposeAsk>) -> Reply {
    let (permit, place, id, lang) = (cx.permit.clone(), cx.place().clone(), ask.id, tongue(&cx));
    let here = place.clone();
    let made = cx
        .once(
            id,
            ask.clone(),
            move |work, ask| {
                meetings::require_place(work, &place)?;
                let cost = match ask.cost.trim() {
                    "" => None,
                    cost => Some(number::rupiah("cost", cost)?),
                };
                let fact = ProposalMade {
                    place,
                    lang: ask.lang.unwrap_or(lang),
                    title: ask.title,
                    text: ask.text,
                    cost,
                    element: ask.element.unwrap_or(Element::Residents),
                    way: ask.way.unwrap_or(Way::Own),
                };
                work.record(&permit, &rules::propose(fact)?)?;
                Ok(())
            },
            move |view| tables::proposal(view, &here, id)?.ok_or_else(|| Refusal::NoProposal.into()),
        )
        .await;
    match made {
        Ok(made) => cx.saved_saying(made.path(""), "proposals-done-made", &made),
        Err(stop) => {
            let (name, proposals) = found(&cx).await?;
            let list = columns().of(&proposals, &ListAsk::default(), cx.voice(), cx.want);
            let place = cx.place().clone();
            cx.again(stop, |frame| ListPage::new(frame, place, name, list, ask))
        }
    }
}
