//! Measures: whole numbers of the smallest useful unit, the unit in the type.

use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Serialize};

use crate::{Cell, Column, WrongColumn};

/// A product or sum that no book can hold (above 9.2 quintillion).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number is too large for any book")]
pub struct TooLarge;

macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// So many of the unit.
            pub const fn new(count: i64) -> Self {
                $name(count)
            }
            /// How many of the unit, for a formatter, a column or a program outside.
            pub const fn count(self) -> i64 {
                self.0
            }
            /// Nothing.
            pub const ZERO: $name = $name(0);
            /// The sum, unless it is too large.
            pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
                self.0.checked_add(other.0).map($name).ok_or(TooLarge)
            }
        }
        // Sums of what a page shows stay far below the limit; amounts that enter a book use `plus`.
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                $name(self.0.saturating_add(other.0))
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                $name(self.0.saturating_sub(other.0))
            }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                $name(self.0.saturating_neg())
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
                all.fold($name(0), |sum, one| sum + one)
            }
        }
        impl Column for $name {
            fn to_cell(&self) -> Cell<'_> {
                Cell::Int(self.0)
            }
            fn from_cell(cell: Cell<'_>) -> Result<Self, WrongColumn> {
                i64::from_cell(cell).map($name)
            }
        }
    )+};
}

measures! {
    /// Mass in grams. A village scale shows 10 g or 100 g.
    Grams
    /// Things counted one by one: bottles, sacks.
    Pieces
    /// Indonesian money in whole rupiah; nothing smaller is in use.
    Rupiah
    /// What a kilogram costs, in whole rupiah.
    RupiahPerKg
    /// What a piece costs, in whole rupiah.
    RupiahPerPiece
    /// A share in hundredths of a per cent: 2,000 is 20 %.
    BasisPoints
}

impl RupiahPerKg {
    /// What `weight` is worth, rounded down to the rupiah: a bank never pays for more than it weighed.
    pub fn worth(self, weight: Grams) -> Result<Rupiah, TooLarge> {
        floor_product(self.0, weight.0, 1000)
    }
}

impl RupiahPerPiece {
    /// What so many pieces are worth.
    pub fn worth(self, pieces: Pieces) -> Result<Rupiah, TooLarge> {
        floor_product(self.0, pieces.0, 1)
    }
}

impl BasisPoints {
    /// All of it: 100 %.
    pub const WHOLE: BasisPoints = BasisPoints(10_000);
    /// This share of an amount, rounded down; the rest stays with the one who shares.
    pub fn of(self, amount: Rupiah) -> Result<Rupiah, TooLarge> {
        floor_product(self.0, amount.0, 10_000)
    }
}

fn floor_product(a: i64, b: i64, per: i64) -> Result<Rupiah, TooLarge> {
    let product = i128::from(a) * i128::from(b);
    i64::try_from(product.div_euclid(i128::from(per))).map(Rupiah).map_err(|_| TooLarge)
}

/// What an account counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Whole rupiah.
    Idr,
    /// Whole won.
    Krw,
    /// US cents.
    Usd,
    /// Grams.
    Gram,
    /// Pieces.
    Piece,
}

impl Unit {
    /// Every unit there is.
    pub const ALL: [Unit; 5] = [Unit::Idr, Unit::Krw, Unit::Usd, Unit::Gram, Unit::Piece];

    /// As it is stored and exported: `IDR`, `KRW`, `USD`, `g`, `pcs`.
    pub const fn code(self) -> &'static str {
        match self {
            Unit::Idr => "IDR",
            Unit::Krw => "KRW",
            Unit::Usd => "USD",
            Unit::Gram => "g",
            Unit::Piece => "pcs",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Column for Unit {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Text(self.code().into())
    }
    fn from_cell(cell: Cell<'_>) -> Result<Self, WrongColumn> {
        let text = String::from_cell(cell)?;
        Unit::ALL
            .into_iter()
            .find(|unit| unit.code() == text)
            .ok_or_else(|| WrongColumn::new("a unit", &Cell::Text(text.into())))
    }
}

/// What was put on the scale or counted: the unit goes with the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Qty {
    /// Weighed, in grams.
    #[serde(rename = "g")]
    Weighed(Grams),
    /// Counted, in pieces.
    #[serde(rename = "pcs")]
    Counted(Pieces),
}

/// What one unit costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitPrice {
    /// Rupiah for a kilogram.
    #[serde(rename = "idr_per_kg")]
    PerKg(RupiahPerKg),
    /// Rupiah for a piece.
    #[serde(rename = "idr_per_piece")]
    PerPiece(RupiahPerPiece),
}

impl Qty {
    /// The unit: gram or piece.
    pub fn unit(self) -> Unit {
        match self {
            Qty::Weighed(_) => Unit::Gram,
            Qty::Counted(_) => Unit::Piece,
        }
    }
    /// How many grams or pieces.
    pub fn count(self) -> i64 {
        match self {
            Qty::Weighed(weight) => weight.0,
            Qty::Counted(pieces) => pieces.0,
        }
    }
    /// So many grams or pieces.
    pub fn of(unit: Unit, count: i64) -> Option<Qty> {
        match unit {
            Unit::Gram => Some(Qty::Weighed(Grams(count))),
            Unit::Piece => Some(Qty::Counted(Pieces(count))),
            Unit::Idr | Unit::Krw | Unit::Usd => None,
        }
    }
}

impl UnitPrice {
    /// The unit that it prices.
    pub fn unit(self) -> Unit {
        match self {
            UnitPrice::PerKg(_) => Unit::Gram,
            UnitPrice::PerPiece(_) => Unit::Piece,
        }
    }
    /// Rupiah for a kilogram or a piece.
    pub fn rupiah(self) -> i64 {
        match self {
            UnitPrice::PerKg(price) => price.0,
            UnitPrice::PerPiece(price) => price.0,
        }
    }
    /// A price in rupiah for a kilogram (`Gram`) or a piece.
    pub fn of(unit: Unit, rupiah: i64) -> Option<UnitPrice> {
        match unit {
            Unit::Gram => Some(UnitPrice::PerKg(RupiahPerKg(rupiah))),
            Unit::Piece => Some(UnitPrice::PerPiece(RupiahPerPiece(rupiah))),
            Unit::Idr | Unit::Krw | Unit::Usd => None,
        }
    }
    /// What `qty` is worth at this price, rounded down. `None` when weight meets a price per piece.
    pub fn worth(self, qty: Qty) -> Option<Result<Rupiah, TooLarge>> {
        match (self, qty) {
            (UnitPrice::PerKg(price), Qty::Weighed(weight)) => Some(price.worth(weight)),
            (UnitPrice::PerPiece(price), Qty::Counted(pieces)) => Some(price.worth(pieces)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worth_is_rounded_down_and_never_overflows() {
        for (price, grams, worth) in
            [(1200, 4000, Ok(4800)), (1200, 1, Ok(1)), (999, 1, Ok(0)), (1, 999, Ok(0))]
        {
            assert_eq!(RupiahPerKg(price).worth(Grams(grams)).map(Rupiah::count), worth);
        }
        assert_eq!(RupiahPerKg(i64::MAX).worth(Grams(i64::MAX)), Err(TooLarge));
        assert_eq!(BasisPoints(2000).of(Rupiah(10_804)), Ok(Rupiah(2160)));
        assert_eq!(Rupiah(i64::MAX).plus(Rupiah(1)), Err(TooLarge));
    }

    #[test]
    fn a_weight_has_no_price_by_the_piece() {
        let price = UnitPrice::PerPiece(RupiahPerPiece(500));
        assert_eq!(price.worth(Qty::Counted(Pieces(12))), Some(Ok(Rupiah(6000))));
        assert_eq!(price.worth(Qty::Weighed(Grams(12))), None);
    }
}
