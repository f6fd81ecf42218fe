//! The visits of a cooperation, one of them, and the latest ones on the page of the cooperation.

use std::collections::BTreeMap;

use askama::Template;
use db::Tx;
use journal::View;
use kernel::{BookId, Day, Deed, EntryId, Names, PartyId, Permit, PlaceCode, Stop, VisitId};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Fragment, Frame, List, ListAsk, Listed, Query, Reply, SlotAt, Voice, Want, Word};

use super::facts::{VisitKind, VisitMade};
use super::rules::{self, Refusal};
use super::tables::{self, Visit};
use super::{KeepVisits, SeeVisits, TakeBack};
use crate::agreements::{self, Cooperation};
use crate::parties;

/// The visits of a cooperation, with everything that their pages name.
struct Book {
    cooperation: Cooperation,
    visits: Vec<Visit>,
    parties: Vec<(PartyId, Names)>,
}

impl Book {
    fn name_of(&self, party: PartyId, lang: &str) -> String {
        let found = self.parties.iter().find(|(known, _)| *known == party);
        found.map_or_else(String::new, |(_, names)| names.named(lang).to_owned())
    }
    fn find(&self, visit: VisitId) -> Result<&Visit, Stop> {
        self.visits.iter().find(|it| it.visit == visit).ok_or_else(|| Refusal::NoVisit.into())
    }
}

fn read(view: &mut Tx<'_>, place: &PlaceCode, book: BookId) -> Result<Book, Stop> {
    let cooperation =
        agreements::cooperation(view, place, book)?.ok_or(agreements::Refusal::NoCooperation)?;
    let mut names: BTreeMap<_, _> =
        parties::list(view, place)?.into_iter().map(|party| (party.party, party.names)).collect();
    let parties = agreements::participants(view, place)?
        .into_iter()
        .filter(|with| with.cooperation == book)
        .filter_map(|with| Some((with.party, names.remove(&with.party)?)))
        .collect();
    Ok(Book { cooperation, visits: tables::visits(view, place, book)?, parties })
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Book, Stop> {
    let (place, book) = (cx.place().clone(), cx.book());
    cx.read(move |view| read(view, &place, book)).await
}

fn table(book: &Book, lang: &'static str) -> List<Visit> {
    let names = |pick: fn(&Visit) -> PartyId| {
        let parties: BTreeMap<_, _> =
            book.parties.iter().map(|(party, names)| (*party, names.named(lang).to_owned())).collect();
        move |visit: &Visit| parties.get(&pick(visit)).cloned()
    };
    let cooperation = book.cooperation.clone();
    List::new("visits")
        .column("purpose", "visits-purpose", move |visit: &Visit| visit.purpose.named(lang).to_owned())
        .link(move |visit| cooperation.path(&format!("/visits/{}", visit.visit)))
        .column("from", "visits-from", |visit| visit.from)
        .column("to", "visits-to", |visit| visit.to)
        .column("kind", "visits-kind", |visit| Word::new(format!("visits-kind-{}", visit.kind)))
        .column("guest", "visits-guest", names(|visit| visit.guest))
        .column("host", "visits-host", names(|visit| visit.host))
        .column("location", "visits-location", |visit| visit.location.clone())
        .column("outcome", "visits-outcome", move |visit| visit.outcome.named(lang).to_owned())
        .column("people", "visits-people", |visit| visit.people)
        .column("women", "visits-women", |visit| visit.women)
        .column("source", "visits-source", |visit| visit.source.clone())
        .undone(|visit| visit.undone.is_some())
}

fn listed(book: &Book, ask: &ListAsk, (voice, lang): (&Voice, &'static str), want: Want) -> Listed {
    table(book, lang).of(&book.visits, ask, voice, want)
}

/// What the form says.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct EnterAsk {
    /// Made with the form; it also becomes the id of the visit.
    id: EntryId,
    kind: VisitKind,
    from: Day,
    #[serde(default)]
    to: Option<Day>,
    #[serde(default)]
    location: String,
    guest: PartyId,
    host: PartyId,
    #[serde(default)]
    purpose_id: String,
    #[serde(default)]
    purpose_ko: String,
    #[serde(default)]
    purpose_en: String,
    #[serde(default)]
    outcome_id: String,
    #[serde(default)]
    outcome_ko: String,
    #[serde(default)]
    outcome_en: String,
    #[serde(default)]
    people: Option<i64>,
    #[serde(default)]
    women: Option<i64>,
    #[serde(default)]
    source: String,
}

#[derive(Template)]
#[template(path = "visits/list.html")]
struct ListPage<'a> {
    frame: Frame,
    book: &'a Book,
    list: Listed,
    sentence: String,
    kinds: Vec<Choice>,
    parties: Vec<Choice>,
    typed: EnterAsk,
}

impl<'a> ListPage<'a> {
    fn new(frame: Frame, book: &'a Book, list: Listed, typed: Option<EnterAsk>) -> ListPage<'a> {
        let lang = frame.lang.code();
        let kinds = VisitKind::ALL
            .iter()
            .map(|kind| Choice::new(kind, frame.say(format!("visits-kind-{kind}"))))
            .collect();
        let parties =
            book.parties.iter().map(|(party, names)| Choice::new(party, names.named(lang))).collect();
        let (nobody, empty) = (PartyId::from_bytes([0; 16]), String::new);
        let typed = typed.unwrap_or_else(|| EnterAsk {
            id: EntryId::new(),
            kind: VisitKind::Visit,
            from: frame.today(),
            to: None,
            location: empty(),
            guest: nobody,
            host: nobody,
            purpose_id: empty(),
            purpose_ko: empty(),
            purpose_en: empty(),
            outcome_id: empty(),
            outcome_ko: empty(),
            outcome_en: empty(),
            people: None,
            women: None,
            source: empty(),
        });
        ListPage { sentence: sentence(&frame, book), book, list, kinds, parties, typed, frame }
    }
}

/// When somebody came last, in one sentence.
fn sentence(frame: &Frame, book: &Book) -> String {
    let counts: Vec<&Visit> = book.visits.iter().filter(|visit| visit.undone.is_none()).collect();
    match counts.iter().map(|visit| visit.to.min(frame.today())).max() {
        None => frame.say("visits-none").to_string(),
        Some(last) => {
            let said = frame.say("visits-last").with("count", counts.len()).with("day", last);
            said.with("days", i64::from(frame.today().days_since(last))).to_string()
        }
    }
}

pub(super) async fn list(cx: Cx<SeeVisits>, Query(ask): Query<ListAsk>) -> Reply {
    let book = found(&cx).await?;
    let list = listed(&book, &ask, (cx.voice(), cx.lang.code()), cx.want);
    cx.list(list, |frame, list| ListPage::new(frame, &book, list, None))
}

pub(super) async fn enter(cx: Cx<KeepVisits>, Ask(ask): Ask<EnterAsk>) -> Reply {
    let (permit, place, cooperation, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let visit = VisitId::from_bytes(ask.id.to_bytes());
    let here = place.clone();
    let entered = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let book = read(work, &place, cooperation)?;
                let parties: Vec<PartyId> = book.parties.iter().map(|(party, _)| *party).collect();
                let fact = VisitMade {
                    place,
                    cooperation,
                    visit,
                    kind: ask.kind,
                    from: ask.from,
                    to: ask.to.unwrap_or(ask.from),
                    location: ask.location,
                    guest: ask.guest,
                    host: ask.host,
                    purpose: Names { id: ask.purpose_id, ko: ask.purpose_ko, en: ask.purpose_en },
                    outcome: Names { id: ask.outcome_id, ko: ask.outcome_ko, en: ask.outcome_en },
                    people: ask.people,
                    women: ask.women,
                    source: ask.source,
                };
                work.record(&permit, &rules::enter(fact, &parties, today)?)?;
                Ok(())
            },
            move |view| Ok(read(view, &here, cooperation)?.find(visit)?.clone()),
        )
        .await;
    match entered {
        Ok(entered) => {
            let path = format!("/regions/{}/cooperations/{cooperation}/visits/{visit}", cx.place());
            cx.saved_saying(path, "visits-done-entered", &entered)
        }
        Err(stop) => {
            let book = found(&cx).await?;
            let list = listed(&book, &ListAsk::default(), (cx.voice(), cx.lang.code()), cx.want);
            cx.again(stop, |frame| ListPage::new(frame, &book, list, Some(ask)))
        }
    }
}

#[derive(Template)]
#[template(path = "visits/one.html")]
struct OnePage<'a> {
    frame: Frame,
    book: &'a Book,
    visit: &'a Visit,
    reason: String,
}

impl OnePage<'_> {
    fn path(&self) -> String {
        self.book.cooperation.path(&format!("/visits/{}", self.visit.visit))
    }
    fn reads(&self) -> String {
        let lang = self.frame.lang.code();
        let said = self.frame.say("visits-reads").with("from", self.visit.from).with("to", self.visit.to);
        let said = said.with("guest", self.book.name_of(self.visit.guest, lang));
        said.with("host", self.book.name_of(self.visit.host, lang)).to_string()
    }
    fn kind(&self) -> String {
        self.frame.say(format!("visits-kind-{}", self.visit.kind)).to_string()
    }
    fn outcome(&self) -> &str {
        self.visit.outcome.named(self.frame.lang.code())
    }
}

pub(super) async fn one(cx: Cx<SeeVisits>) -> Reply {
    let (book, visit) = (found(&cx).await?, cx.param("visit")?);
    let visit = book.find(visit)?;
    cx.page(visit, |frame| OnePage { frame, book: &book, visit, reason: String::new() })
}

/// What the form about taking back says.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct TakeBackAsk {
    id: EntryId,
    #[serde(default)]
    reason: String,
}

pub(super) async fn take_back(cx: Cx<TakeBack>, Ask(ask): Ask<TakeBackAsk>) -> Reply {
    let (permit, place, cooperation, today) = (cx.permit.clone(), cx.place().clone(), cx.book(), cx.today);
    let visit: VisitId = cx.param("visit")?;
    let here = place.clone();
    let taken = cx
        .once(
            ask.id,
            (visit, ask.clone()),
            move |work, (visit, ask)| {
                let entry = read(work, &place, cooperation)?.find(visit)?.entry;
                work.reverse(&permit, entry, today, &ask.reason)?;
                Ok(())
            },
            move |view| Ok(read(view, &here, cooperation)?.find(visit)?.clone()),
        )
        .await;
    match taken {
        Ok(taken) => {
            let path = format!("/regions/{}/cooperations/{cooperation}/visits/{visit}", cx.place());
            cx.saved_saying(path, "visits-done-taken-back", &taken)
        }
        Err(stop) => {
            let book = found(&cx).await?;
            let visit = book.find(visit)?;
            cx.again(stop, |frame| OnePage { frame, book: &book, visit, reason: ask.reason })
        }
    }
}

/// On the page of the cooperation.
#[derive(Template)]
#[template(path = "visits/in_cooperation.html")]
struct InCooperation<'a> {
    frame: &'a Frame,
    sentence: String,
    path: String,
}

/// When somebody came last, on the page of the cooperation.
pub(super) fn in_cooperation(
    view: &mut View<'_, '_>,
    _: &Permit<SeeVisits>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(book) = at.book else { return Ok(None) };
    let book = read(view, &at.village, book)?;
    let part =
        InCooperation { frame, sentence: sentence(frame, &book), path: book.cooperation.path("/visits") };
    Ok(Some(Fragment::new("visits", &part, &book.visits)?))
}
