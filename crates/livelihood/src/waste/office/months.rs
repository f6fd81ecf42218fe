//! Sums by month and sort: what those see who may not see who brought it.

use askama::Template;
use kernel::{Month, Qty};
use serde::{Deserialize, Serialize};
use web::{Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply};

use super::place;
use super::shown::{SortNames, sort_filter};
use crate::waste::rules::Refusal;
use crate::waste::tables::{self, Bank, SortMonth};
use crate::waste::{SeeSums, SortCode};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct MonthsAsk {
    /// Only this month.
    month: Option<Month>,
    /// Only this sort of waste. (`sort` is by what a list is sorted.)
    kind: Option<SortCode>,
}

#[derive(Serialize)]
struct Months {
    bank: Bank,
    rows: Vec<SortMonth>,
}

#[derive(Template)]
#[template(path = "waste/office/months.html")]
struct MonthsPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    list: Listed,
    ask: MonthsAsk,
    kinds: Vec<Choice>,
}

pub(super) async fn months(
    cx: Cx<SeeSums>,
    Query(list): Query<ListAsk>,
    Query(ask): Query<MonthsAsk>,
) -> Reply {
    let ((village, book), asked) = (place(&cx), ask.clone());
    let (months, sorts) = cx
        .read(move |view| {
            let bank = tables::bank(view, &village, book)?.ok_or(Refusal::NoBank)?;
            let sorts = tables::sorts(view, &village, book)?;
            let mut rows = tables::months(view, &village, book)?;
            rows.retain(|row| asked.month.is_none_or(|month| row.month == month));
            rows.retain(|row| asked.kind.as_ref().is_none_or(|kind| row.sort == *kind));
            Ok((Months { bank, rows }, sorts))
        })
        .await?;
    let (names, lang) = (SortNames::new(&sorts), cx.lang);
    let listed = List::new("months")
        .column("month", "waste-office-month", |row: &SortMonth| row.month)
        .column("sort", "waste-office-sort", move |row| names.of(&row.sort, lang))
        .column("in", "waste-office-in", |row| Qty::of(row.unit, row.qty_in))
        .column("worth", "waste-office-worth", |row| row.worth)
        .summed()
        .column("earned", "waste-office-earned", |row| row.worth - row.share)
        .summed()
        .column("share", "waste-office-managers-part", |row| row.share)
        .summed()
        .column("sold", "waste-office-sold", |row| Qty::of(row.unit, row.qty_sold))
        .column("revenue", "waste-office-revenue", |row| row.revenue)
        .summed()
        .column("shrunk", "waste-office-shrunk", |row| Qty::of(row.unit, row.shrunk))
        .of(&months.rows, &list, cx.voice(), cx.want);
    let kinds = sort_filter(&sorts, cx.voice());
    cx.page_and_list(&months, listed, |frame, list| MonthsPage {
        frame,
        bank: &months.bank,
        list,
        ask,
        kinds,
    })
}
