//! What the office looks at: the banks of a village beside each other, the history of settings.

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
