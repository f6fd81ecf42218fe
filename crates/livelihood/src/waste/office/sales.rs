//! Sales to collectors: at the collector's weights and prices, so that loss and margin of each sort show.

use std::collections::HashMap;

use askama::Template;
use journal::{Reversal, View};
use kernel::{Day, Deed, EntryId, GroupId, Qty, Refused, Rupiah, Stop, Unit};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply};

use super::neighbours::{self, Collector};
use super::shown::{SortNames, sort_choices};
use super::{place, store};
use crate::waste::addresses::path;
use crate::waste::rules::{self, Refusal, TypedSale};
use crate::waste::tables::{self, Bank, SaleRow, Sort, Stock};
use crate::waste::{KeepBooks, SeeSums, Side, Sold, SortCode};

/// Rows of the form, at least.
const ROWS: usize = 8;
/// Open rows below those of the store, for a sort that the store does not know of.
const SPARE_ROWS: usize = 2;

/// A sale in the list of sales.
#[derive(Debug, Clone, Serialize)]
struct SaleLine {
    day: Day,
    entry: EntryId,
    collector: GroupId,
    collector_name: String,
    sorts: i64,
    revenue: Rupiah,
    undone: bool,
}

#[derive(Serialize)]
struct Sales {
    bank: Bank,
    sales: Vec<SaleLine>,
}

#[derive(Template)]
#[template(path = "waste/office/sales.html")]
struct SalesPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    list: Listed,
}

pub(super) async fn list(cx: Cx<SeeSums>, Query(ask): Query<ListAsk>) -> Reply {
    let (village, book) = place(&cx);
    let sales = cx
        .read(move |view| {
            let bank = tables::bank(view, &village, book)?.ok_or(Refusal::NoBank)?;
            let collectors = neighbours::collectors(view, &village)?;
            Ok(Sales { bank, sales: by_entry(tables::sales(view, &village, book)?, &collectors) })
        })
        .await?;
    let base = sales.bank.path("/sales");
    let list = List::new("sales")
        .column("day", "waste-office-day", |sale: &SaleLine| sale.day)
        .link(move |sale| format!("{base}/{}", sale.entry))
        .column("collector", "waste-office-collector", |sale| sale.collector_name.clone())
        .column("sorts", "waste-office-sorts-count", |sale| sale.sorts)
        .column("revenue", "waste-office-revenue", |sale| sale.revenue)
        .summed()
        .undone(|sale| sale.undone)
        .of(&sales.sales, &ask, cx.voice(), cx.want);
    cx.page_and_list(&sales, list, |frame, list| SalesPage { frame, bank: &sales.bank, list })
}

/// One line for each sale; the rows of a sale stand together.
fn by_entry(rows: Vec<SaleRow>, collectors: &[Collector]) -> Vec<SaleLine> {
    let mut sales: Vec<SaleLine> = Vec::new();
    for row in rows {
        match sales.last_mut().filter(|sale| sale.entry == row.entry) {
            Some(sale) => {
                sale.sorts += 1;
                sale.revenue += row.revenue;
            }
            None => sales.push(SaleLine {
                day: row.day,
                entry: row.entry,
                collector: row.collector,
                collector_name: name_of(collectors, row.collector),
                sorts: 1,
                revenue: row.revenue,
                undone: !tables::counts(&row.undone),
            }),
        }
    }
    sales
}

/// The name of a collector; the id where nobody knows it any more.
fn name_of(collectors: &[Collector], group: GroupId) -> String {
    let known = collectors.iter().find(|collector| collector.group == group);
    known.map_or_else(|| group.to_string(), |collector| collector.name.clone())
}

/// One line of a delivery note.
#[derive(Debug, Clone, Serialize)]
struct NoteLine {
    sort: SortCode,
    name: String,
    qty: Qty,
    price: kernel::UnitPrice,
    revenue: Rupiah,
    shrunk: i64,
    unit: Unit,
}

impl NoteLine {
    fn lost(&self) -> Option<Qty> {
        Qty::of(self.unit, self.shrunk).filter(|_| self.shrunk != 0)
    }
}

/// A sale as the collector takes it along.
#[derive(Debug, Serialize)]
struct Note {
    bank: Bank,
    village_name: String,
    entry: EntryId,
    day: Day,
    collector_name: String,
    lines: Vec<NoteLine>,
    revenue: Rupiah,
    reversal: Option<Reversal>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct PaperAsk {
    /// `a4` for a whole sheet.
    paper: Option<String>,
}

#[derive(Template)]
#[template(path = "waste/office/note.html")]
struct NotePage<'a> {
    frame: Frame,
    bank: &'a Bank,
    note: &'a Note,
    a4: bool,
}

impl NotePage<'_> {
    fn any_lost(&self) -> bool {
        self.note.lines.iter().any(|line| line.shrunk != 0)
    }
}

pub(super) async fn note(cx: Cx<SeeSums>, Query(paper): Query<PaperAsk>) -> Reply {
    let ((village, book), entry, lang): (_, EntryId, _) = (place(&cx), cx.param("entry")?, cx.lang);
    let note = cx
        .read(move |view| {
            let bank = tables::bank(view, &village, book)?.ok_or(Refusal::NoBank)?;
            let sold =
                view.payload::<Sold>(entry)?.filter(|sold| sold.bank == book && sold.village == village);
            let sold = sold.ok_or_else(|| Refusal::NotHere { entry: entry.to_string() })?;
            let names = SortNames::new(&tables::sorts(view, &village, book)?);
            let collectors = neighbours::collectors(view, &village)?;
            Ok(Note {
                village_name: neighbours::village_name(view, &village)?,
                entry,
                day: sold.day,
                collector_name: name_of(&collectors, sold.collector),
                revenue: sold.revenue(),
                lines: sold
                    .lines
                    .into_iter()
                    .map(|line| NoteLine {
                        name: names.of(&line.sort, lang),
                        sort: line.sort,
                        unit: line.qty.unit(),
                        qty: line.qty,
                        price: line.price,
                        revenue: line.revenue,
                        shrunk: line.shrunk,
                    })
                    .collect(),
                reversal: Reversal::of(view, entry)?,
                bank,
            })
        })
        .await?;
    let a4 = paper.paper.as_deref() == Some("a4");
    cx.page(&note, |frame| NotePage { frame, bank: &note.bank, note: &note, a4 })
}

/// A sale, as typed: the n-th sort, weight and price belong together; `emptied` has the numbers of the rows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct SaleAsk {
    id: EntryId,
    day: Day,
    #[serde(default)]
    collector: String,
    #[serde(default)]
    sort: Vec<String>,
    #[serde(default)]
    weight: Vec<String>,
    #[serde(default)]
    price: Vec<String>,
    #[serde(default)]
    emptied: Vec<usize>,
}

impl SaleAsk {
    /// The rows, each where it stood in the form. A row without a weight is one that is not sold, whatever the form
    /// had filled in before.
    fn rows(&self) -> Vec<TypedSale> {
        let row = |row: TypedSale| {
            let sold = row.emptied || !row.weight.trim().is_empty();
            if sold { row } else { TypedSale { sort: String::new(), price: String::new(), ..row } }
        };
        self.as_typed().into_iter().map(row).collect()
    }
    /// The rows as they stood in the form, to be shown again.
    fn as_typed(&self) -> Vec<TypedSale> {
        let text = |all: &[String], n: usize| all.get(n).cloned().unwrap_or_default();
        let row = |n: usize| TypedSale {
            sort: text(&self.sort, n),
            weight: text(&self.weight, n),
            price: text(&self.price, n),
            emptied: self.emptied.contains(&n),
        };
        (0..self.sort.len().max(self.weight.len())).map(row).collect()
    }
    /// The collector that was chosen, if it is one that the village knows.
    fn collector(&self, known: &[Collector]) -> Result<GroupId, Stop> {
        let chosen = self.collector.trim().parse().ok();
        let found = chosen.filter(|chosen| known.iter().any(|collector| collector.group == *chosen));
        found.ok_or_else(|| Refused::from(Refusal::NoCollector).in_field("collector").into())
    }
}

/// What the form about a sale is made of.
#[derive(Serialize)]
struct Selling {
    bank: Bank,
    collectors: Vec<Collector>,
    stock: Vec<Stock>,
    #[serde(skip)]
    sorts: Vec<Sort>,
    #[serde(skip)]
    prices: HashMap<SortCode, i64>,
}

/// One row of the form.
struct SaleField {
    /// Counted from 0: by which a refusal names it.
    n: usize,
    typed: TypedSale,
    /// What the store has of the sort that stands there.
    stock: Option<Qty>,
}

#[derive(Template)]
#[template(path = "waste/office/sale.html")]
struct SalePage<'a> {
    frame: Frame,
    bank: &'a Bank,
    day: Day,
    collector: String,
    collectors: Vec<Choice>,
    kinds: Vec<Choice>,
    sorts: &'a [Sort],
    rows: Vec<SaleField>,
    /// Rows that stand open; the others wait behind a summary.
    shown: usize,
}

impl SalePage<'_> {
    /// The codes of the sorts that are counted, for the sum that is shown while one types.
    fn pieces(&self) -> String {
        let counted = self.sorts.iter().filter(|sort| sort.unit == Unit::Piece);
        counted.map(|sort| sort.sort.to_string()).collect::<Vec<_>>().join(" ")
    }
    fn first(&self) -> &[SaleField] {
        &self.rows[..self.shown.min(self.rows.len())]
    }
    fn spare(&self) -> &[SaleField] {
        &self.rows[self.shown.min(self.rows.len())..]
    }
}

impl<'a> SalePage<'a> {
    fn new(frame: Frame, selling: &'a Selling, day: Day, typed: Option<&SaleAsk>) -> SalePage<'a> {
        let mut typed_rows = typed.map_or_else(|| selling.stocked(), SaleAsk::as_typed);
        let filled = typed_rows.iter().rposition(|row| !row.sort.is_empty()).map_or(0, |last| last + 1);
        let shown = filled + SPARE_ROWS;
        let blank =
            TypedSale { sort: String::new(), weight: String::new(), price: String::new(), emptied: false };
        typed_rows.resize(shown.max(ROWS), blank);
        let rows = typed_rows.into_iter().enumerate().map(|(n, typed)| selling.row(n, typed)).collect();
        let collectors =
            selling.collectors.iter().map(|known| Choice::new(known.group, &known.name)).collect();
        let kinds = sort_choices(&selling.sorts, frame.lang);
        let collector = match typed {
            Some(ask) => ask.collector.clone(),
            None if selling.collectors.len() == 1 => selling.collectors[0].group.to_string(),
            None => String::new(),
        };
        SalePage {
            bank: &selling.bank,
            day,
            collector,
            collectors,
            kinds,
            sorts: &selling.sorts,
            rows,
            shown,
            frame,
        }
    }
}

impl Selling {
    /// A row for each sort that lies in the store, with the price that is expected for it.
    fn stocked(&self) -> Vec<TypedSale> {
        let in_store = self.stock.iter().filter(|row| row.qty > 0);
        let row = |row: &Stock| TypedSale {
            sort: row.sort.to_string(),
            weight: String::new(),
            price: self.prices.get(&row.sort).map(ToString::to_string).unwrap_or_default(),
            emptied: false,
        };
        in_store.map(row).collect()
    }
    fn row(&self, n: usize, typed: TypedSale) -> SaleField {
        let sort = self.sorts.iter().find(|sort| sort.sort.as_str() == typed.sort);
        let stock =
            sort.and_then(|sort| Qty::of(sort.unit, store::stock_in(&self.stock, &sort.sort, sort.unit)));
        SaleField { n, typed, stock }
    }
}

fn selling(
    view: &mut View<'_, '_>,
    village: &kernel::PlaceCode,
    book: kernel::BookId,
    today: Day,
) -> Result<Selling, Stop> {
    let bank = tables::bank(view, village, book)?.ok_or(Refusal::NoBank)?;
    let list = tables::price_list(view, village, book, Side::Selling, today)?;
    let prices =
        list.map(|list| list.prices.into_iter().map(|(sort, price)| (sort, price.rupiah())).collect());
    Ok(Selling {
        bank,
        collectors: neighbours::collectors(view, village)?,
        stock: tables::stock(view, village, book)?,
        sorts: tables::sorts(view, village, book)?,
        prices: prices.unwrap_or_default(),
    })
}

async fn form<D: Deed>(cx: &Cx<D>) -> Result<Selling, Stop> {
    let ((village, book), today) = (place(cx), cx.today);
    cx.read(move |view| selling(view, &village, book, today)).await
}

pub(super) async fn new(cx: Cx<KeepBooks>) -> Reply {
    let selling = form(&cx).await?;
    cx.page(&selling, |frame| SalePage::new(frame, &selling, cx.today, None))
}

pub(super) async fn sell(cx: Cx<KeepBooks>, Ask(ask): Ask<SaleAsk>) -> Reply {
    let ((village, book), today, permit) = (place(&cx), cx.today, cx.permit.clone());
    let (entry, day) = (ask.id, ask.day);
    let sold = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let desk = tables::desk(work, &village, book, today)?;
                let sorts = tables::sorts(work, &village, book)?;
                let stock = tables::stock(work, &village, book)?;
                let in_store = sorts
                    .iter()
                    .map(|sort| (sort.sort.clone(), store::stock_in(&stock, &sort.sort, sort.unit)));
                let collector = ask.collector(&neighbours::collectors(work, &village)?)?;
                let fact =
                    rules::sell(&desk, &sorts, &in_store.collect(), (collector, ask.day), &ask.rows())?;
                work.record(&permit, &fact)?;
                Ok(())
            },
            move |view| Ok(view.payload::<Sold>(entry)?),
        )
        .await;
    match sold {
        Ok(sold) => {
            let (village, book) = place(&cx);
            cx.saved_saying(path(&village, book, &format!("/sales/{entry}")), "waste-office-done-sold", &sold)
        }
        Err(stop) => {
            let selling = form(&cx).await?;
            cx.again(stop, |frame| SalePage::new(frame, &selling, day, Some(&ask)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_a_weight_is_not_sold() {
        let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let ask = SaleAsk {
            id: EntryId::from_bytes([1; 16]),
            day: "2026-03-31".parse().expect("a day"),
            collector: String::new(),
            sort: texts(&["KARDUS", "KACA", "PET"]),
            weight: texts(&["", "12", ""]),
            price: texts(&["1500", "600", "2000"]),
            emptied: vec![2],
        };
        let rows = ask.rows();
        let told: Vec<(&str, &str, bool)> =
            rows.iter().map(|row| (row.sort.as_str(), row.price.as_str(), row.emptied)).collect();
        assert_eq!(told, [("", "", false), ("KACA", "600", false), ("PET", "2000", true)]);
        assert_eq!(ask.as_typed()[0].sort, "KARDUS", "what was typed is shown again");
        let known = Collector { group: GroupId::from_bytes([4; 16]), name: "UD Maju".into() };
        let chosen = |id: GroupId| SaleAsk { collector: id.to_string(), ..ask.clone() };
        let known = std::slice::from_ref(&known);
        assert!(ask.collector(known).is_err());
        assert!(chosen(GroupId::from_bytes([5; 16])).collector(known).is_err());
        assert_eq!(chosen(known[0].group).collector(known).ok(), Some(known[0].group));
    }
}
