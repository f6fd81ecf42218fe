//! Posting to the household ledger, and what is read from it.

use db::sql;
use journal::{Fold, View};
use kernel::{Day, Fault, HouseholdId, Month, PlaceCode, Rupiah};
use serde::Serialize;

/// What a fact brought a household.
#[derive(Debug, Clone, Copy)]
pub struct Gain<'f> {
    /// Where.
    pub village: &'f PlaceCode,
    /// Whose.
    pub household: HouseholdId,
    /// Where the household lived on that day.
    pub hamlet: &'f PlaceCode,
    /// By which livelihood.
    pub livelihood: &'static str,
    /// When it was earned.
    pub day: Day,
    /// Money, paid or saved.
    pub cash: Rupiah,
    /// Value of what was used at home.
    pub used: Rupiah,
    /// What it cost.
    pub cost: Rupiah,
}

/// Adds what the fact that is being folded brought; a reversal takes it away from the month in which it was earned.
pub fn gain(fold: &mut Fold<'_, '_>, gain: Gain<'_>) -> Result<(), Fault> {
    let sign = fold.turn.sign();
    let signed = |amount: Rupiah| if sign < 0 { -amount } else { amount };
    let (cash, used, cost) = (signed(gain.cash), signed(gain.used), signed(gain.cost));
    let (livelihood, month) = (gain.livelihood.to_owned(), gain.day.month());
    sql!(
        "INSERT INTO income_household (village, household, livelihood, ym, hamlet, cash, used, cost)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (village, household, livelihood, ym, hamlet) DO UPDATE SET
         cash = income_household.cash + excluded.cash, used = income_household.used + excluded.used,
         cost = income_household.cost + excluded.cost"
    )
    .bind(gain.village)
    .bind(&gain.household)
    .bind(&livelihood)
    .bind(&month)
    .bind(gain.hamlet)
    .bind(&cash)
    .bind(&used)
    .bind(&cost)
    .add(3, fold)?;
    sql!(
        "INSERT INTO income_hamlet (village, hamlet, livelihood, ym, cash, used, cost)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (village, hamlet, livelihood, ym) DO UPDATE SET
         cash = income_hamlet.cash + excluded.cash, used = income_hamlet.used + excluded.used,
         cost = income_hamlet.cost + excluded.cost"
    )
    .bind(gain.village)
    .bind(gain.hamlet)
    .bind(&livelihood)
    .bind(&month)
    .bind(&cash)
    .bind(&used)
    .bind(&cost)
    .add(3, fold)
}

db::row! {
    /// What a hamlet's households got by one livelihood in one month.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct HamletMonth {
        /// The hamlet.
        pub hamlet: PlaceCode,
        /// The livelihood.
        pub livelihood: String,
        /// The month.
        pub month: Month,
        /// Money, paid or saved.
        pub cash: Rupiah,
        /// Value of what was used at home.
        pub used: Rupiah,
        /// What it cost.
        pub cost: Rupiah,
    }
}

db::row! {
    /// What one household got by one livelihood in one month.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct HouseholdMonth {
        /// The livelihood.
        pub livelihood: String,
        /// The month.
        pub month: Month,
        /// Money, paid or saved.
        pub cash: Rupiah,
        /// Value of what was used at home.
        pub used: Rupiah,
        /// What it cost.
        pub cost: Rupiah,
    }
}

db::row! {
    /// What one household got in a span of months.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct HouseholdIncome {
        /// The household.
        pub household: HouseholdId,
        /// Money, paid or saved.
        pub cash: Rupiah,
        /// Value of what was used at home.
        pub used: Rupiah,
        /// What it cost.
        pub cost: Rupiah,
        /// Months in which it got something.
        pub months: i64,
    }
}

/// What the village's households got, by hamlet, livelihood and month, the newest month first.
pub fn by_hamlet(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    from: Month,
    to: Month,
) -> Result<Vec<HamletMonth>, Fault> {
    sql!(
        "SELECT hamlet, livelihood, ym, cash, used, cost FROM income_hamlet
         WHERE village = ?1 AND ym >= ?2 AND ym <= ?3 ORDER BY ym DESC, hamlet, livelihood"
    )
    .bind(village)
    .bind(&from)
    .bind(&to)
    .all(view)
}

/// What a household got, by livelihood and month, the newest month first.
pub fn of_household(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    household: HouseholdId,
) -> Result<Vec<HouseholdMonth>, Fault> {
    sql!(
        "SELECT livelihood, ym, CAST(SUM(cash) AS BIGINT), CAST(SUM(used) AS BIGINT), CAST(SUM(cost) AS BIGINT)
         FROM income_household WHERE village = ?1 AND household = ?2
         GROUP BY livelihood, ym ORDER BY ym DESC, livelihood"
    )
    .bind(village)
    .bind(&household)
    .all(view)
}

/// What each household got in a span of months.
pub fn by_household(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    from: Month,
    to: Month,
) -> Result<Vec<HouseholdIncome>, Fault> {
    sql!(
        "SELECT household, CAST(SUM(cash) AS BIGINT), CAST(SUM(used) AS BIGINT), CAST(SUM(cost) AS BIGINT),
         CAST(COUNT(DISTINCT ym) AS BIGINT)
         FROM income_household WHERE village = ?1 AND ym >= ?2 AND ym <= ?3
         GROUP BY household ORDER BY household"
    )
    .bind(village)
    .bind(&from)
    .bind(&to)
    .all(view)
}

/// The first and the last month in which a household of the village got something.
pub fn span(view: &mut View<'_, '_>, village: &PlaceCode) -> Result<Option<(Month, Month)>, Fault> {
    let found =
        sql!("SELECT MIN(ym), MAX(ym) FROM income_hamlet WHERE village = ?1")
            .bind(village)
            .one::<(Option<Month>, Option<Month>)>(view)?;
    Ok(found.0.zip(found.1))
}
