//! The household ledger on the page: the village by hamlet and month, the households, one household.

use askama::Template;
use journal::View;
use kernel::{HouseholdId, Month, Permit, PlaceCode, Rupiah, Stop};
use people::households;
use people::places;
use serde::{Deserialize, Serialize};
use web::chart::{self, Drawn};
use web::{Cx, Fragment, Frame, List, ListAsk, Listed, MenuEntry, Query, Reply, Routes, SlotAt, Word};

use super::tables::{self, HouseholdMonth};
use super::{SeeHouseholds, SeeIncome};

pub(super) const MENU: &[MenuEntry] =
    &[MenuEntry::new::<SeeIncome>("income-menu", |at| at.village.as_ref().map(|village| path(village, "")))];

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/villages/{village}/income", village)
        .named("income-village")
        .get("/villages/{village}/income/households", by_household)
        .named("income-households")
        .fill(people::HOUSEHOLD, of_household)
}

fn path(village: &PlaceCode, page: &str) -> String {
    format!("/villages/{village}/income{page}")
}

/// A span of months.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct SpanAsk {
    from: Option<Month>,
    to: Option<Month>,
}

/// The span asked for; else the twelve months up to the last in which something was earned.
fn span(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    ask: &SpanAsk,
    today: Month,
) -> Result<(Month, Month), Stop> {
    let last = tables::span(view, village)?.map_or(today, |(_, last)| last);
    let to = ask.to.unwrap_or(last);
    Ok((ask.from.unwrap_or(to.plus(-11)).min(to), to))
}

/// What the village's households got.
#[derive(Debug, Clone, Serialize)]
pub struct Village {
    from: Month,
    to: Month,
    cash: Rupiah,
    used: Rupiah,
    cost: Rupiah,
    /// By hamlet and livelihood.
    hamlets: Vec<HamletRow>,
    /// By month and livelihood, the oldest first.
    months: Vec<MonthRow>,
}

#[derive(Debug, Clone, Serialize)]
struct HamletRow {
    hamlet: PlaceCode,
    name: String,
    livelihood: String,
    households: i64,
    cash: Rupiah,
    used: Rupiah,
    cost: Rupiah,
}

#[derive(Debug, Clone, Serialize)]
struct MonthRow {
    month: Month,
    livelihood: String,
    cash: Rupiah,
    used: Rupiah,
}

async fn village(cx: Cx<SeeIncome>, Query(ask): Query<SpanAsk>, Query(files): Query<ListAsk>) -> Reply {
    let (at, today) = (cx.place().clone(), cx.today.month());
    let page = cx.read(move |view| read_village(view, &at, &ask, today)).await?;
    let list = List::new("income")
        .column("hamlet", "income-hamlet", |row: &HamletRow| row.name.clone())
        .column("livelihood", "income-livelihood", |row| Word::new(format!("livelihood-{}", row.livelihood)))
        .column("households", "income-households-all", |row| row.households)
        .column("cash", "income-cash", |row| row.cash)
        .summed()
        .column("used", "income-used", |row| row.used)
        .summed()
        .column("cost", "income-cost", |row| row.cost)
        .summed()
        .of(&page.hamlets, &files, cx.voice(), cx.want);
    cx.page_and_list(&page, list, |frame, list| VillageHtml { frame, list, page: &page, village: cx.place() })
}

fn read_village(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    ask: &SpanAsk,
    today: Month,
) -> Result<Village, Stop> {
    places::require_village(view, village)?;
    let (from, to) = span(view, village, ask, today)?;
    let rows = tables::by_hamlet(view, village, from, to)?;
    let names = places::hamlets(view, village)?;
    let counts = households::count_by_hamlet(view, village)?;
    let mut hamlets: Vec<HamletRow> = Vec::new();
    let mut months: Vec<MonthRow> = Vec::new();
    for row in &rows {
        match hamlets
            .iter_mut()
            .find(|known| known.hamlet == row.hamlet && known.livelihood == row.livelihood)
        {
            Some(known) => {
                known.cash += row.cash;
                known.used += row.used;
                known.cost += row.cost;
            }
            None => hamlets.push(HamletRow {
                name: names
                    .iter()
                    .find(|name| name.place == row.hamlet)
                    .map_or_else(|| row.hamlet.to_string(), |name| name.name.clone()),
                households: counts
                    .iter()
                    .find(|count| count.hamlet == row.hamlet)
                    .map_or(0, |count| count.households),
                hamlet: row.hamlet.clone(),
                livelihood: row.livelihood.clone(),
                cash: row.cash,
                used: row.used,
                cost: row.cost,
            }),
        }
        match months.iter_mut().find(|known| known.month == row.month && known.livelihood == row.livelihood) {
            Some(known) => {
                known.cash += row.cash;
                known.used += row.used;
            }
            None => {
                let (month, livelihood) = (row.month, row.livelihood.clone());
                months.push(MonthRow { month, livelihood, cash: row.cash, used: row.used });
            }
        }
    }
    hamlets.sort_by(|a, b| (&a.hamlet, &a.livelihood).cmp(&(&b.hamlet, &b.livelihood)));
    months.sort_by(|a, b| (a.month, &a.livelihood).cmp(&(b.month, &b.livelihood)));
    let sum = |part: fn(&HamletRow) -> Rupiah| hamlets.iter().map(part).sum();
    let (cash, used, cost) = (sum(|row| row.cash), sum(|row| row.used), sum(|row| row.cost));
    Ok(Village { from, to, cash, used, cost, hamlets, months })
}

#[derive(Template)]
#[template(path = "income/village.html")]
struct VillageHtml<'a> {
    frame: Frame,
    list: Listed,
    page: &'a Village,
    village: &'a PlaceCode,
}

impl VillageHtml<'_> {
    fn households_path(&self) -> String {
        path(self.village, &format!("/households?from={}&to={}", self.page.from, self.page.to))
    }
    /// Cash and value used at home, side by side and never added up.
    fn chart(&self) -> Drawn {
        let months: Vec<Month> = {
            let mut months: Vec<Month> = self.page.months.iter().map(|row| row.month).collect();
            months.dedup();
            months
        };
        let of = |month: &Month, part: fn(&MonthRow) -> Rupiah| -> i64 {
            let rows = self.page.months.iter().filter(|row| row.month == *month);
            rows.map(part).sum::<Rupiah>().count()
        };
        let cash: Vec<i64> = months.iter().map(|month| of(month, |row| row.cash)).collect();
        let used: Vec<i64> = months.iter().map(|month| of(month, |row| row.used)).collect();
        let frame = self.frame.clone();
        let mut chart = chart::bars("income", self.frame.say("income-chart"))
            .labels(months.iter().map(|month| self.frame.show(*month)))
            .series(self.frame.say("income-cash"), cash);
        if used.iter().any(|used| *used != 0) {
            chart = chart.series(self.frame.say("income-used"), used);
        }
        chart.show(move |amount| frame.show(Rupiah::new(amount))).draw(&self.frame)
    }
}

#[derive(Debug, Clone, Serialize)]
struct HouseholdRow {
    household: HouseholdId,
    name: String,
    hamlet: String,
    path: String,
    cash: Rupiah,
    used: Rupiah,
    cost: Rupiah,
    months: i64,
}

async fn by_household(
    cx: Cx<SeeHouseholds>,
    Query(ask): Query<SpanAsk>,
    Query(files): Query<ListAsk>,
) -> Reply {
    let (at, today) = (cx.place().clone(), cx.today.month());
    let ((from, to), rows) = cx
        .read(move |view| {
            places::require_village(view, &at)?;
            let (from, to) = span(view, &at, &ask, today)?;
            let names = households::names(view)?;
            let hamlets = places::hamlets(view, &at)?;
            let homes: std::collections::HashMap<HouseholdId, PlaceCode> =
                households::list(view, &at)?.into_iter().map(|one| (one.household, one.hamlet)).collect();
            let hamlet_name = |household: &HouseholdId| {
                let hamlet = homes.get(household)?;
                hamlets.iter().find(|known| known.place == *hamlet).map(|known| known.name.clone())
            };
            let rows: Vec<HouseholdRow> = tables::by_household(view, &at, from, to)?
                .into_iter()
                .map(|row| HouseholdRow {
                    name: names.household(row.household).unwrap_or_default().to_owned(),
                    hamlet: hamlet_name(&row.household).unwrap_or_default(),
                    path: households::path(&at, row.household),
                    household: row.household,
                    cash: row.cash,
                    used: row.used,
                    cost: row.cost,
                    months: row.months,
                })
                .collect();
            Ok(((from, to), rows))
        })
        .await?;
    let list = List::new("household-income")
        .column("name", "income-household", |row: &HouseholdRow| row.name.clone())
        .link(|row| row.path.clone())
        .column("hamlet", "income-hamlet", |row| row.hamlet.clone())
        .column("months", "income-months", |row| row.months)
        .column("cash", "income-cash", |row| row.cash)
        .summed()
        .column("used", "income-used", |row| row.used)
        .summed()
        .column("cost", "income-cost", |row| row.cost)
        .summed()
        .of(&rows, &files, cx.voice(), cx.want);
    cx.list(list, |frame, list| HouseholdsHtml { frame, list, from, to, village: cx.place() })
}

#[derive(Template)]
#[template(path = "income/households.html")]
struct HouseholdsHtml<'a> {
    frame: Frame,
    list: Listed,
    from: Month,
    to: Month,
    village: &'a PlaceCode,
}

/// The part of a household's page that says what it got.
fn of_household(
    view: &mut View<'_, '_>,
    _: &Permit<SeeHouseholds>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(household) = at.household else { return Ok(None) };
    let months = tables::of_household(view, &at.village, household)?;
    let html = HouseholdPart { frame, months: &months };
    Ok(Some(Fragment::new("income", &html, &months)?))
}

#[derive(Template)]
#[template(path = "income/household.html")]
struct HouseholdPart<'a> {
    frame: &'a Frame,
    months: &'a [HouseholdMonth],
}

impl HouseholdPart<'_> {
    fn word(&self, livelihood: &str) -> String {
        self.frame.say(format!("livelihood-{livelihood}")).to_string()
    }
    fn cash(&self) -> Rupiah {
        self.months.iter().map(|month| month.cash).sum()
    }
    fn used(&self) -> Rupiah {
        self.months.iter().map(|month| month.used).sum()
    }
}
