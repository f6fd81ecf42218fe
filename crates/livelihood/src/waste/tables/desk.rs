//! What must be known before something is booked, read in one go.

use journal::View;
use kernel::{BookId, Day, PlaceCode, Stop};

use super::*;
use crate::waste::rules::{Desk, Refusal, Scale, Till};

/// The desk of a bank.
pub fn desk(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId, today: Day) -> Result<Desk, Stop> {
    let Some(found) = super::bank(view, village, bank)? else { return Err(Refusal::NoBank.into()) };
    let closed_until = closed_until(view, village, bank)?;
    Ok(Desk { village: village.clone(), bank, began: found.day, closed_until, today })
}

/// The scale on a day.
pub fn scale(view: &mut View<'_, '_>, desk: Desk, day: Day) -> Result<Scale, Stop> {
    let (village, bank) = (&desk.village, desk.bank);
    let prices = price_list(view, village, bank, Side::Buying, day)?;
    let shares = shares(view, village, bank, day)?;
    let sorts = sorts(view, village, bank)?;
    Ok(Scale { desk, prices, shares, sorts })
}

/// The till on a day.
pub fn till(view: &mut View<'_, '_>, desk: Desk, day: Day) -> Result<Till, Stop> {
    let rule = payout_rule(view, &desk.village, desk.bank, day)?;
    let cash = cash(view, &desk.village, desk.bank)?;
    Ok(Till { desk, rule, cash })
}
