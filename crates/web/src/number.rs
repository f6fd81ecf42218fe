//! Numbers and days as people type them into a field, refused with a sentence that says how to write them.

use kernel::{Date, Day, Grams, Refused, Rupiah, Stop, UnreadableNumber};

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
    /// No day, or none that can be read.
    422 "web.day_wrong" DayWrong { text: String };
    /// No day, month or year, or none that can be read.
    422 "web.date_wrong" DateWrong { text: String };
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

/// A day as a browser sends it (`2026-03-31`), or as people of both countries who write English and Indonesian do
/// (`31/3/2026`, `31-03-2026`).
pub fn day(field: &str, text: &str) -> Result<Day, Stop> {
    let text = text.trim();
    let turned = || {
        let mut parts = text.split(['/', '-', '.']);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let fits = year.len() == 4 && parts.next().is_none() && [day, month, year].into_iter().all(digits);
        if fits { Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?) } else { None }
    };
    let wrong =
        || Refused::from(Refusal::DayWrong { text: text.chars().take(40).collect() }).in_field(field).into();
    text.parse().ok().or_else(turned).ok_or_else(wrong)
}

/// A date as precisely as it is known: `2015`, `2015-09`, `9/2015`, or a day as [`day`] reads it.
pub fn date(field: &str, text: &str) -> Result<Date, Stop> {
    let text = text.trim();
    let turned = || {
        let (month, year) = text.split_once(['/', '-', '.'])?;
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let fits = year.len() == 4 && (1..=2).contains(&month.len()) && digits(month) && digits(year);
        if fits { format!("{year}-{month:0>2}").parse().ok() } else { None }
    };
    let wrong =
        || Refused::from(Refusal::DateWrong { text: text.chars().take(40).collect() }).in_field(field).into();
    let of_day = || day(field, text).ok().map(Date::Day);
    text.parse().ok().or_else(turned).or_else(of_day).ok_or_else(wrong)
}

/// A date that may stay empty.
pub fn date_if_any(field: &str, text: &str) -> Result<Option<Date>, Stop> {
    if text.trim().is_empty() { Ok(None) } else { date(field, text).map(Some) }
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

    #[test]
    fn a_date_may_be_vague() {
        for (text, read) in [
            ("2015", Some("2015")),
            (" 2015-09 ", Some("2015-09")),
            ("9/2015", Some("2015-09")),
            ("09.2015", Some("2015-09")),
            ("1/9/2015", Some("2015-09-01")),
            ("2015-09-01", Some("2015-09-01")),
            ("13/2015", None),
            ("September 2015", None),
            ("15", None),
            ("2015?", None),
            ("", None),
        ] {
            assert_eq!(date("day", text).ok().map(|date| date.to_string()).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn a_day_may_be_written_both_ways() {
        for (text, read) in [
            ("2026-03-31", Some("2026-03-31")),
            (" 31/3/2026 ", Some("2026-03-31")),
            ("31-03-2026", Some("2026-03-31")),
            ("31.3.2026", Some("2026-03-31")),
            ("3/31/2026", None),
            ("31/3/26", None),
            ("31/3", None),
            ("+1/3/2026", None),
            ("kemarin", None),
            ("", None),
        ] {
            assert_eq!(day("day", text).ok().map(|day| day.to_string()).as_deref(), read, "{text}");
        }
    }
}
