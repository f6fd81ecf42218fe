//! What a bank achieved and how it stands. Every number leads to the entries behind it, and none is dressed up: the
//! margin says how it is reckoned, carbon counts only where somebody stands for the figure.

use std::collections::BTreeSet;

use askama::Template;
use journal::View;
use journal::ledger;
use kernel::{Arg, BasisPoints, Day, Grams, Month, Pieces, Qty, Rupiah, Stop, Unit};
use serde::Serialize;
use web::chart::{self, Drawn};
use web::{Cx, Frame, Listed, Reply, Voice};

use super::shown::{SortNames, share_rounded};
use super::steps::{self, Step};
use super::{neighbours, place, store};
use crate::waste::rules::Refusal;
use crate::waste::tables::{self, Bank, BookSums, Sort, SortMonth, account};
use crate::waste::{SeeMembers, SeeSums, SortCode};

/// Months that the charts show.
const MONTHS: i32 = 12;
/// Sorts with a colour of their own; the rest share one.
const COLOURS: usize = 5;

#[derive(Serialize)]
struct Dashboard {
    bank: Bank,
    /// This month.
    month: Month,
    kept_this_month: Grams,
    kept: Grams,
    pieces_this_month: Pieces,
    pieces: Pieces,
    active_this_month: i64,
    members: i64,
    households: Option<i64>,
    sums: BookSums,
    /// Before the costs of the cash book.
    margin: Rupiah,
    carbon: Option<CarbonAvoided>,
    last_evidence: Option<Day>,
    exceptions: Vec<Exception>,
    months: Vec<MonthSums>,
    sorts: Vec<store::StoreRow>,
    #[serde(skip)]
    kept_by_sort: Vec<(Option<SortCode>, Vec<i64>)>,
    #[serde(skip)]
    names: SortNames,
    /// Members brought savings from an older book whose cash box is not booked.
    #[serde(skip)]
    lacks_old_cash: bool,
    /// What a bank needs before it can weigh; empty when all of it is done.
    steps: Vec<Step>,
}

/// One month of the charts.
#[derive(Debug, Clone, Serialize)]
struct MonthSums {
    month: Month,
    kept: Grams,
    active: i64,
    revenue: Rupiah,
    /// What members earned by what they brought.
    earned: Rupiah,
}

/// Greenhouse gas avoided, and how much of the weight the figure speaks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct CarbonAvoided {
    /// CO2 equivalent.
    avoided: Grams,
    /// Of all kilograms, those whose sort has a figure.
    share: BasisPoints,
    sources: BTreeSet<String>,
}

/// An account that stands on the wrong side of zero.
#[derive(Debug, Clone, Serialize)]
struct Exception {
    account: String,
    unit: Unit,
    balance: i64,
}

impl Exception {
    /// What is wrong and what to do.
    fn told(&self, voice: &Voice, names: &SortNames) -> String {
        let missing = self.balance.saturating_abs();
        let amount = match Qty::of(self.unit, missing) {
            Some(qty) => Arg::Qty(qty),
            None => Arg::Rupiah(Rupiah::new(missing)),
        };
        let amount = ("amount", amount);
        match self.account.split_once('/') {
            Some(("stock", sort)) => {
                let name = sort.parse().map_or_else(|_| sort.to_owned(), |sort| names.of(&sort, voice.lang));
                voice.tell("waste-office-wrong-stock", &[("sort", Arg::Text(name)), amount])
            }
            Some(("member", _)) => voice.tell("waste-office-wrong-member", &[amount]),
            Some(("advance", _)) => voice.tell("waste-office-wrong-advance", &[amount]),
            _ => voice.tell("waste-office-wrong-cash", &[amount]),
        }
    }
    /// Where to look; nowhere for those who do not see members, when it is the account of one.
    fn path(&self, bank: &Bank) -> Option<String> {
        match self.account.split_once('/') {
            Some(("stock", _)) => Some(bank.path("/store")),
            Some((_, "")) => None,
            Some((_, member)) => Some(bank.path(&format!("/members/{member}"))),
            None => Some(bank.path("/cash")),
        }
    }
}

#[derive(Template)]
#[template(path = "waste/office/dashboard.html")]
struct DashboardPage<'a> {
    frame: Frame,
    page: &'a Dashboard,
    bank: &'a Bank,
    base: String,
    /// The lines of this month, and those of all time, for those who may see who brought them; else sums by month.
    lines_path: String,
    all_lines_path: String,
    sees_members: bool,
    kept: Drawn,
    active: Drawn,
    money: Drawn,
    sorts: Listed,
}

pub(super) async fn dashboard(cx: Cx<SeeSums>) -> Reply {
    let ((village, book), today) = (place(&cx), cx.today);
    let sees_members = cx.can::<SeeMembers>();
    let page = cx
        .read(move |view| {
            let bank = tables::bank(view, &village, book)?.ok_or(Refusal::NoBank)?;
            let mut page = read(view, bank, today)?;
            if !sees_members {
                page.exceptions.iter_mut().for_each(|wrong| account::hide_member(&mut wrong.account));
            }
            page.steps = steps::open(view, &page.bank, page.members, today)?;
            Ok(page)
        })
        .await?;
    let bank = &page.bank;
    let base = bank.path("");
    let lines_path = match sees_members {
        true => format!("{base}/lines"),
        false => format!("{base}/months?month={}", page.month),
    };
    let all_lines_path = match sees_members {
        true => format!("{base}/lines?from={}", bank.day),
        false => format!("{base}/months"),
    };
    let voice = cx.voice();
    let (kept, active, money) =
        (kept_chart(&page, voice), active_chart(&page, voice), money_chart(&page, voice));
    let sorts = store::short_list(&page.sorts, bank, voice);
    cx.page(&page, |frame| DashboardPage {
        frame,
        bank,
        base,
        lines_path,
        all_lines_path,
        sees_members,
        kept,
        active,
        money,
        sorts,
        page: &page,
    })
}

fn read(view: &mut View<'_, '_>, bank: Bank, today: Day) -> Result<Dashboard, Stop> {
    let (village, book, month) = (&bank.village, bank.bank, today.month());
    let rows = tables::months(view, village, book)?;
    let sorts = tables::sorts(view, village, book)?;
    let stock = tables::stock(view, village, book)?;
    let active = tables::active_by_month(view, village, book)?;
    let active_in = |month| active.iter().find(|(known, _)| *known == month).map_or(0, |(_, count)| *count);
    let qty = |unit, only: Option<Month>| -> i64 {
        let counted =
            rows.iter().filter(|row| row.unit == unit && only.is_none_or(|month| row.month == month));
        counted.map(|row| row.qty_in).sum()
    };
    // A bank that was opened this month has no empty year behind it.
    let opened = bank.day.month().min(month);
    let span: Vec<Month> = (1 - MONTHS..=0).map(|n| month.plus(n)).filter(|one| *one >= opened).collect();
    let months = span.iter().map(|month| {
        let of = || rows.iter().filter(move |row| row.month == *month);
        MonthSums {
            month: *month,
            kept: of().filter(|row| row.unit == Unit::Gram).map(|row| Grams::new(row.qty_in)).sum(),
            active: active_in(*month),
            revenue: of().map(|row| row.revenue).sum(),
            earned: of().map(|row| row.worth - row.share).sum(),
        }
    });
    let exceptions = ledger::exceptions(view, village, book)?;
    let sums = tables::book_sums(view, village, book)?;
    let lacks_old_cash = sums.cash < sums.owed && tables::lacks_old_cash(view, village, book)?;
    Ok(Dashboard {
        month,
        kept_this_month: Grams::new(qty(Unit::Gram, Some(month))),
        kept: Grams::new(qty(Unit::Gram, None)),
        pieces_this_month: Pieces::new(qty(Unit::Piece, Some(month))),
        pieces: Pieces::new(qty(Unit::Piece, None)),
        active_this_month: active_in(month),
        members: tables::members(view, village, book)?.len() as i64,
        households: neighbours::households(view, village)?,
        sums,
        lacks_old_cash,
        margin: stock.iter().map(tables::Stock::margin).sum(),
        carbon: carbon(&rows, &sorts),
        last_evidence: tables::last_day(view, village, book)?,
        exceptions: exceptions
            .into_iter()
            .map(|(account, unit, balance)| Exception { account, unit, balance })
            .collect(),
        months: months.collect(),
        kept_by_sort: kept_by_sort(&rows, &span),
        sorts: store::rows(&stock, &sorts),
        names: SortNames::new(&sorts),
        steps: Vec::new(),
        bank,
    })
}

/// The grams of each month: of the largest sorts each, of all others together.
fn kept_by_sort(rows: &[SortMonth], span: &[Month]) -> Vec<(Option<SortCode>, Vec<i64>)> {
    let weighed = || rows.iter().filter(|row| row.unit == Unit::Gram && span.contains(&row.month));
    let codes: BTreeSet<&SortCode> = weighed().map(|row| &row.sort).collect();
    let of = |sort: &SortCode, month: &Month| -> i64 {
        weighed().filter(|row| row.sort == *sort && row.month == *month).map(|row| row.qty_in).sum()
    };
    let mut all: Vec<(Option<SortCode>, Vec<i64>)> = codes
        .into_iter()
        .map(|sort| (Some(sort.clone()), span.iter().map(|month| of(sort, month)).collect()))
        .collect();
    all.sort_by_key(|(_, grams)| -grams.iter().sum::<i64>());
    if all.len() > COLOURS + 1 {
        let rest = all.split_off(COLOURS);
        let sum = |n: usize| rest.iter().map(|(_, grams)| grams[n]).sum();
        all.push((None, (0..span.len()).map(sum).collect()));
    }
    all
}

/// What was avoided, over the sorts whose figure has a source; none if no such sort was ever weighed.
fn carbon(rows: &[SortMonth], sorts: &[Sort]) -> Option<CarbonAvoided> {
    let (mut avoided, mut known, mut all) = (0i128, 0i64, 0i64);
    let mut sources = BTreeSet::new();
    for row in rows.iter().filter(|row| row.unit == Unit::Gram) {
        all += row.qty_in;
        let sort = sorts.iter().find(|sort| sort.sort == row.sort);
        if let Some((per_kg, source)) =
            sort.and_then(|sort| Some((sort.carbon?, sort.carbon_source.clone()?)))
        {
            known += row.qty_in;
            avoided += i128::from(per_kg) * i128::from(row.qty_in) / 1000;
            sources.insert(source);
        }
    }
    let avoided = Grams::new(i64::try_from(avoided).unwrap_or(i64::MAX));
    (known > 0).then(|| Some(CarbonAvoided { avoided, share: share_rounded(known, all)?, sources }))?
}

fn kept_chart(page: &Dashboard, voice: &Voice) -> Drawn {
    let (show, base, months) = (voice.clone(), page.bank.path("/months"), months_of(page));
    let mut drawing = chart::stacked("kept", voice.say("waste-office-chart-kept"))
        .note(voice.say("waste-office-chart-kept-note"))
        .labels(page.months.iter().map(|sums| voice.show(sums.month)))
        .show(move |grams| show.show(Grams::new(grams)))
        .link(move |n| format!("{base}?month={}", months[n]));
    for (sort, grams) in &page.kept_by_sort {
        let name = match sort {
            Some(sort) => page.names.of(sort, voice.lang),
            None => voice.say("waste-office-other-sorts").to_string(),
        };
        drawing = drawing.series(name, grams.iter().copied());
    }
    drawing.draw(voice)
}

fn active_chart(page: &Dashboard, voice: &Voice) -> Drawn {
    let (show, base, months) = (voice.clone(), page.bank.path("/months"), months_of(page));
    chart::bars("active", voice.say("waste-office-chart-active"))
        .note(voice.say("waste-office-chart-active-note"))
        .labels(page.months.iter().map(|sums| voice.show(sums.month)))
        .series(voice.say("waste-office-active"), page.months.iter().map(|sums| sums.active))
        .show(move |count| show.show(count))
        .link(move |n| format!("{base}?month={}", months[n]))
        .draw(voice)
}

fn money_chart(page: &Dashboard, voice: &Voice) -> Drawn {
    let (show, base, months) = (voice.clone(), page.bank.path("/months"), months_of(page));
    chart::bars("money", voice.say("waste-office-chart-money"))
        .note(voice.say("waste-office-chart-money-note"))
        .labels(page.months.iter().map(|sums| voice.show(sums.month)))
        .series(voice.say("waste-office-revenue"), page.months.iter().map(|sums| sums.revenue.count()))
        .series(voice.say("waste-office-earned"), page.months.iter().map(|sums| sums.earned.count()))
        .show(move |rupiah| show.show(Rupiah::new(rupiah)))
        .link(move |n| format!("{base}?month={}", months[n]))
        .draw(voice)
}

fn months_of(page: &Dashboard) -> Vec<Month> {
    page.months.iter().map(|sums| sums.month).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Names;

    fn row(sort: &str, month: &str, unit: Unit, qty_in: i64) -> SortMonth {
        SortMonth {
            sort: sort.parse().expect("a sort"),
            unit,
            month: month.parse().expect("a month"),
            qty_in,
            worth: Rupiah::ZERO,
            share: Rupiah::ZERO,
            qty_sold: 0,
            revenue: Rupiah::ZERO,
            shrunk: 0,
        }
    }

    fn sort(code: &str, carbon: Option<i64>, source: Option<&str>) -> Sort {
        Sort {
            sort: code.parse().expect("a sort"),
            parent: None,
            names: Names::default(),
            unit: Unit::Gram,
            carbon,
            carbon_source: source.map(str::to_owned),
            destination: String::new(),
            retired: false,
        }
    }

    #[test]
    fn carbon_counts_only_where_somebody_stands_for_it() {
        let sorts =
            [sort("A", Some(1500), Some("KLHK 2021")), sort("B", Some(900), None), sort("C", None, None)];
        let rows = [
            row("A", "2026-01", Unit::Gram, 2000),
            row("B", "2026-01", Unit::Gram, 4000),
            row("C", "2026-02", Unit::Gram, 2000),
            row("C", "2026-02", Unit::Piece, 700),
        ];
        let told = carbon(&rows, &sorts).expect("one sort has a figure");
        assert_eq!((told.avoided.count(), told.share.count()), (3000, 2500));
        assert_eq!(carbon(&rows[1..], &sorts), None);
    }

    #[test]
    fn the_smaller_sorts_share_a_colour() {
        let span: Vec<Month> =
            ["2026-01", "2026-02"].iter().map(|month| month.parse().expect("a month")).collect();
        let rows: Vec<SortMonth> =
            (1..=8).map(|n| row(&format!("S{n}"), "2026-02", Unit::Gram, n * 1000)).collect();
        let all = kept_by_sort(&rows, &span);
        assert_eq!(all.len(), COLOURS + 1);
        assert_eq!(all[0], (Some("S8".parse().expect("a sort")), vec![0, 8000]));
        assert_eq!(all[COLOURS], (None, vec![0, 6000]));
        assert_eq!(kept_by_sort(&rows[..6], &span).len(), 6, "six sorts need no common colour");
    }
}
