//! What the office looks at: the banks of a village beside each other, the history of settings, the last evidence.

use std::collections::HashMap;

use db::sql;
use journal::View;
use kernel::{BasisPoints, BookId, Day, EntryId, Fault, Month, PlaceCode, Rupiah};
use serde::Serialize;

use crate::waste::sort::SortCode;

/// The figures of a bank in the list of banks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct BankFigures {
    /// Weighed in this month, in grams.
    pub kept: kernel::Grams,
    /// Members who brought something this month.
    pub active: i64,
    /// Owed to members.
    pub owed: Rupiah,
    /// In the cash box.
    pub cash: Rupiah,
}

/// The figures of every bank of a village.
pub fn bank_figures(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    month: Month,
) -> Result<HashMap<BookId, BankFigures>, Fault> {
    let mut all: HashMap<BookId, BankFigures> = HashMap::new();
    let kept = sql!(
        "SELECT bank, CAST(SUM(qty_in) AS BIGINT) FROM waste_month
         WHERE village = ?1 AND ym = ?2 AND unit = 'g' GROUP BY bank"
    );
    for (bank, kept) in kept.bind(village).bind(&month).all::<(BookId, kernel::Grams)>(view)? {
        all.entry(bank).or_default().kept = kept;
    }
    let active = sql!(
        "SELECT bank, COUNT(*) FROM waste_member_month
         WHERE village = ?1 AND ym = ?2 AND weigh_ins > 0 GROUP BY bank"
    );
    for (bank, active) in active.bind(village).bind(&month).all::<(BookId, i64)>(view)? {
        all.entry(bank).or_default().active = active;
    }
    let owed = sql!(
        "SELECT book, CAST(-SUM(balance) AS BIGINT) FROM account
         WHERE village = ?1 AND path >= 'member/' AND path < 'member/~' AND unit = 'IDR' GROUP BY book"
    );
    for (bank, owed) in owed.bind(village).all::<(BookId, Rupiah)>(view)? {
        all.entry(bank).or_default().owed = owed;
    }
    let cash =
        sql!("SELECT book, balance FROM account WHERE village = ?1 AND path = 'cash' AND unit = 'IDR'");
    for (bank, cash) in cash.bind(village).all::<(BookId, Rupiah)>(view)? {
        all.entry(bank).or_default().cash = cash;
    }
    Ok(all)
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
    /// A managers' share in the list of all that were ever set.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct ShareRow {
        /// The fact that set it.
        pub entry: EntryId,
        /// From this day on.
        pub from: Day,
        /// For this sort; for all without one of their own if none is given.
        pub sort: Option<SortCode>,
        /// The share.
        pub share: BasisPoints,
        /// The reversal, if it was taken back.
        pub undone: Option<EntryId>,
    }
}

/// Every share that was ever set, the newest first.
pub fn share_history(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
) -> Result<Vec<ShareRow>, Fault> {
    sql!(
        "SELECT entry, from_day, sort, share, undone FROM waste_share
         WHERE village = ?1 AND bank = ?2 ORDER BY from_day DESC, entry DESC"
    )
    .bind(village)
    .bind(&bank)
    .all(view)
}

db::row! {
    /// A rule of paying out in the list of all that were ever set.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct PayoutRuleRow {
        /// The fact that set it.
        pub entry: EntryId,
        /// From this day on.
        pub from: Day,
        /// What stays in every savings book.
        pub kept_min: Rupiah,
        /// Days after joining before the first money may be taken out.
        pub first_after_days: i64,
        /// The reversal, if it was taken back.
        pub undone: Option<EntryId>,
    }
}

/// Every rule of paying out that was ever set, the newest first.
pub fn payout_rule_history(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
) -> Result<Vec<PayoutRuleRow>, Fault> {
    sql!(
        "SELECT entry, from_day, kept_min, first_after_days, undone FROM waste_rule
         WHERE village = ?1 AND bank = ?2 ORDER BY from_day DESC, entry DESC"
    )
    .bind(village)
    .bind(&bank)
    .all(view)
}

/// What was in the cash box at the end of a day: what is there now, less what has come since.
pub fn cash_on(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    day: Day,
) -> Result<Rupiah, Fault> {
    let now = super::cash(view, village, bank)?;
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

/// What was owed to all members at the end of a day: what is owed now, less what has come since.
pub fn owed_on(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    day: Day,
) -> Result<Rupiah, Fault> {
    let now = super::book_sums(view, village, bank)?.owed;
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
