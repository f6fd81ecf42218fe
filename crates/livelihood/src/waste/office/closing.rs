//! Closing days and months (tutup buku; 마감): what is closed stays as it is.

use askama::Template;
use kernel::{Day, Deed, EntryId, Month, Refused, Rupiah, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply, Word};

use super::place;
use crate::waste::addresses::{Entries, path};
use crate::waste::rules::{self, Refusal, Till};
use crate::waste::tables::{self, Bank, Closing};
use crate::waste::{Close, SeeSums};

/// Months that may be chosen.
const MONTHS: i32 = 24;

#[derive(Serialize)]
struct Closings {
    bank: Bank,
    closed_until: Option<Day>,
    /// What is in the cash box by the book, now.
    cash: Rupiah,
    closings: Vec<Closing>,
}

/// A day with the cash that was counted. `seen` is what the book said when the difference was shown: it is booked only
/// while that holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DayAsk {
    id: EntryId,
    day: Day,
    #[serde(default)]
    cash: String,
    seen: Option<Rupiah>,
}

impl DayAsk {
    fn counted(&self) -> Result<Rupiah, Stop> {
        Ok(rules::read_amount(&self.cash).map_err(|no| Refused::from(no).in_field("cash"))?)
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct MonthAsk {
    id: EntryId,
    month: Month,
    /// What was owed when the month was shown: it is closed only while that holds.
    seen: Option<Rupiah>,
}

/// What a month closes with.
#[derive(Debug, Clone, Copy, Serialize)]
struct MonthEnd {
    month: Month,
    cash_book: Rupiah,
    owed: Rupiah,
}

impl MonthEnd {
    /// What the cash box lacks to pay everybody out; nothing where it is enough.
    fn uncovered(&self) -> Option<Rupiah> {
        (self.owed > self.cash_book).then(|| self.owed - self.cash_book)
    }
}

/// What was counted beside what the book says.
#[derive(Debug, Clone, Copy, Serialize)]
struct Count {
    day: Day,
    cash_book: Rupiah,
    cash_counted: Rupiah,
    difference: Rupiah,
}

#[derive(Template)]
#[template(path = "waste/office/closing.html")]
struct ClosingPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    page: &'a Closings,
    list: Listed,
    day: Day,
    cash: String,
    months: Vec<Choice>,
    month: String,
    /// The month that is over and comes next, if it was not closed as a month.
    due: Option<Month>,
    count: Option<Count>,
    month_end: Option<MonthEnd>,
}

impl<'a> ClosingPage<'a> {
    fn new(frame: Frame, page: &'a Closings, list: Listed) -> ClosingPage<'a> {
        let today = frame.today();
        let closed = tables::months_of(&page.closings);
        let open = |month: &Month| !closed.contains(month) && month.last() >= page.bank.day;
        let months: Vec<Month> = (1..=MONTHS).map(|back| today.month().plus(-back)).filter(open).collect();
        // The next one to close: the first after the newest that is closed, else the oldest.
        let newest = closed.iter().max();
        let due = months.iter().rev().find(|month| newest.is_none_or(|newest| *month > newest)).copied();
        let month = due.or(months.last().copied()).map(|month| month.to_string()).unwrap_or_default();
        let months = months.into_iter().map(|month| Choice::new(month, frame.show(month))).collect();
        ClosingPage {
            bank: &page.bank,
            page,
            list,
            day: today,
            cash: String::new(),
            months,
            month,
            due,
            count: None,
            month_end: None,
            frame,
        }
    }
    /// Whether the day that is counted is today: nobody can book on it any more once it is closed.
    fn closes_today(&self) -> bool {
        self.count.is_some_and(|count| count.day == self.frame.today())
    }
    fn typed(self, ask: DayAsk) -> ClosingPage<'a> {
        ClosingPage { day: ask.day, cash: ask.cash, ..self }
    }
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Closings, Stop> {
    let (village, book) = place(cx);
    cx.read(move |view| {
        Ok(Closings {
            bank: tables::bank(view, &village, book)?.ok_or(Refusal::NoBank)?,
            closed_until: tables::closed_until(view, &village, book)?,
            cash: tables::cash(view, &village, book)?,
            closings: tables::closings(view, &village, book)?,
        })
    })
    .await
}

fn listed<D: Deed>(cx: &Cx<D>, page: &Closings, ask: &ListAsk) -> Listed {
    let list = List::new("closings").column("day", "waste-office-closed-day", |row: &Closing| row.day);
    let list = Entries::of(cx, &page.bank).link(list, |row| row.entry);
    list.column("kind", "waste-office-closing-kind", |row| {
        Word::new(format!("waste-office-closing-{}", row.kind))
    })
    .column("book", "waste-office-cash-by-book", |row| row.cash_book)
    .column("counted", "waste-office-cash-counted", |row| row.cash_counted)
    .column("difference", "waste-office-difference", |row| {
        row.cash_counted.map(|counted| counted - row.cash_book)
    })
    .column("owed", "waste-office-owed", |row| row.owed)
    .undone(|row| row.undone.is_some())
    .of(&page.closings, ask, cx.voice(), cx.want)
}

pub(super) async fn closing(cx: Cx<SeeSums>, Query(ask): Query<ListAsk>) -> Reply {
    let page = found(&cx).await?;
    cx.page_and_list(&page, listed(&cx, &page, &ask), |frame, list| ClosingPage::new(frame, &page, list))
}

/// The till at the end of a day, whatever has been booked since.
fn till_on(
    view: &mut journal::View<'_, '_>,
    village: &kernel::PlaceCode,
    book: kernel::BookId,
    (today, day): (Day, Day),
) -> Result<Till, Stop> {
    let desk = tables::desk(view, village, book, today)?;
    let till = tables::till(view, desk, day)?;
    Ok(Till { cash: tables::cash_on(view, village, book, day)?, ..till })
}

pub(super) async fn close_day(cx: Cx<Close>, Ask(ask): Ask<DayAsk>) -> Reply {
    // A person sees the difference before it is booked.
    if cx.want.is_page() && ask.seen.is_none() {
        return match count(&cx, &ask).await {
            Ok(counted) => {
                let page = found(&cx).await?;
                let list = listed(&cx, &page, &ListAsk::default());
                cx.page(&counted, |frame| {
                    let shown = ClosingPage::new(frame, &page, list).typed(ask);
                    ClosingPage { count: Some(counted), ..shown }
                })
            }
            Err(stop) => again(&cx, stop, Some(ask)).await,
        };
    }
    let ((village, book), today, permit) = (place(&cx), cx.today, cx.permit.clone());
    let here = village.clone();
    let closed = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let till = till_on(work, &village, book, (today, ask.day))?;
                let fact = rules::close_day(&till, ask.day, ask.counted()?)?;
                if ask.seen.is_some_and(|seen| seen != fact.cash_book) {
                    return Err(super::Refusal::CashChanged { cash: fact.cash_book }.into());
                }
                work.record(&permit, &fact)?;
                Ok(())
            },
            move |view| Ok(tables::closings(view, &here, book)?),
        )
        .await;
    done(&cx, ask.id, closed, Some(ask)).await
}

/// Counts, and says at once when the day cannot be closed.
async fn count(cx: &Cx<Close>, ask: &DayAsk) -> Result<Count, Stop> {
    let ((village, book), today, day) = (place(cx), cx.today, ask.day);
    let cash_counted = ask.counted()?;
    cx.read(move |view| {
        let till = till_on(view, &village, book, (today, day))?;
        let fact = rules::close_day(&till, day, cash_counted)?;
        let difference = fact.cash_counted - fact.cash_book;
        Ok(Count { day, cash_book: fact.cash_book, cash_counted, difference })
    })
    .await
}

pub(super) async fn close_month(cx: Cx<Close>, Ask(ask): Ask<MonthAsk>) -> Reply {
    // A person sees what the month closes with before it is closed.
    if cx.want.is_page() && ask.seen.is_none() {
        return match month_end(&cx, ask.month).await {
            Ok(end) => {
                let page = found(&cx).await?;
                let list = listed(&cx, &page, &ListAsk::default());
                cx.page(&end, |frame| {
                    let shown = ClosingPage::new(frame, &page, list);
                    ClosingPage { month_end: Some(end), ..shown }
                })
            }
            Err(stop) => again(&cx, stop, None).await,
        };
    }
    let ((village, book), today, permit) = (place(&cx), cx.today, cx.permit.clone());
    let (here, id) = (village.clone(), ask.id);
    let closed = cx
        .once(
            id,
            ask,
            move |work, ask| {
                let last = ask.month.last();
                let till = till_on(work, &village, book, (today, last))?;
                let owed = tables::owed_on(work, &village, book, last)?;
                let months = tables::months_closed(work, &village, book)?;
                let fact = rules::close_month(&till, &months, ask.month, owed)?;
                if ask.seen.is_some_and(|seen| seen != fact.owed) {
                    return Err(super::Refusal::OwedChanged { owed: fact.owed }.into());
                }
                work.record(&permit, &fact)?;
                Ok(())
            },
            move |view| Ok(tables::closings(view, &here, book)?),
        )
        .await;
    done(&cx, id, closed, None).await
}

/// Reads what a month closes with, and says at once when it cannot be closed.
async fn month_end(cx: &Cx<Close>, month: Month) -> Result<MonthEnd, Stop> {
    let ((village, book), today) = (place(cx), cx.today);
    cx.read(move |view| {
        let till = till_on(view, &village, book, (today, month.last()))?;
        let owed = tables::owed_on(view, &village, book, month.last())?;
        let months = tables::months_closed(view, &village, book)?;
        let fact = rules::close_month(&till, &months, month, owed)?;
        Ok(MonthEnd { month, cash_book: fact.cash_book, owed: fact.owed })
    })
    .await
}

async fn done(
    cx: &Cx<Close>,
    id: EntryId,
    closed: Result<Vec<Closing>, Stop>,
    typed: Option<DayAsk>,
) -> Reply {
    let (village, book) = place(cx);
    match closed {
        Ok(closings) => {
            // A month may be closed after a day that lies behind it: what was closed now is not always the newest day.
            let closing = closings.iter().find(|closing| closing.entry == id);
            cx.saved_saying(path(&village, book, "/closing"), "waste-office-done-closed", &closing)
        }
        Err(stop) => again(cx, stop, typed).await,
    }
}

async fn again(cx: &Cx<Close>, stop: Stop, typed: Option<DayAsk>) -> Reply {
    let page = found(cx).await?;
    let list = listed(cx, &page, &ListAsk::default());
    cx.again(stop, |frame| {
        let shown = ClosingPage::new(frame, &page, list);
        match typed {
            Some(ask) => shown.typed(ask),
            None => shown,
        }
    })
}
