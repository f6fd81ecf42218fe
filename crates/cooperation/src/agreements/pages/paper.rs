//! One paper of a cooperation: what it follows from, what follows from it, and what later features know of it.

use askama::Template;
use journal::View;
use kernel::{BookId, Date, Day, Deed, EntryId, InstrumentId, Names, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Filled, Frame, List, ListAsk, Listed, Reply, Slot, SlotAt, Want, Word, number};

use super::badge;
use crate::agreements::rules::{self, PaperState, state};
use crate::agreements::{
    Cooperation, Instrument, InstrumentKind, InstrumentWritten, KeepCooperations, SeeCooperations, tables,
};

/// A paper with what it is worth today.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Paper {
    #[serde(flatten)]
    pub(super) instrument: Instrument,
    standing: PaperState,
    /// The title of the paper that it follows from.
    pub(super) follows: Option<Names>,
}

impl Paper {
    pub(super) fn standing(&self) -> web::list::Value {
        badge(self.standing)
    }
    /// The address of its page.
    pub(super) fn path(&self, of: &Cooperation) -> String {
        of.path(&format!("/papers/{}", self.instrument.instrument))
    }
}

/// The papers of a cooperation with what each is worth today.
pub(super) fn papers(
    view: &mut View<'_, '_>,
    place: &PlaceCode,
    book: BookId,
    today: Day,
) -> Result<Vec<Paper>, Stop> {
    let instruments = tables::instruments(view, place, book)?;
    let paper = |instrument: &Instrument| {
        let before = |other: &&Instrument| Some(other.instrument) == instrument.parent;
        Paper {
            standing: state(&instruments, instrument, today),
            follows: instruments.iter().find(before).map(|paper| paper.names.clone()),
            instrument: instrument.clone(),
        }
    };
    Ok(instruments.iter().map(paper).collect())
}

/// The kinds of papers, to choose from.
pub(super) fn kinds(frame: &Frame) -> Vec<Choice> {
    let word = |kind: &InstrumentKind| Choice::new(kind, frame.say(format!("agreements-paper-{kind}")));
    InstrumentKind::ALL.iter().map(word).collect()
}

/// Papers, to choose from.
pub(super) fn choices<'a>(papers: impl IntoIterator<Item = &'a Paper>, lang: &str) -> Vec<Choice> {
    let named = |paper: &Paper| Choice::new(paper.instrument.instrument, paper.instrument.names.named(lang));
    papers.into_iter().map(named).collect()
}

/// What the form about a paper says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct WriteAsk {
    /// Made with the form; it also becomes the id of a new paper.
    pub(super) id: EntryId,
    pub(super) kind: InstrumentKind,
    #[serde(default)]
    pub(super) parent: Option<InstrumentId>,
    #[serde(default)]
    pub(super) name_id: String,
    #[serde(default)]
    pub(super) name_ko: String,
    #[serde(default)]
    pub(super) name_en: String,
    #[serde(default)]
    pub(super) signed: String,
    #[serde(default)]
    pub(super) until: String,
    #[serde(default)]
    pub(super) source: String,
}

impl WriteAsk {
    pub(super) fn blank() -> WriteAsk {
        let empty = String::new;
        WriteAsk {
            id: EntryId::new(),
            kind: InstrumentKind::LetterOfIntent,
            parent: None,
            name_id: empty(),
            name_ko: empty(),
            name_en: empty(),
            signed: empty(),
            until: empty(),
            source: empty(),
        }
    }
    /// As the paper stands now.
    fn of(paper: &Instrument) -> WriteAsk {
        let Instrument { kind, parent, names, signed, until, source, .. } = paper.clone();
        let Names { id: name_id, ko: name_ko, en: name_en } = names;
        let text = |date: Option<Date>| date.as_ref().map(ToString::to_string).unwrap_or_default();
        let (signed, until) = (text(signed), text(until));
        WriteAsk { id: EntryId::new(), kind, parent, name_id, name_ko, name_en, signed, until, source }
    }
    pub(super) fn fact(
        self,
        place: PlaceCode,
        cooperation: BookId,
        instrument: InstrumentId,
    ) -> Result<InstrumentWritten, Stop> {
        let WriteAsk { kind, parent, name_id, name_ko, name_en, signed, until, source, .. } = self;
        let names = Names { id: name_id, ko: name_ko, en: name_en };
        let signed = number::date_if_any("signed", &signed)?;
        let until = number::date_if_any("until", &until)?;
        Ok(InstrumentWritten { place, cooperation, instrument, kind, parent, names, signed, until, source })
    }
}

/// A paper, and what stands around it.
#[derive(Serialize)]
pub(crate) struct Whole {
    cooperation: Cooperation,
    #[serde(flatten)]
    paper: Paper,
    /// What follows from it.
    children: Vec<Paper>,
    #[serde(skip)]
    others: Vec<Paper>,
    /// What later features know of it.
    more: Filled,
}

impl Whole {
    fn parent(&self) -> Option<&Paper> {
        self.others.iter().find(|other| Some(other.instrument.instrument) == self.paper.instrument.parent)
    }
}

fn read(view: &mut View<'_, '_>, at: &SlotAt, today: Day, slot: &Slot) -> Result<Whole, Stop> {
    let (Some(book), Some(wanted)) = (at.book, at.instrument) else {
        return Err(rules::Refusal::NoPaper.into());
    };
    let cooperation = tables::cooperation(view, &at.village, book)?.ok_or(rules::Refusal::NoCooperation)?;
    let is_it = |paper: &Paper| paper.instrument.instrument == wanted;
    let (it, others): (Vec<_>, Vec<_>) = papers(view, &at.village, book, today)?.into_iter().partition(is_it);
    let paper = it.into_iter().next().ok_or(rules::Refusal::NoPaper)?;
    let follows = |paper: &&Paper| paper.instrument.parent == Some(wanted);
    let children = others.iter().filter(follows).cloned().collect();
    Ok(Whole { cooperation, paper, children, others, more: slot.fill(view)? })
}

fn at<D: Deed>(cx: &Cx<D>) -> Result<SlotAt, Stop> {
    let instrument = Some(cx.param("paper")?);
    Ok(SlotAt { village: cx.place().clone(), book: Some(cx.book()), household: None, instrument })
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Whole, Stop> {
    let (at, today) = (at(cx)?, cx.today);
    let slot = cx.slot(crate::PAPER, at.clone());
    cx.read(move |view| read(view, &at, today, &slot)).await
}

#[derive(Template)]
#[template(path = "agreements/pages/paper.html")]
struct PaperPage<'a> {
    page: &'a Whole,
    state: String,
    children: Listed,
    kinds: Vec<Choice>,
    parents: Vec<Choice>,
    write: WriteAsk,
    frame: Frame,
}

impl<'a> PaperPage<'a> {
    fn kind(&self) -> String {
        self.frame.say(format!("agreements-paper-{}", self.page.paper.instrument.kind)).to_string()
    }
    fn new(frame: Frame, page: &'a Whole, write: Option<WriteAsk>) -> PaperPage<'a> {
        let lang = frame.lang.code();
        let of = page.cooperation.clone();
        let children = List::new("children")
            .column("name", "agreements-title", move |paper: &Paper| {
                paper.instrument.names.named(lang).to_owned()
            })
            .link(move |paper| paper.path(&of))
            .column("kind", "agreements-paper", |paper| {
                Word::new(format!("agreements-paper-{}", paper.instrument.kind))
            })
            .column("signed", "agreements-signed", |paper| paper.instrument.signed)
            .column("state", "agreements-state", Paper::standing)
            .plain()
            .of(&page.children, &ListAsk::default(), &frame, Want::Html);
        let (kinds, parents) = (kinds(&frame), choices(&page.others, lang));
        let write = write.unwrap_or_else(|| WriteAsk::of(&page.paper.instrument));
        let state = frame.say(format!("agreements-state-{}", page.paper.standing.name())).to_string();
        PaperPage { page, state, children, kinds, parents, write, frame }
    }
}

pub(crate) async fn one(cx: Cx<SeeCooperations>) -> Reply {
    let whole = found(&cx).await?;
    cx.page(&whole, |frame| PaperPage::new(frame, &whole, None))
}

pub(crate) async fn rewrite(cx: Cx<KeepCooperations>, Ask(ask): Ask<WriteAsk>) -> Reply {
    let (permit, place, cooperation, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let (at, instrument) = (at(&cx)?, cx.param::<InstrumentId>("paper")?);
    let slot = cx.slot(crate::PAPER, at.clone());
    let written = cx
        .once(
            ask.id,
            // The same form sent to another paper is another request.
            (instrument, ask.clone()),
            move |work, (_, ask)| {
                let known = tables::instruments(work, &place, cooperation)?;
                if !known.iter().any(|paper| paper.instrument == instrument) {
                    return Err(rules::Refusal::NoPaper.into());
                }
                let fact = ask.fact(place, cooperation, instrument)?;
                work.record(&permit, &rules::write(fact, &known, today)?)?;
                Ok(())
            },
            move |view| read(view, &at, today, &slot),
        )
        .await;
    match written {
        Ok(whole) => {
            cx.saved_saying(whole.paper.path(&whole.cooperation), "agreements-done-rewritten", &whole)
        }
        Err(stop) => {
            let whole = found(&cx).await?;
            cx.again(stop, |frame| PaperPage::new(frame, &whole, Some(ask)))
        }
    }
}
