//! Price lists: whole, dated, one for buying and one for selling. A new one begins from the one in force.

use askama::Template;
use kernel::{Day, Deed, EntryId, Stop, UnitPrice};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, Cx, Frame, List, ListAsk, Listed, Query, Reply, Word};

use super::place;
use super::shown::SortNames;
use crate::waste::addresses::{Entries, path};
use crate::waste::rules::{self, Refusal};
use crate::waste::tables::{self, Bank, PriceList, PriceListRow, Sort};
use crate::waste::{SeeSums, SetUp, Side, SortCode};

/// The list of one side that holds on a day, and the one before it.
#[derive(Debug, Clone, Default, Serialize)]
struct Held {
    list: Option<PriceList>,
    before: Option<PriceList>,
}

#[derive(Serialize)]
struct Prices {
    bank: Bank,
    day: Day,
    buying: Held,
    selling: Held,
    lists: Vec<PriceListRow>,
    #[serde(skip)]
    sorts: Vec<Sort>,
}

async fn found<D: Deed>(cx: &Cx<D>, day: Day) -> Result<Prices, Stop> {
    let (village, book) = place(cx);
    cx.read(move |view| {
        let bank = tables::bank(view, &village, book)?.ok_or(Refusal::NoBank)?;
        let mut held = |side| {
            let list = tables::price_list(view, &village, book, side, day)?;
            let before = match &list {
                Some(list) => tables::price_list(view, &village, book, side, list.from.plus(-1))?,
                None => None,
            };
            Ok::<Held, Stop>(Held { list, before })
        };
        let (buying, selling) = (held(Side::Buying)?, held(Side::Selling)?);
        let lists = tables::price_lists(view, &village, book)?;
        let sorts = tables::sorts(view, &village, book)?;
        Ok(Prices { bank, day, buying, selling, lists, sorts })
    })
    .await
}

/// What a sort costs on a list, and how that changed since the list before.
struct PriceLine {
    code: SortCode,
    name: String,
    price: UnitPrice,
    before: Option<UnitPrice>,
}

impl PriceLine {
    /// `+100` in the reader's way to write numbers; a word when the sort is new on the list.
    fn change(&self, voice: &web::Voice) -> Option<String> {
        match self.before {
            None => Some(voice.say("waste-office-price-new").to_string()),
            Some(before) => match self.price.rupiah() - before.rupiah() {
                0 => None,
                up if up > 0 => Some(format!("+{}", voice.show(kernel::Rupiah::new(up)))),
                down => Some(voice.show(kernel::Rupiah::new(down))),
            },
        }
    }
}

fn lines(held: &Held, names: &SortNames, lang: web::Lang) -> Vec<PriceLine> {
    let Some(list) = &held.list else { return Vec::new() };
    let before = |code: &SortCode| held.before.as_ref().and_then(|before| before.prices.get(code).copied());
    let line = |(code, price): (&SortCode, &UnitPrice)| PriceLine {
        code: code.clone(),
        name: names.of(code, lang),
        price: *price,
        before: before(code),
    };
    list.prices.iter().map(line).collect()
}

/// Sorts that the list before had and this one has not.
fn dropped(held: &Held, names: &SortNames, lang: web::Lang) -> Vec<String> {
    let (Some(list), Some(before)) = (&held.list, &held.before) else { return Vec::new() };
    before
        .prices
        .keys()
        .filter(|code| !list.prices.contains_key(code))
        .map(|code| names.of(code, lang))
        .collect()
}

#[derive(Template)]
#[template(path = "waste/office/prices.html")]
struct PricesPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    page: &'a Prices,
    sides: Vec<SidePart<'a>>,
    history: Listed,
}

/// One side of the page.
struct SidePart<'a> {
    side: Side,
    held: &'a Held,
    list: Listed,
    dropped: String,
}

fn side_part<'a>(side: Side, held: &'a Held, prices: &Prices, voice: &web::Voice) -> SidePart<'a> {
    let (names, lang) = (SortNames::new(&prices.sorts), voice.lang);
    let mut list = List::new("prices")
        .column("code", "waste-office-code", |line: &PriceLine| line.code.to_string())
        .column("sort", "waste-office-sort", |line| line.name.clone())
        .column("price", "waste-office-price", |line| line.price);
    // The first list changes nothing.
    if held.before.is_some() {
        let teller = voice.clone();
        list = list.column("change", "waste-office-price-change", move |line| line.change(&teller));
    }
    let list = list.plain().of(&lines(held, &names, lang), &ListAsk::default(), voice, web::Want::Html);
    SidePart { side, held, list, dropped: dropped(held, &names, lang).join(", ") }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct DayAsk {
    day: Option<Day>,
}

pub(super) async fn prices(cx: Cx<SeeSums>, Query(ask): Query<ListAsk>, Query(on): Query<DayAsk>) -> Reply {
    let page = found(&cx, on.day.unwrap_or(cx.today)).await?;
    let (by_day, today) = (page.bank.path("/prices"), cx.today);
    let in_force: Vec<EntryId> = [&page.buying, &page.selling]
        .into_iter()
        .filter_map(|held| held.list.as_ref().map(|list| list.entry))
        .collect();
    let history = List::new("price-lists")
        .column("from", "waste-office-valid-from", |row: &PriceListRow| row.from)
        .link(move |row| format!("{by_day}?day={}", row.from))
        .column("side", "waste-office-side", |row| Word::new(format!("waste-office-side-{}", row.side)))
        .column("sorts", "waste-office-sorts-count", |row| row.sorts)
        .column("state", "waste-office-state", move |row| match row.from > today {
            _ if in_force.contains(&row.entry) => Value::Badge("ok", "waste-office-in-force".into()),
            true => Value::Badge("info", "waste-office-to-come".into()),
            false => Value::Badge("", "waste-office-past".into()),
        })
        .column("entry", "waste-office-entry", |row| row.entry.to_string()[20..].to_owned())
        .undone(|row| row.undone.is_some());
    let history = Entries::of(&cx, &page.bank).link(history, |row| row.entry);
    let history = history.of(&page.lists, &ask, cx.voice(), cx.want);
    let voice = cx.voice();
    cx.page_and_list(&page, history, |frame, history| PricesPage {
        frame,
        bank: &page.bank,
        sides: vec![
            side_part(Side::Buying, &page.buying, &page, voice),
            side_part(Side::Selling, &page.selling, &page, voice),
        ],
        history,
        page: &page,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct SideAsk {
    side: Option<Side>,
}

/// A new list, as typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PricesAsk {
    id: EntryId,
    side: Side,
    from: Day,
    #[serde(default)]
    kind: Vec<SortCode>,
    #[serde(default)]
    price: Vec<String>,
}

/// A row of the form.
struct PriceField {
    code: SortCode,
    name: String,
    piece: bool,
    typed: String,
    /// What it costs on the list in force.
    now: Option<UnitPrice>,
}

#[derive(Template)]
#[template(path = "waste/office/prices_new.html")]
struct NewPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    side: Side,
    from: Day,
    rows: Vec<PriceField>,
}

impl<'a> NewPage<'a> {
    fn new(frame: Frame, page: &'a Prices, side: Side, from: Day, typed: Option<&PricesAsk>) -> NewPage<'a> {
        let held = if side == Side::Buying { &page.buying } else { &page.selling };
        let (names, lang) = (SortNames::new(&page.sorts), frame.lang);
        let mut sorts: Vec<&Sort> = page.sorts.iter().filter(|sort| !sort.retired).collect();
        // The order of what was typed decides which field a refusal is about.
        match typed {
            Some(ask) => sorts.sort_by_key(|sort| ask.kind.iter().position(|kind| *kind == sort.sort)),
            None => sorts.sort_by_key(|sort| names.path(&sort.sort, lang)),
        }
        let rows = sorts.into_iter().map(|sort| {
            let now = held.list.as_ref().and_then(|list| list.prices.get(&sort.sort).copied());
            let as_typed = typed.and_then(|ask| {
                let n = ask.kind.iter().position(|kind| *kind == sort.sort)?;
                ask.price.get(n).cloned()
            });
            PriceField {
                code: sort.sort.clone(),
                name: names.path(&sort.sort, lang),
                piece: sort.unit == kernel::Unit::Piece,
                typed: as_typed
                    .unwrap_or_else(|| now.map(|price| price.rupiah().to_string()).unwrap_or_default()),
                now,
            }
        });
        NewPage { rows: rows.collect(), bank: &page.bank, side, from, frame }
    }
}

pub(super) async fn new(cx: Cx<SetUp>, Query(ask): Query<SideAsk>) -> Reply {
    let page = found(&cx, cx.today).await?;
    let side = ask.side.unwrap_or(Side::Buying);
    let from = cx.today;
    cx.page(&page, |frame| NewPage::new(frame, &page, side, from, None))
}

pub(super) async fn set(cx: Cx<SetUp>, Ask(ask): Ask<PricesAsk>) -> Reply {
    let ((village, book), today, permit) = (place(&cx), cx.today, cx.permit.clone());
    let (here, side, from) = (village.clone(), ask.side, ask.from);
    let set = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let desk = tables::desk(work, &village, book, today)?;
                let sorts = tables::sorts(work, &village, book)?;
                let typed: Vec<(SortCode, String)> = ask.kind.into_iter().zip(ask.price).collect();
                let fact = rules::set_prices(&desk, &sorts, (ask.side, ask.from), &typed)?;
                let newest = tables::newest_prices(work, &village, book, (fact.side, fact.from))?;
                rules::not_overtaken(&desk, ask.id, newest)?;
                work.record(&permit, &fact)?;
                Ok(())
            },
            move |view| Ok(tables::price_list(view, &here, book, side, from)?),
        )
        .await;
    match set {
        Ok(list) => {
            let (village, book) = place(&cx);
            cx.saved_saying(
                path(&village, book, &format!("/prices?day={from}")),
                "waste-office-done-prices",
                &list,
            )
        }
        Err(stop) => {
            let page = found(&cx, cx.today).await?;
            cx.again(stop, |frame| NewPage::new(frame, &page, side, from, Some(&ask)))
        }
    }
}
