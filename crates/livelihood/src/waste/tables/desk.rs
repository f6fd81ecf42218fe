//! What must be known before something is booked, read in one go.

use std::sync::Arc;

use journal::View;
use kernel::{BookId, Day, PlaceCode, Stop};

use super::*;
use crate::waste::rules::{Desk, Offer, Refusal, Scale, Till};

/// The desk of a bank.
pub fn desk(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId, today: Day) -> Result<Desk, Stop> {
    let key = ("waste desk", format!("{village} {bank}"));
    let (began, closed_until) = match view.kept::<(Day, Option<Day>)>(&key) {
        Some(kept) => *kept,
        None => {
            let Some(found) = super::bank(view, village, bank)? else { return Err(Refusal::NoBank.into()) };
            let read = (found.day, closed_until(view, village, bank)?);
            view.keep(key, &["waste_bank", "waste_closing"], Arc::new(read));
            read
        }
    };
    Ok(Desk { village: village.clone(), bank, began, closed_until, today })
}

/// The scale on a day.
pub fn scale(view: &mut View<'_, '_>, desk: Desk, day: Day) -> Result<Scale, Stop> {
    let (village, bank) = (&desk.village, desk.bank);
    let key = ("waste offer", format!("{village} {bank} {day}"));
    let offer = match view.kept::<Offer>(&key) {
        Some(kept) => kept,
        None => {
            let prices = price_list(view, village, bank, Side::Buying, day)?;
            let shares = shares(view, village, bank, day)?;
            let sorts = sorts(view, village, bank)?;
            let read = Arc::new(Offer { prices, shares, sorts });
            view.keep(key, &["waste_price", "waste_share", "waste_sort"], Arc::clone(&read));
            read
        }
    };
    Ok(Scale { desk, offer })
}

/// The till on a day.
pub fn till(view: &mut View<'_, '_>, desk: Desk, day: Day) -> Result<Till, Stop> {
    let rule = payout_rule(view, &desk.village, desk.bank, day)?;
    let cash = cash(view, &desk.village, desk.bank)?;
    Ok(Till { desk, rule, cash })
}
