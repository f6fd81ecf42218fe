//! What a bank has set up: itself, its sorts, prices, shares, rules, and until when it is closed.

use std::collections::BTreeMap;

use db::sql;
use journal::View;
use kernel::{BasisPoints, BookId, Day, EntryId, Fault, Names, PlaceCode, Rupiah, Unit, UnitPrice};
use serde::Serialize;

use crate::waste::facts::{BankKind, Side};
use crate::waste::sort::SortCode;

db::row! {
    /// A waste bank.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Bank {
        /// Where.
        pub village: PlaceCode,
        /// Its book.
        pub bank: BookId,
        /// What people call it.
        pub name: String,
        /// Whether it serves members or gathers from other banks.
        pub kind: BankKind,
        /// The main bank that it sells to.
        pub main: Option<BookId>,
        /// Since when.
        pub day: Day,
    }
}

/// The banks of a village, by name.
pub fn banks(view: &mut View<'_, '_>, village: &PlaceCode) -> Result<Vec<Bank>, Fault> {
    sql!(
        "SELECT village, bank, name, kind, main, day FROM waste_bank
         WHERE village = ?1 AND undone IS NULL ORDER BY name, bank"
    )
    .bind(village)
    .all(view)
}

/// The banks of the site.
pub fn all_banks(view: &mut View<'_, '_>) -> Result<Vec<Bank>, Fault> {
    sql!("SELECT village, bank, name, kind, main, day FROM waste_bank WHERE undone IS NULL ORDER BY village, name, bank")
        .all(view)
}

/// One bank.
pub fn bank(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<Option<Bank>, Fault> {
    sql!(
        "SELECT village, bank, name, kind, main, day FROM waste_bank
         WHERE village = ?1 AND bank = ?2 AND undone IS NULL"
    )
    .bind(village)
    .bind(&bank)
    .maybe(view)
}

/// A sort of waste as it is named now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sort {
    /// What a teller types.
    pub sort: SortCode,
    /// The sort that it is a kind of.
    pub parent: Option<SortCode>,
    /// In three languages.
    pub names: Names,
    /// Weighed or counted.
    pub unit: Unit,
    /// Grams of CO2 equivalent avoided for a kilogram, where somebody said so.
    pub carbon: Option<i64>,
    /// Who said so.
    pub carbon_source: Option<String>,
    /// What becomes of it.
    pub destination: String,
    /// No longer taken.
    pub retired: bool,
}

impl db::FromRow for Sort {
    fn from_row(row: &db::Row<'_>) -> Result<Sort, Fault> {
        Ok(Sort {
            sort: row.get(0)?,
            parent: row.get(1)?,
            names: Names { id: row.get(2)?, ko: row.get(3)?, en: row.get(4)? },
            unit: row.get(5)?,
            carbon: row.get(6)?,
            carbon_source: row.get(7)?,
            destination: row.get(8)?,
            retired: row.get(9)?,
        })
    }
}

impl Sort {
    /// The name in a language: `id`, `ko`, `en`; another one where it is missing.
    pub fn name(&self, lang: &str) -> &str {
        self.names.named(lang)
    }
}

/// The sorts of a bank as they are named now, by code.
pub fn sorts(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<Vec<Sort>, Fault> {
    let all = sql!(
        "SELECT sort, parent, name_id, name_ko, name_en, unit, carbon, carbon_source, destination, retired
         FROM waste_sort WHERE village = ?1 AND bank = ?2 AND undone IS NULL ORDER BY sort, entry DESC"
    )
    .bind(village)
    .bind(&bank)
    .all::<Sort>(view)?;
    let mut latest: Vec<Sort> = Vec::with_capacity(all.len());
    for sort in all {
        if latest.last().is_none_or(|last| last.sort != sort.sort) {
            latest.push(sort);
        }
    }
    Ok(latest)
}

/// The newest fact that named a sort.
pub fn newest_name(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    sort: &SortCode,
) -> Result<Option<EntryId>, Fault> {
    let (entry,) = sql!(
        "SELECT MAX(entry) FROM waste_sort WHERE village = ?1 AND bank = ?2 AND sort = ?3 AND undone IS NULL"
    )
    .bind(village)
    .bind(&bank)
    .bind(sort)
    .one::<(Option<EntryId>,)>(view)?;
    Ok(entry)
}

/// A price list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriceList {
    /// The fact that set it.
    pub entry: EntryId,
    /// In force since.
    pub from: Day,
    /// What each sort costs.
    pub prices: BTreeMap<SortCode, UnitPrice>,
}

/// The list that holds on a day, if one does.
pub fn price_list(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    side: Side,
    day: Day,
) -> Result<Option<PriceList>, Fault> {
    let newest = sql!(
        "SELECT from_day, entry FROM waste_price
         WHERE village = ?1 AND bank = ?2 AND side = ?3 AND from_day <= ?4 AND undone IS NULL
         ORDER BY from_day DESC, entry DESC LIMIT 1"
    )
    .bind(village)
    .bind(&bank)
    .bind(&side)
    .bind(&day)
    .maybe::<(Day, EntryId)>(view)?;
    let Some((from, entry)) = newest else { return Ok(None) };
    let rows = sql!(
        "SELECT sort, unit, rupiah FROM waste_price
         WHERE village = ?1 AND bank = ?2 AND side = ?3 AND from_day = ?4 AND entry = ?5 ORDER BY sort"
    )
    .bind(village)
    .bind(&bank)
    .bind(&side)
    .bind(&from)
    .bind(&entry)
    .all::<(SortCode, Unit, i64)>(view)?;
    let price_of = |(sort, unit, rupiah): (SortCode, Unit, i64)| match UnitPrice::of(unit, rupiah) {
        Some(price) => Ok((sort, price)),
        None => {
            Err(Fault::new(format!("{sort} has a price for {unit}, in which nothing is weighed or counted")))
        }
    };
    let prices = rows.into_iter().map(price_of).collect::<Result<_, Fault>>()?;
    Ok(Some(PriceList { entry, from, prices }))
}

db::row! {
    /// A price list in the list of lists.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct PriceListRow {
        /// The fact that set it.
        pub entry: EntryId,
        /// For members or for collectors.
        pub side: Side,
        /// In force since.
        pub from: Day,
        /// How many sorts are on it.
        pub sorts: i64,
        /// The reversal, if it was taken back.
        pub undone: Option<EntryId>,
    }
}

/// Every list that a bank ever had, the newest first.
pub fn price_lists(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
) -> Result<Vec<PriceListRow>, Fault> {
    sql!(
        "SELECT entry, side, from_day, CAST(COUNT(*) AS BIGINT), MIN(undone) FROM waste_price
         WHERE village = ?1 AND bank = ?2 GROUP BY entry, side, from_day ORDER BY from_day DESC, side, entry DESC"
    )
    .bind(village)
    .bind(&bank)
    .all(view)
}

/// The newest fact that set a price list that begins on a day.
pub fn newest_prices(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    (side, from): (Side, Day),
) -> Result<Option<EntryId>, Fault> {
    let (entry,) = sql!(
        "SELECT MAX(entry) FROM waste_price
         WHERE village = ?1 AND bank = ?2 AND side = ?3 AND from_day = ?4 AND undone IS NULL"
    )
    .bind(village)
    .bind(&bank)
    .bind(&side)
    .bind(&from)
    .one::<(Option<EntryId>,)>(view)?;
    Ok(entry)
}

/// The managers' shares that hold on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// For a sort without one of its own.
    pub general: BasisPoints,
    /// For these sorts.
    pub by_sort: BTreeMap<SortCode, BasisPoints>,
}

impl Shares {
    /// The share of a sort.
    pub fn of(&self, sort: &SortCode) -> BasisPoints {
        self.by_sort.get(sort).copied().unwrap_or(self.general)
    }
}

/// The shares that hold on a day; nothing is kept where none was set.
pub fn shares(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId, day: Day) -> Result<Shares, Fault> {
    let rows = sql!(
        "SELECT sort, share FROM waste_share
         WHERE village = ?1 AND bank = ?2 AND from_day <= ?3 AND undone IS NULL ORDER BY from_day, entry"
    )
    .bind(village)
    .bind(&bank)
    .bind(&day)
    .all::<(Option<SortCode>, BasisPoints)>(view)?;
    let mut shares = Shares { general: BasisPoints::ZERO, by_sort: BTreeMap::new() };
    for (sort, share) in rows {
        match sort {
            Some(sort) => drop(shares.by_sort.insert(sort, share)),
            None => shares.general = share,
        }
    }
    Ok(shares)
}

/// The newest fact that set the share of a sort, or of all without one of their own, from a day on.
pub fn newest_share(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    (sort, from): (Option<&SortCode>, Day),
) -> Result<Option<EntryId>, Fault> {
    let (entry,) = sql!(
        "SELECT MAX(entry) FROM waste_share
         WHERE village = ?1 AND bank = ?2 AND from_day = ?3 AND COALESCE(sort, '') = ?4 AND undone IS NULL"
    )
    .bind(village)
    .bind(&bank)
    .bind(&from)
    .bind(&sort.map_or("", SortCode::as_str).to_owned())
    .one::<(Option<EntryId>,)>(view)?;
    Ok(entry)
}

db::row! {
    /// The rules of paying out that hold on a day.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
    pub struct PayoutRule {
        /// What stays in every savings book.
        pub kept_min: Rupiah,
        /// How many days after joining the first money may be taken out.
        pub first_after_days: i64,
    }
}

/// The rules of paying out that hold on a day; none restricts where none was set.
pub fn payout_rule(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    day: Day,
) -> Result<PayoutRule, Fault> {
    let found = sql!(
        "SELECT kept_min, first_after_days FROM waste_rule
         WHERE village = ?1 AND bank = ?2 AND from_day <= ?3 AND undone IS NULL
         ORDER BY from_day DESC, entry DESC LIMIT 1"
    )
    .bind(village)
    .bind(&bank)
    .bind(&day)
    .maybe(view)?;
    Ok(found.unwrap_or_default())
}

/// The newest fact that set rules of paying out from a day on.
pub fn newest_payout_rule(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    from: Day,
) -> Result<Option<EntryId>, Fault> {
    let (entry,) = sql!(
        "SELECT MAX(entry) FROM waste_rule
         WHERE village = ?1 AND bank = ?2 AND from_day = ?3 AND undone IS NULL"
    )
    .bind(village)
    .bind(&bank)
    .bind(&from)
    .one::<(Option<EntryId>,)>(view)?;
    Ok(entry)
}

/// The last day that is closed, if one is.
pub fn closed_until(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
) -> Result<Option<Day>, Fault> {
    let (day,) =
        sql!("SELECT MAX(day) FROM waste_closing WHERE village = ?1 AND bank = ?2 AND undone IS NULL")
            .bind(village)
            .bind(&bank)
            .one::<(Option<Day>,)>(view)?;
    Ok(day)
}
