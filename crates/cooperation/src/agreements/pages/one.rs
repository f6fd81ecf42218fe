//! One cooperation: who takes part, and its papers.

use std::collections::BTreeMap;

use askama::Template;
use kernel::{BookId, Day, Deed, EntryId, InstrumentId, Names, PartyId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Filled, Frame, List, ListAsk, Listed, Reply, Slot, SlotAt, Want, Word, number};

use super::paper::{self, Paper, WriteAsk};
use crate::agreements::{
    Cooperation, KeepCooperations, Part, Participant, PartyJoined, SeeCooperations, rules, tables,
};
use crate::parties::{self, Party};

#[derive(Serialize)]
pub(crate) struct Whole {
    cooperation: Cooperation,
    parties: Vec<Member>,
    papers: Vec<Paper>,
    #[serde(skip)]
    known: Vec<Party>,
    /// What later features know of it.
    more: Filled,
}

/// A party with its part.
#[derive(Debug, Clone, Serialize)]
struct Member {
    #[serde(flatten)]
    participant: Participant,
    names: Names,
}

/// What the form about a party says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct JoinAsk {
    id: EntryId,
    party: Option<PartyId>,
    part: Part,
    /// As typed; empty for today.
    #[serde(default)]
    day: String,
}

/// What was typed into a form that was refused.
enum Typed {
    Join(JoinAsk),
    Write(WriteAsk),
}

impl JoinAsk {
    fn blank() -> JoinAsk {
        JoinAsk { id: EntryId::new(), party: None, part: Part::Signatory, day: String::new() }
    }
}

fn read(
    view: &mut journal::View<'_, '_>,
    place: &PlaceCode,
    book: BookId,
    today: Day,
    slot: &Slot,
) -> Result<Whole, Stop> {
    let cooperation = tables::cooperation(view, place, book)?.ok_or(rules::Refusal::NoCooperation)?;
    let known = parties::list(view, place)?;
    let names: BTreeMap<PartyId, &Names> = known.iter().map(|party| (party.party, &party.names)).collect();
    let parties = tables::participants(view, place)?
        .into_iter()
        .filter(|with| with.cooperation == book)
        .filter_map(|participant| {
            let names = (*names.get(&participant.party)?).clone();
            Some(Member { participant, names })
        })
        .collect();
    let papers = paper::papers(view, place, book, today)?;
    Ok(Whole { cooperation, parties, papers, known, more: slot.fill(view)? })
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Whole, Stop> {
    let (place, book, today) = (cx.place().clone(), cx.book(), cx.today);
    let slot = slot(cx);
    cx.read(move |view| read(view, &place, book, today, &slot)).await
}

fn slot<D: Deed>(cx: &Cx<D>) -> Slot {
    cx.slot(
        crate::COOPERATION,
        SlotAt { village: cx.place().clone(), book: Some(cx.book()), household: None, instrument: None },
    )
}

#[derive(Template)]
#[template(path = "agreements/pages/one.html")]
struct OnePage<'a> {
    page: &'a Whole,
    parties: Listed,
    papers: Listed,
    /// Those that may join.
    others: Vec<Choice>,
    parts: Vec<Choice>,
    kinds: Vec<Choice>,
    parents: Vec<Choice>,
    join: JoinAsk,
    write: WriteAsk,
    frame: Frame,
}

impl<'a> OnePage<'a> {
    fn kind(&self) -> String {
        self.frame.say(format!("agreements-kind-{}", self.page.cooperation.kind)).to_string()
    }
    fn new(frame: Frame, page: &'a Whole, typed: Option<Typed>) -> OnePage<'a> {
        let lang = frame.lang.code();
        let parties = List::new("parties")
            .column("name", "agreements-party", move |member: &Member| member.names.named(lang).to_owned())
            .column("part", "agreements-part", |member| {
                Word::new(format!("agreements-part-{}", member.participant.part))
            })
            .column("since", "agreements-since", |member| member.participant.day)
            .plain()
            .of(&page.parties, &ListAsk::default(), &frame, Want::Html);
        let cooperation = page.cooperation.clone();
        let papers = List::new("papers")
            .column("name", "agreements-title", move |paper: &Paper| {
                paper.instrument.names.named(lang).to_owned()
            })
            .link(move |paper| paper.path(&cooperation))
            .column("kind", "agreements-paper", |paper| {
                Word::new(format!("agreements-paper-{}", paper.instrument.kind))
            })
            .column("follows", "agreements-follows", move |paper| {
                paper.follows.as_ref().map(|names| names.named(lang).to_owned())
            })
            .column("signed", "agreements-signed", |paper| paper.instrument.signed)
            .column("until", "agreements-until", |paper| paper.instrument.until)
            .column("state", "agreements-state", Paper::standing)
            .column("source", "agreements-source", |paper| paper.instrument.source.clone())
            .plain()
            .of(&page.papers, &ListAsk::default(), &frame, Want::Html);
        let others =
            page.known.iter().map(|party| Choice::new(party.party, party.names.named(lang))).collect();
        let parts =
            Part::ALL.iter().map(|part| Choice::new(part, frame.say(format!("agreements-part-{part}"))));
        let (kinds, parents) = (paper::kinds(&frame), paper::choices(&page.papers, lang));
        let (mut join, mut write) = (JoinAsk::blank(), WriteAsk::blank());
        match typed {
            None => {}
            Some(Typed::Join(typed)) => join = typed,
            Some(Typed::Write(typed)) => write = typed,
        }
        let parts = parts.collect();
        OnePage { page, parties, papers, others, parts, kinds, parents, join, write, frame }
    }
}

pub(crate) async fn one(cx: Cx<SeeCooperations>) -> Reply {
    let whole = found(&cx).await?;
    cx.page(&whole, |frame| OnePage::new(frame, &whole, None))
}

pub(crate) async fn join(cx: Cx<KeepCooperations>, Ask(ask): Ask<JoinAsk>) -> Reply {
    let (permit, place, cooperation, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let (here, slot) = (place.clone(), slot(&cx));
    let joined = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                tables::cooperation(work, &place, cooperation)?.ok_or(rules::Refusal::NoCooperation)?;
                let JoinAsk { party, part, day, .. } = ask;
                let party = party.ok_or(rules::Refusal::NoParty)?;
                let is_listed = parties::one(work, &place, party)?.is_some();
                let day = number::date_if_any("day", &day)?.unwrap_or(today.into());
                let fact = PartyJoined { place, cooperation, party, part, day };
                work.record(&permit, &rules::join(fact, is_listed, today)?)?;
                Ok(())
            },
            move |view| read(view, &here, cooperation, today, &slot),
        )
        .await;
    after(&cx, joined, "agreements-done-joined", Typed::Join(ask)).await
}

pub(crate) async fn write(cx: Cx<KeepCooperations>, Ask(ask): Ask<WriteAsk>) -> Reply {
    let (permit, place, cooperation, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let (here, slot) = (place.clone(), slot(&cx));
    let instrument = InstrumentId::from_bytes(ask.id.to_bytes());
    let written = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                tables::cooperation(work, &place, cooperation)?.ok_or(rules::Refusal::NoCooperation)?;
                let known = tables::instruments(work, &place, cooperation)?;
                let fact = ask.fact(place, cooperation, instrument)?;
                work.record(&permit, &rules::write(fact, &known, today)?)?;
                Ok(())
            },
            move |view| read(view, &here, cooperation, today, &slot),
        )
        .await;
    after(&cx, written, "agreements-done-written", Typed::Write(ask)).await
}

/// The page with what was saved or, with what was typed, why it was not.
async fn after(
    cx: &Cx<KeepCooperations>,
    done: Result<Whole, Stop>,
    saying: &'static str,
    typed: Typed,
) -> Reply {
    match done {
        Ok(whole) => cx.saved_saying(whole.cooperation.path(""), saying, &whole),
        Err(stop) => {
            let whole = found(cx).await?;
            cx.again(stop, |frame| OnePage::new(frame, &whole, Some(typed)))
        }
    }
}
