//! The store: what came in, what was sold and what was lost of each sort, and the lines behind it.

use askama::Template;
use kernel::{BasisPoints, Day, Qty, Rupiah, Unit, UnitPrice};
use serde::{Deserialize, Serialize};
use web::{Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply, Voice};

use super::shown::{SortNames, share_rounded, sort_filter};
use super::{neighbours, place};
use crate::waste::rules::Refusal;
use crate::waste::tables::{self, Bank, LineRow, Sort, Stock};
use crate::waste::{SeeMembers, SeeSums, SortCode};

/// Lines that one page reads; a bank of 200 members books some 7,000 in a year.
const LINES_MAX: i64 = 20_000;

/// A sort in the store, with what follows from its sums.
#[derive(Debug, Clone, Serialize)]
pub(super) struct StoreRow {
    #[serde(flatten)]
    stock: Stock,
    /// Of what has left the store, the part that was lost.
    lost: Option<BasisPoints>,
    margin: Rupiah,
    #[serde(skip)]
    sort: Option<Sort>,
}

impl StoreRow {
    fn name(&self, lang: web::Lang) -> String {
        match &self.sort {
            Some(sort) => sort.name(lang.code()).to_owned(),
            None => self.stock.sort.to_string(),
        }
    }
}

/// The rows of the store; those with most money in them first.
pub(super) fn rows(stock: &[Stock], sorts: &[Sort]) -> Vec<StoreRow> {
    let mut rows: Vec<StoreRow> = stock
        .iter()
        .map(|stock| StoreRow {
            lost: share_rounded(stock.shrunk, stock.qty_sold + stock.shrunk),
            margin: stock.margin(),
            sort: sorts.iter().find(|sort| sort.sort == stock.sort).cloned(),
            stock: stock.clone(),
        })
        .collect();
    rows.sort_by_key(|row| (-row.stock.paid.count(), row.stock.sort.clone()));
    rows
}

/// Margin and loss of each sort, for the page of the bank.
pub(super) fn short_list(rows: &[StoreRow], bank: &Bank, voice: &Voice) -> Listed {
    let (lang, months) = (voice.lang, bank.path("/months"));
    List::new("sorts")
        .column("sort", "waste-office-sort", move |row: &StoreRow| row.name(lang))
        .link(move |row| format!("{months}?kind={}", row.stock.sort))
        .column("in", "waste-office-in", |row| Qty::of(row.stock.unit, row.stock.qty_in))
        .column("sold", "waste-office-sold", |row| Qty::of(row.stock.unit, row.stock.qty_sold))
        .column("lost", "waste-office-lost-share", |row| row.lost)
        .column("margin", "waste-office-margin", |row| row.margin)
        .summed()
        .plain()
        .of(rows, &ListAsk::default(), voice, web::Want::Html)
}

#[derive(Serialize)]
struct Store {
    bank: Bank,
    rows: Vec<StoreRow>,
}

#[derive(Template)]
#[template(path = "waste/office/store.html")]
struct StorePage<'a> {
    frame: Frame,
    bank: &'a Bank,
    list: Listed,
}

pub(super) async fn store(cx: Cx<SeeSums>, Query(ask): Query<ListAsk>) -> Reply {
    let (village, book) = place(&cx);
    let store = cx
        .read(move |view| {
            let bank = tables::bank(view, &village, book)?.ok_or(Refusal::NoBank)?;
            let sorts = tables::sorts(view, &village, book)?;
            let rows = rows(&tables::stock(view, &village, book)?, &sorts);
            Ok(Store { bank, rows })
        })
        .await?;
    let base = store.bank.path("");
    let (lang, since, sees_members) = (cx.lang, store.bank.day, cx.can::<SeeMembers>());
    let list = List::new("store")
        .column("sort", "waste-office-sort", move |row: &StoreRow| row.name(lang))
        .link(move |row| match sees_members {
            true => format!("{base}/lines?kind={}&from={since}", row.stock.sort),
            false => format!("{base}/months?kind={}", row.stock.sort),
        })
        .column("stock", "waste-office-stock", |row| Qty::of(row.stock.unit, row.stock.qty))
        .column("in", "waste-office-in", |row| Qty::of(row.stock.unit, row.stock.qty_in))
        .column("sold", "waste-office-sold", |row| Qty::of(row.stock.unit, row.stock.qty_sold))
        .column("shrunk", "waste-office-shrunk", |row| Qty::of(row.stock.unit, row.stock.shrunk))
        .column("lost", "waste-office-lost-share", |row| row.lost)
        .column("revenue", "waste-office-revenue", |row| row.stock.revenue)
        .summed()
        .column("margin", "waste-office-margin", |row| row.margin)
        .summed()
        .of(&store.rows, &ask, cx.voice(), cx.want);
    cx.page_and_list(&store, list, |frame, list| StorePage { frame, bank: &store.bank, list })
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct LinesAsk {
    from: Option<Day>,
    to: Option<Day>,
    /// Only this sort of waste. (`sort` is by what a list is sorted.)
    kind: Option<SortCode>,
}

/// A line with who brought it.
#[derive(Debug, Clone, Serialize)]
struct NamedLine {
    #[serde(flatten)]
    line: LineRow,
    number: Option<i64>,
    name: String,
}

#[derive(Serialize)]
struct Lines {
    bank: Bank,
    from: Day,
    to: Day,
    /// Whether there are more than are shown.
    cut: bool,
    lines: Vec<NamedLine>,
}

#[derive(Template)]
#[template(path = "waste/office/lines.html")]
struct LinesPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    lines: &'a Lines,
    list: Listed,
    kind: Option<SortCode>,
    kinds: Vec<Choice>,
}

pub(super) async fn lines(
    cx: Cx<SeeMembers>,
    Query(list): Query<ListAsk>,
    Query(ask): Query<LinesAsk>,
) -> Reply {
    let ((village, book), kind, today) = (place(&cx), ask.kind.clone(), cx.today);
    let to = ask.to.unwrap_or(today);
    let from = ask.from.unwrap_or(to.month().first());
    let (lines, sorts) = cx
        .read(move |view| {
            let bank = tables::bank(view, &village, book)?.ok_or(Refusal::NoBank)?;
            let sorts = tables::sorts(view, &village, book)?;
            let found = match &kind {
                Some(kind) => tables::lines_of_sort(view, &village, book, kind, (from, to), LINES_MAX)?,
                None => tables::lines(view, &village, book, (from, to), LINES_MAX)?,
            };
            let names = neighbours::member_names(view, &village, book)?;
            let named = |line: LineRow| {
                let (number, name) = names.get(&line.member).cloned().unzip();
                NamedLine { line, number, name: name.unwrap_or_default() }
            };
            let cut = found.len() as i64 == LINES_MAX;
            Ok((Lines { bank, from, to, cut, lines: found.into_iter().map(named).collect() }, sorts))
        })
        .await?;
    let names = SortNames::new(&sorts);
    let (lang, entries, members) = (cx.lang, lines.bank.path("/entries"), lines.bank.path("/members"));
    let listed = List::new("lines")
        .column("day", "waste-office-day", |row: &NamedLine| row.line.day)
        .link(move |row| format!("{entries}/{}", row.line.entry))
        .column("number", "waste-office-number", |row| row.number)
        .column("member", "waste-office-member", |row| row.name.clone())
        .link(move |row| format!("{members}/{}", row.line.member))
        .column("code", "waste-office-code", |row| row.line.sort.to_string())
        .column("sort", "waste-office-sort", move |row| names.of(&row.line.sort, lang))
        .column("qty", "waste-office-qty", |row| Qty::of(row.line.unit, row.line.qty))
        .column("price", "waste-office-price", |row| UnitPrice::of(row.line.unit, row.line.price))
        .column("worth", "waste-office-worth", |row| row.line.worth)
        .summed()
        .column("share", "waste-office-managers-part", |row| row.line.share)
        .summed()
        .undone(|row| row.line.undone.is_some())
        .of(&lines.lines, &list, cx.voice(), cx.want);
    let kinds = sort_filter(&sorts, cx.voice());
    let kind = ask.kind;
    cx.page_and_list(&lines, listed, |frame, list| LinesPage {
        frame,
        bank: &lines.bank,
        lines: &lines,
        list,
        kind,
        kinds,
    })
}

/// The quantity that a sort has in the store, for the help beside a field.
pub(super) fn stock_in(stock: &[Stock], sort: &SortCode, unit: Unit) -> i64 {
    stock.iter().find(|row| row.sort == *sort && row.unit == unit).map_or(0, |row| row.qty)
}
