//! Numbers as people type them into a field, refused with a sentence that says how to write them.

use kernel::{Grams, Refused, Rupiah, Stop, UnreadableNumber};

kernel::refusals! { Refusal:
    /// The field is empty.
    422 "web.number_missing" Missing;
    /// `1.234,5`.
    422 "web.number_two_signs" TwoSigns { text: String };
    /// More decimals than the unit has.
    422 "web.number_too_fine" TooFine { text: String };
    /// Letters or other signs.
    422 "web.number_not_digits" NotDigits { text: String };
    /// More digits than any scale or purse shows.
    422 "web.number_too_long" TooLong { text: String };
}

/// Kilograms with a decimal comma or point, to the gram: `4,5` is 4,500 g.
pub fn grams(field: &str, text: &str) -> Result<Grams, Stop> {
    kernel::decimal(text, 3).map(Grams::new).map_err(|why| refused(field, text, why))
}

/// Whole rupiah; separators of thousands and a leading `Rp` are understood.
pub fn rupiah(field: &str, text: &str) -> Result<Rupiah, Stop> {
    kernel::whole(text).map(Rupiah::new).map_err(|why| refused(field, text, why))
}

/// A whole number.
pub fn whole(field: &str, text: &str) -> Result<i64, Stop> {
    kernel::whole(text).map_err(|why| refused(field, text, why))
}

/// A decimal number in units of its last decimal.
pub fn decimal(field: &str, text: &str, decimals: u32) -> Result<i64, Stop> {
    kernel::decimal(text, decimals).map_err(|why| refused(field, text, why))
}

fn refused(field: &str, text: &str, why: UnreadableNumber) -> Stop {
    let text = text.trim().chars().take(40).collect();
    let refusal = match why {
        UnreadableNumber::Missing => Refusal::Missing,
        UnreadableNumber::TwoSigns => Refusal::TwoSigns { text },
        UnreadableNumber::TooFine => Refusal::TooFine { text },
        UnreadableNumber::NotDigits => Refusal::NotDigits { text },
        UnreadableNumber::TooLong => Refusal::TooLong { text },
    };
    Refused::from(refusal).in_field(field).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_that_cannot_be_read_names_its_field() {
        assert_eq!(grams("weight.0", "4,5").ok(), Some(Grams::new(4500)));
        let Err(Stop::Refused(refused)) = grams("weight.0", "1.234,5") else { panic!("it was read") };
        assert_eq!((refused.code, refused.field.as_deref()), ("web.number_two_signs", Some("weight.0")));
    }
}
