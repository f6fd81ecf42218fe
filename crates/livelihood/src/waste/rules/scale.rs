//! Weighing in.

use std::sync::Arc;

use kernel::{Day, MemberId, Qty, Refused, Rupiah, UnitPrice};

use super::{AMOUNT_MAX, Desk, LINES_MAX, Refusal, find_sort, read_qty};
use crate::waste::facts::{Home, Line, WeighedIn};
use crate::waste::sort::SortCode;
use crate::waste::tables::{PriceList, Shares, Sort};

/// What a weigh-in depends on.
#[derive(Debug, Clone)]
pub struct Scale {
    /// Where and when.
    pub desk: Desk,
    /// What the bank takes on the day.
    pub offer: Arc<Offer>,
}

/// What a bank takes on a day, and for how much.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The buying list of the day.
    pub prices: Option<PriceList>,
    /// The shares of the day.
    pub shares: Shares,
    /// The sorts.
    pub sorts: Vec<Sort>,
}

/// A line as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TypedLine {
    /// Code or first letters of a sort.
    pub sort: String,
    /// Kilograms with comma or point, or pieces.
    pub weight: String,
}

impl TypedLine {
    /// Whether nothing was typed.
    pub fn is_blank(&self) -> bool {
        self.sort.trim().is_empty() && self.weight.trim().is_empty()
    }
}

/// A member brings sorted waste. A refusal names the field that it is about: `sort.2`, `weight.2`, `member`, `day`.
pub fn weigh_in(
    scale: &Scale,
    (member, home): (MemberId, Option<Home>),
    day: Day,
    typed: &[TypedLine],
    owed: Rupiah,
) -> Result<WeighedIn, Refused> {
    scale.desk.open_on(day)?;
    let Some(prices) = &scale.offer.prices else {
        return Err(Refused::from(Refusal::NoPriceList { day }).in_field("day"));
    };
    if typed.len() > LINES_MAX {
        return Err(Refused::from(Refusal::TooManyLines { most: LINES_MAX }).in_field("sort.0"));
    }
    let mut lines = Vec::with_capacity(typed.len());
    for (n, line) in typed.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        let sort = find_sort(&scale.offer.sorts, &line.sort)
            .map_err(|no| Refused::from(no).in_field(format!("sort.{n}")))?;
        let price =
            price_of(prices, sort, day).map_err(|no| Refused::from(no).in_field(format!("sort.{n}")))?;
        let in_weight = |no: Refusal| Refused::from(no).in_field(format!("weight.{n}"));
        let qty = read_qty(&line.weight, price.unit()).map_err(in_weight)?;
        lines.push(priced(sort.sort.clone(), qty, price, &scale.offer.shares).map_err(in_weight)?);
    }
    if lines.is_empty() {
        return Err(Refused::from(Refusal::NothingWeighed).in_field("sort.0"));
    }
    Ok(weighed(scale, (member, home), day, lines, owed))
}

/// The weigh-in of lines that were read. What the member owes is repaid first.
pub fn weighed(
    scale: &Scale,
    (member, home): (MemberId, Option<Home>),
    day: Day,
    lines: Vec<Line>,
    owed: Rupiah,
) -> WeighedIn {
    let (village, bank) = (scale.desk.village.clone(), scale.desk.bank);
    let mut fact = WeighedIn { village, bank, member, home, day, lines, repaid: Rupiah::ZERO };
    fact.repaid = fact.credited().min(owed).max(Rupiah::ZERO);
    fact
}

/// The price of a sort on a list.
pub fn price_of(prices: &PriceList, sort: &Sort, day: Day) -> Result<UnitPrice, Refusal> {
    prices.prices.get(&sort.sort).copied().ok_or_else(|| Refusal::NoPrice { sort: sort.sort.clone(), day })
}

/// A line with its worth and share.
pub fn priced(sort: SortCode, qty: Qty, price: UnitPrice, shares: &Shares) -> Result<Line, Refusal> {
    let Some(worth) = price.worth(qty) else { return Err(Refusal::PriceWrongUnit { sort }) };
    let too_large = |_| Refusal::AmountTooLarge { most: AMOUNT_MAX };
    let worth = worth.map_err(too_large)?;
    if worth > AMOUNT_MAX {
        return Err(Refusal::AmountTooLarge { most: AMOUNT_MAX });
    }
    let share = shares.of(&sort).of(worth).map_err(too_large)?;
    Ok(Line { sort, qty, price, worth, share })
}
