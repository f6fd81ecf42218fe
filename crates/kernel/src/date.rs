//! A date that is known as precisely as a paper or a newspaper tells it.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::{Day, Month, UnreadableDay};

/// A day, a month or a year: what is known of when something happened. Written as ISO 8601 and EDTF (level 0) write it:
/// `2015-09-01`, `2015-09`, `2015`. A text that is a [`Day`] is the same day.
///
/// Dates are in the order of their first days; of two that begin on one day the vaguer comes first, as in their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Date {
    /// Known to the day.
    Day(Day),
    /// Known to the month.
    Month(Month),
    /// Known to the year (1 to 9999).
    Year(i16),
}

impl Date {
    /// The first day that it may have been.
    pub fn first(self) -> Day {
        match self {
            Date::Day(day) => day,
            Date::Month(month) => month.first(),
            Date::Year(year) => month_of(year, 1).first(),
        }
    }
    /// The last day that it may have been.
    pub fn last(self) -> Day {
        match self {
            Date::Day(day) => day,
            Date::Month(month) => month.last(),
            Date::Year(year) => month_of(year, 12).last(),
        }
    }
    /// Whether it lies before another one, whichever days were meant.
    pub fn is_surely_before(self, other: Date) -> bool {
        self.last() < other.first()
    }
    fn precision(self) -> u8 {
        match self {
            Date::Year(_) => 0,
            Date::Month(_) => 1,
            Date::Day(_) => 2,
        }
    }
}

fn month_of(year: i16, month: i8) -> Month {
    Month::new(year, month).expect("a year of the calendar has its months")
}

impl From<Day> for Date {
    fn from(day: Day) -> Date {
        Date::Day(day)
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Date) -> Ordering {
        (self.first(), self.precision()).cmp(&(other.first(), other.precision()))
    }
}
impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Date) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Date::Day(day) => day.fmt(f),
            Date::Month(month) => month.fmt(f),
            Date::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for Date {
    type Err = UnreadableDay;
    fn from_str(text: &str) -> Result<Date, UnreadableDay> {
        match text.len() {
            10 => text.parse().map(Date::Day),
            7 => text.parse().map(Date::Month),
            4 => {
                let first: Day = format!("{text}-01-01").parse()?;
                Ok(Date::Year(first.parts().0))
            }
            _ => Err(UnreadableDay),
        }
    }
}

crate::text_serde!(Date);
crate::text_column!(Date: "a day, a month or a year");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_precise_as_it_is_known() {
        for (text, first, last) in [
            ("2015", "2015-01-01", "2015-12-31"),
            ("2015-09", "2015-09-01", "2015-09-30"),
            ("2016-02", "2016-02-01", "2016-02-29"),
            ("2015-09-01", "2015-09-01", "2015-09-01"),
        ] {
            let date: Date = text.parse().expect("readable");
            assert_eq!((date.first().to_string(), date.last().to_string()), (first.into(), last.into()));
            assert_eq!(date.to_string(), text);
            let stored = serde_json::to_string(&date).expect("writable");
            assert_eq!(stored, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<Date>(&stored).expect("readable"), date);
        }
        for text in [
            "",
            "15",
            "2015-9",
            "2015-13",
            "2015-02-30",
            "0000",
            "+201",
            "201a",
            "2015-",
            "2015/09",
            "2015-09-01 ",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn dates_are_in_order_as_their_texts_are() {
        let sorted = ["2014-12-31", "2015", "2015-01", "2015-01-01", "2015-01-02", "2015-09", "2016"];
        let mut dates: Vec<Date> = sorted.iter().rev().map(|text| text.parse().expect("readable")).collect();
        dates.sort();
        assert_eq!(dates.iter().map(ToString::to_string).collect::<Vec<_>>(), sorted);
        let before = |a: &str, b: &str| {
            let date = |text: &str| text.parse::<Date>().expect("readable");
            date(a).is_surely_before(date(b))
        };
        for (a, b, surely) in [
            ("2014", "2015", true),
            ("2015", "2015-09-01", false),
            ("2015-08", "2015-09-01", true),
            ("2015-09", "2015-09-30", false),
            ("2015-09-01", "2015", false),
        ] {
            assert_eq!(before(a, b), surely, "{a} {b}");
        }
    }
}
