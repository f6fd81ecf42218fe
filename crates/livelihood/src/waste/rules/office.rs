//! Selling to a collector, and what a bank sets up: itself, sorts, prices, shares, rules of paying out.

use std::collections::HashMap;

use kernel::{BasisPoints, Day, EntryId, GroupId, Qty, Refused, Rupiah, Unit, UnitPrice, decimal, whole};

use super::{AMOUNT_MAX, Desk, LINES_MAX, Refusal, find_sort, read_amount, read_qty, shorten};
use crate::waste::addresses::path;
use crate::waste::facts::*;
use crate::waste::sort::SortCode;
use crate::waste::tables::{Bank, Sort};

/// A line of a sale as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TypedSale {
    /// Code or first letters of a sort.
    pub sort: String,
    /// As the collector weighed it.
    pub weight: String,
    /// What the collector pays for a kilogram or a piece.
    pub price: String,
    /// Whether the store is empty of it now.
    pub emptied: bool,
}

/// The bank sells to a collector. `stock` is what lies in the store of each sort.
pub fn sell(
    desk: &Desk,
    sorts: &[Sort],
    stock: &HashMap<SortCode, i64>,
    (collector, day): (GroupId, Day),
    typed: &[TypedSale],
) -> Result<Sold, Refused> {
    desk.open_on(day)?;
    if typed.len() > LINES_MAX {
        return Err(Refused::from(Refusal::TooManyLines { most: LINES_MAX }).in_field("sort.0"));
    }
    let mut lines: Vec<SaleLine> = Vec::with_capacity(typed.len());
    let blank =
        |line: &TypedSale| [&line.sort, &line.weight, &line.price].iter().all(|text| text.trim().is_empty());
    for (n, line) in typed.iter().enumerate().filter(|(_, line)| !blank(line)) {
        let sort =
            find_sort(sorts, &line.sort).map_err(|no| Refused::from(no).in_field(format!("sort.{n}")))?;
        let in_weight = |no: Refusal| Refused::from(no).in_field(format!("weight.{n}"));
        let qty = read_qty(&line.weight, sort.unit).map_err(in_weight)?;
        let price = read_price(&sort.sort, sort.unit, &line.price)
            .map_err(|no| Refused::from(no).in_field(format!("price.{n}")))?;
        let sold_before: i64 = lines
            .iter()
            .filter(|sold| sold.sort == sort.sort)
            .map(|sold| sold.qty.count() + sold.shrunk)
            .sum();
        let left = stock.get(&sort.sort).copied().unwrap_or(0) - sold_before;
        if qty.count() > left && !line.emptied {
            let stock = Qty::of(sort.unit, left.max(0)).unwrap_or(qty);
            return Err(in_weight(Refusal::StockTooLow { sort: sort.sort.clone(), stock }));
        }
        let Some(revenue) = price.worth(qty).and_then(Result::ok).filter(|revenue| *revenue <= AMOUNT_MAX)
        else {
            return Err(in_weight(Refusal::AmountTooLarge { most: AMOUNT_MAX }));
        };
        let shrunk = if line.emptied { left - qty.count() } else { 0 };
        lines.push(SaleLine { sort: sort.sort.clone(), qty, price, revenue, shrunk });
    }
    if lines.is_empty() {
        return Err(Refused::from(Refusal::NothingWeighed).in_field("sort.0"));
    }
    Ok(Sold { village: desk.village.clone(), bank: desk.bank, collector, day, lines })
}

/// Reads a price in rupiah for a kilogram or a piece.
pub fn read_price(sort: &SortCode, unit: Unit, text: &str) -> Result<UnitPrice, Refusal> {
    let unreadable = || Refusal::PriceUnreadable { sort: sort.clone(), text: shorten(text) };
    let rupiah = whole(text).map_err(|_| unreadable())?;
    if rupiah <= 0 || rupiah > AMOUNT_MAX.count() {
        return Err(unreadable());
    }
    UnitPrice::of(unit, rupiah).ok_or_else(unreadable)
}

/// Whether what the form `entry` sets will hold. Of several settings for the same day the latest id holds, and a form
/// has its id since it was opened: one that was opened later and saved earlier, `newest`, would hide this one.
pub fn not_overtaken(desk: &Desk, entry: EntryId, newest: Option<EntryId>) -> Result<(), Refusal> {
    match newest {
        Some(newest) if newest > entry => {
            let entry_path = path(&desk.village, desk.bank, &format!("/entries/{newest}"));
            Err(Refusal::SetMeanwhile { entry: newest.to_string(), entry_path })
        }
        _ => Ok(()),
    }
}

/// A price list from what was typed beside each sort; an empty field leaves the sort off the list.
pub fn set_prices(
    desk: &Desk,
    sorts: &[Sort],
    (side, from): (Side, Day),
    typed: &[(SortCode, String)],
) -> Result<PricesSet, Refused> {
    desk.begins_on(from)?;
    let mut prices = Vec::with_capacity(typed.len());
    for (n, (code, text)) in typed.iter().enumerate().filter(|(_, (_, text))| !text.trim().is_empty()) {
        let Some(sort) = sorts.iter().find(|sort| sort.sort == *code) else {
            return Err(
                Refused::from(Refusal::UnknownSort { text: code.to_string() }).in_field(format!("price.{n}"))
            );
        };
        let price = read_price(code, sort.unit, text)
            .map_err(|no| Refused::from(no).in_field(format!("price.{n}")))?;
        prices.push(SortPrice { sort: code.clone(), price });
    }
    if prices.is_empty() {
        return Err(Refusal::EmptyList.into());
    }
    Ok(PricesSet { village: desk.village.clone(), bank: desk.bank, side, from, prices })
}

/// No waste bank is older: an earlier day is a mistake of typing, and every table of months would begin there.
fn bank_first() -> Day {
    Day::new(1990, 1, 1).expect("a day")
}

/// Opens a bank. A main bank is one of the village that is a main bank itself.
pub fn open_bank(banks: &[Bank], today: Day, mut fact: BankOpened) -> Result<BankOpened, Refused> {
    fact.name = fact.name.trim().to_owned();
    if fact.name.is_empty() {
        return Err(Refused::from(Refusal::NoName).in_field("name"));
    }
    if fact.day > today {
        return Err(Refused::from(Refusal::DayAhead { day: fact.day, today }).in_field("day"));
    }
    let first = bank_first();
    if fact.day < first {
        return Err(Refused::from(Refusal::BankTooOld { day: fact.day, first }).in_field("day"));
    }
    if let Some(main) = fact.main
        && !banks.iter().any(|bank| bank.bank == main && bank.kind == BankKind::Main)
    {
        return Err(Refused::from(Refusal::NoBank).in_field("main"));
    }
    Ok(fact)
}

/// Sets the managers' share of one sort, or of all that have none of their own: per cent with at most two decimals.
pub fn set_share(
    desk: &Desk,
    sorts: &[Sort],
    (sort, from): (Option<SortCode>, Day),
    percent: &str,
) -> Result<ShareSet, Refused> {
    desk.begins_on(from)?;
    if let Some(code) = &sort
        && !sorts.iter().any(|known| known.sort == *code)
    {
        return Err(Refused::from(Refusal::UnknownSort { text: code.to_string() }).in_field("kind"));
    }
    let typed = percent.trim().trim_end_matches('%');
    let share = match decimal(typed, 2) {
        Ok(share) if (0..=BasisPoints::WHOLE.count()).contains(&share) => BasisPoints::new(share),
        _ => return Err(Refused::from(Refusal::ShareOutOfRange { text: shorten(percent) }).in_field("share")),
    };
    Ok(ShareSet { village: desk.village.clone(), bank: desk.bank, from, sort, share })
}

/// Sets what stays in every savings book, and how many days after joining the first money may be taken out.
pub fn set_payout_rule(desk: &Desk, from: Day, kept_min: &str, days: &str) -> Result<PayoutRuleSet, Refused> {
    const DAYS_MAX: i64 = 3650;
    desk.begins_on(from)?;
    let in_kept = |no: Refusal| Refused::from(no).in_field("kept_min");
    let kept_min = match kept_min.trim() {
        "" => Rupiah::ZERO,
        text => match read_amount(text).map_err(in_kept)? {
            amount if amount < Rupiah::ZERO => {
                return Err(in_kept(Refusal::AmountUnreadable { text: shorten(text) }));
            }
            amount if amount > AMOUNT_MAX => {
                return Err(in_kept(Refusal::AmountTooLarge { most: AMOUNT_MAX }));
            }
            amount => amount,
        },
    };
    let first_after_days = match days.trim() {
        "" => 0,
        text => whole(text)
            .ok()
            .filter(|days| (0..=DAYS_MAX).contains(days))
            .ok_or_else(|| Refused::from(Refusal::DaysUnreadable { text: shorten(text) }).in_field("days"))?,
    };
    Ok(PayoutRuleSet { village: desk.village.clone(), bank: desk.bank, from, kept_min, first_after_days })
}

/// Names a sort, or names it anew. Its unit stays: what was weighed in is booked in it.
pub fn name_sort(desk: &Desk, sorts: &[Sort], mut fact: SortNamed) -> Result<SortNamed, Refused> {
    fact.village = desk.village.clone();
    fact.bank = desk.bank;
    for name in [&mut fact.names.id, &mut fact.names.ko, &mut fact.names.en] {
        *name = name.trim().to_owned();
    }
    if fact.names.id.is_empty() {
        return Err(Refused::from(Refusal::NoName).in_field("name_id"));
    }
    if let Some(known) = sorts.iter().find(|known| known.sort == fact.sort) {
        fact.unit = known.unit;
    }
    let in_parent = |no: Refusal| Refused::from(no).in_field("parent");
    let mut above = fact.parent.clone();
    // No way up is longer than the list. A longer one goes round: taking a name back may have closed a circle.
    for _ in 0..=sorts.len() {
        let Some(parent) = above else { return Ok(fact) };
        if parent == fact.sort {
            break;
        }
        let Some(found) = sorts.iter().find(|sort| sort.sort == parent) else {
            return Err(in_parent(Refusal::UnknownSort { text: parent.to_string() }));
        };
        above = found.parent.clone();
    }
    Err(in_parent(Refusal::SortInItself { sort: fact.sort }))
}
