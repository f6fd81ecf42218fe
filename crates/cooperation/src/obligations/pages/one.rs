//! One obligation: each time that it falls due, the entries behind, and recording what became of it.

use askama::Template;
use journal::Work;
use kernel::{Day, Deed, EntryId, ObligationId, PartyId, Stop};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Reply, Want, Word};

use super::{Book, Owed, badge, read};
use crate::obligations::rules::{self, Occurrence, Refusal};
use crate::obligations::tables::{Happened, HappenedKind};
use crate::obligations::{
    KeepObligations, ObligationMet, SeeObligations, TakeBack, WaiverAsked, WaiverConsented,
};

/// What the form about a time that was met says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct MeetAsk {
    id: EntryId,
    nth: i64,
    #[serde(default)]
    day: Option<Day>,
    #[serde(default)]
    shown: String,
    #[serde(default)]
    proof: Option<EntryId>,
}

/// What the form about a request for a waiver says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct WaiveAsk {
    id: EntryId,
    nth: i64,
    by: PartyId,
    #[serde(default)]
    day: Option<Day>,
    #[serde(default)]
    reason: String,
}

/// What the form about a consent says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ConsentAsk {
    id: EntryId,
    /// The entry that asked.
    asked: EntryId,
    by: PartyId,
    #[serde(default)]
    day: Option<Day>,
    #[serde(default)]
    shown: String,
}

/// What the form about taking back says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct TakeBackAsk {
    id: EntryId,
    #[serde(default)]
    reason: String,
}

/// Which form is shown with what was typed.
enum Typed {
    Nothing,
    Meet(MeetAsk),
    Waive(WaiveAsk),
    Consent(ConsentAsk),
    TakeBack(TakeBackAsk),
}

#[derive(Template)]
#[template(path = "obligations/pages/one.html")]
struct OnePage<'a> {
    frame: Frame,
    book: &'a Book,
    owed: &'a Owed,
    occurrences: Listed,
    happened: Listed,
    /// The times that something is owed.
    open: Vec<Choice>,
    /// The two parties between whom it stands.
    between: Vec<Choice>,
    /// The requests that wait for a consent.
    requests: Vec<Choice>,
    typed: Typed,
}

impl<'a> OnePage<'a> {
    fn new(frame: Frame, book: &'a Book, owed: &'a Owed, typed: Typed) -> OnePage<'a> {
        let lang = frame.lang.code();
        let plain = |due: Option<Day>| match due {
            Some(day) => frame.show(day).to_string(),
            None => frame.say("obligations-no-day").to_string(),
        };
        let occurrences = List::new("occurrences")
            .column("nth", "obligations-nth", |it: &Occurrence| it.nth)
            .column("due", "obligations-due", |it| it.due)
            .column("state", "obligations-state", |it| badge(it.state.name()))
            .plain()
            .of(&owed.occurrences, &ListAsk::default(), &frame, Want::Html);
        let names = book.clone();
        let happened = List::new("happened")
            .column("day", "obligations-day", |it: &Happened| it.day)
            .column("kind", "obligations-kind", |it| Word::new(format!("obligations-kind-{}", it.kind)))
            .column("nth", "obligations-nth", |it| it.nth)
            .column("party", "obligations-party", move |it| {
                it.party.map_or(Value::Empty, |party| names.name_of(party, lang).into())
            })
            .column("note", "obligations-note", |it| it.note.clone())
            .column("entry", "obligations-entry", |it| it.entry.to_string())
            .undone(|it| it.undone.is_some())
            .plain()
            .of(&owed.happened, &ListAsk::default(), &frame, Want::Html);
        let open: Vec<&Occurrence> = owed.occurrences.iter().filter(|it| it.state.is_owed()).collect();
        let choices = open.iter().map(|it| Choice::new(it.nth, plain(it.due))).collect();
        let waits = |it: &&Happened| {
            it.kind == HappenedKind::WaiverAsked
                && it.undone.is_none()
                && open.iter().any(|open| open.nth == it.nth)
        };
        let requests = owed.happened.iter().filter(waits);
        let requests = requests.map(|it| Choice::new(it.entry, it.note.clone())).collect();
        let between = [owed.obligation.debtor, owed.obligation.creditor];
        let between = between.map(|party| Choice::new(party, book.name_of(party, lang))).into();
        OnePage { book, owed, occurrences, happened, open: choices, between, requests, typed, frame }
    }
    fn path(&self) -> String {
        self.book.cooperation.path(&format!("/obligations/{}", self.owed.obligation.obligation))
    }
    fn reads(&self) -> String {
        let (of, lang) = (&self.owed.obligation, self.frame.lang.code());
        let said = self.frame.say("obligations-reads");
        let said = said.with("debtor", self.book.name_of(of.debtor, lang));
        said.with("creditor", self.book.name_of(of.creditor, lang)).to_string()
    }
    /// What may be taken back: the entries that count, and the obligation itself while nothing became of it.
    fn entries(&self) -> Vec<(EntryId, String)> {
        let counts = |it: &&Happened| it.undone.is_none();
        let mut all: Vec<_> = self
            .owed
            .happened
            .iter()
            .filter(counts)
            .map(|it| {
                let kind = self.frame.say(format!("obligations-kind-{}", it.kind));
                (it.entry, format!("{} · {kind}", self.frame.show(it.day)))
            })
            .collect();
        if all.is_empty() && self.owed.obligation.undone.is_none() {
            all.push((self.owed.obligation.entry, self.frame.say("obligations-itself").to_string()));
        }
        all
    }
    fn meet(&self) -> MeetAsk {
        match &self.typed {
            Typed::Meet(typed) => typed.clone(),
            _ => MeetAsk { id: EntryId::new(), nth: 0, day: None, shown: String::new(), proof: None },
        }
    }
    fn reason(&self) -> String {
        match &self.typed {
            Typed::Waive(typed) => typed.reason.clone(),
            _ => String::new(),
        }
    }
    fn shown(&self) -> String {
        match &self.typed {
            Typed::Consent(typed) => typed.shown.clone(),
            _ => String::new(),
        }
    }
    fn why(&self) -> String {
        match &self.typed {
            Typed::TakeBack(typed) => typed.reason.clone(),
            _ => String::new(),
        }
    }
}

/// One obligation in the book of its cooperation.
fn pick(book: &Book, obligation: ObligationId) -> Result<&Owed, Stop> {
    let found = book.obligations.iter().find(|it| it.obligation.obligation == obligation);
    found.ok_or_else(|| Refusal::NoObligation.into())
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<(Book, ObligationId), Stop> {
    let (place, book, today) = (cx.place().clone(), cx.book(), cx.today);
    let obligation: ObligationId = cx.param("obligation")?;
    let book = cx.read(move |view| read(view, &place, book, today)).await?;
    pick(&book, obligation)?;
    Ok((book, obligation))
}

pub(crate) async fn one(cx: Cx<SeeObligations>) -> Reply {
    let (book, obligation) = found(&cx).await?;
    let owed = pick(&book, obligation)?;
    cx.page(owed, |frame| OnePage::new(frame, &book, owed, Typed::Nothing))
}

/// Books something about one obligation and shows it again.
async fn book<D, A>(
    cx: &Cx<D>,
    (id, ask): (EntryId, A),
    (saying, typed): (&'static str, fn(A) -> Typed),
    record: impl FnOnce(&mut Work<'_, '_>, A, &Owed) -> Result<(), Stop> + Send + 'static,
) -> Reply
where
    D: Deed,
    A: Clone + Serialize + Send + 'static,
{
    let (place, cooperation, today) = (cx.place().clone(), cx.book(), cx.today);
    let obligation: ObligationId = cx.param("obligation")?;
    let here = place.clone();
    let booked = cx
        .once(
            id,
            (obligation, ask.clone()),
            move |work, (_, ask)| {
                let book = read(work, &place, cooperation, today)?;
                let owed = pick(&book, obligation)?;
                record(work, ask, owed)
            },
            move |view| Ok(pick(&read(view, &here, cooperation, today)?, obligation)?.clone()),
        )
        .await;
    match booked {
        Ok(owed) => {
            let path = format!("/regions/{}/cooperations/{cooperation}/obligations/{obligation}", cx.place());
            cx.saved_saying(path, saying, &owed)
        }
        Err(stop) => {
            let (book, obligation) = found(cx).await?;
            let owed = pick(&book, obligation)?;
            cx.again(stop, |frame| OnePage::new(frame, &book, owed, typed(ask)))
        }
    }
}

pub(crate) async fn meet(cx: Cx<KeepObligations>, Ask(ask): Ask<MeetAsk>) -> Reply {
    let (permit, place, today) = (cx.permit.clone(), cx.place().clone(), cx.today);
    book(&cx, (ask.id, ask), ("obligations-done-met", Typed::Meet), move |work, ask, owed| {
        let is_there = match ask.proof {
            Some(entry) => work.entry(entry)?.is_some(),
            None => true,
        };
        let fact = ObligationMet {
            place,
            cooperation: owed.obligation.cooperation,
            obligation: owed.obligation.obligation,
            nth: ask.nth,
            day: ask.day.unwrap_or(today),
            shown: ask.shown,
            proof: ask.proof,
        };
        work.record(&permit, &rules::meet(fact, &owed.occurrences, today, |_| is_there)?)?;
        Ok(())
    })
    .await
}

pub(crate) async fn ask_waiver(cx: Cx<KeepObligations>, Ask(ask): Ask<WaiveAsk>) -> Reply {
    let (permit, place, today) = (cx.permit.clone(), cx.place().clone(), cx.today);
    book(&cx, (ask.id, ask), ("obligations-done-waiver-asked", Typed::Waive), move |work, ask, owed| {
        let fact = WaiverAsked {
            place,
            cooperation: owed.obligation.cooperation,
            obligation: owed.obligation.obligation,
            nth: ask.nth,
            by: ask.by,
            day: ask.day.unwrap_or(today),
            reason: ask.reason,
        };
        let fact = rules::ask_waiver(fact, &owed.obligation, &owed.occurrences, today)?;
        work.record(&permit, &fact)?;
        Ok(())
    })
    .await
}

pub(crate) async fn consent(cx: Cx<KeepObligations>, Ask(ask): Ask<ConsentAsk>) -> Reply {
    let (permit, place, today) = (cx.permit.clone(), cx.place().clone(), cx.today);
    book(&cx, (ask.id, ask), ("obligations-done-consented", Typed::Consent), move |work, ask, owed| {
        let fact = WaiverConsented {
            place,
            cooperation: owed.obligation.cooperation,
            obligation: owed.obligation.obligation,
            nth: 0,
            asked: ask.asked,
            by: ask.by,
            day: ask.day.unwrap_or(today),
            shown: ask.shown,
        };
        let known = (&owed.occurrences[..], &owed.happened[..]);
        work.record(&permit, &rules::consent(fact, &owed.obligation, known, today)?)?;
        Ok(())
    })
    .await
}

pub(crate) async fn take_back(cx: Cx<TakeBack>, Ask(ask): Ask<TakeBackAsk>) -> Reply {
    let (permit, today) = (cx.permit.clone(), cx.today);
    let entry: EntryId = cx.param("entry")?;
    let id = ask.id;
    book(&cx, (id, ask), ("obligations-done-taken-back", Typed::TakeBack), move |work, ask, owed| {
        rules::take_back(entry, &owed.obligation, &owed.happened)?;
        work.reverse(&permit, entry, today, &ask.reason)?;
        Ok(())
    })
    .await
}
