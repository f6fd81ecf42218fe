//! The obligations of a cooperation, setting one, and what is late on the page of the cooperation.

use askama::Template;
use journal::View;
use kernel::{Day, Deed, EntryId, InstrumentId, Names, ObligationId, PartyId, Permit, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Fragment, Frame, List, ListAsk, Listed, Query, Reply, SlotAt, Voice, Want};

use super::{Book, Owed, badge, read, sentence};
use crate::obligations::rules::{self, Known};
use crate::obligations::{KeepObligations, ObligationSet, SeeObligations};

/// How an obligation can stand, in the order in which it is urgent.
const STATES: [&str; 6] = ["late", "due_soon", "open", "met_late", "met", "waived"];

/// What is asked of the list: those of a state, those of a party.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct OwedAsk {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: Option<String>,
    #[serde(default)]
    state: String,
    #[serde(default)]
    party: Option<PartyId>,
}

/// What the form says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SetAsk {
    /// Made with the form; it also becomes the id of the obligation.
    id: EntryId,
    debtor: Option<PartyId>,
    creditor: Option<PartyId>,
    #[serde(default)]
    name_id: String,
    #[serde(default)]
    name_ko: String,
    #[serde(default)]
    name_en: String,
    #[serde(default)]
    paper: Option<InstrumentId>,
    #[serde(default)]
    article: String,
    #[serde(default)]
    due: Option<Day>,
    #[serde(default)]
    every_months: Option<i64>,
    #[serde(default)]
    until: Option<Day>,
    #[serde(default)]
    shown_by: String,
    #[serde(default)]
    source: String,
}

impl SetAsk {
    fn blank() -> SetAsk {
        let empty = String::new;
        SetAsk {
            id: EntryId::new(),
            debtor: None,
            creditor: None,
            name_id: empty(),
            name_ko: empty(),
            name_en: empty(),
            paper: None,
            article: empty(),
            due: None,
            every_months: None,
            until: None,
            shown_by: empty(),
            source: empty(),
        }
    }
}

#[derive(Template)]
#[template(path = "obligations/pages/list.html")]
struct ListPage<'a> {
    frame: Frame,
    book: &'a Book,
    sentence: String,
    list: Listed,
    parties: Vec<Choice>,
    papers: Vec<Choice>,
    states: Vec<Choice>,
    ask: OwedAsk,
    typed: SetAsk,
}

impl<'a> ListPage<'a> {
    fn new(frame: Frame, book: &'a Book, list: Listed, ask: OwedAsk, typed: SetAsk) -> ListPage<'a> {
        let lang = frame.lang.code();
        let papers =
            book.papers.iter().map(|paper| Choice::new(paper.instrument, paper.names.named(lang))).collect();
        let states = STATES.map(|state| Choice::new(state, frame.say(format!("obligations-state-{state}"))));
        ListPage {
            sentence: sentence(&frame, book),
            parties: book.choices(lang),
            papers,
            states: states.into(),
            book,
            list,
            ask,
            typed,
            frame,
        }
    }
}

/// The obligations that are asked for, the most urgent first.
fn chosen(book: &Book, ask: &OwedAsk) -> Vec<Owed> {
    let fits = |owed: &&Owed| {
        let is_of = |party| [owed.obligation.debtor, owed.obligation.creditor].contains(&party);
        (ask.state.is_empty() || (owed.obligation.undone.is_none() && owed.state() == ask.state))
            && ask.party.is_none_or(is_of)
    };
    let mut found: Vec<Owed> = book.obligations.iter().filter(fits).cloned().collect();
    found.sort_by_key(|owed| {
        let urgent = STATES.iter().position(|state| *state == owed.state());
        let due = owed.telling().and_then(|it| it.due);
        (owed.obligation.undone.is_some(), urgent, due.is_none(), due)
    });
    found
}

fn table(book: &Book, lang: &'static str) -> List<Owed> {
    let names = |pick: fn(&Owed) -> PartyId| {
        let book = book.clone();
        move |owed: &Owed| book.name_of(pick(owed), lang)
    };
    let (cooperation, papers) = (book.cooperation.clone(), book.clone());
    List::new("obligations")
        .column("what", "obligations-what", move |owed: &Owed| owed.obligation.what.named(lang).to_owned())
        .link(move |owed| cooperation.path(&format!("/obligations/{}", owed.obligation.obligation)))
        .column("debtor", "obligations-debtor", names(|owed| owed.obligation.debtor))
        .column("creditor", "obligations-creditor", names(|owed| owed.obligation.creditor))
        .column("due", "obligations-due", |owed| owed.telling().and_then(|it| it.due))
        .column("state", "obligations-state", |owed| badge(owed.state()))
        .column("paper", "obligations-paper", move |owed| papers.paper_of(&owed.obligation, lang))
        .column("article", "obligations-article", |owed| owed.obligation.article.clone())
        .undone(|owed| owed.obligation.undone.is_some())
}

fn listed(book: &Book, ask: &OwedAsk, (voice, lang): (&Voice, &'static str), want: Want) -> Listed {
    let OwedAsk { q, sort, page, .. } = ask.clone();
    table(book, lang).of(&chosen(book, ask), &ListAsk { q, sort, page }, voice, want)
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Book, Stop> {
    let (place, book, today) = (cx.place().clone(), cx.book(), cx.today);
    cx.read(move |view| read(view, &place, book, today)).await
}

pub(crate) async fn list(cx: Cx<SeeObligations>, Query(ask): Query<OwedAsk>) -> Reply {
    let book = found(&cx).await?;
    let list = listed(&book, &ask, (cx.voice(), cx.lang.code()), cx.want);
    cx.list(list, |frame, list| ListPage::new(frame, &book, list, ask, SetAsk::blank()))
}

pub(crate) async fn set(cx: Cx<KeepObligations>, Ask(ask): Ask<SetAsk>) -> Reply {
    let (permit, place, cooperation, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let obligation = ObligationId::from_bytes(ask.id.to_bytes());
    let here = place.clone();
    let done = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let book = read(work, &place, cooperation, today)?;
                let SetAsk { debtor, creditor, name_id, name_ko, name_en, paper, .. } = ask;
                let parties: Vec<PartyId> = book.parties.iter().map(|it| it.party).collect();
                let signed = book.papers.iter().find(|known| Some(known.instrument) == paper);
                let known = Known { parties: &parties, paper: signed.map(|paper| paper.signed) };
                let nobody = PartyId::from_bytes([0; 16]);
                let fact = ObligationSet {
                    place,
                    cooperation,
                    obligation,
                    debtor: debtor.unwrap_or(nobody),
                    creditor: creditor.unwrap_or(nobody),
                    what: Names { id: name_id, ko: name_ko, en: name_en },
                    paper,
                    article: ask.article,
                    due: ask.due,
                    every_months: ask.every_months,
                    until: ask.until,
                    shown_by: ask.shown_by,
                    source: ask.source,
                };
                work.record(&permit, &rules::set(fact, &known)?)?;
                Ok(())
            },
            move |view| {
                let book = read(view, &here, cooperation, today)?;
                let set = book.obligations.into_iter().find(|it| it.obligation.obligation == obligation);
                set.ok_or_else(|| rules::Refusal::NoObligation.into())
            },
        )
        .await;
    match done {
        Ok(owed) => {
            let (place, book) = (cx.place(), cx.book());
            let path = format!("/regions/{place}/cooperations/{book}/obligations/{obligation}");
            cx.saved_saying(path, "obligations-done-set", &owed)
        }
        Err(stop) => {
            let (book, all) = (found(&cx).await?, OwedAsk::default());
            let list = listed(&book, &all, (cx.voice(), cx.lang.code()), cx.want);
            cx.again(stop, |frame| ListPage::new(frame, &book, list, all, ask))
        }
    }
}

/// On the page of the cooperation.
#[derive(Template)]
#[template(path = "obligations/pages/in_cooperation.html")]
struct InCooperation<'a> {
    frame: &'a Frame,
    sentence: String,
    list: Option<Listed>,
    path: String,
}

/// What is late and what comes next, on the page of the cooperation.
pub(crate) fn in_cooperation(
    view: &mut View<'_, '_>,
    _: &Permit<SeeObligations>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(book) = at.book else { return Ok(None) };
    let book = read(view, &at.village, book, frame.today())?;
    let mut first = chosen(&book, &OwedAsk::default());
    first.retain(|owed| {
        owed.obligation.undone.is_none() && owed.telling().is_some_and(|it| it.state.is_owed())
    });
    first.truncate(5);
    let list = table(&book, frame.lang.code()).plain().of(&first, &ListAsk::default(), frame, Want::Html);
    let part = InCooperation {
        frame,
        sentence: sentence(frame, &book),
        list: (!first.is_empty()).then_some(list),
        path: book.cooperation.path("/obligations"),
    };
    Ok(Some(Fragment::new("obligations", &part, &book.obligations)?))
}
