//! Closing the books: a day with the cash that was counted, or a month that is over.

use kernel::{Day, Month, Refused, Rupiah};

use super::{Refusal, Till};
use crate::waste::facts::{DayClosed, MonthClosed};

/// Closes a day with the cash that was counted.
pub fn close_day(till: &Till, day: Day, cash_counted: Rupiah) -> Result<DayClosed, Refused> {
    if let Some(until) = till.desk.closed_until
        && day <= until
    {
        return Err(Refused::from(Refusal::ClosedBefore { next: until.plus(1) }).in_field("day"));
    }
    till.desk.open_on(day)?;
    if cash_counted < Rupiah::ZERO {
        return Err(Refused::from(Refusal::AmountUnreadable { text: cash_counted.count().to_string() })
            .in_field("cash"));
    }
    let (village, bank) = (till.desk.village.clone(), till.desk.bank);
    Ok(DayClosed { village, bank, day, cash_book: till.cash, cash_counted })
}

/// Closes a month that is over. `closed` are the months that were closed as months: a day that was closed after the end
/// of this one does not stand in the way, since its sums are known and nothing is booked in it any more.
pub fn close_month(
    till: &Till,
    closed: &[Month],
    month: Month,
    owed: Rupiah,
) -> Result<MonthClosed, Refused> {
    if month.last() >= till.desk.today {
        return Err(Refused::from(Refusal::MonthNotOver { month }).in_field("month"));
    }
    if closed.contains(&month) {
        return Err(Refused::from(Refusal::MonthClosedBefore { month }).in_field("month"));
    }
    let (village, bank) = (till.desk.village.clone(), till.desk.bank);
    Ok(MonthClosed { village, bank, month, cash_book: till.cash, owed })
}
