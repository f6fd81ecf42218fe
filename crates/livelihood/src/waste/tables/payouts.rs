//! Payouts to many, and who was paid in each.

use db::sql;
use journal::View;
use kernel::{BookId, Day, EntryId, Fault, MemberId, PlaceCode, Rupiah};
use serde::Serialize;

db::row! {
    /// A payout to many, in the list of them.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct PayoutSum {
        /// Which one: an id, or a day where the facts do not tell the payouts of a day apart.
        pub payout: String,
        /// When.
        pub day: Day,
        /// How many were paid; those that were taken back are not counted.
        pub count: i64,
        /// What they got.
        pub total: Rupiah,
    }
}

/// The payouts to many of a bank, the newest first.
pub fn payouts(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<Vec<PayoutSum>, Fault> {
    sql!(
        "SELECT payout, MAX(day), CAST(SUM(CASE WHEN undone IS NULL THEN 1 ELSE 0 END) AS BIGINT),
         CAST(SUM(CASE WHEN undone IS NULL THEN amount ELSE 0 END) AS BIGINT)
         FROM waste_payout WHERE village = ?1 AND bank = ?2 GROUP BY payout ORDER BY MAX(day) DESC, payout DESC"
    )
    .bind(village)
    .bind(&bank)
    .all(view)
}

db::row! {
    /// Who was paid in a payout to many.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct PayoutLine {
        /// The fact.
        pub entry: EntryId,
        /// When.
        pub day: Day,
        /// Who.
        pub member: MemberId,
        /// How much.
        pub amount: Rupiah,
        /// The reversal that took it back.
        pub undone: Option<EntryId>,
    }
}

/// Who was paid in a payout to many, in the order of the entries.
pub fn payout(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    payout: &str,
) -> Result<Vec<PayoutLine>, Fault> {
    sql!(
        "SELECT entry, day, member, amount, undone FROM waste_payout
         WHERE village = ?1 AND bank = ?2 AND payout = ?3 ORDER BY entry"
    )
    .bind(village)
    .bind(&bank)
    .bind(&payout.to_owned())
    .all(view)
}
