//! What a waste bank decides: pure functions from what is asked and what is known to a fact, or a refusal that says
//! what to do next. No clock, no transaction.

mod closing;
mod members;
mod office;
mod refusal;
mod scale;
#[cfg(test)]
mod tests;
mod till;

pub use closing::*;
pub use members::*;
pub use office::*;
pub use refusal::Refusal;
pub use scale::*;
pub use till::*;

use kernel::{
    BookId, Day, EntryId, Grams, Pieces, PlaceCode, Qty, Refused, Rupiah, Unit, UnreadableNumber, decimal,
    whole,
};

use super::facts::Fact;
use super::tables::Sort;

/// The heaviest thing that one line may be: a ton. More is a slip of the finger.
pub const WEIGHT_MAX: Grams = Grams::new(1_000_000);
/// The most lines of one weigh-in or sale.
pub const LINES_MAX: usize = 200;
/// The highest number of a savings book.
pub const NUMBER_MAX: i64 = 9_999_999;
/// The most pieces on one line.
pub const PIECES_MAX: i64 = 10_000;
/// The most money that one movement of a village bank may be: a slip of the finger beyond it.
pub const AMOUNT_MAX: Rupiah = Rupiah::new(1_000_000_000);

/// Reads what stands in the field for a weight or a count.
pub fn read_qty(text: &str, unit: Unit) -> Result<Qty, Refusal> {
    let shown = || shorten(text);
    if unit == Unit::Piece {
        let pieces = match whole(text) {
            Ok(pieces) => pieces,
            Err(UnreadableNumber::Missing) => return Err(Refusal::WeightMissing),
            Err(_) => return Err(Refusal::PiecesUnreadable { text: shown() }),
        };
        return match pieces {
            0 => Err(Refusal::WeightZero),
            pieces if pieces < 0 => Err(Refusal::WeightNegative),
            pieces if pieces > PIECES_MAX => Err(Refusal::PiecesTooMany { text: shown(), most: PIECES_MAX }),
            pieces => Ok(Qty::Counted(Pieces::new(pieces))),
        };
    }
    let grams = decimal(text, 3).map_err(|why| match why {
        UnreadableNumber::Missing => Refusal::WeightMissing,
        UnreadableNumber::TwoSigns => Refusal::WeightTwoSigns { text: shown() },
        UnreadableNumber::TooFine => Refusal::WeightTooFine { text: shown() },
        UnreadableNumber::NotDigits => Refusal::WeightUnreadable { text: shown() },
        UnreadableNumber::TooLong => Refusal::WeightTooLarge { text: shown(), most: WEIGHT_MAX },
    })?;
    match grams {
        0 => Err(Refusal::WeightZero),
        grams if grams < 0 => Err(Refusal::WeightNegative),
        grams if grams > WEIGHT_MAX.count() => {
            Err(Refusal::WeightTooLarge { text: shown(), most: WEIGHT_MAX })
        }
        grams => Ok(Qty::Weighed(Grams::new(grams))),
    }
}

/// Reads what stands in a field for money.
pub fn read_amount(text: &str) -> Result<Rupiah, Refusal> {
    match whole(text) {
        Ok(amount) => Ok(Rupiah::new(amount)),
        Err(UnreadableNumber::Missing) => Err(Refusal::NothingAsked),
        Err(UnreadableNumber::TooLong) => Err(Refusal::AmountTooLarge { most: AMOUNT_MAX }),
        Err(_) => Err(Refusal::AmountUnreadable { text: shorten(text) }),
    }
}

/// What somebody typed, short enough for a sentence.
pub fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    let text = text.trim();
    match text.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// The sort that somebody typed: its code, or the first letters of its code or of one of its names.
pub fn find_sort<'s>(sorts: &'s [Sort], text: &str) -> Result<&'s Sort, Refusal> {
    let typed = text.trim().to_lowercase();
    if typed.is_empty() {
        return Err(Refusal::NoSort);
    }
    let taken = || sorts.iter().filter(|sort| !sort.retired);
    if let Some(sort) = taken().find(|sort| sort.sort.as_str().eq_ignore_ascii_case(&typed)) {
        return Ok(sort);
    }
    let begins = |name: &str| name.to_lowercase().starts_with(&typed);
    let found: Vec<&Sort> = taken()
        .filter(|sort| {
            begins(sort.sort.as_str())
                || begins(&sort.names.id)
                || begins(&sort.names.ko)
                || begins(&sort.names.en)
        })
        .collect();
    match found.as_slice() {
        [] => Err(Refusal::UnknownSort { text: shorten(text) }),
        [sort] => Ok(sort),
        many => {
            let codes: Vec<&str> = many.iter().take(8).map(|sort| sort.sort.as_str()).collect();
            Err(Refusal::ManySorts { text: shorten(text), codes: codes.join(", ") })
        }
    }
}

/// Where and when something is to be booked, and what that depends on.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// Since when it works.
    pub began: Day,
    /// The last day that is closed.
    pub closed_until: Option<Day>,
    /// Today.
    pub today: Day,
}

impl Desk {
    /// Whether something may be booked on a day.
    pub fn open_on(&self, day: Day) -> Result<(), Refused> {
        let refused = if day > self.today {
            Refusal::DayAhead { day, today: self.today }
        } else if day < self.began {
            Refusal::DayBeforeBank { day, began: self.began }
        } else {
            match self.closed_until {
                Some(until) if day <= until => Refusal::DayClosed { day, next: until.plus(1) },
                _ => return Ok(()),
            }
        };
        Err(Refused::from(refused).in_field("day"))
    }
    /// Whether something may hold from a day on: what is closed was booked without it, and stays so.
    pub fn begins_on(&self, from: Day) -> Result<(), Refused> {
        match self.closed_until {
            Some(until) if from <= until => {
                let refused = Refusal::BeginsClosed { day: from, next: until.plus(1) };
                Err(Refused::from(refused).in_field("from"))
            }
            _ => Ok(()),
        }
    }
}

/// Who takes something back: whoever may not set prices may not unset them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// Books at the counter, or keeps an eye on it.
    Books,
    /// Sets sorts, prices, shares and rules as well.
    SetsUp,
}

/// Whether an entry of this bank may be taken back today, by whose hand, and on which day of the books: today must be
/// open, and nothing may hang on the entry, since a reversal is not taken back itself. `movements` are the other ones
/// of its member that stand.
pub fn reversible(
    desk: &Desk,
    hand: Hand,
    (entry, fact): (EntryId, Option<&Fact>),
    movements: i64,
) -> Result<Day, Refused> {
    let Some(fact) = fact.filter(|fact| fact.bank() == desk.bank) else {
        return Err(Refusal::NotHere { entry: entry.to_string() }.into());
    };
    match fact {
        Fact::SortNamed(_) | Fact::PricesSet(_) | Fact::ShareSet(_) | Fact::PayoutRuleSet(_)
            if hand != Hand::SetsUp =>
        {
            return Err(Refusal::OfficeTakesBack.into());
        }
        Fact::BankOpened(_) => return Err(Refusal::BankStays.into()),
        Fact::MemberJoined(_) if movements > 0 => return Err(Refusal::MovementsFirst { movements }.into()),
        _ => {}
    }
    match desk.closed_until {
        Some(until) if desk.today <= until => {
            Err(Refusal::DayClosed { day: desk.today, next: until.plus(1) }.into())
        }
        _ => Ok(desk.today),
    }
}
