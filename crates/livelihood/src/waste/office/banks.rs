//! The banks of a village.

use askama::Template;
use journal::View;
use kernel::{BookId, Day, Deed, EntryId, Fault, Permit, PlaceCode, Scope, Stop};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, BookAt, Choice, Cx, Fragment, Frame, List, ListAsk, Listed, Query, Reply, SlotAt, Word};

use super::SeeBanks;
use crate::waste::tables::{self, Bank, BankFigures};
use crate::waste::{BankKind, BankOpened, SeeSums, SetUp, rules};

/// A bank, with its figures for those who may see them.
#[derive(Debug, Clone, Serialize)]
struct BankLine {
    #[serde(flatten)]
    bank: Bank,
    figures: Option<BankFigures>,
}

#[derive(Serialize)]
struct Banks {
    village: PlaceCode,
    banks: Vec<BankLine>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct OpenAsk {
    id: EntryId,
    name: String,
    kind: BankKind,
    main: Option<BookId>,
    day: Day,
}

#[derive(Template)]
#[template(path = "waste/office/banks.html")]
struct BanksPage {
    frame: Frame,
    list: Listed,
    /// Main banks of the village.
    mains: Vec<Choice>,
    kinds: Vec<Choice>,
    typed: OpenAsk,
}

impl BanksPage {
    fn new(frame: Frame, list: Listed, banks: &Banks, typed: OpenAsk) -> BanksPage {
        let mains = banks.banks.iter().filter(|line| line.bank.kind == BankKind::Main);
        let mains = mains.map(|line| Choice::new(line.bank.bank, &line.bank.name)).collect();
        let kinds = [BankKind::Unit, BankKind::Main]
            .map(|kind| Choice::new(kind, frame.say(format!("waste-office-kind-{kind}"))))
            .to_vec();
        BanksPage { frame, list, mains, kinds, typed }
    }
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Banks, Stop> {
    let (village, month, actor) = (cx.place().clone(), cx.today.month(), cx.visit().actor.clone());
    cx.read(move |view| {
        let figures = tables::bank_figures(view, &village, month)?;
        let line = |bank: Bank| {
            let seen = actor.can(SeeSums::BY, &Scope::book(village.clone(), bank.bank));
            let figures = seen.then(|| figures.get(&bank.bank).copied().unwrap_or_default());
            BankLine { bank, figures }
        };
        let banks = tables::banks(view, &village)?.into_iter().map(line).collect();
        Ok(Banks { village, banks })
    })
    .await
}

fn listed<D: Deed>(cx: &Cx<D>, banks: &Banks, ask: &ListAsk) -> Listed {
    let figure = |line: &BankLine, read: fn(BankFigures) -> Value| line.figures.map_or(Value::Empty, read);
    List::new("banks")
        .column("name", "waste-office-bank", |line: &BankLine| line.bank.name.clone())
        .link(|line| line.bank.path(""))
        .column("kind", "waste-office-kind", |line| {
            Word::new(format!("waste-office-kind-{}", line.bank.kind))
        })
        .column("kept", "waste-office-kept-this-month", move |line| {
            figure(line, |figures| figures.kept.into())
        })
        .summed()
        .column("active", "waste-office-active-this-month", move |line| {
            figure(line, |figures| figures.active.into())
        })
        .summed()
        .column("owed", "waste-office-owed", move |line| figure(line, |figures| figures.owed.into()))
        .summed()
        .column("cash", "waste-office-cash", move |line| figure(line, |figures| figures.cash.into()))
        .summed()
        .column("since", "waste-office-since", |line| line.bank.day)
        .of(&banks.banks, ask, cx.voice(), cx.want)
}

pub(super) async fn list(cx: Cx<SeeBanks>, Query(ask): Query<ListAsk>) -> Reply {
    let banks = found(&cx).await?;
    let typed =
        OpenAsk { id: EntryId::new(), name: String::new(), kind: BankKind::Unit, main: None, day: cx.today };
    cx.page_and_list(&banks, listed(&cx, &banks, &ask), |frame, list| {
        BanksPage::new(frame, list, &banks, typed)
    })
}

pub(super) async fn open(cx: Cx<SetUp>, Ask(ask): Ask<OpenAsk>) -> Reply {
    // The book follows from the request, so that a form that is sent twice opens one bank.
    let book = BookId::from_bytes(ask.id.to_bytes());
    let (village, today, permit) = (cx.place().clone(), cx.today, cx.permit.clone());
    let here = village.clone();
    let opened = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let OpenAsk { name, kind, main, day, .. } = ask;
                let fact = BankOpened { village: village.clone(), bank: book, name, kind, main, day };
                let fact = rules::open_bank(&tables::banks(work, &village)?, today, fact)?;
                work.record(&permit, &fact)?;
                Ok(())
            },
            move |view| tables::bank(view, &here, book)?.ok_or_else(|| rules::Refusal::NoBank.into()),
        )
        .await;
    match opened {
        Ok(bank) => cx.saved_saying(bank.path(""), "waste-office-done-opened", &bank),
        Err(stop) => {
            let banks = found(&cx).await?;
            let list = listed(&cx, &banks, &ListAsk::default());
            cx.again(stop, |frame| BanksPage::new(frame, list, &banks, ask))
        }
    }
}

/// Every bank of the site, as a book for which a role can be given.
pub(super) fn books(view: &mut View<'_, '_>) -> Result<Vec<BookAt>, Fault> {
    let named = |it: Bank| BookAt { place: it.village, book: it.bank, name: it.name };
    Ok(tables::all_banks(view)?.into_iter().map(named).collect())
}

/// The banks on the page of their village.
#[derive(Template, Serialize)]
#[template(path = "waste/office/in_village.html")]
struct InVillage<'a> {
    #[serde(skip)]
    frame: &'a Frame,
    village: &'a PlaceCode,
    banks: Vec<Bank>,
}

/// Which banks a village has, on its page; nothing where there is none and the reader may open none.
pub(super) fn in_village(
    view: &mut View<'_, '_>,
    _: &Permit<SeeBanks>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let banks = tables::banks(view, &at.village)?;
    if banks.is_empty() && !frame.may("waste.set_up") {
        return Ok(None);
    }
    let part = InVillage { frame, village: &at.village, banks };
    Ok(Some(Fragment::new("waste", &part, &part)?))
}
