//! The cash box, now and on other days, and its book.

use db::sql;
use journal::View;
use journal::ledger;
use kernel::{BookId, Day, EntryId, Fault, PlaceCode, Rupiah, Unit};
use serde::Serialize;

use super::account;
use crate::waste::facts::Purpose;

/// What is in the cash box.
pub fn cash(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<Rupiah, Fault> {
    ledger::balance(view, village, bank, &account::cash().path, Unit::Idr).map(Rupiah::new)
}

/// Whether members came with savings from an older book, and the cash that lay in its box was never booked.
pub fn lacks_old_cash(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<bool, Fault> {
    let mut still = |path| ledger::balance(view, village, bank, path, Unit::Idr);
    Ok(still("opening")? != 0 && still(Purpose::Capital.account())? == 0)
}

/// What was in the cash box at the end of a day: what is there now, less what has come since.
pub fn cash_on(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    day: Day,
) -> Result<Rupiah, Fault> {
    let now = cash(view, village, bank)?;
    let (since,) = sql!(
        "SELECT CAST(COALESCE(SUM(qty), 0) AS BIGINT) FROM (
             SELECT qty FROM transfer WHERE village = ?1 AND book = ?2 AND debit = 'cash' AND day > ?3
             UNION ALL SELECT -qty FROM transfer WHERE village = ?1 AND book = ?2 AND credit = 'cash' AND day > ?3
         ) AS since"
    )
    .bind(village)
    .bind(&bank)
    .bind(&day)
    .one::<(Rupiah,)>(view)?;
    Ok(now - since)
}

db::row! {
    /// A line of the cash book (buku kas).
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct CashLine {
        /// The day of the books.
        pub day: Day,
        /// The fact.
        pub entry: EntryId,
        /// Empty, or the reversal that this line stands for.
        pub turn: String,
        /// The account on the other side: `member/…`, `sales`, `cost/transport`.
        pub other: String,
        /// What came in (up) or went out (down).
        pub amount: Rupiah,
        /// What was written to it, where it moved for another reason than waste.
        pub note: Option<String>,
        /// The payout to many that it was part of.
        pub payout: Option<String>,
    }
}

/// The newest lines of the cash book between two days.
pub fn cash_book(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    (from, to): (Day, Day),
) -> Result<Vec<CashLine>, Fault> {
    sql!(
        "SELECT line.day, line.entry, line.turn, line.other, line.amount, move.note, paid.payout FROM (
             SELECT day, entry, turn, credit AS other, qty AS amount FROM transfer
             WHERE village = ?1 AND book = ?2 AND debit = 'cash' AND day >= ?3 AND day <= ?4
             UNION ALL
             SELECT day, entry, turn, debit, -qty FROM transfer
             WHERE village = ?1 AND book = ?2 AND credit = 'cash' AND day >= ?3 AND day <= ?4
         ) AS line
         LEFT JOIN waste_cash_move AS move
           ON move.village = ?1 AND move.bank = ?2 AND move.entry = line.entry
         LEFT JOIN waste_payout AS paid
           ON paid.village = ?1 AND paid.bank = ?2 AND paid.entry = line.entry
         ORDER BY line.day DESC, line.entry DESC, line.turn DESC"
    )
    .bind(village)
    .bind(&bank)
    .bind(&from)
    .bind(&to)
    .all(view)
}
