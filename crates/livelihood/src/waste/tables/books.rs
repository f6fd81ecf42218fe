//! Sums of a bank and the lists behind them: months, store, sales, closings, every entry.

use db::sql;
use journal::View;
use journal::ledger;
use kernel::{BookId, Day, EntryId, Fault, GroupId, MemberId, Month, PlaceCode, Rupiah, Unit};
use serde::Serialize;

use crate::waste::sort::SortCode;

db::row! {
    /// What came, went and was lost of one sort in one month.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct SortMonth {
        /// The sort.
        pub sort: SortCode,
        /// Gram or piece.
        pub unit: Unit,
        /// The month.
        pub month: Month,
        /// Weighed in, in the unit.
        pub qty_in: i64,
        /// What that was worth.
        pub worth: Rupiah,
        /// What the managers kept of it.
        pub share: Rupiah,
        /// Sold, in the unit.
        pub qty_sold: i64,
        /// What collectors paid.
        pub revenue: Rupiah,
        /// Lost before the store was empty, in the unit.
        pub shrunk: i64,
    }
}

/// Every sort and month of a bank, the newest month first.
pub fn months(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<Vec<SortMonth>, Fault> {
    sql!(
        "SELECT sort, unit, ym, qty_in, worth, share, qty_sold, revenue, shrunk FROM waste_month
         WHERE village = ?1 AND bank = ?2 ORDER BY ym DESC, sort, unit"
    )
    .bind(village)
    .bind(&bank)
    .all(view)
}

/// One sort in the store, and what became of it so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stock {
    /// The sort.
    pub sort: SortCode,
    /// Gram or piece.
    pub unit: Unit,
    /// In the store, in the unit.
    pub qty: i64,
    /// Ever weighed in.
    pub qty_in: i64,
    /// Ever sold.
    pub qty_sold: i64,
    /// Ever lost.
    pub shrunk: i64,
    /// What the bank paid or owes for what was weighed in: the worth less the managers' share.
    pub paid: Rupiah,
    /// What collectors paid.
    pub revenue: Rupiah,
}

impl Stock {
    /// What was earned on what was sold: the revenue less what members got for that quantity and for what was lost
    /// with it, at the average of all that was weighed in. Rounded down.
    pub fn margin(&self) -> Rupiah {
        if self.qty_in == 0 {
            return self.revenue;
        }
        let gone = i128::from(self.qty_sold + self.shrunk);
        let cost = i128::from(self.paid.count()) * gone / i128::from(self.qty_in);
        self.revenue - Rupiah::new(i64::try_from(cost).unwrap_or(i64::MAX))
    }
}

/// The store, by sort.
pub fn stock(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<Vec<Stock>, Fault> {
    let mut all: Vec<Stock> = sql!(
        "SELECT sort, unit, CAST(SUM(qty_in) AS BIGINT), CAST(SUM(qty_sold) AS BIGINT), CAST(SUM(shrunk) AS BIGINT),
         CAST(SUM(worth - share) AS BIGINT), CAST(SUM(revenue) AS BIGINT)
         FROM waste_month WHERE village = ?1 AND bank = ?2 GROUP BY sort, unit ORDER BY sort, unit"
    )
    .bind(village)
    .bind(&bank)
    .all::<(SortCode, Unit, i64, i64, i64, Rupiah, Rupiah)>(view)?
    .into_iter()
    .map(|(sort, unit, qty_in, qty_sold, shrunk, paid, revenue)| Stock {
        sort,
        unit,
        qty: 0,
        qty_in,
        qty_sold,
        shrunk,
        paid,
        revenue,
    })
    .collect();
    for (path, unit, balance) in ledger::balances(view, village, bank, "stock/")? {
        let sort = path.strip_prefix("stock/").unwrap_or_default();
        if let Some(row) = all.iter_mut().find(|row| row.sort.as_str() == sort && row.unit == unit) {
            row.qty = balance;
        }
    }
    Ok(all)
}

/// The sums of a bank's book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct BookSums {
    /// In the cash box.
    pub cash: Rupiah,
    /// Owed to members.
    pub owed: Rupiah,
    /// Advances that members have not repaid.
    pub advances: Rupiah,
    /// What collectors ever paid.
    pub sales: Rupiah,
    /// What members' waste ever cost: saved or repaid.
    pub bought: Rupiah,
    /// Costs: transport, supplies, wages, other.
    pub costs: Rupiah,
}

/// The sums of a bank's book.
pub fn book_sums(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<BookSums, Fault> {
    let mut sums = BookSums::default();
    for (path, unit, balance) in ledger::balances(view, village, bank, "")? {
        if unit != Unit::Idr {
            continue;
        }
        let balance = Rupiah::new(balance);
        match path.split('/').next().unwrap_or_default() {
            "cash" => sums.cash += balance,
            "member" => sums.owed += -balance,
            "advance" => sums.advances += balance,
            "sales" => sums.sales += -balance,
            "purchases" => sums.bought += balance,
            "share" => sums.bought += balance, // The managers' part of the worth was not paid to members.
            "cost" => sums.costs += balance,
            _ => {}
        }
    }
    Ok(sums)
}

/// What was owed to all members at the end of a day: what is owed now, less what has come since.
pub fn owed_on(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    day: Day,
) -> Result<Rupiah, Fault> {
    let now = book_sums(view, village, bank)?.owed;
    let (since,) = sql!(
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM waste_movement
         WHERE village = ?1 AND bank = ?2 AND day > ?3"
    )
    .bind(village)
    .bind(&bank)
    .bind(&day)
    .one::<(Rupiah,)>(view)?;
    Ok(now - since)
}

/// The day of the last evidence: the newest day on which waste was weighed in, sold, or money moved.
pub fn last_day(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<Option<Day>, Fault> {
    let (day,) = sql!(
        "SELECT MAX(day) FROM (
             SELECT MAX(day) AS day FROM waste_line WHERE village = ?1 AND bank = ?2 AND undone IS NULL
             UNION ALL SELECT MAX(day) FROM waste_sale WHERE village = ?1 AND bank = ?2 AND undone IS NULL
             UNION ALL SELECT MAX(day) FROM transfer WHERE village = ?1 AND book = ?2 AND debit = 'cash'
             UNION ALL SELECT MAX(day) FROM transfer WHERE village = ?1 AND book = ?2 AND credit = 'cash'
         ) AS days"
    )
    .bind(village)
    .bind(&bank)
    .one::<(Option<Day>,)>(view)?;
    Ok(day)
}

db::row! {
    /// One line of a sale.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct SaleRow {
        /// When.
        pub day: Day,
        /// The fact.
        pub entry: EntryId,
        /// To whom.
        pub collector: GroupId,
        /// What.
        pub sort: SortCode,
        /// Gram or piece.
        pub unit: Unit,
        /// As the collector weighed it.
        pub qty: i64,
        /// Rupiah for a kilogram or a piece.
        pub price: i64,
        /// What the collector paid.
        pub revenue: Rupiah,
        /// Lost before the store was empty, in the unit.
        pub shrunk: i64,
        /// The reversal that took it back.
        pub undone: Option<EntryId>,
    }
}

/// The sales of a bank, the newest first.
pub fn sales(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<Vec<SaleRow>, Fault> {
    sql!(
        "SELECT day, entry, collector, sort, unit, qty, price, revenue, shrunk, undone FROM waste_sale
         WHERE village = ?1 AND bank = ?2 ORDER BY day DESC, entry DESC, n"
    )
    .bind(village)
    .bind(&bank)
    .all(view)
}

db::row! {
    /// One sort of a weigh-in, in a list.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct LineRow {
        /// When.
        pub day: Day,
        /// The fact.
        pub entry: EntryId,
        /// Who brought it.
        pub member: MemberId,
        /// What.
        pub sort: SortCode,
        /// Gram or piece.
        pub unit: Unit,
        /// How much.
        pub qty: i64,
        /// Rupiah for a kilogram or a piece.
        pub price: i64,
        /// What it was worth.
        pub worth: Rupiah,
        /// What the managers kept.
        pub share: Rupiah,
        /// The reversal that took it back.
        pub undone: Option<EntryId>,
    }
}

/// What was weighed in between two days, the newest first, at most `limit` lines.
pub fn lines(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    (from, to): (Day, Day),
    limit: i64,
) -> Result<Vec<LineRow>, Fault> {
    sql!(
        "SELECT day, entry, member, sort, unit, qty, price, worth, share, undone FROM waste_line
         WHERE village = ?1 AND bank = ?2 AND day >= ?3 AND day <= ?4 ORDER BY day DESC, entry DESC, n LIMIT ?5"
    )
    .bind(village)
    .bind(&bank)
    .bind(&from)
    .bind(&to)
    .bind(&limit)
    .all(view)
}

/// What was weighed in of one sort between two days, the newest first, at most `limit` lines.
pub fn lines_of_sort(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    sort: &SortCode,
    (from, to): (Day, Day),
    limit: i64,
) -> Result<Vec<LineRow>, Fault> {
    sql!(
        "SELECT day, entry, member, sort, unit, qty, price, worth, share, undone FROM waste_line
         WHERE village = ?1 AND bank = ?2 AND day >= ?3 AND day <= ?4 AND sort = ?5
         ORDER BY day DESC, entry DESC, n LIMIT ?6"
    )
    .bind(village)
    .bind(&bank)
    .bind(&from)
    .bind(&to)
    .bind(sort)
    .bind(&limit)
    .all(view)
}

kernel::named! {
    /// What a closing closes, with all days before it.
    pub enum Closes as "a day or a month" {
        /// A day, with the cash counted.
        Day "day",
        /// A month that is over.
        Month "month",
    }
}

db::row! {
    /// A closing of a day or a month.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Closing {
        /// The last day that is closed by it.
        pub day: Day,
        /// The fact.
        pub entry: EntryId,
        /// What was closed.
        pub kind: Closes,
        /// Cash as the book had it.
        pub cash_book: Rupiah,
        /// Cash as counted; none for a month.
        pub cash_counted: Option<Rupiah>,
        /// Owed to members; none for a day.
        pub owed: Option<Rupiah>,
        /// The reversal that took it back.
        pub undone: Option<EntryId>,
    }
}

/// The closings of a bank, the newest first.
pub fn closings(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<Vec<Closing>, Fault> {
    sql!(
        "SELECT day, entry, kind, cash_book, cash_counted, owed, undone FROM waste_closing
         WHERE village = ?1 AND bank = ?2 ORDER BY day DESC, entry DESC"
    )
    .bind(village)
    .bind(&bank)
    .all(view)
}

/// The months that were closed as months, the newest first; a day that was closed after their end counts for none.
pub fn months_closed(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
) -> Result<Vec<Month>, Fault> {
    let closings = closings(view, village, bank)?;
    Ok(months_of(&closings))
}

/// The months among closings that stand.
pub fn months_of(closings: &[Closing]) -> Vec<Month> {
    let stands = |row: &&Closing| row.kind == Closes::Month && row.undone.is_none();
    closings.iter().filter(stands).map(|row| row.day.month()).collect()
}
